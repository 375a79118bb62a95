//! Question marks within a run: bytes that went with what followed them.

use super::weights::*;
use super::{Placed, Search, State, Step, cut_mark, original};
use jianti_model::UNIT;

impl Search<'_> {
    /// A question mark in a run: the byte that would have ended this character went with what followed it.
    pub(super) fn swallowed(&mut self, place: usize, state: State, lead: u8, likely: bool) {
        let all = (0x40..=0xFE).filter_map(|trail| original(lead, trail));
        let likeliest = |search: &Self| {
            let mut all: Vec<char> = (0x40..=0xFE)
                .filter_map(|trail| original(lead, trail))
                .collect();
            all.sort_by_cached_key(|c| (search.cost(state.last, *c), *c));
            all.truncate(GUESSES);
            all
        };
        if let Some((syllable, length, reading)) = self.reading(place + 1) {
            for c in all.filter(|c| syllable.reads(*c)) {
                let step = Step {
                    before: Some(state.step),
                    character: Some(c),
                    shown: None,
                    event: Some(Placed::Gloss(0, reading.clone())),
                };
                self.follow(place + 1 + length, state, c, None, step);
            }
            return;
        }
        let next = self.at(place + 1);
        if let Some(mark) = next.and_then(cut_mark) {
            let shown = next.expect("there is one");
            for c in likeliest(self) {
                let step = self.step(Step {
                    before: Some(state.step),
                    character: Some(c),
                    shown: None,
                    event: None,
                });
                let cost = state.cost + self.cost(state.last, c);
                let from = State {
                    cost,
                    last: c,
                    step,
                    ..state
                };
                let end = Step {
                    before: Some(step),
                    character: Some(mark),
                    shown: Some(shown),
                    event: Some(Placed::Cut(2)),
                };
                self.follow(place + 2, from, mark, None, end);
            }
            return;
        }
        // What went with it was an ASCII character, of which the page shows nothing; the bracket of a tag, it may be. At a
        // line's end there may have been none.
        let ends = matches!(next, None | Some('\r' | '\n'));
        let tag = !ends && self.is_tag(place + 1);
        let guesses = match (ends || tag, likely) {
            (true, _) => GUESSES,
            (false, true) => FEW_GUESSES,
            (false, false) => 0,
        };
        for (rank, c) in likeliest(self).into_iter().take(guesses).enumerate() {
            let step = self.step(Step {
                before: Some(state.step),
                character: Some(c),
                shown: None,
                event: None,
            });
            let from = State {
                cost: state.cost + self.cost(state.last, c),
                last: c,
                lead: None,
                step,
                ..state
            };
            if ends {
                let cost = from.cost + self.model.cost(c, '\n');
                self.push(place + 1, State { cost, ..from });
            }
            if tag {
                self.swallowed_ascii(place, from, '<');
            } else if likely && rank < FEW_GUESSES {
                SWALLOWED
                    .filter(|lost| *lost != '<')
                    .for_each(|lost| self.swallowed_ascii(place, from, lost));
            }
        }
    }

    /// Goes on by the ASCII character that went with the byte in front of it.
    fn swallowed_ascii(&mut self, place: usize, from: State, lost: char) {
        let step = Step {
            before: Some(from.step),
            character: Some(lost),
            shown: None,
            event: None,
        };
        let step = self.step(step);
        let state = match lost {
            '<' if !self.ends_text(place + 1) => State {
                cost: from.cost.saturating_sub(TAG * UNIT),
                ..from
            },
            '<' => State {
                cost: (from.cost + self.model.cost(from.last, '\n')).saturating_sub(TAG * UNIT),
                ..from
            },
            _ => State {
                cost: from.cost + self.model.cost(from.last, lost),
                dropped: from.dropped + 1,
                ..from
            },
        };
        self.push(
            place + 1,
            State {
                last: lost,
                step,
                ..state
            },
        );
    }

    /// Whether a tag stands here that lacks its `<`.
    pub(super) fn is_tag(&self, place: usize) -> bool {
        let rest: String = self.line[place..].iter().take(200).collect();
        let rest = rest.strip_prefix('/').unwrap_or(&rest);
        let name = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let known = TAGS.contains(&&*rest[..name].to_ascii_lowercase());
        known && rest[name..].starts_with(['>', ' ', '/']) || rest.starts_with("!--")
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

/// HTML elements whose tags stand next to text.
const TAGS: [&str; 34] = [
    "a", "b", "br", "p", "i", "u", "em", "strong", "span", "div", "font", "td", "th", "tr", "li",
    "ul", "ol", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "img", "table", "section",
    "center", "small", "sub", "sup", "o", "title",
];

/// Those of them that open within a sentence.
const INLINE: [&str; 9] = ["a", "b", "i", "u", "em", "strong", "span", "font", "small"];

/// The ASCII characters that end no pair of bytes, and went with the byte in front of them.
const SWALLOWED: std::ops::RangeInclusive<char> = ' '..='?';
