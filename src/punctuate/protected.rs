//! What punctuation must leave alone: addresses, paths, tags, code.

use std::ops::Range;

use super::addresses;
use super::context::{first, is_ideograph};
use super::statements;
use jianti_text::lines::front;
use jianti_text::look;
use jianti_text::scan::Positions;

/// The parts of a line that are addresses, paths, placeholders, tags or set in backticks: their marks stay.
pub fn spans(line: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut places = Positions::new(line, look_for_spans);
    let mut from = 0;
    while let Some(at) = places.next(from) {
        from = at + 1;
        if spans.last().is_some_and(|span| at < span.end) {
            continue;
        }
        spans.extend(code_span(line, at).or_else(|| addresses::span(line, at)));
    }
    spans
}

/// The parts of a line that are addresses, paths or placeholders: no text at all, so that their characters stay too.
pub fn opaque_spans(line: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut places = Positions::new(line, look_for_spans);
    let mut from = 0;
    while let Some(at) = places.next(from) {
        from = at + 1;
        let Some(span) = addresses::span(line, at) else {
            continue;
        };
        if spans.last().is_none_or(|last| last.end <= span.start) {
            from = span.end;
            spans.push(span);
        }
    }
    spans
}

/// What is set in backticks, or a tag, at its beginning.
fn code_span(line: &str, at: usize) -> Option<Range<usize>> {
    /// No code or tag is longer, bytes.
    const LONGEST: usize = 1 << 12;
    let rest = front(&line[at + 1..], LONGEST);
    let length = match line.as_bytes()[at] {
        b'`' => rest.find('`')?,
        b'<' if first(rest).is_some_and(|c| c.is_ascii_alphabetic() || c == '/') => {
            rest.find('>')?
        }
        _ => return None,
    };
    Some(at..at + 1 + length + 1)
}

look!(look_for_spans, may_begin_span);

/// Where a span may begin, or the part of one that shows it; all of these are ASCII.
#[inline(always)]
fn may_begin_span(before: u8, a: u8, b: u8, _c: u8, _d: u8, _e: u8) -> bool {
    // / and ? differ in one bit.
    let scheme = (a == b':') & (((b & !0x10) == b'/') | (b == b'\\'));
    let host = (a == b'w') & (b == b'w');
    let behind = (before <= b' ') | (before >= 0x80);
    let behind =
        behind | (before == b'"') | (before == b'\'') | (before == b'(') | (before == b'=');
    let path = ((a == b'/') | (a == b'.') | (a == b'~')) & behind;
    let tag = (a == b'<') & ((b == b'/') | ((b | 0x20).wrapping_sub(b'a') < 26));
    let beside = ((a == b'/') | (a == b'\\') | (a == b'@')) & ((before >= 0x80) | (b >= 0x80));
    let share = (a == b'\\') & (b == b'\\');
    let placeholder = (a == b'{') & ((b == b'{') | (b == b'%')) | (a == b'$') & (b == b'{');
    let embed = (a == b'!') & (b == b'[');
    let signs = (a == b'`') | tag | placeholder | embed;
    scheme | host | path | beside | share | signs
}

/// Whether a line is a request of roff: .IR "" ( stderr
pub fn is_request(line: &str) -> bool {
    let request = line.trim_start().strip_prefix(['.', '\'']);
    request.is_some_and(|request| request.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Whether a line looks like a program's: it begins as one does, and has a sign that prose lacks.
pub fn is_code(line: &str) -> bool {
    let line = line.trim();
    if is_request(line) {
        return true;
    }
    if statements::is_statement(line) {
        return true;
    }
    // .ie n .SH "NAME"
    let name = line.strip_prefix('.').and_then(|line| line.split_once(' '));
    if name.is_some_and(|(name, _)| name.len() == 2 && name.bytes().all(|c| c.is_ascii_lowercase()))
    {
        return true;
    }
    // * 买菜;
    let is_item = line
        .strip_prefix("* ")
        .is_some_and(|item| item.starts_with(is_ideograph));
    let begins = !is_item
        && first(line).is_some_and(|c| {
            c.is_ascii_alphabetic()
                || matches!(
                    c,
                    '#' | '/' | '<' | '{' | '}' | '@' | '$' | '_' | '[' | '"' | '\'' | '.' | '*'
                )
        });
    let ends = [
        ";", "{", "}", ");", "\")", "')", "},", "],", "\",", "',", "/>", "*/",
    ];
    // Most lines end in no last character of these.
    let ends = line.ends_with([';', '{', '}', ')', ',', '>', '/'])
        && ends.iter().any(|end| line.ends_with(end));
    if !begins {
        // 數列 = [一, 二];
        return ends
            && line.ends_with([';', '{', '}'])
            && (is_call(line)
                || OPERATORS.iter().any(|sign| line.contains(sign))
                || signs(line) > 1);
    }
    // A prose line in which code is quoted begins with a word and goes on in Chinese.
    if ends && !line.starts_with(is_word) || line.ends_with(';') && line.contains('(') {
        return true;
    }
    signs(line) >= if ends { 1 } else { 2 }
}

/// Whether a line is the call of a method: 物件.方法(参数一, 参数二);
fn is_call(line: &str) -> bool {
    let name = line.split('(').next().unwrap_or_default();
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    line.ends_with(");") && name.contains('.') && name.split('.').all(part)
}

/// What stands in a line of code that begins with a name in Chinese.
const OPERATORS: [&str; 6] = [" = ", " += ", " -= ", " *= ", "--;", "++;"];

/// How many different signs of code a line has that prose lacks.
fn signs(line: &str) -> u32 {
    const SIGNS: [&str; 18] = [
        ") {", "; }", " = ", "=\"", "='", "(\"", "('", "==", "!=", "=>", "->", "&&", "||", "</",
        "//", "\": ", "++", "::",
    ];
    let mut places = Positions::new(line, look_for_signs);
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
    let block = (b == b' ') & ((a == b')') & (c == b'{') | (a == b';') & (c == b'}'));
    spaced | block | opens | double & (a == b) | arrow | (a == b'!') & (b == b'=') | tag
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphabetic()
}
