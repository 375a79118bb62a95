//! Points behind numbers and formulas: those that end a section of an abstract, and those that belong to a number.

use super::context::{is_ideograph, last};

/// Whether a section of an abstract begins behind the point that ends the one before it: 有意义(P<0.05).结论:该药有效. The number of an
/// item ends nothing.
pub fn begins_section(before: &str, after: &str) -> bool {
    /// No caption is longer, characters: 表1.结果
    const CAPTION: usize = 4;
    const SECTIONS: [&str; 14] = [
        "目的",
        "背景",
        "方法",
        "材料",
        "对象",
        "對象",
        "结果",
        "結果",
        "结论",
        "結論",
        "讨论",
        "討論",
        "关键词",
        "關鍵詞",
    ];
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let is_section = |section: &&str| {
        let behind = rest.strip_prefix(*section);
        behind.is_some_and(|behind| behind.starts_with([':', '：']))
    };
    if !rest.starts_with(is_ideograph) || !SECTIONS.iter().any(is_section) {
        return false;
    }
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_item = number.len() < before.len()
        && (number.chars().count() <= CAPTION
            || last(number).is_none_or(|c| c.is_whitespace() || "。；，：、】-".contains(c)));
    !is_item && before.contains(|c| is_ideograph(c) || "<>=".contains(c))
}

/// Whether `before` ends in a whole number, `token`, that begins a clause which `rest` goes on with: 但 1000. 有 4 位
pub fn is_begun(before: &str, token: &str, rest: &str) -> bool {
    const BEGINNINGS: [&str; 8] = ["但", "而", "若", "如", "例如", "比如", "因为", "如果"];
    let front = before[..before.len() - token.len()].trim_end_matches(' ');
    let begins = |word: &&str| {
        let outer = front.strip_suffix(*word);
        outer.is_some_and(|outer| !outer.ends_with(is_ideograph))
    };
    token.bytes().all(|c| c.is_ascii_digit())
        && rest.starts_with(['有', '是', '的', '只', '则', '表', '写'])
        && BEGINNINGS.iter().any(begins)
}
