//! Character references that were escaped again.

use super::Context;
use crate::edit::Edit;
use crate::look::Look;
use crate::rule::Rule;

pub const LOOK: Look = Look::anywhere(&[[&[(b'&', b'&')], &[(b'a', b'a')], &[(b'm', b'm')]]]);

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    text[at..].starts_with(b"&amp;")
}

/// References to Han characters whose `&` was escaped again: `&amp;#21271;`.
pub fn edits(context: &mut Context) -> Vec<Edit> {
    let line = context.line;
    memchr::memchr_iter(b'&', line.as_bytes())
        .filter(|at| line[*at..].starts_with("&amp;"))
        .filter_map(|at| {
            let mut rest = &line[at + 1..];
            while let Some(after) = rest.strip_prefix("amp;") {
                rest = after;
            }
            let rest = rest.strip_prefix('#')?;
            let end = rest.find(';').filter(|end| *end <= 7)?;
            let code = match rest[..end].strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => rest[..end].parse(),
            };
            let c = char::from_u32(code.ok()?)?;
            let han = matches!(c, '\u{3001}'..='\u{3011}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{20000}'..='\u{3FFFF}');
            let past = line.len() - rest.len() + end + 1;
            han.then(|| Edit::plain(Rule::Entity, at..past, c))
        })
        .collect()
}
