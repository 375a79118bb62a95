//! Runs that begin with a byte of which the page shows nothing: 表现人物形象!奔赐ㄟ^(guò). Some pages lack the question mark that a
//! lone byte became in front of the mark at which the program cut.

use super::shown::{cut_mark, lone_byte};
use super::{Run, Search};
use crate::searched::Searched;
use jianti_text::chars::is_han;

/// How far behind the mark a sign is looked for, characters.
const SOON: usize = 5;

/// Whether hardly any Chinese text has the character: lines of boxes, zhuyin, letters of other alphabets.
fn is_stray(c: char) -> bool {
    matches!(c, '\u{391}'..='\u{451}' | '\u{2500}'..='\u{257F}' | '\u{3105}'..='\u{3129}')
}

impl Search<'_> {
    /// Whether such a run may begin with the mark at this place: soon behind it stands what Chinese text has nowhere, and many pairs
    /// of bytes show.
    pub fn may_hide(line: &[char], at: usize) -> bool {
        let is_cut = at > 0 && cut_mark(line[at]).is_some() && is_han(line[at - 1]);
        let wide = |place: usize| line.get(place).is_some_and(|c| is_han(*c) || is_stray(*c));
        let is_trail = |place: usize| {
            lone_byte(line[place]).is_some()
                && wide(place - 1)
                && (wide(place + 1) || line.get(place + 1) == Some(&'('))
        };
        let behind = at + 1..line.len().min(at + 1 + SOON);
        is_cut
            && wide(at + 1)
            && behind
                .into_iter()
                .any(|place| is_stray(line[place]) || is_trail(place))
    }

    /// The run that begins with the mark at this place, with a byte in front of it that does not show; only if it is clear.
    pub fn hidden(&mut self, at: usize, before: Option<char>) -> Option<Run> {
        let (front, rest) = self.line.split_at(at);
        let line = [front, &['?'], rest].concat();
        let mut search = Search::new(self.model, self.page, Searched::default(), &line);
        let run = search.run(at, before);
        let (work, _) = search.end();
        self.work += work;
        run.filter(|run| run.text.is_some()).map(|run| Run {
            end: run.end - 1,
            ..run
        })
    }
}
