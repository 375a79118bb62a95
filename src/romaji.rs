//! Words of Japanese in lists that Chinese speakers learn from, told by their readings in Latin letters: 販売 (hanbai) 販賣
//!
//! Pinyin looks alike, and so do English words and names: 北海 (beihai), 名稱 (name), 長崎 (Nagasaki). A word is Japanese that
//! has a form of a character which only Japanese writes, and a reading that is no pinyin.

use std::ops::Range;

use jianti_repair::is_pinyin;
use jianti_text::chars::is_han;
use jianti_text::foreign::word_before;
use jianti_text::forms::{is_japanese_form, is_not_japanese};
use jianti_text::lines::front;
use jianti_text::look;
use jianti_text::scan::Positions;
use jianti_text::standard::is_standard;

/// A word, bytes, and the reading in brackets behind it.
struct Gloss<'t> {
    word: Range<usize>,
    text: &'t str,
    reading: &'t str,
}

/// The words of a text that are Japanese, but those that look no other in simplified Chinese; bytes, in order.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    glosses(text)
        .filter(|gloss| gloss.text.contains(is_japanese_form) && gloss.is_read())
        .filter(|gloss| gloss.text.contains(|c| is_han(c) && !is_standard(c)))
        .map(|gloss| gloss.word)
}

impl Gloss<'_> {
    fn han(&self) -> usize {
        self.text.chars().filter(|c| is_han(*c)).count()
    }

    /// Whether the word can be Japanese and be read so.
    fn is_read(&self) -> bool {
        /// Morae of a character: 志 (kokorozashi) has one more.
        const MOST: usize = 4;
        let characters = self.text.chars().count();
        let fits = |morae: usize| {
            // English looks like that, and hardly a word of Japanese: 毎日 (date)
            let is_english = morae == 2 && characters == 2 && self.reading.ends_with('e');
            (self.han()..=characters * MOST).contains(&morae) && !is_english
        };
        !self.text.contains(is_not_japanese)
            && !is_pinyin(self.text, self.reading)
            && morae(self.reading).is_some_and(fits)
    }
}

/// The words with a reading in Latin letters in brackets behind them.
fn glosses(text: &str) -> impl Iterator<Item = Gloss<'_>> {
    let mut brackets = Positions::new(text, look_for_brackets);
    let mut from = 0;
    let places = std::iter::from_fn(move || {
        let at = brackets.next(from)?;
        from = at + 1;
        Some(at)
    });
    places.filter_map(|at| {
        let bracket = text.get(at..)?.chars().next();
        let bracket = bracket.filter(|c| matches!(c, '(' | '（'))?;
        gloss(text, at, bracket.len_utf8())
    })
}

look!(look_for_brackets, may_be_bracket);

/// `(`, or `（`, which other marks share two bytes with.
#[inline(always)]
fn may_be_bracket(_before: u8, a: u8, _b: u8, c: u8, _d: u8, _e: u8) -> bool {
    (a == b'(') | (a == 0xEF) & (c == 0x88)
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
            ("友達 (tomodachi)\n価格 (kakaku)\n駅 (eki)", &["価格", "駅"]),
            ("価値 (kachi)、雰囲気 (fun'iki)", &["価値", "雰囲気"]),
            // Pinyin, English, and what may be either.
            ("銀行 (yinhang)、北海 (beihai)", &[]),
            ("友達 (tomodachi)", &[]),
            (
                "宮崎駿(Miyazaki Hayao)、高畑勳(Takahata Isao)、鈴木敏夫(Suzuki Toshio)",
                &[],
            ),
            ("名前 (name)、日付 (date)、基本 (base)", &[]),
            ("價格 (kakaku)、販賣 (hanbai)", &[]),
            ("北京(Beijing)、會 (huì)", &[]),
            ("売店 (shop)", &[]),
            ("顔色 (tone)、毎日 (date)、応用 (use)、検査 (name)", &[]),
        ] {
            let words: Vec<_> = words(text).map(|word| &text[word]).collect();
            assert_eq!(words, expected, "{text}");
        }
    }
}
