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

/// How often a word counts that is known, but was not counted.
const UNCOUNTED: u32 = 30;

/// The weights of the sources; what remains is chance.
const BY_PAIRS: f64 = 0.55;
const BY_WORDS: f64 = 0.30;

/// The compiled model, as bytes that can be embedded.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// For each BMP code point its number and one, little-endian `u16`; 0 if it was never counted. The two highest bits
    /// say how rare a form of it the code point is.
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
    /// For each number: the cost of being a word.
    singles: &'static [u8],
    /// For each bucket of words of two characters and more, and one more: where it begins, `u32`.
    buckets: &'static [u8],
    /// The words: three bytes of a hash, sorted in each bucket, and the cost.
    words: &'static [u8],
}

/// The longest word that is looked for, characters.
pub const LONGEST_WORD: usize = 7;
/// Words that were counted less often are left out of the table of words.
const LEAST_WORD: f64 = 5.0;
const BUCKETS: usize = 1 << 14;

/// A word's bucket, and what tells it from the bucket's others: FNV-1a over its numbers.
struct Hash(u64);

impl Hash {
    const EMPTY: Hash = Hash(0xCBF2_9CE4_8422_2325);

    fn add(self, number: u16) -> Hash {
        Hash((self.0 ^ u64::from(number)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    fn place(&self) -> (usize, u32) {
        let mixed = self.0 ^ self.0 >> 29;
        (mixed as usize % BUCKETS, (mixed >> 32) as u32 & 0xFF_FFFF)
    }
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

/// Where the bits for rare forms begin in a code point's number.
const FORM: u32 = 14;
/// What each step of rarity costs a form; natural logarithms.
const FORM_STEP: u32 = 2;

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
#[allow(dead_code, reason = "the build script makes it")]
pub struct Sources<'a> {
    /// Words.
    pub words: &'a str,
    /// Pairs of characters.
    pub pairs: &'a str,
    /// Characters of traditional texts.
    pub variants: &'a str,
    /// Words that are known, but were not counted.
    pub phrases: Vec<&'a str>,
    /// Traditional characters and their simplified ones.
    pub traditional: HashMap<char, char>,
}

/// Compiles the model.
#[allow(dead_code, reason = "the build script calls it")]
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
    let mut hashed: Vec<(usize, u32, f64)> = Vec::new();
    for (word, count) in &words {
        match word[..] {
            [only] => singles[usize::from(only)] += count,
            _ if *count < LEAST_WORD || word.len() > LONGEST_WORD => {}
            _ => {
                let hash = word
                    .iter()
                    .fold(Hash::EMPTY, |hash, number| hash.add(*number));
                let (bucket, rest) = hash.place();
                hashed.push((bucket, rest, *count));
            }
        }
    }
    hashed.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    hashed.dedup_by_key(|(bucket, rest, _)| (*bucket, *rest));
    let word_cost = |count: f64| cost(count / word_starts + 2e-9);

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
    for (_, rest, count) in hashed {
        bytes.extend(&rest.to_le_bytes()[..3]);
        bytes.push(word_cost(count));
    }
    bytes
}

impl Model {
    /// Reads what [`compile`] wrote.
    pub fn from_bytes(bytes: &'static [u8]) -> Model {
        let number =
            |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("4 bytes")) as usize;
        let (characters, words, pairs) = (number(0), number(4), number(8));
        let mut rest = &bytes[12..];
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
            singles: take(characters),
            buckets: take((BUCKETS + 1) * 4),
            words: take(words * 4),
        }
    }

    fn entry(&self, c: char) -> u16 {
        let at = c as usize * 2;
        let bytes = self.numbers.get(at..at + 2);
        bytes.map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    /// The number under which a character was counted; others may share it.
    pub fn number(&self, c: char) -> Option<u16> {
        (self.entry(c) & ((1 << FORM) - 1)).checked_sub(1)
    }

    /// What it costs that a character is a rare form, in eighths of a natural logarithm.
    fn form(&self, c: char) -> u32 {
        u32::from(self.entry(c) >> FORM) * FORM_STEP * UNIT
    }

    /// How rare a character is: the cost of finding it at any place, in eighths of a natural logarithm.
    pub fn rarity(&self, c: char) -> u32 {
        let share = |number| u32::from(self.shares[usize::from(number)]);
        self.number(c)
            .map_or(u32::MAX, |number| share(number) + self.form(c))
    }

    /// What `text` costs as words, each by its count and by what stands in front of it: the least of all segmentations,
    /// in eighths of a natural logarithm.
    pub fn words(&self, text: &[char]) -> u32 {
        let numbers: Vec<Option<u16>> = text.iter().map(|c| self.number(*c)).collect();
        let mut least = vec![i32::MAX; text.len() + 1];
        least[0] = 0;
        for start in 0..text.len() {
            let so_far = least[start] + self.link(&numbers, start);
            let form = self.form(text[start]) + member(text[start]);
            let single = numbers[start].map_or(never_counted(text[start]) * UNIT, |number| {
                u32::from(self.singles[usize::from(number)])
            });
            least[start + 1] = least[start + 1].min(so_far + (single + form) as i32);
            let mut hash = Hash::EMPTY;
            let longest = text.len().min(start + LONGEST_WORD);
            for (at, number) in numbers[start..longest].iter().enumerate() {
                let Some(number) = number else {
                    break;
                };
                hash = hash.add(*number);
                let end = start + at + 1;
                if at > 0
                    && let Some(cost) = self.word(&hash)
                {
                    least[end] = least[end].min(so_far + cost as i32);
                }
            }
        }
        least[text.len()].max(0) as u32
    }

    /// What a word costs more, or less, for the character in front of it.
    fn link(&self, numbers: &[Option<u16>], start: usize) -> i32 {
        let Some(before) = start.checked_sub(1) else {
            return 0;
        };
        match (numbers[before], numbers[start]) {
            (Some(before), Some(first)) => {
                self.pair(before, first) as i32 - i32::from(self.shares[usize::from(first)])
            }
            _ => 0,
        }
    }

    fn word(&self, hash: &Hash) -> Option<u32> {
        let (bucket, rest) = hash.place();
        let bound = |bucket: usize| {
            let bytes = &self.buckets[bucket * 4..bucket * 4 + 4];
            u32::from_le_bytes(bytes.try_into().expect("4 bytes")) as usize
        };
        let rest = &rest.to_le_bytes()[..3];
        let mut found = self.words[bound(bucket) * 4..bound(bucket + 1) * 4].chunks_exact(4);
        found
            .find(|word| &word[..3] == rest)
            .map(|word| u32::from(word[3]))
    }

    /// What each character costs after `before`: quicker than [`Model::cost`] where many are asked for.
    pub fn costs_after<'a>(&'a self, before: char, row: &'a mut Row) -> impl Fn(char) -> u32 + 'a {
        row.load(self, self.number(before));
        move |next| match self.number(next).filter(|_| row.number.is_some()) {
            Some(number) => {
                let counted = match row.costs[usize::from(number)] {
                    0 => row.leave + u32::from(self.enter[usize::from(number)]),
                    kept => u32::from(kept) - 1,
                };
                counted + self.apart(next)
            }
            None => self.cost(before, next),
        }
    }

    /// What a character costs for being this one, where others were counted with it.
    fn apart(&self, c: char) -> u32 {
        match c {
            '「' | '」' | '『' | '』' => 5 * UNIT / 2,
            _ => self.form(c) + member(c),
        }
    }

    /// What `next` costs after `before`, in eighths of a natural logarithm.
    pub fn cost(&self, before: char, next: char) -> u32 {
        let counted = match (self.number(before), self.number(next)) {
            (Some(before), Some(next)) => self.pair(before, next),
            (None, Some(next)) => u32::from(self.enter[usize::from(next)]),
            (before, None) => {
                let leave = before.map_or(0, |before| u32::from(self.leave[usize::from(before)]));
                leave + never_counted(next) * UNIT
            }
        };
        counted + self.apart(next)
    }

    /// The numbers of what follows a character oftener than by chance, and what each costs.
    pub fn followers(&self, c: char) -> impl Iterator<Item = (u16, u32)> + use<> {
        let model = *self;
        let (start, end) = self.number(c).map_or((0, 0), |number| self.row(number));
        (start..end).map(move |place| (model.followed_by(place), u32::from(model.costs[place])))
    }

    /// Where the characters that follow this one begin and end.
    fn row(&self, number: u16) -> (usize, usize) {
        let bound = |number: usize| {
            let bytes = &self.rows[number * 4..number * 4 + 4];
            u32::from_le_bytes(bytes.try_into().expect("4 bytes")) as usize
        };
        (bound(usize::from(number)), bound(usize::from(number) + 1))
    }

    /// The character at this place of a row.
    fn followed_by(&self, place: usize) -> u16 {
        u16::from_le_bytes([self.next[place * 2], self.next[place * 2 + 1]])
    }

    fn pair(&self, first: u16, second: u16) -> u32 {
        let (mut low, mut high) = self.row(first);
        while low < high {
            let middle = (low + high) / 2;
            match self.followed_by(middle).cmp(&second) {
                std::cmp::Ordering::Equal => return u32::from(self.costs[middle]),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        u32::from(self.leave[usize::from(first)]) + u32::from(self.enter[usize::from(second)])
    }
}

/// What follows one character, laid out for quick look-up.
#[derive(Clone, Debug, Default)]
pub struct Row {
    number: Option<u16>,
    leave: u32,
    /// By number: the cost and one; 0 if the character follows by chance only.
    costs: Vec<u16>,
}

impl Row {
    fn load(&mut self, model: &Model, number: Option<u16>) {
        if self.number == number {
            return;
        }
        self.costs.resize(model.enter.len(), 0);
        if let Some(old) = self.number {
            let (start, end) = model.row(old);
            (start..end).for_each(|place| self.costs[usize::from(model.followed_by(place))] = 0);
        }
        if let Some(new) = number {
            let (start, end) = model.row(new);
            for place in start..end {
                self.costs[usize::from(model.followed_by(place))] =
                    u16::from(model.costs[place]) + 1;
            }
            self.leave = u32::from(model.leave[usize::from(new)]);
        }
        self.number = number;
    }
}

/// What it costs that a letter or digit is this one, as all of them were counted as one.
fn member(c: char) -> u32 {
    match c {
        '0'..='9' | '０'..='９' => 2 * UNIT,
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => 4 * UNIT,
        _ => 0,
    }
}

/// What a character costs that was never counted; natural logarithms.
fn never_counted(c: char) -> u32 {
    match c {
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => 20,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'.. => 23,
        _ => 12,
    }
}
