//! What punctuation must leave alone: addresses, paths, tags, code, formulas.

use std::ops::Range;

use super::addresses;
use super::context::{first, is_ideograph};
use super::{records, statements, tags};
use jianti_text::formula;
use jianti_text::lines::front;
use jianti_text::look;
use jianti_text::scan::{ANY, Bytes, Positions, Shufti};

/// The parts of a line that are addresses, paths, placeholders, tags, formulas or set in backticks: their marks stay.
pub fn spans(line: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut places = beginnings(line);
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

/// The parts of a line that are addresses, paths or placeholders, or name something in a tag: no text at all, so that their
/// characters stay too.
pub fn opaque_spans(line: &str) -> Vec<Range<usize>> {
    let (mut spans, mut values): (Vec<Range<usize>>, Vec<Range<usize>>) = Default::default();
    let mut places = beginnings(line);
    let mut from = 0;
    while let Some(at) = places.next(from) {
        from = at + 1;
        if line.as_bytes()[at] == b'<' {
            // What looks like a tag in a value is none.
            if values.last().is_some_and(|value| at < value.end) {
                continue;
            }
            values.extend(tags::opaque_values(line, at));
            continue;
        }
        let Some(span) = addresses::span(line, at) else {
            continue;
        };
        if spans.last().is_none_or(|last| last.end <= span.start) {
            from = span.end;
            spans.push(span);
        }
    }
    // Both are in order.
    spans.retain(|span| {
        let next = values.partition_point(|value| value.end <= span.start);
        values.get(next).is_none_or(|value| span.end <= value.start)
    });
    spans.extend(values);
    spans.sort_by_key(|span| span.start);
    spans
}

/// What is set in backticks, a tag or a formula, at its beginning.
fn code_span(line: &str, at: usize) -> Option<Range<usize>> {
    /// No code or tag is longer, bytes.
    const LONGEST: usize = 1 << 12;
    let rest = front(&line[at + 1..], LONGEST);
    let length = match line.as_bytes()[at] {
        b'`' => rest.find('`')?,
        b'<' if first(rest).is_some_and(|c| c.is_ascii_alphabetic() || c == '/') => {
            rest.find('>')?
        }
        b'\\' | b'$' => return formula::length(&line[at..]).map(|length| at..at + length),
        _ => return None,
    };
    Some(at..at + 1 + length + 1)
}

/// Walks through the places of a line where a span may begin, or the part of one that shows it; all of these are ASCII.
fn beginnings(line: &str) -> Positions<'_> {
    Positions::new(line, |text, from, masks| SPANS.look(text, from, masks))
}

static SPANS: Shufti = Shufti::close(
    &[
        // ://, :\, :?
        [
            &[(b':', b':')],
            &[(b'/', b'/'), (b'?', b'?'), (b'\\', b'\\')],
            ANY,
        ],
        [&[(b'w', b'w')], &[(b'w', b'w')], &[(b'w', b'w')]],
        // /usr, /資料, </b>, <b>
        [&[(b'/', b'/'), (b'<', b'<')], NAME, ANY],
        // ./, ../, ~/
        [
            &[(b'.', b'.'), (b'~', b'~')],
            &[(b'.', b'/'), (b'~', b'~')],
            ANY,
        ],
        // \\\\server, docs\說明.md, \(x\), \[x\]
        [
            &[(b'\\', b'\\')],
            &[(b'(', b'('), (b'[', b'\\'), (0x80, 0xFF)],
            ANY,
        ],
        [&[(b'$', b'$'), (b'`', b'`'), (b'@', b'@')], ANY, ANY],
        // {{, {%, ${, ![; $x$
        [
            &[(b'{', b'{'), (b'$', b'$'), (b'!', b'!')],
            &[(b'{', b'{'), (b'%', b'%'), (b'[', b'[')],
            ANY,
        ],
        // 說明.md, 報表_2024.xlsx
        [
            &[(b'0', b'9'), (0x80, 0xBF)],
            &[(b'.', b'.')],
            &[(b'A', b'Z'), (b'a', b'z')],
        ],
    ],
    0,
);

/// What may stand behind the separator that a path begins with, or the bracket of a tag.
const NAME: Bytes = &[
    (b'.', b'9'),
    (b'@', b'Z'),
    (b'_', b'_'),
    (b'a', b'z'),
    (0x80, 0xFF),
];

/// Whether a line begins with a Han character, as is told at once of the most frequent ones.
fn begins_in_chinese(line: &str) -> bool {
    line.as_bytes()
        .first()
        .is_some_and(|byte| matches!(byte, 0xE4..=0xE9))
}

/// Whether a line is a request of roff: .IR "" ( stderr
pub fn is_request(line: &str) -> bool {
    // Most lines begin with a letter or a Han character.
    if begins_in_chinese(line) || line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let request = line.trim_start().strip_prefix(['.', '\'']);
    // .NET和
    let is_word = |request: &str| {
        let rest = request.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        rest.starts_with(is_ideograph)
    };
    request.is_some_and(|request| {
        request.starts_with(|c: char| c.is_ascii_uppercase()) && !is_word(request)
    })
}

/// Whether all marks of a line belong to its form: it is a program's or a record.
pub fn is_whole(line: &str) -> bool {
    // Much that both have is told by one look at the line.
    let has_signs = memchr::memchr3(b'=', b';', b'[', line.as_bytes()).is_some();
    // Most lines begin with a Han character, have none of these, and end in no bracket: there are values of a table alone.
    if !has_signs && begins_in_chinese(line) {
        let line = line.trim_end();
        if !line.ends_with(['{', '}']) {
            return records::is_row(line);
        }
    }
    let line = line.trim();
    is_code(line, has_signs) || records::is_record(line, has_signs)
}

/// Whether a line, without the spaces around it, looks like a program's: it begins as one does, and has a sign that prose
/// lacks. `has_signs` says that there is any of `=`, `;` and `[`.
fn is_code(line: &str, has_signs: bool) -> bool {
    if is_request(line) || statements::is_statement(line, has_signs) || statements::is_data(line) {
        return true;
    }
    // %ename JSM:en;晶数码:zh;
    let directive = line
        .strip_prefix('%')
        .map(|line| line.split(' ').next().unwrap_or(line));
    let is_directive = directive
        .is_some_and(|word| word.len() > 3 && word.bytes().all(|c| c.is_ascii_lowercase()));
    if is_directive && line.ends_with(';') {
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
