//! Compiles the model from counted words, pairs of characters, and three in a row.

use std::collections::HashMap;

use crate::layout::{BUCKETS, FORM, FORM_STEP, Hash, LONGEST_WORD, TRIPLE, UNIT};

/// What stands in `pairs.txt` and `triples.txt` for an ASCII letter or digit, a full-width one, a space, a line's end.
const ASCII: char = 'A';
const WIDE: char = 'Ａ';
const SPACE: char = '␣';
const END: char = '¶';

/// How often a word counts that is known, but was not counted.
const UNCOUNTED: u32 = 30;

/// The weights of the sources; what remains is chance.
const BY_PAIRS: f64 = 0.55;
const BY_WORDS: f64 = 0.30;

/// What is taken from the count of three characters, as chance has a part in it.
const TRIPLE_DISCOUNT: f64 = 0.75;

/// Words that were counted less often are left out of the table of words.
const LEAST_WORD: f64 = 5.0;

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

    /// How much likelier the last of three characters is after both others than after the second alone, as a natural
    /// logarithm, if they were counted so often.
    fn gain(&self, three: &[u16], count: f64) -> f64 {
        let pair = |at: usize| self.pairs.get(&(three[at], three[at + 1]));
        match (pair(0), pair(1)) {
            (Some(first), Some(second)) => {
                let known = (count - TRIPLE_DISCOUNT) / first;
                (known / (second / at(&self.starts, three[1]))).ln()
            }
            _ => 0.0,
        }
    }

    fn share(&self, pair: (u16, u16), total: f64) -> f64 {
        self.pairs.get(&pair).map_or(0.0, |count| count / total)
    }
}

fn at(counts: &[f64], number: u16) -> f64 {
    counts.get(usize::from(number)).copied().unwrap_or(0.0)
}

/// For each traditional character how much rarer it is than the commonest with the same simplified one, in steps, 0 to
/// 3. `variants` holds lines of a character, a space, and how often it was seen.
fn rare_forms(traditional: &HashMap<char, char>, variants: &str) -> HashMap<char, u16> {
    let mut counts: HashMap<char, f64> = HashMap::new();
    for line in variants.lines().filter(|line| !line.starts_with('#')) {
        let (key, count) = line.rsplit_once(' ').expect("a key and its count");
        let c = key.chars().next().expect("a character");
        counts.insert(c, count.parse().expect("a count"));
    }
    let count = |c: char| counts.get(&c).copied().unwrap_or(0.0) + 0.5;
    let mut most: HashMap<char, f64> = HashMap::new();
    for (c, simplified) in traditional {
        let found = most.entry(*simplified).or_insert(count(*simplified));
        *found = found.max(count(*c));
    }
    let steps = |share: f64| (-share.ln() / f64::from(FORM_STEP)).round().min(3.0) as u16;
    traditional
        .iter()
        .map(|(c, simplified)| (*c, steps(count(*c) / most[simplified])))
        .collect()
}

/// What `compile` reads: lines of a key, a space, and a count.
#[derive(Debug)]
pub struct Sources<'a> {
    /// Words.
    pub words: &'a str,
    /// Pairs of characters.
    pub pairs: &'a str,
    /// Three characters in a row.
    pub triples: &'a str,
    /// Characters of traditional texts.
    pub variants: &'a str,
    /// Words that are known, but were not counted.
    pub phrases: Vec<&'a str>,
    /// Traditional characters and their simplified ones.
    pub traditional: HashMap<char, char>,
}

/// Compiles the model.
///
/// # Panics
/// A line of the sources is not what [`Sources`] says.
pub fn compile(sources: Sources) -> Vec<u8> {
    let forms = rare_forms(&sources.traditional, sources.variants);
    let mut simplified = sources.traditional;
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
        let mut counted = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (key, count) = line.rsplit_once(' ').expect("a key and its count");
            let count: f64 = count.parse().expect("a count");
            let key: Vec<u16> = key
                .chars()
                .map(|c| {
                    let number = numbers.len() as u16;
                    *numbers
                        .entry(simplified.get(&c).copied().unwrap_or(c))
                        .or_insert(number)
                })
                .collect();
            counts.add(&key, count);
            counted.push((key, count));
        }
        counted
    };
    let (mut by_words, mut by_pairs) = (Counts::default(), Counts::default());
    let phrases = sources.phrases.iter();
    let phrases: String = phrases
        .map(|phrase| format!("{phrase} {UNCOUNTED}\n"))
        .collect();
    let mut words: Vec<(Vec<u16>, f64)> = count(sources.words, &mut by_words);
    words.extend(count(&phrases, &mut by_words));
    count(sources.pairs, &mut by_pairs);
    let triples = count(sources.triples, &mut Counts::default());

    let all: u16 = numbers.len() as u16;
    assert!(all < 1 << FORM, "the numbers leave room for the forms");
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

    let every = || 0..all;
    let mut singles: Vec<f64> = every()
        .map(|number| {
            let within = at(&by_words.single, number) / 50.0;
            // Marks and Latin letters are no words of a dictionary.
            let place = at(&by_pairs.starts, number) / pair_places * word_starts / 2.0;
            if within > 0.0 { within } else { place }
        })
        .collect();
    let word_cost = |count: f64| cost(count / word_starts + 2e-9);
    let mut hashed: Vec<(usize, u32, u8)> = Vec::new();
    for (word, count) in &words {
        match word[..] {
            [only] => singles[usize::from(only)] += count,
            _ if *count < LEAST_WORD || word.len() > LONGEST_WORD => {}
            _ => {
                let hash = word
                    .iter()
                    .fold(Hash::EMPTY, |hash, number| hash.add(*number));
                let (bucket, rest) = hash.place();
                hashed.push((bucket, rest, word_cost(*count)));
            }
        }
    }
    hashed.extend(triples.iter().map(|(three, count)| {
        let start = Hash::EMPTY.add(TRIPLE);
        let hash = three.iter().fold(start, |hash, number| hash.add(*number));
        let (bucket, rest) = hash.place();
        let saved = by_pairs.gain(three, *count) * f64::from(UNIT);
        (bucket, rest, saved.round().clamp(0.0, 254.0) as u8)
    }));
    hashed.sort_unstable();
    hashed.dedup_by_key(|(bucket, rest, _)| (*bucket, *rest));

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

    for (c, form) in forms {
        if let Some(entry) = table.get_mut(c as usize).filter(|number| **number > 0) {
            *entry |= form << FORM;
        }
    }

    let mut bytes = Vec::new();
    bytes.extend(u32::from(all).to_le_bytes());
    bytes.extend((hashed.len() as u32).to_le_bytes());
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
    bytes.extend(singles.into_iter().map(word_cost));
    for bucket in 0..=BUCKETS {
        let first = hashed.partition_point(|(found, ..)| *found < bucket);
        bytes.extend((first as u32).to_le_bytes());
    }
    for (_, rest, cost) in hashed {
        bytes.extend(&rest.to_le_bytes()[..3]);
        bytes.push(cost);
    }
    bytes
}
