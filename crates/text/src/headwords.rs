//! Words of Japanese in lists that Chinese speakers learn from, told by their readings: 友達（ともだち）朋友
//!
//! A reading is in hiragana; katakana behind a Chinese word are the name that it translates: 寶可夢（ポケモン）

use std::ops::Range;

use crate::chars::is_han;
use crate::embedded::is_person_read;
use crate::forms::{is_hiragana, is_japanese_form, is_kana, is_not_japanese};
use crate::hanja;
use crate::lines::front;

/// The words of a sentence whose readings stand beside them, in brackets or in the next cell, and those readings; bytes, in
/// order.
pub(crate) fn headwords(sentence: &str) -> Vec<Range<usize>> {
    // Prose explains what a name sounds like, and goes on.
    if !sentence.contains(is_hiragana) || hanja::has_certain_word(sentence) || are_chinese(sentence)
    {
        return Vec::new();
    }
    let mut found = in_cells(sentence);
    for (word, reading) in in_brackets(sentence) {
        let behind = sentence[reading.end..].trim_start_matches([')', '）', '*', '_']);
        let (own, read) = (&sentence[word.clone()], &sentence[reading.clone()]);
        if is_reading(read, own) && is_translation(behind) && !is_person_read(own, read) {
            found.extend([word, reading]);
        }
    }
    found.sort_by_key(|part| part.start);
    found
}

/// Whether all kana of a sentence stand in brackets behind Chinese words, as what these are in Japanese:
/// 再見（さようなら）、對不起（ごめんなさい）. One of the words is none of Japanese.
pub(crate) fn are_chinese(sentence: &str) -> bool {
    let (mut outside, mut from, mut has_chinese) = (String::new(), 0, false);
    for (word, inside) in in_brackets(sentence) {
        if sentence[inside.clone()].chars().all(is_of_reading) {
            has_chinese |= is_chinese_word(&sentence[word]);
            outside.push_str(&sentence[from..inside.start]);
            from = inside.end;
        }
    }
    has_chinese && {
        outside.push_str(&sentence[from..]);
        !outside.contains(|c| is_kana(c) || is_japanese_form(c) || c == '々')
    }
}

/// Whether a word has a form that Japanese has replaced, or a character twice, for which Japanese has 々: 對不起, 謝謝
fn is_chinese_word(word: &str) -> bool {
    repeats(word) || word.contains(|c| is_not_japanese(c) && !IN_BOTH.contains(c))
}

/// What makes Chinese sentences, and words of Japanese too, and those words.
const IN_BOTH: &str = "我是把給没";
const WORDS_IN_BOTH: [&str; 14] = [
    "給料", "給与", "給食", "給油", "給水", "給付", "支給", "供給", "有給", "月給", "時給", "補給",
    "需給", "把握",
];

/// Whether a word has a character that Japanese lacks, and that is not part of one of those words: 給他, but 給料.
fn has_chinese_character(word: &str) -> bool {
    let rest = WORDS_IN_BOTH
        .iter()
        .find_map(|both| word.split_once(both))
        .map(|(front, back)| format!("{front}{back}"));
    rest.as_deref().unwrap_or(word).contains(is_not_japanese)
}

fn repeats(word: &str) -> bool {
    let mut characters = word.chars().filter(|c| is_han(*c)).peekable();
    std::iter::from_fn(|| Some((characters.next()?, characters.peek().copied())))
        .any(|(one, next)| Some(one) == next)
}

/// Words with something in brackets behind them, and that; bytes.
fn in_brackets(sentence: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    /// No reading is longer, bytes.
    const LONGEST: usize = 64;
    let brackets = sentence.match_indices(['(', '（']);
    brackets.filter_map(|(open, bracket)| {
        let inside = open + bracket.len();
        let length = front(&sentence[inside..], LONGEST).find([')', '）'])?;
        Some((word_before(&sentence[..open])?, inside..inside + length))
    })
}

/// Whether all kana of a text are such words and their readings, and the translations beside them are Chinese: they have
/// characters that Japanese lacks.
pub(crate) fn are_translated(text: &str) -> bool {
    let rests: Option<String> = text
        .lines()
        .filter(|line| line.contains(is_kana))
        .map(|line| {
            let mut rest = String::new();
            let mut from = 0;
            for part in headwords(line) {
                rest.push_str(&line[from..part.start]);
                from = part.end;
            }
            rest.push_str(&line[from..]);
            (!rest.contains(|c| is_kana(c) || is_japanese_form(c))).then_some(rest)
        })
        .collect();
    rests.is_some_and(|rests| rests.contains(is_not_japanese))
}

/// The word in Han characters and kana that a text ends in, maybe emphasized, if all that stands before is parted from it by
/// a mark; bytes.
pub fn word_before(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end_matches([' ', '*', '_']);
    let before = text.trim_end_matches(is_of_word);
    let is_whole = !before.ends_with(char::is_alphanumeric);
    (is_whole && before.len() < text.len()).then_some(before.len()..text.len())
}

fn is_of_word(c: char) -> bool {
    is_han(c) || c == '々' || is_kana(c) && c != '・'
}

/// Words in cells of a table that their readings follow, and those.
fn in_cells(line: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut last: Option<Range<usize>> = None;
    let mut start = 0;
    for cell in line.split(['|', '\t']) {
        let text = cell.trim().trim_matches('*');
        let from = start + cell.find(text).unwrap_or(0);
        if let Some(word) = last.take()
            && is_reading(text, &line[word.clone()])
        {
            words.extend([word, from..from + text.len()]);
        }
        if !text.is_empty() && text.chars().all(is_of_word) {
            last = Some(from..from + text.len());
        }
        start += cell.len() + 1;
    }
    words
}

/// Whether a text in hiragana may be how a word in Han characters is read.
fn is_reading(text: &str, word: &str) -> bool {
    /// Words of two characters may have as many kana: 部屋（へや）
    const SHORT: usize = 2;
    const MOST: usize = 4;
    let kana = text.chars().filter(|c| is_hiragana(*c)).count();
    let han = word.chars().filter(|c| is_han(*c)).count();
    let is_long_enough = if han <= SHORT {
        kana >= han
    } else {
        kana * 2 >= han * 3
    };
    text.chars().all(is_of_reading)
        && han > 0
        && is_long_enough
        && kana <= word.chars().count() * MOST
        && !has_chinese_character(word)
        && !repeats(word)
}

fn is_of_reading(c: char) -> bool {
    is_hiragana(c) || matches!(c, 'ー' | '・' | ' ')
}

/// Whether what follows a reading is a translation or nothing, and not a sentence that goes on.
fn is_translation(behind: &str) -> bool {
    const LONGEST: usize = 6;
    let word = behind.chars().take_while(|c| is_han(*c)).count();
    let rest = behind.chars().nth(word);
    word == 0 && !rest.is_some_and(|c| c.is_alphanumeric() || matches!(c, '，' | ',' | '。'))
        || word <= LONGEST && rest.is_none_or(|c| c == '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_readings() {
        for (sentence, expected) in [
            ("友達（ともだち）朋友", &["友達", "ともだち"][..]),
            ("**検査**（けんさ）：檢查", &["検査", "けんさ"]),
            (
                "追跡番号 (ついせきばんごう) - 追蹤號",
                &["追跡番号", "ついせきばんごう"],
            ),
            ("| 医師 | いし | 醫生 |", &["医師", "いし"]),
            (
                "電車（でんしゃ）、時間（じかん）",
                &["電車", "でんしゃ", "時間", "じかん"],
            ),
            ("部屋（へや） 房間", &["部屋", "へや"]),
            (
                "有給休暇（ゆうきゅうきゅうか）：帶薪休假",
                &["有給休暇", "ゆうきゅうきゅうか"],
            ),
            ("給料（きゅうりょう）：薪水", &["給料", "きゅうりょう"]),
            // Chinese words, and sentences.
            ("寶可夢（ポケモン）遊戲", &[]),
            ("咖哩飯（カレーライス）", &[]),
            ("壽司（すし）", &[]),
            ("日本首都東京（とうきょう）", &[]),
            ("東京（とうきょう）是日本的首都", &[]),
            ("新海誠（しんかい まこと），日本動畫導演", &[]),
            ("東京（とうきょう）位於本州，人口多", &[]),
            ("時間（三小時）", &[]),
            ("我是學生（わたしはがくせい）", &[]),
            ("給他看（みせる）：動詞", &[]),
            ("謝謝（ありがとう）：感謝", &[]),
            ("再見（さようなら）、對不起（ごめんなさい）", &[]),
        ] {
            let found: Vec<_> = headwords(sentence)
                .into_iter()
                .map(|word| &sentence[word])
                .collect();
            assert_eq!(found, expected, "{sentence}");
        }
    }

    #[test]
    fn words_with_translations_do_not_make_a_text_japanese() {
        assert!(are_translated(
            "見積書（みつもりしょ）：估價單\n薬局（やっきょく）藥局\n"
        ));
        for text in [
            "薬局（やっきょく）\n",
            "学校（がっこう）の生活",
            "學校(がっこう)",
            "",
        ] {
            assert!(!are_translated(text), "{text}");
        }
    }
}
