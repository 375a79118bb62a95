//! Values that are no text though they are strings: what names something for a program.

/// The last words of keys whose values are never text.
const FIXED: [&str; 7] = [
    "cwd",
    "font",
    "href",
    "redirect",
    "redirects",
    "regex",
    "src",
];

/// The last words of keys whose values are no text, though they may be messages themselves.
const NAMES: [&str; 15] = [
    "alias",
    "aliases",
    "anchor",
    "dir",
    "directory",
    "folder",
    "id",
    "ids",
    "path",
    "paths",
    "permalink",
    "ref",
    "slug",
    "template",
    "theme",
];

/// The last words of keys whose values are no text where programs are configured, and labels where they speak to people:
/// `file: 檔案`. With addresses and tokens among them, since none of these is a word in Chinese.
const LABELS: [&str; 26] = [
    "class",
    "cover",
    "date",
    "email",
    "encoding",
    "file",
    "filename",
    "files",
    "guid",
    "icon",
    "image",
    "images",
    "img",
    "key",
    "layout",
    "link",
    "locale",
    "password",
    "thumbnail",
    "token",
    "type",
    "uri",
    "url",
    "urls",
    "username",
    "uuid",
];

/// The last words of keys whose values a shell may run, where programs are configured.
const COMMANDS: [&str; 8] = [
    "cmd",
    "command",
    "commands",
    "entrypoint",
    "exec",
    "run",
    "script",
    "scripts",
];

/// The last words of keys whose values are several, with commas between them.
const LISTS: [&str; 5] = ["categories", "keyword", "keywords", "labels", "tags"];

/// Whole keys of such values.
const TERMS: [&str; 24] = [
    "actors",
    "casts",
    "category",
    "directors",
    "genre",
    "genres",
    "movie_genres",
    "post_tags",
    "tag",
    "topics",
    "关键字",
    "关键词",
    "關鍵字",
    "關鍵詞",
    "分类",
    "分類",
    "标签",
    "標籤",
    "类别",
    "類別",
    "类型",
    "類型",
    "演员",
    "演員",
];

/// The last words of keys under which a mapping has values of the same kind, by names of their own: `paths: { docs: 文件 }`,
/// `slug: { zh: 圖書 }`. Under other keys it describes one thing, by keys that say what they are: `image: { alt: 標誌 }`.
const SAME_BELOW: [&str; 18] = [
    "alias",
    "aliases",
    "anchor",
    "commands",
    "dir",
    "directory",
    "files",
    "folder",
    "ids",
    "images",
    "link",
    "path",
    "paths",
    "permalink",
    "scripts",
    "slug",
    "url",
    "urls",
];

/// The last words of keys whose values are text whatever they stand below.
const TEXTS: [&str; 13] = [
    "alt",
    "caption",
    "desc",
    "description",
    "heading",
    "hint",
    "label",
    "placeholder",
    "subtitle",
    "summary",
    "text",
    "title",
    "tooltip",
];

/// What a key says of its value; the last of these prevails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Naming {
    /// Nothing: it is text.
    Text,
    /// It is text, or several values between commas.
    List,
    /// A shell may run it.
    Command,
    /// It names something for a program, or is the label of such a thing among messages.
    Label,
    /// It names something for a program.
    Name,
    /// The same among messages too, as addresses and patterns do.
    Fixed,
}

impl Naming {
    /// The same for a value that should be a language, if it should: `language: 正體中文` may be what a program looks for.
    pub fn of_language(self, is_language: bool) -> Naming {
        match is_language {
            true => self.max(Naming::Label),
            false => self,
        }
    }

    /// What this key says of its value, a string or a list of strings, in a mapping whose members are this.
    pub fn below(self, key: &str) -> Naming {
        let own = Naming::of(key);
        match is_text(key) {
            true => own,
            false => self.max(own),
        }
    }

    /// What the members are of a mapping under this key, which stands in one whose members are this.
    pub fn members(self, key: &str) -> Naming {
        match self.below(key) {
            Naming::Fixed => Naming::Fixed,
            _ if SAME_BELOW.contains(&&*last_word(key)) => Naming::of(key),
            _ => Naming::Text,
        }
    }

    /// What the members are of a mapping in a list whose strings would be this.
    pub fn in_list(self) -> Naming {
        match self {
            Naming::Fixed => Naming::Fixed,
            _ => Naming::Text,
        }
    }

    /// What this key says: `slug`, `cover_image`, `redirect_from`, `sourceUrl`.
    pub fn of(key: &str) -> Naming {
        let words = words(key);
        let last = match words.as_slice() {
            [.., before, last] if matches!(last.as_str(), "from" | "to") => {
                return match before.as_str() {
                    "redirect" => Naming::Fixed,
                    "alias" => Naming::Name,
                    _ => Naming::Text,
                };
            }
            [.., before, last] if last == "name" => {
                let is_thing = matches!(before.as_str(), "file" | "user" | "path");
                return if is_thing {
                    Naming::Label
                } else {
                    Naming::Text
                };
            }
            [.., last] => last.as_str(),
            [] => return Naming::Text,
        };
        // A sentence in English is the key of what it became in Chinese.
        let is_sentence = key.trim().contains(' ');
        let known = |names: &[&str]| names.contains(&last);
        match (known(&FIXED), known(&NAMES), known(&LABELS)) {
            _ if known(&COMMANDS) && !is_sentence => Naming::Command,
            _ if known(&LISTS) && !is_sentence || is_list(key) => Naming::List,
            (true, ..) if !is_sentence => Naming::Fixed,
            (_, true, _) if !is_sentence => Naming::Name,
            (false, false, false) => Naming::Text,
            _ => Naming::Label,
        }
    }
}

/// Whether the values of a field that is called so are several, with commas between them.
pub(crate) fn is_list(field: &str) -> bool {
    let field = field.trim();
    let is = |list: &&str| field.eq_ignore_ascii_case(list);
    LISTS.iter().chain(&TERMS).any(is)
}

/// Whether what is called so is text wherever it stands: `pageTitle`.
pub(crate) fn is_text(key: &str) -> bool {
    TEXTS.contains(&&*last_word(key))
}

/// The last word of a key, in small letters.
fn last_word(key: &str) -> String {
    words(key).pop().unwrap_or_default()
}

/// The words of a key, in small letters.
fn words(key: &str) -> Vec<String> {
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
    words
}

/// Whether this is the path or the name of a file and nothing else: `圖片/封面.png`, `./文件`, `C:\文件`.
pub(crate) fn is_path(text: &str) -> bool {
    let text = text.trim();
    let drive = text.as_bytes().get(1..3) == Some(b":\\");
    let begins = drive
        || ["/", "./", "../", "~/", "@/"]
            .iter()
            .any(|start| text.starts_with(start));
    (begins || has_file_ending(text))
        && !text.contains(|c: char| c.is_whitespace() || "，。：；、！？「」《》（）“”".contains(c))
}

/// Whether this ends as names of files do, in a point and some letters and digits.
fn has_file_ending(text: &str) -> bool {
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

/// Whether this begins as a shell's commands do: with a word in small letters, a path or a variable, behind which something stands.
pub(crate) fn is_command(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    // `|` and `>` begin a block in YAML.
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(['#', '|', '>']));
    let words = first.and_then(|line| line.split_once(' '));
    words.is_some_and(|(word, _)| {
        let is_name = || word.starts_with(|c: char| c.is_ascii_lowercase()) && word.is_ascii();
        word.starts_with(['.', '/', '~', '$']) || is_name()
    })
}

/// Whether this may be the path of a file, among other things: `圖片/後`.
pub(crate) fn may_be_path(text: &str) -> bool {
    let text = text.trim();
    memchr::memchr2(b'/', b'\\', text.as_bytes()).is_some()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "/\\.:_-~@+#".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_their_values_are() {
        for (key, expected) in [
            ("slug", Naming::Name),
            ("redirect_from", Naming::Fixed),
            ("label.font", Naming::Fixed),
            ("post.ids", Naming::Name),
            ("URL", Naming::Label),
            ("cover_image", Naming::Label),
            ("sourceUrl", Naming::Label),
            ("og:image", Naming::Label),
            ("file-name", Naming::Label),
            // As `PubRef` in it ends in the word `ref`.
            ("Quit PubRef", Naming::Label),
            ("run", Naming::Command),
            ("before_script", Naming::Command),
            ("Run command", Naming::Text),
            ("title", Naming::Text),
            ("name", Naming::Text),
            ("image_alt", Naming::Text),
            ("keywords", Naming::List),
            ("exempt-pr-labels", Naming::List),
            ("label", Naming::Text),
            ("標題", Naming::Text),
            ("from", Naming::Text),
            ("url_description", Naming::Text),
            ("", Naming::Text),
        ] {
            assert_eq!(Naming::of(key), expected, "{key}");
        }
    }

    #[test]
    fn members_are_what_the_key_above_says_or_their_own() {
        use Naming::{Command, Fixed, Label, Name, Text};
        for (above, key, expected) in [
            ("paths", "docs", Name),
            ("images", "home", Label),
            ("slug", "zh", Name),
            ("scripts", "build", Command),
            ("redirects", "舊", Fixed),
            // What a mapping says of the thing that it is.
            ("image", "alt", Text),
            ("images", "caption", Text),
            ("type", "label", Text),
            ("id", "description", Text),
            ("layout", "header", Text),
            ("redirects", "label", Text),
            ("paths", "pageTitle", Text),
            ("image", "src", Fixed),
        ] {
            let members = Text.members(above);
            assert_eq!(members.below(key), expected, "{above} {key}");
        }
        // What stands further below tells for itself, but for what is never text.
        assert_eq!(Name.members("/圖書"), Text);
        assert_eq!(Fixed.members("舊"), Fixed);
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
        for text in ["圖片/後", "文件\\報告", "圖片/後_2"] {
            assert!(!is_path(text) && may_be_path(text), "{text}");
        }
        for text in [
            "檔案",
            "檔案 / 資料夾",
            "檔案/資料夾：",
            "<b>檔案</b>",
            "{0}/{1}個檔案",
        ] {
            assert!(!is_path(text) && !may_be_path(text), "{text}");
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
