//! What becomes of documents of each format, and what holds for all: nothing but text changes, however a document is
//! broken or cut.

mod anchor;
mod asciidoc;
mod bilingual;
mod calendar;
mod code;
mod fragments;
mod html;
mod latex;
mod localization;
mod mail;
mod markdown;
mod markdown_dialects;
mod named;
mod notebook;
mod org;
mod po;
mod properties;
mod rst;
mod rtf;
mod strings;
mod toml;
mod wiki;
mod xml;
mod yaml;

use jianti_formats::{Error, Format, Settings, TextSink, rewrite, rewriter};
use std::borrow::Cow;
use std::path::Path;

/// What becomes of a document by default.
fn converted(format: Format, text: &str) -> String {
    let options = jianti::Options::default().with(|options| options.format = Some(format));
    let normalizer = jianti::Normalizer::new(options).expect("options that are well");
    let (text, _) = normalizer.normalize_str(text).expect("a document");
    text.into_owned()
}

/// Where a document shows that it is not of its format, bytes.
fn refused_at(format: Format, text: &str) -> u64 {
    let options = jianti::Options::default().with(|options| options.format = Some(format));
    let normalizer = jianti::Normalizer::new(options).expect("options that are well");
    match normalizer.normalize_str(text) {
        Err(jianti::Error::Format(Error::Document { offset, .. })) => offset,
        other => panic!("{text:?}: {other:?}"),
    }
}

/// How many broken documents are made of each fixture.
const BROKEN: usize = 500;

/// Leaves every passage as it is, and shows it to the test.
#[derive(Default)]
struct Listed(Vec<String>);

impl TextSink for Listed {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.0.push(text.to_owned());
        Cow::Borrowed(text)
    }
}

/// Changes passages: some characters become others, some become two, some go.
struct Changed;

impl TextSink for Changed {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let changed = text
            .replace('頭', "头")
            .replace('髮', "发发")
            .replace("的", "");
        match changed == text {
            true => Cow::Borrowed(text),
            false => Cow::Owned(changed),
        }
    }
}

fn settings() -> Settings {
    Settings::default()
}

fn fixtures() -> Vec<(Format, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/documents");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            (Format::of(Some(&path), text.as_bytes()), text)
        })
        .collect()
}

/// A document with a few accidents: characters that mean something put in, taken out, repeated.
fn broken(text: &str, random: &mut fastrand::Rng) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let marks: Vec<char> = "<>&;\"'/=!?-[]{}()\\,:\t\n\r #*_`|~^$頭髮\u{FEFF}\0😀"
        .chars()
        .collect();
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=characters.len());
        let end = characters.len().min(at + random.usize(..20));
        match random.u8(..4) {
            0 => {
                characters.drain(at..end);
            }
            1 => {
                let repeated = characters[at..end].to_vec();
                characters.splice(at..at, repeated);
            }
            2 => characters.truncate(at.max(1)),
            _ => characters.insert(at, marks[random.usize(..marks.len())]),
        }
    }
    characters.into_iter().collect()
}

/// Every fixture, whole and broken.
fn documents() -> impl Iterator<Item = (Format, String)> {
    let mut random = fastrand::Rng::with_seed(6);
    fixtures().into_iter().flat_map(move |(format, text)| {
        let broken: Vec<_> = (0..BROKEN).map(|_| broken(&text, &mut random)).collect();
        broken
            .into_iter()
            .chain([text])
            .map(move |text| (format, text))
    })
}

/// What becomes of a document that comes in pieces of about `length` bytes.
fn in_pieces(
    format: Format,
    text: &str,
    length: usize,
    passages: &mut dyn TextSink,
) -> Result<String, String> {
    let mut rewriter = rewriter(format, &settings()).expect("a text format");
    let mut out = String::new();
    let mut rest = text;
    loop {
        let cut = rest.ceil_char_boundary(length);
        let (piece, behind) = rest.split_at(cut);
        rest = behind;
        let last = rest.is_empty();
        rewriter
            .push(piece, last, passages, &mut out)
            .map_err(|error| error.to_string())?;
        if last {
            return Ok(out);
        }
    }
}

#[test]
fn documents_whose_text_stays_come_back_byte_for_byte() {
    let mut errors = 0;
    for (format, mut text) in documents() {
        // The language and the encoding that a document declares follow the output.
        for declared in ["zh", "encoding", "charset"] {
            text = text.replace(declared, "");
        }
        match rewrite(format, &text, &settings(), &mut Listed::default()) {
            Ok(out) => assert_eq!(out, text, "{format}"),
            Err(Error::Document { .. }) => errors += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert!(errors > 0, "broken JSON is no JSON");
}

#[test]
fn documents_in_pieces_become_what_they_become_whole() {
    let mut random = fastrand::Rng::with_seed(7);
    for (format, text) in documents() {
        let whole = in_pieces(format, &text, text.len(), &mut Changed);
        let length = random.usize(1..80);
        let pieces = in_pieces(format, &text, length, &mut Changed);
        assert_eq!(pieces, whole, "{format} in pieces of {length}: {text}");
    }
}
