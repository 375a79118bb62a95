//! How likely text is as Chinese: what one character costs after another.
//!
//! The costs come from counted pairs of characters and from counted words (`data/words`): words are taken as drawn one
//! after the other, each by its count. Script does not matter: a traditional character counts as its simplified one.
//! Also compiled into the build script, which makes the table.

use std::collections::HashMap;

/// Units of cost in one natural logarithm.
pub const UNIT: u32 = 8;

/// What stands in `pairs.txt` for an ASCII letter or digit, a full-width one, a space, a line's end.
const ASCII: char = 'A';
const WIDE: char = 'Ａ';
const SPACE: char = '␣';
const END: char = '¶';

/// The weights of the sources; what remains is chance.
const BY_PAIRS: f64 = 0.55;
const BY_WORDS: f64 = 0.30;

/// The compiled model, as bytes that can be embedded.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// For each BMP code point its number and one, little-endian `u16`; 0 if it was never counted.
    numbers: &'static [u8],
    /// For each number: the cost of coming by chance.
    enter: &'static [u8],
    /// For each number: the cost of being followed by chance.
    leave: &'static [u8],
    /// For each number: the cost of being found at any place.
    shares: &'static [u8],
    /// For each number, and one more: where its row begins, `u32`.
    rows: &'static [u8],
    /// The numbers that follow oftener than by chance, each row sorted, `u16`.
    next: &'static [u8],
    /// What each costs.
    costs: &'static [u8],
}

fn cost(share: f64) -> u8 {
    (-share.ln() * f64::from(UNIT)).round().clamp(0.0, 254.0) as u8
}

/// Counts by number.
#[derive(Default)]
struct Counts {
    single: Vec<f64>,
    starts: Vec<f64>,
    ends: Vec<f64>,
    pairs: HashMap<(u16, u16), f64>,
}

impl Counts {
    fn add(&mut self, numbers: &[u16], count: f64) {
        let most = numbers
            .iter()
            .max()
            .map_or(0, |most| usize::from(*most) + 1);
        for counts in [&mut self.single, &mut self.starts, &mut self.ends] {
            if counts.len() < most {
                counts.resize(most, 0.0);
            }
        }
        for number in numbers {
            self.single[usize::from(*number)] += count;
        }
        self.starts[usize::from(numbers[0])] += count;
        self.ends[usize::from(numbers[numbers.len() - 1])] += count;
        for pair in numbers.windows(2) {
            *self.pairs.entry((pair[0], pair[1])).or_default() += count;
        }
    }

    fn share(&self, pair: (u16, u16), total: f64) -> f64 {
        self.pairs.get(&pair).map_or(0.0, |count| count / total)
    }
}

fn at(counts: &[f64], number: u16) -> f64 {
    counts.get(usize::from(number)).copied().unwrap_or(0.0)
}

/// Compiles `words` and `pairs`: lines of a word, or of two characters, a space, and a count. `traditional` gives the
/// traditional characters with their simplified ones.
#[allow(dead_code, reason = "the build script calls it")]
pub fn compile(
    words: &str,
    pairs: &str,
    traditional: impl Iterator<Item = (char, char)>,
) -> Vec<u8> {
    let mut simplified: HashMap<char, char> = traditional.collect();
    // Traditional text has one character for both, and quotation marks of its own.
    simplified.extend([
        ('著', '着'),
        ('「', '“'),
        ('」', '”'),
        ('『', '‘'),
        ('』', '’'),
    ]);
    let mut numbers: HashMap<char, u16> = HashMap::new();
    let mut count = |text: &str, counts: &mut Counts| {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (key, count) = line.rsplit_once(' ').expect("a key and its count");
            let key: Vec<u16> = key
                .chars()
                .map(|c| {
                    let number = numbers.len() as u16;
                    *numbers
                        .entry(simplified.get(&c).copied().unwrap_or(c))
                        .or_insert(number)
                })
                .collect();
            counts.add(&key, count.parse().expect("a count"));
        }
    };
    let (mut by_words, mut by_pairs) = (Counts::default(), Counts::default());
    count(words, &mut by_words);
    count(pairs, &mut by_pairs);

    let all: u16 = numbers.len() as u16;
    let sum = |counts: &[f64]| counts.iter().sum::<f64>();
    let (word_starts, word_places, pair_places) = (
        sum(&by_words.starts),
        sum(&by_words.single),
        sum(&by_pairs.starts),
    );
    // Nothing is impossible: each character comes, begins and ends a word now and then.
    let enter = |number: u16| {
        let by_word =
            (at(&by_words.starts, number) + at(&by_words.single, number) / 100.0) / word_starts;
        let by_pair = at(&by_pairs.ends, number) / pair_places;
        (by_word + by_pair) / 2.0 + 2e-8
    };
    let leave = |number: u16| {
        let places = at(&by_words.single, number);
        let ends = if places == 0.0 {
            1.0
        } else {
            at(&by_words.ends, number) / places
        };
        (ends + 0.02) / 1.02 * (1.0 - BY_PAIRS - BY_WORDS)
    };
    let share = |number: u16| {
        (at(&by_words.single, number) / word_places + at(&by_pairs.starts, number) / pair_places)
            / 2.0
            + 1e-9
    };
    let mut kept: Vec<(u16, u16, u8)> = by_words
        .pairs
        .keys()
        .chain(
            by_pairs
                .pairs
                .keys()
                .filter(|pair| !by_words.pairs.contains_key(pair)),
        )
        .filter_map(|pair| {
            let chance = enter(pair.1) * leave(pair.0);
            // A character that was seldom counted tells little of what follows it.
            let found = BY_PAIRS * by_pairs.share(*pair, at(&by_pairs.starts, pair.0) + 20.0)
                + BY_WORDS * by_words.share(*pair, at(&by_words.single, pair.0) + 20.0)
                + chance;
            (found > 1.5 * chance).then(|| (pair.0, pair.1, cost(found)))
        })
        .collect();
    kept.sort_unstable();

    let mut table = vec![0_u16; 0x1_0000];
    let mut set = |c: char, counted: char| {
        if let (Some(entry), Some(number)) = (table.get_mut(c as usize), numbers.get(&counted)) {
            *entry = number + 1;
        }
    };
    for c in numbers.keys() {
        set(*c, *c);
    }
    for (c, counted) in &simplified {
        set(*c, *counted);
    }
    for c in '!'..='~' {
        let wide = char::from_u32(c as u32 + 0xFEE0).expect("a full-width form");
        if c.is_ascii_alphanumeric() {
            set(c, ASCII);
            set(wide, WIDE);
        } else {
            set(c, wide);
        }
    }
    for (characters, class) in [(" \t\u{3000}", SPACE), ("\r\n", END)] {
        for c in characters.chars() {
            set(c, class);
        }
    }

    let every = || 0..all;
    let mut bytes = Vec::new();
    bytes.extend(u32::from(all).to_le_bytes());
    bytes.extend((kept.len() as u32).to_le_bytes());
    bytes.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend(every().map(|number| cost(enter(number))));
    bytes.extend(every().map(|number| cost(leave(number))));
    bytes.extend(every().map(|number| cost(share(number))));
    for number in 0..=all {
        let row = kept.partition_point(|(first, ..)| *first < number);
        bytes.extend((row as u32).to_le_bytes());
    }
    bytes.extend(kept.iter().flat_map(|(_, second, _)| second.to_le_bytes()));
    bytes.extend(kept.iter().map(|(.., cost)| cost));
    bytes
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
            numbers: take(0x2_0000),
            enter: take(characters),
            leave: take(characters),
            shares: take(characters),
            rows: take((characters + 1) * 4),
            next: take(pairs * 2),
            costs: take(pairs),
        }
    }

    fn number(&self, c: char) -> Option<u16> {
        let at = c as usize * 2;
        let bytes = self.numbers.get(at..at + 2)?;
        u16::from_le_bytes([bytes[0], bytes[1]]).checked_sub(1)
    }

    /// How rare a character is: the cost of finding it at any place, in eighths of a natural logarithm.
    pub fn rarity(&self, c: char) -> u32 {
        self.number(c).map_or(u32::MAX, |number| {
            u32::from(self.shares[usize::from(number)])
        })
    }

    /// What `next` costs after `before`, in eighths of a natural logarithm.
    pub fn cost(&self, before: char, next: char) -> u32 {
        let seldom = match next {
            '「' | '」' | '『' | '』' => 5 * UNIT / 2,
            _ => 0,
        };
        let counted = match (self.number(before), self.number(next)) {
            (Some(before), Some(next)) => self.pair(before, next),
            (None, Some(next)) => u32::from(self.enter[usize::from(next)]),
            (before, None) => {
                let leave = before.map_or(0, |before| u32::from(self.leave[usize::from(before)]));
                leave + never_counted(next) * UNIT
            }
        };
        counted + seldom
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
        u32::from(self.leave[usize::from(first)]) + u32::from(self.enter[usize::from(second)])
    }
}

/// What a character costs that was never counted; natural logarithms.
fn never_counted(c: char) -> u32 {
    match c {
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => 17,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'.. => 15,
        _ => 12,
    }
}
