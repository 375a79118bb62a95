//! A stream of any size, in bounded memory: standard input to standard output.
//!
//!     cargo run --release --example stream < large.txt > simplified.txt

use std::error::Error;
use std::io::{self, BufWriter, Read, Write};

use jianti::{Normalizer, Options};

pub fn main() -> Result<(), Box<dyn Error>> {
    convert(&mut io::stdin().lock(), &mut io::stdout().lock())
}

/// Converts what comes from `input`. On an error `output` has the front of the result: write to a temporary file.
pub fn convert(input: &mut dyn Read, output: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let normalizer = Normalizer::new(Options::default())?;
    let mut output = BufWriter::new(output);
    let outcome = normalizer.normalize_stream(input, &mut output)?;
    output.flush()?;
    eprintln!(
        "{} bytes in, {} bytes out",
        outcome.bytes_in, outcome.bytes_out
    );
    Ok(())
}
