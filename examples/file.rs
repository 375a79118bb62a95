//! A file in any encoding and format, as bytes: its name tells the format too.
//!
//!     cargo run --release --example file -- page.html

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use jianti::{Normalizer, Options};

pub fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args()
        .nth(1)
        .unwrap_or("samples/encodings/kite.utf16le.txt".to_owned());
    let converted = convert(Path::new(&path))?;
    println!("{}", String::from_utf8(converted)?);
    Ok(())
}

/// What a file becomes, in UTF-8.
pub fn convert(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let normalizer = Normalizer::new(Options::default())?;
    let (bytes, outcome) = normalizer.normalize_named(path, &fs::read(path)?)?;
    eprintln!(
        "{}: {}, {}, {} doubtful",
        path.display(),
        outcome.encoding.name(),
        outcome.script.name(),
        outcome.doubtful
    );
    Ok(bytes)
}
