//! How much a file may unpack to.

use std::cell::Cell;
use std::io;

/// What any file may unpack to, bytes.
const ALWAYS: u64 = 16 << 20;

/// What one file unpacks to, all its members and layers together, and what it may.
#[derive(Debug)]
pub struct Limits {
    most: u64,
    unpacked: Cell<u64>,
}

/// A file that unpacks to more than it may, as decompression bombs do.
#[derive(Debug, thiserror::Error)]
pub enum Exceeded {
    /// It unpacks to too many times its size.
    #[error(
        "it unpacks to more than {} times its size, as decompression bombs do",
        Exceeded::RATIO
    )]
    Ratio,
    /// It unpacks to too much.
    #[error(
        "it unpacks to more than {} GiB",
        Exceeded::MOST >> 30
    )]
    Size,
    /// Archives lie in archives too deep.
    #[error(
        "archives lie in archives, more than {} deep, as decompression bombs do; unpack the outer ones first",
        Exceeded::DEPTH
    )]
    Depth,
}

impl Exceeded {
    /// How many times its size a file may unpack to, if that is more than 16 MiB.
    pub const RATIO: u64 = 200;
    /// And never more than this, bytes.
    pub const MOST: u64 = 16 << 30;
    /// How deep archives may lie in archives.
    pub const DEPTH: u32 = 4;

    /// The limit that an error of reading is about, if it is about one.
    pub fn of(error: &io::Error) -> Option<&Exceeded> {
        error.get_ref()?.downcast_ref()
    }
}

impl Limits {
    /// The limits for a file of this size, bytes.
    pub fn of(size: u64) -> Limits {
        let most = size
            .saturating_mul(Exceeded::RATIO)
            .saturating_add(ALWAYS)
            .min(Exceeded::MOST);
        Limits {
            most,
            unpacked: Cell::new(0),
        }
    }

    /// No limits.
    pub fn none() -> Limits {
        Limits {
            most: u64::MAX,
            unpacked: Cell::new(0),
        }
    }

    /// Takes note of bytes that were unpacked.
    ///
    /// # Errors
    /// There are more than the file may unpack to.
    pub fn count(&self, bytes: u64) -> io::Result<()> {
        let unpacked = self.unpacked.get().saturating_add(bytes);
        self.unpacked.set(unpacked);
        self.hold(unpacked)
    }

    /// Checks bytes that are held at a time beside what was unpacked, and no longer counted afterwards.
    ///
    /// # Errors
    /// There are more than the file may unpack to.
    pub fn hold(&self, bytes: u64) -> io::Result<()> {
        if bytes <= self.most {
            return Ok(());
        }
        let exceeded = match self.most {
            Exceeded::MOST => Exceeded::Size,
            _ => Exceeded::Ratio,
        };
        Err(io::Error::other(exceeded))
    }

    /// Checks how deep an archive lies in others.
    ///
    /// # Errors
    /// Too deep. This limit is never lifted: no one packs like that.
    pub fn depth(&self, depth: u32) -> io::Result<()> {
        if depth > Exceeded::DEPTH {
            return Err(io::Error::other(Exceeded::Depth));
        }
        Ok(())
    }
}
