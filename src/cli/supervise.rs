//! The end of an interrupted run within a second, however long a document takes.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::atomic;
use super::interrupt;
use super::reporter::Reporter;
use super::told::Told;

/// How long files that are begun may take to end in good order once the run is to end.
const GRACE: Duration = Duration::from_millis(500);

/// How often we look whether it is.
const LOOK: Duration = Duration::from_millis(100);

/// Has the work done. If it does not end within [`GRACE`] of an interruption, the process does: no half-written file stays,
/// as none has its name yet, and the report tells that it is incomplete.
///
/// # Errors
/// Those of the work.
pub fn run(
    reporter: &Reporter,
    work: impl FnOnce() -> Result<(), Told> + Send,
) -> Result<(), Told> {
    let (sender, done) = mpsc::channel();
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let result = work();
            // The supervisor waits for it.
            let _ = sender.send(());
            result
        });
        let mut told = None;
        while let Err(RecvTimeoutError::Timeout) = done.recv_timeout(LOOK) {
            if let Some(code) = interrupt::requested()
                && told.get_or_insert_with(Instant::now).elapsed() >= GRACE
            {
                reporter.abandon();
                atomic::abandon_all();
                std::process::exit(code.into());
            }
        }
        worker
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
