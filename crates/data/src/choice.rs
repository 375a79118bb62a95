//! The tables of the choice at each place, by characters that could be two things.

use jianti_model::names::Names;
use jianti_model::places::{Evidence, Place, Readings};
use jianti_model::words::{Hash, Words};
use jianti_text::scan::Shufti;

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

/// What each character of the BMP is, so that one look tells it: 0 if it is itself, from 1 on the number of its place, then
/// what it folds to, or [`FAR`].
static KINDS: [u16; 0x1_0000] = kinds();

/// The character folds to one beyond the BMP.
const FAR: u16 = u16::MAX;

const fn kinds() -> [u16; 0x1_0000] {
    let mut kinds = [0; 0x1_0000];
    let mut at = 0;
    while at < FOLD.len() {
        let (from, to) = (FOLD[at].0 as usize, FOLD[at].1 as u32);
        if from < kinds.len() {
            kinds[from] = if to < FAR as u32 { to as u16 } else { FAR };
        }
        at += 1;
    }
    let mut number = 0;
    while number < PLACES.len() {
        number += 1;
        kinds[PLACES[number - 1].form as usize] = number as u16;
    }
    kinds
}

/// Which characters of the BMP share what they become with others, a bit for each.
static SHARES: [u64; 0x1_0000 / 64] = sharing();

const fn sharing() -> [u64; 0x1_0000 / 64] {
    let mut shares = [0; 0x1_0000 / 64];
    let mut at = 0;
    while at < FOLD.len() {
        set(&mut shares, FOLD[at].0);
        set(&mut shares, FOLD[at].1);
        at += 1;
    }
    at = 0;
    while at < PLACES.len() {
        set(&mut shares, PLACES[at].form);
        set(&mut shares, PLACES[at].kept);
        set(&mut shares, PLACES[at].changed);
        at += 1;
    }
    shares
}

const fn set(bits: &mut [u64; 0x1_0000 / 64], c: char) {
    if (c as usize) < 0x1_0000 {
        bits[c as usize / 64] |= 1 << (c as usize % 64);
    }
}

/// Whether another character may become the same as this one, by the tables of the conversion; nobody looks at it closer where
/// not. Beyond the BMP any may.
#[inline]
pub fn shares(c: char) -> bool {
    SHARES
        .get(c as usize / 64)
        .is_none_or(|bits| bits >> (c as usize % 64) & 1 == 1)
}

/// A character's number among the places, and its place, if it could be two things.
#[inline]
pub fn find(c: char) -> Option<(usize, &'static Place)> {
    let kind = *KINDS.get(c as usize)?;
    let number = usize::from(kind).wrapping_sub(1);
    Some((number, PLACES.get(number)?))
}

/// A traditional character's simplified one; places stay.
#[inline]
pub fn fold(c: char) -> char {
    match KINDS.get(c as usize) {
        Some(&kind) if usize::from(kind) <= PLACES.len() => c,
        Some(&kind) if kind != FAR => char::from_u32(u32::from(kind)).unwrap_or(c),
        _ => match FOLD.binary_search_by_key(&c, |(from, _)| *from) {
            Ok(found) => FOLD[found].1,
            Err(_) => c,
        },
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
