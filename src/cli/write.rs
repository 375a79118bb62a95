//! Files that appear whole or not at all: a temporary file in the target's folder, then a rename.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File, FileTimes, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::RwLock;

use tempfile::{Builder, NamedTempFile};

use super::interrupt;

const PREFIX: &str = ".jianti-";
const SUFFIX: &str = ".tmp";

/// Whether a file of this name is one that [`Draft`] has not renamed yet.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Makes files that [`is_temporary`] knows.
pub fn temporary() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    builder
}

/// How much of a binary file is copied before we look whether the run is to end; bytes.
const STEP: u64 = 8 << 20;

/// A file that is being written. Dropped, it leaves no trace.
pub struct Draft {
    file: NamedTempFile,
}

impl Draft {
    /// Begins a file that will be in this folder, with the permissions of its source as far as new files get them.
    pub fn in_folder(folder: &Path, source: &Metadata) -> io::Result<Draft> {
        let mut builder = temporary();
        #[cfg(unix)]
        builder.permissions(source.permissions());
        #[cfg(not(unix))]
        let _ = source;
        let file = builder.tempfile_in(folder)?;
        Ok(Draft { file })
    }

    /// Writes what is left of a file.
    pub fn copy(&mut self, source: &File) -> io::Result<()> {
        loop {
            interrupt::check()?;
            if io::copy(&mut source.take(STEP), self.file.as_file_mut())? == 0 {
                return Ok(());
            }
        }
    }

    /// Gives the file the permissions and, if `times`, the times of its source, and then its name.
    pub fn publish(self, target: &Path, source: &Metadata, times: bool) -> io::Result<()> {
        let file = self.file.as_file();
        let metadata = file.metadata()?;
        if metadata.permissions() != source.permissions() {
            file.set_permissions(source.permissions())?;
        }
        keep_owner(file, &metadata, source);
        if times {
            let times = FileTimes::new().set_modified(source.modified()?);
            file.set_times(times)?;
        }
        interrupt::check()?;
        self.file.persist(target).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        interrupt::check()?;
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// Gives the file its source's owner, where we may: a superuser's run must not take files over.
fn keep_owner(file: &File, ours: &Metadata, source: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        if ours.uid() != source.uid() || ours.gid() != source.gid() {
            // Without the right to do so, the file stays ours, as with any editor.
            let _ = fchown(file, Some(source.uid()), Some(source.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, ours, source);
}

/// The directory that results are written to.
pub struct OutputTree {
    root: PathBuf,
    /// Folders that were made sure of.
    folders: RwLock<HashSet<PathBuf>>,
}

impl OutputTree {
    /// `root` is a canonical path.
    pub fn new(root: &Path) -> OutputTree {
        OutputTree {
            root: root.to_owned(),
            folders: RwLock::default(),
        }
    }

    /// Begins the file with this relative path, as [`Draft::in_folder`] does; returns its full path too.
    pub fn draft(&self, target: &Path, source: &Metadata) -> io::Result<(Draft, PathBuf)> {
        let path = self.root.join(target);
        let folder = path.parent().expect("a file in the output directory");
        self.make_sure_of(folder)?;
        Ok((Draft::in_folder(folder, source)?, path))
    }

    /// Makes the folder, and makes sure that no symbolic link leads out of the output directory.
    fn make_sure_of(&self, folder: &Path) -> io::Result<()> {
        if self.folders.read().expect("not poisoned").contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        if !fs::canonicalize(folder)?.starts_with(&self.root) {
            return Err(io::Error::other(
                "a symbolic link leads out of the output directory; remove it",
            ));
        }
        self.folders
            .write()
            .expect("not poisoned")
            .insert(folder.to_owned());
        Ok(())
    }
}

/// Keeps the file at `path` under its name and `suffix`; returns that path.
///
/// # Errors
/// That name is taken, or cannot be made.
pub fn keep_old(path: &Path, suffix: &OsStr) -> io::Result<PathBuf> {
    let mut kept = path.as_os_str().to_owned();
    kept.push(suffix);
    let kept = PathBuf::from(kept);
    let taken = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => io::Error::new(
            error.kind(),
            format!(
                "{} exists already; move it away or choose another suffix",
                kept.display()
            ),
        ),
        _ => error,
    };
    match fs::hard_link(path, &kept) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // A file system without hard links.
            let mut source = File::open(path)?;
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            let mut copy = temporary().tempfile_in(folder.unwrap_or(Path::new(".")))?;
            io::copy(&mut source, &mut copy)?;
            copy.as_file()
                .set_permissions(source.metadata()?.permissions())?;
            copy.persist_noclobber(&kept)
                .map_err(|error| taken(error.error))?;
        }
        result => result.map_err(taken)?,
    }
    Ok(kept)
}
