//! Links to other files, which follow a file that gets another name.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::TextSink;

/// What stands in an address with percent signs only: all but letters, digits and RFC 3986's unreserved marks.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What the links of a document are relative to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// A folder, relative to the document: nothing, or a path with a slash at its end.
    Folder(String),
    /// No place that is known.
    Elsewhere,
}

impl Base {
    /// What a `base` element's address makes of the links behind it.
    pub fn of(address: &str) -> Base {
        match relative(address) {
            Some((path, _)) => {
                Base::Folder(path[..path.rfind('/').map_or(0, |at| at + 1)].to_owned())
            }
            None => Base::Elsewhere,
        }
    }
}

impl Default for Base {
    fn default() -> Base {
        Base::Folder(String::new())
    }
}

/// The path of a link that leads to a file beside the document, and what stands behind the path.
fn relative(target: &str) -> Option<(&str, &str)> {
    let (path, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
    let is_elsewhere = path.starts_with('/') || path.contains([':', '&', '\\']);
    (!is_elsewhere).then_some((path, rest))
}

/// What a link's target becomes, if the file that it leads to gets another name: `頁面.md#頭` may become `页面.md#頭`.
/// Percent signs stay where there were some.
pub(crate) fn moved(target: &str, base: &Base, passages: &mut dyn TextSink) -> Option<String> {
    let (path, rest) = relative(target).filter(|(path, _)| !path.is_empty())?;
    let Base::Folder(folder) = base else {
        return None;
    };
    let folder = decoded(folder);
    let led = passages.link(&(folder.clone() + &decoded(path)))?;
    // The base's own link follows by itself.
    let own: Vec<_> = led.split('/').skip(folder.matches('/').count()).collect();
    let new = match path.contains('%') {
        true => own.into_iter().map(encoded).collect::<Vec<_>>().join("/"),
        false => own.join("/"),
    };
    (new != path).then(|| new + rest)
}

/// The same for each image that a `srcset` lists.
pub(crate) fn images_moved(list: &str, base: &Base, passages: &mut dyn TextSink) -> Option<String> {
    let mut text = list.to_owned();
    for range in images(list).into_iter().rev() {
        if let Some(new) = moved(&list[range.clone()], base, passages) {
            text.replace_range(range, &new);
        }
    }
    (text != list).then_some(text)
}

/// Where in a `srcset` the addresses stand, as the HTML standard reads it: up to a space, with a description up to a comma
/// outside of brackets.
fn images(list: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let is_space = |c: char| c.is_ascii_whitespace();
    loop {
        let rest = list[at..].trim_start_matches(|c| is_space(c) || c == ',');
        if rest.is_empty() {
            return found;
        }
        let start = list.len() - rest.len();
        let end = start + rest.find(is_space).unwrap_or(rest.len());
        let address = list[start..end].trim_end_matches(',');
        found.push(start..start + address.len());
        at = end;
        if start + address.len() == end {
            let mut depth = 0_usize;
            let is_end = |c: char| {
                depth = match c {
                    '(' => depth + 1,
                    ')' => depth.saturating_sub(1),
                    _ => depth,
                };
                c == ',' && depth == 0
            };
            at += list[end..].find(is_end).unwrap_or(list.len() - end);
        }
    }
}

/// Where in `raw`, which is a link's source, its target stands; bytes.
pub(crate) fn place(raw: &str, target: &str) -> Option<Range<usize>> {
    let at = raw.rfind(target).filter(|_| !target.is_empty())?;
    let is_behind = raw[..at].ends_with(['(', '<', ' ', ':', '\t']);
    is_behind.then_some(at..at + target.len())
}

/// A name in an address, its percent signs undone.
pub(crate) fn decoded(name: &str) -> String {
    let decoded = percent_decode_str(name).decode_utf8();
    decoded.map_or_else(|_| name.to_owned(), Cow::into_owned)
}

/// A name as it stands in an address.
pub(crate) fn encoded(name: &str) -> String {
    utf8_percent_encode(name, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_found_as_browsers_find_them() {
        let found = |text: &str| -> Vec<String> {
            let ranges = images(text).into_iter();
            ranges.map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(found("圖.png"), ["圖.png"]);
        assert_eq!(
            found(" a.png 1x, 圖.png 2x,c.png"),
            ["a.png", "圖.png", "c.png"]
        );
        assert_eq!(found("a,b.png 1x,, c.png,"), ["a,b.png", "c.png"]);
        assert_eq!(found("a.png (1, 2) x, b.png 2x"), ["a.png", "b.png"]);
        assert_eq!(found("data:,a 1x, b.png\n3x"), ["data:,a", "b.png"]);
        assert!(found(" , ").is_empty());
    }

    #[test]
    fn names_keep_what_is_no_code() {
        for (name, expected) in [
            ("%E5%9C%96", "圖"),
            ("100%", "100%"),
            ("%+1%zz", "%+1%zz"),
            ("%FF", "%FF"),
        ] {
            assert_eq!(decoded(name), expected);
        }
        assert_eq!(encoded("圖 a-_.~"), "%E5%9C%96%20a-_.~");
    }
}
