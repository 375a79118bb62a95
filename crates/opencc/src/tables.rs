//! A configuration's dictionaries, fused into tables that the scan loop reads.
//!
//! Most characters convert alone, whatever stands around them: their result holds all steps at once. For characters of
//! three bytes in UTF-8, nearly all of Chinese text, it stands in `entries`. A character that may begin a phrase is
//! marked there as a *starter*, and one that may stand second in it as a *follower*; only where a follower stands
//! behind a starter, and the pair is in `pairs`, are `phrase_tree` asked, and only what they leave open is looked up in the
//! tries. All other characters of which something is known (of other lengths, with results of other lengths, operators
//! of ideographic description sequences) are *special*.

use std::sync::OnceLock;

use crate::bytes::{self, Bytes, Pool, Reader, u16_at, u32_at};
use crate::config::Chain;
use crate::hash::{is_compatible, pair_hash};
use crate::phrase_tree::{Decision, PhraseTree};
use crate::tries::Tries;

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

const SPECIAL_RECORD: usize = 12;
const PAIR_RECORD: usize = 8;
/// Set in a special's result length: asks the tries whatever follows.
pub(crate) const ALWAYS_ASKS: u32 = 1 << 31;

/// All that a conversion needs to know.
#[derive(Clone, Debug)]
pub struct Tables {
    /// For each character of three bytes (`u32`): [`CHANGE`], [`STARTER`], [`ALWAYS`], [`FOLLOWER`], [`EXIT`].
    pub(crate) entries: Bytes,
    /// For each ASCII character one byte: [`ASCII_STARTER`], [`ASCII_FOLLOWER`], [`ASCII_SPECIAL`].
    pub(crate) ascii: Bytes,
    /// Whether nothing is known of any ASCII character.
    pub ascii_is_plain: bool,
    /// A bit for each pair of starter and follower, at its hash; some others have it too.
    pub(crate) pairs: Bytes,
    /// Special characters: code point, offset of the result in `results`, its length and [`ALWAYS_ASKS`]; sorted.
    pub(crate) specials: Bytes,
    pub(crate) results: Bytes,
    /// Normalisation: code point, result (`u32` each), sorted.
    pub(crate) normalization: Bytes,
    /// What comes of the places where phrases may begin; empty if there are entries of the user's.
    pub phrase_tree: PhraseTree,
    /// The dictionaries; built only when [`PhraseTree`] leave a place to them, if they come from the program.
    pub(crate) tries: OnceLock<Tries>,
    /// Builds them; not for tables that are compiled.
    pub(crate) late: Option<fn(&Chain) -> Tries>,
    pub(crate) chain: Chain,
}

/// A special character's result when it stands alone, and whether the tries must be asked whatever follows.
#[derive(Clone, Copy, Debug)]
pub struct Special<'a> {
    /// Whether the tries must be asked whatever follows.
    pub always_asks: bool,
    /// Result of the character alone, UTF-8.
    pub result: &'a [u8],
}

impl Tables {
    /// Puts the tables into a pool, for embedding, and tells where they lie.
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
        self.phrase_tree.write(pool, &mut list);
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
    ///
    /// # Panics
    /// What the reader names is not what [`Tables::write`] put there.
    pub fn read(reader: &mut Reader, chain: Chain, late: fn(&Chain) -> Tries) -> Tables {
        let mut entries: Vec<u8> = bare_entries().flat_map(u32::to_le_bytes).collect();
        for known in reader.table().chunks_exact(2 + ENTRY) {
            let at = u16_at(known, 0) as usize * ENTRY;
            entries[at..at + ENTRY].copy_from_slice(&known[2..]);
        }
        let mut tables = Tables {
            entries: entries.into(),
            ascii: reader.table(),
            ascii_is_plain: false,
            pairs: reader.table(),
            specials: reader.table(),
            results: reader.table(),
            normalization: reader.table(),
            phrase_tree: PhraseTree::read(reader),
            tries: OnceLock::new(),
            late: Some(late),
            chain,
        };
        tables.ascii_is_plain = tables.ascii.iter().all(|class| *class == 0);
        tables
    }

    /// The dictionaries.
    pub(crate) fn tries(&self) -> &Tries {
        self.tries.get_or_init(|| {
            let build = self.late.expect("compiled tables have tries");
            build(&self.chain)
        })
    }

    /// The entries, [`ENTRIES`] of four bytes each.
    pub(crate) fn entries(&self) -> &[u8] {
        &self.entries
    }

    /// The entry of a character of three bytes.
    pub(crate) fn entry(&self, c: char) -> u32 {
        u32_at(&self.entries, index(c as u16) as usize * ENTRY)
    }

    /// For each ASCII character: [`ASCII_STARTER`], [`ASCII_FOLLOWER`], [`ASCII_SPECIAL`].
    pub(crate) fn ascii(&self) -> &[u8; 128] {
        self.ascii[..].try_into().expect("one byte for each")
    }

    /// Whether a phrase may begin with these two characters.
    pub(crate) fn may_begin_phrase(&self, c: char, next: char) -> bool {
        self.has_pair(pair_hash(c as u32, next as u32))
    }

    fn has_pair(&self, hash: usize) -> bool {
        let bit = hash & (self.pairs.len() * 8 - 1);
        self.pairs[bit / 8] >> (bit % 8) & 1 != 0
    }

    /// What becomes of the position where these two BMP characters stand, if phrases may begin with them; `rest` is the
    /// text behind them, and more may follow.
    #[inline(always)]
    pub(crate) fn decide(&self, c: u16, next: u16, rest: &str) -> Decision<'_> {
        let hash = pair_hash(c.into(), next.into());
        if self.has_pair(hash) {
            self.phrase_tree.decide_hashed(c, next, hash, rest, false)
        } else {
            Decision::Alone
        }
    }

    /// What is known of a special character.
    pub(crate) fn special(&self, c: char) -> Option<Special<'_>> {
        let at = bytes::search(&self.specials, SPECIAL_RECORD, c as u32)? * SPECIAL_RECORD;
        let start = u32_at(&self.specials, at + 4) as usize;
        let length = u32_at(&self.specials, at + 8);
        Some(Special {
            always_asks: length & ALWAYS_ASKS != 0,
            result: &self.results[start..][..(length & !ALWAYS_ASKS) as usize],
        })
    }

    /// A character after normalisation.
    pub(crate) fn normalize(&self, c: char) -> char {
        if !is_compatible(c) {
            return c;
        }
        bytes::search(&self.normalization, PAIR_RECORD, c as u32)
            .and_then(|at| char::from_u32(u32_at(&self.normalization, at * PAIR_RECORD + 4)))
            .unwrap_or(c)
    }
}

/// The entries of characters of which nothing is known.
pub(crate) fn bare_entries() -> impl Iterator<Item = u32> {
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
