//! U+FFFD and 锟斤拷 (U+FFFD in UTF-8, read as GBK): what stood there is gone.

use super::Context;
use crate::edit::Edit;
use crate::look::Look;
use crate::rule::Rule;

pub const LOOK: Look = Look::anywhere(&[
    [&[(0xEF, 0xEF)], &[(0xBF, 0xBF)], &[(0xBD, 0xBD)]],
    [
        &[(0xE9, 0xE9)],
        &[(0x94, 0x94), (0x8C, 0x8C)],
        &[(0x9F, 0x9F), (0x95, 0x95)],
    ],
]);

const PATTERNS: [&str; 3] = ["\u{FFFD}", "锟斤拷", "錕斤拷"];

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    pattern(text, at).is_some()
}

/// The pattern that begins here; none begins within another.
#[inline]
fn pattern(text: &[u8], at: usize) -> Option<&'static str> {
    if !matches!(text[at], 0xE9 | 0xEF) {
        return None;
    }
    let begins = |pattern: &&str| text[at..].starts_with(pattern.as_bytes());
    PATTERNS.into_iter().find(begins)
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let line = context.line.as_bytes();
    let found = (0..line.len()).filter_map(|at| Some((at, pattern(line, at)?)));
    found
        .map(|(at, found)| Edit {
            after: None,
            ..Edit::plain(Rule::Lost, at..at + found.len(), "")
        })
        .collect()
}
