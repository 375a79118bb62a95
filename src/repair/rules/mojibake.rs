//! UTF-8 that was read as another encoding: where reading it back is shown to be right by what comes out.

use super::super::edit::Edit;
use super::super::gbk;
use super::super::look::Look;
use super::super::model::{Model, UNIT};
use super::{Context, Rule};

pub const NAME: &str = "mojibake";

pub const LOOK: Look = Look::anywhere(&[
    // Latin-1 letters that begin a Han character's UTF-8.
    [
        &[(0xC3, 0xC3)],
        &[(0xA3, 0xA9)],
        &[(0xC2, 0xC6), (0xCB, 0xCB), (0xE2, 0xE2)],
    ],
    // 銆 and 锛, 鐨: the commonest marks and characters in UTF-8, read as GBK.
    [
        &[(0xE9, 0xE9)],
        &[(0x8A, 0x8A), (0x94, 0x94), (0x90, 0x90)],
        &[(0x86, 0x86), (0x9B, 0x9B), (0xA8, 0xA8)],
    ],
    // 涓, another of these.
    [&[(0xE6, 0xE6)], &[(0xB6, 0xB6)], &[(0x93, 0x93)]],
]);

/// By how much Chinese text must be likelier than what the page shows; logarithms.
const BETTER: u32 = 12;

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    match &text[at..] {
        [0xC3, b, c, ..] => matches!(b, 0xA3..=0xA9) && matches!(c, 0xC2..=0xC6 | 0xCB | 0xE2),
        [0xE6, 0xB6, 0x93, ..] => true,
        [0xE9, b, c, ..] => matches!((b, c), (0x8A, 0x86) | (0x94, 0x9B) | (0x90, 0xA8)),
        _ => false,
    }
}

/// UTF-8 that was read as Windows-1252 or Latin-1, or as GBK.
pub fn edits(context: &mut Context) -> Vec<Edit> {
    let (model, line) = (context.model, context.line);
    let western = runs(line, |c| western_byte(c).map(|byte| ([byte, 0], 1)));
    let gbk = runs(line, |c| {
        gbk::pair(c).map(|(lead, trail)| ([lead, trail], 2))
    });
    let mut edits: Vec<Edit> = western
        .chain(gbk)
        .filter_map(|(range, bytes)| {
            let text = str::from_utf8(&bytes).ok()?;
            let han = text.chars().filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c)).count();
            let chinese = text.chars().all(|c| matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF5E}'));
            let better = cost(model, text) + BETTER * UNIT <= cost(model, &line[range.clone()]);
            (han >= 2 && chinese && better).then(|| Edit {
                bytes: bytes.clone(),
                ..Edit::plain(Rule::Mojibake, range, text)
            })
        })
        .collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

fn cost(model: &Model, text: &str) -> u32 {
    let pairs = text.chars().zip(text.chars().skip(1));
    let first = text.chars().next().map_or(0, |c| model.cost('\n', c));
    first
        + pairs
            .map(|(before, next)| model.cost(before, next))
            .sum::<u32>()
}

/// The longest runs of characters that have bytes, with their bytes.
fn runs<'a>(
    line: &'a str,
    bytes_of: impl Fn(char) -> Option<([u8; 2], usize)> + 'a,
) -> impl Iterator<Item = (std::ops::Range<usize>, Vec<u8>)> + 'a {
    let mut characters = line.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        let mut range = 0..0;
        for (at, c) in characters.by_ref() {
            match bytes_of(c) {
                Some((pair, length)) => {
                    if bytes.is_empty() {
                        range.start = at;
                    }
                    range.end = at + c.len_utf8();
                    bytes.extend(&pair[..length]);
                }
                None if bytes.is_empty() => {}
                None => break,
            }
        }
        (!bytes.is_empty()).then_some((range, bytes))
    })
}

/// The byte from 80 on that shows as this character in Windows-1252, or in Latin-1.
fn western_byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{FF}' => Some(c as u8),
        '\u{152}'..='\u{2122}' => {
            let mut buffer = [0; 4];
            let (bytes, _, lacking) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!lacking && bytes.len() == 1).then(|| bytes[0])
        }
        _ => None,
    }
}
