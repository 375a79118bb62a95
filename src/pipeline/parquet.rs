//! Parquet files: each string of the columns that are asked for is a document of its own.

use std::borrow::Cow;
use std::io::{Read, Seek, Write};
use std::rc::Rc;

use jianti_formats::archive::limits::Limits;
use jianti_formats::parquet::{self, Cell, Done, NewColumn, NewRows, Strings};
use jianti_formats::{DocumentFault, Error as FormatError, Format, ParquetRefusal};
use rayon::prelude::*;

use super::chunks::EachRecord;
use super::coded;
use super::observer::Observer;
use super::outcome_columns::OutcomeColumns;
use super::stream::Stream;
use crate::context::Context;
use crate::error::Error;
use crate::outcome::Outcome;
use crate::records::{MOST_ERRORS, RecordError, RecordOutcome};

/// How much of a file tells what it is, bytes.
const LOOK: u64 = 512;

/// So many strings are done on one thread at least.
const FEW: usize = 8;

/// Among so many different things that came of strings the same is looked for.
const KINDS: usize = 32;

/// Whether a file that begins with `head` is a Parquet file of which columns are asked for.
pub(super) fn begins(context: &Context, head: &[u8]) -> bool {
    !context.options.fields.is_empty() && parquet::begins(head)
}

/// How many bytes of a Parquet file of which columns are asked for are held at a time; `None` for any other.
pub(crate) fn largest(context: &Context, input: &mut (impl Read + Seek)) -> Option<u64> {
    let mut head = Vec::new();
    input.rewind().ok()?;
    Read::take(&mut *input, LOOK).read_to_end(&mut head).ok()?;
    match begins(context, &head) {
        true => parquet::largest(input, &context.options.fields).ok(),
        false => None,
    }
}

/// Normalises the strings of a Parquet file, and writes the file with them to `output`. What came of each cell, if that is
/// wanted, `each` takes, or else the outcome holds it; an observer is told of those that would change.
///
/// # Errors
/// [`Error::Format`], [`Error::Engine`] and [`Error::Io`].
pub(super) fn normalize(
    context: &Context,
    limits: &Limits,
    observer: Option<&Observer>,
    each: Option<EachRecord>,
    input: &mut (impl Read + Seek),
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    // What an empty text comes to, to which the strings' outcomes are added.
    let nothing = Stream::new(context, None).text("", &mut String::new())?;
    let mut texts = Texts {
        context,
        observer,
        each,
        outcome: nothing.clone(),
        nothing,
        columns: context
            .options
            .outcome_columns
            .as_deref()
            .map(OutcomeColumns::new),
        length: 0,
        kinds: Vec::new(),
    };
    let fields = &context.options.fields;
    let rewritten = parquet::rewrite(input, fields, limits, &mut texts, output)?;
    Ok(Outcome {
        format: Format::Parquet,
        bytes_in: rewritten.bytes_in,
        bytes_out: rewritten.bytes_out,
        changed: rewritten.changed,
        ..texts.outcome
    })
}

/// The strings, each through the stages.
struct Texts<'a, 'o, 'e> {
    context: &'a Context,
    observer: Option<&'a Observer<'o>>,
    each: Option<EachRecord<'e>>,
    /// What came of them so far.
    outcome: Outcome,
    /// What comes of no text.
    nothing: Outcome,
    /// The columns that tell of each row, if they are wanted.
    columns: Option<OutcomeColumns>,
    /// How much text came so far, bytes.
    length: u64,
    /// The last different things that came of strings.
    kinds: Vec<Rc<Made>>,
}

/// What came of a string, but for its length, which the strings of a dictionary share.
#[derive(PartialEq)]
struct Made {
    outcome: Outcome,
    /// Whether it was read; if not, the outcome is that of no text.
    is_read: bool,
    /// What is wrong with it: at which of its characters, from 1, and what.
    errors: Vec<(u64, DocumentFault)>,
}

/// What came of a string of this length, bytes.
struct Shared {
    length: u64,
    made: Rc<Made>,
}

impl Texts<'_, '_, '_> {
    /// What came of a string, kept once for all of which the same came: hundreds of bytes.
    fn share(&mut self, mut made: Made) -> Shared {
        let length = std::mem::take(&mut made.outcome.bytes_in);
        made.outcome.bytes_out = 0;
        let made = match self.kinds.iter().find(|kind| ***kind == made) {
            Some(known) => Rc::clone(known),
            None => {
                if self.kinds.len() == KINDS {
                    self.kinds.remove(0);
                }
                let made = Rc::new(made);
                self.kinds.push(Rc::clone(&made));
                made
            }
        };
        Shared { length, made }
    }

    fn record(&mut self, cell: &Cell, done: &Done<Shared>) {
        let made = &done.outcome.made;
        let (outcome, first) = (&made.outcome, made.errors.first());
        let repaired: u64 = outcome.repairs.repaired.values().sum();
        let record = RecordOutcome {
            member: Some(cell.column.to_owned()),
            line: cell.row,
            id: None,
            language: outcome.language,
            script: outcome.script,
            changed: done.text.is_some(),
            repaired,
            open: outcome.repairs.open + outcome.repairs.lost,
            doubtful: outcome.doubtful,
            error: first.map(|error| record_error(cell, *error)),
        };
        match &mut self.each {
            Some(each) => each(record),
            None => self.outcome.records.push(record),
        }
    }
}

impl Strings for Texts<'_, '_, '_> {
    type Outcome = Shared;
    type Error = Error;

    fn change(&mut self, strings: &[Cow<'_, [u8]>]) -> Result<Vec<Done<Shared>>, Error> {
        let (context, nothing) = (self.context, &self.nothing);
        let strings = strings.par_iter().with_min_len(FEW);
        let done: Result<Vec<_>, Error> = strings
            .map(|string| one(context, string, nothing))
            .collect();
        let shared = done?.into_iter().map(|done| Done {
            text: done.text,
            is_bad: done.is_bad,
            outcome: self.share(done.outcome),
        });
        Ok(shared.collect())
    }

    fn new_columns(&self) -> &[NewColumn] {
        let columns = self.columns.as_ref();
        columns.map_or(&[], OutcomeColumns::columns)
    }

    fn begin(&mut self, group: usize, column: usize) {
        if let Some(columns) = &mut self.columns {
            columns.begin(group, column);
        }
    }

    fn rows(&mut self, group: usize, rows: &mut NewRows) -> Result<(), Error> {
        match &mut self.columns {
            Some(columns) => Ok(columns.rows(group, rows)?),
            None => Ok(()),
        }
    }

    fn wants_cells(&self) -> bool {
        self.context.options.records || self.observer.is_some() || self.columns.is_some()
    }

    fn cell(&mut self, cell: Cell<'_>, done: &Done<Shared>) -> Result<(), Error> {
        for error in &done.outcome.made.errors {
            let (character, cause) = *error;
            if self.context.options.strict {
                let refusal = ParquetRefusal::Row {
                    column: cell.column.to_owned(),
                    row: cell.row,
                    character,
                    cause,
                };
                return Err(FormatError::from(refusal).into());
            }
            self.outcome.bad_records += 1;
            if self.outcome.record_errors.len() < MOST_ERRORS {
                let error = record_error(&cell, *error);
                self.outcome.record_errors.push(error);
            }
        }
        if let (Some(observer), Some(after)) = (self.observer, &done.text) {
            let _within = observer.enter(&format!("{}/{}", cell.column, cell.row));
            observer.tell(&String::from_utf8_lossy(cell.before), after);
        }
        if self.context.options.records {
            self.record(&cell, done);
        }
        if let Some(columns) = &mut self.columns {
            let made = &done.outcome.made;
            let outcome = made.is_read.then_some(&made.outcome);
            let error = made.errors.first().map(|(character, cause)| {
                let column = cell.column;
                format!("character {character} of the column {column}: {cause}")
            });
            columns.add(&cell, outcome, done.text.is_some(), error)?;
        }
        Ok(())
    }

    fn count(&mut self, shared: &Shared, cells: u64) {
        let outcome = shared.made.outcome.clone().further_on(self.length);
        self.outcome.add(outcome.times(cells));
        self.length += shared.length;
    }
}

/// What becomes of one string.
///
/// # Errors
/// [`Error::Engine`] and [`Error::Io`]; what is wrong with the string is its own.
fn one(context: &Context, string: &[u8], nothing: &Outcome) -> Result<Done<Made>, Error> {
    let text = match simdutf8::basic::from_utf8(string) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if context.options.lossy => String::from_utf8_lossy(string),
        Err(_) => {
            let valid = string.utf8_chunks().next();
            let before = valid.map_or(0, |chunk| chunk.valid().chars().count());
            return Ok(bad(before, DocumentFault::NotUtf8, string, nothing));
        }
    };
    let mut out = String::with_capacity(text.len());
    let format = context.format(None, text.as_bytes());
    let outcome = match format.is_coded() {
        true => coded::append(context, format, &text, &mut out),
        false => Stream::new(context, None)
            .with_all_fields()
            .text(&text, &mut out),
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(Error::Format(error)) => {
            let (at, cause) = mistake(&error);
            let before = text.get(..at).unwrap_or_default().chars().count();
            return Ok(bad(before, cause, string, nothing));
        }
        Err(error) => return Err(error),
    };
    let inner = outcome.record_errors.iter();
    let errors: Vec<_> = inner.map(|error| (error.column, error.cause)).collect();
    let replaced = match text {
        Cow::Borrowed(_) => 0,
        Cow::Owned(_) => string
            .utf8_chunks()
            .filter(|c| !c.invalid().is_empty())
            .count(),
    };
    Ok(Done {
        text: (out.as_bytes() != string).then_some(out),
        is_bad: !errors.is_empty(),
        outcome: Made {
            outcome: Outcome {
                replaced: outcome.replaced + replaced as u64,
                bad_records: 0,
                record_errors: Vec::new(),
                records: Vec::new(),
                ..outcome
            },
            is_read: true,
            errors,
        },
    })
}

/// A string that stays: so many of its characters stand before the mistake.
fn bad(before: usize, cause: DocumentFault, string: &[u8], nothing: &Outcome) -> Done<Made> {
    Done {
        text: None,
        is_bad: true,
        outcome: Made {
            outcome: Outcome {
                bytes_in: string.len() as u64,
                bytes_out: string.len() as u64,
                ..nothing.clone()
            },
            is_read: false,
            errors: vec![(before as u64 + 1, cause)],
        },
    }
}

/// Where a text is not what its beginning says (bytes before it), and what is wrong.
fn mistake(error: &FormatError) -> (usize, DocumentFault) {
    match error {
        FormatError::Document { offset, cause, .. } => (*offset as usize, *cause),
        FormatError::TooMuch { offset, .. } => (*offset as usize, DocumentFault::TooMuch),
        _ => (0, DocumentFault::OtherFormat),
    }
}

fn record_error(cell: &Cell, (character, cause): (u64, DocumentFault)) -> RecordError {
    RecordError {
        member: Some(cell.column.to_owned()),
        line: cell.row,
        column: character,
        cause,
    }
}
