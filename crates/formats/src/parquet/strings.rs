//! What changes the strings of a file, and what it is told.

use std::borrow::Cow;

use super::new_column::NewColumn;
use super::new_rows::NewRows;
use crate::Error;

/// How many strings are changed at a time.
pub(super) const BATCH: usize = 4096;

/// What became of a string.
#[derive(Clone, Debug)]
pub struct Done<O> {
    /// What it is now; `None` if it stays.
    pub text: Option<String>,
    /// Whether it stays because something is wrong with it.
    pub is_bad: bool,
    /// What came of it.
    pub outcome: O,
}

impl<O> Done<O> {
    /// What the string is now that was `before`.
    pub(super) fn after<'s>(&'s self, before: &'s [u8]) -> &'s [u8] {
        self.text.as_ref().map_or(before, |text| text.as_bytes())
    }
}

/// Where a string stands.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'c> {
    /// The column, by its path in the schema, with dots.
    pub column: &'c str,
    /// The row's number in the file, from 1.
    pub row: u64,
    /// The string's bytes.
    pub before: &'c [u8],
}

/// What changes the strings.
pub trait Strings {
    /// What is known of a string once it is changed.
    type Outcome;
    /// Why nothing comes of the file.
    type Error: From<Error>;

    /// Changes strings, each a text of its own.
    ///
    /// # Errors
    /// That ends it.
    fn change(
        &mut self,
        strings: &[Cow<'_, [u8]>],
    ) -> Result<Vec<Done<Self::Outcome>>, Self::Error>;

    /// Columns that the file gets behind its own, if any. Then [`Strings::rows`] is asked for their values.
    fn new_columns(&self) -> &[NewColumn];

    /// The cells to come are of this column of this group of rows, by their numbers in the file from 0.
    fn begin(&mut self, group: usize, column: usize);

    /// Hands over the values of the rows of a group in the new columns. All its cells were told.
    ///
    /// # Errors
    /// That ends it.
    fn rows(&mut self, group: usize, rows: &mut NewRows) -> Result<(), Self::Error>;

    /// Whether it wants to know of each cell. Of those with a string that is bad it is told in any case.
    fn wants_cells(&self) -> bool;

    /// A string stands in this cell. Of the cells of a column in a group of rows it is told from the top down.
    ///
    /// # Errors
    /// That ends it.
    fn cell(&mut self, cell: Cell<'_>, done: &Done<Self::Outcome>) -> Result<(), Self::Error>;

    /// So many cells have a string of which that came.
    fn count(&mut self, outcome: &Self::Outcome, cells: u64);
}
