//! Which script a text is written in.

use serde::Serialize;

use super::embedded::SCRIPT_CLASSES;
use super::tables::ROWS;

/// Which script a text is written in, told from the characters that exist in one script only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Traditional characters; at most one in twenty of the telling characters is simplified.
    Traditional,
    /// Simplified characters; at most one in twenty of the telling characters is traditional.
    Simplified,
    /// Both, beyond that.
    Mixed,
    /// No character that tells.
    Neither,
}

impl Script {
    /// The report's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Script::Traditional => "traditional",
            Script::Simplified => "simplified",
            Script::Mixed => "mixed",
            Script::Neither => "neither",
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
}

impl ScriptCount {
    /// Adds the characters of `text`.
    pub fn add(&mut self, text: &str) {
        // Four counters of 16 bits, one for each class.
        const HALF_FULL: u64 = 0x8000_8000_8000_8000;
        let mut counters = 0_u64;
        let mut rest = text.as_bytes();
        loop {
            while let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = *rest {
                let classes = [
                    class(a, b, c),
                    class(d, e, f),
                    class(g, h, i),
                    class(j, k, l),
                ];
                if classes.iter().fold(0, |all, class| all | class) >= OTHER {
                    break;
                }
                counters += classes.iter().map(|class| 1 << (class * 16)).sum::<u64>();
                rest = &rest[12..];
                if counters & HALF_FULL != 0 {
                    break;
                }
            }
            // The block holds something else: to its end, character by character.
            let from = rest.len();
            while let Some(&lead) = rest.first()
                && from - rest.len() < 12
            {
                let length = match lead {
                    0x00..0x80 => rest.iter().take_while(|byte| **byte < 0x80).count(),
                    0x80..0xE0 => 2,
                    0xE0..0xF0 => {
                        counters += 1 << (class(lead, rest[1], rest[2]) % OTHER * 16);
                        3
                    }
                    _ => 4,
                };
                rest = &rest[length..];
            }
            if counters & HALF_FULL != 0 || rest.is_empty() {
                self.add_counters(std::mem::take(&mut counters));
            }
            if rest.is_empty() {
                return;
            }
        }
    }

    fn add_counters(&mut self, counters: u64) {
        let counter = |class: u64| counters >> (class * 16) & 0xFFFF;
        self.traditional += counter(1);
        self.simplified += counter(2);
        self.phonetic += counter(3);
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: ScriptCount) {
        self.traditional += other.traditional;
        self.simplified += other.simplified;
        self.phonetic += other.phonetic;
    }

    /// Adds one character.
    pub fn add_char(&mut self, c: char) {
        self.add(c.encode_utf8(&mut [0; 4]));
    }

    /// The verdict.
    pub fn script(self) -> Script {
        let (traditional, simplified) = (self.traditional, self.simplified);
        if traditional + simplified == 0 {
            Script::Neither
        } else if simplified * 20 <= traditional + simplified {
            Script::Traditional
        } else if traditional * 20 <= traditional + simplified {
            Script::Simplified
        } else {
            Script::Mixed
        }
    }
}

/// The class of what is no character of three bytes.
const OTHER: u8 = 4;

/// The class of a character of three bytes: 1 traditional, 2 simplified, 3 phonetic, or 0.
#[inline(always)]
fn class(a: u8, b: u8, c: u8) -> u8 {
    let row = ROWS[u16::from_le_bytes([a, b]) as usize];
    SCRIPT_CLASSES[row as usize + c as usize]
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
        assert_eq!(script("皇后在山上 plain ASCII é 𠀀😀"), Script::Neither);
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
