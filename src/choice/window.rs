//! The characters around a place, as the words of the model write them.

use std::collections::BTreeSet;

use jianti_text::chars::is_han;

use super::lexicon::Choice;

/// How many characters of a clause are looked at before and behind a place.
pub const REACH: usize = 7;

/// What a document tells of persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Their names, folded to simplified characters but for the places in them.
    pub names: Vec<Vec<char>>,
    /// The surnames of places among them, and of those who are only told by surname and title.
    pub surnames: BTreeSet<char>,
    /// The given names, folded, of those whose names begin as words do: 静 of 沈静.
    pub among_words: Vec<Vec<char>>,
}

/// A clause around a place, or what of it is within reach.
pub struct Window {
    /// Characters as they are met, but for traditional ones: those are folded, unless they are places themselves; the place is as it is met.
    pub chars: Vec<char>,
    /// Where the place is in `chars`.
    pub at: usize,
    /// Whether the clause begins with `chars`.
    pub begins: bool,
    /// Whether it ends with it.
    pub ends: bool,
}

impl Window {
    /// Around the character at byte `at` of a text.
    pub fn new(choice: &Choice, text: &str, at: usize) -> Window {
        let mut before = text[..at].chars().rev().peekable();
        let mut chars: Vec<char> = Vec::with_capacity(2 * REACH + 1);
        while chars.len() < REACH {
            match before.next_if(|c| is_han(*c)) {
                Some(c) => chars.push(choice.fold(c)),
                None => break,
            }
        }
        let begins = before.peek().is_none_or(|c| !is_han(*c));
        chars.reverse();
        let place = chars.len();
        let mut behind = text[at..].chars().peekable();
        while chars.len() < place + 1 + REACH {
            match behind.next_if(|c| is_han(*c)) {
                Some(c) if chars.len() == place => chars.push(c),
                Some(c) => chars.push(choice.fold(c)),
                None => break,
            }
        }
        // As the conversion writes 甚麼 and 彷彿.
        for at in 1..chars.len() {
            match (chars[at - 1], chars[at]) {
                ('甚', '么' | '麽' | '麼') => chars[at - 1] = '什',
                ('彷', '佛') => chars[at - 1] = '仿',
                _ => {}
            }
        }
        let ends = behind.peek().is_none_or(|c| !is_han(*c));
        Window {
            chars,
            at: place,
            begins,
            ends,
        }
    }
}

/// The characters beside the one at byte `at`.
pub fn neighbours(text: &str, at: usize) -> (Option<char>, Option<char>) {
    (text[..at].chars().next_back(), text[at..].chars().nth(1))
}
