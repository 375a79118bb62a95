//! Equations one behind the other in a Chinese sentence, and the marks that part them: 若a=2,b=3,求a+b的值

use super::context::{first, is_ideograph, last};
use jianti_text::lines::front;

/// No equation is longer, bytes.
const LONGEST: usize = 64;

/// Whether the mark between these parts two equations or points, or the last one and a clause, of a Chinese sentence.
pub fn are_parted(before: &str, after: &str) -> bool {
    // Settings and data have no sentence around them.
    let ends_sentence = || {
        after
            .trim_end()
            .ends_with(['.', '?', '!', '。', '？', '！', '﹒', '﹖', '﹗'])
    };
    ends_in_equation(before)
        && goes_on_in_chinese(after)
        && (ends_sentence() || before.starts_with(is_ideograph) && before.contains(is_word))
}

/// What stands in front of equations in a sentence.
fn is_word(c: char) -> bool {
    "若设設如当當已知因为為由令取在有".contains(c)
}

/// Whether `text` ends in an equation or a point. Words may stand in front of it: 当x=0
fn ends_in_equation(text: &str) -> bool {
    // Few marks that are asked about stand behind one.
    let may_end = |c: char| c.is_ascii_alphanumeric() || matches!(c, ')' | ']' | '}' | '°' | '′');
    if !last(text).is_some_and(may_end) {
        return false;
    }
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let mut depth = 0;
    let start = end.char_indices().rev().find(|(_, c)| {
        depth -= deeper(*c);
        depth < 0 || depth == 0 && is_delimiter(*c)
    });
    // for(i=0
    let is_call = |(at, c): (usize, char)| {
        deeper(c) > 0 && end[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    if start.is_some_and(is_call) {
        return false;
    }
    let part = start.map_or(end, |(at, c)| &end[at + c.len_utf8()..]);
    let behind = |(at, c): (usize, char)| at + c.len_utf8();
    let mut words = part.char_indices().rev();
    let words = words.find(|(_, c)| is_ideograph(*c)).map_or(0, behind);
    is_equation(&part[..words], part[words..].trim_start_matches(' '))
}

/// Whether equations follow, if any, and then Chinese text.
fn goes_on_in_chinese(text: &str) -> bool {
    /// More equations than these are a table.
    const MOST: usize = 8;
    let mut rest = text;
    for _ in 0..MOST {
        let part = rest.strip_prefix(' ').unwrap_or(rest);
        let named = part.trim_start_matches(is_ideograph);
        let length = length(named);
        let name = &part[..part.len() - named.len()];
        let equation = named[..length].trim_end_matches(' ');
        // 则c=5, but 宽=5 may be one of several values.
        let is_named = equation.starts_with(is_relation);
        if !is_equation(name, equation) || !name.is_empty() && !is_named {
            return !name.is_empty();
        }
        let behind = &named[length..];
        match first(behind) {
            Some(c) if is_ideograph(c) => return true,
            Some(c) if is_delimiter(c) => rest = &behind[c.len_utf8()..],
            _ => return false,
        }
    }
    false
}

/// How far an equation goes that begins here: to a mark that is not within brackets, what closes brackets around it, an
/// ideograph, or a point that ends the sentence.
fn length(text: &str) -> usize {
    let text = front(text, LONGEST);
    let mut depth = 0;
    let end = text.char_indices().find(|(at, c)| {
        depth += deeper(*c);
        let is_point = || !text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        depth < 0 || is_ideograph(*c) || depth == 0 && is_delimiter(*c) || *c == '.' && is_point()
    });
    end.map_or(text.len(), |(at, _)| at)
}

fn deeper(c: char) -> i32 {
    match c {
        '(' | '[' | '{' => 1,
        ')' | ']' | '}' => -1,
        _ => 0,
    }
}

fn is_delimiter(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '，' | '；' | '：' | '。' | '？' | '！' | '\r' | '\n'
    )
}

/// Whether this is an equation behind these words, the last of which may be its left side (左边=1), or a point: P(1,2)
fn is_equation(words: &str, text: &str) -> bool {
    let Some((at, relation)) = text.char_indices().find(|(_, c)| is_relation(*c)) else {
        return is_point(text);
    };
    let (left, right) = (&text[..at], &text[at + relation.len_utf8()..]);
    let right = right.trim_start_matches(is_relation);
    let left = left.trim_end_matches(' ');
    let is_named = left.is_empty() && !words.is_empty() && begins_in_number(right);
    (is_named || !left.is_empty() && is_term(left)) && is_term(right.trim_start_matches(' '))
}

fn begins_in_number(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '-']);
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn is_relation(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '≤' | '≥' | '≠' | '≈' | '∈')
}

/// P(1,2)
fn is_point(text: &str) -> bool {
    let content = text.strip_prefix(|c: char| c.is_ascii_uppercase());
    let content = content.and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')'));
    let part = |c: char| c.is_ascii_digit() || ", .-+/√π".contains(c);
    content.is_some_and(|content| content.contains(',') && content.chars().all(part))
}

/// Whether this is one side of an equation: numbers, signs and brackets, and letters as variables, functions and units have
/// them. Words are what programs are given: width=100
fn is_term(text: &str) -> bool {
    const FUNCTIONS: [&str; 12] = [
        "sin", "cos", "tan", "cot", "log", "ln", "lg", "lim", "max", "min", "gcd", "mod",
    ];
    let part = |c: char| {
        c.is_ascii_alphanumeric()
            || " +-*/^()[]{},.|'!%<>=".contains(c)
            || "×÷·±−√π∞°′″²³∪∩∠△∈≤≥≠∀∃∅".contains(c)
            || matches!(c, 'α'..='ω' | 'Α'..='Ω' | '₀'..='₉')
    };
    // AB, and 5kg
    let is_short = |front: &str, word: &str| match word.len() {
        0 | 1 => true,
        2 if word.bytes().all(|c| c.is_ascii_uppercase()) => true,
        2 | 3 => FUNCTIONS.contains(&word) || front.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let (front, word) = rest.split_at(at);
        rest = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        if !is_short(front, &word[..word.len() - rest.len()]) {
            return false;
        }
    }
    !text.is_empty() && text.chars().all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_between_equations_are_told() {
        for (before, after) in [
            ("若a=2", "b=3,求a+b的值."),
            ("若a=2，b=3", "求a+b的值."),
            ("左边=1", "右边=1,等式成立."),
            ("长=10，宽=5", "高=3,求体积."),
            ("因为a>b", "b>c,所以a>c."),
            ("∠A=30°", "∠B=60°,则∠C=90°."),
            ("AB=5", "BC=12,则AC=13."),
            ("当x=0", "y=1时,等式成立."),
            ("参数a=1，b=2", "c=3代入公式."),
            ("P(A)=0.5", "P(B)=0.3,求P(A∩B)."),
            ("设A={1,2}", "B={3,4},求A∪B."),
            ("设A={x|x>2}", "B={x|x<5},则A∩B={x|2<x<5}."),
            ("设点P(1,2)", "Q(3,4),求PQ长度."),
            ("已知 a=3", " b=4, 则 c=5."),
            ("其中m=5kg", "g=9.8,求重力."),
            ("sin30°=1/2", "cos60°=1/2,两者相等."),
            ("若f(x)=2x+1", "g(x)=x^2,求f(g(2))."),
        ] {
            assert!(are_parted(before, after), "{before},{after}");
        }
        for (before, after) in [
            ("选项 uid=1000", "gid=1000 表示"),
            ("使用 -o rw=1", "uid=5 选项"),
            ("设定width=100", "height=50,然后"),
            ("在(0", "1)上连续"),
            ("x=1", "y=2"),
            ("长=10", "宽=5,高=3"),
            ("坐标(3", "4)处"),
            ("增长5%", "同比下降"),
            ("Tom", "你好"),
            ("[a=1", "b=2]的"),
            ("1<5", " 2+3=7, B8<10), 或包含"),
            ("f(a=1", "b=2)的值"),
            ("cookie: a=1", " b=2; 名=值"),
            ("x=1", "甲"),
            ("US=1", "美國"),
            ("dd if=a", "of=b,然後執行."),
            ("for(i=0", "i<5;輸出)."),
            ("map<K,V> m", "說明"),
            ("名称=图书馆", "地址=台北"),
            ("0=A", "1=B"),
        ] {
            assert!(!are_parted(before, after), "{before},{after}");
        }
    }
}
