//! Decides the places of a text.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::alone;
use super::credits;
use super::document::Document;
use super::firms;
use super::kept;
use super::lattice::{Lattice, View};
use super::persons;
use super::reason::Decision;
use super::settled;
use super::trigrams;
use super::window::{REACH, Told, Window, neighbours};
use super::written;
use super::yu;
use super::zhe;
use jianti_model::places::{Place, UNIT};
use jianti_opencc::Dictionary;
use jianti_text::chars::is_han;
use jianti_text::scan::Positions;
use jianti_text::script::is_variant;

use super::lexicon::Choice;
use jianti_data::choice::{CLASSES, PLACES, READINGS, find};

/// A place is in doubt if the readings' costs are no further apart.
const DOUBT: i32 = 2 * UNIT;
/// A place hardly ever changes if its readings' costs are so far apart.
const HARDLY_EVER: i32 = 5 * UNIT;
/// How far places reach that one may tell of another, bytes.
const NEAR: usize = 4 * 2 * REACH;
/// What words must outweigh where the characters around 著 tell writing, or little, and where they tell the mark of an aspect.
const WRITING: i32 = 3 * UNIT;
const ASPECT: i32 = 8 * UNIT;

/// A text whose places are being decided; the bytes where they stand are the same before and after.
struct Round<'t> {
    chosen: Cow<'t, str>,
    /// Places that can still change, in order.
    kept: Vec<usize>,
    /// Those that changed since [`Round::again`] was asked.
    changed: Vec<usize>,
}

impl Round<'_> {
    /// The places that can still change and stand near one that did, in order.
    fn again(&mut self) -> Vec<usize> {
        let changed = std::mem::take(&mut self.changed);
        if changed.is_empty() {
            return Vec::new();
        }
        let is_near = |at: &usize| {
            let next = changed.partition_point(|changed| changed < at);
            let around = next.saturating_sub(1)..changed.len().min(next + 1);
            changed[around].iter().any(|c| c.abs_diff(*at) <= NEAR)
        };
        let (mut again, kept): (Vec<usize>, _) = self.kept.iter().partition(|at| is_near(at));
        self.kept = kept;
        again.sort_unstable();
        again
    }
}

impl Choice {
    /// What the user's own dictionaries convert is left to them.
    pub fn new(user: &[Dictionary]) -> Choice {
        let keys = user.iter().flat_map(|dictionary| &dictionary.pairs);
        let mut by_place: HashMap<char, Vec<(usize, String)>> = HashMap::new();
        for (key, _) in keys {
            let places = key.char_indices();
            // What a line speaks of may be the last character of a key.
            let is_looked_for = |at: usize, c: char| {
                find(c).is_some() || is_variant(c) || at + c.len_utf8() == key.len()
            };
            for (at, c) in places.filter(|(at, c)| is_looked_for(*at, *c)) {
                by_place.entry(c).or_default().push((at, key.clone()));
            }
        }
        Choice {
            words: jianti_data::choice::words(),
            names: jianti_data::choice::names(),
            keys: by_place,
        }
    }

    /// The text with what each of its places is; borrowed if nothing changes. `text` is lines, or a part of one;
    /// `simplified` tells whether the sentence around a byte is. Chosen once more, the result stays.
    pub fn settle<'a>(
        &self,
        text: &'a str,
        document: &Document,
        simplified: impl Fn(usize) -> bool,
        mut tell: impl FnMut(Decision),
    ) -> Cow<'a, str> {
        /// Of text that nobody wrote one place could lead to the next for ever.
        const MOST_ROUNDS: usize = 8;
        let mut round = Round {
            chosen: Cow::Borrowed(text),
            kept: Vec::new(),
            changed: Vec::new(),
        };
        let mut found = Positions::new(text, |text, from, masks| CLASSES.look(text, from, masks));
        let mut from = 0;
        let places = std::iter::from_fn(|| {
            let at = found.next(from)?;
            from = at + 1;
            Some(at)
        });
        // The last round counts.
        let mut doubts: BTreeMap<usize, Decision> = BTreeMap::new();
        let mut note = |at: usize, found: Option<Decision>| match found {
            Some(found) => drop(doubts.insert(at, found)),
            None => drop(doubts.remove(&at)),
        };
        self.settle_places(&mut round, places, document, &simplified, &mut note);
        // What one place became tells of another one beside it. Places only ever change one way, so this ends.
        for _ in 0..MOST_ROUNDS {
            let again = round.again();
            if again.is_empty() {
                break;
            }
            self.settle_places(
                &mut round,
                again.into_iter(),
                document,
                &simplified,
                &mut note,
            );
        }
        doubts.into_values().for_each(&mut tell);
        round.chosen
    }

    /// Decides places of a text as if the others could still be either.
    fn settle_places(
        &self,
        round: &mut Round,
        places: impl Iterator<Item = usize>,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
        note: &mut impl FnMut(usize, Option<Decision>),
    ) {
        let text = std::mem::take(&mut round.chosen);
        let mut out = String::new();
        let mut done = 0;
        for at in places {
            let Some((number, place)) = self.place_at(&text, at) else {
                continue;
            };
            if self.is_users(&text, at) {
                continue;
            }
            let (c, sure) = self.decide(&text, at, number, document, simplified);
            let doubt = sure.map(|sure| Decision {
                at,
                form: place.form,
                taken: c,
                other: match c == place.kept {
                    true => place.changed,
                    false => place.kept,
                },
                sure: Some(sure),
                is_doubtful: true,
                reason: None,
            });
            note(at, doubt);
            if find(c).is_some() {
                round.kept.push(at);
            }
            if c == place.form {
                continue;
            }
            round.changed.push(at);
            if done == 0 {
                // All at once: to grow a string means to lock the allocator, for which threads wait for each other.
                out.reserve(text.len());
            }
            out.push_str(&text[done..at]);
            out.push(c);
            done = at + place.form.len_utf8();
        }
        round.chosen = match done {
            0 => text,
            _ => {
                out.push_str(&text[done..]);
                Cow::Owned(out)
            }
        };
    }

    pub(super) fn place_at(&self, text: &str, at: usize) -> Option<(usize, &'static Place)> {
        let c = text.get(at..)?.chars().next()?;
        find(c)
    }

    /// Whether an entry of the user's covers the place.
    pub(super) fn is_users(&self, text: &str, at: usize) -> bool {
        if self.keys.is_empty() {
            return false;
        }
        let place = text[at..].chars().next();
        let keys = place.and_then(|c| self.keys.get(&c));
        let covers = |(within, key): &(usize, String)| {
            let start = at.checked_sub(*within);
            start.is_some_and(|start| text.as_bytes()[start..].starts_with(key.as_bytes()))
        };
        keys.is_some_and(|keys| keys.iter().any(covers))
    }

    /// What the character at byte `at` is, and how sure that is, if there is doubt.
    fn decide(
        &self,
        text: &str,
        at: usize,
        number: usize,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> (char, Option<u8>) {
        let place = &PLACES[number];
        let (taken, sure) = self.decide_by_words(text, at, number, document, simplified);
        if place.form == '沈'
            && taken == place.changed
            && let Some(sure) = self.is_shen(text, at, document, || simplified(at))
        {
            return (place.kept, sure);
        }
        (taken, sure)
    }

    /// The same by the words, names and rules that hold for all places.
    fn decide_by_words(
        &self,
        text: &str,
        at: usize,
        number: usize,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> (char, Option<u8>) {
        let place = &PLACES[number];
        let (before, behind) = neighbours(text, at);
        if place.form == '著' {
            return self.decide_zhe(text, at, number, document, simplified);
        }
        // The conversion has 麼, and words with it; once it is 么, it is read as in the simplified sentence that it is in then.
        let simplified = &|at: usize| place.form == '麼' || simplified(at);
        if place.changed == '幺' {
            let before = before.filter(|c| is_han(*c));
            let is_other = |c: char| alone::is_other(c, behind, || simplified(at));
            if before.is_some_and(is_other) || alone::is_tiny(before, behind) {
                return (place.form, None);
            }
        }
        if self.is_family(text, at, place, document) {
            return (place.kept, None);
        }
        let (front, rest) = (&text[..at], &text[at + place.form.len_utf8()..]);
        if place.form == '馀' {
            return match self.is_remainder(front, rest) {
                true => (place.changed, None),
                false => (place.kept, None),
            };
        }
        if place.form == '乾' && self.is_firm(front, rest) {
            return (place.kept, None);
        }
        if place.form == '昇' && firms::is_rising_named(front, rest) && simplified(at) {
            return (place.kept, None);
        }
        if place.form == '於'
            && yu::may_begin(before, behind)
            && (self.is_labelled_yu(front, rest) || simplified(at) && self.is_yu(front, rest))
        {
            return (place.kept, None);
        }
        let may_be_trigram = || place.form == '乾' && trigrams::may_be_one(front, rest);
        let discount = match alone::discount(text, at, place.form) {
            0 if may_be_trigram() && document.has_trigrams() => trigrams::DISCOUNT,
            discount => discount,
        };
        if discount == 0
            && let Some(c) = self.decide_soon(text, at, number, before, behind, simplified)
        {
            return (c, None);
        }
        let simplified = simplified(at);
        let window = Window::new(self, text, at);
        let view = View {
            simplified,
            told: document.told(self),
        };
        let (kept, changed) = Lattice::new(self, &window, view).costs(place);
        by_costs(place, kept - discount, changed)
    }

    /// Whether the place is a surname that the document tells, in what a family or one of it is called by: 於家, 老於.
    fn is_family(&self, text: &str, at: usize, place: &Place, document: &Document) -> bool {
        let (before, behind) = (&text[..at], &text[at + place.form.len_utf8()..]);
        place.kept_cost > place.changed_cost
            && persons::may_be_family(before, behind)
            && self.is_surname(place.kept)
            && document.told(self).surnames.contains(&place.kept)
    }

    /// Whether the place stays as it is in whatever sentence, by these names: not 於記者會上.
    pub(super) fn keeps(&self, text: &str, at: usize, number: usize, told: &Told) -> bool {
        let place = &PLACES[number];
        let (before, behind) = neighbours(text, at);
        let discount = alone::discount(text, at, place.form);
        let soon = self.decide_soon(text, at, number, before, behind, &|_| false);
        if discount == 0
            && let Some(c) = soon
        {
            return c == place.kept;
        }
        let window = Window::new(self, text, at);
        let view = View {
            simplified: false,
            told,
        };
        let (kept, changed) = Lattice::new(self, &window, view).costs(place);
        kept - discount <= changed
    }

    /// What decides alone: where no word speaks for one reading, and no name can stand.
    fn decide_soon(
        &self,
        text: &str,
        at: usize,
        number: usize,
        before: Option<char>,
        behind: Option<char>,
        simplified: &impl Fn(usize) -> bool,
    ) -> Option<char> {
        let (place, readings) = (&PLACES[number], &READINGS[number]);
        let [before, behind] = [before, behind].map(|c| c.map(|c| self.fold(c)));
        let apart = place.kept_cost - place.changed_cost;
        if apart < 0 && !self.speaks(&readings.changed, text, at, before, behind) {
            return Some(place.kept);
        }
        if self.speaks(&readings.kept, text, at, before, behind) {
            return None;
        }
        // 沈著: a neighbour that could be two things is looked for as both.
        let is_among = |list: &[char], c: Option<char>| {
            let has = |c: char| list.binary_search(&c).is_ok();
            let is_either = |place: &Place| has(place.kept) || has(place.changed);
            c.is_some_and(|c| has(c) || find(c).is_some_and(|(_, place)| is_either(place)))
        };
        // 杀死沈田子: in a simplified sentence what mostly is a surname may follow whatever ends a word with the other reading;
        // but 脸色一沈道.
        let is_given = |c: char| is_han(c) && !persons::BEHIND.contains(c);
        let may_begin_name = || {
            apart < 0
                && self.is_surname(place.kept)
                && behind.is_some_and(is_given)
                && simplified(at)
        };
        // 判断么: beside what nearly always is kept the neighbour may belong to another word.
        let tells = apart > -HARDLY_EVER || self.is_surname(place.kept);
        let is_strong = tells
            && (is_among(readings.strong_behind, behind)
                || is_among(readings.strong_before, before) && !may_begin_name());
        // Of what given names seldom hold the neighbour tells (羅聲明瞭), and of 沈, as a verb with it follows a title as well
        // as a name with it does (老師沈默了).
        if is_strong && (self.is_surname(place.kept) || !self.is_given(place.kept)) {
            return Some(place.changed);
        }
        let is_mostly_changed = is_strong || apart > 2 * UNIT;
        let is_soon = is_mostly_changed && !self.may_be_name(number, text, at, before, behind);
        is_soon.then_some(place.changed)
    }

    /// Whether a name may stand at a place, by the characters beside it.
    pub(super) fn may_be_name(
        &self,
        number: usize,
        text: &str,
        at: usize,
        before: Option<char>,
        behind: Option<char>,
    ) -> bool {
        let place = &PLACES[number];
        let second = || text[..at].chars().rev().nth(1);
        if !self.is_surname(place.kept) {
            return [before, second()]
                .into_iter()
                .flatten()
                .any(|c| self.is_surname(c) || persons::may_end_naming(c));
        }
        // A surname: told by what the person is called, or by a title.
        let start = at + place.form.len_utf8();
        behind.is_some_and(is_han)
            && (persons::may_follow_calling(before) || persons::may_hold_title(&text[start..]))
    }

    /// 著 by what stands around it, unless the words outweigh that.
    fn decide_zhe(
        &self,
        text: &str,
        at: usize,
        number: usize,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> (char, Option<u8>) {
        let place = &PLACES[number];
        let (before, behind) = neighbours(text, at);
        let [before, behind] = [before, behind].map(|c| c.map(|c| self.fold(c)));
        let (front, rest) = (&text[..at], &text[at + place.form.len_utf8()..]);
        if let Some(stays) = settled::by_rule(front, rest) {
            return (if stays { place.kept } else { place.changed }, None);
        }
        if self.ends_credit(front, rest, || simplified(at))
            || self.tells_work(front, rest, || simplified(at))
            || written::has_written(front, rest)
            || simplified(at) && kept::is_kept(front, rest)
        {
            return (place.kept, None);
        }
        let is_verb = before.is_some_and(zhe::is_verb);
        let writing = zhe::is_writing(front, rest)
            || zhe::may_be_signed(front, rest) && !self.ends_in_word(front) && !self.is_act(front)
            || (!is_verb && behind == Some('的')
                || written::tells_books(rest)
                    && (!is_verb || self.ends_in_given(front, credits::OFTEN)))
                && self.follows_name(front)
            || !is_verb && !zhe::is_attached(rest) && self.tells_author(front, rest)
            || !is_verb && self.is_given_name(front, rest);
        let readings = &READINGS[number];
        let against = if writing {
            &readings.changed
        } else {
            &readings.kept
        };
        if !self.speaks(against, text, at, before, behind) {
            return (if writing { place.kept } else { place.changed }, None);
        }
        let window = Window::new(self, text, at);
        let view = View {
            simplified: false,
            told: document.told(self),
        };
        let (kept, changed) = Lattice::new(self, &window, view).costs(place);
        // 著闻 behind what is no verb.
        let begins = || !is_verb && self.speaks(&readings.kept, text, at, None, behind);
        // 名則著 behind what is no verb.
        let ends = || {
            let is_last = !behind.is_some_and(is_han);
            is_last
                && !is_verb
                && !self.ends_in_word(front)
                && self.speaks(&readings.kept, text, at, before, None)
        };
        let rule = match writing {
            true => WRITING,
            false if ends() => 0,
            false if begins() => -WRITING,
            false => -ASPECT,
        };
        by_costs(place, kept - rule, changed)
    }
}

/// The cheaper reading, and how sure it is, if there is doubt.
fn by_costs(place: &Place, kept: i32, changed: i32) -> (char, Option<u8>) {
    let c = if kept <= changed {
        place.kept
    } else {
        place.changed
    };
    let apart = (kept - changed).abs();
    (c, (apart <= DOUBT).then(|| percent(apart)))
}

/// How sure a reading is that costs so much less than the other, in percent: 50 to 99.
pub(super) fn percent(apart: i32) -> u8 {
    let sure = 1.0 / (1.0 + (-f64::from(apart) / f64::from(UNIT)).exp());
    ((sure * 100.0) as u8).min(99)
}
