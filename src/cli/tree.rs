//! A directory and all below it, reached by handles: each step is a folder in the one before, never a link.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::atomic;
use super::dir::{Dir, single};
use super::told::told;

/// How many folders are held open for the next file in one of them.
const HELD: usize = 64;

/// A directory and all below it. Paths are relative to it.
#[derive(Debug)]
pub struct Tree {
    root: Arc<Dir>,
    held: Mutex<HashMap<PathBuf, Arc<Dir>>>,
    /// Folders in which no earlier run's temporary files are left.
    tidy: Mutex<HashSet<PathBuf>>,
}

impl Tree {
    /// Opens the directory at a path that the user named.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open(path: &Path) -> io::Result<Tree> {
        Ok(Tree {
            root: Arc::new(Dir::open(path)?),
            held: Mutex::default(),
            tidy: Mutex::default(),
        })
    }

    /// The directory itself.
    pub fn root(&self) -> &Arc<Dir> {
        &self.root
    }

    /// The full path of what is in it, for messages.
    pub fn path_of(&self, inner: &Path) -> PathBuf {
        match self.root.path() {
            here if here == Path::new(".") => inner.to_owned(),
            root => root.join(inner),
        }
    }

    /// Opens a file for reading, as [`Dir::file`] does.
    ///
    /// # Errors
    /// A step to it is a link, or it cannot be read.
    pub fn file(&self, inner: &Path) -> io::Result<File> {
        let (folder, name) = split(inner)?;
        self.folder(folder)?.file(name)
    }

    /// The folder at this path.
    ///
    /// # Errors
    /// A step is a link or no folder.
    pub fn folder(&self, inner: &Path) -> io::Result<Arc<Dir>> {
        self.walk(inner, |dir, name| dir.folder(name))
    }

    /// The folder at this path, in which files will be written; what killed runs left in it is removed.
    ///
    /// # Errors
    /// A step is a link or no folder.
    pub fn folder_to_write(&self, inner: &Path) -> io::Result<Arc<Dir>> {
        let folder = self.folder(inner)?;
        self.tidy(inner, &folder);
        Ok(folder)
    }

    /// The same, made where it is missing.
    ///
    /// # Errors
    /// A step is a link or no folder, or cannot be made.
    pub fn new_folder_to_write(&self, inner: &Path) -> io::Result<Arc<Dir>> {
        let folder = self.walk(inner, |dir, name| {
            let (folder, _) = dir.folder_or_new(name)?;
            Ok(folder)
        })?;
        self.tidy(inner, &folder);
        Ok(folder)
    }

    /// Has the names of the folders on the way to this one, and in it, written to the disk.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn sync_folders(&self, inner: &Path) -> io::Result<()> {
        inner
            .ancestors()
            .try_for_each(|folder| self.folder(folder)?.sync())
    }

    fn walk(
        &self,
        inner: &Path,
        step: impl Fn(&Dir, &OsStr) -> io::Result<Dir>,
    ) -> io::Result<Arc<Dir>> {
        let held = |path: &Path| match path.as_os_str().is_empty() {
            true => Some(self.root.clone()),
            false => lock(&self.held).get(path).cloned(),
        };
        if let Some(dir) = held(inner) {
            return Ok(dir);
        }
        let (mut path, mut dir) = inner
            .ancestors()
            .find_map(|path| Some((path.to_owned(), held(path)?)))
            .unwrap_or_else(|| (PathBuf::new(), self.root.clone()));
        let rest = inner.strip_prefix(&path).expect("an ancestor");
        for component in rest.components() {
            let name = single(component)?;
            path.push(name);
            dir = Arc::new(step(&dir, name)?);
            let mut held = lock(&self.held);
            if held.len() >= HELD {
                held.clear();
            }
            held.insert(path.clone(), dir.clone());
        }
        Ok(dir)
    }

    fn tidy(&self, inner: &Path, folder: &Dir) {
        if !lock(&self.tidy).contains(inner) {
            atomic::remove_abandoned(folder);
            lock(&self.tidy).insert(inner.to_owned());
        }
    }
}

/// The folder of a relative path, and the name in it.
///
/// # Errors
/// The path ends in no name.
pub fn split(inner: &Path) -> io::Result<(&Path, &OsStr)> {
    match (inner.parent(), inner.file_name()) {
        (Some(folder), Some(name)) => Ok((folder, name)),
        _ => {
            let told = told!("the path ends in no name", "路径末尾没有名称");
            Err(told.into_io(io::ErrorKind::InvalidInput))
        }
    }
}

/// What is in the mutex, whatever became of those who held it: nothing here is ever half-changed.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
