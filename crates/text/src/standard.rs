//! 《通用规范汉字表》 (2013): which characters it has, and which ones of a text it lacks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::chars::is_han;

/// The table: one character a line, in its order; lines that begin with `#` tell where it comes from.
pub const CHARACTERS: &str = include_str!("../data/standard.txt");

/// A bit for each code point below U+40000 that the table has.
static STANDARD: LazyLock<Box<[u8]>> = LazyLock::new(|| {
    let mut bits = vec![0; 0x4_0000 / 8].into_boxed_slice();
    for c in characters() {
        bits[c as usize / 8] |= 1 << (c as usize % 8);
    }
    bits
});

/// The characters of 《通用规范汉字表》.
pub fn characters() -> impl Iterator<Item = char> {
    let lines = CHARACTERS.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::chars)
}

/// How many characters are counted apart; more of them only count in the total.
const MOST: usize = 256;

/// Han characters outside 《通用规范汉字表》, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    pub fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| is_han(*c) && !is_standard(*c)) {
            self.total += 1;
            self.count(c, 1);
        }
    }

    /// Adds those of text that follows, if that can be done by their counts alone; `false` if it has to be gone through.
    pub fn add_further(&mut self, further: &Outside) -> bool {
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
    pub fn add_all(&mut self, other: Outside) {
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
pub fn is_standard(c: char) -> bool {
    let bits = STANDARD.get(c as usize / 8);
    bits.is_some_and(|bits| bits >> (c as usize % 8) & 1 == 1)
}
