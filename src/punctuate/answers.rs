//! Lists of numbered answers that are no words: 答案:(1)√(2)×(3)√. The brackets of a list are set in one width, and its marks with them.

/// Whether a bracket with this content numbers the answer behind those that `before`, as it is set already, ends in.
pub fn is_next(before: &str, content: &str) -> bool {
    // Most brackets hold something else.
    is_number(content) && content.parse().ok() == number_before(before).map(|number| number + 1)
}

/// Whether the mark between these parts two answers of such a list.
pub fn are_parted(before: &str, rest: &str) -> bool {
    let content = rest.strip_prefix(['(', '（']);
    let content = content.and_then(|rest| Some(rest.split_once([')', '）'])?.0));
    content.is_some_and(|content| is_next(before, content))
}

/// Whether `before` ends in an answer of such a list that is not the first.
pub fn ends_list(before: &str) -> bool {
    number_before(before).is_some_and(|number| number > 1)
}

/// The number, in full-width brackets, of the answer that `text` ends in.
fn number_before(text: &str) -> Option<u32> {
    /// No answer is longer, bytes.
    const LONGEST: usize = 24;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let (front, answer) = end.rsplit_once('）')?;
    let number = &front[front.rfind('（')? + '（'.len_utf8()..];
    let answer = answer.trim_matches([' ', ',', ';', '，', '；', '.', '、']);
    (is_number(number) && is_answer(answer)).then(|| number.parse().ok())?
}

fn is_number(content: &str) -> bool {
    (1..=2).contains(&content.len()) && content.bytes().all(|c| c.is_ascii_digit())
}

/// A sign for right or wrong, letters of choices, or a number.
fn is_answer(text: &str) -> bool {
    const SIGNS: [&str; 8] = ["√", "×", "✓", "✗", "✔", "✘", "○", "╳"];
    let are = |is: fn(&u8) -> bool| text.bytes().all(|c| is(&c));
    let is_number = || are(|c| c.is_ascii_digit() || b"-./".contains(c));
    SIGNS.contains(&text)
        || !text.is_empty() && (text.len() <= 5 && are(u8::is_ascii_uppercase) || is_number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_behind_their_numbers() {
        for (before, content) in [
            ("答案：（1）√", "2"),
            ("（1）A ", "2"),
            ("（1）√；（2）×；", "3"),
            ("答案：（1）-3/4，", "2"),
            ("（9）ABD", "10"),
        ] {
            assert!(is_next(before, content), "{before}");
        }
        for (before, content) in [
            ("见（1）f", "2"),
            ("(1)√", "2"),
            ("（1）√", "3"),
            ("（1）", "2"),
            ("（1）sin", "2"),
            ("（1）A", "B"),
            ("", "1"),
        ] {
            assert!(!is_next(before, content), "{before}");
        }
        assert!(ends_list("（1）√；（2）×"));
        assert!(!ends_list("（1）×"));
    }
}
