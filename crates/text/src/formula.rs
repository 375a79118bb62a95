//! Formulas between the delimiters of LaTeX, `\(x\)` and `\[x\]`, as pages have them that MathJax or the like shows.

use memchr::memmem;

use crate::chars::is_han;
use crate::lines::front;

/// No formula is longer, bytes.
const LONGEST: usize = 1 << 10;

/// The length of the formula that `text` begins with, with its delimiters, bytes. It ends on the same line.
pub fn length(text: &str) -> Option<usize> {
    let (_, closing) = delimiters(text)?;
    let rest = front(&text[2..], LONGEST);
    let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
    let content = &line[..memmem::find(line.as_bytes(), closing.as_bytes())?];
    is_formula(content).then_some(content.len() + 4)
}

/// The delimiter that `text` begins with, and what closes it.
pub fn delimiters(text: &str) -> Option<(&'static str, &'static str)> {
    [("\\(", "\\)"), ("\\[", "\\]")]
        .into_iter()
        .find(|(opening, _)| text.starts_with(opening))
}

/// Whether what stands between two such delimiters is a formula, and not Chinese text whose brackets are escaped, as Markdown
/// has it: that holds nothing of LaTeX.
pub fn is_formula(content: &str) -> bool {
    let bytes = content.as_bytes();
    let is_sign = |at: usize| {
        let next = bytes.get(at + 1);
        match bytes[at] {
            b'\\' => next.is_some_and(u8::is_ascii_alphabetic),
            b'_' => at == 0 || bytes[at - 1] != b'\\',
            byte => matches!(byte, b'^' | b'='),
        }
    };
    !content.trim().is_empty() && (!content.contains(is_han) || (0..bytes.len()).any(is_sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_escaped_brackets() {
        for (text, formula) in [
            ("\\(x\\)是", Some("\\(x\\)")),
            ("\\(f(x), y\\) \\(z\\)", Some("\\(f(x), y\\)")),
            ("\\[a[1]\\]", Some("\\[a[1]\\]")),
            ("\\(P(\\text{下雨})\\)", Some("\\(P(\\text{下雨})\\)")),
            ("\\(速度_1\\)", Some("\\(速度_1\\)")),
            ("\\\\(x\\\\)", None),
            ("\\(選填\\)", None),
            ("\\[註1\\]", None),
            ("\\(見\\_說明\\)", None),
            ("\\(x\n\\)", None),
            ("\\( \\)", None),
            ("\\(x", None),
            ("(x)", None),
        ] {
            assert_eq!(length(text).map(|length| &text[..length]), formula);
        }
    }
}
