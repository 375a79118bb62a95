//! html5lib-tests' cases for tokenizers: where text and tags are in broken and in whole pages, as browsers see them.
//!
//! `scripts/fetch_html5lib_tests.py` fetches the cases; `JIANTI_HTML5LIB_TESTS` names their folder. Comments, document
//! types and parse errors are not compared, as nothing is done with them; nor what a reference stands for, which the
//! tokenizer leaves to its reader.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::token::{Escape, Mode, Token, Tokenizer};

/// What a page is made of: text, and tags.
#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Start(String, Vec<(String, String)>),
    End(String),
}

/// Text that goes on is one.
fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (_, Part::Text(text)) if text.is_empty() => {}
        (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
        (_, part) => parts.push(part),
    }
}

/// A text without what tokenizers must change in it.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.replace('\0', "\u{FFFD}");
    // What a reference stands for is not compared.
    match text.split_once('&') {
        Some((before, _)) => before.to_owned() + "&",
        None => text,
    }
}

/// What the case expects.
fn expected(case: &Value, has_references: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for token in case["output"].as_array().expect("tokens") {
        let word = |at: usize| unescaped(case, token[at].as_str().unwrap_or_default());
        match token[0].as_str().unwrap_or_default() {
            "Character" if has_references => push(&mut parts, Part::Text("&".to_owned())),
            "Character" => push(&mut parts, Part::Text(plain(&word(1)))),
            "StartTag" => {
                let attributes = token[2].as_object().expect("attributes");
                let value = |value: &Value| unescaped(case, value.as_str().expect("a value"));
                let mut attributes: Vec<_> = attributes
                    .iter()
                    .map(|(name, found)| (unescaped(case, name), value(found)))
                    .filter(|(_, found)| !found.is_empty())
                    .map(|(name, found)| match has_references {
                        true => (name, String::new()),
                        false => (name, plain(&found)),
                    })
                    .collect();
                attributes.sort();
                push(&mut parts, Part::Start(word(1), attributes));
            }
            "EndTag" => push(&mut parts, Part::End(word(1))),
            _ => {}
        }
    }
    merged(parts, has_references)
}

/// Texts that follow each other as one; where there are references only that there is some.
fn merged(parts: Vec<Part>, has_references: bool) -> Vec<Part> {
    let mut merged = Vec::new();
    for part in parts {
        match part {
            Part::Text(_) if has_references => {
                if !matches!(merged.last(), Some(Part::Text(_))) {
                    merged.push(Part::Text("&".to_owned()));
                }
            }
            other => push(&mut merged, other),
        }
    }
    merged
}

/// Cases may be escaped twice.
fn unescaped(case: &Value, text: &str) -> String {
    if case["doubleEscaped"] != Value::Bool(true) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\\u") {
        out.push_str(before);
        let unit = u32::from_str_radix(&behind[..4], 16).expect("a code unit");
        out.push(char::from_u32(unit).unwrap_or('\u{FFFD}'));
        rest = &behind[4..];
    }
    out + rest
}

/// How the tokenizer begins in the state that a case names.
fn mode(state: &str, name: &str) -> Option<Mode> {
    let raw = |references| Mode::Raw {
        name: name.to_owned(),
        read: true,
        references,
    };
    Some(match state {
        "Data state" => Mode::Data,
        "RCDATA state" => raw(true),
        "RAWTEXT state" => raw(false),
        "Script data state" if name.is_empty() || name == "script" => Mode::Script(Escape::No),
        "CDATA section state" => Mode::Cdata,
        "PLAINTEXT state" => Mode::Raw {
            name: "plaintext ".to_owned(),
            read: true,
            references: false,
        },
        _ => return None,
    })
}

/// What the tokenizer finds, whole or in pieces of `length` bytes.
fn found(input: &str, mode: Mode, length: usize, has_references: bool) -> Vec<Part> {
    let in_script = matches!(mode, Mode::Script(_));
    let mut tokenizer = Tokenizer::new(false, mode == Mode::Cdata, mode);
    let mut parts = Vec::new();
    let (mut at, mut end) = (0, 0);
    while at < input.len() {
        let last = end == input.len();
        let scripted = in_script && matches!(tokenizer.mode, Mode::Script(_));
        let Some(token) = tokenizer.next(&input[..end], at, last) else {
            assert!(!last, "stuck at {at} of {input:?}");
            end = input.ceil_char_boundary(end + length);
            continue;
        };
        match token {
            Token::Text { range, .. } => {
                push(&mut parts, Part::Text(plain(&input[range.clone()])));
                at = range.end;
            }
            // A script's text is not read.
            Token::Other(range) => {
                if scripted {
                    push(&mut parts, Part::Text(plain(&input[range.clone()])));
                }
                at = range.end;
            }
            Token::Tag(tag) => {
                let word = |range| plain(&input[range]).to_ascii_lowercase();
                let name = word(tag.name.clone());
                let mut attributes: Vec<(String, String)> = Vec::new();
                for attribute in &tag.attributes {
                    let value = match has_references {
                        true => String::new(),
                        false => plain(&input[attribute.value.clone()]),
                    };
                    let name = word(attribute.name.clone());
                    let known = attributes.iter().any(|(known, _)| *known == name);
                    if !attribute.value.is_empty() && !known {
                        attributes.push((name, value));
                    }
                }
                attributes.sort();
                push(
                    &mut parts,
                    match tag.end {
                        true => Part::End(name),
                        false => Part::Start(name, attributes),
                    },
                );
                at = tag.range.end;
            }
        }
    }
    merged(parts, has_references)
}

#[test]
fn text_and_tags_are_where_browsers_find_them() {
    let Some(folder) = std::env::var_os("JIANTI_HTML5LIB_TESTS") else {
        println!("JIANTI_HTML5LIB_TESTS is not set; scripts/test.sh sets it");
        return;
    };
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "test"))
        .collect();
    paths.sort();
    let (mut count, mut failed) = (0, BTreeSet::new());
    for path in paths {
        let file = path.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("UTF-8");
        let cases: Value = serde_json::from_str(&text).expect("JSON");
        for case in cases["tests"].as_array().into_iter().flatten() {
            let input = unescaped(case, case["input"].as_str().expect("an input"));
            let name = case["lastStartTag"].as_str().unwrap_or_default();
            let data = Value::from(vec!["Data state"]);
            let states = case.get("initialStates").unwrap_or(&data);
            let has_references = input.contains('&');
            for state in states.as_array().into_iter().flatten() {
                let state = state.as_str().expect("a state");
                let Some(mode) = mode(state, name) else {
                    continue;
                };
                count += 1;
                let expected = expected(case, has_references);
                for length in [1, 3, input.len().max(1)] {
                    let found = found(&input, mode.clone(), length, has_references);
                    if found != expected {
                        let description = case["description"].as_str().unwrap_or_default();
                        let key = format!("{file}\t{}\t{state}", description.escape_default());
                        println!("{key}\n  {input:?}\n  {expected:?}\n  {found:?}");
                        failed.insert(key);
                    }
                }
            }
        }
    }
    println!("html5lib-tests: {} of {count} cases", count - failed.len());
    assert!(failed.is_empty(), "{failed:?}");
}
