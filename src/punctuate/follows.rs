//! What Chinese text ends in that a straight quotation mark follows.

use super::context::{is_chinese, last, last_token};
use super::formulas;

/// Whether `text` ends in Chinese text, marks of either width included.
pub fn follows_chinese(text: &str) -> bool {
    /// How much of it is looked at, bytes.
    const REACH: usize = 1 << 11;
    let text = text.trim_end_matches(' ');
    // A dash that is yet to become one.
    let front = text.trim_end_matches('-');
    let text = if text.len() - front.len() > 1 {
        front
    } else {
        text
    };
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..];
    is_told(text, text.ends_with([',', '.', ';', '?', '!']), 0)
}

/// Whether text ends in Chinese; with `marked`, which says that a mark follows, or in a word or number behind it: 增长5%,
fn is_told(text: &str, marked: bool, depth: usize) -> bool {
    /// More brackets and words than that tell nothing.
    const DEEPEST: usize = 4;
    if depth > DEEPEST {
        return false;
    }
    let text = text.trim_end_matches(is_mark);
    // 则f(1,2)=5.
    if marked && formulas::before(text).is_some() {
        return true;
    }
    // 区间(0,1). 文献[2,3].
    if let Some(content) = text.strip_suffix([')', ']', '﹚']) {
        let front = content
            .rsplit_once(['(', '[', '﹙'])
            .map_or("", |(front, _)| front);
        return is_told(content, marked, depth + 1) || is_told(front, marked, depth + 1);
    }
    let word = match marked {
        true => formulas::amount_before(text).unwrap_or_else(|| last_token(text)),
        false => "",
    };
    if word.is_empty() {
        return last(text).is_some_and(is_chinese);
    }
    let front = &text[..text.len() - word.len()];
    !front.ends_with('（') && is_told(front, false, depth + 1)
}

fn is_mark(c: char) -> bool {
    ",.;:?!\"' ？！”’」』﹂﹄…—─﹐﹒﹔﹕﹖﹗".contains(c)
}
