//! Private-use code points that stand for characters.

use super::Context;
use crate::code_points::private_use;
use crate::edit::Edit;
use crate::look::Look;
use crate::replay::is_question_mark;
use jianti_text::chars::is_private_use;
use jianti_text::scan::ANY;

pub const LOOK: Look = Look::anywhere(&[
    [&[(0xEE, 0xEE)], ANY, ANY],
    [&[(0xEF, 0xEF)], &[(0x80, 0xA3)], ANY],
]);

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    matches!(text[at..], [0xEE, ..] | [0xEF, 0x80..=0xA3, ..])
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let line = context.line;
    if memchr::memchr2(0xEE, 0xEF, line.as_bytes()).is_none() {
        return Vec::new();
    }
    // Shifted runs show private-use characters too.
    if line.contains(is_question_mark) {
        return Vec::new();
    }
    line.char_indices()
        .filter(|(_, c)| is_private_use(*c))
        .map(|(at, c)| (at..at + c.len_utf8(), c))
        .map(|(range, c)| private_use(range, c, context.encoding))
        .collect()
}
