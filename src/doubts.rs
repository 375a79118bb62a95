//! What is told of places: those where little speaks for the reading that was taken are counted, and told one by one if
//! that is wanted; then so are all others that changed.

use std::ops::Range;

use crate::choice::{Decision, Reason};
use crate::punctuate::is_hidden;

/// How many characters around a place are told with it, to each side.
const AROUND: usize = 12;

/// A character that could be two things, what it became, and why: for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ChosenPlace {
    /// Where it is: bytes from the beginning of the document's text in UTF-8, without a BOM. Where the line begins,
    /// if it was repaired around the place, or holds something that is left as it is there.
    pub offset: u64,
    /// The character as the text has it.
    pub before: char,
    /// What it became.
    pub after: char,
    /// What it could have been.
    pub other: char,
    /// How sure the reading is against the other, in percent: 50 to 99, in doubt at most 88; `None` where a rule decided
    /// against the words.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub sure: Option<u8>,
    /// What decided.
    pub reason: Reason,
    /// The word or the name that decided, as it became; empty if none did.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "String::is_empty"))]
    pub word: String,
    /// What stands before it on its line, at most 12 characters.
    pub left: String,
    /// What stands behind it on its line, at most 12 characters.
    pub right: String,
}

/// Where the line with this number is, bytes, without its end; the first is 0.
fn nth_line(text: &str, number: usize) -> Range<usize> {
    let mut ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let last = number.checked_sub(1).and_then(|before| ends.nth(before));
    let start = last.map_or(0, |end| end + 1);
    let length = memchr::memchr(b'\n', &text.as_bytes()[start..]);
    start..length.map_or(text.len(), |length| start + length)
}

/// Lines as the document has them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'s> {
    /// What they are.
    pub text: &'s str,
    /// Where they begin in the document, bytes.
    pub offset: u64,
}

/// What is told of a document's places.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// How many are doubtful.
    pub doubtful: u64,
    /// Each of them, if they are wanted.
    pub doubts: Vec<ChosenPlace>,
    /// Each other one that changed, if they are wanted.
    pub choices: Vec<ChosenPlace>,
}

/// Places of a document.
#[derive(Debug)]
pub(crate) struct Doubts {
    told: Told,
    /// How many places of each kind are kept.
    most: usize,
}

impl Doubts {
    /// None yet. With `explain` each place is kept, up to `most` of a kind, otherwise they are only counted.
    pub fn new(explain: bool, most: Option<usize>) -> Doubts {
        Doubts {
            told: Told::default(),
            most: if explain {
                most.unwrap_or(usize::MAX)
            } else {
                0
            },
        }
    }

    /// Adds a place of `lines`, which were `source` before they were repaired and before spans were hidden.
    pub fn add(&mut self, found: Decision, lines: &str, source: &Source) {
        self.told.doubtful += u64::from(found.is_doubtful);
        let places = match found.is_doubtful {
            true => &mut self.told.doubts,
            false => &mut self.told.choices,
        };
        if places.len() >= self.most {
            return;
        }
        // By lines, so that it does not hang on where blocks of them begin.
        let number = memchr::memchr_iter(b'\n', &lines.as_bytes()[..found.at]).count();
        let (now, before) = (nth_line(lines, number), nth_line(source.text, number));
        let at = found.at - now.start;
        let line = &lines[now];
        let within = before.start + within(line, at, found.form, &source.text[before]);
        let left = line[..at].char_indices().rev().nth(AROUND - 1);
        let rest = &line[at + found.form.len_utf8()..];
        let right = rest.char_indices().nth(AROUND);
        let (reason, word) = match found.reason {
            Some((reason, word)) => (reason, word),
            None => (Reason::Usage, String::new()),
        };
        places.push(ChosenPlace {
            offset: source.offset + within as u64,
            before: found.form,
            after: found.taken,
            other: found.other,
            sure: found.sure,
            reason,
            word,
            left: shown(&line[left.map_or(0, |(start, _)| start)..at]),
            right: shown(&rest[..right.map_or(rest.len(), |(end, _)| end)]),
        });
    }

    /// Adds those of text that begins at this byte.
    pub fn add_further(&mut self, further: Doubts, offset: u64) {
        let most = self.most;
        let add = |places: &mut Vec<ChosenPlace>, further: Vec<ChosenPlace>| {
            let room = most.saturating_sub(places.len());
            places.extend(further.into_iter().take(room).map(|place| ChosenPlace {
                offset: offset + place.offset,
                ..place
            }));
        };
        self.told.doubtful += further.told.doubtful;
        add(&mut self.told.doubts, further.told.doubts);
        add(&mut self.told.choices, further.told.choices);
    }

    /// How many are doubtful.
    pub fn count(&self) -> u64 {
        self.told.doubtful
    }

    /// What was found so far.
    pub fn take(&mut self) -> Told {
        std::mem::take(&mut self.told)
    }
}

/// Where the character at byte `at` of a line is in the line as the document has it: where the same stands around it, else
/// at its beginning.
fn within(line: &str, at: usize, form: char, source: &str) -> usize {
    if line == source {
        return at;
    }
    // The more that is the same around it the better.
    for around in [4, 2, 1, 0] {
        let front = line[..at].char_indices().rev().take(around).last();
        let start = front.map_or(at, |(start, _)| start);
        let rest = &line[at + form.len_utf8()..];
        let end = rest
            .char_indices()
            .nth(around)
            .map_or(line.len(), |(end, _)| at + form.len_utf8() + end);
        if let Some(found) = memchr::memmem::find(source.as_bytes(), &line.as_bytes()[start..end]) {
            return found + at - start;
        }
    }
    0
}

/// What is around a place, but for what is hidden.
fn shown(text: &str) -> String {
    text.replace(is_hidden, "…")
}
