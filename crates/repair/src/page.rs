//! What the beginning of a page tells about the rest of it: which characters stand next to each other there, so that a
//! name or a word that the page has elsewhere is likely, and which pronouns. And how much work the page may still make.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::glosses;
use crate::misread::{self, Amount, Misreading, PageMisreading};
use crate::searched::Searched;
use crate::shift::evidence;
use jianti_model::UNIT;
use jianti_text::ScriptCount;
use jianti_text::chars::{is_han, is_private_use};

/// How much of a page's beginning is counted, bytes.
pub const HEAD: usize = 1 << 16;

/// What tables of GBK have for A3 A0, which in others is the blank U+3000.
pub const BLANK: char = '\u{E5E5}';

/// How long a page is at the most that is counted anew when a line of it is repaired, bytes.
const SHORT: usize = 1 << 10;

/// How many characters a page may have weighed at once, and how many more for each byte of text. Weighing one takes some
/// 25 ns: a quarter of a second, and a hundredth of the speed of undamaged text.
const MOST_WORK: i64 = 10_000_000;
const WORK_PER_BYTE: i64 = 2;

/// A page on its way through the repair.
#[derive(Clone, Debug)]
pub struct Page {
    head: Arc<Head>,
    /// How many characters may still be weighed. Text without damage fills it up again, so that what a long way back was
    /// repaired does not matter. What a site takes beyond that is owed.
    work: i64,
    /// Where the text that was repaired last has to stay as it is, bytes.
    kept: Vec<Range<usize>>,
    /// What was searched.
    searched: Searched,
}

/// The beginning of a page, and what it tells once that is asked for.
#[derive(Debug)]
struct Head {
    text: Arc<str>,
    /// Apart, as they are long, and most pages never ask.
    facts: OnceLock<Box<Facts>>,
    glosses: OnceLock<bool>,
    taken_apart: OnceLock<bool>,
    misreading: OnceLock<Option<PageMisreading>>,
    first_blank: OnceLock<Option<Box<str>>>,
}

impl Page {
    /// A page that begins with this text; the first 64 KiB count.
    pub fn new(text: &str) -> Page {
        Page::beginning(text[..text.floor_char_boundary(HEAD)].into())
    }

    /// A page of which this is the beginning; all of it counts.
    pub fn beginning(head: Arc<str>) -> Page {
        Page {
            head: Arc::new(Head {
                text: head,
                facts: OnceLock::new(),
                glosses: OnceLock::new(),
                taken_apart: OnceLock::new(),
                misreading: OnceLock::new(),
                first_blank: OnceLock::new(),
            }),
            work: MOST_WORK,
            kept: Vec::new(),
            searched: Searched::default(),
        }
    }

    /// What is known of the page.
    pub(super) fn facts(&self) -> &Facts {
        let told = || Box::new(Facts::new(&self.head.text));
        self.head.facts.get_or_init(told)
    }

    /// Whether what its lines become is learnt.
    pub(super) fn is_short(&self) -> bool {
        self.head.text.len() <= SHORT
    }

    /// Lets what a line of a short page has become tell about the rest.
    pub(super) fn learn(&mut self, line: &str, repaired: &str) {
        let head = &self.head.text;
        if let Some(at) = head.find(line) {
            let text = [&head[..at], repaired, &head[at + line.len()..]].concat();
            self.head = Arc::new(Head {
                glosses: OnceLock::from(self.glosses_are_damage()),
                taken_apart: OnceLock::from(self.was_taken_apart()),
                misreading: OnceLock::from(self.misreading()),
                facts: OnceLock::new(),
                first_blank: OnceLock::new(),
                text: text.into(),
            });
            self.searched = Searched::default();
        }
    }

    /// Where the text that was repaired last has to stay as it is, bytes of the repaired text, in order: lines of another
    /// encoding and shifted runs that could still be recovered, which a conversion would destroy for good.
    pub fn take_kept(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.kept)
    }

    pub(super) fn keep(&mut self, kept: Vec<Range<usize>>) {
        self.kept = kept;
    }

    /// Whether the page's glosses are damage whatever they are.
    pub(super) fn glosses_are_damage(&self) -> bool {
        let told = || glosses::are_damage(&self.head.text);
        *self.head.glosses.get_or_init(told)
    }

    /// Whether its beginning shows that the program was at work that inserts readings and cuts bytes apart.
    pub(super) fn was_taken_apart(&self) -> bool {
        let told = || evidence::was_taken_apart(&jianti_data::model(), &self.head.text);
        *self.head.taken_apart.get_or_init(told)
    }

    /// Whether most of it was read in another encoding than its own, as its beginning shows: what is left of it is in no language.
    pub fn is_misread(&self) -> bool {
        let misreading = self.misreading();
        misreading.is_some_and(|misreading| misreading.amount == Amount::Most)
            || misread::is_lost(&self.head.text)
    }

    /// The first line with [`BLANK`], if its beginning has no other character of private use: then it is one everywhere, and told
    /// once.
    pub(super) fn first_blank(&self) -> Option<&str> {
        let told = || {
            let head = &self.head.text;
            let mut lines = head.split_inclusive('\n');
            let first = lines.find(|line| line.contains(BLANK))?;
            let is_other = |c: char| is_private_use(c) && c != BLANK;
            (!head.contains(is_other)).then(|| first.into())
        };
        self.head.first_blank.get_or_init(told).as_deref()
    }

    /// Its beginning without lines that were read in another encoding than their own and show letters of another language;
    /// `None` if there are none. What is left tells its language.
    pub fn without_misread_lines(&self) -> Option<String> {
        let page = self.misreading()?;
        let others = page
            .misreading
            .others(&jianti_data::model(), &self.head.text);
        others.filter(|_| page.amount == Amount::Lines)
    }

    /// The encoding that it or lines of it were read in and the one that it is, as its beginning shows: then so may lines be without
    /// any of the signs that are looked for everywhere.
    pub(super) fn misreading(&self) -> Option<PageMisreading> {
        let told = || Misreading::of_page(jianti_data::model, &self.head.text);
        *self.head.misreading.get_or_init(told)
    }

    /// How much work may still be done: how many characters may be weighed.
    pub(super) fn work_left(&self) -> i64 {
        self.work
    }

    /// What was searched so far.
    pub(super) fn take_searched(&mut self) -> Searched {
        std::mem::take(&mut self.searched)
    }

    /// The same behind much text without damage, when as much work as ever may be done. Where most of it was done there is
    /// much damage, and more to come.
    pub fn rested(self) -> Page {
        let work = match self.work * 2 > MOST_WORK {
            true => MOST_WORK,
            false => self.work,
        };
        Page { work, ..self }
    }

    /// Takes the work that was done, and what was searched by then.
    pub(super) fn spend(&mut self, done: u64, searched: Searched) {
        self.work -= done as i64;
        self.searched = searched;
    }

    /// Gives the work that this much text allows, bytes.
    pub(super) fn earn(&mut self, length: usize) {
        self.work = MOST_WORK.min(self.work + length as i64 * WORK_PER_BYTE);
    }
}

// What was searched does not count, as no result hangs on it.
impl PartialEq for Page {
    fn eq(&self, other: &Page) -> bool {
        Arc::ptr_eq(&self.head, &other.head) && self.work == other.work
    }
}

/// The weight of what the page has elsewhere beside the model, and after how many occurrences of a character what
/// follows it there counts half.
const WEIGHT: f64 = 0.25;
const HALF: f64 = 5.0;

/// Pronouns that differ in writing only: a page has reasons for one of them that no sentence tells.
const PRONOUNS: [char; 5] = ['他', '她', '它', '牠', '祂'];

/// Quotation marks by style: a page has one of them.
const QUOTES: [[char; 4]; 2] = [['“', '”', '‘', '’'], ['「', '」', '『', '』']];

/// A quick hash of two code points.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// What is known of a page.
#[derive(Debug)]
pub struct Facts {
    /// How often the page has two ideographs beside each other.
    pairs: HashMap<u64, u32, BuildHasherDefault<Mix>>,
    /// How many pairs begin with a character, by [`first`].
    firsts: Vec<u32>,
    /// A bit for each character that is the second of a pair, so that most others are soon told.
    seconds: Vec<u64>,
    /// By [`PRONOUNS`].
    pronouns: [u32; PRONOUNS.len()],
    scripts: ScriptCount,
    /// What each ASCII character but `(`, which begins a gloss, costs right behind an ideograph.
    behind: [u32; 0x80],
    /// By [`QUOTES`].
    quotes: [u32; QUOTES.len()],
}

impl Facts {
    /// Counts the beginning of a page.
    pub fn new(head: &str) -> Facts {
        let mut pairs: HashMap<u64, u32, BuildHasherDefault<Mix>> = HashMap::default();
        // About one of three characters begins a pair that was not met before.
        pairs.reserve(head.len() / 3 / 3);
        let mut firsts = vec![0_u32; 0x1_0000];
        let mut pronouns = [0; PRONOUNS.len()];
        let mut scripts = ScriptCount::default();
        let mut behind = [0; 0x80];
        let mut quotes = [0; QUOTES.len()];
        scripts.add(head);
        let mut seconds = vec![0; 0x1_0000 / 64];
        let mut before = None;
        for c in head.chars() {
            if !is_han(c) {
                if c.is_ascii() && c != '(' && before.is_some() {
                    behind[c as usize] += 1;
                } else if let Some(style) = QUOTES.iter().position(|style| style.contains(&c)) {
                    quotes[style] += 1;
                }
                before = None;
                continue;
            }
            if let Some(found) = PRONOUNS.iter().position(|pronoun| *pronoun == c) {
                pronouns[found] += 1;
            }
            if let Some(before) = before {
                *pairs.entry(key(before, c)).or_default() += 1;
                firsts[first(before)] += 1;
                let bit = c as usize % 0x1_0000;
                seconds[bit / 64] |= 1 << (bit % 64);
            }
            before = Some(c);
        }
        Facts {
            pairs,
            firsts,
            seconds,
            pronouns,
            scripts,
            behind: costs_behind(behind),
            quotes,
        }
    }

    /// What the quotation marks of a text cost, or less than nothing, for those that the page has, in eighths of a natural
    /// logarithm.
    pub fn quotes(&self, text: &str) -> i32 {
        let all: u32 = self.quotes.iter().sum();
        let cost = |style: usize| {
            let share = f64::from(self.quotes[style] + 1) / f64::from(all + 2);
            (-(2.0 * share).ln() * f64::from(UNIT)) as i32
        };
        let style = |c: char| QUOTES.iter().position(|style| style.contains(&c));
        text.chars().filter_map(style).map(cost).sum()
    }

    /// What an ASCII character costs behind an ideograph on this page, in eighths of a natural logarithm, beyond what
    /// the commonest there costs.
    pub fn behind(&self, c: char) -> u32 {
        self.behind[c as usize & 0x7F]
    }

    /// The telling characters of the page's beginning.
    pub fn scripts(&self) -> ScriptCount {
        self.scripts
    }

    /// What `c` costs after `before`, in eighths of a natural logarithm, where the model says `counted`.
    #[inline]
    pub fn cost(&self, before: char, c: char, counted: u32) -> u32 {
        let bit = c as usize % 0x1_0000;
        if self.seconds[bit / 64] >> (bit % 64) & 1 == 0 {
            return counted;
        }
        match self.pairs.get(&key(before, c)) {
            Some(count) => counted.min(self.cost_here(before, *count)),
            None => counted,
        }
    }

    /// What a character costs that stands so often behind `before`: worked out where it is asked, as of most pairs of a
    /// page it never is.
    fn cost_here(&self, before: char, count: u32) -> u32 {
        let share = f64::from(count) / (f64::from(self.firsts[first(before)]) + HALF);
        (-(WEIGHT * share).ln() * f64::from(UNIT)) as u32
    }

    /// What the pronouns of a text cost on this page beyond what the model says of them, in eighths of a natural
    /// logarithm.
    pub fn pronouns(&self, text: &str) -> u32 {
        let all: u32 = self.pronouns.iter().sum();
        if all == 0 {
            return 0;
        }
        let places = text
            .chars()
            .filter_map(|c| PRONOUNS.iter().position(|pronoun| *pronoun == c));
        let share = |place: usize| (f64::from(self.pronouns[place]) + 0.3) / (f64::from(all) + 1.5);
        places
            .map(|place| (-share(place).ln() * f64::from(UNIT)) as u32)
            .sum()
    }
}

/// What characters cost by how often they are met, in eighths of a natural logarithm, beyond what the commonest costs.
fn costs_behind(counts: [u32; 0x80]) -> [u32; 0x80] {
    let count = |count: u32| f64::from(count) + 0.5;
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.map(|here| (-(count(here) / count(most)).ln() * f64::from(UNIT)) as u32)
}

/// Where the number of pairs stands that begin with a character; those beyond the BMP, which are rare, share the place of
/// another.
fn first(c: char) -> usize {
    c as usize % 0x1_0000
}

fn key(before: char, c: char) -> u64 {
    u64::from(before as u32) << 32 | u64::from(c as u32)
}
