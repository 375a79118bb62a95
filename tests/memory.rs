//! A document that is read as a stream takes no more memory the longer it is, whatever it holds. Alone in its process, whose
//! peak is measured; `scripts/test_memory.py` tries more.
#![cfg(target_os = "linux")]

use std::io::Read;
use std::path::Path;

use jianti::{Normalizer, Options};

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
    /// A document that is made as it is read, so that only the stream's own memory counts.
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
    let one_line = include_str!("data/encodings/taiwan.txt").replace('\n', "");
    let escaped = "\\u66f8\\u5f8c".repeat(10_000);
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (name, front, unit) in [
        ("a.txt", "", &*one_line),
        ("a.html", "<p>", &one_line),
        ("a.html", "<p>", "<b>書</b>"),
        ("a.html", "", "<"),
        ("a.json", "[{\"書\": \"", &one_line),
        ("a.json", "[\"", &escaped),
        ("a.json", "{\"", &one_line),
        ("a.json", "[{\"書\": ", " "),
        ("a.jsonl", "\"", &one_line),
        ("a.csv", "書,", &one_line),
        ("a.csv", "\"書\",\"", &one_line),
        ("a.tsv", "", "書\t"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n", &one_line),
    ] {
        let before = peak();
        let most = if unit.len() > 10 { 64 << 20 } else { 24 << 20 };
        let length = most / unit.len() * unit.len();
        let mut endless = Endless {
            article: unit.as_bytes(),
            at: 0,
            left: length,
        };
        let mut input = front.as_bytes().chain(&mut endless);
        let result =
            normalizer.normalize_stream_named(Path::new(name), &mut input, &mut std::io::sink());
        match result {
            Ok(outcome) => assert_eq!(outcome.bytes_in, (front.len() + length) as u64),
            // What is torn off is no JSON.
            Err(error) => assert!(name.contains("json"), "{error}"),
        }
        let grown = peak() - before;
        println!(
            "{name}: {} MiB in, {grown} KiB more at the peak",
            length >> 20
        );
        assert!(grown < 48 << 10, "{name}, {front}: {grown} KiB");
    }
}
