//! Pages on which ordinary text is glossed as nobody does it: without tones, twice, with a space or an emoji for the
//! reading: 總結大會(hui)(hui)在北京(jing). All such glosses of a page are damage, or none.

use std::collections::HashSet;
use std::ops::Range;

use crate::edit::Edit;
use crate::reading::Syllable;
use crate::rule::Rule;
use jianti_text::chars::is_han;

/// Words of text that is about characters and their readings.
pub const ABOUT_READINGS: [&str; 19] = [
    "拼音",
    "讀音",
    "读音",
    "讀作",
    "读作",
    "讀為",
    "读为",
    "讀成",
    "读成",
    "注音",
    "多音字",
    "唸作",
    "生字",
    "聲母",
    "声母",
    "韻母",
    "韵母",
    "聲調",
    "声调",
];

/// How many glosses without tones, of how many different characters, show that a page is damaged.
const TONELESS: usize = 8;
const DIFFERENT: usize = 5;
/// How many show it with a space in them, or twice.
const SPACED: usize = 2;

/// What stands in brackets behind an ideograph.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gloss {
    /// The brackets and what is in them, once or several times; bytes.
    range: Range<usize>,
    character: char,
    kind: Kind,
    twice: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A reading of the character, with its tone or without.
    Toned,
    Toneless,
    /// The same with a space in front of the bracket.
    Spaced,
    /// An emoji.
    Emoji,
    /// Letters that are no reading of it.
    Other,
}

/// Whether the glosses of a page that begins so are damage.
pub fn are_damage(head: &str) -> bool {
    let found: Vec<Gloss> = glosses(head).collect();
    let count = |kind: Kind| found.iter().filter(|gloss| gloss.kind == kind).count();
    let readings = || {
        found
            .iter()
            .filter(|gloss| gloss.kind != Kind::Other && gloss.kind != Kind::Emoji)
    };
    let twice = readings().filter(|gloss| gloss.twice).count();
    let different: HashSet<char> = readings().map(|gloss| gloss.character).collect();
    let toneless = count(Kind::Toneless);
    let odd = twice > 0 || count(Kind::Spaced) >= SPACED;
    let many =
        toneless >= TONELESS && different.len() >= DIFFERENT && toneless > 3 * count(Kind::Toned);
    (odd && different.len() > 1 || many)
        && count(Kind::Other) * 4 <= readings().count()
        && !ABOUT_READINGS.iter().any(|words| head.contains(words))
}

/// The glosses of a line of such a page.
pub fn edits(line: &str) -> Vec<Edit> {
    glosses(line)
        .filter(|gloss| gloss.kind != Kind::Other)
        .map(|gloss| Edit::plain(Rule::Gloss, gloss.range, ""))
        .collect()
}

fn glosses(text: &str) -> impl Iterator<Item = Gloss> {
    let mut done = 0;
    text.match_indices('(').filter_map(move |(at, _)| {
        if at < done {
            return None;
        }
        let character = text[..at].chars().next_back().filter(|c| is_han(*c))?;
        let (kind, mut end) = bracketed(text, at, character)?;
        let first = &text[at..end];
        let once = end;
        while text[end..].starts_with(first) {
            end += first.len();
        }
        done = end;
        Some(Gloss {
            range: at..end,
            character,
            kind,
            twice: end > once,
        })
    })
}

/// What the brackets hold that open at `at`, and where they end.
fn bracketed(text: &str, at: usize, character: char) -> Option<(Kind, usize)> {
    let window = text[at + 1..].char_indices().take(10);
    let length = window
        .take_while(|(_, c)| *c != '(')
        .find(|(_, c)| *c == ')')?
        .0;
    let inner = &text[at + 1..at + 1 + length];
    let end = at + length + 2;
    if !inner.is_empty() && inner.chars().all(is_emoji) {
        return Some((Kind::Emoji, end));
    }
    let reading = inner.trim_end_matches(' ');
    let syllable = Syllable::before_bracket(&format!("{reading})"));
    let letters = inner
        .chars()
        .all(|c| c.is_alphabetic() && !is_han(c) || c == ' ');
    match syllable {
        Some(syllable) if syllable.reads_any(character) => {
            let kind = match (reading == inner, syllable.is_toned()) {
                (false, _) => Kind::Spaced,
                (true, true) => Kind::Toned,
                (true, false) => Kind::Toneless,
            };
            Some((kind, end))
        }
        _ => (letters && !inner.is_empty()).then_some((Kind::Other, end)),
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_s_glosses_are_damage_or_not() {
        for page in [
            "總結大會(hui)(hui)在北京(jing)召開",
            "他曾(céng )經在這裏住過，如今(jīn )不在了",
            "這(zhe)個機(ji)器是(shi)去年(nian)買(mai)的(de)，現(xian)在還(hai)能用(yong)",
        ] {
            assert!(are_damage(page), "{page}");
        }
        for page in [
            "床(chuáng)前(qián)明(míng)月(yuè)光(guāng)，疑(yí)是(shì)地(dì)上(shàng)霜(shuāng)。",
            "生字：會(hui)(hui)、學(xue)、聽(ting)",
            "函數(function)的參數(args)可以是空的(null)。甲(a)、乙(b)、丙(c)、丁(d)",
            "東京(Tokyo)和北京(Beijing)相距(ju)很遠",
            "她姓單(shan)，不是(dan)",
        ] {
            assert!(!are_damage(page), "{page}");
        }
    }
}
