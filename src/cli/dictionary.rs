//! The user's dictionaries.

use std::path::{Path, PathBuf};

use jianti::Dictionary;

use super::message::about;
use super::told::{Tell as _, Told, told};

/// Reads dictionaries in OpenCC's text format and UTF-8.
///
/// # Errors
/// The first that cannot be read, or has a line that is no pair: its path, and what is wrong.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Dictionary>, Told> {
    let read = |path: &PathBuf| read_one(path).map_err(|cause| about(path, &cause));
    paths.iter().map(read).collect()
}

fn read_one(path: &Path) -> Result<Dictionary, Told> {
    let bytes = std::fs::read(path).map_err(|cause| cause.tell())?;
    parse(bytes)
}

/// The dictionary that a file's bytes are.
///
/// # Errors
/// They are not UTF-8, or a line is no pair: what is wrong, without the path.
pub fn parse(bytes: Vec<u8>) -> Result<Dictionary, Told> {
    let text = String::from_utf8(bytes).map_err(|cause| {
        let offset = cause.utf8_error().valid_up_to();
        told!(
            "not UTF-8 at byte offset {offset}; save the dictionary as UTF-8",
            "字节偏移 {offset} 处不是 UTF-8；请把词典存成 UTF-8"
        )
    })?;
    Dictionary::parse(&text).map_err(|cause| cause.tell())
}
