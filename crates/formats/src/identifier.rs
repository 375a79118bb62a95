//! Values that are no text though they are strings: what names something for a program.

/// The last words of keys whose values are no text.
const NAMES: [&str; 48] = [
    "alias",
    "aliases",
    "anchor",
    "class",
    "cover",
    "cwd",
    "date",
    "dir",
    "directory",
    "email",
    "encoding",
    "file",
    "filename",
    "files",
    "folder",
    "font",
    "guid",
    "href",
    "icon",
    "id",
    "ids",
    "image",
    "images",
    "img",
    "key",
    "layout",
    "link",
    "locale",
    "password",
    "path",
    "paths",
    "permalink",
    "redirect",
    "redirects",
    "ref",
    "regex",
    "slug",
    "src",
    "template",
    "theme",
    "thumbnail",
    "token",
    "type",
    "uri",
    "url",
    "urls",
    "username",
    "uuid",
];

/// Whether the value of this key names something for a program: `slug`, `cover_image`, `redirect_from`, `sourceUrl`.
pub(crate) fn is_identifier(key: &str) -> bool {
    let mut words: Vec<String> = vec![String::new()];
    let mut lower = false;
    for c in key.chars() {
        let begins = matches!(c, '_' | '-' | '.' | ' ' | ':');
        if begins || lower && c.is_ascii_uppercase() {
            words.push(String::new());
        }
        if !begins {
            words.last_mut().expect("some").push(c.to_ascii_lowercase());
        }
        lower = c.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    let is_named = |word: &String| NAMES.contains(&word.as_str());
    match words.as_slice() {
        [.., before, last] if matches!(last.as_str(), "from" | "to") => {
            matches!(before.as_str(), "redirect" | "alias")
        }
        [.., before, last] if last == "name" => matches!(before.as_str(), "file" | "user" | "path"),
        [.., last] => is_named(last),
        [] => false,
    }
}

/// Whether this is the path or the name of a file and nothing else: `圖片/封面.png`, `./文件`, `C:\文件`.
pub(crate) fn is_path(text: &str) -> bool {
    let text = text.trim();
    if text.contains(|c: char| c.is_whitespace() || "，。：；、！？「」《》（）“”".contains(c))
    {
        return false;
    }
    let drive = text.as_bytes().get(1..3) == Some(b":\\");
    if drive
        || ["/", "./", "../", "~/", "@/"]
            .iter()
            .any(|start| text.starts_with(start))
    {
        return true;
    }
    let Some((name, ending)) = text.rsplit_once('.') else {
        return false;
    };
    let known = ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.len() <= 5
        && ending
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    !name.is_empty() && !name.ends_with('.') && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_told_by_their_keys() {
        for key in [
            "slug",
            "URL",
            "cover_image",
            "redirect_from",
            "sourceUrl",
            "og:image",
            "file-name",
        ] {
            assert!(is_identifier(key), "{key}");
        }
        for key in [
            "title",
            "name",
            "image_alt",
            "keywords",
            "標題",
            "from",
            "url_description",
            "",
        ] {
            assert!(!is_identifier(key), "{key}");
        }
    }

    #[test]
    fn paths_are_told_from_text() {
        for text in [
            "圖片/封面.png",
            "說明.md",
            "./文件",
            "C:\\文件\\報告",
            "/圖書",
        ] {
            assert!(is_path(text), "{text}");
        }
        for text in [
            "圖書館",
            "他說.後來",
            "第1.5章",
            "開放時間：9.am",
            "完.",
            "A/B測試",
        ] {
            assert!(!is_path(text), "{text}");
        }
    }
}
