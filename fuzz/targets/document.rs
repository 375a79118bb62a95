//! Any bytes as a document of any format: an error or a result, and the stream's result is the whole's.
#![no_main]

use std::sync::LazyLock;

use jianti::{Normalizer, Options};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 17] = [
    "a.txt", "a.html", "a.xhtml", "a.md", "a.srt", "a.vtt", "a.ass", "a.lrc", "a.xml", "a.json",
    "a.jsonl", "a.csv", "a.tsv", "a.epub", "a.docx", "a.xlsx", "a.odt",
];

static NORMALIZER: LazyLock<Normalizer> =
    LazyLock::new(|| Normalizer::new(Options::default()).expect("options that are well"));

fuzz_target!(|input: (u8, &[u8])| {
    let (name, bytes) = input;
    let name = NAMES[usize::from(name) % NAMES.len()];
    let whole = NORMALIZER.normalize_named(name, bytes);
    let mut streamed = Vec::new();
    let stream = NORMALIZER.normalize_stream_named(name, &mut &bytes[..], &mut streamed);
    match (whole, stream) {
        (Ok((whole, outcome)), Ok(_)) => {
            assert_eq!(outcome.bytes_in, bytes.len() as u64);
            assert_eq!(outcome.bytes_out, whole.len() as u64);
            assert_eq!(streamed, whole, "{name}");
        }
        (Err(_), Err(_)) => {}
        (whole, stream) => panic!("{name}: whole {whole:?}, stream {stream:?}"),
    }
});
