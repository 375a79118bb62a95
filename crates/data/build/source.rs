//! The files that the tables are made of, and what stands in them.

use std::fs;
use std::path::Path;

/// A file of this crate's data, by its path.
pub fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A text's only character.
pub fn single(text: &str) -> Option<char> {
    let c = text.chars().next();
    c.filter(|c| c.len_utf8() == text.len())
}
