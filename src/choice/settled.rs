//! 著 where a rule tells what it is that no word outweighs: the master 無著, what the mind clings to (心有所著), people behind a
//! verb (象徵著族人).

use super::near::has_near;
use super::zhe::{ATTACHED, MANIFEST, is_verb};
use jianti_text::chars::is_han;
use jianti_text::lines::front;

/// Whether the name of the master 無著 ends here, told by what he is called, by his brother 世親 or his works near by, by what
/// he wrote, or in a field of an author: nothing but it stands between commas. But 無著落, 無住、無著.
fn is_asanga(before: &str, after: &str) -> bool {
    const CALLED: [&str; 15] = [
        "菩薩", "菩萨", "論師", "论师", "禪師", "禅师", "大師", "大师", "大士", "尊者", "文喜",
        "道忠", "和尚", "比丘", "賢造",
    ];
    const NEAR: [&str; 12] = [
        "世親",
        "世亲",
        "天親",
        "天亲",
        "瑜伽",
        "唯識",
        "唯识",
        "攝大乘論",
        "摄大乘论",
        "莊嚴經論",
        "庄严经论",
        "龍樹",
    ];
    /// What his name follows within a clause.
    const LEADS: &str = "哥兄弟的和與与及由是即名跟向如依據据";
    const WRITES: [&str; 8] = ["造", "撰", "著", "所造", "本", "造論", "造论", "說"];
    let Some(front) = before.strip_suffix(['無', '无']) else {
        return false;
    };
    let is_field = || {
        let ends = |c: Option<char>| c.is_none_or(|c| matches!(c, '"' | ',' | '\t' | '\n' | '\r'));
        ends(front.chars().next_back()) && ends(after.chars().next())
    };
    let is_doing = || {
        after.starts_with(|c| ATTACHED.contains(c))
            || after.starts_with(|c| "無无處处心相之".contains(c))
    };
    CALLED.iter().any(|called| after.starts_with(called))
        || is_field()
        || !front.ends_with(|c| is_han(c) && !LEADS.contains(c))
            && !is_doing()
            && (has_near(front, after, &NEAR)
                || !front.ends_with(is_han)
                    && WRITES.iter().any(|word| {
                        after
                            .strip_prefix(word)
                            .is_some_and(|rest| !rest.starts_with(is_han))
                    }))
}

/// Whether 着 between these is the mark of an aspect though 著 could begin a word: 象徵著族人, 象徵著, but 著族; and 唔著 of Cantonese, which
/// is 着 as what is reached (瞓唔著).
fn is_aspect(before: &str, after: &str) -> bool {
    /// What follows 族 in words that begin with it.
    const PEOPLE: &str = "人群裔長长中內内裡里裏規规譜谱";
    let people = after.strip_prefix('族');
    let is_symbol = before.ends_with(['徵', '徴', '征']) && {
        let mut back = before.chars().rev();
        back.nth(1) == Some('象')
    };
    let is_manifest = after.starts_with(|c| MANIFEST.contains(c));
    people.is_some_and(|rest| rest.starts_with(|c| PEOPLE.contains(c)))
        && (is_symbol || before.ends_with(is_verb))
        || (is_symbol || before.ends_with('唔')) && !is_manifest
}

/// Whether 着 between these is what the mind clings to: 心有所著; 無所著 where the Buddha's teaching is spoken of; but
/// 無所著述.
fn is_clung(before: &str, after: &str) -> bool {
    /// How far the sentence is looked at to each side, bytes.
    const REACH: usize = 60;
    const TEACHING: [&str; 25] = [
        "菩薩",
        "菩萨",
        "般若",
        "比丘",
        "涅槃",
        "諸法",
        "诸法",
        "一切法",
        "解脫",
        "解脱",
        "眾生",
        "衆生",
        "众生",
        "須菩提",
        "须菩提",
        "如來",
        "如来",
        "煩惱",
        "烦恼",
        "顛倒",
        "颠倒",
        "三昧",
        "佛",
        "禪",
        "禅",
    ];
    let Some(clause) = before
        .strip_suffix('所')
        .and_then(|front| front.strip_suffix(['無', '无', '有']))
    else {
        return false;
    };
    if after.starts_with(|c| MANIFEST.contains(c)) {
        return false;
    }
    if clause.ends_with('心') || before.ends_with("有所") {
        return clause.ends_with('心');
    }
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '\n');
    let start = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(REACH))..];
    let start = start.rsplit(ends).next().unwrap_or(start);
    let end = front(after, REACH).split(ends).next().unwrap_or_default();
    has_near(start, end, &TEACHING)
}

/// Whether 著 stays (`true`) or becomes 着 (`false`) between these by a rule that no word outweighs; `None` elsewhere.
pub fn by_rule(before: &str, after: &str) -> Option<bool> {
    if is_asanga(before, after) {
        return Some(true);
    }
    (is_clung(before, after) || is_aspect(before, after)).then_some(false)
}
