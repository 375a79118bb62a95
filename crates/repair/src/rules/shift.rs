//! Shifted runs: bytes of GBK that were taken apart at the wrong places.

use super::Context;
use crate::edit::Edit;
use crate::look::{Look, is_reading};
use crate::reading::Syllable;
use crate::replay::is_question_mark;
use crate::rule::Rule;
use crate::shift::{self, SOON, Search};
use jianti_text::scan::ANY;

pub const LOOK: Look = Look::anywhere(&[
    // ? and ; before marks, letters and what is not ASCII: both in one class, as one more lets more text pass the vector
    // look. With ! and :, which text has oftener, it would be slower.
    [
        &[(b';', b';'), (b'?', b'?')],
        &[(0x20, 0x3F), (0x60, 0xFF)],
        ANY,
    ],
    // ？, and U+FFFD before the same.
    [
        &[(0xEF, 0xEF)],
        &[(0xBC, 0xBC), (0xBF, 0xBF)],
        &[(0x9F, 0x9F), (0xBD, 0xBD)],
    ],
]);

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    let mark = |byte: u8| matches!(byte, b'!' | b',' | b':' | b';' | b'?');
    match &text[at..] {
        [b'?', rest @ ..] => {
            let next = rest.first().copied().unwrap_or(0);
            mark(next) || next >= 0xC3 || is_reading(rest)
        }
        [b';', 0xE4..=0xE9, ..] => at > 0 && text[at - 1] >= 0x80 && shows_sign(&text[at + 1..]),
        [0xEF, 0xBF, 0xBD, ..] => true,
        [0xEF, 0xBC, 0x9F, rest @ ..] => {
            let next = rest.first().copied().unwrap_or(0);
            next == 0xEF || mark(next) || rest.starts_with("。".as_bytes()) || is_reading(rest)
        }
        _ => false,
    }
}

/// Whether soon something stands behind a mark that shows a run whose question mark the page lacks.
fn shows_sign(behind: &[u8]) -> bool {
    let most = SOON * char::MAX_LEN_UTF8;
    let wide = |at: usize| behind.get(at).is_some_and(|byte| *byte >= 0x80);
    (1..behind.len().min(most)).any(|at| match behind[at] {
        b'@'..=b'~' => wide(at - 1) && (wide(at + 1) || behind.get(at + 1) == Some(&b'(')),
        0xCE..=0xD1 => true,
        0xE2 => matches!(behind.get(at + 1), Some(0x94 | 0x95)),
        0xE3 => behind.get(at + 1) == Some(&0x84),
        _ => false,
    })
}

/// The shifted runs of a line.
pub fn edits(context: &mut Context) -> Vec<Edit> {
    let (model, line) = (context.model, context.line);
    let may_begin = |at: usize| {
        let rest = line[at..].strip_prefix(is_question_mark);
        rest.is_some_and(shift::may_follow)
    };
    // The first bytes of question marks.
    let shows = memchr::memchr2_iter(b'?', 0xEF, line.as_bytes()).any(may_begin);
    let is_glossed = || {
        let glosses = memchr::memchr_iter(b'(', line.as_bytes());
        let mut syllables = glosses.filter_map(|at| Syllable::before_bracket(&line[at + 1..]));
        syllables.any(|syllable| syllable.is_toned())
    };
    let hides = context.shifted || is_glossed();
    if !shows && !hides && memchr::memchr(b';', line.as_bytes()).is_none() {
        return Vec::new();
    }
    let characters: Vec<char> = line.trim_end_matches(['\r', '\n']).chars().collect();
    // On a line without glosses only a semicolon in ASCII is asked: clean text is full of the others.
    let may_hide =
        |at: usize| (hides || characters[at] == ';') && Search::may_hide(&characters, at);
    if !shows && !(1..characters.len()).any(may_hide) {
        return Vec::new();
    }
    let places: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .collect();
    let searched = context.page.take_searched();
    let mut search = Search::new(model, context.page, searched, &characters);
    let most = context.page.work_left();
    let mut edits = Vec::new();
    let mut before = None;
    let mut at = 0;
    while at < characters.len() {
        let c = characters[at];
        let front = before.map(|before| behind_gloss(&characters[..at], before));
        let found = match is_question_mark(c) {
            false if (search.work() as i64) < most && may_hide(at) => search.hidden(at, front),
            false => None,
            true if (search.work() as i64) < most => {
                let found = search.run(at, front);
                let found = found.or_else(|| search.lone_gloss(at));
                found.or_else(|| search.lone_marks(at))
            }
            true => search.unsearched(at),
        };
        let Some(run) = found else {
            before = Some(c);
            at += 1;
            continue;
        };
        before = match &run.text {
            Some(text) => text.chars().next_back(),
            None => Some(characters[run.end - 1]),
        };
        edits.push(Edit {
            range: places[at]..places[run.end],
            after: run.text,
            rule: Rule::Shift,
            bytes: run.bytes,
            others: run.others,
        });
        at = run.end;
    }
    let (work, searched) = search.end();
    context.page.spend(work, searched);
    edits
}

/// The character in front of a gloss that stands at the end of `line`, if there is one there; otherwise `last`.
fn behind_gloss(line: &[char], last: char) -> char {
    if last != ')' {
        return last;
    }
    let bracket = line
        .iter()
        .rev()
        .take(9)
        .position(|c| *c == '(')
        .map(|back| line.len() - 1 - back);
    bracket
        .filter(|at| *at > 0)
        .filter(|at| {
            let gloss: String = line[at + 1..].iter().collect();
            Syllable::before_bracket(&gloss).is_some_and(|syllable| syllable.reads(line[at - 1]))
        })
        .map_or(last, |at| line[at - 1])
}
