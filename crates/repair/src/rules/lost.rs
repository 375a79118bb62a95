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
    matches!(text[at], 0xE9 | 0xEF)
        && PATTERNS
            .iter()
            .any(|pattern| text[at..].starts_with(pattern.as_bytes()))
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let mut edits = Vec::new();
    for pattern in PATTERNS {
        let found = context.line.match_indices(pattern);
        edits.extend(found.map(|(at, found)| Edit {
            after: None,
            ..Edit::plain(Rule::Lost, at..at + found.len(), "")
        }));
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}
