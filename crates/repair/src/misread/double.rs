//! Bytes of an encoding of one and two bytes. Where some fell out nothing tells where the next character begins, so that the
//! likeliest text is taken.

use jianti_model::{Model, UNIT};

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
            for (next, own, made, cost) in ways(model, page, bytes, at, here.made, read) {
                let switch = if own.is_some_and(|own| own != is_own) {
                    SWITCH
                } else {
                    0
                };
                let own = own.unwrap_or(is_own);
                let step = Step {
                    cost: here.cost + cost + switch,
                    from: at,
                    was_own: is_own,
                    made,
                };
                let best = &mut steps[next][usize::from(own)];
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

/// Where the text may go on from a byte: the next byte, whose text it is on the way if that matters, what is made, and its cost.
fn ways(
    model: &Model,
    page: &str,
    bytes: &[Shown],
    at: usize,
    before: Option<char>,
    read: Charset,
) -> Vec<(usize, Option<bool>, Option<char>, u32)> {
    let cost = |c: char| model.cost(before.unwrap_or('\n'), c);
    let mut ways = Vec::with_capacity(3);
    let (byte, start) = bytes[at];
    if let Some(byte) = byte.filter(u8::is_ascii) {
        let c = char::from(byte);
        ways.push((at + 1, None, Some(c), cost(c)));
    } else {
        ways.push((at + 1, Some(false), None, LOST));
    }
    let next = bytes.get(at + 1).and_then(|(byte, _)| *byte);
    if let (Some(lead), Some(trail)) = (byte, next)
        && let Some(c) = read.character(lead, trail)
    {
        ways.push((at + 2, Some(false), Some(c), cost(c)));
    }
    // A whole character of the page.
    let is_first = at == 0 || bytes[at - 1].1 != start;
    let c = page[start..].chars().next();
    if let Some(c) = c.filter(|c| is_first && !c.is_ascii() && *c != '\u{FFFD}') {
        let length = bytes[at..]
            .iter()
            .take_while(|(_, other)| *other == start)
            .count();
        ways.push((at + length, Some(true), Some(c), cost(c)));
    }
    ways
}

/// The text of the likeliest way to the end.
fn collect(steps: &[[Option<Step>; 2]]) -> Survivors {
    let end = steps.len() - 1;
    let cost = |own: bool| steps[end][usize::from(own)].map_or(u32::MAX, |step| step.cost);
    let (mut at, mut is_own) = (end, cost(true) < cost(false));
    let mut found = Survivors::default();
    let mut made = Vec::new();
    while at > 0 {
        let Some(step) = steps[at][usize::from(is_own)] else {
            break;
        };
        match step.made {
            Some(c) => made.push(c),
            None if made.last() == Some(&'\u{FFFD}') => {}
            None => made.push('\u{FFFD}'),
        }
        match step.made {
            Some(c) if c.is_ascii() || is_own => {}
            Some(_) => {
                found.count += 1;
                found.surviving += at - step.from;
            }
            None => found.lost += at - step.from,
        }
        (at, is_own) = (step.from, step.was_own);
    }
    found.text = made.into_iter().rev().collect();
    found
}
