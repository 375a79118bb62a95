//! Links between the files of a run, which follow what is renamed.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What the links of a document become, by the paths that they lead to.
pub type Followed = BTreeMap<String, Option<String>>;

/// Where links lead to what is renamed; known once all names are.
#[derive(Clone, Debug, Default)]
pub struct Links {
    moved: Arc<OnceLock<Moved>>,
    /// Which paths are noted, if any are.
    notes: Option<fn(&str) -> bool>,
    /// What was followed, by document.
    noted: Arc<Mutex<HashMap<PathBuf, Followed>>>,
}

/// What is renamed.
#[derive(Debug)]
struct Moved {
    /// By its path before, the new name of each file and directory of the run.
    names: HashMap<PathBuf, OsString>,
    /// With `-o`, where a file is in these paths.
    places: HashMap<PathBuf, PathBuf>,
}

impl Links {
    /// Links of which those that `notes` picks are noted, for [`Links::take_noted`].
    pub fn noting(notes: fn(&str) -> bool) -> Links {
        Links {
            notes: Some(notes),
            ..Links::default()
        }
    }

    /// Tells what is renamed: by its path before, the new name of each file and directory of the run; and with `-o`, where
    /// each file is in these paths.
    pub fn set(&self, names: HashMap<PathBuf, OsString>, places: HashMap<PathBuf, PathBuf>) {
        // Names are planned once.
        let _ = self.moved.set(Moved { names, places });
    }

    /// What the links of a document have become since they were asked for last.
    pub fn take_noted(&self, document: &Path) -> Followed {
        self.noted().remove(document).unwrap_or_default()
    }

    /// Whether the links of a document would still become what they did.
    pub fn are_as(&self, document: &Path, followed: &Followed) -> bool {
        let mut all = followed.iter();
        all.all(|(path, new)| self.lead(document, path) == *new)
    }

    /// What the path becomes that a link of this document leads to; `None` if it stays, or leads out of the run.
    pub fn follow(&self, document: &Path, path: &str) -> Option<String> {
        let new = self.lead(document, path);
        if self.notes.is_some_and(|notes| notes(path)) {
            let mut noted = self.noted();
            let followed = noted.entry(document.to_owned()).or_default();
            followed.insert(path.to_owned(), new.clone());
        }
        new
    }

    fn noted(&self) -> MutexGuard<'_, HashMap<PathBuf, Followed>> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lead(&self, document: &Path, path: &str) -> Option<String> {
        let moved = self.moved.get()?;
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
