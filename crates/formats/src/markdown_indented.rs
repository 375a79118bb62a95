//! Blocks that Markdown takes for code as they are indented, though they hold sentences: paragraphs of a story, or of a list
//! whose text stands further in than its marks ask for.

use std::borrow::Cow;
use std::ops::Range;

use jianti_text::chars::is_han;

use crate::escape::Place;
use crate::piece::{Form, Piece, Placed};

/// Marks that Chinese sentences have, and those that may begin one of their lines.
const MARKS: &str = "，。！？、；：「」『』“”‘’（）《》〈〉【】…—";
const OPENING: &str = "「『“‘（《〈【";
/// What stands in sentences beside Han characters, letters and digits.
const BESIDE: &str = ",.?!'\"- ";
/// How many Han characters side by side are a sentence, where no mark shows one.
const SENTENCE: usize = 12;

/// The text of a block of code whose lines these are, if it is nothing but Chinese sentences.
pub(super) fn sentences(document: &str, lines: Vec<Range<usize>>) -> Option<Vec<Placed<'_>>> {
    let whole = lines.first()?.start..lines.last()?.end;
    if document[whole].is_ascii() {
        return None;
    }
    let text = lines.iter().map(|line| &document[line.clone()]);
    let texts = is_prose(&text.collect::<String>()).then(|| {
        lines.into_iter().map(|line| {
            let raw = &document[line.clone()];
            let (text, form) = (Cow::Borrowed(raw), Form::Literal);
            (line, Piece { raw, text, form }, Place::Verbatim)
        })
    });
    texts.map(Iterator::collect)
}

/// Whether a block of code is nothing but Chinese sentences: each of its lines is mostly Han characters, begins with one, and
/// has no sign of a program, a table or a value.
fn is_prose(block: &str) -> bool {
    let mut lines = block.lines().filter(|line| !line.trim().is_empty());
    lines.clone().all(is_text) && lines.any(is_sentence)
}

fn is_text(line: &str) -> bool {
    let line = line.trim();
    let is_mark = |c: char| MARKS.contains(c);
    let begins = line.starts_with(|c| is_han(c) || OPENING.contains(c));
    let is_known =
        |c: char| is_han(c) || is_mark(c) || BESIDE.contains(c) || c.is_ascii_alphanumeric();
    let letters = line.chars().filter(|c| *c != ' ').count();
    let chinese = line.chars().filter(|c| is_han(*c) || is_mark(*c)).count();
    begins && !line.contains("  ") && line.chars().all(is_known) && 2 * chinese > letters
}

fn is_sentence(line: &str) -> bool {
    let has_mark = line.chars().any(|c| "，。！？「」『』".contains(c));
    has_mark
        || line
            .split(|c| !is_han(c))
            .any(|run| run.chars().count() >= SENTENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_programs() {
        for block in [
            "「這裡是哪裡？」他問，「為什麼沒有人來接我們？」\n",
            "你可以從以下的書單挑選你有興趣的主題來研讀\n",
            "決不能讓開發人員選擇\"我應該依賴這個元件的哪個版本？\"\n\n由 CI 決定。\n",
        ] {
            assert!(is_prose(block), "{block}");
        }
        for block in [
            "",
            "echo 你好，世界\n",
            "# 這是註解，說明後面的程式\n",
            "檔案已建立\n",
            "名稱: 後台，前台\n",
            "如果 (數量 > 零)，則輸出\n",
            "頭髮    後來，還有\n",
            "這是第一行，沒有程式。\nint 後 = 1;\n",
            "設定檔，a.b.c.d.e.f.g.h.i.j.k.l\n",
        ] {
            assert!(!is_prose(block), "{block}");
        }
    }
}
