//! What punctuation must leave alone: addresses, paths, tags, code.

use std::ops::Range;

use super::context::{first, is_han, last};

/// The parts of a line that are addresses, paths, tags or set in backticks.
pub fn spans(line: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    // Bytes: all that begins a span is ASCII.
    for (at, byte) in line.bytes().enumerate() {
        if !matches!(byte, b':' | b'w' | b'/' | b'.' | b'~' | b'`' | b'<')
            || spans.last().is_some_and(|span| at < span.end)
        {
            continue;
        }
        let start = match byte as char {
            ':' if line[at..].starts_with("://") => scheme_start(line, at),
            'w' if line[at..].starts_with("www.") => Some(at),
            '/' | '.' | '~' if begins_path(line, at) => Some(at),
            ':' if line[at..].starts_with(":\\") && ends_letter(&line[..at]) => Some(at - 1),
            '`' => {
                if let Some(length) = line[at + 1..].find('`') {
                    spans.push(at..at + length + 2);
                }
                None
            }
            '<' if first(&line[at + 1..]).is_some_and(|c| c.is_ascii_alphabetic() || c == '/') => {
                if let Some(length) = line[at..].find('>') {
                    spans.push(at..at + length + 1);
                }
                None
            }
            _ => None,
        };
        if let Some(start) = start {
            spans.push(start..address_end(line, at + 1));
        }
    }
    spans
}

fn ends_letter(text: &str) -> bool {
    last(text).is_some_and(|c| c.is_ascii_alphabetic())
}

/// Where the scheme begins that ends before `colon`, if one does.
fn scheme_start(line: &str, colon: usize) -> Option<usize> {
    let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
    let start = line[..colon].trim_end_matches(scheme).len();
    (start < colon).then_some(start)
}

/// Whether a path begins here: /usr, ./bin, ~/notes, at the line's beginning or behind a space, a quote or a bracket.
fn begins_path(line: &str, at: usize) -> bool {
    let behind = last(&line[..at])
        .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '（' | '“' | '：'));
    let name = line[at..].trim_start_matches(['.', '~']);
    let name = name.strip_prefix('/');
    behind
        && name
            .and_then(first)
            .is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Where the address or path ends that goes on at `from`. Han characters belong to it only as names within it, and marks
/// only where more of it follows.
fn address_end(line: &str, from: usize) -> usize {
    let mut end = from;
    let mut before = last(&line[..from]).unwrap_or('/');
    for (at, c) in line[from..].char_indices() {
        let behind = first(&line[from + at + c.len_utf8()..]);
        let part = match c {
            '"' | '<' | '>' | '`' | '\'' | ' ' | '\t' => false,
            ',' | ';' | ':' | '?' | '!' | '(' | ')' | '.' => {
                let rest = &line[from + at + 1..];
                behind.is_some_and(|c| {
                    let within = c.is_ascii_alphanumeric() || "/=&#_%-~+(.\\".contains(c);
                    within || is_han(c) && goes_on(rest)
                })
            }
            c if c.is_ascii_graphic() => true,
            // A name within it: behind a separator, or within a name that so began.
            c if is_han(c) => is_han(before) || "/=_-\\".contains(before),
            _ => false,
        };
        if !part {
            break;
        }
        end = from + at + c.len_utf8();
        before = c;
    }
    end
}

/// Whether `rest` goes on with names of a path: a separator comes before a space or a Chinese mark.
fn goes_on(rest: &str) -> bool {
    let name = |c: char| is_han(c) || c.is_ascii_graphic() && !",;:?!()".contains(c);
    let names = rest.split(|c: char| !name(c)).next();
    // Runs of dots and hyphens may be marks.
    let names = names.and_then(|names| names.split("..").next()?.split("--").next());
    names.is_some_and(|names| names.contains(['/', '\\']))
}

/// Whether a line looks like a program's: it begins as one does, and has a sign that prose lacks.
pub fn is_code(line: &str) -> bool {
    let line = line.trim();
    // A request of roff: .IR "" ( stderr
    let request = line.strip_prefix(['.', '\'']).and_then(first);
    if request.is_some_and(|c| c.is_ascii_uppercase()) {
        return true;
    }
    let begins =
        first(line).is_some_and(|c| c.is_ascii_alphabetic() || "#/<{}@$_[\"'.*".contains(c));
    if !begins {
        return false;
    }
    let ends = [
        ";", "{", "}", ");", "\")", "')", "},", "],", "\",", "',", "/>", "*/",
    ];
    // A prose line in which code is quoted begins with a word and goes on in Chinese.
    let signs = [
        " = ", "=\"", "='", "(\"", "('", "==", "!=", "=>", "->", "&&", "||", "</", "//", "\": ",
        "++", "::",
    ];
    ends.iter().any(|end| line.ends_with(end)) && !line.starts_with(is_word)
        || ends.iter().any(|end| line.ends_with(end))
            && signs.iter().any(|sign| line.contains(sign))
        || signs.iter().filter(|sign| line.contains(**sign)).count() >= 2
        || line.ends_with(';') && line.contains('(')
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphabetic()
}
