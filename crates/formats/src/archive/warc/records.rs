//! What becomes of the records of a web archive.

use std::io;

use crate::Error;

/// What becomes of an archive's records.
pub trait Records {
    /// What rewriting a page fails with.
    type Error: From<Error> + From<io::Error>;

    /// Rewrites a page; `name` is a file's that would hold it, `a.html`.
    ///
    /// # Errors
    /// The whole archive's.
    fn page(&mut self, name: &str, page: &[u8]) -> Result<Page, Self::Error>;

    /// Takes note of a record that stays.
    fn kept(&mut self, why: Kept);
}

/// What became of a page.
#[derive(Debug)]
pub enum Page {
    /// Nothing.
    Same,
    /// Other bytes, in this encoding.
    Changed(Vec<u8>, &'static str),
}

/// Why a record stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is no page.
    NoText,
    /// It is a page that cannot be read: compressed, too large, or with a digest that is wrong or not known.
    Unread,
}
