//! Text that was read in another encoding: UTF-8 as Windows-1252, GBK, EUC-KR or Shift_JIS, Big5 as GBK and the other way round. Where
//! reading it back is shown to be right by what comes out, and doing the damage again gives the page.
//!
//! What comes back whole is repaired. Where bytes fell out, the line is open: it stays, and with `lossy` what survived
//! comes back with U+FFFD for the rest.

use super::Context;
use crate::edit::Edit;
use crate::gbk;
use crate::look::Look;
use crate::misread::cost::cost;
use crate::misread::{self, Amount, Misreading, Original, PageMisreading, signs, western_byte};
use crate::rule::Rule;
use jianti_model::{Model, UNIT};

pub const LOOK: Look = signs::LOOK;

/// By how much Chinese text must be likelier than what the page shows, and than what another encoding makes of it, logarithms.
const BETTER: u32 = 12;
const CLOSE: u32 = 9;

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    signs::is_sign(text, at)
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let (model, line) = (context.model, context.line);
    // Most bytes begin nothing of that.
    let begins = |(at, byte): (usize, u8)| byte >= 0xC2 && signs::is_sign(line.as_bytes(), at);
    let garbled = context.page.misreading();
    let may_be = |page: PageMisreading| {
        page.amount == Amount::Most || misread::is_unlikely(model, page, line)
    };
    let shows = line.bytes().enumerate().any(begins) || garbled.is_some_and(may_be);
    // No pair of most lines begins a Han character's UTF-8.
    let leads = |c: char| gbk::pair(c).is_some_and(|(lead, _)| begins_chinese(lead));
    if !shows && !line.chars().any(|c| !c.is_ascii() && leads(c)) {
        return Vec::new();
    }
    if shows && let Some(edit) = whole_line(model, line, garbled, context.lossy) {
        return vec![edit];
    }
    let has_signs = || garbled.is_some() || misread::has_sign(line);
    let is_garbled = || match garbled {
        Some(page) => misread::is_no_text(model, page, line),
        None => misread::is_garbled(model, line),
    };
    if shows && !context.restored && is_garbled() && has_signs() {
        return open(line).into_iter().collect();
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
    let mut edits: Vec<Edit> = utf8
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
    if edits.is_empty() && !context.restored && is_wreck(line) {
        return open(line).into_iter().collect();
    }
    edits
}

/// A line that was read in another encoding, whichever that was, and does not come back.
fn open(line: &str) -> Option<Edit> {
    Some(Edit {
        range: misread::extent(line)?,
        after: None,
        rule: Rule::Mojibake,
        bytes: Vec::new(),
        others: Vec::new(),
    })
}

/// Whether so much of a line fell out that it must have been read in another encoding, whichever that was: a conversion would
/// make it worse.
fn is_wreck(line: &str) -> bool {
    /// How many characters fell out at least, and one of how many.
    const LEAST: usize = 3;
    const ONE_OF: usize = 8;
    let lost = line.matches(char::REPLACEMENT_CHARACTER).count();
    let wide = || line.chars().filter(|c| !c.is_ascii()).count();
    lost >= LEAST && lost * ONE_OF >= wide()
}

/// A line that was read in another encoding, all of it but for what is ASCII or the page's own.
fn whole_line(
    model: &Model,
    line: &str,
    garbled: Option<PageMisreading>,
    lossy: bool,
) -> Option<Edit> {
    let range = misread::extent(line)?;
    let page = &line[range.clone()];
    let misreadings = Misreading::of_line(garbled, line);
    let originals = misreadings.filter_map(|misreading| misreading.original(model, page));
    let mut originals: Vec<_> = originals.collect();
    originals.sort_by_key(|original| original.cost);
    originals.dedup_by(|next, original| next.text == original.text);
    let close = |best: u32, next: &Original| next.cost < best + CLOSE * UNIT;
    let is_close = matches!(&originals[..], [best, next, ..] if close(best.cost, next));
    let original = originals.into_iter().next()?;
    let (text, is_settled) = (original.text, lossy || original.is_whole && !is_close);
    Some(Edit {
        range,
        rule: Rule::Mojibake,
        bytes: Vec::new(),
        after: is_settled.then(|| text.clone()),
        others: match is_settled {
            true => Vec::new(),
            false => vec![text],
        },
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
