//! Rows that give a sign for a key, as tables of input methods and of characters have them: `c 「`, `e ６`, `「⇥345`. The sign
//! is spoken of, and means nothing else then.

use jianti_text::lines::front;

/// No such row is longer, bytes.
const LONGEST: usize = 40;

/// Whether a line is such a row, with its end or without it. Where no end shows that a quotation mark is all there is, what
/// it opens may follow.
#[inline]
pub fn is_row(line: &str) -> bool {
    // Most lines are longer.
    line.len() <= LONGEST && gives_sign(line)
}

#[cold]
fn gives_sign(line: &str) -> bool {
    let row = line.trim_end_matches(['\r', '\n', ' ']);
    // Most rows have words at both ends.
    if !row.starts_with(is_mark) && !row.ends_with(is_mark) {
        return false;
    }
    if row.len() == line.len() && row.ends_with(['「', '『', '“', '‘']) {
        return false;
    }
    match row.split_once('\t') {
        Some((a, b)) => is_sign(a) && is_value(b) || is_value(a) && is_sign(b),
        // A word before a sign is prose at times: Q ？ And items have numbers: 1. 「
        None => row.split_once(' ').is_some_and(|(key, sign)| {
            let is_key = |c: char| c.is_ascii_graphic() && !c.is_ascii_uppercase();
            let is_item = key.len() > 1 && key.ends_with(['.', ')', ':']);
            is_value(key)
                && !is_item
                && key.chars().all(is_key)
                && is_sign(sign.trim_start_matches(' '))
        }),
    }
}

/// Whether the line around this place of a text, at which a sign begins, is such a row.
pub fn is_row_at(text: &str, at: usize) -> bool {
    // Most stand behind a word.
    let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
    if !matches!(before, None | Some(b' ' | b'\t' | b'\n')) {
        return false;
    }
    let start = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let end = |line: &str| line.find('\n').map_or(line.len(), |end| end + 1);
    let begins = text[start..at].rfind('\n').map(|line| start + line + 1);
    let begins = begins.or((start == 0).then_some(0));
    let ends = at + end(front(&text[at..], LONGEST + 2));
    begins.is_some_and(|begins| is_row(&text[begins..ends]))
}

/// A key, a number: a word in ASCII.
fn is_value(text: &str) -> bool {
    /// No key is longer, bytes.
    const LONGEST: usize = 12;
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A mark, a full-width letter or digit, or a pair of marks.
fn is_sign(text: &str) -> bool {
    (1..=2).contains(&text.chars().count()) && text.chars().all(is_mark)
}

/// A mark, or a letter or digit that is full-width.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203B}' | '\u{3001}'..='\u{301F}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF5E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_signs_are_told_from_text() {
        for line in [
            "c 「\n",
            "e ６\n",
            "a Ａ",
            "pt 『』",
            "z;;; Ｚ",
            "9 ９\r\n",
            "３\t9",
            "「\t345345",
            "A\t；",
            ", ，",
        ] {
            assert!(is_row(line), "{line}");
            let text = format!("b 發\n{line}");
            let at = text
                .find(|c: char| c >= '\u{2000}' && c != '發')
                .expect("a sign");
            assert!(is_row_at(&text, at), "{line}");
        }
        for line in [
            "「",
            "「\n",
            "６",
            "Q ？",
            "No. ６",
            "Page ６",
            "c 「好",
            "共 ６",
            "好 「",
            "c  d ６",
            "第\t６",
            "b 發",
            "page six of it ６",
            "1. 「\n",
            "- 「",
            "c 「",
        ] {
            assert!(!is_row(line), "{line}");
        }
        assert!(!is_row_at("他說：a\nc 「好", 12));
    }
}
