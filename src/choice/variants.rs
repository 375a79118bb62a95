//! Rarer forms, which the standard gives up but names keep (榘, 濬), and those of Japan.

use std::ops::Range;

use super::document::Document;
use super::firms;
use super::japanese::is_japanese;
use super::lattice::{Lattice, View};
use super::lexicon::Choice;
use super::own::{self, Own};
use super::persons;
use super::window::Window;
use jianti_text::script::is_variant;

/// Forms that traditional text has every day in words: a name keeps them in a simplified sentence alone.
const EVERYDAY: &str = "濛崑";
/// Forms that modern text has in names alone, so that a simplified sentence keeps them wherever they make no word: 栞子.
const ONLY_NAMED: &str = "栞璿叡煇暠";
/// Forms that stand in names behind a surname that is little else, though others have the name in the standard's form: 王濛,
/// beside the writer 王蒙.
const MOSTLY_NAMED: &str = "濛崑璿叡煇暠儁勣";
/// Words of poems with them, in which a surname could be seen: 空濛细雨, 云蔽崑城.
const WORDS: [&str; 15] = [
    "空濛",
    "洪濛",
    "鸿濛",
    "冥濛",
    "溟濛",
    "迷濛",
    "濛汜",
    "濛茸",
    "炤灼",
    "孔之炤",
    "崑城",
    "崑冈",
    "崑岗",
    "崑丘",
    "崑墟",
];

impl Choice {
    /// Where the rarer forms are that stand in names, and stay; bytes. They all begin in one of these stretches of the
    /// text, which are in order.
    pub fn kept_variants(
        &self,
        text: &str,
        stretches: impl Iterator<Item = Range<usize>>,
        document: &Document,
        simplified: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let begins = |stretch: Range<usize>| {
            let start = text.ceil_char_boundary(stretch.start);
            let rest = text[start..].char_indices();
            rest.map(move |(at, c)| (start + at, c))
                .take_while(move |(at, _)| *at < stretch.end)
        };
        let variants = stretches.flat_map(begins).filter(|(_, c)| is_variant(*c));
        variants
            .filter(|(at, _)| {
                !self.is_users(text, *at) && self.keeps_variant(text, *at, document, &simplified)
            })
            .map(|(at, _)| at)
            .collect()
    }

    fn keeps_variant(
        &self,
        text: &str,
        at: usize,
        document: &Document,
        simplified: &impl Fn(usize) -> bool,
    ) -> bool {
        let c = text[at..].chars().next().expect("a variant");
        if is_japanese(c) {
            return self.keeps_form_of_japan(text, at);
        }
        match own::find(c, &text[..at], &text[at + c.len_utf8()..]) {
            Some(Own::Stays) => return true,
            Some(Own::UnlessWord) => return !self.makes_common_word(text, at, document),
            Some(Own::Never) => return false,
            None => {}
        }
        // One that stands doubled is what the first is.
        let at = match text[..at].strip_suffix(c) {
            Some(front) if !front.ends_with(c) => front.len(),
            _ => at,
        };
        if EVERYDAY.contains(c) && !simplified(at) || is_in_word(text, at, c) {
            return false;
        }
        self.is_variant_in_person(text, at, document)
            || self.may_be_named_so(text, at, c)
                && simplified(at)
                && !self.makes_common_word(text, at, document)
            || MOSTLY_NAMED.contains(c)
                && self.follows_sure_surname(&text[..at], &text[at..])
                && simplified(at)
    }

    /// Whether a surname that is little else stands before the rarer form that `behind` begins with, and no word is cut: 看到王濛,
    /// but 国王濛, 徐崑山.
    fn follows_sure_surname(&self, before: &str, behind: &str) -> bool {
        const NUMBERS: &str = "一二两三四五六七八九十百千几这那每半另";
        let mut back = before.chars().rev().map(|c| self.fold(c));
        let mut ahead = behind.chars();
        let [first, second, third] = [back.next(), back.next(), back.next()];
        let [Some(form), next] = [ahead.next(), ahead.next()] else {
            return false;
        };
        let common = self.fold(form);
        let is_one = |c: Option<char>| c.is_some_and(|c| persons::SURNAMES.contains(c));
        let is_word = |one: Option<char>, two: Option<char>| {
            one.zip(two)
                .is_some_and(|(one, two)| self.is_any_word(&[one, two]))
        };
        let begins = |surname, front: Option<char>| {
            is_one(surname)
                && !is_word(front, surname)
                && !front.is_some_and(|c| NUMBERS.contains(c))
        };
        let is_second = || {
            first.is_some_and(|c| self.is_given(c))
                && begins(second, third)
                && !is_word(second, first)
                && !is_word(first, Some(common))
        };
        // 蒙受 and its like have another 蒙 than that of rain.
        let goes_on = form != '濛' && is_word(Some(common), next.map(|c| self.fold(c)));
        !goes_on && (begins(first, second) || next != Some(form) && is_second())
    }

    /// Whether a rarer form at byte `at` stands in the name of a person.
    fn is_variant_in_person(&self, text: &str, at: usize, document: &Document) -> bool {
        self.may_follow_surname(&text[..at]) && {
            let (kept, common) =
                self.around_variant(text, at, document, |lattice| lattice.variant_costs());
            kept < common
        }
    }

    /// Whether the rarer form `c` at byte `at` would be another name than that of a person, or may be nothing but a name.
    fn may_be_named_so(&self, text: &str, at: usize, c: char) -> bool {
        ONLY_NAMED.contains(c) || {
            let (before, behind) = (&text[..at], &text[at + c.len_utf8()..]);
            self.is_given(self.fold(c)) && firms::is_named_so(before, behind)
        }
    }

    /// Whether what a rarer form at byte `at` stands for makes a word with what is beside it.
    fn makes_common_word(&self, text: &str, at: usize, document: &Document) -> bool {
        self.around_variant(text, at, document, |lattice| lattice.makes_common_word())
    }

    fn around_variant<T>(
        &self,
        text: &str,
        at: usize,
        document: &Document,
        ask: impl FnOnce(&mut Lattice) -> T,
    ) -> T {
        let window = Window::new(self, text, at);
        let view = View {
            simplified: false,
            told: document.told(self),
        };
        ask(&mut Lattice::new(self, &window, view))
    }

    /// Whether a surname, and at most one character of a given name, may end `before`.
    fn may_follow_surname(&self, before: &str) -> bool {
        let mut back = before.chars().rev().map(|c| self.fold(c));
        let [last, second, third] = [back.next(), back.next(), back.next()];
        let is_double = |first: Option<char>, second: Option<char>| {
            let both = first.zip(second);
            both.is_some_and(|(first, second)| self.names.surname(&[first, second]).is_some())
        };
        [last, second]
            .into_iter()
            .flatten()
            .any(|c| self.is_surname(c))
            || is_double(second, last)
            || is_double(third, second)
    }
}

/// Whether `c` at byte `at` stands in one of these words.
fn is_in_word(text: &str, at: usize, c: char) -> bool {
    let around = |word: &&str| {
        let start = word.find(c).and_then(|within| at.checked_sub(within));
        let rest = start.and_then(|start| text.get(start..));
        rest.is_some_and(|rest| rest.starts_with(*word))
    };
    WORDS.iter().any(around)
}
