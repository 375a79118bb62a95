//! `--config auto`: what each line, and each sentence where scripts are mixed, is written in, and the conversion that
//! goes with it.

use jianti_opencc::{Config, Converter, Dictionary};
use jianti_text::ScriptCount;
use jianti_text::sentence::ends;

use super::zhe::Zhe;

/// How text is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Traditional, of any region.
    Traditional,
    /// Simplified: only what cannot be simplified text is converted.
    Simplified,
    /// Japanese or Korean: left as it is.
    Foreign,
}

/// What a document's beginning, and its lines so far, tell about lines that tell nothing themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearing {
    /// How a line is taken that tells nothing.
    reading: Reading,
    /// Whether `reading` follows the last line that told something.
    follows: bool,
    /// Whether traditional lines write 着.
    has_zhe: bool,
}

impl Bearing {
    /// What the beginning of a document tells.
    pub fn new(head: &str) -> Bearing {
        let count = own_count(head);
        let (traditional, simplified) = (count.traditional, count.simplified);
        Bearing {
            reading: reading(count).unwrap_or(Reading::Simplified),
            // Beyond one in twenty of the other script a document is mixed.
            follows: traditional.min(simplified) * 20 > traditional + simplified,
            has_zhe: traditional > 0 && writes_zhe(head),
        }
    }
}

/// Whether a traditional line of `head` writes 着.
fn writes_zhe(head: &str) -> bool {
    memchr::memmem::find_iter(head.as_bytes(), "着")
        .take(16)
        .any(|at| {
            let start = head[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = head[at..]
                .find('\n')
                .map_or(head.len(), |length| at + length);
            let mut count = ScriptCount::default();
            count.add(&head[start..end]);
            reading(count) == Some(Reading::Traditional)
        })
}

/// The counts of a text without its sentences in Japanese or Korean, which tell nothing of the others.
fn own_count(text: &str) -> ScriptCount {
    let mut count = ScriptCount::default();
    count.add(text);
    if count.phonetic < 2 {
        return count;
    }
    let mut own = ScriptCount::default();
    let mut start = 0;
    while start < text.len() {
        let end = sentence_end(text, start);
        if sentence_reading(&text[start..end]) != Some(Reading::Foreign) {
            own.add(&text[start..end]);
        }
        start = end;
    }
    own.phonetic = count.phonetic;
    own
}

/// How text with these counts is taken; `None` if it tells nothing.
///
/// A sentence is traditional as soon as a quarter of its telling characters are: text that a poor converter left
/// half-way is, while a name or a title in traditional characters does not make a simplified sentence so.
fn reading(count: ScriptCount) -> Option<Reading> {
    let (traditional, simplified) = (count.traditional, count.simplified);
    match (traditional, simplified) {
        (0, 0) => None,
        (0, _) => Some(Reading::Simplified),
        _ if traditional * 3 >= simplified => Some(Reading::Traditional),
        _ => Some(Reading::Simplified),
    }
}

/// Converts by what the text itself is written in. `Send + Sync`.
#[derive(Debug)]
pub struct Auto {
    traditional: Converter,
    simplified: Converter,
    zhe: Zhe,
}

impl Auto {
    /// Takes what [`jianti_data::converter`] takes.
    pub fn new(rare: bool, user: &[Dictionary]) -> Auto {
        Auto {
            traditional: jianti_data::converter(Config::Auto, rare, user),
            simplified: jianti_data::simplified(rare, user),
            zhe: Zhe::default(),
        }
    }

    /// Converts whole lines, and appends the result to `out`; returns their counts. The result is that of the lines one
    /// by one, wherever blocks begin and end.
    pub fn block(&self, lines: &str, bearing: &mut Bearing, out: &mut String) -> ScriptCount {
        let mut count = ScriptCount::default();
        let mut start = 0;
        while start < lines.len() {
            let end = start + few_lines(&lines[start..]);
            count.merge(self.few(&lines[start..end], bearing, out));
            start = end;
        }
        count
    }

    /// Converts lines together if all are taken alike, and else one by one.
    fn few(&self, lines: &str, bearing: &mut Bearing, out: &mut String) -> ScriptCount {
        let mut count = ScriptCount::default();
        count.add(lines);
        let other = match bearing.reading {
            Reading::Traditional => count.simplified,
            _ => count.traditional,
        };
        // A description of a character may reach over a line's end.
        if other == 0 && count.phonetic < 2 && !has_description(lines) {
            self.convert(lines, bearing.reading, bearing, out);
            return count;
        }
        let mut start = 0;
        while start < lines.len() {
            let end = memchr::memchr(b'\n', &lines.as_bytes()[start..])
                .map_or(lines.len(), |at| start + at + 1);
            self.line(&lines[start..end], bearing, out);
            start = end;
        }
        count
    }

    /// Converts a line and appends the result to `out`.
    fn line(&self, line: &str, bearing: &mut Bearing, out: &mut String) {
        let count = own_count(line);
        let told = reading(count);
        let whole = told.unwrap_or(bearing.reading);
        if bearing.follows && told.is_some() {
            bearing.reading = whole;
        }
        if count.phonetic < 2 && (count.traditional == 0 || count.simplified == 0) {
            return self.convert(line, whole, bearing, out);
        }
        // Neighbouring sentences that are taken alike go together.
        let (mut from, mut taken) = (0, whole);
        let mut start = 0;
        while start < line.len() {
            let end = sentence_end(line, start);
            let this = sentence_reading(&line[start..end]).unwrap_or(whole);
            if this != taken {
                self.convert(&line[from..start], taken, bearing, out);
                (from, taken) = (start, this);
            }
            start = end;
        }
        self.convert(&line[from..], taken, bearing, out);
    }

    fn convert(&self, text: &str, reading: Reading, bearing: &Bearing, out: &mut String) {
        match reading {
            Reading::Traditional => {
                let text = self.zhe.settle(text, bearing.has_zhe);
                self.traditional.append(&text, true, out);
            }
            Reading::Simplified => {
                self.simplified.append(text, true, out);
            }
            Reading::Foreign => out.push_str(text),
        }
    }
}

/// The length of the first lines: few, as one that is taken otherwise has all of them looked at one by one; bytes.
fn few_lines(lines: &str) -> usize {
    const FEW: usize = 1 << 12;
    let bytes = lines.as_bytes();
    if bytes.len() <= FEW {
        return bytes.len();
    }
    let end = memchr::memrchr(b'\n', &bytes[..FEW])
        .or_else(|| memchr::memchr(b'\n', &bytes[FEW..]).map(|at| FEW + at));
    end.map_or(bytes.len(), |end| end + 1)
}

/// Whether an operator of ideographic description sequences is in `text`: U+2FF0 to U+2FFF.
fn has_description(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), b"\xE2\xBF")
        .any(|at| text.as_bytes()[at + 2] >= 0xB0)
}

/// Where the sentence, or the part of one that a quotation mark or bracket bounds, ends that begins at `start`.
fn sentence_end(line: &str, start: usize) -> usize {
    match line[start..].char_indices().find(|(_, c)| ends(*c)) {
        Some((at, c)) => start + at + c.len_utf8(),
        None => line.len(),
    }
}

fn sentence_reading(sentence: &str) -> Option<Reading> {
    let mut count = ScriptCount::default();
    count.add(sentence);
    let characters = || sentence.chars().filter(|c| c.is_alphabetic()).count() as u64;
    if count.phonetic >= 2 && count.phonetic * 3 >= characters() {
        return Some(Reading::Foreign);
    }
    reading(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(text: &str) -> String {
        let auto = Auto::new(false, &[]);
        let mut bearing = Bearing::new(text);
        let mut out = String::new();
        auto.block(text, &mut bearing, &mut out);
        out
    }

    #[test]
    fn simplified_text_stays_and_traditional_is_converted() {
        for text in ["於先生在瞭望台上", "王乾说慰藉", "他叫张昇，徵羽是音名"]
        {
            assert_eq!(convert(text), text);
        }
        assert_eq!(convert("他看著書，於是瞭解了"), "他看着书，于是了解了");
        assert_eq!(convert("什麽是「乾」？乾淨嗎"), "什么是「干」？干净吗");
    }

    #[test]
    fn sentences_of_both_scripts_go_their_own_ways() {
        assert_eq!(
            convert("於先生说：「他看著書，於是睡了。」我们走了。"),
            "於先生说：「他看着书，于是睡了。」我们走了。"
        );
        assert_eq!(
            convert("我喜欢「昴は為に飛ぶです」这首歌"),
            "我喜欢「昴は為に飛ぶです」这首歌"
        );
    }
}
