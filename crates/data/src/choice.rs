//! The tables of the choice at each place, by characters that could be two things.

use jianti_model::names::Names;
use jianti_model::places::{Evidence, Place, Readings};
use jianti_model::words::{Hash, Words};
use jianti_text::scan::Classes;

include!(concat!(env!("OUT_DIR"), "/choice.rs"));

/// What words cost in which each character has one reading.
pub fn words() -> Words {
    static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/choice.words"));
    Words::from_bytes(WORDS)
}

/// What surnames and given names cost.
pub fn names() -> Names {
    static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/choice.names"));
    Names::from_bytes(NAMES)
}

/// A character's number among the places, and its place, if it could be two things.
pub fn find(c: char) -> Option<(usize, &'static Place)> {
    let found = PLACES.binary_search_by_key(&c, |place| place.form).ok()?;
    Some((found, &PLACES[found]))
}

/// A traditional character's simplified one; places stay.
pub fn fold(c: char) -> char {
    match FOLD.binary_search_by_key(&c, |(from, _)| *from) {
        Ok(found) => FOLD[found].1,
        Err(_) => c,
    }
}

/// Whether a word of the model, of up to five characters, lies on both sides of byte `at`.
pub fn cuts_word(text: &str, at: usize) -> bool {
    const MOST: usize = 5;
    let words = words();
    // Of what could be two things the changed reading makes the more words.
    let plain = |c: char| find(c).map_or_else(|| fold(c), |(_, place)| place.changed);
    let before: Vec<char> = text[..at].chars().rev().take(MOST - 1).map(plain).collect();
    let behind: Vec<char> = text[at..].chars().take(MOST - 1).map(plain).collect();
    (1..=before.len()).any(|length| {
        let front = before[..length].iter().rev();
        let mut hash = front.fold(Hash::EMPTY, |hash, c| hash.and(*c));
        behind.iter().take(MOST - length).any(|c| {
            hash = hash.and(*c);
            words.cost(hash).is_some()
        })
    })
}
