//! Radicals and compatibility ideographs that stand for the characters themselves.

use unicode_normalization::UnicodeNormalization as _;

use super::Context;
use crate::chars::beside_han;
use crate::edit::Edit;
use crate::look::Look;
use crate::rule::Rule;
use jianti_text::scan::ANY;

pub const LOOK: Look = Look::anywhere(&[
    [&[(0xE2, 0xE2)], &[(0xBA, 0xBF)], ANY],
    [&[(0xEF, 0xEF)], &[(0xA4, 0xAB)], ANY],
    [&[(0xF0, 0xF0)], &[(0xAF, 0xAF)], &[(0xA0, 0xBF)]],
]);

/// What may stand behind a radical that is meant as such. 字 alone is behind ⽂, 頭 alone behind ⽯.
const ABOUT_RADICALS: [&str; 6] = ["部", "旁", "字旁", "字頭", "字头", "字底"];

#[inline]
pub fn is_suspect(text: &[u8], at: usize) -> bool {
    match &text[at..] {
        [0xE2, 0xBA..=0xBF, ..] | [0xEF, 0xA4..=0xAB, ..] => true,
        [0xF0, 0xAF, c, ..] => *c >= 0xA0,
        _ => false,
    }
}

pub fn edits(context: &mut Context) -> Vec<Edit> {
    let line = context.line;
    let stands_for_another = |c: &char| matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    let found = line
        .char_indices()
        .filter(|(_, c)| stands_for_another(c))
        .filter_map(|(at, c)| {
            let range = at..at + c.len_utf8();
            let normal: String = c.nfkc().collect();
            let meant = ABOUT_RADICALS
                .iter()
                .any(|about| line[range.end..].starts_with(about));
            let changes = normal.chars().ne([c]) && beside_han(line, &range) && !meant;
            changes.then(|| Edit::plain(Rule::Compatibility, range, normal))
        });
    found.collect()
}
