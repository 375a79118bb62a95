//! Shifted runs: the inverse of [`replay`](super::replay), at one place of a page.
//!
//! A run begins where the program swallowed a byte, shown as `?`: before a gloss whose bracket went with it, or before a
//! mark at which it cut two characters apart. From there the page shows the trail byte of each character with the lead
//! byte of the next, until something restores the alignment. The search walks along the page, keeps the likeliest
//! originals for every place and last character, and lets through what is clearly better as Chinese than the page is and
//! than any other original.

mod cuts;
mod dropped;
pub mod evidence;
mod glossed;
mod hidden;
mod judge;
mod once;
mod pairing;
mod scripts;
mod shown;
mod signs;
mod swallowed;
mod weights;

pub use weights::SOON;

use crate::gbk;
use crate::page::Page;
use crate::replay::is_question_mark;
use crate::searched::{Run, Searched};
use jianti_model::{Model, Row, UNIT};
use jianti_text::chars::is_private_use;
use jianti_text::{Script, ScriptCount};
use shown::{cut_mark, full_width, lone_byte, original};
use weights::*;

/// What a run consists of, from its end to its beginning.
#[derive(Clone, Debug, Default)]
struct Step {
    before: Option<u32>,
    /// The original's next character.
    character: Option<char>,
    /// How the page shows it where it is not shifted.
    shown: Option<char>,
    gloss: Option<Gloss>,
    cuts: Cuts,
}

/// A gloss, this many bytes behind the step's character.
#[derive(Clone, Debug)]
struct Gloss {
    behind: usize,
    reading: String,
}

/// Whether the text was cut in front of a character, and between its bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Cuts {
    before: bool,
    within: bool,
}

/// An original up to a place of the page.
#[derive(Clone, Copy, Debug)]
struct State {
    cost: u32,
    /// How much of that was saved, as three characters in a row tell more than pairs.
    saved: u32,
    last: char,
    /// The character in front of the last; NUL, which no model has met, if there is none.
    before_last: char,
    /// The lead byte of the next character; `None` once the alignment is restored.
    lead: Option<u8>,
    step: u32,
    /// How many characters the page dropped.
    dropped: u8,
}

/// Looks for shifted runs on one line of a page.
pub struct Search<'a> {
    model: &'a Model,
    page: &'a Page,
    line: &'a [char],
    steps: Vec<Step>,
    /// By place on the page, from the run's beginning.
    places: Vec<Vec<State>>,
    ends: Vec<(usize, State)>,
    start: usize,
    /// What the likeliest original costs whose ASCII character went with the byte in front of it at this place, with the
    /// page's next character behind.
    least_swallowed: (usize, u32),
    /// The telling characters of the line up to a place.
    scripts: (usize, ScriptCount),
    /// The line's script, as far as it shows.
    script: Script,
    /// Whether letters or digits of full width stand on the line.
    writes_wide: bool,
    /// Whether the mark in front of the run stands there twice.
    excited: bool,
    row: Row,
    /// Whether the page may lack private-use characters: one that shows some dropped none.
    drops_characters: bool,
    /// Whether originals are followed widely, and with characters that the page may have dropped; a quick look without
    /// comes first.
    follows: bool,
    /// How many characters were weighed so far.
    work: u64,
    /// What was searched on this page before.
    searched: Searched,
}

impl<'a> Search<'a> {
    /// Characters behind a question mark that a search looks at: no run and no mark further on counts.
    const REACH: usize = LONGEST + NEAR;

    /// A search on this line; `searched` is what was searched on its page before.
    pub fn new(
        model: &'a Model,
        page: &'a Page,
        searched: Searched,
        line: &'a [char],
    ) -> Search<'a> {
        Search {
            model,
            page,
            line,
            steps: Vec::new(),
            places: Vec::new(),
            ends: Vec::new(),
            start: 0,
            least_swallowed: (0, 0),
            scripts: (0, ScriptCount::default()),
            script: Script::Undetermined,
            writes_wide: line
                .iter()
                .any(|c| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')),
            excited: false,
            row: Row::default(),
            drops_characters: !line.iter().copied().any(is_private_use),
            follows: false,
            work: 0,
            searched,
        }
    }

    /// How many characters were weighed so far: what the search takes, in time too.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// Ends the search; returns its work, and what was searched on the page by then.
    pub fn end(self) -> (u64, Searched) {
        (self.work, self.searched)
    }

    /// The run that begins with the question mark at this place of the line; `before` is the text in front of it.
    pub fn run(&mut self, at: usize, before: Option<char>) -> Option<Run> {
        if !self.may_begin(at + 1) && !self.mixes_marks(at) {
            return None;
        }
        // In front of a gloss a mark is of two bytes, whatever the page shows.
        let gloss = self.reading(at + 1).is_some();
        let before = before.map(|c| full_width(c).filter(|_| gloss).unwrap_or(c));
        self.tell_script(at, gloss);
        self.excited = at > 1 && self.line[at - 1] == self.line[at - 2];
        self.once(at, before, |search| search.quick_or_wide(at, before))
    }

    /// The run by a quick search, or by a wide one where that is not certain.
    fn quick_or_wide(&mut self, at: usize, before: Option<char>) -> Option<Run> {
        self.follows = false;
        let quick = self.search(at, before);
        if quick.as_ref().is_some_and(|(_, certain)| *certain) {
            return quick.map(|(run, _)| run);
        }
        self.follows = true;
        self.search(at, before).map(|(run, _)| run)
    }

    /// The run, and whether it is certain without looking for others.
    fn search(&mut self, at: usize, before: Option<char>) -> Option<(Run, bool)> {
        self.work += WORK_EACH;
        self.begin(at);
        self.open(at, before);
        self.walk(before.unwrap_or('\n'));
        self.judge(at, before.unwrap_or('\n'))
    }

    /// What a character of an original costs after another.
    fn cost(&self, before: char, c: char) -> u32 {
        self.cost_of(before, c, self.model.cost(before, c))
    }

    /// The same, where the model's cost is known.
    fn cost_of(&self, before: char, c: char, counted: u32) -> u32 {
        let mark = matches!(
            c,
            '。' | '，' | '、' | '；' | '：' | '！' | '？' | '“' | '”'
        );
        let repeated = mark
            && (before == c
                || before == '\u{3000}' && cut_mark(c).is_some()
                || matches!(c, '。' | '，' | '、' | '；' | '：')
                    && "。，、；：！？“‘「『《（".contains(before));
        let wide = match c {
            // A space within a line is seldom a full-width one.
            '\u{3000}' => WIDE_SPACE,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if !self.writes_wide => WIDE_LETTER,
            // Signs that even pages with letters of full width have in ASCII.
            '＂' | '＃' | '＇' | '＊' | '＠' | '＼' | '＾' | '＿' | '｀' | '｜' => {
                WIDE_SIGN
            }
            _ => 0,
        };
        let strange = self.other_script(c) + wide;
        let pair = match (repeated, self.excited) {
            (true, true) => counted.min(EXCITED * UNIT),
            (true, false) => counted + REPEATED * UNIT,
            (false, _) => self.page.facts().cost(before, c, counted),
        };
        pair + strange * UNIT
    }

    /// The character of an original where nothing of the page tells it: one that the model has met. With others, which count
    /// as too rare, no original is clear.
    fn guess(&self, lead: u8, trail: u8) -> Option<char> {
        original(lead, trail).filter(|c| self.model.number(*c).is_some())
    }

    fn begin(&mut self, at: usize) {
        self.steps.clear();
        self.places.iter_mut().for_each(Vec::clear);
        self.ends.clear();
        self.start = at;
        self.least_swallowed = (at, u32::MAX);
    }

    fn at(&self, place: usize) -> Option<char> {
        self.line.get(place).copied()
    }

    fn step(&mut self, step: Step) -> u32 {
        self.steps.push(step);
        self.steps.len() as u32 - 1
    }

    /// The state behind one more character of the original.
    fn next(&mut self, from: State, c: char, cuts: Cuts, shown: Option<char>) -> State {
        let step = Step {
            before: Some(from.step),
            character: Some(c),
            shown,
            gloss: None,
            cuts,
        };
        self.work += 1;
        let cost = self.cost(from.last, c);
        let three = [from.before_last, from.last, c];
        // A page that has the pair elsewhere may have made it cheaper than what three would save.
        let saved = self.model.triple(three).min(cost);
        State {
            cost: from.cost + cost - saved,
            saved: from.saved + saved,
            last: c,
            before_last: from.last,
            step: self.step(step),
            ..from
        }
    }

    /// Goes on from `from` by one character of the original, to this place of the page.
    fn follow(&mut self, place: usize, from: State, c: char, lead: Option<u8>) {
        let state = self.next(from, c, Cuts::default(), None);
        self.push(place, State { lead, ..state });
    }

    fn push(&mut self, place: usize, mut state: State) {
        if state.lead.is_none() {
            // A gloss behind the run that fits its last character tells much.
            if self.glosses(place, state.last) {
                state.cost = state.cost.saturating_sub(GLOSS * UNIT);
            }
            self.ends.push((place, state));
            return;
        }
        let index = place - self.start;
        if index <= LONGEST {
            if self.places.len() <= index {
                self.places.resize(index + 1, Vec::new());
            }
            self.places[index].push(state);
        }
    }

    /// Follows the page until every original has come to an end, or is no better than the page.
    fn walk(&mut self, before: char) {
        let mut index = 1;
        // What the page itself costs so far, and the best original that came to an end, with the page behind it.
        let mut page = (START * UNIT, before);
        let mut ended: Option<(u32, char)> = None;
        let mut ends_seen = 0;
        let mut pending = true;
        while index < self.places.len() && pending {
            let place = self.start + index;
            let Some(shown) = self.at(place - 1) else {
                return;
            };
            page = (page.0 + self.model.cost(page.1, shown), shown);
            ended = ended.map(|(cost, last)| (cost + self.model.cost(last, shown), shown));
            for (_, state) in self.ends[ends_seen..]
                .iter()
                .filter(|(end, _)| *end <= place)
            {
                if ended.is_none_or(|(cost, _)| state.cost < cost) {
                    ended = Some((state.cost, state.last));
                }
            }
            ends_seen = self.ends.len();
            let most = match ended {
                // Where another run may begin, what has not ended must be better than what has.
                Some((cost, _)) if self.at(place).is_some_and(is_question_mark) => {
                    cost.min(page.0 + BEHIND * UNIT)
                }
                ended => page.0.min(ended.map_or(u32::MAX, |(cost, _)| cost)) + BEHIND * UNIT,
            };
            let mut states = std::mem::take(&mut self.places[index]);
            states.retain(|state| state.cost <= most);
            self.work += WORK_STEP * states.len() as u64;
            let kept = if self.follows { KEPT } else { FEW_KEPT };
            prune(&mut states, kept);
            if self.follows && self.drops_characters && self.is_strange(place) {
                self.drop_characters(place, &mut states);
            }
            for (rank, state) in states.iter().enumerate() {
                self.advance(place, *state, self.follows && rank < TRIED);
            }
            states.clear();
            self.places[index] = states;
            index += 1;
            pending = self.places[index.min(self.places.len())..]
                .iter()
                .any(|states| !states.is_empty());
        }
    }

    /// Follows one original by what the page shows at this place; `likely` is one of the likeliest so far.
    fn advance(&mut self, place: usize, state: State, likely: bool) {
        let lead = state.lead.expect("in a run");
        let Some(page) = self.at(place) else {
            return;
        };
        if is_question_mark(page) {
            self.swallowed(place, state, lead, likely);
        }
        if let Some(c) = lone_byte(page).and_then(|byte| original(lead, byte)) {
            let told = if self.is_trail_letter(place) {
                LETTER
            } else {
                0
            };
            let mut end = self.next(state, c, Cuts::default(), None);
            end.cost = end.cost.saturating_sub(told * UNIT);
            self.push(place + 1, State { lead: None, ..end });
        }
        if likely {
            self.euro_dropped(place, state, lead);
        }
        // Two bytes: the end of this character, the beginning of the next.
        for shown in [Some(page), full_width(page)].into_iter().flatten() {
            let Some((trail, next)) = gbk::pair(shown) else {
                continue;
            };
            let Some(c) = original(lead, trail) else {
                continue;
            };
            if next.is_ascii() {
                // An ASCII character that stood there became the end of a pair.
                let state = self.next(state, c, Cuts::default(), None);
                self.follow(place + 1, state, char::from(next), None);
            } else if gbk::is_lead(next) {
                self.follow(place + 1, state, c, Some(next));
                if self.at(place + 1) == Some('(') {
                    self.glossed(place + 2, state, c, shown, next);
                }
            }
        }
    }

    /// The gloss of a pair of bytes that the page shows as one character, though they belong to two.
    fn glossed(&mut self, place: usize, state: State, c: char, shown: char, next: u8) {
        if let Some((syllable, length, reading)) = self.reading(place)
            && syllable.reads(shown)
        {
            let state = self.next(state, c, Cuts::default(), None);
            self.steps[state.step as usize].gloss = Some(Gloss { behind: 1, reading });
            self.push(
                place + length,
                State {
                    lead: Some(next),
                    ..state
                },
            );
        }
    }

    fn chain(&self, step: u32) -> Vec<&Step> {
        let mut chain = Vec::new();
        let mut next = Some(step);
        while let Some(at) = next {
            let step = &self.steps[at as usize];
            chain.push(step);
            next = step.before;
        }
        chain.reverse();
        chain
    }

    /// What stands on the page in the run's place.
    fn text(&self, step: u32) -> String {
        let chain = self.chain(step);
        chain
            .iter()
            .filter_map(|step| step.shown.or(step.character))
            .collect()
    }
}

/// Whether a run can begin with a question mark in front of this: right behind it a mark stands, or a reading whose bracket
/// closes.
pub fn may_follow(text: &str) -> bool {
    let is_mark = |c: char| is_question_mark(c) || cut_mark(c).is_some();
    text.starts_with(is_mark) || text.chars().take(READING).any(|c| c == ')')
}

/// Whether this is question marks and the marks at which the program cuts, and nothing else.
pub fn are_marks(text: &str) -> bool {
    text.chars()
        .all(|c| is_question_mark(c) || cut_mark(c).is_some())
}

/// Keeps the likeliest states; of those alike in last character, lead byte and number of dropped characters, which are
/// paid for in the end, a few, since words tell them apart later.
fn prune(states: &mut Vec<State>, most: usize) {
    debug_assert!(most <= KEPT);
    states.sort_unstable_by_key(|state| (state.cost, state.step));
    // One number for what is compared, as this is done most often of all.
    let key = |state: &State| {
        let [lead, dropped] = [state.lead.unwrap_or(0), state.dropped].map(u64::from);
        u64::from(state.last) << 16 | lead << 8 | dropped
    };
    let mut keys = [0; KEPT];
    let mut kept = 0;
    for at in 0..states.len() {
        let own = key(&states[at]);
        if keys[..kept].iter().filter(|other| **other == own).count() < ALIKE {
            states[kept] = states[at];
            keys[kept] = own;
            kept += 1;
            if kept == most {
                break;
            }
        }
    }
    states.truncate(kept);
}

/// Keeps the `most` least items, sorted.
fn keep_least<T, K: Ord>(items: &mut Vec<T>, most: usize, key: impl Fn(&T) -> K) {
    if items.len() > most {
        items.select_nth_unstable_by_key(most, &key);
        items.truncate(most);
    }
    items.sort_by_key(key);
}
