//! Which format a document has.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::archive::warc::magic;
use crate::code;
use crate::mail::lines;
use crate::registry::formats;

macro_rules! define {
    ($($(#[$doc:meta])* $variant:ident $name:literal [$($ending:literal),*] $kind:ident $(($make:expr))?;)*) => {
        /// What a document's text is wrapped in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$doc])* $variant,)*
        }

        /// A format's name, and the endings of the names of its files.
        const NAMES: &[(Format, &str, &[&str])] = &[
            $((Format::$variant, $name, &[$($ending),*]),)*
        ];

        impl Format {
            fn kind(self) -> &'static str {
                match self {
                    $(Format::$variant => stringify!($kind),)*
                }
            }

            /// Whether this is an archive of parts, not text.
            pub fn is_container(self) -> bool {
                self.kind() == "container"
            }

            /// Whether its texts are each in an encoding of their own, so that none is the document's.
            pub fn is_coded(self) -> bool {
                self.kind() == "coded"
            }

            /// Whether a document is taken as a whole, in one piece. Of a mailbox each message is.
            pub fn is_whole(self) -> bool {
                self.kind() == "held" || self.is_coded() && self != Format::Mbox
            }

            /// Whether a document may be in memory as a whole before any of it is written.
            pub fn is_held(self) -> bool {
                self.kind() == "held_at_need" || self.is_whole()
            }
        }
    };
}

formats!(define);

/// How much of a document is looked at, bytes.
const LOOK: usize = 4096;

impl Format {
    /// The format's name on the command line and in reports.
    pub fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(format, ..)| *format == self);
        found.expect("every format has a name").1
    }

    /// Tells the format from a document's name, if it has one, and its first bytes; in any encoding whose ASCII is
    /// ASCII, and UTF-16 with a BOM.
    ///
    /// A name whose ending is a format's says it, unless the document plainly begins as another. Any other name, that of
    /// a `.txt` file, and no name leave it to the beginning. Where nothing tells, it is plain text.
    pub fn of(name: Option<&Path>, head: &[u8]) -> Format {
        let named = name.and_then(Format::of_name);
        if head.starts_with(b"PK\x03\x04") {
            return named
                .filter(|format| format.is_container())
                .unwrap_or(Format::Text);
        }
        if matches!(
            head,
            [0xE4..=0xE9, ..] | [0xE3, 0x80, 0x81..=0xFF, ..] | [0xEF, 0xBC, ..]
        ) {
            // A Han character, a Chinese mark or a full-width digit: no mark of a format begins so, in any encoding.
            let named = named.filter(|format| !format.is_container());
            return named.unwrap_or(Format::Text);
        }
        let head = beginning(&head[..head.len().min(LOOK)]);
        let shown = Format::of_beginning(&head);
        match named {
            // The others' beginnings say less than their names.
            Some(Format::Xml | Format::Text) => shown.or(named).unwrap_or(Format::Text),
            Some(Format::JsonLines) if is_value_over_lines(&head) => Format::Json,
            // TypeScript has the same ending.
            Some(Format::Code) if shown == Some(Format::QtTs) => Format::QtTs,
            Some(format) if !format.is_container() => format,
            _ => shown.or_else(|| json(&head)).unwrap_or(Format::Text),
        }
    }

    fn of_name(name: &Path) -> Option<Format> {
        let name = name.file_name()?.to_str()?;
        if code::is_code_name(name) {
            return Some(Format::Code);
        }
        let (_, ending) = name.rsplit_once('.')?;
        // Most are in small letters.
        match ENDINGS.get(ending) {
            Some(format) => Some(*format),
            None => ENDINGS.get(&*ending.to_ascii_lowercase()).copied(),
        }
    }

    /// The format whose mark the document begins with.
    fn of_beginning(head: &str) -> Option<Format> {
        if code::begins_code(head) {
            return Some(Format::Code);
        }
        if magic::begins(head.as_bytes()) {
            return Some(Format::Warc);
        }
        if head.starts_with("{\\rtf") {
            return Some(Format::Rtf);
        }
        let head = head.trim_start();
        if head.starts_with("<TS ") || head.starts_with('<') && head.contains("<!DOCTYPE TS>") {
            return Some(Format::QtTs);
        }
        if markup(head, "<?xml") {
            let page = head.contains("<html") && head.contains("http://www.w3.org/1999/xhtml");
            return Some(if page { Format::Xhtml } else { Format::Xml });
        }
        let mut rest = head;
        while let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1.trim_start();
        }
        if markup(rest, "<!doctype html") || markup(rest, "<html") {
            return Some(Format::Html);
        }
        let mut rows = head.lines();
        let first = rows.next()?;
        if first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t") {
            return Some(Format::WebVtt);
        }
        if first.trim_end().eq_ignore_ascii_case("[Script Info]") {
            return Some(Format::Ass);
        }
        let number = first.trim_end();
        if lines::begin_mailbox(head) {
            return Some(Format::Mbox);
        }
        if lines::begin_mail(head) {
            return Some(Format::Mail);
        }
        let timed = rows.next().is_some_and(|line| line.contains(" --> "));
        if timed && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Format::Srt);
        }
        None
    }
}

/// The formats by the endings of files' names.
static ENDINGS: LazyLock<HashMap<&str, Format>> = LazyLock::new(|| {
    let entries = NAMES.iter();
    let endings =
        entries.flat_map(|(format, _, endings)| endings.iter().map(|end| (*end, *format)));
    // Those of source code are the last, as some are in both.
    let code = code::endings().iter().map(|end| (*end, Format::Code));
    endings.chain(code).collect()
});

/// Whether `text` begins with a tag, in any case; its name ends there.
fn markup(text: &str, tag: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > tag.len()
        && bytes[..tag.len()].eq_ignore_ascii_case(tag.as_bytes())
        && !bytes[tag.len()].is_ascii_alphanumeric()
}

/// JSON, if that is what the document is, as far as it was looked at: objects and arrays, to the last.
fn json(head: &str) -> Option<Format> {
    if !head.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<serde::de::IgnoredAny>();
    let mut ends = Vec::new();
    while let Some(value) = values.next() {
        match value {
            Ok(_) => ends.push(values.byte_offset()),
            // A document's beginning ends anywhere; that of text may look like one, but not for long.
            Err(error) if error.is_eof() && head.len() >= LOOK / 2 => break,
            Err(_) => return None,
        }
    }
    let first = head[..ends.first().copied().unwrap_or(head.len())].trim();
    if ends.len() <= 1 {
        return Some(Format::Json);
    }
    (!first.contains('\n')).then_some(Format::JsonLines)
}

/// Whether a document is a value of JSON that goes over several lines, as far as it was looked at: an array or an object that
/// does not end on the first of them. Such a document has the ending of JSON Lines at times.
fn is_value_over_lines(head: &str) -> bool {
    let parsed = |text| serde_json::from_str::<serde::de::IgnoredAny>(text);
    let goes_on = |text| parsed(text).is_err_and(|error| error.is_eof());
    let first = head.trim_start().split_once('\n').map(|(first, _)| first);
    first.is_some_and(|first| first.starts_with(['[', '{']) && goes_on(first))
        && json(head) == Some(Format::Json)
}

/// The first bytes as text, as far as that is ASCII.
fn beginning(head: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(head).map(|(encoding, _)| encoding);
    encoding
        .unwrap_or(encoding_rs::UTF_8)
        .decode(head)
        .0
        .into_owned()
}

#[cfg(feature = "serde")]
jianti_text::serde_by_name!(Format);

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format {0:?}; use one of {known}", known = Self::known())]
pub struct UnknownFormat(String);

impl UnknownFormat {
    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The names of all formats, with commas between them.
    pub fn known() -> String {
        let names: Vec<_> = NAMES.iter().map(|(_, name, _)| *name).collect();
        names.join(", ")
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a name as [`Format::name`] has it, or the ending of a file's name.
    ///
    /// # Errors
    /// Any other name.
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let wanted = name.to_ascii_lowercase();
        let found = NAMES
            .iter()
            .find(|(_, name, endings)| *name == wanted || endings.contains(&wanted.as_str()));
        found.map_or(Err(UnknownFormat(name.to_owned())), |(format, ..)| {
            Ok(*format)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_beginnings_tell_the_format() {
        for (name, head, expected) in [
            ("a.html", "頭髮", Format::Html),
            ("A.HTM", "", Format::Html),
            ("a.txt", "<!DOCTYPE html><p>", Format::Html),
            ("a.txt", "<html lang=zh>", Format::Html),
            ("a.txt", "<htmlx>", Format::Text),
            ("a.txt", "{\"a\": 1}", Format::Text),
            ("a", "{\"a\": 1}", Format::Json),
            ("a", "{\"a\": 1}\n{\"a\": 2}\n", Format::JsonLines),
            ("a", "{\"a\": 1}\"", Format::Text),
            ("a.jsonl", "[\n  {\"a\": 1},\n  2\n]\n", Format::Json),
            ("a.ndjson", "\n{\"a\":\r\n1}", Format::Json),
            ("a.jsonl", "[1,\n2]\n", Format::Json),
            ("a.jsonl", "{\"a\": 1}\n{\"a\": 2}\n", Format::JsonLines),
            ("a.jsonl", "[1, 2]\n", Format::JsonLines),
            // A line with a mistake, and what no value is.
            (
                "a.jsonl",
                "[1,\n{\"a\": 1}\n{\"a\": 2}\n",
                Format::JsonLines,
            ),
            ("a.jsonl", "{\"a\": 1,\n{\"a\": 2}\n", Format::JsonLines),
            ("a.jsonl", "{\"a\": \"b\n{\"a\": 2}\n", Format::JsonLines),
            ("a.jsonl", "[\n1\n", Format::JsonLines),
            (
                "a.jsonl",
                "{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n",
                Format::JsonLines,
            ),
            ("a", "[1] 參考文獻\n[2] 同上\n", Format::Text),
            ("a", "{甲}", Format::Text),
            ("a.xml", "<?xml version='1.0'?><TEI>", Format::Xml),
            ("a.xml", "\n<!-- page --><!doctype HTML>", Format::Html),
            (
                "a.xml",
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
                Format::Xhtml,
            ),
            (
                "a.txt",
                "1\r\n00:00:01,000 --> 00:00:02,000\r\n甲",
                Format::Srt,
            ),
            ("a.txt", "\u{FEFF}WEBVTT\n", Format::WebVtt),
            ("a.txt", "[Script Info]\r\n", Format::Ass),
            ("a.md", "<html>", Format::Markdown),
            ("a.csv", "a,b", Format::Csv),
            ("a.epub", "PK\x03\x04", Format::Epub),
            ("a.epub", "甲", Format::Text),
            ("a.zip", "PK\x03\x04", Format::Zip),
            ("圖書", "圖書館", Format::Text),
            ("a.ts", "const 圖: string = 1;", Format::Code),
            (
                "a.ts",
                "<?xml version='1.0'?><!DOCTYPE TS><TS>",
                Format::QtTs,
            ),
            ("a.py", "# 圖書館", Format::Code),
            ("a.doc", "{\\rtf1\\ansi", Format::Rtf),
            ("a.MHT", "", Format::Mail),
            ("a.txt", "Subject: 後\nMIME-Version: 1.0\n\n", Format::Mail),
            ("a.txt", "標題: 後\nMIME-Version: 1.0\n\n", Format::Text),
            ("a", "Subject: 後\n\n", Format::Text),
            (
                "a",
                "From a Mon Mar  4 08:15:00 2002\nSubject: 後\n",
                Format::Mbox,
            ),
            ("a", "From a to b, 08:15\n後\n", Format::Text),
            ("a.html", "#!/bin/sh\n", Format::Html),
            ("run", "#!/bin/sh\n", Format::Code),
            ("CMakeLists.txt", "# 圖書館", Format::Code),
        ] {
            assert_eq!(
                Format::of(Some(Path::new(name)), head.as_bytes()),
                expected,
                "{name}: {head}"
            );
        }
        // Of a long one the beginning tells.
        let long = format!("[\n{}]", "{\"a\": \"頭髮\"},\n".repeat(1000));
        let told = Format::of(Some(Path::new("a.jsonl")), long.as_bytes());
        assert_eq!(told, Format::Json);
        let utf16: Vec<u8> = "\u{FEFF}<html>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(Format::of(None, &utf16), Format::Html);
    }

    #[test]
    fn names_are_read_back() {
        for (format, name, _) in NAMES {
            assert_eq!(name.parse(), Ok(*format));
        }
        assert!("docbook".parse::<Format>().is_err());
    }
}
