//! The dictionary of a column in a group of rows: strings that pages of data name by their numbers.

use std::borrow::Cow;
use std::collections::HashMap;

use super::levels::{Levels, each};
use super::runs::{Runs, renumbered};
use super::strings::{BATCH, Done, Strings};
use super::thrift::Cause;
use super::values::{self, Encoding};
use crate::fault::ParquetFault;

/// How many bytes tell how long a string is.
const LENGTH: usize = 4;

/// Its strings, and what became of them.
#[derive(Debug)]
pub(super) struct Dictionary<O> {
    /// Its page as it was, unpacked, and where in it each string ends.
    page: Vec<u8>,
    ends: Vec<u32>,
    done: Vec<Done<O>>,
    /// How many cells have each.
    cells: Vec<u64>,
    /// The number that each has now, if some have become equal.
    numbers: Option<Vec<u32>>,
    is_changed: bool,
    is_bad: bool,
}

/// The numbers of strings that a page of data has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers<'p> {
    /// In so many bits each, and in these runs.
    width: u32,
    runs: &'p [u8],
    /// So many.
    count: u64,
}

impl<'p> Numbers<'p> {
    /// The numbers that the values of a page of data are; `None` of a page without values.
    ///
    /// # Errors
    /// They are none.
    pub fn of_page(values: &'p [u8], levels: &Levels) -> Result<Option<Numbers<'p>>, Cause> {
        let count = levels.values()?;
        if count == 0 {
            return Ok(None);
        }
        let (width, runs) = values.split_first().ok_or(ParquetFault::RunCut)?;
        match u32::from(*width) {
            width @ 0..=32 => Ok(Some(Numbers { width, runs, count })),
            _ => Err(ParquetFault::RunCut),
        }
    }

    fn runs(self) -> Runs<'p> {
        Runs::new(self.runs, self.width, self.count)
    }
}

impl<O> Dictionary<O> {
    /// The dictionary of this page, unpacked, of so many strings.
    ///
    /// # Errors
    /// It has fewer strings, or more.
    pub fn read(page: Vec<u8>, count: u64) -> Result<Dictionary<O>, Cause> {
        let strings = values::read(Encoding::Plain, &page, count, &mut |_| Ok::<_, Cause>(()))?;
        let mut end = 0;
        let ends = strings.iter().map(|string| {
            end += LENGTH + string.len();
            // As long as a page is.
            end as u32
        });
        let ends: Vec<u32> = ends.collect();
        Ok(Dictionary {
            cells: vec![0; ends.len()],
            done: Vec::new(),
            ends,
            numbers: None,
            is_changed: false,
            is_bad: false,
            page,
        })
    }

    /// How many bytes it takes at most beside its page: for each string what became of it, its cells, and, while the new
    /// page is made, the table that finds its equal.
    pub fn memory(&self) -> u64 {
        (self.ends.len() as u64).saturating_mul(size_of::<Done<O>>() as u64 + 96)
    }

    /// Whether any string in it changed.
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Whether something is wrong with one.
    pub fn is_bad(&self) -> bool {
        self.is_bad
    }

    /// Changes its strings, once.
    ///
    /// # Errors
    /// Those of the strings.
    pub fn change<S: Strings<Outcome = O>>(&mut self, strings: &mut S) -> Result<(), S::Error> {
        for from in (0..self.ends.len()).step_by(BATCH) {
            let to = self.ends.len().min(from + BATCH);
            let batch = (from..to).map(|number| self.before(number).into());
            let batch: Vec<Cow<[u8]>> = batch.collect();
            let done = strings.change(&batch)?;
            self.is_changed |= done.iter().any(|done| done.text.is_some());
            self.is_bad |= done.iter().any(|done| done.is_bad);
            self.done.extend(done);
        }
        Ok(())
    }

    /// The page of what its strings became, and how many it has: each once, since who reads it as a dictionary (Arrow's, a
    /// categorical of pandas) takes what has two numbers for two strings.
    pub fn new_page(&mut self) -> (Vec<u8>, u64) {
        let mut known = HashMap::new();
        let mut different = Vec::with_capacity(self.ends.len());
        let mut numbers = Vec::with_capacity(self.ends.len());
        for string in (0..self.ends.len()).map(|number| self.after(number)) {
            let next = different.len() as u32;
            let number = *known.entry(string).or_insert(next);
            if number == next {
                different.push(string);
            }
            numbers.push(number);
        }
        drop(known);
        let mut page = Vec::with_capacity(self.page.len());
        values::write(Encoding::Plain, &different, &mut page);
        let count = different.len();
        self.numbers = (count < numbers.len()).then_some(numbers);
        (page, count as u64)
    }

    /// The values of a page of data with the numbers that strings have now; `None` if those are the old ones.
    ///
    /// # Errors
    /// The numbers are damaged.
    pub fn renumbered(&self, old: Numbers) -> Result<Option<Vec<u8>>, Cause> {
        let Some(numbers) = &self.numbers else {
            return Ok(None);
        };
        let runs = renumbered(old.runs, old.width, old.count, numbers)?;
        let is_same = runs == old.runs;
        Ok((!is_same).then(|| [&[old.width as u8], &runs[..]].concat()))
    }

    /// Takes note of the cells of a page of data, and returns how many bytes their strings have now.
    ///
    /// # Errors
    /// The numbers are damaged, or it lacks one.
    pub fn count(&mut self, numbers: Numbers) -> Result<u64, Cause> {
        let mut bytes = 0_u64;
        for run in numbers.runs() {
            let (number, times) = run?;
            let number = number as usize;
            let cells = self.cells.get_mut(number);
            *cells.ok_or(ParquetFault::NotInDictionary)? += times;
            let length = self.after(number).len() as u64;
            bytes = bytes.saturating_add(length.saturating_mul(times));
        }
        Ok(bytes)
    }

    /// The strings of a page of data one by one, if `row` was the last row before the page and [`Dictionary::count`] knows
    /// the page: each with its row, what it was, and what became of it.
    pub fn strings(
        &self,
        numbers: Numbers,
        levels: &Levels,
        row: u64,
    ) -> impl Iterator<Item = Result<(u64, &[u8], &Done<O>), Cause>> {
        let rows = levels.rows_of_values(row);
        rows.zip(each(numbers.runs())).map(|(row, number)| {
            let number = number? as usize;
            Ok((row?, self.before(number), &self.done[number]))
        })
    }

    /// What each string that any cell has is now, how many cells have it, and what came of it.
    pub fn told(&self) -> impl Iterator<Item = (&[u8], u64, &O)> {
        let cells = self
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cells)| **cells > 0);
        cells.map(|(number, cells)| (self.after(number), *cells, &self.done[number].outcome))
    }

    fn before(&self, number: usize) -> &[u8] {
        let from = number.checked_sub(1).map_or(0, |last| self.ends[last]) as usize;
        &self.page[from + LENGTH..self.ends[number] as usize]
    }

    fn after(&self, number: usize) -> &[u8] {
        self.done[number].after(self.before(number))
    }
}
