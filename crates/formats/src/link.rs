//! Links to other files, which follow a file that gets another name.

use std::ops::Range;

use crate::TextSink;

/// What a link's target becomes, if the file that it leads to gets another name: `頁面.md#頭` may become `页面.md#頭`.
/// Percent signs stay where there were some.
pub(crate) fn moved(target: &str, passages: &mut dyn TextSink) -> Option<String> {
    let end = target.find(['#', '?']).unwrap_or(target.len());
    let (path, rest) = target.split_at(end);
    let is_elsewhere = path.starts_with('/') || path.contains([':', '&', '\\']);
    if path.is_empty() || is_elsewhere {
        return None;
    }
    let new = passages.link(&decoded(path))?;
    let new = match path.contains('%') {
        true => new.split('/').map(encoded).collect::<Vec<_>>().join("/"),
        false => new,
    };
    Some(new + rest)
}

/// Where in `raw`, which is a link's source, its target stands; bytes.
pub(crate) fn place(raw: &str, target: &str) -> Option<Range<usize>> {
    let at = raw.rfind(target).filter(|_| !target.is_empty())?;
    let is_behind = raw[..at].ends_with(['(', '<', ' ', ':', '\t']);
    is_behind.then_some(at..at + target.len())
}

/// A name in an address, its percent signs undone.
pub(crate) fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = behind
            .get(..2)
            .and_then(|digits| str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.filter(|_| *byte == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// A name as it stands in an address.
pub(crate) fn encoded(name: &str) -> String {
    let each = name.bytes().map(|byte| match byte {
        b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    each.collect()
}
