//! Private-use code points that stand for characters.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::edit::Edit;
use crate::rule::Rule;
use jianti_text::encoding::Encoding;

/// What a private-use code point stands for: what the document's own encoding meant by it. In other documents it is open,
/// as it may be an icon of a page's font; GBK and HKSCS used most for different characters, or for none.
pub fn private_use(range: std::ops::Range<usize>, c: char, encoding: Option<Encoding>) -> Edit {
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
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/private-use.txt"));
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
