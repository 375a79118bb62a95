//! Damage that scraping programs did to pages, undone where it shows.
//!
//! Each rule looks at one line and says what is damaged and what belongs there; [`Repairer`] makes the changes that are
//! settled and tells of the others. A line without damage is not touched, and is passed over quickly.

mod code_points;
mod edit;
mod filter;
mod gbk;
mod gloss;
mod model;
mod mojibake;
mod reading;
pub mod replay;
mod shift;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::convert;
use serde::Serialize;

pub use edit::Rule;
use edit::{Edit, Line};
use filter::Suspects;
use model::Model;
use reading::Syllable;
use shift::Search;

/// Finds edits on a line; the flag says whether the line is known to have been shifted.
type RuleOf<'a> = dyn Fn(&str, bool) -> Vec<Edit> + 'a;

/// The longest line that is looked at in one piece, bytes; longer ones are cut.
pub const LONGEST_LINE: usize = 1 << 20;

/// How often the rules go over a line: what one finds may have been hidden by another's damage.
const ROUNDS: usize = 4;

static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/likelihood.model"));

/// A damaged place of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Site {
    /// Where it begins: bytes from the beginning of the document's text in UTF-8, without a BOM.
    pub offset: u64,
    /// The rule that found it.
    pub rule: Rule,
    /// What the page shows.
    pub before: String,
    /// What belongs there; `None` if that is open, and the page's text stays.
    pub after: Option<String>,
    /// The original's bytes in hexadecimal, where the rule is about bytes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bytes: String,
    /// What else might belong there, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

impl Site {
    fn new(line: &Line, edit: &Edit) -> Site {
        Site {
            offset: line.source(edit.range.start) as u64,
            rule: edit.rule,
            before: line.text[edit.range.clone()].to_owned(),
            after: edit.after.clone(),
            bytes: hexadecimal(&edit.bytes),
            candidates: edit.others.clone(),
        }
    }
}

/// How many places each rule found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Repairs {
    /// Repaired places, by [`Rule::name`]; only rules that found any.
    #[serde(flatten)]
    pub repaired: BTreeMap<&'static str, u64>,
    /// Damaged places that were left as they are, because it is open what belongs there.
    pub open: u64,
    /// U+FFFD and 锟斤拷: places beyond repair.
    pub lost: u64,
}

impl Repairs {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        *self == Repairs::default()
    }

    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: &Repairs) {
        for (rule, count) in &other.repaired {
            *self.repaired.entry(rule).or_default() += count;
        }
        self.open += other.open;
        self.lost += other.lost;
    }
}

/// What was found in a document so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How much.
    pub repairs: Repairs,
    /// Each place, if they are wanted.
    pub sites: Option<Vec<Site>>,
}

impl Findings {
    /// Nothing found yet. With `sites` each place is kept, otherwise they are only counted.
    pub fn new(sites: bool) -> Findings {
        Findings {
            repairs: Repairs::default(),
            sites: sites.then(Vec::new),
        }
    }

    /// Adds what was repaired elsewhere, and not what was left.
    pub(crate) fn add_repaired(&mut self, other: Findings) {
        let repairs = Repairs {
            repaired: other.repairs.repaired,
            ..Repairs::default()
        };
        self.repairs.add(&repairs);
        if let (Some(sites), Some(others)) = (&mut self.sites, other.sites) {
            sites.extend(others.into_iter().filter(|site| site.after.is_some()));
        }
    }

    /// Adds what was found in the text that begins at this byte.
    pub(crate) fn add_further(&mut self, further: Findings, offset: u64) {
        self.repairs.add(&further.repairs);
        if let (Some(sites), Some(further)) = (&mut self.sites, further.sites) {
            sites.extend(further.into_iter().map(|site| Site {
                offset: offset + site.offset,
                ..site
            }));
        }
    }

    fn add(&mut self, line: &Line, edit: &Edit) {
        match (edit.rule, &edit.after) {
            (Rule::Lost, _) => self.repairs.lost += 1,
            (_, None) => self.repairs.open += 1,
            (rule, Some(_)) => *self.repairs.repaired.entry(rule.name()).or_default() += 1,
        }
        if let Some(sites) = &mut self.sites {
            sites.push(Site::new(line, edit));
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(" ")
}

/// Finds and undoes damage. `Send + Sync`: one serves all threads.
#[derive(Clone, Copy, Debug)]
pub struct Repairer {
    model: Model,
}

impl Default for Repairer {
    fn default() -> Self {
        Repairer {
            model: Model::from_bytes(MODEL),
        }
    }
}

impl Repairer {
    /// Repairs a whole text; borrowed if nothing changes. What was found is added to `findings`.
    ///
    /// ```
    /// use jianti::repair::{Findings, Repairer};
    ///
    /// let mut findings = Findings::new(true);
    /// let text = Repairer::default().repair("河?xùn)|區(qū)委負(fù)責(zé)同志", &mut findings);
    /// assert_eq!(text, "河東區委負責同志");
    /// assert_eq!(findings.repairs.repaired["gloss"], 3);
    /// assert_eq!(findings.sites.unwrap()[0].after.as_deref(), Some("東"));
    /// ```
    pub fn repair<'a>(&self, text: &'a str, findings: &mut Findings) -> Cow<'a, str> {
        self.front(text, 0, true, findings).0
    }

    /// Repairs the front of a text that goes on, as far as that does not depend on what comes; `last` says that nothing
    /// comes. `offset` is where the text begins in its document, bytes. Appends to `out`; returns how many bytes of
    /// `text` are done.
    pub fn append(
        &self,
        text: &str,
        offset: u64,
        last: bool,
        findings: &mut Findings,
        out: &mut String,
    ) -> usize {
        let (repaired, length) = self.front(text, offset, last, findings);
        out.push_str(&repaired);
        length
    }

    /// The same as [`Repairer::append`], but returns the repaired text, borrowed if nothing changes, and the length of
    /// what is done.
    pub fn front<'a>(
        &self,
        text: &'a str,
        offset: u64,
        last: bool,
        findings: &mut Findings,
    ) -> (Cow<'a, str>, usize) {
        let length = if last { text.len() } else { whole_lines(text) };
        let front = &text[..length];
        let mut out = String::new();
        let mut done = 0;
        self.lines(front, offset as usize, findings, |range, repaired| {
            out.push_str(&front[done..range.start]);
            out.push_str(&repaired);
            done = range.end;
        });
        if done == 0 {
            return (Cow::Borrowed(front), length);
        }
        out.push_str(&front[done..]);
        (Cow::Owned(out), length)
    }

    /// Gives each line that changes, and what it becomes, to `change`.
    fn lines(
        &self,
        text: &str,
        offset: usize,
        findings: &mut Findings,
        mut change: impl FnMut(std::ops::Range<usize>, String),
    ) {
        let mut suspects = Suspects::new(text);
        let mut from = 0;
        while let Some(suspect) = suspects.next(from) {
            let range = line_around(text, from, suspect);
            if let Some(repaired) = self.line(&text[range.clone()], offset + range.start, findings)
            {
                change(range.clone(), repaired);
            }
            from = range.end;
        }
    }

    fn line(&self, text: &str, offset: usize, findings: &mut Findings) -> Option<String> {
        let mut line = Line::new(text, offset);
        let mut changed = false;
        let mut shifted = false;
        let mut open: Vec<Site> = Vec::new();
        let known = findings.sites.as_ref().map_or(0, Vec::len);
        for _ in 0..ROUNDS {
            let mut again = false;
            open.clear();
            let rules: [&RuleOf; 5] = [
                &|text, _| mojibake::edits(&self.model, text),
                &|text, _| mojibake::entities(text),
                &|text, _| shift_edits(&self.model, text),
                &|text, _| code_points::edits(text),
                &|text, shifted| gloss::edits(&self.model, text, shifted),
            ];
            for rule in rules {
                let edits = rule(&line.text, shifted);
                for edit in &edits {
                    shifted |= edit.rule == Rule::Shift;
                    match edit.after {
                        Some(_) => findings.add(&line, edit),
                        None => open.push(Site::new(&line, edit)),
                    }
                }
                again |= line.apply(&edits);
            }
            changed |= again;
            if !again {
                break;
            }
        }
        findings.repairs.open += open.len() as u64;
        if let Some(sites) = &mut findings.sites {
            sites.append(&mut open);
        }
        for edit in lost(&line.text) {
            findings.add(&line, &edit);
        }
        // The rules find them one after the other; people read them as they stand on the line.
        if let Some(sites) = &mut findings.sites {
            sites[known..].sort_by_key(|site| site.offset);
        }
        changed.then_some(line.text)
    }
}

/// The line, or the piece of a very long line, that holds the byte at `suspect`; lines before `from` are done.
fn line_around(text: &str, from: usize, suspect: usize) -> std::ops::Range<usize> {
    // Bytes: the suspect may stand within a character.
    let before = &text.as_bytes()[from..suspect];
    let line_end = before.iter().rposition(|byte| *byte == b'\n');
    let mut start = line_end.map_or(from, |at| from + at + 1);
    loop {
        let end = piece_end(text, start);
        if suspect < end {
            return start..end;
        }
        start = end;
    }
}

/// How many characters before a long line's end a place to cut it is looked for.
const WITHIN: usize = 1 << 10;

/// Where the line, or the piece of a long one, that begins at `start` ends.
pub(crate) fn piece_end(text: &str, start: usize) -> usize {
    let mut end = text.len().min(start + LONGEST_LINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match memchr::memchr(b'\n', &text.as_bytes()[start..end]) {
        Some(at) => start + at + 1,
        None if end == text.len() => end,
        None => cut(&text[start..], end - start) + start,
    }
}

/// Where a long line is cut near byte `most`: behind its last mark, or else between words.
fn cut(line: &str, most: usize) -> usize {
    let back = || {
        let starts = line[..most].char_indices().rev().map(|(at, _)| at);
        std::iter::once(most).chain(starts).take(WITHIN)
    };
    let behind_mark = |at: &usize| {
        line[..*at]
            .chars()
            .next_back()
            .is_some_and(|c| !convert::is_han(c))
    };
    back()
        .find(behind_mark)
        .or_else(|| back().find(|at| !convert::cuts_word(line, *at)))
        .unwrap_or(most)
}

/// The length of the lines, and pieces of long lines, that `text` holds whole; bytes.
pub(crate) fn whole_lines(text: &str) -> usize {
    let mut start = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
    // What follows the cut tells whether it is inside a word.
    while text.len() - start >= LONGEST_LINE + 32 {
        start = piece_end(text, start);
    }
    start
}

/// The shifted runs of a line.
fn shift_edits(model: &Model, line: &str) -> Vec<Edit> {
    if !line.contains(replay::is_question_mark) {
        return Vec::new();
    }
    let characters: Vec<char> = line.trim_end_matches(['\r', '\n']).chars().collect();
    let places: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .collect();
    let mut edits = Vec::new();
    let mut before = None;
    let mut search = Search::new(model, &characters);
    let mut at = 0;
    while at < characters.len() {
        let c = characters[at];
        if let Some(run) = Some(c)
            .filter(|c| replay::is_question_mark(*c))
            .and_then(|_| {
                search.run(
                    at,
                    before.map(|before| behind_gloss(&characters[..at], before)),
                )
            })
        {
            let settled = run.text.is_some();
            edits.push(Edit {
                range: places[at]..places[run.end],
                after: run.text,
                rule: Rule::Shift,
                bytes: run.bytes,
                others: run.others,
            });
            if settled {
                before = edits[edits.len() - 1]
                    .after
                    .as_ref()
                    .and_then(|text| text.chars().next_back());
            } else {
                before = Some(characters[run.end - 1]);
            }
            at = run.end;
            continue;
        }
        before = Some(c);
        at += 1;
    }
    edits
}

/// The character in front of a gloss that stands at the end of `line`, if there is one there; otherwise `last`.
fn behind_gloss(line: &[char], last: char) -> char {
    if last != ')' {
        return last;
    }
    let bracket = line
        .iter()
        .rev()
        .take(9)
        .position(|c| *c == '(')
        .map(|back| line.len() - 1 - back);
    bracket
        .filter(|at| *at > 0)
        .filter(|at| {
            let gloss: String = line[at + 1..].iter().collect();
            Syllable::before_bracket(&gloss).is_some_and(|syllable| syllable.reads(line[at - 1]))
        })
        .map_or(last, |at| line[at - 1])
}

/// What is beyond repair.
fn lost(line: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for pattern in ["\u{FFFD}", "锟斤拷", "錕斤拷"] {
        edits.extend(line.match_indices(pattern).map(|(at, found)| Edit {
            after: None,
            ..Edit::plain(Rule::Lost, at..at + found.len(), "")
        }));
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}
