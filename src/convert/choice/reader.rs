//! Decides the places of a text.

use std::borrow::Cow;
use std::collections::HashSet;

use super::lattice::{Lattice, View};
use super::table::{Beside, Place, SETS, UNIT};
use super::window::{Told, Window, is_han};
use crate::classes::Classes;
use crate::convert::script::is_variant;
use crate::convert::zhe;
use crate::convert::{Dictionary, Reading};
use crate::model::names::Names;
use crate::model::words::Words;
use crate::places::Places;

include!(concat!(env!("OUT_DIR"), "/choice.rs"));

/// A place is in doubt if the readings' costs are no further apart.
const DOUBT: i32 = 2 * UNIT;
/// How much less a character costs kept that is a member of a list (角、徵、羽) or a topic (乾，元亨利貞).
const LISTED: i32 = 6 * UNIT;
/// How far a reading of 著 by what stands around it may be outweighed by words.
const BY_RULE: i32 = 3 * UNIT;

/// A document as far as it tells how its places are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// How a sentence is taken that tells nothing.
    pub reading: Reading,
    /// Whether traditional lines write 着.
    pub has_zhe: bool,
    /// Names of persons that it tells.
    pub told: Told,
}

/// A place where little speaks for the reading that was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// Where it is in the text, bytes.
    pub at: usize,
    /// The character as it was met.
    pub form: char,
    /// What it became.
    pub taken: char,
    /// What it could have been.
    pub other: char,
    /// How sure the reading is: its probability against the other, 0.5 to 1.
    pub sure: f32,
}

/// Chooses. `Send + Sync`.
#[derive(Debug)]
pub struct Choice {
    pub(super) words: Words,
    pub(super) names: Names,
    /// Keys of the user's dictionaries that hold a place: what they cover is theirs.
    keys: HashSet<String>,
    /// The length of the longest, bytes.
    longest_key: usize,
}

impl Choice {
    /// What the user's own dictionaries convert is left to them.
    pub fn new(user: &[Dictionary]) -> Choice {
        static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/choice.words"));
        static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/choice.names"));
        let keys = user.iter().flat_map(|dictionary| &dictionary.pairs);
        let keys = keys.map(|(key, _)| key).filter(|key| key.chars().any(|c| find(c).is_some() || is_variant(c)));
        let keys: HashSet<String> = keys.cloned().collect();
        Choice {
            words: Words::from_bytes(WORDS),
            names: Names::from_bytes(NAMES),
            longest_key: keys.iter().map(String::len).max().unwrap_or(0),
            keys,
        }
    }

    /// The character's number and place, if it could be two things.
    pub(super) fn place(&self, c: char) -> Option<(usize, &'static Place)> {
        find(c)
    }

    /// Whether the standard keeps the character for what it is not mostly.
    pub(super) fn is_kept_form(&self, c: char) -> bool {
        PLACES.iter().any(|place| place.kept == c)
    }

    /// A traditional character's simplified one; places stay.
    pub(super) fn fold(&self, c: char) -> char {
        match FOLD.binary_search_by_key(&c, |(from, _)| *from) {
            Ok(found) => FOLD[found].1,
            Err(_) => c,
        }
    }

    /// The text with what each of its places is; borrowed if nothing changes. `text` is lines, or a part of one;
    /// `simplified` tells whether the sentence around a byte is.
    pub fn settle<'a>(
        &self,
        text: &'a str,
        document: &Document,
        simplified: impl Fn(usize) -> bool,
        mut doubt: impl FnMut(Doubt),
    ) -> Cow<'a, str> {
        let mut found = Places::new(text, |text, from, masks| CLASSES.look(text, from, masks));
        let mut out = String::new();
        let (mut done, mut from) = (0, 0);
        while let Some(at) = found.next(from) {
            from = at + 1;
            let Some((number, place)) = self.place_at(text, at) else {
                continue;
            };
            if self.is_users(text, at) {
                continue;
            }
            let (c, sure) = self.decide(text, at, number, document, &simplified);
            if let Some(sure) = sure {
                let other = if c == place.kept { place.changed } else { place.kept };
                doubt(Doubt { at, form: place.form, taken: c, other, sure });
            }
            if c != place.form {
                out.push_str(&text[done..at]);
                out.push(c);
                done = at + place.form.len_utf8();
            }
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }

    /// Where the rarer forms are that stand in names, and stay; bytes.
    pub fn kept_variants(&self, text: &str, document: &Document) -> Vec<usize> {
        let variants = text.char_indices().filter(|(_, c)| is_variant(*c));
        variants
            .filter(|(at, _)| !self.is_users(text, *at) && self.keeps_variant(text, *at, document))
            .map(|(at, _)| at)
            .collect()
    }

    fn keeps_variant(&self, text: &str, at: usize, document: &Document) -> bool {
        let window = Window::new(self, text, at);
        let view = View { simplified: false, told: &document.told };
        let (kept, common) = Lattice::new(self, &window, view).variant_costs();
        kept < common
    }

    /// The names of persons that the beginning of a document tells with a title or the like.
    pub fn told(&self, head: &str) -> Told {
        let mut found = Places::new(head, |text, from, masks| CLASSES.look(text, from, masks));
        let mut told = Told::default();
        let mut from = 0;
        while let Some(at) = found.next(from) {
            from = at + 1;
            let Some((number, _)) = self.place_at(head, at) else {
                continue;
            };
            let (before, behind) = neighbours(head, at);
            if !self.may_be_name(number, head, at, before, behind) {
                continue;
            }
            let window = Window::new(self, head, at);
            let view = View { simplified: false, told: &told };
            let name = Lattice::new(self, &window, view).told_name();
            if let Some(name) = name.filter(|name| !told.0.contains(name)) {
                told.0.push(name);
            }
        }
        told.0.sort();
        told
    }

    fn place_at(&self, text: &str, at: usize) -> Option<(usize, &'static Place)> {
        let c = text.get(at..)?.chars().next()?;
        find(c)
    }

    /// Whether an entry of the user's covers the place.
    fn is_users(&self, text: &str, at: usize) -> bool {
        if self.keys.is_empty() {
            return false;
        }
        let first = at.saturating_sub(self.longest_key);
        (first..=at).filter(|start| text.is_char_boundary(*start)).any(|start| {
            let last = text.len().min(start + self.longest_key);
            (at + 1..=last).any(|end| text.get(start..end).is_some_and(|key| self.keys.contains(key)))
        })
    }

    /// What the character at byte `at` is, and how sure that is, if there is doubt.
    fn decide(
        &self,
        text: &str,
        at: usize,
        number: usize,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> (char, Option<f32>) {
        let place = &PLACES[number];
        let (before, behind) = neighbours(text, at);
        if place.form == '著' {
            return self.decide_zhe(text, at, number, document, simplified);
        }
        let listed = is_listed(before, behind);
        if !listed && let Some(c) = self.decide_soon(text, at, number, before, behind) {
            return (c, None);
        }
        let simplified = simplified(at);
        let window = Window::new(self, text, at);
        let view = View { simplified, told: &document.told };
        let (kept, changed) = Lattice::new(self, &window, view).costs(place);
        by_costs(place, kept - if listed { LISTED } else { 0 }, changed)
    }

    /// What neighbours decide alone: where no word speaks for one reading, and no name can stand.
    fn decide_soon(&self, text: &str, at: usize, number: usize, before: Option<char>, behind: Option<char>) -> Option<char> {
        let place = &PLACES[number];
        let [before, behind] = [before, behind].map(|c| c.map(|c| self.fold(c)));
        let beside = |first: Beside, second: Beside| {
            has(number, first, before) || has(number, second, behind)
        };
        let kept = beside(Beside::KeptBefore, Beside::KeptBehind);
        let mostly_changed = place.changed_cost + 2 * UNIT < place.kept_cost;
        let mostly_kept = place.kept_cost + 2 * UNIT < place.changed_cost;
        if kept {
            return None;
        }
        if beside(Beside::StrongBefore, Beside::StrongBehind) {
            return Some(place.changed);
        }
        if mostly_changed && !self.may_be_name(number, text, at, before, behind) {
            return Some(place.changed);
        }
        let changed = beside(Beside::ChangedBefore, Beside::ChangedBehind);
        (mostly_kept && !changed).then_some(place.kept)
    }

    /// Whether a name may stand at a place, by the characters beside it.
    fn may_be_name(&self, number: usize, text: &str, at: usize, before: Option<char>, behind: Option<char>) -> bool {
        let place = &PLACES[number];
        let is_surname = |c: Option<char>| c.is_some_and(|c| self.names.surname(&[self.fold(c)]).is_some());
        let second = || text[..at].chars().rev().nth(1);
        if is_surname(before) || is_surname(second()) {
            return true;
        }
        let begins = match before {
            Some(c) if is_han(c) => "和与及跟同给向对由让请叫是姓找问见被的老小家者员人事授".contains(c),
            _ => true,
        };
        begins && is_surname(Some(place.kept)) && behind.is_some_and(is_han)
    }

    /// Whether a clause up to byte `at` is the name of a person: a surname, and one or two characters behind it.
    fn follows_name(&self, text: &str, at: usize) -> bool {
        let clause: Vec<char> = text[..at].chars().rev().take_while(|c| is_han(*c)).take(5).collect();
        let name: Vec<char> = clause.iter().rev().map(|c| self.fold(*c)).collect();
        (1..=2).any(|surname| {
            let given = name.len().checked_sub(surname).filter(|given| (1..=2).contains(given));
            given.is_some()
                && self.names.surname(&name[..surname]).is_some()
                && name[surname..].iter().all(|c| self.names.given(*c).is_some())
        })
    }

    /// 著 by what stands around it, unless the words outweigh that.
    fn decide_zhe(
        &self,
        text: &str,
        at: usize,
        number: usize,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> (char, Option<f32>) {
        let place = &PLACES[number];
        let (before, behind) = neighbours(text, at);
        let [before, behind] = [before, behind].map(|c| c.map(|c| self.fold(c)));
        let simplified = simplified(at);
        let has_zhe = document.has_zhe && !simplified;
        let (front, rest) = (&text[..at], &text[at + place.form.len_utf8()..]);
        let writing = zhe::is_writing(front, rest, has_zhe, simplified)
            || !before.is_some_and(zhe::is_verb) && behind == Some('的') && self.follows_name(text, at);
        let [first, second] = match writing {
            true => [Beside::ChangedBefore, Beside::ChangedBehind],
            false => [Beside::KeptBefore, Beside::KeptBehind],
        };
        if !has(number, first, before) && !has(number, second, behind) {
            return (if writing { place.kept } else { place.changed }, None);
        }
        let window = Window::new(self, text, at);
        let view = View { simplified: false, told: &document.told };
        let (kept, changed) = Lattice::new(self, &window, view).costs(place);
        let rule = if writing { BY_RULE } else { -BY_RULE };
        by_costs(place, kept - rule, changed)
    }
}

/// The cheaper reading, and how sure it is, if there is doubt.
fn by_costs(place: &Place, kept: i32, changed: i32) -> (char, Option<f32>) {
    let c = if kept <= changed { place.kept } else { place.changed };
    let apart = (kept - changed).abs();
    let sure = 1.0 / (1.0 + (-(apart as f32) / UNIT as f32).exp());
    (c, (apart <= DOUBT).then_some(sure))
}

/// Whether a character between these stands alone, in a list or as a topic.
fn is_listed(before: Option<char>, behind: Option<char>) -> bool {
    let alone = ![before, behind].into_iter().flatten().any(is_han);
    alone && (before == Some('、') || matches!(behind, Some('、' | '，')))
}

/// The characters beside the one at byte `at`.
fn neighbours(text: &str, at: usize) -> (Option<char>, Option<char>) {
    (text[..at].chars().next_back(), text[at..].chars().nth(1))
}

fn has(number: usize, set: Beside, c: Option<char>) -> bool {
    c.is_some_and(|c| BESIDE[number][set as usize].binary_search(&c).is_ok())
}

fn find(c: char) -> Option<(usize, &'static Place)> {
    let found = PLACES.binary_search_by_key(&c, |place| place.form).ok()?;
    Some((found, &PLACES[found]))
}
