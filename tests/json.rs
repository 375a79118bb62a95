//! What is JSON: serde_json judges.

use std::fs;
use std::path::Path;

use jianti::{Error, FormatError, Normalizer, Options};
use serde::de::IgnoredAny;

/// How many documents are made of each fixture.
const MUTATED: usize = 4000;

fn normalizer() -> Normalizer {
    Normalizer::new(Options::default()).expect("options that are well")
}

/// Where the document stops being JSON, bytes; `None` if it does not.
fn wrong_at(normalizer: &Normalizer, text: &str) -> Option<u64> {
    match normalizer.normalize_named("a.json", text.as_bytes()) {
        Ok(_) => None,
        Err(Error::Format(FormatError::Document { offset, .. })) => Some(offset),
        Err(error) => panic!("{error}"),
    }
}

/// Whether serde_json reads it: any number of values. It does not mind half characters (`\ud800`) where it only skips them.
fn is_json(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.all(|value| value.is_ok())
}

#[test]
fn what_is_no_json_is_an_error_at_its_byte() {
    let normalizer = normalizer();
    for (text, offset) in [
        ("[1abc]", 2),
        ("[01]", 2),
        ("[-01]", 3),
        ("[-]", 2),
        ("[1.]", 3),
        ("[.5]", 1),
        ("[+1]", 1),
        ("[1e]", 3),
        ("[1e+]", 4),
        ("[1.2.3]", 4),
        ("[--1]", 2),
        ("[0x10]", 2),
        ("[nul]", 1),
        ("[True]", 1),
        ("[\"頭\t髮\"]", 5),
        ("[\"頭\n髮\"]", 5),
        ("{\"a\u{1}\": 1}", 3),
        ("[\"\\x\"]", 2),
        ("[\"\\u12g4\"]", 2),
        ("[1,]", 3),
        ("{\"a\" 1}", 5),
        ("[1", 2),
    ] {
        assert!(!is_json(text), "{text}");
        assert_eq!(wrong_at(&normalizer, text), Some(offset), "{text}");
    }
    for text in [
        "[0, -0, 10, 1.5, -0.5e10, 1E+2, 2e-3, 0.0]",
        "1 2\n\"頭\" null[]{}",
        "[\"\\u0009\u{7F}\u{2028}頭\\/\"]",
        "",
    ] {
        assert!(is_json(text), "{text}");
        assert_eq!(wrong_at(&normalizer, text), None, "{text}");
    }
}

/// A document with an accident in one place, or a few.
fn mutated(text: &str, random: &mut fastrand::Rng) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let marks: Vec<char> = "{}[]\"\\:,.-+eE0123456789nulltruefalse \t\n\r/\u{2}\u{1F}頭u"
        .chars()
        .collect();
    for _ in 0..random.usize(1..4) {
        let at = random.usize(..=characters.len());
        let end = characters.len().min(at + random.usize(..6));
        match random.u8(..5) {
            0 => drop(characters.drain(at..end)),
            1 => {
                let repeated = characters[at..end].to_vec();
                characters.splice(at..at, repeated);
            }
            2 if at < characters.len() => characters[at] = marks[random.usize(..marks.len())],
            _ => characters.insert(at, marks[random.usize(..marks.len())]),
        }
    }
    characters.into_iter().collect()
}

#[test]
fn the_same_documents_are_json_to_another_reader() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/documents");
    let numbers =
        "[0, -1, 12.50, 1e5, -0.1E-7, 100, true, false, null, \"a\\n\\u5716\"]".to_owned();
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a fixture");
    let normalizer = normalizer();
    let mut random = fastrand::Rng::with_seed(10);
    let (mut valid, mut invalid) = (0, 0);
    for document in [read("data.json"), read("records.jsonl"), numbers] {
        for _ in 0..MUTATED {
            let text = mutated(&document, &mut random);
            let judged = is_json(&text);
            let found = wrong_at(&normalizer, &text);
            assert_eq!(found.is_none(), judged, "{found:?}: {text}");
            *if judged { &mut valid } else { &mut invalid } += 1;
        }
    }
    println!("JSON: {valid} documents read, {invalid} refused, as serde_json does");
    assert!(valid > 500 && invalid > 500, "{valid} {invalid}");
}
