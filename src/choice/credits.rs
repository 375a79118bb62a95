//! Credits of books, which end in 著: 《水产养殖学》：李明贵等著; Steve McConnell著; 国家统计局著.
//!
//! 等着 and 航着 are verbs elsewhere: a title, another credit or a publisher must stand beside the name, unless the line is
//! nothing but names.

use jianti_text::chars::is_han;
use jianti_text::lines::front;

use super::lexicon::Choice;
use super::zhe::{is_verb, names_another, tells_part};

/// How far the line is looked at to each side, bytes.
const REACH: usize = 1 << 8;
/// What the names of institutions end in.
const INSTITUTIONS: [&str; 18] = [
    "大学",
    "大學",
    "学院",
    "學院",
    "科学院",
    "学系",
    "學系",
    "研究所",
    "研究室",
    "教研室",
    "编辑部",
    "編輯部",
    "委员会",
    "委員會",
    "编写组",
    "編寫組",
    "中心",
    "局",
];
/// The shortest of their names, characters.
const SHORTEST: usize = 4;
/// The longest of a person's, characters.
const LONGEST: usize = 4;
/// What stands right before who wrote a book.
const BEFORE: [&str; 16] = [
    "作者",
    "著者",
    "教材",
    "教程",
    "教科书",
    "教科書",
    "课本",
    "課本",
    "专著",
    "專著",
    "一书",
    "一書",
    "本书",
    "本書",
    "参考书",
    "參考書",
];
/// What may stand between a title and who wrote the book.
const BETWEEN: &str = "一書书本由是新第版上下册冊卷修订訂二三四五六七八九十";
/// What stands in brackets before the name of a foreign author, or of one of old.
const ORIGINS: &str =
    "美英法德日俄苏蘇意加澳奥奧荷韩韓印希瑞挪丹西葡比波捷匈巴以清明宋元唐汉漢晋晉梁魏隋";

impl Choice {
    /// Whether 著 between these ends a credit: who wrote a book.
    pub(super) fn ends_credit(&self, before: &str, after: &str) -> bool {
        if after.starts_with(|c: char| c.is_alphanumeric() || "「『﹁﹃“‘《\"'".contains(c))
        {
            return false;
        }
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..];
        let line = near.rsplit('\n').next().unwrap_or_default();
        let line = line.trim_end_matches(' ');
        let others = line.strip_suffix('等').map(|who| who.trim_end_matches(' '));
        let who = others.unwrap_or(line);
        if self.stands_in_sentence(who, after) {
            return true;
        }
        let Some(length) = self.name_length(who) else {
            return false;
        };
        let (outer, name) = who.split_at(who.len() - length);
        let behind = front(after, REACH).split('\n').next().unwrap_or_default();
        // A verb may end what looks like a name: 看《小丑》，陳明看著
        let may_wait = others.is_some() || name.ends_with(is_verb);
        if is_told(outer, may_wait && name.contains(is_han)) || is_published(behind) {
            return true;
        }
        let has_part = |clause: &str| self.has_part(clause);
        if others.is_none() && name.ends_with(is_verb) {
            return false;
        }
        if names_another(behind) && has_part(first_clause(behind))
            || is_behind_part(outer, has_part)
        {
            return true;
        }
        let is_last = behind.trim_end_matches(['。', '.', ' ', '\r']).is_empty();
        is_last && others.is_none() && self.are_names(outer, name)
    }

    /// Whether a credit that goes on with another one stands within a sentence: 买了房龙著、卫斯理译的那本书
    fn stands_in_sentence(&self, who: &str, behind: &str) -> bool {
        let ends_in_person = || {
            let starts = who.char_indices().rev().map(|(at, _)| at);
            let mut names = starts.take(LONGEST).map(|at| &who[at..]);
            names.any(|name| self.is_person(name))
        };
        let has_part = || {
            let another = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
            let mut clause = another.split(|c: char| !c.is_alphanumeric() || c == '的');
            clause.next().is_some_and(|clause| self.has_part(clause))
        };
        names_another(behind) && !who.ends_with(is_verb) && ends_in_person() && has_part()
    }

    /// Whether a clause is a name and a part that somebody has in a book: 潘金贵等译
    fn has_part(&self, clause: &str) -> bool {
        const PARTS: [char; 16] = [
            '序', '译', '譯', '编', '編', '校', '注', '註', '绘', '繪', '撰', '跋', '主', '等',
            '点', '點',
        ];
        self.is_person(clause.trim_end_matches(PARTS))
    }

    /// How long the name is that `text` ends in, of persons or institutions, bytes.
    fn name_length(&self, text: &str) -> Option<usize> {
        let is_letter = |c: char| c < '\u{250}' && c.is_alphabetic();
        let spelt = text.trim_end_matches(|c| is_letter(c) || " .·'’-".contains(c));
        let spelt = text[spelt.len()..].trim_start_matches(|c| !is_letter(c));
        if spelt.ends_with(is_letter) {
            let outer = &text[..text.len() - spelt.len()];
            let is_apart = !outer.ends_with(is_han) || outer.ends_with(['由', '是']);
            return (is_apart && spelt.starts_with(char::is_uppercase)).then_some(spelt.len());
        }
        let run = text.trim_end_matches(|c| is_han(c) || c == '·');
        let run = &text[run.len()..];
        let run = run.rsplit('由').next().unwrap_or(run);
        let is_institution = || {
            run.chars().nth(SHORTEST - 1).is_some()
                && INSTITUTIONS.iter().any(|end| run.ends_with(end))
        };
        (self.is_person(run) || run.contains('·') || is_institution()).then_some(run.len())
    }

    /// Whether a line is nothing but names, of which `name` is the last and tells enough alone: 张三、李四著; 刘慈欣著。
    fn are_names(&self, outer: &str, name: &str) -> bool {
        let mut others = outer
            .split(['、', '，', ',', ' '])
            .filter(|other| !other.is_empty());
        let is_name = |other: &str| self.name_length(other) == Some(other.len());
        let tells = || match name.is_ascii() {
            true => name.contains(' '),
            false => name.chars().nth(2).is_some(),
        };
        match others.next() {
            None => outer.is_empty() && tells(),
            Some(first) => is_name(first) && others.all(is_name),
        }
    }
}

/// Whether a book, or what it is told by, stands at the end of `text`, before who wrote it; `closely` says that no comma may stand
/// between.
fn is_told(text: &str, closely: bool) -> bool {
    let told = text.trim_end_matches([' ', '：', ':', '，', ',', '、', '(', '（']);
    if let Some(inner) = told.strip_suffix([']', '］', ')', '）', '〕', '】'])
        && let Some(origin) = inner.rsplit(['[', '［', '(', '（', '〔', '【']).next()
        && (origin.ends_with(['国', '國']) || is_one_of(origin, ORIGINS))
    {
        return true;
    }
    let told_by = told.strip_suffix('由').unwrap_or(told);
    if BEFORE.iter().any(|word| told_by.ends_with(word)) {
        return true;
    }
    let has_comma = text[told.len()..].contains(['，', ',', '、']);
    if let Some((_, between)) = told.rsplit_once(['》', '〉'])
        && !(closely && has_comma)
        && between.chars().all(|c| !is_han(c) || BETWEEN.contains(c))
    {
        return true;
    }
    false
}

/// Whether a clause in front of `text`'s end names another who had a part in the book: 陳平主編，
fn is_behind_part(text: &str, has_part: impl Fn(&str) -> bool) -> bool {
    let told = text.trim_end_matches([' ', '，', ',', '；', ';']);
    let clause = last_clause(told);
    told.len() < text.len() && tells_part(clause) && has_part(clause)
}

/// Whether a text is one character of a list.
fn is_one_of(text: &str, list: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| list.contains(c)) && chars.next().is_none()
}

/// Whether a publisher comes next: ，清华大学出版社
fn is_published(behind: &str) -> bool {
    const PUBLISHERS: [&str; 7] = ["出版社", "书局", "書局", "印书馆", "印書館", "书店", "書店"];
    let clause = first_clause(behind);
    PUBLISHERS.iter().any(|word| clause.ends_with(word))
}

/// The clause that begins behind a mark.
fn first_clause(behind: &str) -> &str {
    const MARKS: [char; 11] = [' ', '，', ',', '。', '.', '：', ':', '；', '…', '！', '？'];
    let rest = behind.trim_start_matches(MARKS);
    match rest.len() < behind.len() {
        true => rest.split(MARKS).next().unwrap_or_default(),
        false => "",
    }
}

/// The clause that `text` ends in.
fn last_clause(text: &str) -> &str {
    let ends = |c: char| !c.is_alphanumeric();
    text.rsplit(ends).next().unwrap_or(text)
}
