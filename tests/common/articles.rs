//! Folders of articles, and what the program does with them.

#![allow(dead_code)]

use std::fs;

use super::run::{Run, run_in, tree, write};
use tempfile::{TempDir, tempdir};

/// A line in traditional script.
pub const TRADITIONAL: &str = "渡輪靠岸，魚販把竹籠抬上碼頭，遠處傳來汽笛聲。\n";
/// What becomes of it.
pub const SIMPLIFIED: &str = "渡轮靠岸，鱼贩把竹笼抬上码头，远处传来汽笛声。\n";

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), &[(name, text.as_bytes())]);
    }
    folder
}

/// A file of the folder.
pub fn read(folder: &TempDir, path: &str) -> String {
    let text = fs::read_to_string(folder.path().join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs the program in the folder; it ends well.
pub fn runs(folder: &TempDir, arguments: &[&str]) -> Run {
    let done = run_in(folder.path(), arguments);
    assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
    done
}

/// Refused with these words, and nothing was written.
pub fn refused(folder: &TempDir, arguments: &[&str], words: &str) {
    let before = tree(folder.path());
    let done = run_in(folder.path(), arguments);
    assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
    assert!(done.err.contains(words), "{arguments:?}: {}", done.err);
    assert!(tree(folder.path()) == before, "{arguments:?}");
}
