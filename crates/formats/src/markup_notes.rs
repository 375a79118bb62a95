//! Marks of notes in HTML: raised numbers behind a word or a sentence.

use jianti_text::chars::is_han;

/// Whether `raised` is the mark of a note behind `before`, and no power or charge: 他走了.<sup>[1]</sup>, but m<sup>2</sup>.
pub(crate) fn is_note(before: &str, raised: &str) -> bool {
    /// No mark is longer, bytes.
    const LONGEST: usize = 16;
    let is_end = |c: char| is_han(c) || ".,;:?!。，；：？！、”’」』》）\"".contains(c);
    // (a+b)<sup>2</sup>
    let in_bracket = before
        .strip_suffix(')')
        .and_then(|front| front.rsplit_once('('));
    let ends =
        before.ends_with(is_end) || in_bracket.is_some_and(|(_, text)| text.contains(is_han));
    // Round brackets are text: they become full-width.
    let number = raised
        .trim()
        .trim_matches(['[', ']', '［', '］', '〔', '〕']);
    let number = number.trim_start_matches(['註', '注']);
    number.len() <= LONGEST
        && ends
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || ",-–、 ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_powers() {
        for (before, raised) in [
            ("他走了.", "1"),
            ("他走了", "[12]"),
            ("他說:「走吧.」", "[2-3]"),
            ("他走了。", "註1"),
        ] {
            assert!(is_note(before, raised), "{before} {raised}");
        }
        for (before, raised) in [
            ("面積是 30 m", "2"),
            ("速度是10", "8"),
            ("Ca", "2+"),
            ("他走了", "註"),
            ("他走了.", "(1)"),
            ("商標", "TM"),
            ("(a+b)", "2"),
            ("", "1"),
            ("第 1", "st"),
        ] {
            assert!(!is_note(before, raised), "{before} {raised}");
        }
    }
}
