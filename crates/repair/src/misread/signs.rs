//! What text shows whose bytes were read in another encoding than theirs: a quick look.

use jianti_text::chars::is_han;
use jianti_text::lines::front;
use jianti_text::scan::{Positions, Shufti};

use crate::look::Look;

/// What makes the rule look at a line. More classes would have it look at much text that has no damage: the other signs count in
/// a page's beginning.
pub const LOOK: Look = Look::anywhere(&[
    // Latin-1 letters that begin a Han character's UTF-8; £¬, µÄ and ªº: ， and 的 in GBK and in Big5.
    [
        &[(0xC2, 0xC3)],
        &[(0xA3, 0xAA), (0xB5, 0xB5)],
        &[(0xC2, 0xC6), (0xCB, 0xCB), (0xE2, 0xE2)],
    ],
    // 銆 and 锛, 鐨: the commonest marks and characters in UTF-8, read as GBK.
    [
        &[(0xE9, 0xE9)],
        &[(0x8A, 0x8A), (0x94, 0x94), (0x90, 0x90)],
        &[(0x86, 0x86), (0x9B, 0x9B), (0xA8, 0xA8)],
    ],
    // 涓, 浠, 浜, 鏄 and 鏂: more of these.
    [
        &[(0xE6, 0xE6)],
        &[(0xB5, 0xB6)],
        &[(0x93, 0x94), (0x9C, 0x9C), (0xA0, 0xA0)],
    ],
    [
        &[(0xE9, 0xE9)],
        &[(0x8F, 0x8F)],
        &[(0x82, 0x82), (0x84, 0x84)],
    ],
    // 鍦, 鍙, 鍥, 鍒, 鍏, 澶, 杩 and 璁: of lines without any of these, as headlines are.
    [
        &[(0xE9, 0xE9)],
        &[(0x8D, 0x8D)],
        &[(0x8F, 0x8F), (0x92, 0x92), (0x99, 0x99), (0xA5, 0xA6)],
    ],
    [
        &[(0xE6, 0xE6)],
        &[(0x9D, 0x9D), (0xBE, 0xBE)],
        &[(0xA9, 0xA9), (0xB6, 0xB6)],
    ],
    [&[(0xE7, 0xE7)], &[(0x92, 0x92)], &[(0x81, 0x81)]],
    // 硂, 琌: 這 and 是 in Big5, read as GBK.
    [
        &[(0xE7, 0xE7)],
        &[(0x90, 0x90), (0xA1, 0xA1)],
        &[(0x8C, 0x8C), (0x82, 0x82)],
    ],
    // 岆: 是 in GBK, read as Big5.
    [&[(0xE5, 0xE5)], &[(0xB2, 0xB2)], &[(0x86, 0x86)]],
    // Hangul, and katakana of half width: Chinese read as EUC-KR and as Shift_JIS.
    [&[(0xEA, 0xED)], &[(0x80, 0xBF)], &[(0x80, 0xBF)]],
    [&[(0xEF, 0xEF)], &[(0xBD, 0xBD)], &[(0xA1, 0xBF)]],
    // What shows that bytes fell out.
    [&[(0xEF, 0xEF)], &[(0xBF, 0xBF)], &[(0xBD, 0xBD)]],
]);

/// Syllables that hardly any Korean text has, and Chinese that was read as EUC-KR.
const HANGUL: &[u8] = "굇꼇돨뚠뚤뚥뚦뚧묏뭽뵨뷜쀼삸섟쉔쉥쉪쎖쏵쐣쐤쑉쑴쒔윱좥좧좬짫짾쩑쪪쫇쫞쬠쯹쳬촑쵿춏췽츙켔콄쾨펽폻퓻픵횐훙휑".as_bytes();

fn is_hangul_sign(syllable: [u8; 3]) -> bool {
    HANGUL.chunks_exact(3).any(|sign| sign == syllable)
}

/// Whether hangul and Han characters stand side by side in several places, as in Chinese that was read as EUC-KR. Korean has few of these,
/// with endings behind them: 學校에.
pub fn mixes_hangul(text: &str) -> bool {
    const SEVERAL: usize = 2;
    let is_hangul = |c: char| matches!(c, '\u{AC00}'..='\u{D7A3}');
    let pairs = text.chars().zip(text.chars().skip(1));
    let is_pair = |(one, two): &(char, char)| {
        is_hangul(*one) && is_han(*two) || is_han(*one) && is_hangul(*two)
    };
    pairs.filter(is_pair).nth(SEVERAL - 1).is_some()
}

/// Whether a text has many katakana or marks of half width, and hardly any hiragana, as Japanese has between them.
pub fn has_narrow_kana(text: &str) -> bool {
    /// How many, and how many times as many as hiragana.
    const MANY: usize = 12;
    const TIMES: usize = 8;
    let count = |is_one: fn(&char) -> bool| text.chars().filter(is_one).count();
    let narrow = count(|c| matches!(c, '\u{FF61}'..='\u{FF9F}'));
    narrow >= MANY && narrow >= TIMES * count(|c| matches!(c, '\u{3041}'..='\u{3096}'))
}

/// Whether one of them begins at this byte.
#[inline]
pub fn is_sign(text: &[u8], at: usize) -> bool {
    match &text[at..] {
        [0xC3, b, c, ..] => matches!(b, 0xA3..=0xA9) && matches!(c, 0xC2..=0xC6 | 0xCB | 0xE2),
        [0xC2, 0xA3 | 0xAA, 0xC2, ..] | [0xC2, 0xB5, 0xC3, ..] => true,
        [0xE3, 0x84, 0x9B, ..] | [0xE3, 0x8E, 0x9D, ..] => true,
        [0xE5, 0xB2, 0x86, ..] | [0xE5, 0x9A, 0x97, ..] => true,
        [0xE6, 0xB6, 0x93 | 0x94, ..] | [0xE6, 0xB5, 0x9C | 0xA0, ..] => true,
        [0xE6, 0xBE, 0xB6, ..] | [0xE6, 0x9D, 0xA9, ..] | [0xE7, 0x92, 0x81, ..] => true,
        [0xEF, 0xBF, 0xBD, ..] | [0xEF, 0xB8, 0xBD, ..] | [0xEF, 0xB9, 0x9C | 0x9D, ..] => true,
        [0xE5, 0xA9, 0x93, ..] | [0xE6, 0x86, 0xAD, ..] => true,
        [0xE7, 0x90, 0x8C, ..] | [0xE7, 0xA1, 0x81 | 0x82, ..] => true,
        [0xE7, 0xB8, 0xB2, ..] | [0xE9, 0x80, 0xA7, ..] => true,
        [0xE7, 0x8F, 0xA8, ..] | [0xE7, 0xAD, 0x81, ..] => true,
        [0xEA..=0xED, b, c, ..] => is_hangul_sign([text[at], *b, *c]),
        [0xEF, 0xBD, 0xA1..=0xBF, ..] => true,
        [0xE9, b, c, ..] => {
            matches!(
                (b, c),
                (0x8A, 0x86 | 0x9D)
                    | (0x88, 0xAD)
                    | (0x9A, 0x9E)
                    | (0x9B, 0xBF)
                    | (0x94, 0x9B)
                    | (0x90, 0xA8)
                    | (0x8F, 0x82 | 0x84)
                    | (0x8D, 0x8F | 0x92 | 0x99 | 0xA5 | 0xA6)
            )
        }
        _ => false,
    }
}

/// How much of a page's beginning is looked at, bytes.
pub const SEEN: usize = 1 << 12;

/// Whether a page that begins so has several of them.
pub fn are_in(head: &str) -> bool {
    /// How many there are at least.
    const OFTEN: usize = 3;
    let head = front(head, SEEN);
    let mut places = Positions::new(head, |text, from, masks| FEW.look(text, from, masks));
    let mut from = 0;
    let found = std::iter::from_fn(|| {
        let at = places.next(from)?;
        from = at + 1;
        Some(at)
    });
    found
        .filter(|at| is_sign(head.as_bytes(), *at))
        .nth(OFTEN - 1)
        .is_some()
}

/// Classes that hold all signs, without what shows that bytes fell out.
static FEW: Shufti = Shufti::close(
    &[
        [
            &[(0xC2, 0xC3)],
            &[(0xA3, 0xAA), (0xB5, 0xB5)],
            &[(0xC2, 0xC6), (0xCB, 0xCB), (0xE2, 0xE2)],
        ],
        [
            &[(0xE9, 0xE9)],
            &[(0x80, 0x80), (0x88, 0x90), (0x94, 0x94), (0x9A, 0x9B)],
            &[(0x82, 0x86), (0x8F, 0x9E), (0xA5, 0xAD), (0xBF, 0xBF)],
        ],
        [
            &[(0xE6, 0xE6)],
            &[(0x9D, 0x9D), (0xB5, 0xB6), (0xBE, 0xBE)],
            &[(0x93, 0xA0), (0xA9, 0xA9), (0xB6, 0xB6)],
        ],
        [
            &[(0xE7, 0xE7)],
            &[(0x8F, 0x92), (0xA1, 0xA1), (0xAD, 0xAD), (0xB8, 0xB8)],
            &[(0x81, 0x82), (0x8C, 0x8C), (0xA8, 0xA8), (0xB2, 0xB2)],
        ],
        [
            &[(0xE3, 0xE3), (0xE5, 0xE5)],
            &[(0x84, 0x84), (0x8E, 0x8E), (0x9A, 0x9A), (0xB2, 0xB2)],
            &[(0x86, 0x86), (0x97, 0x97), (0x9B, 0x9D)],
        ],
        [&[(0xEA, 0xED)], &[(0x80, 0xBF)], &[(0x80, 0xBF)]],
        [
            &[(0xE5, 0xE6)],
            &[(0x86, 0x86), (0xA9, 0xA9)],
            &[(0x93, 0x93), (0xAD, 0xAD)],
        ],
        [
            &[(0xEF, 0xEF)],
            &[(0xB8, 0xB9), (0xBD, 0xBD)],
            &[(0x9C, 0x9D), (0xA1, 0xBF)],
        ],
    ],
    0,
);
