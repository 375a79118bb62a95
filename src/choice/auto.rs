//! `--config auto`: characters that could be two things are chosen at each place, and the rest is converted; sentences in
//! Japanese or Korean stay.

use std::cell::Cell;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use memchr::memmem::Finder;

use super::document::Document;
use super::lexicon::Choice;
use super::merging::would_change;
use super::reading::Reading;
use super::reason::Decision;
use jianti_opencc::{Config, Converter, Dictionary};
use jianti_text::ScriptCount;
use jianti_text::chars::is_letter;
use jianti_text::faces::phonetic_letters;
use jianti_text::fashion::is_chinese_with_kana;
use jianti_text::foreign::{is_chinese_around_names, is_chinese_around_words};
use jianti_text::script::STRETCH;
use jianti_text::sentence::ends;

/// What a document's beginning tells of all of its text.
#[derive(Clone, Debug)]
pub struct ScriptContext {
    document: Document,
    reading: OnceLock<Reading>,
}

impl ScriptContext {
    /// How a sentence is taken that tells nothing.
    fn reading(&self) -> Reading {
        let told = || reading(own_count(self.document.head())).unwrap_or(Reading::Simplified);
        *self.reading.get_or_init(told)
    }
}

impl PartialEq for ScriptContext {
    fn eq(&self, other: &ScriptContext) -> bool {
        self.document == other.document
    }
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
        if sentence_reading(text, start..end) != Some(Reading::Foreign) {
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
    converter: Converter,
    choice: Choice,
    /// Whether all that changes is told, and what decided.
    explains: bool,
}

impl Auto {
    /// Takes what [`jianti_data::converter`] takes, and whether every choice that changes a character is told, with what
    /// decided.
    pub fn new(rare: bool, user: &[Dictionary], explains: bool) -> Auto {
        Auto {
            converter: jianti_data::converter(Config::Auto, rare, user),
            choice: Choice::new(user),
            explains,
        }
    }

    /// What the beginning of a document tells.
    pub fn script_context(&self, head: impl Into<Arc<str>>) -> ScriptContext {
        ScriptContext {
            document: Document::new(head.into()),
            reading: OnceLock::new(),
        }
    }

    /// Converts whole lines, and appends the result to `out`; returns their counts, and tells `tell` of each place where
    /// little speaks for what it became, and of each that changed if all are explained. The result is that of the lines one
    /// by one, wherever blocks begin and end.
    pub fn block(
        &self,
        lines: &str,
        script_context: &ScriptContext,
        out: &mut String,
        tell: &mut dyn FnMut(Decision),
    ) -> ScriptCount {
        let mut count = ScriptCount::default();
        let mut start = 0;
        while start < lines.len() {
            let end = start + few_lines(&lines[start..]);
            let mut few = Lines {
                auto: self,
                text: &lines[start..end],
                script_context,
                variants: Vec::new(),
                cited: None,
                start,
                tell: &mut *tell,
            };
            count.merge(few.convert(out));
            start = end;
        }
        count
    }
}

/// A few lines on their way.
struct Lines<'a> {
    auto: &'a Auto,
    text: &'a str,
    script_context: &'a ScriptContext,
    /// Where stretches begin that hold rarer forms, which names keep; bytes, in order.
    variants: Vec<usize>,
    /// The characters that they speak of and that stay, bytes, in order; once something changes.
    cited: Option<Vec<usize>>,
    /// Where they begin in the block, bytes.
    start: usize,
    tell: &'a mut dyn FnMut(Decision),
}

impl Lines<'_> {
    /// Converts them together if none is in another language, and else one by one.
    fn convert(&mut self, out: &mut String) -> ScriptCount {
        let mut count = ScriptCount::default();
        let variants = &mut self.variants;
        count.add_and_tell(self.text, &mut |at| variants.push(at));
        // A description of a character may reach over a line's end.
        if count.phonetic < 2 && !has_description(self.text) {
            self.part(0, self.text.len(), Reading::Simplified, out);
            return count;
        }
        let mut start = 0;
        while start < self.text.len() {
            let end = memchr::memchr(b'\n', &self.text.as_bytes()[start..])
                .map_or(self.text.len(), |at| start + at + 1);
            self.line(start, end, out);
            start = end;
        }
        count
    }

    /// Converts a line and appends the result to `out`.
    fn line(&mut self, from: usize, to: usize, out: &mut String) {
        let line = &self.text[from..to];
        let count = own_count(line);
        let whole = reading(count).unwrap_or_else(|| self.script_context.reading());
        if count.phonetic < 2 {
            return self.part(from, to, whole, out);
        }
        // Neighbouring sentences that are taken alike go together.
        let is_foreign = |reading: Reading| reading == Reading::Foreign;
        let (mut first, mut taken) = (0, whole);
        let mut start = 0;
        while start < line.len() {
            let end = sentence_end(line, start);
            let this = sentence_reading(line, start..end).unwrap_or(whole);
            if is_foreign(this) != is_foreign(taken) {
                self.part(from + first, from + start, taken, out);
                (first, taken) = (start, this);
            }
            start = end;
        }
        self.part(from + first, to, taken, out);
    }

    fn part(&mut self, from: usize, to: usize, reading: Reading, out: &mut String) {
        let (text, document) = (&self.text[from..to], &self.script_context.document);
        if reading == Reading::Foreign {
            return out.push_str(text);
        }
        let mut found = Vec::new();
        let around = Around::new(text);
        let simplified = |at: usize| {
            around
                .reading(at)
                .unwrap_or_else(|| self.script_context.reading())
                == Reading::Simplified
        };
        let chosen = self
            .auto
            .choice
            .settle(text, document, simplified, |doubt| found.push(doubt));
        if self.auto.explains {
            let choice = &self.auto.choice;
            found = choice.explain(text, &chosen, document, &simplified, found);
        }
        let first = self.variants.partition_point(|at| at + STRETCH <= from);
        let stretches = self.variants[first..]
            .iter()
            .take_while(|at| **at < to)
            .map(|at| at.saturating_sub(from)..at + STRETCH - from);
        let choice = &self.auto.choice;
        let mut kept = choice.kept_variants(&chosen, stretches, document, simplified);
        let begin = out.len();
        self.convert_but(text, &chosen, &kept, out);
        if out[begin..] != *text {
            let mut cited = self.cited(from, to);
            // What would stay anyway is no news, whatever else changes.
            cited.retain(|at| {
                would_change(&text[*at..], &chosen[*at..]) && kept.binary_search(at).is_err()
            });
            if !cited.is_empty() {
                out.truncate(begin);
                kept.extend(&cited);
                kept.sort_unstable();
                self.convert_but(text, &chosen, &kept, out);
                found.retain(|decision| cited.binary_search(&decision.at).is_err());
                let tell = |at: &usize| self.auto.choice.tell_cited(text, *at);
                found.extend(cited.iter().filter_map(tell));
                found.sort_by_key(|decision| decision.at);
            }
        }
        for mut decision in found {
            decision.at += self.start + from;
            (self.tell)(decision);
        }
    }

    /// Converts a part whose places are `chosen`, but for the characters at these bytes, which stay as the text has them.
    fn convert_but(&self, text: &str, chosen: &str, kept: &[usize], out: &mut String) {
        let mut done = 0;
        for at in kept.iter().copied() {
            let c = text[at..].chars().next().expect("a character");
            self.auto.converter.append(&chosen[done..at], true, out);
            out.push(c);
            done = at + c.len_utf8();
        }
        self.auto.converter.append(&chosen[done..], true, out);
    }

    /// Where the characters between these bytes are that their line speaks of and that stay; bytes from the first on. They
    /// are looked for once, and only where something changes.
    fn cited(&mut self, from: usize, to: usize) -> Vec<usize> {
        let (choice, text) = (&self.auto.choice, self.text);
        let cited = self.cited.get_or_insert_with(|| choice.cited(text));
        let first = cited.partition_point(|at| *at < from);
        let within = cited[first..].iter().take_while(|at| **at < to);
        within.map(|at| at - from).collect()
    }
}

/// How the sentence around a byte is taken: by its own characters, else by its line's. The last answers are kept, since
/// places stand close together.
struct Around<'t> {
    text: &'t str,
    line: Cell<Told>,
    sentence: Cell<Told>,
}

/// Where a line or sentence begins and ends, bytes, and how it is taken, if it tells that.
type Told = (usize, usize, Option<Reading>);

impl<'t> Around<'t> {
    fn new(text: &'t str) -> Around<'t> {
        let nothing = (0, 0, None);
        Around {
            text,
            line: Cell::new(nothing),
            sentence: Cell::new(nothing),
        }
    }

    fn reading(&self, at: usize) -> Option<Reading> {
        let (mut start, mut end, mut told) = self.sentence.get();
        if !(start..end).contains(&at) {
            let (from, to, _) = self.line(at);
            let back = self.text[from..at].char_indices().rev();
            let before = back.into_iter().find(|(_, c)| ends(*c));
            start = before.map_or(from, |(at, c)| from + at + c.len_utf8());
            end = sentence_end(self.text, at).min(to);
            told = Self::told(&self.text[start..end]);
            self.sentence.set((start, end, told));
        }
        told.or_else(|| self.line(at).2)
    }

    fn line(&self, at: usize) -> Told {
        let (start, end, _) = self.line.get();
        if !(start..end).contains(&at) {
            let bytes = self.text.as_bytes();
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
            self.line
                .set((start, end, Self::told(&self.text[start..end])));
        }
        self.line.get()
    }

    fn told(text: &str) -> Option<Reading> {
        let mut count = ScriptCount::default();
        count.add(text);
        reading(count)
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
    static FRONT: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"\xE2\xBF"));
    FRONT
        .find_iter(text.as_bytes())
        .any(|at| text.as_bytes()[at + 2] >= 0xB0)
}

/// Where the sentence, or the part of one that a quotation mark or bracket bounds, ends that begins at `start`.
fn sentence_end(line: &str, start: usize) -> usize {
    match line[start..].char_indices().find(|(_, c)| ends(*c)) {
        Some((at, c)) => start + at + c.len_utf8(),
        None => line.len(),
    }
}

/// How a sentence of a text, bytes, is taken; `None` if it tells nothing.
fn sentence_reading(text: &str, part: Range<usize>) -> Option<Reading> {
    let sentence = &text[part.clone()];
    let mut count = ScriptCount::default();
    count.add(sentence);
    let characters = || sentence.chars().filter(|c| is_letter(*c)).count() as u64;
    if count.phonetic >= 2
        && count.phonetic * 3 >= characters()
        && phonetic_letters(text, part) as u64 * 3 >= characters()
        && !is_chinese_around_names(sentence)
        && !is_chinese_around_words(sentence)
        && !is_chinese_with_kana(sentence)
    {
        return Some(Reading::Foreign);
    }
    reading(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(text: &str) -> String {
        let auto = Auto::new(false, &[], false);
        let mut out = String::new();
        auto.block(text, &auto.script_context(text), &mut out, &mut |_| ());
        out
    }

    #[test]
    fn what_is_right_stays_and_left_overs_go() {
        for text in ["於先生在瞭望台上", "王乾说慰藉", "他叫张昇，徵羽是音名"]
        {
            assert_eq!(convert(text), text);
        }
        assert_eq!(convert("他看著書，於是瞭解了"), "他看着书，于是了解了");
        assert_eq!(convert("关於饼乾的事，我们瞭解"), "关于饼干的事，我们了解");
    }

    #[test]
    fn a_document_about_the_trigrams_keeps_them_where_no_word_tells() {
        let beginning = "艮山坤向，宜开巽门。巽方有水，艮方有山。\n";
        for (text, alone, there) in [
            ("水流入乾者，老父康健。", "水流入干者，老父康健。", None),
            (
                "衣物晾乾，还没乾。",
                "衣物晾干，还没干。",
                Some("衣物晾干，还没干。"),
            ),
            (
                "井水乾了要補。地板拖乾。池塘乾，魚死。",
                "井水干了要补。地板拖干。池塘干，鱼死。",
                Some("井水干了要补。地板拖干。池塘干，鱼死。"),
            ),
        ] {
            assert_eq!(convert(text), alone);
            let both = convert(&(beginning.to_owned() + text));
            assert_eq!(both, beginning.to_owned() + there.unwrap_or(text));
        }
    }

    #[test]
    fn a_record_tells_a_name_by_the_cell_behind_it() {
        let auto = Auto::new(false, &[], false);
        for (record, name) in [("沈静\n女\n", "沈静"), ("沈静\n1\n", "沉静")] {
            let mut out = String::new();
            auto.block("沈静", &auto.script_context(record), &mut out, &mut |_| ());
            assert_eq!(out, name, "{record:?}");
        }
    }

    #[test]
    fn sentences_in_other_languages_stay() {
        assert_eq!(
            convert("於先生说：「他看著書，於是睡了。」我们走了。"),
            "於先生说：「他看着书，于是睡了。」我们走了。"
        );
        assert_eq!(
            convert("我喜欢「昴は為に飛ぶです」这首歌"),
            "我喜欢「昴は為に飛ぶです」这首歌"
        );
    }

    #[test]
    fn doubts_are_told_by_their_place() {
        let auto = Auto::new(false, &[], false);
        let text = "第一行\n於院長主持會議。";
        let (mut out, mut doubts) = (String::new(), Vec::new());
        auto.block(text, &auto.script_context(text), &mut out, &mut |doubt| {
            doubts.push(doubt)
        });
        assert!(!doubts.is_empty());
        for doubt in doubts {
            assert!(text[doubt.at..].starts_with(doubt.form) && doubt.sure >= Some(50));
        }
    }

    #[test]
    fn what_a_line_speaks_of_stays_and_is_told() {
        let auto = Auto::new(false, &[], false);
        let text = "頭髮\n「髮」與「發」是兩個字，「愛」是一個字。\n";
        let (mut out, mut told) = (String::new(), Vec::new());
        auto.block(text, &auto.script_context(text), &mut out, &mut |found| {
            told.push((found.form, found.taken, found.other, found.is_doubtful))
        });
        assert_eq!(out, "头发\n「髮」与「發」是两个字，「爱」是一个字。\n");
        assert_eq!(told, [('髮', '髮', '发', true), ('發', '發', '发', true)]);
    }
}
