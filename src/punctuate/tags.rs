//! Inline tags that stand in text as they are, as in messages that a program shows: marks are told as if they were not there.

use std::ops::Range;

use jianti_formats::is_element;
use jianti_text::lines::front;

/// Elements that set part of a sentence apart and stand for nothing themselves.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "big", "cite", "del", "em", "font", "i", "ins", "mark", "small", "span",
    "strike", "strong", "u",
];

/// No tag is longer, bytes.
const LONGEST: usize = 256;

/// The length of the inline tag that `text` begins with.
fn length(text: &str) -> Option<usize> {
    let tag = text.strip_prefix('<')?;
    let end = front(tag, LONGEST).find(['<', '>'])?;
    let content = tag[..end].strip_prefix('/').unwrap_or(&tag[..end]);
    let name = content.split(' ').next().unwrap_or_default();
    let is_tag = tag[end..].starts_with('>') && INLINE.contains(&name);
    is_tag.then_some("<".len() + end + ">".len())
}

/// Attributes of elements of HTML whose values are addresses, or name something for a program.
const ADDRESSES: [&str; 17] = [
    "action",
    "cite",
    "class",
    "for",
    "headers",
    "href",
    "id",
    "itemid",
    "itemprop",
    "name",
    "poster",
    "rel",
    "src",
    "srcset",
    "style",
    "usemap",
    "xlink:href",
];

/// The values of a tag's attributes that name something for a program, if a tag begins at byte `at` of a line and ends on it.
pub fn opaque_values(line: &str, at: usize) -> Vec<Range<usize>> {
    read_values(line, at).unwrap_or_default()
}

fn read_values(line: &str, at: usize) -> Option<Vec<Range<usize>>> {
    /// No tag is longer, bytes.
    const LONGEST: usize = 1 << 12;
    let tag = front(&line[at..], LONGEST);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
    let mut rest = tag.strip_prefix('<')?;
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let behind = rest.trim_start_matches(is_name);
    let is_html = is_element(&rest[..rest.len() - behind.len()]);
    rest = behind;
    let mut values = Vec::new();
    loop {
        let attribute = rest.trim_start_matches(' ');
        if attribute.starts_with("/>") || attribute.starts_with('>') {
            return Some(values);
        }
        let behind = attribute.trim_start_matches(is_name);
        let name = &attribute[..attribute.len() - behind.len()];
        if attribute.len() == rest.len() || name.is_empty() {
            return None;
        }
        rest = behind;
        if let Some(quoted) = behind.strip_prefix('=') {
            let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let value = quoted[1..].split(quote).next()?;
            let start = at + tag.len() - quoted.len() + 1;
            rest = quoted[1 + value.len()..].strip_prefix(quote)?;
            if names_something(name, is_html) {
                values.push(start..start + value.len());
            }
        }
    }
}

/// Whether the value of an attribute that is called so is no text; `is_html` says that HTML has the element. Elsewhere a name may be
/// that of who speaks.
fn names_something(name: &str, is_html: bool) -> bool {
    let is = |other: &&str| other.eq_ignore_ascii_case(name);
    if !is_html {
        return ["href", "src"].iter().any(is);
    }
    ADDRESSES.iter().any(is) || name.starts_with("data-") || name.starts_with("on")
}

/// What stands behind the inline tags that `text` begins with.
pub fn behind(text: &str) -> &str {
    let mut rest = text;
    while let Some(length) = length(rest) {
        rest = &rest[length..];
    }
    rest
}

/// `text` without the inline tags in it, if it ends in one; as much of it as a mark hangs on.
pub fn without(text: &str) -> Option<String> {
    if !text.ends_with('>') {
        return None;
    }
    let far = text.len().saturating_sub(2 * LONGEST);
    let text = &text[text.ceil_char_boundary(far)..];
    length(&text[text.rfind('<')?..])?;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices('<') {
        if let Some(length) = length(&text[at..]) {
            out.push_str(&text[done..at]);
            done = at + length;
        }
    }
    Some(out)
}

/// What stands before the tag of a board's markup that closes at the end of `text`: 重点[/b]
pub fn within_board_tag(text: &str) -> Option<&str> {
    const NAMES: [&str; 8] = ["b", "i", "u", "s", "color", "size", "font", "url"];
    let (front, name) = text.strip_suffix(']')?.rsplit_once("[/")?;
    NAMES
        .iter()
        .any(|told| told.eq_ignore_ascii_case(name))
        .then_some(front)
}

/// `after` without the inline tags that it begins with, behind spaces; `None` if there are none.
pub fn without_first(after: &str) -> Option<String> {
    let rest = after.trim_start_matches(' ');
    let text = rest.starts_with('<').then(|| behind(rest))?;
    (text.len() < rest.len()).then(|| after[..after.len() - rest.len()].to_owned() + text)
}

/// Whether `text` ends in the reference to a character that a semicolon closes: &amp, &#8212
pub fn ends_in_reference(text: &str) -> bool {
    /// No name or number is longer, bytes.
    const LONGEST: usize = 10;
    let name = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    let (front, name) = text.split_at(name.len());
    let number = name.strip_prefix('#');
    let is_number = |number: &str| {
        let digits = number.strip_prefix(['x', 'X']).unwrap_or(number);
        !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_hexdigit())
    };
    // R&D
    let is_name = || {
        name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().any(|c| c.is_ascii_lowercase())
    };
    front.ends_with('&') && name.len() <= LONGEST && number.map_or_else(is_name, is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_tags_are_passed_over() {
        for (text, expected) in [
            ("欢迎<b>%s</b>", Some("欢迎%s")),
            ("<i>甲</i><a href=\"x\"><b>乙</b></a>", Some("甲乙")),
            ("甲<br>", None),
            ("甲 > 乙", None),
            ("甲->", None),
            ("甲<b>", Some("甲")),
            ("甲<b 乙>", Some("甲")),
            ("甲<乙>", None),
        ] {
            assert_eq!(without(text).as_deref(), expected, "{text}");
        }
        assert_eq!(behind("<b><i class=\"x\">甲</i>"), "甲</i>");
        assert_eq!(behind("<br>甲"), "<br>甲");
        assert_eq!(without_first(" <b>甲").as_deref(), Some(" 甲"));
        assert_eq!(without_first(" <p>甲"), None);
        assert_eq!(without_first("甲<b>"), None);
    }

    #[test]
    fn references_are_told_from_words() {
        for text in ["甲 &amp", "&#8212", "甲&#x2014", "GitHub &frac12"] {
            assert!(ends_in_reference(text), "{text}");
        }
        for text in ["R&D", "&", "&#", "amp", "甲&", "A&1"] {
            assert!(!ends_in_reference(text), "{text}");
        }
    }
}
