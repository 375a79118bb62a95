//! Bytes of UTF-8: what of them survived on the page.

use super::survivors::{Shown, Survivors};

/// How many bytes in a row that are no UTF-8 are text that the page has beside it.
const OWN: usize = 4;

/// What of a page comes back whose bytes are UTF-8.
pub fn survivors(page: &str, bytes: &[Shown]) -> Survivors {
    let mut found = Survivors::default();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(c) = character(&bytes[at..]) {
            found.push(c, c.len_utf8());
            at += c.len_utf8();
            continue;
        }
        let invalid = |at: &usize| character(&bytes[*at..]).is_none();
        let end = at + (at..bytes.len()).take_while(invalid).count();
        let start = |at: usize| bytes.get(at).map_or(page.len(), |(_, start)| *start);
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
    found
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
        survivors(page, &Charset::Gbk.bytes(page))
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
