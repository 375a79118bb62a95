//! English words at a Chinese sentence's beginning, and several of them within one: Tips:记得备份! and 熟悉Java, Go, Rust者优先

use super::context::{ends_chinese, ends_sentence, first, is_chinese, is_ideograph};
use jianti_text::lines::front;

/// No word or name is longer, bytes.
const LONGEST: usize = 32;

/// How far names are looked for to each side, bytes.
const REACH: usize = 200;

/// Whether the comma between these, of which the first is set as far as marks in front of it are, stands among three names or more
/// that a Chinese sentence goes on behind as it did in front of them.
pub fn is_among_names(before: &str, after: &str) -> bool {
    /// So many commas part three names.
    const LEAST: usize = 2;
    let near = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let mut rest = &before[near..];
    let mut commas = 1;
    loop {
        let name = &rest[rest.trim_end_matches(is_part).len()..];
        let front = &rest[..rest.len() - name.len()];
        if !is_name(name) {
            return false;
        }
        match front
            .strip_suffix('，')
            .or_else(|| front.strip_suffix(", "))
        {
            Some(front) => rest = front,
            None if ends_chinese(front) => break,
            None => return false,
        }
        commas += 1;
    }
    let mut rest = front_of(after);
    loop {
        let name = rest.trim_start_matches(' ');
        let behind = name.trim_start_matches(is_part);
        if !is_name(&name[..name.len() - behind.len()]) {
            return false;
        }
        match behind.strip_prefix(',') {
            Some(behind) => rest = behind,
            None => return commas >= LEAST && first(behind).is_some_and(is_ideograph),
        }
        commas += 1;
    }
}

fn front_of(after: &str) -> &str {
    front(after, REACH)
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '+' | '#' | '-')
}

/// Whether this is a name: it begins with a capital letter, and so does each of its words. No initial, no part of a company's name,
/// no country behind a town, and nothing that a database is asked.
fn is_name(name: &str) -> bool {
    const PARTS: [&str; 8] = ["Inc", "Ltd", "Co", "Jr", "USA", "UK", "CA", "NY"];
    if name.ends_with('.')
        || PARTS.contains(&name)
        || name.starts_with("SELECT ")
        || name.contains(". ")
    {
        return false;
    }
    let begins =
        |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.split(' ').all(begins)
}

/// Whether the colon behind `before` ends what heads a Chinese sentence: Tips:记得备份!, Step 1:打开软件. Other words may be fields of a
/// program or who speaks, of which a text has several.
pub fn is_heading(before: &str, after: &str) -> bool {
    const HEADINGS: [&str; 9] = [
        "Tips", "Tip", "TIPS", "Note", "Notes", "NOTE", "Hint", "Hints", "FAQ",
    ];
    /// The same before numbers, whatever follows.
    const NUMBERED: [&str; 8] = [
        "Step", "STEP", "Day", "DAY", "Part", "Chapter", "Lesson", "Week",
    ];
    let word = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = word.len() < before.len() && NUMBERED.contains(&word.trim_end_matches(' '));
    first(after.trim_start_matches(' ')).is_some_and(is_ideograph)
        && (is_numbered || HEADINGS.contains(&before) && ends_sentence(after))
}

/// Whether a bracket with a Chinese word explains a word of an English sentence, which `before` ends in the midst of: nothing else
/// on the line is Chinese.
pub fn is_gloss_in_english(before: &str, content: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    let rest = after.split('\n').next().unwrap_or(after);
    let is_word = |word: &&str| word.bytes().filter(u8::is_ascii_lowercase).count() > 1;
    let is_small = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase());
    let words = || line.split(' ').filter(is_word);
    let is_part = |c: char| is_ideograph(c) || c.is_ascii_alphanumeric() || c == ' ';
    // Titles have such glosses at their ends, too: Building a heap (影片)
    let goes_on = || {
        let next = rest.strip_prefix(' ').unwrap_or(rest);
        rest.starts_with(['.', ','])
            || next.len() < rest.len() && next.starts_with(char::is_alphabetic)
    };
    // From: Wang Xiaoming (王小明) <wang@example.com>
    let is_sender = || {
        rest.strip_prefix(" <")
            .is_some_and(|rest| rest.contains('@'))
    };
    let is_sentence = || words().nth(1).is_some() && words().skip(1).any(is_small) && goes_on();
    // Most lines are Chinese, as their beginning shows.
    content.chars().all(is_part)
        && !line.contains(is_chinese)
        && !rest.contains(is_chinese)
        && (is_sentence() || is_sender())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_a_series() {
        for (before, after) in [
            ("熟悉Java", " Go, Rust者优先."),
            ("熟悉Java，Go", " Rust者优先."),
            ("使用Visual Studio", " Android Studio, Xcode 15开发"),
        ] {
            assert!(is_among_names(before, after), "{before}");
        }
        for (before, after) in [
            ("他说Hello", " World很好"),
            ("支持PNG", " JPG, GIF"),
            ("PNG", " JPG, GIF和其他"),
            ("他说Hello", " my friend, Tom很好"),
            ("作者Smith", " J., Brown, K.等人"),
            ("位于San Jose", " CA, USA的公司"),
            ("使用SELECT A", " B, C从表格"),
            ("调用f(x", " Y, Z)的值"),
        ] {
            assert!(!is_among_names(before, after), "{before}");
        }
    }

    #[test]
    fn headings_stand_before_sentences() {
        for (before, after) in [
            ("Tips", "记得备份!"),
            ("Note", " 请先备份,再升级."),
            ("Step 1", "打开软件。"),
            ("FAQ", "怎么办?"),
        ] {
            assert!(is_heading(before, after), "{before}");
        }
        for (before, after) in [
            ("Author", "王小明"),
            ("Human", "后台是什么?"),
            ("Title", "我回来了!"),
            ("title", "今天天气很好。"),
            ("http", "//a.cn/后."),
            ("C", "盘满了."),
            ("Red Hat", "很好."),
        ] {
            assert!(!is_heading(before, after), "{before}");
        }
    }
}
