//! What stands in a passage for what is no text.

/// What stands in a passage for what is no text but part of a sentence: code, a picture, what a program fills in.
pub(crate) const OBJECT: &str = "\u{FFFC}";

/// What stands in a passage for a formula. Unicode keeps this code point for use within a program. Spaces around it stay, since
/// some readers of Markdown tell a formula by them.
pub const FORMULA: char = '\u{FDD1}';

/// [`FORMULA`] as text.
pub(crate) const FORMULA_TEXT: &str = "\u{FDD1}";

/// Whether a character of a passage stands for what is no text: code, a formula, a picture, what a program fills in.
pub fn is_kept_out(c: char) -> bool {
    matches!(c, '\u{FFFC}' | FORMULA)
}
