//! Which file it is, in which state: to tell whether it is still the one that was read.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file and its state, as the file system tells them. Times are nanoseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The device; 0 where the system has no such numbers.
    pub device: u64,
    /// The file on the device; 0 where the system has no such numbers.
    pub inode: u64,
    /// Size in bytes.
    pub size: u64,
    /// When its content was changed last.
    pub modified: i64,
    /// When its content or what is known of it was changed last, which no program can set; 0 where the system does not
    /// say.
    pub changed: i64,
}

/// How long a file may change again without its times showing it, nanoseconds: the kernel's clock ticks every 10 ms or
/// faster.
const TICK: i64 = 20_000_000;

/// The same on file systems that keep whole seconds, of which the coarsest count in twos.
const COARSE_TICK: i64 = 2_000_000_000;

impl Identity {
    /// Whether it is the same file.
    pub fn is_same_file(&self, other: &Identity) -> bool {
        (self.device, self.inode) == (other.device, other.inode) && self.inode != 0
    }

    /// Whether it is the same file with the same content. The time of any change does not count: a second name for the
    /// file changes that too.
    pub fn has_same_content(&self, other: &Identity) -> bool {
        (self.device, self.inode, self.size, self.modified)
            == (other.device, other.inode, other.size, other.modified)
    }

    /// Whether it was changed so shortly before `time` that a change after it may not show.
    pub fn is_fresh_at(&self, time: SystemTime) -> bool {
        let last = self.modified.max(self.changed);
        let tick = match last % 1_000_000_000 {
            0 => COARSE_TICK,
            _ => TICK,
        };
        nanoseconds(time) < last.saturating_add(tick)
    }
}

impl From<&Metadata> for Identity {
    #[cfg(unix)]
    fn from(metadata: &Metadata) -> Identity {
        use std::os::unix::fs::MetadataExt;
        Identity {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.len(),
            modified: since_1970(metadata.mtime(), metadata.mtime_nsec()),
            changed: since_1970(metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    #[cfg(not(unix))]
    fn from(metadata: &Metadata) -> Identity {
        Identity {
            device: 0,
            inode: 0,
            size: metadata.len(),
            modified: metadata.modified().map_or(0, nanoseconds),
            changed: 0,
        }
    }
}

#[cfg(unix)]
impl From<&rustix::fs::Stat> for Identity {
    // The fields' types differ from system to system.
    #[allow(clippy::unnecessary_cast)]
    fn from(stat: &rustix::fs::Stat) -> Identity {
        Identity {
            device: stat.st_dev as u64,
            inode: stat.st_ino as u64,
            size: stat.st_size as u64,
            modified: since_1970(stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: since_1970(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        }
    }
}

#[cfg(unix)]
fn since_1970(seconds: i64, nanoseconds: i64) -> i64 {
    seconds
        .saturating_mul(1_000_000_000)
        .saturating_add(nanoseconds)
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |time| -time),
    }
}
