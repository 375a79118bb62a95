//! How likely text is as Chinese: what one character costs after another.
//!
//! The costs come from counted pairs of characters and from counted words: words are taken as drawn one after the other,
//! each by its count. Script does not matter: a traditional character counts as its simplified one. The crate
//! `jianti-data` holds the counts; its build script compiles them with [`compile()`].
#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::missing_errors_doc, clippy::missing_panics_doc)]

mod compile;
mod layout;
pub mod names;
pub mod places;
pub mod words;

pub use compile::{Sources, compile};
pub use layout::UNIT;
use layout::{BUCKETS, FORM, FORM_STEP, Hash, LONGEST_WORD, TRIPLE};

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
    /// The words: three bytes of a hash, sorted in each bucket, and the cost. Among them three characters that are
    /// likelier than their pairs say, and by how much.
    words: &'static [u8],
}

impl Model {
    /// Reads what [`compile`] wrote.
    ///
    /// # Panics
    /// The bytes end before the tables do.
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
            let apart = self.apart(text[start]);
            let single = numbers[start].map_or(never_counted(text[start]) * UNIT, |number| {
                u32::from(self.singles[usize::from(number)])
            });
            least[start + 1] = least[start + 1].min(so_far + (single + apart) as i32);
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

    /// By how much less `text` costs than its pairs of characters say, as three characters in a row tell more; in eighths
    /// of a natural logarithm.
    pub fn triples(&self, text: &[char]) -> u32 {
        let three = |three: &[char]| self.triple([three[0], three[1], three[2]]);
        text.windows(3).map(three).sum()
    }

    /// The same of three characters.
    pub fn triple(&self, three: [char; 3]) -> u32 {
        let mut hash = Hash::EMPTY.add(TRIPLE);
        for c in three {
            let Some(number) = self.number(c) else {
                return 0;
            };
            hash = hash.add(number);
        }
        self.word(&hash).unwrap_or(0)
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
        let followed = self.number(c).map(|number| self.followed(number));
        followed.into_iter().flatten()
    }

    /// The same by number.
    #[inline]
    fn followed(&self, number: u16) -> impl Iterator<Item = (u16, u32)> + use<> {
        let (start, end) = self.row(number);
        let (next, costs) = (&self.next[start * 2..end * 2], &self.costs[start..end]);
        let next = next
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        next.zip(costs.iter().map(|cost| u32::from(*cost)))
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
            let old = model.followed(old);
            old.for_each(|(next, _)| self.costs[usize::from(next)] = 0);
        }
        if let Some(new) = number {
            for (next, cost) in model.followed(new) {
                self.costs[usize::from(next)] = cost as u16 + 1;
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
