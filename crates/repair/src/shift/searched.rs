//! Searches of before. Text that repeats on a page is damaged alike, and the rules go over a line several times: what was
//! searched once is not searched again.

use std::collections::HashMap;

use super::weights::NEAR;
use super::{Run, Search};
use jianti_text::Script;

/// How many searches are kept at a time.
const MOST: usize = 256;

/// Everything that a search on one page hangs on. What is not here is told by the line (a doubled mark in front) or the
/// same for the whole page, until it learns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Site {
    /// The line, as far around the question mark as a search looks, and where in it the question mark stands.
    line: Box<[char]>,
    at: usize,
    before: Option<char>,
    script: Script,
    writes_wide: bool,
    drops_characters: bool,
}

/// What a search came to, with places counted from the question mark, and the work that it was.
#[derive(Clone, Debug)]
struct Found {
    run: Option<Run>,
    work: u64,
}

/// The searches of a page. No result hangs on them, so a clone has none.
#[derive(Debug, Default)]
pub struct Searched(HashMap<Site, Found>);

impl Clone for Searched {
    fn clone(&self) -> Searched {
        Searched::default()
    }
}

impl Search<'_> {
    /// The run that begins at this place as it was found before, or else by `search`. It counts as the same work, so that
    /// what is left of a page's does not hang on what is kept.
    pub(super) fn once(
        &mut self,
        at: usize,
        before: Option<char>,
        search: impl FnOnce(&mut Self) -> Option<Run>,
    ) -> Option<Run> {
        let from = at.saturating_sub(NEAR);
        let site = Site {
            line: self.line[from..self.line.len().min(at + Self::REACH)].into(),
            at: at - from,
            before,
            script: self.script,
            writes_wide: self.writes_wide,
            drops_characters: self.drops_characters,
        };
        let ending_at = |run: &Run, end: usize| Run { end, ..run.clone() };
        if let Some(Found { run, work }) = self.searched.0.get(&site) {
            self.work += work;
            return run.as_ref().map(|run| ending_at(run, at + run.end));
        }
        let begun = self.work;
        let run = search(self);
        if self.searched.0.len() >= MOST {
            self.searched.0.clear();
        }
        let found = Found {
            run: run.as_ref().map(|run| ending_at(run, run.end - at)),
            work: self.work - begun,
        };
        self.searched.0.insert(site, found);
        run
    }
}
