//! Commas and the like, dots and dashes.

use super::brackets;
use super::context::{first, is_chinese, is_han, last, last_token, may_precede_mark};

/// The full-width form of an ASCII mark.
pub fn wide(mark: char) -> char {
    char::from_u32(mark as u32 + 0xFEE0).expect("marks have full-width forms")
}

/// Whether the ASCII mark between `before` (as it is set already) and `after` is Chinese.
pub fn is_chinese_mark(mark: char, before: &str, after: &str) -> bool {
    let Some(previous) = last(before) else {
        return false;
    };
    if may_precede_mark(previous) {
        return !is_sign(mark, after);
    }
    let next_is_han = first(after).is_some_and(is_han);
    match previous {
        // 你好 ,世界
        ' ' => {
            let front = before.trim_end_matches(' ');
            next_is_han
                && mark != ':'
                && before.len() - front.len() == 1
                && last(front).is_some_and(may_precede_mark)
        }
        // "你好",他说
        '"' => {
            next_is_han && mark != ':' && last(&before[..before.len() - 1]).is_some_and(is_chinese)
        }
        // 函数f(x),也
        ')' => next_is_han && matches!(mark, ',' | ';'),
        // 增长5%,同比
        _ => {
            let token = last_token(before);
            let front = &before[..before.len() - token.len()];
            next_is_han && !token.is_empty() && last(front).is_some_and(is_chinese)
        }
    }
}

/// Whether the mark, which follows Chinese text, is part of something else: a face, a program's operator, an address.
fn is_sign(mark: char, after: &str) -> bool {
    let mut rest = after.chars();
    let (next, second) = (rest.next(), rest.next());
    let ends_word = !second.is_some_and(|c| c.is_ascii_alphanumeric());
    match (mark, next) {
        (':' | ';', Some(')')) => true,
        (':', Some('(')) => brackets::partner(&after[1..]).is_none(),
        (':', Some('D' | 'P' | 'p' | 'O' | 'o')) => ends_word,
        (':', Some(':' | '\\' | '-')) => next == second || next != Some('-') || !ends_word,
        (':', Some('/')) => second == Some('/'),
        ('!', Some('=')) => true,
        // 搜索?q=
        ('?', Some(c)) if c.is_ascii_alphanumeric() => {
            let word = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            word.starts_with('=')
        }
        _ => false,
    }
}

/// A run of dots: `.` and … mixed, or 。. `run` is it whole.
pub fn ellipsis(run: &str, before: &str, after: &str) -> bool {
    let (previous, next) = (last(before), first(after));
    if matches!(previous, Some('.' | '…')) || matches!(next, Some('.' | '…')) {
        return false;
    }
    let count = run.chars().count();
    let among_chinese = previous.is_some_and(is_chinese)
        || previous.is_none_or(char::is_whitespace) && next.is_some_and(is_han);
    match first(run) {
        Some('。') => count >= 3,
        _ if run.chars().all(|c| c == '…') => {
            (count == 1 || count == 3) && (among_chinese || next.is_some_and(is_chinese))
        }
        // Leaders in a table of contents are long.
        _ if run.chars().all(|c| c == '.') => {
            (3..=12).contains(&count)
                && among_chinese
                && !(count > 6 && next.is_none_or(|c| !is_chinese(c)))
        }
        _ => among_chinese,
    }
}

/// A run of hyphens, or of two box-drawing lines as Taiwan writes them.
pub fn dash(run: &str, before: &str, after: &str) -> bool {
    let (previous, next) = (last(before), first(after));
    if run.starts_with('─') {
        return run.chars().count() == 2 && previous.is_some_and(may_precede_mark);
    }
    let goes_on =
        next.is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '>' | '=' | '|' | '+'));
    match previous {
        _ if !(2..=4).contains(&run.len()) => false,
        None => run.len() == 2 && next.is_some_and(is_han),
        Some(c) => may_precede_mark(c) && !goes_on,
    }
}
