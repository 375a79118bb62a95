//! Words and what each costs: the negative logarithm of its frequency.
//!
//! A hash table of three bytes a word without the words themselves: one string in some ten million is taken for a word by
//! mistake.

use crate::UNIT;

/// The longest word of the table, characters.
pub const LONGEST: usize = 8;

/// How many words of running text the counts are about.
const TOTAL: f64 = 60_000_000.0;

const BUCKETS: usize = 1 << 16;
const FILTER: usize = 1 << 20;

/// FNV-1a over a word's characters; told its bucket and what tells it from the bucket's others.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

impl Hash {
    /// Of no character.
    pub const EMPTY: Hash = Hash(0xCBF2_9CE4_8422_2325);

    /// Of one character more.
    pub fn and(self, c: char) -> Hash {
        Hash((self.0 ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// Of a whole word.
    pub fn of(word: &str) -> Hash {
        word.chars().fold(Hash::EMPTY, Hash::and)
    }

    fn bucket(self) -> usize {
        (self.mixed() as usize) % BUCKETS
    }

    fn rest(self) -> [u8; 3] {
        let [a, b, c, _] = ((self.mixed() >> 32) as u32).to_le_bytes();
        [a, b, c]
    }

    fn filter(self) -> usize {
        (self.mixed() >> 20) as usize % FILTER
    }

    fn mixed(self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

/// The compiled table.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// A bit for each value of [`Hash::filter`] that a word has, so that most of what is no word is soon told.
    filter: &'static [u8],
    /// Where each bucket begins, and where the last one ends; `u32`.
    buckets: &'static [u8],
    /// Three bytes of a hash, and the cost.
    entries: &'static [u8],
}

impl Words {
    /// Reads what [`compile`] wrote.
    ///
    /// # Panics
    /// The bytes are something else.
    pub fn from_bytes(bytes: &'static [u8]) -> Words {
        let (filter, rest) = bytes.split_at(FILTER / 8);
        let (buckets, entries) = rest.split_at((BUCKETS + 1) * 4);
        Words {
            filter,
            buckets,
            entries,
        }
    }

    /// What a word costs, in eighths of a natural logarithm; `None` if it is none.
    ///
    /// # Panics
    /// The table is not what [`compile`] wrote.
    #[inline]
    pub fn cost(&self, word: Hash) -> Option<u32> {
        let bound = |bucket: usize| {
            let bytes = &self.buckets[bucket * 4..bucket * 4 + 4];
            u32::from_le_bytes(bytes.try_into().expect("4 bytes")) as usize
        };
        let bit = word.filter();
        if self.filter[bit / 8] >> (bit % 8) & 1 == 0 {
            return None;
        }
        let (bucket, rest) = (word.bucket(), word.rest());
        let mut found = self.entries[bound(bucket) * 4..bound(bucket + 1) * 4].chunks_exact(4);
        found
            .find(|entry| entry[..3] == rest)
            .map(|entry| u32::from(entry[3]))
    }
}

/// Compiles words and their counts.
pub fn compile<'a>(words: impl IntoIterator<Item = (&'a str, f64)>) -> Vec<u8> {
    let short = words
        .into_iter()
        .filter(|(word, _)| word.chars().count() <= LONGEST);
    compile_shares(short.map(|(word, count)| (word, count / TOTAL)))
}

/// Compiles words and their probabilities.
pub fn compile_shares<'a>(words: impl Iterator<Item = (&'a str, f64)>) -> Vec<u8> {
    let mut filter = vec![0; FILTER / 8];
    let mut hashed: Vec<(usize, [u8; 3], u8)> = words
        .map(|(word, share)| {
            let hash = Hash::of(word);
            filter[hash.filter() / 8] |= 1 << (hash.filter() % 8);
            (hash.bucket(), hash.rest(), cost(share))
        })
        .collect();
    hashed.sort_unstable();
    hashed.dedup_by_key(|(bucket, rest, _)| (*bucket, *rest));
    let mut bytes = filter;
    for bucket in 0..=BUCKETS {
        let first = hashed.partition_point(|(found, ..)| *found < bucket);
        bytes.extend((first as u32).to_le_bytes());
    }
    for (_, rest, cost) in hashed {
        bytes.extend(rest);
        bytes.push(cost);
    }
    bytes
}

/// What something costs that happens with this probability.
pub fn cost(probability: f64) -> u8 {
    (-probability.ln() * f64::from(UNIT))
        .round()
        .clamp(0.0, 254.0) as u8
}
