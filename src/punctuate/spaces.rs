//! Spaces that a scraper set after every character.

use std::borrow::Cow;

use super::context::is_han;

/// How many characters a line has at least that shows a scraper's spaces.
const MANY: usize = 8;
/// The same, for lines of a document in which others show them.
const SOME: usize = 2;

/// Whether a line of `head`, a document's beginning, shows a scraper's spaces.
pub fn are_everywhere(head: &str) -> bool {
    head.lines().any(|line| is_spaced(line, MANY, true))
}

/// Takes a scraper's spaces out of lines; borrowed if there are none. `everywhere` says that the document has more such
/// lines elsewhere.
pub fn taken_out(lines: &str, everywhere: bool) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', lines.as_bytes())
        .map(|at| at + 1)
        .chain([lines.len()])
    {
        if let Cow::Owned(line) = without(&lines[start..end], everywhere) {
            out.push_str(&lines[done..start]);
            out.push_str(&line);
            done = end;
        }
        start = end;
    }
    if done == 0 {
        return Cow::Borrowed(lines);
    }
    out.push_str(&lines[done..]);
    Cow::Owned(out)
}

fn without<'a>(line: &'a str, everywhere: bool) -> Cow<'a, str> {
    let least = if everywhere { SOME } else { MANY };
    if !is_spaced(line, least, !everywhere) {
        return Cow::Borrowed(line);
    }
    let content = line.trim_start();
    let indent = &line[..line.len() - content.len()];
    let text = content.trim_end();
    let mut out = indent.to_owned();
    let mut ascii = false;
    for token in text.split(' ') {
        if token.is_empty() {
            // Two spaces stand for one.
            if !out.ends_with(' ') {
                out.push(' ');
            }
            ascii = false;
            continue;
        }
        let is_word = token.len() > 1 && token.is_ascii();
        if is_word && ascii {
            out.push(' ');
        }
        out.push_str(token);
        ascii = is_word;
    }
    out.push_str(content[text.len()..].trim_start_matches(' '));
    Cow::Owned(out)
}

/// Whether a line has a space after each of at least this many characters, and a mark of a sentence if it must.
fn is_spaced(line: &str, least: usize, needs_mark: bool) -> bool {
    let line = line.trim();
    let mut start = line.chars();
    // Few lines begin so.
    if !(start.next().is_some_and(is_cjk) && start.next() == Some(' ')) {
        return false;
    }
    let (mut characters, mut marks) = (0, 0);
    for token in line.split(' ').filter(|token| !token.is_empty()) {
        let mut chars = token.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if is_han(c) => characters += 1,
            (Some(c), None) if "，。！？：；、,.!?:;".contains(c) => marks += 1,
            _ if token.contains(is_han) => return false,
            _ => {}
        }
    }
    characters >= least && (marks > 0 || !needs_mark)
}

fn is_cjk(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '“' | '‘' | '（')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scrapers_spaces_go_and_others_stay() {
        let spaced = "老 书 店 开 在 车 站 对 面 ， 门 口 有 Rust 2024 年 的 书 。\n";
        assert_eq!(
            without(spaced, false),
            "老书店开在车站对面，门口有Rust 2024年的书。\n"
        );
        for line in [
            "记者 魏彧 米哲 于春沣\n",
            "天 地 玄 黄 宇 宙 洪 荒 日 月\n",
            "目 录\n",
        ] {
            assert_eq!(without(line, false), line);
        }
        assert_eq!(without("目 录\n", true), "目录\n");
    }
}
