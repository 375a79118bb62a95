//! What stands beside the names of persons: titles, and what a person is called by.

use std::sync::LazyLock;

use jianti_data::choice::fold;
use jianti_text::chars::{Chars, is_han};

/// Titles behind a name.
static TITLES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "先生 女士 小姐 太太 夫人 教授 老师 博士 院士 医生 医师 大夫 护士 律师 法官 同志 同学 将军 元帅 司令 上将 中将 少将 院长 校长 市长 省长 \
         县长 部长 局长 处长 科长 所长 厂长 董事长 总经理 经理 主任 主席 总统 总理 书记 委员 议员 大人 师傅 阿姨 叔叔 伯伯 爷爷 奶奶 公子 姑娘 \
         兄弟 老板 队长 班长 组长 导演 编辑 记者 某",
    )
});

/// What a person is called by before the name. The last character of each is in [`may_follow_calling`].
static CALLINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "叫 姓 姓名 \
         记者 学者 作者 译者 患者 死者 伤者 使者 \
         画家 作家 专家 管家 名家 科学家 数学家 化学家 文学家 史学家 哲学家 书法家 企业家 艺术家 音乐家 作曲家 思想家 政治家 军事家 革命家 \
         诗人 词人 商人 军人 证人 犯人 病人 艺人 僧人 发言人 主持人 负责人 代理人 创始人 继承人 嫌疑人 当事人 被告人 经纪人 \
         演员 球员 队员 会员 学员 店员 职员 官员 议员 委员 船员 运动员 飞行员 研究员 服务员 消防员 驾驶员 裁判员 指挥员 \
         歌手 选手 国手 棋手 射手 水手 助手 凶手 旗手 鼓手 \
         导演 教授 主编 总编 编剧 编辑 翻译 摄影 \
         院士 博士 女士 战士 骑士 道士 烈士 护士 居士 进士 大学士 \
         老师 律师 厨师 教师 医师 药师 法师 禅师 大师 导师 画师 琴师 牧师 讲师 设计师 工程师 摄影师 理发师 \
         军阀 将军 总统 总理 经理 助理 主席 主任 书记 \
         部长 市长 校长 院长 局长 队长 班长 站长 店长 村长 镇长 乡长 区长 厅长 司长 行长 社长 会长 船长 机长 舰长 连长 排长 营长 团长 师长 \
         军长 组长 科长 处长 所长 厂长 县长 省长 董事长 秘书长 护士长 \
         同学 同事 董事 理事 监事 领事 干事 朋友 好友 网友 室友 战友 校友 队友 男友 女友 邻居 市民 村民 居民 网民 业主 店主 房主 车主 家长 \
         先生 医生 学生 书生 考生 研究生 实习生 小姐 学姐 同志 皇帝 \
         太子 皇子 王子 世子 公子 弟子 妻子 儿子 长子 次子 才子 丞相 宰相 首相 刺史 御史 长史 太守 \
         警官 法官 军官 教官 检察官 史官 宦官 警察 司机 老板 \
         大臣 名臣 谋臣 功臣 权臣 谋士 名士 隐士 文士 名将 大将 武将 将领 名医 太医 才女 诗僧 画僧 宗室 太监 侍郎 尚书 巡抚 总督 提督 知县 知府 \
         知州 县令 节度使 翰林 举人 秀才 状元 领队 教练 裁判 总监 审判员 审判长 陪审员 书记员",
    )
});

/// What a name without its surname is told by.
static NAMINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "原名 本名 小名 乳名 法名 别名 又名 改名 更名 取名 起名 单名 化名 笔名 艺名 网名 学名 谱名 官名 名叫 长名 次名 仲名 幼名 季名 长曰 次曰 三曰 幼曰 季曰 名曰 字曰 号曰 表字 法号 道号 别号 自号 子名 女名 弟名 兄名 父名 母名 友名 人名 孙名",
    )
});

/// The same where it begins a clause: 字子乾
const NAMINGS_FIRST: &str = "字号名讳";

/// Surnames that are hardly anything else, and hardly anybody's given name, in either script.
pub static SURNAMES: Chars = Chars::of(
    "王张張李刘劉陈陳赵趙吴吳徐孙孫朱胡郭罗羅谢謝韩韓冯馮董萧蕭曹邓鄧彭吕呂卢盧蒋蔣蔡贾賈薛阎閻潘杜杨楊",
);

/// A name begins behind these.
pub static BEFORE: Chars =
    Chars::of("和与及跟同给向对由让请叫是姓找问见被把比小老阿的为有送赠寄访悼洽谢陪替劝");
/// A name ends before these.
pub static BEHIND: Chars = Chars::of("说道曰是和与及的在写对将等也就著编译注撰绘摄来去问答听看想");

/// Words of up to three characters, found by binary search.
struct Words(Vec<[char; 3]>);

impl Words {
    /// What stands where a shorter word has no character.
    const NONE: char = ' ';

    fn of(list: &str) -> Words {
        let mut words: Vec<[char; 3]> = list
            .split_whitespace()
            .map(|word| key(word.chars()))
            .collect();
        words.sort_unstable();
        Words(words)
    }

    fn has(&self, word: &[char]) -> bool {
        self.0.binary_search(&key(word.iter().copied())).is_ok()
    }
}

fn key(word: impl Iterator<Item = char>) -> [char; 3] {
    let mut key = [Words::NONE; 3];
    key.iter_mut().zip(word).for_each(|(key, c)| *key = c);
    key
}

/// Whether a title begins these characters.
pub fn begin_with_title(chars: &[char]) -> bool {
    (1..=chars.len().min(3)).any(|length| TITLES.has(&chars[..length]))
}

/// The same of a text in either script.
pub fn begins_with_title(text: &str) -> bool {
    let chars: Vec<char> = text.chars().take(3).map(fold).collect();
    begin_with_title(&chars)
}

/// Whether what a person is called by ends these characters.
pub fn end_in_calling(chars: &[char]) -> bool {
    may_follow_calling(chars.last().copied())
        && (1..=chars.len().min(3)).any(|length| CALLINGS.has(&chars[chars.len() - length..]))
}

/// Whether what ends these characters is something to do as well as somebody who does it: 翻译, 摄影
pub fn end_in_act(chars: &[char]) -> bool {
    const ACTS: [[char; 2]; 6] = [
        ['翻', '译'],
        ['编', '辑'],
        ['摄', '影'],
        ['导', '演'],
        ['教', '授'],
        ['主', '编'],
    ];
    chars.last_chunk().is_some_and(|last| ACTS.contains(last))
}

/// Whether what tells a given name ends these characters; `begins` says that a clause begins with them.
pub fn end_in_naming(chars: &[char], begins: bool) -> bool {
    match chars {
        [only] => begins && NAMINGS_FIRST.contains(*only),
        // 先父讳乾
        [.., '讳'] => true,
        [.., _, last] => may_end_naming(*last) && NAMINGS.has(&chars[chars.len() - 2..]),
        [] => false,
    }
}

/// Whether the character, of either script, may end what tells a given name.
pub fn may_end_naming(c: char) -> bool {
    matches!(c, '名' | '叫' | '字' | '号' | '號' | '讳' | '諱' | '曰')
}

/// Whether the last character before a surname may end what a person is called by.
pub fn may_follow_calling(before: Option<char>) -> bool {
    static LAST: Chars = Chars::of(
        "叫姓名者民主家人员員手演授士师師阀閥军軍统統理席长長任记記学學事友居生姐志帝子相史守选選律警官察机機板辑輯译譯影编編剧劇臣将將领領医醫女僧室监監郎书書抚撫督县縣府州令使林才元队隊练練判",
    );
    before.is_some_and(|c| LAST.contains(c))
}

/// Whether a title may begin within the next three characters, of either script.
pub fn may_hold_title(behind: &str) -> bool {
    static FIRST: Chars = Chars::of(
        "先女小太夫教老博院医醫大护護律法同将將元司上中少校市省县縣部局处處科所厂廠董事总總经經主书書委议議师師阿叔伯爷爺奶公姑兄板队隊班组組导導编編记記某",
    );
    static SECOND: Chars = Chars::of(
        "生士姐太人授师師长長生夫官志学學军軍帅帥令将將理任席统統记記员員傅姨叔伯爷爺奶子娘弟闆板演辑輯者",
    );
    let mut chars = behind.chars().take(4);
    let mut last = None;
    chars.any(|c| {
        let second = SECOND.contains(c);
        let found = c == '某' || second && last.is_some_and(|last| FIRST.contains(last));
        last = Some(c);
        found
    })
}

/// Whether 某 before `next` is no person: 某日, 某些地方.
pub fn is_some(next: Option<char>) -> bool {
    next.is_some_and(|c| "日月年天地處处時时人个個些種种間间次项項期".contains(c))
}

/// Whether a surname between these may tell a family or one of it (於家三代, 老於说), and little else: not 於家中, 在於家.
pub fn may_be_family(before: &str, behind: &str) -> bool {
    /// What goes on after 家 where somebody's home or the like is meant.
    const HOME: &str = "中里裡裏內内庭用居具鄉乡長长事務务業业人國国於于有無无";
    /// What ends the name in 老於 and 小於, beside the end of the clause and [`BEHIND`].
    const GOES_ON: &str = "今昨明没沒不就正又还還已站坐走笑点點摇搖叹嘆也都家";
    let mut back = before.chars().rev();
    let begins =
        |c: Option<char>| c.is_none_or(|c| !is_han(c) || "和与與跟去进進的找请請把被".contains(c));
    let mut on = behind.chars();
    match on.next() {
        Some('家') => {
            let goes_on = on.next().is_some_and(|c| !HOME.contains(c) && is_han(c));
            goes_on && begins(back.next())
        }
        Some('某') => begins(back.next()) && !is_some(on.next()),
        next => {
            let is_called = match back.next() {
                Some('老') => {
                    let before = back.next();
                    begins(before) || before.is_some_and(|c| "他她我叫是".contains(c))
                }
                Some('小' | '阿') => begins(back.next()),
                _ => false,
            };
            // 小於等於, 小於和大於 compare.
            is_called
                && !matches!(on.next(), Some('大' | '等'))
                && next.is_none_or(|c| {
                    !is_han(c) || c != '等' && BEHIND.contains(fold(c)) || GOES_ON.contains(c)
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_lets_all_pass() {
        for calling in &CALLINGS.0 {
            let last = calling.iter().rfind(|c| **c != Words::NONE).copied();
            assert!(may_follow_calling(last), "{calling:?}");
        }
        for title in &TITLES.0 {
            let title: String = title.iter().collect();
            assert!(may_hold_title(title.trim_end()), "{title}");
        }
    }
}
