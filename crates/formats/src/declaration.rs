//! What a document says of itself that the conversion changes: its language and its encoding.

use std::ops::Range;

use jianti_text::encoding::Encoding;

/// Whether a language tag (BCP 47) names a Chinese language, or none in particular.
pub(crate) fn may_be_chinese(tag: &str) -> bool {
    let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
    matches!(language, "" | "und" | "mul") || is_chinese(language)
}

/// Whether a primary language subtag is that of a Chinese language.
fn is_chinese(language: &str) -> bool {
    matches!(
        language.to_ascii_lowercase().as_str(),
        "zh" | "zho"
            | "chi"
            | "cmn"
            | "yue"
            | "wuu"
            | "nan"
            | "hak"
            | "gan"
            | "hsn"
            | "cdo"
            | "lzh"
    )
}

/// Whether a key is the tag of Chinese, and no word that looks like one: `zh`, `zh-TW`, `zh_Hant_HK`.
pub(crate) fn is_tag_of_chinese(key: &str) -> bool {
    let mut subtags = key.split(['-', '_']);
    let language = subtags.next().unwrap_or_default();
    let of_writing = |subtag: &str| {
        ["Hant", "Hans", "TW", "HK", "MO", "CN", "SG", "CHT", "CHS"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(subtag))
    };
    match subtags.next() {
        None => language.eq_ignore_ascii_case("zh"),
        Some(next) => is_chinese(language) && of_writing(next) && subtags.all(of_writing),
    }
}

/// The tag of simplified Chinese for one of traditional Chinese: `zh-CN` for `zh-TW`, `zh-Hans` for `zh-Hant`; in the same
/// case and with the same hyphen or underscore. `None` for any other tag.
pub(crate) fn simplified(tag: &str) -> Option<String> {
    let subtags: Vec<&str> = tag.split(['-', '_']).collect();
    if subtags.len() < 2 || !is_chinese(subtags[0]) {
        return None;
    }
    let like = |new: &str, old: &str| {
        if old.bytes().all(|byte| !byte.is_ascii_uppercase()) {
            new.to_ascii_lowercase()
        } else if old.bytes().all(|byte| !byte.is_ascii_lowercase()) {
            new.to_ascii_uppercase()
        } else {
            new.to_owned()
        }
    };
    let hyphen = if tag.contains('_') { "_" } else { "-" };
    let is = |subtag: &&str, wanted: &[&str]| {
        wanted
            .iter()
            .any(|wanted| subtag.eq_ignore_ascii_case(wanted))
    };
    let mut changed = false;
    let mut result = Vec::new();
    let has_script = subtags[1..]
        .iter()
        .any(|subtag| is(subtag, &["Hant", "Hans"]));
    for (at, subtag) in subtags.iter().enumerate() {
        if at > 0 && is(subtag, &["Hant"]) {
            changed = true;
            result.push(like("Hans", subtag));
        } else if at > 0 && is(subtag, &["TW", "HK", "MO"]) {
            changed = true;
            // The script says it all.
            if !has_script {
                result.push(like("CN", subtag));
            }
        } else if at > 0 && is(subtag, &["CHT"]) {
            changed = true;
            result.push(like("CHS", subtag));
        } else {
            result.push((*subtag).to_owned());
        }
    }
    changed.then(|| result.join(hyphen))
}

/// The label to declare instead of `declared`, if another is due for the output's encoding and that is known.
pub(crate) fn label(declared: &str, encoding: Option<Encoding>) -> Option<String> {
    let encoding = encoding?;
    let utf16 = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    let name = if utf16 { "utf-16" } else { encoding.name() };
    let is_due = match Encoding::for_label(declared.trim().as_bytes()) {
        Some(Encoding::Utf16Le | Encoding::Utf16Be) => !utf16,
        Some(found) => found != encoding,
        None => true,
    };
    let lower = declared.bytes().all(|byte| !byte.is_ascii_uppercase());
    is_due.then(|| {
        if lower {
            name.to_ascii_lowercase()
        } else {
            name.to_ascii_uppercase()
        }
    })
}

/// The range of the label in `text/html; charset=big5`.
pub(crate) fn charset_of_content(content: &str) -> Option<Range<usize>> {
    let at = content.to_ascii_lowercase().find("charset")? + "charset".len();
    let rest = content[at..].trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let start = content.len() - rest.len();
    let length = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ';' | '"' | '\''))
        .unwrap_or(rest.len());
    (length > 0).then(|| start..start + length)
}

/// The range of the label in an XML declaration, `<?xml version="1.0" encoding="big5"?>`.
fn encoding_of_declaration(declaration: &str) -> Option<Range<usize>> {
    let at = declaration.find("encoding")? + "encoding".len();
    let rest = declaration[at..]
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let start = declaration.len() - rest.len() + 1;
    let length = declaration[start..].find(quote)?;
    Some(start..start + length)
}

/// What changes in an XML declaration, without its end, of a document that becomes this encoding. `xml` says that it is XML,
/// which is UTF-8 undeclared, or UTF-16 with a BOM.
pub(crate) fn edit(
    declaration: &str,
    xml: bool,
    encoding: Option<Encoding>,
) -> Option<(Range<usize>, String)> {
    if let Some(range) = encoding_of_declaration(declaration) {
        let label = label(&declaration[range.clone()], encoding)?;
        return Some((range, label));
    }
    if !xml || declaration.is_empty() {
        return None;
    }
    let label = label("UTF-8", encoding)?;
    let version = declaration.find("standalone").unwrap_or(declaration.len());
    let (before, gap) = (declaration[..version].trim_end().len(), version);
    let space = if gap < declaration.len() { " " } else { "" };
    Some((before..gap, format!(" encoding=\"{label}\"{space}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_traditional_chinese_become_those_of_simplified() {
        for (tag, expected) in [
            ("zh-TW", Some("zh-CN")),
            ("zh-tw", Some("zh-cn")),
            ("zh_HK", Some("zh_CN")),
            ("zh-Hant", Some("zh-Hans")),
            ("zh-hant-hk", Some("zh-hans")),
            ("yue-Hant-HK", Some("yue-Hans")),
            ("zh-CHT", Some("zh-CHS")),
            ("zh", None),
            ("zh-CN", None),
            ("en-HK", None),
            ("-TW", None),
            ("tw", None),
        ] {
            assert_eq!(simplified(tag).as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn keys_that_are_tags_are_told_from_words() {
        for key in ["zh", "zh-TW", "zh_tw", "zh-Hant", "zh_Hant_HK", "yue-HK"] {
            assert!(is_tag_of_chinese(key), "{key}");
        }
        for key in [
            "",
            "nan",
            "gan",
            "zh_title",
            "en-HK",
            "tw",
            "中文",
            "zh-TW-file",
        ] {
            assert!(!is_tag_of_chinese(key), "{key}");
        }
    }

    #[test]
    fn encodings_are_declared_where_they_differ() {
        for (declared, encoding, expected) in [
            ("big5", Encoding::Utf8, Some("utf-8")),
            ("Big5", Encoding::Utf8, Some("UTF-8")),
            ("utf8", Encoding::Utf8, None),
            ("gb2312", Encoding::Gbk, None),
            ("utf-8", Encoding::Gbk, Some("gbk")),
            ("klingon", Encoding::Utf8, Some("utf-8")),
            ("UTF-16", Encoding::Utf16Be, None),
        ] {
            assert_eq!(
                label(declared, Some(encoding)).as_deref(),
                expected,
                "{declared}"
            );
        }
        let content = "text/html; Charset = 'big5'";
        assert_eq!(&content[charset_of_content(content).unwrap()], "big5");
        let declaration = "<?xml version='1.0' encoding = \"Big5\" ?>";
        assert_eq!(
            &declaration[encoding_of_declaration(declaration).unwrap()],
            "Big5"
        );
    }
}
