//! The end of a file, which tells what is in it and where.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use super::layout::Layout;
use super::metadata::{self, lists_values};
use super::new_column::NewColumn;
use super::pages::damaged;
use super::renewed::{RenewedGroup, group};
use super::schema::{Column, columns};
use super::thrift::{Cause, STRUCT, Struct};
use crate::Error;
use crate::error::ParquetRefusal;
use crate::fault::ParquetFault;

/// What a file begins and ends with.
const MAGIC: &[u8; 4] = b"PAR1";

/// What the end of a file tells.
#[derive(Debug)]
pub(super) struct Footer {
    bytes: Vec<u8>,
    /// Where it begins.
    pub start: u64,
    pub columns: Vec<Column>,
    pub groups: Vec<Group>,
}

/// A group of rows.
#[derive(Debug)]
pub(super) struct Group {
    pub rows: u64,
    /// Its columns, in the schema's order.
    pub chunks: Vec<Place>,
}

/// Where a column of a group of rows is.
#[derive(Debug)]
pub(super) struct Place {
    /// Its pages; `None` if they are in another file.
    pub pages: Option<Range<u64>>,
    pub codec: i32,
    pub values: u64,
    /// What tells of its pages: their first and last values, and where they are.
    pub column_index: Option<Range<u64>>,
    pub offset_index: Option<Range<u64>>,
}

impl Footer {
    /// Reads it.
    ///
    /// # Errors
    /// The file is cut off, damaged or encrypted.
    pub fn read(input: &mut (impl Read + Seek)) -> Result<Footer, Error> {
        let size = input.seek(SeekFrom::End(0))?;
        let cut = |cause| damaged(size, cause);
        let end = size
            .checked_sub(8)
            .filter(|end| *end >= 4)
            .ok_or_else(|| cut(ParquetFault::TooShort))?;
        let mut tail = [0; 8];
        input.seek(SeekFrom::Start(end))?;
        input.read_exact(&mut tail)?;
        if &tail[4..] == b"PARE" {
            return Err(ParquetRefusal::Encrypted.into());
        }
        if &tail[4..] != MAGIC {
            return Err(cut(ParquetFault::NoEnd));
        }
        let length = u32::from_le_bytes(tail[..4].try_into().expect("four bytes"));
        let start = end.checked_sub(length.into()).filter(|start| *start >= 4);
        let start = start.ok_or_else(|| cut(ParquetFault::LongFooter))?;
        let mut bytes = Vec::new();
        input.seek(SeekFrom::Start(start))?;
        input.take(length.into()).read_to_end(&mut bytes)?;
        Footer::of(bytes, start)
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn of(bytes: Vec<u8>, start: u64) -> Result<Footer, Error> {
        let wrong = |cause| damaged(start, cause);
        let mut rest = &bytes[..];
        let fields = Struct::read(&mut rest).map_err(wrong)?;
        if !rest.is_empty() {
            return Err(wrong(ParquetFault::BehindFooter));
        }
        if fields.has(8) || fields.has(9) {
            return Err(ParquetRefusal::Encrypted.into());
        }
        if lists_values(&fields).map_err(wrong)? {
            return Err(ParquetRefusal::Enumerated.into());
        }
        let elements = fields.list(2, STRUCT).map_err(wrong)?;
        let columns = columns(&elements).map_err(wrong)?;
        let mut groups = Vec::new();
        for bytes in fields.list(4, STRUCT).map_err(wrong)? {
            groups.push(Group::read(bytes, &columns, start)?);
        }
        Ok(Footer {
            columns,
            groups,
            start,
            bytes,
        })
    }

    /// The same for what the file became, with columns that were added, as it is written.
    pub fn renewed(
        &self,
        renewed: &[RenewedGroup],
        added: &[NewColumn],
        layout: &Layout,
    ) -> Result<Vec<u8>, Error> {
        let bytes = self.edited(renewed, added, layout);
        let mut bytes = bytes.map_err(|cause| damaged(self.start, cause))?;
        let length = u32::try_from(bytes.len()).map_err(|_| {
            let column = "footer".to_owned();
            Error::from(ParquetRefusal::TooLarge { column })
        })?;
        bytes.extend(length.to_le_bytes());
        bytes.extend(MAGIC);
        Ok(bytes)
    }

    fn edited(
        &self,
        renewed: &[RenewedGroup],
        added: &[NewColumn],
        layout: &Layout,
    ) -> Result<Vec<u8>, Cause> {
        let mut fields = Struct::read(&mut &self.bytes[..])?;
        let old = Struct::read(&mut &self.bytes[..])?;
        let groups = old.list(4, STRUCT)?;
        let groups = groups.into_iter().zip(renewed);
        let groups = groups.map(|(bytes, renewed)| group(bytes, renewed, layout));
        fields.set_list(4, STRUCT, &groups.collect::<Result<Vec<_>, _>>()?);
        if !added.is_empty() {
            metadata::extend(&mut fields, added)?;
        }
        Ok(fields.bytes())
    }
}

impl Group {
    fn read(bytes: &[u8], columns: &[Column], start: u64) -> Result<Group, Error> {
        let wrong = |cause| damaged(start, cause);
        let fields = Struct::read(&mut &bytes[..]).map_err(wrong)?;
        let chunks = fields.list(1, STRUCT).map_err(wrong)?;
        let rows = fields.i64(3).and_then(|rows| rows.try_into().ok());
        let rows = rows.ok_or_else(|| wrong(ParquetFault::NoRows))?;
        if chunks.len() != columns.len() {
            return Err(wrong(ParquetFault::OtherColumns));
        }
        let chunks = chunks.into_iter().map(|bytes| Place::read(bytes, start));
        let chunks = chunks.collect::<Result<_, _>>()?;
        Ok(Group { rows, chunks })
    }
}

impl Place {
    fn read(bytes: &[u8], start: u64) -> Result<Place, Error> {
        let wrong = |cause| damaged(start, cause);
        let chunk = Struct::read(&mut &bytes[..]).map_err(wrong)?;
        if chunk.has(8) || chunk.has(9) {
            return Err(ParquetRefusal::Encrypted.into());
        }
        let column = chunk.inner(3);
        let column = column.ok_or_else(|| wrong(ParquetFault::NoPlace))?;
        let unsigned = |number: Option<i64>| number.and_then(|n| u64::try_from(n).ok());
        // What is not there is at byte 0 in some files.
        let page = |id| unsigned(column.i64(id)).filter(|at| *at > 0);
        let found = || {
            let from = [page(11), page(9)].into_iter().flatten().min();
            let from = from.unwrap_or(0);
            let to = from.checked_add(unsigned(column.i64(7))?)?;
            Some((from..to, unsigned(column.i64(5))?, column.i32(4)?))
        };
        let (pages, values, codec) = found().ok_or_else(|| wrong(ParquetFault::NoPlace))?;
        let index = |offset, length| {
            let offset = unsigned(chunk.i64(offset)).filter(|at| *at > 0)?;
            let length = u64::try_from(chunk.i32(length)?).ok()?;
            Some(offset..offset.checked_add(length)?)
        };
        Ok(Place {
            column_index: index(6, 7),
            offset_index: index(4, 5),
            pages: (!chunk.has(1)).then_some(pages),
            codec,
            values,
        })
    }
}
