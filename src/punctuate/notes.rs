//! Marks of notes, which stand behind the mark of a sentence, or in front of it: 他走了。[1], 他走了[2-3]。, 他走了。①

use super::context::{first, is_ideograph};
use jianti_text::lines::front;

/// No mark of a note is longer, bytes.
const LONGEST: usize = 40;

/// What stands behind the mark of a note that begins `rest`, if one does, which stands behind a point: a number in square brackets, or
/// what is raised.
pub fn behind(rest: &str) -> Option<&str> {
    if rest.starts_with("<sup>") || rest.starts_with("<sup ") {
        let end = rest.split_once("</sup>");
        return Some(end.map_or("", |(_, behind)| behind));
    }
    match is_bracketed(rest) {
        true => rest.split_once(']').map(|(_, behind)| behind),
        false => is_word(rest).then_some(""),
    }
}

/// Whether a number in a circle begins `rest`.
pub fn begins_in_circle(rest: &str) -> bool {
    first(rest).is_some_and(|c| matches!(c, '①'..='⑳' | '❶'..='❿'))
}

/// Whether `text` ends in the mark of a note behind a Chinese character: 据统计[3]
pub fn ends(text: &str) -> bool {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let Some(open) = near.strip_suffix(']').and_then(|near| near.rfind('[')) else {
        return false;
    };
    near[..open].ends_with(is_ideograph) && is_bracketed(&near[open..])
}

/// [1], [2-3], [1,2], [註1]; but not 資料.[0].名稱, which a program reads
fn is_bracketed(text: &str) -> bool {
    let inner = text.strip_prefix('[').map(|inner| front(inner, LONGEST));
    let Some((inner, rest)) = inner.and_then(|inner| inner.split_once(']')) else {
        return false;
    };
    let numbers = inner.trim_start_matches(['註', '注', '释', '釋', ' ']);
    let is_number = |number: &str| {
        let number = number.trim_matches(' ');
        number.len() <= 3
            && number.starts_with(|c: char| matches!(c, '1'..='9'))
            && number.bytes().all(|c| c.is_ascii_digit())
    };
    // 動畫.[12][1080P].mkv
    let end = rest.find(|c: char| c.is_whitespace() || "，。、；：！？,;!?".contains(c));
    let token = &rest[..end.unwrap_or(rest.len())];
    let is_member = token.starts_with('[') && !is_bracketed(token)
        || token.match_indices('.').any(|(at, _)| {
            let next = first(&token[at + 1..]);
            next.is_some_and(|c| c.is_ascii_alphanumeric() || at == 0 && c.is_alphanumeric())
        });
    let mut numbers = numbers.split([',', '-', '–', '，', '、', '~', '～']);
    numbers.all(is_number) && !is_member
}

/// 註一, at a line's end: what leads to the note
fn is_word(text: &str) -> bool {
    let number = text.trim_end().strip_prefix(['註', '注']);
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    number.is_some_and(|number| !number.is_empty() && number.chars().all(is_numeral))
}
