//! Code points that stand for others: radicals, compatibility ideographs, private use; and those that do not show.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;

use super::edit::{Edit, Rule};
use super::replay::is_question_mark;
use crate::decode::Encoding;

/// What may stand behind a radical that is meant as such. 字 alone is behind ⽂, 頭 alone behind ⽯.
const ABOUT_RADICALS: [&str; 6] = ["部", "旁", "字旁", "字頭", "字头", "字底"];

/// Code points on this line that stand for others. `encoding` is the document's own, if that is known.
pub fn edits(line: &str, encoding: Option<Encoding>) -> Vec<Edit> {
    let mut edits = Vec::new();
    // Runs that are shifted show private-use characters too.
    let shifted = line.contains(is_question_mark);
    let mut before = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map(|(_, c)| *c);
        let range = at..at + c.len_utf8();
        let mut push = |rule, text: String| edits.push(Edit::plain(rule, range.clone(), text));
        let beside_han = before.is_some_and(is_han) || after.is_some_and(is_han);
        match c {
            '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => {
                let normal: String = c.nfkc().collect();
                let meant = ABOUT_RADICALS
                    .iter()
                    .any(|about| line[range.end..].starts_with(about));
                if normal.chars().ne([c]) && beside_han && !meant {
                    push(Rule::Compatibility, normal);
                }
            }
            '\u{FEFF}' if beside_han || at == 0 => push(Rule::Invisible, String::new()),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'
                if before.is_some_and(is_han)
                    && after.is_some_and(|c| is_han(c) || is_invisible(c)) =>
            {
                push(Rule::Invisible, String::new());
                continue; // still behind the same Han character
            }
            '\u{E000}'..='\u{F8FF}' if !shifted => edits.push(private_use(range, c, encoding)),
            _ => {}
        }
        before = Some(c);
    }
    edits
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF1F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// What a private-use code point stands for: what the document's own encoding meant by it. In other documents it is open,
/// as it may be an icon of a page's font; GBK and HKSCS used most for different characters, or for none.
fn private_use(range: std::ops::Range<usize>, c: char, encoding: Option<Encoding>) -> Edit {
    let (gbk, big5) = private_use_table().get(&c).copied().unwrap_or_default();
    let after = match encoding {
        Some(Encoding::Gbk | Encoding::Gb18030) => gbk,
        Some(Encoding::Big5) => big5,
        _ => None,
    };
    let others = [gbk, big5].into_iter().flatten();
    let others = others.filter(|other| Some(*other) != after);
    Edit {
        range,
        after: after.map(String::from),
        rule: Rule::PrivateUse,
        bytes: Vec::new(),
        others: others.map(String::from).collect(),
    }
}

type PrivateUse = HashMap<char, (Option<char>, Option<char>)>;

/// What a code point of private use stands for in GBK, and in Big5 with its extensions.
fn private_use_table() -> &'static PrivateUse {
    static TABLE: OnceLock<PrivateUse> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/data/private-use/private-use.txt"
        ));
        let mut table = PrivateUse::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split(' ');
            let mut character = || {
                let code = u32::from_str_radix(fields.next()?, 16).ok()?;
                char::from_u32(code)
            };
            let (private, today) = (character().expect("a code point"), character());
            let entry = table.entry(private).or_default();
            match line.ends_with("GBK") {
                true => entry.0 = today,
                false => entry.1 = today,
            }
        }
        table
    })
}
