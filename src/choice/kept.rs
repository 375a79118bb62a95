//! 著 that simplified text keeps behind what may be a verb, or where no author is named: 软著, 著录项目, 在著《史记》时.
//!
//! In such text 著 is as the standard has it, or left over from 着: what 着 could follow there must tell nothing else.

use jianti_text::chars::is_han;

use super::written;
use super::zhe::{ends_clause, ends_with_life, is_attached, is_verb};

/// Whether 著 between these, in a simplified sentence, is one of writing, or of what is manifest.
pub fn is_kept(before: &str, after: &str) -> bool {
    let mut back = before.chars().rev();
    let (Some(last), owner) = (back.next(), back.next()) else {
        return false;
    };
    let next = after.chars().next();
    if is_attached(after) {
        return false;
    }
    let ends = || ends_clause(before, next);
    let is_owned_by = |list: &str| owner.is_some_and(|c| list.contains(c));
    match last {
        '软' => is_software(owner, next),
        // 两部史著, but 杂著 only where nothing is mixed: 夹杂着.
        '史' => true,
        '杂' => !owner.is_some_and(is_han),
        '在' => !is_owned_by("存实") && after.starts_with(['《', '〈']),
        // 声威日著
        '日' | '既' => owner.is_some_and(is_han) && ends(),
        // 名不著, but 睡不着
        '不' => is_owned_by("名声迹节") && ends(),
        // 与之相比较著, but 互相比较着
        '较' => before.ends_with("相比较") && !before.ends_with("互相比较") && ends(),
        // 一部议论著
        '论' => before.chars().rev().nth(2).is_some_and(is_counter) && ends(),
        '尊' if is_owned_by("令") => written::tells_books(after),
        '尊' if is_owned_by("以") => after.starts_with("的"),
        _ if ends_with_life(before) => after.starts_with('写') || written::tells_books(after),
        _ => !is_verb(last) && after.starts_with(['史', '写']) || is_record(after),
    }
}

/// Whether software that is registered is spoken of: 三个软著, 软著登记; not 腿软着, 软着声音.
fn is_software(owner: Option<char>, next: Option<char>) -> bool {
    const WEAK: &str = "发腿心嘴耳手脚身柔酸瘫绵服疲变";
    const SOFTENED: &str = "声嗓身腿心语口音腰手脚性";
    !owner.is_some_and(|c| WEAK.contains(c)) && !next.is_some_and(|c| SOFTENED.contains(c))
}

fn is_counter(c: char) -> bool {
    "部篇本册种".contains(c)
}

/// Whether a catalogue's records are spoken of, which nobody looks at or holds: 著录项目; but 看着录像.
fn is_record(after: &str) -> bool {
    const RECORDED: [&str; 9] = [
        "项", "样式", "格式", "规则", "标准", "信息", "内容", "事项", "于",
    ];
    let rest = after.strip_prefix('录');
    rest.is_some_and(|rest| RECORDED.iter().any(|word| rest.starts_with(word)))
}
