//! Brackets and quotation marks, which pair.

use super::weights::UNPAIRED;

/// Marks that open, and those that close them.
const PAIRS: [(char, char); 10] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('【', '】'),
    ('(', ')'),
    ('[', ']'),
];

/// A bracket or a quotation mark: which pair it belongs to, and whether it opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pair: usize,
    opens: bool,
}

/// The mark that a character is.
pub fn mark(c: char) -> Option<Mark> {
    if c.is_alphanumeric() {
        return None;
    }
    let pair = PAIRS
        .iter()
        .position(|(open, close)| c == *open || c == *close)?;
    Some(Mark {
        pair,
        opens: c == PAIRS[pair].0,
    })
}

/// Whether a character closes what another opens.
pub fn closes(c: char) -> bool {
    mark(c).is_some_and(|mark| !mark.opens)
}

/// The pairs that are opened and not closed.
pub fn open_marks(text: impl Iterator<Item = char>) -> Vec<usize> {
    let mut open = Vec::new();
    for mark in text.filter_map(mark) {
        if mark.opens {
            open.push(mark.pair);
        } else if let Some(at) = open.iter().rposition(|pair| *pair == mark.pair) {
            open.truncate(at);
        }
    }
    open
}

/// The pairs of which a text has marks, a bit each.
pub fn pairs(text: impl Iterator<Item = char>) -> u16 {
    text.filter_map(mark)
        .fold(0, |pairs, mark| pairs | 1 << mark.pair)
}

/// Whether a mark that closes belongs to the innermost of these open pairs.
pub fn closes_last(open: &[usize], c: char) -> bool {
    mark(c).is_some_and(|mark| open.last() == Some(&mark.pair))
}

/// What it costs that marks close something else than was opened, or open what is open already; logarithms. `open` is
/// what the text in front left open, `met` the pairs of which it has marks, as [`pairs`] tells them; `behind` are the marks
/// behind the text.
pub fn unpaired(open: &[usize], met: u16, text: &str, behind: &[Mark]) -> u32 {
    let mut open = open.to_vec();
    let mut met = met;
    let mut count = 0;
    let mut empty = false;
    for c in text.chars() {
        let found = mark(c);
        if let Some(mark) = found {
            count += meet(&mut open, &mut met, mark, empty);
        }
        empty = found.is_some_and(|mark| mark.opens);
    }
    count += behind
        .iter()
        .map(|mark| meet(&mut open, &mut met, *mark, false))
        .sum::<u32>();
    count + if open.is_empty() { 0 } else { UNPAIRED }
}

/// What the next mark costs; `empty` says that it stands right behind one that opens.
fn meet(open: &mut Vec<usize>, met: &mut u16, mark: Mark, empty: bool) -> u32 {
    let is_met = *met & 1 << mark.pair != 0;
    *met |= 1 << mark.pair;
    if mark.opens {
        let again = open.last() == Some(&mark.pair);
        open.push(mark.pair);
        return if again { UNPAIRED } else { 0 };
    }
    match open.iter().rposition(|pair| *pair == mark.pair) {
        // Opened on another line, it may be, unless this one has such marks in front.
        None if open.is_empty() && !is_met => UNPAIRED - 2,
        None => UNPAIRED,
        Some(at) => {
            let innermost = at + 1 == open.len();
            open.truncate(at);
            // Nobody quotes nothing.
            match (innermost, empty) {
                (true, true) => 2 * UNPAIRED,
                (true, false) => 0,
                (false, _) => UNPAIRED,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_closes_nothing_costs_more_where_the_line_has_its_like() {
        let cost = |front: &str, text: &str| {
            let (open, met) = (open_marks(front.chars()), pairs(front.chars()));
            unpaired(&open, met, text, &[])
        };
        // Opened on the line before, it may be.
        assert_eq!(cost("甲", "乙”丙"), UNPAIRED - 2);
        assert_eq!(cost("「甲」", "乙”丙"), UNPAIRED - 2);
        assert_eq!(cost("“甲”", "乙”丙"), UNPAIRED);
        assert_eq!(cost("", "“甲”乙”丙"), UNPAIRED);
        assert_eq!(cost("“甲", "乙”丙"), 0);
    }
}
