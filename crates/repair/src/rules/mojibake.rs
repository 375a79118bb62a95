//! Text that was read in another encoding: UTF-8 as Windows-1252 or GBK, Big5 as GBK and the other way round. Where
//! reading it back is shown to be right by what comes out, and doing the damage again gives the page.
//!
//! What comes back whole is repaired. Where bytes fell out, the line is open: it stays, and with `lossy` what survived
//! comes back with U+FFFD for the rest.

use encoding_rs::{BIG5, Encoding, GBK};

use super::Context;
use crate::edit::Edit;
use crate::gbk;
use crate::look::Look;
use crate::rule::Rule;
use crate::utf8::Survivors;
use jianti_model::{Model, UNIT};

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
    // 涓, 浠, 浜, 鏄 and 鏂: more of these.
    [
        &[(0xE6, 0xE6)],
        &[(0xB5, 0xB6)],
        &[(0x93, 0x94), (0x9C, 0x9C), (0xA0, 0xA0)],
    ],
    [
        &[(0xE9, 0xE9)],
        &[(0x8F, 0x8F)],
        &[(0x82, 0x82), (0x84, 0x84)],
    ],
    // 鍦, 鍙, 鍥, 鍒, 鍏, 澶, 杩 and 璁: of lines without any of these, as headlines are.
    [
        &[(0xE9, 0xE9)],
        &[(0x8D, 0x8D)],
        &[(0x8F, 0x8F), (0x92, 0x92), (0x99, 0x99), (0xA5, 0xA6)],
    ],
    [&[(0xE6, 0xE6)], &[(0xBE, 0xBE)], &[(0xB6, 0xB6)]],
    [&[(0xE6, 0xE6)], &[(0x9D, 0x9D)], &[(0xA9, 0xA9)]],
    [&[(0xE7, 0xE7)], &[(0x92, 0x92)], &[(0x81, 0x81)]],
    // 硂, 琌: 這 and 是 in Big5, read as GBK.
    [
        &[(0xE7, 0xE7)],
        &[(0x90, 0x90), (0xA1, 0xA1)],
        &[(0x8C, 0x8C), (0x82, 0x82)],
    ],
    // 岆: 是 in GBK, read as Big5.
    [&[(0xE5, 0xE5)], &[(0xB2, 0xB2)], &[(0x86, 0x86)]],
    // What shows that bytes fell out.
    [&[(0xEF, 0xEF)], &[(0xBF, 0xBF)], &[(0xBD, 0xBD)]],
]);

/// How ， 。 的 个 以 是 久 在 可 大 这 议 人 国 到 入 新 and others of UTF-8 show in GBK: the fronts of their bytes; and what
/// shows that bytes fell out.
const IN_UTF8: [char; 18] = [
    '锛', '銆', '鐨', '涓', '浠', '鏄', '涔', '鍦', '鍙', '澶', '杩', '璁', '浜', '鍥', '鍒', '鍏',
    '鏂', '\u{FFFD}',
];

/// How 這 and 是 of Big5 show in GBK, and 是 of GBK in Big5.
const IN_BIG5: [char; 2] = ['硂', '琌'];
const IN_GBK: char = '岆';

/// By how much Chinese text must be likelier than what the page shows, logarithms; and, where bytes fell out, by how much
/// for each character.
const BETTER: u32 = 12;
const BETTER_EACH: u32 = 3;

/// How many characters of a line must survive, and what part of what they came from.
const SURVIVORS: usize = 3;
const SURVIVING: f64 = 0.6;

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    match &text[at..] {
        [0xC3, b, c, ..] => matches!(b, 0xA3..=0xA9) && matches!(c, 0xC2..=0xC6 | 0xCB | 0xE2),
        [0xE5, 0xB2, 0x86, ..] => true,
        [0xE6, 0xB6, 0x93 | 0x94, ..] | [0xE6, 0xB5, 0x9C | 0xA0, ..] => true,
        [0xE6, 0xBE, 0xB6, ..] | [0xE6, 0x9D, 0xA9, ..] | [0xE7, 0x92, 0x81, ..] => true,
        [0xEF, 0xBF, 0xBD, ..] => true,
        [0xE7, 0x90, 0x8C, ..] | [0xE7, 0xA1, 0x82, ..] => true,
        [0xE9, b, c, ..] => {
            matches!(
                (b, c),
                (0x8A, 0x86)
                    | (0x94, 0x9B)
                    | (0x90, 0xA8)
                    | (0x8F, 0x82 | 0x84)
                    | (0x8D, 0x8F | 0x92 | 0x99 | 0xA5 | 0xA6)
            )
        }
        _ => false,
    }
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let (model, line) = (context.model, context.line);
    // Most bytes begin nothing of that.
    let begins = |(at, byte): (usize, u8)| byte >= 0xC3 && is_suspect(line.as_bytes(), at);
    let is_garbled = context.page.is_garbled();
    let shows = is_garbled || line.bytes().enumerate().any(begins);
    // No pair of most lines begins a Han character's UTF-8.
    let leads = |c: char| gbk::pair(c).is_some_and(|(lead, _)| begins_chinese(lead));
    if !shows && !line.chars().any(|c| !c.is_ascii() && leads(c)) {
        return Vec::new();
    }
    if (is_garbled || shows && line.contains(IN_UTF8))
        && let Some(edit) = utf8_as_gbk(model, line, context.lossy)
    {
        return vec![edit];
    }
    let western = shows.then(|| {
        runs(line, begins_chinese, |c| {
            western_byte(c).map(|byte| ([byte, 0], 1))
        })
    });
    let pairs = runs(line, begins_chinese, |c| {
        gbk::pair(c).map(|(lead, trail)| ([lead, trail], 2))
    });
    let utf8 = western
        .into_iter()
        .flatten()
        .chain(pairs)
        .filter_map(|(range, bytes)| {
            let text = str::from_utf8(&bytes).ok()?;
            Some((range, text.to_owned(), bytes.clone()))
        });
    let big5 = (shows && line.contains(IN_BIG5)).then(|| swapped(line, GBK, BIG5));
    let gbk = (shows && line.contains(IN_GBK)).then(|| swapped(line, BIG5, GBK));
    let mut edits: Vec<Edit> = utf8
        .chain(big5.into_iter().flatten())
        .chain(gbk.into_iter().flatten())
        .filter(|(range, text, _)| {
            let better = BETTER * UNIT;
            is_chinese(text) && cost(model, text) + better <= cost(model, &line[range.clone()])
        })
        .map(|(range, text, bytes)| Edit {
            bytes,
            ..Edit::plain(Rule::Mojibake, range, text)
        })
        .collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits.dedup_by(|next, edit| next.range.start < edit.range.end);
    if edits.is_empty()
        && !context.restored
        && let Some(range) = wreck(line)
    {
        edits.push(Edit {
            range,
            after: None,
            rule: Rule::Mojibake,
            bytes: Vec::new(),
            others: Vec::new(),
        });
    }
    edits
}

/// A line of which so much fell out that it must have been read in another encoding, whichever that was: a conversion
/// would make it worse.
fn wreck(line: &str) -> Option<std::ops::Range<usize>> {
    /// How many characters fell out at least, and one of how many.
    const LEAST: usize = 3;
    const ONE_OF: usize = 8;
    let lost = line.matches(char::REPLACEMENT_CHARACTER).count();
    let wide = || line.chars().filter(|c| !c.is_ascii()).count();
    (lost >= LEAST && lost * ONE_OF >= wide()).then(|| {
        let start = line.find(|c: char| !c.is_ascii()).unwrap_or(0);
        start..line.trim_end_matches(['\r', '\n']).len()
    })
}

/// A line of UTF-8 that was read as GBK, all of it but for what is ASCII.
fn utf8_as_gbk(model: &Model, line: &str, lossy: bool) -> Option<Edit> {
    let start = line.find(|c: char| !c.is_ascii())?;
    let end = line.rfind(|c: char| !c.is_ascii())?;
    let end = end + line[end..].chars().next()?.len_utf8();
    let page = &line[start..end];
    let found = Survivors::of(page)?;
    let (share, count, text) = (found.share(), found.count, found.text);
    let whole = !text.contains('\u{FFFD}');
    let each = BETTER_EACH * UNIT * count as u32;
    let likely = || cost(model, &text.replace('\u{FFFD}', "")) + each <= cost(model, page);
    if count < SURVIVORS || share < SURVIVING || !likely() {
        return None;
    }
    let after = (whole || lossy).then(|| text.clone());
    Some(Edit {
        range: start..end,
        others: if after.is_none() {
            vec![text]
        } else {
            Vec::new()
        },
        after,
        rule: Rule::Mojibake,
        bytes: Vec::new(),
    })
}

/// Whether this byte begins an ideograph or a mark in UTF-8, as [`is_chinese`] has them.
fn begins_chinese(byte: u8) -> bool {
    matches!(byte, 0xE2..=0xE9 | 0xEF)
}

/// Whether it is several ideographs and their marks.
fn is_chinese(text: &str) -> bool {
    let han = text
        .chars()
        .filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c))
        .count();
    han >= 2
        && text.chars().all(
            |c| matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF5E}'),
        )
}

/// Runs that one encoding shows and the other reads, four characters and longer: text of the other encoding.
fn swapped(
    line: &str,
    shown: &'static Encoding,
    read: &'static Encoding,
) -> impl Iterator<Item = (std::ops::Range<usize>, String, Vec<u8>)> {
    let runs = runs(
        line,
        |_| true,
        move |c| {
            if c.is_ascii() {
                return None;
            }
            if shown == GBK {
                return gbk::pair(c).map(|(lead, trail)| ([lead, trail], 2));
            }
            let mut buffer = [0; 4];
            let (bytes, _, lacking) = shown.encode(c.encode_utf8(&mut buffer));
            (!lacking && bytes.len() == 2).then(|| ([bytes[0], bytes[1]], 2))
        },
    );
    runs.filter_map(move |(range, bytes)| {
        let (text, malformed) = read.decode_without_bom_handling(&bytes);
        let long = bytes.len() >= 8;
        // The damage done again gives the page.
        let again = |text: &str| {
            let (bytes, _, lacking) = read.encode(text);
            !lacking && shown.decode_without_bom_handling(&bytes).0 == line[range.clone()]
        };
        (long && !malformed && again(&text))
            .then(|| (range.clone(), text.into_owned(), bytes.clone()))
    })
}

fn cost(model: &Model, text: &str) -> u32 {
    let pairs = text.chars().zip(text.chars().skip(1));
    let first = text.chars().next().map_or(0, |c| model.cost('\n', c));
    first
        + pairs
            .map(|(before, next)| model.cost(before, next))
            .sum::<u32>()
}

/// The longest runs of characters that have bytes, with their bytes: those whose first byte `may_begin` one.
fn runs<'a>(
    line: &'a str,
    may_begin: fn(u8) -> bool,
    bytes_of: impl Fn(char) -> Option<([u8; 2], usize)> + 'a,
) -> impl Iterator<Item = (std::ops::Range<usize>, Vec<u8>)> + 'a {
    let mut characters = line.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        let mut range = 0..0;
        let mut passed = false;
        for (at, c) in characters.by_ref() {
            match bytes_of(c) {
                Some(_) if passed => {}
                Some((pair, _)) if bytes.is_empty() && !may_begin(pair[0]) => passed = true,
                Some((pair, length)) => {
                    if bytes.is_empty() {
                        range.start = at;
                    }
                    range.end = at + c.len_utf8();
                    bytes.extend(&pair[..length]);
                }
                None if bytes.is_empty() => passed = false,
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
