//! What the choice knows: words, names, and the characters that could be two things.

use std::collections::HashMap;

use jianti_data::choice::{self, PLACES};
use jianti_model::names::Names;
use jianti_model::places::Place;
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
}
