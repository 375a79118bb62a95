//! Text without what must come out as it came in: addresses, paths, placeholders, and other languages inside.
//!
//! Each such span is replaced by one noncharacter while the text goes through the stages, which so see a word that they
//! know nothing of, and is put back afterwards.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use crate::glance::Glance;
use crate::punctuate::{MASK, protected};
use jianti_text::beside::Share;
use jianti_text::{beside, foreign};
use memchr::memmem;

/// How many places are seen after something was seen first before it is not looked for any more.
const PATIENCE: usize = 24;

/// What of a document in other languages is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Nothing: they are converted too.
    Nothing,
    /// Titles, quotations and sentences.
    Spans,
    /// The same on lines that are Chinese, of which there are so many, and all other lines.
    Lines(Share),
}

/// Masks spans of whole lines, and the parts of them, in order, that have to stay; what they hold is appended to `masked`, in
/// order. Borrowed if there are none; beside it, what else was seen.
pub fn mask<'t>(
    lines: &'t str,
    kept: &[Range<usize>],
    others: Others,
    masked: &mut VecDeque<String>,
) -> (Cow<'t, str>, Glance) {
    if kept.is_empty() {
        return mask_spans(lines, others, masked);
    }
    let (mut parts, known) = (VecDeque::new(), masked.len());
    let text = hide(lines, kept, &mut parts);
    let (hidden, glance) = mask_spans(&text, others, masked);
    // A span may hold parts that are masked, or be one.
    for span in masked.range_mut(known..) {
        if span.contains(MASK) {
            let mut whole = String::new();
            restore(span, &mut parts, &mut whole);
            *span = whole;
        }
    }
    (Cow::Owned(hidden.into_owned()), glance)
}

fn mask_spans<'t>(
    lines: &'t str,
    others: Others,
    masked: &mut VecDeque<String>,
) -> (Cow<'t, str>, Glance) {
    if let Others::Lines(share) = others {
        let text = mask_all_but_chinese(lines, share, masked);
        return (text.into(), Glance::ANY);
    }
    let mut glance = Glance::NONE;
    let mut places = glance.places(lines);
    let mut out = String::new();
    let (mut done, mut from) = (0, 0);
    // Where the line ends that was masked last.
    let mut masked_to = 0;
    let mut looked_for = glance;
    let mut in_vain = 0;
    while let Some(found) = places.next(from) {
        from = found + 1;
        let shows = glance.see(lines, found);
        if glance != looked_for {
            // What was seen is passed over for a while: most text has little of it, and ends before another look pays.
            in_vain += 1;
            if in_vain > PATIENCE {
                (looked_for, in_vain) = (glance, 0);
                places = glance.places(lines);
            }
        }
        if !shows || found < masked_to {
            continue;
        }
        let (before, behind) = lines.as_bytes().split_at(found);
        let before = &before[masked_to..];
        let start = memchr::memrchr(b'\n', before).map_or(masked_to, |at| masked_to + at + 1);
        let end = memchr::memchr(b'\n', behind).map_or(lines.len(), |at| found + at);
        masked_to = end;
        let line = &lines[start..end];
        // Only what is beyond ASCII is hidden.
        if line.is_ascii() {
            from = end;
            continue;
        }
        for span in spans(line, others == Others::Spans) {
            out.push_str(&lines[done..start + span.start]);
            out.push(MASK);
            done = start + span.end;
            masked.push_back(lines[start + span.start..done].to_owned());
        }
    }
    if done == 0 {
        return (Cow::Borrowed(lines), glance);
    }
    out.push_str(&lines[done..]);
    (Cow::Owned(out), glance)
}

/// [`mask_spans`] in a document that is in another language for the most part.
fn mask_all_but_chinese(lines: &str, share: Share, masked: &mut VecDeque<String>) -> String {
    let mut out = String::new();
    for line in lines.split_inclusive('\n') {
        let text = line.trim_end();
        let spans = match beside::is_chinese(text, &foreign::spans(text), share) {
            true => spans(text, true),
            false if text.is_ascii() => Vec::new(),
            false => std::iter::once(0..text.len()).collect(),
        };
        let mut done = 0;
        for span in spans {
            out.push_str(&line[done..span.start]);
            out.push(MASK);
            done = span.end;
            masked.push_back(line[span].to_owned());
        }
        out.push_str(&line[done..]);
    }
    out
}

/// Masks the parts of a text, in order, that have to stay as they are; what they hold is appended to `masked`. A mask that the
/// text itself has is masked too. Borrowed if there are none.
pub fn hide<'t>(
    text: &'t str,
    parts: &[Range<usize>],
    masked: &mut VecDeque<String>,
) -> Cow<'t, str> {
    let mut mask = [0; MASK.len_utf8()];
    let mask = MASK.encode_utf8(&mut mask);
    let own = |text: &str| {
        let found = memmem::find_iter(text.as_bytes(), mask.as_bytes());
        std::iter::repeat_n(mask.to_owned(), found.count())
    };
    let mut out = String::new();
    let mut done = 0;
    for part in parts {
        masked.extend(own(&text[done..part.start]));
        masked.push_back(text[part.clone()].to_owned());
        out.push_str(&text[done..part.start]);
        out.push(MASK);
        done = part.end;
    }
    masked.extend(own(&text[done..]));
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Appends `text` to `out`, with spans put back from `masked`.
pub fn restore(text: &str, masked: &mut VecDeque<String>, out: &mut String) {
    let mut parts = text.split(MASK);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let span = masked.pop_front();
        debug_assert!(span.is_some(), "each mask has its span");
        out.push_str(span.as_deref().unwrap_or_default());
        out.push_str(part);
    }
}

/// The spans of a line, in order. `foreign` says that those in other languages belong to them.
fn spans(line: &str, foreign: bool) -> Vec<Range<usize>> {
    let mut spans: Vec<_> = protected::opaque_spans(line)
        .into_iter()
        .filter(|span| !line[span.clone()].is_ascii())
        .collect();
    if foreign {
        spans.extend(foreign::spans(line));
    }
    spans.extend(
        line.match_indices(MASK)
            .map(|(at, mask)| at..at + mask.len()),
    );
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let is_kept = span.start >= end && !span.is_empty();
        // What is not kept hides nothing: the mask itself may stand in it.
        if is_kept {
            end = span.end;
        }
        is_kept
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_masked_and_put_back() {
        for (text, expected) in [
            ("見https://a.com/新聞/1，好\n甲\n", "見\u{FDD0}，好\n甲\n"),
            ("見https://a.com/b，好", "見https://a.com/b，好"),
            (
                "《鋼の錬金術師》在C:\\使用者\\報告.docx",
                "《\u{FDD0}》在\u{FDD0}",
            ),
            ("甲{{ 變數 }}乙\u{FDD0}丙", "甲\u{FDD0}乙\u{FDD0}丙"),
            ("甲/乙，A=丙", "甲/乙，A=丙"),
            ("很s://吧\u{FDD0}でデ", "很\u{FDD0}\u{FDD0}でデ"),
        ] {
            let mut masked = VecDeque::new();
            let (hidden, _) = mask(text, &[], Others::Spans, &mut masked);
            assert_eq!(hidden, expected);
            let mut out = String::new();
            restore(&hidden, &mut masked, &mut out);
            assert_eq!(out, text);
            assert!(masked.is_empty());
        }
    }

    #[test]
    fn parts_are_hidden_and_put_back() {
        let text = "甲\u{FDD0}乙丙丁\u{FDD0}戊";
        let parts = [6..9, 9..15];
        let mut masked = VecDeque::new();
        let hidden = hide(text, &parts, &mut masked);
        assert_eq!(hidden, "甲\u{FDD0}\u{FDD0}\u{FDD0}\u{FDD0}戊");
        let mut out = String::new();
        restore(&hidden, &mut masked, &mut out);
        assert_eq!(out, text);
        // Beside spans, and within one.
        let text = "甲\u{FDD0}《鋼の錬金術師》乙丙https://a.tw/丁戊己。";
        let part = |text: &str, part: &str| {
            let at = text.find(part).expect("there");
            at..at + part.len()
        };
        for others in [Others::Spans, Others::Lines(Share::Few)] {
            let parts = [part(text, "乙"), part(text, "戊")];
            let mut masked = VecDeque::new();
            let (hidden, _) = mask(text, &parts, others, &mut masked);
            let mut out = String::new();
            restore(&hidden, &mut masked, &mut out);
            assert_eq!(out, text);
            assert!(masked.is_empty() && !hidden.contains('乙') && !hidden.contains('戊'));
        }
    }

    #[test]
    fn only_chinese_lines_are_left_of_another_language() {
        let text = "  駅は近い。\r\n目次\n我們都喜歡《ひまわり》，你呢？\nabc";
        let mut masked = VecDeque::new();
        let (hidden, _) = mask(text, &[], Others::Lines(Share::Few), &mut masked);
        assert_eq!(
            hidden,
            "\u{FDD0}\r\n\u{FDD0}\n我們都喜歡《\u{FDD0}》，你呢？\nabc"
        );
        let mut out = String::new();
        restore(&hidden, &mut masked, &mut out);
        assert_eq!(out, text);
        assert!(masked.is_empty());
    }

    #[test]
    fn what_else_stands_there_is_seen_wherever_it_is() {
        for pad in 0..140 {
            let pad = "中".repeat(pad / 3) + &"x".repeat(pad % 3);
            for (text, is_masked, spaces, wide) in [
                ("中文。", false, false, false),
                ("見D:\\路徑", true, false, false),
                ("老 书 店", false, true, false),
                ("第１章", false, false, true),
                ("老 书 店，見D:\\路徑，第１章", true, true, true),
                ("x:// \n書 店 第１章", false, true, true),
                // No line with a scraper's spaces begins so.
                ("第１章 书 店", false, false, true),
            ] {
                let text = format!("{pad}\n{text}");
                let (hidden, glance) = mask(&text, &[], Others::Spans, &mut VecDeque::new());
                assert_eq!(hidden != text, is_masked, "{text}");
                assert_eq!(glance, Glance { spaces, wide }, "{text}");
            }
        }
    }
}
