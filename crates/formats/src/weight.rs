//! What a document takes that is held whole, told before it is read: one that would take too much is refused.
//!
//! Parsers keep something for each line, key and mark, so that a small file of nothing but marks takes a hundred times its
//! size. The figures are measured (`scripts/test_memory.py`), and hold for the worst that these marks stand for.

use memchr::memmem;

use crate::{Error, Format};

/// What a document may take beside itself, its result and the comparison of both: its length and this, bytes.
const MOST: usize = 40 << 20;

/// What stands in a document, and what each of it takes, bytes.
type Weights = &'static [(&'static str, usize)];

fn weights(format: Format) -> Weights {
    match format {
        // Its blocks are weighed by themselves; here is what stays of them.
        Format::Markdown => &[("\n", 41), (">", 54), ("{", 80)],
        Format::Yaml => &[
            ("\n", 300),
            ("\r", 300),
            ("\\", 120),
            (",", 140),
            ("- ", 230),
            ("? ", 250),
            ("[", 60),
            ("{", 60),
        ],
        Format::Toml => &[
            ("\n", 300),
            (" ", 100),
            (".", 50),
            (":", 50),
            ("=", 700),
            ("\"", 170),
            ("'", 170),
            ("[", 150),
            (",", 180),
            ("{", 150),
        ],
        Format::Properties | Format::Ini => &[("\n", 80), ("\\", 250), ("-", 24)],
        // Of a catalogue so much as is gone through at a time.
        Format::Po | Format::Strings => &[("\n", 260), ("\\", 120)],
        Format::Latex => &[
            ("\n", 80),
            ("\\", 40),
            ("&", 72),
            ("{", 105),
            ("}", 105),
            ("$", 34),
            ("~", 40),
            ("://", 260),
        ],
        Format::Rst => &[
            ("\n", 80),
            ("`", 60),
            ("_", 140),
            ("|", 40),
            (":", 20),
            ("://", 260),
        ],
        Format::MediaWiki => &[
            ("\n", 80),
            ("<", 160),
            ("[", 45),
            ("{", 45),
            ("'", 15),
            ("://", 260),
        ],
        Format::AsciiDoc | Format::Org | Format::Calendar => &[("\n", 82), ("://", 260)],
        Format::Notebook => &[("\n", 20), ("\"", 60)],
        _ => &[],
    }
}

/// Makes sure that a document that is held whole does not take too much memory.
///
/// # Errors
/// [`Error::TooMuch`] if it does.
pub(crate) fn check(format: Format, document: &str) -> Result<(), Error> {
    let text = document.as_bytes();
    let all = weights(format)
        .iter()
        .map(|(mark, bytes)| match mark.as_bytes() {
            [mark] => bytes * memchr::memchr_iter(*mark, text).count(),
            mark => bytes * memmem::find_iter(text, mark).count(),
        });
    match all.sum::<usize>() <= MOST + document.len() {
        true => Ok(()),
        false => Err(Error::TooMuch { format, offset: 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_as_people_have_them_are_taken_and_hostile_ones_are_not() {
        for (format, line, most) in [
            (Format::Yaml, "  greeting: 歡迎回來，請先登入\n", 3),
            (
                Format::Toml,
                "greeting_of_the_page = \"歡迎回來，請先登入\"\n",
                1,
            ),
            (
                Format::Po,
                "msgid \"Welcome back\"\nmsgstr \"歡迎回來\"\n\n",
                2,
            ),
            (
                Format::Latex,
                "\\section{序}他把舊書擺好，$x$ 是數，\\emph{等著}天亮。\n",
                4,
            ),
            (
                Format::Rst,
                "他把舊書一本一本地擺好，``code`` 與 `連結`_ 在此。\n",
                4,
            ),
            (
                Format::Properties,
                "greeting.page=\\u6b61\\u8fce\\u56de\\u4f86\n",
                1,
            ),
            (
                Format::Markdown,
                "他把舊書一本一本地擺好，{{ 變數 }} 在此。\n",
                16,
            ),
        ] {
            let document = line.repeat((most << 20) / line.len());
            assert!(check(format, &document).is_ok(), "{format:?}");
        }
        for (format, unit) in [
            (Format::Yaml, "- - "),
            (Format::Toml, "[[a]]\n"),
            (Format::Latex, "{書}"),
            (Format::MediaWiki, "<ref>"),
            (Format::Markdown, "> "),
        ] {
            let document = unit.repeat((4 << 20) / unit.len());
            assert!(check(format, &document).is_err(), "{format:?}");
            assert!(check(format, &document[..64 << 10]).is_ok(), "{format:?}");
        }
    }
}
