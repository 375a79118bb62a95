//! Private-use code points that stand for characters.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::edit::Edit;
use super::rules::Rule;
use crate::convert::{Script, ScriptCount};

/// What a private-use code point stands for. GBK and HKSCS used most for different characters, or for none: the line's
/// script decides.
pub fn private_use(line: &str, range: std::ops::Range<usize>, c: char) -> Option<Edit> {
    let (gbk, big5) = private_use_table().get(&c)?;
    let mut scripts = ScriptCount::default();
    scripts.add(line);
    let after = match scripts.script() {
        Script::Simplified => *gbk,
        Script::Traditional => *big5,
        _ => None,
    };
    let others = [*gbk, *big5]
        .into_iter()
        .flatten()
        .filter(|other| Some(*other) != after);
    Some(Edit {
        range,
        after: after.map(String::from),
        rule: Rule::PrivateUse,
        bytes: Vec::new(),
        others: others.map(String::from).collect(),
    })
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
