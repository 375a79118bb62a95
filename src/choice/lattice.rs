//! What a clause costs in either reading of a place: the cheapest way to take it apart into words and names.

use std::ops::Range;

use super::lexicon::Choice;
use super::persons::{self, BEFORE, BEHIND};
use super::window::{REACH, Told, Window};
use jianti_model::places::{Place, UNIT};
use jianti_model::words::Hash;
use jianti_text::script::is_variant;

/// In how many readings a word is looked for.
const MOST_READINGS: usize = 8;
/// The longest word that is looked for, characters; longer ones hold shorter ones.
const LONGEST_LOOKED_FOR: usize = 6;
/// The longest name, characters: two of a surname, and two given ones.
const LONGEST_NAME: usize = 4;
/// What a character costs alone that no word of the model is.
const UNKNOWN: i32 = 17 * UNIT;
/// What it costs that a name of a person stands at some place.
const NAME: i32 = 9 * UNIT / 2;
/// What a character costs in a given name that was not counted in one.
const UNCOUNTED: i32 = 13 * UNIT;
/// How much more a word costs that stands doubled.
const DOUBLED: i32 = 2 * UNIT;
/// What a rarer form costs outside a name.
const VARIANT: i32 = 20 * UNIT;
/// The same of a character that the standard keeps for names: at most this.
const RESERVED: i32 = 17 * UNIT / 2;
/// What it costs that it stands, outside words, for a character that is everywhere, as those are that cost so much alone.
const SELDOM: i32 = 11 * UNIT;
const EVERYWHERE: i32 = 5 * UNIT;
/// What surnames cost alone, at least, that hardly are anything else.
const LITTLE_ELSE: i32 = 9 * UNIT;
/// What a surname costs before a title (於先生), where a name may begin, and elsewhere.
const ENTITLED: i32 = 2 * UNIT;
const ENTITLED_WITHIN: i32 = 5 * UNIT;
/// How much less a name costs that the document tells elsewhere.
const TOLD: i32 = 6 * UNIT;
/// How much more one with a rarer surname costs that nothing beside it tells.
const UNTOLD: i32 = 5 * UNIT / 2;
/// What a surname costs at most that many have: 王乾打了一場球.
const COMMON: i32 = 5 * UNIT;
/// What surnames cost, at least, that hardly anybody has: a clause's beginning alone tells none (脩兵甲).
const HARDLY_ANYBODY: i32 = 10 * UNIT;

/// What ends a place that 於 begins: 於書中.
const PLACE_ENDS: &str = "中里上下内外前后间时";

/// What a reading depends on besides the clause.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Whether the sentence is simplified.
    pub simplified: bool,
    /// Names that the document tells.
    pub told: &'a Told,
}

/// One way to read a character: as which one, and what that costs where it stands alone.
#[derive(Clone, Copy)]
struct Reading {
    c: char,
    alone: Option<i32>,
}

/// A clause with the readings that each of its characters may have.
pub struct Lattice<'a> {
    choice: &'a Choice,
    pub(super) window: &'a Window,
    view: View<'a>,
    cells: Vec<[Option<Reading>; 2]>,
}

impl<'a> Lattice<'a> {
    /// A clause in which all characters that could be two things may be either.
    ///
    /// Only the window's place costs less kept in a simplified sentence. So what a traditional sentence keeps stays once
    /// the sentence is simplified, whatever else could be two things in it.
    pub fn new(choice: &'a Choice, window: &'a Window, view: View<'a>) -> Lattice<'a> {
        let plain = View {
            simplified: false,
            ..view
        };
        let readings = |c: &char| match choice.place(*c) {
            Some((_, place)) => [kept(place, plain), changed(place)].map(Some),
            None => [
                Some(Reading {
                    c: choice.fold(*c),
                    alone: None,
                }),
                None,
            ],
        };
        Lattice {
            choice,
            window,
            view,
            cells: window.chars.iter().map(readings).collect(),
        }
    }

    /// Has the window's place be what it was taken for.
    pub(super) fn take(&mut self, place: &Place, taken: char) {
        let reading = match taken == place.kept {
            true => kept(place, self.view),
            false => changed(place),
        };
        self.cells[self.window.at] = [Some(reading), None];
    }

    /// What the clause costs with the window's place kept, and with it changed.
    pub fn costs(&mut self, place: &Place) -> (i32, i32) {
        self.costs_of([kept(place, self.view), changed(place)])
    }

    /// What the clause costs with the window's place, a rarer form, in a name, and with it as any other character.
    pub fn variant_costs(&mut self) -> (i32, i32) {
        let at = self.window.at;
        let c = self.window.chars[at];
        let kept = Reading {
            c,
            alone: Some(VARIANT),
        };
        let common = Reading {
            c: self.choice.fold(c),
            alone: self.is_hardly_common(at).then_some(SELDOM),
        };
        self.costs_of([kept, common])
    }

    /// Whether the window's place, a rarer form, would be a word as the common one with what stands beside it.
    pub fn makes_common_word(&self) -> bool {
        let at = self.window.at;
        let mut found = false;
        for start in (at + 1).saturating_sub(LONGEST_LOOKED_FOR)..=at {
            let ends = (at + 1).max(start + 2)..self.cells.len() + 1;
            self.words(start, ends, &mut |_, _| found = true);
        }
        found
    }

    /// Whether the character is a rarer form of one that is everywhere (昰 of 是), which hardly ever stands for it, behind a
    /// surname that is little else: 趙昰, but 那昰.
    fn is_hardly_common(&self, at: usize) -> bool {
        let chars = &self.window.chars;
        let alone = |c: char| {
            let cost = self.choice.words.cost(Hash::EMPTY.and(self.choice.fold(c)));
            cost.map_or(UNKNOWN, |cost| cost as i32)
        };
        alone(chars[at]) <= EVERYWHERE && at > 0 && alone(chars[at - 1]) >= LITTLE_ELSE
    }

    /// The cheapest way through the clause in each of these readings of the window's place.
    fn costs_of(&mut self, readings: [Reading; 2]) -> (i32, i32) {
        let (at, length) = (self.window.at, self.cells.len());
        // From the beginning to each character up to the place, and from each behind it to the end: the same in both.
        let mut front = [i32::MAX; 2 * REACH + 2];
        let mut rest = front;
        front[0] = 0;
        for start in 0..at {
            let so_far = front[start];
            self.parts(start, start + 1..at + 1, &mut |end, cost| {
                front[end] = front[end].min(so_far + cost);
            });
        }
        rest[length] = 0;
        for start in (at + 1..length).rev() {
            let mut least = i32::MAX;
            self.parts(start, start + 1..length + 1, &mut |end, cost| {
                least = least.min(cost + rest[end]);
            });
            rest[start] = least;
        }
        let [first, second] = readings.map(|reading| {
            self.cells[at] = [Some(reading), None];
            let mut least = i32::MAX;
            let first = (at + 1).saturating_sub(LONGEST_LOOKED_FOR);
            for (start, so_far) in front.iter().enumerate().take(at + 1).skip(first) {
                self.parts(start, at + 1..length + 1, &mut |end, cost| {
                    least = least.min(so_far + cost + rest[end]);
                });
            }
            least
        });
        (first, second)
    }

    /// The words and names that begin at a character and end before one of `ends`.
    fn parts(&self, start: usize, ends: Range<usize>, reach: &mut impl FnMut(usize, i32)) {
        self.words(start, ends.clone(), reach);
        if start + LONGEST_NAME >= ends.start {
            self.names(start, &mut |end, cost| {
                if ends.contains(&end) {
                    reach(end, cost);
                }
            });
        }
    }

    /// The words that begin at a character, in all its readings, and end before one of `ends`.
    pub(super) fn words(
        &self,
        start: usize,
        ends: Range<usize>,
        reach: &mut impl FnMut(usize, i32),
    ) {
        if ends.contains(&(start + 4))
            && let Some(cost) = self.doubled(start)
        {
            reach(start + 4, cost);
        }
        let mut hashes = [Hash::EMPTY; MOST_READINGS];
        let mut count = 1;
        for (at, cell) in self.cells[..ends.end - 1]
            .iter()
            .enumerate()
            .skip(start)
            .take(LONGEST_LOOKED_FOR)
        {
            match cell {
                [Some(only), None] => hashes[..count]
                    .iter_mut()
                    .for_each(|hash| *hash = hash.and(only.c)),
                _ if count * 2 > MOST_READINGS => return,
                _ => {
                    let [first, second] = cell.map(|reading| reading.expect("two readings").c);
                    for index in 0..count {
                        hashes[count + index] = hashes[index].and(second);
                        hashes[index] = hashes[index].and(first);
                    }
                    count *= 2;
                }
            }
            if at + 1 < ends.start {
                continue;
            }
            if at == start {
                for (reading, hash) in cell.iter().flatten().zip(hashes) {
                    let word = || {
                        self.choice
                            .words
                            .cost(hash)
                            .map_or(UNKNOWN, |cost| cost as i32)
                    };
                    reach(at + 1, reading.alone.unwrap_or_else(word));
                }
            } else {
                let costs = hashes[..count]
                    .iter()
                    .filter_map(|hash| self.choice.words.cost(*hash));
                if let Some(cost) = costs.min() {
                    reach(at + 1, cost as i32);
                }
            }
        }
    }

    /// What a word of two characters costs that stands doubled at a character: 干干爽爽.
    fn doubled(&self, start: usize) -> Option<i32> {
        let [a, b, c, d] = *self.window.chars.get(start..start + 4)? else {
            return None;
        };
        if a != b || c != d {
            return None;
        }
        let both = |at: usize| {
            let [first, second] = [&self.cells[at], &self.cells[at + 1]];
            let readings = first.iter().flatten().map(|reading| reading.c);
            readings.filter(|c| second.iter().flatten().any(|reading| reading.c == *c))
        };
        let words = both(start).flat_map(|a| both(start + 2).map(move |c| [a, c]));
        let costs = words.filter_map(|[a, c]| self.choice.words.cost(Hash::EMPTY.and(a).and(c)));
        costs.min().map(|cost| cost as i32 + DOUBLED)
    }

    /// The names of persons that begin at a character: a surname of one or two characters, and one or two behind it, or a
    /// title; or a given name that is told as one (原名乾生).
    pub(super) fn names(&self, start: usize, reach: &mut impl FnMut(usize, i32)) {
        if persons::end_in_naming(&self.window.chars[..start], self.window.begins) {
            let mut cost = 0;
            for end in start + 1..=(start + 2).min(self.cells.len()) {
                cost += self.given(end - 1);
                let ends = self.ends_name(end);
                if ends > 0 {
                    reach(end, cost - ends);
                }
            }
        }
        for length in 1..=2 {
            let given = start + length;
            let Some(surname) = self.surname(start, given) else {
                continue;
            };
            let begins = self.begins_name(start);
            if self.title_at(given) {
                reach(
                    given,
                    if begins > 0 {
                        ENTITLED
                    } else {
                        ENTITLED_WITHIN
                    },
                );
            }
            let begins = match start == 0 && surname as i32 >= HARDLY_ANYBODY {
                true => 0,
                false => begins,
            };
            let mut cost = NAME + surname as i32 - begins - self.sooner(start);
            for end in given + 1..=(given + 2).min(self.cells.len()) {
                cost += self.given(end - 1);
                let ends = self.ends_name(end);
                let beside = match self.is_told(start, end) {
                    true => TOLD,
                    // A clause's end follows whatever it tells of (唇乾, 田乾).
                    false if begins == 0 && (ends == 0 || end == self.cells.len()) => {
                        if surname as i32 > COMMON { -UNTOLD } else { 0 }
                    }
                    false => 0,
                };
                reach(end, cost - ends - beside);
            }
        }
    }

    fn surname(&self, start: usize, end: usize) -> Option<u32> {
        match end - start {
            1 => self.choice.names.surname(&[self.in_name(start)?]),
            _ => self
                .choice
                .names
                .surname(&[self.in_name(start)?, self.in_name(start + 1)?]),
        }
    }

    /// How much less a surname costs that could be two things: what simplified text has is the surname.
    fn sooner(&self, at: usize) -> i32 {
        match self.choice.place(self.window.chars[at]) {
            Some((_, place)) if self.view.simplified && at == self.window.at => {
                2 * place.simplified
            }
            _ => 0,
        }
    }

    /// What a character is in a name: what could be two things is itself there.
    fn in_name(&self, at: usize) -> Option<char> {
        let cell = self.cells.get(at)?;
        match self.choice.place(self.window.chars[at]) {
            Some((_, place)) => cell
                .iter()
                .flatten()
                .map(|reading| reading.c)
                .find(|c| *c == place.kept),
            // A rarer form in a name is itself too.
            None if at == self.window.at && is_variant(self.window.chars[at]) => cell[0]
                .map(|reading| reading.c)
                .filter(|c| *c == self.window.chars[at]),
            None => cell[0].map(|reading| reading.c),
        }
    }

    /// What a character costs in a given name.
    fn given(&self, at: usize) -> i32 {
        let Some(c) = self.in_name(at) else {
            return UNKNOWN;
        };
        let counted = self.choice.names.given(c).map(|cost| cost as i32);
        // A clause of nothing but a surname and it is a name whatever the standard says: 張藉.
        let is_clause = self.window.begins && self.window.ends && self.cells.len() <= 3;
        match self.choice.is_reserved(c, is_clause) || is_variant(c) {
            true => counted.unwrap_or(RESERVED).min(RESERVED),
            // Names take nearly any word, but seldom; what is no word is no likelier in them than elsewhere (嗌乾).
            false => counted.unwrap_or_else(|| {
                let word = self.choice.words.cost(Hash::EMPTY.and(c));
                word.map_or(UNKNOWN, |cost| {
                    (cost as i32 + 4 * UNIT).clamp(8 * UNIT, UNCOUNTED)
                })
            }),
        }
    }

    /// How much speaks for a name's beginning at a character.
    fn begins_name(&self, start: usize) -> i32 {
        let chars = &self.window.chars[..start];
        match chars.last() {
            None if self.window.begins => 3 * UNIT / 2,
            None => 0,
            // 翻譯於, 講學教授於: what somebody does, and where.
            Some(_) if self.window.chars[start] == '於' && persons::end_in_act(chars) => 0,
            Some(_) if persons::end_in_calling(chars) => 4 * UNIT,
            Some(c) if BEFORE.contains(*c) => UNIT,
            Some(_) => 0,
        }
    }

    /// How much speaks for a name's end before a character.
    fn ends_name(&self, end: usize) -> i32 {
        match self.window.chars.get(end) {
            None if self.window.ends => UNIT,
            None => 0,
            // 某 is a surname's title, and no whole name's: 於某, but 傾向於以某種方式.
            Some(c) if *c != '某' && self.title_at(end) => 4 * UNIT,
            Some(c) if BEHIND.contains(*c) => UNIT,
            Some(_) => 0,
        }
    }

    fn title_at(&self, at: usize) -> bool {
        let behind = self.window.chars.get(at..).unwrap_or_default();
        persons::begin_with_title(behind)
    }

    fn is_told(&self, start: usize, end: usize) -> bool {
        let name = &self.window.chars[start..end];
        self.view.told.names.iter().any(|told| told == name)
    }

    /// The surname that the place is, if the clause tells one by a title or by 姓: 於女士, 我姓於.
    pub fn told_surname(&self) -> Option<char> {
        let at = self.window.at;
        let surname = self
            .in_name(at)
            .filter(|_| self.surname(at, at + 1).is_some())?;
        let is_named = self.window.chars[..at].ends_with(&['姓']) && self.ends_name(at + 1) > 0;
        (is_named || self.begins_name(at) > 0 && self.title_at(at + 1)).then_some(surname)
    }

    /// The name that holds the place beside a title or the like, if the clause tells one so.
    pub fn told_name(&self) -> Option<Vec<char>> {
        let at = self.window.at;
        for start in at.saturating_sub(2)..=at {
            let begins = self.begins_name(start);
            for length in 2..=3 {
                let end = start + length;
                if end <= at || end > self.cells.len() || self.surname(start, start + 1).is_none() {
                    continue;
                }
                // 作者於書中寫道: a place, and no name.
                let is_place = start == at && PLACE_ENDS.contains(self.window.chars[end - 1]);
                let strong = begins >= 4 * UNIT && !is_place && self.ends_name(end) > 0
                    || begins > 0 && self.title_at(end);
                let given = (start + 1..end).all(|at| self.given(at) < UNCOUNTED);
                if strong && given {
                    return Some(self.window.chars[start..end].to_vec());
                }
            }
        }
        None
    }
}

fn kept(place: &Place, view: View) -> Reading {
    let sooner = if view.simplified { place.simplified } else { 0 };
    Reading {
        c: place.kept,
        alone: Some(place.kept_cost - sooner),
    }
}

fn changed(place: &Place) -> Reading {
    Reading {
        c: place.changed,
        alone: Some(place.changed_cost),
    }
}
