//! The user's dictionaries.

use std::path::{Path, PathBuf};

use jianti::Dictionary;

/// Reads dictionaries in OpenCC's text format and UTF-8.
///
/// # Errors
/// The first that cannot be read, or has a line that is no pair: its path, and what is wrong.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Dictionary>, String> {
    let read =
        |path: &PathBuf| read_one(path).map_err(|cause| format!("{}: {cause}", path.display()));
    paths.iter().map(read).collect()
}

fn read_one(path: &Path) -> Result<Dictionary, String> {
    let bytes = std::fs::read(path).map_err(|cause| cause.to_string())?;
    parse(bytes)
}

/// The dictionary that a file's bytes are.
///
/// # Errors
/// They are not UTF-8, or a line is no pair: what is wrong, without the path.
pub fn parse(bytes: Vec<u8>) -> Result<Dictionary, String> {
    let text = String::from_utf8(bytes).map_err(|cause| {
        let offset = cause.utf8_error().valid_up_to();
        format!("not UTF-8 at byte offset {offset}; save the dictionary as UTF-8")
    })?;
    Dictionary::parse(&text).map_err(|cause| cause.to_string())
}
