//! What becomes of the text where phrases may begin, worked out when the tables are compiled.
//!
//! What [`Phrases`] makes of a position hangs on a few characters behind it. They are followed here through a tree: a
//! node stands for the text so far, its edges are the characters that make a difference to what comes of it, and its
//! *settlement* is what comes of it if none of them follows. The first two characters are looked up at once, by their
//! hash. What has characters in it that are normalised (compatibility ideographs) is left to [`Phrases`].

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::{self, Bytes, Pool, Reader, u16_at, u32_at};
use super::phrase::Phrases;
use super::tables::{Tables, is_compatible, pair_hash};

const NODE: usize = 12;
const SLOT: usize = 4 + NODE;
/// A cache line of slots.
const BUCKET: usize = 4 * SLOT;
const EDGE: usize = 4;
const UNSETTLED: u32 = u32::MAX;
/// How many bits of a settlement hold a length in bytes; the others hold where the result begins.
const LENGTH_BITS: u32 = 7;
/// In no key of any dictionary.
const NEUTRAL: char = '\n';
/// The first of the numbers that stand for characters outside the BMP: surrogates, which no text has.
const OUTER: u16 = 0xD800;
/// The number of those that no edge has.
const UNKNOWN: u16 = 0xDFFF;

/// The tree, in bytes. A character's number is its code point, or where it stands in `outer`, from [`OUTER`] on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Buckets of four slots, by the hash of the first two characters: their numbers (`u16`), and their node. What finds
    /// no free slot in its bucket lies in the next one that has one.
    slots: Bytes,
    /// Other nodes. A node: for each edge its character's bit (see [`bit`]); its first edge and their count (`u16`); its
    /// settlement, or [`UNSETTLED`]: where its result begins in `results`, its length, and how many bytes of
    /// text it stands for.
    nodes: Bytes,
    /// Character's number and node (`u16`).
    edges: Bytes,
    results: Bytes,
    /// Characters outside the BMP (`u32`), in order.
    outer: Bytes,
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
fn bit(front: u32) -> u32 {
    1 << ((front << 8).wrapping_mul(0x9E37_79B1) >> 27)
}

/// What a free slot holds for two characters.
const FREE: u32 = 0;

impl Decisions {
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
    fn number(&self, c: char) -> u16 {
        u16::try_from(c as u32).unwrap_or_else(|_| {
            let found = bytes::search(&self.outer, 4, c as u32);
            found.map_or(UNKNOWN, |at| OUTER + at as u16)
        })
    }

    /// Puts the tree into a pool.
    #[allow(dead_code)] // build.rs writes, the library reads
    pub fn write(&self, pool: &mut Pool, list: &mut Vec<u8>) {
        for part in self.parts() {
            pool.put(part, list);
        }
    }

    #[allow(dead_code)] // build.rs writes, the library reads
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
    pub fn read(tables: &mut Reader) -> Decisions {
        Decisions {
            slots: tables.next(),
            nodes: tables.next(),
            edges: tables.next(),
            results: tables.next(),
            outer: tables.next(),
        }
    }
}

/// Grows the tree of a configuration without user entries.
pub struct Builder<'a> {
    tables: &'a Tables,
    /// For each character that the second step's keys go on with: the characters in the text that it may come from.
    sources: &'a BTreeMap<char, BTreeSet<char>>,
    /// For each normalised character: those that are normalised to it.
    denormalized: &'a BTreeMap<char, Vec<char>>,
    pairs: BTreeMap<(char, char), Node>,
}

/// How many bytes of text become what; `None` where [`Phrases`] must be asked.
type Settlement = Option<(usize, String)>;

#[derive(Default)]
struct Node {
    settlement: Settlement,
    edges: BTreeMap<char, Node>,
}

impl<'a> Builder<'a> {
    pub fn new(
        tables: &'a Tables,
        sources: &'a BTreeMap<char, BTreeSet<char>>,
        denormalized: &'a BTreeMap<char, Vec<char>>,
    ) -> Self {
        Builder {
            tables,
            sources,
            denormalized,
            pairs: BTreeMap::new(),
        }
    }

    /// Adds what may begin with this character.
    pub fn add(&mut self, c: char) {
        if self.tables.normalize(c) != c {
            return;
        }
        let node = self.grow(c.to_string());
        let (length, result) = node.settlement.expect("it is settled");
        debug_assert_eq!((length, result), (c.len_utf8(), self.tables.alone(c)));
        self.pairs
            .extend(node.edges.into_iter().map(|(next, node)| ((c, next), node)));
    }

    /// The pairs of characters that phrases begin with.
    pub fn pairs(&self) -> impl Iterator<Item = (char, char)> {
        self.pairs.keys().copied()
    }

    /// The node for this text.
    fn grow(&self, text: String) -> Node {
        let mut node = Node::default();
        if let Some([first, second]) = Phrases::new(self.tables, &text, false).wanted() {
            let sources = second
                .iter()
                .flat_map(|c| self.sources.get(c).into_iter().flatten().chain([c]));
            for next in first
                .iter()
                .chain(sources)
                .copied()
                .collect::<BTreeSet<_>>()
            {
                node.edges.insert(next, self.grow(format!("{text}{next}")));
                for raw in self.denormalized.get(&next).into_iter().flatten() {
                    node.edges.insert(*raw, Node::default());
                }
            }
        }
        let mut result = String::new();
        let followed = format!("{text}{NEUTRAL}");
        let end = Phrases::new(self.tables, &followed, true).convert(0, &mut result);
        node.settlement = end.map(|end| (end, result));
        node
    }

    pub fn build(&self) -> Decisions {
        let mut outer = BTreeSet::new();
        for ((c, next), node) in &self.pairs {
            outer.extend([*c, *next]);
            node.characters(&mut outer);
        }
        let outer = outer.into_iter().filter(|c| c.len_utf8() == 4);
        let mut tree = Decisions {
            outer: outer.flat_map(|c| (c as u32).to_le_bytes()).collect(),
            ..Decisions::default()
        };
        let mut layout = Layout::default();
        let count = (self.pairs.len() * 5 / 4).next_power_of_two().max(4);
        let mut slots = vec![[0; SLOT]; count];
        let mask = count - 1;
        for ((c, next), node) in &self.pairs {
            let mut slot = (pair_hash(*c as u32, *next as u32) * 4) & mask;
            while u32_at(&slots[slot], 0) != FREE {
                slot = (slot + 1) & mask;
            }
            let key = u32::from(tree.number(*c)) << 16 | u32::from(tree.number(*next));
            slots[slot][..4].copy_from_slice(&key.to_le_bytes());
            slots[slot][4..].copy_from_slice(&layout.node(node, &tree));
        }
        tree.slots = slots.concat().into();
        tree.nodes = layout.nodes.into();
        tree.edges = layout.edges.into();
        tree.results = layout.results.into();
        tree
    }
}

impl Node {
    /// Adds the characters of all edges.
    fn characters(&self, all: &mut BTreeSet<char>) {
        for (c, node) in &self.edges {
            all.insert(*c);
            node.characters(all);
        }
    }
}

/// Lays nodes out; what is equal is laid out once.
#[derive(Default)]
struct Layout {
    nodes: Vec<u8>,
    edges: Vec<u8>,
    results: Vec<u8>,
    node_at: BTreeMap<[u8; NODE], u16>,
    edges_at: BTreeMap<Vec<u8>, u16>,
    result_at: BTreeMap<String, u32>,
}

impl Layout {
    /// A node's bytes; those that its edges lead to are laid out.
    fn node(&mut self, node: &Node, tree: &Decisions) -> [u8; NODE] {
        // What comes of an edge's text may be what comes of any other.
        let settled = |other: &Node| other.edges.is_empty() && other.settlement == node.settlement;
        let telling = node.edges.iter().filter(|(_, other)| !settled(other));
        let (mut bits, mut edges) = (0_u32, Vec::new());
        for (c, other) in telling {
            let bytes = self.node(other, tree);
            let number = *self.node_at.entry(bytes).or_insert_with(|| {
                self.nodes.extend(bytes);
                u16::try_from(self.nodes.len() / NODE - 1).expect("few nodes")
            });
            bits |= match c.len_utf8() {
                3 => {
                    let mut front = [0; 4];
                    c.encode_utf8(&mut front);
                    bit(u32::from_le_bytes(front))
                }
                _ => u32::MAX,
            };
            edges.extend(tree.number(*c).to_le_bytes());
            edges.extend(number.to_le_bytes());
        }
        let count = (edges.len() / EDGE) as u16;
        let first = *self.edges_at.entry(edges).or_insert_with_key(|edges| {
            self.edges.extend(edges);
            u16::try_from((self.edges.len() - edges.len()) / EDGE).expect("few edges")
        });
        let settlement = match &node.settlement {
            Some((length, result)) => {
                let start = *self.result_at.entry(result.clone()).or_insert_with(|| {
                    self.results.extend(result.as_bytes());
                    (self.results.len() - result.len()) as u32
                });
                assert!(start >> (32 - 2 * LENGTH_BITS) == 0, "short results");
                assert!((length | result.len()) >> LENGTH_BITS == 0, "short phrases");
                start << (2 * LENGTH_BITS) | (result.len() as u32) << LENGTH_BITS | *length as u32
            }
            None => UNSETTLED,
        };
        let mut bytes = [0; NODE];
        bytes[..4].copy_from_slice(&bits.to_le_bytes());
        bytes[4..6].copy_from_slice(&first.to_le_bytes());
        bytes[6..8].copy_from_slice(&count.to_le_bytes());
        bytes[8..].copy_from_slice(&settlement.to_le_bytes());
        bytes
    }
}
