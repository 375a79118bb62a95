//! Which script a text is written in.

use multiversion::{multiversion, target::match_target};

use crate::scan::{self, BLOCK, SPAN};
use crate::utf8::ROWS;

/// Which script a text is written in, told from the characters that exist in one script only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Script {
    /// Traditional characters; at most one in twenty of the telling characters is simplified.
    Traditional,
    /// Simplified characters; at most one in twenty of the telling characters is traditional.
    Simplified,
    /// Both, beyond that.
    Mixed,
    /// No character that tells.
    Undetermined,
}

impl Script {
    /// The report's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Script::Traditional => "traditional",
            Script::Simplified => "simplified",
            Script::Mixed => "mixed",
            Script::Undetermined => "undetermined",
        }
    }
}

/// Counts the characters that tell the scripts apart. A character tells if OpenCC's tables (TSCharacters, STCharacters)
/// convert it, and do not name the character itself among its conversions (as for 后, which is both); a traditional one
/// only if 《通用规范汉字表》 lacks it (于 is written 於 in traditional text, but 於 is a surname in simplified).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScriptCount {
    /// Characters of traditional script only.
    pub traditional: u64,
    /// Characters of simplified script only.
    pub simplified: u64,
    /// Kana and hangul.
    pub phonetic: u64,
    /// Rarer forms that the standard gives up, but that names keep (榘, 濬).
    pub variants: u64,
}

impl ScriptCount {
    /// Adds the characters of `text`.
    pub fn add(&mut self, text: &str) {
        self.merge(count(text.as_bytes(), &mut |_| {}));
    }

    /// The same, and tells `held` of each stretch of [`STRETCH`] bytes in which variants begin, by where it begins; in
    /// order.
    pub fn add_and_tell(&mut self, text: &str, held: &mut impl FnMut(usize)) {
        self.merge(count(text.as_bytes(), held));
    }

    fn add_counters(&mut self, counters: u64) {
        let counter = |class: u8| counters >> class & COUNTER;
        self.traditional += counter(TRADITIONAL);
        self.simplified += counter(SIMPLIFIED);
        self.phonetic += counter(PHONETIC);
        self.variants += counter(VARIANT);
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: ScriptCount) {
        self.traditional += other.traditional;
        self.simplified += other.simplified;
        self.phonetic += other.phonetic;
        self.variants += other.variants;
    }

    /// What is left without what was counted before.
    pub fn without(self, before: ScriptCount) -> ScriptCount {
        ScriptCount {
            traditional: self.traditional - before.traditional,
            simplified: self.simplified - before.simplified,
            phonetic: self.phonetic - before.phonetic,
            variants: self.variants - before.variants,
        }
    }

    /// Adds one character.
    pub fn add_char(&mut self, c: char) {
        match u16::try_from(u32::from(c)).map(|code| SCRIPT_CLASSES[usize::from(code)]) {
            Ok(TRADITIONAL) => self.traditional += 1,
            Ok(SIMPLIFIED) => self.simplified += 1,
            Ok(PHONETIC) => self.phonetic += 1,
            Ok(VARIANT) => self.variants += 1,
            _ => {}
        }
    }

    /// The verdict.
    pub fn script(self) -> Script {
        let (traditional, simplified) = (self.traditional, self.simplified);
        if traditional + simplified == 0 {
            Script::Undetermined
        } else if simplified * 20 <= traditional + simplified {
            Script::Traditional
        } else if traditional * 20 <= traditional + simplified {
            Script::Simplified
        } else {
            Script::Mixed
        }
    }
}

/// Where each class's counter begins, bits; what is of none has one too.
const TRADITIONAL: u8 = 0;
const SIMPLIFIED: u8 = 13;
const PHONETIC: u8 = 26;
const VARIANT: u8 = 39;
const OTHER: u8 = 52;
const COUNTER: u64 = (1 << 13) - 1;
const HALF: u64 = 1 << 12;

/// Lines of a class's name, a tab, and its characters: `traditional` and `simplified` for those of one script only,
/// `variants` for rarer forms that names keep. The tests of `jianti-data` make it.
pub const SCRIPTS: &str = include_str!("../data/scripts.txt");

/// For each BMP code point, and some more that no character has: where its class's counter begins.
static SCRIPT_CLASSES: [u8; 0x1_0100] = classes();

/// Hiragana and katakana letters without the middle dot, half-width katakana, syllables and letters of hangul.
const PHONETIC_BLOCKS: [(usize, usize); 8] = [
    (0x3041, 0x3096),
    (0x309D, 0x309F),
    (0x30A1, 0x30FA),
    (0x30FC, 0x30FF),
    (0xFF66, 0xFF9F),
    (0x1100, 0x11FF),
    (0x3131, 0x318E),
    (0xAC00, 0xD7A3),
];

const fn classes() -> [u8; 0x1_0100] {
    let mut classes = [OTHER; 0x1_0100];
    let bytes = SCRIPTS.as_bytes();
    let (mut at, mut class) = (0, OTHER);
    while at < bytes.len() {
        // A line's first letter names its class; only its characters are of three bytes.
        if at == 0 || bytes[at - 1] == b'\n' {
            class = match bytes[at] {
                b't' => TRADITIONAL,
                b's' => SIMPLIFIED,
                b'v' => VARIANT,
                _ => OTHER,
            };
        }
        if bytes[at] & 0xF0 == 0xE0 {
            let (a, b, c) = (
                bytes[at] as usize,
                bytes[at + 1] as usize,
                bytes[at + 2] as usize,
            );
            classes[(a & 0xF) << 12 | (b & 0x3F) << 6 | c & 0x3F] = class;
        }
        at += 1;
    }
    let mut block = 0;
    while block < PHONETIC_BLOCKS.len() {
        let (mut code, last) = PHONETIC_BLOCKS[block];
        while code <= last {
            classes[code] = PHONETIC;
            code += 1;
        }
        block += 1;
    }
    classes
}

/// How long the stretches are of which [`ScriptCount::add_and_tell`] tells, bytes.
pub const STRETCH: usize = BLOCK;

/// Whether the character is one of the rarer forms that names keep.
pub fn is_variant(c: char) -> bool {
    u16::try_from(u32::from(c)).is_ok_and(|code| SCRIPT_CLASSES[usize::from(code)] == VARIANT)
}

/// The counts of a text, and where variants are. Characters are looked up without a branch for each, and only where one of three bytes begins.
#[multiversion(targets(
    "x86_64+avx512bw+avx512vl+bmi1+bmi2",
    "x86_64+avx2+bmi1+bmi2",
    "x86_64+avx2"
))]
fn count<F: FnMut(usize)>(text: &[u8], held: &mut F) -> ScriptCount {
    // Counters of 13 bits, one for each class that tells; the others' overflows.
    const HALF_FULL: u64 =
        HALF << TRADITIONAL | HALF << SIMPLIFIED | HALF << PHONETIC | HALF << VARIANT;
    let mut all = ScriptCount::default();
    let mut counters = 0_u64;
    let mut variants = 0;
    let mut room = [0; 2 * SPAN];
    for start in (0..text.len()).step_by(BLOCK) {
        let span = scan::span(text, start, &mut room);
        let mut flags = [0; BLOCK];
        for (flag, byte) in flags.iter_mut().zip(&span[1..]) {
            *flag = if byte & 0xF0 == 0xE0 { 0xFF } else { 0 };
        }
        let mut leads = match_target! {
            "x86_64+avx512bw" => scan::bits_avx512(&flags),
            "x86_64+avx2" => scan::bits_avx2(&flags),
            _ => scan::bits(&flags),
        };
        while leads != 0 {
            let at = 1 + leads.trailing_zeros() as usize % BLOCK;
            let place = match_target! {
                "x86_64+avx512bw" => class_bmi2(span, at),
                _ => class(span, at),
            };
            counters = counters.wrapping_add(1_u64.wrapping_shl(u32::from(place)));
            leads &= leads - 1;
        }
        let now = counters >> VARIANT & COUNTER;
        if now != variants {
            variants = now;
            held(start);
        }
        if counters & HALF_FULL != 0 {
            variants = 0;
            all.add_counters(std::mem::take(&mut counters));
        }
    }
    all.add_counters(counters);
    all
}

/// Where the counter is of the character of three bytes that begins here.
#[inline(always)]
fn class(span: &[u8; SPAN], at: usize) -> u8 {
    let pair = span[at..at + 2].try_into().expect("of this size");
    let row = ROWS[u16::from_le_bytes(pair) as usize];
    SCRIPT_CLASSES[row as usize + span[at + 2] as usize]
}

/// The same by an instruction that gathers bits, which leaves the cache to the classes.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "bmi2")]
fn class_bmi2(span: &[u8; SPAN], at: usize) -> u8 {
    let bytes = span[at..at + 4].try_into().expect("of this size");
    let code = std::arch::x86_64::_pext_u32(u32::from_be_bytes(bytes), 0x0F3F_3F00);
    SCRIPT_CLASSES[code as usize & 0xFFFF]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(text: &str) -> Script {
        let mut count = ScriptCount::default();
        count.add(text);
        count.script()
    }

    #[test]
    fn scripts_are_told_from_telling_characters() {
        assert_eq!(script("後來，圖書館關門了。"), Script::Traditional);
        assert_eq!(script("后来，图书馆关门了。"), Script::Simplified);
        assert_eq!(script("後來，图书馆關門了。"), Script::Mixed);
        assert_eq!(
            script("皇后在山上 plain ASCII é 𠀀😀"),
            Script::Undetermined
        );
    }

    #[test]
    fn counts_are_those_of_single_characters() {
        let text = "後來é圖書館😀关门了，ひらがな한글 plain text 國\n".repeat(9_000);
        let (mut whole, mut single) = (ScriptCount::default(), ScriptCount::default());
        whole.add(&text);
        text.chars().for_each(|c| single.add_char(c));
        assert_eq!(whole, single);
        assert_eq!(
            (whole.traditional, whole.simplified, whole.phonetic),
            (54_000, 18_000, 54_000)
        );
    }
}
