//! What the choice knows: words, names, and the characters that could be two things.

use std::collections::HashSet;

use jianti_data::choice::{self, PLACES};
use jianti_model::names::Names;
use jianti_model::places::Place;
use jianti_model::words::Words;

/// Chooses. `Send + Sync`.
#[derive(Debug)]
pub struct Choice {
    pub(super) words: Words,
    pub(super) names: Names,
    /// Keys of the user's dictionaries that hold a place: what they cover is theirs.
    pub(super) keys: HashSet<String>,
    /// The length of the longest, bytes.
    pub(super) longest_key: usize,
}

impl Choice {
    /// The character's number and place, if it could be two things.
    pub(super) fn place(&self, c: char) -> Option<(usize, &'static Place)> {
        choice::find(c)
    }

    /// Whether the standard keeps the character for what it is not mostly.
    pub(super) fn is_kept_form(&self, c: char) -> bool {
        PLACES.iter().any(|place| place.kept == c)
    }

    /// A traditional character's simplified one; places stay.
    pub(super) fn fold(&self, c: char) -> char {
        choice::fold(c)
    }
}
