//! Brackets that belong to a sign of mathematics, chemistry, programs or the like, and not to the sentence.

use super::context::{first, is_chinese, is_ideograph, is_section, last, last_token};
use super::facts::Facts;
use jianti_text::chars::Chars;
use jianti_text::faces::is_drawn;
use jianti_text::forms::is_phonetic;
use jianti_text::lines::front;

/// Whether a line so far ends in what a mail's subject begins with, or is who answers on a board, by the name of the account: 主题：Re,
/// 推 abc123
pub fn is_answerer(before: &str) -> bool {
    const REPLIES: [&str; 6] = ["Re", "RE", "Fwd", "FWD", "Fw", "FW"];
    // Before most marks there is Chinese.
    if !before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let reply = REPLIES.iter().find_map(|reply| before.strip_suffix(reply));
    if reply.is_some_and(|front| front.is_empty() || front.ends_with([' ', '：', ':'])) {
        return true;
    }
    let name = ["推 ", "噓 ", "嘘 ", "→ "]
        .iter()
        .find_map(|sign| before.strip_prefix(sign));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric()))
}

/// Whether a pair of brackets after `before` on this line, with this content and what follows, is part of a sign.
pub fn is_sign(facts: &Facts, before: &str, content: &str, after: &str) -> bool {
    // Most brackets hold Chinese behind Chinese.
    let is_text = |c: char| is_ideograph(c) || c == ' ';
    if content.starts_with(is_ideograph) && before.ends_with(is_text) {
        return false;
    }
    let has_comma = memchr::memchr(b',', content.as_bytes()).is_some();
    has_comma && (is_interval(content, before, after) || is_method(before, content))
        || is_factor(before, content, after)
        || is_face(content)
        || is_manual_section(facts, before, content)
        || is_call(before, content)
        || is_chemical(before, content, after)
        || is_copyright(before, content)
}

/// 版權(c)1995
fn is_copyright(before: &str, content: &str) -> bool {
    const WORDS: [&str; 4] = ["权", "權", "权所有", "權所有"];
    let is_behind = |word: &&str| before.trim_end_matches(' ').ends_with(*word);
    matches!(content, "c" | "C") && WORDS.iter().any(is_behind)
}

/// The length of an interval that `(` opens and `]` closes: (0,1]. `after` is what follows the bracket.
pub fn half_open(after: &str) -> Option<usize> {
    /// No interval is longer, bytes.
    const LONGEST: usize = 64;
    // Most brackets hold Chinese.
    if after.starts_with(is_ideograph) {
        return None;
    }
    let after = front(after, LONGEST);
    let length = memchr::memchr(b']', after.as_bytes())?;
    let content = &after[..length];
    (content.contains(',') && is_interval(content, "", "")).then_some(length + 1)
}

/// Whether brackets with this content, which has a comma, between these are an interval or a point: numbers and variables
/// between commas.
fn is_interval(content: &str, before: &str, after: &str) -> bool {
    // (90,140)之间
    const BEHIND: [&str; 7] = ["之间", "之間", "内", "內", "上", "区间", "區間"];
    // Not 上升 or 内含.
    let is_behind = |word: &&str| {
        let rest = after.strip_prefix(*word);
        rest.is_some_and(|rest| {
            word.chars().count() > 1
                || !rest
                    .starts_with(|c| is_ideograph(c) && !"的没沒有连連可单單恒恆是存".contains(c))
        })
    };
    const BEFORE: [&str; 13] = [
        "区间",
        "區間",
        "点",
        "點",
        "∈",
        "坐标",
        "座標",
        "坐标为",
        "坐標為",
        "坐标是",
        "坐標是",
        "座標為",
        "座標是",
    ];
    let is_told =
        || BEHIND.iter().any(is_behind) || BEFORE.iter().any(|word| before.ends_with(word));
    // 10,000
    let groups = content.split(',').skip(1);
    let is_number = !is_told()
        && !content.contains(' ')
        && !content.starts_with("0,")
        && content.len() > 4
        && groups
            .clone()
            .all(|group| group.len() == 3 && group.bytes().all(|c| c.is_ascii_digit()));
    if is_number {
        return false;
    }
    let is_part = |part: &str| {
        let part = part.trim_matches(' ');
        let part = part.trim_start_matches(['-', '+', '−', '±']);
        let is_number = part.contains(|c: char| c.is_ascii_digit())
            && part
                .chars()
                .all(|c| c.is_ascii_digit() || "./πe^√°".contains(c) || is_greek(c));
        let mut characters = part.chars();
        let is_variable = characters
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() || is_greek(c) || c == '∞')
            && characters
                .as_str()
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '_' | '\'' | '′' | '∞' | '₀'..='₉'))
            && part.chars().count() <= 4;
        is_number || is_variable
    };
    let is_at = BEFORE.iter().any(|word| before.ends_with(word));
    content
        .split(',')
        .all(|part| is_part(part) || is_at && is_expression(part))
}

/// Whether this is a number that is worked out: (3+sqrt(7))/2
fn is_expression(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || "+-*/^.() −–·²³√π".contains(c);
    // sqrt, sin
    let is_short = |word: &str| word.len() <= 4;
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(part)
        && text.split(|c: char| !c.is_ascii_alphabetic()).all(is_short)
}

fn is_greek(c: char) -> bool {
    matches!(c, 'α'..='ω' | 'Α'..='Ω')
}

/// Whether a sum stands in brackets, and more of the formula behind them: (a+b)(a-b)=a^2-b^2.
fn is_factor(before: &str, content: &str, after: &str) -> bool {
    static SIGNS: Chars = Chars::of("+-*/^=.()| −–×÷·²³√π_'");
    static GOES_ON: Chars = Chars::of("(=+-−^*/·²³×÷<>");
    let part = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c) || is_greek(c);
    let is_sum = || content.contains(['+', '-', '−', '–', '*', '/', '^', '=', '×']);
    let goes_on = after.starts_with(|c| GOES_ON.contains(c));
    // sin, log
    let is_short = |word: &str| word.len() <= 3;
    let mut words = content.split(|c: char| !c.is_ascii_alphabetic());
    (goes_on || before.ends_with(')'))
        && is_sum()
        && content.chars().all(part)
        && words.all(is_short)
}

/// Whether brackets with this content are a face: two eyes and a mouth, or signs that no sentence has.
fn is_face(content: &str) -> bool {
    const FEATURES: &str = "﹏๑ڡ▽△ω°□´｀≧≦╯╰・⊙◕∀Дд～゜ﾟ•̀́";
    const EYES: &str = "^>-@=;.*TQoO0xXuUnv";
    const MOUTHS: &str = "_.-^oOwWvV3~";
    /// No face is longer, characters.
    const LONGEST: usize = 16;
    // Most brackets hold Chinese, or more.
    if content.len() > LONGEST * char::MAX_LEN_UTF8 || content.starts_with(is_ideograph) {
        return false;
    }
    let count = content.chars().count();
    if has_ideograph_for_mouth(content) {
        return true;
    }
    if !(2..=LONGEST).contains(&count) || content.contains(|c| is_ideograph(c) || c == ',') {
        return false;
    }
    if !content.is_ascii() {
        let signs = content
            .chars()
            .filter(|c| FEATURES.contains(*c) || !c.is_alphanumeric());
        return content.contains(|c| FEATURES.contains(c)) && signs.count() * 2 > count
            || has_eyes(content.trim_matches(is_hand))
            || content.contains(is_phonetic) && is_drawn(content);
    }
    let mut face = content.trim_matches(['*', ' ', '~']).chars();
    let (Some(left), Some(right)) = (face.next(), face.next_back()) else {
        return false;
    };
    let mouth = face.as_str();
    let eyes = EYES.contains(left) && (left == right || (left, right) == ('>', '<'));
    let is_mouth = mouth.len() <= 3 && mouth.chars().all(|c| MOUTHS.contains(c));
    eyes && is_mouth && (!mouth.is_empty() || left == '^') && content.contains(['^', '_', '>', '.'])
}

/// Whether the one ideograph of the content looks like a mouth, and stands between two eyes: ಠ益ಠ, ￣口￣
fn has_ideograph_for_mouth(content: &str) -> bool {
    let Some((left, right)) = content.split_once(['益', '皿', '口', '艸', '罒']) else {
        return false;
    };
    let eye = last(left).filter(|c| DRAWN_EYES.contains(*c));
    !right.contains(is_ideograph) && eye.is_some() && eye == first(right)
}

/// The face that `text` ends in, without brackets or with arms behind them: ^_^, (ง •_•)ง
pub fn face_before(text: &str) -> Option<&str> {
    /// No face is longer, bytes.
    const LONGEST: usize = 48;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    static SIGNS: Chars = Chars::of("^>_-<=@;.*+~TQoO0xXuUnv");
    let is_sign = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !is_chinese(c);
    let is_part = |c: char| SIGNS.contains(c) || is_sign(c) && !is_closing(c);
    let bare = &end[end.trim_end_matches(is_part).len()..];
    if is_face(bare) {
        return Some(bare);
    }
    let is_arm = |c: char| !c.is_ascii() && !is_chinese(c) && !is_closing(c);
    let body = end.trim_end_matches(is_arm);
    // \(^o^)/, m(_ _)m
    let hand = last(body).filter(|c| *c != ')');
    let body = match hand {
        Some(hand) => body.strip_suffix(hand)?,
        None => body,
    };
    let (front, content) = body.strip_suffix(')')?.rsplit_once('(')?;
    let is_bowing = || matches!(content, "_ _" | "- -" | "_._" | "__");
    let is_whole = is_face(content) || hand == Some('m') && is_bowing();
    let other = last(front).filter(|other| match hand {
        Some(hand) => is_pair_of_hands(*other, hand),
        None => is_arm(*other),
    });
    let start = front.len() - other.map_or(0, char::len_utf8);
    (is_whole && (hand.is_none() || hand == Some('o') || other.is_some())).then(|| &end[start..])
}

/// Whether these letters or signs of ASCII are the two hands of a face.
fn is_pair_of_hands(left: char, right: char) -> bool {
    matches!(
        (left, right),
        ('\\', '/') | ('m', 'm') | ('o', 'o') | ('d', 'b') | ('<', '>') | ('~', '~')
    )
}

/// The length of the short code of an emoji behind its first colon, with the colon that ends it: tada:, +1:
pub fn short_code(after: &str) -> Option<usize> {
    /// No code is longer, bytes.
    const LONGEST: usize = 40;
    let part =
        |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(byte);
    let bytes = after.as_bytes();
    let length = bytes
        .iter()
        .take(LONGEST)
        .take_while(|byte| part(byte))
        .count();
    let (name, behind) = (&after[..length], after[length..].strip_prefix(':')?);
    let is_name = name.len() > 1 && name.starts_with(|c: char| c.is_ascii_lowercase());
    // std::vector, http://
    let ends = match behind.as_bytes().first() {
        Some(b':') => short_code(&behind[1..]).is_some(),
        // 类型:int:整数
        Some(_) => !behind.starts_with(|c: char| {
            is_ideograph(c) || c.is_ascii_alphanumeric() || "/\\=_-".contains(c)
        }),
        None => true,
    };
    (ends && (is_name || matches!(name, "+1" | "-1"))).then_some(length + 1)
}

/// What stands for a hand within the brackets of a face: (づ￣3￣)
fn is_hand(c: char) -> bool {
    matches!(
        c,
        'づ' | 'っ' | 'つ' | 'ノ' | 'ﾉ' | 'ヽ' | 'ヾ' | 'o' | 'ง' | '∩' | '/' | '＼' | '*'
    )
}

/// Marks that stand behind what is no arm.
fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '…' | '—' | '？' | '！')
}

/// Whether two eyes alike enclose a mouth, and neither is a word: ●'◡'●, ￣^￣, T▽T.
fn has_eyes(content: &str) -> bool {
    const MOUTHS: &str = "_.-^'\"~oOwWvV3";
    let mut face = content.chars();
    let (left, right) = (face.next(), face.next_back());
    let mouth = face.as_str();
    let is_mouth = |c: char| {
        MOUTHS.contains(c) || "ᴗᴖωдДзε".contains(c) || !c.is_ascii() && !c.is_alphanumeric()
    };
    left == right
        && left.is_some_and(|eye| {
            !eye.is_ascii_digit() && !"\"'`".contains(eye) && !mouth.contains(eye)
        })
        && (1..=3).contains(&mouth.chars().count())
        && mouth.chars().all(is_mouth)
}

/// Whether a quotation mark between these is the neck of somebody who lies: _(:з」∠)_ and _(┐「ε:)_
pub fn is_lying(before: &str, behind: &str) -> bool {
    // Not 「直角」∠A.
    let arm = behind.trim_start_matches(' ').strip_prefix('∠');
    arm.is_some_and(|rest| rest.starts_with([')', '）']))
        || before.trim_end_matches(' ').ends_with('┐')
}

/// Eyes that stand beside a mouth which is a character of text otherwise.
const DRAWN_EYES: &str = "¯￣ˉ°´｀•◕╹⊙ಠಥ";

/// Whether an upright quotation mark between these is the mouth of a face: ¯﹃¯
pub fn is_mouth(before: &str, behind: &str) -> bool {
    let eye = last(before).filter(|c| DRAWN_EYES.contains(*c));
    eye.is_some() && eye == first(behind)
}

/// Whether a face's eyes stand before its mouth, a bracket: :-)
pub fn ends_in_eyes(before: &str) -> bool {
    let eyes = before.strip_suffix(['-', '^', 'o', '\'']).unwrap_or(before);
    let eyes = eyes.strip_suffix('\\').unwrap_or(eyes);
    eyes.strip_suffix([':', ';', '=', '8'])
        .is_some_and(|front| last(front).is_none_or(|c| c.is_whitespace() || is_ideograph(c)))
}

/// Whether `before` awaits the name of a key, which may be a mark: Ctrl+, Cmd+.
pub fn is_key(before: &str) -> bool {
    const HELD: [&str; 12] = [
        "ctrl", "control", "alt", "option", "opt", "shift", "cmd", "command", "win", "super",
        "meta", "fn",
    ];
    let keys = before.strip_suffix('+').map(last_token);
    let held = keys.and_then(|keys| keys.rsplit('+').next());
    held.is_some_and(|key| HELD.iter().any(|held| held.eq_ignore_ascii_case(key)))
}

/// Whether this is the section of a manual's page: 内建命令(7), where the line has one that is told: printf(3).
fn is_manual_section(facts: &Facts, before: &str, content: &str) -> bool {
    last(before).is_some_and(is_ideograph) && is_section(content) && facts.names_section()
}

/// Whether this is a call of a table's function: SUM(甲,乙), and not a word's meaning.
fn is_call(before: &str, content: &str) -> bool {
    /// No longer are its arguments; characters.
    const SHORT: usize = 6;
    // What ends it, as hardly anything does that stands before a bracket.
    let ends = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '_');
    if !before.ends_with(ends) {
        return false;
    }
    let token = last_token(before);
    let name = token.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_function = name.len() > 1
        && name
            .bytes()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, b'.' | b'_'))
        && name.starts_with(|c: char| c.is_ascii_uppercase());
    let argument = |part: &str| {
        let part = part.trim();
        part.chars().count() <= SHORT && !part.contains(['，', '。', '、', '：'])
    };
    let parts = content.split([',', ';']);
    is_function
        && (token.starts_with('=') || parts.clone().count() > 1 && parts.into_iter().all(argument))
}

/// Whether this, which has a comma, is a call in a program: setTimeout(回调, 1000). A lower-case letter begins the name.
fn is_method(before: &str, content: &str) -> bool {
    /// No longer are its arguments; characters.
    const SHORT: usize = 10;
    let token = last_token(before);
    let argument = |part: &str| {
        let part = part.trim();
        !part.is_empty()
            && part.chars().count() <= SHORT
            && !part.contains(['，', '。', '、', '：'])
    };
    token.len() > 1
        && token.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && content.split(',').all(argument)
}

/// Whether this is part of a compound's name: (E)-3-己烯, 2-(二甲氨基)乙醇.
fn is_chemical(before: &str, content: &str, after: &str) -> bool {
    let is_descriptor = || {
        content.len() <= 8
            && content
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | '±' | '+' | '-'))
    };
    let is_numbered = before.strip_suffix('-').and_then(last).is_some_and(|c| {
        c.is_ascii_digit() || matches!(c, 'N' | 'O' | 'S' | '\'' | '′' | 'α'..='ω')
    });
    after.starts_with('-') && is_descriptor() || is_numbered && content.contains(is_ideograph)
}
