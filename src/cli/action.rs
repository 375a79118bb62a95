//! What is done with which paths.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::args::Detect;

/// What is done with the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Print them.
    Stdout,
    /// Write them to this directory (canonical path).
    Output(PathBuf),
    /// Replace the files; keep the old ones under this suffix if it is not empty.
    InPlace(OsString),
    /// Say which files would change.
    Check,
    /// Print the changes.
    Diff,
    /// Say what the files are.
    Detect(Detect),
}

/// A path from the command line.
#[derive(Clone, Debug)]
pub struct Root {
    /// As given.
    pub path: PathBuf,
    /// Where its result goes, relative to the output directory: a file's name, a directory's name, or nothing for the
    /// only directory.
    pub target: PathBuf,
    /// Where it is, if it is there.
    pub canonical: Option<PathBuf>,
    /// What in it is an input of its own, and so not taken with it; paths relative to it.
    pub given_apart: Arc<HashSet<PathBuf>>,
}
