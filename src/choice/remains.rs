//! 馀 beside what nobody could take 余 there for I: 教书之馀, 还馀三元. Its words are phrases.

use super::lexicon::Choice;
use super::near::is_end;
use jianti_text::chars::is_han;

/// What is left of a number: 还馀三元.
const LEFT: &str = "还還仅僅只尚";
const NUMBERS: &str = "一二两兩三四五六七八九十百千几幾半";
/// What 馀 behind 之 goes on with as older words do: 劫后之馀生, 落日之馀晖.
const WORDS: &str = "生年香晖暉辉輝恨力光波音风風威烈泽澤";

impl Choice {
    /// Whether 馀 between these is what is left beside something else, as it is said today.
    pub(super) fn is_remainder(&self, before: &str, behind: &str) -> bool {
        if before.ends_with(|c| LEFT.contains(c)) {
            return behind.starts_with(|c: char| c.is_ascii_digit() || NUMBERS.contains(c));
        }
        before
            .strip_suffix('之')
            .is_some_and(|clause| self.ends_in_word_of_today(clause))
            && (is_end(behind) || behind.starts_with(|c| is_han(c) && !WORDS.contains(c)))
    }

    /// Whether a clause ends in a noun or a verb of two characters: 学费, 上班; not 丧破.
    fn ends_in_word_of_today(&self, clause: &str) -> bool {
        let mut back = clause.chars().rev().map(|c| self.fold(c));
        let (last, first) = (back.next(), back.next());
        first
            .zip(last)
            .is_some_and(|(first, last)| self.is_any_word(&[first, last]))
    }
}
