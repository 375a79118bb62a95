//! Characters that a line speaks of, and tells apart: 「髮」不同於「發」, 銜…同「啣」, 发〔發、髮〕. They stay where the conversion would make
//! one character of two, as the line would say nothing then.
//!
//! A single character that stands in quotation marks or brackets, alone between marks, or behind a word like 同 and 俗作 may be
//! spoken of, if words like 是 and 字 stand beside it, or another such character. What is a part of a word (理「髮」) is not, and
//! what nothing on its line is told apart from is converted: 寫了一個「愛」字. A row of single characters is about them if
//! each is told apart from another, as a row in two scripts would stay so else (红、绿、黄、綠); two side by side are whatever else
//! it has: 里、裡、外.

use std::collections::{BTreeMap, BTreeSet};

use super::glossed;
use super::lexicon::Choice;
use super::mention::{
    CLOSING, Mention, Stand, closes_bracket, find_mentions, is_marker, is_noted, mentions,
    opens_bracket,
};
use super::merging::{changes, differ, is_one_of_several, merge, outcomes, script};
use super::reason::{Decision, Reason};
use jianti_data::choice::{fold, shares};
use jianti_text::chars::is_han;

/// How sure it is that a character that is kept is spoken of, percent: as sure as what is in doubt can be.
const SURE: u8 = 88;

/// Words that tell that a line speaks of characters.
const TELLS: [&str; 16] = [
    "簡化", "简化", "簡體", "简体", "繁體", "繁体", "異體", "异体", "正體", "正体", "俗字", "本字",
    "個字", "个字", "通假", "生字",
];

/// Words that tell that a line speaks of a character's forms in both scripts.
const OF_BOTH_SCRIPTS: [&str; 8] = [
    "簡化",
    "简化",
    "繁體字",
    "繁体字",
    "簡體字",
    "简体字",
    "異體字",
    "异体字",
];

impl Choice {
    /// Where the characters of whole lines are that these tell apart, and that stay as they are; bytes, in order.
    pub fn cited(&self, text: &str) -> Vec<usize> {
        let mut found = find_mentions(text);
        let (mut kept, mut from) = (Vec::new(), 0);
        let mut line = Line::default();
        // Where the line ends that was looked at closely last.
        let mut told_to = 0;
        while let Some(at) = found.next(from) {
            from = at + 1;
            if text[at..].starts_with(['(', '（']) {
                kept.extend(glossed::traditional_form(text, at));
                continue;
            }
            if at < told_to {
                continue;
            }
            // Most characters are told apart from none.
            if !text[at..].starts_with(shares) {
                continue;
            }
            let Some(mention) = Mention::at(text, at) else {
                continue;
            };
            if at >= line.end {
                line = Line::around(text, at);
            }
            if line.tells(text, &mention) {
                let told = told_apart(&text[line.start..line.end]);
                kept.extend(told.into_iter().map(|at| line.start + at));
                told_to = line.end;
            }
        }
        kept.sort_unstable();
        kept.dedup();
        kept.retain(|at| !self.is_users(text, *at));
        kept
    }

    /// What is told of a character at byte `at` that stays since it is spoken of.
    pub fn tell_cited(&self, text: &str, at: usize) -> Option<Decision> {
        let form = text[at..].chars().next()?;
        let other = outcomes(form).into_iter().rfind(|c| *c != form)?;
        Some(Decision {
            at,
            form,
            taken: form,
            other,
            sure: Some(SURE),
            is_doubtful: true,
            reason: Some((Reason::Cited, String::new())),
        })
    }
}

/// The mentions of a line as far as they were met: most lines have few, none of which are told apart.
#[derive(Default)]
struct Line {
    /// Where it begins and ends, bytes.
    start: usize,
    end: usize,
    met: [char; Line::MOST],
    count: usize,
}

impl Line {
    /// A line with more of them is looked at closely.
    const MOST: usize = 16;

    fn around(text: &str, at: usize) -> Line {
        let bytes = text.as_bytes();
        Line {
            start: memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1),
            end: memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |end| at + end),
            ..Line::default()
        }
    }

    /// Whether the line may tell this one from another that was met; it counts as met then.
    fn tells(&mut self, text: &str, mention: &Mention) -> bool {
        let c = mention.c;
        if self.count == Line::MOST
            || self.met[..self.count].iter().any(|met| merge(*met, c))
            || mention.is_related && changes(c)
            || mention.pair(&text[..self.end]).is_some()
        {
            return true;
        }
        self.met[self.count] = c;
        self.count += 1;
        false
    }
}

/// Where the characters of a line are that stay, as it tells them apart; bytes, in order.
fn told_apart(line: &str) -> BTreeSet<usize> {
    let row = Row::of(line);
    let kept = match &row {
        Some(row) if row.is_about_them(line) => row.characters.clone(),
        _ => {
            let neighbours = row.into_iter().flat_map(|row| row.neighbours(line));
            spoken_of(line).into_iter().chain(neighbours).collect()
        }
    };
    kept.into_iter()
        .filter(|(_, c)| changes(*c))
        .map(|(at, _)| at)
        .collect()
}

/// A character, and where it is, bytes.
type Placed = (usize, char);

/// The characters of a line that has no words: 宁,寧,(甯).
struct Row {
    characters: Vec<Placed>,
    /// For each character where the bracket begins that it stands in behind a headword, bytes: 只〔隻、祗〕
    entries: Vec<Option<usize>>,
}

impl Row {
    /// `None` if the line has words. One sentence is no row, as what people say in turn is two.
    fn of(line: &str) -> Option<Row> {
        let (mut characters, mut entries) = (Vec::<Placed>::new(), Vec::new());
        let (mut before, mut entry, mut has_ended) = (' ', None, false);
        for (at, c) in line.char_indices() {
            if is_han(c) {
                if is_han(before) || has_ended {
                    return None;
                }
                characters.push((at, c));
                entries.push(entry);
            }
            if opens_bracket(c) {
                entry = is_han(before).then_some(at);
            } else if closes_bracket(c) {
                entry = None;
            }
            let ends = "。！？!?.．｡﹒﹖﹗…".contains(c) && !is_marker(&line[..at + c.len_utf8()]);
            has_ended |= ends && !characters.is_empty();
            before = c;
        }
        Some(Row {
            characters,
            entries,
        })
    }

    /// Whether each of them is told apart from another, or stands in a headword's bracket with one that is: a row of other
    /// things has some that nothing is told apart from (红、绿、黄、綠).
    fn is_about_them(&self, line: &str) -> bool {
        let row = &self.characters;
        let mut groups: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (number, (_, c)) in row.iter().enumerate() {
            for to in BTreeSet::from(outcomes(*c)) {
                groups.entry(to).or_default().push(number);
            }
        }
        let mut told = vec![false; row.len()];
        for group in groups
            .into_values()
            .filter(|group| are_told_apart_alone(line, row, group))
        {
            group.into_iter().for_each(|number| told[number] = true);
        }
        let told_entries: BTreeSet<usize> = (0..row.len())
            .filter(|number| told[*number])
            .filter_map(|number| self.entries[number])
            .collect();
        (0..row.len()).all(|number| {
            told[number] || self.entries[number].is_some_and(|entry| told_entries.contains(&entry))
        })
    }

    /// Those that stand side by side and become one, though neither is only the other in another script: 里、裡、外 is about
    /// them whatever else it has, and a row of other things has no thing twice in a row. What a bracket adds is the same word:
    /// 你（妳）好.
    fn neighbours(&self, line: &str) -> Vec<Placed> {
        let row = &self.characters;
        let count = |c: char| row.iter().filter(|(_, other)| *other == c).count();
        let pairs = row.windows(2).filter(|pair| {
            let [(from, one), (to, next)] = [pair[0], pair[1]];
            let is_listed = || !line[from..to].contains(opens_bracket);
            differ(one, next) && count(one) == 1 && count(next) == 1 && is_listed()
        });
        pairs.flatten().copied().collect()
    }
}

/// Whether a row would say nothing if these of its characters, which are in order, became one. Two of them stand there once:
/// what repeats in two scripts is one word. So do a character and its own simplified form, unless side by side.
fn are_told_apart_alone(line: &str, row: &[Placed], group: &[usize]) -> bool {
    let forms: BTreeSet<char> = group.iter().map(|number| row[*number].1).collect();
    match (forms.len(), group) {
        (0 | 1, _) => false,
        (2, [one, next]) => {
            let ((from, one), (to, next), beside) = (row[*one], row[*next], next - one == 1);
            let is_listed = || line[from..to].contains(|c: char| c.is_alphanumeric() && !is_han(c));
            differ(one, next) || beside && !is_listed()
        }
        (2, _) => false,
        _ => true,
    }
}

/// The characters of a line that words speak of and that it tells apart.
fn spoken_of(line: &str) -> Vec<Placed> {
    let mut mentions = mentions(line);
    let mut kept = Vec::new();
    for mention in &mentions {
        if let Some(other) = mention.pair(line) {
            kept.extend([(mention.at, mention.c), other]);
        }
        if is_headless_form(line, mention) {
            kept.push((mention.at, mention.c));
        }
    }
    let is_bare = |mention: &Mention| mention.stand == Stand::Bare && !mention.is_in_row;
    // What stands bare at the beginning of the line is its headword.
    let first = mentions.first().filter(|mention| is_bare(mention));
    let head = first
        .filter(|mention| !line[..mention.at].contains(is_han))
        .map(|mention| mention.at);
    mentions.retain(|mention| !is_bare(mention) || Some(mention.at) == head);
    let mut groups: BTreeMap<char, Vec<&Mention>> = BTreeMap::new();
    for mention in &mentions {
        for to in BTreeSet::from(outcomes(mention.c)) {
            groups.entry(to).or_default().push(mention);
        }
    }
    let tells = TELLS.iter().any(|word| line.contains(word));
    for (to, group) in groups {
        if !is_told_apart(line, tells, to, &group, head) {
            continue;
        }
        let is_head = |mention: &Mention| Some(mention.at) == head;
        // The headword stays only where nothing else would tell it from the others.
        let has_others = group
            .iter()
            .any(|mention| !is_head(mention) && changes(mention.c));
        for mention in group
            .iter()
            .filter(|mention| !has_others || !is_head(mention))
        {
            kept.push((mention.at, mention.c));
        }
    }
    kept
}

/// Whether characters of a line that may become one are told apart by it; they are in order. `tells` says that words tell
/// that it speaks of characters, `head` where its headword is.
fn is_told_apart(
    line: &str,
    tells: bool,
    to: char,
    group: &[&Mention],
    head: Option<usize>,
) -> bool {
    let is_head = |mention: &Mention| Some(mention.at) == head;
    let is_spoken_of = |mention: &Mention| {
        let is_quoted_form = mention.is_related && mention.stand != Stand::Told;
        is_head(mention) || is_quoted_form || mention.may_be_spoken_of(line, tells)
    };
    // A form without marks belongs to a headword: 後，通后. 他去寫作後，又寫作后 has none.
    let has_word = group.iter().any(|mention| is_spoken_of(mention));
    let spoken: Vec<&&Mention> = group
        .iter()
        .filter(|mention| is_spoken_of(mention) || mention.stand == Stand::Told && has_word)
        .collect();
    let first = spoken.first().map(|mention| mention.c);
    if spoken.iter().all(|mention| Some(mention.c) == first) {
        return false;
    }
    if spoken.iter().any(|mention| mention.is_related) {
        return true;
    }
    // Somebody may say both: 他問：「後」？她答：「后」！
    if !tells && !spoken.iter().any(|mention| mention.is_linked(line)) {
        return false;
    }
    // A character and its own simplified form may be the same word in two scripts. The headword counts as what it becomes.
    let forms = spoken.iter().map(|mention| match is_head(mention) {
        true => fold(mention.c),
        false => mention.c,
    });
    let others: BTreeSet<char> = forms.filter(|c| *c != to).collect();
    let names_scripts = || OF_BOTH_SCRIPTS.iter().any(|word| line.contains(word));
    others.len() > 1 || script(to).simplified == 0 || names_scripts()
}

/// Whether a quoted form is told by a word like 同, though the line does not show of what: the cell of a dictionary's table. A
/// note may name another character.
fn is_headless_form(line: &str, mention: &Mention) -> bool {
    let behind = line[mention.end()..].strip_prefix(CLOSING);
    mention.is_related
        && !is_noted(&line[..mention.at])
        && behind.is_some_and(|behind| !behind.trim_start().starts_with(|c| is_han(c) && c != '字'))
        && is_one_of_several(mention.c)
}
