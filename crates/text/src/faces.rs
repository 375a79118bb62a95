//! Faces: (つд⊂), ヾ(*´∀｀*)ﾉ, ㅠㅠ. The letters that they are drawn with are no words of any language.

use std::ops::Range;

use crate::chars::is_han;
use crate::forms::{is_kana, is_phonetic};

const OPENING: [char; 5] = ['(', '（', '[', '［', 'ʕ'];
const CLOSING: [char; 5] = [')', '）', ']', '］', 'ʔ'];

/// Marks of sentences, of which no face is drawn alone.
const MARKS: &str = "、。，．：；？！「」『』《》〈〉“”‘’'\"・,.:?!";

/// Kana that are arms, at the left and at the right of a face.
const LEFT_ARMS: &str = "ノﾉヘヾヽっづ";
const RIGHT_ARMS: &str = "ノﾉヘヾヽゞっつづシｼﾂツ";

/// Where the faces of a text are that have brackets, with their arms; bytes, in order.
pub(crate) struct Faces {
    ranges: Vec<Range<usize>>,
}

impl Faces {
    pub fn of(text: &str) -> Faces {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        while let Some((at, bracket)) = text[from..].char_indices().find(|(_, c)| is_opening(*c)) {
            let open = from + at;
            from = open + bracket.len_utf8();
            let Some(close) = closing(text, from) else {
                continue;
            };
            if !is_drawn(&text[from..close]) {
                continue;
            }
            let known = ranges.last().map_or(0, |range| range.end);
            let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
            let start = open - left_of(&text[known.min(open)..open]);
            let end = end + right_of(&text[end..]);
            ranges.push(start..end);
            from = end;
        }
        Faces { ranges }
    }

    /// Whether the letter at a byte is part of a face.
    pub fn draw(&self, text: &str, at: usize) -> bool {
        let next = self.ranges.partition_point(|range| range.end <= at);
        if self.ranges.get(next).is_some_and(|face| face.contains(&at)) {
            return true;
        }
        let before = text[..at].chars().next_back();
        let mut characters = text[at..].chars();
        characters
            .next()
            .is_some_and(|c| is_drawn_alone(before, c, characters.next()))
    }
}

/// The characters of a text but for the letters of faces.
pub(crate) fn without_faces(text: &str) -> impl Iterator<Item = char> {
    let faces = Faces::of(text);
    text.char_indices()
        .filter(move |(at, c)| c.is_ascii() || is_han(*c) || !faces.draw(text, *at))
        .map(|(_, c)| c)
}

/// How many kana and hangul of a part of a text, bytes, are of no face, whose other half may stand beside the part.
pub fn phonetic_letters(text: &str, part: Range<usize>) -> usize {
    const AROUND: usize = 64;
    let from = text.floor_char_boundary(part.start.saturating_sub(AROUND));
    let near = &text[from..text.ceil_char_boundary(part.end + AROUND)];
    let faces = Faces::of(near);
    let letters = text[part.clone()].char_indices();
    letters
        .filter(|(at, c)| is_phonetic(*c) && !faces.draw(near, part.start - from + at))
        .count()
}

fn is_opening(c: char) -> bool {
    OPENING.contains(&c)
}

/// Where the bracket closes within which `from` is the first byte; `None` if that is far, or another opens before.
fn closing(text: &str, from: usize) -> Option<usize> {
    /// Characters within a face.
    const LONGEST: usize = 16;
    let (at, c) = text[from..]
        .char_indices()
        .take(LONGEST + 1)
        .find(|(_, c)| is_opening(*c) || CLOSING.contains(c) || *c == '\n')?;
    CLOSING.contains(&c).then_some(from + at)
}

/// Whether what stands in brackets is a face: two signs or more, as eyes, cheeks and a mouth, and letters only one by one.
pub fn is_drawn(inside: &str) -> bool {
    /// Kana of a face: two arms, or eyes; a mouth.
    const FEW_KANA: usize = 2;
    /// Letters of other scripts side by side: (ΦωΦ)
    const FEW_LETTERS: usize = 3;
    let (mut signs, mut kana, mut row) = (0, Vec::new(), 0);
    let mut before = None;
    for c in inside.chars() {
        let repeats = before == Some(c);
        row = if c.is_alphabetic() { row + 1 } else { 0 };
        match c {
            _ if is_loose(before, c) => signs += 1,
            '\u{AC00}'..='\u{D7A3}' => return false,
            _ if is_phonetic(c) => {
                let pair = before.is_some_and(|b| is_phonetic(b) && !is_loose(None, b));
                if pair && !repeats && !RIGHT_ARMS.contains(c) {
                    return false;
                }
                if !kana.contains(&c) {
                    kana.push(c);
                }
            }
            _ if is_han(c) => {
                if before.is_some_and(is_han) {
                    return false;
                }
            }
            '0'..='9' | 'A'..='Z' | 'a'..='z' => {
                if !repeats && before.is_some_and(|b| b.is_ascii_alphanumeric()) {
                    return false;
                }
            }
            _ if c.is_alphabetic() && row > FEW_LETTERS && !repeats => return false,
            _ if c.is_whitespace() || MARKS.contains(c) => {}
            _ => signs += 1,
        }
        before = Some(c);
    }
    // Two eyes alike: (ㅍ_ㅍ)
    let mut letters = inside.chars();
    let is_alike = letters.next() == letters.next_back() && inside.contains(is_phonetic);
    signs + usize::from(is_alike) > 1 && kana.len() <= FEW_KANA
}

/// How many bytes of what stands before a face belong to it: signs and an arm, or with signs around a sound in half-width
/// letters, as customary: ｷﾀ━━(ﾟ∀ﾟ)
fn left_of(text: &str) -> usize {
    let signs = text.trim_end_matches(is_sign);
    let word = signs.trim_end_matches(|c| is_kana(c) && !is_loose(None, c));
    let kana = &signs[word.len()..];
    let is_apart = signs.len() < text.len() || !word.ends_with(char::is_alphabetic);
    let is_sound = is_apart && is_sound(kana);
    match is_arm(kana, LEFT_ARMS) || is_sound {
        true => text.len() - word.trim_end_matches(is_sign).len(),
        false => text.len() - signs.len(),
    }
}

/// The same behind a face, where the sound may follow at once: (ﾟДﾟ)ﾊｧ
fn right_of(text: &str) -> usize {
    let signs = text.trim_start_matches(is_sign);
    let behind = signs.trim_start_matches(is_kana);
    let kana = &signs[..signs.len() - behind.len()];
    match is_arm(kana, RIGHT_ARMS) || is_sound(kana) {
        true => text.len() - behind.trim_start_matches(is_sign).len(),
        false => text.len() - signs.len(),
    }
}

/// Whether kana beside a face are an arm, or two that wave: ノシ
fn is_arm(kana: &str, arms: &str) -> bool {
    const MOST: usize = 2;
    kana.chars().count() <= MOST && kana.chars().all(|c| arms.contains(c))
}

/// Whether kana are a short sound in half-width letters.
fn is_sound(kana: &str) -> bool {
    const LONGEST: usize = 6;
    kana.chars().count() <= LONGEST && kana.chars().all(|c| matches!(c, '\u{FF66}'..='\u{FF9F}'))
}

/// What lines and sparks around a face are drawn with.
fn is_sign(c: char) -> bool {
    is_loose(None, c)
        || !c.is_alphanumeric()
            && !c.is_whitespace()
            && !c.is_control()
            && !is_opening(c)
            && !CLOSING.contains(&c)
            && (c == '・' || !MARKS.contains(c))
}

/// Whether this is a mark of kana that belongs to none, as it stands behind none that may have it: a line or a spark.
fn is_loose(before: Option<char>, c: char) -> bool {
    match c {
        'ー' | 'ｰ' => !before.is_some_and(|b| is_kana(b) && b != '・'),
        'ﾞ' => !matches!(before, Some('ｳ' | 'ｶ'..='ﾄ' | 'ﾊ'..='ﾎ')),
        'ﾟ' => !matches!(before, Some('ﾊ'..='ﾎ')),
        _ => false,
    }
}

/// Whether a letter is drawn, and of no word, whether or not there are brackets: ¯\\_(ツ)_/¯, (ノಠ益ಠ)ノ, ㅠㅠ, 好ー. It is a jamo
/// alone, a mark that stands behind no kana, or one of those kana that look like an arm, an eye or a mouth among signs.
fn is_drawn_alone(before: Option<char>, c: char, behind: Option<char>) -> bool {
    const DRAWN: &str = "ツシノヘづヾヽゞﾉﾟﾞﾂｼ";
    let is_letter = |c: char| is_phonetic(c) || matches!(c, '\u{3005}' | '\u{3400}'..='\u{9FFF}');
    let is_sign = |c: char| {
        !is_letter(c)
            && !c.is_whitespace()
            && !"、。，．：；？！「」『』《》〈〉“”‘’\"・".contains(c)
    };
    // An arm may throw something, and lie beside an eye: (ノಠ益ಠ)ノ彡, (ﾉﾟ▽ﾟ)ﾉ
    let is_apart =
        |c: Option<char>| c.is_none_or(|c| !is_letter(c) || matches!(c, '彡' | 'ﾉ' | 'ﾟ' | 'ﾞ'));
    matches!(c, '\u{3131}'..='\u{318E}')
        || is_loose(before, c)
        || is_phonetic(c)
            && DRAWN.contains(c)
            && (before.is_some_and(is_sign) || behind.is_some_and(is_sign))
            && is_apart(before)
            && is_apart(behind)
}
