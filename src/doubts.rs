//! Places where little speaks for the reading that was taken: counted, and told one by one if that is wanted.

use std::ops::Range;

use crate::choice::Doubt;

/// A character that could be two things, where the evidence is weak: for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DoubtfulPlace {
    /// Where it is: bytes from the beginning of the document's text in UTF-8, without a BOM. Where the line begins,
    /// if it was repaired or holds something that is left as it is.
    pub offset: u64,
    /// The character as the text has it.
    pub before: char,
    /// What it became.
    pub after: char,
    /// What it could have been.
    pub other: char,
    /// How sure the reading is against the other, in percent: 50 to 88.
    pub sure: u8,
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

impl Source<'_> {
    /// Those behind as many lines as `before` has.
    pub fn behind_lines(self, before: &str) -> Self {
        let count = memchr::memchr_iter(b'\n', before.as_bytes()).count();
        let mut ends = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|end| end + 1);
        let done = count.checked_sub(1).and_then(|last| ends.nth(last));
        let done = done.unwrap_or(0);
        Source {
            text: &self.text[done..],
            offset: self.offset + done as u64,
        }
    }
}

/// Doubtful places of a document.
#[derive(Debug)]
pub(crate) struct Doubts {
    count: u64,
    /// Each place, if they are wanted.
    places: Option<Vec<DoubtfulPlace>>,
}

impl Doubts {
    /// None yet. With `explain` each place is kept, otherwise they are only counted.
    pub fn new(explain: bool) -> Doubts {
        Doubts {
            count: 0,
            places: explain.then(Vec::new),
        }
    }

    /// Adds a place of `lines`, which were `source` before they were repaired and before spans were hidden.
    pub fn add(&mut self, doubt: Doubt, lines: &str, source: &Source) {
        self.count += 1;
        let Some(places) = &mut self.places else {
            return;
        };
        // By lines, so that it does not hang on where blocks of them begin.
        let number = memchr::memchr_iter(b'\n', &lines.as_bytes()[..doubt.at]).count();
        let (now, before) = (nth_line(lines, number), nth_line(source.text, number));
        let same = lines[now.clone()] == source.text[before.clone()];
        let within = before.start + if same { doubt.at - now.start } else { 0 };
        places.push(DoubtfulPlace {
            offset: source.offset + within as u64,
            before: doubt.form,
            after: doubt.taken,
            other: doubt.other,
            sure: doubt.sure,
        });
    }

    /// Adds those of text that begins at this byte.
    pub fn add_further(&mut self, further: Doubts, offset: u64) {
        self.count += further.count;
        if let (Some(places), Some(further)) = (&mut self.places, further.places) {
            places.extend(further.into_iter().map(|place| DoubtfulPlace {
                offset: offset + place.offset,
                ..place
            }));
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many there are, and each, if they were wanted.
    pub fn take(&mut self) -> (u64, Vec<DoubtfulPlace>) {
        let places = self.places.as_mut().map(std::mem::take);
        (std::mem::take(&mut self.count), places.unwrap_or_default())
    }
}
