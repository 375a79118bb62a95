//! Characters that do not show and stand between Han characters or their marks.

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
    // `in_bracket`: right behind one that opens before wide text.
    let (mut behind_text, mut in_bracket) = (false, false);
    // What tells the direction belongs to text that runs the other way.
    let has_direction = line.contains(is_right_to_left);
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map(|(_, c)| *c);
        let range = at..at + c.len_utf8();
        let precedes_text = |c: char| is_wide(c) || is_mark(c) || is_invisible(c);
        let end = range.end;
        let between = behind_text && after.is_some_and(precedes_text) || in_bracket;
        if match c {
            '\u{FEFF}' => at == 0 || beside_han(line, &range) || between,
            '\u{200E}' | '\u{200F}' if has_direction => false,
            _ => is_invisible(c) && between,
        } {
            edits.push(Edit::plain(Rule::Invisible, range, ""));
            if c != '\u{FEFF}' {
                continue; // still behind the same Han character
            }
        }
        // A full stop may be a point of a domain's name, but not behind the text.
        behind_text = is_wide(c) || behind_text && (is_mark(c) || c == '.');
        let rest = || line[end..].trim_start_matches(is_invisible);
        in_bracket = c == '(' && rest().starts_with(is_wide);
    }
    edits
}

/// A mark that is full-width beside Chinese text, once marks are set.
fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '?' | '!' | '(' | ')')
}

/// A letter of Hebrew or Arabic.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{8FF}' | '\u{FB1D}'..='\u{FEFC}')
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}
