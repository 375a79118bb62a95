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
use crate::misread::runs::{self, Run};
use crate::misread::{self, Amount, Charset, Misreading, Original, PageMisreading, signs};
use crate::rule::Rule;
use jianti_model::{Model, UNIT};

pub const LOOK: Look = signs::LOOK;

/// By how much Chinese text must be likelier than what the page shows, and than what another encoding makes of it, logarithms.
const BETTER: u32 = 12;
const CLOSE: u32 = 9;

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    signs::is_sign(text, at) || signs::begins_run(text, at)
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let (model, line) = (context.model, context.line);
    // Most bytes begin nothing of that.
    let begins = |(at, byte): (usize, u8)| byte >= 0xC2 && is_suspect(line.as_bytes(), at);
    let garbled = context.page.misreading();
    let may_be = |page: PageMisreading| {
        page.amount == Amount::Most || misread::is_unlikely(model, page, line)
    };
    let shows = line.bytes().enumerate().any(begins) || garbled.is_some_and(may_be);
    // No pair of most lines begins a Han character's UTF-8.
    let leads = |c: char| {
        gbk::pair(c).is_some_and(|(lead, _)| matches!(lead, 0xC2..=0xC3 | 0xE2..=0xE9 | 0xEF))
    };
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
    let western = shows.then(|| runs::of_line(line, Charset::Western));
    let found = western.into_iter().flatten();
    let found = found.chain(runs::of_line(line, Charset::Gbk));
    let mut edits: Vec<Edit> = found
        .filter_map(|run| of_run(model, line, run, context.lossy))
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

/// What a run of a line is: Chinese in UTF-8, or that read in another encoding once more. Open where it must be one of these,
/// and not all of it comes back.
fn of_run(model: &Model, line: &str, run: Run, lossy: bool) -> Option<Edit> {
    /// What a character costs at least that cannot be text, and at most what comes back, logarithms.
    const NO_TEXT: u32 = 12;
    const TEXT: u32 = 10;
    /// How many letters of Latin-1 that GBK shows are no accident.
    const SEVERAL: usize = 4;
    let each = |text: &str| UNIT * text.chars().count() as u32;
    let page = &line[run.range.clone()];
    let shown = cost(model, page);
    let read = cost(model, &run.text);
    let is_likely = is_chinese(&run.text) && read + BETTER * UNIT <= shown;
    let is_text = is_likely && read <= TEXT * each(&run.text);
    let edit = |end: usize, text: String, is_settled: bool| Edit {
        range: run.range.start..end,
        rule: Rule::Mojibake,
        bytes: run.bytes.clone(),
        others: if is_settled {
            Vec::new()
        } else {
            vec![text.clone()]
        },
        after: is_settled.then_some(text),
    };
    if is_text && run.cut.is_none() {
        return Some(edit(run.range.end, run.text.clone(), true));
    }
    if !is_text && let Some(twice) = misread::twice(model, &run.text) {
        let is_settled = run.cut.is_none() && (lossy || twice.is_whole);
        return Some(edit(run.range.end, twice.text, is_settled));
    }
    // Letters of Latin-1 that GBK shows are no text either, whatever they were.
    let is_letters = !page.starts_with(|c| c <= '\u{FF}')
        && run.text.chars().all(|c| c <= '\u{FF}')
        && !is_table(&run.text);
    let is_told = (is_likely || is_letters && run.bytes.len() >= 2 * SEVERAL)
        && shown >= NO_TEXT * each(page);
    let (end, text) = run.cut.clone().unwrap_or((run.range.end, run.text.clone()));
    is_told.then(|| edit(end, text, lossy && is_likely))
}

/// Whether most letters follow the one before, as in tables of characters: èéêëìí
fn is_table(text: &str) -> bool {
    let letters: Vec<u32> = text.chars().map(u32::from).collect();
    let ascending = letters
        .windows(2)
        .filter(|it| (1..=2).contains(&it[1].wrapping_sub(it[0])));
    ascending.count() * 2 >= letters.len()
}

/// Whether it is several ideographs and their marks.
fn is_chinese(text: &str) -> bool {
    let han = text
        .chars()
        .filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c))
        .count();
    han >= 2 && text.chars().all(runs::is_chinese)
}
