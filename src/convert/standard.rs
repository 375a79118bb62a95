//! 《通用规范汉字表》 (2013): which characters it has, and which ones of a text it lacks.

use std::collections::BTreeMap;

use serde::Serialize;

/// A bit for each code point below U+40000 that the table has.
static STANDARD: &[u8; 0x8000] = include_bytes!(concat!(env!("OUT_DIR"), "/standard.bits"));

/// How many characters are counted apart; more of them only count in the total.
const MOST: usize = 256;

/// Han characters outside 《通用规范汉字表》, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outside {
    /// How many there are.
    pub total: u64,
    /// How often each occurs, for the first 256 different ones.
    pub characters: BTreeMap<char, u64>,
}

impl Outside {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Counts those of `text`.
    pub(crate) fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| is_han(*c) && !is_standard(*c)) {
            self.total += 1;
            self.count(c, 1);
        }
    }

    /// Adds those of text that follows, if that can be done by their counts alone; `false` if it has to be gone through.
    pub(crate) fn add_further(&mut self, further: &Outside) -> bool {
        let room = MOST - self.characters.len();
        let is_new = |c: &&char| !self.characters.contains_key(c);
        let fits = room == 0 || further.characters.keys().filter(is_new).count() <= room;
        // Some of more than this many may not be counted.
        let counted = fits && further.characters.len() < MOST;
        if counted {
            self.total += further.total;
            for (c, count) in &further.characters {
                self.count(*c, *count);
            }
        }
        counted
    }

    /// Adds those of another document.
    pub(crate) fn add_all(&mut self, other: Outside) {
        self.total += other.total;
        for (c, count) in other.characters {
            self.count(c, count);
        }
    }

    fn count(&mut self, c: char, count: u64) {
        if self.characters.len() < MOST || self.characters.contains_key(&c) {
            *self.characters.entry(c).or_default() += count;
        }
    }
}

/// Whether the table has the character.
fn is_standard(c: char) -> bool {
    let bits = STANDARD.get(c as usize / 8);
    bits.is_some_and(|bits| bits >> (c as usize % 8) & 1 == 1)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
