//! Links between the files of a run, which follow what is renamed.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Where links lead to what is renamed; known once all names are.
#[derive(Clone, Debug, Default)]
pub struct Links(Arc<OnceLock<Moved>>);

/// What is renamed.
#[derive(Debug)]
struct Moved {
    /// By its path before, the new name of each file and directory of the run.
    names: HashMap<PathBuf, OsString>,
    /// With `-o`, where a file is in these paths.
    places: HashMap<PathBuf, PathBuf>,
}

impl Links {
    /// Tells what is renamed: by its path before, the new name of each file and directory of the run; and with `-o`, where
    /// each file is in these paths.
    pub fn set(&self, names: HashMap<PathBuf, OsString>, places: HashMap<PathBuf, PathBuf>) {
        // Names are planned once.
        let _ = self.0.set(Moved { names, places });
    }

    /// What the path becomes that a link of this document leads to; `None` if it stays, or leads out of the run.
    pub fn follow(&self, document: &Path, path: &str) -> Option<String> {
        let moved = self.0.get()?;
        let place = moved
            .places
            .get(document)
            .map_or(document, PathBuf::as_path);
        let mut at = place.parent()?.to_owned();
        let mut changed = false;
        let mut parts = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if !at.pop() => return None,
                ".." => {}
                name => {
                    at.push(name);
                    let new = moved.names.get(&at)?.to_str()?;
                    changed |= new != name;
                    parts.push(new);
                    continue;
                }
            }
            parts.push(part);
        }
        changed.then(|| parts.join("/"))
    }
}
