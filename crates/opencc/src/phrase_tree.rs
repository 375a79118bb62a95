//! What becomes of the text where phrases may begin, worked out when the tables are compiled.
//!
//! What [`Phrases`](crate::phrase::Phrases) makes of a position hangs on a few characters behind it. They are followed here through a tree: a
//! node stands for the text so far, its edges are the characters that make a difference to what comes of it, and its
//! *settlement* is what comes of it if none of them follows. The first two characters are looked up at once, by their
//! hash. What has characters in it that are normalised (compatibility ideographs) is left to [`Phrases`].

use crate::bytes::{self, Bytes, Pool, Reader, u16_at, u32_at};
use crate::hash::{is_compatible, pair_hash};

pub(crate) const NODE: usize = 12;
pub(crate) const SLOT: usize = 4 + NODE;
/// A cache line of slots.
const BUCKET: usize = 4 * SLOT;
pub(crate) const EDGE: usize = 4;
pub(crate) const UNSETTLED: u32 = u32::MAX;
/// How many bits of a settlement hold a length in bytes; the others hold where the result begins.
pub(crate) const LENGTH_BITS: u32 = 7;
/// The first of the numbers that stand for characters outside the BMP: surrogates, which no text has.
const OUTER: u16 = 0xD800;
/// The number of those that no edge has.
const UNKNOWN: u16 = 0xDFFF;

/// The tree, in bytes. A character's number is its code point, or where it stands in `outer`, from [`OUTER`] on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhraseTree {
    /// Buckets of four slots, by the hash of the first two characters: their numbers (`u16`), and their node. What finds
    /// no free slot in its bucket lies in the next one that has one.
    pub(crate) slots: Bytes,
    /// Other nodes. A node: for each edge its character's bit (see [`bit`]); its first edge and their count (`u16`); its
    /// settlement, or [`UNSETTLED`]: where its result begins in `results`, its length, and how many bytes of
    /// text it stands for.
    pub(crate) nodes: Bytes,
    /// Character's number and node (`u16`).
    pub(crate) edges: Bytes,
    pub(crate) results: Bytes,
    /// Characters outside the BMP (`u32`), in order.
    pub(crate) outer: Bytes,
}

/// What comes of a position where a phrase may begin.
#[derive(Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    /// This many bytes of text become this.
    Settled(usize, &'a [u8]),
    /// The character stands alone.
    Alone,
    /// It hangs on what follows the text.
    Starved,
    /// [`Phrases`] must be asked.
    Unknown,
}

/// The bit of the character of three bytes that these four begin with, the first one lowest. Characters of other lengths
/// have all bits.
#[inline(always)]
pub(crate) fn bit(front: u32) -> u32 {
    1 << ((front << 8).wrapping_mul(0x9E37_79B1) >> 27)
}

/// What a free slot holds for two characters.
pub(crate) const FREE: u32 = 0;

impl PhraseTree {
    /// Decides for the position where `c` and `next` stand; `rest` is the text behind them.
    #[inline]
    pub fn decide(&self, c: char, next: char, rest: &str, last: bool) -> Decision<'_> {
        if is_compatible(c) {
            return Decision::Unknown;
        }
        let hash = pair_hash(c as u32, next as u32);
        self.decide_hashed(self.number(c), self.number(next), hash, rest, last)
    }

    /// The same for the characters' numbers and their hash.
    #[inline(always)]
    pub fn decide_hashed(
        &self,
        c: u16,
        next: u16,
        hash: usize,
        rest: &str,
        last: bool,
    ) -> Decision<'_> {
        if self.slots.is_empty() {
            return Decision::Unknown;
        }
        let Some(mut node) = self.first(u32::from(c) << 16 | u32::from(next), hash) else {
            // The tree leaves out what begins with a compatibility ideograph.
            let left_out = matches!(c, 0xF900..=0xFAFF);
            return if left_out {
                Decision::Unknown
            } else {
                Decision::Alone
            };
        };
        // Mostly no edge goes on; that is told without decoding a character.
        let goes_on = |bits: u32| match rest.as_bytes().first_chunk::<4>() {
            Some(front) => bits & bit(u32::from_le_bytes(*front)) != 0,
            None => bits != 0,
        };
        if goes_on(u32_at(node, 0)) {
            match self.follow(node, rest, last) {
                Some(last) => node = last,
                None => return Decision::Starved,
            }
        }
        let settlement = u32_at(node, 8);
        if settlement == UNSETTLED {
            return Decision::Unknown;
        }
        let length = |shift: u32| (settlement >> shift) as usize & ((1 << LENGTH_BITS) - 1);
        let start = (settlement >> (2 * LENGTH_BITS)) as usize;
        Decision::Settled(length(0), &self.results[start..start + length(LENGTH_BITS)])
    }

    /// The last node that this text leads to; `None` if it hangs on what follows.
    fn follow<'a>(&'a self, mut node: &'a [u8], text: &str, last: bool) -> Option<&'a [u8]> {
        let mut text = text.chars();
        while u32_at(node, 0) != 0 {
            let Some(c) = text.next() else {
                return last.then_some(node);
            };
            match self.child(node, self.number(c)) {
                Some(child) => node = child,
                None => break,
            }
        }
        Some(node)
    }

    /// The node of the first two characters.
    #[inline(always)]
    fn first(&self, key: u32, hash: usize) -> Option<&[u8]> {
        let mask = self.slots.len() / BUCKET - 1;
        let mut number = hash & mask;
        loop {
            let bucket = &self.slots[number * BUCKET..][..BUCKET];
            // Without a branch for each.
            let (mut found, mut free) = (BUCKET, false);
            for at in [0, SLOT, 2 * SLOT, 3 * SLOT] {
                let other = u32_at(bucket, at);
                found = if other == key { at } else { found };
                free |= other == FREE;
            }
            if found < BUCKET {
                return Some(&bucket[found + 4..][..NODE]);
            }
            if free {
                return None;
            }
            number = (number + 1) & mask;
        }
    }

    /// The node that this character leads to.
    #[inline]
    fn child(&self, node: &[u8], c: u16) -> Option<&[u8]> {
        let (first, count) = (u16_at(node, 4) as usize, u16_at(node, 6) as usize);
        let edges = &self.edges[first * EDGE..][..count * EDGE];
        let edge = edges.chunks_exact(EDGE).find(|edge| u16_at(edge, 0) == c)?;
        Some(&self.nodes[u16_at(edge, 2) as usize * NODE..][..NODE])
    }

    /// The number that stands for a character.
    #[inline]
    pub(crate) fn number(&self, c: char) -> u16 {
        u16::try_from(c as u32).unwrap_or_else(|_| {
            let found = bytes::search(&self.outer, 4, c as u32);
            found.map_or(UNKNOWN, |at| OUTER + at as u16)
        })
    }

    /// Puts the tree into a pool.
    pub fn write(&self, pool: &mut Pool, list: &mut Vec<u8>) {
        for part in self.parts() {
            pool.put(part, list);
        }
    }

    fn parts(&self) -> [&Bytes; 5] {
        [
            &self.slots,
            &self.nodes,
            &self.edges,
            &self.results,
            &self.outer,
        ]
    }

    /// Finds the next tree in a pool.
    pub fn read(tables: &mut Reader) -> PhraseTree {
        PhraseTree {
            slots: tables.table(),
            nodes: tables.table(),
            edges: tables.table(),
            results: tables.table(),
            outer: tables.table(),
        }
    }
}
