//! Why nothing came of a file.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

use super::told::{Tell, Told, told};

/// The exit code where something failed; 0 and 1 are as in `--help`.
pub const FAILED: u8 = 2;

/// Why nothing came of a file. The messages do not name it: the report does.
#[derive(Debug)]
pub enum FileError {
    /// What the library says: not text, not decodable, damaged; or reading and writing failed.
    Document(jianti::Error),
    /// It is another file than it was, or has another content.
    Changed,
    /// A pipe, a socket or a device, which the walk took for a file.
    NotRegular,
    /// Standard output goes to it.
    IsStdout,
    /// The name of its backup belongs to something else.
    BackupTaken(PathBuf),
    /// The list of backups cannot be written.
    BackupList {
        /// The list.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// There is too little memory for it.
    Memory {
        /// What it takes, bytes.
        bytes: u64,
        /// What there is, bytes.
        total: u64,
    },
    /// The program failed at it.
    Panic(String),
}

impl Tell for FileError {
    fn tell(&self) -> Told {
        match self {
            FileError::Document(error) => error.tell(),
            FileError::Changed => told!(
                "it changed while it was being converted; nothing was written for it, run again",
                "转换期间它被改动了；没有为它写任何内容，请再运行一次"
            ),
            FileError::NotRegular => told!("not a regular file", "不是普通文件"),
            FileError::IsStdout => told!(
                "standard output goes to this file; choose another, or convert it in place with -i",
                "标准输出正写到这个文件；请换一个，或用 -i 原地转换"
            ),
            FileError::BackupTaken(path) => told!(
                "{path} exists already and is no backup that jianti made; move it away or choose another suffix",
                "{path} 已经存在，且不是 jianti 保留的旧文件；请把它移走，或换一个后缀",
                path = path.display()
            ),
            FileError::BackupList { path, cause } => told!(
                "the list of backups {path}: {cause}; nothing was written for it",
                "旧文件的清单 {path}：{cause}；没有为它写任何内容",
                path = path.display();
                cause = cause
            ),
            FileError::Memory { bytes, total } => told!(
                "it takes about {bytes} MiB of memory, and the limit (ulimit -v) leaves {total} MiB; raise the limit",
                "它约需 {bytes} MiB 内存，而限额（ulimit -v）只剩 {total} MiB；请提高限额",
                bytes = bytes >> 20,
                total = total >> 20
            ),
            FileError::Panic(words) => told!(
                "internal error: {words}; nothing was written for it. Please report this, with the file",
                "程序内部错误：{words}；没有为它写任何内容。请把这个问题连同文件报告给我们",
                words = words
            ),
        }
    }
}

impl From<jianti::Error> for FileError {
    fn from(error: jianti::Error) -> FileError {
        FileError::Document(error)
    }
}

impl FileError {
    /// Whether this is no text, which is no failure.
    pub fn is_binary(&self) -> bool {
        self.unsupported().is_some() || matches!(self, FileError::Document(jianti::Error::Binary))
    }

    /// What kind of file it is, if that is known and not supported.
    pub fn unsupported(&self) -> Option<&'static str> {
        match self {
            FileError::Document(error) => error.kind_left_alone(),
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
        let error = sliced
            .expect_err("that is inside a character")
            .tell()
            .english;
        assert!(error.starts_with("internal error: "), "{error}");
        assert!(error.contains("char boundary"), "{error}");
        assert_eq!(caught(|| Ok(text.len())).expect("no panic"), 3);
    }
}
