//! Ideographic description sequences (Unicode block U+2FF0–2FFF): a character described by its parts, as in ⿰亻爾.
//! OpenCC leaves a complete sequence as it is.

/// Bounds that OpenCC 1.4.2 sets (`UTF8Util::NextIdeographicDescriptionSequenceLength`).
const MAX_DEPTH: usize = 16;
/// No sequence is longer.
pub const MAX_CODE_POINTS: usize = 64;

/// The operators that begin a sequence.
pub fn operators() -> impl Iterator<Item = char> {
    '\u{2FF0}'..='\u{2FFF}'
}

/// How many operands follow an operator; 0 for any other character.
fn arity(c: char) -> usize {
    match c {
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FF0}'..='\u{2FFD}' => 2,
        _ => 0,
    }
}

/// The length, in code points, of the complete sequence at the beginning of `text`; `None` where there is none.
pub fn sequence(text: impl Iterator<Item = char>) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (index, c) in text.enumerate() {
        if open.len() == MAX_DEPTH || index == MAX_CODE_POINTS {
            return None;
        }
        match arity(c) {
            0 if open.is_empty() => return None,
            0 => {
                while let Some(operands) = open.last_mut() {
                    *operands -= 1;
                    if *operands > 0 {
                        break;
                    }
                    open.pop();
                }
                if open.is_empty() {
                    return Some(index + 1);
                }
            }
            operands => open.push(operands),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_sequences_have_their_length() {
        for (text, length) in [
            ("⿰亻爾", 3),
            ("⿱艹⿰亻爾後", 5),
            ("⿲甲乙丙丁", 4),
            ("⿾甲乙", 2),
        ] {
            assert_eq!(sequence(text.chars()), Some(length), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_sequence() {
        let deep = "⿰".repeat(MAX_DEPTH + 1) + &"甲".repeat(MAX_DEPTH + 2);
        for text in ["", "甲", "⿰", "⿰亻", "⿲甲乙", &deep] {
            assert_eq!(sequence(text.chars()), None, "{text}");
        }
    }
}
