//! The scan: runs of plain characters at once, the others one by one.

use crate::phrase::Phrases;
use crate::phrase_tree::Decision;
use crate::run;
use crate::slack::SLACK;
use crate::tables::{ASCII_SPECIAL, ASCII_STARTER, CHANGE, EXIT, STARTER, Tables};

/// Converts `text` and appends the result to `out`; returns how many bytes of `text` it has converted.
///
/// With `last` that is all of it. Without, `text` is the front of a longer text: what hangs on characters after its end
/// stays for the next call, which must begin with the rest.
pub fn convert(tables: &Tables, text: &str, last: bool, out: &mut String) -> usize {
    convert_from(tables, text, 0, last, out)
}

/// The same from byte `at` on.
fn convert_from(tables: &Tables, text: &str, at: usize, last: bool, out: &mut String) -> usize {
    let mut phrases = Phrases::new(tables, text, last);
    let mut at = at;
    while at < text.len() {
        out.reserve(text.len() - at + SLACK);
        at = run::convert(tables, text, at, out);
        match step(tables, text, at, last, &mut phrases, out) {
            Some(end) => at = end,
            None => break,
        }
    }
    at
}

/// Converts a whole text; `None` if nothing changes.
pub fn convert_whole(tables: &Tables, text: &str) -> Option<String> {
    let mut phrases = Phrases::new(tables, text, true);
    let mut out = String::new();
    let mut at = 0;
    loop {
        at = run::unchanged(tables, text, at);
        if at == text.len() {
            return None;
        }
        // Phrases may grow a little.
        out.reserve(text.len() + text.len() / 32 + SLACK);
        if changes_alone(tables, &text[at..]) {
            out.push_str(&text[..at]);
            convert_from(tables, text, at, true, &mut out);
            return Some(out);
        }
        let end = step(tables, text, at, true, &mut phrases, &mut out)?;
        if out != text[at..end] {
            out.insert_str(0, &text[..at]);
            convert_from(tables, text, end, true, &mut out);
            return Some(out);
        }
        out.clear();
        at = end;
    }
}

/// Whether the character at the beginning of `text` changes whatever follows.
fn changes_alone(tables: &Tables, text: &str) -> bool {
    let c = text.chars().next().filter(|c| c.len_utf8() == 3);
    c.is_some_and(|c| {
        let entry = tables.entry(c);
        entry & CHANGE != 0 && entry & (STARTER | EXIT) == 0
    })
}

/// Converts one character or phrase at `at`, appends the result to `out`, and returns where it ends; `None`, with nothing
/// appended, if it hangs on what follows the text.
fn step(
    tables: &Tables,
    text: &str,
    at: usize,
    last: bool,
    phrases: &mut Phrases,
    out: &mut String,
) -> Option<usize> {
    let mut chars = text[at..].chars();
    let Some(c) = chars.next() else {
        return Some(at);
    };
    let end = at + c.len_utf8();
    // Characters of two and four bytes may begin phrases too.
    let (starts, is_special, change) = match c.len_utf8() {
        1 => {
            let class = tables.ascii()[c as usize];
            (class & ASCII_STARTER != 0, class & ASCII_SPECIAL != 0, 0)
        }
        3 => {
            let entry = tables.entry(c);
            (entry & STARTER != 0, entry & EXIT != 0, entry & CHANGE)
        }
        _ => (true, true, 0),
    };
    let special = if is_special { tables.special(c) } else { None };
    let always_asks = special.is_some_and(|special| special.always_asks);
    if starts || is_special {
        let next = chars.next();
        match next {
            None if !last => return None,
            _ if always_asks => return phrases.convert(at, out),
            Some(next) if tables.may_begin_phrase(c, next) => {
                match tables.phrase_tree.decide(c, next, chars.as_str(), last) {
                    Decision::Settled(length, result) => {
                        out.push_str(str::from_utf8(result).expect("results are UTF-8"));
                        return Some(at + length);
                    }
                    Decision::Alone => {}
                    Decision::Starved => return None,
                    Decision::Unknown => return phrases.convert(at, out),
                }
            }
            _ => {}
        }
    }
    match special {
        Some(special) => out.push_str(str::from_utf8(special.result).expect("results are UTF-8")),
        None => out.push(char::from_u32(c as u32 ^ change).expect("a character")),
    }
    Some(end)
}
