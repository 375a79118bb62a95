//! Lines of Markdown, as far as they must be told apart before the parser reads them.

use std::ops::Range;

use memchr::memmem;

/// Where the line ends in which the byte at `at` stands, behind its mark.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length + 1)
}

/// How much of a line stands before its text: blanks, marks of quotes and, where they may begin there, of lists.
pub(super) fn margin(line: &[u8], lists: bool) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_mark = |at: usize, marks: &[u8]| {
            rest.get(at).is_some_and(|byte| marks.contains(byte))
                && matches!(rest.get(at + 1), Some(b' ' | b'\t'))
        };
        at += match rest.first() {
            Some(b' ' | b'\t' | b'>') => 1,
            _ if !lists => return at,
            Some(b'-' | b'+' | b'*') if is_mark(0, b"-+*") => 2,
            Some(b'0'..=b'9') if digits < 10 && is_mark(digits, b".)") => digits + 2,
            _ => return at,
        };
    }
}

/// Where HTML ends that no tag begins in, if a line begins with it: a comment, a script, text as it is.
pub(super) fn raw_end(text: &str, mdx: bool) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(text.len(), |at| at + 7));
    }
    if mdx {
        return None;
    }
    let bytes = text.as_bytes();
    let begins = |at: usize, name: &str| {
        let rest = &bytes[at..];
        rest.len() > name.len()
            && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && matches!(rest[name.len()], b' ' | b'\t' | b'\n' | b'\r' | b'>')
    };
    let names = ["script", "style", "pre", "textarea"];
    let name = names.into_iter().find(|name| begins(1, name))?;
    let mut ends = memmem::find_iter(bytes, b"</").map(|at| at + 2);
    let end = ends.find(|at| begins(*at, name));
    Some(end.map_or(text.len(), |at| at + name.len() + 1))
}

/// The length of a tag without a name, which JSX has, bytes.
pub(super) fn fragment(text: &str) -> usize {
    match text.as_bytes() {
        [b'<', b'>', ..] => 2,
        [b'<', b'/', b'>', ..] => 3,
        _ => 0,
    }
}

/// How many marks begin a line of MkDocs that begins a block, and where its title stands.
pub(super) fn titled(line: &str) -> Option<(usize, Option<Range<usize>>)> {
    let line = line.trim_end();
    let first = line.bytes().next()?;
    let mut marks = line.bytes().take_while(|byte| *byte == first).count();
    if marks != 3 {
        return None;
    }
    let rest = &line[marks..];
    marks += match first {
        b'?' => usize::from(rest.starts_with('+')),
        b'=' => usize::from(rest.starts_with(['!', '+'])),
        _ => 0,
    };
    let quote = line[marks..].find('"').map(|at| marks + at);
    let kinds = line[marks..quote.unwrap_or(line.len())].trim();
    let is_kind = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let title = match quote {
        Some(quote) => {
            let inner = line[quote + 1..].strip_suffix('"')?;
            let is_apart = line[..quote].ends_with(' ');
            is_apart.then_some(Some(quote + 1..quote + 1 + inner.len()))?
        }
        None => None,
    };
    let is_one = match (first, &title) {
        (b'=', None) => false,
        (b'=', Some(_)) => kinds.is_empty(),
        (_, Some(_)) => kinds.chars().all(is_kind),
        // 「!!! 注意」 may be a sentence.
        (_, None) => !kinds.is_empty() && kinds.is_ascii() && kinds.chars().all(is_kind),
    };
    is_one.then_some((marks, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_mkdocs_have_titles() {
        for (line, marks, title) in [
            ("!!! note \"請注意\"", 3, Some("請注意")),
            ("!!!note", 3, None),
            (
                "??? Note inline end \"2023 \"目標\"\" ",
                3,
                Some("2023 \"目標\""),
            ),
            ("???+ \"後\"", 4, Some("後")),
            ("===! \"後\"", 4, Some("後")),
            ("!!! 注意 \"\"", 3, Some("")),
        ] {
            let found = titled(line).map(|(marks, title)| (marks, title.map(|at| &line[at])));
            assert_eq!(found, Some((marks, title)), "{line}");
        }
        for line in [
            "!!!",
            "!!!!! note",
            "!!! 注意",
            "=== 後",
            "====",
            "??? 為什麼？",
            "!!! a \"後",
            "!!! a，b \"後\"",
        ] {
            assert_eq!(titled(line), None, "{line}");
        }
    }
}
