//! Question marks within a run: bytes that went with what followed them.

use super::shown::original;
use super::weights::*;
use super::{Cuts, Gloss, Search, State, Step, pairing};
use jianti_model::UNIT;

impl Search<'_> {
    /// A question mark in a run: the byte that would have ended this character went with what followed it.
    pub(super) fn swallowed(&mut self, place: usize, state: State, lead: u8, likely: bool) {
        if let Some((syllable, length, reading)) = self.reading(place + 1) {
            let all = HIDDEN.filter_map(|trail| original(lead, trail));
            for c in all.filter(|c| syllable.reads(*c)) {
                let state = self.next(state, c, Cuts::default(), None);
                let reading = reading.clone();
                self.steps[state.step as usize].gloss = Some(Gloss { behind: 0, reading });
                self.push(
                    place + 1 + length,
                    State {
                        lead: None,
                        ..state
                    },
                );
            }
            return;
        }
        let cuts = self.cuts_at(place + 1);
        if !cuts.is_empty() {
            for c in self.likely_with(state, lead, GUESSES) {
                let state = self.next(state, c, Cuts::default(), None);
                for (bytes, mark) in &cuts {
                    self.follow_bytes(bytes, *mark, state);
                }
                // The mark stood there, and what closes something in front of it is gone.
                let from = State {
                    lead: None,
                    ..state
                };
                CLOSING
                    .iter()
                    .for_each(|lost| self.swallowed_ascii(place, from, *lost, false));
            }
            return;
        }
        // What went with it was an ASCII character, of which the page shows nothing; the bracket of a tag, it may be. At a
        // line's end there may have been none.
        let ends = matches!(self.at(place + 1), None | Some('\r' | '\n'));
        let lacking = self.lacks(place + 1).filter(|_| !ends);
        let guesses = match (ends || lacking.is_some(), likely) {
            (true, _) => GUESSES,
            (false, true) => FEW_GUESSES,
            (false, false) => 0,
        };
        for (rank, c) in self
            .likely_with(state, lead, guesses)
            .into_iter()
            .enumerate()
        {
            let from = State {
                lead: None,
                ..self.next(state, c, Cuts::default(), None)
            };
            if ends {
                let told = if pairing::closes(c) && self.is_odd(self.start) {
                    TAG
                } else {
                    0
                };
                let cost = from.cost + self.model.cost(c, '\n');
                let cost = cost.saturating_sub(told * UNIT);
                self.push(place + 1, State { cost, ..from });
            }
            if let Some(lost) = lacking {
                self.swallowed_ascii(place, from, lost, true);
            } else if likely && !ends && rank < FEW_GUESSES {
                SWALLOWED
                    .chain(['\n'])
                    .filter(|lost| *lost != '<')
                    .for_each(|lost| self.swallowed_ascii(place, from, lost, false));
            }
        }
    }

    /// The likeliest characters that begin with this byte.
    fn likely_with(&mut self, state: State, lead: u8, most: usize) -> Vec<char> {
        if most == 0 {
            return Vec::new();
        }
        let mut row = std::mem::take(&mut self.row);
        let counted = self.model.costs_after(state.last, &mut row);
        let mut all: Vec<(u32, char)> = HIDDEN
            .filter_map(|trail| self.guess(lead, trail))
            .map(|c| (self.cost_of(state.last, c, counted(c)), c))
            .collect();
        drop(counted);
        self.row = row;
        self.work += all.len() as u64;
        if all.len() > most {
            all.select_nth_unstable(most);
            all.truncate(most);
        }
        all.sort_unstable();
        all.into_iter().map(|(_, c)| c).collect()
    }

    /// Goes on by the ASCII character that went with the byte in front of it; `shows` says that the page lacks it.
    fn swallowed_ascii(&mut self, place: usize, from: State, lost: char, shows: bool) {
        let cost = if shows {
            let ends = lost != '<' || self.ends_text(place + 1);
            let end = if ends {
                self.model.cost(from.last, '\n')
            } else {
                0
            };
            (from.cost + end).saturating_sub(TAG * UNIT)
        } else {
            let end = if lost == '\n' { LINE_END } else { 0 };
            let here = self.page.facts().behind(lost);
            from.cost + self.model.cost(from.last, lost) + here + end * UNIT
        };
        self.work += 1;
        // Most of them are so unlikely that they would not be ranked. All end at one place, so that this tells it.
        let behind = self
            .at(place + 1)
            .map_or(0, |next| self.model.cost(lost, next));
        let (at, least) = &mut self.least_swallowed;
        if *at != place || cost + behind < *least {
            (*at, *least) = (place, cost + behind);
        } else if cost + behind > *least + RANKED_BEHIND * UNIT {
            return;
        }
        let step = self.step(Step {
            before: Some(from.step),
            character: Some(lost),
            ..Step::default()
        });
        let state = State {
            cost,
            last: lost,
            before_last: from.last,
            step,
            dropped: from.dropped + u8::from(!shows),
            ..from
        };
        self.push(place + 1, state);
    }

    /// The ASCII character that the page lacks here, if what follows shows one: the bracket of a tag, the `&` of a
    /// character reference, the quotation mark at an attribute's end.
    pub(super) fn lacks(&self, place: usize) -> Option<char> {
        let rest = &self.line[place.min(self.line.len())..];
        if !matches!(rest.first()?, '/' | '!' | '>' | ' ' | 'a'..='z' | 'A'..='Z') {
            return None;
        }
        let rest: String = rest.iter().take(24).collect();
        if rest.starts_with('>') || rest.starts_with(" />") {
            return Some('"');
        }
        let name_of = |text: &str| {
            let length = text.find(|c: char| !c.is_ascii_alphanumeric());
            text[..length.unwrap_or(text.len())].to_ascii_lowercase()
        };
        let tag = rest.strip_prefix('/').unwrap_or(&rest);
        let name = name_of(tag);
        let behind = &tag[name.len()..];
        let ends = behind.starts_with(['>', '/']) || opens_attributes(behind);
        if TAGS.contains(&&*name) && ends || rest.starts_with("!--") {
            return Some('<');
        }
        (REFERENCES.contains(&&*name) && behind.starts_with(';')).then_some('&')
    }

    /// Whether the text ends here: with the line, or at what shows that the page lacks an ASCII character.
    pub(super) fn text_ends(&self, place: usize) -> bool {
        let line_ends = matches!(self.at(place), None | Some('\r' | '\n'));
        let lacks = || self.lacks(place);
        line_ends || lacks().is_some_and(|lost| lost != '<' || self.ends_text(place))
    }

    /// Whether the tag here, which lacks its `<`, ends a text: not one that opens a stretch of it.
    fn ends_text(&self, place: usize) -> bool {
        let name: String = self.line[place..]
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        !INLINE.contains(&&*name.to_ascii_lowercase())
    }
}

/// Whether attributes may stand behind a tag's name, or its end: what follows the name in text, as in 選項 A 的, does not.
fn opens_attributes(behind: &str) -> bool {
    let first = behind
        .strip_prefix(' ')
        .and_then(|rest| rest.chars().next());
    first.is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '/' | '>'))
}

/// The second bytes that a page shows as a question mark: others show as what they are in ASCII.
const HIDDEN: std::ops::RangeInclusive<u8> = 0x81..=0xFE;

/// HTML elements whose tags stand next to text.
const TAGS: [&str; 34] = [
    "a", "b", "br", "p", "i", "u", "em", "strong", "span", "div", "font", "td", "th", "tr", "li",
    "ul", "ol", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "img", "table", "section",
    "center", "small", "sub", "sup", "o", "title",
];

/// Characters that pages write by name.
const REFERENCES: [&str; 12] = [
    "nbsp", "amp", "lt", "gt", "quot", "ldquo", "rdquo", "lsquo", "rsquo", "hellip", "mdash",
    "middot",
];

/// Those of them that open within a sentence.
const INLINE: [&str; 9] = ["a", "b", "i", "u", "em", "strong", "span", "font", "small"];

/// Those of them that close something.
const CLOSING: [char; 2] = [')', '"'];

/// The ASCII characters that end no pair of bytes, and went with the byte in front of them.
const SWALLOWED: std::ops::RangeInclusive<char> = ' '..='?';
