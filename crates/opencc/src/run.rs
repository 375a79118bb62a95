//! Runs of characters that convert alone; with `avx512` the only unsafe code of the engine.
//!
//! What makes it sound:
//! - No index of an entry is greater than [`index`] gives, whatever the bytes are.
//! - No more than the text's bytes are read, because a block is read only if it lies within them.
//! - No more is written than `out` has reserved. Before and behind each step as many bytes are reserved as are left of
//!   the text, and [`SLACK`] more; a step writes as many as it reads, and at most [`SLACK`] behind them. A phrase that
//!   grows does so only if still more is reserved.
//! - What is written is UTF-8: characters of three bytes XORed into others, results of phrases, or ASCII.

use jianti_text::utf8::ROWS;

use crate::slack::SLACK;
use crate::tables::{
    ALWAYS, ASCII_FOLLOWER, ASCII_SPECIAL, ASCII_STARTER, CHANGE, ENTRIES, STARTER, Tables, index,
    pair,
};

/// Converts from byte `at` on as many characters as convert alone, and phrases where that is quick, and appends them to
/// `out`. Returns where they end.
pub fn convert(tables: &Tables, text: &str, at: usize, out: &mut String) -> usize {
    let spare = (out.capacity() - out.len()).checked_sub(text.len() - at + SLACK);
    let spare = spare.expect("enough is reserved");
    // SAFETY: only UTF-8 is appended.
    let out = unsafe { out.as_mut_vec() };
    let from = out.len();
    // SAFETY: as much as `run` asks for is reserved.
    let (end, written) =
        unsafe { run::<true>(tables, text, at, out.as_mut_ptr().add(from), spare) };
    debug_assert!(end >= at && from + written + (text.len() - end) + SLACK <= out.capacity());
    // SAFETY: as many bytes were written.
    unsafe { out.set_len(from + written) };
    end
}

/// Passes from byte `at` on over as many characters as stay what they are, alone or in phrases where that is quick.
/// Returns where they end.
pub fn unchanged(tables: &Tables, text: &str, at: usize) -> usize {
    // SAFETY: nothing is written.
    unsafe { run::<false>(tables, text, at, std::ptr::null_mut(), 0) }.0
}

/// Returns where the run ends and how many bytes it wrote.
///
/// # Safety
/// With `WRITE`, as many bytes as are left of the text, [`SLACK`] more and `spare` more, may be written to `out`.
unsafe fn run<const WRITE: bool>(
    tables: &Tables,
    text: &str,
    at: usize,
    out: *mut u8,
    spare: usize,
) -> (usize, usize) {
    assert!(text.is_char_boundary(at));
    #[cfg(any(test, fuzzing))]
    if Way::taken() == Way::Safe {
        return (at, 0);
    }
    #[cfg(target_arch = "x86_64")]
    if crate::avx512::available() && Way::taken() == Way::Fastest {
        // SAFETY: the processor can, and what else is asked for is promised.
        return unsafe { crate::avx512::run::<WRITE>(tables, text, at, out, spare) };
    }
    let end = Run::<WRITE>::new(tables, text.as_bytes(), at, out).run();
    (end, end - at)
}

/// How runs are gone over; tests and fuzzing compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(test, fuzzing)), allow(dead_code))]
pub enum Way {
    /// In vectors, where the processor can.
    Fastest,
    /// In blocks of a few characters.
    Portable,
    /// Not at all: every character is asked for by itself, in safe code.
    Safe,
}

impl Way {
    #[cfg(not(any(test, fuzzing)))]
    #[inline(always)]
    fn taken() -> Way {
        Way::Fastest
    }

    #[cfg(any(test, fuzzing))]
    fn taken() -> Way {
        WAY.get()
    }

    /// All ways.
    #[cfg(any(test, fuzzing))]
    pub const ALL: [Way; 3] = [Way::Fastest, Way::Portable, Way::Safe];

    /// Makes this thread take this way from now on.
    #[cfg(any(test, fuzzing))]
    pub fn take(self) {
        WAY.set(self);
    }
}

#[cfg(any(test, fuzzing))]
thread_local! {
    static WAY: std::cell::Cell<Way> = const { std::cell::Cell::new(Way::Fastest) };
}

/// A run, with a result that is written, or only compared with the text.
struct Run<'a, const WRITE: bool> {
    entries: &'a [u8],
    ascii: &'a [u8; 128],
    ascii_is_plain: bool,
    text: &'a [u8],
    start: usize,
    at: usize,
    /// The output of `start`; as much behind it as of the text, and [`SLACK`], may be written.
    out: *mut u8,
}

/// Characters of three bytes that are looked at in one step.
const BLOCK: usize = 4;

impl<'a, const WRITE: bool> Run<'a, WRITE> {
    fn new(tables: &'a Tables, text: &'a [u8], at: usize, out: *mut u8) -> Self {
        let entries = tables.entries();
        assert!(entries.len() == ENTRIES * 4);
        Run {
            entries,
            ascii: tables.ascii(),
            ascii_is_plain: tables.ascii_is_plain,
            text,
            start: at,
            at,
            out,
        }
    }

    fn run(&mut self) -> usize {
        loop {
            let from = self.at;
            self.three_bytes();
            self.ascii();
            if self.at == from {
                return from;
            }
        }
    }

    /// A run of characters of three bytes.
    fn three_bytes(&mut self) {
        let mut before = ALWAYS;
        // A character's entry is read with the byte behind it.
        while self.at + 3 * BLOCK < self.text.len() {
            let mut suspects = 0;
            let mut entries = [0; BLOCK];
            let mut previous = before;
            for (index, slot) in entries.iter_mut().enumerate() {
                // SAFETY: the block and the byte behind it are within the text.
                let entry = unsafe { self.entry(self.at + 3 * index) };
                suspects |= Self::suspect(previous, entry);
                if WRITE {
                    // SAFETY: the same, and within what is reserved.
                    unsafe { self.put(self.at + 3 * index, entry) };
                }
                previous = entry;
                *slot = entry;
            }
            if suspects == 0 {
                self.at += 3 * BLOCK;
                before = previous;
                continue;
            }
            for (index, entry) in entries.into_iter().enumerate() {
                if Self::suspect(before, entry) != 0 {
                    self.at += 3 * index;
                    break;
                }
                before = entry;
            }
            break;
        }
        // What a starter becomes is told by what follows it.
        if before & STARTER != 0 {
            self.at -= 3;
        }
    }

    /// Not 0 where a run ends.
    #[inline(always)]
    fn suspect(before: u32, entry: u32) -> u32 {
        pair(before, entry) | if WRITE { 0 } else { entry & CHANGE }
    }

    /// A run of ASCII.
    fn ascii(&mut self) {
        const CHUNK: usize = 8;
        if !self.ascii_is_plain {
            return self.listed_ascii();
        }
        while self.at + CHUNK <= self.text.len() {
            // SAFETY: within the text.
            let bytes = unsafe {
                self.text
                    .as_ptr()
                    .add(self.at)
                    .cast::<u64>()
                    .read_unaligned()
            };
            if WRITE {
                // SAFETY: within what is reserved.
                unsafe {
                    self.out
                        .add(self.at - self.start)
                        .cast::<u64>()
                        .write_unaligned(bytes)
                };
            }
            let others = u64::from_le(bytes) & 0x8080_8080_8080_8080;
            if others != 0 {
                self.at += others.trailing_zeros() as usize / 8;
                return;
            }
            self.at += CHUNK;
        }
    }

    /// A run of ASCII where some characters are special or begin phrases.
    fn listed_ascii(&mut self) {
        let mut starts = false;
        while let Some(&byte) = self.text.get(self.at) {
            let Some(&class) = self.ascii.get(byte as usize) else {
                break;
            };
            if class & ASCII_SPECIAL != 0 || starts && class & ASCII_FOLLOWER != 0 {
                break;
            }
            if WRITE {
                // SAFETY: within what is reserved.
                unsafe { self.out.add(self.at - self.start).write(byte) };
            }
            starts = class & ASCII_STARTER != 0;
            self.at += 1;
        }
        if starts {
            self.at -= 1;
        }
    }

    /// The entry of the three bytes at `at`.
    #[inline(always)]
    unsafe fn entry(&self, at: usize) -> u32 {
        debug_assert!(at + 3 <= self.text.len());
        // SAFETY: within the text; the index is below ENTRIES.
        unsafe {
            let front = self.text.as_ptr().add(at);
            let row = ROWS[u16::from_le(front.cast::<u16>().read_unaligned()) as usize];
            let index = index(row.wrapping_add(u16::from(*front.add(2)))) as usize;
            debug_assert!(index < ENTRIES);
            u32::from_le(
                self.entries
                    .as_ptr()
                    .add(index * 4)
                    .cast::<u32>()
                    .read_unaligned(),
            )
        }
    }

    /// Writes what an entry makes of the character at `at`, and one byte behind it, which the next one overwrites.
    #[inline(always)]
    unsafe fn put(&self, at: usize, entry: u32) {
        debug_assert!(at + 4 <= self.text.len());
        // The bits of the code points, where UTF-8 has them.
        let change = (entry & CHANGE) >> 12 | (entry & 0xFC0) << 2 | (entry & 0x3F) << 16;
        // SAFETY: within the text, and within what is reserved.
        unsafe {
            let four = self.text.as_ptr().add(at).cast::<u32>().read_unaligned();
            self.out
                .add(at - self.start)
                .cast::<u32>()
                .write_unaligned(four ^ change.to_le())
        };
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::Way;
    use crate::{Config, Converter, Dictionary, Tables};

    /// OpenCC's dictionaries. They lie beside this crate in a checkout; the package `jianti-data`, which has them,
    /// depends on this one.
    const DICTIONARIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/opencc");

    fn has_dictionaries() -> bool {
        let has = std::path::Path::new(DICTIONARIES).is_dir();
        if !has {
            println!("{DICTIONARIES} is not there: the ways are not compared");
        }
        has
    }

    fn dictionary(name: &str) -> Dictionary {
        let path = format!("{DICTIONARIES}/{name}.txt");
        let text = std::fs::read_to_string(path).expect("a dictionary");
        Dictionary::parse(&text).expect("well-formed")
    }

    fn converter(config: Config, user: &[Dictionary]) -> Converter {
        Converter::new(Tables::compile(&config.chain(), false, dictionary, user))
    }

    /// What texts are made of, beside characters by chance: phrases, ASCII and characters of all lengths.
    fn pieces() -> Vec<String> {
        let names = ["TSPhrases", "TWPhrasesRev", "TWVariantsRevPhrases"];
        let keys = names
            .iter()
            .flat_map(|name| dictionary(name).pairs)
            .map(|(key, _)| key);
        let more = [
            "a",
            "B",
            "BMW",
            "x y z ",
            "plain ascii text that is rather long, longer than a window is: 64 bytes",
            "é",
            "😀",
            "𠁞",
            "乾",
            "乾坤",
            "著",
            "著名",
            "看著",
            "後來",
            "裏",
            "軟體",
            "檔案",
            "程式",
            "B型肝炎",
            "⿰亻爾",
            "\u{F9D0}",
            "。",
            "，",
            "\n",
            "國家圖書館",
            "隨著時間的流逝",
            "了",
            "瞭解",
            "簡",
            "于",
            "于是",
            "资讯",
        ];
        // The few are as many as the keys.
        let more = more
            .iter()
            .cycle()
            .take(6_000)
            .map(|piece| (*piece).to_owned());
        keys.chain(more).collect()
    }

    /// Text in which they touch, or their beginnings; now and then longer than a block of vectors.
    fn text(random: &mut Rng, pieces: &[String]) -> String {
        let count = match random.u32(..50) {
            0 => random.usize(..1_000),
            _ => random.usize(..60),
        };
        let mut text = String::new();
        for _ in 0..count {
            let piece = random.choice(pieces).expect("there are some");
            match random.u32(..8) {
                0 => text.push(random.char(..)),
                1 => text.push(random.char('\u{800}'..='\u{FFFF}')),
                2 => text.extend(piece.chars().take(random.usize(1..4))),
                _ => text.push_str(piece),
            }
        }
        text
    }

    #[test]
    fn all_ways_agree() {
        if !has_dictionaries() {
            return;
        }
        let mut random = Rng::with_seed(5);
        let pieces = pieces();
        let user =
            Dictionary::parse("BMW\t宝马\n著\t着\n後\tH\nx\ty\n了a\tb\n").expect("well-formed");
        for config in Config::ALL {
            for user in [&[][..], std::slice::from_ref(&user)] {
                let converter = converter(config, user);
                for _ in 0..3_000 {
                    let text = text(&mut random, &pieces);
                    let last = random.bool();
                    let results = Way::ALL.map(|way| {
                        way.take();
                        let mut out = String::new();
                        let done = converter.append(&text, last, &mut out);
                        // How much waits for more may differ.
                        converter.append(&text[done..], true, &mut out);
                        (out, converter.convert(&text))
                    });
                    Way::Fastest.take();
                    assert!(
                        results.iter().all(|result| *result == results[2]),
                        "{config}: {text:?}: {results:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_starter_at_the_end_of_a_block_waits_for_what_follows_it() {
        if !has_dictionaries() {
            return;
        }
        let user = Dictionary::parse("了a\tb\n了é\tc\n了😀\td\n").expect("well-formed");
        let converter = converter(Config::T2s, &[user]);
        for (key, value) in [("了a", "b"), ("了é", "c"), ("了😀", "d"), ("乾坤", "乾坤")]
        {
            // Blocks of vectors end in each of a character's bytes.
            for length in 0..400 {
                let front = "b".repeat(length % 3) + &"中".repeat(length / 3);
                let converted = converter.convert(&(front.clone() + key)).into_owned();
                assert_eq!(converted, front + value, "behind {length} bytes");
            }
        }
    }

    #[test]
    fn phrases_that_grow_and_shrink_one_behind_the_other_agree() {
        if !has_dictionaries() {
            return;
        }
        let mut random = Rng::with_seed(9);
        let converter = converter(Config::Tw2sp, &[]);
        let mut phrases = pieces();
        phrases.retain(|piece| converter.convert(piece).len() != piece.len());
        assert!(phrases.len() > 200);
        for _ in 0..1_000 {
            let text: String = (0..random.usize(..200))
                .map(|_| match random.u32(..8) {
                    0 => "後",
                    1 => "a",
                    _ => random.choice(&phrases).expect("there are some"),
                })
                .collect();
            let results = Way::ALL.map(|way| {
                way.take();
                // Nothing is spare.
                let mut out = String::with_capacity(text.len() + crate::slack::SLACK);
                converter.append(&text, true, &mut out);
                out
            });
            Way::Fastest.take();
            assert!(
                results.iter().all(|result| *result == results[2]),
                "{text:?}: {results:?}"
            );
        }
    }
}
