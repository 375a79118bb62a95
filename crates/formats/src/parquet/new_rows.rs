//! The rows of a group in the columns that a file gets.

use std::io::Write;

use super::codec::Codec;
use super::new_column::{Added, NewColumn, NewValue, Writer};
use crate::Error;
use crate::archive::limits::Limits;

/// Takes the values that the rows of a group have in the columns that a file gets.
#[derive(Debug)]
pub struct NewRows<'n> {
    columns: Vec<Writer<'n>>,
    limits: &'n Limits,
    /// The number of the next row in the file, and of the first one behind the group; from 1.
    next: u64,
    end: u64,
}

impl<'n> NewRows<'n> {
    /// A group of `rows` rows behind `before` others.
    pub(super) fn new(
        columns: &'n [NewColumn],
        (before, rows): (u64, u64),
        codec: Codec,
        limits: &'n Limits,
    ) -> NewRows<'n> {
        let columns = columns.iter().map(|column| Writer::new(column, codec));
        NewRows {
            columns: columns.collect(),
            limits,
            next: before + 1,
            end: before + rows + 1,
        }
    }

    /// The number of the next row in the file, from 1.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Adds the rows before this one, or all that the group has, with these values: one for each column.
    ///
    /// # Errors
    /// The file unpacks to more than it may; a temporary file cannot be written.
    pub fn push_until(&mut self, row: Option<u64>, values: &[NewValue]) -> Result<(), Error> {
        let end = row.map_or(self.end, |row| row.min(self.end));
        let times = end.saturating_sub(self.next);
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(*value, times, self.limits)?;
        }
        self.next += times;
        Ok(())
    }

    /// Writes the columns, from byte `at` of the result on. `codec` is the codec's number.
    ///
    /// # Errors
    /// They cannot be written.
    pub(super) fn finish(
        self,
        (output, mut at): (&mut dyn Write, u64),
        codec: i32,
    ) -> Result<Vec<Added>, Error> {
        let mut added = Vec::with_capacity(self.columns.len());
        for column in self.columns {
            let column = column.finish((&mut *output, at), codec, self.limits)?;
            at += column.packed;
            added.push(column);
        }
        Ok(added)
    }
}
