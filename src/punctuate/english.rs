//! English sentences that hold Chinese words: their marks are English.

use super::beside::words_touch;
use super::context::{first, is_ideograph, last};
use super::grammar::{Grammar, is_quoted};
use super::set_off;
use jianti_text::chars::Chars;
use jianti_text::lines::front;

/// How far a sentence is looked at, before a place and behind it, bytes.
const REACH: usize = 1 << 9;

/// Words that hold English sentences together.
const FUNCTION: [&str; 59] = [
    "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "for", "from",
    "had", "has", "have", "he", "her", "his", "how", "if", "in", "into", "is", "it", "its", "like",
    "means", "must", "not", "of", "on", "or", "our", "she", "should", "so", "than", "that", "the",
    "their", "there", "these", "they", "this", "those", "to", "was", "we", "were", "when", "where",
    "which", "who", "will", "with", "would", "you", "your",
];

/// What Chinese sentences are held together with.
pub static CHINESE: Chars =
    Chars::of("的了是在我你他她它们們这這那不就也都和与與很吗嗎吧呢把被让讓给給到说說后後再");

/// The sentence that a place stands in, and whether it is English: it begins with an English word, has words that only
/// sentences have, and its Chinese is short beside them.
#[derive(Clone, Copy, Default)]
pub struct Sentence {
    /// Where it is on its line, bytes.
    start: usize,
    end: usize,
    /// Whether it is English.
    pub is_english: bool,
}

impl Sentence {
    /// The one around a place of the line.
    pub fn around(line: &str, at: usize) -> Sentence {
        let start = start(line, at);
        let before = &line[start..at];
        let is_sign = |c: char| c.is_ascii() && !c.is_ascii_alphabetic() || "…“‘".contains(c);
        let sentence = before.trim_start_matches(is_sign);
        // Behind signs alone nothing is known of it yet.
        if sentence.is_empty() {
            return Sentence::default();
        }
        let (start, end) = (at - sentence.len(), end(line, at));
        let sentence = line[start..end].trim_end();
        let is_followed = || is_followed(&line[end..]);
        Sentence {
            start,
            end,
            is_english: match first(sentence) {
                Some(c) if c.is_ascii_alphabetic() => {
                    !words_touch(sentence) && Words::of(sentence).are_english(is_followed)
                }
                // Most begin in Chinese.
                Some(c) if is_ideograph(c) && begins_with_name(sentence) => {
                    Words::of(sentence).are_told(Words::LEAST_BEHIND_NAME, is_followed)
                }
                _ => false,
            },
        }
    }

    /// Whether another place stands in it, too, as is told of one that is looked at whole.
    pub fn has(&self, at: usize) -> bool {
        self.start < at && at < self.end && self.end - self.start <= REACH
    }
}

/// Whether English words stand behind the Chinese that a sentence begins with, and the sentence goes on behind what they tell of it:
/// 台北, the capital, is
fn begins_with_name(sentence: &str) -> bool {
    let is_small = |text: &str| {
        let word = text.strip_prefix(' ');
        word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let rest = sentence.trim_start_matches(is_ideograph);
    let is_letter = |c: char| c.is_ascii_alphabetic();
    match rest.strip_prefix(',') {
        Some(told) => {
            is_small(told)
                && told
                    .match_indices(',')
                    .any(|(at, _)| told[..at].ends_with(is_letter) && is_small(&told[at + 1..]))
        }
        None => is_small(rest),
    }
}

/// Whether an English sentence without Chinese words follows, behind a space; `None` if a Chinese one does, with whose marks those of
/// this one go.
fn is_followed(rest: &str) -> Option<bool> {
    let signs = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() || "”’」』）".contains(c);
    if rest.trim_start_matches(signs).starts_with(is_ideograph) {
        return None;
    }
    let next = rest.trim_start_matches(' ');
    let sentence = &next[..end(next, 0)];
    Some(
        next.len() < rest.len()
            && sentence.is_ascii()
            && sentence.starts_with(|c: char| c.is_ascii_uppercase())
            && Words::of(sentence).are_english(|| Some(false)),
    )
}

/// Where the sentence begins that goes on at a place.
fn start(line: &str, at: usize) -> usize {
    let from = line.ceil_char_boundary(at.saturating_sub(REACH)).min(at);
    let before = &line[from..at];
    let mut marks = before.rmatch_indices(ENDS);
    let last = marks.find(|(place, mark)| {
        let behind = &before[place + mark.len()..];
        !behind.is_empty() && ends_sentence(&before[..*place], mark, behind)
    });
    last.map_or(from, |(place, mark)| from + place + mark.len())
}

/// Where the sentence ends that goes on at a place.
fn end(line: &str, at: usize) -> usize {
    let rest = front(&line[at..], REACH);
    let mut marks = rest.match_indices(ENDS);
    let first = marks.find(|(place, mark)| {
        ends_sentence(&line[..at + place], mark, &rest[place + mark.len()..])
    });
    at + first.map_or(rest.len(), |(place, mark)| place + mark.len())
}

const ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];

/// Whether this mark ends a sentence, and no number or name, nor a word in front of one, nor what the sentence speaks of:
/// Mr. 陳, No. 5, 加油! is said
fn ends_sentence(before: &str, mark: &str, behind: &str) -> bool {
    const NUMBERED: [&str; 7] = ["Ch", "Fig", "No", "Nos", "Vol", "p", "pp"];
    let is_within = || match mark {
        "." => {
            let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let word = &before[word.len()..];
            let is_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
            set_off::is_title(word)
                || NUMBERED.contains(&word) && behind.strip_prefix(' ').is_some_and(is_number)
        }
        _ => {
            last(before).is_some_and(is_ideograph)
                && match behind.as_bytes() {
                    [b' ', a, b, ..] => a.is_ascii_lowercase() && matches!(b, b'a'..=b'z' | b' '),
                    _ => false,
                }
        }
    };
    !mark.is_ascii()
        || behind.is_empty()
        || behind.starts_with([' ', '"', '\n', '\r']) && !is_within()
}

/// Whether `before` ends in an English sentence of its own, behind a Chinese one, as the last line of a page has it:
/// 版权所有。All Rights Reserved. What answers a question may be a name.
pub fn is_sentence(before: &str) -> bool {
    /// What pages end with, whatever stands in front.
    const RIGHTS: &str = "rights reserved";
    /// No sentence is longer, bytes.
    const LONGEST: usize = 96;
    // Before most marks there is Chinese.
    if !before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || " '’&-,".contains(c);
    let end = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let words = &end[end.trim_end_matches(is_part).len()..];
    let front = &end[..end.len() - words.len()];
    let words = words.trim_start();
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|c| c.is_ascii_alphabetic());
    let is_told = front.ends_with(['。', '！', '…'])
        && words.starts_with(|c: char| c.is_ascii_uppercase())
        && words.split([' ', ',']).filter(is_word).count() > 1;
    let last = words.len().checked_sub(RIGHTS.len());
    let ending = last.and_then(|at| words.get(at..));
    is_told || ending.is_some_and(|ending| ending.eq_ignore_ascii_case(RIGHTS))
}

/// What a sentence consists of.
#[derive(Default)]
struct Words {
    /// Words of ASCII letters, and those of them that hold sentences together.
    words: usize,
    function: usize,
    /// Runs of Han characters, and the longest.
    runs: usize,
    longest: usize,
    /// Whether Chinese words that hold sentences together are among them.
    is_chinese: bool,
    /// Whether spaces or marks part these from words, as they do in English.
    are_apart: bool,
    /// Whether a mark, or another run, stands in front of one: glosses of a word.
    are_glosses: bool,
    /// Whether it ends in Chinese.
    ends_chinese: bool,
    /// How many runs stand behind a comma and another run, and whether the last has "and" or "or" in front: 台北, 台中, and 高雄
    listed: usize,
    is_list: bool,
    /// What its words are to one another.
    grammar: Grammar,
    /// How much tells that its Chinese runs are set off in an English sentence, if all are words of one.
    set_off: Option<usize>,
}

impl Words {
    /// How much must tell that names are set off in an English sentence, and in one that begins with such a name.
    const LEAST: usize = 3;
    const LEAST_BEHIND_NAME: usize = 5;

    fn of(sentence: &str) -> Words {
        let mut words = Words {
            are_apart: true,
            set_off: Some(0),
            ..Words::default()
        };
        let mut rest = sentence;
        let mut behind_mark = false;
        // The run that was looked at last, and where it ends.
        let (mut previous, mut end) = ("", 0);
        while let Some(c) = first(rest) {
            let behind = match c {
                c if c.is_ascii_alphabetic() => {
                    rest.trim_start_matches(|c: char| c.is_ascii_alphabetic())
                }
                c if is_ideograph(c) => rest.trim_start_matches(is_ideograph),
                _ => {
                    // Marks of a Chinese sentence.
                    if "，、；：「『《（【".contains(c) {
                        words.set_off = None;
                    }
                    behind_mark |= c != ' ';
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
            };
            let run = &rest[..rest.len() - behind.len()];
            let start = sentence.len() - rest.len();
            if !is_ideograph(c) {
                words.grammar.word(&sentence[..start], run, behind);
            } else if !is_quoted(&sentence[..start], behind) {
                words.grammar.chinese(&sentence[end..start], run, behind);
                let is_led = words.grammar.is_led();
                let weight = set_off::weight(&sentence[..start], run, behind, is_led);
                words.set_off = words.set_off.zip(weight).map(|(sum, weight)| sum + weight);
            }
            if is_ideograph(c) {
                let is_listed = words.ends_chinese && &sentence[end..start] == ", ";
                words.listed += usize::from(is_listed);
                words.is_list = matches!(previous, "and" | "or");
                words.are_glosses |= (behind_mark || words.ends_chinese) && !is_listed;
            }
            behind_mark = false;
            words.add(run);
            (previous, end) = (run, start + run.len());
            let is_beside =
                first(behind).is_some_and(|next| next.is_ascii_alphabetic() || is_ideograph(next));
            if is_beside {
                // No English sentence is written so, whatever else it has.
                words.are_apart = false;
                break;
            }
            rest = behind;
        }
        words
    }

    fn add(&mut self, run: &str) {
        self.ends_chinese = !run.is_ascii();
        if self.ends_chinese {
            self.runs += 1;
            let length = run.chars().count();
            self.longest = self.longest.max(length);
            // 你好 is a word.
            self.is_chinese |= length > 2 && run.contains(|c| CHINESE.contains(c));
        } else {
            self.words += 1;
            // The, not THE.
            let is_written = run[1..].bytes().all(|c| c.is_ascii_lowercase());
            let is_function =
                is_written && FUNCTION.iter().any(|word| word.eq_ignore_ascii_case(run));
            self.function += usize::from(is_function);
        }
    }

    /// Whether these are an English sentence; `is_followed` tells whether there is another, and nothing if a Chinese one follows.
    fn are_english(&self, is_followed: impl FnOnce() -> Option<bool>) -> bool {
        let is_list = self.is_list && self.listed > 0;
        let listed = if is_list { self.listed } else { 0 };
        self.are_apart
            && (self.are_many(is_list)
                || is_followed().is_some_and(|goes_on| {
                    self.grammar.is_english(listed, goes_on)
                        || self.are_set_off(Self::LEAST, goes_on)
                }))
    }

    /// Whether so much tells that these are an English sentence in which names are set off.
    fn are_told(&self, least: usize, is_followed: impl FnOnce() -> Option<bool>) -> bool {
        self.are_apart && is_followed().is_some_and(|goes_on| self.are_set_off(least, goes_on))
    }

    fn are_set_off(&self, least: usize, goes_on: bool) -> bool {
        let told = self.set_off.filter(|weight| *weight > 0);
        // One word may be a name.
        (self.words > 1 || goes_on)
            && told.is_some_and(|weight| {
                weight + self.grammar.points() + usize::from(goes_on) >= least
            })
    }

    /// Whether there are so many English words beside the Chinese ones that these alone tell it.
    fn are_many(&self, is_list: bool) -> bool {
        /// A longer run is a sentence.
        const LONGEST: usize = 6;
        let runs = match is_list {
            true => self.runs - self.listed - 1,
            false => self.runs,
        };
        let least = match self.ends_chinese {
            // Glosses of a word or two: to look at: 看; to look for: 找
            true if self.are_glosses || self.listed > 0 && !is_list => runs * 4,
            // A sentence of which the last word is a name: I live in 臺北.
            true => runs + 3,
            false => runs + 1,
        };
        !self.is_chinese
            && self.function > 1
            && self.longest <= LONGEST
            && self.words >= least.max(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar_tells_english_sentences_with_chinese_words() {
        for line in [
            "His name is 王小明.",
            "He said 你好, then left.",
            "I live in 上海, China.",
            "I'm 王小明.",
            "In Taiwan, people say 圖書館.",
            "Taiwanese call it 滷肉飯.",
            "Fixed 繁体 display.",
            "Made by 王小明.",
            "Do not start G4A-U08 整数四则.",
            "This version supports 简体中文.",
            "We visited 故宫, 长城, and 颐和园.",
            "See section \"字典资料的生成与使用\".",
            "see Wiki: 词库说明. This page tells how it works.",
            "My teacher, Mr. 陈, said no.",
            "The boss, 陈总, smiled.",
            "Yesterday, 小华 came.",
            "Born in 高雄, Taiwan.",
            "I study Chinese (中文).",
            "Confucius (孔子, 551 BC) was wise.",
            "Tony Leung (梁朝伟), Maggie Cheung (张曼玉)",
            "Good morning, 王老师.",
            "The phrase 加油! is used to cheer.",
            "台北, the capital of Taiwan, is large.",
        ] {
            assert!(
                Sentence::around(line, line.find(' ').expect("one")).is_english,
                "{line}"
            );
        }
        for line in [
            "Docker Desktop for Windows 下载, 安装.",
            "The Last of Us 第二季, 必看.",
            "Let it go 好听!",
            "It is OK, 没问题.",
            "Add 新增使用者登入功能.",
            "for 循环, while 循环.",
            "I will 考虑. 谢谢!",
            "Table does not exist 怎么解决?",
            "Don't repeat yourself 原则.",
            "My name is Tom!”. 其他人笑了.",
            "Python 是 a language.",
            "Taking Care Of 王小明.",
            "Just call me, 沒問題.",
            "Apple (苹果), banana (香蕉), orange (橘子)",
            "Docker Desktop (桌面版), VS Code (编辑器)",
            "Born in 高雄, 现居台北.",
            "Be careful, 小心!",
            "Good night, 晚安!",
            "苹果, a fruit; 香蕉, a fruit.",
            "Taylor Swift (泰勒丝), Ed Sheeran (红发) 都很红.",
        ] {
            assert!(
                !Sentence::around(line, line.find(' ').expect("one")).is_english,
                "{line}"
            );
        }
    }
}
