//! What the whole of a line tells about each of its marks, looked for once.

use std::cell::{Cell, OnceCell};
use std::mem;

use super::context::{is_alphanumeric, is_ideograph, is_section, last, last_token};
use super::english::Sentence;
use jianti_text::lines::front;

/// A line, and what was found out about it.
pub struct Facts<'a> {
    line: &'a str,
    full_stop: OnceCell<bool>,
    comma: OnceCell<bool>,
    items: OnceCell<u32>,
    labels: OnceCell<Vec<&'a str>>,
    section: OnceCell<bool>,
    english: OnceCell<bool>,
    spacing: OnceCell<Spacing>,
    marks_apart: OnceCell<bool>,
    /// The sentence that was asked about last.
    sentence: Cell<Sentence>,
}

impl<'a> Facts<'a> {
    /// Nothing is known of the line yet.
    pub fn new(line: &'a str) -> Facts<'a> {
        Facts {
            line,
            full_stop: OnceCell::new(),
            comma: OnceCell::new(),
            items: OnceCell::new(),
            labels: OnceCell::new(),
            section: OnceCell::new(),
            english: OnceCell::new(),
            spacing: OnceCell::new(),
            marks_apart: OnceCell::new(),
            sentence: Cell::default(),
        }
    }

    /// Whether it has a full stop of its own. Runs of them are ellipses.
    pub fn has_full_stop(&self) -> bool {
        let line = self.line;
        let is_run = |at: usize| line[..at].ends_with('。') || line[at..].starts_with("。。");
        let found = || line.match_indices('。').any(|(at, _)| !is_run(at));
        *self.full_stop.get_or_init(found)
    }

    /// Whether it has a comma, in either width.
    pub fn has_comma(&self) -> bool {
        *self.comma.get_or_init(|| self.line.contains([',', '，']))
    }

    /// Whether it ends in `.` behind Chinese text, which a bracket may close: (他来了.小李也来了.) A word in Latin letters may end it:
    /// 他去了NBA.
    pub fn ends_in_point(&self) -> bool {
        let line = self.line.trim_end().trim_end_matches([')', '）']);
        let Some(front) = line.strip_suffix('.') else {
            return false;
        };
        let told = front.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        last(told).is_some_and(is_ideograph) && front.len() - told.len() != 1
    }

    /// Whether a mark of ASCII ends it that may end a sentence, and no ellipsis.
    pub fn ends_in_ascii(&self) -> bool {
        const CLOSING: [char; 8] = ['"', '\'', '”', '’', ')', '）', '」', '】'];
        let line = self.line.trim_end().trim_end_matches(CLOSING);
        line.ends_with(['.', '?', '!']) && !line.ends_with("..")
    }

    /// Whether this is the number of one of several items that follow each other on it: 1.洗米2.煮饭
    pub fn counts_items(&self, number: &str) -> bool {
        let items = || items(self.line);
        let number = number.parse::<u32>().ok();
        number.is_some_and(|number| {
            number <= MOST_ITEMS && *self.items.get_or_init(items) & 1 << number != 0
        })
    }

    /// Whether a word such as Q1 or 3.1 tells one of several items on it, others of which stand before points and Chinese text, too.
    pub fn labels_items(&self, word: &str) -> bool {
        // Words without a number are names: Tom.她叫Mary.
        if word.len() > LONGEST_LABEL || !word.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let labels = self.labels.get_or_init(|| labels(self.line));
        labels
            .iter()
            .any(|label| *label != word && shape(label) == shape(word))
    }

    /// Whether another mark ends it behind Chinese text.
    pub fn ends_in_mark(&self) -> bool {
        let line = self.line.trim_end();
        let front = line.strip_suffix(['?', '!', ':', '？', '！', '：', '﹖', '﹗', '﹕']);
        front.and_then(last).is_some_and(is_ideograph)
    }

    /// Whether spaces stand between its words, as Chinese has none: 我们 去 公园 吧
    pub fn has_words_apart(&self) -> bool {
        *self.spacing() != Spacing::Usual
    }

    /// Whether they stand around its marks, too, as in texts that are cut into tokens.
    pub fn has_tokens_apart(&self) -> bool {
        *self.spacing() == Spacing::Tokens
    }

    fn spacing(&self) -> &Spacing {
        self.spacing.get_or_init(|| Spacing::of(self.line.trim()))
    }

    /// Whether a mark stands behind a space on it.
    pub fn has_mark_apart(&self) -> bool {
        [" ,", " ;", " ?", " !"]
            .iter()
            .any(|mark| self.line.contains(mark))
    }

    /// Whether the marks of its sentences stand between spaces, as `tells` tells of the line.
    pub fn sets_marks_apart(&self, tells: impl FnOnce(&str) -> bool) -> bool {
        *self.marks_apart.get_or_init(|| tells(self.line))
    }

    /// Whether a place of it stands in an English sentence that holds Chinese words.
    pub fn is_in_english(&self, at: usize) -> bool {
        if !self.may_be_english() {
            return false;
        }
        if !self.sentence.get().has(at) {
            self.sentence.set(Sentence::around(self.line, at));
        }
        self.sentence.get().is_english
    }

    /// Whether it has so many words and letters of ASCII beside its ideographs that English may be on it.
    fn may_be_english(&self) -> bool {
        let found = || {
            let bytes = self.line.as_bytes();
            let begins_ideograph = |byte| matches!(byte, 0xE4..=0xE9);
            // Marks do not count, as they change. Most lines have few spaces.
            memchr::memchr_iter(b' ', bytes).nth(1).is_some()
                && count(bytes, |byte| byte.is_ascii_alphabetic()) >= count(bytes, begins_ideograph)
        };
        *self.english.get_or_init(found)
    }

    /// Whether a section of a manual's page is told on it: printf(3).
    pub fn names_section(&self) -> bool {
        let found = || {
            self.line.match_indices('(').any(|(at, _)| {
                last(&self.line[..at]).is_some_and(|c| c.is_ascii_lowercase())
                    && begins_with_section(&self.line[at + 1..])
            })
        };
        *self.section.get_or_init(found)
    }
}

/// Items have no higher numbers, or so many lines to themselves.
const MOST_ITEMS: u32 = 20;
/// No word that tells an item is longer, bytes.
const LONGEST_LABEL: usize = 6;

/// The words with a number on a line that may tell items, each once.
fn labels(line: &str) -> Vec<&str> {
    /// A line has no more items.
    const MOST: usize = 32;
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in line.match_indices('.') {
        let label = last_token(&line[..at]).trim_start_matches('.');
        let is_one = label.len() <= LONGEST_LABEL
            && label.contains(|c: char| c.is_ascii_digit())
            && line[at + 1..].starts_with(is_ideograph);
        if is_one && !found.contains(&label) {
            found.push(label);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// What a word consists of: runs of digits, of letters, and signs.
fn shape(word: &str) -> Vec<char> {
    let kinds = word.chars().map(|c| match c {
        '0'..='9' => '0',
        c if c.is_ascii_alphabetic() => 'a',
        c => c,
    });
    let mut shape: Vec<char> = kinds.collect();
    shape.dedup();
    shape
}

/// The numbers of items on a line that follow each other, each as a bit.
fn items(line: &str) -> u32 {
    let (mut found, mut before) = (0, None);
    for (at, mark) in line.match_indices(['.', '、']) {
        let rest = line[at + mark.len()..].trim_start_matches(' ');
        let front = line[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let number = line[front.len()..at].parse::<u32>().ok();
        let Some(number) = number.filter(|_| rest.starts_with(is_ideograph)) else {
            continue;
        };
        if number <= MOST_ITEMS && before.is_some_and(|before| before + 1 == number) {
            found |= 3 << (number - 1);
        }
        before = Some(number).filter(|number| *number <= MOST_ITEMS);
    }
    found
}

/// What a line's spaces stand between.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spacing {
    Usual,
    Words,
    /// Words and marks, each alone, in most clauses. 张三 , 李四 , 王五 都 来 了 has one such clause.
    Tokens,
}

impl Spacing {
    fn of(line: &str) -> Spacing {
        /// So many words that stand apart are no names or phrases.
        const LEAST: usize = 3;
        /// Chinese words have hardly more characters.
        const LONG: usize = 3;
        let (mut words, mut apart, mut ideographs, mut are_alone) = (0, 0, 0, true);
        let (mut clauses, mut uncut) = (0, 0);
        let mut is_behind_word = false;
        // Words of the clause that goes on, and how many characters the first has.
        let (mut cut, mut first) = (0, 0);
        let mut end = |words: usize, first: usize| {
            clauses += usize::from(words > 0);
            uncut += usize::from(words == 1 && first > 1);
        };
        for token in line.split(' ') {
            let length = token.chars().filter(|c| is_ideograph(*c)).count();
            let is_word = token.chars().all(is_alphanumeric) && !token.is_empty();
            are_alone &= is_word || token.chars().nth(1).is_none();
            words += usize::from(length > 0);
            ideographs += length;
            apart += usize::from(is_behind_word && token.starts_with(is_ideograph));
            is_behind_word = token.ends_with(is_ideograph);
            if is_word {
                first = if cut == 0 { length } else { first };
                cut += 1;
            } else {
                end(mem::take(&mut cut), first);
            }
        }
        end(cut, first);
        match apart >= LEAST && ideographs <= LONG * words {
            true if are_alone && uncut * 2 <= clauses => Spacing::Tokens,
            true => Spacing::Words,
            false => Spacing::Usual,
        }
    }
}

/// How many of these bytes are such.
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // Sums of a byte's size, for the sake of vector instructions.
    let sums = bytes.chunks(usize::from(u8::MAX)).map(|some| {
        let found = some.iter().map(|byte| u8::from(is(*byte)));
        usize::from(found.sum::<u8>())
    });
    sums.sum()
}

/// Whether a manual's section and a bracket begin here.
fn begins_with_section(text: &str) -> bool {
    /// No section is longer, bytes.
    const LONGEST: usize = 4;
    let section = front(text, LONGEST + 1).split_once(')');
    section.is_some_and(|(section, _)| is_section(section))
}
