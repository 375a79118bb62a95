//! What earlier runs have done (`--update`): a list in the output directory, or in the directory that is converted in
//! place.
//!
//! A line is added for each result once it has its name. A line that is lost, as when the run is killed, only has the
//! file done again; a line that says too much cannot be: it holds what the result was then, and counts only as long as
//! the result is still that.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::atomic::{self, AtomicFile};
use super::dir::Dir;
use super::identity::Identity;
use super::links::Followed;
use super::lists;
use super::name::Name;

/// The list's name.
pub const LIST: &str = ".jianti-state";

/// A line of the list. Identities are the file's number, its size, and the times of its last changes.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// The result's path in the directory.
    path: Name,
    /// What it was made by: program and options.
    by: String,
    input: [i64; 4],
    output: [i64; 4],
    /// The input's checksum, with `--update=content`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// The paths of its links, and what each became: that changes with the names of other files.
    #[serde(default, skip_serializing_if = "Followed::is_empty")]
    links: Followed,
}

/// What a result was made from.
#[derive(Clone, Debug)]
pub struct Made {
    /// The result's path in the directory.
    pub path: PathBuf,
    /// The input.
    pub input: Identity,
    /// The input's checksum, if that is to tell.
    pub content: Option<String>,
    /// What became of its links, or in place what is to become of them from now on.
    pub links: Followed,
}

/// The list of one directory.
#[derive(Debug)]
pub struct State {
    dir: Arc<Dir>,
    /// Program and options of this run.
    by: String,
    by_content: bool,
    known: HashMap<PathBuf, Line>,
    /// Lines that do not count any more.
    stale: usize,
    /// Where new lines go, if anything is to be written.
    log: Option<Mutex<File>>,
}

impl State {
    /// Reads the directory's list. `by` names program and options; what was made by others does not count.
    ///
    /// # Errors
    /// It cannot be read, or not be written unless `is_dry`.
    pub fn open(dir: &Arc<Dir>, by: &str, by_content: bool, is_dry: bool) -> io::Result<State> {
        let mut state = State {
            dir: dir.clone(),
            by: by.to_owned(),
            by_content,
            known: HashMap::new(),
            stale: 0,
            log: None,
        };
        match dir.file(LIST.as_ref()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            file => state.read(file?)?,
        }
        if !is_dry {
            state.log = Some(Mutex::new(lists::add_to(dir, LIST)?));
        }
        Ok(state)
    }

    fn read(&mut self, file: File) -> io::Result<()> {
        // A line that is none was cut off, or lost its bytes in a power loss.
        lists::read(file, |text| match serde_json::from_slice::<Line>(text) {
            Ok(line) => {
                let path = PathBuf::from(line.path.to_os());
                self.stale += usize::from(self.known.insert(path, line).is_some());
            }
            Err(_) => self.stale += 1,
        })
    }

    /// Whether contents are compared.
    pub fn is_by_content(&self) -> bool {
        self.by_content
    }

    /// What is known of the result at `path`, if anything is: what became of its links.
    pub fn links(&self, path: &Path) -> Option<&Followed> {
        self.known.get(path).map(|line| &line.links)
    }

    /// Whether the result at `path` is what a run like this one made from this input. `content` gives the input's
    /// checksum, where that is to tell.
    pub fn is_current(
        &self,
        path: &Path,
        input: Identity,
        output: Identity,
        content: Option<&str>,
    ) -> bool {
        let Some(line) = self.known.get(path).filter(|line| line.by == self.by) else {
            return false;
        };
        let is_same_input = match self.by_content {
            true => content.is_some() && line.content.as_deref() == content,
            false => line.input == numbers(input),
        };
        is_same_input && line.output == numbers(output)
    }

    /// The same for a file that was converted in place: whether it is still what a run left.
    pub fn is_done(&self, path: &Path, file: Identity, content: Option<&str>) -> bool {
        let Some(line) = self.known.get(path).filter(|line| line.by == self.by) else {
            return false;
        };
        match self.by_content {
            true => content.is_some() && line.content.as_deref() == content,
            false => line.output == numbers(file),
        }
    }

    /// Adds a result that has its name.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn add(&self, made: Made, output: Identity) -> io::Result<()> {
        let Some(log) = &self.log else { return Ok(()) };
        let line = Line {
            path: Name::from(made.path.as_os_str()),
            by: self.by.clone(),
            input: numbers(made.input),
            output: numbers(output),
            content: made.content,
            links: made.links,
        };
        let mut text = serde_json::to_vec(&line).expect("a line is JSON");
        text.push(b'\n');
        // Whole lines only, also where several runs add theirs.
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write_all(&text)
    }

    /// Ends the run: writes the list anew if most of it does not count any more.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn finish(&self) -> io::Result<()> {
        if self.log.is_none() || self.stale <= self.known.len() {
            return Ok(());
        }
        let mut anew = State::open(&self.dir, &self.by, self.by_content, true)?;
        let mut draft = AtomicFile::new(&self.dir, LIST.as_ref(), 0o666)?;
        let mut text = Vec::new();
        for (_, line) in anew.known.drain() {
            serde_json::to_writer(&mut text, &line).expect("a line is JSON");
            text.push(b'\n');
        }
        draft.write_all(&text)?;
        draft.sync()?;
        draft.publish(&mut atomic::uninterrupted()?)?;
        Ok(())
    }
}

fn numbers(identity: Identity) -> [i64; 4] {
    [
        identity.inode as i64,
        identity.size as i64,
        identity.modified,
        identity.changed,
    ]
}
