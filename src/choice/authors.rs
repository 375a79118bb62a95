//! Names of persons before 著: of who has written something, or with 著 in them.

use jianti_model::words::Hash;
use jianti_text::chars::is_han;

use super::lexicon::Choice;
use super::persons;

/// The longest name that is looked for, characters.
const LONGEST: usize = 4;
/// The longest word that a person is called by, characters.
const CALLING: usize = 3;
/// What costs less is a common word, and no name (高兴, 和平); as the model's words.
const COMMON: u32 = 88;
/// What costs more is no word that tells anything.
const WORD: u32 = 112;
/// What no title of a book begins with.
const NO_TITLE: &str = "呢吧啊哩哪嘛呀了不个個他她它牠祂我你妳您这這那";

/// What is told of a person right behind the name: 陈著是宋末学者
const ABOUT_PERSON: [char; 3] = ['是', '曾', '字'];

impl Choice {
    /// Whether a clause up to here is the name of a person: a surname, and one or two characters behind it.
    pub(super) fn follows_name(&self, before: &str) -> bool {
        let clause = self.last_of_clause(before, LONGEST + 1);
        self.is_name(&clause)
    }

    /// Whether 著 between these tells what somebody wrote: a name begins the clause, or follows what names follow, and a title
    /// stands behind 著 or 的 (司馬遷著史記, 讀著霍金著的書).
    pub(super) fn tells_author(&self, before: &str, after: &str) -> bool {
        let is_title = |c: char| (is_han(c) || c == '《') && !NO_TITLE.contains(c);
        let mut title = after.strip_prefix('的').unwrap_or(after).chars();
        let is_titled = [title.next(), title.next()]
            .into_iter()
            .all(|c| c.is_some_and(is_title));
        let ends = !after.chars().next().is_some_and(is_han);
        if !is_titled && !ends {
            return false;
        }
        let clause = self.last_of_clause(before, LONGEST + CALLING);
        let may_begin = |front: &[char]| match front.last() {
            None => is_titled,
            // 這本書是張愛玲著，
            Some('是' | '由' | '为') if ends || after.starts_with('的') => true,
            // 一本季羨林著的書
            Some(last) if after.starts_with('的') && "本部篇种卷册套".contains(*last) => {
                true
            }
            Some(last) => {
                let goes_on = || "着著由和与及读看讲引据买借译评过、".contains(*last);
                !ends && (persons::end_in_calling(front) || goes_on())
            }
        };
        (2..=LONGEST.min(clause.len())).any(|length| {
            let (front, name) = clause.split_at(clause.len() - length);
            may_begin(front) && self.is_name(name) && (length > 2 || !self.is_common(name))
        })
    }

    /// Whether 著 between these is a person's given name: 詩人陳著，; or a clause of a surname and it.
    pub(super) fn is_given_name(&self, before: &str, after: &str) -> bool {
        let clause = self.last_of_clause(before, 1 + CALLING);
        let ends = !after.starts_with(is_han) || after.starts_with(ABOUT_PERSON);
        clause.split_last().is_some_and(|(last, front)| {
            // 后着 is a word.
            let is_clause = || {
                let word = Hash::EMPTY.and(*last).and('着');
                front.is_empty() && ends && self.words.cost(word).is_none()
            };
            self.names.surname(&[*last]).is_some()
                && (persons::end_in_calling(front) || is_clause())
        })
    }

    /// Whether a clause up to here is a word of two characters and no name, behind another clause: 合上《红楼梦》，沉思
    pub(super) fn is_act(&self, before: &str) -> bool {
        let clause = self.last_of_clause(before, 3);
        let start: usize = before
            .chars()
            .rev()
            .take(clause.len())
            .map(char::len_utf8)
            .sum();
        let front = &before[..before.len() - start];
        clause.len() == 2
            && front.ends_with(['，', ','])
            && self.is_word(&clause)
            && !self.is_name(&clause)
    }

    /// The last Han characters of a clause, at most so many, folded.
    fn last_of_clause(&self, before: &str, most: usize) -> Vec<char> {
        let back = before.chars().rev().take_while(|c| is_han(*c));
        let mut clause: Vec<char> = back.take(most).map(|c| self.fold(c)).collect();
        clause.reverse();
        clause
    }

    /// Whether a text is the name of a person, and no common word.
    pub(super) fn is_person(&self, text: &str) -> bool {
        let name: Vec<char> = text
            .chars()
            .take(LONGEST + 1)
            .map(|c| self.fold(c))
            .collect();
        self.is_name(&name) && (name.len() > 2 || !self.is_common(&name))
    }

    fn is_name(&self, name: &[char]) -> bool {
        (1..=2).any(|surname| {
            let given = name.len().checked_sub(surname);
            given.is_some_and(|given| (1..=2).contains(&given))
                && self.names.surname(&name[..surname]).is_some()
                && name[surname..]
                    .iter()
                    .all(|c| self.names.given(*c).is_some())
        })
    }

    fn is_common(&self, word: &[char]) -> bool {
        self.word_cost(word).is_some_and(|cost| cost < COMMON)
    }

    /// Whether folded characters are a word, and none that was counted only now and then.
    pub(super) fn is_word(&self, word: &[char]) -> bool {
        self.word_cost(word).is_some_and(|cost| cost <= WORD)
    }

    /// Whether folded characters are a word, however seldom.
    pub(super) fn is_any_word(&self, word: &[char]) -> bool {
        self.word_cost(word).is_some()
    }

    fn word_cost(&self, word: &[char]) -> Option<u32> {
        let hash = word.iter().fold(Hash::EMPTY, |hash, c| hash.and(*c));
        self.words.cost(hash)
    }
}
