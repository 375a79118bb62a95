//! A page of a column: its header, and where its levels end and its values begin.

use crate::fault::ParquetFault;
use std::io;

use super::codec::{Codec, Failure};
use super::levels::Levels;
use super::schema::Column;
use super::thrift::{Cause, Struct};
use super::values::Encoding;

/// What a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Values, behind their levels, which are packed with them (version 1) or stand before them (version 2).
    Data1,
    Data2,
    /// The strings that other pages name by their numbers.
    Dictionary,
    /// Nothing that is read.
    Other,
}

/// How the values of a page of data stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As strings.
    Strings(Encoding),
    /// As their numbers in the dictionary.
    Numbers,
}

/// A page's header.
#[derive(Debug)]
pub(super) struct Header<'a> {
    fields: Struct<'a>,
    pub kind: Kind,
    /// How many values it has, missing ones too.
    pub count: u64,
    /// The number of its values' encoding.
    pub encoding: i32,
    /// How many bytes follow it.
    pub packed: u64,
    /// How many bytes the page unpacks to.
    pub unpacked: usize,
    /// Of a page of version 2: the bytes of its levels, and whether its values are packed.
    repetition: usize,
    definition: usize,
    is_packed: bool,
    /// Of a page of version 1: whether its repetition and its definition levels stand in the order of old files.
    is_old: [bool; 2],
}

/// A page of data, unpacked.
#[derive(Debug)]
pub(super) struct Data {
    /// The levels as they are in the file, and then the values; where the values begin.
    bytes: Vec<u8>,
    values: usize,
    /// Of a page of version 2, where its definition levels begin.
    definition: usize,
}

impl<'a> Header<'a> {
    /// Reads a header from the front of `bytes`, which is what follows afterwards.
    ///
    /// # Errors
    /// It ends too early, or is none.
    pub fn read(bytes: &mut &'a [u8]) -> Result<Header<'a>, Cause> {
        const WRONG: Cause = ParquetFault::PageHeader;
        let fields = Struct::read(bytes)?;
        let (kind, inner) = match fields.i32(1).ok_or(WRONG)? {
            0 => (Kind::Data1, 5),
            2 => (Kind::Dictionary, 7),
            3 => (Kind::Data2, 8),
            _ => (Kind::Other, 0),
        };
        let unsigned = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
        let unpacked = unsigned(fields.i32(2)).ok_or(WRONG)?;
        let packed = unsigned(fields.i32(3)).ok_or(WRONG)?;
        let mut header = Header {
            kind,
            count: 0,
            encoding: 0,
            packed: packed.into(),
            unpacked: unpacked as usize,
            repetition: 0,
            definition: 0,
            is_packed: true,
            is_old: [false; 2],
            fields: Struct::default(),
        };
        if kind != Kind::Other {
            let inner = fields.inner(inner).ok_or(WRONG)?;
            header.count = unsigned(inner.i32(1)).ok_or(WRONG)?.into();
            let encoding = if kind == Kind::Data2 { 4 } else { 2 };
            header.encoding = inner.i32(encoding).ok_or(WRONG)?;
            if kind == Kind::Data2 {
                header.definition = unsigned(inner.i32(5)).ok_or(WRONG)? as usize;
                header.repetition = unsigned(inner.i32(6)).ok_or(WRONG)? as usize;
                header.is_packed = inner.bool(7).unwrap_or(true);
            }
            if kind == Kind::Data1 {
                header.is_old = [4, 3].map(|id| inner.i32(id) == Some(BIT_PACKED));
            }
        }
        header.fields = fields;
        Ok(header)
    }

    /// How its values stand there, if they are this column's.
    ///
    /// # Errors
    /// The name of an encoding that is not read here.
    pub fn form(&self, column: &Column) -> Result<Form, String> {
        let [repetition, definition] = self.is_old;
        // Of levels that would all be 0 there are none.
        if repetition && column.repeated > 0 || definition && column.deepest > 0 {
            return Err("BIT_PACKED".to_owned());
        }
        Ok(match self.encoding {
            0 => Form::Strings(Encoding::Plain),
            2 | 8 => Form::Numbers,
            6 => Form::Strings(Encoding::DeltaLength),
            7 => Form::Strings(Encoding::DeltaStrings),
            number => return Err(format!("number {number}")),
        })
    }

    /// Unpacks a page of data that has these bytes.
    ///
    /// # Errors
    /// It is damaged, or there is no memory for it.
    pub fn unpack(&self, column: &Column, codec: Codec, page: &[u8]) -> Result<Data, Failure> {
        if self.kind == Kind::Data1 {
            let bytes = codec.unpack(page, self.unpacked)?;
            let mut rest = &bytes[..];
            Levels::of_page(column, self.count, &mut rest)?;
            return Ok(Data {
                values: bytes.len() - rest.len(),
                definition: 0,
                bytes,
            });
        }
        const CUT: Cause = ParquetFault::Levels;
        let levels = self.repetition + self.definition;
        let (front, rest) = page.split_at_checked(levels).ok_or(CUT)?;
        let size = self.unpacked.checked_sub(levels).ok_or(CUT)?;
        let values = match self.packing(codec) {
            // Some writers leave out what their codec makes of no bytes.
            _ if size == 0 => Vec::new(),
            codec => codec.unpack(rest, size)?,
        };
        Ok(Data {
            bytes: [front, &values].concat(),
            values: levels,
            definition: self.repetition,
        })
    }

    /// Whether these are the bytes that its checksum was made of, if it has one.
    pub fn is_sound(&self, page: &[u8]) -> bool {
        self.fields.i32(4).is_none_or(|sum| sum == checksum(page))
    }

    /// What follows the header once the page has these levels and values, of which the levels are so many bytes.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn pack(&self, codec: Codec, page: &[u8], levels: usize) -> io::Result<Vec<u8>> {
        match self.kind {
            Kind::Data2 => {
                let (levels, values) = page.split_at(levels);
                Ok([levels, &self.packing(codec).pack(values)?].concat())
            }
            _ => codec.pack(page),
        }
    }

    fn packing(&self, codec: Codec) -> Codec {
        if self.is_packed { codec } else { Codec::Stored }
    }

    /// The header of a page that has these bytes now, which unpack to so many, and so many values; what it told of its values
    /// is gone. `None` if the page is too large for one.
    pub fn renewed(&self, page: &[u8], unpacked: usize, count: u64) -> Option<Vec<u8>> {
        let mut fields = self.fields.clone();
        fields.set_i32(2, unpacked.try_into().ok()?);
        fields.set_i32(3, page.len().try_into().ok()?);
        if fields.has(4) {
            fields.set_i32(4, checksum(page));
        }
        // Statistics; of a dictionary, whether it is sorted.
        let (id, told) = match self.kind {
            Kind::Data1 => (5, 5),
            Kind::Data2 => (8, 8),
            _ => (7, 3),
        };
        if let Some(mut inner) = fields.inner(id).map(Struct::into_owned) {
            inner.remove(&[told]);
            inner.set_i32(1, count.try_into().ok()?);
            fields.set_inner(id, &inner);
        }
        Some(fields.bytes())
    }
}

fn checksum(page: &[u8]) -> i32 {
    let mut checksum = flate2::Crc::new();
    checksum.update(page);
    checksum.sum() as i32
}

/// The number of the encoding that levels of old files have.
const BIT_PACKED: i32 = 4;

impl Data {
    /// The bytes of its levels.
    pub fn front(&self) -> &[u8] {
        &self.bytes[..self.values]
    }

    /// Its values.
    pub fn values(&self) -> &[u8] {
        &self.bytes[self.values..]
    }

    /// Its levels.
    ///
    /// # Errors
    /// They are damaged.
    pub fn levels<'d>(&'d self, column: &Column, header: &Header) -> Result<Levels<'d>, Cause> {
        let levels = self.front();
        match header.kind {
            Kind::Data2 => {
                let (repetition, definition) = levels.split_at(self.definition);
                Ok(Levels::new(column, header.count, repetition, definition))
            }
            _ => Levels::of_page(column, header.count, &mut &*levels),
        }
    }
}
