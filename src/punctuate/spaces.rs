//! Spaces that a scraper set after every character.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use jianti_data::choice::fold;
use jianti_model::{Model, UNIT};

use super::context::is_ideograph;
use super::english::CHINESE;
use jianti_text::look;
use jianti_text::scan::Positions;

/// How many characters a sentence has at least that its full stop ends and that shows a scraper's spaces.
const SHORT: usize = 5;
/// How many characters a line has at least that shows a scraper's spaces.
const MANY: usize = 8;
/// The same, for lines of a document in which others show them.
const SOME: usize = 2;

/// Whether a line of `head`, a document's beginning, shows a scraper's spaces.
pub fn are_everywhere(head: &str) -> bool {
    // Many a text has no space at all, which is told at once.
    let Some(space) = memchr::memchr(b' ', head.as_bytes()) else {
        return false;
    };
    let mut places = Positions::new(head, look_for_spaced);
    let mut from = 0;
    while let Some(found) = places.next(from.max(space)) {
        let line = line_around(head, from, found);
        from = line.end;
        if is_spaced(&head[line], MANY, true) {
            return true;
        }
    }
    false
}

/// Takes a scraper's spaces out of lines; borrowed if there are none. `everywhere` says that the document has more such
/// lines elsewhere.
pub fn taken_out(lines: &str, everywhere: bool) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut take_out = |range: Range<usize>| {
        if let Cow::Owned(line) = without(&lines[range.clone()], everywhere) {
            out.push_str(&lines[done..range.start]);
            out.push_str(&line);
            done = range.end;
        }
    };
    let mut from = 0;
    if everywhere {
        while from < lines.len() {
            let line = line_around(lines, from, from);
            from = line.end;
            take_out(line);
        }
    } else {
        let mut places = Positions::new(lines, look_for_spaced);
        while let Some(found) = places.next(from) {
            let line = line_around(lines, from, found);
            from = line.end;
            take_out(line);
        }
    }
    if done == 0 {
        return Cow::Borrowed(lines);
    }
    out.push_str(&lines[done..]);
    Cow::Owned(out)
}

/// The line that holds the byte at `place`, not before `from`, where a line begins.
fn line_around(lines: &str, from: usize, place: usize) -> Range<usize> {
    let (before, behind) = lines.as_bytes().split_at(place);
    let start = memchr::memrchr(b'\n', &before[from..]).map_or(from, |at| from + at + 1);
    let end = memchr::memchr(b'\n', behind).map_or(lines.len(), |at| place + at + 1);
    start..end
}

look!(look_for_spaced, may_be_spaced);

/// A Han character between two spaces, of three bytes or four: each line has some that shows a scraper's spaces.
#[inline(always)]
pub fn may_be_spaced(_before: u8, a: u8, b: u8, _c: u8, _d: u8, e: u8) -> bool {
    (a == b' ') & ((b >= 0xE3) & (e == b' ') | (b >= 0xF0))
}

/// Whether the line in which a space stands at byte `at` begins as one with a scraper's spaces does, or too far in front to
/// tell. Of such a line this is told of each space but those in front of its first character.
pub fn may_be_on_spaced_line(lines: &str, at: usize) -> bool {
    /// No line's beginning is looked for farther off, bytes.
    const FAR: usize = 1 << 9;
    let from = lines.floor_char_boundary(at.saturating_sub(FAR));
    match memchr::memrchr(b'\n', &lines.as_bytes()[from..at]) {
        Some(end) => begins_spaced(&lines[from + end + 1..=at]),
        None => from > 0 || begins_spaced(&lines[..=at]),
    }
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

/// Whether a line has a space after each of at least this many characters, and a mark of a sentence if it must, or reads as
/// one without them.
fn is_spaced(line: &str, least: usize, needs_mark: bool) -> bool {
    let line = line.trim();
    if !begins_spaced(line) {
        return false;
    }
    let (mut characters, mut marks, mut text) = (0, 0, Vec::new());
    for token in line.split(' ').filter(|token| !token.is_empty()) {
        let mut chars = token.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if is_ideograph(c) => {
                characters += 1;
                text.push(fold(c));
            }
            (Some(c), None) if "，。！？：；、,.!?:;".contains(c) => marks += 1,
            _ if token.contains(is_ideograph) => return false,
            _ => {}
        }
    }
    let is_sentence = || {
        let ends = line.ends_with(['。', '！', '？']);
        characters >= if ends { SHORT } else { MANY } && reads_as_sentence(&text)
    };
    characters >= least && (marks > 0 || !needs_mark) || needs_mark && is_sentence()
}

/// Whether text begins, behind its indent, with one character and a space, as few lines do.
fn begins_spaced(text: &str) -> bool {
    let mut start = text.trim_start().chars();
    start.next().is_some_and(is_cjk) && start.next() == Some(' ')
}

/// Whether these characters make a sentence one after the other: they follow each other as in text, and not as in a list of
/// characters or names, and some bind words as headings have them seldom.
fn reads_as_sentence(text: &[char]) -> bool {
    /// What a character costs at most that follows another one in text.
    const MOST: u32 = 5 * UNIT - UNIT / 4;
    static MODEL: LazyLock<Model> = LazyLock::new(jianti_data::model);
    let cost: u32 = text.array_windows().map(|[a, b]| MODEL.cost(*a, *b)).sum();
    text.iter().any(|c| CHINESE.contains(*c)) && cost <= MOST * (text.len() as u32 - 1)
}

fn is_cjk(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{3000}'..='\u{303F}' | '“' | '‘' | '（')
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
        for (line, expected) in [
            ("我 們 今 天 去 圖 書 館\n", "我們今天去圖書館\n"),
            ("今 天 天 气 很 好 。\n", "今天天气很好。\n"),
            ("关 于 我 们 的 服 务 项 目", "关于我们的服务项目"),
        ] {
            assert_eq!(without(line, false), expected);
        }
        for line in [
            "的 一 是 了 我 不 人 在 他 有 这 个\n",
            "你 我 他 她 它 们 的 得 地\n",
            "人 之 初 性 本 善 性 相 近 习 相 远\n",
            "重 要 通 知\n",
            "大 小 多 少 。\n",
        ] {
            assert_eq!(without(line, false), line);
        }
    }

    #[test]
    fn lines_begin_with_a_scrapers_spaces_or_do_not() {
        let pad = "字".repeat(1 << 9);
        for (line, expected) in [
            ("老 书 店 开 在", true),
            ("  “ 书 店 开 在", true),
            ("书店 开 在 车", false),
            ("a 书 店 开 在", false),
            ("老书 店", false),
        ] {
            for lines in [
                line.to_owned(),
                format!("书 店\n{line}"),
                format!("{pad}\n{line}"),
            ] {
                let at = lines.rfind(' ').expect("a space");
                assert_eq!(may_be_on_spaced_line(&lines, at), expected, "{line}");
            }
            // Too far in front.
            let lines = line.to_owned() + &pad + " 店 ";
            assert!(may_be_on_spaced_line(&lines, lines.len() - 5));
        }
    }
}
