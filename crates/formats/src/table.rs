//! CSV and TSV: the cells.

use std::borrow::Cow;
use std::ops::Range;

use jianti_text::encoding::kept_at;
use jianti_text::lines;

use crate::characters::Characters;
use crate::columns::Columns;
use crate::escape::Place;
use crate::fragment::{Fragments, longest};
use crate::json;
use crate::machine_read::is_list_in_cell;
use crate::named::{Held, Named, are_terms};
use crate::piece::{
    self, Form, LONGEST_PASSAGE, Piece, convert_alone, convert_literal, convert_long,
};
use crate::{DocumentFault, Error, Format, Rewriter, Settings, TextSink};

/// The longest cell with quotes; a quote that is not closed before is a character like any other. Bytes.
const LONGEST_CELL: usize = 8 << 20;

/// How much is looked at for the delimiter at most, bytes.
const LOOK: usize = 1 << 16;

/// How much of a row is held where rows may be kept as they are, bytes and cells. A longer one is written as it comes, so that what
/// is no text in it is the document's error.
const LONGEST_KEPT: usize = 4 << 20;
const MOST_KEPT: usize = 1 << 17;

/// Rewrites a table.
pub(crate) struct Table {
    format: Format,
    /// Whether program code in fragments of HTML is left as it is.
    keep_code: bool,
    columns: Columns,
    /// What is between cells; told from the first line.
    delimiter: Option<u8>,
    /// What came and is not written, and where it begins in the document, bytes.
    buffer: String,
    offset: u64,
    /// The number of the current cell, and whether it is in the first row.
    column: usize,
    in_head: bool,
    /// Cells that are passed and not written, how many bytes they have, and where the next begins.
    row: Vec<Cell>,
    held: usize,
    at: usize,
    /// Up to where the buffer is written.
    done: usize,
    /// Whether the row's language is told.
    told: bool,
    /// Whether what comes goes on with a cell.
    in_cell: bool,
    /// Whether bytes that are no text were kept in any row so far.
    holds_kept: bool,
    /// Whether the current row was kept as it is, and told of.
    is_bad: bool,
    /// How many lines ended, and how many before the current row.
    lines: u64,
    row_lines: u64,
    /// The column whose cells tell rows apart: its name, its number once that is known, and the current row's cell.
    id: Option<String>,
    id_column: Option<usize>,
    row_id: Option<String>,
}

/// The place of a cell in the buffer, or of a part of a long one.
struct Cell {
    /// What it holds, without quotes.
    text: Range<usize>,
    quoted: bool,
    /// Whether a part of it came before, and whether another follows.
    goes_on: bool,
    is_cut: bool,
    /// Where the delimiter, the line's end or the document's end stands.
    end: usize,
    /// Where the next cell begins.
    next: usize,
}

impl Table {
    /// A document at its beginning.
    pub fn new(format: Format, settings: &Settings) -> Table {
        Table {
            format,
            keep_code: settings.keep_code,
            columns: Columns::new(&settings.fields),
            delimiter: (format == Format::Tsv).then_some(b'\t'),
            buffer: String::new(),
            offset: 0,
            column: 0,
            in_head: true,
            row: Vec::new(),
            held: 0,
            at: 0,
            done: 0,
            told: false,
            in_cell: false,
            holds_kept: false,
            is_bad: false,
            lines: 0,
            row_lines: 0,
            id: settings.record_id.clone(),
            id_column: None,
            row_id: None,
        }
    }

    /// The cell that begins at `at`, or the part of a long one; `None` if more is needed.
    fn cell(&self, at: usize, delimiter: u8, last: bool) -> Option<Cell> {
        let bytes = self.buffer.as_bytes();
        let mut text = at..at;
        let mut quoted = false;
        let mut from = at;
        if bytes.get(at) == Some(&b'"') && !self.in_cell {
            match closing_quote(&bytes[at + 1..], delimiter, last) {
                Quote::At(length) => {
                    quoted = true;
                    text = at + 1..at + 1 + length;
                    from = text.end + 1;
                }
                Quote::Perhaps if !last && bytes.len() - at < LONGEST_CELL => return None,
                Quote::Perhaps | Quote::Nowhere => {}
            }
        }
        let rest = &bytes[from..];
        let found = memchr::memchr3(delimiter, b'\n', b'\r', rest);
        let length = found.unwrap_or(rest.len());
        let is_long = || self.in_cell || length > longest(&self.buffer[at..]);
        if !quoted && length > LONGEST_PASSAGE && is_long() {
            let front = lines::front(&self.buffer[at..], LONGEST_PASSAGE);
            let end = at + piece::passage_end(front);
            return Some(Cell {
                text: at..end,
                quoted,
                goes_on: self.in_cell,
                is_cut: true,
                end,
                next: end,
            });
        }
        if found.is_none() && !last {
            return None;
        }
        let end = from + length;
        if !quoted {
            text = at..end;
        }
        let next = match bytes.get(end..end + 2) {
            Some(b"\r\n") => end + 2,
            // What ends the line may be two bytes.
            None if bytes.get(end) == Some(&b'\r') && !last => return None,
            _ => (end + 1).min(bytes.len()),
        };
        Some(Cell {
            text,
            quoted,
            goes_on: self.in_cell,
            is_cut: false,
            end,
            next,
        })
    }

    /// Whether the cell in this column is text.
    fn is_wanted(&self, column: usize) -> bool {
        self.columns.are_all() || !self.in_head && self.columns.are_wanted(column)
    }

    /// Writes the cells that are held: a row up to where it `ends`, or so much of it that its language is known.
    ///
    /// # Errors
    /// Bytes that are no text in a row that is partly written.
    fn write_row(
        &mut self,
        ends: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        let row = std::mem::take(&mut self.row);
        if self.holds_kept
            && let Some(kept) = kept_at(&self.buffer[self.done..self.at])
        {
            if self.told || !ends {
                return Err(Error::Document {
                    format: self.format,
                    offset: self.offset + (self.done + kept.start) as u64,
                    cause: DocumentFault::NotUtf8,
                });
            }
            self.keep_row(&row, kept.start, passages, out);
            return Ok(());
        }
        if !std::mem::replace(&mut self.told, true) {
            let texts: Vec<&str> = row
                .iter()
                .enumerate()
                .filter(|(at, _)| self.is_wanted(self.column + at))
                .map(|(_, cell)| &self.buffer[cell.text.clone()])
                .collect();
            passages.record(&texts);
        }
        for cell in &row {
            self.note_id(cell);
            out.push_str(&self.buffer[self.done..cell.text.start]);
            self.write(cell, passages, out);
            out.push_str(&self.buffer[cell.text.end..cell.next]);
            self.pass(cell);
        }
        self.held = 0;
        Ok(())
    }

    /// Copies a whole row that holds bytes that are no text, the first of them at `at` of it, and tells of it.
    fn keep_row(&mut self, row: &[Cell], at: usize, passages: &mut dyn TextSink, out: &mut String) {
        let text = &self.buffer[self.done..self.at];
        out.push_str(text);
        let before = &text[..at];
        let line = self.lines + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u64 + 1;
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let column = before[start..].chars().count() as u64 + 1;
        for cell in row {
            self.note_id(cell);
            self.note_name(cell);
            self.pass(cell);
        }
        passages.bad_record(
            line,
            column,
            DocumentFault::NotUtf8,
            self.row_id.take().as_deref(),
        );
        self.is_bad = true;
        self.held = 0;
    }

    /// Goes behind a cell.
    fn pass(&mut self, cell: &Cell) {
        self.column += usize::from(!cell.is_cut);
        let written = &self.buffer.as_bytes()[self.done..cell.next];
        let ends = memchr::memchr_iter(b'\n', written).count();
        self.lines += ends as u64 + u64::from(written.ends_with(b"\r"));
        self.done = cell.next;
    }

    /// Notes a cell that tells rows apart; the first row names its column.
    fn note_id(&mut self, cell: &Cell) {
        let Some(name) = &self.id else {
            return;
        };
        let content = content(&self.buffer[cell.text.clone()], cell.quoted);
        if self.in_head && content == *name {
            self.id_column = Some(self.column);
        } else if !self.in_head && self.id_column == Some(self.column) && !cell.goes_on {
            self.row_id = Some(content.into_owned());
        }
    }

    /// Tells of a row that has ended.
    fn end_row(&mut self, passages: &mut dyn TextSink) {
        let id = self.row_id.take();
        if !std::mem::take(&mut self.is_bad) {
            passages.record_ends(self.row_lines + 1, id.as_deref());
        }
        self.row_lines = self.lines;
        self.column = 0;
        self.told = false;
    }

    fn write(&mut self, cell: &Cell, passages: &mut dyn TextSink, out: &mut String) {
        self.note_name(cell);
        let held = match self.in_head {
            true => None,
            false => self.columns.held(self.column),
        };
        let mut named = Named(passages);
        let passages: &mut dyn TextSink = match held {
            Some(Held::Name) => &mut named,
            _ => named.0,
        };
        let raw = &self.buffer[cell.text.clone()];
        let is_whole = !cell.is_cut && !cell.goes_on;
        let mut fragments = Fragments::new(passages, self.keep_code, json::rewrite_value);
        let is_passage = raw.len() <= LONGEST_PASSAGE || is_whole && raw.len() <= longest(raw);
        let passages: &mut dyn TextSink = match is_whole && is_passage {
            true => &mut fragments,
            false => fragments.passages,
        };
        if self.is_wanted(self.column) {
            let place = if cell.quoted {
                Place::Cell
            } else {
                Place::Verbatim
            };
            let offset = self.offset + cell.text.start as u64;
            let is_literal = !cell.quoted || memchr::memchr(b'"', raw.as_bytes()).is_none();
            let new = match is_passage {
                true if is_literal => {
                    passages.at(offset);
                    let is_list =
                        is_list_in_cell(raw) || held == Some(Held::Terms) && are_terms(raw);
                    match is_whole && is_list {
                        true => convert_literal(raw, place, &mut Characters(passages)),
                        false => convert_literal(raw, place, passages),
                    }
                }
                true => {
                    passages.at(offset);
                    convert_alone(pieces(raw, cell.quoted), place, passages)
                }
                false => convert_long(
                    raw,
                    offset,
                    front,
                    |raw| pieces(raw, cell.quoted),
                    place,
                    passages,
                ),
            };
            if let Some(new) = new {
                out.push_str(&self.settled(cell, raw, new));
                return;
            }
        }
        out.push_str(raw);
    }

    /// Notes a column that the first row names.
    fn note_name(&mut self, cell: &Cell) {
        if self.in_head && !cell.is_cut {
            let name = content(&self.buffer[cell.text.clone()], cell.quoted);
            let name = (!cell.goes_on).then_some(&*name);
            self.columns.add(self.column, name);
        }
    }

    /// Puts quotes around what needs them now and did not before. A part of a cell cannot have them: it stays as it was.
    fn settled(&self, cell: &Cell, old: &str, new: String) -> String {
        let delimiter = self.delimiter.map_or(',', char::from);
        let special = |c: char| matches!(c, '\n' | '\r') || c == delimiter;
        let opens = new.starts_with('"') && !old.starts_with('"');
        if !cell.quoted && (new.contains(special) || opens) {
            if cell.is_cut || cell.goes_on {
                return old.to_owned();
            }
            return format!("\"{}\"", new.replace('"', "\"\""));
        }
        new
    }

    fn end_head(&mut self) -> Result<(), Error> {
        self.in_head = false;
        if self.columns.lacks_all() {
            return Err(Error::Document {
                format: self.format,
                offset: self.offset + self.done as u64,
                cause: DocumentFault::NoColumn,
            });
        }
        Ok(())
    }
}

impl Rewriter for Table {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.holds_kept |= kept_at(text).is_some();
        self.buffer.push_str(text);
        let delimiter = match self.delimiter {
            Some(delimiter) => delimiter,
            None if !last && self.buffer.len() < LOOK => return Ok(()),
            None => *self.delimiter.insert(delimiter(&self.buffer)),
        };
        while self.at < self.buffer.len() {
            let at = self.at;
            let Some(cell) = self.cell(at, delimiter, last) else {
                break;
            };
            let ends = !cell.is_cut && self.buffer.as_bytes().get(cell.end) != Some(&delimiter);
            self.in_cell = cell.is_cut;
            self.at = cell.next;
            self.held += cell.next - at;
            self.row.push(cell);
            if ends || self.held > LONGEST_KEPT || self.row.len() >= MOST_KEPT {
                self.write_row(ends, passages, out)?;
            }
            if ends {
                self.end_row(passages);
                if self.in_head {
                    self.end_head()?;
                }
            }
        }
        if last && !self.row.is_empty() {
            self.write_row(true, passages, out)?;
            self.end_row(passages);
        }
        let done = std::mem::take(&mut self.done);
        self.buffer.drain(..done);
        self.offset += done as u64;
        self.at -= done;
        for cell in &mut self.row {
            cell.text = cell.text.start - done..cell.text.end - done;
            cell.end -= done;
            cell.next -= done;
        }
        Ok(())
    }

    fn has_records(&self) -> bool {
        true
    }
}

/// What a cell says.
fn content(raw: &str, quoted: bool) -> Cow<'_, str> {
    match quoted {
        true => Cow::Owned(raw.replace("\"\"", "\"")),
        false => Cow::Borrowed(raw),
    }
}

enum Quote {
    /// The content is so long, bytes.
    At(usize),
    /// More is needed.
    Perhaps,
    /// What stands behind it is no cell's end.
    Nowhere,
}

/// Where the quote is that closes a cell.
fn closing_quote(bytes: &[u8], delimiter: u8, last: bool) -> Quote {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
        at += found;
        if at > LONGEST_CELL {
            return Quote::Nowhere;
        }
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            Some(b'\n' | b'\r') => return Quote::At(at),
            Some(byte) if *byte == delimiter => return Quote::At(at),
            Some(_) => return Quote::Nowhere,
            None if last => return Quote::At(at),
            None => return Quote::Perhaps,
        }
    }
    Quote::Perhaps
}

/// The front of a long cell; it does not end between two quotes that are one.
fn front(raw: &str) -> &str {
    let front = lines::front(raw, LONGEST_PASSAGE);
    let quotes = front.len() - front.trim_end_matches('"').len();
    &front[..front.len() - quotes % 2]
}

/// What is between the cells of the first line: the commonest candidate outside quotes; a comma if there is none.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(found, _)| *found == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| *count > 0)
        .map_or(b',', |(found, _)| *found)
}

/// Cuts a cell's content into pieces.
fn pieces(raw: &str, quoted: bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        let length = match rest.find("\"\"").filter(|_| quoted) {
            Some(0) => 2,
            Some(length) => length,
            None => rest.len(),
        };
        let (raw, behind) = rest.split_at(length);
        let (text, form) = match raw == "\"\"" && quoted {
            true => ("\"", Form::Named),
            false => (raw, Form::Literal),
        };
        pieces.push(Piece {
            raw,
            text: Cow::Borrowed(text),
            form,
        });
        rest = behind;
    }
    pieces
}
