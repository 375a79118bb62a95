//! Values that only people are told: sentences, what waits for a number or a name, and what menus say. What a key calls the
//! name of something is none then, as `bad_path = 路徑無效，請確認設定。` shows.

use jianti_text::chars::is_han;

/// Marks that stand in sentences beside Han characters. That which parts names of a list is not among them, nor that of titles.
const MARKS: &str = "，。？！：；「」『』“”";

/// Whether this value is said to people, whatever its key is.
pub(crate) fn is_spoken(value: &str) -> bool {
    let value = value.trim().trim_matches('"');
    value.contains(is_han) && (has_mark(value) || ends_as_said(value) || has_placeholder(value))
}

/// Whether this is a whole sentence, and no pattern that is looked for.
pub(crate) fn is_sentence(value: &str) -> bool {
    let value = value.trim().trim_matches('"');
    let is_pattern = value.contains(['^', '$', '*', '+', '|', '[']);
    !is_pattern && value.contains(is_han) && value.ends_with(['。', '！', '？'])
}

/// Whether a mark of sentences stands beside a Han character.
fn has_mark(value: &str) -> bool {
    value.char_indices().any(|(at, c)| {
        MARKS.contains(c)
            && (value[..at].ends_with(is_han) || value[at + c.len_utf8()..].starts_with(is_han))
    })
}

/// Whether this ends as questions do, as what opens a window, or in the key that chooses it.
fn ends_as_said(value: &str) -> bool {
    let is_key = |rest: &str| {
        let mut key = rest.chars();
        matches!(key.next(), Some('&' | '_'))
            && key.next().is_some_and(|c| c.is_ascii_alphanumeric())
            && key.as_str().starts_with(')')
    };
    let ends = ["…", "...", "?", "!"]
        .iter()
        .find_map(|end| value.strip_suffix(end));
    let has_key = value
        .rsplit_once('(')
        .is_some_and(|(text, rest)| is_key(rest) && text.trim_end().ends_with(is_han));
    has_key || ends.is_some_and(|text| text.trim_end_matches(['.', '…']).ends_with(is_han))
}

/// Whether a program puts a number or a name between words: `開啟 %1`, `{0} 個檔案`. In patterns of names other signs join
/// them, or nothing does: `報告_%d`, `錄影%Y`.
fn has_placeholder(value: &str) -> bool {
    let mut found = false;
    for (at, _) in value.match_indices(['%', '{']) {
        let Some(length) = placeholder(&value[at..]) else {
            continue;
        };
        let is_set_apart = |c: Option<char>| c.is_none_or(|c| c == ' ' || MARKS.contains(c));
        let (before, behind) = (&value[..at], &value[at + length..]);
        if !is_set_apart(before.chars().next_back()) || !is_set_apart(behind.chars().next()) {
            return false;
        }
        let is_word = |text: &str| text.trim_matches(' ').len() < text.len();
        found |= is_word(before) && before.trim_end().ends_with(is_han)
            || is_word(behind) && behind.trim_start().starts_with(is_han);
    }
    found
}

/// The length of the placeholder that this begins with, bytes: `%1`, `%S`, `%2$S`, `%@`, `{0}`, `{name}`.
fn placeholder(text: &str) -> Option<usize> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some(rest) = text.strip_prefix('{') {
        let name = rest.trim_start_matches(is_name);
        return (name.starts_with('}') && name.len() < rest.len())
            .then(|| text.len() - name.len() + 1);
    }
    let rest = text.strip_prefix('%')?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &rest[digits..];
    let letter = match behind.strip_prefix('$') {
        Some(form) if digits > 0 => 1 + form.find(['s', 'S', 'd', '@']).filter(|at| *at == 0)? + 1,
        _ if digits > 0 => 0,
        _ => {
            behind
                .find(['s', 'S', 'd', '@', 'n'])
                .filter(|at| *at == 0)?
                + 1
        }
    };
    Some(1 + digits + letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_are_told_is_told_from_names() {
        for text in [
            "路徑無效，請確認您的設定是正確的。",
            "\"將目錄新增至「%1」\"",
            "現在起將封鎖網址包含「%S」的請求",
            "上傳檔案時發生錯誤：\\n\\n%1",
            "無法開啟 %1",
            "無法以 %2$S 開啟",
            "{0} 個檔案",
            "選擇資料夾...",
            "選擇資料夾……",
            "確定刪除資料夾?",
            "開啟檔案(&O)...",
            "開啟資料夾 (_F)",
        ] {
            assert!(is_spoken(text), "{text}");
        }
        for text in [
            "檔案",
            "圖庫、文件",
            "《頭髮》",
            "報告_%d",
            "報告 %d-%d",
            "錄影%Y",
            "錄影 %CCYY-%MM",
            "備份{0}",
            "圖片/{0}",
            "{name}",
            "%1",
            "OK?",
            "第1.5章",
            "檔案 (舊)",
        ] {
            assert!(!is_spoken(text), "{text}");
        }
    }

    #[test]
    fn patterns_are_no_sentences() {
        for (text, expected) in [
            ("請填寫網址。", true),
            ("第.+章。", false),
            ("^你好。", false),
            ("你好，", false),
            ("OK。", false),
        ] {
            assert_eq!(is_sentence(text), expected, "{text}");
        }
    }
}
