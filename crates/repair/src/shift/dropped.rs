//! Characters that the page dropped: those of private use, of which the shifted bytes make many.

use std::sync::OnceLock;

use super::shown::{EURO, full_width, lone_byte, original};
use super::weights::*;
use super::{Cuts, Search, State, keep_least};
use crate::gbk;
use crate::replay::is_question_mark;
use jianti_model::UNIT;

/// An original that goes on with a character whose second byte the page dropped, together with the next one's first.
#[derive(Clone, Copy)]
struct Dropping {
    /// What it costs by pairs of characters.
    cost: u32,
    from: State,
    c: char,
    trail: u8,
}

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

    /// Ends an original in front of this place, if its character may end in the byte that stands alone, and that the page
    /// dropped: 80, which other pages show as €.
    pub(super) fn euro_dropped(&mut self, place: usize, state: State, lead: u8) {
        if !self.drops_characters || self.line.contains(&EURO) {
            return;
        }
        let Some(c) = lone_byte(EURO).and_then(|byte| self.guess(lead, byte)) else {
            return;
        };
        if self.cost(state.last, c) <= UNTOLD * UNIT {
            let end = self.next(state, c, Cuts::default(), None);
            let dropped = end.dropped + 1;
            self.push(
                place,
                State {
                    lead: None,
                    dropped,
                    ..end
                },
            );
        }
    }

    /// Adds originals in which the page dropped a private-use character at this place, or two.
    pub(super) fn drop_characters(&mut self, place: usize, states: &mut Vec<State>) {
        if !self.at(place).is_some_and(may_go_on) {
            return;
        }
        let from: Vec<State> = states
            .iter()
            .filter(|state| !self.goes_on_well(place, state))
            .take(TRIED)
            .copied()
            .collect();
        if from.is_empty() {
            return;
        }
        let firsts = self.drop_one(&from);
        self.drop_on(place, &firsts, states);
        let seconds = self.drop_second(&firsts);
        self.drop_on(place, &seconds, states);
    }

    /// Whether what the page shows here goes on as text does, with this character and the next.
    fn goes_on_well(&self, place: usize, state: &State) -> bool {
        let lead = state.lead.expect("in a run");
        let then = |place: usize, lead: u8| {
            let (trail, next) = gbk::pair(self.at(place)?)?;
            Some((original(lead, trail)?, next))
        };
        let Some((c, next)) = then(place, lead) else {
            return false;
        };
        let well = |before: char, c: char| self.cost(before, c) < WELL * UNIT;
        well(state.last, c) && then(place + 1, next).is_some_and(|(behind, _)| well(c, behind))
    }

    /// The likeliest characters that these states may go on with if the page dropped what follows.
    fn drop_one(&mut self, from: &[State]) -> Vec<Dropping> {
        let mut found = Vec::new();
        let mut least = u32::MAX;
        let mut row = std::mem::take(&mut self.row);
        for state in from {
            let lead = state.lead.expect("in a run");
            let counted = self.model.costs_after(state.last, &mut row);
            for trail in dropped_trails() {
                if let Some(c) = self.guess(lead, *trail) {
                    self.work += 1;
                    let cost = state.cost + self.cost_of(state.last, c, counted(c));
                    if cost <= least.saturating_add(BEHIND * UNIT) {
                        least = least.min(cost);
                        found.push(Dropping {
                            cost,
                            from: *state,
                            c,
                            trail: *trail,
                        });
                    }
                }
            }
        }
        self.row = row;
        keep_least(&mut found, 2 * TRIED, |drop| {
            (drop.cost, drop.c, drop.from.step)
        });
        found.iter().map(|drop| self.place(*drop)).collect()
    }

    /// The same with the step to the character made: `from` is the state behind it.
    fn place(&mut self, drop: Dropping) -> Dropping {
        let mut from = self.next(drop.from, drop.c, Cuts::default(), None);
        from.dropped += 1;
        Dropping { from, ..drop }
    }

    /// The likeliest that go on by one more dropped character: of those that are known to follow.
    fn drop_second(&mut self, firsts: &[Dropping]) -> Vec<Dropping> {
        let mut found = Vec::new();
        let mut least = u32::MAX;
        for first in firsts.iter().take(FIRSTS) {
            let followers = self.model.followers(first.c);
            let leads = leads_behind(first.trail);
            for (number, counted) in followers {
                self.work += 1;
                let cost = first.cost + counted;
                if cost > least.saturating_add(BEHIND * UNIT) {
                    continue;
                }
                for (c, lead, trail) in forms(self.model, number) {
                    // Few are followed by what may be dropped: that is asked first.
                    if !leads_behind(*trail).is_empty() && leads.binary_search(lead).is_ok() {
                        let cost = first.cost + self.cost_of(first.c, *c, counted);
                        least = least.min(cost);
                        found.push(Dropping {
                            cost,
                            from: first.from,
                            c: *c,
                            trail: *trail,
                        });
                    }
                }
            }
        }
        keep_least(&mut found, SECONDS, |drop| {
            (drop.cost, drop.c, drop.from.step)
        });
        found.iter().map(|drop| self.place(*drop)).collect()
    }

    /// Adds to `states` those that fit best what the page goes on with, of all lead bytes that may come next.
    fn drop_on(&mut self, place: usize, found: &[Dropping], states: &mut Vec<State>) {
        let Some(page) = self.at(place) else {
            return;
        };
        let shown = [Some(page), full_width(page)].into_iter().flatten();
        let trails: Vec<u8> = shown
            .filter_map(|shown| gbk::pair(shown).map(|(trail, _)| trail))
            .collect();
        let mut fitting: Vec<(u32, State)> = Vec::new();
        let mut row = std::mem::take(&mut self.row);
        // What follows a character is looked up once for all that end in it.
        let mut found: Vec<&Dropping> = found.iter().collect();
        found.sort_by_key(|drop| drop.from.last);
        for alike in found.chunk_by(|a, b| a.from.last == b.from.last) {
            let last = alike[0].from.last;
            let hidden = is_question_mark(page).then(|| self.least_by_lead(place, last));
            let counted = self.model.costs_after(last, &mut row);
            for drop in alike {
                let state = &drop.from;
                let first = fitting.len();
                for lead in leads_behind(drop.trail) {
                    let lead = *lead;
                    let after = |trail: u8| {
                        let c = self.guess(lead, trail)?;
                        Some((c, self.cost_of(last, c, counted(c))))
                    };
                    let shifted = trails.iter().filter_map(|trail| Some(after(*trail)?.1));
                    // Where the run ends, the page tells what comes next, or its gloss what comes here.
                    let ended =
                        lone_byte(page)
                            .and_then(after)
                            .map(|(c, cost)| match self.at(place + 1) {
                                Some('(') if self.glosses(place + 1, c) => {
                                    cost.saturating_sub(GLOSS * UNIT)
                                }
                                next => cost + next.map_or(0, |next| self.model.cost(c, next)),
                            });
                    let cost = match &hidden {
                        Some(hidden) => Some(hidden[usize::from(lead)]),
                        // What comes next costs something where the page does not tell it, too.
                        None => ended.or_else(|| Some(shifted.min()? + CLEAN * UNIT)),
                    };
                    if let Some(cost) = cost {
                        let lead = Some(lead);
                        fitting.push((state.cost + cost, State { lead, ..*state }));
                    }
                }
                self.work += (fitting.len() - first) as u64;
                let mut own = fitting.split_off(first);
                keep_least(&mut own, LEADS, |(cost, state)| (*cost, state.lead));
                fitting.append(&mut own);
            }
        }
        self.row = row;
        keep_least(&mut fitting, KEPT, |(cost, state)| {
            (*cost, state.last, state.lead, state.step)
        });
        states.extend(fitting.into_iter().map(|(_, state)| state));
    }

    /// By first byte, what the likeliest character costs that stood at this question mark, of which the page shows no byte.
    fn least_by_lead(&mut self, place: usize, last: char) -> Vec<u32> {
        let reading = self.reading(place + 1).map(|(syllable, ..)| syllable);
        // Where the text ends behind it, what ends text is likelier there.
        let ends = self.text_ends(place + 1);
        let end = |c: char| if ends { self.model.cost(c, '\n') } else { 0 };
        let mut least = vec![UNTOLD * UNIT; 0x100];
        let mut looked_at = 0;
        for (number, counted) in self.model.followers(last) {
            for (c, lead, trail) in forms(self.model, number) {
                looked_at += 1;
                let least = &mut least[usize::from(*lead)];
                let fits = || reading.as_ref().is_none_or(|syllable| syllable.reads(*c));
                if counted < *least && *trail >= 0x81 && fits() {
                    *least = (counted + end(*c)).min(*least);
                }
            }
        }
        // Marks stand behind most characters, not oftener behind this one than by chance.
        for c in MARKS_ANYWHERE {
            if let Some((lead, _)) = gbk::pair(c).filter(|_| reading.is_none()) {
                let least = &mut least[usize::from(lead)];
                *least = (self.model.cost(last, c) + end(c)).min(*least);
            }
        }
        self.work += looked_at / LOOKED_AT;
        least
    }
}

/// The commonest marks.
const MARKS_ANYWHERE: [char; 6] = ['。', '，', '、', '！', '？', '”'];

/// Whether an original may go on with this character of the page: it holds bytes of others, or stands for one.
fn may_go_on(shown: char) -> bool {
    let pair = || [Some(shown), full_width(shown)].into_iter().flatten();
    is_question_mark(shown) || lone_byte(shown).is_some() || pair().any(|c| gbk::pair(c).is_some())
}

/// By the second byte of a character: the first bytes of the next that pages may drop together with it.
fn droppable() -> &'static [Vec<u8>] {
    static TABLE: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let leads = |trail: u8| {
            let leads = (0x81..=0xFE).filter(|lead| gbk::may_be_dropped(trail, *lead));
            leads.collect()
        };
        (0..=0xFF).map(leads).collect()
    })
}

/// The first bytes that pages may drop behind this second one.
fn leads_behind(trail: u8) -> &'static [u8] {
    &droppable()[usize::from(trail)]
}

/// The second bytes that pages may drop.
fn dropped_trails() -> &'static [u8] {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let trails = 0x81..=0xFE;
        trails
            .filter(|trail| !leads_behind(*trail).is_empty())
            .collect()
    })
}

/// The characters of GBK that the model counts as one, with their bytes.
fn forms(model: &jianti_model::Model, number: u16) -> &'static [Form] {
    static TABLE: OnceLock<Forms> = OnceLock::new();
    TABLE.get_or_init(|| Forms::new(model)).of(number)
}

/// A character and its bytes in GBK.
type Form = (char, u8, u8);

/// Characters by the model's number of them.
struct Forms {
    forms: Vec<Form>,
    /// Where those of a number begin.
    starts: Vec<u32>,
}

impl Forms {
    fn new(model: &jianti_model::Model) -> Forms {
        let mut numbered: Vec<(u16, Form)> = Vec::with_capacity(0x6000);
        for lead in 0x81..=0xFE {
            for trail in 0x40..=0xFE {
                if let Some(c) = original(lead, trail)
                    && let Some(number) = model.number(c)
                {
                    numbered.push((number, (c, lead, trail)));
                }
            }
        }
        let most = numbered.iter().map(|(number, _)| *number).max();
        let mut starts = vec![0_u32; most.map_or(1, |most| usize::from(most) + 2)];
        for (number, _) in &numbered {
            starts[usize::from(*number) + 1] += 1;
        }
        for number in 1..starts.len() {
            starts[number] += starts[number - 1];
        }
        let mut next = starts.clone();
        let mut forms = vec![('\0', 0, 0); numbered.len()];
        for (number, form) in numbered {
            let next = &mut next[usize::from(number)];
            forms[*next as usize] = form;
            *next += 1;
        }
        Forms { forms, starts }
    }

    fn of(&self, number: u16) -> &[Form] {
        let number = usize::from(number);
        match self.starts.get(number..number + 2) {
            Some([start, end]) => &self.forms[*start as usize..*end as usize],
            _ => &[],
        }
    }
}
