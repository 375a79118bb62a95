//! Characters that do not show and stand between Han characters.

use super::Context;
use crate::chars::{beside_han, is_wide};
use crate::edit::Edit;
use crate::look::Look;
use crate::rule::Rule;

pub const LOOK: Look = Look::anywhere(&[
    [&[(0xC2, 0xC2)], &[(0xAD, 0xAD)], jianti_text::scan::ANY],
    [
        &[(0xE2, 0xE2)],
        &[(0x80, 0x81)],
        &[(0x8B, 0x8F), (0xA0, 0xA0)],
    ],
    [&[(0xEF, 0xEF)], &[(0xBB, 0xBB)], &[(0xBF, 0xBF)]],
]);

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    matches!(
        text[at..],
        [0xC2, 0xAD, ..]
            | [0xE2, 0x80, 0x8B..=0x8F, ..]
            | [0xE2, 0x81, 0xA0, ..]
            | [0xEF, 0xBB, 0xBF, ..]
    )
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let line = context.line;
    if !line.contains(is_invisible) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut before = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map(|(_, c)| *c);
        let range = at..at + c.len_utf8();
        let between =
            || before.is_some_and(is_wide) && after.is_some_and(|c| is_wide(c) || is_invisible(c));
        if match c {
            '\u{FEFF}' => at == 0 || beside_han(line, &range) || between(),
            _ => is_invisible(c) && between(),
        } {
            edits.push(Edit::plain(Rule::Invisible, range, ""));
            if c != '\u{FEFF}' {
                continue; // still behind the same Han character
            }
        }
        before = Some(c);
    }
    edits
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}
