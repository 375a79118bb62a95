//! What stands beside a mark or a word, told once: rules that hang on something else are passed over before they search.

use super::context::{first, is_ideograph, last};

/// The characters beside a mark.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// The one in front of it.
    pub previous: char,
    /// The one behind it.
    pub next: Option<char>,
    /// The one behind the spaces that follow it.
    pub beyond: Option<char>,
}

impl Beside {
    /// Of the mark between these; `None` at a line's beginning.
    #[inline]
    pub fn of(before: &str, after: &str) -> Option<Beside> {
        let next = first(after);
        let beyond = match next {
            Some(' ') => first(after.trim_start_matches(' ')),
            next => next,
        };
        last(before).map(|previous| Beside {
            previous,
            next,
            beyond,
        })
    }

    /// Whether the mark follows an ideograph, and nothing follows that it is told without: asterisks, tags, the number of an item in
    /// brackets.
    #[inline]
    pub fn is_plain(self) -> bool {
        is_ideograph(self.previous)
            && !matches!(self.next, Some('*' | '(' | '（'))
            && self.beyond != Some('<')
    }
}

/// Whether a word of ASCII letters and an ideograph stand side by side, without a space or a mark that parts them.
pub fn words_touch(text: &str) -> bool {
    /// The first byte of an ideograph is this, or one above.
    const LEAST: u8 = 0xE3;
    let mut pairs = text.as_bytes().windows(2).enumerate();
    pairs.any(|(at, pair)| match *pair {
        [a, b] if a.is_ascii_alphabetic() && b >= LEAST => {
            first(&text[at + 1..]).is_some_and(is_ideograph)
        }
        [a, b] if !a.is_ascii() && b.is_ascii_alphabetic() => {
            last(&text[..=at]).is_some_and(is_ideograph)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_touch_where_nothing_parts_them() {
        for text in ["see 词库x", "see词库", "〇x", "é x中"] {
            assert!(words_touch(text), "{text}");
        }
        for text in ["", "x", "see 词库 x", "中1x", "x，中", "é中", "x。", "カx"] {
            assert!(!words_touch(text), "{text}");
        }
    }

    #[test]
    fn marks_behind_ideographs_are_plain_but_before_markup() {
        for (before, after, is_plain) in [
            ("你好", "世界", true),
            ("你好", "  世界", true),
            ("你好", "", true),
            ("你好", " (甲)", true),
            ("你好", "(甲)", false),
            ("你好", "（甲）", false),
            ("**你好", "**世界", false),
            ("你好", "  <b>世界</b>", false),
            ("你好 ", "世界", false),
            ("<b>你好</b>", "世界", false),
            ("ok", "世界", false),
        ] {
            let beside = Beside::of(before, after).expect("a character in front");
            assert_eq!(beside.is_plain(), is_plain, "{before} {after}");
        }
        assert!(Beside::of("", "世界").is_none());
    }
}
