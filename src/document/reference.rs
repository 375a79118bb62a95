//! Character references of markup: text in its raw form, cut into pieces that can be written back as they were.

use std::borrow::Cow;

/// How a piece of raw text stands for its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As they are.
    Literal,
    /// By a name (`&quot;`), or as they are though markup knows them (`&` alone).
    Named,
    /// By a decimal number.
    Decimal,
    /// By a hexadecimal number.
    Hexadecimal,
    /// A reference whose `&` was escaped again (`&amp;#21271;`), which repair undoes: it is shown to repair as it stands.
    Twice,
    /// By a name that is not known here: no passage goes over it.
    Unknown,
}

/// A piece of raw text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    /// As it stands in the document.
    pub raw: &'t str,
    /// Its characters.
    pub text: Cow<'t, str>,
    /// How it stands for them.
    pub form: Form,
}

/// What must be escaped where text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    Element,
    /// In an attribute, within these quotes if any.
    Attribute(Option<u8>),
    /// Where nothing is escaped.
    Verbatim,
}

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

/// Cuts raw text into pieces; without `references` it is one.
pub(crate) fn pieces(raw: &str, references: bool) -> Vec<Piece<'_>> {
    let literal = |raw| Piece {
        raw,
        text: Cow::Borrowed(raw),
        form: Form::Literal,
    };
    let mut pieces = Vec::new();
    let mut rest = raw;
    while references && let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        if at > 0 {
            pieces.push(literal(&rest[..at]));
        }
        let piece = special(&rest[at..]);
        rest = &rest[at + piece.raw.len()..];
        pieces.push(piece);
    }
    if !rest.is_empty() {
        pieces.push(literal(rest));
    }
    pieces
}

/// The piece that a `&`, `<` or `>` begins.
fn special(raw: &str) -> Piece<'_> {
    let alone = Piece {
        raw: &raw[..1],
        text: Cow::Borrowed(&raw[..1]),
        form: Form::Named,
    };
    let Some(name) = raw[1..].split_once(';').map(|(name, _)| name) else {
        return alone;
    };
    let whole = &raw[..name.len() + 2];
    let piece = |text, form| Piece {
        raw: whole,
        text,
        form,
    };
    if !raw.starts_with('&')
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    {
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
        // HTML has other characters for these numbers than Unicode.
        return match c.filter(|c| !matches!(c, '\0' | '\r' | '\u{80}'..='\u{9F}')) {
            Some(c) => piece(Cow::Owned(c.to_string()), form),
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

impl Piece<'_> {
    /// Writes what became of the piece, in the piece's own form where that can be.
    pub fn write(&self, share: &str, place: Place, out: &mut String) {
        if share == self.text {
            out.push_str(self.raw);
            return;
        }
        match self.form {
            Form::Literal => escape(share, place, out),
            Form::Decimal => share
                .chars()
                .for_each(|c| out.push_str(&format!("&#{};", u32::from(c)))),
            Form::Hexadecimal => {
                share
                    .chars()
                    .for_each(|c| out.push_str(&format!("&#x{:X};", u32::from(c))));
            }
            // Still escaped, as far as it is still a reference.
            Form::Twice => escape(&share.replace("&amp;", "&"), place, out),
            Form::Named | Form::Unknown => {
                // Neighbours may have left something here.
                let (before, behind) = match share.split_once(&*self.text) {
                    Some((before, behind)) if !self.text.is_empty() => (before, Some(behind)),
                    _ => (share, None),
                };
                escape(before, place, out);
                if let Some(behind) = behind {
                    out.push_str(self.raw);
                    escape(behind, place, out);
                }
            }
        }
    }
}

/// Writes characters so that they are text in this place.
fn escape(text: &str, place: Place, out: &mut String) {
    for c in text.chars() {
        match (c, place) {
            (_, Place::Verbatim) => out.push(c),
            ('&', _) => out.push_str("&amp;"),
            ('<', _) => out.push_str("&lt;"),
            ('>', _) => out.push_str("&gt;"),
            ('"', Place::Attribute(Some(b'"'))) => out.push_str("&quot;"),
            ('\'', Place::Attribute(Some(b'\''))) => out.push_str("&#39;"),
            (' ' | '\t' | '\n' | '\r' | '"' | '\'' | '=' | '`', Place::Attribute(None)) => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<(String, Form)> {
        let pieces = pieces(raw, true);
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

    #[test]
    fn shares_are_written_in_the_form_of_their_pieces() {
        for (raw, share, place, expected) in [
            ("頭", "头", Place::Element, "头"),
            ("頭", "<&\"", Place::Element, "&lt;&amp;\""),
            (
                "頭",
                "a \"b\"",
                Place::Attribute(Some(b'"')),
                "a &quot;b&quot;",
            ),
            ("頭", "a b", Place::Attribute(None), "a&#32;b"),
            ("頭", "<&", Place::Verbatim, "<&"),
            ("&#39662;", "发", Place::Element, "&#21457;"),
            ("&#x9aee;", "发", Place::Element, "&#x53D1;"),
            ("&quot;", "“", Place::Element, "“"),
            ("&nbsp;", "甲\u{A0}乙", Place::Element, "甲&nbsp;乙"),
            ("&amp;#39662;", "髮", Place::Element, "髮"),
            (
                "&amp;#39662;",
                "甲&amp;#39662;",
                Place::Element,
                "甲&amp;#39662;",
            ),
        ] {
            let mut out = String::new();
            pieces(raw, true)[0].write(share, place, &mut out);
            assert_eq!(out, expected);
        }
    }
}
