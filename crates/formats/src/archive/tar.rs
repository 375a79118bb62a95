//! TAR archives: read and written as a stream, member by member.
//!
//! The blocks are those of POSIX.1-2017 (pax), with GNU tar's long names and sparse files. Headers of members that do not
//! change are copied; of those that do, size and checksum are written anew.

use std::io::{self, Read, Seek, Write};

use tar::{EntryType, Header, PaxExtensions};

use super::members::{Kind, Members, Names, spool};
use crate::{ArchiveFault, Error, Format};

/// All things in an archive begin at a multiple of this, bytes.
const BLOCK: usize = 512;

/// The longest that a member's names, attributes and sparse map may be, together; bytes. They are held in memory, several
/// times.
const LONGEST: u64 = 8 << 20;

/// How much of a member is looked at before it is read whole, bytes.
const LOOK: u64 = 1 << 16;

/// Whether a file that begins with `head` is a TAR archive: its first block is a header with a right checksum.
pub fn begins(head: &[u8]) -> bool {
    head.len() >= BLOCK && head[0] != 0 && is_sound(&head[..BLOCK])
}

fn is_sound(block: &[u8]) -> bool {
    let sum: u32 = block[..148]
        .iter()
        .chain(&block[156..])
        .map(|byte| u32::from(*byte))
        .sum();
    Header::from_byte_slice(block)
        .cksum()
        .is_ok_and(|told| told == sum + 8 * u32::from(b' '))
}

/// An archive on its way through.
struct Archive<'a, M> {
    input: &'a mut dyn Read,
    output: &'a mut dyn Write,
    members: &'a mut M,
    names: Names,
    /// How much was read, bytes.
    offset: u64,
}

/// What extension headers say of the member that follows, and the blocks they stand in.
#[derive(Default)]
struct Extension {
    blocks: Vec<u8>,
    name: Option<Vec<u8>>,
    target: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

/// Writes the archive with what became of its members. Reads `input` to its end.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Refused`], [`Error::Io`], and what `members` fails with.
pub fn rewrite<M: Members>(
    input: &mut dyn Read,
    members: &mut M,
    output: &mut dyn Write,
) -> Result<(), M::Error> {
    let mut archive = Archive {
        input,
        output,
        members,
        names: Names::default(),
        offset: 0,
    };
    let mut extension = Extension::default();
    while let Some(block) = archive.block()? {
        if block.iter().all(|byte| *byte == 0) {
            archive.output.write_all(&block)?;
            return Ok(archive.end()?);
        }
        if !is_sound(&block) {
            return Err(archive.damaged(ArchiveFault::NoHeader).into());
        }
        match Header::from_byte_slice(&block).entry_type() {
            EntryType::GNULongName | EntryType::GNULongLink | EntryType::XHeader => {
                archive.extension(&block, &mut extension)?;
            }
            _ => archive.member(block, std::mem::take(&mut extension))?,
        }
    }
    if extension.blocks.is_empty() {
        return Ok(());
    }
    Err(archive.damaged(ArchiveFault::NoMember).into())
}

impl<M: Members> Archive<'_, M> {
    /// The next block; `None` at the end.
    fn block(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let mut block = Vec::with_capacity(BLOCK);
        Read::take(&mut *self.input, BLOCK as u64).read_to_end(&mut block)?;
        self.offset += block.len() as u64;
        match block.len() {
            0 => Ok(None),
            BLOCK => Ok(Some(block)),
            _ => Err(self.damaged(ArchiveFault::HeaderCut)),
        }
    }

    /// The end: nothing but padding may follow.
    fn end(&mut self) -> Result<(), Error> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = self.input.read(&mut buffer)?;
            if length == 0 {
                return Ok(());
            }
            if buffer[..length].iter().any(|byte| *byte != 0) {
                return Err(self.damaged(ArchiveFault::AfterEnd));
            }
            self.offset += length as u64;
            self.output.write_all(&buffer[..length])?;
        }
    }

    /// Reads what an extension header says.
    fn extension(&mut self, block: &[u8], extension: &mut Extension) -> Result<(), Error> {
        let header = Header::from_byte_slice(block);
        let size = self.size(header)?;
        if size > LONGEST || extension.blocks.len() as u64 + size > LONGEST {
            return Err(self.damaged(ArchiveFault::LongAttributes));
        }
        let mut data = Vec::new();
        self.copy(size, &mut data)?;
        extension.blocks.extend(block);
        extension.blocks.extend(&data);
        data.truncate(size as usize);
        match header.entry_type() {
            EntryType::GNULongName => extension.name = Some(without_end(data)),
            EntryType::GNULongLink => extension.target = Some(without_end(data)),
            _ => self.attributes(&data, extension)?,
        }
        Ok(())
    }

    fn attributes(&mut self, data: &[u8], extension: &mut Extension) -> Result<(), Error> {
        for record in PaxExtensions::new(data) {
            let record = record.map_err(|_| self.damaged(ArchiveFault::BadAttribute))?;
            let value = record.value_bytes();
            match record.key_bytes() {
                b"path" => extension.name = Some(value.to_vec()),
                b"linkpath" => extension.target = Some(value.to_vec()),
                b"size" => {
                    let size = str::from_utf8(value)
                        .ok()
                        .and_then(|size| size.parse().ok());
                    extension.size = Some(size.ok_or_else(|| self.damaged(ArchiveFault::NoSize))?);
                }
                key if key.starts_with(b"GNU.sparse.") => extension.sparse = true,
                _ => {}
            }
        }
        Ok(())
    }

    /// One member: checked, and rewritten if it is a file.
    fn member(&mut self, mut block: Vec<u8>, mut extension: Extension) -> Result<(), M::Error> {
        let header = Header::from_byte_slice(&block);
        let size = match extension.size {
            Some(size) => size,
            None => self.size(header)?,
        };
        let name = extension
            .name
            .take()
            .unwrap_or_else(|| header.path_bytes().into_owned());
        let target = extension.target.take();
        let target = target.or_else(|| header.link_name_bytes().map(|name| name.into_owned()));
        let entry_type = header.entry_type();
        let kind = match entry_type {
            EntryType::Symlink => Kind::Link,
            EntryType::Link => Kind::HardLink,
            EntryType::Directory => Kind::Directory,
            _ if name.ends_with(b"/") => Kind::Directory,
            _ => Kind::File,
        };
        let is_named =
            !matches!(entry_type, EntryType::XGlobalHeader) && entry_type.as_byte() != b'V';
        if is_named {
            self.names.add(&name, kind, &target.unwrap_or_default())?;
        }
        let mut headers = std::mem::take(&mut extension.blocks);
        if entry_type == EntryType::GNUSparse {
            headers.extend(&block);
            self.sparse_map(&block, &mut headers)?;
            self.output.write_all(&headers)?;
            return Ok(self.pass(size)?);
        }
        let is_file = kind == Kind::File && (entry_type.is_file() || entry_type.is_contiguous());
        if !is_file || extension.sparse || size == 0 {
            headers.extend(&block);
            self.output.write_all(&headers)?;
            return Ok(self.pass(size)?);
        }
        let mut head = Vec::new();
        Read::take(&mut *self.input, LOOK.min(size)).read_to_end(&mut head)?;
        self.offset += head.len() as u64;
        if (head.len() as u64) < LOOK.min(size) {
            return Err(self.damaged(ArchiveFault::MemberCut).into());
        }
        let shown = String::from_utf8_lossy(&name);
        if self.members.keeps(&shown, &head) {
            headers.extend(&block);
            self.output.write_all(&headers)?;
            self.output.write_all(&head)?;
            return Ok(self.pass_rest(size, head.len() as u64)?);
        }
        let mut old = spool();
        old.write_all(&head)?;
        self.copy_rest(size, head.len() as u64, &mut old, false)?;
        drop(head);
        old.rewind()?;
        let mut new = spool();
        let changed = self.members.member(&shown, &mut old, &mut new)?;
        let mut data = if changed { new } else { old };
        let new_size = data.seek(io::SeekFrom::End(0))?;
        data.rewind()?;
        if new_size != size {
            if extension.size.is_some() {
                headers = self.resized(&headers, new_size)?;
            }
            let header = Header::from_byte_slice(&block);
            let mut header = header.clone();
            header.set_size(new_size);
            header.set_cksum();
            block = header.as_bytes().to_vec();
        }
        headers.extend(&block);
        self.output.write_all(&headers)?;
        io::copy(&mut data, &mut self.output)?;
        self.output.write_all(&vec![0; padding(new_size)])?;
        Ok(())
    }

    /// Reads the blocks of a GNU sparse file's map that did not fit into its header.
    fn sparse_map(&mut self, header: &[u8], headers: &mut Vec<u8>) -> Result<(), Error> {
        // The flags that more follows: byte 482 of the header, byte 504 of a block of the map.
        let mut more = header[482] != 0;
        while more {
            let block = self.block()?;
            let block = block.ok_or_else(|| self.damaged(ArchiveFault::SparseCut))?;
            more = block[504] != 0;
            if headers.len() as u64 > LONGEST {
                return Err(self.damaged(ArchiveFault::SparseLong));
            }
            headers.extend(block);
        }
        Ok(())
    }

    /// Extension headers with another size for the member that follows.
    fn resized(&self, blocks: &[u8], size: u64) -> Result<Vec<u8>, Error> {
        let mut result = Vec::with_capacity(blocks.len());
        let mut rest = blocks;
        while !rest.is_empty() {
            let (block, behind) = rest.split_at(BLOCK);
            let mut header = Header::from_byte_slice(block).clone();
            let length = self.size(&header)? as usize;
            let (data, behind) = behind.split_at(length + padding(length as u64));
            rest = behind;
            if header.entry_type() != EntryType::XHeader {
                result.extend(block);
                result.extend(data);
                continue;
            }
            let mut records = Vec::new();
            for record in PaxExtensions::new(&data[..length]) {
                let record = record?;
                let size = size.to_string();
                let value = match record.key_bytes() {
                    b"size" => size.as_bytes(),
                    _ => record.value_bytes(),
                };
                attribute(record.key_bytes(), value, &mut records);
            }
            header.set_size(records.len() as u64);
            header.set_cksum();
            result.extend(header.as_bytes());
            let fill = padding(records.len() as u64);
            result.extend(records);
            result.resize(result.len() + fill, 0);
        }
        Ok(result)
    }

    fn size(&self, header: &Header) -> Result<u64, Error> {
        header
            .entry_size()
            .map_err(|_| self.damaged(ArchiveFault::NoSize))
    }

    /// Copies a member's data to the output.
    fn pass(&mut self, size: u64) -> Result<(), Error> {
        self.pass_rest(size, 0)
    }

    fn pass_rest(&mut self, size: u64, read: u64) -> Result<(), Error> {
        let length = self.rest(size, read, true)?;
        let copied = io::copy(&mut Read::take(&mut *self.input, length), &mut self.output)?;
        self.copied(copied, length)
    }

    /// Copies data and its padding.
    fn copy(&mut self, size: u64, output: &mut dyn Write) -> Result<(), Error> {
        self.copy_rest(size, 0, output, true)
    }

    /// Copies what is left of a member's data; its padding is copied too, or passed over.
    fn copy_rest(
        &mut self,
        size: u64,
        read: u64,
        output: &mut dyn Write,
        pad: bool,
    ) -> Result<(), Error> {
        let length = self.rest(size, read, pad)?;
        let copied = io::copy(&mut Read::take(&mut *self.input, length), output)?;
        self.copied(copied, length)?;
        if !pad {
            let length = padding(size) as u64;
            let passed = io::copy(&mut Read::take(&mut *self.input, length), &mut io::sink())?;
            self.copied(passed, length)?;
        }
        Ok(())
    }

    fn rest(&self, size: u64, read: u64, pad: bool) -> Result<u64, Error> {
        let fill = if pad { padding(size) as u64 } else { 0 };
        let length = (size - read).checked_add(fill);
        length.ok_or_else(|| self.damaged(ArchiveFault::LargeSize))
    }

    fn copied(&mut self, copied: u64, length: u64) -> Result<(), Error> {
        self.offset += copied;
        if copied < length {
            return Err(self.damaged(ArchiveFault::MemberCut));
        }
        Ok(())
    }

    fn damaged(&self, cause: ArchiveFault) -> Error {
        Error::Damaged {
            format: Format::Tar,
            offset: self.offset,
            cause,
        }
    }
}

/// How many bytes fill the last block of data of this size.
fn padding(size: u64) -> usize {
    (size.wrapping_neg() % BLOCK as u64) as usize
}

fn without_end(mut name: Vec<u8>) -> Vec<u8> {
    if let Some(end) = name.iter().position(|byte| *byte == 0) {
        name.truncate(end);
    }
    name
}

/// Writes an attribute as pax has it: its length, which counts itself, name and value.
fn attribute(key: &[u8], value: &[u8], records: &mut Vec<u8>) {
    // A space, an equals sign, a newline.
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    records.extend(length.to_string().bytes());
    records.push(b' ');
    records.extend(key);
    records.push(b'=');
    records.extend(value);
    records.push(b'\n');
}
