//! Columns that a file gets behind its own: what they are, and their pages in a group of rows.

use std::collections::HashMap;
use std::io::{self, Read, Seek as _, Write};
use std::ops::Range;

use tempfile::SpooledTempFile;

use super::codec::Codec;
use super::runs::{self, width};
use super::schema::BYTE_ARRAY;
use super::thrift::{I32, Struct, write_varint, write_zigzag};
use crate::archive::limits::Limits;

/// How many rows a page has at most, as other writers have it.
const PAGE: u64 = 20_000;

/// How much of the pages of a column waits in memory, bytes; more waits in a temporary file.
const HELD: usize = 1 << 18;

/// Strings longer than this are not told of as the first or last of a column, bytes.
const LONGEST_BOUND: usize = 256;

/// Numbers that the format gives kinds of pages, encodings, and physical types.
const DATA_PAGE: i32 = 0;
const DICTIONARY_PAGE: i32 = 2;
const PLAIN: i32 = 0;
const RLE: i32 = 3;
const RLE_DICTIONARY: i32 = 8;
const BOOLEAN: i32 = 0;
const INT64: i32 = 2;

/// A column that a file gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewColumn {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: NewKind,
    /// Whether rows may lack a value.
    pub is_optional: bool,
}

/// What the values of a column are that a file gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// Strings.
    Text,
    /// Truth values.
    Flag,
    /// Whole numbers of 64 bits, with a sign.
    Count,
}

impl NewKind {
    /// The number of the physical type.
    pub(super) fn number(self) -> i32 {
        match self {
            NewKind::Text => BYTE_ARRAY,
            NewKind::Flag => BOOLEAN,
            NewKind::Count => INT64,
        }
    }
}

/// A value of a column that a file gets; of the column's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewValue<'v> {
    /// None: only where the column allows it.
    Missing,
    /// A string.
    Text(&'v str),
    /// A truth value.
    Flag(bool),
    /// A number.
    Count(i64),
}

/// What a new column of a group of rows became: its pages are written.
#[derive(Debug)]
pub(super) struct Added {
    /// The column's metadata, as the footer has it.
    pub metadata: Struct<'static>,
    /// How many bytes its pages take, and unpack to, with headers.
    pub packed: u64,
    pub unpacked: u64,
    /// Where each page of data is in the result, its size, and how many rows of the group come before it.
    pub pages: Vec<(u64, u64, u64)>,
    /// Where the index is that tells of these pages, if there is one.
    pub offset_index: Option<Range<u64>>,
}

/// The pages of a new column in a group of rows. All values that differ are held, and stand in a dictionary: numbers that
/// count what is in texts, and messages that name places in them, are few beside the texts.
#[derive(Debug)]
pub(super) struct Writer<'c> {
    column: &'c NewColumn,
    codec: Codec,
    /// The number of each value in the dictionary, and the dictionary's page. Flags have none: they are their numbers.
    known: HashMap<Vec<u8>, u32>,
    dictionary: Vec<u8>,
    /// The last value, which mostly is the next.
    last: Option<(Vec<u8>, u32)>,
    /// The first and the last value in order.
    bounds: Option<(Vec<u8>, Vec<u8>)>,
    missing: u64,
    /// The page that is begun: whether its rows have values, and the values' numbers.
    levels: Vec<(u32, u64)>,
    numbers: Vec<(u32, u64)>,
    begun: u64,
    /// The pages that are done: their bytes, and of each its size and its rows; how many bytes they unpack to, with headers.
    done: SpooledTempFile,
    sizes: Vec<(u64, u64)>,
    unpacked: u64,
}

impl<'c> Writer<'c> {
    /// No rows yet.
    pub fn new(column: &'c NewColumn, codec: Codec) -> Writer<'c> {
        Writer {
            column,
            codec,
            known: HashMap::new(),
            dictionary: Vec::new(),
            last: None,
            bounds: None,
            missing: 0,
            levels: Vec::new(),
            numbers: Vec::new(),
            begun: 0,
            done: SpooledTempFile::new(HELD),
            sizes: Vec::new(),
            unpacked: 0,
        }
    }

    /// Adds so many rows with this value.
    ///
    /// # Errors
    /// The pages unpack to more than they may; a temporary file cannot be written.
    pub fn push(&mut self, value: NewValue, mut times: u64, limits: &Limits) -> io::Result<()> {
        let number = self.number(value);
        while times > 0 {
            let taken = times.min(PAGE - self.begun);
            add(&mut self.levels, u32::from(number.is_some()), taken);
            match number {
                Some(number) => add(&mut self.numbers, number, taken),
                None => self.missing += taken,
            }
            self.begun += taken;
            times -= taken;
            if self.begun == PAGE {
                self.page(limits)?;
            }
        }
        Ok(())
    }

    /// A value's number, if there is a value.
    fn number(&mut self, value: NewValue) -> Option<u32> {
        let count;
        let bytes = match value {
            NewValue::Missing => return None,
            NewValue::Text(text) => text.as_bytes(),
            NewValue::Flag(flag) => &[u8::from(flag)],
            NewValue::Count(number) => {
                count = number.to_le_bytes();
                &count
            }
        };
        if let Some((last, number)) = &self.last
            && last == bytes
        {
            return Some(*number);
        }
        let number = match (value, self.known.get(bytes)) {
            (NewValue::Flag(flag), _) => {
                self.bound(bytes);
                flag.into()
            }
            (_, Some(number)) => *number,
            (_, None) => {
                let number = self.known.len() as u32;
                if self.column.kind == NewKind::Text {
                    self.dictionary.extend((bytes.len() as u32).to_le_bytes());
                }
                self.dictionary.extend_from_slice(bytes);
                self.known.insert(bytes.to_vec(), number);
                self.bound(bytes);
                number
            }
        };
        self.last = Some((bytes.to_vec(), number));
        Some(number)
    }

    /// Takes note of a value that may be the first or the last in order.
    fn bound(&mut self, value: &[u8]) {
        let count = |bytes: &[u8]| i64::from_le_bytes(bytes.try_into().unwrap_or_default());
        let is_less = |one: &[u8], other: &[u8]| match self.column.kind {
            NewKind::Count => count(one) < count(other),
            NewKind::Text | NewKind::Flag => one < other,
        };
        match &mut self.bounds {
            None => self.bounds = Some((value.to_vec(), value.to_vec())),
            Some((least, _)) if is_less(value, least) => *least = value.to_vec(),
            Some((_, most)) if is_less(most, value) => *most = value.to_vec(),
            Some(_) => {}
        }
    }

    /// Ends the page that is begun.
    fn page(&mut self, limits: &Limits) -> io::Result<()> {
        let mut page = Vec::new();
        if self.column.is_optional {
            page.extend([0; 4]);
            runs::write(&self.levels, 1, &mut page);
            let length = page.len() as u32 - 4;
            page[..4].copy_from_slice(&length.to_le_bytes());
        }
        let encoding = match self.column.kind {
            NewKind::Flag => {
                let from = page.len();
                page.resize(from + self.begun.div_ceil(8) as usize, 0);
                let numbers = self.numbers.iter();
                let flags = numbers.flat_map(|(flag, times)| (0..*times).map(move |_| *flag));
                for (at, flag) in flags.enumerate() {
                    page[from + at / 8] |= (flag as u8) << (at % 8);
                }
                PLAIN
            }
            NewKind::Text | NewKind::Count => {
                let last = (self.known.len() as u32).saturating_sub(1);
                // Not all readers know numbers of no bits.
                let width = width(last).max(1);
                page.push(width as u8);
                runs::write(&self.numbers, width, &mut page);
                RLE_DICTIONARY
            }
        };
        limits.count(page.len() as u64)?;
        let mut inner = Struct::default();
        inner.set_i32(1, self.begun as i32);
        inner.set_i32(2, encoding);
        inner.set_i32(3, RLE);
        inner.set_i32(4, RLE);
        let packed = self.codec.pack(&page)?;
        let front = header(DATA_PAGE, (page.len(), packed.len()), 5, &inner);
        self.done.write_all(&front)?;
        self.done.write_all(&packed)?;
        self.unpacked += (front.len() + page.len()) as u64;
        let size = (front.len() + packed.len()) as u64;
        self.sizes.push((size, self.begun));
        self.begun = 0;
        self.levels.clear();
        self.numbers.clear();
        Ok(())
    }

    /// Writes the pages, from byte `at` of the result on. `codec` is the codec's number.
    ///
    /// # Errors
    /// They unpack to more than they may; they cannot be written.
    pub fn finish(
        mut self,
        (output, mut at): (&mut dyn Write, u64),
        codec: i32,
        limits: &Limits,
    ) -> io::Result<Added> {
        if self.begun > 0 {
            self.page(limits)?;
        }
        let (begins, mut unpacked) = (at, self.unpacked);
        let has_dictionary = self.column.kind != NewKind::Flag && !self.sizes.is_empty();
        if has_dictionary {
            let mut inner = Struct::default();
            inner.set_i32(1, self.known.len() as i32);
            inner.set_i32(2, PLAIN);
            limits.count(self.dictionary.len() as u64)?;
            let packed = self.codec.pack(&self.dictionary)?;
            let sizes = (self.dictionary.len(), packed.len());
            let front = header(DICTIONARY_PAGE, sizes, 7, &inner);
            output.write_all(&front)?;
            output.write_all(&packed)?;
            at += (front.len() + packed.len()) as u64;
            unpacked += (front.len() + self.dictionary.len()) as u64;
        }
        let data = at;
        let mut pages = Vec::with_capacity(self.sizes.len());
        let mut rows = 0;
        for (size, count) in &self.sizes {
            pages.push((at, *size, rows));
            at += size;
            rows += count;
        }
        self.done.rewind()?;
        let copied = io::copy(&mut Read::take(&mut self.done, at - data), output)?;
        if copied < at - data {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut metadata = self.metadata(rows);
        metadata.set_i32(4, codec);
        metadata.set_i64(6, unpacked as i64);
        metadata.set_i64(7, (at - begins) as i64);
        metadata.set_i64(9, data as i64);
        if has_dictionary {
            metadata.set_i64(11, begins as i64);
        }
        Ok(Added {
            metadata,
            packed: at - begins,
            unpacked,
            pages,
            offset_index: None,
        })
    }

    /// What the footer tells of the column, but for where it is.
    fn metadata(&self, rows: u64) -> Struct<'static> {
        let mut metadata = Struct::default();
        metadata.set_i32(1, self.column.kind.number());
        let encodings: &[i32] = match self.column.kind {
            NewKind::Flag => &[PLAIN, RLE],
            NewKind::Text | NewKind::Count => &[PLAIN, RLE, RLE_DICTIONARY],
        };
        let encodings = encodings.iter().map(|number| {
            let mut bytes = Vec::new();
            write_zigzag((*number).into(), &mut bytes);
            bytes
        });
        metadata.set_list(2, I32, &encodings.collect::<Vec<_>>());
        let name = self.column.name.as_bytes();
        let mut path = Vec::new();
        write_varint(name.len() as u64, &mut path);
        path.extend_from_slice(name);
        metadata.set_list(3, super::thrift::BINARY, &[path]);
        metadata.set_i64(5, rows as i64);
        let mut told = Struct::default();
        told.set_i64(3, self.missing as i64);
        if let Some((least, most)) = &self.bounds
            && least.len().max(most.len()) <= LONGEST_BOUND
        {
            told.set_binary(5, most);
            told.set_binary(6, least);
            told.set_true(7);
            told.set_true(8);
        }
        metadata.set_inner(12, &told);
        metadata
    }
}

/// Adds to runs.
fn add(runs: &mut Vec<(u32, u64)>, number: u32, times: u64) {
    match runs.last_mut() {
        Some((last, count)) if *last == number => *count += times,
        _ => runs.push((number, times)),
    }
}

/// The header of a page of this kind, of which `inner` (with this number) tells more. Pages of new columns are small: the
/// sizes, unpacked and packed, fit.
fn header(kind: i32, (unpacked, packed): (usize, usize), number: i16, inner: &Struct) -> Vec<u8> {
    let mut header = Struct::default();
    header.set_i32(1, kind);
    header.set_i32(2, unpacked as i32);
    header.set_i32(3, packed as i32);
    header.set_inner(number, inner);
    header.bytes()
}
