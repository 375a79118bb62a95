//! The encoding that a document declares: an HTML `meta` element or an XML declaration.

use super::encoding::Encoding;

/// How far a declaration is looked for, bytes. HTML asks for it in the first 1024; pages are not that strict.
const REACH: usize = 4096;

/// The encoding that `head` declares, if it names one that exists.
pub fn declared(head: &[u8]) -> Option<Encoding> {
    let head = head[..head.len().min(REACH)].to_ascii_lowercase();
    let label = if head.starts_with(b"<?xml") {
        let end = find(&head, b"?>")?;
        value(&head[..end], b"encoding")
    } else {
        None
    };
    Encoding::for_label(label.or_else(|| meta(&head))?)
}

/// The `charset` of the first `meta` element that has one.
fn meta(mut head: &[u8]) -> Option<&[u8]> {
    while let Some(start) = find(head, b"<meta") {
        head = &head[start..];
        let end = find(head, b">").unwrap_or(head.len());
        if let Some(label) = value(&head[..end], b"charset") {
            return Some(label);
        }
        head = &head[end..];
    }
    None
}

/// What follows `name` and an equals sign, without quotes.
fn value<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = text[find(text, name)? + name.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or(rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte));
    Some(&rest[..end.unwrap_or(rest.len())])
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_of_every_shape_are_read() {
        for head in [
            "<meta charset=big5>",
            "<html><META name='a'><Meta http-equiv=Content-Type content='text/html; charset=BIG5'>",
            "<?xml version='1.0' encoding='Big5'?>",
            "<meta charset = \"big5-hkscs\" />",
        ] {
            assert_eq!(declared(head.as_bytes()), Some(Encoding::Big5), "{head}");
        }
    }

    #[test]
    fn other_text_declares_nothing() {
        for head in [
            "",
            "charset=big5",
            "<meta name=charset>",
            "<meta charset=klingon>",
            "<?xml version='1.0'?>",
        ] {
            assert_eq!(declared(head.as_bytes()), None, "{head}");
        }
    }
}
