//! Forms that only Japan writes, in words of Japanese that a Chinese sentence speaks of: “駅”是车站, **経験** (keiken).
//!
//! Elsewhere in Chinese text they become what they stand for, so that no word or name is left half converted: 黒澤明, 発現.

use super::lexicon::Choice;
use crate::punctuate::MASK;
use jianti_data::choice::JAPANESE;
use jianti_text::chars::is_han;
use jianti_text::forms::{is_not_japanese, is_phonetic};

/// What words that are spoken of stand between, before them and behind; a reading or a translation may follow.
const OPENS: [char; 12] = [
    '“', '‘', '「', '『', '（', '(', '[', '【', '*', '_', '"', '`',
];
const CLOSES: [char; 14] = [
    '”', '’', '」', '』', '）', ')', ']', '】', '*', '_', '"', '`', '（', '(',
];
/// The longest of such words, characters.
const LONGEST: usize = 12;

/// Whether only Japan writes the character.
pub(super) fn is_japanese(c: char) -> bool {
    JAPANESE.binary_search(&c).is_ok()
}

impl Choice {
    /// Whether what only Japan writes, at byte `at`, stands in marks, or before a reading, with nothing but a word of
    /// Japanese that the conversion would leave as it is but for such forms: “薬局”, 釜山駅(부산역), but not “伝統”, in which 統 changes.
    pub(super) fn is_word_of_japan(&self, text: &str, at: usize) -> bool {
        let back = text[..at].chars().rev().take_while(|c| is_han(*c));
        let start = at - back.take(LONGEST).map(char::len_utf8).sum::<usize>();
        let ahead = text[at..].chars().take_while(|c| is_han(*c));
        let end = at + ahead.take(LONGEST).map(char::len_utf8).sum::<usize>();
        let stays = |c: char| is_japanese(c) || self.fold(c) == c && !is_not_japanese(c);
        let rest = &text[end..];
        // A reading may be masked, as what is in another language is.
        let is_read = |reading: &str| reading.starts_with(|c| c == MASK || is_phonetic(c));
        (rest.strip_prefix(['（', '(']).is_some_and(is_read)
            || text[..start].ends_with(OPENS) && rest.starts_with(CLOSES))
            && text[start..end].chars().all(stays)
    }
}
