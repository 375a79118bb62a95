//! What characters are to punctuation.

use jianti_text::chars::is_han;

use super::mask::is_hidden;

/// A Han character, or one that stands for it: 々 〇.
pub fn is_ideograph(c: char) -> bool {
    is_han(c) || matches!(c, '々' | '〇')
}

/// What Chinese text ends in where a mark may follow: a Han character, or what closes or stands in its place.
fn may_precede_mark(c: char) -> bool {
    is_ideograph(c) || matches!(c, '》' | '〉' | '】' | '）' | '〕' | '％' | '℃' | '★' | '☆')
}

/// Whether `text` ends in Chinese text that a mark may follow. Marks that stand after any text, and emoji, tell nothing
/// themselves.
pub fn awaits_mark(text: &str) -> bool {
    if ends_in_ideograph(text) {
        return true;
    }
    let told = text.trim_end_matches(|c| is_after_any(c) || is_emoji(c));
    last(told).is_some_and(|c| may_precede_mark(c) || told.len() < text.len() && is_chinese(c))
}

/// Whether `text` ends in Chinese text, marks included.
pub fn ends_chinese(text: &str) -> bool {
    ends_in_ideograph(text) || last(text.trim_end_matches(is_after_any)).is_some_and(is_chinese)
}

/// Whether `text` ends in a Han character, as most does that is asked about.
#[inline]
fn ends_in_ideograph(text: &str) -> bool {
    last(text).is_some_and(is_ideograph)
}

/// Whether the quotation that `closing` ends at the end of `before` is Chinese, or stands in Chinese text.
pub fn closes_chinese(before: &str, closing: char) -> bool {
    let opening = match closing {
        '”' => '“',
        '’' => '‘',
        _ => closing,
    };
    let quotation = &before[..before.len() - closing.len_utf8()];
    let front = || quotation.rsplit_once(opening).map(|(front, _)| front);
    // 改成 "true", 再
    let is_told = |front: &str| ends_chinese(front.strip_suffix(' ').unwrap_or(front));
    ends_chinese(quotation) || front().is_some_and(is_told)
}

/// What stands after any text: marks that English with its own typography has too, and those of emphasis.
fn is_after_any(c: char) -> bool {
    matches!(c, '”' | '’' | '…' | '—' | '？' | '！' | '*' | '~')
}

/// An emoji, or what joins and shapes several: not the signs that serve as bullets and labels, too.
pub fn is_emoji(c: char) -> bool {
    matches!(
        c,
        '\u{1F1E6}'
            ..='\u{1FAFF}'
                | '\u{200D}'
                | '\u{FE0F}'
                | '☀'
                | '☕'
                | '☺'
                | '⚡'
                | '✅'
                | '✨'
                | '❌'
                | '❤'
                | '⭐'
    )
}

/// A mark of Chinese text only, or a Han character.
pub fn is_chinese(c: char) -> bool {
    may_precede_mark(c)
        || matches!(
            c,
            '，' | '。' | '、' | '；' | '：' | '《' | '〈' | '【' | '（' | '〔'
        )
}

/// Whether a character is a letter or a digit, of any script: of ideographs, which most are that are asked about, this
/// is told at once.
pub fn is_alphanumeric(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// Whether a sentence ends at the end of a line.
pub fn ends_sentence(rest: &str) -> bool {
    rest.trim_end()
        .ends_with(['.', '?', '!', '。', '？', '！', '﹒', '﹖', '﹗'])
}

/// What stands in a name: a letter or digit of any script, or a sign that names have.
pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{FF00}'..='\u{FF60}') || matches!(c, '_' | '-')
}

/// What of the line before a byte a name may begin in.
pub fn tail(line: &str, at: usize) -> &str {
    /// No name or path is longer, bytes.
    const LONGEST: usize = 1 << 10;
    &line[line.ceil_char_boundary(at.saturating_sub(LONGEST)).min(at)..at]
}

/// The first character of `text`.
pub fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// The last character of `text`.
pub fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

/// The word or number that `text` ends in: ASCII letters, digits, and what stands in numbers and units; the
/// range of numbers: 155～175cm; or the path: ~/a.ini
pub fn last_token(text: &str) -> &str {
    let part = |c: char| c.is_ascii_alphanumeric() || is_sign(c) || is_hidden(c);
    let front = text.trim_end_matches(part);
    let token = &text[front.len()..];
    if token.starts_with(|c: char| c.is_ascii_digit())
        && let Some(outer) = front.strip_suffix(['～', '〜', '–', '—', '－'])
    {
        let number = &outer[outer.trim_end_matches(part).len()..];
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            return &text[outer.len() - number.len()..];
        }
    }
    let is_home = token.starts_with('/') && front.ends_with('~');
    &text[front.len() - usize::from(is_home)..]
}

/// A letter beyond ASCII that words beside Chinese ones are spelt with: of the alphabets of Europe and Vietnam, their accents,
/// and zhuyin with its tones.
pub fn is_spelling(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{300}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' | 'ㄅ'..='ㄯ')
        && !matches!(c, '×' | '÷')
        || matches!(c, 'ˇ' | 'ˊ' | 'ˋ' | '˙')
}

/// What stands in numbers and units, and in addresses.
fn is_sign(c: char) -> bool {
    const WIDE: &str = "¥￥€£°²³µμΩ‰±×≤≥≈π∞′″㎡㎥㎜㎝㎞㎏㎎℉↑↓";
    match c {
        '.' | '%' | '+' | '-' | '/' | '&' | ':' | '_' | '$' | '#' | '@' => true,
        // Most that are asked about are ideographs.
        c => !c.is_ascii() && !is_ideograph(c) && WIDE.contains(c),
    }
}

/// Whether this names a section of a manual: 3, 1p.
pub fn is_section(content: &str) -> bool {
    content.starts_with(|c: char| matches!(c, '1'..='9'))
        && content.len() <= 4
        && content[1..].bytes().all(|c| c.is_ascii_lowercase())
}
