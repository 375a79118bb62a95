//! The pages of a column in a group of rows.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use super::codec::Codec;
use super::levels::{Levels, each};
use super::page::{Data, Form, Header, Kind};
use super::runs::Runs;
use super::schema::Column;
use super::strings::{Cell, Done, Strings};
use super::thrift::Cause;
use super::values::{self, Encoding};
use crate::archive::limits::Limits;
use crate::error::ParquetRefusal;
use crate::fault::ParquetFault;
use crate::{Error, Format};

/// How many bytes a page's header takes mostly, and at most.
const HEADER: u64 = 512;
const LONGEST_HEADER: u64 = 16 << 20;

/// How many strings are changed at a time.
const BATCH: usize = 4096;

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
    /// Where the dictionary is in the result, if there is one, and each page of data: first byte, and size with its header.
    pub dictionary: Option<u64>,
    pub pages: Vec<(u64, u64)>,
    /// How many bytes they take, and unpack to, with headers.
    pub packed: u64,
    pub unpacked: u64,
    /// How many bytes all strings have.
    pub strings: u64,
    /// The first and the last of the strings in the order of their bytes.
    pub least: Option<Vec<u8>>,
    pub most: Option<Vec<u8>>,
}

impl Changed {
    /// Takes note of a string that so many cells have.
    fn add(&mut self, string: &[u8], cells: u64) {
        self.strings = self
            .strings
            .saturating_add((string.len() as u64).saturating_mul(cells));
        if self.least.as_deref().is_none_or(|least| string < least) {
            self.least = Some(string.to_vec());
        }
        if self.most.as_deref().is_none_or(|most| string > most) {
            self.most = Some(string.to_vec());
        }
    }
}

/// The strings that pages name by their numbers.
struct Dictionary<O> {
    strings: Vec<Vec<u8>>,
    done: Vec<Done<O>>,
    /// How many cells have each.
    cells: Vec<u64>,
    changed: bool,
    is_bad: bool,
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
            self.close(dictionary);
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
        let begins = self.at;
        match form {
            Form::Numbers => self.numbers(front, header, (&data, &levels), page)?,
            Form::Strings(encoding) => {
                self.page_of_strings(encoding, front, header, (&data, &levels), page)?;
            }
        }
        self.row += levels.rows()?;
        self.made.pages.push((begins, self.at - begins));
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
        let mut held = |_| Ok::<_, Cause>(());
        let strings = values::read(Encoding::Plain, &unpacked, header.count, &mut held)?;
        let mut done = Vec::with_capacity(strings.len());
        for batch in strings.chunks(BATCH) {
            done.extend(self.strings.change(batch).map_err(Fault::Other)?);
        }
        let changed = done.iter().any(|done| done.text.is_some());
        self.made.dictionary = Some(self.at);
        match changed {
            false => self.write(front, page, header.unpacked)?,
            true => {
                let new: Vec<_> = done
                    .iter()
                    .zip(&strings)
                    .map(|(d, s)| after(d, s))
                    .collect();
                if holds_twice(&new) && !holds_twice(&strings) {
                    let column = self.chunk.name.to_owned();
                    return Err(refused(ParquetRefusal::Twice { column }));
                }
                let mut bytes = Vec::with_capacity(unpacked.len());
                values::write(Encoding::Plain, &new, &mut bytes);
                let packed = codec.pack(&bytes).map_err(other)?;
                self.write_new(header, &packed, bytes.len())?;
            }
        }
        self.made.changed |= changed;
        self.dictionary = Some(Dictionary {
            cells: vec![0; strings.len()],
            strings: strings.into_iter().map(Cow::into_owned).collect(),
            changed,
            is_bad: done.iter().any(|done| done.is_bad),
            done,
        });
        Ok(())
    }

    /// A page of numbers of strings in the dictionary stays.
    fn numbers(
        &mut self,
        front: &[u8],
        header: &Header,
        (data, levels): (&Data, &Levels),
        page: &[u8],
    ) -> Result<(), Fault<S::Error>> {
        const WRONG: Cause = ParquetFault::NotInDictionary;
        let count = levels.values()?;
        if count > 0 {
            let dictionary = self.dictionary.as_mut().ok_or(WRONG)?;
            let (width, bytes) = data.values().split_first().ok_or(WRONG)?;
            if *width > 32 {
                return Err(WRONG.into());
            }
            let runs = Runs::new(bytes, (*width).into(), count);
            for run in runs.clone() {
                let (number, times) = run?;
                *dictionary.cells.get_mut(number as usize).ok_or(WRONG)? += times;
            }
            if self.strings.wants_cells() || dictionary.is_bad {
                for (row, number) in levels.rows_of_values(self.row).zip(each(runs)) {
                    let number = number? as usize;
                    let cell = Cell {
                        column: self.chunk.name,
                        row: row?,
                        before: &dictionary.strings[number],
                    };
                    let told = self.strings.cell(cell, &dictionary.done[number]);
                    told.map_err(Fault::Other)?;
                }
            }
        }
        match self
            .dictionary
            .as_ref()
            .is_some_and(|dictionary| dictionary.changed)
        {
            // What the header tells of the strings is another now.
            true => self.write_new(header, page, header.unpacked),
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
                self.made.add(after(&done, string), 1);
                self.strings.count(done.outcome, 1);
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
        let levels = data.front();
        let mut bytes = Vec::with_capacity(levels.len() + data.values().len());
        bytes.extend_from_slice(levels);
        values::write(encoding, &new, &mut bytes);
        drop(new);
        drop(texts);
        let packed = header.pack(self.chunk.codec, &bytes, levels.len());
        self.write_new(header, &packed.map_err(other)?, bytes.len())
    }

    /// Counts the strings of the dictionary by their cells.
    fn close(&mut self, dictionary: Dictionary<S::Outcome>) {
        let strings = dictionary.strings.iter().zip(dictionary.done);
        for ((string, done), cells) in strings.zip(dictionary.cells) {
            if cells > 0 {
                self.made.add(after(&done, string), cells);
                self.strings.count(done.outcome, cells);
            }
        }
    }

    fn write_new(
        &mut self,
        header: &Header,
        page: &[u8],
        unpacked: usize,
    ) -> Result<(), Fault<S::Error>> {
        let front = header.renewed(page, unpacked).ok_or_else(|| {
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

/// How many bytes more a string takes in memory than in its page, and one of a dictionary; a sixth of that, as a page is
/// weighed by six times its size.
const MORE: u64 = 16;
const MORE_IN_DICTIONARY: u64 = 64;

/// How many bytes the pages of a column in a group of rows unpack to that are held at a time: its dictionary and another;
/// with what their strings take beside that.
///
/// # Errors
/// They are damaged, or cannot be read.
pub(super) fn held(input: &mut (impl Read + Seek), place: Range<u64>) -> Result<u64, Error> {
    let mut at = place.start;
    let (mut dictionary, mut largest) = (0, 0);
    while at < place.end {
        let front = front(input, at, place.end)?;
        let mut rest = &front[..];
        let header = Header::read(&mut rest).map_err(|cause| damaged(at, cause))?;
        match header.kind {
            Kind::Dictionary => {
                dictionary = weight(header.unpacked, header.count, MORE_IN_DICTIONARY);
            }
            _ => largest = largest.max(weight(header.unpacked, header.count, MORE)),
        }
        at += (front.len() - rest.len()) as u64 + header.packed;
    }
    Ok(dictionary.saturating_add(largest))
}

fn weight(unpacked: usize, strings: u64, more: u64) -> u64 {
    (unpacked as u64).saturating_add(strings.saturating_mul(more))
}

/// Reads so much of the pages that end at `end` that the header of the one at `at` is in it.
fn front(input: &mut (impl Read + Seek), at: u64, end: u64) -> io::Result<Vec<u8>> {
    let mut length = HEADER;
    loop {
        let to = end.min(at + length);
        let front = read(input, at..to)?;
        if to == end || length >= LONGEST_HEADER || Header::read(&mut &front[..]).is_ok() {
            return Ok(front);
        }
        length *= 8;
    }
}

fn read(input: &mut (impl Read + Seek), place: Range<u64>) -> io::Result<Vec<u8>> {
    input.seek(SeekFrom::Start(place.start))?;
    let length = place.end - place.start;
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    match bytes.len() as u64 == length {
        true => Ok(bytes),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// What a string is now.
fn after<'s, O>(done: &'s Done<O>, before: &'s [u8]) -> &'s [u8] {
    done.text.as_ref().map_or(before, |text| text.as_bytes())
}

/// Whether a dictionary has a string twice. Who reads it as a dictionary (Arrow's, a categorical of pandas) would take the
/// numbers behind it for other strings.
fn holds_twice(strings: &[impl AsRef<[u8]>]) -> bool {
    let different: HashSet<&[u8]> = strings.iter().map(AsRef::as_ref).collect();
    different.len() < strings.len()
}

fn other<E: From<Error>>(error: io::Error) -> Fault<E> {
    Fault::Other(Error::from(error).into())
}

fn refused<E: From<Error>>(refusal: ParquetRefusal) -> Fault<E> {
    Fault::Other(Error::from(refusal).into())
}

/// The error for a file that is damaged at this byte.
pub(super) fn damaged(offset: u64, cause: Cause) -> Error {
    Error::Damaged {
        format: Format::Parquet,
        offset,
        cause: cause.into(),
    }
}
