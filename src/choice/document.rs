//! What a document tells of all of its places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::lattice::{Lattice, View};
use super::lexicon::Choice;
use super::window::{Told, Window, neighbours};
use super::{persons, trigrams};
use jianti_data::choice::{CLASSES, PLACES, READINGS};
use jianti_text::scan::Positions;

/// Behind how many different characters a document tells a name.
const OFTEN: usize = 3;

/// A document as far as it tells how its places are read.
#[derive(Clone, Debug)]
pub struct Document {
    head: Arc<str>,
    /// Looked for once a place asks: of many short documents none does.
    told: OnceLock<Told>,
    trigrams: OnceLock<bool>,
}

impl Document {
    /// A document that begins so.
    pub fn new(head: Arc<str>) -> Document {
        Document {
            head,
            told: OnceLock::new(),
            trigrams: OnceLock::new(),
        }
    }

    /// Its beginning.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Names of persons that it tells.
    pub(super) fn told(&self, choice: &Choice) -> &Told {
        self.told.get_or_init(|| choice.told(&self.head))
    }

    /// Whether it is about the eight trigrams.
    pub(super) fn has_trigrams(&self) -> bool {
        *self.trigrams.get_or_init(|| trigrams::are_told(&self.head))
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Document) -> bool {
        self.head == other.head
    }
}

impl Choice {
    /// The names of persons that the beginning of a document tells with a title or the like, or by having them in many places.
    fn told(&self, head: &str) -> Told {
        let mut found = Positions::new(head, |text, from, masks| CLASSES.look(text, from, masks));
        let mut told = Told::default();
        // What may be names, and the different characters behind them.
        let mut seen: BTreeMap<[char; 3], BTreeSet<Option<char>>> = BTreeMap::new();
        let mut from = 0;
        while let Some(at) = found.next(from) {
            from = at + 1;
            let Some((number, place)) = self.place_at(head, at) else {
                continue;
            };
            if !place.in_names && !self.is_surname(place.kept) {
                continue;
            }
            if let Some((name, next)) = self.bare_name(number, &head[at..]) {
                seen.entry(name).or_default().insert(next);
            }
            if place.form == '沈' {
                let (before, behind) = (&head[..at], &head[at + place.form.len_utf8()..]);
                let name = self.shen_among_cells(before, behind, || false);
                let given = name.map(|name| behind.chars().take(name.given).map(|c| self.fold(c)));
                told.among_words.extend(given.map(Iterator::collect));
            }
            let (before, behind) = neighbours(head, at);
            if before != Some('姓') && !self.may_be_name(number, head, at, before, behind) {
                continue;
            }
            let window = Window::new(self, head, at);
            let view = View {
                simplified: false,
                told: &told,
            };
            let lattice = Lattice::new(self, &window, view);
            let (name, surname) = (lattice.told_name(), lattice.told_surname());
            if let Some(surname) = surname.filter(|_| self.keeps(head, at, number, &told)) {
                told.surnames.insert(surname);
            }
            if let Some(name) = name.filter(|name| !told.names.contains(name)) {
                told.names.push(name);
            }
        }
        let often = seen.iter().filter(|(_, next)| next.len() >= OFTEN);
        told.names.extend(often.map(|(name, _)| name.to_vec()));
        told.names.sort();
        told.names.dedup();
        told.among_words
            .retain(|given: &Vec<char>| !given.is_empty());
        told.among_words.sort();
        told.among_words.dedup();
        told
    }

    /// What may be a name of three characters at the beginning of `text`, with no title, and the character behind it: a
    /// surname that mostly is one (沈, but not 於), and nothing that words begin with it.
    fn bare_name(&self, number: usize, text: &str) -> Option<([char; 3], Option<char>)> {
        let place = &PLACES[number];
        if place.kept_cost > place.changed_cost || !self.is_surname(place.kept) {
            return None;
        }
        let mut chars = text.chars().map(|c| self.fold(c));
        let name = [chars.next()?, chars.next()?, chars.next()?];
        let strong = READINGS[number].strong_behind;
        let is_given = |c: char| self.names.given(c).is_some() && !persons::BEHIND.contains(c);
        let is_name =
            strong.binary_search(&name[1]).is_err() && name[1..].iter().all(|c| is_given(*c));
        is_name.then(|| (name, chars.next()))
    }
}
