//! Words of Japanese in lists that Chinese speakers learn from, told by their readings in Latin letters: 販売 (hanbai) 販賣
//!
//! Pinyin looks alike, and so do English words: 北海 (beihai), 名稱 (name). What is a character's pinyin is no Japanese, and
//! a word that Chinese writes too is Japanese only where the document has many such readings, as long as those are.

use std::ops::Range;

use jianti_repair::is_pinyin;
use jianti_text::chars::is_han;
use jianti_text::foreign::word_before;
use jianti_text::forms::{is_japanese_form, is_not_japanese};
use jianti_text::lines::front;
use jianti_text::standard::is_standard;
use memchr::memmem;

/// Which words with readings in Latin letters are Japanese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Romaji {
    /// Those with a form of a character that only Japanese writes.
    OfForms,
    /// All.
    OfAll,
}

/// A word, bytes, and the reading in brackets behind it.
struct Gloss<'t> {
    word: Range<usize>,
    text: &'t str,
    reading: &'t str,
}

impl Romaji {
    /// What a document that begins with this text has; `None` if no word in it is told so.
    pub fn of_document(text: &str) -> Option<Romaji> {
        /// So many readings are no chance.
        const SEVERAL: usize = 3;
        let (mut all, mut found, mut morae, mut han) = (0, 0, 0, 0);
        let mut has_form = false;
        for gloss in glosses(text) {
            all += 1;
            if let Some(length) = gloss.morae() {
                found += 1;
                morae += length;
                han += gloss.han();
                has_form |= gloss.has_japanese_form();
            }
        }
        // A Chinese character in Japanese is read with nearly two morae; of English words it has about one.
        let is_lesson = found >= SEVERAL && found * 4 >= all * 3 && morae * 2 >= han * 3;
        match (is_lesson, has_form) {
            (true, _) => Some(Romaji::OfAll),
            (false, true) => Some(Romaji::OfForms),
            (false, false) => None,
        }
    }

    /// The words of a text that are Japanese, but those that look no other in simplified Chinese; bytes, in order.
    pub fn words(self, text: &str) -> Vec<Range<usize>> {
        glosses(text)
            .filter(|gloss| gloss.morae().is_some())
            .filter(|gloss| self == Romaji::OfAll || gloss.has_japanese_form())
            .filter(|gloss| gloss.text.contains(|c| is_han(c) && !is_standard(c)))
            .map(|gloss| gloss.word)
            .collect()
    }
}

impl Gloss<'_> {
    fn han(&self) -> usize {
        self.text.chars().filter(|c| is_han(*c)).count()
    }

    fn has_japanese_form(&self) -> bool {
        self.text.contains(is_japanese_form)
    }

    /// How many morae the reading has, if the word can be Japanese and be read so.
    fn morae(&self) -> Option<usize> {
        /// Of a character: 志 (kokorozashi) has one more.
        const MOST: usize = 4;
        if self.text.contains(is_not_japanese) || is_pinyin(self.text, self.reading) {
            return None;
        }
        let fits = |morae: &usize| (self.han()..=self.text.chars().count() * MOST).contains(morae);
        morae(self.reading).filter(fits)
    }
}

/// The words with a reading in Latin letters in brackets behind them.
fn glosses(text: &str) -> impl Iterator<Item = Gloss<'_>> {
    let half = memchr::memchr_iter(b'(', text.as_bytes()).map(|at| (at, 1));
    let wide = memmem::find_iter(text.as_bytes(), "（").map(|at| (at, "（".len()));
    let mut brackets: Vec<_> = half.chain(wide).collect();
    brackets.sort_unstable();
    brackets
        .into_iter()
        .filter_map(|(open, length)| gloss(text, open, length))
}

fn gloss(text: &str, open: usize, length: usize) -> Option<Gloss<'_>> {
    /// No word with its reading is longer, bytes.
    const LONGEST: usize = 64;
    let inside = front(&text[open + length..], LONGEST);
    let end = inside.find(|c: char| !is_of_reading(c))?;
    let reading = inside[..end].trim();
    if reading.len() < 2 || !inside[end..].starts_with([')', '）']) {
        return None;
    }
    let near = text.ceil_char_boundary(open.saturating_sub(LONGEST));
    let line = text[near..open]
        .rfind('\n')
        .map_or(near, |at| near + at + 1);
    let word = word_before(&text[line..open])?;
    let word = line + word.start..line + word.end;
    let text = &text[word.clone()];
    text.contains(is_han).then_some(Gloss {
        word,
        text,
        reading,
    })
}

fn is_of_reading(c: char) -> bool {
    c.is_ascii_lowercase() || "ABCDEFGHIJKLMNOPQRSTUVWXYZāīūēōâîûêô '’-".contains(c)
}

/// How many morae a text in Hepburn's letters has; `None` if it is not in these.
fn morae(text: &str) -> Option<usize> {
    let letters: Vec<u8> = text
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'ā' | 'â' => Some('a'),
            'ī' | 'î' => Some('i'),
            'ū' | 'û' => Some('u'),
            'ē' | 'ê' => Some('e'),
            'ō' | 'ô' => Some('o'),
            ' ' | '\'' | '’' | '-' => None,
            c => Some(c),
        })
        .map(|c| c as u8)
        .collect();
    let (mut rest, mut count) = (&letters[..], 0);
    while !rest.is_empty() {
        rest = &rest[mora(rest)?..];
        count += 1;
    }
    Some(count)
}

/// The length of the mora that these letters begin with.
fn mora(letters: &[u8]) -> Option<usize> {
    /// Consonants, and the vowels that follow each.
    const ROWS: [(&str, &str); 29] = [
        ("", "aiueo"),
        ("k", "aiueo"),
        ("s", "aueo"),
        ("t", "aeo"),
        ("n", "aiueo"),
        ("h", "aieo"),
        ("m", "aiueo"),
        ("y", "auo"),
        ("r", "aiueo"),
        ("w", "ao"),
        ("g", "aiueo"),
        ("z", "aueo"),
        ("d", "aeo"),
        ("b", "aiueo"),
        ("p", "aiueo"),
        ("f", "u"),
        ("j", "aiuo"),
        ("sh", "aiuo"),
        ("ch", "aiuo"),
        ("ts", "u"),
        ("ky", "auo"),
        ("gy", "auo"),
        ("ny", "auo"),
        ("hy", "auo"),
        ("my", "auo"),
        ("ry", "auo"),
        ("by", "auo"),
        ("py", "auo"),
        ("jy", "auo"),
    ];
    let row = ROWS.iter().find(|(consonants, vowels)| {
        let rest = letters.strip_prefix(consonants.as_bytes());
        rest.and_then(|rest| rest.first())
            .is_some_and(|vowel| vowels.as_bytes().contains(vowel))
    });
    if let Some((consonants, _)) = row {
        return Some(consonants.len() + 1);
    }
    match letters {
        [b'n', ..] | [b'm', b'b' | b'p', ..] | [b't', b'c', b'h', ..] => Some(1),
        [one, next, ..] if one == next && b"kstpgdb".contains(one) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_in_latin_letters_are_told_from_pinyin_and_english() {
        for (text, expected) in [
            ("**販売** (hanbai) - 販賣", &["販売"][..]),
            ("検査(kensa)、伝統（dentō）", &["検査", "伝統"]),
            (
                "友達 (tomodachi)\n価格 (kakaku)\n駅 (eki)",
                &["友達", "価格", "駅"],
            ),
            // Pinyin, English, and what may be either.
            ("銀行 (yinhang)、北海 (beihai)", &[]),
            ("友達 (tomodachi)", &[]),
            ("名前 (name)、日付 (date)、基本 (base)", &[]),
            ("價格 (kakaku)、販賣 (hanbai)", &[]),
            ("北京(Beijing)、會 (huì)", &[]),
            ("売店 (shop)", &[]),
        ] {
            let words = Romaji::of_document(text).map(|romaji| romaji.words(text));
            let words: Vec<_> = words
                .iter()
                .flatten()
                .map(|word| &text[word.clone()])
                .collect();
            assert_eq!(words, expected, "{text}");
        }
    }
}
