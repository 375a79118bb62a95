//! The levels of a page: which of its rows have a value, and which have several.

use super::runs::{Runs, width};
use super::schema::Column;
use super::thrift::Cause;
use crate::fault::ParquetFault;

const CUT: Cause = ParquetFault::Levels;

/// The levels of a page, each a number: how deep in what may be missing or is repeated a value is there, and in what is
/// repeated it goes on. Where all would be 0 there are none.
#[derive(Debug)]
pub(super) struct Levels<'p> {
    /// How many there are, of values that are missing too.
    count: u64,
    deepest: u32,
    definition: Option<Runs<'p>>,
    repetition: Option<Runs<'p>>,
}

impl<'p> Levels<'p> {
    /// Takes the levels from the front of a page, whose values follow afterwards.
    ///
    /// # Errors
    /// They end too early.
    pub fn of_page(column: &Column, count: u64, page: &mut &'p [u8]) -> Result<Levels<'p>, Cause> {
        let mut part = |most: u32| {
            if most == 0 {
                return Ok(&[][..]);
            }
            let length = page.split_off(..4).ok_or(CUT)?;
            let length = u32::from_le_bytes(length.try_into().expect("four bytes"));
            page.split_off(..length as usize).ok_or(CUT)
        };
        let repetition = part(column.repeated)?;
        let definition = part(column.deepest)?;
        Ok(Levels::new(column, count, repetition, definition))
    }

    /// Levels that stand apart.
    pub fn new(
        column: &Column,
        count: u64,
        repetition: &'p [u8],
        definition: &'p [u8],
    ) -> Levels<'p> {
        let runs = |most: u32, bytes| (most > 0).then(|| Runs::new(bytes, width(most), count));
        Levels {
            count,
            deepest: column.deepest,
            repetition: runs(column.repeated, repetition),
            definition: runs(column.deepest, definition),
        }
    }

    /// How many values are there.
    ///
    /// # Errors
    /// The levels are damaged.
    pub fn values(&self) -> Result<u64, Cause> {
        let Some(definition) = &self.definition else {
            return Ok(self.count);
        };
        let mut values = 0;
        for run in definition.clone() {
            let (level, times) = run?;
            if level > self.deepest {
                return Err(ParquetFault::DeepLevel);
            }
            values += if level == self.deepest { times } else { 0 };
        }
        Ok(values)
    }

    /// How many rows begin in the page.
    ///
    /// # Errors
    /// The levels are damaged.
    pub fn rows(&self) -> Result<u64, Cause> {
        let Some(repetition) = &self.repetition else {
            return Ok(self.count);
        };
        let mut rows = 0;
        for run in repetition.clone() {
            let (level, times) = run?;
            rows += if level == 0 { times } else { 0 };
        }
        Ok(rows)
    }

    /// The row of each value that is there, if `row` was the last one before the page.
    pub fn rows_of_values(&self, mut row: u64) -> impl Iterator<Item = Result<u64, Cause>> {
        let mut definition = self.definition.clone().map(each);
        let mut repetition = self.repetition.clone().map(each);
        let deepest = self.deepest;
        let levels = (0..self.count).map(move |_| {
            let level = |levels: &mut Option<_>, otherwise| match levels {
                Some(levels) => Iterator::next(levels).unwrap_or(Err(CUT)),
                None => Ok(otherwise),
            };
            row += u64::from(level(&mut repetition, 0)? == 0);
            let is_there = level(&mut definition, deepest)? == deepest;
            Ok(is_there.then_some(row))
        });
        levels.filter_map(Result::transpose)
    }
}

/// The numbers of runs, one by one.
pub(super) fn each(mut runs: Runs<'_>) -> impl Iterator<Item = Result<u32, Cause>> {
    let (mut value, mut left) = (0, 0);
    std::iter::from_fn(move || {
        if left == 0 {
            match runs.next()? {
                Ok(run) => (value, left) = run,
                Err(cause) => return Some(Err(cause)),
            }
        }
        left -= 1;
        Some(Ok(value))
    })
}
