//! What text shows whose bytes were read in another encoding than theirs: a quick look.

use jianti_text::chars::is_han;
use jianti_text::lines::front;
use jianti_text::scan::{Positions, Shufti};

use super::runs;
use crate::look::Look;

/// What makes the rule look at a line. More classes would have it look at much text that has no damage: the other signs count in
/// a page's beginning.
pub const LOOK: Look = Look::anywhere(&[
    // Latin-1 letters that begin a Han character's UTF-8; £¬, µÄ and ªº: ， and 的 in GBK and in Big5; any two side by side.
    [
        &[(0xC2, 0xC3)],
        &[(0x80, 0xBF)],
        &[(0xC2, 0xC6), (0xCB, 0xCB), (0xE2, 0xE2)],
    ],
    // 銆 and 锛: the commonest marks in UTF-8, read as GBK.
    [
        &[(0xE9, 0xE9)],
        &[(0x8A, 0x8A), (0x94, 0x94)],
        &[(0x86, 0x86), (0x9B, 0x9B)],
    ],
    // 涓, 涔, 浜, 浠, 浣 and 浼; 鍊 to 鑿, among these 鐨 and 鏄; 閫 to 閿; 杈, 杞, 杩, 澶, 澧, 澹, 璁 and 璇: most of what the
    // first two bytes of a character show.
    [
        &[(0xE6, 0xE6)],
        &[(0xB5, 0xB6)],
        &[
            (0x93, 0x94),
            (0x9C, 0x9C),
            (0xA0, 0xA0),
            (0xA3, 0xA3),
            (0xBC, 0xBC),
        ],
    ],
    [&[(0xE9, 0xE9)], &[(0x8D, 0x91)], &[(0x80, 0xBF)]],
    [&[(0xE9, 0xE9)], &[(0x96, 0x96)], &[(0xAB, 0xBF)]],
    [
        &[(0xE6, 0xE7)],
        &[(0x92, 0x92), (0x9D, 0x9D), (0xBE, 0xBE)],
        &[
            (0x81, 0x81),
            (0x87, 0x88),
            (0x90, 0x90),
            (0x9E, 0x9E),
            (0xA7, 0xA7),
            (0xA9, 0xA9),
            (0xB6, 0xB6),
            (0xB9, 0xB9),
        ],
    ],
    // 缁, 绔, 绗, 绛, 绠, 绫, 绯, 瀛, 瀵 and 瀹; 娓, 姘, 寮, 寰, 娴 and 宸.
    [
        &[(0xE7, 0xE7)],
        &[(0x80, 0x80), (0xBB, 0xBC)],
        &[
            (0x81, 0x81),
            (0x94, 0x94),
            (0x97, 0x97),
            (0x9B, 0x9B),
            (0xA0, 0xA0),
            (0xAB, 0xAB),
            (0xAF, 0xAF),
            (0xB5, 0xB5),
            (0xB9, 0xB9),
        ],
    ],
    [
        &[(0xE5, 0xE5)],
        &[(0xA7, 0xA8), (0xAE, 0xAF)],
        &[
            (0x93, 0x93),
            (0x98, 0x98),
            (0xAE, 0xAE),
            (0xB0, 0xB0),
            (0xB4, 0xB4),
            (0xB8, 0xB8),
        ],
    ],
    // 猫, 茅, 盲 and 莽; 脌 to 脿: letters of Latin-1 in UTF-8, read as GBK.
    [
        &[(0xE7, 0xE8)],
        &[(0x8C, 0x8C), (0x8E, 0x8E), (0x9B, 0x9B)],
        &[(0x85, 0x85), (0xAB, 0xAB), (0xB2, 0xB2), (0xBD, 0xBD)],
    ],
    [
        &[(0xE8, 0xE8)],
        &[(0x84, 0x84), (0x91, 0x91)],
        &[(0x8C, 0xBF)],
    ],
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

/// Whether a run begins at this byte with a character that shows the beginning of another's bytes.
#[inline]
pub fn begins_run(text: &[u8], at: usize) -> bool {
    let may_begin = match &text[at..] {
        [0xE9, 0x8D..=0x91, ..] | [0xE9, 0x96, 0xAB..=0xBF, ..] => true,
        [0xE6, 0xB5 | 0xB6, c, ..] => matches!(c, 0x93 | 0x94 | 0x9C | 0xA0 | 0xA3 | 0xBC),
        [0xE6 | 0xE7, 0x92 | 0x9D | 0xBE, c, ..] => {
            matches!(
                c,
                0x81 | 0x87 | 0x88 | 0x90 | 0x9E | 0xA7 | 0xA9 | 0xB6 | 0xB9
            )
        }
        [0xE7, 0x80 | 0xBB | 0xBC, c, ..] => {
            matches!(
                c,
                0x81 | 0x94 | 0x97 | 0x9B | 0xA0 | 0xAB | 0xAF | 0xB5 | 0xB9
            )
        }
        [0xE5, 0xA7 | 0xA8 | 0xAE | 0xAF, c, ..] => {
            matches!(c, 0x93 | 0x98 | 0xAE | 0xB0 | 0xB4 | 0xB8)
        }
        [0xE7 | 0xE8, 0x8C | 0x8E | 0x9B, c, ..] => matches!(c, 0x85 | 0xAB | 0xB2 | 0xBD),
        [0xE8, 0x84, 0x8C..=0xBF, ..] => true,
        [0xC2 | 0xC3, _, 0xC2..=0xC6 | 0xCB | 0xE2, ..] => true,
        _ => false,
    };
    may_begin && begins_here(&text[at..])
}

#[cold]
fn begins_here(text: &[u8]) -> bool {
    /// The bytes of as many characters as count.
    const ENOUGH: usize = 2 * runs::LETTERS;
    let text = &text[..text.len().min(ENOUGH)];
    let whole = match str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&text[..error.valid_up_to()]).expect("valid up to here"),
    };
    runs::begins(whole)
}

/// Whether a run begins somewhere on a line.
pub fn has_run(line: &str) -> bool {
    (0..line.len()).any(|at| begins_run(line.as_bytes(), at))
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
