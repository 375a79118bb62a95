//! Which script a text is written in.

use serde::Serialize;

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
        let classes = super::embedded::SCRIPT_CLASSES;
        // Bytes rather than characters: a telling character in the BMP has three.
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                0x00..0x80 => at += 1,
                0xE3..0xF0 => {
                    let (middle, trail) =
                        (bytes[at + 1] as usize & 0x3F, bytes[at + 2] as usize & 0x3F);
                    let code = (bytes[at] as usize & 0x0F) << 12 | middle << 6 | trail;
                    self.add_class(classes[code / 4] >> (code % 4 * 2));
                    at += 3;
                }
                0x80..0xE0 => at += 2,
                0xE0..0xE3 => at += 3,
                _ => at += 4,
            }
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: ScriptCount) {
        self.traditional += other.traditional;
        self.simplified += other.simplified;
        self.phonetic += other.phonetic;
    }

    /// Adds one character.
    pub fn add_char(&mut self, c: char) {
        let code = c as usize;
        if let Some(classes) = super::embedded::SCRIPT_CLASSES.get(code / 4) {
            self.add_class(classes >> (code % 4 * 2));
        }
    }

    fn add_class(&mut self, class: u8) {
        self.traditional += u64::from(class & 3 == 1);
        self.simplified += u64::from(class & 3 == 2);
        self.phonetic += u64::from(class & 3 == 3);
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
}
