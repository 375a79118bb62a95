//! Which language a document is in, as far as it matters: Chinese is converted, others are left alone.

use std::cell::LazyCell;

use multiversion::multiversion;

use crate::beside::{self, ChineseLines};
use crate::faces::Faces;
use crate::foreign;
use crate::forms::{is_hiragana, is_japanese_form, is_not_japanese};
use crate::hanja;
use crate::look;
use crate::scan::Positions;
use crate::script::ScriptCount;

/// The language of a document, told from its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Language {
    /// Chinese, of any time and region.
    Chinese,
    /// Japanese: kana among the Han characters, and few characters that make Chinese sentences.
    Japanese,
    /// Korean: more than a quarter is hangul.
    Korean,
    /// Another one: no or few Han characters among other letters.
    Other,
    /// Too few letters to tell.
    Undetermined,
}

/// Fewer letters than this tell no language but Chinese, Japanese and Korean.
const FEW: usize = 20;

/// Characters that make up about a tenth of Chinese text, in either script, and are rare in Japanese.
const FUNCTION: &str = "的了是在不我你他她它這这們们個个嗎吗呢吧說说也就很把被讓让給给麼麽么沒没";

/// Those of them that no word of Japanese has, or few.
const CERTAIN: &str = "是我你她它这這们們吗嗎呢吧說说也很把讓让給给麼麽么沒没";

/// Letters by kind.
#[derive(Default)]
struct Letters {
    han: usize,
    kana: usize,
    /// Of the kana.
    hiragana: usize,
    hangul: usize,
    /// Letters of ASCII.
    ascii: usize,
    /// Of Latin-1 beyond ASCII: UTF-8 read in a wrong encoding consists of them.
    latin: usize,
    /// All others.
    other: usize,
}

impl Language {
    /// The report's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Language::Chinese => "chinese",
            Language::Japanese => "japanese",
            Language::Korean => "korean",
            Language::Other => "other",
            Language::Undetermined => "undetermined",
        }
    }

    /// Whether text in this language is not for us to change.
    pub fn is_left_alone(self) -> bool {
        !matches!(self, Language::Chinese | Language::Undetermined)
    }

    /// The language of a text.
    pub fn of(text: &str) -> Language {
        match may_be_other(text) {
            true => Language::of_other(text).0,
            false => Language::Chinese,
        }
    }

    /// The language of a text that may not be Chinese, and whether it has many kana or hangul.
    fn of_other(text: &str) -> (Language, bool) {
        let mut letters = plain(text.as_bytes());
        let mut places = Positions::new(text, look_for_others);
        let (faces, mut has_faces) = (LazyCell::new(|| Faces::of(text)), false);
        let mut from = 0;
        while let Some(at) = places.next(from) {
            from = at + 1;
            let Some(c) = text[at..].chars().next() else {
                continue;
            };
            let is_drawn = foreign::is_phonetic(c) && faces.draw(text, at);
            has_faces |= is_drawn;
            if !is_drawn {
                letters.add(c);
            }
        }
        let count = |of: &str| text.chars().filter(|c| of.contains(*c)).count();
        let mut language = letters.language(count);
        // A sound beside a face may be all that there is in kana: 発売(ﾟ∀ﾟ)ｷﾀｺﾚ
        if language == Language::Chinese
            && has_faces
            && !letters.are_phonetic()
            && is_japanese_without_kana(text)
        {
            language = Language::Japanese;
        }
        // A lone の stands in Chinese names too, but not beside forms that only Japanese has, or has together.
        if language == Language::Chinese
            && text.contains('の')
            && (is_japanese_without_kana(text) || is_mixed_as_in_japanese(text))
        {
            language = Language::Japanese;
        }
        let told = match language {
            // A title in another language does not make a short Chinese text so.
            Language::Japanese | Language::Korean if foreign::is_chinese_around_titles(text) => {
                Language::Chinese
            }
            Language::Japanese | Language::Korean
                if foreign::is_chinese_around_names(text)
                    || foreign::are_translated(text)
                    || foreign::is_chinese_with_words(text) =>
            {
                Language::Chinese
            }
            // Korean that writes most words in Han characters.
            Language::Chinese
                if letters.hangul * 16 > letters.han && hanja::is_korean_text(text) =>
            {
                Language::Korean
            }
            _ => language,
        };
        (told, letters.are_phonetic())
    }

    /// The language of a document that begins with this text. If it is Chinese only for some lines of one that is in
    /// Japanese or Korean for the most part, beside it these lines: all others are to stay.
    pub fn of_document(text: &str) -> (Language, Option<ChineseLines>) {
        if !may_be_other(text) {
            return (Language::Chinese, None);
        }
        let (language, is_phonetic) = Language::of_other(text);
        let lines = match language {
            Language::Japanese => beside::chinese_lines(text, false),
            Language::Korean => beside::chinese_lines(text, true),
            // A few Chinese sentences tell, but nothing of names among the other ones.
            Language::Chinese if is_phonetic && beside::are_foreign(text) => {
                beside::chinese_lines(text, has_hangul(text))
            }
            _ => None,
        };
        match lines {
            Some(lines) => (Language::Chinese, Some(lines)),
            None => (language, None),
        }
    }
}

fn has_hangul(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'))
}

impl Letters {
    fn add(&mut self, c: char) {
        match c {
            '\u{3400}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
            | '々' => {
                self.han += 1;
            }
            // The lone の stands in Chinese names of shops.
            'の' => {}
            '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{30FC}'
            | '\u{FF66}'..='\u{FF9F}' => {
                self.kana += 1;
                self.hiragana += usize::from(is_hiragana(c));
            }
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => {
                self.hangul += 1;
            }
            '\u{80}'..='\u{FF}' => self.latin += 1,
            // Zhuyin and full-width letters go with Chinese.
            '\u{3100}'..='\u{312F}' | '\u{FF00}'..='\u{FF5E}' | '\u{E000}'..='\u{F8FF}' => {}
            c if c.is_alphabetic() => self.other += 1,
            _ => {}
        }
    }

    /// Whether so many are kana or hangul as Chinese text hardly has.
    fn are_phonetic(&self) -> bool {
        (self.kana + self.hangul) * 8 > self.han + self.kana + self.hangul
    }

    /// `count` counts characters of the text by those that make Chinese sentences.
    fn language(&self, count: impl Fn(&str) -> usize) -> Language {
        let cjk = self.han + self.kana + self.hangul;
        if self.hangul * 4 > cjk {
            return Language::Korean;
        }
        // Where there are as many kana as in Japanese, 存在, 終了 and 目的 are words of it.
        let chinese = match self.kana > self.han && self.hiragana * 2 > self.han {
            true => CERTAIN,
            false => FUNCTION,
        };
        if self.kana * 8 > cjk && count(chinese) * 25 <= self.han + 25 {
            return Language::Japanese;
        }
        // A text in Latin letters has few beyond ASCII; much of Latin-1 is the sign of a wrong encoding.
        let letters = self.other
            + if self.latin * 4 > self.ascii {
                0
            } else {
                self.ascii
            };
        if letters < FEW {
            return if cjk == 0 {
                Language::Undetermined
            } else {
                Language::Chinese
            };
        }
        // Programs and pages have many ASCII letters around Chinese text; other scripts do not go with it.
        if cjk == 0 || self.other > 3 * cjk {
            return Language::Other;
        }
        Language::Chinese
    }
}

/// Whether a text with hardly any kana has forms of Japanese, and none that it lacks.
fn is_japanese_without_kana(text: &str) -> bool {
    !text.contains(is_not_japanese) && text.contains(is_japanese_form)
}

/// Whether a text has forms of both Chinese scripts, each of which is the one of Japanese: 中国語
fn is_mixed_as_in_japanese(text: &str) -> bool {
    let mut count = ScriptCount::default();
    count.add(text);
    count.simplified > 0 && count.traditional > 0 && !text.contains(is_not_japanese)
}

/// How many bytes are summed up in one byte: whole vectors, and fewer than 256.
const SUMMED: usize = 192;

/// The letters of ASCII, and the characters from U+4000 to U+9FFF, all of them Han.
#[multiversion(targets("x86_64+avx512bw+avx512vl", "x86_64+avx2"))]
fn plain(text: &[u8]) -> Letters {
    let mut letters = Letters::default();
    // Sums of a byte's size, for the sake of vector instructions.
    for block in text.chunks(SUMMED) {
        let (mut ascii, mut han) = (0_u8, 0_u8);
        for &byte in block {
            ascii += u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
            han += u8::from(byte.wrapping_sub(0xE4) < 6);
        }
        letters.ascii += usize::from(ascii);
        letters.han += usize::from(han);
    }
    letters
}

look!(look_for_others, is_other);

/// Where any other character begins that is not ASCII.
#[inline(always)]
fn is_other(_before: u8, a: u8, _b: u8, _c: u8, _d: u8, _e: u8) -> bool {
    (a >= 0xC2) & (a.wrapping_sub(0xE4) >= 6)
}

/// A quick look that lets most Chinese text pass: mostly Han, and hardly any kana or hangul.
#[multiversion(targets("x86_64+avx512bw+avx512vl", "x86_64+avx2"))]
fn may_be_other(text: &str) -> bool {
    // Sums of a byte's size, for the sake of vector instructions.
    let (mut han, mut phonetic) = (0, 0);
    let bytes = text.as_bytes();
    for (block, next) in bytes
        .chunks(SUMMED)
        .zip(bytes[bytes.len().min(1)..].chunks(SUMMED))
    {
        let (mut han_here, mut phonetic_here) = (0_u8, 0_u8);
        for (&lead, &second) in block.iter().zip(next) {
            han_here += u8::from((lead >= 0xE4) & (lead <= 0xE9));
            let kana = (lead == 0xE3) & (second >= 0x81) & (second <= 0x83);
            let wide = (lead == 0xEF) & (second >= 0xBD) & (second <= 0xBE);
            phonetic_here += u8::from(kana | wide | (lead >= 0xEA) & (lead <= 0xED));
        }
        han += usize::from(han_here);
        phonetic += usize::from(phonetic_here);
    }
    han * 6 <= bytes.len() || phonetic * 16 > han
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_from_letters() {
        for (text, language) in [
            ("老書店開在車站對面，門口擺著舊雜誌。", Language::Chinese),
            ("山高月小，水落石出", Language::Chinese),
            (
                "古い本屋は駅の向かいにあり、入口には雑誌が並んでいる。",
                Language::Japanese,
            ),
            ("오래된 서점은 역 맞은편에 있다. 大韓民國", Language::Korean),
            (
                "The old bookshop stands opposite the station.",
                Language::Other,
            ),
            (
                "Старый книжный магазин стоит напротив вокзала.",
                Language::Other,
            ),
            (
                "fn main() { println!(\"書店\"); } // 程序從這裏開始",
                Language::Chinese,
            ),
            (
                "æ\u{9b}¸åº\u{97}é\u{96}\u{8b}å\u{9c}¨è»\u{8a}ç«\u{99}å°\u{8d}é\u{9d}¢",
                Language::Undetermined,
            ),
            (
                "我们唱「世界に一つだけの花」，他也会唱，是很好的歌。",
                Language::Chinese,
            ),
            ("優の良品店開在車站對面", Language::Chinese),
            ("日本語の説明（中国語）", Language::Japanese),
            ("演員宋康昊(송강호)獲獎。", Language::Chinese),
            ("這家店的とんかつ很好吃。", Language::Chinese),
            (
                "動畫\n宮崎駿（みやざき はやお）\n少女千尋隨父母搬家,誤入神靈的世界.",
                Language::Chinese,
            ),
            ("宮崎駿（みやざき はやお）", Language::Japanese),
            // Kana that faces are drawn with.
            ("算了 ¯\\_(ツ)_/¯", Language::Chinese),
            ("掀桌 (ノಠ益ಠ)ノ彡┻━┻ 走人!", Language::Chinese),
            ("散花 ヽ(✿ﾟ▽ﾟ)ノ 恭喜", Language::Chinese),
            ("(ア)東京(イ)大阪", Language::Japanese),
            ("東京へ!大阪へ!", Language::Japanese),
            (
                "動畫《ぼっち・ざ・ろっく！》將於今年推出劇場版。",
                Language::Chinese,
            ),
            ("電影《기생충》獲得奧斯卡獎。", Language::Chinese),
            ("『鋼の錬金術師』公式サイト開設", Language::Japanese),
            ("「ぼっち・ざ・ろっく！」発売決定", Language::Japanese),
            (
                "日劇台詞「やられたらやり返す」在網路上爆紅。",
                Language::Chinese,
            ),
            ("新番組「やまとなでしこ」放送決定。", Language::Japanese),
            (
                "「おい、待て！」\n「無禮者！」\n「さあ、行くぞ！」",
                Language::Japanese,
            ),
            ("《기생충》은 봉준호 감독의 영화이다.", Language::Korean),
            ("韓國(한국)的首都是首爾(서울)。", Language::Chinese),
            ("大韓民國(대한민국)", Language::Korean),
            ("學校(がっこう)\n會社(かいしゃ)", Language::Japanese),
            ("學校(がっこう)の生活", Language::Japanese),
            (
                "國際的(국제적) 地位(지위), 社會的(사회적) 責任(책임).",
                Language::Korean,
            ),
            ("大韓民國의 主權은 國民에게 있다.", Language::Korean),
            ("韓星김태희出席活動。", Language::Chinese),
            ("韓星김태희出席活動，粉絲很興奮。", Language::Chinese),
            ("2024-01-01 12:30", Language::Undetermined),
            ("", Language::Undetermined),
        ] {
            assert_eq!(Language::of(text), language, "{text}");
        }
    }

    #[test]
    fn a_document_in_another_language_may_have_chinese_lines() {
        let (language, lines) =
            Language::of_document("처음 뵙겠습니다.\n很高興見到您，我們走吧。\n");
        assert_eq!(language, Language::Chinese);
        let lines = lines.map(|lines| lines.text);
        assert_eq!(lines.as_deref(), Some("很高興見到您，我們走吧。\n"));
        for (text, language) in [
            ("駅は近いです。\n東京都千代田区\n", Language::Japanese),
            ("老書店開在車站對面。\n駅\n", Language::Chinese),
        ] {
            assert_eq!(Language::of_document(text), (language, None), "{text}");
        }
    }
}
