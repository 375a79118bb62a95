//! Private-use code points that stand for characters.

use crate::edit::Edit;
use crate::rule::Rule;
use jianti_text::encoding::Encoding;

/// What a private-use code point stands for: what the document's own encoding meant by it. In other documents it is open,
/// as it may be an icon of a page's font; GBK and HKSCS used most for different characters, or for none.
pub fn private_use(range: std::ops::Range<usize>, c: char, encoding: Option<Encoding>) -> Edit {
    let (gbk, big5) = meant_by(c);
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

/// What a code point of private use stands for in GBK, and in Big5 with its extensions.
fn meant_by(c: char) -> (Option<char>, Option<char>) {
    // One line for each code point of a character set, in the order of the code points.
    const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/private-use.txt"));
    let code = |line: &str| u32::from_str_radix(line.split(' ').next()?, 16).ok();
    let (mut from, mut to) = (0, TABLE.len());
    while from < to {
        let middle = (from + to) / 2;
        let start = memchr::memrchr(b'\n', &TABLE.as_bytes()[..middle]).map_or(0, |end| end + 1);
        let line = TABLE[start..].lines().next().unwrap_or_default();
        // The first line, which tells what the others are, has none.
        match code(line) < Some(u32::from(c)) {
            true => from = start + line.len() + 1,
            false => to = start,
        }
    }
    let (mut gbk, mut big5) = (None, None);
    let lines = TABLE[from.min(TABLE.len())..].lines();
    for line in lines.take_while(|line| code(line) == Some(u32::from(c))) {
        let today = line.split(' ').nth(1);
        let today = today.and_then(|today| u32::from_str_radix(today, 16).ok());
        let today = today.and_then(char::from_u32);
        match line.ends_with("GBK") {
            true => gbk = today,
            false => big5 = today,
        }
    }
    (gbk, big5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_is_found() {
        let table = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/private-use.txt"));
        let character = |code: &str| char::from_u32(u32::from_str_radix(code, 16).ok()?);
        for line in table.lines().skip(1) {
            let fields: Vec<&str> = line.split(' ').collect();
            let [private, today, set] = fields[..] else {
                panic!("{line}")
            };
            let (gbk, big5) = meant_by(character(private).expect("a code point"));
            let found = if set == "GBK" { gbk } else { big5 };
            assert!(found.is_some() && found == character(today), "{line}");
        }
        assert_eq!(meant_by('\u{F8FF}'), (None, None));
        assert_eq!(meant_by('中'), (None, None));
        assert_eq!(meant_by('\u{10FFFD}'), (None, None));
    }
}
