//! A record is a document: it becomes in a file of records what it becomes alone.

#[path = "common/packed.rs"]
mod packed;

use std::io::{self, Cursor};
use std::path::Path;

use jianti::{Language, Normalizer, Options};
use packed::{Member, pack, tar, zip};

/// Texts of one language each; names of people and things keep records apart.
const TEXTS: [&str; 11] = [
    "這裡的圖書館很安靜，我們後來一起去看書吧。",
    "舊雜誌擺在門口，他慢慢翻著。",
    "王乾先生说，乾隆年间就有了这座钟。",
    "饼干和干杯的干，写法一样。",
    "別難過(つд⊂)",
    "謝謝(っ´ω`c)",
    "今日は休み(´;ω;｀)",
    "図書館は静かです。一緒に本を読みましょう。",
    "歴史の発展を学習する会議室です。",
    "This is an English record, long enough, with commas; it is told as one.",
    "도서관은 조용합니다. 國立圖書館에서 책을 읽습니다.",
];

fn normalizer() -> Normalizer {
    Normalizer::new(Options::default()).expect("options that are well")
}

fn normalize(normalizer: &Normalizer, name: &str, text: &str) -> String {
    let (bytes, _) = normalizer
        .normalize_named(name, text.as_bytes())
        .expect("a document");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The same through a stream, which takes large documents in pieces.
fn streamed(normalizer: &Normalizer, name: &str, text: &str) -> String {
    let mut out = Vec::new();
    normalizer
        .normalize_stream_named(Path::new(name), &mut text.as_bytes(), &mut out)
        .expect("a document");
    String::from_utf8(out).expect("UTF-8")
}

/// Records in random order.
fn texts(count: usize) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(14);
    let text = |number| format!("{number} {}", TEXTS[random.usize(..TEXTS.len())]);
    (0..count).map(text).collect()
}

#[test]
fn records_become_what_they_become_alone() {
    let normalizer = normalizer();
    let texts = texts(1000);
    let json = |text: &String| format!("{{\"id\": 1, \"文\": [\"{text}\", \"圖\"]}}");
    let escaped = |text: &String| {
        let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        format!("[\"{}\"]", units.collect::<String>())
    };
    let row = |text: &String| format!("1,\"{text}\",圖");
    let tabs = |text: &String| format!("1\t{text}\t圖");
    let lines = |record: &dyn Fn(&String) -> String, end: &str| {
        texts
            .iter()
            .map(|text| record(text) + end)
            .collect::<Vec<_>>()
    };
    for (name, records) in [
        ("a.jsonl", lines(&json, "\n")),
        ("a.jsonl", lines(&escaped, "\r\n")),
        ("a.csv", lines(&row, "\n")),
        ("a.tsv", lines(&tabs, "\r\n")),
    ] {
        let alone: String = records
            .iter()
            .map(|record| normalize(&normalizer, name, record))
            .collect();
        let together = records.concat();
        assert!(normalize(&normalizer, name, &together) == alone, "{name}");
        // Over several blocks, on several threads.
        let (many, expected) = (together.repeat(60), alone.repeat(60));
        assert!(many.len() > 3 << 20);
        assert!(
            streamed(&normalizer, name, &many) == expected,
            "{name}, streamed"
        );
    }
    let elements: Vec<String> = texts.iter().map(json).collect();
    let array = |elements: &[String]| format!("[\n{}\n]\n", elements.join(",\n"));
    let alone: Vec<String> = elements
        .iter()
        .map(|element| {
            let result = normalize(&normalizer, "a.json", &array(std::slice::from_ref(element)));
            result.trim_matches(['[', ']', '\n']).to_owned()
        })
        .collect();
    let result = normalize(&normalizer, "a.json", &array(&elements));
    assert!(result == array(&alone));
    assert!(result.contains("王乾先生说，乾隆年间") && result.contains("这里的图书馆很安静"));
    assert!(result.contains("别难过(つд⊂)") && result.contains("谢谢(っ´ω`c)"));
    assert!(result.contains("歴史の発展を学習する会議室") && result.contains("國立圖書館에서"));
}

#[test]
fn shuffled_records_become_the_same() {
    let normalizer = normalizer();
    let texts = texts(1000);
    let mut order: Vec<usize> = (0..texts.len()).collect();
    fastrand::Rng::with_seed(41).shuffle(&mut order);
    for (name, front, back) in [
        ("a.jsonl", "{\"文\": \"", "\"}"),
        ("a.csv", "\"", "\""),
        ("a.json", "{\"文\": \"", "\"}"),
    ] {
        let (begin, between, end) = match name {
            "a.json" => ("[\n", ",\n", "\n]\n"),
            _ => ("", "\n", "\n"),
        };
        let converted = |texts: &mut dyn Iterator<Item = &String>| -> Vec<String> {
            let records: Vec<_> = texts.map(|text| format!("{front}{text}{back}")).collect();
            let file = format!("{begin}{}{end}", records.join(between));
            let result = normalize(&normalizer, name, &file);
            let inner = &result[begin.len()..result.len() - end.len()];
            inner.split(between).map(str::to_owned).collect()
        };
        let straight = converted(&mut texts.iter());
        let shuffled = converted(&mut order.iter().map(|at| &texts[*at]));
        assert_eq!(straight.len(), 1000, "{name}");
        for (at, record) in order.iter().zip(&shuffled) {
            assert_eq!(*record, straight[*at], "{name}");
        }
    }
}

#[test]
fn what_stands_before_a_record_tells_nothing() {
    let normalizer = normalizer();
    let english = "{\"text\": \"A long English record that fills the beginning of the file.\"}\n";
    let chinese = "{\"text\": \"圖書館裡靜悄悄的。\"}\n";
    let text = english.repeat(3000) + chinese;
    assert!(text.len() > 1 << 17);
    let (bytes, outcome) = normalizer
        .normalize_named("a.jsonl", text.as_bytes())
        .expect("JSON");
    assert_eq!(outcome.language, Language::Chinese);
    let result = String::from_utf8(bytes).expect("UTF-8");
    assert!(result.ends_with("{\"text\": \"图书馆里静悄悄的。\"}\n"));
    // A record that is longer than what tells its language.
    let long = format!(
        "[{{\"a\": \"{}\", \"b\": \"圖書館\"}}, \"図書館は静かです\"]",
        "長".repeat(70_000)
    );
    let result = normalize(&normalizer, "a.json", &long);
    assert!(result.ends_with("长\", \"b\": \"图书馆\"}, \"図書館は静かです\"]"));
}

#[test]
fn records_in_archives_are_handed_over_with_the_names_of_their_members() {
    let lines = |count| -> String {
        let texts = texts(count).into_iter();
        let lines = texts.map(|text| format!("{{\"id\": 1, \"text\": \"{text}\"}}\n"));
        lines.chain(["{\"text\": 圖}\n".to_owned()]).collect()
    };
    // One that is read whole, one that is a stream, a table, and some packed twice.
    let (small, large) = (lines(9), lines(20_000));
    assert!(large.len() > 1 << 20);
    let table = "編號,標題\n1,圖書\n2,图书\n";
    let inner = zip(&[
        Member::new("c.csv", table.as_bytes()),
        Member::new("d/large.jsonl", large.as_bytes()),
    ]);
    let members = [
        Member::new("small.jsonl", small.as_bytes()),
        Member::new("large.jsonl.gz", &pack("gz", large.as_bytes())),
        Member::new("picture.png", b"\x89PNG\r\n\x1a\n\0\0"),
        Member::new("inner.zip", &inner),
        Member::new("note.txt", "圖書".as_bytes()),
    ];
    let options = Options::default().with(|options| {
        options.archives = true;
        options.records = true;
    });
    let normalizer = Normalizer::new(options).expect("options that are well");
    let archive = tar(&members);
    for (name, archive) in [("a.tar", &archive), ("a.tar.gz", &pack("gz", &archive))] {
        let (mut held, mut told) = (Vec::new(), Vec::new());
        let outcome = normalizer.normalize_container(name, &mut Cursor::new(archive), &mut held);
        let outcome = outcome.expect("an archive");
        let mut result = Vec::new();
        let others = normalizer.normalize_container_records(
            name,
            &mut Cursor::new(archive),
            &mut result,
            &mut |record| told.push(record),
        );
        let others = others.expect("an archive");
        assert!(result == held && others.records.is_empty());
        assert_eq!(others.record_errors, outcome.record_errors);
        assert_eq!(told.len(), 10 + 20_001 + 3 + 20_001);
        assert!(told == outcome.records);
        let named = |name: &str| {
            let of_it = told
                .iter()
                .filter(|record| record.member.as_deref() == Some(name));
            (
                of_it.clone().count(),
                of_it.filter(|record| record.error.is_some()).count(),
            )
        };
        assert_eq!(named("small.jsonl"), (10, 1));
        assert_eq!(named("large.jsonl.gz"), (20_001, 1));
        assert_eq!(named("inner.zip/c.csv"), (3, 0));
        assert_eq!(named("inner.zip/d/large.jsonl"), (20_001, 1));
    }
    // Nobody is told of what is no record.
    let told = &mut |record| panic!("{record:?}");
    let note = zip(&members[4..]);
    let done = normalizer.normalize_container_records(
        "a.zip",
        &mut Cursor::new(note),
        &mut io::sink(),
        told,
    );
    assert!(done.expect("an archive").changed);
}
