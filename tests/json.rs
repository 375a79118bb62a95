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
        ("[1/2]", 2),
        ("[/* 1]", 1),
        ("[1,] // 後", 3),
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

#[test]
fn long_strings_are_texts_like_others() {
    let normalizer = normalizer();
    let article = "他把舊書一本一本地擺好，又擦了擦櫃檯。「天亮了。」他說：\"後來呢？\"\n\n乾隆年間的鐘，在後😀面";
    let long = article.repeat((3 << 20) / article.len());
    let simplified = long
        .replace("舊書", "旧书")
        .replace("擺好", "摆好")
        .replace("櫃檯", "柜台")
        .replace(
            "「天亮了。」他說：\"後來呢？\"",
            "“天亮了。”他说：“后来呢？”",
        )
        .replace("乾隆年間的鐘，在後", "乾隆年间的钟，在后");
    let escapes = |text: &str| -> String {
        let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        format!("\"{}\"", units.collect::<String>())
    };
    let plain = |text: &str| serde_json::Value::from(text).to_string();
    for form in [&plain as &dyn Fn(&str) -> String, &escapes] {
        for (name, before, after) in [
            ("a.json", "{\"鍵\": [1, ", "], \"後\": \"後\"}"),
            ("a.json", "", ""),
            ("a.jsonl", "{\"a\": \"書\", \"b\": ", "}\n[\"後\"]\n"),
        ] {
            let text = format!("{before}{}{after}", form(&long));
            let result = normalizer.normalize_named(name, text.as_bytes());
            let (whole, outcome) = result.expect("JSON");
            let whole = String::from_utf8(whole).expect("UTF-8");
            let mut values = serde_json::Deserializer::from_str(&whole).into_iter();
            let value: serde_json::Value = values.next().expect("a value").expect("JSON");
            let found = value.pointer("/鍵/1").or(value.get("b")).unwrap_or(&value);
            let found = found.as_str().expect("a string");
            let at = found
                .bytes()
                .zip(simplified.bytes())
                .position(|(a, b)| a != b);
            let near = at.map(|at| {
                found[found.floor_char_boundary(at)..]
                    .chars()
                    .take(20)
                    .collect::<String>()
            });
            assert!(
                found == simplified,
                "{name} {before}: at byte {at:?}: {near:?}"
            );
            // The same in pieces of any size.
            for size in [700_001, 1 << 20, 4099] {
                let mut streamed = Vec::new();
                let mut input = Slowly(text.as_bytes(), size);
                let again = normalizer.normalize_stream_named(name, &mut input, &mut streamed);
                assert!(again.expect("JSON") == outcome && streamed == whole.as_bytes());
            }
            // What does not end is told of where it begins.
            let torn = &text[..text.floor_char_boundary(2 << 20)];
            if name == "a.json" {
                assert_eq!(wrong_at(&normalizer, torn), Some(before.len() as u64));
            }
        }
    }
    let key = format!("{{{}: 1}}", plain(&long));
    assert_eq!(wrong_at(&normalizer, &key), None);
    let (whole, outcome) = normalizer
        .normalize_named("a.json", key.as_bytes())
        .expect("JSON");
    assert!(whole == key.as_bytes() && !outcome.changed);
    let number = format!("[1{}]", "0".repeat(2 << 20));
    assert_eq!(wrong_at(&normalizer, &number), Some(1));
}

/// Input that comes in pieces of so many bytes at most.
struct Slowly<'a>(&'a [u8], usize);

impl std::io::Read for Slowly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = self.1.min(buffer.len());
        std::io::Read::read(&mut self.0, &mut buffer[..most])
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

#[test]
fn settings_of_programs_have_comments() {
    let normalizer = normalizer();
    for (text, expected) in [
        (
            "// 設定\n{\n  /* 後, \"後\" */ \"標題\": \"圖書\", // 後\n  \"b\": [1, \"後\",],\n}\n",
            "// 設定\n{\n  /* 後, \"後\" */ \"標題\": \"图书\", // 後\n  \"b\": [1, \"后\",],\n}\n",
        ),
        ("[\"a//後\"] //", "[\"a//后\"] //"),
    ] {
        for name in ["tsconfig.json", "settings.jsonc"] {
            let (converted, _) = normalizer
                .normalize_named(name, text.as_bytes())
                .expect("JSON with comments");
            assert_eq!(String::from_utf8_lossy(&converted), expected);
        }
    }
}
