//! Rarer forms, which the standard gives up but the names of persons keep (榘, 濬).

use std::ops::Range;

use super::document::Document;
use super::lattice::{Lattice, View};
use super::lexicon::Choice;
use super::window::Window;
use jianti_text::script::is_variant;

impl Choice {
    /// Where the rarer forms are that stand in names, and stay; bytes. They all begin in one of these stretches of the
    /// text, which are in order.
    pub fn kept_variants(
        &self,
        text: &str,
        stretches: impl Iterator<Item = Range<usize>>,
        document: &Document,
    ) -> Vec<usize> {
        let begins = |stretch: Range<usize>| {
            let start = text.ceil_char_boundary(stretch.start);
            let rest = text[start..].char_indices();
            rest.map(move |(at, c)| (start + at, c))
                .take_while(move |(at, _)| *at < stretch.end)
        };
        let variants = stretches.flat_map(begins).filter(|(_, c)| is_variant(*c));
        variants
            .filter(|(at, _)| !self.is_users(text, *at) && self.keeps_variant(text, *at, document))
            .map(|(at, _)| at)
            .collect()
    }

    fn keeps_variant(&self, text: &str, at: usize, document: &Document) -> bool {
        // One that stands doubled is what the first is.
        let c = text[at..].chars().next().expect("a variant");
        let at = match text[..at].strip_suffix(c) {
            Some(front) if !front.ends_with(c) => front.len(),
            _ => at,
        };
        if !self.may_follow_surname(&text[..at]) {
            return false;
        }
        let window = Window::new(self, text, at);
        let view = View {
            simplified: false,
            told: document.told(self),
        };
        let (kept, common) = Lattice::new(self, &window, view).variant_costs();
        kept < common
    }

    /// Whether a surname, and at most one character of a given name, may end `before`.
    fn may_follow_surname(&self, before: &str) -> bool {
        let mut back = before.chars().rev().map(|c| self.fold(c));
        let [last, second, third] = [back.next(), back.next(), back.next()];
        let is_double = |first: Option<char>, second: Option<char>| {
            let both = first.zip(second);
            both.is_some_and(|(first, second)| self.names.surname(&[first, second]).is_some())
        };
        [last, second]
            .into_iter()
            .flatten()
            .any(|c| self.is_surname(c))
            || is_double(second, last)
            || is_double(third, second)
    }
}
