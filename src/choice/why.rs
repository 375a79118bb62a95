//! Why a place was taken for what it was: told afterwards, only where it is asked for, so that the choice itself stays quick.

use super::document::Document;
use super::lattice::{Lattice, View};
use super::lexicon::Choice;
use super::reader::percent;
use super::reason::{Decision, Reason};
use super::window::{REACH, Window};
use jianti_data::choice::CLASSES;
use jianti_model::places::Place;
use jianti_text::scan::Positions;

impl Choice {
    /// What was decided in a text, in order, with what decided: what is in doubt, which is known already, and what changed.
    /// `chosen` is the text as it was settled, in which each place stands at the same byte.
    pub fn explain(
        &self,
        text: &str,
        chosen: &str,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
        doubts: Vec<Decision>,
    ) -> Vec<Decision> {
        let mut found = Positions::new(text, |text, from, masks| CLASSES.look(text, from, masks));
        let mut doubts = doubts.into_iter().peekable();
        let mut told = Vec::new();
        let mut from = 0;
        while let Some(at) = found.next(from) {
            from = at + 1;
            let doubt = doubts.next_if(|doubt| doubt.at == at);
            if let Some(decision) = doubt.or_else(|| self.changed(text, chosen, at)) {
                told.push(self.with_reason(decision, text, chosen, document, simplified));
            }
        }
        told
    }

    /// The place at a byte, if it is one that changed.
    fn changed(&self, text: &str, chosen: &str, at: usize) -> Option<Decision> {
        let (_, place) = self.place_at(text, at)?;
        let taken = chosen.get(at..)?.chars().next()?;
        if taken == place.form || self.is_users(text, at) {
            return None;
        }
        Some(Decision {
            at,
            form: place.form,
            taken,
            other: match taken == place.kept {
                true => place.changed,
                false => place.kept,
            },
            sure: None,
            is_doubtful: false,
            reason: None,
        })
    }

    fn with_reason(
        &self,
        decision: Decision,
        text: &str,
        chosen: &str,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> Decision {
        let Some((_, place)) = self.place_at(text, decision.at) else {
            return decision;
        };
        let window = Window::new(self, chosen, decision.at);
        let view = View {
            simplified: simplified(decision.at),
            told: document.told(self),
        };
        let mut lattice = Lattice::new(self, &window, view);
        let (kept, changed) = lattice.costs(place);
        let is_kept = decision.taken == place.kept;
        let apart = if is_kept {
            changed - kept
        } else {
            kept - changed
        };
        let (word, is_name) = lattice.cover(place, decision.taken);
        let is_word = word.chars().nth(1).is_some();
        let reason = match (is_name, is_word, place.form, is_kept) {
            (true, ..) => Reason::Name,
            (_, true, ..) => Reason::Word,
            (_, _, '著', true) => Reason::Writing,
            (_, _, '著', false) => Reason::Aspect,
            _ => Reason::Usage,
        };
        // The rule about 著 speaks for itself.
        let is_by_words = place.form != '著' || reason == Reason::Word;
        let sure = (apart >= 0 && is_by_words).then(|| percent(apart));
        Decision {
            sure: decision.sure.or(sure),
            reason: Some((
                reason,
                if is_word || is_name {
                    word
                } else {
                    String::new()
                },
            )),
            ..decision
        }
    }
}

impl Lattice<'_> {
    /// The word or name that covers the window's place on the cheapest way with the place as `taken`, and whether it is a
    /// name.
    fn cover(&mut self, place: &Place, taken: char) -> (String, bool) {
        self.take(place, taken);
        let mut way = [(i32::MAX, 0, false); 2 * REACH + 2];
        way[0].0 = 0;
        let length = self.window.chars.len();
        for start in 0..length {
            let so_far = way[start].0;
            let mut reach = |end: usize, cost: i32, is_name| {
                let cost = so_far.saturating_add(cost);
                if cost < way[end].0 {
                    way[end] = (cost, start, is_name);
                }
            };
            self.words(start, start + 1..length + 1, &mut |end, cost| {
                reach(end, cost, false)
            });
            self.names(start, &mut |end, cost| reach(end, cost, true));
        }
        let mut end = length;
        while way[end].1 > self.window.at {
            end = way[end].1;
        }
        let (_, start, is_name) = way[end];
        let mut chars = self.window.chars.clone();
        chars[self.window.at] = taken;
        (chars[start..end].iter().collect(), is_name)
    }
}
