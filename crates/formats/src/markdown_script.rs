//! Tags of components and what programs say in braces, as JSX and Vue have them: over several lines, with attributes that
//! HTML in Markdown does not know (`@click`, `#item`, `values={[…]}`).

use std::ops::Range;

/// How long a tag or an expression may be, bytes: what stands behind a part of a page is there that far.
pub(super) const LONGEST: usize = 32 << 10;

/// Brackets that hold what a program says.
const BRACES: &[(u8, u8)] = &[(b'{', b'}')];
const BRACKETS: &[(u8, u8)] = &[(b'{', b'}'), (b'(', b')'), (b'[', b']')];

/// A tag.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// Where its name ends, and where it ends itself.
    pub name_end: usize,
    pub end: usize,
    /// Whether an attribute has a value.
    pub has_value: bool,
    /// Whether Markdown takes it for a tag wherever it stands: on one line, with attributes of HTML alone.
    pub is_plain: bool,
    /// What stands in braces in it.
    pub expressions: Vec<Range<usize>>,
}

/// The start or end tag at the beginning of a text; else how much was looked at for it, bytes.
pub(super) fn tag(text: &str) -> Result<Tag, usize> {
    let mut tag = Tag {
        is_plain: true,
        ..Tag::default()
    };
    tag.read(text).ok_or(tag.end)?;
    Ok(tag)
}

impl Tag {
    /// Reads a tag; `end` is how far it came.
    fn read(&mut self, text: &str) -> Option<()> {
        let bytes = front(text.as_bytes());
        let mut at = 1 + usize::from(bytes.get(1) == Some(&b'/'));
        if !bytes.get(at)?.is_ascii_alphabetic() {
            return None;
        }
        at += count(bytes, at, |byte| {
            byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte)
        });
        self.name_end = at;
        loop {
            let gap = count(bytes, at, |byte| byte.is_ascii_whitespace());
            if has_empty_line(&bytes[at..at + gap]) {
                return None;
            }
            at += gap;
            self.end = at;
            match *bytes.get(at)? {
                b'>' => break,
                b'/' if bytes.get(at + 1) == Some(&b'>') => {
                    at += 1;
                    break;
                }
                _ if gap == 0 => return None,
                b'{' => at = self.expression(text, at)?,
                _ => at = self.attribute(text, at)?,
            }
        }
        self.end = at + 1;
        self.is_plain &= memchr::memchr2(b'\n', b'\r', &bytes[..self.end]).is_none();
        Some(())
    }

    /// Passes what stands in braces; returns where it ends.
    fn expression(&mut self, text: &str, at: usize) -> Option<usize> {
        self.end = front(text.as_bytes()).len();
        let end = at + expression(&text[at..])?;
        self.expressions.push(at..end);
        self.is_plain = false;
        (end < LONGEST).then_some(end)
    }

    /// Passes an attribute; returns where it ends.
    fn attribute(&mut self, text: &str, start: usize) -> Option<usize> {
        let bytes = front(text.as_bytes());
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        let is_name = |byte: u8| is_plain(byte) || b"@#*[]()$!".contains(&byte);
        let name = &bytes[start..start + count(bytes, start, is_name)];
        if name.is_empty() || name[0].is_ascii_digit() {
            return None;
        }
        self.is_plain &= name.iter().all(|byte| is_plain(*byte));
        let name_end = start + name.len();
        let blank = |byte: u8| byte.is_ascii_whitespace();
        let mut at = name_end + count(bytes, name_end, blank);
        if bytes.get(at) != Some(&b'=') {
            return Some(name_end);
        }
        at += 1;
        at += count(bytes, at, blank);
        if has_empty_line(&bytes[name_end..at]) {
            return None;
        }
        self.has_value = true;
        match *bytes.get(at)? {
            b'{' => self.expression(text, at),
            quote @ (b'"' | b'\'') => {
                self.end = bytes.len();
                let length = memchr::memchr(quote, &bytes[at + 1..])?;
                let value = &bytes[at + 1..at + 1 + length];
                // A quote that nothing closes would reach into another paragraph: only what a program says may.
                let is_script = matches!(value.trim_ascii_start(), [b'{' | b'[', ..]);
                (is_script || !has_empty_line(value)).then_some(at + length + 2)
            }
            _ => {
                let length = count(bytes, at, |byte| {
                    !byte.is_ascii_whitespace() && !b"\"'=<>`".contains(&byte)
                });
                (length > 0).then_some(at + length)
            }
        }
    }
}

/// How long what stands in braces is at the beginning of a text, bytes.
pub(super) fn expression(text: &str) -> Option<usize> {
    script_end(text.as_bytes(), BRACES, |at, is_whole| is_whole && at > 0)
}

/// How long the lines of a program are at the beginning of a text, bytes: up to an empty line that stands in no brackets; as an
/// error up to the first one, if there is no such line near.
pub(super) fn statements(text: &str) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let is_end = |at: usize| {
        let rest = &bytes[at..];
        bytes[..at].ends_with(b"\n")
            && (rest.is_empty() || rest.starts_with(b"\n") || rest.starts_with(b"\r\n"))
    };
    let whole = script_end(bytes, BRACKETS, |at, is_whole| is_whole && is_end(at));
    let first = || (0..bytes.len()).find(|at| is_end(*at));
    whole.ok_or_else(|| first().unwrap_or(bytes.len()))
}

/// The first place of a program that `ends` takes, which is told whether no bracket is open there.
fn script_end(
    bytes: &[u8],
    brackets: &[(u8, u8)],
    ends: impl Fn(usize, bool) -> bool,
) -> Option<usize> {
    let bytes = front(bytes);
    // What closes the brackets that are open; a backtick closes a template.
    let mut open = Vec::new();
    let mut at = 0;
    loop {
        if ends(at, open.is_empty()) {
            return Some(at);
        }
        let byte = *bytes.get(at)?;
        let next = bytes.get(at + 1).copied();
        let in_template = open.last() == Some(&b'`');
        match (byte, next) {
            (b'\\', _) if in_template => at += 1,
            (b'$', Some(b'{')) if in_template => {
                open.push(b'}');
                at += 1;
            }
            (b'`', _) if in_template => drop(open.pop()),
            _ if in_template => {}
            (b'`', _) => open.push(b'`'),
            (b'"' | b'\'', _) => at = string_end(bytes, at),
            (b'/', Some(b'*')) => at += memchr::memmem::find(&bytes[at..], b"*/")? + 1,
            (b'/', Some(b'/')) if at == 0 || bytes[at - 1] != b':' => {
                at += memchr::memchr(b'\n', &bytes[at..])? - 1;
            }
            _ if open.last() == Some(&byte) => drop(open.pop()),
            _ => {
                let bracket = brackets.iter().find(|(opens, _)| *opens == byte);
                open.extend(bracket.map(|(_, closes)| *closes));
            }
        }
        at += 1;
    }
}

/// Where the string ends that begins with the quote at `at`: there itself if it is an apostrophe (don't).
fn string_end(bytes: &[u8], at: usize) -> usize {
    if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return at;
    }
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'\n' => return at,
            b'\\' => end += 1,
            byte if *byte == bytes[at] => return end,
            _ => {}
        }
        end += 1;
    }
    at
}

/// What is looked at of a text.
fn front(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(LONGEST)]
}

/// How many bytes from `at` on are such.
fn count(bytes: &[u8], at: usize, is_such: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take_while(|byte| is_such(**byte)).count()
}

/// Whether a line between two others is empty.
fn has_empty_line(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_where_its_bracket_stands() {
        for (text, length, is_plain) in [
            ("<a>後", 3, true),
            ("</Card >", 8, true),
            ("<Card\n  icon=\"後\"\n>\n", 20, false),
            ("<Card a='>' b=c/>後>", 17, true),
            (
                "<Card :to=\"{ 類別: '動畫' }\" @click=\"a > b\">",
                48,
                false,
            ),
            ("<B on={() => alert('>')} {...x}>}", 32, false),
            ("<B v={`${a > '`'} }`}>", 22, false),
            ("<B :v=\"[\n\n'後',\n\n]\">", 21, false),
        ] {
            let found = tag(text).map(|tag| (tag.end, tag.is_plain));
            assert_eq!(found, Ok((length, is_plain)), "{text}");
        }
        for text in [
            "<",
            "<3 後>",
            "<a",
            "<a 後>",
            "<a b=\"c>\n\n後\">",
            "<a\n\nb=\"c\">",
            "<a b={>",
            "<後 a=\"b\">",
            "<a b=\"c\"後>",
            "<a@b.c>",
            "<http://a.b>",
        ] {
            assert!(tag(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_expression_ends_with_its_brace() {
        for (text, length) in [
            ("{x.名稱}後}", 10),
            ("{/* } */}後", 9),
            ("{a // }\n}後", 9),
            ("{\"}\" + '}' + `}${`}`}`}後", 23),
            ("{ok && <p>Don't</p>}後'}", 20),
        ] {
            assert_eq!(expression(text), Some(length), "{text}");
        }
        assert_eq!(expression("{後"), None);
        assert_eq!(statements("import a\nimport b\n\n後"), Ok(18));
        assert_eq!(statements("export const a = {\n\n};\n\n後"), Ok(23));
        assert_eq!(statements("export const a = {\n\n後"), Err(19));
    }
}
