//! What becomes of the text where phrases may begin, worked out when the tables are compiled.
//!
//! What [`Phrases`] makes of a position hangs on a few characters behind it. They are followed here through a tree: a
//! node stands for the text so far, its edges are the characters that make a difference to what comes of it, and its
//! *settlement* is what comes of it if none of them follows. The first two characters are looked up at once, by their
//! hash. What has characters in it that are normalised (compatibility ideographs) is left to [`Phrases`].

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::{self, Bytes, Pool, Reader, u32_at};
use super::phrase::Phrases;
use super::tables::{Tables, is_compatible, pair_hash};

const SLOT: usize = 12;
const NODE: usize = 16;
const EDGE: usize = 8;
const UNSETTLED: u32 = u32::MAX;
/// In no key of any dictionary.
const NEUTRAL: char = '\n';

/// The tree, in bytes. All numbers are `u32`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// By the hash of the first two characters: these, and the node + 1, or 0; where the slot is taken, the next one.
    slots: Bytes,
    /// First edge and count of edges, offset in `results` of the settlement, its length (lower half) and how many bytes
    /// of text it stands for (upper half), or [`UNSETTLED`].
    nodes: Bytes,
    /// Character and node.
    edges: Bytes,
    results: Bytes,
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

impl Decisions {
    /// Decides for the position where `c` and `next` stand; `rest` is the text behind them.
    #[inline]
    pub fn decide(&self, c: char, next: char, rest: &str, last: bool) -> Decision<'_> {
        if self.slots.is_empty() || is_compatible(c) {
            return Decision::Unknown;
        }
        let Some(mut node) = self.first(c, next) else {
            return Decision::Alone;
        };
        let mut rest = rest.chars();
        loop {
            let count = u32_at(&self.nodes, node * NODE + 4) as usize;
            if count == 0 {
                break;
            }
            let Some(c) = rest.next() else {
                if last {
                    break;
                }
                return Decision::Starved;
            };
            let first = u32_at(&self.nodes, node * NODE) as usize;
            let edges = &self.edges[first * EDGE..][..count * EDGE];
            match bytes::search(edges, EDGE, c as u32) {
                Some(edge) => node = u32_at(edges, edge * EDGE + 4) as usize,
                None => break,
            }
        }
        let lengths = u32_at(&self.nodes, node * NODE + 12);
        if lengths == UNSETTLED {
            return Decision::Unknown;
        }
        let start = u32_at(&self.nodes, node * NODE + 8) as usize;
        Decision::Settled(
            (lengths >> 16) as usize,
            &self.results[start..][..(lengths & 0xFFFF) as usize],
        )
    }

    fn first(&self, c: char, next: char) -> Option<usize> {
        let mask = self.slots.len() / SLOT - 1;
        let mut slot = pair_hash(c, next) & mask;
        loop {
            let at = slot * SLOT;
            let node = u32_at(&self.slots, at + 8).checked_sub(1)?;
            if u32_at(&self.slots, at) == c as u32 && u32_at(&self.slots, at + 4) == next as u32 {
                return Some(node as usize);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Puts the tree into a pool.
    #[allow(dead_code)] // build.rs writes, the library reads
    pub fn write(&self, pool: &mut Pool, list: &mut Vec<u8>) {
        for part in [&self.slots, &self.nodes, &self.edges, &self.results] {
            pool.put(part, list);
        }
    }

    /// Finds the next tree in a pool.
    pub fn read(tables: &mut Reader) -> Decisions {
        Decisions {
            slots: tables.next(),
            nodes: tables.next(),
            edges: tables.next(),
            results: tables.next(),
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
        let mut layout = Layout::default();
        let mut slots = vec![[0_u32; 3]; (self.pairs.len() * 2).next_power_of_two()];
        let mask = slots.len() - 1;
        for ((c, next), node) in &self.pairs {
            let mut slot = pair_hash(*c, *next) & mask;
            while slots[slot][2] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = [*c as u32, *next as u32, layout.place(node) + 1];
        }
        let bytes = |numbers: Vec<u32>| numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        Decisions {
            slots: bytes(slots.concat()),
            nodes: bytes(layout.nodes.concat()),
            edges: bytes(layout.edges.concat()),
            results: layout.results.into(),
        }
    }
}

/// Lays nodes out; what is equal is laid out once.
#[derive(Default)]
struct Layout {
    nodes: Vec<[u32; 4]>,
    edges: Vec<[u32; 2]>,
    results: Vec<u8>,
    node_at: BTreeMap<(Settlement, Vec<[u32; 2]>), u32>,
    result_at: BTreeMap<String, u32>,
}

impl Layout {
    fn place(&mut self, node: &Node) -> u32 {
        // What comes of an edge's text may be what comes of any other.
        let settled = |other: &Node| other.edges.is_empty() && other.settlement == node.settlement;
        let telling = node.edges.iter().filter(|(_, other)| !settled(other));
        let edges: Vec<_> = telling
            .map(|(c, node)| [*c as u32, self.place(node)])
            .collect();
        let key = (node.settlement.clone(), edges);
        if let Some(at) = self.node_at.get(&key) {
            return *at;
        }
        let (start, lengths) = match &node.settlement {
            Some((end, result)) => {
                let start = *self.result_at.entry(result.clone()).or_insert_with(|| {
                    self.results.extend(result.as_bytes());
                    (self.results.len() - result.len()) as u32
                });
                (start, (end << 16 | result.len()) as u32)
            }
            None => (0, UNSETTLED),
        };
        self.nodes
            .push([self.edges.len() as u32, key.1.len() as u32, start, lengths]);
        self.edges.extend(&key.1);
        let at = self.nodes.len() as u32 - 1;
        self.node_at.insert(key, at);
        at
    }
}
