//! How likely text is as Chinese: what one character costs after another.
//!
//! The costs come from counted words (`data/words`): the words are taken as drawn one after the other, each by its count.
//! Marks, which no word list counts, have costs set by hand. Script does not matter: a traditional character counts as
//! its simplified one. Also compiled into the build script, which makes the table.

use std::collections::HashMap;

/// Units in one natural logarithm.
pub const UNIT: u32 = 8;

/// The ideographs that the model knows: U+4E00–9FFF.
const FIRST: u32 = 0x4E00;
const COUNT: usize = 0x5200;

/// The compiled model, as bytes that can be embedded.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// For each ideograph its number and one, little-endian `u16`; 0 if it is in no word.
    numbers: &'static [u8],
    /// For each number: the cost of a word that begins with it.
    start: &'static [u8],
    /// For each number: the cost of a word's end after it.
    end: &'static [u8],
    /// For each number, and one more: where its row begins, `u32`.
    rows: &'static [u8],
    /// The numbers that follow within words, each row sorted, `u16`.
    next: &'static [u8],
    /// What each costs.
    costs: &'static [u8],
    /// For each number: the cost of finding it at any place.
    shares: &'static [u8],
}

fn cost(share: f64) -> u8 {
    (-share.ln() * f64::from(UNIT)).round().clamp(0.0, 254.0) as u8
}

/// Compiles `words`, lines of a word of simplified characters, a space and its count. `traditional` gives the
/// traditional characters with their simplified ones.
pub fn compile(words: &str, traditional: impl Iterator<Item = (char, char)>) -> Vec<u8> {
    let mut simplified: HashMap<char, char> = traditional.collect();
    simplified.insert('著', '着'); // traditional text has the one for both
    let mut numbers: HashMap<char, u16> = HashMap::new();
    let mut starts: Vec<u64> = Vec::new();
    let mut ends: Vec<u64> = Vec::new();
    let mut totals: Vec<u64> = Vec::new();
    let mut pairs: HashMap<(u16, u16), u64> = HashMap::new();
    for line in words.lines().filter(|line| !line.starts_with('#')) {
        let (word, count) = line.split_once(' ').expect("a word and its count");
        let count: u64 = count.parse().expect("a count");
        let word: Vec<u16> = word
            .chars()
            .map(|c| simplified.get(&c).copied().unwrap_or(c))
            .map(|c| {
                let number = numbers.len() as u16;
                *numbers.entry(c).or_insert_with(|| {
                    starts.push(0);
                    ends.push(0);
                    totals.push(0);
                    number
                })
            })
            .collect();
        starts[usize::from(word[0])] += count;
        ends[usize::from(word[word.len() - 1])] += count;
        for number in &word {
            totals[usize::from(*number)] += count;
        }
        for pair in word.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_default() += count;
        }
    }
    let all: u64 = starts.iter().sum();
    // Nothing is impossible: each character also begins and ends a word now and then.
    let start: Vec<f64> = (0..totals.len())
        .map(|at| (starts[at] as f64 + totals[at] as f64 / 100.0 + 1.0) / all as f64)
        .map(|share| share * 0.88 /* marks are the rest */)
        .collect();
    let end: Vec<f64> = (0..totals.len())
        .map(|at| {
            (ends[at] as f64 + totals[at] as f64 / 100.0 + 1.0) / (totals[at] as f64 * 1.01 + 1.0)
        })
        .collect();

    let mut table = vec![0_u16; COUNT];
    let mut enter = |c: char, number: u16| {
        if let Some(entry) = table.get_mut((c as usize).wrapping_sub(FIRST as usize)) {
            *entry = number + 1;
        }
    };
    for (c, number) in &numbers {
        enter(*c, *number);
    }
    for (c, simplified) in &simplified {
        if let Some(number) = numbers.get(simplified) {
            enter(*c, *number);
        }
    }
    let mut kept: Vec<_> = pairs
        .into_iter()
        .filter_map(|((first, second), count)| {
            let (first_at, second_at) = (usize::from(first), usize::from(second));
            let by_chance = end[first_at] * start[second_at];
            let share = count as f64 / (totals[first_at] as f64 * 1.01 + 1.0) + by_chance;
            (share > 1.5 * by_chance).then(|| (first, second, cost(share)))
        })
        .collect();
    kept.sort_unstable();

    let mut bytes = Vec::new();
    bytes.extend((totals.len() as u32).to_le_bytes());
    bytes.extend((kept.len() as u32).to_le_bytes());
    bytes.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend(start.iter().map(|share| cost(*share)));
    bytes.extend(end.iter().map(|share| cost(*share)));
    for number in 0..=totals.len() {
        let row = kept.partition_point(|(first, ..)| usize::from(*first) < number);
        bytes.extend((row as u32).to_le_bytes());
    }
    bytes.extend(kept.iter().flat_map(|(_, second, _)| second.to_le_bytes()));
    bytes.extend(kept.iter().map(|(.., cost)| cost));
    let places: u64 = totals.iter().sum();
    bytes.extend(
        totals
            .iter()
            .map(|total| cost(*total as f64 / places as f64)),
    );
    bytes
}

/// What a character is to the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    /// An ideograph that words hold, by its number.
    Known(u16),
    /// Another ideograph.
    Unknown,
    /// A mark of Chinese punctuation.
    Mark(char),
    /// An ASCII letter or digit.
    Ascii,
    /// A space.
    Space,
    /// A line's end.
    End,
    /// Another writing's letter, or a symbol.
    Foreign,
    /// Private use.
    Private,
}

/// The marks' shares of running text.
const MARKS: [(char, f64); 24] = [
    ('，', 0.055),
    ('。', 0.028),
    ('、', 0.012),
    ('“', 0.007),
    ('”', 0.007),
    ('：', 0.004),
    ('；', 0.002),
    ('？', 0.003),
    ('！', 0.003),
    ('《', 0.003),
    ('》', 0.003),
    ('（', 0.002),
    ('）', 0.002),
    ('「', 0.001),
    ('」', 0.001),
    ('『', 0.000_3),
    ('』', 0.000_3),
    ('‘', 0.000_5),
    ('’', 0.000_5),
    ('…', 0.000_5),
    ('—', 0.000_7),
    ('·', 0.000_5),
    ('－', 0.000_3),
    ('．', 0.000_3),
];

/// How often a mark follows another: before, after, share. The first row that fits counts.
const AFTER_MARK: [(&str, &str, f64); 22] = [
    ("：", "“", 0.4),
    ("：", "「", 0.08),
    ("：", "《", 0.02),
    ("。", "”", 0.12),
    ("。", "」", 0.02),
    ("。", "“", 0.05),
    ("。", "《", 0.01),
    ("。", "（「", 0.003),
    ("。", "。", 0.005),
    ("！？", "”", 0.35),
    ("！？", "」", 0.08),
    ("！？", "“", 0.06),
    ("！？", "！？", 0.02),
    ("，、；", "“《", 0.03),
    ("，、；", "「", 0.006),
    ("”》）", "，", 0.12),
    ("」』", "，", 0.12),
    ("”」》）』", "。、；：", 0.06),
    ("“「", "…", 0.02),
    ("，。”」", "…—", 0.004),
    ("…—", "…—", 0.45),
    ("…—", "”」，。", 0.08),
];

/// After a mark, any other mark.
const OTHER_MARK: f64 = 0.000_1;

/// The ASCII form of a full-width mark, which pages use as well.
fn full_width(c: char) -> char {
    match c {
        '"' => '”',
        '!' | '(' | ')' | ',' | ':' | ';' | '?' | '.' | '-' => {
            char::from_u32(c as u32 + 0xFEE0).expect("a full-width form")
        }
        _ => c,
    }
}

fn mark_cost(share: f64) -> u32 {
    u32::from(cost(share))
}

impl Model {
    /// Reads what [`compile`] wrote.
    pub fn from_bytes(bytes: &'static [u8]) -> Model {
        let number =
            |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("4 bytes")) as usize;
        let (characters, pairs) = (number(0), number(4));
        let mut rest = &bytes[8..];
        let mut take = |length: usize| {
            let (part, after) = rest.split_at(length);
            rest = after;
            part
        };
        Model {
            numbers: take(COUNT * 2),
            start: take(characters),
            end: take(characters),
            rows: take((characters + 1) * 4),
            next: take(pairs * 2),
            costs: take(pairs),
            shares: take(characters),
        }
    }

    fn symbol(&self, c: char) -> Symbol {
        let at = (c as usize).wrapping_sub(FIRST as usize);
        if at < COUNT {
            let number = u16::from_le_bytes([self.numbers[at * 2], self.numbers[at * 2 + 1]]);
            return match number {
                0 => Symbol::Unknown,
                number => Symbol::Known(number - 1),
            };
        }
        match c {
            '\n' | '\r' => Symbol::End,
            ' ' | '\t' | '\u{3000}' => Symbol::Space,
            '0'..='9' | 'A'..='Z' | 'a'..='z' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                Symbol::Ascii
            }
            '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => Symbol::Private,
            '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'.. => Symbol::Unknown,
            _ => {
                let c = full_width(c);
                match MARKS.iter().any(|(mark, _)| *mark == c) {
                    true => Symbol::Mark(c),
                    false => Symbol::Foreign,
                }
            }
        }
    }

    /// What `next` costs after `before`, in eighths of a natural logarithm.
    pub fn cost(&self, before: char, next: char) -> u32 {
        let (before, next) = (self.symbol(before), self.symbol(next));
        match (before, next) {
            (Symbol::Known(first), Symbol::Known(second)) => self.pair(first, second),
            // An opening mark belongs to what follows it, a space to neither side's mark.
            (
                Symbol::Mark('“' | '「' | '『' | '‘' | '《' | '（'),
                Symbol::Space | Symbol::Foreign,
            ) => 14 * UNIT,
            (Symbol::Space, Symbol::Mark(mark)) if !"“「『‘《（".contains(mark) => 9 * UNIT,
            (Symbol::Space, Symbol::Foreign) => 12 * UNIT,
            (_, Symbol::Known(next)) => {
                self.leave(before) + u32::from(self.start[usize::from(next)])
            }
            (Symbol::Mark(before), Symbol::Mark(next)) => {
                let share = AFTER_MARK
                    .iter()
                    .find(|(firsts, seconds, _)| firsts.contains(before) && seconds.contains(next))
                    .map_or(OTHER_MARK, |(.., share)| *share);
                mark_cost(share)
            }
            (_, Symbol::Mark(next)) => {
                let (_, share) = MARKS
                    .iter()
                    .find(|(mark, _)| *mark == next)
                    .expect("a mark");
                self.leave(before) + mark_cost(*share)
            }
            (Symbol::Mark('。' | '！' | '？' | '”' | '」' | '…'), Symbol::End) => UNIT / 2,
            (Symbol::Mark('：' | '；' | '）' | '》'), Symbol::End) => 2 * UNIT,
            (Symbol::Mark(_), Symbol::End) => 5 * UNIT,
            (_, Symbol::End) => self.leave(before) + 3 * UNIT,
            (Symbol::Ascii, Symbol::Ascii) => 2 * UNIT,
            (Symbol::Foreign, Symbol::Foreign) => 5 * UNIT,
            (_, Symbol::Ascii | Symbol::Space) => self.leave(before) + 9 * UNIT / 2,
            (_, Symbol::Foreign) => self.leave(before) + 10 * UNIT,
            (_, Symbol::Unknown) => self.leave(before) + 14 * UNIT,
            (_, Symbol::Private) => self.leave(before) + 17 * UNIT,
        }
    }

    /// Whether a character is an ideograph that no word holds.
    pub fn is_unknown(&self, c: char) -> bool {
        self.symbol(c) == Symbol::Unknown
    }

    /// How rare a character is: the cost of finding it at any place, in eighths of a natural logarithm.
    pub fn rarity(&self, c: char) -> u32 {
        match self.symbol(c) {
            Symbol::Known(number) => u32::from(self.shares[usize::from(number)]),
            _ => u32::MAX,
        }
    }

    /// What it costs to end a word after this.
    fn leave(&self, before: Symbol) -> u32 {
        match before {
            Symbol::Known(number) => u32::from(self.end[usize::from(number)]),
            _ => 0,
        }
    }

    fn pair(&self, first: u16, second: u16) -> u32 {
        let row = |number: usize| {
            let bytes = &self.rows[number * 4..number * 4 + 4];
            u32::from_le_bytes(bytes.try_into().expect("4 bytes")) as usize
        };
        let (mut low, mut high) = (row(usize::from(first)), row(usize::from(first) + 1));
        while low < high {
            let middle = (low + high) / 2;
            let found = u16::from_le_bytes([self.next[middle * 2], self.next[middle * 2 + 1]]);
            match found.cmp(&second) {
                std::cmp::Ordering::Equal => return u32::from(self.costs[middle]),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        u32::from(self.end[usize::from(first)]) + u32::from(self.start[usize::from(second)])
    }
}
