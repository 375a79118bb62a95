//! Characters that the page dropped: those of private use, of which the shifted bytes make many.

use std::ops::RangeInclusive;

use super::weights::*;
use super::{Search, State, Step, full_width, lone_byte, original};
use crate::gbk;
use crate::replay::is_question_mark;
use jianti_model::UNIT;

impl Search<'_> {
    /// Whether the page reads strangely about this place.
    pub(super) fn is_strange(&self, place: usize) -> bool {
        let about = &self.line[self.start.max(place.saturating_sub(AHEAD))..];
        let about = &about[..about.len().min(2 * AHEAD)];
        let costs = about
            .windows(2)
            .map(|pair| self.model.cost(pair[0], pair[1]));
        costs.sum::<u32>() > STRANGE * UNIT * (about.len() as u32 - 1)
    }

    /// Adds originals in which the page dropped a private-use character at this place, or two.
    pub(super) fn drop_characters(&mut self, place: usize, states: &mut Vec<State>) {
        let from: Vec<State> = states.iter().take(TRIED).copied().collect();
        let firsts = self.drop_one(&from, 2 * TRIED);
        self.drop_on(place, &firsts, states);
        let from: Vec<State> = firsts
            .iter()
            .take(FIRSTS)
            .flat_map(|(state, leads)| {
                leads.clone().map(|lead| State {
                    lead: Some(lead),
                    ..*state
                })
            })
            .collect();
        let seconds = self.drop_one(&from, SECONDS);
        self.drop_on(place, &seconds, states);
    }

    /// The likeliest characters that these states may go on with if the page dropped what follows; with the lead bytes
    /// that may come next.
    fn drop_one(&mut self, from: &[State], most: usize) -> Vec<(State, RangeInclusive<u8>)> {
        let mut found = Vec::new();
        let mut least = u32::MAX;
        let mut row = std::mem::take(&mut self.row);
        for state in from {
            let lead = state.lead.expect("in a run");
            let counted = self.model.costs_after(state.last, &mut row);
            for (trail, leads) in PRIVATE_PAIRS {
                if let Some(c) = original(lead, trail) {
                    let cost = state.cost + self.cost_of(state.last, c, counted(c));
                    if cost > least.saturating_add(BEHIND * UNIT) {
                        continue;
                    }
                    least = least.min(cost);
                    let dropped = state.dropped + 1;
                    found.push((
                        State {
                            cost,
                            last: c,
                            dropped,
                            ..*state
                        },
                        leads,
                    ));
                }
            }
        }
        self.row = row;
        keep_least(&mut found, most, |(state, _)| {
            (state.cost, state.last, state.lead)
        });
        for (state, _) in &mut found {
            state.step = self.step(Step {
                before: Some(state.step),
                character: Some(state.last),
                shown: None,
                event: None,
            });
        }
        found
    }

    /// Adds to `states` those that fit best what the page goes on with, of all lead bytes that may come next.
    fn drop_on(
        &mut self,
        place: usize,
        found: &[(State, RangeInclusive<u8>)],
        states: &mut Vec<State>,
    ) {
        let Some(page) = self.at(place) else {
            return;
        };
        let mut trails = Vec::new();
        for shown in [Some(page), full_width(page)].into_iter().flatten() {
            trails.extend(gbk::pair(shown).map(|(trail, _)| trail));
        }
        let mut fitting: Vec<(u32, State)> = Vec::new();
        let mut row = std::mem::take(&mut self.row);
        for (state, leads) in found {
            let first = fitting.len();
            let counted = self.model.costs_after(state.last, &mut row);
            for lead in leads.clone() {
                let after = |trail: u8| {
                    let c = original(lead, trail)?;
                    Some((c, self.cost_of(state.last, c, counted(c))))
                };
                let shifted = trails.iter().filter_map(|trail| Some(after(*trail)?.1));
                // Where the run ends, the page tells what comes next.
                let ended = lone_byte(page).and_then(after).map(|(c, cost)| {
                    let next = self.at(place + 1);
                    cost + next.map_or(0, |next| self.model.cost(c, next))
                });
                let cost = match is_question_mark(page) {
                    true => Some(0),
                    // What comes next costs something where the page does not tell it, too.
                    false => ended.or_else(|| Some(shifted.min()? + CLEAN * UNIT)),
                };
                if let Some(cost) = cost {
                    fitting.push((
                        state.cost + cost,
                        State {
                            lead: Some(lead),
                            ..*state
                        },
                    ));
                }
            }
            let mut own = fitting.split_off(first);
            keep_least(&mut own, LEADS, |(cost, state)| (*cost, state.lead));
            fitting.append(&mut own);
        }
        self.row = row;
        keep_least(&mut fitting, KEPT, |(cost, state)| {
            (*cost, state.last, state.lead)
        });
        states.extend(fitting.into_iter().map(|(_, state)| state));
    }
}

/// The private-use characters of GBK: the second byte of the character before, and the first of the one behind.
const PRIVATE_PAIRS: [(u8, RangeInclusive<u8>); 21] = [
    (0xA9, 0x89..=0x95), // not in GBK, but in GB 18030: ideographic description characters
    (0xAA, 0xA1..=0xFE),
    (0xAB, 0xA1..=0xFE),
    (0xAC, 0xA1..=0xFE),
    (0xAD, 0xA1..=0xFE),
    (0xAE, 0xA1..=0xFE),
    (0xAF, 0xA1..=0xFE),
    (0xF8, 0xA1..=0xFE),
    (0xF9, 0xA1..=0xFE),
    (0xFA, 0xA1..=0xFE),
    (0xFB, 0xA1..=0xFE),
    (0xFC, 0xA1..=0xFE),
    (0xFD, 0xA1..=0xFE),
    (0xFE, 0xA1..=0xFE),
    (0xA1, 0x81..=0xA0),
    (0xA2, 0x81..=0xA0),
    (0xA3, 0x81..=0xA0),
    (0xA4, 0x81..=0xA0),
    (0xA5, 0x81..=0xA0),
    (0xA6, 0x81..=0xA0),
    (0xA7, 0x81..=0xA0),
];

/// Keeps the `most` least items, sorted.
fn keep_least<T, K: Ord>(items: &mut Vec<T>, most: usize, key: impl Fn(&T) -> K) {
    if items.len() > most {
        items.select_nth_unstable_by_key(most, &key);
        items.truncate(most);
    }
    items.sort_by_key(key);
}
