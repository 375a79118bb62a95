//! The lists that runs leave in folders, a line for each file. Whoever can write there may have put anything in their place.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

use super::dir::Dir;
use super::interrupt;
use super::told::told;

/// The longest line, bytes: names and paths are far shorter, whatever is escaped in them.
const LONGEST_LINE: u64 = 1 << 18;

/// Reads a list line by line, in bounded memory; what is longer than a line can be comes in pieces that are none.
///
/// # Errors
/// It cannot be read, or is no regular file.
pub fn read(file: File, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    check(&file)?;
    let mut input = BufReader::with_capacity(1 << 16, file);
    let mut line = Vec::new();
    loop {
        interrupt::check()?;
        line.clear();
        let mut most = input.by_ref().take(LONGEST_LINE);
        if most.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        take(&line);
    }
}

/// Opens a folder's list to add lines, and ends its last one, which a killed run may have left in the middle.
///
/// # Errors
/// It cannot be read or written, or is no regular file.
pub fn add_to(dir: &Dir, name: &str) -> io::Result<File> {
    let mut file = dir.appended(name.as_ref())?;
    check(&file)?;
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last != [b'\n'] {
        file.write_all(b"\n")?;
    }
    Ok(file)
}

fn check(file: &File) -> io::Result<()> {
    match file.metadata()?.is_file() {
        true => Ok(()),
        false => {
            let told = told!(
                "it is no regular file; move it away",
                "它不是普通文件；请把它移走"
            );
            Err(told.into_io(io::ErrorKind::Other))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_takes_more_memory_than_its_lines() {
        let mut file = tempfile::tempfile().expect("made");
        file.write_all(b"one\n").expect("written");
        file.set_len(64 << 20).expect("set");
        file.seek(SeekFrom::End(0)).expect("sought");
        file.write_all(b"\ntwo").expect("written");
        file.rewind().expect("rewound");
        let mut lines = Vec::new();
        read(file, |line| {
            assert!(line.len() as u64 <= LONGEST_LINE);
            lines.extend((line[0] != 0).then(|| line.to_vec()));
        })
        .expect("read");
        assert_eq!(lines, [&b"one\n"[..], b"two"]);
    }
}
