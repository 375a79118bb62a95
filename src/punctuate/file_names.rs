//! Names of files without a folder: 說明.md, 報表_2024後.xlsx. What they are told by is an extension that is known; where they
//! begin, only a delimiter tells: in 請開啟發票.pdf words of the sentence stand before the name.

use std::ops::Range;

use super::context::{is_name, tail};
use jianti_text::chars::is_han;

/// Extensions of files, in small letters, in order. No other names end so.
const EXTENSIONS: [&str; 99] = [
    "aac", "ai", "apk", "asp", "ass", "avi", "bak", "bat", "bib", "bmp", "bz2", "cad", "cfg",
    "conf", "cpp", "css", "csv", "dat", "db", "dll", "dmg", "doc", "docm", "docx", "dwg", "eml",
    "epub", "exe", "flac", "flv", "gif", "gz", "htm", "html", "ico", "ics", "ini", "ipynb", "iso",
    "java", "jpeg", "jpg", "js", "json", "jsonl", "jsx", "lnk", "log", "lrc", "m4a", "md", "mdx",
    "mkv", "mobi", "mov", "mp3", "mp4", "msi", "odp", "ods", "odt", "ogg", "pdf", "php", "png",
    "po", "ppt", "pptx", "psd", "py", "rar", "rb", "rst", "rtf", "sh", "sql", "srt", "svg", "tar",
    "tex", "tif", "tiff", "toml", "ts", "tsv", "txt", "vtt", "vue", "wav", "webp", "wmv", "xls",
    "xlsm", "xlsx", "xml", "xz", "yaml", "yml", "zip",
];

/// No extension is longer, bytes.
const LONGEST_EXTENSION: usize = 5;

/// No name in Han characters is longer, characters; none is in a sentence that nothing joins.
const LONGEST: usize = 24;
const LONGEST_PLAIN: usize = 8;

/// What sentences hold and names of files do not.
const WORDS: &str = "了您他她把將将請请嗎吗怎按點点這这就的是在為为成詳详無无法開开打改存參参閱阅";

/// What stands before an extension that is spoken of: 一個.md 檔, 存成.txt
const BEFORE_EXTENSIONS: &str = "個个份種种些的為为成或和與与以用是叫";

/// What stands for any name, in text on what names are like: 原始檔名.bz2
const STAND_INS: [&str; 6] = ["檔名", "档名", "文件名", "名稱", "名称", "某某"];

const OPENING: &str = "\"'`(（[【「『《〈“‘<";
const CLOSING: &str = "\"'`)）]】」』》〉”’>";

/// The name that this point parts from its extension, if it is delimited: all of a line, in quotes or brackets, or behind a space or
/// a mark that joins.
pub fn span(line: &str, point: usize) -> Option<Range<usize>> {
    let rest = &line[point + 1..];
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let extension = &rest[..rest.len() - behind.len()];
    if !is_extension(extension) {
        return None;
    }
    let before = tail(line, point);
    let front = before.trim_end_matches(|c| is_name(c) || c == '.');
    let name = &before[front.len()..];
    // 學習Vue.js: what is called by the last word is no file.
    let word = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let is_called =
        name[word.len()..].starts_with(|c: char| c.is_ascii_alphabetic()) && word.ends_with(is_han);
    let stands_in = STAND_INS.iter().any(|stand_in| name.ends_with(stand_in))
        || name.ends_with(|c| BEFORE_EXTENSIONS.contains(c));
    if !name.contains(is_han) || is_called || stands_in || name.chars().count() > LONGEST {
        return None;
    }
    let next = behind.chars().next();
    let is_end = || next.is_none_or(|c| !c.is_alphanumeric() && !"/\\_-@=+".contains(c));
    // A longer name in a sentence has something that joins words, or is words of the sentence.
    let is_joined = || name.contains(|c: char| matches!(c, '_' | '-') || c.is_ascii_digit());
    let has_words = || {
        name.contains(|c| WORDS.contains(c)) || name.chars().count() > LONGEST_PLAIN && !is_joined()
    };
    let is_delimited = match front.chars().next_back() {
        Some(c) if OPENING.contains(c) => next.is_some_and(|c| CLOSING.contains(c)) && !has_words(),
        Some(c) if c.is_whitespace() => !ends_clause(front) && is_end() && !has_words(),
        Some(c) if ":：、=|".contains(c) => is_end() && !has_words(),
        Some(_) => false,
        None => point == before.len() && behind.trim().is_empty() && !has_words(),
    };
    is_delimited.then_some(point - name.len()..point + 1 + extension.len())
}

/// Whether a mark stands before the spaces at the end of this, which will take them along when it becomes full-width.
fn ends_clause(front: &str) -> bool {
    front.trim_end().ends_with([',', ';', '.', '!', '?'])
}

fn is_extension(extension: &str) -> bool {
    let is_upper = || extension.bytes().all(|byte| !byte.is_ascii_lowercase());
    let is_lower = || extension.bytes().all(|byte| !byte.is_ascii_uppercase());
    if extension.len() > LONGEST_EXTENSION || !is_lower() && !is_upper() {
        return false;
    }
    // What is written in capitals as a word is none: 資料庫程式設計.SQL
    const WORDS: [&str; 6] = ["AI", "CAD", "DB", "SQL", "TS", "PHP"];
    if WORDS.contains(&extension) {
        return false;
    }
    let lower = extension.to_ascii_lowercase();
    EXTENSIONS.binary_search(&&*lower).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_in_order() {
        assert!(EXTENSIONS.is_sorted());
    }

    #[test]
    fn names_are_kept_where_they_are_delimited() {
        for (line, expected) in [
            ("說明.md", "說明.md"),
            ("報表_2024後.xlsx", "報表_2024後.xlsx"),
            ("報表_2024.xlsx\r", "報表_2024.xlsx"),
            ("照片.JPG", "照片.JPG"),
            ("encoding of 發票.pdf", "發票.pdf"),
            ("檔案:發票_後.pdf", "發票_後.pdf"),
            ("請開啟「發票.pdf」,然後列印", "發票.pdf"),
            ("《我把它寫好了.docx》", ""),
            ("- 將檔案另存為測試.txt", ""),
            ("錯誤：無法開啟檔案.txt", ""),
            ("本書介紹 資料庫程式設計.SQL 語法", ""),
            ("附件 (發票.pdf) 已寄出", "發票.pdf"),
            ("附件: 發票.pdf, 共一頁", "發票.pdf"),
            ("- 後台.tar.gz", "後台.tar"),
            // Where the name begins is not told, or it is none.
            ("請開啟發票.pdf", ""),
            ("請開啟發票.pdf,然後列印", ""),
            ("好,開啟發票.pdf", ""),
            ("好, 開啟發票.pdf", ""),
            ("「開啟發票.pdf,然後列印」", ""),
            ("學習Vue.js", ""),
            ("他走了.He said", ""),
            ("他寫了說明.md", ""),
            ("它 並沒有直接對應於一個.md 檔案", ""),
            ("它 並沒有直接對應於說明.md 檔案", ""),
            ("請 存成.txt 檔", ""),
            ("檔案 發票.pdfx", ""),
            ("見 後來.com", ""),
            ("見 1.5.md", ""),
            ("名為「原始檔名.bz2」的檔案", ""),
        ] {
            let spans = line.match_indices('.').find_map(|(at, _)| span(line, at));
            let found = spans.map_or("", |span| &line[span]);
            assert_eq!(found, expected, "{line}");
        }
    }
}
