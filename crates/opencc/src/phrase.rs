//! Conversion where phrases may begin: OpenCC's segmentation and steps, followed to the letter.
//!
//! OpenCC cuts the text into segments (the segmentation's phrases, and the runs between them) and takes each segment
//! through the steps. Here that is done lazily from one position, and only as far as the next position where all steps
//! stand at a boundary together; from there the scan loop goes on.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::ids;
use crate::tables::Tables;
use crate::trie::{Match, Trie, Walk};

/// Converts the phrases of one text.
pub struct Phrases<'a> {
    tables: &'a Tables,
    text: &'a str,
    /// Whether nothing follows `text`.
    last: bool,
    /// Whether a decision hung on what follows `text`.
    starved: Cell<bool>,
    /// The characters that could have made a difference there, if somebody wants to know: those that the first step or
    /// the segmentation would have gone on with, and those that the second step would have.
    wanted: Option<RefCell<[BTreeSet<char>; 2]>>,
    /// Characters that the first step has made and the second has not used yet.
    queue: Vec<char>,
    /// For each token of the first step: where its characters end in `queue`, and where it ends in `text`.
    ends: Vec<(usize, usize)>,
}

/// A segment on its way through the steps.
struct Segment {
    start: usize,
    /// Where it ends; `None` for a run, whose end is found on the way.
    end: Option<usize>,
    /// Where the first step's next token begins.
    next: usize,
}

/// What the first step makes of one token.
enum Token<'a> {
    Value(&'a str),
    /// A character without an entry, normalised.
    Char(char),
    /// A complete ideographic description sequence.
    Sequence(&'a str),
}

impl<'a> Phrases<'a> {
    /// `last` says that nothing follows `text`.
    pub fn new(tables: &'a Tables, text: &'a str, last: bool) -> Self {
        Phrases {
            tables,
            text,
            last,
            starved: Cell::new(false),
            wanted: None,
            queue: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Converts from the beginning, as [`Phrases::convert`] does. If that hangs on what follows the text: the normalised
    /// characters that could make a difference there, for the first step or the segmentation, and for the second step.
    pub fn wanted(&mut self) -> Option<[BTreeSet<char>; 2]> {
        self.wanted = Some(RefCell::default());
        let settled = self.convert(0, &mut String::new()).is_some();
        let wanted = self.wanted.take().map(RefCell::into_inner);
        wanted.filter(|_| !settled)
    }

    /// Converts from byte `at` to the next position where all steps stand at a boundary, appends the result to `out`
    /// and returns that position. `None`, with nothing appended, if it hangs on what follows the text.
    pub fn convert(&mut self, at: usize, out: &mut String) -> Option<usize> {
        let mark = out.len();
        self.starved.set(false);
        let end = self.convert_at(at, out);
        if self.starved.get() {
            out.truncate(mark);
            return None;
        }
        Some(end)
    }

    fn convert_at(&mut self, at: usize, out: &mut String) -> usize {
        if let Some((end, value)) = self.user_entry(at) {
            out.push_str(value);
            return end;
        }
        let end = self.segmented(at);
        if self.tables.tries().steps.len() == 1 {
            let (token_end, token) = self.token(at, end);
            match token {
                Token::Value(text) | Token::Sequence(text) => out.push_str(text),
                Token::Char(c) => out.push(c),
            }
            return token_end;
        }
        self.queue.clear();
        self.ends.clear();
        self.convert_segment(
            Segment {
                start: at,
                end,
                next: at,
            },
            out,
        )
    }

    /// The second step over what the first makes, until both stand at a boundary.
    fn convert_segment(&mut self, mut segment: Segment, out: &mut String) -> usize {
        let tables = self.tables;
        let mut head = 0;
        loop {
            let mut walk = Walk::new(&tables.tries().steps[1]);
            let mut at = head;
            while walk.goes_on() {
                if !self.fill(&mut segment, at + 1) {
                    self.want(1, &walk);
                    break;
                }
                if !walk.advance(self.queue[at]) {
                    break;
                }
                at += 1;
            }
            if let Some(found) = walk.best() {
                out.push_str(found.value);
                head += found.chars;
            } else {
                if ids::operators().any(|c| c == self.queue[head]) {
                    self.fill(&mut segment, head + ids::MAX_CODE_POINTS);
                }
                let length = ids::sequence(self.queue[head..].iter().copied()).unwrap_or(1);
                out.extend(&self.queue[head..head + length]);
                head += length;
            }
            // Inside a phrase of the segmentation the scan must not go on: it would look for others there.
            let mut boundaries = self
                .ends
                .iter()
                .filter(|(_, at)| segment.end.is_none_or(|end| *at == end));
            if let Some(&(_, at)) = boundaries.find(|(end, _)| *end == head) {
                return at;
            }
        }
    }

    /// Lets the first step go on until `queue` holds this many characters; whether it does.
    fn fill(&mut self, segment: &mut Segment, length: usize) -> bool {
        while self.queue.len() < length {
            let at = segment.next;
            if segment.end.is_none() && at != segment.start && self.ends_run(at) {
                return false;
            }
            if at == segment.end.unwrap_or(self.text.len()) {
                return false;
            }
            let (end, token) = self.token(at, segment.end);
            match token {
                Token::Value(text) | Token::Sequence(text) => self.queue.extend(text.chars()),
                Token::Char(c) => self.queue.push(c),
            }
            self.ends.push((self.queue.len(), end));
            segment.next = end;
        }
        true
    }

    /// Whether a run ends at `at`: a segment begins there, or the text ends.
    fn ends_run(&self, at: usize) -> bool {
        if at == self.text.len() {
            self.starved.set(self.starved.get() || !self.last);
            return true;
        }
        self.segmented(at).is_some() || self.user_entry(at).is_some()
    }

    /// The first step at `at`: where its token ends, and what it makes of it. `end` is the end of the segment, if known.
    fn token(&self, at: usize, end: Option<usize>) -> (usize, Token<'a>) {
        if let Some((end, value)) = self.first_step(at, end) {
            return (end, Token::Value(value));
        }
        if let Some(length) = ids::sequence(self.raw(at, end.unwrap_or(self.text.len()))) {
            let end = self.after(at, length);
            return (end, Token::Sequence(&self.text[at..end]));
        }
        let c = self.char_at(at);
        (at + c.len_utf8(), Token::Char(self.tables.normalize(c)))
    }

    /// The first step's entry at `at`: where its key ends, and its value.
    fn first_step(&self, at: usize, end: Option<usize>) -> Option<(usize, &'a str)> {
        let step = &self.tables.tries().steps[0];
        let found = self.find(step, at, end.unwrap_or(self.text.len()))?;
        let found_end = self.after(at, found.chars);
        // A phrase of the segmentation that begins inside the key ends the run before it.
        match self
            .segmented_within(at, found_end)
            .filter(|_| end.is_none())
        {
            Some(run_end) => {
                let found = self.find(step, at, run_end)?;
                Some((self.after(at, found.chars), found.value))
            }
            None => Some((found_end, found.value)),
        }
    }

    /// Where the first phrase of the segmentation begins after `at` and before `end`.
    fn segmented_within(&self, at: usize, end: usize) -> Option<usize> {
        let mut at = at + self.char_at(at).len_utf8();
        while at < end {
            if self.segmented(at).is_some() {
                return Some(at);
            }
            let length = ids::sequence(self.raw(at, self.text.len())).unwrap_or(1);
            at = self.after(at, length);
        }
        None
    }

    /// Where the phrase of the segmentation ends that begins at `at`.
    fn segmented(&self, at: usize) -> Option<usize> {
        let found = self.find(&self.tables.tries().segmentation, at, self.text.len())?;
        Some(self.after(at, found.chars))
    }

    /// The user's entry at `at` (where its key ends, and its value), unless a longer phrase begins there too.
    fn user_entry(&self, at: usize) -> Option<(usize, &'a str)> {
        let found = self.find(&self.tables.tries().user, at, self.text.len())?;
        let end = self.after(at, found.chars);
        let segmented = self.segmented(at).unwrap_or(0);
        let converted = self.first_step(at, None).map_or(0, |(end, _)| end);
        (end >= segmented.max(converted)).then_some((end, found.value))
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().expect("before the end")
    }

    /// The byte position this many code points after `at`.
    fn after(&self, at: usize, chars: usize) -> usize {
        at + self.text[at..]
            .chars()
            .take(chars)
            .map(char::len_utf8)
            .sum::<usize>()
    }

    /// The characters from `at` to `end`; notes when they run out though more may follow.
    fn raw(&self, at: usize, end: usize) -> impl Iterator<Item = char> {
        let open = end == self.text.len() && !self.last;
        let mut chars = self.text[at..end].chars();
        std::iter::from_fn(move || {
            let c = chars.next();
            if c.is_none() && open {
                self.starved.set(true);
            }
            c
        })
    }

    /// The key of `trie` that wins among those that begin at `at` and end before `end`.
    fn find(&self, trie: &'a Trie, at: usize, end: usize) -> Option<Match<'a>> {
        let mut walk = Walk::new(trie);
        let mut chars = self.raw(at, end);
        while walk.goes_on() {
            match chars.next() {
                Some(c) if walk.advance(self.tables.normalize(c)) => {}
                Some(_) => break,
                None => {
                    self.want(0, &walk);
                    break;
                }
            }
        }
        walk.best()
    }

    /// Notes which characters a look-up would have gone on with.
    fn want(&self, step: usize, walk: &Walk) {
        if let Some(wanted) = &self.wanted {
            wanted.borrow_mut()[step].extend(walk.next());
        }
    }
}
