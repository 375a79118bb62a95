//! Private-use code points that stand for characters.

use super::Context;
use crate::code_points::private_use;
use crate::edit::Edit;
use crate::look::Look;
use crate::page::BLANK;
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
    let found = line.char_indices().filter(|(_, c)| is_private_use(*c));
    let mut edits: Vec<Edit> = found
        .map(|(at, c)| private_use(at..at + c.len_utf8(), c, context.encoding))
        .collect();
    if let Some(first) = context.page.first_blank() {
        // What is a blank everywhere is told once; any other is told wherever it stands.
        let told = if first == line {
            line.find(BLANK)
        } else {
            None
        };
        edits.retain_mut(|edit| {
            let is_blank = edit.after.is_none() && line[edit.range.clone()].starts_with(BLANK);
            if is_blank {
                edit.others = vec!["\u{3000}".to_owned()];
            }
            !is_blank || told == Some(edit.range.start)
        });
    }
    edits
}
