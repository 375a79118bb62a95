//! Chinese lines in a document that is in Japanese or Korean for the most part: they are Chinese, and the others stay.

use std::ops::Range;

use crate::faces::without_faces;
use crate::foreign::spans;
use crate::forms::{is_japanese_form, is_not_japanese, is_phonetic, lacks_standard};

/// What only Chinese writes, in either script, and no name of a thing has in Japanese or Korean.
const CERTAIN: &str = "你您她它们們這这嗎吗呢吧麼麽么啊很给让说哪";

/// Those that no word of theirs has, be it old or a name: 哪吒, 呢絨, 這般
const SURE: &str = "你您她它们們嗎吗很";

/// What Chinese sentences are full of; Japanese and Korean have each in words of their own, and hardly several on a line.
const COMMON: &str = "我的了是在不也他就都個个和沒没把被說給讓";

/// Those that hardly stand in classical texts, which Japanese and Korean quote.
const MODERN: [char; 2] = ['的', '了'];

/// Those that no word of theirs has beside another one: 我的, 不是
const BINDING: [char; 2] = ['我', '是'];

/// What notices in modern Chinese ask for.
const ASKED: [&str; 33] = [
    "勿", "不要", "先閱", "先阅", "您", "詳閱", "详阅", "詳細", "详细", "點選", "点选", "點擊",
    "点击", "參閱", "参阅", "參考", "参考", "儘快", "尽快", "盡快", "務必", "务必", "先將", "先将",
    "先把", "先按", "先確", "先确", "先關", "先关", "先登", "先選", "先选",
];

/// What classical Chinese tells of speech with.
const CLASSICAL: [char; 3] = ['曰', '云', '矣'];

/// How much Chinese a document has beside Japanese or Korean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Share {
    /// A few lines: only those are taken for Chinese that certainly are.
    Few,
    /// Many, as in a lesson of Japanese: all lines are that have no Japanese, and some character that it lacks.
    Many,
}

/// The Chinese of a document that is in Japanese or Korean for the most part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChineseLines {
    /// The lines that are Chinese.
    pub text: String,
    /// How much of the document they are.
    pub share: Share,
}

/// The lines of a text that are Chinese; `None` if none certainly is. `korean` says that the others are in Korean, which has
/// many of the characters that Japanese lacks.
pub fn chinese_lines(text: &str, korean: bool) -> Option<ChineseLines> {
    /// Chinese is much if others are at most so many times as much.
    const TIMES: usize = 5;
    /// So many are no chance.
    const SEVERAL: usize = 3;
    let (mut certain, mut likely, mut foreign) = (0, 0, 0);
    let (mut sentences, mut lacking) = (0, Vec::new());
    for line in text.lines() {
        let spans = spans(line);
        let own = Letters::of(line, &spans);
        if own.are_chinese() {
            certain += own.all;
        } else if own.may_be_chinese() {
            likely += own.all;
            sentences += usize::from(!own.kinds.is_empty() || own.begs);
            lacking.extend(own.lacking.into_iter().filter(|c| lacks_standard(*c)));
        } else {
            foreign += foreign_letters(line, &spans);
        }
    }
    lacking.sort_unstable();
    lacking.dedup();
    // Lines that are only likely may be names and headings in old forms, but for what no Japanese has.
    let are_told = sentences >= SEVERAL && lacking.len() >= SEVERAL;
    let chinese = if are_told { certain + likely } else { certain };
    if chinese == 0 {
        return None;
    }
    let share = match !korean && chinese * TIMES >= foreign {
        true => Share::Many,
        false if certain == 0 => return None,
        false => Share::Few,
    };
    let lines = text.split_inclusive('\n');
    let text = lines.filter(|line| is_chinese(line, &spans(line), share));
    Some(ChineseLines {
        text: text.collect(),
        share,
    })
}

/// Whether most letters of a text stand on lines in Japanese or Korean, as they do not where each has its translation.
pub fn are_foreign(text: &str) -> bool {
    let (mut foreign, mut all) = (0, 0);
    for line in text.lines() {
        all += letters(line);
        foreign += foreign_letters(line, &spans(line));
    }
    foreign * 4 >= all * 3
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The letters of a line if most are in another language, and else none.
fn foreign_letters(line: &str, spans: &[Range<usize>]) -> usize {
    let all = letters(line);
    let foreign: usize = spans.iter().map(|span| letters(&line[span.clone()])).sum();
    if foreign * 2 > all { all } else { 0 }
}

/// Whether a line is Chinese, but for these spans in another language, which are in order: it has several characters that
/// make Chinese sentences, and not only the few of a headline; or in a document with many such lines some that Japanese lacks.
pub fn is_chinese(line: &str, spans: &[Range<usize>], share: Share) -> bool {
    let letters = Letters::of(line, spans);
    letters.are_chinese() || share == Share::Many && letters.may_be_chinese()
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
    /// Whether readers are asked to do something; whether a clause begins as if they were.
    asks: bool,
    begs: bool,
    /// Whether one is classical; whether one has a form of Japanese.
    classical: bool,
    japanese: bool,
    /// Those that Japanese lacks.
    lacking: Vec<char>,
    marks: usize,
}

impl Letters {
    /// Those of a line outside these spans.
    fn of(line: &str, spans: &[Range<usize>]) -> Letters {
        let mut letters = Letters::default();
        let mut from = 0;
        for span in spans {
            letters.add(&line[from..span.start]);
            from = span.end;
        }
        letters.add(&line[from..]);
        letters
    }

    fn add(&mut self, text: &str) {
        self.begs |= requests(text).next().is_some();
        self.asks |= asks(text);
        let mut before = None;
        for c in without_faces(text).filter(|c| !c.is_ascii_alphanumeric()) {
            self.phonetic += usize::from(is_phonetic(c) && c != 'の');
            self.all += usize::from(c.is_alphabetic());
            self.marks += usize::from("，。！？；：,.!?".contains(c));
            self.classical |= CLASSICAL.contains(&c);
            self.japanese |= is_japanese_form(c) || c == '々';
            if is_not_japanese(c) {
                self.lacking.push(c);
            }
            self.modern |= MODERN.contains(&c);
            let certain = CERTAIN.contains(c);
            self.certain += usize::from(certain);
            self.sure |= SURE.contains(c);
            let common = certain || COMMON.contains(c);
            if common && !self.kinds.contains(&c) {
                self.kinds.push(c);
            }
            let binds = |before: &char| BINDING.contains(&c) || BINDING.contains(before);
            self.bound |= common && before.as_ref().is_some_and(binds);
            before = common.then_some(c);
        }
    }

    fn are_chinese(&self) -> bool {
        /// So many different ones are several; so many letters are more than a title's.
        const SEVERAL: usize = 3;
        const MANY: usize = 5;
        /// A notice may be as short: 請勿觸摸
        const FEW: usize = 4;
        let several = self.kinds.len() >= SEVERAL;
        let is_told = match (self.certain, self.marks) {
            (0, 0) => false,
            (0, _) => several && self.modern && self.bound,
            (_, 0) => several && self.certain > 1 && self.all >= MANY,
            (certain, _) => {
                let binds = self.modern && self.lacking.len() > 1 && !self.japanese;
                let two = self.kinds.len() > 1 && (certain > 1 || binds);
                several || two || self.sure && self.all >= MANY
            }
        };
        self.phonetic == 0 && (is_told || self.asks && self.all >= FEW)
    }

    /// The same among many lines that are.
    fn may_be_chinese(&self) -> bool {
        /// Words of Japanese have 的 and 請 too, and are not as long.
        const LONG: usize = 8;
        let is_told = !self.lacking.is_empty()
            || self.kinds.len() > 1
            || (self.modern || self.begs) && self.all >= LONG;
        self.phonetic == 0 && is_told && !self.japanese && !self.classical
    }
}

/// What follows 請 at the beginnings of a text and of its clauses.
fn requests(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['請', '请']).filter_map(|(at, word)| {
        let before = text[..at].chars().next_back();
        let begins = before.is_none_or(|c| !c.is_alphabetic() || "前後后時时".contains(c));
        begins.then(|| &text[at + word.len()..])
    })
}

/// Whether a text asks its readers to do something, at its beginning or that of a clause: 請勿攝影, 使用前請詳閱
fn asks(text: &str) -> bool {
    requests(text).any(|after| ASKED.iter().any(|asked| after.starts_with(asked)))
        && !text.contains(CLASSICAL)
        && !text.contains(is_japanese_form)
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
            "請勿觸摸",
            "使用前請詳閱說明書.",
            "開封後請儘快飲用,謝謝.",
        ] {
            assert!(is_chinese(line, &spans(line), Share::Few), "{line}");
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
            "請負契約、請求書、要請事項。",
            "請君試問東流水，別意與之誰短長。",
            "請戶漁港、福島縣雙葉郡",
            "顏淵曰、請勿復言。",
            // Old forms of Japanese.
            "明治三十八年東京專門學校卒業。",
            "大寒波襲來, 關東全域大雪警報.",
            // Korean, and Japanese with kana.
            "大韓民國 政府",
            "안녕하세요, 반갑습니다.",
            "你好と言いました。",
            "",
        ] {
            assert!(!is_chinese(line, &spans(line), Share::Few), "{line}");
        }
        let text = "今日は天気がいいです。\n今天天氣很好，我們出去吧。\n目次\n";
        let lines = chinese_lines(text, false).expect("one is");
        assert_eq!(lines.text, "今天天氣很好，我們出去吧。\n");
        assert!(are_foreign(
            "今日は天気がいいですね。散歩に行きましょう。\n目次\n"
        ));
        assert!(!are_foreign("今日は天気がいいです。\n今天天氣很好。\n"));
        assert_eq!(chinese_lines("目次\n第一章　概要\n", false), None);
    }

    #[test]
    fn lessons_of_japanese_have_many_chinese_lines() {
        let lesson = "提升閱讀理解能力\n環境問題は深刻です。\n図書館\n問題\n這個練習說明如何找出文章的主要觀點。\n";
        let lines = chinese_lines(lesson, false).expect("one is");
        assert_eq!(lines.share, Share::Many);
        assert_eq!(
            lines.text,
            "提升閱讀理解能力\n這個練習說明如何找出文章的主要觀點。\n"
        );
        let korean = chinese_lines(
            "大韓民國의 主權은 國民에게 있다.\n國立圖書館\n你們很忙嗎？\n",
            true,
        );
        assert_eq!(korean.expect("one is").text, "你們很忙嗎？\n");
    }
}
