//! A share of memory for each file, where the process is limited (`ulimit -v`): memory that runs out ends the process, so a
//! file that cannot be held is refused before it is begun, and files wait for each other.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::error::FileError;
use super::interrupt;

/// What a document takes besides its own bytes, bytes.
const BASE: u64 = 8 << 20;

/// What a document takes at most that is read as a stream, bytes.
const STREAM: u64 = 64 << 20;

/// What the program itself takes of the address space: code, stacks, what the allocator sets aside for threads. Bytes.
const PROGRAM: u64 = 64 << 20;

/// How many times its size a document takes that is in memory: itself, its text, the result, and what is between.
const TIMES: u64 = 6;

/// The memory of the run.
pub struct Memory {
    /// Bytes for all files together; `None` without a limit.
    total: Option<u64>,
    free: Mutex<u64>,
    freed: Condvar,
}

/// A file's share; given back when it is dropped.
pub struct Share<'a> {
    memory: &'a Memory,
    bytes: u64,
}

impl Memory {
    /// What the limit leaves.
    pub fn new() -> Memory {
        let total = limit().map(|limit| limit.saturating_sub(PROGRAM).max(limit / 4));
        Memory {
            total,
            free: Mutex::new(total.unwrap_or(0)),
            freed: Condvar::new(),
        }
    }

    /// Whether the process is limited.
    pub fn is_limited(&self) -> bool {
        self.total.is_some()
    }

    /// Waits for the memory that a file of this size takes.
    ///
    /// # Errors
    /// [`FileError::Memory`]: it takes more than there is.
    pub fn share(&self, size: u64, is_stream: bool) -> Result<Option<Share<'_>>, FileError> {
        let Some(total) = self.total else {
            return Ok(None);
        };
        let bytes = match is_stream {
            // It does with less where it has to.
            true => STREAM.min(total),
            false => BASE + TIMES.saturating_mul(size),
        };
        if bytes > total {
            return Err(FileError::Memory { bytes, total });
        }
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < bytes {
            interrupt::check()?;
            let waited = self.freed.wait_timeout(free, Duration::from_millis(100));
            free = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *free -= bytes;
        Ok(Some(Share {
            memory: self,
            bytes,
        }))
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let mut free = self
            .memory
            .free
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *free += self.bytes;
        self.memory.freed.notify_all();
    }
}

/// How much address space the process may have, if that is limited.
fn limit() -> Option<u64> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        getrlimit(Resource::As).current
    }
    #[cfg(not(unix))]
    None
}
