//! A column's documents, row by row through the library, in pieces of rows on some threads.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray};
use jianti::repair::Rule;
use jianti::{Normalizer, Outcome};
use pyo3::prelude::*;

use super::column::{self, Kind};
use crate::document;

/// How much text a piece has, bytes.
const PIECE: usize = 1 << 18;

/// How many rows a piece has at most.
const MOST_ROWS: usize = 1 << 16;

/// How often Python is asked whether the user wants an end.
const ASK: Duration = Duration::from_millis(100);

/// A column's documents as bytes: whether text is UTF-8 is for us to see.
#[derive(Clone, Debug)]
pub enum Documents {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
}

impl Documents {
    /// How many there are, nulls too.
    pub fn len(&self) -> usize {
        match self {
            Documents::Small(array) => array.len(),
            Documents::Large(array) => array.len(),
            Documents::View(array) => array.len(),
        }
    }

    /// A row's document, if it has one.
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Documents::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Documents::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Documents::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

/// What became of some rows.
#[derive(Debug, Default)]
pub struct Piece {
    /// The documents, one after the other, and where each ends.
    pub bytes: Vec<u8>,
    pub ends: Vec<usize>,
    /// Which rows have one.
    pub valid: Vec<bool>,
    /// What came of each, if that is wanted.
    pub told: Option<Vec<Told>>,
}

/// What came of a row.
#[derive(Clone, Debug)]
pub enum Told {
    Null,
    Error(String),
    Done(Counts),
}

/// Of an outcome, what the columns have.
#[derive(Clone, Debug)]
pub struct Counts {
    pub language: &'static str,
    pub script: &'static str,
    pub changed: bool,
    /// In the order of [`Rule::ALL`].
    pub repaired: [i64; Rule::ALL.len()],
    pub open: i64,
    pub lost: i64,
    pub doubtful: i64,
}

impl Counts {
    fn new(outcome: &Outcome) -> Counts {
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let repairs = &outcome.repairs;
        let mut repaired = [0; Rule::ALL.len()];
        if !repairs.repaired.is_empty() {
            for (count, rule) in repaired.iter_mut().zip(Rule::ALL) {
                *count = signed(repairs.repaired.get(rule.name()).copied().unwrap_or(0));
            }
        }
        Counts {
            language: outcome.language.name(),
            script: outcome.script.name(),
            changed: outcome.changed,
            repaired,
            open: signed(repairs.open),
            lost: signed(repairs.lost),
            doubtful: signed(outcome.doubtful),
        }
    }
}

impl Piece {
    /// None yet.
    pub fn new(told: bool) -> Piece {
        Piece {
            told: told.then(Vec::new),
            ..Piece::default()
        }
    }

    /// None yet, and room for all of them: to grow means new pages and a locked allocator, for which threads wait for each
    /// other.
    fn with_room(told: bool, rows: usize, bytes: usize) -> Piece {
        Piece {
            bytes: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(rows),
            valid: Vec::with_capacity(rows),
            told: told.then(|| Vec::with_capacity(rows)),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A row's document; empty if it has none.
    pub fn row(&self, row: usize) -> &[u8] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[row]]
    }

    /// Adds a row.
    pub fn push(&mut self, document: Option<&[u8]>, told: impl FnOnce() -> Told) {
        self.bytes.extend_from_slice(document.unwrap_or_default());
        self.ends.push(self.bytes.len());
        self.valid.push(document.is_some());
        if let Some(all) = &mut self.told {
            all.push(told());
        }
    }
}

/// What is to be done to the chunks of a column.
pub struct Work<'a> {
    normalizer: &'a Normalizer,
    chunks: Vec<&'a Documents>,
    is_text: bool,
    told: bool,
    /// Which rows of which chunk.
    pieces: Vec<(usize, Range<usize>)>,
    next: AtomicUsize,
    stopped: AtomicBool,
    done: Mutex<Vec<(usize, Piece)>>,
}

impl<'a> Work<'a> {
    /// Nothing is done yet.
    pub fn new(
        normalizer: &'a Normalizer,
        chunks: Vec<&'a Documents>,
        is_text: bool,
        told: bool,
    ) -> Work<'a> {
        let pieces = chunks.iter().enumerate();
        let pieces = pieces.flat_map(|(chunk, rows)| cut(rows).map(move |rows| (chunk, rows)));
        Work {
            pieces: pieces.collect(),
            normalizer,
            chunks,
            is_text,
            told,
            next: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            done: Mutex::new(Vec::new()),
        }
    }

    /// Does it on so many threads, 0 for one per processor, and returns what became of each chunk. The threads end with it:
    /// none are left for a process that is forked later to wait for.
    ///
    /// # Errors
    /// What Python's handlers of signals raise.
    pub fn run(self, py: Python<'_>, threads: usize) -> PyResult<Vec<Vec<Piece>>> {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let helpers = threads.min(self.pieces.len()).saturating_sub(1);
        py.detach(|| {
            std::thread::scope(|scope| {
                for _ in 0..helpers {
                    // Where no thread can be started the others do its work.
                    let _ = std::thread::Builder::new().spawn_scoped(scope, || {
                        let mut more = true;
                        while more && !self.stopped.load(Ordering::Relaxed) {
                            more = self.one();
                        }
                    });
                }
                let mut asked = Instant::now();
                while self.one() {
                    if asked.elapsed() < ASK {
                        continue;
                    }
                    asked = Instant::now();
                    if let Err(error) = Python::attach(|py| py.check_signals()) {
                        self.stopped.store(true, Ordering::Relaxed);
                        return Err(error);
                    }
                }
                Ok(())
            })
        })?;
        let mut done = self.done.into_inner().expect("no thread panics");
        done.sort_unstable_by_key(|(number, _)| *number);
        let mut chunks: Vec<Vec<Piece>> = self.chunks.iter().map(|_| Vec::new()).collect();
        for (number, piece) in done {
            chunks[self.pieces[number].0].push(piece);
        }
        Ok(chunks)
    }

    /// Does the next piece; returns whether there was one.
    fn one(&self) -> bool {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let Some((chunk, rows)) = self.pieces.get(number) else {
            return false;
        };
        let documents = self.chunks[*chunk];
        let size: usize = rows
            .clone()
            .filter_map(|row| Some(documents.get(row)?.len()))
            .sum();
        let mut piece = Piece::with_room(self.told, rows.len(), size + size / 16);
        let mut text = String::new();
        for row in rows.clone() {
            self.row(documents.get(row), &mut piece, &mut text);
        }
        let mut done = self.done.lock().expect("no thread panics");
        done.push((number, piece));
        true
    }

    /// Does a row. `text` is room for it.
    fn row(&self, document: Option<&[u8]>, piece: &mut Piece, text: &mut String) {
        let Some(document) = document else {
            return piece.push(None, || Told::Null);
        };
        text.clear();
        let result = match self.is_text {
            false => document::bytes(self.normalizer, None, document)
                .map(|(bytes, outcome)| (Cow::Owned(bytes), outcome))
                .map_err(|failure| failure.to_string()),
            true => utf8(document).and_then(|source| {
                let outcome = document::text(self.normalizer, None, source, text);
                let outcome = outcome.map_err(|failure| failure.to_string())?;
                Ok((Cow::Borrowed(text.as_bytes()), outcome))
            }),
        };
        match result {
            Ok((new, outcome)) => {
                piece.push(Some(&new), || Told::Done(Counts::new(&outcome)));
            }
            Err(error) => piece.push(Some(document), || Told::Error(error)),
        }
    }
}

fn utf8(document: &[u8]) -> Result<&str, String> {
    simdutf8::basic::from_utf8(document).map_err(|_| {
        let valid = std::str::from_utf8(document).map_or_else(|error| error.valid_up_to(), str::len);
        format!("invalid UTF-8 at byte offset {valid}; give a column of bytes in another encoding as binary")
    })
}

/// Ranges of rows, none with much more text than a piece shall have; one at least.
fn cut(documents: &Documents) -> impl Iterator<Item = Range<usize>> {
    let (mut from, mut whole) = (0, false);
    std::iter::from_fn(move || {
        if whole {
            return None;
        }
        let start = from;
        let mut size = 0;
        while from < documents.len() && size < PIECE && from - start < MOST_ROWS {
            size += documents.get(from).map_or(0, <[u8]>::len);
            from += 1;
        }
        whole = from == documents.len();
        Some(start..from)
    })
}

/// The rows that the keys of a dictionary name, of the pieces that its values became.
pub fn taken(keys: &ArrayRef, values: Vec<Piece>, kind: Kind) -> Vec<Piece> {
    let rows: Vec<(usize, usize)> = values
        .iter()
        .enumerate()
        .flat_map(|(piece, rows)| (0..rows.len()).map(move |row| (piece, row)))
        .collect();
    let mut pieces = Vec::new();
    let mut taken = Piece::new(true);
    for key in column::keys(keys) {
        let found = key.map(|key| rows[key]);
        let found = found.filter(|(piece, row)| values[*piece].valid[*row]);
        let Some((from, row)) = found else {
            taken.push(None, || Told::Null);
            continue;
        };
        if taken.bytes.len() + values[from].row(row).len() > kind.most() {
            pieces.push(std::mem::replace(&mut taken, Piece::new(true)));
        }
        let told = values[from].told.as_ref().map(|told| told[row].clone());
        taken.push(Some(values[from].row(row)), || told.unwrap_or(Told::Null));
    }
    pieces.push(taken);
    pieces
}
