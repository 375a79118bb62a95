//! Text about files in the order of their paths, whatever the order in which they are done: the same on every run. What is
//! more than fits into a little memory waits in a temporary file, in sorted runs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path};

/// How much is sorted in memory at a time, bytes.
const RUN: usize = 16 << 20;

/// How much of each run is read at a time while they are merged, bytes.
const BUFFER: usize = 1 << 15;

/// What a line is sorted by: the path's components, and the order in which lines about one path came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: Vec<u8>,
    number: u64,
}

/// Takes text by path; gives it back in order.
#[derive(Default)]
pub struct Sorted {
    held: Vec<(Key, Vec<u8>)>,
    size: usize,
    count: u64,
    runs: Option<Runs>,
}

struct Runs {
    file: BufWriter<File>,
    /// Where each begins and ends, bytes.
    ranges: Vec<(u64, u64)>,
    end: u64,
}

impl Sorted {
    /// Takes text about a path; what is told of one path stays in its order.
    ///
    /// # Errors
    /// It cannot be put into a temporary file.
    pub fn push(&mut self, path: &Path, text: Vec<u8>) -> io::Result<()> {
        let key = Key {
            path: sortable(path),
            number: self.count,
        };
        self.count += 1;
        self.size += key.path.len() + text.len() + 64;
        self.held.push((key, text));
        match self.size < RUN {
            true => Ok(()),
            false => self.spill(),
        }
    }

    /// Writes the run in memory to the file.
    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        if self.runs.is_none() {
            self.runs = Some(Runs {
                file: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?),
                ranges: Vec::new(),
                end: 0,
            });
        }
        let runs = self.runs.as_mut().expect("made above");
        let start = runs.end;
        for (key, text) in self.held.drain(..) {
            for number in [key.number, key.path.len() as u64, text.len() as u64] {
                runs.file.write_all(&number.to_le_bytes())?;
            }
            runs.file.write_all(&key.path)?;
            runs.file.write_all(&text)?;
            runs.end += 24 + (key.path.len() + text.len()) as u64;
        }
        runs.ranges.push((start, runs.end));
        self.size = 0;
        Ok(())
    }

    /// Hands all text over in order.
    ///
    /// # Errors
    /// The temporary file cannot be read, or what `take` fails with.
    pub fn finish(mut self, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        if self.runs.is_none() {
            self.held.sort_unstable_by(|one, other| one.0.cmp(&other.0));
            return self.held.iter().try_for_each(|(_, text)| take(text));
        }
        self.spill()?;
        let Some(runs) = self.runs.take() else {
            return Ok(());
        };
        let file = runs.file.into_inner().map_err(|error| error.into_error())?;
        let mut readers: Vec<_> = runs
            .ranges
            .iter()
            .map(|range| Reader::new(&file, *range))
            .collect();
        let mut next = BinaryHeap::new();
        for (at, reader) in readers.iter_mut().enumerate() {
            next.extend(reader.line()?.map(|(key, text)| Reverse((key, at, text))));
        }
        while let Some(Reverse((_, at, text))) = next.pop() {
            take(&text)?;
            next.extend(
                readers[at]
                    .line()?
                    .map(|(key, text)| Reverse((key, at, text))),
            );
        }
        Ok(())
    }
}

/// Reads a run.
struct Reader<'f> {
    input: BufReader<Part<'f>>,
}

impl<'f> Reader<'f> {
    fn new(file: &'f File, (at, end): (u64, u64)) -> Reader<'f> {
        Reader {
            input: BufReader::with_capacity(BUFFER, Part { file, at, end }),
        }
    }

    fn line(&mut self) -> io::Result<Option<(Key, Vec<u8>)>> {
        let part = self.input.get_ref();
        if part.at == part.end && self.input.buffer().is_empty() {
            return Ok(None);
        }
        let mut numbers = [0; 3];
        for number in &mut numbers {
            let mut bytes = [0; 8];
            self.input.read_exact(&mut bytes)?;
            *number = u64::from_le_bytes(bytes);
        }
        let [number, path, text] = numbers;
        let mut bytes = |length: u64| {
            let mut bytes = vec![0; length as usize];
            self.input.read_exact(&mut bytes).map(|()| bytes)
        };
        let (path, text) = (bytes(path)?, bytes(text)?);
        Ok(Some((Key { path, number }, text)))
    }
}

/// A part of a file that several read at once.
struct Part<'f> {
    file: &'f File,
    at: u64,
    end: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let most = buffer.len().min(most);
        let mut file = self.file;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(&mut buffer[..most])?;
        self.at += read as u64;
        Ok(read)
    }
}

/// A path as it is sorted: component by component, so that what a folder holds stands together.
fn sortable(path: &Path) -> Vec<u8> {
    let mut key = Vec::with_capacity(path.as_os_str().len() + 1);
    for component in path.components() {
        if component != Component::CurDir {
            key.extend(component.as_os_str().as_encoded_bytes());
            // No name holds it.
            key.push(0);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_into_memory_comes_in_order() {
        let mut sorted = Sorted::default();
        let filler = "字".repeat(3_000);
        let mut expected = Vec::new();
        for number in 0..9_000_u64 {
            let (folder, name) = (number * 7919 % 90, number * 31 % 100);
            let path = format!("./in/{folder:02}/{name:03}.txt");
            let text = format!("{path} {number:05} {filler}\n");
            expected.push(text.clone());
            sorted
                .push(Path::new(&path), text.into_bytes())
                .expect("kept");
        }
        assert!(sorted.runs.is_some());
        expected.sort();
        let mut found = Vec::new();
        let taken = sorted.finish(|text| {
            found.push(String::from_utf8(text.to_vec()).expect("UTF-8"));
            Ok(())
        });
        taken.expect("read");
        assert!(found == expected);
    }

    #[test]
    fn what_a_folder_holds_stands_together() {
        let mut paths = ["a-b/x", "a/y", "a/b/x", "a.txt", "./a/c"].map(Path::new);
        paths.sort_by_key(|path| sortable(path));
        assert_eq!(
            paths,
            ["a/b/x", "./a/c", "a/y", "a-b/x", "a.txt"].map(Path::new)
        );
    }
}
