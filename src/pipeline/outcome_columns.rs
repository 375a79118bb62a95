//! Columns of a Parquet file that tell what came of each of its rows.
//!
//! The cells of one column come after those of another, and a row has cells in several. So what came of the rows of a column
//! is written down, in a temporary file if it is much, and put together when all columns of the group of rows are done.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, Write as _};

use jianti_formats::Error as FormatError;
use jianti_formats::parquet::{Cell, NewColumn, NewKind, NewRows, NewValue};
use jianti_repair::Rule;
use jianti_text::{Language, Script};
use tempfile::SpooledTempFile;

use crate::outcome::{Outcome, language_of_both, script_of_both};

/// The version that made them.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How many counts there are: of each rule but that for what is lost, of damage that is open or lost, of what is doubtful.
const COUNTS: usize = Rule::ALL.len() + 2;

/// How many columns there are.
const COLUMNS: usize = COUNTS + 5;

/// How much is held of what came of a column's rows, bytes; more is in a temporary file.
const HELD: usize = 1 << 20;

/// Languages and scripts by their numbers in that file.
const LANGUAGES: [Language; 5] = [
    Language::Chinese,
    Language::Japanese,
    Language::Korean,
    Language::Other,
    Language::Undetermined,
];
const SCRIPTS: [Script; 4] = [
    Script::Traditional,
    Script::Simplified,
    Script::Mixed,
    Script::Undetermined,
];

/// Rules whose findings are repairs: what is lost is counted by itself.
fn rules() -> impl Iterator<Item = &'static str> {
    let rules = Rule::ALL.iter().filter(|rule| **rule != Rule::Lost);
    rules.map(|rule| rule.name())
}

/// The columns, their names behind `prefix`. They are always all of them, and none is unsigned, which SQL has not: as in the
/// table that the Python package makes.
fn columns(prefix: &str) -> Vec<NewColumn> {
    let column = |name: &str, kind, is_optional| NewColumn {
        name: format!("{prefix}{name}"),
        kind,
        is_optional,
    };
    let mut columns = vec![
        column("error", NewKind::Text, true),
        column("language", NewKind::Text, true),
        column("script", NewKind::Text, true),
        column("changed", NewKind::Flag, false),
    ];
    let counts = rules().chain(["open", "lost", "doubtful"]);
    columns.extend(counts.map(|name| column(name, NewKind::Count, true)));
    columns.push(column("version", NewKind::Text, false));
    columns
}

/// What came of a row: of the strings in it, together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    /// Why the first string stays that does.
    error: Option<String>,
    /// Language and script of the others, if there are any.
    told: Option<(Language, Script)>,
    changed: bool,
    /// In the order of the columns.
    counts: [u64; COUNTS],
}

impl Row {
    /// A row with one string: what came of it, unless it could not be read, and what is wrong with it.
    fn new(outcome: Option<&Outcome>, changed: bool, error: Option<String>) -> Row {
        let mut row = Row {
            error,
            changed,
            ..Row::default()
        };
        if let Some(outcome) = outcome {
            row.told = Some((outcome.language, outcome.script));
            let repairs = &outcome.repairs;
            if !repairs.repaired.is_empty() {
                for (count, rule) in row.counts.iter_mut().zip(rules()) {
                    *count = repairs.repaired.get(rule).copied().unwrap_or(0);
                }
            }
            let [.., open, lost, doubtful] = &mut row.counts;
            (*open, *lost, *doubtful) = (repairs.open, repairs.lost, outcome.doubtful);
        }
        row
    }

    /// Takes another string's to its own.
    fn add(&mut self, other: Row) {
        if self.error.is_none() {
            self.error = other.error;
        }
        self.told = match (self.told, other.told) {
            (Some((language, script)), Some(other)) => Some((
                language_of_both(language, other.0),
                script_of_both(script, other.1),
            )),
            (told, other) => told.or(other),
        };
        self.changed |= other.changed;
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count = count.saturating_add(more);
        }
    }

    /// Its values in the columns.
    fn values(&self) -> [NewValue<'_>; COLUMNS] {
        let mut values = [NewValue::Missing; COLUMNS];
        values[3] = NewValue::Flag(self.changed);
        values[COLUMNS - 1] = NewValue::Text(VERSION);
        if let Some(error) = &self.error {
            values[0] = NewValue::Text(error);
        }
        if let Some((language, script)) = self.told {
            values[1] = NewValue::Text(language.name());
            values[2] = NewValue::Text(script.name());
            for (value, count) in values[4..].iter_mut().zip(self.counts) {
                *value = NewValue::Count(i64::try_from(count).unwrap_or(i64::MAX));
            }
        }
        values
    }
}

/// What came of the rows so far.
pub(super) struct OutcomeColumns {
    columns: Vec<NewColumn>,
    /// By the numbers of the group of rows and of the column.
    told: BTreeMap<(usize, usize), Told>,
    /// The ones that cells are told of.
    current: (usize, usize),
}

impl OutcomeColumns {
    /// Nothing yet. The columns' names begin with `prefix`.
    pub fn new(prefix: &str) -> OutcomeColumns {
        OutcomeColumns {
            columns: columns(prefix),
            told: BTreeMap::new(),
            current: (0, 0),
        }
    }

    /// The columns.
    pub fn columns(&self) -> &[NewColumn] {
        &self.columns
    }

    /// The cells to come are of this column of this group of rows.
    pub fn begin(&mut self, group: usize, column: usize) {
        self.current = (group, column);
    }

    /// Takes note of a cell: what came of its string, unless that could not be read, and what is wrong with it.
    ///
    /// # Errors
    /// A temporary file cannot be written.
    pub fn add(
        &mut self,
        cell: &Cell,
        outcome: Option<&Outcome>,
        changed: bool,
        error: Option<String>,
    ) -> io::Result<()> {
        let row = Row::new(outcome, changed, error);
        self.told
            .entry(self.current)
            .or_default()
            .add(cell.row, row)
    }

    /// Hands over the rows of a group, whose cells were all told.
    ///
    /// # Errors
    /// A temporary file cannot be read or written; the file unpacks to more than it may.
    pub fn rows(&mut self, group: usize, rows: &mut NewRows) -> Result<(), FormatError> {
        let behind = self.told.split_off(&(group + 1, 0));
        let ended = self.told.split_off(&(group, 0));
        self.told.extend(behind);
        let mut columns = Vec::new();
        for told in ended.into_values() {
            columns.push(told.read()?);
        }
        let nothing = Row::default();
        let next = |columns: &[Reader]| columns.iter().filter_map(Reader::number).min();
        while let Some(number) = next(&columns) {
            let mut row = Row::default();
            for column in &mut columns {
                if column.number() == Some(number) {
                    row.add(column.take()?);
                }
            }
            rows.push_until(Some(number), &nothing.values())?;
            rows.push_until(Some(number + 1), &row.values())?;
        }
        rows.push_until(None, &nothing.values())
    }
}

/// What came of the rows of a column in a group of rows: those with strings, each behind how far it is from the one before.
struct Told {
    /// The row that is told of, which may have more cells.
    last: Option<(u64, Row)>,
    /// The number of the one before.
    before: u64,
    bytes: Vec<u8>,
    file: SpooledTempFile,
}

impl Default for Told {
    fn default() -> Told {
        Told {
            last: None,
            before: 0,
            bytes: Vec::new(),
            file: SpooledTempFile::new(HELD),
        }
    }
}

impl Told {
    fn add(&mut self, number: u64, row: Row) -> io::Result<()> {
        match &mut self.last {
            Some((last, known)) if *last == number => known.add(row),
            _ => {
                self.end()?;
                self.last = Some((number, row));
            }
        }
        Ok(())
    }

    /// Writes down the last row.
    fn end(&mut self) -> io::Result<()> {
        let Some((number, row)) = self.last.take() else {
            return Ok(());
        };
        let out = &mut self.bytes;
        write_number(number - self.before, out);
        self.before = number;
        out.push(u8::from(row.changed) | u8::from(row.error.is_some()) << 1);
        match row.told {
            None => out.push(0),
            Some((language, script)) => {
                out.push(
                    1 + language_number(language) * SCRIPTS.len() as u8 + script_number(script),
                );
                let counts = row.counts.iter().enumerate();
                for (at, count) in counts.filter(|(_, count)| **count > 0) {
                    out.push(1 + at as u8);
                    write_number(*count, out);
                }
                out.push(0);
            }
        }
        if let Some(error) = &row.error {
            write_number(error.len() as u64, out);
            out.extend_from_slice(error.as_bytes());
        }
        if out.len() >= 1 << 16 {
            self.file.write_all(out)?;
            out.clear();
        }
        Ok(())
    }

    /// Reads them back.
    fn read(mut self) -> io::Result<Reader> {
        self.end()?;
        self.file.write_all(&self.bytes)?;
        self.file.rewind()?;
        let mut reader = Reader {
            input: BufReader::new(self.file),
            before: 0,
            next: None,
        };
        reader.next = reader.one()?;
        Ok(reader)
    }
}

/// Reads rows back.
struct Reader {
    input: BufReader<SpooledTempFile>,
    before: u64,
    next: Option<(u64, Row)>,
}

impl Reader {
    /// The number of the next row.
    fn number(&self) -> Option<u64> {
        self.next.as_ref().map(|(number, _)| *number)
    }

    /// The next row.
    fn take(&mut self) -> io::Result<Row> {
        let following = match self.next {
            Some(_) => self.one()?,
            None => None,
        };
        let row = std::mem::replace(&mut self.next, following);
        Ok(row.map(|(_, row)| row).unwrap_or_default())
    }

    fn one(&mut self) -> io::Result<Option<(u64, Row)>> {
        if self.input.fill_buf()?.is_empty() {
            return Ok(None);
        }
        self.before += self.number_here()?;
        let flags = self.byte()?;
        let mut row = Row {
            changed: flags & 1 > 0,
            ..Row::default()
        };
        if let Some(told) = self.byte()?.checked_sub(1) {
            let (language, script) = (told / SCRIPTS.len() as u8, told % SCRIPTS.len() as u8);
            row.told = Some((LANGUAGES[language as usize], SCRIPTS[script as usize]));
            while let Some(at) = self.byte()?.checked_sub(1) {
                row.counts[at as usize] = self.number_here()?;
            }
        }
        if flags & 2 > 0 {
            let mut error = vec![0; self.number_here()? as usize];
            self.input.read_exact(&mut error)?;
            row.error = Some(String::from_utf8(error).map_err(io::Error::other)?);
        }
        Ok(Some((self.before, row)))
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.input.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    /// A number as [`write_number`] writes it.
    fn number_here(&mut self) -> io::Result<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
            shift += 7;
        }
    }
}

/// Writes a number, seven bits a byte, the lowest first.
fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn language_number(language: Language) -> u8 {
    match language {
        Language::Chinese => 0,
        Language::Japanese => 1,
        Language::Korean => 2,
        Language::Other => 3,
        Language::Undetermined => 4,
    }
}

fn script_number(script: Script) -> u8 {
    match script {
        Script::Traditional => 0,
        Script::Simplified => 1,
        Script::Mixed => 2,
        Script::Undetermined => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_written_down() {
        let mut random = fastrand::Rng::with_seed(9);
        for (number, language) in LANGUAGES.into_iter().enumerate() {
            assert_eq!(language_number(language) as usize, number);
        }
        for (number, script) in SCRIPTS.into_iter().enumerate() {
            assert_eq!(script_number(script) as usize, number);
        }
        // More than are held in memory.
        let mut rows: Vec<(u64, Row)> = Vec::new();
        let mut told = Told::default();
        let mut number = 0;
        for _ in 0..40_000 {
            let is_same = number > 0 && random.u8(..5) == 0;
            number += if is_same { 0 } else { random.u64(1..400) };
            let mut row = Row {
                error: random.bool().then(|| "圖".repeat(random.usize(..90))),
                changed: random.bool(),
                ..Row::default()
            };
            if random.bool() {
                let (language, script) = (random.usize(..5), random.usize(..4));
                row.told = Some((LANGUAGES[language], SCRIPTS[script]));
                for count in &mut row.counts {
                    *count = random.u64(..) >> random.u8(1..64) & !0 << random.u8(..64);
                }
            }
            told.add(number, row.clone()).expect("written");
            match rows.last_mut() {
                Some((last, known)) if *last == number => known.add(row),
                _ => rows.push((number, row)),
            }
        }
        assert!(told.file.is_rolled());
        let mut reader = told.read().expect("read");
        for (number, row) in rows {
            assert_eq!(reader.number(), Some(number));
            assert_eq!(reader.take().expect("read"), row);
        }
        assert_eq!(reader.number(), None);
    }

    #[test]
    fn a_row_tells_of_all_its_strings() {
        let told = |language, script, changed| Row {
            told: Some((language, script)),
            changed,
            counts: std::array::from_fn(|at| at as u64),
            ..Row::default()
        };
        let bad = |error: &str| Row::new(None, false, Some(error.to_owned()));
        let mut row = Row::default();
        row.add(told(Language::Other, Script::Undetermined, false));
        row.add(bad("first"));
        row.add(told(Language::Chinese, Script::Simplified, true));
        row.add(bad("second"));
        row.add(told(Language::Japanese, Script::Traditional, false));
        assert_eq!(row.error.as_deref(), Some("first"));
        assert_eq!(row.told, Some((Language::Chinese, Script::Mixed)));
        assert!(row.changed && row.counts[3] == 9);
        let columns = columns("p_");
        assert_eq!(columns.len(), COLUMNS);
        let is_missing = row.values().map(|value| value == NewValue::Missing);
        assert_eq!(is_missing, [false; COLUMNS]);
        // Nothing is missing where nothing may be.
        for (column, value) in columns.iter().zip(Row::default().values()) {
            assert_eq!(column.is_optional, value == NewValue::Missing, "{column:?}");
        }
    }
}
