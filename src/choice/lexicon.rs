//! What the choice knows: words, names, and the characters that could be two things.

use std::collections::HashMap;

use jianti_data::choice::{self, PLACES, SURNAMES, find};
use jianti_model::names::Names;
use jianti_model::places::{Evidence, Place};
use jianti_model::words::Words;

/// Chooses. `Send + Sync`.
#[derive(Debug)]
pub struct Choice {
    pub(super) words: Words,
    pub(super) names: Names,
    /// For each place that keys of the user's dictionaries hold, those keys, and where in each of them it stands, bytes:
    /// what they cover is theirs.
    pub(super) keys: HashMap<char, Vec<(usize, String)>>,
}

impl Choice {
    /// The character's number and place, if it could be two things.
    pub(super) fn place(&self, c: char) -> Option<(usize, &'static Place)> {
        choice::find(c)
    }

    /// Whether the standard keeps the character for what it is not mostly, names of persons among it: 昇, but not 藉; `any`
    /// takes the others too.
    pub(super) fn is_reserved(&self, c: char, any: bool) -> bool {
        PLACES
            .iter()
            .any(|place| place.kept == c && (place.in_names || any))
    }

    /// A traditional character's simplified one; places stay.
    pub(super) fn fold(&self, c: char) -> char {
        choice::fold(c)
    }

    /// Whether the text has a word of these around the place at byte `at`.
    pub(super) fn speaks(
        &self,
        evidence: &Evidence,
        text: &str,
        at: usize,
        before: Option<char>,
        behind: Option<char>,
    ) -> bool {
        let found = |keys: &[(u16, u16)], c: char| {
            let code = u16::try_from(u32::from(c)).unwrap_or(0);
            let first = keys.partition_point(|(key, _)| *key < code);
            let same = keys[first..].iter().take_while(|(key, _)| *key == code);
            same.into_iter()
                .any(|(_, entry)| self.has_word(&evidence.entries[usize::from(*entry)..], text, at))
        };
        // A neighbour that could be two things is looked for as both.
        let any = |keys: &[(u16, u16)], c: Option<char>| match c.map(|c| (c, find(c))) {
            Some((_, Some((_, place)))) => found(keys, place.kept) || found(keys, place.changed),
            Some((c, None)) => found(keys, c),
            None => false,
        };
        any(evidence.behind, behind) || any(evidence.before, before)
    }

    fn has_word(&self, entry: &[u16], text: &str, at: usize) -> bool {
        let (before, behind) = (usize::from(entry[0]), usize::from(entry[1]));
        let (before, behind) = entry[2..2 + before + behind].split_at(before);
        let same = |c: char, code: u16| {
            let is = |c: char| u32::from(c) == u32::from(code);
            is(self.fold(c))
                || find(c).is_some_and(|(_, place)| is(place.kept) || is(place.changed))
        };
        let (mut back, mut on) = (text[..at].chars().rev(), text[at..].chars().skip(1));
        behind
            .iter()
            .all(|code| on.next().is_some_and(|c| same(c, *code)))
            && before
                .iter()
                .all(|code| back.next().is_some_and(|c| same(c, *code)))
    }

    pub(super) fn is_surname(&self, c: char) -> bool {
        SURNAMES.binary_search(&self.fold(c)).is_ok()
    }

    /// Whether given names often hold the character.
    pub(super) fn is_given(&self, c: char) -> bool {
        /// What a character costs in them at most.
        const MOST: u32 = 76;
        self.names.given(c).is_some_and(|cost| cost <= MOST)
    }
}
