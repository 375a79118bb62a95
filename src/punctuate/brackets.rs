//! Round brackets: a pair is set in one width.

use super::answers;
use super::blanks;
use super::chemistry;
use super::context::{
    closes_chinese, ends_chinese, first, is_alphanumeric, is_ideograph, last, last_token,
};
use super::formulas;
use super::mask::is_hidden;
use super::series::is_gloss_in_english;
use super::words;
use jianti_formats::is_kept_out;
use jianti_text::chars::Chars;

/// How far a bracket's partner is looked for, bytes.
const FAR: usize = 1200;

/// Deeper nesting than this is none.
const DEEPEST: usize = 16;

/// Whether [`opener`] finds the opener of a bracket that closes this many bytes behind it, whatever grows in between: each
/// mark to three bytes at most.
pub fn is_near(length: usize) -> bool {
    length * 3 < FAR
}

/// Where the bracket closes that opens before `text`: the place in `text`, and whether it is an ASCII bracket.
pub fn partner(text: &str) -> Option<(usize, bool)> {
    let mut depth = 0;
    let last = text.ceil_char_boundary(FAR + 1);
    for at in memchr::memchr3_iter(b'(', b')', 0xEF, text.as_bytes()) {
        if at > last {
            break;
        }
        match first(&text[at..]) {
            Some('(' | '（') if depth == DEEPEST => return None,
            Some('(' | '（') => depth += 1,
            Some(c @ (')' | '）')) if depth == 0 => return Some((at, c == ')')),
            Some(')' | '）') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The bracket in `text` that is open at its end.
pub fn opener(text: &str) -> Option<char> {
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | '）' if depth == DEEPEST => return None,
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => return Some(c),
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if text.len() - at > FAR {
            break;
        }
    }
    None
}

/// Whether the pair after `before`, with this content and what follows, is set as Chinese.
pub fn is_chinese_pair(before: &str, content: &str, after: &str) -> bool {
    if content.is_empty()
        || content.starts_with('?')
        || is_file_name(after)
        || is_group(content, after)
        || is_number(content, after)
        || is_account(before, content, after)
        || chemistry::is_in_name(before, content, after)
    {
        return false;
    }
    let has_han = || content.contains(is_ideograph);
    if ends_chinese(before)
        || is_told(before) && (is_gloss(content, after) || is_year(content, after))
        || answers::is_next(before, content)
    {
        return true;
    }
    match last(before) {
        // (1)第一项
        None if first(after).is_some_and(is_ideograph) && is_count(content) => true,
        None | Some('“' | '‘') => has_han(),
        // “双11”(“光棍节”)
        Some('”') => has_han() && closes_chinese(before, '”'),
        Some(c) if c.is_whitespace() || matches!(c, '"' | '\'' | ')') => {
            has_han() && !(c == ' ' && is_gloss_in_english(before, content, after))
        }
        // Code that a format hides.
        Some(c) if is_kept_out(c) => has_han(),
        // (02)2345-6789(代表号)
        Some(c) if c.is_ascii_digit() && has_han() && is_telephone(before) => true,
        Some('_') => has_han() && blanks::ends_in_blank(before),
        // ABC Co., Ltd.(台湾分公司)
        Some(c) if c.is_ascii_alphanumeric() || c == '.' || c == '%' || is_language(before) => {
            let token = last_token(before);
            // LENB("中") is a formula.
            let quoted =
                content.starts_with(['"', '\'']) || c == '.' && content.starts_with(['“', '‘']);
            let front = before_range(&before[..before.len() - token.len()], token);
            !quoted
                && has_han()
                && stands_in_chinese(front)
                && (is_name(token)
                    || is_address(token)
                    || words::is_glossed(front, token, content, after))
        }
        _ => false,
    }
}

/// Whether the content may explain the word in front of it, and `after` goes on as text does: words, no file's number, no
/// face, no factor and nothing that a program is given.
fn is_gloss(content: &str, after: &str) -> bool {
    // An address that is hidden explains, too.
    if content.chars().all(is_hidden) {
        return !content.is_empty() && !after.starts_with(['(', '（', '[', '=']);
    }
    static SIGNS: Chars = Chars::of(" .,-+/&@:_'’");
    let part = |c: char| is_alphanumeric(c) || SIGNS.contains(c);
    let mut words = content.split(|c: char| !c.is_ascii_alphabetic());
    // 名 (str): 名称
    let is_type =
        || content.bytes().all(|c| c.is_ascii_lowercase()) && after.starts_with([':', '：']);
    let goes_on = after.trim_start_matches(' ');
    content.starts_with(is_alphanumeric)
        && content.chars().all(part)
        && words.any(|word| word.len() > 1)
        && !goes_on.starts_with(['(', '（', '[', '=', '+', '-', '—', '*', '/', '^', '>', '\\'])
        && !is_face(content)
        && !is_type()
        && !is_english(after)
}

/// Whether the content is a year or a code that tells more of the words in front, and the sentence goes on: 王明 (2019) 认为
fn is_year(content: &str, after: &str) -> bool {
    let goes_on = after.strip_prefix(' ').unwrap_or(after);
    (4..=6).contains(&content.len())
        && content.bytes().all(|c| c.is_ascii_digit())
        && goes_on.starts_with(is_ideograph)
}

/// (NH4)2SO4: a group of atoms, and how many of it there are.
fn is_group(content: &str, after: &str) -> bool {
    const ELEMENTS: &str = " H C N O F P S K B I Si Cl Br Na Mg Al Ca Fe Cu Zn Ag Co Ni Mn Cr ";
    // Nearly no bracket has a number behind it.
    let count = after.trim_start_matches(|c: char| c.is_ascii_digit());
    if !(1..=2).contains(&(after.len() - count.len()))
        || count.starts_with(|c: char| is_ideograph(c) || matches!(c, '.' | '-'))
    {
        return false;
    }
    let is_element = |atom: &str| ELEMENTS.contains(&format!(" {atom} "));
    let mut atoms = 0;
    let mut rest = content;
    while let Some(first) = rest.strip_prefix(|c: char| c.is_ascii_uppercase()) {
        let behind = first.strip_prefix(|c: char| c.is_ascii_lowercase());
        let behind = behind.unwrap_or(first);
        if !is_element(&rest[..rest.len() - behind.len()]) {
            return false;
        }
        atoms += 1;
        rest = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    rest.is_empty() && atoms > 1 && content.bytes().any(|c| c.is_ascii_digit())
}

/// QAQ, TwT, XD
fn is_face(content: &str) -> bool {
    // Two eyes and a mouth.
    let is_eyed =
        |[a, mouth, b]: [u8; 3]| a == b && a.is_ascii_alphabetic() && b"aAoOuwW-.".contains(&mouth);
    matches!(content, "XD" | "orz" | "Orz" | "OTZ")
        || content.as_bytes().try_into().is_ok_and(is_eyed)
}

/// Whether an English sentence goes on: 中文 (beta): coming soon
fn is_english(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', ':', ',', ';', '.', '：', '，', '；', '。']);
    let words = &rest[..rest.find(is_ideograph).unwrap_or(rest.len())];
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = words.len() == rest.len() && words.starts_with(|c: char| c.is_ascii_lowercase());
    words.starts_with(|c: char| c.is_ascii_alphabetic())
        && (ends || words.split(' ').filter(is_word).count() > 1)
}

/// Whether a space behind Chinese text, or behind a number in it, stands before the bracket: 履历 (hr@example.com)
fn is_told(before: &str) -> bool {
    let Some(front) = before.strip_suffix(' ') else {
        return false;
    };
    let is_behind_number = || {
        let number = last_token(front);
        let outer = &front[..front.len() - number.len()];
        number.starts_with(|c: char| c.is_ascii_digit())
            && ends_chinese(outer.strip_suffix(' ').unwrap_or(outer))
    };
    ends_chinese(front) || is_behind_number()
}

/// Whether this is an address of mail or of a site, which a bracket tells more of: a@b.cn(请注明)
fn is_address(token: &str) -> bool {
    let has_host = |(name, host): (&str, &str)| !name.is_empty() && host.contains('.');
    token.starts_with("www.")
        || token.contains("://")
        || token.split_once('@').is_some_and(has_host)
}

/// Whether a word may be a name, and not a program's.
fn is_name(token: &str) -> bool {
    // iPad, eBay
    let is_brand = || {
        token.starts_with(['i', 'e']) && token[1..].starts_with(|c: char| c.is_ascii_uppercase())
    };
    !token.is_empty()
        && (!token.starts_with(|c: char| c.is_ascii_lowercase()) || is_brand())
        && !token.contains('_')
}

/// Whether `text` ends in the name of a language of programs that has signs: C++, C#
fn is_language(text: &str) -> bool {
    let name = text.strip_suffix("++").or_else(|| text.strip_suffix('#'));
    name.and_then(last).is_some_and(|c| c.is_ascii_uppercase())
}

/// What stands before the range that ends in a number behind `front`, if it does: 10:00~21:30, $100~$200
fn before_range<'t>(front: &'t str, number: &str) -> &'t str {
    const CURRENCIES: [char; 5] = ['$', '¥', '￥', '€', '£'];
    let is_number = |token: &str| {
        token
            .trim_start_matches(CURRENCIES)
            .starts_with(|c: char| c.is_ascii_digit())
    };
    let first = front.trim_end_matches(CURRENCIES).strip_suffix('~');
    first.filter(|_| is_number(number)).map_or(front, |first| {
        let token = last_token(first);
        match is_number(token) {
            true => first[..first.len() - token.len()].trim_end_matches(CURRENCIES),
            false => front,
        }
    })
}

/// Whether a name behind `front` stands in Chinese text, or begins a line; other words of the name may stand between.
fn stands_in_chinese(mut front: &str) -> bool {
    for _ in 0..4 {
        let trimmed = front.trim_end_matches([' ', ',', '→']);
        if trimmed.is_empty() || ends_chinese(trimmed) {
            return true;
        }
        let token = last_token(trimmed);
        if trimmed.len() == front.len() || !is_name(token) {
            return false;
        }
        front = &trimmed[..trimmed.len() - token.len()];
    }
    false
}

/// Whether a bracket that nothing closes on its line is Chinese.
pub fn is_chinese_opener(before: &str, after: &str) -> bool {
    (before.is_empty() || ends_chinese(before)) && first(after).is_some_and(is_ideograph)
}

/// Whether `before` is what a bracket alone closes: 一)总则
pub fn is_label(before: &str) -> bool {
    let label = before.trim_start();
    let is_numeral = |c: char| "〇一二三四五六七八九十甲乙丙丁戊己庚辛".contains(c);
    !label.is_empty() && label.chars().count() <= 3 && label.chars().all(is_numeral)
}

/// The number or letter of an item; not the signs of rights, (c) and (r).
fn is_count(content: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() && !matches!(c, 'c' | 'C' | 'r' | 'R');
    content.len() <= 2 && content.bytes().all(|c| c.is_ascii_digit())
        || content.len() == 1 && content.starts_with(is_letter)
}

/// (010)87654321, (010) 8765-4321
fn is_number(content: &str, after: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_telephone = |after: &str| {
        let rest = after.trim_start_matches(|c| is_digit(c) || c == '-');
        let (first, last) = after[..after.len() - rest.len()]
            .split_once('-')
            .unwrap_or_default();
        matches!(first.len(), 3 | 4) && last.len() == 4 && last.chars().all(is_digit)
    };
    content.chars().all(is_digit)
        && (after.starts_with(is_digit)
            || content.starts_with('0') && after.strip_prefix(' ').is_some_and(is_telephone))
}

/// Whether who wrote a message is told by a number, beside the time: 2019-11-02 20:15:33 小雨(987654321)
fn is_account(before: &str, content: &str, after: &str) -> bool {
    let is_number =
        (5..=12).contains(&content.len()) && content.bytes().all(|c| c.is_ascii_digit());
    let is_time = |text: &str| {
        let part = |c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '/' | ' ');
        text.contains(':') && text.chars().all(part)
    };
    let is_behind_time = || {
        let name = before.trim_end_matches(|c: char| c != ' ');
        after.trim().is_empty() && is_time(name.trim())
    };
    is_number && (is_time(after.trim()) || is_behind_time())
}

/// Whether `before` ends in the number of a telephone with its area, in Chinese text or alone.
fn is_telephone(before: &str) -> bool {
    formulas::phone_before(before).is_some_and(|number| {
        stands_in_chinese(&before[..before.len() - number.len()])
            && number.bytes().filter(u8::is_ascii_digit).count() >= 8
    })
}

/// 报告(1).docx
fn is_file_name(after: &str) -> bool {
    let mut after = after.chars();
    after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_alphanumeric())
}
