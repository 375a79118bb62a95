//! What stands in a passage for what is no text.

/// What stands in a passage for what is no text but part of a sentence: a picture, what a program fills in.
pub(crate) const OBJECT: &str = "\u{FFFC}";

/// What stands so for a formula. Spaces around it stay, since some readers of Markdown tell it by them.
pub const FORMULA: char = '\u{FDD1}';

/// The same as text.
pub(crate) const FORMULA_TEXT: &str = "\u{FDD1}";

/// Whether this stands for what is no text.
pub(crate) fn is_kept_out(c: char) -> bool {
    matches!(c, '\u{FFFC}' | FORMULA)
}
