//! What a program fills in within a text: {name}, %s.

use super::context::first;
use jianti_text::lines::front;

/// What may stand before the braces around what is filled in.
const SIGILS: [char; 3] = ['%', '$', '#'];

/// Whether `text` begins with what a program fills in: {name}, {0}, {{ name }}, %s, %(name)s, %{name}, %@, ${name}.
pub fn filled_in(text: &str) -> bool {
    /// No name is longer, bytes.
    const LONGEST: usize = 32;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let closed = |rest: &str, closing: char| {
        let name = rest.len() - rest.trim_start_matches(is_name).len();
        name <= LONGEST && rest[name..].starts_with(closing)
    };
    let braces = text.strip_prefix(SIGILS).unwrap_or(text);
    if let Some(rest) = braces.strip_prefix("{{") {
        return front(rest, LONGEST).contains("}}");
    }
    match (braces.strip_prefix('{'), text.strip_prefix('%')) {
        (Some(rest), _) => closed(rest, '}'),
        (_, Some(rest)) => match rest.strip_prefix('(') {
            Some(rest) => closed(rest, ')'),
            None => first(rest).is_some_and(|c| c.is_ascii_alphanumeric() || c == '@'),
        },
        _ => false,
    }
}

/// What a program fills in at the end of `text`, if brackets bound it; with what it is joined to: {0}x{1}.
pub fn filled_in_before(text: &str) -> Option<&str> {
    /// Nothing filled in is longer, bytes: a name, and what stands around it.
    const LONGEST: usize = 64;
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let start = match text.strip_suffix('}') {
        Some(content) if content.ends_with('}') => text.rfind("{{")?,
        Some(content) => content.rfind('{')?,
        None => text.strip_suffix([')', 's', 'd'])?.rfind("%(")?,
    };
    let sigil = usize::from(text[..start].ends_with(SIGILS));
    if !filled_in(&text[start..]) {
        return None;
    }
    let start = start - sigil;
    let front = text[..start].strip_suffix(['x', '×', '*', '/', '-', '~']);
    let joined = front.and_then(|front| Some(front.len() - filled_in_before(front)?.len()));
    Some(&text[joined.unwrap_or(start)..])
}
