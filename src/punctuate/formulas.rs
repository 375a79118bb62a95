//! Formulas and words of other languages within a Chinese sentence, behind which its marks stand.

use super::context::{ends_chinese, first, is_ideograph, is_spelling, last_token};
use jianti_formats::is_kept_out;
use jianti_text::chars::Chars;
use jianti_text::formula;
use jianti_text::lines::front;

/// No formula is longer, bytes.
const LONGEST: usize = 64;

/// The formula that `text` ends in, if it stands right behind Chinese text: 设f(x,y)=x^2+y^2. A space before it belongs to it.
pub fn before(text: &str) -> Option<&str> {
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    // A colon is part of a ratio, and one that begins the run a mark before it: 如下:a:b=3:1
    let run = end.trim_end_matches(|c| is_part(c) || c == ':').len();
    let formula = end[run..].trim_start_matches(':');
    // XML→ HTML, PDF
    if formula.contains(',') && formula.contains(['→', '⇌']) {
        return None;
    }
    let sides = formula.trim_matches(' ');
    let mut sides = sides.split(outer_relation());
    let (left, right) = (sides.next()?, sides.next()?);
    let front = &end[..end.len() - formula.len()];
    let is_side = |side: &str| {
        side.trim()
            .starts_with(|c: char| c.is_alphanumeric() || "(-[√|∞±∠△".contains(c))
            && is_balanced(side)
            && !has_words(side)
    };
    // A mark that is yet to become one of the sentence.
    let front = front.strip_suffix([':', ',', ';']).unwrap_or(front);
    (ends_chinese(front) && is_side(left) && is_side(right) && sides.all(is_side))
        .then_some(formula)
}

/// Whether `text` ends in a formula between dollars, in a Chinese sentence: 求证$b>0$
pub fn ends_in_dollars(text: &str) -> bool {
    // Nearly nothing ends so.
    text.ends_with('$') && formula::ends_in_dollars(text) && text.contains(is_ideograph)
}

/// Whether a mark between these parts two formulas between dollars of a Chinese sentence, or ends a line behind one: 已知$a$,$b$是
pub fn are_parted(before: &str, rest: &str) -> bool {
    (rest.trim_end().is_empty() || formula::begins_with_dollars(rest)) && ends_in_dollars(before)
}

/// Tells, of one character of a formula behind the other, whether it is a relation that is not within brackets: P(X>0)=0.5
fn outer_relation() -> impl FnMut(char) -> bool {
    let mut depth = 0_i32;
    move |c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        depth <= 0 && is_relation(c)
    }
}

fn is_relation(c: char) -> bool {
    matches!(
        c,
        '=' | '<' | '>' | '~' | '≤' | '≥' | '≠' | '≈' | '∈' | '∪' | '∩' | '→' | '⇌'
    )
}

/// Whether several settings stand in a formula, of which more may follow: 0=A, 1=B
pub fn is_list(formula: &str) -> bool {
    formula.contains(',') && formula.matches(is_relation).count() > 1
}

/// The term with brackets, or the power, that `text` ends in, if it stands behind Chinese text: 和是 n(n+1)/2, 成分是Ca(OH)2. A space
/// before it belongs to it.
pub fn term_before(text: &str) -> Option<&str> {
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    if !end.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')') {
        return None;
    }
    static SIGNS: Chars = Chars::of("()+-*/^×÷·√π²³");
    let is_part = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
    let front = end.trim_end_matches(is_part);
    let term = &end[front.len()..];
    let front = front.strip_suffix(' ').unwrap_or(front);
    let has_more = |(_, behind): (&str, &str)| !behind.is_empty();
    let is_product = term.contains('(') && term.rsplit_once(')').is_some_and(has_more);
    // a^2
    let is_power = || {
        let begins = term.starts_with(|c: char| c.is_ascii_alphanumeric());
        begins && term.split_once('^').is_some_and(has_more)
    };
    let is_term = (is_product || is_power()) && !term.starts_with(')') && is_balanced(term);
    (is_term && ends_chinese(front)).then(|| &end[front.len()..])
}

/// Whether `text` ends in a set, or in an object as programs write it, within a Chinese sentence: 集合 A = {1, 2, 3},
/// 返回 {"code": 0}
pub fn is_set(text: &str) -> bool {
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let Some((front, members)) = end.strip_suffix('}').and_then(|end| end.rsplit_once('{')) else {
        return false;
    };
    let is_member = |c: char| c.is_alphanumeric() || " ,.-+|<>=≤≥∈…:\"_".contains(c);
    let name = front.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || " =∈∪∩".contains(c));
    !members.is_empty() && members.chars().all(is_member) && ends_chinese(name)
}

/// The amount with groups of three digits that `text` ends in, with its currency: NT$1,200
pub fn amount_before(text: &str) -> Option<&str> {
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    static SIGNS: Chars = Chars::of(",.%$¥￥€£");
    let part = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
    let amount = &end[end.trim_end_matches(part).len()..];
    let unit = |c: char| c.is_ascii_alphabetic();
    let mut groups = amount.trim_end_matches(unit).split(',');
    let first = groups.next()?;
    let number = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_group = |group: &str| {
        let digits = group.split(['.', '%']).next().unwrap_or_default();
        let rest = |c: u8| c.is_ascii_digit() || matches!(c, b'.' | b'%');
        digits.len() == 3 && group.bytes().all(rest)
    };
    let is_amount = (1..=3).contains(&number.len())
        && number.bytes().all(|c| c.is_ascii_digit())
        && amount.contains(',')
        && groups.all(is_group);
    is_amount.then_some(amount)
}

/// The scale with groups of three digits that `text` ends in: 1:50,000
pub fn scale_before(text: &str) -> Option<&str> {
    let amount = amount_before(text)?;
    let front = text[..text.len() - amount.len()].strip_suffix(':')?;
    let outer = front.trim_end_matches(|c: char| c.is_ascii_digit());
    (outer.len() < front.len()).then(|| &text[outer.len()..])
}

/// The date and time that `text` ends in: 2024-01-05 09:30
pub fn time_before(text: &str) -> Option<&str> {
    let is_numbers = |part: &str, signs: &[char]| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part
                .chars()
                .all(|c| c.is_ascii_digit() || signs.contains(&c))
    };
    let time = last_token(text);
    let front = text[..text.len() - time.len()].strip_suffix(' ')?;
    let date = last_token(front);
    let is_time = time.contains(':') && is_numbers(time, &[':', '.', '-']);
    (is_time && is_numbers(date, &['-', '/', '.'])).then(|| &text[front.len() - date.len()..])
}

/// The number of a telephone with its area in brackets that `text` ends in: (02)2345-6789, (02) 2345-6789
pub fn phone_before(text: &str) -> Option<&str> {
    let number = last_token(text);
    let front = &text[..text.len() - number.len()];
    let front = front.strip_suffix(' ').unwrap_or(front).strip_suffix(')')?;
    let before = front.trim_end_matches(|c: char| c.is_ascii_digit() || c == '+');
    (before.len() < front.len() && number.starts_with(|c: char| c.is_ascii_digit()))
        .then_some(())?;
    Some(&text[before.strip_suffix('(')?.len()..])
}

/// The degrees with minutes and seconds, or the feet with inches or minutes with seconds, that `text` ends in:
/// 25°02'31", 5'6"
pub fn measure_before(text: &str) -> Option<&str> {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let amount = text.strip_suffix(['"', '\''])?;
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '°' | '\'' | '′');
    let amount = &amount[amount.trim_end_matches(part).len()..];
    let is_measure = amount.starts_with(|c: char| c.is_ascii_digit())
        && amount.ends_with(|c: char| c.is_ascii_digit())
        && amount.contains(['°', '\'', '′']);
    is_measure.then(|| &text[text.len() - amount.len() - 1..])
}

/// Whether a line begins with moves of a game of chess: 1.e4 e5 2.Nf3 Nc6
fn is_moves(text: &str) -> bool {
    /// No game is longer, bytes.
    const LONGEST: usize = 1 << 10;
    // The number of a move may stand before it.
    let is_move = |word: &str| {
        let name = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let name = name.trim_start_matches('.');
        name.chars()
            .all(|c| "KQRBNabcdefgh12345678x+#=!?O-".contains(c))
    };
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains('.')
        && text.contains(|c: char| matches!(c, 'a'..='h' | 'O'))
        && text.split(' ').all(is_move)
}

/// Whether a line begins with a formula, `before`, and `rest` ends the sentence: 2+3=5,对吗?
pub fn begins_sentence(before: &str, rest: &str) -> bool {
    let ends = ['.', '?', '!', '。', '？', '！', '﹒', '﹖', '﹗'];
    // Most lines are longer.
    if before.len() > LONGEST {
        return false;
    }
    let sides = before.split_once(['=', '→', '⇌']);
    let is_side = |side: &str| !side.is_empty() && is_balanced(side) && !has_words(side);
    before.chars().all(is_part)
        && before.contains(|c| "+-*/×÷^→⇌°√".contains(c) || matches!(c, '₀'..='₉'))
        && sides.is_some_and(|(left, right)| is_side(left) && is_side(right))
        && rest.trim_end().ends_with(ends)
}

fn is_part(c: char) -> bool {
    static SIGNS: Chars = Chars::of("≤≥≠≈∈×÷·±−√π∞°²³∪∩→⇌∠△↑↓");
    match c {
        // Most that are asked about are these, which end a formula or are in it.
        c if is_ideograph(c) => false,
        ' ' | '!' | '\''..='/' | '<'..='>' | '[' | ']' | '^' | '_' | '|' | '~' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'α'..='ω' | 'Α'..='Ω' | '₀'..='₉' => true,
        c => SIGNS.contains(c),
    }
}

/// Whether round and square brackets close as often as they open; half-open intervals mix them.
fn is_balanced(side: &str) -> bool {
    let count = |of: [char; 2]| side.matches(of).count();
    count(['(', '[']) == count([')', ']'])
}

/// Whether words stand in a side of a formula beside each other. NaOH + HCl are none.
fn has_words(side: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|c| c.is_ascii_alphabetic());
    let mut words = side.split(' ').map(is_word);
    let mut before = words.next().unwrap_or_default();
    words.any(|word| std::mem::replace(&mut before, word) && word)
}

/// The number with its unit, parted by a space, that `text` ends in behind Chinese text: 340 m/s, 3.0×10^8 m/s, 120/80 mmHg
pub fn quantity_before(text: &str) -> Option<&str> {
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    static UNIT: Chars = Chars::of("/²³°%·^-");
    static NUMBER: Chars = Chars::of(".,×^*+-−/～–");
    let unit_part = |c: char| !is_ideograph(c) && (c.is_alphabetic() || UNIT.contains(c));
    let unit = &end[end.trim_end_matches(unit_part).len()..];
    let front = end[..end.len() - unit.len()].strip_suffix(' ')?;
    let number_part = |c: char| c.is_ascii_digit() || NUMBER.contains(c);
    let number = &front[front.trim_end_matches(number_part).len()..];
    let outer = &front[..front.len() - number.len()];
    let outer = outer.strip_suffix(' ').unwrap_or(outer);
    let is_quantity = (unit.contains('/') || number.contains('/'))
        && !unit.starts_with("and/")
        && unit.starts_with(char::is_alphabetic)
        && number.starts_with(|c: char| c.is_ascii_digit())
        && ends_chinese(outer);
    is_quantity.then(|| &end[outer.len()..])
}

/// Whether a line begins with words of another language, with code or with moves of a game, `before`, and `rest` ends the
/// sentence: OK,没问题.
pub fn begins_with_word(before: &str, rest: &str) -> bool {
    /// More words are a sentence.
    const MOST: usize = 3;
    let ends = ['.', '?', '!', '。', '？', '！', '…', '~', '﹒', '﹖', '﹗'];
    let is_part = |c: char| c.is_ascii_alphanumeric() || is_spelling(c) || " -+#.:'&%_".contains(c);
    let are_words = || {
        before.len() <= LONGEST
            && before.starts_with(|c: char| c.is_ascii_alphanumeric())
            && before.contains(|c: char| c.is_ascii_alphabetic() || c == '%')
            && before.chars().all(is_part)
            && before.split(' ').count() <= MOST
    };
    (are_words() || is_object(before) || is_moves(before) || is_date(before))
        && rest.trim_end().ends_with(ends)
}

/// 2018.5.20
fn is_date(text: &str) -> bool {
    let parts = || text.split('.');
    text.len() <= 10
        && parts().count() == 3
        && parts().all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit()))
        && parts().next().is_some_and(|year| year.len() == 4)
}

/// Whether a comma between these stands in a list of words of another language that a Chinese sentence holds:
/// 支持iOS, Android, Windows等系统
pub fn is_among_words(before: &str, after: &str) -> bool {
    /// No list goes on longer, bytes.
    const REACH: usize = 256;
    let token = last_token(before);
    if !is_word(token) && !is_object(token) || !is_behind_chinese(before, token) {
        return false;
    }
    let rest = front(after, REACH);
    let end = rest.find(is_ideograph).unwrap_or(0);
    let (list, behind) = rest.split_at(end);
    let list = list.strip_suffix(' ').unwrap_or(list);
    // Java,Python,还会
    let (list, goes_on) = match list.strip_suffix(',') {
        Some(list) => (list, true),
        None => (
            list,
            first(behind).is_some_and(|c| "等和与與及或".contains(c)),
        ),
    };
    let is_spaced = list.starts_with(' ');
    let is_item = |item: &str| match item.strip_prefix(' ') {
        Some(item) => is_spaced && (is_word(item) || is_object(item)),
        None => !is_spaced && (is_word(item) && !is_variable(item) || is_object(item)),
    };
    goes_on && list.split(',').all(is_item)
}

/// Whether a comma between these parts two clauses, the second of which a word of another language begins: 增长5%,CPI上涨
pub fn is_before_word(before: &str, after: &str) -> bool {
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let length = rest.len() - rest.trim_start_matches(is_letter).len();
    let word = &rest[..length];
    if !is_word(word) || is_variable(word) || !rest[length..].starts_with(is_ideograph) {
        return false;
    }
    let token = last_token(before);
    token.len() > 1 && !is_variable(token) && is_behind_chinese(before, token)
}

/// Whether Chinese text stands before the token that `text` ends in.
fn is_behind_chinese(text: &str, token: &str) -> bool {
    let text = &text[..text.len() - token.len()];
    ends_chinese(text) || text.strip_suffix(' ').is_some_and(ends_chinese)
}

/// Whether this is a word of letters, as names of programs and the like are: iOS, C++, Node.js.
fn is_word(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(is_letter)
        && !word.ends_with(['.', '-'])
}

/// What stands in a word of letters.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '.' | '-')
}

/// Whether this is code, or a formula, that a format hides.
pub fn is_object(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(is_kept_out) && characters.next().is_none()
}

/// Whether this is a letter with its number: x1.
fn is_variable(word: &str) -> bool {
    let number = word.strip_prefix(|c: char| c.is_ascii_alphabetic());
    number.is_some_and(|number| number.bytes().all(|c| c.is_ascii_digit()))
}
