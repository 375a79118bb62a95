//! A document converted as a stream is the document converted whole.

mod common;

use std::io::Read;
use std::path::Path;

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

#[test]
fn long_cells_are_text_like_others() {
    let normalizer = normalizer(Options::default());
    let article = "他把舊書一本一本地擺好，天亮了。";
    let long = article.repeat((3 << 20) / article.len());
    let simplified = long.replace("舊書", "旧书").replace("擺", "摆");
    let quoted = format!("\"{}\"", long.replace("天亮", "\n\"\"天亮\"\""));
    let quoted_simplified = simplified.replace("天亮", "\n“天亮”");
    for (name, delimiter, cell, expected) in [
        ("a.csv", b',', &long, &simplified),
        ("a.tsv", b'\t', &long, &simplified),
        ("a.csv", b',', &quoted, &quoted_simplified),
    ] {
        let mark = char::from(delimiter);
        let text = format!("書{mark}鐘\n{cell}{mark}鐘\r\n鐘{mark}{cell}\n{cell}{mark}{cell}");
        let (whole, outcome) = normalizer
            .normalize_named(name, text.as_bytes())
            .expect("text");
        let mut reader = csv::ReaderBuilder::new();
        reader.delimiter(delimiter).has_headers(false);
        let rows: Vec<Vec<String>> = reader
            .from_reader(&*whole)
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
            .collect();
        let (long, short): (&str, &str) = (expected, "钟");
        let expected = [["书", short], [long, short], [short, long], [long, long]];
        for (row, expected) in rows.iter().zip(&expected) {
            for (cell, expected) in row.iter().zip(expected) {
                let at = cell.bytes().zip(expected.bytes()).position(|(a, b)| a != b);
                let near = at.map(|at| {
                    cell[cell.floor_char_boundary(at)..]
                        .chars()
                        .take(20)
                        .collect::<String>()
                });
                assert!(cell == expected, "{name}: at byte {at:?}: {near:?}");
            }
        }
        assert!(rows == expected, "{name}");
        let mut streamed = Vec::new();
        let again =
            normalizer.normalize_stream_named(Path::new(name), &mut text.as_bytes(), &mut streamed);
        assert!(again.expect("text") == outcome && streamed == whole);
    }
    // What a column's name selects is no part of a cell.
    let options = Options::default().with(|options| options.fields = vec!["書".to_owned()]);
    let normalizer = Normalizer::new(options).expect("options that are well");
    let text = format!("{long}書,書,鐘\n鐘,{long},鐘\n");
    let (result, _) = normalizer
        .normalize_named("a.csv", text.as_bytes())
        .expect("text");
    assert!(result == format!("{long}書,書,鐘\n鐘,{simplified},鐘\n").as_bytes());
}

#[test]
fn long_attributes_are_text_like_others() {
    let normalizer = normalizer(Options::default());
    let page = |text: &str| {
        let long = text.repeat((1 << 20) / text.len());
        format!("<p title=\"{long}\">書</p>\n")
    };
    let text = page("他把舊書擺好&amp;天亮了，&#38988;頭。");
    let expected = page("他把旧书摆好&amp;天亮了，&#39064;头。").replace(">書<", ">书<");
    let mut streamed = Vec::new();
    normalizer
        .normalize_stream_named(Path::new("a.html"), &mut text.as_bytes(), &mut streamed)
        .expect("a page");
    assert!(streamed == expected.as_bytes());
    let (whole, _) = normalizer
        .normalize_named("a.html", text.as_bytes())
        .expect("a page");
    assert!(whole == expected.as_bytes());
    // Attributes behind the 4,096th stay, and so does all else.
    let many = |title: &str| format!("<p {}title=\"{title}\">書</p>", "a=\"書\" ".repeat(5000));
    let (whole, _) = normalizer
        .normalize_named("a.html", many("書").as_bytes())
        .expect("a page");
    assert!(whole == many("書").replace(">書<", ">书<").as_bytes());
}

/// The commas of a table's first line stay, wherever the text is cut; those of prose that only looks like it do not.
#[test]
fn a_table_among_texts_keeps_its_first_line() {
    let table = "姓名,電話,地址\r\n張三,13800000000,北京市\r\n李四,139,上海市\r\n";
    let done = "姓名,电话,地址\r\n张三,13800000000,北京市\r\n李四,139,上海市\r\n";
    let poem = "床前明月光,疑是地上霜\n舉頭望明月,低頭思故鄉\n";
    let poem_done = "床前明月光，疑是地上霜\n举头望明月，低头思故乡\n";
    let normalizer = normalizer(Options::default());
    for (text, expected) in [(table, done), (poem, poem_done)] {
        let (whole, _) = normalizer
            .normalize_named("a.txt", text.as_bytes())
            .expect("text");
        assert_eq!(String::from_utf8(whole).expect("UTF-8"), expected);
        let mut out = Vec::new();
        let mut dribble = Dribble {
            rest: text.as_bytes(),
            random: Rng::with_seed(16),
        };
        normalizer
            .normalize_stream_named("a.txt", &mut dribble, &mut out)
            .expect("text");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }
}
