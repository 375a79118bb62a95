//! Glosses on a line, and its text without them.

use super::Search;
use super::weights::READING;
use crate::reading::Syllable;

impl Search<'_> {
    /// The gloss `reading)` at this place.
    pub(super) fn reading(&self, place: usize) -> Option<(Syllable, usize, String)> {
        let rest = &self.line[place.min(self.line.len())..];
        let rest = &rest[..rest.len().min(READING)];
        if !rest.contains(&')') {
            return None;
        }
        let rest: String = rest.iter().collect();
        let syllable = Syllable::before_bracket(&rest)?;
        let shown = rest[..syllable.length].to_owned();
        let length = shown.chars().count() + 1;
        Some((syllable, length, shown))
    }

    /// The text in front of a place, without glosses, this many characters of it.
    pub(super) fn in_front(&self, place: usize, most: usize) -> Vec<char> {
        let from = place.saturating_sub(3 * most);
        let mut text = self.without_glosses(from..place, 3 * most);
        text.drain(..text.len().saturating_sub(most));
        text
    }

    /// Characters of the page, without glosses, `most` at the most.
    pub(super) fn without_glosses(&self, range: std::ops::Range<usize>, most: usize) -> Vec<char> {
        let mut text: Vec<char> = Vec::with_capacity(most);
        let mut at = range.start;
        while at < range.end && text.len() < most {
            let c = self.line[at];
            match self.reading(at + 1).filter(|_| c == '(') {
                Some((syllable, length, _)) if at > 0 && syllable.reads(self.line[at - 1]) => {
                    at += 1 + length;
                }
                _ => {
                    text.push(c);
                    at += 1;
                }
            }
        }
        text
    }

    /// Whether the gloss of a character stands here.
    pub(super) fn glosses(&self, place: usize, c: char) -> bool {
        let reading = || self.reading(place + 1);
        self.at(place) == Some('(') && reading().is_some_and(|(syllable, ..)| syllable.reads(c))
    }
}
