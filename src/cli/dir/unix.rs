//! Directory handles where the system has them: `openat` and its kin.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{self, AtFlags, CWD, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::stat::{Kind, Stat};
use crate::cli::identity::Identity;

/// A directory held open.
#[derive(Debug)]
pub struct Dir {
    fd: OwnedFd,
    /// For messages; and, where a walk begins, for the walk.
    path: PathBuf,
}

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

impl Dir {
    /// Opens the directory at a path that the user named; links in it are the user's own.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open(path: &Path) -> io::Result<Dir> {
        let fd = fs::openat(CWD, path, FOLDER, Mode::empty())?;
        let path = path.to_owned();
        Ok(Dir { fd, path })
    }

    /// Where it was when it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder in this one.
    ///
    /// # Errors
    /// It is a symbolic link, no folder, or cannot be read.
    pub fn folder(&self, name: &OsStr) -> io::Result<Dir> {
        match fs::openat(&self.fd, name, FOLDER | OFlags::NOFOLLOW, Mode::empty()) {
            Ok(fd) => Ok(Dir {
                fd,
                path: self.path.join(name),
            }),
            // Which of the two a link gives depends on the system.
            Err(Errno::LOOP | Errno::NOTDIR) if self.has_link(name) => Err(self.is_link(name)),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes a folder in this one.
    ///
    /// # Errors
    /// The name is taken, or it cannot be made.
    pub fn make_folder(&self, name: &OsStr) -> io::Result<()> {
        // What the umask leaves of it, as for any new folder.
        Ok(fs::mkdirat(&self.fd, name, Mode::from_raw_mode(0o777))?)
    }

    /// Opens a file for reading; never waits, as for a pipe's writer. What was opened may be no regular file.
    ///
    /// # Errors
    /// It is a symbolic link, or cannot be read.
    pub fn file(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        match fs::openat(&self.fd, name, flags | OFlags::NOCTTY, Mode::empty()) {
            Ok(fd) => Ok(fd.into()),
            Err(Errno::LOOP) => Err(self.is_link(name)),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes a file that is not there yet, with these permissions less those that the umask takes.
    ///
    /// # Errors
    /// The name is taken, or it cannot be made.
    pub fn new_file(&self, name: &OsStr, mode: u32) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(mode as _);
        Ok(fs::openat(&self.fd, name, flags | OFlags::NOFOLLOW, mode)?.into())
    }

    /// Opens a file to write at its end; makes it if it is not there.
    ///
    /// # Errors
    /// It is a symbolic link, or cannot be written.
    pub fn appended(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::APPEND | OFlags::CREATE | OFlags::CLOEXEC;
        let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        match fs::openat(&self.fd, name, flags, Mode::from_raw_mode(0o666)) {
            Ok(fd) => Ok(fd.into()),
            Err(Errno::LOOP) => Err(self.is_link(name)),
            Err(error) => Err(error.into()),
        }
    }

    /// What lies under this name.
    ///
    /// # Errors
    /// Nothing does.
    pub fn stat(&self, name: &OsStr) -> io::Result<Stat> {
        let stat = fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let kind = match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        };
        let identity = Identity::from(&stat);
        Ok(Stat { kind, identity })
    }

    /// Gives what has one name another; what has the other name is replaced.
    ///
    /// # Errors
    /// It cannot be renamed.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(fs::renameat(&self.fd, from, &self.fd, to)?)
    }

    /// Gives what has one name another that must not be taken.
    ///
    /// # Errors
    /// The other name is taken ([`io::ErrorKind::AlreadyExists`]), or it cannot be renamed.
    pub fn rename_new(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        {
            use rustix::fs::{RenameFlags, renameat_with};
            match renameat_with(&self.fd, from, &self.fd, to, RenameFlags::NOREPLACE) {
                // A file system, or a kernel, that does not know it.
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
                done => return Ok(done?),
            }
        }
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
        Ok(fs::linkat(&self.fd, from, &self.fd, to, AtFlags::empty())?)
    }

    /// Removes a file's name.
    ///
    /// # Errors
    /// It is not there, or cannot be removed.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::unlinkat(&self.fd, name, AtFlags::empty())?)
    }

    /// The names in it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in fs::Dir::read_from(&self.fd)? {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name != b"." && name != b".." {
                names.push(OsStr::from_bytes(name).to_owned());
            }
        }
        Ok(names)
    }

    /// Has its names written to the disk: what was renamed in it stays so after a power loss.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn sync(&self) -> io::Result<()> {
        match fs::fsync(&self.fd) {
            // A file system whose directories need none, or that cannot.
            Err(Errno::INVAL | Errno::OPNOTSUPP) => Ok(()),
            done => Ok(done?),
        }
    }

    /// The device that it lies on.
    ///
    /// # Errors
    /// The system does not say.
    pub fn device(&self) -> io::Result<u64> {
        Ok(Identity::from(&fs::fstat(&self.fd)?).device)
    }
}

impl AsFd for Dir {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl Dir {
    fn has_link(&self, name: &OsStr) -> bool {
        self.stat(name).is_ok_and(|stat| stat.kind == Kind::Link)
    }
}
