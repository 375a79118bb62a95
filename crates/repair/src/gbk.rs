//! Characters and their two bytes in GBK.

use std::sync::OnceLock;

use jianti_text::chars::is_private_use;

/// Whether a byte can begin a pair.
pub fn is_lead(byte: u8) -> bool {
    (0x81..=0xFE).contains(&byte)
}

/// Whether a byte can end a pair.
pub fn is_trail(byte: u8) -> bool {
    (0x40..=0xFE).contains(&byte) && byte != 0x7F
}

const TRAILS: usize = 0xFF - 0x40;

include!(concat!(env!("OUT_DIR"), "/gbk.rs"));

/// The pairs of the code points of the BMP, lead byte first; 0 where there is none.
fn pairs() -> &'static [u16] {
    static PAIRS: OnceLock<Vec<u16>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut pairs = vec![0; 0x1_0000];
        for (number, code) in CHARACTERS.iter().enumerate() {
            let (lead, trail) = (0x81 + number / TRAILS, 0x40 + number % TRAILS);
            // A3 A0 is decoded as the space that A1 A1 is.
            if *code != 0 && pairs[usize::from(*code)] == 0 {
                pairs[usize::from(*code)] = (lead << 8 | trail) as u16;
            }
        }
        for &(first, last, code) in FORMERLY {
            let trails = (first..=last).filter(|pair| pair & 0xFF != 0x7F);
            for (code, pair) in (code..).zip(trails) {
                pairs[usize::from(code)] = pair;
            }
        }
        pairs
    })
}

/// Pairs, from the first to the last, that older tables and some browsers show from a code point of private use on (GB
/// 18030-2000; ICU still has them), and encoding_rs as characters that Unicode has got since.
const FORMERLY: &[(u16, u16, u16)] = &[
    (0xA2E3, 0xA2E3, 0xE76C),
    (0xA3A0, 0xA3A0, 0xE5E5),
    (0xA6D9, 0xA6DF, 0xE78D),
    (0xA6EC, 0xA6ED, 0xE794),
    (0xA6F3, 0xA6F3, 0xE796),
    (0xA8BC, 0xA8BC, 0xE7C7),
    (0xA8BF, 0xA8BF, 0xE7C8),
    (0xA989, 0xA995, 0xE7E7),
    (0xFE50, 0xFEA0, 0xE815),
];

/// The character of a pair, if there is one.
pub fn character(lead: u8, trail: u8) -> Option<char> {
    if !is_lead(lead) || !is_trail(trail) {
        return None;
    }
    let place = usize::from(lead - 0x81) * TRAILS + usize::from(trail - 0x40);
    char::from_u32(u32::from(CHARACTERS[place])).filter(|c| *c != '\0')
}

/// The pair of a character that is not ASCII, if there is one.
pub fn pair(c: char) -> Option<(u8, u8)> {
    let pair = pairs().get(c as usize).copied()?;
    let [lead, trail] = pair.to_be_bytes();
    (pair != 0).then_some((lead, trail))
}

/// The bytes of a text in GBK; `?` for what GBK does not have. Much quicker for ideographs than encoding_rs, which has no
/// table for this direction.
pub fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match (c.is_ascii(), pair(c)) {
            (true, _) => bytes.push(c as u8),
            (_, Some((lead, trail))) => bytes.extend([lead, trail]),
            _ => bytes.push(b'?'),
        }
    }
    bytes
}

/// Whether pages may lack what the pair shows: private use, and what GB 18030 added where GBK has nothing, much of it as
/// private use at first.
pub fn may_be_dropped(lead: u8, trail: u8) -> bool {
    let added = match lead {
        0xA6 => matches!(trail, 0xD9..=0xDF | 0xEC | 0xED | 0xF3),
        0xA8 => matches!(trail, 0xBC | 0xBF),
        0xA9 => matches!(trail, 0x89..=0x95),
        0xFE => matches!(trail, 0x50..=0xA0),
        _ => false,
    };
    added || character(lead, trail).is_some_and(is_private_use)
}
