//! What text costs that a page shows.

use jianti_model::{Model, UNIT};

/// What a text costs that a page shows, in eighths of a natural logarithm.
pub fn cost(model: &Model, text: &str) -> u32 {
    sum(text, |before, c| cost_on_page(model, before, c))
}

/// What a text costs that is Chinese if it is anything.
pub fn cost_as_chinese(model: &Model, text: &str) -> u32 {
    sum(text, |before, c| model.cost(before, c))
}

/// The sum of what each character costs behind the one in front of it, with a line's end in front of the first.
fn sum(text: &str, cost: impl Fn(char, char) -> u32) -> u32 {
    let before = std::iter::once('\n').chain(text.chars());
    let pairs = before.zip(text.chars());
    pairs.map(|(before, c)| cost(before, c)).sum()
}

/// What a character costs that a page shows behind another, in eighths of a natural logarithm. The model has counted Chinese
/// alone: a word in another script, or a reading, is not unlikely.
pub fn cost_on_page(model: &Model, before: char, c: char) -> u32 {
    /// What a letter of such a word costs behind another of it, logarithms.
    const LETTER: u32 = 5;
    let counted = model.cost(before, c);
    match script(c) {
        Some(own) if script(before) == Some(own) => counted.min(LETTER * UNIT),
        _ => counted,
    }
}

/// The script that a character spells words or readings of, by its number: kana, zhuyin with its tones, hangul.
fn script(c: char) -> Option<u8> {
    match c {
        '\u{3041}'..='\u{30FF}' => Some(0),
        '\u{3105}'..='\u{312F}' | 'ˇ' | 'ˊ' | 'ˋ' | '˙' => Some(1),
        '\u{AC00}'..='\u{D7A3}' => Some(2),
        _ => None,
    }
}
