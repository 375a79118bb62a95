//! Runs that begin with a byte of which the page shows nothing: 表现人物形象!奔赐ㄟ^(guò). Some pages lack the question mark that a
//! lone byte became in front of the mark at which the program cut.

use super::shown::{cut_mark, lone_byte};
use super::weights::{CLEAN, SOON};
use super::{Run, Search};
use crate::searched::Searched;
use jianti_model::UNIT;
use jianti_text::chars::is_han;

/// Whether hardly any Chinese text has the character: lines of boxes, zhuyin, letters of other alphabets.
fn is_stray(c: char) -> bool {
    is_box(c) || matches!(c, '\u{391}'..='\u{451}' | '\u{3105}'..='\u{3129}')
}

/// Whether boxes are drawn with the character.
fn is_box(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257F}')
}

/// The sign soon behind the mark at this place that many pairs of bytes show: what Chinese text has nowhere.
fn sign(line: &[char], at: usize) -> Option<usize> {
    let wide = |place: usize| line.get(place).is_some_and(|c| is_han(*c) || is_stray(*c));
    let is_trail = |place: usize| {
        lone_byte(line[place]).is_some()
            && wide(place - 1)
            && (wide(place + 1) || line.get(place + 1) == Some(&'('))
    };
    let mut behind = at + 1..line.len().min(at + 1 + SOON);
    behind.find(|place| is_stray(line[*place]) || is_trail(*place))
}

impl Search<'_> {
    /// Whether such a run may begin with the mark at this place: soon behind it stands such a sign.
    pub fn may_hide(line: &[char], at: usize) -> bool {
        let is_cut = at > 0 && cut_mark(line[at]).is_some() && is_han(line[at - 1]);
        let wide = |c: &char| is_han(*c) || is_stray(*c);
        is_cut && line.get(at + 1).is_some_and(wide) && sign(line, at).is_some()
    }

    /// Whether the text from the mark at this place to the sign behind it reads so well that nothing is shifted: 很簡單:我用U盤裝的.
    fn reads_well_to_sign(&self, at: usize) -> bool {
        let Some(sign) = sign(self.line, at) else {
            return true;
        };
        let mark = cut_mark(self.line[at]);
        let text: Vec<char> = mark
            .into_iter()
            .chain(self.line[at + 1..sign].iter().copied())
            .collect();
        let costs = text
            .windows(2)
            .map(|pair| self.model.cost(pair[0], pair[1]));
        text.len() > 1 && costs.sum::<u32>() <= CLEAN * UNIT * (text.len() as u32 - 1)
    }

    /// The run that begins with the mark at this place, with a byte in front of it that does not show. If it is not clear it is open
    /// where part of a box shows it, of which the line has no other; the next mark may have such a byte in front of it, too.
    pub fn hidden(&mut self, at: usize, before: Option<char>) -> Option<Run> {
        if self.reads_well_to_sign(at) {
            return None;
        }
        let found = self.with_lone_bytes(&[at], before);
        if found.as_ref().is_some_and(|run| run.text.is_some()) {
            return found;
        }
        let boxes = self.line.iter().filter(|c| is_box(**c)).count();
        let is_lone = boxes == 1 && sign(self.line, at).is_some_and(|at| is_box(self.line[at]));
        let behind = at + 1..self.line.len().min(at + 1 + 2 * SOON);
        let next = behind
            .into_iter()
            .find(|place| cut_mark(self.line[*place]).is_some());
        next.filter(|_| is_lone)
            .and_then(|next| self.with_lone_bytes(&[at, next], before))
    }

    /// The run that begins with the first of these marks, where the page lacks a question mark in front of each.
    fn with_lone_bytes(&mut self, marks: &[usize], before: Option<char>) -> Option<Run> {
        let line: Vec<char> = (self.line.iter().enumerate())
            .flat_map(|(at, c)| [marks.contains(&at).then_some('?'), Some(*c)])
            .flatten()
            .collect();
        let mut search = Search::new(self.model, self.page, Searched::default(), &line);
        let run = search.run(marks[0], before);
        let (work, _) = search.end();
        self.work += work;
        // Question marks in front of the run's end are not the page's.
        let end = |end: usize| {
            let added = marks.iter().enumerate();
            end - added.filter(|(before, at)| *at + before < end).count()
        };
        run.map(|run| Run {
            end: end(run.end),
            ..run
        })
    }
}
