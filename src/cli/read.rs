//! A file as it was when it was opened.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use jianti::{Error, Normalizer, Outcome};

/// Files up to this size are read whole; larger ones are streams. Bytes.
const WHOLE: u64 = 8 << 20;

/// How much of a larger file tells what it is, bytes.
pub const LOOK: usize = 512;

/// A file that was opened, and read as far as that takes to tell what it is.
pub struct Source {
    /// The file; reading goes on behind `front`.
    pub file: File,
    /// Of the file, before it was read.
    pub metadata: Metadata,
    front: Vec<u8>,
    is_whole: bool,
}

impl Source {
    /// Opens a file and reads its front: of a small one, all there is; of what is no regular file, nothing.
    pub fn open(path: &Path) -> io::Result<Source> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
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

    /// All there is, however large.
    pub fn into_bytes(mut self) -> io::Result<Vec<u8>> {
        if !self.is_whole {
            self.file.read_to_end(&mut self.front)?;
        }
        Ok(self.front)
    }

    /// Normalises the document in a file that is to be read as a stream.
    pub fn normalize_stream(
        &mut self,
        normalizer: &Normalizer,
        path: &Path,
        output: &mut dyn io::Write,
    ) -> Result<Outcome, Error> {
        let mut input = self.front.chain(&self.file);
        normalizer.normalize_stream_named(path, &mut input, output)
    }
}

/// Reads a file that is this long, or was a moment ago.
fn read_whole(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let length = length as usize;
    let mut bytes = vec![0; length + 1];
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
