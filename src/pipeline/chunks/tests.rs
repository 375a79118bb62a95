//! What pieces in parallel become is what the whole becomes.

use std::cell::Cell;

use fastrand::Rng;

use super::pieces::Cut;
use super::*;
use crate::encoding::{Encoder, Encoding};
use crate::{Config, Format, Normalizer, Options};

thread_local! {
    /// Pieces whose guess was right, and wrong, of the documents that this thread did.
    pub static GUESSES: Cell<[usize; 2]> = const { Cell::new([0; 2]) };
}

pub fn guessed(right: bool) {
    let [rights, wrongs] = GUESSES.get();
    GUESSES.set([rights + usize::from(right), wrongs + usize::from(!right)]);
}

const TAIWAN: &str = include_str!("../../../tests/data/encodings/taiwan.txt");
const SIMPLIFIED: &str = include_str!("../../../tests/data/encodings/simplified.txt");

/// Lines that leave something for the next ones, and damaged ones.
const LINES: [&str; 16] = [
    "他說：「我知道。『這是』",
    "後來呢？」他問。『好了』",
    "“引用的话‘里面”",
    "里面’的，」『內』",
    "",
    "\r",
    "",
    "⿰",
    "爾著亻後",
    "河?xùn)|區(qū)委負(fù)責(zé)同志",
    "會(huì)議在圖書館，錕斤拷",
    "於先生在瞭望台上，王乾说慰藉",
    "什麽是「乾」？乾淨嗎",
    "着急地看着",
    "這 本 書 是 他 的 ， 不 是 我 的 。",
    "龥龤龢龣龡龠龞龝",
];

/// Lines of all kinds; few are long, and the last one may not end.
fn text(random: &mut Rng, length: usize) -> String {
    let articles: Vec<&str> = [TAIWAN, SIMPLIFIED]
        .iter()
        .flat_map(|text| text.lines())
        .collect();
    let (odd, long) = (random.usize(2..9), random.usize(20..400));
    let mut text = String::new();
    while text.len() < length {
        match random.usize(..10) {
            kind if kind < odd => text.push_str(LINES[random.usize(..LINES.len())]),
            _ => text.push_str(articles[random.usize(..articles.len())]),
        }
        if random.usize(..long) > 0 {
            text.push('\n');
        }
    }
    text
}

/// The text, but for what the encoding lacks.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(encoding, false);
    for c in text.chars() {
        let _ = encoder.push(c.encode_utf8(&mut [0; 4]), &mut bytes);
    }
    bytes
}

/// Normalises in small pieces, behind the beginning that the stream has, on this many threads.
fn in_small_pieces(
    normalizer: &Normalizer,
    mut bytes: &[u8],
    threads: usize,
    random: &mut Rng,
) -> Result<(Vec<u8>, Outcome), Error> {
    let cut = Cut {
        piece: 2 * random.usize(100..2_000),
        run_up: 2 * random.usize(1..200),
        block: 2 * random.usize(100..2_000),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().expect("threads").install(|| {
        let mut output = Vec::new();
        let context = normalizer.context();
        let mut stream = Stream::new(context, None);
        let (head, rest) = bytes.split_at(random.usize(35_000..40_000) * 2);
        bytes = rest;
        stream.push(head, false, &mut output)?;
        let pieces = Pieces::new(&mut bytes, &stream, cut);
        let outcome = in_pieces(context, stream, pieces, &mut output, None)?;
        Ok((output, outcome))
    })
}

fn agree(normalizer: &Normalizer, bytes: &[u8], random: &mut Rng) {
    let whole = normalizer.normalize(bytes);
    for threads in [1, 3] {
        let pieces = in_small_pieces(normalizer, bytes, threads, random);
        match (&whole, pieces) {
            (Ok((whole, outcome)), Ok((found, by_pieces))) => {
                assert_eq!(by_pieces, *outcome);
                assert!(found == *whole, "{outcome:?}");
            }
            (Err(error), Err(found)) => assert_eq!(found.to_string(), error.to_string()),
            (whole, found) => panic!("{whole:?} and {found:?}"),
        }
    }
}

fn normalizer(options: Options) -> Normalizer {
    Normalizer::new(Options {
        explain: true,
        count_outside: true,
        any_language: true,
        ..options
    })
    .expect("loads")
}

#[test]
fn pieces_in_parallel_equal_the_whole() {
    let mut random = Rng::with_seed(41);
    for config in [Config::Auto, Config::T2s, Config::Tw2sp] {
        let normalizer = normalizer(Options {
            config,
            ..Options::default()
        });
        for _ in 0..5 {
            let text = text(&mut random, 300_000);
            agree(&normalizer, text.as_bytes(), &mut random);
        }
    }
}

#[test]
fn in_every_encoding() {
    let mut random = Rng::with_seed(43);
    let encodings = [
        Encoding::Utf8,
        Encoding::Gbk,
        Encoding::Gb18030,
        Encoding::Big5,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ];
    for encoding in encodings {
        let to_encoding = encodings[random.usize(..encodings.len())];
        let normalizer = normalizer(Options {
            encoding: Some(encoding),
            to_encoding: Some(to_encoding),
            lossy: true,
            ..Options::default()
        });
        for _ in 0..3 {
            let bytes = encoded(&text(&mut random, 300_000), encoding);
            agree(&normalizer, &bytes, &mut random);
        }
    }
}

#[test]
fn what_cannot_be_read_or_written_is_told_of_as_of_the_whole() {
    let mut random = Rng::with_seed(47);
    for encoding in [Encoding::Utf8, Encoding::Gbk, Encoding::Utf16Le] {
        for lossy in [false, true] {
            let normalizer = normalizer(Options {
                encoding: Some(encoding),
                lossy,
                ..Options::default()
            });
            for _ in 0..3 {
                let mut bytes = encoded(&text(&mut random, 300_000), encoding);
                let at = random.usize(100_000..bytes.len() - 2);
                bytes[at..at + 2].copy_from_slice(&[0xFF, 0xDC]);
                agree(&normalizer, &bytes, &mut random);
            }
        }
    }
    let to_big5 = normalizer(Options {
        to_encoding: Some(Encoding::Big5),
        ..Options::default()
    });
    let text = text(&mut random, 300_000);
    agree(&to_big5, text.as_bytes(), &mut random);
}

#[test]
fn json_lines_too() {
    let mut random = Rng::with_seed(59);
    let normalizer = normalizer(Options {
        format: Some(Format::JsonLines),
        ..Options::default()
    });
    for wrong in [
        None,
        None,
        Some("{\"甲\": 1,\n\n\"乙\": [\n\n\"後\"]}"),
        Some("{"),
    ] {
        let articles = text(&mut random, 300_000);
        let mut lines: Vec<_> = articles
            .lines()
            .map(|line| format!("{{\"text\": {}}}", serde_json::Value::from(line)))
            .collect();
        let at = random.usize(lines.len() / 2..lines.len());
        lines.extend(wrong.map(str::to_owned));
        let last = lines.len() - 1;
        lines.swap(at, last);
        agree(&normalizer, lines.join("\n").as_bytes(), &mut random);
    }
}

#[test]
fn guesses_are_right_in_most_documents() {
    let normalizer = normalizer(Options::default());
    let text = SIMPLIFIED.repeat(300_000 / SIMPLIFIED.len() + 1);
    let json = text.lines().map(|line| format!("[\"{line}\"]\n"));
    for bytes in [
        text.clone().into_bytes(),
        encoded(&text, Encoding::Gbk),
        json.collect::<String>().into_bytes(),
    ] {
        let cut = Cut {
            piece: 4_000,
            run_up: 100,
            block: 6_000,
        };
        let [right, wrong] = guesses(&normalizer, &bytes, 2, cut);
        assert!(right > 20 && wrong == 0, "{right} right, {wrong} wrong");
        assert_eq!(guesses(&normalizer, &bytes, 1, cut), [0; 2]);
    }
}

#[test]
fn few_guesses_are_wrong_where_a_search_was_made() {
    let normalizer = normalizer(Options::default());
    let clean = SIMPLIFIED.repeat((1 << 16) / SIMPLIFIED.len() + 1);
    let text = [&clean, "这个房间有多小啊??。曒覚煷嘁\n", &clean, &clean].concat();
    let bytes = text.repeat(8).into_bytes();
    let cut = Cut {
        piece: 1 << 14,
        run_up: 1 << 10,
        block: 1 << 14,
    };
    let [right, wrong] = guesses(&normalizer, &bytes, 2, cut);
    assert!(right > 2 * wrong, "{right} right, {wrong} wrong");
}

/// How many guesses are right, and how many wrong, as this document is gone through on this many threads.
fn guesses(normalizer: &Normalizer, bytes: &[u8], threads: usize, cut: Cut) -> [usize; 2] {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().expect("threads").install(|| {
        GUESSES.set([0; 2]);
        let mut output = Vec::new();
        let context = normalizer.context();
        let mut stream = Stream::new(context, None);
        let (head, mut rest) = bytes.split_at(80_000);
        stream.push(head, false, &mut output).expect("well-formed");
        let pieces = Pieces::new(&mut rest, &stream, cut);
        let outcome = in_pieces(context, stream, pieces, &mut output, None).expect("well-formed");
        let (whole, expected) = normalizer.normalize(bytes).expect("well-formed");
        assert_eq!(outcome, expected);
        assert!(output == whole);
        GUESSES.get()
    })
}

/// Converts nothing, and fails at one character.
#[derive(Debug)]
struct Fails;

impl jianti_opencc::Engine for Fails {
    fn append(
        &self,
        text: &str,
        _: bool,
        out: &mut String,
    ) -> Result<usize, jianti_opencc::EngineError> {
        assert!(!text.contains('龘'), "this character is too much");
        out.push_str(text);
        Ok(text.len())
    }
}

#[test]
fn a_panic_on_any_thread_is_its_documents_and_the_next_one_is_done() {
    let mut random = Rng::with_seed(61);
    let mut context = Context::new(Options::default()).expect("loads");
    context.conversion = crate::context::Conversion::Engine(Box::new(Fails));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3);
    let pool = pool.build().expect("threads");
    let well = "他把旧书一本一本地摆好。\n".repeat(100_000);
    let run = |text: &str| {
        pool.install(|| {
            let mut output = Vec::new();
            normalize(&context, None, &mut text.as_bytes(), &mut output, None).map(|_| output)
        })
    };
    for _ in 0..8 {
        let mut text = well.clone();
        let at = text.floor_char_boundary(random.usize(..text.len()));
        text.insert(at, '龘');
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&text)));
        assert!(panic.is_err());
        assert!(run(&well).expect("well-formed") == well.as_bytes());
    }
}
