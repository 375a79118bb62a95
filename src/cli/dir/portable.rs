//! Directories by path, for systems without handles of them. Links are looked for right before each step, which leaves
//! a moment in which one can be set.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::stat::{Kind, Stat};
use crate::cli::identity::Identity;

/// A directory.
#[derive(Debug)]
pub struct Dir {
    path: PathBuf,
}

impl Dir {
    /// The directory at a path that the user named; links in it are the user's own.
    ///
    /// # Errors
    /// There is none.
    pub fn open(path: &Path) -> io::Result<Dir> {
        if !fs::metadata(path)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let path = path.to_owned();
        Ok(Dir { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder in this one.
    ///
    /// # Errors
    /// It is a symbolic link or no folder.
    pub fn folder(&self, name: &OsStr) -> io::Result<Dir> {
        match self.stat(name)?.kind {
            Kind::Folder => Dir::open(&self.path.join(name)),
            Kind::Link => Err(self.is_link(name)),
            _ => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// Makes a folder in this one.
    ///
    /// # Errors
    /// The name is taken, or it cannot be made.
    pub fn make_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::create_dir(self.path.join(name))
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// It is a symbolic link, or cannot be read.
    pub fn file(&self, name: &OsStr) -> io::Result<File> {
        self.refuse_link(name)?;
        File::open(self.path.join(name))
    }

    /// Makes a file that is not there yet; permissions are the system's.
    ///
    /// # Errors
    /// The name is taken, or it cannot be made.
    pub fn new_file(&self, name: &OsStr, _mode: u32) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        options.open(self.path.join(name))
    }

    /// Opens a file to write at its end; makes it if it is not there.
    ///
    /// # Errors
    /// It is a symbolic link, or cannot be written.
    pub fn appended(&self, name: &OsStr) -> io::Result<File> {
        self.refuse_link(name)?;
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        options.open(self.path.join(name))
    }

    /// What lies under this name.
    ///
    /// # Errors
    /// Nothing does.
    pub fn stat(&self, name: &OsStr) -> io::Result<Stat> {
        let metadata = fs::symlink_metadata(self.path.join(name))?;
        let kind = match metadata.file_type() {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        let identity = Identity::from(&metadata);
        Ok(Stat { kind, identity })
    }

    /// Gives what has one name another; what has the other name is replaced.
    ///
    /// # Errors
    /// It cannot be renamed.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    /// Gives what has one name another that must not be taken.
    ///
    /// # Errors
    /// The other name is taken ([`io::ErrorKind::AlreadyExists`]), or it cannot be renamed.
    pub fn rename_new(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        match self.find(to)? {
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            None => self.rename(from, to),
        }
    }

    /// Gives a file a second name, which must not be taken.
    ///
    /// # Errors
    /// The name is taken, or the file system has no hard links.
    pub fn link(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::hard_link(self.path.join(from), self.path.join(to))
    }

    /// Removes a file's name.
    ///
    /// # Errors
    /// It is not there, or cannot be removed.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    /// The names in it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let entries = fs::read_dir(&self.path)?;
        entries.map(|entry| Ok(entry?.file_name())).collect()
    }

    /// Nothing: such systems write names to the disk themselves.
    ///
    /// # Errors
    /// None.
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// Nothing is known of devices.
    ///
    /// # Errors
    /// None.
    pub fn device(&self) -> io::Result<u64> {
        Ok(0)
    }

    fn refuse_link(&self, name: &OsStr) -> io::Result<()> {
        match self.find(name)? {
            Some(stat) if stat.kind == Kind::Link => Err(self.is_link(name)),
            _ => Ok(()),
        }
    }
}
