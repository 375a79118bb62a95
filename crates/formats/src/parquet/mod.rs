//! Parquet: the strings of columns that are asked for.
//!
//! A file is edited where it stands. Everything but the pages of these columns that change is copied: all other columns,
//! the rows that have no value, and how pages are cut, encoded and packed. Then what tells where that is (the footer and the
//! indexes of pages) is adjusted, and what told of the old strings (statistics, filters) is renewed or goes.
//!
//! Whoever changes the strings may ask for columns behind the file's own: their pages follow those of each group of rows.
//!
//! A page is held at a time, and the dictionary of its column.

mod arrow_schema;
mod chunk;
mod codec;
mod delta;
mod dictionary;
mod edits;
mod file;
mod footer;
mod layout;
mod levels;
mod metadata;
mod new_column;
mod new_rows;
mod page;
mod pages;
mod renewed;
mod runs;
mod schema;
mod strings;
mod thrift;
mod values;

pub use file::{Rewritten, largest, rewrite};
pub use new_column::{NewColumn, NewKind, NewValue};
pub use new_rows::NewRows;
pub use strings::{Cell, Done, Strings};

/// Whether a file that begins with `head` is a Parquet file.
pub fn begins(head: &[u8]) -> bool {
    // Four letters may begin a text, too.
    (head.starts_with(b"PAR1") || head.starts_with(b"PARE")) && memchr::memchr(0, head).is_some()
}
