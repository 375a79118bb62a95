//! The run's early end: no new file is begun, none half-written is kept.

use super::told::told;
use std::io;
use std::sync::atomic::{AtomicU8, Ordering};

/// 128 and the number of SIGINT, as shells have it.
const INTERRUPTED: u8 = 130;

/// The exit code of a run that is to end early; [`GOING_ON`] if it is not.
static EXIT_CODE: AtomicU8 = AtomicU8::new(GOING_ON);
const GOING_ON: u8 = u8::MAX;

/// The exit code, once the run was told to end.
pub fn requested() -> Option<u8> {
    Some(EXIT_CODE.load(Ordering::Relaxed)).filter(|code| *code != GOING_ON)
}

/// Whether somebody interrupted the run, which is a failure; that a reader left is none.
pub fn is_interrupted() -> bool {
    requested().is_some_and(|code| code != 0)
}

/// An error, once the run was told to end: for loops that may be long.
pub fn check() -> io::Result<()> {
    match requested() {
        None => Ok(()),
        Some(_) => Err(error()),
    }
}

/// The error of what was not done because the run was told to end.
pub fn error() -> io::Error {
    // Not `ErrorKind::Interrupted`: that means "try again".
    let told = told!("interrupted; nothing was written", "被中断；没有写任何内容");
    told.into_io(io::ErrorKind::Other)
}

/// Listens for SIGINT, SIGTERM and SIGHUP. The first ends the run in good order; a second ends it at once, as does the
/// first if `at_once`, where no file is being written.
pub fn listen(at_once: bool) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(move || {
        if EXIT_CODE.swap(INTERRUPTED, Ordering::Relaxed) != GOING_ON || at_once {
            std::process::exit(INTERRUPTED.into());
        }
    })
}

/// Ends the run: whoever read our standard output has gone, as `head` does, which is no failure.
pub fn reader_left() {
    EXIT_CODE.store(0, Ordering::Relaxed);
}
