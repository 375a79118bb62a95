//! Spaces that marks took along in a passage that is split over several elements: they go only within one piece.

use std::ops::Range;

/// `result`, which `whole` became, with the spaces back that brackets, quotation marks and ellipses took along, and where
/// these stand: a space between pieces parts them, and Markdown's `**甲** *(乙)*` is no emphasis without.
pub(crate) fn with_spaces(whole: &str, result: String) -> (String, Vec<usize>) {
    // Most passages have no space, or no mark that could have taken one.
    if memchr::memchr(b' ', whole.as_bytes()).is_none() {
        return (result, Vec::new());
    }
    let has_marks = whole.contains(['(', ')', '"', '\'', '…']);
    if !has_marks && !whole.contains("..") && !whole.contains("。。") {
        return (result, Vec::new());
    }
    let (old, new) = (spaced_marks(whole), spaced_marks(&result));
    let are_alike = old.len() == new.len() && old.iter().zip(&new).all(|((_, a), (_, b))| a == b);
    if !are_alike {
        return (result, Vec::new());
    }
    let mut places: Vec<usize> = Vec::new();
    for ((from, _), (to, _)) in old.into_iter().zip(new) {
        if whole[from.clone()] == result[to.clone()] {
            continue;
        }
        if whole[..from.start].ends_with(' ') && !result[..to.start].ends_with(' ') {
            places.push(to.start);
        }
        if whole[from.end..].starts_with(' ') && !result[to.end..].starts_with(' ') {
            places.push(to.end);
        }
    }
    places.dedup();
    if places.is_empty() {
        return (result, places);
    }
    let mut out = String::with_capacity(result.len() + places.len());
    let mut done = 0;
    for place in &mut places {
        out.push_str(&result[done..*place]);
        done = *place;
        *place = out.len();
        out.push(' ');
    }
    out.push_str(&result[done..]);
    (out, places)
}

/// What kind of mark may take a space along.
#[derive(Clone, Copy, Debug, PartialEq)]
enum SpacedMark {
    Opening,
    Closing,
    Quote,
    Ellipsis,
}

/// The marks of a text that may have taken spaces along, and where they stand, in ASCII and as they are set.
fn spaced_marks(text: &str) -> Vec<(Range<usize>, SpacedMark)> {
    // 。 alone is what one point becomes.
    let is_run = |of: char, c: char| match of {
        '。' => c == '。',
        _ => matches!(c, '.' | '…'),
    };
    let mut marks = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let kind = match c {
            '(' | '（' => SpacedMark::Opening,
            ')' | '）' => SpacedMark::Closing,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => {
                SpacedMark::Quote
            }
            '.' | '…' | '。' => {
                let mut end = at + c.len_utf8();
                let is_mark = c == '…';
                while let Some((at, c)) = characters.next_if(|(_, next)| is_run(c, *next)) {
                    end = at + c.len_utf8();
                }
                if is_mark || end > at + c.len_utf8() {
                    marks.push((at..end, SpacedMark::Ellipsis));
                }
                continue;
            }
            _ => continue,
        };
        marks.push((at..at + c.len_utf8(), kind));
    }
    marks
}

/// The shares without these spaces, but for those that one begins or ends with where something stands between it and the
/// next: `is_apart` tells that of each border, from the one before the first on.
pub(crate) fn without_spaces(
    result: String,
    ranges: Vec<Range<usize>>,
    spaces: &[usize],
    is_apart: &[bool],
) -> (String, Vec<Range<usize>>) {
    if spaces.is_empty() {
        return (result, ranges);
    }
    let mut out = String::with_capacity(result.len());
    let mut spaces = spaces.iter().copied().peekable();
    let share = |(at, range): (usize, Range<usize>)| {
        let start = out.len();
        let mut done = range.start;
        while let Some(space) = spaces.next_if(|space| *space < range.end) {
            let begins = range.start == space && is_apart[at];
            let ends = space + 1 == range.end && is_apart[at + 1];
            if !begins && !ends {
                out.push_str(&result[done..space]);
                done = space + 1;
            }
        }
        out.push_str(&result[done..range.end]);
        start..out.len()
    };
    let ranges = ranges.into_iter().enumerate().map(share).collect();
    (out, ranges)
}
