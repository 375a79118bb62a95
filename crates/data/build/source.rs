//! The files that the tables are made of.

use std::fs;
use std::path::Path;

/// A file of this crate's data, by its path.
pub fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
