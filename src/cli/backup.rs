//! Old versions that are kept beside the new ones (`-i=SUFFIX`): a list in each folder tells which files they are.
//!
//! A name's ending does not tell: users have `.bak` files of their own. So what a run keeps it writes down, in
//! [`LIST`], with the file's size and checksum, before it makes the file. Who is on the list and still is what was kept is
//! no input of any run, and is never replaced: the first backup stays the original.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::atomic::{self, AtomicFile, Uninterrupted, unwritable};
use super::attributes;
use super::dir::{Dir, Kind};
use super::error::FileError;
use super::identity::Identity;
use super::interrupt;
use super::lists;
use super::name::Name;
use super::told::told;

/// The list's name. JSON Lines, an [`Entry`] each; of several about one file the last counts.
pub const LIST: &str = ".jianti-backups";

/// A file that was kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    pub backup: Name,
    /// The name it had, and gets back.
    pub of: Name,
    /// What its successor is called, if not that (`--names`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<Name>,
    /// Size in bytes.
    size: u64,
    /// When it was changed last, in nanoseconds since 1970.
    modified: i64,
    /// The file's number.
    inode: u64,
    /// Checksum of its content: XXH3, 128 bits.
    checksum: String,
}

/// What was kept in a folder.
#[derive(Debug, Default)]
pub struct List {
    entries: HashMap<OsString, Entry>,
}

impl List {
    /// Reads a folder's list; there need not be one. Lines that are none, as a power loss may leave, do not count.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn read(dir: &Dir) -> io::Result<List> {
        let mut list = List::default();
        let read = match dir.file(LIST.as_ref()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            file => file.and_then(|file| {
                lists::read(file, |line| {
                    if let Ok(entry) = serde_json::from_slice::<Entry>(line) {
                        list.entries.insert(entry.backup.to_os(), entry);
                    }
                })
            }),
        };
        let named = |cause: io::Error| {
            let told = told!(
                "the list of backups {path}: {cause}",
                "旧文件的清单 {path}：{cause}",
                path = dir.path().join(LIST).display();
                cause = &cause
            );
            told.into_io(cause.kind())
        };
        read.map(|()| list).map_err(named)
    }

    /// Whether nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What was kept.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Whether a file of this name was kept, be it there or not.
    pub fn may_hold(&self, name: &OsStr) -> bool {
        self.entries.contains_key(name)
    }

    /// Whether the file of this name is one that was kept, and not another that has its name by now.
    pub fn holds(&self, dir: &Dir, name: &OsStr) -> bool {
        let Some(entry) = self.entries.get(name) else {
            return false;
        };
        let Ok(stat) = dir.stat(name) else {
            return false;
        };
        let now = stat.identity;
        if stat.kind != Kind::File || now.size != entry.size {
            return false;
        }
        // A copied tree has other numbers and times.
        (now.inode, now.modified) == (entry.inode, entry.modified)
            || dir
                .file(name)
                .and_then(checksum)
                .is_ok_and(|found| found == entry.checksum)
    }

    /// Replaces a folder's list; removes it if nothing is kept any more.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, dir: &Arc<Dir>) -> io::Result<()> {
        if self.is_empty() {
            return dir.remove(LIST.as_ref());
        }
        let mut draft = AtomicFile::new(dir, LIST.as_ref(), 0o666)?;
        for entry in self.entries.values() {
            draft.write_all(&entry.line())?;
        }
        draft.sync()?;
        draft.publish(&mut atomic::uninterrupted()?)?;
        Ok(())
    }

    /// Strikes out an entry.
    pub fn remove(&mut self, backup: &OsStr) {
        self.entries.remove(backup);
    }
}

impl Entry {
    fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("an entry is JSON");
        line.push(b'\n');
        line
    }
}

/// A file's second name, made for its content to outlive the file; removed if the file is not replaced after all.
#[derive(Debug)]
pub struct Kept {
    dir: Arc<Dir>,
    /// The file's first name.
    of: OsString,
    name: OsString,
    number: u64,
}

impl Kept {
    /// The file was replaced: the backup stays.
    pub fn confirm(self, during: &mut Uninterrupted<'_>) {
        during.forget(self.number);
    }

    /// The file was not replaced: there is no old version to keep. But a step that failed may have been done all the same,
    /// so it only goes if the file is there under its first name.
    pub fn undo(self, during: &mut Uninterrupted<'_>) {
        during.forget(self.number);
        if let (Ok(file), Ok(backup)) = (self.dir.stat(&self.of), self.dir.stat(&self.name))
            && file.identity.is_same_file(&backup.identity)
        {
            let _ = self.dir.remove(&self.name);
        }
    }
}

/// A file that is to be kept under another name before it is replaced.
#[derive(Debug)]
pub struct Wanted {
    /// The file as it was read.
    pub source: File,
    /// Which file that was.
    pub identity: Identity,
    /// The name to keep it under.
    pub backup: OsString,
    /// What its successor will be called, if not as it is.
    pub renamed: Option<OsString>,
}

impl Wanted {
    /// Keeps the file `name` in `dir`. `None` if there is nothing to do: an earlier backup is the original.
    ///
    /// # Errors
    /// [`FileError::BackupTaken`], [`FileError::BackupList`], or the backup cannot be made.
    pub fn keep(&self, dir: &Arc<Dir>, name: &OsStr) -> Result<Option<Kept>, FileError> {
        let taken = || FileError::BackupTaken(dir.path().join(&self.backup));
        let there = dir.find(&self.backup).map_err(|cause| {
            let path = dir.path().join(&self.backup);
            unwritable(&path, &cause)
        })?;
        // A run that was killed may have left it so.
        let is_same_file = there.is_some_and(|there| there.identity.is_same_file(&self.identity));
        if there.is_some() && !is_same_file {
            let list = List::read(dir)?;
            return match list.holds(dir, &self.backup) {
                true => Ok(None),
                false => Err(taken()),
            };
        }
        self.write_down(dir, name)?;
        if is_same_file {
            return Ok(None);
        }
        let made = match dir.link(name, &self.backup) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(taken()),
            // A file system without hard links, or with no more for this file.
            Err(_) => self.copy(dir),
            made => made,
        };
        made?;
        let number = atomic::uninterrupted()?.register(dir, &self.backup);
        Ok(Some(Kept {
            dir: dir.clone(),
            of: name.to_owned(),
            name: self.backup.clone(),
            number,
        }))
    }

    /// Adds the file to the folder's list.
    fn write_down(&self, dir: &Dir, name: &OsStr) -> Result<(), FileError> {
        let written = || -> io::Result<()> {
            (&self.source).rewind()?;
            let entry = Entry {
                backup: Name::from(&*self.backup),
                of: Name::from(name),
                renamed: self.renamed.as_deref().map(Name::from),
                size: self.identity.size,
                modified: self.identity.modified,
                inode: self.identity.inode,
                checksum: checksum(&self.source)?,
            };
            let mut list = lists::add_to(dir, LIST)?;
            list.write_all(&entry.line())
        };
        written().map_err(|cause| list_error(dir, cause))
    }

    fn copy(&self, dir: &Arc<Dir>) -> io::Result<()> {
        (&self.source).rewind()?;
        let metadata = self.source.metadata()?;
        let mut draft = AtomicFile::new(dir, &self.backup, 0o600)?;
        attributes::copy_content(&self.source, &mut draft)?;
        attributes::copy(&self.source, &metadata, draft.file(), true)?;
        draft.sync()?;
        draft.publish_new(&mut atomic::uninterrupted()?)?;
        Ok(())
    }
}

/// Has a folder's list, and the names of what is on it, written to the disk.
///
/// # Errors
/// They cannot be written.
pub fn sync(dir: &Dir) -> io::Result<()> {
    // There is none where its owner removed it meanwhile.
    if dir.find(LIST.as_ref())?.is_some() {
        // To be written, which some systems ask for.
        dir.appended(LIST.as_ref())?.sync_all()?;
    }
    dir.sync()
}

fn list_error(dir: &Dir, cause: io::Error) -> FileError {
    let path = dir.path().join(LIST);
    FileError::BackupList { path, cause }
}

/// The checksum of what is left of a file: XXH3, 128 bits, in hexadecimal.
///
/// # Errors
/// It cannot be read.
pub fn checksum(mut file: impl Read) -> io::Result<String> {
    let mut hasher = Xxh3::new();
    let mut block = vec![0; 1 << 16];
    loop {
        interrupt::check()?;
        match file.read(&mut block) {
            Ok(0) => return Ok(format!("{:032x}", hasher.digest128())),
            Ok(read) => hasher.update(&block[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
