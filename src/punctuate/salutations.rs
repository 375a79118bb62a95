//! What letters begin with: 尊敬的Tom:

use super::context::{first, is_alphanumeric, is_ideograph, is_spelling};
use super::mask::is_hidden;

/// Whether a line so far calls whom a letter is to by a name in another language, or by what a program fills in, and ends with the
/// colon: 尊敬的Tom:
pub fn is_one(before: &str, after: &str) -> bool {
    const DEAR: [&str; 5] = ["尊敬的", "敬爱的", "敬愛的", "亲爱的", "親愛的"];
    /// No name is longer, bytes.
    const LONGEST: usize = 64;
    let line = before.trim_start();
    let name = DEAR.iter().find_map(|dear| line.strip_prefix(dear));
    let part = |c: char| {
        is_alphanumeric(c) || is_spelling(c) || is_hidden(c) || " .'-_{}%<>=$@#&".contains(c)
    };
    let ends = after.trim().is_empty() || first(after).is_some_and(is_ideograph);
    ends && name.is_some_and(|name| name.len() <= LONGEST && name.chars().all(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_have_names_of_other_languages() {
        for (before, after) in [
            ("尊敬的Tom", "\n"),
            ("　　亲爱的 Mary", ""),
            ("尊敬的Mr. Smith", ""),
            ("親愛的Tom", "你好嗎?"),
            ("尊敬的{{ name }}", ""),
            ("尊敬的<%= name %>", ""),
            ("尊敬的%s", ""),
        ] {
            assert!(is_one(before, after), "{before}");
        }
        for (before, after) in [
            ("他是尊敬的Tom", ""),
            ("Tom", ""),
            ("亲爱的C", "\\Users"),
            ("亲爱的Tom", "30"),
            ("亲爱的Tom, 你的name", ""),
        ] {
            assert!(!is_one(before, after), "{before}");
        }
    }
}
