//! The pages of a column in a group of rows.

use std::io::{self, Read, Seek, Write};
use std::ops::Range;

use super::codec::{Codec, Failure};
use super::dictionary::{Dictionary, Numbers};
use super::levels::Levels;
use super::page::{Data, Form, Header, Kind};
use super::pages::{damaged, front, read};
use super::schema::Column;
use super::strings::{BATCH, Cell, Strings};
use super::thrift::Cause;
use super::values::{self, Encoding};
use crate::Error;
use crate::archive::limits::Limits;
use crate::error::ParquetRefusal;
use crate::fault::ParquetFault;

/// The pages of a column in a group of rows, as the footer tells of them.
#[derive(Debug)]
pub(super) struct Chunk<'c> {
    pub column: &'c Column,
    pub name: &'c str,
    pub codec: Codec,
    /// Where they are in the file.
    pub place: Range<u64>,
    /// How many values they have, missing ones too.
    pub values: u64,
    /// How many rows come before them, and how many they have.
    pub rows_before: u64,
    pub rows: u64,
}

/// What the pages became.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Whether any string did.
    pub changed: bool,
    /// Where the dictionary is in the result, if there is one, and each page of data.
    pub dictionary: Option<u64>,
    pub pages: Vec<Page>,
    /// How many bytes they take, and unpack to, with headers.
    pub packed: u64,
    pub unpacked: u64,
    /// How many bytes all strings have.
    pub strings: u64,
    /// The first and the last of the strings in the order of their bytes.
    pub least: Option<Vec<u8>>,
    pub most: Option<Vec<u8>>,
}

/// A page of data in the result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// Its first byte, and its size with its header.
    pub at: u64,
    pub length: u64,
    /// How many bytes its strings have.
    pub strings: u64,
}

impl Changed {
    /// Takes note of a string.
    fn add(&mut self, string: &[u8]) {
        if self.least.as_deref().is_none_or(|least| string < least) {
            self.least = Some(string.to_vec());
        }
        if self.most.as_deref().is_none_or(|most| string > most) {
            self.most = Some(string.to_vec());
        }
    }
}

/// What a mistake in a file is about.
enum Fault<E> {
    /// A page, which is damaged.
    Page(Cause),
    /// Anything else.
    Other(E),
}

impl<E> From<Cause> for Fault<E> {
    fn from(cause: Cause) -> Fault<E> {
        Fault::Page(cause)
    }
}

impl<E: From<Error>> From<Failure> for Fault<E> {
    fn from(failure: Failure) -> Fault<E> {
        match failure {
            Failure::Damaged(cause) => Fault::Page(cause),
            Failure::NoMemory => other(io::ErrorKind::OutOfMemory.into()),
        }
    }
}

/// Rewrites the pages of a column in a group of rows.
pub(super) struct Pages<'r, R, W: ?Sized, S: Strings> {
    input: &'r mut R,
    output: &'r mut W,
    limits: &'r Limits,
    strings: &'r mut S,
    chunk: Chunk<'r>,
    /// Where in the result the next page begins.
    at: u64,
    /// The last row so far.
    row: u64,
    dictionary: Option<Dictionary<S::Outcome>>,
    made: Changed,
}

impl<'r, R: Read + Seek, W: Write + ?Sized, S: Strings> Pages<'r, R, W, S> {
    /// Pages at their beginning, which are written from byte `at` of the result on.
    pub fn new(
        input: &'r mut R,
        (output, at): (&'r mut W, u64),
        limits: &'r Limits,
        strings: &'r mut S,
        chunk: Chunk<'r>,
    ) -> Self {
        Pages {
            input,
            output,
            limits,
            strings,
            row: chunk.rows_before,
            chunk,
            at,
            dictionary: None,
            made: Changed::default(),
        }
    }

    /// Writes them with their strings changed, and returns what they became.
    ///
    /// # Errors
    /// They are damaged, or in a form that is not known; those of the strings.
    pub fn rewrite(mut self) -> Result<Changed, S::Error> {
        let mut at = self.chunk.place.start;
        let mut values = 0;
        while at < self.chunk.place.end {
            let damaged = |cause: Cause| S::Error::from(damaged(at, cause));
            let front = front(self.input, at, self.chunk.place.end).map_err(Error::from)?;
            let mut rest = &front[..];
            let header = Header::read(&mut rest).map_err(damaged)?;
            let length = (front.len() - rest.len()) as u64;
            let from = at + length;
            let to = from + header.packed;
            if to > self.chunk.place.end {
                return Err(damaged(ParquetFault::PageBehind));
            }
            let page = read(self.input, from..to).map_err(Error::from)?;
            self.page(&front[..length as usize], &header, &page)
                .map_err(|fault| match fault {
                    Fault::Page(cause) => damaged(cause),
                    Fault::Other(error) => error,
                })?;
            if matches!(header.kind, Kind::Data1 | Kind::Data2) {
                values += header.count;
            }
            at = to;
        }
        let fault = match (values, self.row - self.chunk.rows_before) {
            (values, _) if values != self.chunk.values => Some(ParquetFault::PageValues),
            (_, rows) if rows != self.chunk.rows => Some(ParquetFault::PageRows),
            _ => None,
        };
        if let Some(cause) = fault {
            return Err(damaged(at, cause).into());
        }
        if let Some(dictionary) = self.dictionary.take() {
            for (string, cells, outcome) in dictionary.told() {
                self.made.add(string);
                self.strings.count(outcome, cells);
            }
        }
        Ok(self.made)
    }

    /// Rewrites a page; `front` is its header as it is in the file.
    fn page(&mut self, front: &[u8], header: &Header, page: &[u8]) -> Result<(), Fault<S::Error>> {
        if header.kind == Kind::Other {
            return self.write(front, page, header.unpacked);
        }
        if !header.is_sound(page) {
            return Err(ParquetFault::PageChecksum.into());
        }
        self.count(header.unpacked as u64)?;
        if header.kind == Kind::Dictionary {
            return self.dictionary(front, header, page);
        }
        let column = self.chunk.column;
        let form = header.form(column).map_err(|encoding| {
            let column = self.chunk.name.to_owned();
            refused(ParquetRefusal::Encoding { column, encoding })
        })?;
        let data = header.unpack(column, self.chunk.codec, page)?;
        let levels = data.levels(column, header)?;
        let (begins, strings) = (self.at, self.made.strings);
        match form {
            Form::Numbers => self.numbers(front, header, (&data, &levels), page)?,
            Form::Strings(encoding) => {
                self.page_of_strings(encoding, front, header, (&data, &levels), page)?;
            }
        }
        self.row += levels.rows()?;
        self.made.pages.push(Page {
            at: begins,
            length: self.at - begins,
            strings: self.made.strings - strings,
        });
        Ok(())
    }

    fn dictionary(
        &mut self,
        front: &[u8],
        header: &Header,
        page: &[u8],
    ) -> Result<(), Fault<S::Error>> {
        if self.dictionary.is_some() || !matches!(header.encoding, 0 | 2) {
            return Err(ParquetFault::Dictionary.into());
        }
        let codec = self.chunk.codec;
        let unpacked = codec.unpack(page, header.unpacked)?;
        let mut dictionary = Dictionary::read(unpacked, header.count)?;
        self.limits.hold(dictionary.memory()).map_err(other)?;
        dictionary.change(self.strings).map_err(Fault::Other)?;
        self.made.dictionary = Some(self.at);
        if dictionary.is_changed() {
            self.made.changed = true;
            let (bytes, count) = dictionary.new_page();
            let packed = codec.pack(&bytes).map_err(other)?;
            self.write_new(header, &packed, bytes.len(), count)?;
        } else {
            self.write(front, page, header.unpacked)?;
        }
        self.dictionary = Some(dictionary);
        Ok(())
    }

    /// A page of numbers of strings in the dictionary stays, unless they have other numbers now.
    fn numbers(
        &mut self,
        front: &[u8],
        header: &Header,
        (data, levels): (&Data, &Levels),
        page: &[u8],
    ) -> Result<(), Fault<S::Error>> {
        let mut new = None;
        if let Some(numbers) = Numbers::of_page(data.values(), levels)? {
            let dictionary = self.dictionary.as_mut();
            let dictionary = dictionary.ok_or(ParquetFault::NotInDictionary)?;
            let bytes = dictionary.count(numbers)?;
            self.made.strings = self.made.strings.saturating_add(bytes);
            if self.strings.wants_cells() || dictionary.is_bad() {
                for cell in dictionary.strings(numbers, levels, self.row) {
                    let (row, before, done) = cell?;
                    let cell = Cell {
                        column: self.chunk.name,
                        row,
                        before,
                    };
                    self.strings.cell(cell, done).map_err(Fault::Other)?;
                }
            }
            new = dictionary.renumbered(numbers)?;
        }
        if let Some(new) = new {
            return self.write_values(header, data.front(), &new);
        }
        let dictionary = self.dictionary.as_ref();
        match dictionary.is_some_and(Dictionary::is_changed) {
            // What the header tells of the strings is another now.
            true => self.write_new(header, page, header.unpacked, header.count),
            false => self.write(front, page, header.unpacked),
        }
    }

    fn page_of_strings(
        &mut self,
        encoding: Encoding,
        front: &[u8],
        header: &Header,
        (data, levels): (&Data, &Levels),
        page: &[u8],
    ) -> Result<(), Fault<S::Error>> {
        let limits = self.limits;
        let mut held = |bytes| limits.count(bytes).map_err(other);
        let strings = values::read(encoding, data.values(), levels.values()?, &mut held)?;
        let mut texts = Vec::with_capacity(strings.len());
        let mut rows = levels.rows_of_values(self.row);
        for batch in strings.chunks(BATCH) {
            let done = self.strings.change(batch).map_err(Fault::Other)?;
            let wants_cells = self.strings.wants_cells();
            for (done, string) in done.into_iter().zip(batch) {
                let row = rows.next();
                if wants_cells || done.is_bad {
                    let cell = Cell {
                        column: self.chunk.name,
                        row: row.ok_or(ParquetFault::TooFewLevels)??,
                        before: string,
                    };
                    self.strings.cell(cell, &done).map_err(Fault::Other)?;
                }
                let after = done.after(string);
                self.made.add(after);
                self.made.strings = self.made.strings.saturating_add(after.len() as u64);
                self.strings.count(&done.outcome, 1);
                texts.push(done.text);
            }
        }
        if texts.iter().all(Option::is_none) {
            return self.write(front, page, header.unpacked);
        }
        self.made.changed = true;
        let new = texts.iter().zip(&strings).map(|(text, before)| match text {
            Some(text) => text.as_bytes(),
            None => before,
        });
        let new: Vec<_> = new.collect();
        let mut values = Vec::with_capacity(data.values().len());
        values::write(encoding, &new, &mut values);
        drop(new);
        drop(texts);
        self.write_values(header, data.front(), &values)
    }

    /// Writes a page of data with these levels and values.
    fn write_values(
        &mut self,
        header: &Header,
        levels: &[u8],
        values: &[u8],
    ) -> Result<(), Fault<S::Error>> {
        let bytes = [levels, values].concat();
        let packed = header.pack(self.chunk.codec, &bytes, levels.len());
        self.write_new(header, &packed.map_err(other)?, bytes.len(), header.count)
    }

    fn write_new(
        &mut self,
        header: &Header,
        page: &[u8],
        unpacked: usize,
        count: u64,
    ) -> Result<(), Fault<S::Error>> {
        let front = header.renewed(page, unpacked, count).ok_or_else(|| {
            let column = self.chunk.name.to_owned();
            refused(ParquetRefusal::TooLarge { column })
        })?;
        self.write(&front, page, unpacked)
    }

    fn write(&mut self, front: &[u8], page: &[u8], unpacked: usize) -> Result<(), Fault<S::Error>> {
        self.output.write_all(front).map_err(other)?;
        self.output.write_all(page).map_err(other)?;
        let length = (front.len() + page.len()) as u64;
        self.at += length;
        self.made.packed += length;
        self.made.unpacked += (front.len() + unpacked) as u64;
        Ok(())
    }

    fn count(&self, bytes: u64) -> Result<(), Fault<S::Error>> {
        self.limits.count(bytes).map_err(other)
    }
}

fn other<E: From<Error>>(error: io::Error) -> Fault<E> {
    Fault::Other(Error::from(error).into())
}

fn refused<E: From<Error>>(refusal: ParquetRefusal) -> Fault<E> {
    Fault::Other(Error::from(refusal).into())
}
