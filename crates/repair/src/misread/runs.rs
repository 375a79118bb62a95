//! Runs of characters whose bytes are text in UTF-8: what a line shows of a misreading, wherever on it that stands, and however
//! short. Bytes of other text hardly ever are UTF-8: of four characters' none.

use std::ops::Range;

use super::shown::Charset;
use super::survivors::Shown;
use super::western_byte;
use crate::gbk;

/// How many letters of Latin-1 side by side hardly any word has.
pub const LETTERS: usize = 8;

/// A run of characters of a line.
#[derive(Debug)]
pub struct Run {
    /// Where it stands, bytes of the line.
    pub range: Range<usize>,
    /// What its bytes are in UTF-8.
    pub text: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where another character begins behind it whose bytes are not all there: where that ends on the line, and the text with U+FFFD
    /// for it.
    pub cut: Option<(usize, String)>,
}

/// The runs of a line that shows bytes as this encoding does, in order.
pub fn of_line(line: &str, shown: Charset) -> Vec<Run> {
    let bytes = shown.bytes(line);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let may_begin = matches!(bytes[at].0, Some(0xC2..=0xEF)) && is_between(&bytes, at);
        match may_begin.then(|| run(line, &bytes, at)).flatten() {
            Some((run, end)) => {
                runs.push(run);
                at = end;
            }
            None => at += 1,
        }
    }
    runs
}

/// The run that begins at this byte, and where it ends.
fn run(line: &str, bytes: &[Shown], from: usize) -> Option<(Run, usize)> {
    let is_wide = |(_, start): &&Shown| !line.as_bytes()[*start].is_ascii();
    let shown = bytes[from..].iter().take_while(is_wide);
    let (text, behind) = text(shown.map_while(|(byte, _)| *byte));
    let whole = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .rfind(|end| is_between(bytes, from + end))?;
    let start = |at: usize| bytes.get(at).map_or(line.len(), |(_, start)| *start);
    let rest = begun(&behind);
    let is_cut = rest.is_some() || whole < text.len();
    let end = (from + text.len() + rest.unwrap_or(0)..).find(|at| is_between(bytes, *at))?;
    let cut = is_cut.then(|| (start(end), format!("{text}\u{FFFD}")));
    let run = Run {
        range: start(from)..start(from + whole),
        bytes: text.as_bytes()[..whole].to_vec(),
        text: text[..whole].to_owned(),
        cut,
    };
    Some((run, if is_cut { end } else { from + whole }))
}

/// The text that these bytes begin with, as it shows in one of the two ways, and the bytes of the character behind it that is not
/// whole. No more bytes are looked at than these.
fn text(bytes: impl Iterator<Item = u8>) -> (String, Vec<u8>) {
    let (mut text, mut next) = (String::new(), Vec::new());
    let (mut may_be_misread, mut may_be_western) = (true, true);
    for byte in bytes {
        next.push(byte);
        match str::from_utf8(&next) {
            Ok(character) => {
                let c = character.chars().next().expect("a character");
                let (misread, western) = (is_misread(c), is_western(c));
                if !(may_be_misread && misread || may_be_western && western) {
                    return (text, Vec::new());
                }
                (may_be_misread, may_be_western) =
                    (may_be_misread && misread, may_be_western && western);
                text.push(c);
                next.clear();
            }
            // Bytes of a character that goes on.
            Err(error) if error.error_len().is_none() => {}
            Err(_) => break,
        }
    }
    (text, next)
}

/// How many bytes of a character of Chinese stand here that lacks others.
fn begun(bytes: &[u8]) -> Option<usize> {
    let is_rest = |byte: &&u8| matches!(byte, 0x80..=0xBF);
    matches!(bytes.first(), Some(0xE2..=0xE9 | 0xEF))
        .then(|| 1 + bytes[1..].iter().take_while(is_rest).count().min(1))
}

/// Whether it is an ideograph, or a mark beside such.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF5E}')
}

/// Whether GBK shows bytes so: Chinese, or what was misread once more.
fn is_misread(c: char) -> bool {
    c == '€' || c >= '\u{2010}' && (is_chinese(c) || gbk::pair(c).is_some())
}

/// Whether Windows-1252 or Latin-1 shows a byte beyond ASCII so.
fn is_western(c: char) -> bool {
    western_byte(c).is_some()
}

/// Whether a character of the page ends in front of this byte.
fn is_between(bytes: &[Shown], at: usize) -> bool {
    at == 0 || at == bytes.len() || bytes[at - 1].1 != bytes[at].1
}

/// Whether a run begins with this text: two characters of Chinese, or four letters of Latin-1, whose bytes GBK shows; or letters of
/// Latin-1, so many that no word has them.
pub fn begins(text: &str) -> bool {
    /// As many characters as six bytes of text take.
    const FEW: usize = 4;
    let mut characters = text.chars();
    if matches!(characters.next(), Some('\u{80}'..='\u{FF}')) {
        let letters = text.chars().take(LETTERS);
        return letters
            .filter(|c| western_byte(*c).is_some() && !c.is_ascii())
            .count()
            == LETTERS;
    }
    let pairs = text.chars().take(FEW).map_while(gbk::pair);
    let bytes: Vec<u8> = pairs.flat_map(|(lead, trail)| [lead, trail]).collect();
    let is_rest = |byte: &u8| matches!(byte, 0x80..=0xBF);
    match &bytes[..] {
        [0xE3..=0xE9 | 0xEF, a, b, 0xE2..=0xE9 | 0xEF, ..] => is_rest(a) && is_rest(b),
        [0xC2 | 0xC3, ..] if bytes.len() == 2 * FEW => {
            let letters = bytes.chunks(2);
            letters
                .filter(|it| matches!(it[0], 0xC2 | 0xC3) && is_rest(&it[1]))
                .count()
                == FEW
        }
        _ => false,
    }
}
