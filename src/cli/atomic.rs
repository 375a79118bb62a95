//! Files that appear whole or not at all: a temporary file in the target's folder, then a rename.
//!
//! A temporary file is locked as long as its run is alive. What a killed run left behind is told by that and by its name,
//! and removed by the next run that writes into the folder.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dir::{Dir, Kind};
use super::identity::Identity;
use super::interrupt;
use super::told::told;

const PREFIX: &str = ".jianti-";
const SUFFIX: &str = ".tmp";

/// How many hexadecimal digits stand between the two.
const DIGITS: usize = 16;

/// How many names are tried for a temporary file.
const MOST_TRIES: u32 = 100;

/// Whether this is the name of a file that [`AtomicFile`] has not renamed yet.
pub fn is_temporary(name: &OsStr) -> bool {
    let middle = name
        .to_str()
        .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| {
        middle.len() == DIGITS
            && middle
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The error for a result that cannot be written to this path.
pub fn unwritable(path: &Path, cause: &io::Error) -> io::Error {
    let told = told!(
        "cannot write {path}: {cause}",
        "无法写入 {path}：{cause}",
        path = path.display();
        cause = cause
    );
    let advice = match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            told!("free some space and run again", "请腾出空间，再运行一次")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => told!(
            "make its folder writable, or choose another -o",
            "请让它的目录可写，或换一个 -o"
        ),
        io::ErrorKind::IsADirectory => told!(
            "move the directory away, or choose another -o",
            "请把这个目录移走，或换一个 -o"
        ),
        _ => return told.into_io(cause.kind()),
    };
    told.with_advice(&advice).into_io(cause.kind())
}

/// A file that is being written. Dropped, it leaves no trace.
#[derive(Debug)]
pub struct AtomicFile {
    dir: Arc<Dir>,
    name: OsString,
    /// What it is registered under.
    number: u64,
    file: File,
    /// The name that it will have, for messages.
    target: OsString,
    written: u64,
    is_temporary: bool,
}

impl AtomicFile {
    /// Begins the file that will have the name `target` in `dir`, with these permissions less those that the umask takes.
    ///
    /// # Errors
    /// One of [`unwritable`].
    pub fn new(dir: &Arc<Dir>, target: &OsStr, mode: u32) -> io::Result<AtomicFile> {
        let failed = |cause| unwritable(&dir.path().join(target), &cause);
        for _ in 0..MOST_TRIES {
            let name = temporary_name();
            let (file, number) = {
                let mut live = uninterrupted()?;
                let file = match dir.new_file(&name, mode) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                    made => made.map_err(failed)?,
                };
                let number = live.register(dir, &name);
                (file, number)
            };
            let draft = AtomicFile {
                dir: dir.clone(),
                name,
                file,
                number,
                target: target.to_owned(),
                written: 0,
                is_temporary: true,
            };
            if draft.lock() {
                return Ok(draft);
            }
        }
        Err(failed(io::ErrorKind::ResourceBusy.into()))
    }

    /// Locks it; says whether it is still there. Another run may have taken it for abandoned before that.
    fn lock(&self) -> bool {
        match self.file.try_lock() {
            // A file system without locks: there nothing is taken for abandoned either.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => return false,
        }
        !matches!(self.dir.find(&self.name), Ok(None))
    }

    /// Where it will be.
    pub fn path(&self) -> PathBuf {
        self.dir.path().join(&self.target)
    }

    /// Has it get another name.
    pub fn rename_to(&mut self, target: &OsStr) {
        self.target = target.to_owned();
    }

    /// The folder it is in.
    pub fn dir(&self) -> &Arc<Dir> {
        &self.dir
    }

    /// The file, to be given its attributes.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// How many bytes were written.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Has its content written to the disk.
    ///
    /// # Errors
    /// One of [`unwritable`].
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all().map_err(|cause| self.failed(cause))
    }

    /// Has the system say whether all was written, which some file systems only do when a file is closed.
    ///
    /// # Errors
    /// One of [`unwritable`].
    pub fn check_closed(&self) -> io::Result<()> {
        close(self.file.try_clone()).map_err(|cause| self.failed(cause))
    }

    /// Gives it its name; what has that name is replaced, a symbolic link too. Returns what the file is then.
    ///
    /// # Errors
    /// One of [`unwritable`].
    pub fn publish(mut self, during: &mut Uninterrupted<'_>) -> io::Result<Identity> {
        let renamed = self.dir.rename(&self.name, &self.target);
        self.named(renamed, during)
    }

    /// Gives it its name if that is not taken.
    ///
    /// # Errors
    /// The name is taken ([`io::ErrorKind::AlreadyExists`]), or one of [`unwritable`].
    pub fn publish_new(mut self, during: &mut Uninterrupted<'_>) -> io::Result<Identity> {
        let renamed = self.dir.rename_new(&self.name, &self.target);
        self.named(renamed, during)
    }

    /// It has its name, or is removed.
    fn named(
        &mut self,
        renamed: io::Result<()>,
        during: &mut Uninterrupted<'_>,
    ) -> io::Result<Identity> {
        // Here, since the end of its life would wait for the time it is in.
        self.is_temporary = false;
        during.forget(self.number);
        if let Err(cause) = renamed {
            let _ = self.dir.remove(&self.name);
            return Err(self.failed(cause));
        }
        // It is there, whatever the system says of it.
        let metadata = self.file.metadata();
        Ok(metadata.map_or_else(
            |_| Identity::default(),
            |metadata| Identity::from(&metadata),
        ))
    }

    /// Removes it.
    pub fn discard(mut self, during: &mut Uninterrupted<'_>) {
        self.is_temporary = false;
        during.forget(self.number);
        let _ = self.dir.remove(&self.name);
    }

    /// The error for a step that failed.
    pub fn failed(&self, cause: io::Error) -> io::Error {
        unwritable(&self.path(), &cause)
    }

    /// It holds this many bytes more, which were not written through [`Write`].
    pub fn count(&mut self, bytes: u64) {
        self.written += bytes;
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        interrupt::check()?;
        match self.file.write(bytes) {
            Ok(written) => {
                self.written += written as u64;
                Ok(written)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if self.is_temporary {
            // Names are never used twice: this removes our file or none.
            let _ = self.dir.remove(&self.name);
            live().names.remove(&self.number);
        }
    }
}

/// Closes a file, and says if that fails.
#[cfg(unix)]
fn close(file: io::Result<File>) -> io::Result<()> {
    nix::unistd::close(file?)?;
    Ok(())
}

#[cfg(not(unix))]
fn close(_: io::Result<File>) -> io::Result<()> {
    Ok(())
}

fn temporary_name() -> OsString {
    // Keyed at random.
    let random = RandomState::new().hash_one(std::process::id());
    format!("{PREFIX}{random:0DIGITS$x}{SUFFIX}").into()
}

/// Removes the temporary files of runs that are not alive any more.
pub fn remove_abandoned(dir: &Dir) {
    // Nothing depends on it: what cannot be read or removed stays.
    let Ok(names) = dir.names() else { return };
    for name in names.iter().filter(|name| is_temporary(name)) {
        let is_file = dir.stat(name).is_ok_and(|stat| stat.kind == Kind::File);
        let Some(file) = dir.file(name).ok().filter(|_| is_file) else {
            continue;
        };
        if file.try_lock().is_ok() {
            let _ = dir.remove(name);
        }
    }
}

/// What is to be removed if the run ends at once.
struct Live {
    has_ended: bool,
    /// By a number each: a folder and a name in it.
    names: BTreeMap<u64, (Arc<Dir>, OsString)>,
    next: u64,
}

static LIVE: Mutex<Live> = Mutex::new(Live {
    has_ended: false,
    names: BTreeMap::new(),
    next: 0,
});

fn live() -> MutexGuard<'static, Live> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A time in which the run does not end: for steps of which either all or none are to be done. No [`AtomicFile`] may be begun
/// or dropped in it, which would wait for it to pass.
pub struct Uninterrupted<'a>(MutexGuard<'a, Live>);

/// Begins such a time; waits for that of another thread.
///
/// # Errors
/// The run has ended.
pub fn uninterrupted() -> io::Result<Uninterrupted<'static>> {
    let live = live();
    match live.has_ended {
        true => Err(interrupt::error()),
        false => Ok(Uninterrupted(live)),
    }
}

impl Uninterrupted<'_> {
    /// Has this name removed if the run ends at once; returns a number to forget it by.
    pub fn register(&mut self, dir: &Arc<Dir>, name: &OsStr) -> u64 {
        let number = self.0.next;
        self.0.next += 1;
        self.0.names.insert(number, (dir.clone(), name.to_owned()));
        number
    }

    /// Has a name stay.
    pub fn forget(&mut self, number: u64) {
        self.0.names.remove(&number);
    }
}

/// Removes all temporary files, and has no other thread begin or rename one from now on.
pub fn abandon_all() {
    let mut live = live();
    live.has_ended = true;
    for (dir, name) in std::mem::take(&mut live.names).into_values() {
        let _ = dir.remove(&name);
    }
}
