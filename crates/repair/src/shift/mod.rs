//! Shifted runs: the inverse of [`replay`](super::replay), at one place of a page.
//!
//! A run begins where the program swallowed a byte, shown as `?`: before a gloss whose bracket went with it, or before a
//! mark at which it cut two characters apart. From there the page shows the trail byte of each character with the lead
//! byte of the next, until something restores the alignment. The search walks along the page, keeps the likeliest
//! originals for every place and last character, and lets through what is clearly better as Chinese than the page is and
//! than any other original.

mod dropped;
mod judge;
mod swallowed;
mod weights;

use std::collections::HashMap;

use crate::gbk;
use crate::reading::Syllable;
use crate::replay::{ascii_form, is_question_mark};
use jianti_model::{Model, Row, UNIT};
use jianti_text::{Script, ScriptCount};
use weights::*;

/// A run that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where on the line it ends, in characters.
    pub end: usize,
    /// What stands there instead, or `None` if it is open which of the candidates does.
    pub text: Option<String>,
    /// The likeliest other originals, best first.
    pub others: Vec<String>,
    /// The original's bytes in GBK.
    pub bytes: Vec<u8>,
}

/// What a run consists of, from its end to its beginning.
#[derive(Clone, Debug)]
struct Step {
    before: Option<u32>,
    /// The original's next character.
    character: Option<char>,
    /// How the page shows it where it is not shifted.
    shown: Option<char>,
    event: Option<Placed>,
}

/// An event, placed from the bytes of the characters up to and including its step's.
#[derive(Clone, Debug)]
enum Placed {
    /// A gloss, this many bytes further on.
    Gloss(usize, String),
    /// A cut, this many bytes back.
    Cut(usize),
}

/// An original up to a place of the page.
#[derive(Clone, Copy, Debug)]
struct State {
    cost: u32,
    last: char,
    /// The lead byte of the next character; `None` once the alignment is restored.
    lead: Option<u8>,
    step: u32,
    /// How many characters the page dropped.
    dropped: u8,
}

/// Looks for shifted runs on one line of a page.
pub struct Search<'a> {
    model: &'a Model,
    line: &'a [char],
    steps: Vec<Step>,
    /// By place on the page, from the run's beginning.
    places: Vec<Vec<State>>,
    ends: Vec<(usize, State)>,
    start: usize,
    /// The telling characters of the line up to a place.
    scripts: (usize, ScriptCount),
    /// The line's script, as far as it shows.
    script: Script,
    /// Whether the mark in front of the run stands there twice.
    excited: bool,
    row: Row,
    /// Whether the page may lack private-use characters: one that shows some dropped none.
    drops_characters: bool,
}

impl<'a> Search<'a> {
    /// A search on this line.
    pub fn new(model: &'a Model, line: &'a [char]) -> Search<'a> {
        Search {
            model,
            line,
            steps: Vec::new(),
            places: Vec::new(),
            ends: Vec::new(),
            start: 0,
            scripts: (0, ScriptCount::default()),
            script: Script::Neither,
            excited: false,
            row: Row::default(),
            drops_characters: !line.iter().copied().any(gbk::is_private),
        }
    }

    /// The run that begins with the question mark at this place of the line; `before` is the text in front of it.
    pub fn run(&mut self, at: usize, before: Option<char>) -> Option<Run> {
        if !self.may_begin(at + 1) {
            return None;
        }
        // In front of a gloss a mark is of two bytes, whatever the page shows.
        let gloss = self.reading(at + 1).is_some();
        let before = before.map(|c| full_width(c).filter(|_| gloss).unwrap_or(c));
        self.begin(at);
        self.tell_script(at, gloss);
        self.excited = at > 1 && self.line[at - 1] == self.line[at - 2];
        self.open(at, before);
        self.walk(before.unwrap_or('\n'));
        self.judge(at, before.unwrap_or('\n'))
    }

    /// Whether the page behind a question mark may be shifted: a quick look. A gloss stands there, or a mark and behind it
    /// a tag that lost its bracket, or text that does not read well.
    fn may_begin(&self, place: usize) -> bool {
        if self.reading(place).is_some() {
            return true;
        }
        let behind = &self.line[(place + 1).min(self.line.len())..];
        let Some(first) = behind
            .first()
            .filter(|_| cut_mark(self.line[place]).is_some())
        else {
            return false;
        };
        if is_question_mark(*first) && self.is_tag(place + 2) {
            return true;
        }
        // Marks one after the other are excitement.
        let shows = |(further, c): (usize, &char)| {
            let wide = c.len_utf8() > 2 && cut_mark(*c).is_none() && !CLOSING.contains(*c);
            wide || self.at(place + 2 + further) == Some('(')
        };
        if cut_mark(*first).is_some() || !behind.iter().take(3).enumerate().any(shows) {
            return false;
        }
        let behind = &behind[..behind.len().min(AHEAD)];
        let costs = behind
            .windows(2)
            .map(|pair| self.model.cost(pair[0], pair[1]));
        let most = CLEAN * UNIT * (behind.len() as u32).saturating_sub(1);
        behind.len() <= 2 || costs.sum::<u32>() > most
    }

    /// Tells the script from the line in front of a run. Glosses there were only for traditional characters.
    fn tell_script(&mut self, at: usize, gloss: bool) {
        let (counted, scripts) = &mut self.scripts;
        self.line[*counted..at]
            .iter()
            .for_each(|c| scripts.add_char(*c));
        *counted = at;
        self.script = if gloss {
            Script::Traditional
        } else {
            scripts.script()
        };
    }

    /// What a character of an original costs after another.
    fn cost(&self, before: char, c: char) -> u32 {
        self.cost_of(before, c, self.model.cost(before, c))
    }

    /// The same, where the model's cost is known.
    fn cost_of(&self, before: char, c: char, counted: u32) -> u32 {
        let mut own = ScriptCount::default();
        if matches!(self.script, Script::Traditional | Script::Simplified) {
            own.add_char(c);
        }
        let strange = match self.script {
            Script::Traditional => own.simplified,
            Script::Simplified => own.traditional,
            _ => 0,
        };
        let repeated = before == c && "。，、；：！？“”".contains(c);
        // A space within a line is seldom a full-width one.
        let wide = if c == '\u{3000}' { WIDE_SPACE } else { 0 };
        let strange = OTHER_SCRIPT * strange as u32 + wide;
        let pair = match (repeated, self.excited) {
            (true, true) => counted.min(EXCITED * UNIT),
            (true, false) => counted + REPEATED * UNIT,
            (false, _) => counted,
        };
        pair + strange * UNIT
    }

    fn begin(&mut self, at: usize) {
        self.steps.clear();
        self.places.clear();
        self.ends.clear();
        self.start = at;
    }

    fn at(&self, place: usize) -> Option<char> {
        self.line.get(place).copied()
    }

    /// The gloss `reading)` at this place.
    fn reading(&self, place: usize) -> Option<(Syllable, usize, String)> {
        let rest: String = self.line[place.min(self.line.len())..]
            .iter()
            .take(8)
            .collect();
        let syllable = Syllable::before_bracket(&rest)?;
        let shown = rest[..syllable.length].to_owned();
        let length = shown.chars().count() + 1;
        Some((syllable, length, shown))
    }

    /// Whether the gloss of a character stands here.
    fn glosses(&self, place: usize, c: char) -> bool {
        let reading = || self.reading(place + 1);
        self.at(place) == Some('(') && reading().is_some_and(|(syllable, ..)| syllable.reads(c))
    }

    /// The states behind the question mark that a run begins with.
    fn open(&mut self, at: usize, before: Option<char>) {
        let root = State {
            cost: START * UNIT,
            last: before.unwrap_or('\n'),
            lead: None,
            step: self.step(Step {
                before: None,
                character: None,
                shown: None,
                event: None,
            }),
            dropped: 0,
        };
        if let Some((syllable, length, shown)) = self.reading(at + 1) {
            // The byte that went is the second of the character that was glossed.
            let Some((_, first)) = before.and_then(gbk::pair) else {
                return;
            };

            for lost in (0x81..=0xFE)
                .filter(|lost| gbk::character(first, *lost).is_some_and(|c| syllable.reads(c)))
            {
                let step = self.step(Step {
                    before: Some(root.step),
                    character: None,
                    shown: None,
                    event: Some(Placed::Gloss(1, shown.clone())),
                });
                let glossed = gbk::character(first, lost).expect("one that is read so");
                let told = if syllable.has_tone(glossed) { GLOSS } else { 0 };
                let state = State {
                    cost: root.cost - told * UNIT,
                    lead: Some(lost),
                    step,
                    ..root
                };
                self.push(at + 1 + length, state);
            }
        } else if let Some(mark) = self.at(at + 1).and_then(cut_mark) {
            let (first, second) = gbk::pair(mark).expect("a mark of GBK");
            for lost in 0x81..=0xFE {
                if let Some(c) = original(lost, first) {
                    let step = Step {
                        before: Some(root.step),
                        character: Some(c),
                        shown: None,
                        event: Some(Placed::Cut(1)),
                    };
                    self.follow(at + 2, root, c, Some(second), step);
                }
            }
        }
    }

    fn step(&mut self, step: Step) -> u32 {
        self.steps.push(step);
        self.steps.len() as u32 - 1
    }

    /// Goes on from `from` by one character of the original, to this place of the page.
    fn follow(&mut self, place: usize, from: State, c: char, lead: Option<u8>, step: Step) {
        let cost = from.cost + self.cost(from.last, c);
        let step = self.step(step);
        self.push(
            place,
            State {
                cost,
                last: c,
                lead,
                step,
                ..from
            },
        );
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
        while index < self.places.len() {
            let place = self.start + index;
            let shown = self.line[place - 1];
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
            prune(&mut states);
            if self.drops_characters && self.is_strange(place) {
                self.drop_characters(place, &mut states);
            }
            for (rank, state) in states.into_iter().enumerate() {
                self.advance(place, state, rank < TRIED);
            }
            index += 1;
        }
    }

    /// Follows one original by what the page shows at this place; `likely` is one of the likeliest so far.
    fn advance(&mut self, place: usize, state: State, likely: bool) {
        let lead = state.lead.expect("in a run");
        let plain = |c: char, event| Step {
            before: Some(state.step),
            character: Some(c),
            shown: None,
            event,
        };
        let Some(page) = self.at(place) else {
            return;
        };
        if is_question_mark(page) {
            self.swallowed(place, state, lead, likely);
        }
        if let Some(c) = lone_byte(page).and_then(|byte| original(lead, byte)) {
            self.follow(place + 1, state, c, None, plain(c, None));
        }
        // Two bytes: the end of this character, the beginning of the next.
        for shown in [Some(page), full_width(page)].into_iter().flatten() {
            let Some((trail, next)) = gbk::pair(shown) else {
                continue;
            };
            if let (Some(c), true) = (original(lead, trail), gbk::is_lead(next)) {
                self.follow(place + 1, state, c, Some(next), plain(c, None));
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
            let step = Step {
                before: Some(state.step),
                character: Some(c),
                shown: None,
                event: Some(Placed::Gloss(1, reading)),
            };
            self.follow(place + length, state, c, Some(next), step);
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

/// The marks that close what others open.
const CLOSING: &str = "”」』》）";

/// The character of an original: not one of private use.
fn original(lead: u8, trail: u8) -> Option<char> {
    gbk::character(lead, trail).filter(|c| !gbk::is_private(*c))
}

/// The byte that a page shows as this character and that ends a pair, so that the alignment is restored.
fn lone_byte(c: char) -> Option<u8> {
    match c {
        '€' => Some(0x80),
        '@'..='~' => Some(c as u8),
        _ => None,
    }
}

/// The mark at which the program cut, from how the page shows it.
fn cut_mark(c: char) -> Option<char> {
    match full_width(c).unwrap_or(c) {
        mark @ ('！' | '，' | '：' | '；' | '？' | '。') => Some(mark),
        _ => None,
    }
}

/// The full-width character that a page may show as this ASCII one.
fn full_width(c: char) -> Option<char> {
    match c {
        ' ' => Some('\u{3000}'),
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0),
        _ => None,
    }
    .filter(|wide| ascii_form(*wide) == Some(c))
}

/// Keeps the likeliest states; of those alike in last character, lead byte and number of dropped characters, which are
/// paid for in the end, a few, since words tell them apart later.
fn prune(states: &mut Vec<State>) {
    states.sort_unstable_by_key(|state| (state.cost, state.step));
    let mut alike: HashMap<(char, Option<u8>, u8), usize> = HashMap::new();
    states.retain(|state| {
        let count = alike
            .entry((state.last, state.lead, state.dropped))
            .or_default();
        *count += 1;
        *count <= ALIKE
    });
    states.truncate(KEPT);
}
