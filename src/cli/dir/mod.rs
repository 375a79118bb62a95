//! Directories held open. What is done in one is done by name in the directory itself, wherever its path leads meanwhile:
//! a folder that is swapped for a symbolic link cannot lead us elsewhere.
//!
//! No method follows a symbolic link, and every name is a single one. On systems without such handles the portable
//! version works by paths and checks for links right before each step.

#[cfg(not(unix))]
mod portable;
mod stat;
#[cfg(unix)]
mod unix;

use std::ffi::OsStr;
use std::io;
use std::path::Component;

#[cfg(not(unix))]
pub use portable::Dir;
pub use stat::{Kind, Stat};
#[cfg(unix)]
pub use unix::Dir;

use super::told::told;

impl Dir {
    /// What lies under this name; `None` if nothing does.
    ///
    /// # Errors
    /// The directory cannot be searched.
    pub fn find(&self, name: &OsStr) -> io::Result<Option<Stat>> {
        match self.stat(name) {
            Ok(stat) => Ok(Some(stat)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Opens a folder in this one, or makes it; says whether it was made.
    ///
    /// # Errors
    /// It is a symbolic link, no folder, or cannot be made.
    pub fn folder_or_new(&self, name: &OsStr) -> io::Result<(Dir, bool)> {
        match self.folder(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return Ok((found?, false)),
        }
        match self.make_folder(name) {
            // Another thread, or another run, was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Ok((self.folder(name)?, false))
            }
            made => {
                made?;
                Ok((self.folder(name)?, true))
            }
        }
    }

    /// The error for what is a symbolic link here.
    fn is_link(&self, name: &OsStr) -> io::Error {
        let path = self.path().join(name);
        let told = told!(
            "{path} is a symbolic link, which is not written through; remove it, or name what it points to",
            "{path} 是符号链接，不透过它写入；请删掉它，或写出它指向的地方",
            path = path.display()
        );
        told.into_io(io::ErrorKind::Other)
    }
}

/// The name that a step of a relative path is.
///
/// # Errors
/// The step leads upwards or to the root.
pub fn single(component: Component<'_>) -> io::Result<&OsStr> {
    match component {
        Component::Normal(name) => Ok(name),
        _ => {
            let told = told!(
                "the path leads out of its directory",
                "路径通向它的目录之外"
            );
            Err(told.into_io(io::ErrorKind::InvalidInput))
        }
    }
}
