//! Places in text that a program fills in: variables and tags of templates, which stay as they are.

use std::borrow::Cow;
use std::ops::Range;

use crate::ahead::Ahead;
use crate::object::OBJECT;
use crate::piece::{Form, Piece};

/// What begins a placeholder, and what ends it.
const MARKS: [(&str, &str); 9] = [
    ("{{", "}}"),
    ("{%", "%}"),
    ("{#", "#}"),
    ("<%", "%>"),
    ("![[", "]]"),
    ("${", "}"),
    ("#{", "}"),
    ("%{", "}"),
    ("%(", ")"),
];

/// What a placeholder may begin with.
const MAY_BEGIN: [char; 7] = ['{', '<', '!', '$', '#', '%', '('];

/// The longest placeholder, bytes.
pub(crate) const LONGEST: usize = 1024;

/// Cuts placeholders out of literal pieces: a passage that goes over one sees a character in its place.
pub(crate) fn kept(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut kept = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece.form {
            Form::Literal if piece.raw.contains(MAY_BEGIN) => {
                split(piece.raw, &mut kept);
            }
            _ => kept.push(piece),
        }
    }
    kept
}

/// Whether `begin` begins a variable or a tag of a template, which may go over several lines.
pub(crate) fn is_template(begin: &str) -> bool {
    matches!(begin, "{{" | "{%" | "<%")
}

/// Where a text of a page has variables and tags of templates that its lines do not tell, in order: those that go over several
/// of them, and `<% %>`.
pub(crate) fn templates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let ahead = Ahead::default();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'{', b'<', &text.as_bytes()[at..]) {
        at += next;
        let rest = &text[at..];
        let begin = MARKS.iter().map(|(begin, _)| *begin);
        let begin = begin
            .filter(|begin| is_template(begin))
            .find(|begin| rest.starts_with(begin));
        let length = begin.and_then(|_| length_at(text, at, &ahead));
        if let Some(length) = length
            && (begin == Some("<%") || !ahead.is_on_one_line(rest, length))
        {
            found.push(at..at + length);
        }
        at += length.unwrap_or(1);
    }
    found
}

/// The length of the placeholder that begins at this place of a text, bytes.
fn length_at(text: &str, at: usize, ahead: &Ahead) -> Option<usize> {
    let length = length(&text[at..], ahead)?;
    (!is_paragraphs(&text[..at], &text[at..at + length])).then_some(length)
}

fn split<'t>(raw: &'t str, pieces: &mut Vec<Piece<'t>>) {
    let (mut at, mut from) = (0, 0);
    let mut push = |raw: &'t str, form| {
        let text = match form {
            Form::Literal => Cow::Borrowed(raw),
            _ => Cow::Borrowed(OBJECT),
        };
        if !raw.is_empty() {
            pieces.push(Piece { raw, text, form });
        }
    };
    let ahead = Ahead::default();
    let has_branches = has_branches(raw);
    while let Some(found) = raw[at..].find(MAY_BEGIN) {
        at += found;
        let is_branch = || has_branches && !raw[at..].starts_with("{{") && names_branch(&raw[..at]);
        let is_brace = raw[at..].starts_with('{');
        match length_at(raw, at, &ahead).filter(|_| !(is_brace && is_branch())) {
            Some(length) => {
                push(&raw[from..at], Form::Literal);
                push(&raw[at..at + length], Form::Named);
                at += length;
                from = at;
            }
            None => at += 1,
        }
    }
    push(&raw[from..], Form::Literal);
}

/// The length of the placeholder that `text` begins with, bytes.
fn length(text: &str, ahead: &Ahead) -> Option<usize> {
    for (begin, end) in MARKS {
        let Some(rest) = text.strip_prefix(begin) else {
            continue;
        };
        let found = ahead.find(rest, end).filter(|length| *length <= LONGEST);
        // Two marks may begin alike.
        if let Some(inner) = found
            && (end.len() > 1 || is_name(&rest[..inner]))
            && !(begin == "{{" && closes_first(&rest[..inner]))
        {
            return Some(begin.len() + inner + end.len());
        }
    }
    if let [b'(', b'&' | b'_', key, b')', ..] = text.as_bytes() {
        // The key of a menu's entry.
        return key.is_ascii_alphanumeric().then_some(4);
    }
    let rest = text.strip_prefix('{')?;
    let inner = ahead.find(rest, "}")?;
    is_name(&rest[..inner]).then_some(inner + 2)
}

/// Whether what stands between two braces and two others closes one that it did not open: `{{count} 個檔案}}`, as messages
/// about several numbers have it, is text that begins with a variable.
pub(crate) fn closes_first(inner: &str) -> bool {
    let brace = inner.find(['{', '}']);
    brace.is_some_and(|at| inner[at..].starts_with('}'))
}

/// Whether what looks like a template behind `before` goes over an empty line or to a new item of a list, and is no code, which
/// begins a line, or with a sign or a word in ASCII: the marks are spoken of then, or one was forgotten.
pub(crate) fn is_paragraphs(before: &str, template: &str) -> bool {
    let mut lines = template.lines().skip(1).peekable();
    // Most templates are one line.
    if lines.peek().is_none() || before.is_empty() || before.ends_with('\n') {
        return false;
    }
    let inner = MARKS.iter().find_map(|(begin, _)| {
        let inner = template.strip_prefix(begin);
        inner.filter(|_| is_template(begin))
    });
    let Some(inner) = inner else {
        return false;
    };
    let is_code = |text: &str| text.starts_with(|c: char| c.is_ascii_graphic());
    let is_item = |line: &str| {
        let line = line.trim_start();
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let marks: &[&str] = match number.len() == line.len() {
            true => &["- ", "* ", "+ "],
            false => &[". ", ") "],
        };
        marks.iter().any(|mark| number.starts_with(mark))
    };
    let begins_code = || {
        let first = inner.trim_start();
        is_code(inner) || is_code(first) && !is_item(first)
    };
    lines.any(|line| is_item(line) || line.trim().is_empty()) && !begins_code()
}

/// Whether `raw` has a message with branches, as ICU has them: {n, plural, =0{沒有檔案} other{檔案}}
fn has_branches(raw: &str) -> bool {
    let mut kinds = raw.split(',').map(str::trim);
    kinds.any(|kind| matches!(kind, "plural" | "select" | "selectordinal"))
}

/// Whether what stands `before` braces, in a message with branches, is the name of one: `=0`, `other`, `male`.
fn names_branch(before: &str) -> bool {
    let before = before.trim_end();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '=';
    let rest = before.trim_end_matches(is_letter);
    rest.len() < before.len() && rest.ends_with([' ', ',', '}', '\n'])
}

/// Whether this names a variable, perhaps with a format: `count`, `0`, `name!r:>10`, `使用者.名稱`.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_.-:!<>|$ ".contains(c))
        && !text.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_go_over_lines() {
        for (text, expected) in [
            ("後{{ 甲\n | 乙 }}後", &["{{ 甲\n | 乙 }}"] as &[&str]),
            (
                "{%- set 甲 = [\n(\"乙\", 1)] -%}",
                &["{%- set 甲 = [\n(\"乙\", 1)] -%}"],
            ),
            (
                "<%= 甲 \"乙\" %>後<% end %>",
                &["<%= 甲 \"乙\" %>", "<% end %>"],
            ),
            ("{{ 一行 }}，{% 後 %}", &[]),
            ("{{ 甲\n後，{ 乙\n<%", &[]),
            ("- 甲 {{ 頭髮\n- 乙 }} 後", &[]),
            ("用 <%\n1. 頭髮 %> 後", &[]),
            ("用 <% 開始。\n\n用 %> 結束。", &[]),
            (
                "後<% items = [\n\n\"甲\"] %>後",
                &["<% items = [\n\n\"甲\"] %>"],
            ),
            ("{{ 甲\n\n乙 }}", &["{{ 甲\n\n乙 }}"]),
            ("用{{#each\n* 甲\n}}", &["{{#each\n* 甲\n}}"]),
            ("用<%\n\nx = 1 %>", &["<%\n\nx = 1 %>"]),
        ] {
            let found = templates(text).into_iter().map(|range| &text[range]);
            assert_eq!(found.collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn placeholders_are_told_from_text() {
        for (text, expected) in [
            ("{{ 變數 }}後", Some("{{ 變數 }}")),
            ("{% if 條件 %}", Some("{% if 條件 %}")),
            ("![[圖片.png]]", Some("![[圖片.png]]")),
            ("%(名稱)s", Some("%(名稱)")),
            ("%{數量}筆", Some("%{數量}")),
            ("{0}", Some("{0}")),
            ("{名稱!r}", Some("{名稱!r}")),
            ("(&F)", Some("(&F)")),
            ("(F)", None),
            ("{頭，髮}", None),
            ("%（髮）", None),
            ("{{ 沒有結束", None),
            ("{{ {'鍵': 值} }}", Some("{{ {'鍵': 值} }}")),
            ("{{數量} 個檔案}}", None),
            ("<b>", None),
            ("$5", None),
        ] {
            let length = length(text, &Ahead::default());
            assert_eq!(length.map(|length| &text[..length]), expected);
        }
    }
}
