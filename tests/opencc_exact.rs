//! The engine equals OpenCC, byte for byte. The reference is OpenCC 1.4.2 itself, through opencc-rust
//! (feature `opencc`; `scripts/test.sh` installs what it links against).
#![cfg(feature = "opencc")]

mod common;

use fastrand::Rng;
use jianti::{Config, Converter, Dictionary, Normalizer, Options, Reference};

/// Generated strings for each configuration; with and without rare forms together.
const STRINGS: usize = 1_000_000;

/// Both engines, for a configuration.
struct Pair {
    name: String,
    ours: Converter,
    reference: Reference,
}

impl Pair {
    fn new(config: Config, rare: bool) -> Pair {
        Pair {
            name: format!("{config}{}", if rare { " with rare forms" } else { "" }),
            ours: jianti::converter(config, rare, &[]),
            reference: Reference::new(config, rare).expect("the reference loads"),
        }
    }

    fn assert_equal(&self, text: &str) {
        let expected = self
            .reference
            .convert(text)
            .expect("the reference converts");
        let found = self.ours.convert(text);
        assert_eq!(found, expected, "{}: {text:?}", self.name);
    }
}

fn pairs() -> impl Iterator<Item = Pair> {
    let all = Config::ALL.into_iter();
    all.flat_map(|config| [Pair::new(config, false), Pair::new(config, true)])
}

/// Damage, marks and other languages, which everything else would change or leave alone.
#[test]
fn exact_options_leave_all_to_opencc() {
    let text = concat!(
        include_str!("data/consistent/petition.damaged.txt"),
        include_str!("data/repair/negatives.txt"),
        "彼は東京の圖書館へ飛ぶ。\nhttps://例子.臺灣/頭髮\n\u{FDD0}頭 髮\r\n"
    );
    for config in Config::ALL {
        let options = Options::default().with(|options| options.config = config);
        let normalizer = Normalizer::new(options.exact()).expect("loads");
        let (found, _) = normalizer.normalize_str(text).expect("converts");
        let reference = Reference::new(config, false).expect("the reference loads");
        assert!(
            found == reference.convert(text).expect("converts"),
            "{config}"
        );
    }
}

#[test]
fn opencc_own_cases() {
    let cases = include_str!("data/opencc/cases.tsv");
    let mut count = 0;
    for config in Config::ALL {
        let pair = Pair::new(config, true);
        for line in cases.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields[0] == config.name() {
                // OpenCC's own tests load the rare forms too.
                assert_eq!(pair.ours.convert(fields[1]), fields[2], "{config}");
                pair.assert_equal(fields[1]);
                count += 1;
            }
        }
    }
    assert!(count > 150, "only {count} cases were read");
    println!("OpenCC's own cases: {count} equal");
}

#[test]
fn every_dictionary_key_and_code_point() {
    let keys = dictionary_keys();
    let mut count = 0;
    for pair in pairs() {
        for key in &keys {
            pair.assert_equal(key);
            count += 1;
        }
        for c in ('\u{1}'..=char::MAX).filter(|c| c.is_alphabetic() || (*c as u32) < 0x1_0000) {
            pair.assert_equal(c.encode_utf8(&mut [0; 4]));
            count += 1;
        }
    }
    println!("keys and code points: {count} equal");
}

#[test]
fn generated_strings() {
    let keys = dictionary_keys();
    let mut count = 0;
    for (seed, pair) in pairs().enumerate() {
        let mut generator = Generator::new(seed as u64, &keys);
        for _ in 0..STRINGS / 2 {
            pair.assert_equal(&generator.string());
            count += 1;
        }
    }
    println!("generated strings: {count} equal");
}

#[test]
fn real_text() {
    let mut bytes = 0;
    let texts = common::real_texts();
    for pair in pairs() {
        for (name, text) in &texts {
            let expected = pair
                .reference
                .convert(text)
                .expect("the reference converts");
            assert!(pair.ours.convert(text) == expected, "{}: {name}", pair.name);
            bytes += text.len();
        }
    }
    println!(
        "real text: {} texts, {bytes} bytes equal in all",
        texts.len()
    );
}

/// Every key of every dictionary.
fn dictionary_keys() -> Vec<String> {
    let mut keys = Vec::new();
    for name in jianti_data::names() {
        let dictionary = Dictionary::parse(jianti_data::text(name)).expect("well-formed");
        keys.extend(dictionary.pairs.into_iter().map(|(key, _)| key));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// Makes strings in which phrases touch, overlap, break off and come back.
struct Generator<'a> {
    random: Rng,
    keys: &'a [String],
    phrases: Vec<&'a str>,
}

impl<'a> Generator<'a> {
    fn new(seed: u64, keys: &'a [String]) -> Self {
        let phrases = keys.iter().filter(|key| key.chars().count() > 1);
        Generator {
            random: Rng::with_seed(seed),
            keys,
            phrases: phrases.map(String::as_str).collect(),
        }
    }

    fn string(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.random.usize(1..8) {
            self.piece(&mut text);
        }
        text
    }

    fn piece(&mut self, text: &mut String) {
        match self.random.u32(0..16) {
            0..4 => text.push_str(self.phrase()),
            4..6 => text.push_str(&self.keys[self.random.usize(..self.keys.len())]),
            // The front or the back of a phrase, so that the next piece may complete another.
            6..8 => {
                let length = self.phrase_chars();
                text.extend(&length[..self.random.usize(1..=length.len())]);
            }
            8 | 9 => {
                let length = self.phrase_chars();
                text.extend(&length[self.random.usize(..length.len())..]);
            }
            // Two phrases that share a character.
            10 => {
                let front = self.phrase();
                let shared = front.chars().last();
                let fitting: Vec<_> = self
                    .phrases
                    .iter()
                    .filter(|back| back.chars().next() == shared)
                    .collect();
                text.push_str(front);
                if !fitting.is_empty() {
                    let back = fitting[self.random.usize(..fitting.len())];
                    text.extend(back.chars().skip(1));
                }
            }
            11 => self.description(text, 0),
            12 => text.push(self.random.char('\u{4E00}'..='\u{9FFF}')),
            13 => text.push(self.random.char('\u{20000}'..='\u{2FA1F}')),
            14 => text.push(self.random.char('\u{F900}'..='\u{FAFF}')),
            _ => text.push_str(
                [
                    " ",
                    "A",
                    "B型肝炎",
                    "。",
                    "，",
                    "\n",
                    "😀",
                    "é",
                    "·",
                    "\u{FE00}",
                    "BMW集團",
                    "9",
                ][self.random.usize(..12)],
            ),
        }
    }

    fn phrase(&mut self) -> &'a str {
        self.phrases[self.random.usize(..self.phrases.len())]
    }

    fn phrase_chars(&mut self) -> Vec<char> {
        self.phrase().chars().collect()
    }

    /// An ideographic description sequence, sometimes broken off, sometimes too deep.
    fn description(&mut self, text: &mut String, depth: usize) {
        text.push(self.random.char('\u{2FF0}'..='\u{2FFF}'));
        for _ in 0..self.random.usize(0..4) {
            if depth < 20 && self.random.u8(..) < 90 {
                self.description(text, depth + 1);
            } else {
                text.push_str(&self.keys[self.random.usize(..self.keys.len())]);
            }
        }
    }
}
