//! What was searched once on a page is not searched again.

use super::weights::NEAR;
use super::{Run, Search};
use crate::searched::{Found, Key};

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
        let key = Key {
            line: self.line[from..self.line.len().min(at + Self::REACH)].into(),
            at: at - from,
            before,
            script: self.script,
            writes_wide: self.writes_wide,
            drops_characters: self.drops_characters,
        };
        let ending_at = |run: &Run, end: usize| Run { end, ..run.clone() };
        if let Some(Found { run, work }) = self.searched.find(&key) {
            self.work += work;
            return run.as_ref().map(|run| ending_at(run, at + run.end));
        }
        let begun = self.work;
        let run = search(self);
        let found = Found {
            run: run.as_ref().map(|run| ending_at(run, run.end - at)),
            work: self.work - begun,
        };
        self.searched.keep(key, found);
        run
    }
}
