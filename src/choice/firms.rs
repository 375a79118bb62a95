//! 乾 as the first character of a firm's name, or the name of a state: 乾通集团, 乾国公主; and what simplified text keeps in the names
//! of firms, places and products: 海昇药业, 东昇路, 昇腾显卡.

use jianti_text::chars::is_han;

use super::lexicon::Choice;
use super::persons;

/// What a firm's name goes on with behind 乾 and one more character.
const KINDS: [&str; 42] = [
    "集团", "集團", "科技", "实业", "實業", "股份", "资本", "資本", "投资", "投資", "控股", "传媒",
    "傳媒", "地产", "地產", "置业", "置業", "基金", "药业", "藥業", "电子", "電子", "软件", "軟體",
    "信息", "资讯", "資訊", "网络", "網路", "文化", "商贸", "商貿", "贸易", "貿易", "物流", "证券",
    "證券", "国际", "國際", "公司", "企业", "企業",
];
/// What goes on behind 乾 as the name of a state, and where it makes another word.
const STATES: &str = "国國朝帝皇";
const NO_STATES: &str = "王国國家际際";

impl Choice {
    /// Whether 乾 between these begins the name of a firm or a state, and makes no word with 干 (乾洗集团, 饼乾国际).
    pub(super) fn is_firm(&self, before: &str, behind: &str) -> bool {
        let mut rest = behind.chars();
        let Some(next) = rest.next().filter(|c| is_han(*c)) else {
            return false;
        };
        let rest = rest.as_str();
        let last = before.chars().next_back().filter(|c| is_han(*c));
        let begins = last.is_none_or(|c| persons::BEFORE.contains(c));
        let is_state = STATES.contains(next) && !rest.starts_with(|c| NO_STATES.contains(c));
        if !(is_state && begins || KINDS.iter().any(|kind| rest.starts_with(kind))) {
            return false;
        }
        let is_word =
            |first: char, second: char| self.is_any_word(&[self.fold(first), self.fold(second)]);
        !is_word('干', next) && !last.is_some_and(|last| is_word(last, '干'))
    }
}

/// Whether a character between these ends the name of a firm or a place, or one more character does: 海昇药业, 昇辉科技, 思濛镇.
pub(super) fn is_named_so(before: &str, behind: &str) -> bool {
    /// What the names of firms go on with, too.
    const MORE_KINDS: [&str; 10] = [
        "半导体",
        "光电",
        "化工",
        "能源",
        "食品",
        "电器",
        "汽车",
        "生物",
        "机械",
        "重工",
    ];
    /// What the names of places go on with behind one character more, and which others directly.
    const LARGE: [&str; 8] = ["镇", "乡", "社区", "街道", "大道", "广场", "大厦", "小区"];
    const SMALL: [&str; 3] = ["路", "街", "村"];
    /// What makes other words of them.
    const NO_PLACES: [&str; 4] = ["路径", "路线", "路途", "乡愁"];
    let starts = |rest: &str, names: &[&str]| {
        names.iter().any(|name| rest.starts_with(name))
            && !NO_PLACES.iter().any(|word| rest.starts_with(word))
    };
    let ends =
        |rest: &str| starts(rest, &KINDS) || starts(rest, &MORE_KINDS) || starts(rest, &LARGE);
    let mut rest = behind.chars();
    before.ends_with(is_han) && (ends(behind) || starts(behind, &SMALL))
        || rest.next().is_some_and(is_han) && ends(rest.as_str())
}

/// Whether 昇 between these begins the name of a line of products (使用昇腾显卡, but 热气昇腾), or is in the name of a firm or a
/// place, and no verb (东昇路, but 提昇文化素质).
pub(super) fn is_rising_named(before: &str, behind: &str) -> bool {
    /// What rises, and how that goes on; what no verb follows.
    const RISING: &str = "气雾烟云热火焰蒸血尘汽浪冉袅向上地";
    const GOES_ON: &str = "而了的在到出";
    const BEFORE_NAME: &str = "的于用和与是款做名为称";
    /// What is called 昇腾.
    const PRODUCTS: [&str; 14] = [
        "芯片",
        "处理器",
        "显卡",
        "服务器",
        "集群",
        "平台",
        "社区",
        "生态",
        "系列",
        "算力",
        "架构",
        "硬件",
        "模型",
        "计算",
    ];
    /// What makes verbs with it.
    const VERBS: &str = "提上爬晋攀抬飙回跃擢拉直高飞超推荣急蒸调渐徐缓再又不来能会要";
    const VERB_GOES_ON: &str = "级降任职迁学华温空值起为至高到了着入格腾序平";
    match behind.strip_prefix('腾') {
        Some(rest) => {
            let is_named = !before.ends_with(is_han)
                || before.ends_with(|c| BEFORE_NAME.contains(c))
                || rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                || PRODUCTS.iter().any(|product| rest.starts_with(product));
            let may_be_verb = rest.starts_with(['起', '着'])
                || !before.ends_with(|c| BEFORE_NAME.contains(c))
                    && rest.starts_with(|c| GOES_ON.contains(c));
            is_named && !may_be_verb && !before.ends_with(|c| RISING.contains(c))
        }
        None => {
            is_named_so(before, behind)
                && !before.ends_with(|c| VERBS.contains(c))
                && !behind.starts_with(|c| VERB_GOES_ON.contains(c))
        }
    }
}
