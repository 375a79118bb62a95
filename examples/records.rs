//! Records of JSON Lines, each a document of its own: one field is converted, and each record is told of as it is done.
//!
//!     cargo run --release --example records < corpus.jsonl > clean.jsonl

use std::error::Error;
use std::io::{self, Read, Write};

use jianti::{Format, Normalizer, Options};

pub fn main() -> Result<(), Box<dyn Error>> {
    convert(&mut io::stdin().lock(), &mut io::stdout().lock())
}

/// Converts the member `text` of each record.
pub fn convert(input: &mut dyn Read, output: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let options = Options::default().with(|options| {
        options.format = Some(Format::JsonLines);
        options.fields = vec!["text".to_owned()];
        options.records = true;
        options.record_id = Some("id".to_owned());
    });
    let normalizer = Normalizer::new(options)?;
    normalizer.normalize_stream_records("corpus.jsonl", input, output, &mut |record| {
        let id = record.id.as_deref().unwrap_or("?");
        match &record.error {
            Some(error) => eprintln!("{id}, line {}: {}", record.line, error.cause),
            None if record.changed => eprintln!("{id}: {}", record.script.name()),
            None => {}
        }
    })?;
    Ok(())
}
