//! Ctrl-C: no new file is begun, none half-written is kept.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// 128 and the number of SIGINT, as shells have it.
pub const EXIT_CODE: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Whether the run was told to end.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// An error, once the run was told to end: for loops that may be long.
pub fn check() -> io::Result<()> {
    if requested() {
        return Err(io::Error::new(
            io::ErrorKind::Interrupted,
            "interrupted; nothing was written",
        ));
    }
    Ok(())
}

/// Listens for SIGINT, SIGTERM and SIGHUP. The first ends the run in good order; a second ends it at once, as does the
/// first if `at_once`, where no file is being written.
pub fn listen(at_once: bool) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(move || {
        if at_once || REQUESTED.swap(true, Ordering::Relaxed) {
            std::process::exit(EXIT_CODE.into());
        }
    })
}
