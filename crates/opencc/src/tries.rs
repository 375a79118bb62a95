//! A configuration's dictionaries as tries, for [`super::phrase`].

use crate::config::{Chain, is_rare};
use crate::dictionary::Dictionary;
use crate::trie::{Trie, TrieBuilder};

/// The dictionaries of a configuration.
#[derive(Clone, Debug)]
pub struct Tries {
    /// The phrases that OpenCC's segmentation keeps whole; empty in a configuration without one.
    pub segmentation: Trie,
    /// The steps' dictionaries, ranked as the configuration lists them.
    pub steps: Vec<Trie>,
    /// The user's own entries; empty without any.
    pub user: Trie,
}

impl Tries {
    /// Builds a chain's tries. `dictionary` gives OpenCC's dictionaries by name; `user` holds the user's own, whose keys
    /// are normalised.
    pub fn new(
        chain: &Chain,
        rare: bool,
        dictionary: impl Fn(&str) -> Dictionary,
        user: &[Dictionary],
        normalize: impl Fn(char) -> char,
    ) -> Tries {
        let mut segmentation = TrieBuilder::default();
        if let Some(name) = chain.segmentation {
            add(&mut segmentation, &dictionary(name), 0, |c| c);
        }
        let steps = chain.steps.iter().map(|names| {
            let mut step = TrieBuilder::default();
            for (rank, name) in names.iter().enumerate() {
                if rare || !is_rare(name) {
                    add(&mut step, &dictionary(name), rank as u32, |c| c);
                }
            }
            step.build()
        });
        let mut users = TrieBuilder::default();
        for entries in user {
            add(&mut users, entries, 0, &normalize);
        }
        Tries {
            segmentation: segmentation.build(),
            steps: steps.collect(),
            user: users.build(),
        }
    }
}

fn add(trie: &mut TrieBuilder, dictionary: &Dictionary, rank: u32, map: impl Fn(char) -> char) {
    for (key, value) in &dictionary.pairs {
        trie.add(key.chars().map(&map), value, rank);
    }
}
