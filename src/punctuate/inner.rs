//! A space on the inner side of a bracket or quotation mark, as text that was taken from pages has it: （修订 ）, “教资会 ”. A space
//! on both sides is there by intent, as are more of them, and blanks have nothing else.

use super::context::{first, is_ideograph, last};

/// No content is looked at farther, bytes.
const FAR: usize = 1200;

/// Whether the one space that `before` ends in, before the mark `closing`, belongs to nothing: it stands behind a Han character,
/// and none behind the mark that opens.
pub fn ends_in_space(before: &str, closing: char) -> bool {
    let front = before.strip_suffix(' ');
    let front = front.filter(|front| last(front).is_some_and(is_ideograph));
    front
        .and_then(|front| content_before(front, closing))
        .is_some_and(|content| !begins_with_space(content))
}

/// Whether the one space that `content` begins with, behind a mark that opens, belongs to nothing: a Han character follows it, and
/// none stands before the mark that closes.
pub fn begins_in_space(content: &str) -> bool {
    let rest = content.strip_prefix(' ');
    // “ 吾盾之坚 ， 物莫能陷也 。” has them on both sides of all marks.
    let words = content.trim_end_matches(['，', '。', '？', '！', ',', '.', '?', '!']);
    rest.is_some_and(|rest| first(rest).is_some_and(is_ideograph))
        && !words.ends_with(|c: char| c.is_whitespace())
}

/// What a quotation holds that `rest` goes on behind `opening`, if no other stands in it.
pub fn quoted<'t>(rest: &'t str, opening: &str) -> Option<&'t str> {
    let closing = match opening {
        "「" => '」',
        "『" => '』',
        "“" => '”',
        "‘" => '’',
        _ => return None,
    };
    let (content, _) = rest.split_once(closing)?;
    (content.len() < FAR && !content.contains(opening)).then_some(content)
}

fn begins_with_space(content: &str) -> bool {
    content.starts_with(|c: char| c.is_whitespace())
}

/// What stands behind the mark that is open at the end of `text` and that `closing` closes.
fn content_before(text: &str, closing: char) -> Option<&str> {
    let (opens, closes): (&[char], &[char]) = match closing {
        '）' => (&['（', '('], &['）', ')']),
        '”' => (&['“'], &['”']),
        '’' => (&['‘'], &['’']),
        _ => return None,
    };
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        match c {
            c if closes.contains(&c) => depth += 1,
            c if opens.contains(&c) && depth == 0 => return Some(&text[at + c.len_utf8()..]),
            c if opens.contains(&c) => depth -= 1,
            _ => {}
        }
        if text.len() - at > FAR {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_spaces_are_told() {
        for (before, closing) in [
            ("处置（修订 ", '）'),
            ("（“教资会 ", '”'),
            ("（甲（乙）丙 ", '）'),
            ("他说‘好 ", '’'),
        ] {
            assert!(ends_in_space(before, closing), "{before}");
        }
        for (before, closing) in [
            ("（ 甲 ", '）'),
            ("（ ", '）'),
            ("（甲  ", '）'),
            ("（Word ", '）'),
            ("（甲，", '）'),
            ("甲 ", '）'),
            ("“甲”乙 ", '”'),
            ("他说 ", '”'),
        ] {
            assert!(!ends_in_space(before, closing), "{before}");
        }
        assert!(begins_in_space(" 修订"));
        for content in [
            " 修订 ",
            " 坚 ， 陷也 。",
            "  修订",
            " ",
            "修订",
            " Word",
            "",
        ] {
            assert!(!begins_in_space(content), "{content}");
        }
        assert_eq!(quoted(" 好”，", "“"), Some(" 好"));
        assert_eq!(quoted(" 好“坏”", "“"), None);
    }
}
