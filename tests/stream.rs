//! A document converted as a stream is the document converted whole, and takes no more memory the longer it is.

mod common;

use std::io::Read;

use fastrand::Rng;
use jianti::Config;
use jianti::encoding::Encoder;
use jianti::encoding::Encoding;
use jianti::{Normalizer, Options};

const TAIWAN: &str = include_str!("data/encodings/taiwan.txt");
const SIMPLIFIED: &str = include_str!("data/encodings/simplified.txt");

fn shared_by_threads<T: Send + Sync>(value: T) -> T {
    value
}

fn normalizer(options: Options) -> Normalizer {
    shared_by_threads(Normalizer::new(options).expect("loads"))
}

/// Gives a few bytes at a time, as a pipe may.
struct Dribble<'a> {
    rest: &'a [u8],
    random: Rng,
}

impl Read for Dribble<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(self.rest.len());
        let length = if most == 0 {
            0
        } else {
            self.random.usize(1..=most.min(100_000))
        };
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest = &self.rest[length..];
        Ok(length)
    }
}

/// Asserts that the stream and the whole agree, in result or in error.
fn agree(normalizer: &Normalizer, bytes: &[u8], seed: u64) {
    let mut input = Dribble {
        rest: bytes,
        random: Rng::with_seed(seed),
    };
    let mut streamed = Vec::new();
    let by_stream = normalizer.normalize_stream(&mut input, &mut streamed);
    match (normalizer.normalize(bytes), by_stream) {
        (Ok((whole, outcome)), Ok(found)) => {
            assert_eq!(found, outcome);
            assert!(streamed == whole, "{outcome:?}");
        }
        (Err(error), Err(found)) => assert_eq!(found.to_string(), error.to_string()),
        (whole, found) => panic!("{:?} and {found:?}", whole.map(|(_, outcome)| outcome)),
    }
}

/// Articles of several scripts, in a random order, of about this many bytes in UTF-8.
fn articles(random: &mut Rng, length: usize) -> String {
    let articles: Vec<&str> = TAIWAN
        .split_inclusive('\n')
        .chain(SIMPLIFIED.split_inclusive('\n'))
        .collect();
    let mut text = String::new();
    while text.len() < length {
        text.push_str(articles[random.usize(..articles.len())]);
    }
    text
}

#[test]
fn streams_equal_wholes_in_every_encoding() {
    let mut random = Rng::with_seed(17);
    let text = articles(&mut random, 5 << 20);
    let encodings = [
        Encoding::Utf8,
        Encoding::Gbk,
        Encoding::Gb18030,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ];
    for config in [Config::T2s, Config::Tw2sp] {
        let normalizer = normalizer(Options::default().with(|options| options.config = config));
        for encoding in encodings {
            let mut bytes = Vec::new();
            Encoder::new(encoding, false)
                .push(&text, &mut bytes)
                .expect("has a form");
            agree(&normalizer, &bytes, random.u64(..));
        }
    }
}

#[test]
fn the_encoding_shows_late_where_ascii_comes_first() {
    let mut random = Rng::with_seed(19);
    let normalizer = normalizer(Options::default());
    for ascii in [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (2 << 20) + 7] {
        let mut bytes = b"0123456789 abcdef\n".repeat(ascii / 18 + 1);
        bytes.truncate(ascii);
        bytes.extend(&*encoding_rs::GBK.encode(&articles(&mut random, 10_000)).0);
        let (_, outcome) = normalizer.normalize(&bytes).expect("GBK");
        assert_eq!(outcome.encoding.name(), "GBK", "{ascii}");
        agree(&normalizer, &bytes, random.u64(..));
    }
}

#[test]
fn streams_fail_as_wholes_do() {
    let mut random = Rng::with_seed(23);
    let text = articles(&mut random, 3 << 20);
    let strict = normalizer(Options::default());
    let lossy = normalizer(Options::default().with(|options| options.lossy = true));
    for _ in 0..20 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..random.usize(1..4) {
            // Beyond the part in which the encoding is told.
            let at = random.usize((1 << 20) + 100..bytes.len());
            bytes[at] = random.u8(..);
        }
        bytes.truncate(bytes.len() - random.usize(..3));
        agree(&strict, &bytes, random.u64(..));
        agree(&lossy, &bytes, random.u64(..));
    }
    agree(&strict, b"\x89PNG\r\n\x1a\n", 1);
    agree(&strict, &(0x80..=0xFFu8).rev().collect::<Vec<_>>(), 1);
}

#[test]
fn unchanged_documents_are_reported_so() {
    let normalizer = normalizer(Options::default());
    let bytes = SIMPLIFIED.repeat(3_000);
    let (_, outcome) = normalizer.normalize(bytes.as_bytes()).expect("UTF-8");
    assert!(!outcome.changed);
    agree(&normalizer, bytes.as_bytes(), 29);
}

/// A document that is made as it is read, so that only the stream's own memory counts.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_document() {
    fn peak() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").expect("status");
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .expect("VmHWM");
        line.split_whitespace()
            .nth(1)
            .expect("a number")
            .parse()
            .expect("kB")
    }
    struct Endless<'a> {
        article: &'a [u8],
        at: usize,
        left: usize,
    }
    impl Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let rest = &self.article[self.at..];
            let length = buffer.len().min(rest.len()).min(self.left);
            buffer[..length].copy_from_slice(&rest[..length]);
            self.at = (self.at + length) % self.article.len();
            self.left -= length;
            Ok(length)
        }
    }
    let mut random = Rng::with_seed(31);
    let one_line = articles(&mut random, 100_000).replace('\n', "");
    let normalizer = normalizer(Options::default());
    let before = peak();
    let length = (300 << 20) / one_line.len() * one_line.len();
    let mut input = Endless {
        article: one_line.as_bytes(),
        at: 0,
        left: length,
    };
    let outcome = normalizer
        .normalize_stream(&mut input, &mut std::io::sink())
        .expect("UTF-8");
    assert_eq!(outcome.bytes_in, length as u64);
    let grown = peak() - before;
    println!("{} MiB in, {} KiB more at the peak", length >> 20, grown);
    assert!(grown < 64 << 10, "{grown} KiB");
}
