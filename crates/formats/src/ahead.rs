//! Where marks stand further on in a text that is read from front to back.
//!
//! A text may be full of what begins something and never ends: if each of them were looked for to the text's end, the
//! time would grow with the square of its length. Here what was found, or that there is none, is remembered.

use std::cell::RefCell;

use memchr::memmem;

/// What was looked for in one text.
#[derive(Debug, Default)]
pub(crate) struct Ahead(RefCell<Vec<Found>>);

/// Where something stands; places are counted in bytes from the text's end.
#[derive(Debug)]
struct Found {
    what: String,
    /// From where on it was looked for.
    from: usize,
    /// Where it is found first.
    at: Option<usize>,
}

impl Ahead {
    /// Where `mark` is found first in `rest`, bytes. All that is asked must end where the text ends.
    pub fn find(&self, rest: &str, mark: &str) -> Option<usize> {
        self.first(rest, mark, |rest| {
            memmem::find(rest.as_bytes(), mark.as_bytes())
        })
    }

    /// The same for what `search` finds, which is called `what`.
    pub fn first(
        &self,
        rest: &str,
        what: &str,
        search: impl FnOnce(&str) -> Option<usize>,
    ) -> Option<usize> {
        let from = rest.len();
        let mut all = self.0.borrow_mut();
        let known = all.iter().position(|found| found.what == what);
        if let Some(found) = known.map(|known| &all[known])
            && from <= found.from
            && found.at.is_none_or(|at| at <= from)
        {
            return found.at.map(|at| from - at);
        }
        let found = search(rest);
        let at = found.map(|found| from - found);
        match known {
            Some(known) => (all[known].from, all[known].at) = (from, at),
            None => all.push(Found {
                what: what.to_owned(),
                from,
                at,
            }),
        }
        found
    }

    /// Something that is kept whole between two marks: its length, bytes.
    pub fn between(&self, rest: &str, begin: &str, end: &str) -> Option<usize> {
        let inner = self.find(rest.strip_prefix(begin)?, end)?;
        Some(begin.len() + inner + end.len())
    }

    /// Whether the first bytes of `rest` are all on one line.
    pub fn is_on_one_line(&self, rest: &str, length: usize) -> bool {
        self.find(rest, "\n").is_none_or(|at| at >= length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_a_search_finds() {
        let text = "一]二]]三[四]]]五[[六";
        let ahead = Ahead::default();
        let starts = || text.char_indices().map(|(at, _)| &text[at..]);
        for rest in starts().chain(starts().rev()).chain(starts().step_by(3)) {
            for mark in ["]", "]]", "[", "[[", "}"] {
                assert_eq!(ahead.find(rest, mark), rest.find(mark), "{mark} in {rest}");
            }
        }
    }
}
