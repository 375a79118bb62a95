//! ZIP archives: members are rewritten one by one, everything around them is copied as it is.
//!
//! The structures are those of PKWARE's APPNOTE.TXT 6.3. Members that do not change are copied with their headers; of
//! those that do, the headers keep all but sizes, checksum and offset.

use std::fmt;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use rawzip::{ReaderAt, ZipArchive, ZipArchiveEntryWayfinder};

use super::compressed::Compression;
use super::limits::Limits;
use super::members::{Kind, Members, Names, Spool, spool};
use super::packed::Packed;
use crate::{ArchiveFault, Error, Format, Refusal};

/// What a local file header begins with, and its length without name and extra fields.
const LOCAL: (&[u8], usize) = (b"PK\x03\x04", 30);
/// The same of a record of the central directory, which has a comment too.
const CENTRAL: (&[u8], usize) = (b"PK\x01\x02", 46);
/// The signature of an archive without members.
const EMPTY: &[u8] = b"PK\x05\x06";
/// The extra field that holds what is too large for 32 bits.
const ZIP64: u16 = 1;
/// Flags: encrypted; sizes and checksum stand behind the data.
const ENCRYPTED: u16 = 1;
const DESCRIPTOR: u16 = 1 << 3;
/// In place of a number that stands in a ZIP64 record.
const ELSEWHERE: u64 = 0xFFFF_FFFF;

/// Whether a file that begins with `head` may be a ZIP archive.
pub fn begins(head: &[u8]) -> bool {
    head.starts_with(LOCAL.0) || head.starts_with(EMPTY)
}

/// An archive whose directory was read.
pub struct Archive<R> {
    archive: ZipArchive<Shared<R>>,
    /// In the directory's order.
    pub members: Vec<Member>,
}

impl<R> fmt::Debug for Archive<R> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Archive")
            .field("members", &self.members)
            .finish_non_exhaustive()
    }
}

/// A file that is read at any place.
struct Shared<R>(Mutex<R>);

impl<R: Read + Seek> ReaderAt for Shared<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read(buffer)
    }
}

/// A member, as the central directory has it.
#[derive(Debug)]
pub struct Member {
    /// Its name, for people and to tell formats.
    pub name: String,
    /// Its size, bytes.
    pub size: u64,
    kind: Kind,
    /// Its record as it stands there.
    record: Vec<u8>,
    offset: u64,
    packed: u64,
    way: ZipArchiveEntryWayfinder,
}

/// What a member's data became: checksum, packed size and size.
struct Rewritten {
    crc: u32,
    packed: u64,
    size: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the directory.
    ///
    /// # Errors
    /// It is damaged, or two members share bytes, which only decompression bombs do.
    pub fn open(mut file: R) -> Result<Archive<R>, Error> {
        let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let size = file.seek(SeekFrom::End(0))?;
        let archive = rawzip::ZipLocator::new()
            .locate_in_reader(Shared(Mutex::new(file)), &mut buffer, size)
            .map_err(|(_, error)| unread(0, error))?;
        let mut members = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        let directory = archive.directory_offset();
        loop {
            let entry = entries
                .next_entry()
                .map_err(|error| unread(directory, error))?;
            let Some(entry) = entry else {
                break;
            };
            let record = record(archive.get_ref(), entry.central_directory_offset())?;
            let name = name_of(&record, CENTRAL.1, 28);
            let mode = entry.external_attributes() >> 16;
            let kind = match mode & 0o170000 {
                _ if name.ends_with(b"/") => Kind::Directory,
                0o120000 => Kind::Link,
                _ => Kind::File,
            };
            members.push(Member {
                name: String::from_utf8_lossy(name).into_owned(),
                size: entry.uncompressed_size_hint(),
                kind,
                offset: entry.local_header_offset(),
                packed: entry.compressed_size_hint(),
                way: entry.wayfinder(),
                record,
            });
        }
        let archive = Archive { archive, members };
        archive.refuse_overlap()?;
        Ok(archive)
    }

    /// The members in the order in which they lie in the file.
    fn in_place(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.members.len()).collect();
        order.sort_by_key(|at| self.members[*at].offset);
        order
    }

    fn refuse_overlap(&self) -> Result<(), Error> {
        let mut free = 0;
        for at in self.in_place() {
            let member = &self.members[at];
            if member.offset < free {
                return Err(member.refused(Refusal::SharesBytes));
            }
            free = member.offset.saturating_add(member.packed);
            if free > self.archive.directory_offset() {
                return Err(damaged(member.offset, ArchiveFault::ReachesDirectory));
            }
        }
        Ok(())
    }

    /// What a member unpacks to; its checksum and size are checked at the end.
    pub fn reader<'a>(
        &'a self,
        member: &Member,
        limits: &'a Limits,
    ) -> Result<impl Read + use<'a, R>, Error> {
        if member.number16(8) & ENCRYPTED != 0 {
            return Err(member.refused(Refusal::Encrypted));
        }
        let compression = member.compression()?;
        let entry = self
            .archive
            .get_entry(member.way)
            .map_err(|error| unread(member.offset, error))?;
        let data = BufReader::with_capacity(1 << 15, entry.reader());
        let unpacked = compression.unpack(data, limits)?;
        Ok(entry.verifying_reader(unpacked))
    }

    /// Writes the archive with what became of its members.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Refused`], [`Error::Io`], and what `members` fails with.
    pub fn rewrite<M: Members>(
        &self,
        limits: &Limits,
        members: &mut M,
        output: &mut dyn Write,
    ) -> Result<(), M::Error> {
        self.check_names(limits)?;
        let source = self.archive.get_ref();
        let order = self.in_place();
        let directory = self.archive.directory_offset();
        let mut output = Counted { output, written: 0 };
        let first = order
            .first()
            .map_or(directory, |at| self.members[*at].offset);
        copy(source, 0..first, &mut output)?;
        let mut became: Vec<(u64, Option<Rewritten>)> = Vec::new();
        became.resize_with(self.members.len(), || (0, None));
        for (place, at) in order.iter().enumerate() {
            let member = &self.members[*at];
            let next = order.get(place + 1);
            let end = next.map_or(directory, |next| self.members[*next].offset);
            let local = self.local_header(member)?;
            let offset = output.written;
            let changed = match member.kind {
                Kind::File if member.size > 0 => self.rewrite_member(member, limits, members)?,
                _ => None,
            };
            match changed {
                None => {
                    copy(source, member.offset..end, &mut output)?;
                    became[*at] = (offset, None);
                }
                Some((mut data, rewritten)) => {
                    output.write_all(&member.new_local_header(&local, &rewritten)?)?;
                    data.rewind()?;
                    io::copy(&mut data, &mut output)?;
                    let old_end = member.end(source, &local)?;
                    copy(source, old_end..end, &mut output)?;
                    became[*at] = (offset, Some(rewritten));
                }
            }
        }
        Ok(self.write_directory(&became, &mut output)?)
    }

    /// What a member's data became, packed; `None` if it stays as it is.
    fn rewrite_member<E: From<Error> + From<io::Error>>(
        &self,
        member: &Member,
        limits: &Limits,
        members: &mut impl Members<Error = E>,
    ) -> Result<Option<(Spool, Rewritten)>, E> {
        let mut reader = self.reader(member, limits)?;
        let mut packed = Packed::new(member.compression()?);
        if members.writes_changes_only() {
            if !members.member(&member.name, &mut reader, &mut packed)? {
                return Ok(None);
            }
        } else {
            let mut result = spool();
            if !members.member(&member.name, &mut reader, &mut result)? {
                return Ok(None);
            }
            result.rewind()?;
            io::copy(&mut result, &mut packed)?;
        }
        let (mut data, crc, size) = packed.finish()?;
        let rewritten = Rewritten {
            crc,
            packed: data.seek(SeekFrom::End(0))?,
            size,
        };
        Ok(Some((data, rewritten)))
    }

    /// A member's local header, with name and extra fields.
    fn local_header(&self, member: &Member) -> Result<Vec<u8>, Error> {
        let source = self.archive.get_ref();
        let cut = |_| damaged(member.offset, ArchiveFault::MemberHeaderCut);
        let mut header = vec![0; LOCAL.1];
        source
            .read_exact_at(&mut header, member.offset)
            .map_err(cut)?;
        if !header.starts_with(LOCAL.0) {
            return Err(damaged(member.offset, ArchiveFault::NoMemberHere));
        }
        let length =
            LOCAL.1 + usize::from(number16(&header, 26)) + usize::from(number16(&header, 28));
        header.resize(length, 0);
        source
            .read_exact_at(&mut header, member.offset)
            .map_err(cut)?;
        if name_of(&header, LOCAL.1, 26) != name_of(&member.record, CENTRAL.1, 28) {
            return Err(damaged(member.offset, ArchiveFault::OtherName));
        }
        Ok(header)
    }

    fn check_names(&self, limits: &Limits) -> Result<(), Error> {
        let mut names = Names::default();
        for member in &self.members {
            let mut target = Vec::new();
            if let Kind::Link = member.kind {
                let most = 1 << 16;
                self.reader(member, limits)?
                    .take(most)
                    .read_to_end(&mut target)?;
            }
            let name = name_of(&member.record, CENTRAL.1, 28);
            names.add(name, member.kind, &target)?;
        }
        Ok(())
    }

    /// Writes the central directory and what ends the archive.
    fn write_directory(
        &self,
        became: &[(u64, Option<Rewritten>)],
        output: &mut Counted<'_>,
    ) -> Result<(), Error> {
        let source = self.archive.get_ref();
        let start = output.written;
        for (member, (offset, rewritten)) in self.members.iter().zip(became) {
            output.write_all(&member.new_record(*offset, rewritten.as_ref()))?;
        }
        let size = output.written - start;
        let count = self.members.len() as u64;
        let end = self.archive.eocd_offset();
        let mut locator = [0; 4];
        if let Some(before) = end.checked_sub(20) {
            source.read_exact_at(&mut locator, before)?;
        }
        if &locator == b"PK\x06\x07" || count >= 0xFFFF || size.max(start) >= ELSEWHERE {
            let zip64 = output.written;
            let mut record = Vec::with_capacity(76);
            record.extend(b"PK\x06\x06");
            record.extend(44u64.to_le_bytes());
            // Version 4.5 has ZIP64; made by and needed.
            record.extend([45, 3, 45, 0]);
            record.extend([0; 8]);
            for number in [count, count, size, start] {
                record.extend(number.to_le_bytes());
            }
            record.extend(b"PK\x06\x07");
            record.extend([0; 4]);
            record.extend(zip64.to_le_bytes());
            record.extend(1u32.to_le_bytes());
            output.write_all(&record)?;
        }
        let mut record = vec![0; 22];
        source.read_exact_at(&mut record, end)?;
        for place in [8, 10] {
            put(
                &mut record,
                place,
                &(count.min(0xFFFF) as u16).to_le_bytes(),
            );
        }
        put(&mut record, 12, &(size.min(ELSEWHERE) as u32).to_le_bytes());
        put(
            &mut record,
            16,
            &(start.min(ELSEWHERE) as u32).to_le_bytes(),
        );
        output.write_all(&record)?;
        // The archive's comment, and whatever follows.
        copy(source, end + 22..u64::MAX, output)
    }
}

impl Member {
    /// How its data is packed.
    fn compression(&self) -> Result<Compression, Error> {
        Ok(match self.number16(10) {
            0 => Compression::Stored,
            8 => Compression::Deflate,
            12 => Compression::Bzip2,
            93 => Compression::Zstd,
            95 => Compression::Xz,
            method => return Err(self.refused(Refusal::Method { method })),
        })
    }

    fn number16(&self, at: usize) -> u16 {
        number16(&self.record, at)
    }

    fn refused(&self, cause: Refusal) -> Error {
        Error::Refused {
            name: self.name.clone(),
            cause,
        }
    }

    /// Where what belongs to it ends: its data, or what follows with sizes and checksum.
    fn end(&self, source: &impl ReaderAt, local: &[u8]) -> Result<u64, Error> {
        let end = self.offset + local.len() as u64 + self.packed;
        if number16(local, 6) & DESCRIPTOR == 0 {
            return Ok(end);
        }
        let mut signature = [0; 4];
        source.read_exact_at(&mut signature, end)?;
        let signed = if &signature == b"PK\x07\x08" { 4 } else { 0 };
        let (_, extra) = local[LOCAL.1..].split_at(usize::from(number16(local, 26)));
        let sizes = if extra_fields(extra).any(|(id, _)| id == ZIP64) {
            16
        } else {
            8
        };
        Ok(end + signed + 4 + sizes)
    }

    /// Its local header for new data.
    fn new_local_header(&self, old: &[u8], new: &Rewritten) -> Result<Vec<u8>, Error> {
        if new.size.max(new.packed) >= ELSEWHERE {
            return Err(self.refused(Refusal::TooLarge));
        }
        let (name, extra) = old[LOCAL.1..].split_at(usize::from(number16(old, 26)));
        let extra = without_zip64(extra);
        let mut header = old[..LOCAL.1].to_vec();
        let flags = number16(old, 6) & !DESCRIPTOR;
        put(&mut header, 6, &flags.to_le_bytes());
        put(&mut header, 14, &new.crc.to_le_bytes());
        put(&mut header, 18, &(new.packed as u32).to_le_bytes());
        put(&mut header, 22, &(new.size as u32).to_le_bytes());
        put(&mut header, 28, &(extra.len() as u16).to_le_bytes());
        header.extend(name);
        header.extend(extra);
        Ok(header)
    }

    /// Its record in the directory for where it lies now, and what it holds.
    fn new_record(&self, offset: u64, new: Option<&Rewritten>) -> Vec<u8> {
        if new.is_none() && offset == self.offset {
            return self.record.clone();
        }
        let old = &self.record;
        let (name, rest) = old[CENTRAL.1..].split_at(usize::from(self.number16(28)));
        let (extra, comment) = rest.split_at(usize::from(self.number16(30)));
        let (packed, size) = new.map_or((self.packed, self.size), |new| (new.packed, new.size));
        let mut record = old[..CENTRAL.1].to_vec();
        if let Some(new) = new {
            let flags = self.number16(8) & !DESCRIPTOR;
            put(&mut record, 8, &flags.to_le_bytes());
            put(&mut record, 16, &new.crc.to_le_bytes());
        }
        let mut large = Vec::new();
        for (place, number) in [(24, size), (20, packed), (42, offset)] {
            put(
                &mut record,
                place,
                &(number.min(ELSEWHERE) as u32).to_le_bytes(),
            );
            if number >= ELSEWHERE {
                large.extend(number.to_le_bytes());
            }
        }
        let mut extra = without_zip64(extra);
        if !large.is_empty() {
            let mut field = ZIP64.to_le_bytes().to_vec();
            field.extend((large.len() as u16).to_le_bytes());
            field.extend(large);
            extra.splice(0..0, field);
        }
        put(&mut record, 30, &(extra.len() as u16).to_le_bytes());
        // There is one disk.
        put(&mut record, 34, &[0, 0]);
        record.extend(name);
        record.extend(extra);
        record.extend(comment);
        record
    }
}

/// The record of the central directory that begins at `offset`.
fn record(source: &impl ReaderAt, offset: u64) -> Result<Vec<u8>, Error> {
    let mut record = vec![0; CENTRAL.1];
    source.read_exact_at(&mut record, offset)?;
    let rest: usize = [28, 30, 32]
        .iter()
        .map(|at| usize::from(number16(&record, *at)))
        .sum();
    record.resize(CENTRAL.1 + rest, 0);
    source.read_exact_at(&mut record, offset)?;
    Ok(record)
}

/// The name in a header or record; its length stands at `length_at`.
fn name_of(header: &[u8], fixed: usize, length_at: usize) -> &[u8] {
    &header[fixed..fixed + usize::from(number16(header, length_at))]
}

/// The extra fields: each one's number, and itself with its header.
fn extra_fields(mut extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        if extra.len() < 4 {
            return None;
        }
        let length = (4 + usize::from(number16(extra, 2))).min(extra.len());
        let (field, rest) = extra.split_at(length);
        extra = rest;
        Some((number16(field, 0), field))
    })
}

/// The extra fields without the one for large numbers.
fn without_zip64(extra: &[u8]) -> Vec<u8> {
    let known: usize = extra_fields(extra).map(|(_, field)| field.len()).sum();
    let mut kept: Vec<u8> = extra_fields(extra)
        .filter(|(id, _)| *id != ZIP64)
        .flat_map(|(_, field)| field.iter().copied())
        .collect();
    kept.extend(&extra[known..]);
    kept
}

fn number16(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn put(bytes: &mut [u8], at: usize, number: &[u8]) {
    bytes[at..at + number.len()].copy_from_slice(number);
}

/// What rawzip finds wrong with a directory.
fn unread(offset: u64, error: rawzip::Error) -> Error {
    use rawzip::ErrorKind;
    let cause = match error.into_kind() {
        ErrorKind::IO(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            return Error::Io(error);
        }
        ErrorKind::IO(_) | ErrorKind::Eof => ArchiveFault::DirectoryCut,
        ErrorKind::MissingEndOfCentralDirectory => ArchiveFault::NoDirectory,
        _ => ArchiveFault::BadDirectory,
    };
    damaged(offset, cause)
}

fn damaged(offset: u64, cause: ArchiveFault) -> Error {
    Error::Damaged {
        format: Format::Zip,
        offset,
        cause,
    }
}

/// Copies a range of the file, or what there is of it.
fn copy(
    source: &impl ReaderAt,
    range: std::ops::Range<u64>,
    output: &mut Counted<'_>,
) -> Result<(), Error> {
    let mut buffer = vec![0; 1 << 16];
    let mut at = range.start;
    while at < range.end {
        let wanted = (range.end - at).min(buffer.len() as u64) as usize;
        let length = source.read_at(&mut buffer[..wanted], at)?;
        if length == 0 {
            break;
        }
        output.write_all(&buffer[..length])?;
        at += length as u64;
    }
    Ok(())
}

/// The output, and how much was written.
struct Counted<'a> {
    output: &'a mut dyn Write,
    written: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.output.write(bytes)?;
        self.written += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
