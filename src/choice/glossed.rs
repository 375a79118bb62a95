//! Words behind which a bracket gives their traditional form, in simplified text: 三国（三國）, 纣 (紂). It stays, as the reader would
//! see the same word twice. In traditional text such a word is in another language, and the bracket translates it:
//! 郵筒上寫著国内用（國內用）.

use super::merging::{changes, outcomes, script};
use jianti_data::choice::fold;
use jianti_text::ScriptCount;
use jianti_text::chars::is_han;
use jianti_text::forms::is_japanese_form;

/// No word is longer, characters.
const LONGEST: usize = 12;

/// Marks that may stand around the word and around what the bracket gives.
const OPENING: [char; 5] = ['《', '“', '‘', '「', '『'];
const CLOSING: [char; 5] = ['》', '”', '’', '」', '』'];

/// Where the characters are that stay in the bracket at byte `at`, in order; none if it gives no traditional form of the word in
/// front of it, or if that one is not written in simplified characters.
pub(super) fn traditional_form(text: &str, at: usize) -> Vec<usize> {
    let before = &text[..at];
    let before = before.strip_suffix(' ').unwrap_or(before);
    let word = before.trim_end_matches(|c| CLOSING.contains(&c) || matches!(c, '*' | '_'));
    let content = text[at..].trim_start_matches(['(', '（']);
    let content = behind_label(content).trim_start_matches(OPENING);
    let behind = content.trim_start_matches(is_part);
    let form = &content[..content.len() - behind.len()];
    let ends = [')', '）', ',', '，', '、', ';', '；'];
    if !behind.trim_start_matches(CLOSING).starts_with(ends)
        || !is_form(word, form)
        || !is_in_simplified(before, behind)
    {
        return Vec::new();
    }
    let start = text.len() - content.len();
    let changing = form.char_indices().filter(|(_, c)| changes(*c));
    changing.map(|(place, _)| start + place).collect()
}

/// What stands behind words for traditional characters and a colon: 繁體：三國
fn behind_label(content: &str) -> &str {
    const LABELS: [&str; 8] = [
        "繁體中文",
        "繁体中文",
        "繁體字",
        "繁体字",
        "繁體",
        "繁体",
        "正體",
        "繁",
    ];
    let rest = LABELS.iter().find_map(|label| content.strip_prefix(label));
    let rest = rest.and_then(|rest| rest.strip_prefix(['：', ':']));
    rest.map_or(content, |rest| rest.trim_start_matches(' '))
}

/// Whether the sentence that goes from `before` on in `behind`, the rest of a bracket, has neither traditional characters nor those of
/// another language outside of brackets.
fn is_in_simplified(before: &str, behind: &str) -> bool {
    /// No sentence is looked at farther, characters.
    const FAR: usize = 200;
    let (mut count, mut is_japanese) = (ScriptCount::default(), false);
    let mut add = |chars: &mut dyn Iterator<Item = char>, mut depth: i32, step: i32| {
        for c in chars.take(FAR).take_while(|c| !"。！？\n".contains(*c)) {
            match c {
                '(' | '（' => depth += step,
                ')' | '）' => depth -= step,
                c if depth <= 0 => {
                    count.add_char(c);
                    is_japanese |= is_japanese_form(c);
                }
                _ => {}
            }
        }
    };
    add(&mut before.chars().rev(), 0, -1);
    add(&mut behind.chars(), 1, 1);
    !is_japanese && count.traditional + count.variants + count.phonetic == 0
}

fn is_part(c: char) -> bool {
    is_han(c) || c == '·'
}

/// Whether text ends in the simplified form of a word that is given in traditional characters.
fn is_form(text: &str, form: &str) -> bool {
    let mut word = text.chars().rev();
    let (mut length, mut differs) = (0, false);
    for c in form.chars().rev() {
        length += 1;
        let is_same = word.next().is_some_and(|own| {
            differs |= own != c;
            outcomes(own).contains(&own) && (own == c || outcomes(c).contains(&own))
        });
        if !is_same || length > LONGEST {
            return false;
        }
    }
    // A character alone may be another one that becomes the same: 你（妳）
    differs && (length > 1 || form.chars().all(|c| script(fold(c)).simplified > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_forms_of_words_are_told() {
        for (text, stays) in [
            ("三国（三國）", "國"),
            ("史记 (史記)", "記"),
            ("纣（紂）王", "紂"),
            ("**汉书**（漢書，班固著）", "漢書"),
            ("《后汉书》（《後漢書》）", "後漢書"),
            ("“赵云”（趙雲）", "趙雲"),
            ("周杰伦（繁體：周杰倫）", "倫"),
            ("乾隆东巡（乾隆東巡）", "乾東"),
            ("他读三国（三國）和水浒（水滸）", "國"),
            ("他说。三国（三國）", "國"),
            ("三国（三國）、魏（曹魏，東漢末年）", "國"),
            // Nothing is simplified in front, or it is another word.
            ("三國（三国）", ""),
            ("三國（三國）", ""),
            ("三國志（三国誌）", ""),
            ("三国（三国）", ""),
            ("你（妳）", ""),
            ("国家（國王）", ""),
            ("三国（魏國）", ""),
            ("三国（東漢末年）", ""),
            ("三国（三國的歷史）", ""),
            ("蜀（三國）", ""),
            ("（三國）", ""),
            ("国（三國）", ""),
            ("三国（三國", ""),
            // Japanese words in a traditional text.
            ("郵筒上寫著国内用（國內用）", ""),
            ("国内用（國內用）寫在郵筒上", ""),
            ("学校（學校）、駅", ""),
            ("学校（學校）へ行く", ""),
        ] {
            let at = text.find(['(', '（']).expect("a bracket");
            let kept = traditional_form(text, at);
            let kept: String = kept
                .iter()
                .filter_map(|at| text[*at..].chars().next())
                .collect();
            assert_eq!(kept, stays, "{text}");
        }
    }
}
