//! Words and names of Japanese and Korean in Chinese sentences, and their readings in brackets: 演員宋康昊(송강호)獲獎,
//! 這家店的とんかつ很好吃
//!
//! What stands around them tells the language: Chinese has words that the other two never have, and no particles in kana or
//! hangul behind its words.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::chars::is_han;
use crate::forms::{is_hiragana, is_japanese_form, is_kana, is_not_japanese, is_phonetic};
use crate::hanja;
use crate::lines::front;
use crate::script::ScriptCount;

/// What no word of Japanese or Korean has.
const SURE: &str = "你您妳她它们們嗎吗很這这啊";

/// Words of two characters that only Chinese has, in both scripts: of times, of what is felt and done, of films and songs, and those that bind.
const WORDS: &str = "\
    昨天 今天 明天 每天 前天 後天 时候 時候 已經 已经 正在 剛剛 刚刚 如果 但是 因為 因为 雖然 虽然 可以 應該 应该 不錯 不错 沒有 没有 \
    就是 都是 也是 還是 还是 不會 不会 一下 幾個 几个 哪裡 真的 最喜 喜歡 喜欢 覺得 觉得 知道 看到 聽到 听到 買到 买到 吃到 告訴 告诉 \
    請問 请问 謝謝 谢谢 給我 给我 爸爸 媽媽 妈妈 孩子 小孩 老闆 老板 好吃 好喝 好看 好聽 好听 好玩 味道 位於 位于 生於 生于 來自 来自 \
    關於 关于 對於 对于 由於 由于 屬於 属于 舉辦 举办 來臺 來台 影片 片名 導演 导演 演員 演员 編劇 编剧 劇情 剧情 主角 專輯 专辑 \
    動漫 动漫 開賣 开卖 卡牌 粉絲 粉丝 歌迷 影迷 女團 女团 男團 男团 韓劇 韩剧 日劇 日剧 手機 手机 電腦 电脑 網路 網站 网站 地址";

/// Stands for a word that was taken out.
const GAP: char = '\u{FFFC}';

/// What stands in front of 了 at the end of words of Japanese: 終了, 魅了
const ENDED: &str = "終终完修満滿满未校魅議议読讀读投結结誤误";

/// Old forms that names of persons, places and schools keep in Japanese.
const OF_NAMES: &str = "國學會應澤濱齋龍櫻廣圓兒雙靜實榮壽惠齊邊藝瀧眞顯禮德鐵驛縣醫黑嶽龜螢轉";

/// What words of Japanese have too, though its sentences do not: 我慢, 把握
const OF_WORDS: &str = "我是把給没";

/// How verbs and clauses of Japanese end, and its particles of several kana.
const GRAMMAR: [&str; 22] = [
    "ください",
    "ない",
    "する",
    "した",
    "して",
    "され",
    "される",
    "された",
    "ている",
    "という",
    "として",
    "について",
    "による",
    "における",
    "から",
    "まで",
    "より",
    "など",
    "ので",
    "では",
    "は",
    "へ",
];

/// What sentences of Japanese have near their end.
const POLITE: [&str; 5] = ["です", "ます", "でし", "まし", "ませ"];

/// Marks that Korean does not write.
const MARKS: [char; 7] = ['，', '。', '！', '？', '：', '、', '；'];

/// Marks that sentences end in.
const ENDS: [char; 6] = ['.', '。', '!', '！', '?', '？'];

/// Family names of Korea, as Han characters.
const FAMILIES: &str = "金李朴崔鄭姜趙尹張林吳韓申徐權黃安宋柳洪全高孫梁裵裴白曹許劉南沈盧河郭成車朱禹具羅任閔辰池嚴蔡元方孔玄咸卞廉呂秋都奉馬魏";

/// What the words in Japanese or Korean show of the sentence around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It is Chinese.
    Chinese,
    /// It is not.
    Foreign,
    /// It may be both, as a name with its reading alone.
    Open,
}

/// A sentence taken apart.
#[derive(Default)]
struct Parts<'t> {
    /// What is left without words in kana and hangul and without what has its reading in brackets.
    outside: String,
    /// The words in kana and hangul that stand in no brackets.
    words: Vec<&'t str>,
    /// How many words have readings; whether all are names of persons.
    glossed: usize,
    persons: usize,
    /// Whether a sentence goes on right behind a reading in Han characters, or in kana or hangul.
    goes_on: bool,
    binds: bool,
    /// Whether brackets around a reading are full-width.
    wide: bool,
}

/// What tells Chinese from Japanese and Korean.
struct Evidence {
    sure: usize,
    words: usize,
    /// Different characters that modern Japanese lacks, without those of names.
    forms: usize,
    han: usize,
    marks: bool,
    /// Whether a comma stands there as Chinese sets it.
    commas: bool,
}

/// Whether a sentence with words in kana or hangul is Chinese around them.
pub(crate) fn is_chinese(sentence: &str) -> bool {
    kind(sentence) == Kind::Chinese
}

/// Whether the kana and hangul of a part of a Chinese sentence may be words and names in it.
pub(crate) fn may_be_chinese(part: &str) -> bool {
    kind(part) != Kind::Foreign
}

/// Whether a text is nothing but a name of a person and its reading, as a field of a record has it: 宮崎駿（みやざき はやお）
pub(crate) fn is_person(text: &str) -> bool {
    let parts = Parts::of(text);
    parts.glossed > 0 && parts.persons == parts.glossed && parts.words.is_empty() && !parts.binds
}

/// Whether a text is Chinese for the most part: its sentences are around what it has in kana and hangul, and more than names
/// and words by themselves. Sentences in other languages may be a few, as quotations.
/// `korean` says that it has no kana.
pub(crate) fn is_chinese_text(text: &str, korean: bool) -> bool {
    /// How many times as much Chinese must be as sentences in another language.
    const TIMES: usize = 4;
    /// So many times as much may stand in names and words by themselves.
    const LISTED: usize = 2;
    let (mut chinese, mut foreign, mut open) = (0, 0, 0);
    for sentence in text.split_inclusive(['\n', '。', '！', '？']) {
        let has_words = sentence.contains(is_phonetic);
        match kind(sentence) {
            Kind::Chinese => chinese += letters(sentence),
            Kind::Foreign => foreign += letters(sentence),
            // A list of persons is one in Chinese if anything around it is.
            Kind::Open if has_words && is_person(sentence) => {}
            Kind::Open if has_words => open += count_han(sentence),
            // Beside Korean the marks of Chinese tell it.
            Kind::Open if korean && sentence.contains(MARKS) => chinese += letters(sentence),
            Kind::Open => {}
        }
    }
    chinese > 0 && foreign * TIMES <= chinese && open <= chinese * LISTED
}

/// Where what a label names begins, bytes, if it is a name or a title in kana or hangul and the label may be Chinese:
/// 藝名：아이유
pub(crate) fn labelled(sentence: &str) -> Option<usize> {
    let (label, name) = sentence.split_once(['：', ':'])?;
    let is_label = !label.is_empty()
        && label
            .trim()
            .chars()
            .all(|c| is_han(c) && !is_japanese_form(c));
    (is_label && !name.contains(is_han) && kind(name) == Kind::Open)
        .then_some(sentence.len() - name.trim_start().len())
}

fn kind(sentence: &str) -> Kind {
    let has_kana = sentence.contains(is_kana);
    let parts = Parts::of(sentence);
    let is_bound = || hanja::has_bound_word(sentence);
    if has_kana && sentence.contains(|c| is_japanese_form(c) || c == '々')
        || parts.binds
        || !parts.words.iter().all(|word| is_word(word))
        || is_bound()
    {
        return Kind::Foreign;
    }
    let evidence = Evidence::of(&parts.outside);
    let within: usize = parts.words.iter().map(|word| letters(word)).sum();
    let is_little = within <= evidence.han;
    let told = match (has_kana, parts.words.is_empty()) {
        _ if evidence.han < 2 => false,
        _ if within + parts.glossed == 0 => evidence.is_told_alone(),
        (true, true) => evidence.is_told_around_readings(),
        (true, false) => is_little && evidence.is_told_around_words(),
        (false, true) => evidence.is_not_korean() || parts.goes_on && parts.wide,
        (false, false) => is_little && evidence.han > 2 && evidence.is_not_korean(),
    };
    let is_alone = evidence.han + parts.glossed == 0;
    match told {
        true => Kind::Chinese,
        // A title or a name is no sentence.
        false if is_alone && !sentence.trim_end().ends_with(ENDS) => Kind::Open,
        false if is_alone || !is_little && parts.words.len() > 1 => Kind::Foreign,
        false => Kind::Open,
    }
}

impl Evidence {
    fn of(text: &str) -> Evidence {
        let mut evidence = Evidence {
            sure: SURE.chars().filter(|c| text.contains(*c)).count(),
            words: words_in(text) + did(text),
            forms: 0,
            han: count_han(text),
            marks: text.contains(MARKS),
            commas: text.contains(['，', ',']),
        };
        let mut forms: Vec<char> = text.chars().filter(|c| is_telling(*c)).collect();
        forms.sort_unstable();
        forms.dedup();
        evidence.forms = forms.len();
        evidence
    }

    /// Whether a sentence with words in kana is Chinese around them. Headlines of old Japanese have its old forms too.
    fn is_told_around_words(&self) -> bool {
        /// So much tells: a word, and another one or a form.
        const MUCH: usize = 3;
        let certain = (self.sure + self.words) * 2;
        certain > 0 && certain + self.forms >= MUCH
    }

    /// Whether all kana of a sentence being readings, it is Chinese.
    fn is_told_around_readings(&self) -> bool {
        self.sure + self.words > 0 || self.forms > usize::from(!self.marks && !self.commas)
    }

    /// Whether a sentence with hangul is Chinese: Korean in Han characters has the old forms too.
    fn is_not_korean(&self) -> bool {
        self.sure + self.words > 0 || self.marks
    }

    /// Whether a sentence without kana and hangul is neither Japanese nor Korean.
    fn is_told_alone(&self) -> bool {
        self.words > 0 || self.sure > 0 && self.marks || self.forms > 1 && self.commas
    }
}

impl<'t> Parts<'t> {
    fn of(sentence: &'t str) -> Parts<'t> {
        let mut parts = Parts::default();
        let mut rest = sentence;
        while let Some(at) = rest.find(|c| is_phonetic(c) || matches!(c, '(' | '（')) {
            let (before, found) = rest.split_at(at);
            parts.outside.push_str(before);
            let first = found.chars().next().expect("found");
            rest = match (is_phonetic(first), reading(found)) {
                (true, _) => parts.take_word(found),
                (false, Some(inside)) => parts.take_reading(first, inside, found),
                (false, None) => {
                    parts.outside.push(first);
                    &found[first.len_utf8()..]
                }
            };
        }
        parts.outside.push_str(rest);
        parts
    }

    /// Takes the word in kana or hangul that a text begins with, of which there may be several; returns what is behind.
    fn take_word(&mut self, text: &'t str) -> &'t str {
        let is_of_word = |c: char| is_phonetic(c) || matches!(c, '・' | ' ');
        let word = &text[..text.find(|c| !is_of_word(c)).unwrap_or(text.len())];
        self.words.push(word.trim_end());
        self.outside.push(GAP);
        &text[word.len()..]
    }

    /// Takes a reading, `inside` brackets that a text begins with, and of what is left the word that it belongs to, as far as
    /// it may be read so; returns what is behind the brackets.
    fn take_reading(&mut self, bracket: char, inside: &str, text: &'t str) -> &'t str {
        self.drop_title();
        let word_start = self.outside.trim_end_matches(is_han).len();
        let word = &self.outside[word_start..];
        let (han, read) = (
            word.chars().count(),
            inside.chars().filter(|c| is_phonetic(*c)).count(),
        );
        self.glossed += 1;
        self.persons += usize::from(is_person_read(word, inside));
        self.wide |= bracket == '（';
        let left = word
            .char_indices()
            .nth(han.saturating_sub(read))
            .map_or(0, |(at, _)| at);
        self.outside.truncate(word_start + left);
        self.outside.push(GAP);
        // Behind a reading years of birth may stand: 新垣結衣（あらがき ゆい，1988年6月11日－）
        self.outside
            .extend(inside.chars().filter(|c| !is_phonetic(*c)));
        let behind = &text[bracket.len_utf8() + inside.len()..];
        let behind = behind.strip_prefix([')', '）']).unwrap_or(behind);
        let next = behind.chars().next();
        self.goes_on |= next.is_some_and(is_han);
        self.binds |= next.is_some_and(is_phonetic);
        behind
    }

    /// Drops the title in marks that what is left ends in: its reading stands behind it.
    fn drop_title(&mut self) {
        /// No title is longer, bytes.
        const LONGEST: usize = 120;
        let title = self.outside.trim_end_matches(['」', '』', '》']);
        if title.len() == self.outside.len() {
            return;
        }
        let near = title.ceil_char_boundary(title.len().saturating_sub(LONGEST));
        if let Some(opened) = title[near..].rfind(['「', '『', '《']) {
            self.outside.truncate(near + opened);
        }
    }
}

/// What stands in the brackets that a text begins with, if it is how the word before is read: all in kana or hangul, but for
/// parts that a mark sets off.
fn reading(text: &str) -> Option<&str> {
    /// No reading is longer, bytes.
    const LONGEST: usize = 160;
    let inside = text.strip_prefix(['(', '（'])?;
    let inside = &inside[..front(inside, LONGEST).find([')', '）'])?];
    let is_read = |part: &str| {
        let is_of_reading = |c: char| is_phonetic(c) || matches!(c, ' ' | '・' | '　');
        part.chars().all(is_of_reading) || !part.contains(is_phonetic)
    };
    let parts = |c: char| matches!(c, '，' | '、' | ',' | ';' | '；' | ':' | '：' | '/' | '／');
    (inside.contains(is_phonetic) && inside.split(parts).all(is_read)).then_some(inside)
}

/// Whether a word is a person's name by its reading: one of Japan is parted there, one of Korea is of a family and has as many
/// syllables as characters.
pub(crate) fn is_person_read(word: &str, reading: &str) -> bool {
    const LONGEST: usize = 6;
    let reading = reading
        .split(['，', '、', ',', '；', ';'])
        .next()
        .unwrap_or(reading);
    let han = word.chars().count();
    let is_of_japan = || {
        let mut parts = reading.split([' ', '　']);
        let is_name = |part: Option<&str>| {
            part.is_some_and(|part| part.chars().count() > 1 && part.chars().all(is_hiragana))
        };
        is_name(parts.next())
            && is_name(parts.next())
            && parts.next().is_none()
            && (2..=LONGEST).contains(&han)
    };
    let is_of_korea = || {
        han == 3
            && word.starts_with(|c| FAMILIES.contains(c))
            && reading.chars().count() == han
            && !reading.contains(is_kana)
    };
    !word.contains(|c| is_japanese_form(c) || c == '々') && (is_of_japan() || is_of_korea())
}

/// Whether what stands in kana or hangul may be a word in a Chinese sentence, and has no grammar of Japanese.
fn is_word(text: &str) -> bool {
    const SHORTEST: usize = 3;
    text.split(' ').all(|word| {
        let length = word.chars().count();
        match word.contains(is_hiragana) {
            _ if !word.contains(is_kana) || word == "の" => true,
            false => length > 1,
            true => {
                length >= SHORTEST
                    && !word.contains('を')
                    && !POLITE.iter().any(|polite| word.contains(polite))
                    && !GRAMMAR.iter().any(|end| word.ends_with(end))
            }
        }
    })
}

/// How many different ones of [`WORDS`] a text has.
fn words_in(text: &str) -> usize {
    static PAIRS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
        let words = WORDS.split_whitespace();
        words
            .filter_map(|word| word.chars().next().zip(word.chars().nth(1)))
            .collect()
    });
    let pairs = text.chars().zip(text.chars().skip(1));
    let mut found: Vec<_> = pairs.filter(|pair| PAIRS.contains(pair)).collect();
    found.sort_unstable();
    found.dedup();
    found.len()
}

/// Whether 了 tells in a text what was done, once: 買了, but not 終了 and 了解.
fn did(text: &str) -> usize {
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let is_verb = |verb: char| is_han(verb) && !ENDED.contains(verb);
        let next = characters.peek();
        if c == '了' && before.is_some_and(is_verb) && !next.is_some_and(|c| "解承知".contains(*c))
        {
            return 1;
        }
        before = Some(c);
    }
    0
}

/// Whether Japanese lacks a character and its names do, too. That simplified ones are lacking is no news: what tells nothing
/// before it is converted must tell nothing afterwards.
fn is_telling(c: char) -> bool {
    let mut script = ScriptCount::default();
    script.add_char(c);
    is_not_japanese(c) && script.simplified == 0 && !OF_NAMES.contains(c) && !OF_WORDS.contains(c)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn count_han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_tell_the_language() {
        use Kind::{Chinese, Foreign, Open};
        for (sentence, expected) in [
            ("演員宋康昊(송강호)獲獎。", Chinese),
            ("主演：宋康昊（송강호）、李善均（이선균）", Chinese),
            ("宮崎駿（みやざき はやお），日本動畫導演。", Chinese),
            ("這家店的とんかつ很好吃。", Chinese),
            ("昨天買了ポケモン卡牌。", Chinese),
            ("女團 에스파 發行新專輯。", Chinese),
            ("宮崎駿（みやざき はやお）", Open),
            ("鐵道省（てつどうしょう）發行", Open),
            ("大韓民國(대한민국)", Open),
            ("기생충", Open),
            ("目次", Open),
            ("처음 뵙겠습니다.", Foreign),
            ("학교(學校)에 갑니다.", Foreign),
            ("大韓民國(대한민국)은 民主共和國이다.", Foreign),
            ("我は學校に行きます。", Foreign),
            ("昨天の映画、とても好きです。", Foreign),
            ("終了ポケモン", Open),
        ] {
            assert_eq!(kind(sentence), expected, "{sentence}");
        }
        assert!(is_person("黑澤明（くろさわ あきら）"));
        assert!(is_person("孫藝珍(손예진)"));
        assert!(!is_person("居酒屋（いざかや）"));
        assert!(!is_person("不可能(불가능)"));
        assert_eq!(labelled("藝名：아이유"), Some("藝名：".len()));
        assert_eq!(labelled("質問：何ですか"), None);
    }
}
