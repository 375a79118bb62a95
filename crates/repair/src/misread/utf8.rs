//! Bytes of UTF-8: what of them survived on the page.

use std::ops::Range;

use jianti_model::{Model, UNIT};

use super::cost::cost_on_page;
use super::survivors::{Shown, Survivors};

/// How many bytes in a row that are no UTF-8 are text that the page has beside it.
const OWN: usize = 4;

/// What of a page comes back whose bytes are UTF-8.
pub fn survivors(model: &Model, page: &str, bytes: &[Shown]) -> Survivors {
    let mut found = Survivors::default();
    let mut at = 0;
    for own in own_text(model, page, bytes) {
        let end = bytes.partition_point(|(_, start)| *start < own.start);
        come_back(page, &bytes[at..end], own.start, &mut found);
        found.text.push_str(&page[own.clone()]);
        at = bytes.partition_point(|(_, start)| *start < own.end);
    }
    come_back(page, &bytes[at..], page.len(), &mut found);
    found
}

/// What a page has of its own among what was misread, as where somebody wrote words of it again: characters that are likely beside
/// each other, and whose bytes are no UTF-8.
fn own_text(model: &Model, page: &str, bytes: &[Shown]) -> Vec<Range<usize>> {
    /// What a character of text costs less than, logarithms, and by how much all together: of what was misread hardly any two are.
    const TEXT: i32 = 9;
    const LIKELY: i32 = 8;
    let mut all = Vec::new();
    let (mut start, mut sum, mut best) = (0, 0, (0, 0));
    let before = std::iter::once('\n').chain(page.chars());
    for ((at, c), before) in page.char_indices().zip(before) {
        let gain = match c.is_ascii() || c == char::REPLACEMENT_CHARACTER {
            true => i32::MIN / 2,
            false => TEXT * UNIT as i32 - cost_on_page(model, before, c) as i32,
        };
        sum += gain;
        if sum > best.0 {
            best = (sum, at + c.len_utf8());
        }
        if sum <= 0 {
            all.push((start..best.1, best.0));
            (start, sum, best) = (at + c.len_utf8(), 0, (0, 0));
        }
    }
    all.push((start..best.1, best.0));
    let likely = all
        .into_iter()
        .filter(|(_, gain)| *gain >= LIKELY * UNIT as i32);
    let likely: Vec<_> = likely.map(|(range, _)| range).collect();
    if likely.is_empty() {
        return likely;
    }
    let valid = valid(bytes);
    let is_own = |range: &Range<usize>| {
        let first = bytes.partition_point(|(_, start)| *start < range.start);
        let end = bytes.partition_point(|(_, start)| *start < range.end);
        let count = valid[first..end].iter().filter(|valid| **valid).count();
        count * 2 < end - first
    };
    likely.into_iter().filter(is_own).collect()
}

/// Which bytes are of characters that come back.
fn valid(bytes: &[Shown]) -> Vec<bool> {
    let mut valid = Vec::with_capacity(bytes.len());
    while valid.len() < bytes.len() {
        let c = character(&bytes[valid.len()..]);
        let length = c.map_or(1, char::len_utf8);
        valid.extend(std::iter::repeat_n(c.is_some(), length));
    }
    valid
}

/// Adds what comes back of these bytes of the page; what stands behind them begins at `behind`.
fn come_back(page: &str, bytes: &[Shown], behind: usize, found: &mut Survivors) {
    let mut at = 0;
    while at < bytes.len() {
        if let Some(c) = character(&bytes[at..]) {
            found.push(c, c.len_utf8());
            at += c.len_utf8();
            continue;
        }
        let invalid = |at: &usize| character(&bytes[*at..]).is_none();
        let end = at + (at..bytes.len()).take_while(invalid).count();
        let start = |at: usize| bytes.get(at).map_or(behind, |(_, start)| *start);
        let whole = |at: usize| at == 0 || start(at - 1) != start(at);
        let known = bytes[at..end].iter().all(|(byte, _)| byte.is_some());
        if end - at >= OWN && bytes[at..end].chunks(2).all(is_front) {
            bytes[at..end].chunks(2).for_each(|front| found.lose(front));
        } else if end - at >= OWN && known && whole(at) && whole(end) {
            found.text.push_str(&page[start(at)..start(end)]);
        } else {
            found.lose(&bytes[at..end]);
        }
        at = end;
    }
}

impl Survivors {
    fn lose(&mut self, bytes: &[Shown]) {
        // A page that drops bytes without a trace puts the front of one character and the end of another together: the
        // rest of the other shows it.
        let rest = matches!(bytes[0], (Some(0x80..=0xBF), _));
        if rest
            && self
                .text
                .ends_with(|c: char| !c.is_ascii() && c != '\u{FFFD}')
        {
            let c = self.text.pop().expect("there is one");
            self.back.pop();
            self.surviving = self.surviving.saturating_sub(c.len_utf8());
        }
        self.text.push('\u{FFFD}');
        self.lost += bytes.len();
    }
}

/// Whether this is the front of a character whose last byte fell out without a trace, as decoders drop it that skip what they
/// do not know one byte at a time: 淇 of 修. Hardly any text of a page's own has several of these in a row.
fn is_front(bytes: &[Shown]) -> bool {
    matches!(
        bytes,
        [(Some(0xE2..=0xE9 | 0xEF), _), (Some(0x80..=0xBF), _)]
    )
}

/// The character whose bytes stand here, of those that Chinese text has.
fn character(bytes: &[Shown]) -> Option<char> {
    let length = match bytes.first()?.0? {
        0..0x80 => 1,
        0xC2..=0xC3 => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let bytes = bytes.get(..length)?.iter().map(|(byte, _)| *byte);
    let found: Vec<u8> = bytes.collect::<Option<_>>()?;
    str::from_utf8(&found).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::misread::shown::Charset;

    fn of(page: &str) -> Survivors {
        survivors(&jianti_data::model(), page, &Charset::Gbk.bytes(page))
    }

    /// As decoders show it that skip what GBK lacks one byte at a time.
    #[test]
    fn fronts_that_are_left_of_characters_are_lost() {
        for (page, text) in [
            (
                "浠栦慨濂戒簡閿鐩樼殑鐭绾匡紝鍐嶅啓涓閬嶃",
                "他修好了�盘的�线，再写�遍�",
            ),
            ("銆婅鲸鍗﹁繍淇鐭璇銆", "《辨卦运����"),
            (
                "鍏抽敭鍦ㄤ簬鏂规硶锛岃屼笉鍦ㄤ簬鏃堕棿銆",
                "关键在于方法，�不在于时间�",
            ),
        ] {
            let found = of(page);
            assert_eq!(found.text, text);
        }
        // A page's own text between them.
        let found = of("浠栦慨你好世界浠栦慨");
        assert_eq!(found.text, "他修你好世界他修");
    }
}
