//! A file from its beginning to its end.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use super::chunk::{Changed, Chunk, Pages};
use super::codec::Codec;
use super::edits::{What, edited, ends, wanted};
use super::footer::Footer;
use super::layout::Layout;
use super::new_column::NewColumn;
use super::new_rows::NewRows;
use super::pages::{damaged, held};
use super::renewed::{Renewed, RenewedGroup, new_offset_index, offset_index};
use super::strings::Strings;
use crate::Error;
use crate::archive::limits::Limits;
use crate::error::ParquetRefusal;
use crate::fault::ParquetFault;

/// What came of a file.
#[derive(Clone, Copy, Debug)]
pub struct Rewritten {
    /// Its size before, bytes.
    pub bytes_in: u64,
    /// Its size after, bytes.
    pub bytes_out: u64,
    /// Whether any string changed.
    pub changed: bool,
}

/// Changes the strings of the columns that `fields` name, and writes the file with them to `output`.
///
/// # Errors
/// No column of text has one of these names; the file is damaged, encrypted, or these columns are in a form that is not known
/// here; reading or writing fails; those of the strings.
pub fn rewrite<S: Strings>(
    input: &mut (impl Read + Seek),
    fields: &[String],
    limits: &Limits,
    strings: &mut S,
    output: &mut dyn Write,
) -> Result<Rewritten, S::Error> {
    let footer = Footer::read(input)?;
    let wanted = wanted(&footer, fields)?;
    let added = strings.new_columns().to_vec();
    let is_there = |new: &&NewColumn| {
        footer
            .columns
            .iter()
            .any(|column| column.is_below(&new.name))
    };
    if let Some(new) = added.iter().find(is_there) {
        let column = new.name.clone();
        return Err(Error::from(ParquetRefusal::IsThere { column }).into());
    }
    let mut edited = edited(&footer, &wanted)?;
    if !added.is_empty() {
        let ends = ends(&footer.groups, footer.start).into_iter().enumerate();
        edited.extend(ends.map(|(group, at)| (at..at, What::Rows(group))));
        // What is at no byte comes before what begins there.
        edited.sort_by_key(|(place, _)| (place.start, place.end));
    }
    let first = wanted.iter().position(|is_wanted| *is_wanted);
    let mut file = File {
        edited,
        added: &added,
        first: first.unwrap_or(0),
        renewed: Vec::new(),
        layout: Layout::default(),
        read: 0,
        written: 0,
        changed: false,
        footer: &footer,
        input,
        output,
    };
    for group in &footer.groups {
        let columns = group.chunks.iter().map(|_| Renewed::default());
        file.renewed.push(RenewedGroup {
            columns: columns.collect(),
            added: Vec::new(),
        });
    }
    file.pages(limits, strings)?;
    file.indexes()?;
    let end = footer.renewed(&file.renewed, &added, &file.layout)?;
    file.output.write_all(&end).map_err(Error::from)?;
    Ok(Rewritten {
        bytes_in: file.input.seek(SeekFrom::End(0)).map_err(Error::from)?,
        bytes_out: file.written + end.len() as u64,
        changed: file.changed || !added.is_empty(),
    })
}

/// How many bytes are held at a time of the columns that `fields` name, unpacked, or else of the footer.
///
/// # Errors
/// No column of text has one of these names; the file is damaged, or cannot be read.
pub fn largest(input: &mut (impl Read + Seek), fields: &[String]) -> Result<u64, Error> {
    let footer = Footer::read(input)?;
    let wanted = wanted(&footer, fields)?;
    // What lies in one place twice would be read as often.
    edited(&footer, &wanted)?;
    let mut largest = footer.length();
    for group in &footer.groups {
        for (place, _) in group
            .chunks
            .iter()
            .zip(&wanted)
            .filter(|(_, wanted)| **wanted)
        {
            let pages = place.pages.clone().unwrap_or_default();
            largest = largest.max(held(input, pages)?);
        }
    }
    Ok(largest)
}

/// A file on its way.
struct File<'f, R> {
    footer: &'f Footer,
    edited: Vec<(Range<u64>, What)>,
    /// The columns that are added, and the first that is changed, whose codec they have.
    added: &'f [NewColumn],
    first: usize,
    /// What became of each group of rows.
    renewed: Vec<RenewedGroup>,
    layout: Layout,
    /// Up to where it is read, and how much is written.
    read: u64,
    written: u64,
    changed: bool,
    input: &'f mut R,
    output: &'f mut dyn Write,
}

impl<'f, R: Read + Seek> File<'f, R> {
    /// Copies it up to its footer, but for what is edited.
    fn pages<S: Strings>(&mut self, limits: &Limits, strings: &mut S) -> Result<(), S::Error> {
        let mut rows = Vec::with_capacity(self.footer.groups.len());
        let mut before = 0_u64;
        for group in &self.footer.groups {
            rows.push(before);
            // As rows are counted elsewhere.
            before = before
                .checked_add(group.rows)
                .filter(|rows| *rows <= i64::MAX as u64)
                .ok_or_else(|| damaged(self.footer.start, ParquetFault::NoRows))?;
        }
        for (place, what) in std::mem::take(&mut self.edited) {
            self.copy(place.start).map_err(Error::from)?;
            self.read = place.end;
            let begins = self.written;
            if let What::Pages(group, column) = what {
                let name = self.footer.columns[column].name();
                let chunk = self.chunk(group, column, &name, rows[group])?;
                strings.begin(group, column);
                let output = (&mut *self.output, begins);
                let pages = Pages::new(&mut *self.input, output, limits, strings, chunk);
                let made = pages.rewrite()?;
                self.written += made.packed;
                self.changed |= made.changed;
                self.renewed[group].columns[column].pages = Some(made);
            }
            if let What::Rows(group) = what {
                self.rows((group, rows[group]), limits, strings)?;
            }
            self.layout.add(place, begins..self.written);
        }
        Ok(self.copy(self.footer.start).map_err(Error::from)?)
    }

    /// Writes the new columns of a group of rows, before which there are so many rows.
    fn rows<S: Strings>(
        &mut self,
        (group, before): (usize, u64),
        limits: &Limits,
        strings: &mut S,
    ) -> Result<(), S::Error> {
        let name = self.footer.columns[self.first].name();
        let codec = self.chunk(group, self.first, &name, before)?.codec;
        let number = self.footer.groups[group].chunks[self.first].codec;
        let count = self.footer.groups[group].rows;
        let mut rows = NewRows::new(self.added, (before, count), codec, limits);
        strings.rows(group, &mut rows)?;
        let added = rows.finish((&mut *self.output, self.written), number)?;
        self.written += added.iter().map(|added| added.packed).sum::<u64>();
        self.renewed[group].added = added;
        Ok(())
    }

    /// The pages of a column of a group of rows, before which there are so many rows.
    fn chunk<'c>(
        &self,
        group: usize,
        column: usize,
        name: &'c str,
        rows: u64,
    ) -> Result<Chunk<'c>, Error>
    where
        'f: 'c,
    {
        let found = &self.footer.groups[group].chunks[column];
        let codec = Codec::of(found.codec).map_err(|codec| ParquetRefusal::Codec {
            column: name.to_owned(),
            codec,
        })?;
        Ok(Chunk {
            column: &self.footer.columns[column],
            name,
            codec,
            place: found.pages.clone().unwrap_or_default(),
            values: found.values,
            rows_before: rows,
            rows: self.footer.groups[group].rows,
        })
    }

    /// Copies up to this byte.
    fn copy(&mut self, to: u64) -> io::Result<()> {
        let length = to - self.read;
        self.input.seek(SeekFrom::Start(self.read))?;
        let mut rest = Read::take(&mut *self.input, length);
        if io::copy(&mut rest, &mut *self.output)? < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.read = to;
        self.written += length;
        Ok(())
    }

    /// Writes the indexes of pages: first those of values, then those of places.
    fn indexes(&mut self) -> Result<(), Error> {
        let footer = self.footer;
        let places = || {
            let groups = footer.groups.iter().enumerate();
            groups.flat_map(|(group, chunks)| {
                let chunks = chunks.chunks.iter().enumerate();
                chunks.map(move |(column, place)| (group, column, place))
            })
        };
        for (group, column, place) in places() {
            let is_changed = self.changed_pages(group, column).is_some();
            if let (Some(place), false) = (&place.column_index, is_changed) {
                let bytes = self.bytes(place.clone())?;
                self.renewed[group].columns[column].column_index = Some(self.write(&bytes)?);
            }
        }
        for (group, column, place) in places() {
            let Some(place) = &place.offset_index else {
                continue;
            };
            let bytes = self.bytes(place.clone())?;
            let changed = self.changed_pages(group, column);
            let index = offset_index(&bytes, changed, &self.layout);
            let index = index.map_err(|cause| damaged(place.start, cause))?;
            if let Some(index) = index {
                self.renewed[group].columns[column].offset_index = Some(self.write(&index)?);
            }
        }
        for (group, chunks) in footer.groups.iter().enumerate() {
            // Readers that use them want them of all columns.
            if chunks
                .chunks
                .iter()
                .all(|place| place.offset_index.is_none())
            {
                continue;
            }
            for at in 0..self.renewed[group].added.len() {
                let index = new_offset_index(&self.renewed[group].added[at]);
                self.renewed[group].added[at].offset_index = Some(self.write(&index)?);
            }
        }
        Ok(())
    }

    /// The pages of a column whose strings changed.
    fn changed_pages(&self, group: usize, column: usize) -> Option<&Changed> {
        let pages = self.renewed[group].columns[column].pages.as_ref();
        pages.filter(|pages| pages.changed)
    }

    fn bytes(&mut self, place: Range<u64>) -> io::Result<Vec<u8>> {
        self.input.seek(SeekFrom::Start(place.start))?;
        let mut bytes = Vec::new();
        Read::take(&mut *self.input, place.end - place.start).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes, and returns where.
    fn write(&mut self, bytes: &[u8]) -> io::Result<Range<u64>> {
        self.output.write_all(bytes)?;
        let begins = self.written;
        self.written += bytes.len() as u64;
        Ok(begins..self.written)
    }
}
