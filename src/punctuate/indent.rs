//! The indent of a paragraph: what stands behind it stands at the beginning of its line.

use super::context::{first, is_ideograph};

/// The length of the indent that a line begins with, if it is one of text: spaces as wide as a character, or those that HTML keeps.
/// Programs and tables have tabs: these are one only before speech. Spaces of ASCII alone tell nothing.
pub fn length(line: &str) -> usize {
    let may_begin = |byte: &u8| matches!(byte, b' ' | b'\t' | 0xC2 | 0xE2 | 0xE3);
    // Most lines have none.
    if !line.as_bytes().first().is_some_and(may_begin) {
        return 0;
    }
    let text = line.trim_start_matches(is_blank);
    let indent = &line[..line.len() - text.len()];
    let is_indent = match indent.contains('\t') {
        true => is_speech(text.trim_end()),
        false => !indent.is_ascii(),
    };
    if is_indent { indent.len() } else { 0 }
}

fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{3000}'
    )
}

/// Whether text begins with straight marks around a sentence that somebody says: it goes on right behind them in Chinese. A sentence
/// alone may be a program's. Behind another tab stands the next column of a table.
fn is_speech(text: &str) -> bool {
    let Some(mark) = first(text).filter(|c| matches!(c, '"' | '\'')) else {
        return false;
    };
    let Some((words, rest)) = text[1..].split_once(mark) else {
        return false;
    };
    let is_sentence = words.ends_with(['.', '?', '!', '。', '？', '！', '…', '—']);
    !text.contains('\t')
        && words.contains(is_ideograph)
        && is_sentence
        && rest.starts_with(is_ideograph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_of_text_are_told_from_those_of_programs_and_tables() {
        for (indent, text) in [
            ("　　", "\"走吧.\"她說."),
            ("\u{A0}\u{A0}", "甲"),
            (" \u{2003}", "甲"),
            ("\t　", "\"走吧.\"她說."),
            ("\t", "\"走吧.\"她說."),
            ("\t\t", "'走吧!'她說.\n"),
        ] {
            assert_eq!(length(&format!("{indent}{text}")), indent.len(), "{text}");
        }
        for line in [
            "甲",
            "    \"走吧.\"她說.",
            "\t甲",
            "\t\"請輸入姓名\"",
            "\t\"姓名\": \"王小明\"",
            "\t\"走\" 30",
            "\t\"走吧.\"\t30",
            "\t\"Hello.\"",
            "\t\"走吧.",
            "\t\"走吧.\"",
            "\t'走吧!',",
            "\t\"姓名\"是",
        ] {
            assert_eq!(length(line), 0, "{line}");
        }
    }
}
