//! Round brackets: a pair is set in one width.

use super::context::{ends_chinese, first, is_han, last, last_token};

/// How far a bracket's partner is looked for, bytes.
const FAR: usize = 1200;

/// Whether [`opener`] finds the opener of a bracket that closes this many bytes behind it, whatever grows in between: each
/// mark to three bytes at most.
pub fn is_near(length: usize) -> bool {
    length * 3 < FAR
}

/// Where the bracket closes that opens before `text`: the place in `text`, and whether it is an ASCII bracket.
pub fn partner(text: &str) -> Option<(usize, bool)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => return Some((at, c == ')')),
            ')' | '）' => depth -= 1,
            _ => {}
        }
        if at > FAR {
            break;
        }
    }
    None
}

/// The bracket in `text` that is open at its end.
pub fn opener(text: &str) -> Option<char> {
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => return Some(c),
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if text.len() - at > FAR {
            break;
        }
    }
    None
}

/// Whether the pair after `before`, with this content and what follows, is set as Chinese.
pub fn is_chinese_pair(before: &str, content: &str, after: &str) -> bool {
    if content.is_empty()
        || content.starts_with('?')
        || is_file_name(after)
        || is_number(content, after)
    {
        return false;
    }
    let has_han = content.contains(is_han);
    if ends_chinese(before) {
        return true;
    }
    match last(before) {
        None | Some('“' | '‘') => has_han,
        Some(c) if c.is_whitespace() || matches!(c, '"' | '\'' | ')') => has_han,
        Some(c) if c.is_ascii_alphanumeric() => {
            let token = last_token(before);
            let name =
                !first(token).is_some_and(|c| c.is_ascii_lowercase()) && !token.contains('_');
            let front = &before[..before.len() - token.len()];
            // LENB("中") is a formula.
            let quoted = content.starts_with(['"', '\'']);
            has_han && name && !quoted && (front.is_empty() || ends_chinese(front))
        }
        _ => false,
    }
}

/// Whether a bracket that nothing closes on its line is Chinese.
pub fn is_chinese_opener(before: &str, after: &str) -> bool {
    (before.is_empty() || ends_chinese(before)) && first(after).is_some_and(is_han)
}

/// (010)87654321
fn is_number(content: &str, after: &str) -> bool {
    content.bytes().all(|c| c.is_ascii_digit()) && first(after).is_some_and(|c| c.is_ascii_digit())
}

/// 报告(1).docx
fn is_file_name(after: &str) -> bool {
    let mut after = after.chars();
    after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_alphanumeric())
}
