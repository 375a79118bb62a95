//! What changed in a text, where, and why. Offsets are in characters.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use jianti::Outcome;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use similar::{Algorithm, capture_diff_slices};

use crate::outcome::{self, Type};

static CHANGE: Type = Type::new("Change");
static SITE: Type = Type::new("Site");
static DOUBT: Type = Type::new("Doubt");
static EXPLANATION: Type = Type::new("Explanation");

/// How many characters are looked at to find where text and result go on alike, and how many must then be alike.
const WINDOW: usize = 64;
const ALIKE: usize = 3;

/// How far behind its offset a place is looked for, characters: the offset counts the characters of its passage's text, and
/// falls short where tags or escapes stand before it.
const AHEAD: usize = 1024;

/// A place where text and result differ, characters of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    text: Range<usize>,
    result: Range<usize>,
    why: &'static str,
}

impl Change {
    fn new(text: Range<usize>, result: Range<usize>) -> Change {
        Change {
            text,
            result,
            why: "",
        }
    }
}

/// Where everything is, in characters.
#[derive(Debug)]
pub struct Places {
    text: Vec<char>,
    result: Vec<char>,
    changes: Vec<Change>,
    /// Of each of the outcome's sites: where it begins in the text.
    sites: Vec<usize>,
    /// Of each of its doubts: where it is in the text and in the result.
    doubts: Vec<(usize, usize)>,
}

/// Finds where text and result differ, and which characters the outcome's offsets mean.
pub fn places(text: &str, result: &str, outcome: &Outcome) -> Places {
    let (text_chars, result_chars) = (chars(text), chars(result));
    let sites = outcome
        .sites
        .iter()
        .map(|site| (site.offset, chars(&site.before)));
    let at = starts(text, &text_chars, sites);
    let sites: Vec<_> = outcome.sites.iter().map(|site| at[&site.offset]).collect();
    let mut changes = differences(&text_chars, &result_chars);
    name(&mut changes, &text_chars, &result_chars, outcome, &sites);
    let doubts = &outcome.doubts;
    let before = doubts
        .iter()
        .map(|doubt| (doubt.offset, vec![doubt.before]));
    let at = starts(text, &text_chars, before);
    let doubts = doubts.iter().map(|doubt| {
        let start = at[&doubt.offset];
        (start, in_result(&changes, start))
    });
    Places {
        doubts: doubts.collect(),
        text: text_chars,
        result: result_chars,
        changes,
        sites,
    }
}

/// All of it as Python has it.
///
/// # Errors
/// Python's own.
pub fn python<'py>(
    py: Python<'py>,
    (text, result): (&Bound<'py, PyString>, &str),
    outcome: &Outcome,
    places: &Places,
) -> PyResult<Bound<'py, PyAny>> {
    let changes = places.changes.iter().map(|change| {
        let before: String = places.text[change.text.clone()].iter().collect();
        let after: String = places.result[change.result.clone()].iter().collect();
        let (text, result) = (&change.text, &change.result);
        CHANGE.make(
            py,
            (
                text.start,
                text.end,
                before,
                result.start,
                result.end,
                after,
                change.why,
            ),
        )
    });
    let sites = outcome.sites.iter().zip(&places.sites);
    let sites = sites.map(|(site, start)| {
        let candidates = PyTuple::new(py, &site.candidates)?;
        let rule = site.rule.name();
        SITE.make(py, (*start, rule, &site.before, &site.after, candidates))
    });
    let doubts = outcome.doubts.iter().zip(&places.doubts);
    let doubts = doubts.map(|(doubt, (start, result))| {
        let (before, after, other) = (doubt.before, doubt.after, doubt.other);
        let (reason, word) = (doubt.reason.name(), &doubt.word);
        DOUBT.make(
            py,
            (
                *start, *result, before, after, other, doubt.sure, reason, word,
            ),
        )
    });
    let fields = (
        text,
        result,
        PyTuple::new(py, changes.collect::<PyResult<Vec<_>>>()?)?,
        PyTuple::new(py, sites.collect::<PyResult<Vec<_>>>()?)?,
        PyTuple::new(py, doubts.collect::<PyResult<Vec<_>>>()?)?,
        outcome::python(py, outcome)?,
    );
    EXPLANATION.make(py, fields)
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// Where places begin in the text, characters: of each its offset (bytes) and what the text has there. That is at the offset,
/// or as soon behind it as it is found, behind the place before; at the offset if it is not found.
fn starts(
    text: &str,
    characters: &[char],
    places: impl Iterator<Item = (u64, Vec<char>)>,
) -> HashMap<u64, usize> {
    let places: BTreeMap<_, _> = places.collect();
    let (mut byte, mut count, mut behind) = (0, 0, 0);
    let starts = places.into_iter().map(|(offset, before)| {
        let end = text.len().min(offset as usize);
        let begun = text.as_bytes()[byte..end]
            .iter()
            .filter(|byte| !(0x80..0xc0).contains(*byte));
        count += begun.count();
        byte = end;
        let first = count.max(behind);
        let mut near = first..characters.len().min(first + AHEAD);
        let found = near.find(|at| characters[*at..].starts_with(&before));
        if let Some(at) = found {
            behind = at + 1;
        }
        (offset, found.unwrap_or(count))
    });
    starts.collect()
}

/// Where the character of the text at `start` is in the result.
fn in_result(changes: &[Change], start: usize) -> usize {
    let next = changes.partition_point(|change| change.text.start <= start);
    let Some(change) = next.checked_sub(1).map(|last| &changes[last]) else {
        return start;
    };
    if start >= change.text.end {
        return change.result.end + start - change.text.end;
    }
    (change.result.start + start - change.text.start).min(change.result.end)
}

/// Where two texts differ that go on alike soon after each difference. What is between the differences is the same.
fn differences(text: &[char], result: &[char]) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut at, mut new) = (0, 0);
    loop {
        let same = text[at..].iter().zip(&result[new..]);
        let same = same.take_while(|(before, after)| before == after).count();
        (at, new) = (at + same, new + same);
        if at == text.len() && new == result.len() {
            return changes;
        }
        let (out, put) = next_alike(&text[at..], &result[new..]);
        push(&mut changes, (text, at..at + out), (result, new..new + put));
        (at, new) = (at + out, new + put);
    }
}

/// After how many characters two texts, whose first ones differ, go on alike; as many of each if that is so.
fn next_alike(text: &[char], result: &[char]) -> (usize, usize) {
    let (text_most, result_most) = (text.len().min(WINDOW), result.len().min(WINDOW));
    let alike = |out: usize, put: usize| {
        if out > text_most || put > result_most {
            return false;
        }
        let (text, result) = (&text[out..], &result[put..]);
        let length = ALIKE.min(text.len().max(result.len()));
        text.get(..length)
            .is_some_and(|text| Some(text) == result.get(..length))
    };
    for most in 1..=WINDOW {
        if alike(most, most) {
            return (most, most);
        }
        for fewer in (0..most).rev() {
            if alike(most, fewer) {
                return (most, fewer);
            }
            if alike(fewer, most) {
                return (fewer, most);
            }
        }
    }
    (text_most, result_most)
}

/// Adds what differs in a short piece of each text.
fn push(
    changes: &mut Vec<Change>,
    (text, out): (&[char], Range<usize>),
    (result, put): (&[char], Range<usize>),
) {
    let (old, new) = (&text[out.clone()], &result[put.clone()]);
    if old.len() == new.len() {
        return push_each(changes, (old, out.start), (new, put.start));
    }
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (_, old_range, new_range) = op.as_tag_tuple();
        let (old, new) = (&old[old_range.clone()], &new[new_range.clone()]);
        let (from, to) = (out.start + old_range.start, put.start + new_range.start);
        // Characters at the end that became others are no part of a mark before them that grew or shrank.
        let ending = |side: &[char]| {
            side.iter()
                .rev()
                .take_while(|c| is_ideographic(**c))
                .count()
        };
        let tail = match ending(old) == ending(new) {
            true => ending(old),
            false => 0,
        };
        let (head, new_head) = (old.len() - tail, new.len() - tail);
        if head == new_head {
            push_each(changes, (old, from), (new, to));
            continue;
        }
        changes.push(Change::new(from..from + head, to..to + new_head));
        let (old, new) = (&old[head..], &new[new_head..]);
        push_each(changes, (old, from + head), (new, to + new_head));
    }
}

/// Adds the differences of pieces that are as long, character by character; each side begins at this character. Marks and
/// Chinese characters are changes of their own.
fn push_each(
    changes: &mut Vec<Change>,
    (text, from): (&[char], usize),
    (result, to): (&[char], usize),
) {
    let mut pairs = text.iter().zip(result).enumerate().peekable();
    while let Some((begin, (before, after))) = pairs.next() {
        if before == after {
            continue;
        }
        let is_like = |(_, (old, new)): &(usize, (&char, &char))| {
            old != new && is_ideographic(**old) == is_ideographic(*before)
        };
        let mut end = begin + 1;
        while pairs.next_if(is_like).is_some() {
            end += 1;
        }
        changes.push(Change::new(from + begin..from + end, to + begin..to + end));
    }
}

/// Says of each change what made it.
fn name(
    changes: &mut [Change],
    text: &[char],
    result: &[char],
    outcome: &Outcome,
    starts: &[usize],
) {
    let mut repaired: Vec<_> = outcome
        .sites
        .iter()
        .zip(starts)
        .filter(|(site, _)| site.after.is_some())
        .map(|(site, start)| {
            (
                *start..start + site.before.chars().count(),
                site.rule.name(),
            )
        })
        .collect();
    repaired.sort_by_key(|(place, _)| place.start);
    for change in changes {
        // Sites are short, and a change that only removes or adds touches what stands beside it.
        let touches = |place: &Range<usize>| {
            place.start < change.text.end.max(change.text.start + 1)
                && change.text.start < place.end
        };
        let first =
            repaired.partition_point(|(place, _)| place.start + 4 * WINDOW < change.text.start);
        let site = repaired[first..]
            .iter()
            .take_while(|(place, _)| place.start <= change.text.end)
            .find(|(place, _)| touches(place));
        let mut written = text[change.text.clone()]
            .iter()
            .chain(&result[change.result.clone()]);
        change.why = match site {
            Some((_, rule)) => rule,
            None if written.any(|c| is_ideographic(*c)) => "conversion",
            None => "punctuation",
        };
    }
}

/// Whether a change of this character is one of Chinese writing, not of marks: Han characters, their radicals, 々〆〇. What
/// the library calls Han, the characters that it converts, is less.
fn is_ideographic(character: char) -> bool {
    matches!(u32::from(character), 0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}
