//! The records of a web archive, one after another.

use std::collections::HashMap;
use std::io::{self, BufRead, Read, Write};
use std::ops::Range;

use super::body::LARGEST;
use super::digest::{self, Sum};
use super::magic::begins;
use super::page;
use super::records::{Kept, Records};
use crate::fields::{ContentType, Field, fields};
use crate::{ArchiveFault, Error, Format};

/// The longest header, bytes; what is longer is none.
const LONGEST_HEADER: usize = 1 << 20;

/// An archive on its way through.
pub(super) struct Archive<'r, R> {
    records: &'r mut R,
    /// How much was read, bytes, without compression.
    offset: u64,
    /// The checksums of the pages that changed, and what became of them: records that say a page is the same as before
    /// tell its checksum.
    sums: HashMap<Sum, Sum>,
}

/// A record's header and its block.
type Rewritten = (Vec<u8>, Vec<u8>);

/// A record's header.
struct Header {
    bytes: Vec<u8>,
    fields: Vec<Field>,
}

impl Header {
    /// The value of a field: where it stands, and what it says.
    fn find(&self, wanted: &str) -> Option<(Range<usize>, &str)> {
        let mut named = self
            .fields
            .iter()
            .filter(|field| field.name(&self.bytes) == wanted);
        let value = named.next()?.value.clone();
        let text = str::from_utf8(&self.bytes[value.clone()]).ok()?;
        let start = value.start + text.len() - text.trim_start().len();
        Some((start..start + text.trim().len(), text.trim()))
    }

    fn value(&self, wanted: &str) -> &str {
        self.find(wanted).map_or("", |(_, value)| value)
    }

    /// The media type of the block.
    fn media_type(&self) -> String {
        let field = self
            .fields
            .iter()
            .find(|field| field.name(&self.bytes) == "content-type");
        field.map_or(String::new(), |field| {
            ContentType::read(&self.bytes, field.value.clone()).name
        })
    }

    /// The header with other values.
    fn with(&self, mut edits: Vec<(Range<usize>, String)>) -> Vec<u8> {
        edits.sort_by_key(|(range, _)| range.start);
        let mut out = Vec::with_capacity(self.bytes.len() + 8);
        let mut done = 0;
        for (range, new) in edits {
            out.extend(&self.bytes[done..range.start]);
            out.extend(new.bytes());
            done = range.end;
        }
        out.extend(&self.bytes[done..]);
        out
    }

    /// Whether the block may hold a page; without the header of HTTP that tells.
    fn may_hold_page(&self) -> bool {
        let kind = self.media_type();
        let is_page = match self.value("warc-type") {
            "response" => kind == "application/http" || page::name(&kind).is_some(),
            "resource" | "conversion" => page::name(&kind).is_some(),
            _ => false,
        };
        // A page in several records is none in each.
        is_page && self.find("warc-segment-number").is_none()
    }
}

impl<'r, R: Records> Archive<'r, R> {
    pub fn new(records: &'r mut R) -> Self {
        Archive {
            records,
            offset: 0,
            sums: HashMap::new(),
        }
    }

    /// Rewrites all records of `input`; true if one changed.
    pub fn records(
        &mut self,
        input: &mut dyn BufRead,
        output: &mut dyn Write,
    ) -> Result<bool, R::Error> {
        let mut changed = false;
        while self.between(input, output)? {
            let header = self.header(input)?;
            let length = header.value("content-length").parse::<u64>();
            let length = length.map_err(|_| self.damaged(ArchiveFault::NoContentLength))?;
            if length > LARGEST || !header.may_hold_page() {
                let header = self.same_page(&header);
                changed |= header.1;
                output.write_all(&header.0)?;
                let copied = io::copy(&mut Read::take(&mut *input, length), output)?;
                self.count(copied, length)?;
                self.records.kept(Kept::NoText);
                continue;
            }
            let mut block = Vec::new();
            Read::take(&mut *input, length).read_to_end(&mut block)?;
            self.count(block.len() as u64, length)?;
            match self.rewritten(&header, &block)? {
                Some((header, block)) => {
                    changed = true;
                    output.write_all(&header)?;
                    output.write_all(&block)?;
                }
                None => {
                    output.write_all(&header.bytes)?;
                    output.write_all(&block)?;
                }
            }
        }
        Ok(changed)
    }

    /// Copies the line ends between two records; whether another follows.
    fn between(
        &mut self,
        input: &mut dyn BufRead,
        output: &mut dyn Write,
    ) -> Result<bool, R::Error> {
        loop {
            let front = input.fill_buf()?;
            let length = front
                .iter()
                .take_while(|byte| b"\r\n".contains(byte))
                .count();
            if length == 0 {
                return Ok(!front.is_empty());
            }
            output.write_all(&front[..length])?;
            input.consume(length);
            self.offset += length as u64;
        }
    }

    /// Reads a record's header, with the empty line behind it.
    fn header(&mut self, input: &mut dyn BufRead) -> Result<Header, R::Error> {
        let mut bytes = Vec::new();
        let mut first = 0;
        loop {
            let start = bytes.len();
            let rest = (LONGEST_HEADER - start) as u64;
            Read::take(&mut *input, rest).read_until(b'\n', &mut bytes)?;
            let line = &bytes[start..];
            if start == 0 {
                first = line.len();
                if !begins(line) {
                    return Err(self.damaged(ArchiveFault::NoRecord).into());
                }
            }
            if !line.ends_with(b"\n") {
                return Err(self.damaged(ArchiveFault::HeaderNoEnd).into());
            }
            if line.trim_ascii().is_empty() {
                break;
            }
        }
        let (fields, behind) = fields(&bytes, first..bytes.len());
        if behind.start != bytes.len() {
            return Err(self.damaged(ArchiveFault::NoField).into());
        }
        self.offset += bytes.len() as u64;
        Ok(Header { bytes, fields })
    }

    /// The header of a record that is no page, and whether it changed: it may tell the checksum of one that changed.
    fn same_page(&self, header: &Header) -> (Vec<u8>, bool) {
        let found = header
            .find("warc-payload-digest")
            .filter(|_| header.value("warc-type") == "revisit");
        let new = found.and_then(|(range, old)| {
            let new = self.sums.get(&digest::read(old)?)?;
            Some((range, digest::write(*new, old)))
        });
        let changed = new.is_some();
        (header.with(new.into_iter().collect()), changed)
    }

    /// What becomes of a record whose block may hold a page; `None` if it stays.
    fn rewritten(&mut self, header: &Header, block: &[u8]) -> Result<Option<Rewritten>, R::Error> {
        let found = match page::find(block, &header.media_type()) {
            Ok(found) => found,
            Err(why) => {
                self.records.kept(why);
                return Ok(None);
            }
        };
        let payload = header.find("warc-payload-digest");
        let whole = header.find("warc-block-digest");
        let is_known = |told: &Option<(Range<usize>, &str)>| {
            told.as_ref()
                .is_none_or(|(_, value)| digest::read(value).is_some())
        };
        let is_right = whole
            .as_ref()
            .is_none_or(|(_, value)| digest::read(value) == Some(digest::sum(block)));
        if !is_known(&payload) || !is_right {
            self.records.kept(Kept::Unread);
            return Ok(None);
        }
        let Some(new) = found.rewrite(block, self.records)? else {
            return Ok(None);
        };
        let mut edits = Vec::new();
        if let Some((range, old)) = payload {
            // Some programs take the chunks away first.
            let (before, sum) = match digest::read(old) {
                Some(told) if told == new.entity.0 => new.entity,
                _ => new.body,
            };
            self.sums.insert(before, sum);
            edits.push((range, digest::write(sum, old)));
        }
        let new = new.block;
        if let Some((range, old)) = whole {
            edits.push((range, digest::write(digest::sum(&new), old)));
        }
        if let Some((range, _)) = header.find("content-length") {
            edits.push((range, new.len().to_string()));
        }
        Ok(Some((header.with(edits), new)))
    }

    /// Takes note of a block of which `read` bytes were there.
    fn count(&mut self, read: u64, length: u64) -> Result<(), Error> {
        self.offset += read;
        match read == length {
            true => Ok(()),
            false => Err(self.damaged(ArchiveFault::ShortRecord)),
        }
    }

    fn damaged(&self, cause: ArchiveFault) -> Error {
        Error::Damaged {
            format: Format::Warc,
            offset: self.offset,
            cause,
        }
    }
}
