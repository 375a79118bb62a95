//! Which parts of a text can hold damage at all: a quick look that lets clean text pass.

/// How much is looked at before a suspect is looked for, bytes.
const BLOCK: usize = 1 << 12;

/// How many bytes behind one tell whether it is suspicious.
const FOLLOWERS: usize = 3;

/// The first byte from `from` on where damage may be.
pub fn next_suspect(text: &[u8], from: usize) -> Option<usize> {
    let mut start = from;
    while start < text.len() {
        let end = text.len().min(start + BLOCK);
        if may_hold_damage(&text[start..text.len().min(end + FOLLOWERS)])
            && let Some(at) = (start..end).find(|at| is_suspect(text, *at))
        {
            return Some(at);
        }
        start = end;
    }
    None
}

/// Whether any byte of a block is suspicious by itself and the one behind it: without branches, for the sake of vector
/// instructions.
fn may_hold_damage(block: &[u8]) -> bool {
    let Some(places) = block.len().checked_sub(FOLLOWERS) else {
        return true;
    };
    let (a, b, c, d) = (
        &block[..places],
        &block[1..=places],
        &block[2..places + 2],
        &block[3..],
    );
    let mut found = 0;
    for place in 0..places {
        found |= u8::from(suspicious(a[place], b[place], c[place], d[place]));
    }
    // The last bytes of a text have no followers.
    found != 0
        || block[places..]
            .iter()
            .any(|byte| matches!(byte, b'?' | 0xC2..))
}

#[inline(always)]
fn suspicious(a: u8, b: u8, c: u8, d: u8) -> bool {
    let question = (a == b'?') & (b > b' ');
    let bracket = (a == b'(') & (b >= b'a');
    let reference = (a == b'&') & (b == b'a');
    // Latin-1 letters that begin a Han character's UTF-8, a soft hyphen.
    let latin = (a == 0xC3) & (b >= 0xA3) & (b <= 0xA9) | (a == 0xC2) & (b == 0xAD);
    // Zero-width characters and others from U+2000 on, radicals.
    let general = (a == 0xE2)
        & ((b == 0x80) & (c >= 0x8B) & (c <= 0x8F) | (b == 0x81) & (c == 0xA0) | (b >= 0xBA));
    // Private use; compatibility ideographs; U+FEFF; U+FFFD.
    let private =
        (a == 0xEE) | (a == 0xEF) & ((b <= 0xAB) | (b == 0xBB) | (b == 0xBF) & (c == 0xBD));
    // 銆 and 锛, 鐨, 涓: the commonest marks and characters in UTF-8, read as GBK.
    let wide = (a == 0xEF)
        & (b == 0xBC)
        & (c == 0x9F)
        & ((d == 0xEF) | (d < b'A') & (d > b' ') | (d >= b'a') & (d < 0xCA));
    let gbk = (a == 0xE9)
        & ((b == 0x8A) & (c == 0x86) | (b == 0x94) & (c == 0x9B) | (b == 0x90) & (c == 0xA8))
        | (a == 0xE6) & (b == 0xB6) & (c == 0x93);
    question | bracket | reference | latin | general | private | wide | gbk
}

/// The same, exactly: with the bytes in front and behind.
fn is_suspect(text: &[u8], at: usize) -> bool {
    let next = |further: usize| text.get(at + further).copied().unwrap_or(0);
    let before = at.checked_sub(1).map_or(0, |at| text[at]);
    let (a, b, c) = (text[at], next(1), next(2));
    match a {
        b'?' => {
            let mark = matches!(b, b'!' | b',' | b':' | b';' | b'?') || b >= 0x80;
            mark || b.is_ascii_lowercase()
                && text[at + 1..].iter().take(12).any(|byte| *byte == b')')
        }
        b'(' => {
            // Behind a Han character, or behind what may be its second byte.
            let pair = matches!(before, b'@'..=b'~') && at >= 2 && text[at - 2] >= 0x80;
            (before >= 0x80 || pair)
                && (b.is_ascii_lowercase() || matches!(b, 0xC3..=0xC9))
                && text[at + 1..].iter().take(12).any(|byte| *byte == b')')
        }
        b'&' => text[at..].starts_with(b"&amp;"),
        0xC2 => b == 0xAD,
        0xC3 => matches!(b, 0xA3..=0xA9) && matches!(c, 0xC2..=0xC6 | 0xCB | 0xE2),
        0xE2 => {
            b == 0x80 && matches!(c, 0x8B..=0x8F)
                || b == 0x81 && c == 0xA0
                || matches!(b, 0xBA..=0xBF)
        }
        0xE6 => b == 0xB6 && c == 0x93,
        0xE9 => matches!((b, c), (0x8A, 0x86) | (0x94, 0x9B) | (0x90, 0xA8)),
        0xEE => true,
        0xEF => match b {
            0x80..=0xAB => true,
            0xBB => c == 0xBF,
            0xBC => {
                c == 0x9F
                    && matches!(next(3), 0xEF | b'!' | b',' | b':' | b';' | b'?' | b'a'..=b'z' | 0xC3..=0xC9)
            }
            0xBF => c == 0xBD,
            _ => false,
        },
        0xF0 => b == 0xAF && c >= 0xA0,
        _ => false,
    }
}
