//! Chinese lines in a document that is in Japanese or Korean for the most part: they are Chinese, and the others stay.

use crate::chars::is_han;
use crate::foreign::{is_japanese_form, is_kana, is_old_form, is_phonetic, spans};
use crate::script::ScriptCount;

/// What only Chinese writes, in either script, and no name of a thing has in Japanese or Korean.
const CERTAIN: &str = "你您她它们們這这嗎吗呢吧麼么啊很给让说哪";

/// Those that no word of theirs has, be it old or a name: 哪吒, 呢絨, 這般
const SURE: &str = "你您她它们們嗎吗很";

/// What Chinese sentences are full of; Japanese and Korean have each in words of their own, and hardly several on a line.
const COMMON: &str = "我的了是在不也他就都個个和沒没把被說給讓";

/// Those that hardly stand in classical texts, which Japanese and Korean quote.
const MODERN: [char; 2] = ['的', '了'];

/// Those that no word of theirs has beside another one: 我的, 不是
const BINDING: [char; 2] = ['我', '是'];

/// Old forms that names of Japan keep, of people and of places.
const IN_NAMES: &str = "國廣澤邊齋榮櫻壽嶽奧德龜彌圓瀨靜豐萬藏實濱總峽黃黑每步繪與縣靈當鐵";

/// Words of classical Chinese, which Japanese quotes.
const CLASSICAL: &str = "乎矣焉曰兮哉";

/// A document that is in Japanese or Korean for the most part, and may have Chinese lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Whether its Japanese writes no old forms of characters, so that those are Chinese.
    modern_japanese: bool,
    /// Whether it is Korean, which has no full-width commas and colons, so that those are Chinese.
    korean: bool,
}

impl Beside {
    /// The document that begins with this text.
    pub fn of(text: &str) -> Beside {
        let (mut kana, mut hangul, mut old) = (false, false, false);
        for line in text.lines() {
            for c in spans(line).into_iter().flat_map(|span| line[span].chars()) {
                kana |= is_kana(c);
                hangul |= is_phonetic(c) && !is_kana(c);
                old |= is_old_form(c);
            }
        }
        Beside {
            modern_japanese: kana && !hangul && !old,
            korean: hangul && !kana,
        }
    }

    /// Those of its lines that are certainly Chinese; `None` if there are none.
    pub fn chinese_lines(self, text: &str) -> Option<String> {
        let lines: String = text
            .split_inclusive('\n')
            .filter(|line| self.is_chinese(line))
            .collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// Whether a line is certainly Chinese, but for spans in another language: several characters that make Chinese
    /// sentences, and not only the few of a headline; or what the other language writes otherwise.
    pub fn is_chinese(self, line: &str) -> bool {
        let mut outside = String::new();
        let mut from = 0;
        for span in spans(line) {
            outside.push_str(&line[from..span.start]);
            from = span.end;
        }
        outside.push_str(&line[from..]);
        Letters::of(&outside).are_chinese()
            || self.modern_japanese && is_sentence_in_old_forms(&outside)
            || self.korean && has_chinese_marks(&outside)
    }
}

/// Whether a text is a sentence in old forms of characters, without any of modern ones: no list of names and titles that
/// keep them, and no verse or saying from classical Chinese.
fn is_sentence_in_old_forms(text: &str) -> bool {
    /// So many letters are more than a name's, so many different old forms more than chance.
    const MANY: usize = 9;
    const SEVERAL: usize = 2;
    let text = text.trim_end();
    let is_list = text.contains('、') && !text.contains(['，', ',']);
    if is_list || !text.contains(['。', '！', '？', '.', '!', '?', '，', ',']) {
        return false;
    }
    let told = |c: &char| is_old_form(*c) && !IN_NAMES.contains(*c);
    let mut forms: Vec<char> = text.chars().filter(told).collect();
    forms.sort_unstable();
    forms.dedup();
    let mut scripts = ScriptCount::default();
    scripts.add(text);
    forms.len() >= SEVERAL
        && scripts.simplified == 0
        && text.chars().filter(|c| is_han(*c)).count() >= MANY
        && !text.contains(|c| is_japanese_form(c) || matches!(c, '々' | '・'))
        && may_be_modern(text)
}

/// Whether a text has letters of Chinese only, and one of the full-width marks that Korean lacks behind several of them.
fn has_chinese_marks(text: &str) -> bool {
    /// So many letters are a word or two.
    const SEVERAL: usize = 4;
    let marks = text.find(['，', '：']);
    let letters = |text: &str| text.chars().filter(|c| is_han(*c)).count();
    marks.is_some_and(|at| letters(&text[..at]) >= SEVERAL) && may_be_modern(text)
}

/// Whether a text may be modern Chinese: neither has it letters of Japanese or Korean, nor is it a verse or saying from
/// classical Chinese, which both quote.
fn may_be_modern(text: &str) -> bool {
    !text.contains(|c| is_phonetic(c) || CLASSICAL.contains(c)) && !is_verse(text)
}

/// Whether a text consists of clauses of one length, as verses and sayings do.
fn is_verse(text: &str) -> bool {
    let clauses = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|clause| !clause.is_empty());
    let mut lengths: Vec<usize> = clauses.map(|clause| clause.chars().count()).collect();
    let count = lengths.len();
    lengths.dedup();
    count > 1 && lengths.len() == 1
}

/// Whether most letters of a text stand on lines in Japanese or Korean, as they do not where each has its translation.
pub fn are_foreign(text: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let (mut foreign, mut all) = (0, 0);
    for line in text.lines() {
        let own = letters(line);
        let within: usize = spans(line)
            .into_iter()
            .map(|span| letters(&line[span]))
            .sum();
        all += own;
        if within * 2 > own {
            foreign += own;
        }
    }
    foreign * 4 >= all * 3
}

/// Letters that tell whether they are Chinese, and whether they stand in a sentence.
#[derive(Default)]
struct Letters {
    phonetic: usize,
    all: usize,
    certain: usize,
    /// Whether one of [`SURE`] is among them.
    sure: bool,
    /// Different ones, of [`CERTAIN`] and [`COMMON`].
    kinds: Vec<char>,
    modern: bool,
    /// Whether one of [`BINDING`] stands beside another.
    bound: bool,
    marks: usize,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        let mut before = None;
        for c in text.chars().filter(|c| !c.is_ascii_alphanumeric()) {
            letters.phonetic += usize::from(is_phonetic(c) && c != 'の');
            letters.all += usize::from(c.is_alphabetic());
            letters.marks += usize::from("，。！？；：,.!?".contains(c));
            letters.modern |= MODERN.contains(&c);
            let certain = CERTAIN.contains(c);
            letters.certain += usize::from(certain);
            letters.sure |= SURE.contains(c);
            let common = certain || COMMON.contains(c);
            if common && !letters.kinds.contains(&c) {
                letters.kinds.push(c);
            }
            let binds = |before: &char| BINDING.contains(&c) || BINDING.contains(before);
            letters.bound |= common && before.as_ref().is_some_and(binds);
            before = common.then_some(c);
        }
        letters
    }

    fn are_chinese(&self) -> bool {
        /// So many different ones are several; so many letters are more than a title's.
        const SEVERAL: usize = 3;
        const MANY: usize = 5;
        let several = self.kinds.len() >= SEVERAL;
        let is_told = match (self.certain, self.marks) {
            (0, 0) => false,
            (0, _) => several && self.modern && self.bound,
            (_, 0) => several && self.certain > 1 && self.all >= MANY,
            (certain, _) => {
                several || certain > 1 && self.kinds.len() > 1 || self.sure && self.all >= MANY
            }
        };
        self.phonetic == 0 && is_told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_certainly_chinese_or_may_be_others() {
        for line in [
            "您好，很榮幸見到您。",
            "她很忙，我們改天再來。",
            "我的哥哥在上海工作了三年。",
            "這些書他們都沒有看過呢",
            "我們一起唱《ひまわりの約束》吧，你會喜歡的。",
            "我們很高興",
            "你知道這件事嗎？ わたしは知りません。",
            "車站很近(走路五分鐘).",
        ] {
            assert!(Beside::default().is_chinese(line), "{line}");
        }
        for line in [
            // Japanese in kanji only.
            "目次",
            "東京都千代田区",
            "国会図書館",
            "経済的課題、在庫不足、完了",
            "学術的研究会発表了解",
            "技術的課題、在庫不足、処理完了。",
            "排他的経済水域、他国的存在、終了。",
            "了解！",
            "何者！？",
            // Classical Chinese.
            "學而時習之，不亦說乎。",
            "色即是空，空即是色，不生不滅，是故空中無色。",
            "國破山河在，城春草木深。",
            // Titles and words of Chinese.
            "我們的故事",
            "你好！",
            "謝謝。",
            // Old words and names of Japanese.
            "登場人物：哪吒太子、楊戩、黃飛虎。",
            "輸入品目：呢絨、綿織物。",
            "祖師西來意、是甚麼。",
            // Korean, and Japanese with kana.
            "大韓民國 政府",
            "안녕하세요, 반갑습니다.",
            "你好と言いました。",
            "",
        ] {
            assert!(!Beside::default().is_chinese(line), "{line}");
        }
        for (text, expected) in [
            (
                "取扱説明書をお読みください。\n使用產品之前，請詳細閱讀說明。\n",
                Some("使用產品之前，請詳細閱讀說明。\n"),
            ),
            (
                "試合は中止です。\n比賽延期，門票將全數退還。\n",
                Some("比賽延期，門票將全數退還。\n"),
            ),
            // Names keep old forms, and old texts have them throughout.
            ("出席者の一覧です。\n澤田榮一、渡邊國男、齋藤壽子。\n", None),
            (
                "記事の出典です。\n讀賣新聞、學習院大学紀要より抜粋。\n",
                None,
            ),
            (
                "其の時、會社は無かつた。\n明治三十八年東京專門學校卒業。\n",
                None,
            ),
            // Verses and sayings are quoted.
            ("漢詩を読みましょう。\n白髮三千丈，緣愁似箇長。\n", None),
            ("論語の言葉です。\n學而時習之，不亦說乎，朋來樂乎。\n", None),
            // Korean writes old forms itself.
            ("우리는 학교에 간다.\n國會議員選擧投票參加獨勵。\n", None),
            // But no full-width marks.
            (
                "정말 재미있어요!\n韓國觀眾留言：\n",
                Some("韓國觀眾留言：\n"),
            ),
            ("공자님 말씀이다.\n學而時習之，不亦說乎。\n", None),
        ] {
            let lines = Beside::of(text).chinese_lines(text);
            assert_eq!(lines.as_deref(), expected, "{text}");
        }
        let text = "今日は天気がいいです。\n今天天氣很好，我們出去吧。\n目次\n";
        assert_eq!(
            Beside::of(text).chinese_lines(text).as_deref(),
            Some("今天天氣很好，我們出去吧。\n")
        );
        assert!(are_foreign(
            "今日は天気がいいですね。散歩に行きましょう。\n目次\n"
        ));
        assert!(!are_foreign("今日は天気がいいです。\n今天天氣很好。\n"));
        let text = "目次\n第一章　概要\n";
        assert_eq!(Beside::of(text).chinese_lines(text), None);
    }
}
