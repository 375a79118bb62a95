//! Fields that hold the name of a person, or several terms between commas, by what they are called: a column 姓名, a key
//! `author`, who sent a mail; `tags`.

use std::borrow::Cow;

use jianti_text::chars::is_han;

use crate::TextSink;
use crate::identifier::is_list;
use crate::machine_read::is_of_clause;

/// What a field holds that is no text of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// The name of a person.
    Name,
    /// Several terms, with commas between them that stay: 剧情,喜剧
    Terms,
}

impl Held {
    /// What a field holds that is called so, if that tells it.
    pub fn of(field: &str) -> Option<Held> {
        match field {
            _ if is_label(field) => Some(Held::Name),
            _ if is_list(field) => Some(Held::Terms),
            _ => None,
        }
    }
}

/// Whether what stands in a field for terms may be some: no clause is among them.
pub(crate) fn are_terms(value: &str) -> bool {
    /// No term is longer, characters.
    const LONGEST: usize = 16;
    let is_part = |c: char| c.is_alphanumeric() || " -_.+#/&·".contains(c);
    let is_term = |term: &str| {
        term.chars().count() <= LONGEST && term.chars().all(is_part) && !term.contains(is_of_clause)
    };
    value.split([',', ';']).all(is_term)
}

/// What fields for the name of a person are called, in small letters without blanks and marks.
const LABELS: [&str; 24] = [
    "fullname",
    "realname",
    "author",
    "authors",
    "authorname",
    "contactname",
    "translator",
    "姓名",
    "作者",
    "著者",
    "譯者",
    "译者",
    "主編",
    "主编",
    "聯絡人",
    "联络人",
    "聯繫人",
    "聯系人",
    "联系人",
    "負責人",
    "负责人",
    "經辦人",
    "经办人",
    "收件人",
];

/// How many characters a name has.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;

/// What these begin and end with.
const FIRST: &str = "acfrt姓作著譯译主聯联負负經经收";
const LAST: &str = "ers名者編编人";

/// Whether what stands in a field that is called so is the name of a person, if it may be one.
pub(crate) fn is_label(field: &str) -> bool {
    let is_between = |c: char| matches!(c, ' ' | '_' | '-' | ':' | '：' | '\u{3000}');
    let field = field.trim_matches(is_between);
    let is_among =
        |c: Option<char>, list: &str| c.is_some_and(|c| list.contains(c.to_ascii_lowercase()));
    // Most fields are called otherwise, which their ends tell.
    if field.ends_with("姓名") {
        return true;
    }
    let mut ends = field.chars();
    if !is_among(ends.next(), FIRST) || !is_among(ends.next_back(), LAST) {
        return false;
    }
    let name = field.chars().filter(|c| !is_between(*c));
    let name: String = name.map(|c| c.to_ascii_lowercase()).collect();
    LABELS.contains(&&*name)
}

/// A view of a text sink for such a field: passages that may be a name are handed over as one.
pub(crate) struct Named<'p>(pub &'p mut dyn TextSink);

impl Named<'_> {
    fn name<'t>(&mut self, text: &'t str) -> Option<Cow<'t, str>> {
        let name = text.trim();
        let is_one = LENGTHS.contains(&name.chars().count()) && name.chars().all(is_han);
        let new = is_one.then(|| self.0.name(name))?;
        match new {
            Cow::Borrowed(_) => Some(Cow::Borrowed(text)),
            Cow::Owned(new) => Some(Cow::Owned(text.replace(name, &new))),
        }
    }
}

impl TextSink for Named<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        match self.name(text) {
            Some(new) => new,
            None => self.0.passage(text),
        }
    }

    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        match self.name(text) {
            Some(new) => new,
            None => self.0.code(text),
        }
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.0.repair(markup)
    }

    fn at(&mut self, offset: u64) {
        self.0.at(offset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_called_so() {
        for label in LABELS {
            assert!(is_label(label), "{label}");
        }
        for label in [
            "姓名",
            "Full Name",
            "full_name",
            "學生姓名",
            "作者：",
            "author",
            "聯絡人",
        ] {
            assert!(is_label(label), "{label}");
        }
        for label in [
            "",
            "name",
            "名字",
            "编辑",
            "名稱",
            "filename",
            "username",
            "作者簡介",
            "品名",
            "nameplate",
        ] {
            assert!(!is_label(label), "{label}");
        }
    }
}
