//! Shifted runs: the inverse of [`replay`](super::replay), at one place of a page.
//!
//! A run begins where the program swallowed a byte, shown as `?`: before a gloss whose bracket went with it, or before a
//! mark at which it cut two characters apart. From there the page shows the trail byte of each character with the lead
//! byte of the next, until something restores the alignment. The search walks along the page, keeps the likeliest
//! originals for every place and last character, and lets through what is clearly better as Chinese than the page is and
//! than any other original.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::gbk;
use super::model::{Model, UNIT};
use super::reading::Syllable;
use super::replay::{Event, ascii_form, is_question_mark, may_show_as, replay};
use crate::convert::{Script, ScriptCount};

/// Characters of the page that a run is followed for.
const LONGEST: usize = 80;
/// How many originals are followed at a time.
const KEPT: usize = 48;
/// How many of those are tried with characters that the page may have dropped.
const TRIED: usize = 10;
/// How many characters are tried where nothing but the text around tells a lost byte.
const GUESSES: usize = 24;
/// The weight of words, in parts of the whole; pairs of characters have the rest.
const WORDS: u32 = 1;
const PARTS: u32 = 4;
/// How many originals are ranked by words too.
const RANKED: usize = 64;
/// By how much an original may be less likely than the best by pairs, and be ranked; logarithms.
const RANKED_BEHIND: u32 = 10;
/// Characters in front of a run that help to tell words.
const WORDS_BEFORE: usize = 3;
/// The same, where an ASCII character behind it is lost too.
const FEW_GUESSES: usize = 6;
/// How far around a run a quotation mark or bracket may have its partner, characters.
const NEAR: usize = 100;
/// Within how many characters the page may have dropped some behind a gloss, however it reads.
const GLOSS_AHEAD: usize = 10;
/// Characters behind a run that help to tell how likely it is.
const AHEAD: usize = 6;
/// By how much an original must be likelier than the page; logarithms.
const BETTER: u32 = 10;
/// By how much it must be likelier than any other original.
const CLEAR: u32 = 2;
/// By how much an original may be less likely than the best so far, and be followed; logarithms.
const BEHIND: u32 = 14;
/// What a mark costs that stands twice; logarithms.
const REPEATED: u32 = 5;
/// What a full-width space costs; logarithms.
const WIDE_SPACE: u32 = 3;
/// What it costs at most where two of it stand in front already; logarithms.
const EXCITED: u32 = 7;
/// What a character of clean text costs at most on average, and what one of a shifted run costs at least; logarithms.
const CLEAN: u32 = 6;
const STRANGE: u32 = 7;
/// What a character costs that exists only in the script that the line is not in; logarithms.
const OTHER_SCRIPT: u32 = 5;
/// A character that is not in this share of running text settles nothing; logarithms.
const RARE: u32 = 14;
/// What a gloss that fits is worth; logarithms.
const GLOSS: u32 = 8;
/// What a tag that lost its bracket is worth.
const TAG: u32 = 14;
/// What a dropped character costs, as there are many to choose from.
const DROPPED: u32 = 2;
/// What a bracket or quotation mark without its partner costs.
const UNPAIRED: u32 = 3;
/// What costs begin at, so that they stay above zero.
const START: u32 = GLOSS + TAG;
/// The same, where the page lost a byte that no gloss tells, or characters.
const CLEAR_GUESSED: u32 = 2;
/// The same, where a tag tells that the text ends there.
const CLEAR_TAG: u32 = 1;
const CLEAR_DROPPED: u32 = 2;

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
    /// Whether a byte was lost that nothing tells but the text around it.
    guessed: bool,
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
        let mut own = ScriptCount::default();
        own.add_char(c);
        let strange = match self.script {
            Script::Traditional => own.simplified,
            Script::Simplified => own.traditional,
            _ => 0,
        };
        let repeated = before == c && "。，、；：！？“”".contains(c);
        // A space within a line is seldom a full-width one.
        let wide = if c == '\u{3000}' { WIDE_SPACE } else { 0 };
        let strange = OTHER_SCRIPT * strange as u32 + wide;
        let counted = self.model.cost(before, c);
        let pair = match (repeated, self.excited) {
            (true, true) => counted.min(EXCITED * UNIT),
            (true, false) => counted + REPEATED * UNIT,
            (false, _) => counted,
        };
        pair + strange * UNIT
    }

    /// Whether the page may lack private-use characters: one that shows some dropped none.
    fn drops_characters(&self) -> bool {
        !self.line.iter().copied().any(gbk::is_private)
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
            guessed: false,
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
            let root = State {
                guessed: true,
                ..root
            };
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
        let dropped = self.drops_characters();
        // Behind the gloss that a run begins with the page shows too little to seem strange.
        let gloss = self.reading(self.start + 1).is_some();
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
            let strange = self.is_strange(place);
            if dropped && (strange || gloss && index < GLOSS_AHEAD) {
                self.drop_characters(place, &mut states);
            }
            for (rank, state) in states.into_iter().enumerate() {
                self.advance(place, state, rank < TRIED);
            }
            index += 1;
        }
    }

    /// Whether the page reads strangely about this place.
    fn is_strange(&self, place: usize) -> bool {
        let about = &self.line[self.start.max(place.saturating_sub(AHEAD))..];
        let about = &about[..about.len().min(2 * AHEAD)];
        let costs = about
            .windows(2)
            .map(|pair| self.model.cost(pair[0], pair[1]));
        costs.sum::<u32>() > STRANGE * UNIT * (about.len() as u32 - 1)
    }

    /// Adds originals in which the page dropped a private-use character at this place, or two.
    fn drop_characters(&mut self, place: usize, states: &mut Vec<State>) {
        let from: Vec<State> = states.iter().take(TRIED).copied().collect();
        let firsts = self.drop_one(&from, 2 * TRIED);
        self.drop_on(place, &firsts, states);
        let from: Vec<State> = firsts
            .iter()
            .take(TRIED / 2)
            .flat_map(|(state, leads)| {
                leads.clone().map(|lead| State {
                    lead: Some(lead),
                    ..*state
                })
            })
            .collect();
        let seconds = self.drop_one(&from, 2 * TRIED);
        self.drop_on(place, &seconds, states);
    }

    /// The likeliest characters that these states may go on with if the page dropped what follows; with the lead bytes
    /// that may come next.
    fn drop_one(&mut self, from: &[State], most: usize) -> Vec<(State, RangeInclusive<u8>)> {
        let mut found = Vec::new();
        for state in from {
            let lead = state.lead.expect("in a run");
            for (trail, leads) in PRIVATE_PAIRS {
                if let Some(c) = original(lead, trail) {
                    let cost = state.cost + self.cost(state.last, c);
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
        &self,
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
        trails.extend(lone_byte(page));
        let mut fitting: Vec<(u32, State)> = Vec::new();
        for (state, leads) in found {
            for lead in leads.clone() {
                let follows = |trail: &u8| original(lead, *trail).map(|c| self.cost(state.last, c));
                let cost = match is_question_mark(page) {
                    true => Some(0),
                    false => trails.iter().filter_map(follows).min(),
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
        }
        keep_least(&mut fitting, KEPT, |(cost, state)| {
            (*cost, state.last, state.lead)
        });
        states.extend(fitting.into_iter().map(|(_, state)| state));
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

    /// A question mark in a run: the byte that would have ended this character went with what followed it.
    fn swallowed(&mut self, place: usize, state: State, lead: u8, likely: bool) {
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
                    guessed: true,
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
                guessed: true,
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
    fn is_tag(&self, place: usize) -> bool {
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

    /// Decides between the originals, the page, and none.
    fn judge(&mut self, at: usize, before: char) -> Option<Run> {
        let reach = self.ends.iter().map(|(end, _)| *end).max()? + AHEAD;
        let reach = reach.min(self.line.len());
        // What the page costs from each place to the reach.
        let mut tail = vec![0; reach + 2 - at];
        for place in (at + 1..reach).rev() {
            let cost = self.model.cost(self.line[place - 1], self.line[place]);
            tail[place - at] = tail[place + 1 - at] + cost;
        }
        let total = |end: usize, last: char, cost: u32| match self.at(end).filter(|_| end < reach) {
            Some(next) => cost + self.model.cost(last, next) + tail[end + 1 - at],
            None => cost,
        };
        let page = total(at, before, 0);
        let mut ends: Vec<(u32, usize, State)> = self
            .ends
            .iter()
            .map(|(end, state)| (total(*end, state.last, state.cost), *end, *state))
            .collect();
        ends.sort_by_key(|(cost, end, state)| (*cost, *end, state.step));
        ends.truncate(RANKED);
        let most = ends[0].0 + RANKED_BEHIND * UNIT;
        ends.retain(|(cost, ..)| *cost <= most);
        let open = open_marks(self.line[at.saturating_sub(NEAR)..at].iter().copied());
        for (cost, end, state) in &mut ends {
            *cost += DROPPED * UNIT * u32::from(state.dropped);
            let rest = self.line[*end..].iter().take(NEAR).copied();
            let text = self.text(state.step);
            *cost += UNIT * unpaired(open.clone(), text.chars().chain(rest));
            if self.script == Script::Neither {
                let mut scripts = ScriptCount::default();
                scripts.add(&text);
                let mixed = scripts.traditional.min(scripts.simplified) as u32;
                *cost += OTHER_SCRIPT * UNIT * mixed;
            }
        }
        if ends
            .iter()
            .all(|(cost, ..)| cost + BETTER * UNIT > page + START * UNIT)
        {
            return None;
        }
        self.weigh_words(at, reach, &mut ends);
        ends.sort_by_key(|(cost, end, state)| (*cost, *end, state.step));
        let mut found: Vec<(u32, usize, State, String)> = Vec::new();
        for (cost, end, state) in ends {
            let text = self.text(state.step);
            // The same text may come about in several ways.
            let whole = |end: usize, text: &str| {
                let rest = self.line[end.min(reach)..reach].iter();
                text.chars().chain(rest.copied()).collect::<String>()
            };
            let full = whole(end, &text);
            if found
                .iter()
                .all(|(_, end, _, text)| whole(*end, text) != full)
            {
                found.push((cost, end, state, text));
            }
            if found.len() == 4 {
                break;
            }
        }
        let (cost, end, state, text) = found.first()?.clone();
        // Question marks and other marks alone show nothing.
        let shifted = self.line[at..end]
            .iter()
            .any(|c| c.len_utf8() > 2 && cut_mark(*c).is_none());
        let glossed = self.reading(at + 1).is_some() || self.glosses(end, state.last);
        if !shifted && !glossed && !text.ends_with('<') {
            return None;
        }
        let (bytes, events) = self.events(state.step, before);
        let from = at - usize::from(before != '\n');
        let shown: String = self.line[from..end].iter().collect();
        let fits = bytes.is_some_and(|bytes| {
            let replayed = replay(&bytes, &events);
            // The page shows the character in front as the repairs so far have it.
            let mut page: Vec<char> = shown.chars().collect();
            if from < at {
                page[0] = before;
            }
            may_show_as(&replayed, &page.into_iter().collect::<String>())
        });
        if !fits {
            return None;
        }
        let others: Vec<String> = found[1..].iter().map(|(.., text)| text.clone()).collect();
        let mut wide = text.chars().filter(|c| !c.is_ascii());
        let rare = wide.any(|c| self.model.rarity(c) > RARE * UNIT);
        let clear = !rare
            && found.get(1).is_none_or(|(other, _, rival, _)| {
                let apart = match (state.dropped, rival.dropped, state.guessed || rival.guessed) {
                    (0, 0, false) => CLEAR,
                    (0, 0, true) if text.ends_with('<') => CLEAR_TAG,
                    (0, _, _) => CLEAR_GUESSED,
                    (_, _, _) => CLEAR_DROPPED,
                };
                cost + apart * UNIT <= *other
            });
        let bytes = encoding_rs::GBK.encode(&text).0.into_owned();
        let run = Run {
            end,
            text: clear.then(|| text.clone()),
            others: if clear {
                others
            } else {
                [vec![text], others].concat()
            },
            bytes,
        };
        Some(run)
    }

    /// Lets words weigh as much as pairs of characters do.
    fn weigh_words(&self, at: usize, reach: usize, ends: &mut [(u32, usize, State)]) {
        let before = &self.line[at.saturating_sub(WORDS_BEFORE)..at];
        for (cost, end, state) in ends {
            let mut text: Vec<char> = before.to_vec();
            text.extend(self.text(state.step).chars());
            text.extend(&self.line[(*end).min(reach)..reach]);
            let pairs: u32 = text
                .windows(2)
                .map(|pair| self.model.cost(pair[0], pair[1]))
                .sum();
            let words = self.model.words(&text);
            *cost = (*cost * PARTS + words * WORDS).saturating_sub(pairs * WORDS) / PARTS;
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

    /// The original's bytes, from the character in front of the run, and what was done to them.
    fn events(&self, step: u32, before: char) -> (Option<Vec<u8>>, Vec<Event>) {
        let mut bytes = Vec::new();
        let mut events = Vec::new();
        let add = |c: char, bytes: &mut Vec<u8>| match (c.is_ascii(), gbk::pair(c)) {
            (true, _) => bytes.push(c as u8),
            (_, Some((lead, trail))) => bytes.extend([lead, trail]),
            _ => bytes.push(b'?'),
        };
        if before != '\n' {
            add(before, &mut bytes);
        }
        for step in self.chain(step) {
            if let Some(c) = step.character {
                add(c, &mut bytes);
            }
            match &step.event {
                Some(Placed::Gloss(further, reading)) => {
                    events.push(Event::Gloss(bytes.len() + further, reading.clone()));
                }
                Some(Placed::Cut(back)) => events.push(Event::Cut(bytes.len() - back)),
                None => {}
            }
        }
        (Some(bytes), events)
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

const OPENING: &str = "“「『《（";
const CLOSING: &str = "”」』》）";

/// The ASCII characters that end no pair of bytes, and went with the byte in front of them.
const SWALLOWED: std::ops::RangeInclusive<char> = ' '..='?';

/// The marks that are opened and not closed.
fn open_marks(text: impl Iterator<Item = char>) -> Vec<char> {
    let mut open = Vec::new();
    for c in text {
        if OPENING.contains(c) {
            open.push(c);
        } else if CLOSING.contains(c) {
            open.pop();
        }
    }
    open
}

/// What it costs that marks close something else than was opened, or open what is open already; logarithms.
fn unpaired(mut open: Vec<char>, text: impl Iterator<Item = char>) -> u32 {
    let mut count = 0;
    let mut opened = false;
    for c in text {
        let empty = std::mem::replace(&mut opened, OPENING.contains(c));
        if OPENING.contains(c) {
            count += if open.last() == Some(&c) { UNPAIRED } else { 0 };
            open.push(c);
        } else if let Some(at) = CLOSING.chars().position(|mark| mark == c) {
            let partner = OPENING.chars().nth(at);
            count += match open.pop() {
                None => UNPAIRED - 2, // opened on another line, it may be
                // Nobody quotes nothing.
                Some(open) if Some(open) == partner => 2 * UNPAIRED * u32::from(empty),
                Some(_) => UNPAIRED,
            };
        }
    }
    count + if open.is_empty() { 0 } else { UNPAIRED }
}

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

/// Keeps the likeliest states, one for each last character, lead byte and number of dropped characters, which are paid for
/// in the end.
fn prune(states: &mut Vec<State>) {
    let mut best: HashMap<(char, Option<u8>, u8), State> = HashMap::new();
    for state in states.drain(..) {
        let entry = best
            .entry((state.last, state.lead, state.dropped))
            .or_insert(state);
        if state.cost < entry.cost {
            *entry = state;
        }
    }
    states.extend(best.into_values());
    states.sort_by_key(|state| (state.cost, state.step));
    states.truncate(KEPT);
}
