//! Glosses: characters followed by their reading in brackets, 會(huì).
//!
//! The program glossed the characters of a fixed table, all of them traditional and outside GB 2312, wherever they
//! stood. People gloss otherwise: every character, for learners; a rare one, at first mention; a word, in one pair of
//! brackets. What looks like the work of people stays.

use std::collections::HashMap;

use super::Context;
use crate::edit::Edit;
use crate::gbk;
use crate::glosses::{self, ABOUT_READINGS};
use crate::look::{Look, is_reading};
use crate::reading::{Syllable, readings};
use crate::replay::is_question_mark;
use crate::rule::Rule;
use jianti_model::UNIT;
use jianti_text::chars::is_han;

pub const LOOK: Look = Look::beside(&[
    // A bracket behind what is not ASCII, or behind a letter that stands there.
    [&[(0x40, 0xBF)], &[(b'(', b'(')], &[(0x60, 0xFF)]],
]);

/// A character that is not in this share of running text is rare; the unit is `Model::rarity`'s.
const RARE: u32 = 27 * UNIT / 2;

/// Marks that may stand beside a character within text.
const NEAR: &str = "，。、；：,.）》」”[]#";

/// A character with a reading behind it.
struct Gloss {
    /// The bracketed reading, bytes of the line.
    range: std::ops::Range<usize>,
    character: char,
    syllable: Syllable,
    /// Whether text goes on before or behind.
    in_text: bool,
    /// Whether the character is none that the page shows, but made of the bytes of two.
    crossing: bool,
}

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    let behind_wide = match text[at] {
        0x80..=0xBF => true,
        b'@'..=b'~' => at > 0 && text[at - 1] >= 0x80,
        _ => false,
    };
    behind_wide && text.get(at + 1) == Some(&b'(') && is_reading(&text[at + 2..])
}

/// The glosses of a line that are damage.
pub fn edits(context: &mut Context) -> Vec<Edit> {
    if !context.line.contains('(') {
        return Vec::new();
    }
    if context.page.glosses_are_damage() {
        return glosses::edits(context.line);
    }
    let (model, line, damaged) = (context.model, context.line, context.shifted);
    let (by_program, others): (Vec<Gloss>, Vec<Gloss>) =
        line_glosses(line).partition(|gloss| gloss.syllable.reads(gloss.character));
    // Nobody glosses half of one character and half of the next.
    let (crossing, by_program): (Vec<Gloss>, Vec<Gloss>) =
        by_program.into_iter().partition(|gloss| gloss.crossing);
    // Most lines with a bracket have none; what is asked below takes long.
    if by_program.is_empty() && crossing.is_empty() {
        return Vec::new();
    }
    let rare = |gloss: &Gloss| model.rarity(gloss.character) > RARE;
    let common = by_program.iter().filter(|gloss| !rare(gloss)).count();
    let toneless = by_program
        .iter()
        .any(|gloss| !gloss.syllable.has_tone(gloss.character));
    let damaged = damaged || !crossing.is_empty();
    let trusted = match common {
        _ if is_teaching(line, &by_program, &others, damaged) => false,
        0 => damaged,
        // All of a page's are damage, or none; the page's beginning tells.
        _ if toneless => false,
        1 => {
            damaged
                || by_program
                    .iter()
                    .all(|gloss| stands_alone(gloss) || rare(gloss))
        }
        _ => true,
    };
    let aligned = by_program
        .into_iter()
        .filter(|gloss| trusted && (damaged || common >= 3 || !rare(gloss)));
    let mut edits: Vec<Edit> = aligned
        .chain(crossing)
        .map(|gloss| Edit::plain(Rule::Gloss, gloss.range, ""))
        .collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Whether a gloss is the program's, though it is the only one on its line: a common character within text, with its
/// most common reading.
fn stands_alone(gloss: &Gloss) -> bool {
    let first = readings(gloss.character).next();
    gloss.in_text && first.is_some_and(|reading| gloss.syllable.shows(reading))
}

fn line_glosses(line: &str) -> impl Iterator<Item = Gloss> {
    line.match_indices('(').filter_map(|(at, _)| {
        let mut in_front = line[..at].chars().rev();
        let last = in_front.next()?;
        let character = match last {
            // The second byte of a pair that the program took for a character; in a shifted run, which a question mark
            // in front shows, it tells what the run was.
            '@'..='~' => in_front
                .next()
                .filter(|_| !in_front.next().is_some_and(is_question_mark))
                .and_then(gbk::pair)
                .and_then(|(_, trail)| gbk::character(trail, last as u8))?,
            _ if is_han(last) => last,
            _ => return None,
        };
        let syllable = Syllable::before_bracket(&line[at + 1..])?;
        let end = at + 1 + syllable.length + 1;
        let before = line[..at - last.len_utf8()]
            .trim_end_matches(' ')
            .chars()
            .next_back();
        let after = line[end..].trim_start_matches(' ').chars().next();
        let near = |c: Option<char>| {
            c.is_some_and(|c| is_han(c) || c.is_alphanumeric() || NEAR.contains(c))
        };
        Some(Gloss {
            range: at..end,
            character,
            in_text: near(before) || near(after),
            crossing: last.is_ascii() && syllable.has_tone(character),
            syllable,
        })
    })
}

/// Whether people glossed this line; `damaged` says that the program certainly was at work on it.
fn is_teaching(line: &str, by_program: &[Gloss], others: &[Gloss], damaged: bool) -> bool {
    let glossed = by_program.len();
    let toned = others
        .iter()
        .filter(|gloss| gloss.syllable.has_tone(gloss.character))
        .count();
    if toned * 4 > glossed || ABOUT_READINGS.iter().any(|words| line.contains(words)) {
        return true;
    }
    // Every character glossed; or one character with several readings.
    let han = line.chars().filter(|c| is_han(*c)).count();
    let mut readings_of: HashMap<char, &Syllable> = HashMap::new();
    let twice = by_program.iter().any(|gloss| {
        let first = readings_of
            .entry(gloss.character)
            .or_insert(&gloss.syllable);
        **first != gloss.syllable
    });
    !damaged && glossed >= 2 && (han <= glossed || glossed <= 3 && twice)
}
