//! Compiles a configuration's dictionaries into [`Tables`].

mod groups;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::Bytes;
use crate::config::Chain;
use crate::dictionary::Dictionary;
use crate::hash::pair_hash;
use crate::ids;
use crate::phrase_tree::PhraseTree;
use crate::tables::{
    ALWAYS_ASKS, ASCII_FOLLOWER, ASCII_SPECIAL, ASCII_STARTER, EXIT, SHARED, Tables, bare_entries,
    index,
};
use crate::trie::Trie;
use crate::tries::Tries;
use groups::Groups;
use tree::Builder;

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
            phrase_tree: PhraseTree::default(),
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
            self.phrase_tree = builder.build();
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
