//! Why nothing came of a file.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

/// The exit code where something failed; 0 and 1 are as in `--help`.
pub const FAILED: u8 = 2;

/// Why nothing came of a file. The messages do not name it: the report does.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// What the library says: not text, not decodable, damaged; or reading and writing failed.
    #[error(transparent)]
    Document(#[from] jianti::Error),
    /// It is another file than it was, or has another content.
    #[error("it changed while it was being converted; nothing was written for it, run again")]
    Changed,
    /// A pipe, a socket or a device, which the walk took for a file.
    #[error("not a regular file")]
    NotRegular,
    /// Standard output goes to it.
    #[error("standard output goes to this file; choose another, or convert it in place with -i")]
    IsStdout,
    /// The name of its backup belongs to something else.
    #[error(
        "{} exists already and is no backup that jianti made; move it away or choose another suffix",
        .0.display()
    )]
    BackupTaken(PathBuf),
    /// The list of backups cannot be written.
    #[error("the list of backups {}: {cause}; nothing was written for it", path.display())]
    BackupList {
        /// The list.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// There is too little memory for it.
    #[error(
        "it takes about {} MiB of memory, and the limit (ulimit -v) leaves {} MiB; raise the limit",
        bytes >> 20,
        total >> 20
    )]
    Memory {
        /// What it takes, bytes.
        bytes: u64,
        /// What there is, bytes.
        total: u64,
    },
    /// The program failed at it.
    #[error("internal error: {0}; nothing was written for it. Please report this, with the file")]
    Panic(String),
}

impl FileError {
    /// Whether this is no text, which is no failure.
    pub fn is_binary(&self) -> bool {
        matches!(
            self,
            FileError::Document(jianti::Error::Binary | jianti::Error::Unsupported { .. })
        )
    }

    /// What kind of file it is, if that is known and not supported.
    pub fn unsupported(&self) -> Option<&'static str> {
        match self {
            FileError::Document(jianti::Error::Unsupported { kind }) => Some(kind),
            _ => None,
        }
    }

    /// Whether whoever read our standard output has gone.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(
            self,
            FileError::Document(jianti::Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe
        )
    }
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> FileError {
        FileError::Document(error.into())
    }
}

/// Works on a file; a panic is that file's error, and the run goes on.
///
/// # Errors
/// Those of the work, and [`FileError::Panic`].
pub fn caught<T>(work: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    // Nothing that the work left halfway is looked at: its result is gone, and its draft with it.
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(FileError::Panic(panic_message(&*panic))))
}

/// What a panic said.
pub fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_that_says_what_it_said() {
        let text = "字".to_owned();
        let sliced = caught(|| Ok(text[1..].len()));
        let error = sliced.expect_err("that is inside a character").to_string();
        assert!(error.starts_with("internal error: "), "{error}");
        assert!(error.contains("char boundary"), "{error}");
        assert_eq!(caught(|| Ok(text.len())).expect("no panic"), 3);
    }
}
