//! A configuration's dictionaries, fused into tables that the scan loop reads.
//!
//! Most characters convert alone, whatever stands around them: for those `plain` holds the result of all steps at
//! once. The others are *special*: characters that begin a phrase in some step, operators of ideographic description
//! sequences, and characters whose result is not one BMP character. A special character carries a filter over the
//! character after it; only if the filter lets that character through are the tries asked.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::{self, Bytes, u16_at, u32_at, u64_at};
use super::config::{Chain, RARE};
use super::dictionary::Dictionary;
use super::ids;
use super::trie::{Trie, TrieBuilder};

/// Marks a special character in `plain`; a surrogate, so never a result.
pub const SPECIAL: u16 = 0xD800;

const BMP: usize = 0x1_0000;
const SPECIAL_RECORD: usize = 16;
const PAIR_RECORD: usize = 8;

/// All that a conversion needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    /// For each BMP code point (`u16`): its result, or [`SPECIAL`].
    plain: Bytes,
    /// For each BMP code point (`u16`): its index among the special characters, where `plain` says so.
    special_index: Bytes,
    /// Special characters: filter (`u64`), offset and length of the result in `results` (`u32` each).
    specials: Bytes,
    results: Bytes,
    /// Special characters of the supplementary planes: code point, index (`u32` each), sorted.
    supplementary: Bytes,
    /// Normalisation: code point, result (`u32` each), sorted.
    normalization: Bytes,
    /// The phrases that OpenCC's segmentation keeps whole; empty in a configuration without one.
    pub segmentation: Trie,
    /// The steps' dictionaries, ranked as the configuration lists them.
    pub steps: Vec<Trie>,
    /// The user's own entries; empty without any.
    pub user: Trie,
}

/// A special character's filter and its result when it stands alone.
#[derive(Clone, Copy)]
pub struct Special<'a> {
    filter: u64,
    /// Result of the character alone, UTF-8.
    pub result: &'a [u8],
}

impl Special<'_> {
    /// Whether the character and the one after it may begin a phrase.
    pub fn may_begin_phrase(&self, next: Option<char>) -> bool {
        self.filter == u64::MAX || next.is_some_and(|next| self.filter & bit(next) != 0)
    }
}

fn bit(next: char) -> u64 {
    // Multiplicative hashing: the top six bits of the product name one of 64 bits.
    1 << ((next as u32).wrapping_mul(0x9E37_79B1) >> 26)
}

impl Tables {
    /// Compiles a configuration's chain. `dictionary` gives OpenCC's dictionaries by name; `user` holds the user's own.
    pub fn compile(
        chain: &Chain,
        rare: bool,
        dictionary: impl Fn(&str) -> Dictionary,
        user: &[Dictionary],
    ) -> Tables {
        let normalization: BTreeMap<char, char> = dictionary(chain.normalization)
            .pairs
            .iter()
            .map(|(key, value)| (only_char(key), only_char(value)))
            .collect();
        let normalize = |c: char| normalization.get(&c).copied().unwrap_or(c);
        let mut segmentation = TrieBuilder::default();
        if let Some(name) = chain.segmentation {
            add(&mut segmentation, &dictionary(name), 0, |c| c);
        }
        let steps = chain
            .steps
            .iter()
            .map(|names| {
                let mut step = TrieBuilder::default();
                for (rank, name) in names.iter().enumerate() {
                    if rare || *name != RARE {
                        add(&mut step, &dictionary(name), rank as u32, |c| c);
                    }
                }
                step.build()
            })
            .collect();
        let mut users = TrieBuilder::default();
        for entries in user {
            add(&mut users, entries, 0, normalize);
        }
        let mut tables = Tables {
            plain: Bytes::default(),
            special_index: Bytes::default(),
            specials: Bytes::default(),
            results: Bytes::default(),
            supplementary: Bytes::default(),
            normalization: records(normalization.iter().map(|(&from, &to)| (from, to as u32))),
            segmentation: segmentation.build(),
            steps,
            user: users.build(),
        };
        tables.classify(&normalization);
        tables
    }

    /// Fills the tables of plain and special characters from the tries.
    fn classify(&mut self, normalization: &BTreeMap<char, char>) {
        let mut denormalized: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for (&from, &to) in normalization {
            denormalized.entry(to).or_default().push(from);
        }
        let filters = self.filters(&denormalized);
        let mut known: BTreeSet<char> = filters.keys().copied().collect();
        known.extend(normalization.keys());
        known.extend(self.steps.iter().flat_map(|step| {
            let pairs = step.pairs();
            pairs
                .into_iter()
                .filter_map(|(key, _)| single(&key))
                .collect::<Vec<_>>()
        }));
        let with_compatible: Vec<char> = known
            .iter()
            .flat_map(|c| denormalized.get(c).into_iter().flatten().copied())
            .collect();
        known.extend(with_compatible);

        let mut plain: Vec<u16> = (0..BMP).map(|code| code as u16).collect();
        let mut index = vec![0_u16; BMP];
        let (mut specials, mut results, mut supplementary) = (Vec::new(), Vec::new(), Vec::new());
        for c in known {
            let normal = self.normalize(c);
            let filter = filters.get(&normal).copied().unwrap_or(0);
            let alone = self.alone(normal);
            match (single(&alone), u16::try_from(c as u32)) {
                (Some(result), Ok(code)) if filter == 0 && (result as u32) < BMP as u32 => {
                    plain[code as usize] = result as u16;
                    continue;
                }
                (_, Ok(code)) => {
                    plain[code as usize] = SPECIAL;
                    index[code as usize] =
                        u16::try_from(specials.len() / SPECIAL_RECORD).expect("BMP-sized");
                }
                (_, Err(_)) => supplementary.push((c, (specials.len() / SPECIAL_RECORD) as u32)),
            }
            specials.extend(filter.to_le_bytes());
            specials.extend((results.len() as u32).to_le_bytes());
            specials.extend((alone.len() as u32).to_le_bytes());
            results.extend(alone.as_bytes());
        }
        self.plain = plain.into_iter().flat_map(u16::to_le_bytes).collect();
        self.special_index = index.into_iter().flat_map(u16::to_le_bytes).collect();
        self.specials = specials.into();
        self.results = results.into();
        self.supplementary = records(supplementary.into_iter());
    }

    /// The result of a normalised character that no phrase begins with: all steps, one after the other.
    fn alone(&self, normal: char) -> String {
        self.steps
            .iter()
            .fold(normal.to_string(), |text, step| convert_whole(step, &text))
    }

    /// For each normalised character that may begin a phrase in some step: which characters may follow it.
    fn filters(&self, denormalized: &BTreeMap<char, Vec<char>>) -> BTreeMap<char, u64> {
        let mut filters: BTreeMap<char, u64> = ids::operators().map(|c| (c, u64::MAX)).collect();
        let mut follow = |c: char, next: Option<char>| {
            let bits = next.map_or(u64::MAX, |next| {
                let raw = denormalized.get(&next).into_iter().flatten();
                raw.fold(bit(next), |bits, &c| bits | bit(c))
            });
            *filters.entry(c).or_default() |= bits;
        };
        for (key, _) in self.segmentation.pairs() {
            let mut chars = key.chars();
            follow(chars.next().expect("a key"), chars.next());
        }
        for (key, _) in self.user.pairs() {
            let mut chars = key.chars();
            follow(chars.next().expect("a key"), chars.next());
        }
        // Which characters the first step can begin a token with that yields this character first.
        let mut sources: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
        for (key, value) in self.steps[0].pairs() {
            let mut chars = key.chars();
            let (first, second) = (chars.next().expect("a key"), chars.next());
            if second.is_some() || (value.chars().count() != 1 && self.steps.len() > 1) {
                follow(first, second);
            }
            if let Some(result) = value.chars().next() {
                sources.entry(result).or_default().insert(first);
            }
        }
        for step in &self.steps[1..] {
            for (key, _) in step.pairs() {
                let mut chars = key.chars();
                let (Some(first), Some(second)) = (chars.next(), chars.next()) else {
                    continue;
                };
                for from in with_sources(&sources, first) {
                    for next in with_sources(&sources, second) {
                        follow(from, Some(next));
                    }
                }
            }
        }
        filters
    }

    /// The tables as one block of bytes, for embedding.
    #[allow(dead_code)] // build.rs writes, the library reads
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut block = Vec::new();
        for table in [
            &self.plain,
            &self.special_index,
            &self.specials,
            &self.results,
            &self.supplementary,
            &self.normalization,
        ] {
            bytes::write(&mut block, table);
        }
        self.segmentation.write(&mut block);
        self.user.write(&mut block);
        self.steps.iter().for_each(|step| step.write(&mut block));
        block
    }

    /// Reads a block made by [`Tables::to_bytes`]; no work but to find where each table begins.
    pub fn from_bytes(mut block: &'static [u8]) -> Tables {
        let block = &mut block;
        let mut tables = Tables {
            plain: bytes::read(block),
            special_index: bytes::read(block),
            specials: bytes::read(block),
            results: bytes::read(block),
            supplementary: bytes::read(block),
            normalization: bytes::read(block),
            segmentation: Trie::read(block),
            user: Trie::read(block),
            steps: Vec::new(),
        };
        while !block.is_empty() {
            tables.steps.push(Trie::read(block));
        }
        tables
    }

    /// The result of a BMP code point, or [`SPECIAL`].
    pub fn plain(&self, code: u16) -> u16 {
        u16_at(&self.plain, code as usize * 2)
    }

    /// What is known of a character that is not plain; `None` for the supplementary characters that do not change.
    pub fn special(&self, c: char) -> Option<Special<'_>> {
        let index = match u16::try_from(c as u32) {
            Ok(code) => u16_at(&self.special_index, code as usize * 2) as usize,
            Err(_) => {
                let at = bytes::search(&self.supplementary, PAIR_RECORD, c as u32)?;
                u32_at(&self.supplementary, at * PAIR_RECORD + 4) as usize
            }
        };
        let at = index * SPECIAL_RECORD;
        let start = u32_at(&self.specials, at + 8) as usize;
        let length = u32_at(&self.specials, at + 12) as usize;
        Some(Special {
            filter: u64_at(&self.specials, at),
            result: &self.results[start..start + length],
        })
    }

    /// A character after normalisation.
    pub fn normalize(&self, c: char) -> char {
        // All sources lie in the two blocks of compatibility ideographs.
        if !matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}') {
            return c;
        }
        bytes::search(&self.normalization, PAIR_RECORD, c as u32)
            .and_then(|at| char::from_u32(u32_at(&self.normalization, at * PAIR_RECORD + 4)))
            .unwrap_or(c)
    }
}

fn add(trie: &mut TrieBuilder, dictionary: &Dictionary, rank: u32, map: impl Fn(char) -> char) {
    for (key, value) in &dictionary.pairs {
        trie.add(key.chars().map(&map), value, rank);
    }
}

fn records(pairs: impl Iterator<Item = (char, u32)>) -> Bytes {
    pairs
        .flat_map(|(c, number)| [(c as u32).to_le_bytes(), number.to_le_bytes()].concat())
        .collect()
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn only_char(text: &str) -> char {
    single(text).expect("the normalisation maps characters to characters")
}

fn with_sources(sources: &BTreeMap<char, BTreeSet<char>>, c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).chain(sources.get(&c).into_iter().flatten().copied())
}

/// A short text through one step, by longest match.
fn convert_whole(step: &Trie, text: &str) -> String {
    let mut result = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.clone().next() {
        let skip = match step.find(rest.clone()) {
            Some(found) => {
                result.push_str(found.value);
                found.chars
            }
            None => {
                result.push(c);
                1
            }
        };
        rest.nth(skip - 1);
    }
    result
}
