//! U+FFFD and 锟斤拷 (U+FFFD in UTF-8, read as GBK): what stood there is gone.

use super::Context;
use crate::edit::Edit;
use crate::gbk;
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

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    match &text[at..] {
        [0xEF, 0xBF, 0xBD, ..] => true,
        [0xE9, 0x94, 0x9F, ..] | [0xE9, 0x8C, 0x95, ..] => length(&text[at..]).is_some(),
        _ => false,
    }
}

/// How long the place is that begins here, bytes.
fn length(text: &[u8]) -> Option<usize> {
    // As it is, and in traditional characters.
    let lost = ["\u{FFFD}", "錕斤拷"];
    match lost.iter().find(|lost| text.starts_with(lost.as_bytes())) {
        Some(lost) => Some(lost.len()),
        None => read_once_more(text),
    }
}

/// How long the place is that begins here with U+FFFD in UTF-8, read as GBK, bytes: 锟斤拷 is it twice, and 锟侥硷拷 has ļ in between, which
/// two bytes of GBK are in UTF-8.
fn read_once_more(text: &[u8]) -> Option<usize> {
    /// How many characters it takes at most.
    const MOST: usize = 12;
    let text = &text[..text.len().min(MOST * "锟".len())];
    let text = text.utf8_chunks().next()?.valid();
    let mut bytes = Vec::with_capacity(2 * MOST);
    for (at, c) in text.char_indices() {
        let (lead, trail) = gbk::pair(c)?;
        bytes.extend([lead, trail]);
        let begins = bytes.len() < 3 || bytes.starts_with(&[0xEF, 0xBF, 0xBD]);
        if !begins {
            return None;
        }
        let Ok(lost) = str::from_utf8(&bytes) else {
            continue;
        };
        let is_any = |c| matches!(c, '\u{80}'..='\u{7FF}' | char::REPLACEMENT_CHARACTER);
        if !lost.chars().all(is_any) {
            return None;
        }
        if lost.ends_with(char::REPLACEMENT_CHARACTER) {
            return Some(at + c.len_utf8());
        }
    }
    None
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let line = context.line.as_bytes();
    let begins = |at: &usize| is_suspect(line, *at);
    let found = (0..line.len()).filter(begins);
    found
        .filter_map(|at| Some(at..at + length(&line[at..])?))
        .map(|range| Edit {
            after: None,
            ..Edit::plain(Rule::Lost, range, "")
        })
        .collect()
}
