//! A configuration's dictionaries, fused into tables that the scan loop reads.
//!
//! Most characters convert alone, whatever stands around them: their result holds all steps at once. For characters of
//! three bytes in UTF-8, nearly all of Chinese text, it stands in `entries`. A character that may begin a phrase is
//! marked there as a *starter*, and one that may stand second in it as a *follower*; only where a follower stands
//! behind a starter, and the pair is in `pairs`, are `decisions` asked, and only what they leave open is looked up in the
//! tries. All other characters of which something is known (of other lengths, with results of other lengths, operators
//! of ideographic description sequences) are *special*.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::bytes::{self, Bytes, Pool, Reader, u16_at, u32_at};
use super::config::Chain;
use super::decisions::{Builder, Decision, Decisions};
use super::dictionary::Dictionary;
use super::groups::Groups;
use super::ids;
use super::trie::Trie;
use super::tries::Tries;

/// An entry's bits that hold what the character's code point must be XORed with for the result's.
pub const CHANGE: u32 = 0xFFFF;
/// An entry's bits that say that the character is a starter, one for each of the [`GROUPS`] that starters are in.
pub const STARTER: u32 = 0x7F << 16;
/// The bit that all entries have, so that [`pair`] never hides [`EXIT`].
pub const ALWAYS: u32 = 1 << 23;
/// An entry's bits of a follower: one for each group of starters that it follows.
const FOLLOWER: u32 = STARTER << 8;
/// An entry's bit that says that the character is special, or not of three bytes.
pub const EXIT: u32 = 1 << 31;
/// What [`pair`] leaves.
pub const PAIR: u32 = FOLLOWER | EXIT;

/// Not 0 if the first entry's character and the second's must be looked at more closely: the bits of the groups that
/// make them a pair, and [`EXIT`] of the second.
#[inline(always)]
pub fn pair(first: u32, second: u32) -> u32 {
    (first << 8) & second & PAIR
}

/// For an ASCII character: it may begin a phrase with what follows it.
pub const ASCII_STARTER: u8 = 1;
/// For an ASCII character: it may follow the first character of a phrase.
pub const ASCII_FOLLOWER: u8 = 2;
/// For an ASCII character: it is special.
pub const ASCII_SPECIAL: u8 = 4;

/// How far the code points are turned so that the compatibility ideographs and full-width forms, the last ones of the
/// BMP, come first: they and the ideographs then lie together.
pub const TURN: u16 = 0x0700;
/// The entry that serves all of U+A000 to U+F8FF: Yi, hangul, surrogates, private use.
pub const SHARED: u16 = 0xA700;
/// How many entries there are. Those of code points below U+0800, which UTF-8 does not write with three bytes, say
/// [`EXIT`].
pub const ENTRIES: usize = SHARED as usize + 1;
const ENTRY: usize = 4;

/// The entry of a BMP code point.
#[inline(always)]
pub fn index(code: u16) -> u16 {
    code.wrapping_add(TURN).min(SHARED)
}

/// For any two bytes (the first one lowest): what must be added to the byte behind them for the code point. For those
/// that do not begin a character of three bytes it leads, whatever the third byte, to one below U+0800.
pub static ROWS: [u16; 0x1_0000] = rows();

const fn rows() -> [u16; 0x1_0000] {
    let mut rows = [0x180; 0x1_0000];
    let mut row = 0x800 >> 6;
    while row < 0x1_0000 >> 6 {
        let (first, second) = (0xE0 | row >> 6, 0x80 | row & 0x3F);
        // The third byte begins at 0x80.
        rows[first | second << 8] = ((row << 6) - 0x80) as u16;
        row += 1;
    }
    rows
}

const SPECIAL_RECORD: usize = 12;
const PAIR_RECORD: usize = 8;
/// Set in a special's result length: asks the tries whatever follows.
const ALWAYS_ASKS: u32 = 1 << 31;

/// All that a conversion needs to know.
#[derive(Clone, Debug)]
pub struct Tables {
    /// For each character of three bytes (`u32`): [`CHANGE`], [`STARTER`], [`ALWAYS`], [`FOLLOWER`], [`EXIT`].
    entries: Bytes,
    /// For each ASCII character one byte: [`ASCII_STARTER`], [`ASCII_FOLLOWER`], [`ASCII_SPECIAL`].
    ascii: Bytes,
    /// Whether nothing is known of any ASCII character.
    pub ascii_is_plain: bool,
    /// A bit for each pair of starter and follower, at its hash; some others have it too.
    pairs: Bytes,
    /// Special characters: code point, offset of the result in `results`, its length and [`ALWAYS_ASKS`]; sorted.
    specials: Bytes,
    results: Bytes,
    /// Normalisation: code point, result (`u32` each), sorted.
    normalization: Bytes,
    /// What comes of the places where phrases may begin; empty if there are entries of the user's.
    pub decisions: Decisions,
    /// The dictionaries; built only when [`Decisions`] leave a place to them, if they come from the program.
    tries: OnceLock<Tries>,
    /// Builds them; not for tables that are compiled.
    late: Option<fn(&Chain) -> Tries>,
    chain: Chain,
}

/// A special character's result when it stands alone, and whether the tries must be asked whatever follows.
#[derive(Clone, Copy)]
pub struct Special<'a> {
    /// Whether the tries must be asked whatever follows.
    pub always_asks: bool,
    /// Result of the character alone, UTF-8.
    pub result: &'a [u8],
}

/// What may follow a starter.
#[derive(Default)]
struct Follow {
    always: bool,
    next: BTreeSet<char>,
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
        let tries = Tries::new(chain, rare, &dictionary, user, normalize);
        let mut tables = Tables {
            entries: Bytes::default(),
            ascii: Bytes::default(),
            ascii_is_plain: false,
            pairs: Bytes::default(),
            specials: Bytes::default(),
            results: Bytes::default(),
            normalization: records(normalization.iter().map(|(&from, &to)| (from, to as u32))),
            decisions: Decisions::default(),
            tries: tries.into(),
            late: None,
            chain: *chain,
        };
        tables.classify(&normalization);
        tables
    }

    /// Fills the tables of characters and pairs from the tries.
    fn classify(&mut self, normalization: &BTreeMap<char, char>) {
        let mut denormalized: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for (&from, &to) in normalization {
            denormalized.entry(to).or_default().push(from);
        }
        // Raw characters: those that normalisation turns into this one, and itself.
        let raw = |c: char| {
            let others = denormalized.get(&c).into_iter().flatten().copied();
            std::iter::once(c).chain(others)
        };
        let sources = self.sources();
        let follow = self.follow(&sources);
        let mut known: BTreeSet<char> = normalization.keys().copied().collect();
        let single_keys = self.tries().steps.iter().flat_map(Trie::pairs);
        known.extend(
            single_keys
                .filter_map(|(key, _)| single(&key))
                .flat_map(raw),
        );
        let always: BTreeSet<char> = follow
            .iter()
            .filter(|(_, follow)| follow.always)
            .flat_map(|(c, _)| raw(*c))
            .collect();
        let mut pairs: BTreeSet<(char, char)> = BTreeSet::new();
        for (c, follow) in &follow {
            let next = follow.next.iter().flat_map(|next| raw(*next));
            pairs.extend(next.flat_map(|next| raw(*c).map(move |c| (c, next))));
        }
        if self.tries().user.is_empty() {
            let mut builder = Builder::new(self, &sources, &denormalized);
            follow
                .keys()
                .filter(|c| !always.contains(c))
                .for_each(|c| builder.add(*c));
            // Only the tree knows which pairs can matter, but for what it leaves out.
            let decided: BTreeSet<(char, char)> = builder.pairs().collect();
            assert!(decided.is_subset(&pairs));
            pairs.retain(|(c, _)| normalization.contains_key(c) || always.contains(c));
            pairs.extend(decided);
            self.decisions = builder.build();
        }
        known.extend(pairs.iter().flat_map(|(c, next)| [*c, *next]));
        known.extend(&always);
        let mut entries: Vec<u32> = bare_entries().collect();
        let mut ascii = vec![0; 128];
        let groups = Groups::new(&pairs);
        for (c, bits) in groups.starters() {
            entries[index(c) as usize] |= u32::from(bits) << 16;
        }
        for (c, bits) in groups.followers() {
            entries[index(c) as usize] |= u32::from(bits) << 24;
        }
        for (c, next) in &pairs {
            if c.is_ascii() {
                ascii[*c as usize] |= ASCII_STARTER;
            }
            if next.is_ascii() {
                ascii[*next as usize] |= ASCII_FOLLOWER;
            }
        }
        let (mut specials, mut results) = (Vec::new(), Vec::new());
        for c in known {
            let alone = self.alone(self.normalize(c));
            let result = single(&alone).filter(|result| result.len_utf8() == c.len_utf8());
            match (result, c.len_utf8()) {
                _ if always.contains(&c) => {}
                (Some(result), 3) if index(c as u16) < SHARED => {
                    entries[index(c as u16) as usize] |= c as u32 ^ result as u32;
                    continue;
                }
                (Some(result), 1) if result == c => continue,
                _ => {}
            }
            match c.len_utf8() {
                3 => entries[index(c as u16) as usize] |= EXIT,
                1 => ascii[c as usize] |= ASCII_SPECIAL,
                _ => {}
            }
            let length = alone.len() as u32 | if always.contains(&c) { ALWAYS_ASKS } else { 0 };
            for field in [c as u32, results.len() as u32, length] {
                specials.extend(field.to_le_bytes());
            }
            results.extend(alone.as_bytes());
        }
        let bits = (pairs.len() * 16)
            .next_power_of_two()
            .clamp(1 << 12, 1 << 24);
        let mut pair_bits = vec![0_u8; bits / 8];
        for (c, next) in pairs {
            let hash = pair_hash(c as u32, next as u32) & (bits - 1);
            pair_bits[hash / 8] |= 1 << (hash % 8);
        }
        self.entries = entries.into_iter().flat_map(u32::to_le_bytes).collect();
        self.ascii_is_plain = ascii.iter().all(|class| *class == 0);
        self.ascii = ascii.into();
        self.pairs = pair_bits.into();
        self.specials = specials.into();
        self.results = results.into();
    }

    /// The result of a normalised character that no phrase begins with: all steps, one after the other.
    pub fn alone(&self, normal: char) -> String {
        self.tries()
            .steps
            .iter()
            .fold(normal.to_string(), |text, step| convert_whole(step, &text))
    }

    /// For each normalised character that may begin a phrase in some step: which normalised characters may follow it.
    fn follow(&self, sources: &BTreeMap<char, BTreeSet<char>>) -> BTreeMap<char, Follow> {
        let mut all: BTreeMap<char, Follow> = BTreeMap::new();
        let mut follow = |c: char, next: Option<char>| {
            let follow = all.entry(c).or_default();
            match next {
                Some(next) => _ = follow.next.insert(next),
                None => follow.always = true,
            }
        };
        ids::operators().for_each(|c| follow(c, None));
        for (key, _) in [self.tries().segmentation.pairs(), self.tries().user.pairs()].concat() {
            let mut chars = key.chars();
            follow(chars.next().expect("a key"), chars.next());
        }
        for (key, value) in self.tries().steps[0].pairs() {
            let mut chars = key.chars();
            let (first, second) = (chars.next().expect("a key"), chars.next());
            if second.is_some() || (value.chars().count() != 1 && self.tries().steps.len() > 1) {
                follow(first, second);
            }
        }
        for step in &self.tries().steps[1..] {
            for (key, _) in step.pairs() {
                let mut chars = key.chars();
                let (Some(first), Some(second)) = (chars.next(), chars.next()) else {
                    continue;
                };
                for from in with_sources(sources, first) {
                    for next in with_sources(sources, second) {
                        follow(from, Some(next));
                    }
                }
            }
        }
        all
    }

    /// For each character: which others the first step can begin a token with that yields it first.
    fn sources(&self) -> BTreeMap<char, BTreeSet<char>> {
        let mut sources: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
        for (key, value) in self.tries().steps[0].pairs() {
            let first = key.chars().next().expect("a key");
            if let Some(result) = value.chars().next() {
                sources.entry(result).or_default().insert(first);
            }
        }
        sources
    }

    /// Puts the tables into a pool, for embedding, and tells where they lie.
    #[allow(dead_code)] // build.rs writes, the library reads
    pub fn write(&self, pool: &mut Pool) -> Vec<u8> {
        let mut list = Vec::new();
        for table in [
            &self.known_entries(),
            &self.ascii,
            &self.pairs,
            &self.specials,
            &self.results,
            &self.normalization,
        ] {
            pool.put(table, &mut list);
        }
        self.decisions.write(pool, &mut list);
        list
    }

    /// For each entry of a character of which something is known: its index (`u16`) and itself.
    fn known_entries(&self) -> Bytes {
        let pairs = self.entries.chunks(ENTRY).zip(bare_entries());
        let known = pairs
            .enumerate()
            .filter(|(_, (entry, bare))| u32_at(entry, 0) != *bare);
        known
            .flat_map(|(index, (entry, _))| [&(index as u16).to_le_bytes(), entry].concat())
            .collect()
    }

    /// Finds what [`Tables::write`] put into the pool; no work beyond some microseconds for the entries, which are eight
    /// times as large with those of which nothing is known. `late` builds the chain's tries when they are needed.
    pub fn read(reader: &mut Reader, chain: Chain, late: fn(&Chain) -> Tries) -> Tables {
        let mut entries: Vec<u8> = bare_entries().flat_map(u32::to_le_bytes).collect();
        for known in reader.next().chunks_exact(2 + ENTRY) {
            let at = u16_at(known, 0) as usize * ENTRY;
            entries[at..at + ENTRY].copy_from_slice(&known[2..]);
        }
        let mut tables = Tables {
            entries: entries.into(),
            ascii: reader.next(),
            ascii_is_plain: false,
            pairs: reader.next(),
            specials: reader.next(),
            results: reader.next(),
            normalization: reader.next(),
            decisions: Decisions::read(reader),
            tries: OnceLock::new(),
            late: Some(late),
            chain,
        };
        tables.ascii_is_plain = tables.ascii.iter().all(|class| *class == 0);
        tables
    }

    /// The dictionaries.
    pub fn tries(&self) -> &Tries {
        self.tries.get_or_init(|| {
            let build = self.late.expect("compiled tables have tries");
            build(&self.chain)
        })
    }

    /// The entries, [`ENTRIES`] of four bytes each.
    pub fn entries(&self) -> &[u8] {
        &self.entries
    }

    /// The entry of a character of three bytes.
    pub fn entry(&self, c: char) -> u32 {
        u32_at(&self.entries, index(c as u16) as usize * ENTRY)
    }

    /// For each ASCII character: [`ASCII_STARTER`], [`ASCII_FOLLOWER`], [`ASCII_SPECIAL`].
    pub fn ascii(&self) -> &[u8; 128] {
        self.ascii[..].try_into().expect("one byte for each")
    }

    /// Whether a phrase may begin with these two characters.
    pub fn may_begin_phrase(&self, c: char, next: char) -> bool {
        self.has_pair(pair_hash(c as u32, next as u32))
    }

    fn has_pair(&self, hash: usize) -> bool {
        let bit = hash & (self.pairs.len() * 8 - 1);
        self.pairs[bit / 8] >> (bit % 8) & 1 != 0
    }

    /// What becomes of the position where these two BMP characters stand, if phrases may begin with them; `rest` is the
    /// text behind them, and more may follow.
    #[allow(dead_code)] // not all machines have the instructions that use it
    #[inline(always)]
    pub fn decide(&self, c: u16, next: u16, rest: &str) -> Decision<'_> {
        let hash = pair_hash(c.into(), next.into());
        if self.has_pair(hash) {
            self.decisions.decide_hashed(c, next, hash, rest, false)
        } else {
            Decision::Alone
        }
    }

    /// What is known of a special character.
    pub fn special(&self, c: char) -> Option<Special<'_>> {
        let at = bytes::search(&self.specials, SPECIAL_RECORD, c as u32)? * SPECIAL_RECORD;
        let start = u32_at(&self.specials, at + 4) as usize;
        let length = u32_at(&self.specials, at + 8);
        Some(Special {
            always_asks: length & ALWAYS_ASKS != 0,
            result: &self.results[start..][..(length & !ALWAYS_ASKS) as usize],
        })
    }

    /// A character after normalisation.
    pub fn normalize(&self, c: char) -> char {
        if !is_compatible(c) {
            return c;
        }
        bytes::search(&self.normalization, PAIR_RECORD, c as u32)
            .and_then(|at| char::from_u32(u32_at(&self.normalization, at * PAIR_RECORD + 4)))
            .unwrap_or(c)
    }
}

/// The entries of characters of which nothing is known.
fn bare_entries() -> impl Iterator<Item = u32> {
    let front = index(0) as usize;
    let exits = front..front + 0x800;
    (0..ENTRIES).map(move |index| {
        if exits.contains(&index) {
            ALWAYS | EXIT
        } else {
            ALWAYS
        }
    })
}

/// Whether the character lies in a block of compatibility ideographs; only those are normalised.
pub fn is_compatible(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// A hash of two code points.
#[inline]
pub fn pair_hash(c: u32, next: u32) -> usize {
    // Odd numbers with bits all over them.
    let mixed = c.wrapping_mul(0x9E37_79B1) ^ next.wrapping_mul(0x85EB_CA77);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x2C1B_3C6D);
    (mixed ^ mixed >> 14) as usize
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
