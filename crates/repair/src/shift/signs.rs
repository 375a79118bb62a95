//! What shows that a page is shifted, before anything is searched.

use super::shown::{cut_mark, lone_byte};
use super::weights::*;
use super::{Run, Search, evidence, pairing};
use crate::replay::is_question_mark;
use jianti_model::UNIT;
use jianti_text::ScriptCount;
use jianti_text::chars::is_han;
use std::ops::Range;

impl Search<'_> {
    /// What is open without a search: a gloss that lost its bracket to the question mark at this place. It has a tone, or
    /// its closing bracket closes nothing.
    pub fn lone_gloss(&self, at: usize) -> Option<Run> {
        let (syllable, length, _) = self.reading(at + 1)?;
        let before = &self.line[at.saturating_sub(NEAR)..at];
        let bracket = before.iter().rev().find(|c| matches!(c, '(' | ')'));
        let told = syllable.is_toned() || bracket != Some(&'(');
        let wide = before.last().is_some_and(|c| is_han(*c));
        (told && wide).then(|| Run::open(at + 1 + length))
    }

    /// What is open without an original: strange text behind the marks that most cuts leave, where hardly anybody sets them
    /// so.
    pub fn lone_marks(&self, at: usize) -> Option<Run> {
        if !matches!(self.at(at + 1), Some('！' | '。')) || !self.mixes_marks(at) {
            return None;
        }
        let behind = &self.line[(at + 2).min(self.line.len())..];
        let is_strange = evidence::is_strange(self.model, behind);
        let told = is_strange && !self.is_japanese(at..at + 2);
        told.then(|| Run::open(at + 2))
    }

    /// What is open at this place because there was too much to search.
    pub fn unsearched(&self, at: usize) -> Option<Run> {
        let mark = || self.mark_behind(at + 1).filter(|_| self.may_begin(at + 1));
        self.lone_gloss(at).or_else(|| Some(Run::open(mark()? + 1)))
    }

    /// Whether the page behind a question mark may be shifted: a quick look. A gloss stands there, or a mark and behind it
    /// a tag that lost its bracket, or text that does not read well.
    pub(super) fn may_begin(&self, place: usize) -> bool {
        if self.reading(place).is_some() {
            return true;
        }
        let Some(mark) = self.mark_behind(place) else {
            return false;
        };
        let glossed = is_question_mark(self.line[mark]) && self.reading(mark + 1).is_some();
        if glossed
            || self.shows_lone_byte(place - 1)
            || self.is_trail_letter(mark + 1)
            || self.shows_trail(place - 1)
        {
            return true;
        }
        let mut behind = &self.line[mark + 1..];
        if behind.first().is_some_and(|c| is_question_mark(*c)) {
            let told = self.lacks(mark + 2).is_some() || self.reading(mark + 2).is_some();
            if told || self.is_odd(place - 1) {
                return true;
            }
            behind = &behind[1..];
        }
        // What closes a quotation or title in front reads badly before the next sentence, and may still be whole.
        let closes = behind.first().is_some_and(|c| self.closes_open(place, *c));
        behind = &behind[usize::from(closes)..];
        // Marks one after the other are excitement.
        let shows = |(further, c): (usize, &char)| {
            let wide = c.len_utf8() > 2 && cut_mark(*c).is_none() && !pairing::closes(*c);
            wide || behind.get(further + 1) == Some(&'(')
        };
        if behind
            .first()
            .is_none_or(|first| cut_mark(*first).is_some())
            || !behind.iter().take(3).enumerate().any(shows)
        {
            return false;
        }
        let behind = &behind[..behind.len().min(AHEAD)];
        let costs: Vec<u32> = behind
            .windows(2)
            .map(|pair| self.model.cost(pair[0], pair[1]))
            .collect();
        let most = CLEAN * UNIT * costs.len() as u32;
        let beginning = match closes {
            true => 0,
            false => self.model.cost(self.line[mark], behind[0]),
        };
        if costs.len() < 2 {
            return true;
        }
        let pairs = costs.iter().sum();
        let is_rare = pairs > most || costs[0].max(beginning) > RARE * UNIT;
        is_rare && !(behind.len() == AHEAD && self.reads_well(behind, pairs))
    }

    /// Whether this is Chinese of full width that reads well, by its words too: shifted text does not. `pairs` is what its
    /// pairs of characters cost.
    fn reads_well(&self, text: &[char], pairs: u32) -> bool {
        if !text.iter().all(|c| is_han(*c) || is_wide_mark(*c)) {
            return false;
        }
        let cost = pairs * (PARTS - WORDS) + self.model.words(text) * WORDS;
        let cost = cost.saturating_sub(self.model.triples(text) * TRIPLES);
        cost <= READABLE * PARTS * text.len() as u32
    }

    /// Whether this closes what the line in front of a place opens, as in “好吗?!”.
    fn closes_open(&self, place: usize, c: char) -> bool {
        let before = &self.line[place.saturating_sub(NEAR)..place];
        pairing::closes(c) && pairing::closes_last(&pairing::open_marks(before.iter().copied()), c)
    }

    /// The last mark of those that stand here, at which the text may have been cut.
    pub(super) fn mark_behind(&self, place: usize) -> Option<usize> {
        let questions = self.line[place.min(self.line.len())..]
            .iter()
            .take(MOST_CUTS - 1)
            .take_while(|c| is_question_mark(**c))
            .count();
        let is_mark = |place: &usize| self.at(*place).is_some_and(|c| cut_mark(c).is_some());
        (place..=place + questions).rev().find(is_mark)
    }

    /// Whether a letter stands here right behind a mark and in front of a wide character: the second byte of a pair, it may
    /// be.
    pub(super) fn is_trail_letter(&self, place: usize) -> bool {
        let letter = self.at(place).is_some_and(|c| lone_byte(c).is_some());
        let behind_mark = place > 0 && cut_mark(self.line[place - 1]).is_some();
        letter && behind_mark && self.at(place + 1).is_some_and(|c| c.len_utf8() > 2)
    }

    /// Whether an ASCII character that may end a pair of bytes soon follows the mark behind this question mark, with nothing
    /// but wide characters around it. Words begin with capitals (A股, K歌), unless a mark follows.
    pub(super) fn shows_trail(&self, at: usize) -> bool {
        const SOON: usize = 3;
        let Some(mark) = self.mark_behind(at + 1) else {
            return false;
        };
        let wide = |place: usize| self.at(place).is_some_and(|c| c.len_utf8() > 2);
        let marked = |place: usize| cut_mark(self.line[place]).is_some();
        (mark + 1..=mark + SOON).any(|place| {
            let letter = self.at(place).filter(|c| lone_byte(*c).is_some());
            let is_word = letter.is_some_and(|c| c.is_ascii_uppercase())
                && self.at(place + 1).is_some_and(is_han);
            letter.is_some()
                && wide(place + 1)
                && (wide(place - 1) || marked(place - 1))
                && !is_word
        })
    }

    /// Whether marks stand here behind an ideograph as hardly anybody sets them: a question mark in ASCII in front of a mark
    /// of full width, or any in front of 。.
    pub(super) fn mixes_marks(&self, at: usize) -> bool {
        let mark = self.at(at + 1);
        let wide = mark.is_some_and(|c| !c.is_ascii() && cut_mark(c).is_some());
        (self.line[at] == '?' && wide || mark == Some('。')) && at > 0 && is_han(self.line[at - 1])
    }

    /// Whether the text about this part of the line is Japanese.
    pub(super) fn is_japanese(&self, part: Range<usize>) -> bool {
        let mut scripts = ScriptCount::default();
        let about = part.start.saturating_sub(AHEAD)..self.line.len().min(part.end + AHEAD);
        self.line[about].iter().for_each(|c| scripts.add_char(*c));
        scripts.phonetic >= 2
    }

    /// Whether two question marks stand here between an ideograph and a full-width mark: nobody mixes widths so.
    pub(super) fn shows_lone_byte(&self, at: usize) -> bool {
        let mark = |c: &char| !c.is_ascii() && cut_mark(*c).is_some() && !is_question_mark(*c);
        self.line[at..].starts_with(&['?', '?'])
            && self.line.get(at + 2).is_some_and(mark)
            && at > 0
            && is_han(self.line[at - 1])
    }

    /// Whether a question mark, a mark, and another question mark stand here as nobody writes them: of both widths behind
    /// an ideograph or at a line's end, or at a line's end where a quotation mark lacks its partner.
    pub(super) fn is_odd(&self, at: usize) -> bool {
        let rest = &self.line[at..];
        let marks = rest.len() >= 3
            && is_question_mark(rest[0])
            && cut_mark(rest[1]).is_some()
            && is_question_mark(rest[2]);
        if !marks {
            return false;
        }
        let widths = rest[0] == '?' && rest[2] == '?' && !rest[1].is_ascii();
        let ends = matches!(rest.get(3), None | Some('\r' | '\n'));
        let before = &self.line[at.saturating_sub(NEAR)..at];
        let open = || !pairing::open_marks(before.iter().copied()).is_empty();
        match ends {
            true => widths || open(),
            false => widths && before.last().is_some_and(|c| is_han(*c)),
        }
    }
}

/// A mark that Chinese text has in full width.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '…' | '、' | '《' | '》' | '（' | '）')
        || !c.is_ascii() && cut_mark(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::searched::Searched;

    /// Whether a run may begin with one of the line's question marks.
    fn may_begin(line: &str) -> bool {
        let model = jianti_data::model();
        let page = Page::new(line);
        let line: Vec<char> = line.chars().collect();
        let search = Search::new(&model, &page, Searched::default(), &line);
        (1..line.len()).any(|at| is_question_mark(line[at - 1]) && search.may_begin(at))
    }

    #[test]
    fn excitement_before_a_sentence_is_not_searched() {
        for line in [
            "这家店怎么还开着啊？？？？看评论都说卫生不好",
            "谁能想到会这样呢？？我和同事只点了两碗面",
            "你说气不气人???現在貨款還沒退回來",
        ] {
            assert!(!may_begin(line), "{line}");
        }
        for line in [
            "在河?xùn)|區召開會議",
            "他說不知道?！币恢弊叩胶竺嫒ァ",
            "大家都来了??！敝形绲臅r候",
            "全村修了路?！彼f：“明年再修橋。”",
            "他走了很久爲止?!边@就是他的故事",
            "算了一筆帳??h、鄉兩級都要增收",
        ] {
            assert!(may_begin(line), "{line}");
        }
    }
}
