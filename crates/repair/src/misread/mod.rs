//! Text whose bytes were read in another encoding than theirs: which encodings that were, and what the bytes are.

mod double;
mod shown;
pub mod signs;
mod survivors;
mod utf8;

use std::ops::Range;

use memchr::memmem;

use jianti_model::{Model, UNIT};
use shown::Charset;
pub use shown::western_byte;

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
static MISREADINGS: [Misreading; 8] = [
    // ， 。 的 个 以 是 久 在 可 大 这 议 人 国 到 入 新: the fronts of their bytes.
    Misreading {
        shown: Charset::Gbk,
        read: None,
        signs: &[
            "锛", "銆", "鐨", "涓", "浠", "鏄", "涔", "鍦", "鍙", "澶", "杩", "璁", "浜", "鍥",
            "鍒", "鍏", "鏂",
        ],
    },
    // ， and 中
    Misreading {
        shown: Charset::Big5,
        read: None,
        signs: &["嚗", "銝"],
    },
    // 。 的 是 一 不
    Misreading {
        shown: Charset::Western,
        read: None,
        signs: &["ã\u{80}", "ã€", "çš", "æ˜", "ä¸"],
    },
    // 這 是 和 過
    Misreading {
        shown: Charset::Gbk,
        read: Some(Charset::Big5),
        signs: &["硂", "琌", "㎝", "筁"],
    },
    // 是 ， 一
    Misreading {
        shown: Charset::Big5,
        read: Some(Charset::Gbk),
        signs: &["岆", "ㄛ", "珨"],
    },
    Misreading {
        shown: Charset::Big5OfPrograms,
        read: Some(Charset::Gbk),
        signs: &["岆", "ㄛ", "珨"],
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
];

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

/// How many characters must come back, and what part of the bytes.
const LEAST: usize = 3;
const SHARE: f64 = 0.6;

impl Misreading {
    /// The misreading of a page that begins so, if signs of one are in several places.
    pub fn of_page(head: &str) -> Option<&'static Misreading> {
        /// In how many.
        const OFTEN: usize = 3;
        if !signs::are_in(head) {
            return None;
        }
        let misreadings = MISREADINGS.iter().map(|it| (it.signs_in(head), it));
        let found = misreadings.max_by_key(|(count, _)| *count);
        found.filter(|(count, _)| *count >= OFTEN).map(|(_, it)| it)
    }

    /// Those that a line of a page may be: the page's, and those that the line shows signs of. What shows that bytes fell out is
    /// a sign of the commonest.
    pub fn of_line(
        page: Option<&'static Misreading>,
        line: &str,
    ) -> impl Iterator<Item = &'static Misreading> {
        let has_lost = line.contains(char::REPLACEMENT_CHARACTER);
        // Tables of one encoding have the same signs.
        let is_pages = move |it: &Misreading| page.is_some_and(|page| page.signs == it.signs);
        let is_found = |it: &Misreading| it.signs.iter().any(|sign| line.contains(sign));
        MISREADINGS
            .iter()
            .enumerate()
            .filter_map(move |(number, it)| {
                (is_pages(it) || number == 0 && has_lost || is_found(it)).then_some(it)
            })
    }

    /// How many signs of it a text has.
    pub fn signs_in(&self, text: &str) -> usize {
        let count = |sign: &&str| memmem::find_iter(text.as_bytes(), sign.as_bytes()).count();
        self.signs.iter().map(count).sum()
    }

    /// What a line, from its first character beyond ASCII to its last, is if it was read so, and how likely that is: the
    /// smaller the likelier. `None` if it hardly was.
    pub fn original(&self, model: &Model, page: &str) -> Option<Original> {
        let bytes = self.shown.bytes(page);
        let found = match self.read {
            None => utf8::survivors(page, &bytes),
            Some(read) => double::survivors(model, page, &bytes, (self.shown, read)),
        };
        let share = found.surviving as f64 / (found.surviving + found.lost).max(1) as f64;
        if found.count < LEAST || share < SHARE {
            return None;
        }
        let likely = cost(model, &found.text.replace('\u{FFFD}', ""));
        let better = BETTER_EACH * UNIT * found.count as u32;
        let lost = BETTER_EACH * UNIT * found.lost as u32;
        (likely + better <= cost(model, page)).then(|| Original {
            is_whole: !found.unsure && !found.text.contains('\u{FFFD}'),
            text: found.text,
            cost: likely + lost,
        })
    }
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

/// Whether a line with signs is unlikelier than any text of people, in Chinese or another language.
pub fn is_garbled(model: &Model, line: &str) -> bool {
    /// What a character of garbled text costs at least, logarithms: of real text it is 4 to 10 on average, of garbled 15 to 21.
    const LEAST: u32 = 12;
    /// How many characters tell.
    const MANY: usize = 5;
    let page: String = line.chars().filter(|c| !c.is_ascii()).collect();
    let count = page.chars().count();
    count >= MANY && cost(model, &page) >= LEAST * UNIT * count as u32
}

/// What a text costs, in eighths of a natural logarithm.
pub fn cost(model: &Model, text: &str) -> u32 {
    let pairs = text.chars().zip(text.chars().skip(1));
    let first = text.chars().next().map_or(0, |c| model.cost('\n', c));
    let pairs = pairs.map(|(before, next)| model.cost(before, next));
    first + pairs.sum::<u32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_finds_each_sign() {
        for misreading in &MISREADINGS {
            for sign in misreading.signs {
                let told = Misreading::of_page(&sign.repeat(3));
                assert_eq!(
                    told.map(|told| told.signs),
                    Some(misreading.signs),
                    "{sign}"
                );
            }
        }
        assert!(
            Misreading::of_page("银行的银杏，铜锣湾的锣鼓。銀行的銀杏，銅鑼灣的鑼鼓。").is_none()
        );
    }
}
