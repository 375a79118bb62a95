//! Grows the phrase tree: follows what [`Phrases`] makes of each position where a phrase may begin.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::u32_at;
use crate::hash::pair_hash;
use crate::phrase::Phrases;
use crate::phrase_tree::{EDGE, FREE, LENGTH_BITS, NODE, PhraseTree, SLOT, UNSETTLED, bit};
use crate::tables::Tables;

/// In no key of any dictionary.
const NEUTRAL: char = '\n';

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

    pub fn build(&self) -> PhraseTree {
        let mut outer = BTreeSet::new();
        for ((c, next), node) in &self.pairs {
            outer.extend([*c, *next]);
            node.characters(&mut outer);
        }
        let outer = outer.into_iter().filter(|c| c.len_utf8() == 4);
        let mut tree = PhraseTree {
            outer: outer.flat_map(|c| (c as u32).to_le_bytes()).collect(),
            ..PhraseTree::default()
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
    fn node(&mut self, node: &Node, tree: &PhraseTree) -> [u8; NODE] {
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
