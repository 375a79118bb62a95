//! Standard output: where results are printed to.

use std::fs::{File, Metadata};
use std::io::{self, Write};

use super::error::FileError;
use super::identity::Identity;
use super::told::told;

/// Makes sure that a file that is read is not the one that results are printed to: it would be cut off, or never end.
///
/// # Errors
/// [`FileError::IsStdout`].
pub fn check_is_not_stdout(input: &Metadata) -> Result<(), FileError> {
    // Where there is none, writing tells.
    let same = standard(&io::stdout()).is_ok_and(|output| {
        let (input, output) = (Identity::from(input), Identity::from(&output));
        input.is_same_file(&output)
    });
    match same && input.is_file() {
        true => Err(FileError::IsStdout),
        false => Ok(()),
    }
}

/// What standard input or output is.
///
/// # Errors
/// It is closed.
#[cfg(unix)]
pub fn standard(stream: &impl std::os::fd::AsFd) -> io::Result<Metadata> {
    File::from(stream.as_fd().try_clone_to_owned()?).metadata()
}

/// What standard input or output is.
///
/// # Errors
/// It is closed.
#[cfg(windows)]
pub fn standard(stream: &impl std::os::windows::io::AsHandle) -> io::Result<Metadata> {
    File::from(stream.as_handle().try_clone_to_owned()?).metadata()
}

/// Standard output, whose errors say so.
pub struct Stdout(io::StdoutLock<'static>);

impl Stdout {
    /// Has nobody else write to it meanwhile.
    pub fn new() -> Stdout {
        Stdout(io::stdout().lock())
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(named)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(named)
    }
}

fn named(cause: io::Error) -> io::Error {
    match cause.kind() {
        io::ErrorKind::Interrupted => cause,
        kind => told!(
            "cannot write standard output: {cause}",
            "无法写到标准输出：{cause}";
            cause
        )
        .into_io(kind),
    }
}
