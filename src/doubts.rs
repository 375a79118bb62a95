//! Places where little speaks for the reading that was taken: counted, and told one by one if that is wanted.

use serde::Serialize;

use crate::convert::Doubt;

/// A character that could be two things, where the evidence is weak: for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DoubtfulPlace {
    /// Where it is: bytes from the beginning of the document's text in UTF-8, without a BOM. In a line that was repaired,
    /// where the line begins.
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

    /// Adds a place of `lines`, which begin at this byte of the document and were `source` before they were repaired.
    pub fn add(&mut self, doubt: Doubt, lines: &str, source: &str, offset: u64) {
        self.count += 1;
        let Some(places) = &mut self.places else {
            return;
        };
        // By lines, so that it does not hang on where blocks of them begin.
        let line_start = |text: &str, number: usize| {
            let mut ends = memchr::memchr_iter(b'\n', text.as_bytes());
            number
                .checked_sub(1)
                .and_then(|before| ends.nth(before))
                .map_or(0, |end| end + 1)
        };
        let line = |text: &'_ str, start: usize| -> usize {
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at)
        };
        let number = memchr::memchr_iter(b'\n', &lines.as_bytes()[..doubt.at]).count();
        let (now, before) = (line_start(lines, number), line_start(source, number));
        let same = lines[now..line(lines, now)] == source[before..line(source, before)];
        let within = before + if same { doubt.at - now } else { 0 };
        places.push(DoubtfulPlace {
            offset: offset + within as u64,
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

    /// How many there are, and each, if they were wanted.
    pub fn take(&mut self) -> (u64, Vec<DoubtfulPlace>) {
        let places = self.places.as_mut().map(std::mem::take);
        (std::mem::take(&mut self.count), places.unwrap_or_default())
    }
}
