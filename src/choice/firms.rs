//! 乾 as the first character of a firm's name, or the name of a state: 乾通集团, 乾国公主.

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
