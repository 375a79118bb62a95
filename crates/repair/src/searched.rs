//! What was searched on a page. Text that repeats there is damaged alike, and the rules go over a line several times.

use std::collections::HashMap;

use jianti_text::Script;

/// How many searches are kept at a time.
const MOST: usize = 256;

/// A run that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where on the line it ends, in characters.
    pub end: usize,
    /// What stands there instead, or `None` if it is open which of the candidates does.
    pub text: Option<String>,
    /// The likeliest other originals, best first.
    pub others: Vec<String>,
    /// The original's bytes in GBK.
    pub bytes: Vec<u8>,
}

impl Run {
    /// A run of which nothing is known but that it is damaged.
    pub fn open(end: usize) -> Run {
        Run {
            end,
            text: None,
            others: Vec::new(),
            bytes: Vec::new(),
        }
    }
}

/// Everything that a search on one page hangs on. What is not here is told by the line (a doubled mark in front) or the
/// same for the whole page, until it learns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The line, as far around the question mark as a search looks, and where in it the question mark stands.
    pub line: Box<[char]>,
    pub at: usize,
    /// The character in front of the run.
    pub before: Option<char>,
    /// The line's script in front of it.
    pub script: Script,
    /// What the whole line tells of how it is written, and of what the page drops.
    pub writes_wide: bool,
    pub drops_characters: bool,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub struct Found {
    /// The run; it ends this far behind the question mark.
    pub run: Option<Run>,
    /// The work that it was, in characters that were weighed.
    pub work: u64,
}

/// The searches of a page. No result hangs on them, so a clone has none.
#[derive(Debug, Default)]
pub struct Searched(HashMap<Key, Found>);

impl Clone for Searched {
    fn clone(&self) -> Searched {
        Searched::default()
    }
}

impl Searched {
    /// What the search with this key came to, if it is known.
    pub fn find(&self, key: &Key) -> Option<&Found> {
        self.0.get(key)
    }

    /// Keeps what a search came to; once there are too many, in place of all others.
    pub fn keep(&mut self, key: Key, found: Found) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(key, found);
    }
}
