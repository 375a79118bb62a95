//! A file as it was when it was opened.

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jianti::{Error, Format, Normalizer, Outcome};

use super::backup::checksum;
use super::error::FileError;
use super::identity::Identity;
use super::report::RecordReport;
use super::reporter::Reporter;
use super::tree::Tree;

/// Files up to this size are read whole, and take some times as much; larger ones are streams. Bytes.
const WHOLE: u64 = 1 << 20;

/// How much of a larger file tells what it is, bytes.
pub const LOOK: usize = 512;

/// How a file is reached.
#[derive(Clone, Debug)]
pub enum Origin {
    /// By its path, links and all: the user named it, or has links followed.
    Path,
    /// By handles, below a directory: this path.
    Below(Arc<Tree>, PathBuf),
}

/// A file that was opened, and read as far as that takes to tell what it is.
pub struct Source {
    /// The file; reading goes on behind `front`.
    pub file: File,
    /// Of the file, before it was read.
    pub metadata: Metadata,
    /// When it was opened.
    pub opened: SystemTime,
    front: Vec<u8>,
    is_whole: bool,
}

impl Source {
    /// Opens a file and reads its front: of a small one, all there is; of what is no regular file, which only
    /// `takes_anything` takes, nothing.
    ///
    /// # Errors
    /// It cannot be read, is no regular file, or a link leads to it that is not followed.
    pub fn open(path: &Path, origin: &Origin, takes_anything: bool) -> Result<Source, FileError> {
        let opened = SystemTime::now();
        let mut file = match origin {
            Origin::Path if takes_anything => File::open(path)?,
            Origin::Path => open_without_waiting(path)?,
            Origin::Below(tree, inner) => tree.file(inner)?,
        };
        let metadata = file.metadata()?;
        if !metadata.is_file() && !takes_anything {
            return Err(FileError::NotRegular);
        }
        let (front, is_whole) = match metadata.is_file() {
            true if metadata.len() <= WHOLE => (read_whole(&mut file, metadata.len())?, true),
            true => {
                let mut front = Vec::with_capacity(LOOK);
                (&file).take(LOOK as u64).read_to_end(&mut front)?;
                (front, false)
            }
            false => (Vec::new(), false),
        };
        Ok(Source {
            file,
            metadata,
            opened,
            front,
            is_whole,
        })
    }

    /// Its first bytes, as far as they were read.
    pub fn front(&self) -> &[u8] {
        &self.front
    }

    /// The file's bytes, if it is small; otherwise the file is to be read as a stream.
    pub fn whole(&self) -> Option<&[u8]> {
        self.is_whole.then_some(&self.front)
    }

    /// Whether it will be in memory as a whole: a small file, and a large one in a format that is read so.
    pub fn is_held(&self, path: &Path) -> bool {
        self.is_whole || Format::of(Some(path), &self.front).is_held()
    }

    /// All there is, however large.
    ///
    /// # Errors
    /// Reading failed.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        let mut bytes = Vec::new();
        match self.is_whole {
            true => return Ok(Cow::Borrowed(&self.front)),
            false => self.front.chain(&self.file).read_to_end(&mut bytes)?,
        };
        Ok(Cow::Owned(bytes))
    }

    /// The checksum of all there is; what was read already is read again.
    ///
    /// # Errors
    /// Reading failed.
    pub fn checksum(&self) -> io::Result<String> {
        if let Some(bytes) = self.whole() {
            return checksum(bytes);
        }
        let checksum = checksum(self.rewound()?)?;
        (&self.file).seek(io::SeekFrom::Start(self.front.len() as u64))?;
        Ok(checksum)
    }

    /// The file, to be read from its beginning again.
    ///
    /// # Errors
    /// It is none that can.
    pub fn rewound(&self) -> io::Result<&File> {
        (&self.file).rewind()?;
        Ok(&self.file)
    }

    /// Which file it was when it was opened.
    pub fn identity(&self) -> Identity {
        Identity::from(&self.metadata)
    }

    /// Makes sure that what was read is what the file holds: that nobody wrote to it meanwhile.
    ///
    /// # Errors
    /// [`FileError::Changed`].
    pub fn check_unchanged(&self) -> Result<(), FileError> {
        let now = Identity::from(&self.file.metadata()?);
        match !self.metadata.is_file() || now.has_same_content(&self.identity()) {
            true => Ok(()),
            false => Err(FileError::Changed),
        }
    }

    /// Normalises the document in a file that is to be read as a stream. What came of its records, if that is wanted, is
    /// reported meanwhile.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`].
    pub fn normalize_stream(
        &self,
        normalizer: &Normalizer,
        reporter: &Reporter,
        path: &Path,
        output: &mut dyn io::Write,
    ) -> Result<Outcome, Error> {
        reporter.progress.add(self.front.len() as u64);
        let mut input = self.front.chain(reporter.progress.reading(&self.file));
        normalizer.normalize_stream_records(path, &mut input, output, &mut |record| {
            reporter.add_record(path, &RecordReport::new(path, record));
        })
    }
}

/// Opens a file; a pipe without a writer, which may have taken its place, does not hold us.
fn open_without_waiting(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits() as i32);
    }
    options.open(path)
}

/// Reads a file that is this long, or was a moment ago.
fn read_whole(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let length = length as usize;
    let mut bytes = Vec::new();
    // What there is no memory for is this file's error, not the end of the run.
    bytes.try_reserve_exact(length + 1)?;
    bytes.resize(length + 1, 0);
    let mut filled = 0;
    loop {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        // One byte more was asked for: the file ends here, or it has grown.
        if filled >= length {
            break;
        }
    }
    bytes.truncate(filled);
    if filled > length {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
