//! Blanks that exercises and forms leave to be filled in: the marks beside them are the sentence's.

use super::context::{ends_chinese, is_ideograph};

/// Fewer underscores are emphasis, or part of a program's name: __init__
const LEAST: usize = 3;

/// What stands in front of the blank that `text` ends in.
fn front(text: &str) -> Option<&str> {
    let front = text.trim_end_matches('_');
    (text.len() - front.len() >= LEAST).then_some(front)
}

/// What stands behind the blank that `text` begins with.
fn behind(text: &str) -> Option<&str> {
    let behind = text.trim_start_matches('_');
    (text.len() - behind.len() >= LEAST).then_some(behind)
}

/// Whether `before` ends in a blank of a Chinese sentence, behind which a mark, with `after` behind it, is the sentence's. In a
/// list of numbers (2,4,____,8) a blank is one of them.
pub fn is_before_mark(before: &str, after: &str) -> bool {
    let Some(front) = front(before) else {
        return false;
    };
    let rest = after.trim_start_matches(' ');
    let goes_on = rest.trim_end().is_empty()
        || rest.starts_with(|c: char| is_ideograph(c) || "”’）)".contains(c))
        || behind(skip_formula(rest)).is_some();
    goes_on && !front.ends_with(',') && stands_in_chinese(front, rest)
}

/// Whether `before` ends in a blank of a Chinese sentence which a full stop ends: a word, or the next blank, stands apart
/// behind it.
pub fn is_before_stop(before: &str, after: &str) -> bool {
    let rest = after.trim_start_matches(' ');
    let ends = rest.len() < after.len() || !rest.starts_with('_');
    ends && is_before_mark(before, after)
        || rest.len() < after.len()
            && rest.starts_with(|c: char| c.is_ascii_digit())
            && front(before).is_some_and(|front| ends_chinese(skip_formula_back(front)))
}

/// Whether `before` ends in a blank of a Chinese sentence.
pub fn ends_in_blank(before: &str) -> bool {
    front(before).is_some_and(|front| stands_in_chinese(front, ""))
}

/// Whether Chinese text stands in front of a blank, or of the formula that it is a part of; at a line's beginning, behind it
/// and other blanks: ____和____是
fn stands_in_chinese(front: &str, rest: &str) -> bool {
    let outer = skip_formula_back(front);
    if !outer.is_empty() {
        return ends_chinese(outer);
    }
    let words = rest.trim_start_matches(|c| "_ ,，、".contains(c));
    words.starts_with(is_ideograph)
}

/// Text without the formula that it ends in: 则∠B=
fn skip_formula_back(text: &str) -> &str {
    let front = text.trim_end_matches(is_formula);
    // Words of another language are none.
    match has_word(&text[front.len()..]) {
        true => text,
        false => front,
    }
}

/// Text without the formula that it begins with: sinB=____
fn skip_formula(text: &str) -> &str {
    let rest = text.trim_start_matches(|c| is_formula(c) && c != ',');
    match has_word(&text[..text.len() - rest.len()]) {
        true => text,
        false => rest,
    }
}

fn is_formula(c: char) -> bool {
    c.is_ascii_alphanumeric() || " ()[]+-*/^=<>.|'∠△×÷·±−√π°≈≤≥⊥∥²³".contains(c)
}

/// Whether there is a word that names neither points nor a function or unit.
fn has_word(text: &str) -> bool {
    const NAMES: [&str; 14] = [
        "sin", "cos", "tan", "cot", "log", "ln", "lg", "lim", "max", "min", "cm", "mm", "kg", "km",
    ];
    let is_name = |word: &str| {
        word.len() < 2 || NAMES.contains(&word) || word.bytes().all(|c| c.is_ascii_uppercase())
    };
    !text.split(|c: char| !c.is_ascii_alphabetic()).all(is_name)
}
