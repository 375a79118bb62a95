//! What punctuation must leave alone: addresses, paths, tags, code.

use std::ops::Range;

use super::context::{first, is_han, last};
use jianti_text::look;
use jianti_text::scan::Places;

/// The parts of a line that are addresses, paths, tags or set in backticks.
pub fn spans(line: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut places = Places::new(line, look_for_spans);
    let mut from = 0;
    while let Some(at) = places.next(from) {
        from = at + 1;
        if spans.last().is_some_and(|span| at < span.end) {
            continue;
        }
        let byte = line.as_bytes()[at];
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

look!(look_for_spans, may_begin_span);

/// Where a span may begin, or the part of one that shows it; all of these are ASCII.
#[inline(always)]
fn may_begin_span(before: u8, a: u8, b: u8, _c: u8, _d: u8, _e: u8) -> bool {
    let scheme = (a == b':') & ((b == b'/') | (b == b'\\'));
    let host = (a == b'w') & (b == b'w');
    let behind = (before <= b' ') | (before >= 0x80);
    let behind = behind | (before == b'"') | (before == b'\'') | (before == b'(');
    let path = ((a == b'/') | (a == b'.') | (a == b'~')) & behind;
    let tag = (a == b'<') & ((b == b'/') | ((b | 0x20).wrapping_sub(b'a') < 26));
    scheme | host | path | tag | (a == b'`')
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
    let ends = ends.iter().any(|end| line.ends_with(end));
    // A prose line in which code is quoted begins with a word and goes on in Chinese.
    if ends && !line.starts_with(is_word) || line.ends_with(';') && line.contains('(') {
        return true;
    }
    signs(line) >= if ends { 1 } else { 2 }
}

/// How many different signs of code a line has that prose lacks.
fn signs(line: &str) -> u32 {
    const SIGNS: [&str; 16] = [
        " = ", "=\"", "='", "(\"", "('", "==", "!=", "=>", "->", "&&", "||", "</", "//", "\": ",
        "++", "::",
    ];
    let mut places = Places::new(line, look_for_signs);
    let (mut found, mut from) = (0_u32, 0);
    while let Some(at) = places.next(from) {
        from = at + 1;
        let rest = &line.as_bytes()[at..];
        let sign = |sign: &&str| rest.starts_with(sign.as_bytes());
        if let Some(number) = SIGNS.iter().position(sign) {
            found |= 1 << number;
        }
    }
    found.count_ones()
}

look!(look_for_signs, may_be_sign);

#[inline(always)]
fn may_be_sign(_before: u8, a: u8, b: u8, c: u8, _d: u8, _e: u8) -> bool {
    let spaced = (c == b' ') & ((a == b' ') & (b == b'=') | (a == b'"') & (b == b':'));
    let quote = (b == b'"') | (b == b'\'');
    let opens = ((a == b'=') | (a == b'(')) & quote;
    let double = (a == b'=') | (a == b'&') | (a == b'|') | (a == b'/') | (a == b'+') | (a == b':');
    let arrow = ((a == b'=') | (a == b'-')) & (b == b'>');
    let tag = (a == b'<') & (b == b'/');
    spaced | opens | double & (a == b) | arrow | (a == b'!') & (b == b'=') | tag
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphabetic()
}
