//! UTF-8 that was read as GBK: what of it survived on the page.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::gbk;

/// How many bytes in a row that are no UTF-8 are text that the page has beside it.
const OWN: usize = 4;

/// What survived of a line.
#[derive(Debug, Default)]
pub struct Survivors {
    /// The text, with U+FFFD for what fell out.
    pub text: String,
    /// How many characters beyond ASCII came back.
    pub count: usize,
    /// The bytes that they came from, and those that came to nothing.
    surviving: usize,
    lost: usize,
}

/// A byte of the page, if it is known, and where the character begins that shows it.
type Shown = (Option<u8>, usize);

impl Survivors {
    /// Takes a page's bytes back and reads them as UTF-8; `None` if it shows what GBK does not have.
    pub fn of(page: &str) -> Option<Survivors> {
        let bytes = bytes(page)?;
        let mut found = Survivors::default();
        let mut at = 0;
        while at < bytes.len() {
            if let Some(c) = character(&bytes[at..]) {
                found.push(c);
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
        Some(found)
    }

    /// The part of the line's bytes beyond ASCII that came back.
    pub fn share(&self) -> f64 {
        self.surviving as f64 / (self.surviving + self.lost).max(1) as f64
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        if !c.is_ascii() {
            self.count += 1;
            self.surviving += c.len_utf8();
        }
    }

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
            self.count = self.count.saturating_sub(1);
            self.surviving = self.surviving.saturating_sub(c.len_utf8());
        }
        self.text.push('\u{FFFD}');
        self.lost += bytes.len();
    }
}

/// Whether a page that begins so is UTF-8 that was read as GBK: it has what ， and 。 show several times.
pub fn is_garbled(head: &str) -> bool {
    /// In how many places.
    const OFTEN: usize = 3;
    static COMMA: LazyLock<Finder> = LazyLock::new(|| Finder::new("锛"));
    static STOP: LazyLock<Finder> = LazyLock::new(|| Finder::new("銆"));
    let found = |finder: &Finder| finder.find_iter(head.as_bytes()).take(OFTEN).count();
    found(&COMMA) + found(&STOP) >= OFTEN
}

/// Whether this is the front of a character whose last byte fell out without a trace, as decoders drop it that skip what they
/// do not know one byte at a time: 淇 of 修. Hardly any text of a page's own has several of these in a row.
fn is_front(bytes: &[Shown]) -> bool {
    matches!(
        bytes,
        [(Some(0xE2..=0xE9 | 0xEF), _), (Some(0x80..=0xBF), _)]
    )
}

/// The bytes that a page shows in GBK.
fn bytes(page: &str) -> Option<Vec<Shown>> {
    let mut bytes: Vec<Shown> = Vec::with_capacity(page.len());
    let mut characters = page.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '€' => match is_pair(&bytes, characters.peek().map(|(_, c)| *c)) {
                true => bytes.extend([(Some(0xA2), at), (Some(0xE3), at)]),
                false => bytes.push((Some(0x80), at)),
            },
            // One byte, or two.
            '\u{FFFD}' => bytes.push((None, at)),
            _ if c.is_ascii() => bytes.push((Some(c as u8), at)),
            _ => {
                let (lead, trail) = gbk::pair(c)?;
                bytes.extend([(Some(lead), at), (Some(trail), at)]);
            }
        }
    }
    Some(bytes)
}

/// Whether € behind these bytes is A2 E3, and not 80, which stands alone: the end of one character and the beginning of
/// another, whose other bytes are next.
fn is_pair(before: &[Shown], next: Option<char>) -> bool {
    let is_rest = |byte: u8| matches!(byte, 0x80..=0xBF);
    let begun = before.len().checked_sub(2).map(|at| &before[at..]);
    let awaits_one = matches!(
        begun,
        Some([(Some(0xE0..=0xEF), _), (Some(0x80..=0xBF), _)])
    );
    let goes_on = |c: char| {
        let pair = gbk::pair(c);
        c == '€' || pair.is_some_and(|(lead, trail)| is_rest(lead) && is_rest(trail))
    };
    awaits_one && next.is_some_and(goes_on)
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
            let found = Survivors::of(page).expect("all of it is in GBK");
            assert_eq!(found.text, text);
        }
        // A page's own text between them.
        let found = Survivors::of("浠栦慨你好世界浠栦慨").expect("all of it is in GBK");
        assert_eq!(found.text, "他修你好世界他修");
    }
}
