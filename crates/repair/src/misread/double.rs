//! Bytes of an encoding of one and two bytes. Where some fell out nothing tells where the next character begins, so that the
//! likeliest text is taken.

use jianti_model::{Model, UNIT};

use super::cost::cost_on_page;
use super::shown::Charset;
use super::survivors::{Shown, Survivors};

/// What a byte costs that comes to nothing, and to go over between the bytes' text and what the page has of its own, in
/// eighths of a natural logarithm.
const LOST: u32 = 10 * UNIT;
const SWITCH: u32 = 6 * UNIT;

/// How a text comes to a byte.
#[derive(Clone, Copy, Debug)]
struct Step {
    cost: u32,
    /// The byte that it came from, and whether that was the page's own text.
    from: usize,
    was_own: bool,
    /// The character that it made on the way; `None` if the byte came to nothing.
    made: Option<char>,
}

/// What of a page comes back that shows bytes of `read` as `shown`.
pub fn survivors(
    model: &Model,
    page: &str,
    bytes: &[Shown],
    (shown, read): (Charset, Charset),
) -> Survivors {
    // For each byte the likeliest way to it in the bytes' text and in the page's own.
    let mut steps: Vec<[Option<Step>; 2]> = vec![[None; 2]; bytes.len() + 1];
    let begun = Step {
        cost: 0,
        from: 0,
        was_own: false,
        made: Some('\n'),
    };
    steps[0][0] = Some(begun);
    for at in 0..bytes.len() {
        for is_own in [false, true] {
            let Some(here) = steps[at][usize::from(is_own)] else {
                continue;
            };
            let ways = ways(model, page, bytes, at, here.made, read);
            for way in ways.into_iter().flatten() {
                let own = way.is_own.unwrap_or(is_own);
                let switch = if own == is_own { 0 } else { SWITCH };
                let step = Step {
                    cost: here.cost + way.cost + switch,
                    from: at,
                    was_own: is_own,
                    made: way.made,
                };
                let best = &mut steps[at + way.length][usize::from(own)];
                if best.is_none_or(|best| step.cost < best.cost) {
                    *best = Some(step);
                }
            }
        }
    }
    let found = collect(&steps);
    // A byte that is an ASCII character may be what is left of one whose first fell out.
    let unsure = shown.drops_bytes() && has_remains(&found.text);
    Survivors { unsure, ..found }
}

/// Whether a letter or sign that may be a second byte stands for itself, and not between spaces.
fn has_remains(text: &str) -> bool {
    let characters: Vec<char> = [' '].into_iter().chain(text.chars()).chain([' ']).collect();
    characters.windows(3).any(|it| {
        let is_part = |c: char| c.is_ascii_alphanumeric();
        let is_apart = it[0] != ' ' || it[2] != ' ';
        matches!(it[1], '\u{40}'..='\u{7E}') && !is_part(it[0]) && !is_part(it[2]) && is_apart
    })
}

/// How a text may go on from a byte.
struct Way {
    /// Over how many bytes.
    length: usize,
    /// Whether that is the page's own text; `None` if it may be either, as ASCII is.
    is_own: Option<bool>,
    made: Option<char>,
    cost: u32,
}

/// The ways on from a byte: it alone, it and the next as a pair, and the whole character of the page that it begins.
fn ways(
    model: &Model,
    page: &str,
    bytes: &[Shown],
    at: usize,
    before: Option<char>,
    read: Charset,
) -> [Option<Way>; 3] {
    let way = |length, is_own, c| Way {
        length,
        is_own,
        made: Some(c),
        cost: model.cost(before.unwrap_or('\n'), c),
    };
    let (byte, start) = bytes[at];
    let alone = match byte.filter(u8::is_ascii) {
        Some(byte) => way(1, None, char::from(byte)),
        None => Way {
            length: 1,
            is_own: Some(false),
            made: None,
            cost: LOST,
        },
    };
    let next = bytes.get(at + 1).and_then(|(byte, _)| *byte);
    let pair = byte
        .zip(next)
        .and_then(|(lead, trail)| read.character(lead, trail));
    let begins = at == 0 || bytes[at - 1].1 != start;
    let own = page[start..].chars().next();
    let own = own.filter(|c| begins && !c.is_ascii() && *c != '\u{FFFD}');
    let length = || {
        bytes[at..]
            .iter()
            .take_while(|(_, other)| *other == start)
            .count()
    };
    [
        Some(alone),
        pair.map(|c| way(2, Some(false), c)),
        own.map(|c| Way {
            cost: cost_on_page(model, before.unwrap_or('\n'), c),
            ..way(length(), Some(true), c)
        }),
    ]
}

/// The text of the likeliest way to the end.
fn collect(steps: &[[Option<Step>; 2]]) -> Survivors {
    let end = steps.len() - 1;
    let cost = |own: bool| steps[end][usize::from(own)].map_or(u32::MAX, |step| step.cost);
    let (mut at, mut is_own) = (end, cost(true) < cost(false));
    let mut way = Vec::new();
    while at > 0 {
        let Some(step) = steps[at][usize::from(is_own)] else {
            break;
        };
        way.push((step.made, is_own, at - step.from));
        (at, is_own) = (step.from, step.was_own);
    }
    let mut found = Survivors::default();
    for (made, is_own, bytes) in way.into_iter().rev() {
        match made {
            Some(c) if is_own => found.text.push(c),
            Some(c) => found.push(c, bytes),
            None => {
                found.lost += bytes;
                if !found.text.ends_with('\u{FFFD}') {
                    found.text.push('\u{FFFD}');
                }
            }
        }
    }
    found
}
