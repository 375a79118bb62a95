//! Text whose bytes were read in another encoding than theirs: which encodings that were, and what the bytes are.

pub mod cost;
mod double;
pub mod runs;
mod shown;
pub mod signs;
mod survivors;
mod utf8;

use std::ops::Range;
use std::slice;

use memchr::memmem;

use cost::{cost, cost_as_chinese};
use jianti_model::{Model, UNIT};
use jianti_text::chars::is_han;
use jianti_text::lines::front;
pub use shown::{Charset, western_byte};
use survivors::Survivors;

/// A text in one encoding that was read in another.
#[derive(Debug)]
pub struct Misreading {
    /// What it was read in, which the page shows.
    shown: Charset,
    /// What it is; `None` is UTF-8.
    read: Option<Charset>,
    /// How the commonest characters and marks of Chinese show, which hardly any other text has.
    signs: &'static [&'static str],
}

/// Those that are looked for.
static MISREADINGS: [Misreading; 19] = [
    // ， 。 的 个 以 是 久 在 可 大 这 议 人 国 到 入 新: the fronts of their bytes.
    Misreading {
        shown: Charset::Gbk,
        read: None,
        signs: &[
            "锛", "銆", "鐨", "涓", "浠", "鏄", "涔", "鍦", "鍙", "澶", "杩", "璁", "浜", "鍥",
            "鍒", "鍏", "鏂",
        ],
    },
    // ， 中 于 他 大 作: the fronts of their bytes.
    Misreading {
        shown: Charset::Big5,
        read: None,
        signs: &["嚗", "銝", "鈭", "隞", "憭", "雿"],
    },
    // 。 的 是 一 不
    Misreading {
        shown: Charset::Western,
        read: None,
        signs: &["ã\u{80}", "ã€", "çš", "æ˜", "ä¸"],
    },
    // 這 是 和 過 只 行
    Misreading {
        shown: Charset::Gbk,
        read: Some(Charset::Big5),
        signs: &["硂", "琌", "㎝", "筁", "硁", "︽"],
    },
    // 是 ， 一 。 、 在
    Misreading {
        shown: Charset::Big5,
        read: Some(Charset::Gbk),
        signs: &["岆", "ㄛ", "珨", "﹝", "﹜", "婓"],
    },
    Misreading {
        shown: Charset::Big5OfPrograms,
        read: Some(Charset::Gbk),
        signs: &["岆", "ㄛ", "珨", "﹝", "﹜", "婓"],
    },
    // ， and 的
    Misreading {
        shown: Charset::Western,
        read: Some(Charset::Gbk),
        signs: &["£¬", "µÄ"],
    },
    // 的
    Misreading {
        shown: Charset::Western,
        read: Some(Charset::Big5),
        signs: &["ªº"],
    },
    // The same in other tables of Western Europe.
    Misreading {
        shown: Charset::Latin9,
        read: None,
        signs: &["ã\u{80}", "ã€", "çš", "æ˜", "ä¸"],
    },
    Misreading {
        shown: Charset::Latin9,
        read: Some(Charset::Gbk),
        signs: &["£¬", "µÄ"],
    },
    Misreading {
        shown: Charset::Latin9,
        read: Some(Charset::Big5),
        signs: &["ªº"],
    },
    Misreading {
        shown: Charset::Turkish,
        read: Some(Charset::Gbk),
        signs: &["£¬", "µÄ"],
    },
    Misreading {
        shown: Charset::Turkish,
        read: Some(Charset::Big5),
        signs: &["ªº"],
    },
    // 的 不 人 和 年 工 民 经 来 进 and others: syllables that Korean has in foreign names alone (훙, 뵨).
    Misreading {
        shown: Charset::Korean,
        read: Some(Charset::Gbk),
        signs: &[
            "돨", "꼇", "훙", "뵨", "쾨", "묏", "췽", "쒔", "윱", "쏵", "뚤", "휑", "쳬", "쉔",
            "굇", "쉥", "퓻", "쑴", "섟", "뚠", "쐤", "쬠", "횐", "쀼",
        ],
    },
    // ， 。 ： 字 定 在 以 列 入
    Misreading {
        shown: Charset::Korean,
        read: Some(Charset::Big5),
        signs: &[
            "좥", "좧", "좬", "쫞", "쯹", "쫇", "쩑", "쪪", "짫", "픵", "뷜", "짾", "촑", "춏",
            "콄", "켔", "폻", "츙", "쵿",
        ],
    },
    // 的 在 国 是 有: the ends of their bytes; ， and what is next.
    Misreading {
        shown: Charset::Korean,
        read: None,
        signs: &["쉪", "쑉", "쎖", "삸", "쐣", "뚦", "뚥", "뚧", "펽", "뭽"],
    },
    // ， 为 要
    Misreading {
        shown: Charset::Japanese,
        read: Some(Charset::Gbk),
        signs: &["｣ｬ", "ﾎｪ", "ﾒｪ"],
    },
    // 的 ， 。 是
    Misreading {
        shown: Charset::Japanese,
        read: Some(Charset::Big5),
        signs: &["ｪｺ", "｡A", "｡C", "ｬO"],
    },
    // ， and what is next; the fronts of 的 and 。; 中 为 在 是 人 国 大
    Misreading {
        shown: Charset::Japanese,
        read: None,
        signs: &[
            "ｼ悟", "ｼ御", "ｼ梧", "逧", "縲", "荳ｭ", "荳ｺ", "蝨ｨ", "譏ｯ", "莠ｺ", "蝗ｽ", "螟ｧ",
        ],
    },
];

/// What a page's beginning shows of a misreading.
#[derive(Clone, Copy, Debug)]
pub struct PageMisreading {
    /// The one that it shows the most signs of.
    pub misreading: &'static Misreading,
    /// How much of the page was misread.
    pub amount: Amount,
}

/// How much of a page was misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Most,
    /// Lines, beside others that were not.
    Lines,
}

/// What a line is, as far as it came back.
#[derive(Debug)]
pub struct Original {
    /// The text, with U+FFFD for what fell out.
    pub text: String,
    /// Whether all of it came back.
    pub is_whole: bool,
    /// What it costs, with what fell out.
    pub cost: u32,
}

/// By how much what came back must be likelier than what the page shows, for each character, logarithms.
const BETTER_EACH: u32 = 3;

/// What part of the bytes must come back.
const SHARE: f64 = 0.6;

impl Misreading {
    /// The misreading of a page that begins so: signs of one are in several places, and a line of it comes back, or is no text and
    /// has several of them. Text of people has signs, too: ㎝, ㄛ, 浜. Hardly any page needs the `model`.
    pub fn of_page(model: impl FnOnce() -> Model, head: &str) -> Option<PageMisreading> {
        /// In how many.
        const OFTEN: usize = 3;
        if !signs::are_in(head) {
            return None;
        }
        let has_kana = front(head, signs::SEEN).lines().any(signs::has_narrow_kana);
        let count = |it: &Misreading| match it.signs_in(head) {
            // A line of nothing else is as good as several signs.
            count @ 1.. if has_kana && it.shown == Charset::Japanese => count + OFTEN,
            count => count,
        };
        let misreadings = MISREADINGS.iter().map(|it| (count(it), it));
        let (count, found) = misreadings.max_by_key(|(count, _)| *count)?;
        let amount = (count >= OFTEN).then(|| found.amount_of(&model(), head))??;
        Some(PageMisreading {
            misreading: found,
            amount,
        })
    }

    /// How much of a page that begins so was read so, if lines of it were: most, if most of what is beyond ASCII comes back or is no
    /// text.
    fn amount_of(&'static self, model: &Model, head: &str) -> Option<Amount> {
        let (mut is_told, mut misread, mut all) = (false, 0, 0);
        for line in front(head, signs::SEEN).lines() {
            let Some(range) = extent(line) else {
                continue;
            };
            let page = &line[range];
            let wide = page.chars().filter(|c| !c.is_ascii()).count();
            let comes_back = self.comes_back(model, page);
            let is_garbled = !comes_back && is_garbled(model, page);
            is_told |=
                comes_back || is_garbled && signs_of(slice::from_ref(self), page) >= SEVERAL_SIGNS;
            misread += wide * usize::from(comes_back || is_garbled);
            all += wide;
        }
        match misread * 2 > all {
            true => Some(Amount::Most),
            false => is_told.then_some(Amount::Lines),
        }
    }

    /// Whether a line, from its first character beyond ASCII to its last, is text if it was read so.
    fn comes_back(&self, model: &Model, page: &str) -> bool {
        // Tables of one encoding have the same signs.
        let mut tables = MISREADINGS.iter().filter(|it| it.signs == self.signs);
        tables.any(|it| it.original(model, page).is_some())
    }

    /// What is left of a page's beginning without the lines that were read so, where these show the letters of another language;
    /// `None` if they do not.
    pub fn others(&self, model: &Model, head: &str) -> Option<String> {
        if !matches!(self.shown, Charset::Korean | Charset::Japanese) {
            return None;
        }
        let is_own = |line: &&str| {
            let Some(range) = extent(line) else {
                return true;
            };
            let page = &line[range];
            !self.comes_back(model, page) && !is_garbled(model, page)
        };
        let seen = front(head, signs::SEEN);
        let own: String = seen.split_inclusive('\n').filter(is_own).collect();
        Some(own + &head[seen.len()..])
    }

    /// Those that a line of a page may be: the page's, and those that the line shows signs or runs of. What shows that bytes fell out is
    /// a sign of the commonest, and many katakana of half width are of all that they show.
    pub fn of_line(
        page: Option<PageMisreading>,
        line: &str,
    ) -> impl Iterator<Item = &'static Misreading> {
        let has_lost = line.contains(char::REPLACEMENT_CHARACTER);
        // Tables of one encoding have the same signs.
        let is_pages =
            move |it: &Misreading| page.is_some_and(|page| page.misreading.signs == it.signs);
        let has_kana = signs::has_narrow_kana(line);
        let is_shown = move |number: usize, it: &Misreading| {
            is_pages(it)
                || number == 0 && has_lost
                || has_kana && it.shown == Charset::Japanese
                || it.may_be(line) && it.signs.iter().any(|sign| line.contains(sign))
        };
        let all = || MISREADINGS.iter().enumerate();
        // Where there are signs they tell which it is.
        let has_run = !all().any(|(number, it)| is_shown(number, it)) && signs::has_run(line);
        all().filter_map(move |(number, it)| {
            (is_shown(number, it) || has_run && it.may_show_runs()).then_some(it)
        })
    }

    /// Whether runs of characters may show it.
    fn may_show_runs(&self) -> bool {
        match self.shown {
            Charset::Gbk => self.read.is_none(),
            shown => matches!(shown, Charset::Western | Charset::Latin9 | Charset::Turkish),
        }
    }

    /// Whether a text may show it: GBK has Han characters among the hangul that foreign names are written with, too.
    fn may_be(&self, text: &str) -> bool {
        match (self.shown, self.read) {
            (Charset::Korean, Some(Charset::Gbk)) => signs::mixes_hangul(text),
            (shown, _) => shown.may_show(text),
        }
    }

    /// How many signs of it a text has.
    fn signs_in(&self, text: &str) -> usize {
        if !self.may_be(text) {
            return 0;
        }
        let count = |sign: &&str| memmem::find_iter(text.as_bytes(), sign.as_bytes()).count();
        self.signs.iter().map(count).sum()
    }

    /// What a line, from its first character beyond ASCII to its last, is if it was read so, and how likely that is: the
    /// smaller the likelier. `None` if it hardly was.
    pub fn original(&self, model: &Model, page: &str) -> Option<Original> {
        if !self.may_be(page) {
            return None;
        }
        let bytes = self.shown.bytes(page);
        let found = match self.read {
            None => utf8::survivors(model, page, &bytes),
            Some(read) => double::survivors(model, page, &bytes, (self.shown, read)),
        };
        let share = found.surviving as f64 / (found.surviving + found.lost).max(1) as f64;
        if share < SHARE || !is_chinese(model, &found) {
            return None;
        }
        let likely = cost(model, &found.text.replace('\u{FFFD}', ""));
        let better = BETTER_EACH * UNIT * found.back.len() as u32;
        let lost = BETTER_EACH * UNIT * found.lost as u32;
        (likely + better <= self.cost_shown(model, page)).then(|| Original {
            is_whole: !found.unsure && !found.text.contains('\u{FFFD}'),
            text: found.text,
            cost: likely + lost,
        })
    }

    /// What a text costs that the page shows if it was read so.
    fn cost_shown(&self, model: &Model, page: &str) -> u32 {
        match self.shown {
            // Its syllables are no words.
            Charset::Korean => cost_as_chinese(model, page),
            _ => cost(model, page),
        }
    }
}

/// What a text is that came back and is not Chinese yet, if it was misread once more before.
pub fn twice(model: &Model, text: &str) -> Option<Original> {
    let originals = MISREADINGS.iter().filter(|it| it.may_show_runs());
    let originals = originals.filter_map(|it| it.original(model, text));
    originals.min_by_key(|original| original.cost)
}

/// What a character of text costs at the most on average, logarithms: of real text it is 4 to 8, of any pairs of bytes 10 to 14.
const TEXT: u32 = 9;

/// Whether what came back is Chinese text, as what any bytes make is not: several ideographs, and each character is likely behind
/// what stands in front of it.
fn is_chinese(model: &Model, found: &Survivors) -> bool {
    /// How many characters there are at least, and different ideographs; and how many of these where all of a line came back.
    const SEVERAL: usize = 3;
    const OF_ALL: usize = 2;
    let back = &found.back;
    let is_all = back.len() == found.text.chars().filter(|c| !c.is_ascii()).count();
    let least = if is_all && found.lost == 0 {
        OF_ALL
    } else {
        SEVERAL
    };
    let mut ideographs: Vec<char> = back
        .iter()
        .map(|(_, c)| *c)
        .filter(|c| is_han(*c))
        .collect();
    ideographs.sort_unstable();
    ideographs.dedup();
    let costs = back.iter().map(|(before, c)| model.cost(*before, *c));
    back.len() >= SEVERAL
        && ideographs.len() >= least
        && costs.sum::<u32>() <= TEXT * UNIT * back.len() as u32
}

/// The part of a line from its first character beyond ASCII to its last, and what is right behind that: it may be the second
/// byte of another.
pub fn extent(line: &str) -> Option<Range<usize>> {
    let start = line.find(|c: char| !c.is_ascii())?;
    let last = line.rfind(|c: char| !c.is_ascii())?;
    let end = last + line[last..].chars().next()?.len_utf8();
    let behind = line[end..].starts_with(|c: char| c.is_ascii_graphic());
    Some(start..end + usize::from(behind))
}

/// Whether a line with signs is unlikelier than any text of people, in Chinese or another language. Lists of rare characters
/// may have a sign, and are unlikely too: one tells where the rest is unlikelier still.
pub fn is_garbled(model: &Model, line: &str) -> bool {
    /// What a character of garbled text costs at least where there is but one sign, logarithms.
    const ALONE: u32 = 15;
    let has_several_signs = || {
        let lost = line.contains(char::REPLACEMENT_CHARACTER);
        signs_of(&MISREADINGS, line) + usize::from(lost) >= SEVERAL_SIGNS
    };
    costs(model, line, ALONE) || costs(model, line, GARBLED) && has_several_signs()
}

/// Whether of most of a page that begins so nothing is left but U+FFFD.
pub fn is_lost(head: &str) -> bool {
    let head = front(head, signs::SEEN);
    let lost = head.matches(char::REPLACEMENT_CHARACTER).count();
    lost > 0 && lost * 2 > head.chars().filter(|c| !c.is_ascii()).count()
}

/// Whether a line has a sign of any misreading.
pub fn has_sign(line: &str) -> bool {
    line.contains(char::REPLACEMENT_CHARACTER) || signs_of(&MISREADINGS, line) > 0
}

/// Whether a line of a page of which lines were misread is unlikelier than nearly any text of people. Where it shows no sign of that
/// it may be a list of rare characters, or in a dialect.
pub fn is_no_text(model: &Model, page: PageMisreading, line: &str) -> bool {
    /// What a character costs at least where no sign is, logarithms.
    const WITHOUT: u32 = 14;
    let lost = line.contains(char::REPLACEMENT_CHARACTER);
    let has_sign = || lost || page.misreading.signs.iter().any(|sign| line.contains(sign));
    costs(model, line, WITHOUT) || costs(model, line, GARBLED) && has_sign()
}

/// Whether a line is unlikelier than text is on average: in a page of which lines were misread it may be one.
pub fn is_unlikely(model: &Model, page: PageMisreading, line: &str) -> bool {
    let wide = line.chars().filter(|c| !c.is_ascii()).count();
    page.misreading.cost_shown(model, line) > TEXT * UNIT * wide as u32
}

/// What a character of garbled text costs at least, logarithms: of real text it is 4 to 10 on average, of lists of rare characters
/// up to 14, of garbled text 15 to 21. Of 340,000 lines of real text 300 reach it.
const GARBLED: u32 = 12;

/// How many different signs are several.
const SEVERAL_SIGNS: usize = 2;

/// Whether the characters beyond ASCII of a line cost so much on average, and are enough to tell.
fn costs(model: &Model, line: &str, each: u32) -> bool {
    const MANY: usize = 5;
    let page: String = line.chars().filter(|c| !c.is_ascii()).collect();
    let count = page.chars().count();
    count >= MANY && cost(model, &page) >= each * UNIT * count as u32
}

/// How many different signs of these misreadings are in a line.
fn signs_of(misreadings: &[Misreading], line: &str) -> usize {
    let signs = misreadings.iter().flat_map(|it| it.signs).copied();
    let mut found: Vec<&str> = signs.filter(|sign| line.contains(sign)).collect();
    found.sort_unstable();
    found.dedup();
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_finds_each_sign() {
        for sign in MISREADINGS.iter().flat_map(|misreading| misreading.signs) {
            assert!(signs::are_in(&sign.repeat(3)), "{sign}");
        }
        assert!(!signs::are_in(
            "银行的银杏，铜锣湾的锣鼓。銀行的銀杏，銅鑼灣的鑼鼓。"
        ));
    }

    /// Text of people that has signs: measures, zhuyin and how people in chats write, Japanese names, rare characters, ordinals.
    #[test]
    fn what_people_write_is_no_misreading() {
        let model = jianti_data::model();
        for page in [
            "尺寸：長30㎝×寬20㎝×高10㎝\n本製品は日本で製造されています\n開発することでした\n",
            "坐 ㄗㄨㄛˋ\n错 ㄘㄨㄛˋ\n做 ㄗㄨㄛˋ\n仵,ㄨˇ\n囧囧囧\n",
            "好ㄛ\n知道ㄛ，トランク是後車廂的意思\n謝謝ㄛ\n南無栴檀旃光佛\n",
            "横浜市、横浜港、浜松の電気設備\n代表取締役社長 鈴木一郎\n",
            "한국어 문서입니다. 浜松 浜名湖 浜田. 東京 大阪 京都\n",
            "窈窅闢瓊戶，璁瓏綴珠鬘。\n摵摵初鳴竹，涓涓稍滴簷。\n",
            "鐨、鍩、鍆、鐒、鑪\n浠水縣：鄢楨、閔麒、郤驥、瞿鋆、郗翀\n",
            "1ªº 2ªº 3ªº 葡萄牙語的序數\n",
            "한국어에는 學校, 大韓民國, 憲法 같은 漢字가 섞여 쓰였다.\n第一條 大韓民國은 民主共和國이다.\n이 뵈지 않는 길을 걷는 사람\n",
            "ﾊﾟｿｺﾝのﾒﾓﾘを増やすのはｶﾝﾀﾝです｡\nﾌｧｲﾙ名､ｵﾄﾞﾘ､ｵﾄ､ｻｲｽﾞ\n｢好｣｡他說(｡･ω･｡)\n",
            "糸が縺れる、荳を煮る、逧という地名\n雖在縲紲之中，非其罪也\n娉娉裊裊十三餘，荳蔻梢頭二月初\n",
            "麨  法者，大麥  麨  、  \u{FFFD}  麥  麨  、加羅那  麨\n",
        ] {
            assert!(Misreading::of_page(|| model, page).is_none(), "{page}");
            for line in page.lines() {
                let page = &line[extent(line).expect("something beyond ASCII")];
                assert!(!is_garbled(&model, page), "{line}");
                for misreading in &MISREADINGS {
                    let original = misreading.original(&model, page);
                    assert!(original.is_none(), "{line}: {original:?}");
                }
            }
        }
    }
}
