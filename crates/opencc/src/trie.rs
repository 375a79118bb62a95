//! A trie over characters, laid out in bytes.
//!
//! All numbers are little-endian. A node is 16 bytes: its first edge, the offset and length of its value (`u32` each), the rank of the dictionary the
//! value comes from, or [`NO_VALUE`] (`u32`). Node `i`'s edges end where node `i + 1`'s begin; the last node is a
//! sentinel. An edge is 8 bytes: character and node; a node's edges are sorted by character.

use std::ops::Range;

use crate::bytes::{self, u32_at};

const NODE: usize = 16;
const EDGE: usize = 8;
const NO_VALUE: u32 = u32::MAX;

/// Collects pairs for a [`Trie`].
#[derive(Default)]
pub struct TrieBuilder {
    pairs: Vec<Pair>,
}

struct Pair {
    key: String,
    value: String,
    rank: u32,
}

impl TrieBuilder {
    /// Adds a pair from the dictionary of this rank (0 is asked first). Of equal keys the lowest rank wins, then the
    /// one added first.
    pub fn add(&mut self, key: impl Iterator<Item = char>, value: &str, rank: u32) {
        self.pairs.push(Pair {
            key: key.collect(),
            value: value.to_owned(),
            rank,
        });
    }

    /// The trie, its nodes in breadth-first order.
    pub fn build(mut self) -> Trie {
        let pairs = &mut self.pairs;
        pairs.sort_by(|a, b| a.key.cmp(&b.key).then(a.rank.cmp(&b.rank)));
        pairs.dedup_by(|later, kept| later.key == kept.key);
        // A node is the pairs whose keys begin with the same bytes, this many.
        let mut order = vec![(0..pairs.len(), 0)];
        let (mut nodes, mut edges, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let mut next = 0;
        while next < order.len() {
            let (mut range, depth) = order[next].clone();
            next += 1;
            let own = pairs[range.clone()]
                .first()
                .filter(|pair| pair.key.len() == depth);
            let (rank, value) = match own {
                Some(pair) => (pair.rank, pair.value.as_bytes()),
                None => (NO_VALUE, &[][..]),
            };
            for field in [edges.len() / EDGE, values.len(), value.len()] {
                nodes.extend((field as u32).to_le_bytes());
            }
            nodes.extend(rank.to_le_bytes());
            values.extend(value);
            range.start += usize::from(own.is_some());
            while let Some(pair) = pairs[range.clone()].first() {
                let c = pair.key[depth..]
                    .chars()
                    .next()
                    .expect("longer than the node's");
                let alike = |pair: &Pair| pair.key[depth..].starts_with(c);
                let count = pairs[range.clone()].partition_point(alike);
                edges.extend((c as u32).to_le_bytes());
                edges.extend((order.len() as u32).to_le_bytes());
                order.push((range.start..range.start + count, depth + c.len_utf8()));
                range.start += count;
            }
        }
        nodes.extend(((edges.len() / EDGE) as u32).to_le_bytes());
        nodes.extend([0; NODE - 4]);
        Trie {
            nodes,
            edges,
            values,
        }
    }
}

/// A trie made by [`TrieBuilder::build`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trie {
    nodes: Vec<u8>,
    edges: Vec<u8>,
    values: Vec<u8>,
}

/// A key found at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// Length of the key, code points.
    pub chars: usize,
    /// What the key is converted to.
    pub value: &'a str,
}

impl Trie {
    /// The node that `c` leads to from `node`; node 0 is the root.
    fn child(&self, node: usize, c: char) -> Option<usize> {
        let edges = self.edges(node);
        let edges = &self.edges[edges.start * EDGE..edges.end * EDGE];
        bytes::search(edges, EDGE, c as u32).map(|edge| u32_at(edges, edge * EDGE + 4) as usize)
    }

    /// The edges of a node.
    fn edges(&self, node: usize) -> Range<usize> {
        let first = u32_at(&self.nodes, node * NODE) as usize;
        first..u32_at(&self.nodes, (node + 1) * NODE) as usize
    }

    /// The value of a node and the rank of its dictionary.
    fn value(&self, node: usize) -> Option<(u32, &str)> {
        let at = node * NODE;
        let rank = u32_at(&self.nodes, at + 12);
        (rank != NO_VALUE).then(|| {
            let start = u32_at(&self.nodes, at + 4) as usize;
            let length = u32_at(&self.nodes, at + 8) as usize;
            let value = &self.values[start..start + length];
            (rank, str::from_utf8(value).expect("values are UTF-8"))
        })
    }

    /// The key at the beginning of `text` that wins: lowest rank first, then the longest.
    pub fn find(&self, text: impl Iterator<Item = char>) -> Option<Match<'_>> {
        let mut walk = Walk::new(self);
        for c in text {
            if !walk.advance(c) {
                break;
            }
        }
        walk.best()
    }

    /// Whether it holds no key.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Every key and its value, in the order of the characters.
    pub fn pairs(&self) -> Vec<(String, &str)> {
        let mut pairs = Vec::new();
        let mut stack = vec![(0, String::new())];
        while let Some((node, key)) = stack.pop() {
            if let Some((_, value)) = self.value(node) {
                pairs.push((key.clone(), value));
            }
            for edge in self.edges(node) {
                let c = char::from_u32(u32_at(&self.edges, edge * EDGE)).expect("a character");
                let child = u32_at(&self.edges, edge * EDGE + 4) as usize;
                stack.push((child, format!("{key}{c}")));
            }
        }
        pairs.sort();
        pairs
    }
}

/// A look-up, character by character.
pub struct Walk<'a> {
    trie: &'a Trie,
    node: usize,
    chars: usize,
    best: Option<(u32, Match<'a>)>,
}

impl<'a> Walk<'a> {
    /// Stands at the root.
    pub fn new(trie: &'a Trie) -> Self {
        Walk {
            trie,
            node: 0,
            chars: 0,
            best: None,
        }
    }

    /// Takes the next character; `false` if no key goes on with it.
    pub fn advance(&mut self, c: char) -> bool {
        let Some(child) = self.trie.child(self.node, c) else {
            return false;
        };
        self.node = child;
        self.chars += 1;
        if let Some((rank, value)) = self.trie.value(child)
            && self.best.is_none_or(|(best, _)| rank <= best)
        {
            let chars = self.chars;
            self.best = Some((rank, Match { chars, value }));
        }
        true
    }

    /// Whether any key goes on.
    pub fn goes_on(&self) -> bool {
        !self.trie.edges(self.node).is_empty()
    }

    /// The characters that keys go on with.
    pub fn next(&self) -> impl Iterator<Item = char> {
        let edges = self.trie.edges(self.node);
        let codes = edges.map(|edge| u32_at(&self.trie.edges, edge * EDGE));
        codes.map(|code| char::from_u32(code).expect("a character"))
    }

    /// The key that wins among those passed: lowest rank first, then the longest.
    pub fn best(&self) -> Option<Match<'a>> {
        self.best.map(|(_, found)| found)
    }
}
