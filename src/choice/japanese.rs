//! Forms that only Japan writes. In a sentence of Chinese they become what they stand for, so that no word or name is left half
//! converted: 黒澤明 in 我喜歡黒澤明的電影. They stay in words of Japanese that it speaks of (“駅”是车站, **経験** (keiken)), beside kana, and
//! in sentences that are not certainly Chinese, or speak of Japan's forms.

use super::lexicon::Choice;
use crate::punctuate::MASK;
use jianti_data::choice::JAPANESE;
use jianti_text::chars::{Chars, is_han};
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

/// What holds Chinese sentences together, and stands in no Japanese one.
static CHINESE: Chars =
    Chars::of("是了我你您他她它们們这這那就也都很吗嗎吧呢把让讓给給没沒会會么麼说說还還过過对從从");

/// What sentences have that speak of Japan's forms, or tell what is in Japanese.
const OF_FORMS: [&str; 12] = [
    "日文",
    "日語",
    "日语",
    "日本字",
    "日本漢字",
    "日本汉字",
    "新字体",
    "新字體",
    "假名",
    "原文",
    "異體",
    "异体",
];

/// The sentence that byte `at` stands in, as far as it is near; any mark that may end one parts it from others.
fn sentence_around(text: &str, at: usize) -> &str {
    const ENDS: [char; 10] = ['。', '！', '？', '；', '…', '\n', '.', '!', '?', ';'];
    /// More tells nothing, bytes.
    const NEAR: usize = 1 << 9;
    let from = text.ceil_char_boundary(at.saturating_sub(NEAR));
    let start = text[from..at].rfind(ENDS).map_or(from, |end| from + end);
    let near = &text[at..text.floor_char_boundary(at + NEAR)];
    &text[start..at + near.find(ENDS).unwrap_or(near.len())]
}

/// Whether a sentence may be in Japanese, or speaks of how Japanese is written.
fn may_be_japanese(sentence: &str) -> bool {
    sentence.contains(|c| is_phonetic(c) || c == '々')
        || OF_FORMS.iter().any(|word| sentence.contains(word))
        || !sentence.contains(|c| CHINESE.contains(c))
}

impl Choice {
    /// Whether what only Japan writes, at byte `at`, stays.
    pub(super) fn keeps_form_of_japan(&self, text: &str, at: usize) -> bool {
        may_be_japanese(sentence_around(text, at)) || self.is_word_of_japan(text, at)
    }

    /// Whether what only Japan writes, at byte `at`, stands in marks, or before a reading, with nothing but a word of
    /// Japanese that the conversion would leave as it is but for such forms: “薬局”, 釜山駅(부산역), but not “伝統”, in which 統 changes.
    fn is_word_of_japan(&self, text: &str, at: usize) -> bool {
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
