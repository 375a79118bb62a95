//! Lists of addresses (RFC 5322, 3.4): where the names stand in them.

use std::ops::Range;

/// The names in a list of addresses, each as the places where its text stands, and the comments. A name is what stands
/// before an address in angle brackets. There are none in a list that is not well-formed.
pub(super) fn names(document: &[u8], value: Range<usize>) -> Vec<Vec<Range<usize>>> {
    let mut names = Names::default();
    let mut at = value.start;
    while at < value.end {
        let Some(length) = names.take(document, at..value.end) else {
            return Vec::new();
        };
        at += length;
    }
    match names.end(document) {
        Some(()) => names.found,
        None => Vec::new(),
    }
}

/// A list of addresses so far.
#[derive(Default)]
struct Names {
    found: Vec<Vec<Range<usize>>>,
    /// What came of the mailbox, but for its address in brackets.
    name: Vec<Range<usize>>,
    /// Whether the mailbox has an address in brackets already.
    has_address: bool,
    /// Whether it has an address outside of brackets.
    is_bare: bool,
}

impl Names {
    /// Takes what stands at the beginning of `rest`; returns its length. `None` if it may not stand there.
    fn take(&mut self, document: &[u8], rest: Range<usize>) -> Option<usize> {
        let at = rest.start;
        let rest = &document[rest];
        match rest[0] {
            b'<' if !self.has_address && !self.is_bare => {
                let end = memchr::memchr(b'>', rest).filter(|end| is_address(&rest[1..*end]))?;
                self.found.push(std::mem::take(&mut self.name));
                self.has_address = true;
                Some(end + 1)
            }
            b'"' => {
                let end = quoted(rest, b'"')?;
                self.name.push(at + 1..at + end);
                Some(end + 1)
            }
            b'(' => {
                let end = quoted(rest, b')')?;
                self.found.push(std::iter::once(at + 1..at + end).collect());
                Some(end + 1)
            }
            b',' => self.end(document).map(|()| 1),
            b'<' | b'>' | b')' | b':' | b';' => None,
            _ => {
                let is_end = |byte: &u8| b"<>()\",;:".contains(byte);
                let length = rest.iter().position(is_end).unwrap_or(rest.len());
                if memchr::memchr3(b'[', b']', b'\\', &rest[..length]).is_some() {
                    return None;
                }
                self.is_bare |= rest[..length].contains(&b'@');
                self.name.push(at..at + length);
                Some(length)
            }
        }
    }

    /// Ends a mailbox; `None` if it is none.
    fn end(&mut self, document: &[u8]) -> Option<()> {
        let text: Vec<u8> = self
            .name
            .drain(..)
            .flat_map(|place| document[place].to_vec())
            .collect();
        let text = text.trim_ascii();
        let had_address = std::mem::take(&mut self.has_address);
        self.is_bare = false;
        (text.is_empty() || !had_address && is_address(text)).then_some(())
    }
}

fn is_address(text: &[u8]) -> bool {
    let is_part = |byte: &u8| !byte.is_ascii_whitespace() && !b"<>()\",:;[]\\".contains(byte);
    text.iter().all(is_part) && text.iter().filter(|byte| **byte == b'@').count() == 1
}

/// Where the quoted string or the comment ends that begins here, bytes; `None` if it does not.
fn quoted(text: &[u8], end: u8) -> Option<usize> {
    let mut at = 1;
    let mut depth = 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 1,
            byte if byte == end => depth -= 1,
            b'(' if end == b')' => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        at += 1;
    }
    None
}
