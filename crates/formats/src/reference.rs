//! Character references of markup.

use std::borrow::Cow;

use crate::object::OBJECT;
use crate::piece::{Form, Piece};
use jianti_text::chars::is_private_use;

/// The names that Chinese text uses (HTML Standard, 13.5); XML knows the first five, and its documents may define others.
const NAMES: [(&str, &str); 36] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("hellip", "…"),
    ("mldr", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("middot", "·"),
    ("centerdot", "·"),
    ("bull", "•"),
    ("ensp", "\u{2002}"),
    ("emsp", "\u{2003}"),
    ("thinsp", "\u{2009}"),
    ("shy", "\u{AD}"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsaquo", "‹"),
    ("rsaquo", "›"),
    ("times", "×"),
    ("divide", "÷"),
    ("plusmn", "±"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("sect", "§"),
    ("para", "¶"),
    ("yen", "¥"),
    ("excl", "!"),
];

/// Which references text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum References {
    /// None: it is as it stands.
    No,
    /// HTML's.
    Html,
    /// XML's, whose documents may define names of their own, in any script.
    Xml,
}

/// Cuts raw text into pieces.
pub(crate) fn pieces(raw: &str, references: References) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    each(raw, references, |piece| pieces.push(piece));
    pieces
}

/// Gives `take` each piece of raw text.
pub(crate) fn each<'t>(raw: &'t str, references: References, mut take: impl FnMut(Piece<'t>)) {
    let literal = |raw| Piece {
        raw,
        text: Cow::Borrowed(raw),
        form: Form::Literal,
    };
    let mut rest = raw;
    while references != References::No
        && let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes())
    {
        if at > 0 {
            take(literal(&rest[..at]));
        }
        let piece = special(&rest[at..], references);
        rest = &rest[at + piece.raw.len()..];
        take(piece);
    }
    if !rest.is_empty() {
        take(literal(rest));
    }
}

/// The longest reference, bytes; a text may be full of `&`.
const LONGEST: usize = 256;

/// The piece that a `&`, `<` or `>` begins.
fn special(raw: &str, references: References) -> Piece<'_> {
    let alone = Piece {
        raw: &raw[..1],
        text: Cow::Borrowed(&raw[..1]),
        form: Form::Named,
    };
    if !raw.starts_with('&') {
        return alone;
    }
    let front = &raw[1..raw.floor_char_boundary(LONGEST)];
    let Some(name) = front.split_once(';').map(|(name, _)| name) else {
        return alone;
    };
    let whole = &raw[..name.len() + 2];
    let piece = |text, form| Piece {
        raw: whole,
        text,
        form,
    };
    let belongs = |c: char| match references {
        References::Xml => c.is_alphanumeric() || "#._-:".contains(c),
        _ => c.is_ascii_alphanumeric() || c == '#',
    };
    if !name.chars().all(belongs) {
        return alone;
    }
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix, form) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, Form::Hexadecimal),
            None => (number, 10, Form::Decimal),
        };
        if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
            return alone;
        }
        let c = u32::from_str_radix(digits, radix)
            .ok()
            .and_then(char::from_u32);
        // HTML has other characters for these numbers than Unicode, and what is in private use is for a font to say: icons,
        // which stand in the text as something else would.
        let unknown =
            |c: &char| matches!(c, '\0' | '\r' | '\u{80}'..='\u{9F}') || is_private_use(*c);
        return match c.filter(|c| !unknown(c)) {
            Some(c) => piece(Cow::Owned(c.to_string()), form),
            None if c.is_some_and(is_private_use) => piece(Cow::Borrowed(OBJECT), Form::Named),
            None => piece(Cow::Borrowed(""), Form::Unknown),
        };
    }
    if name == "amp"
        && let Some(number) = raw[5..].strip_prefix('#')
        && let Some((number, _)) = number.split_once(';')
        && number.len() <= 7
        && number
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'x' | b'X'))
    {
        let raw = &raw[..5 + 1 + number.len() + 1];
        let text = Cow::Borrowed(raw);
        let form = Form::Twice;
        return Piece { raw, text, form };
    }
    match NAMES.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => piece(Cow::Borrowed(*text), Form::Named),
        None if name.is_empty() => alone,
        None => piece(Cow::Borrowed(""), Form::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<(String, Form)> {
        let pieces = pieces(raw, References::Xml);
        assert_eq!(
            pieces.iter().map(|piece| piece.raw).collect::<String>(),
            raw
        );
        pieces
            .into_iter()
            .map(|piece| (piece.text.into_owned(), piece.form))
            .collect()
    }

    #[test]
    fn references_are_told_from_text() {
        for (raw, text, form) in [
            ("頭", "頭", Form::Literal),
            ("&quot;", "\"", Form::Named),
            ("&#39662;", "髮", Form::Decimal),
            ("&#x9aee;", "髮", Form::Hexadecimal),
            ("&amp;#39662;", "&amp;#39662;", Form::Twice),
            ("&NotANameHere;", "", Form::Unknown),
            ("&書;", "", Form::Unknown),
            ("&#147;", "", Form::Unknown),
            ("&", "&", Form::Named),
        ] {
            assert_eq!(texts(raw), [(text.to_owned(), form)]);
        }
        let all: String = texts("AT&T 的 &lt;頭&#39662;> & &; 完;")
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(all, "AT&T 的 <頭髮> & &; 完;");
    }
}
