//! Characters that a line speaks of, and tells apart: 「髮」不同於「發」, 銜…同「啣」, 发〔發、髮〕. They stay where the conversion would make
//! one character of two, as the line would say nothing then.
//!
//! A single character that stands in quotation marks or brackets, alone between marks, or behind a word like 同 and 俗作 may be
//! spoken of, if words like 是 and 字 stand beside it, or another such character. What is a part of a word (理「髮」) is not, and
//! what nothing on its line is told apart from is converted: 寫了一個「愛」字.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::Choice;
use super::reason::{Decision, Reason};
use jianti_data::choice::{FOLD, find, fold, shares};
use jianti_text::ScriptCount;
use jianti_text::chars::is_han;
use jianti_text::scan::Positions;

/// How sure it is that a character that is kept is spoken of, percent: as sure as what is in doubt can be.
const SURE: u8 = 88;

const OPENING: [char; 6] = ['「', '『', '“', '‘', '"', '\''];
const CLOSING: [char; 6] = ['」', '』', '”', '’', '"', '\''];

/// Words behind which a form of the character is named that the line speaks of; 同 and 通 are beside them.
const RELATIONS: [&str; 28] = [
    "亦作",
    "又作",
    "或作",
    "也作",
    "俗作",
    "古作",
    "本作",
    "今作",
    "通作",
    "寫作",
    "写作",
    "異體",
    "异体",
    "異體字",
    "异体字",
    "繁體",
    "繁体",
    "繁體字",
    "繁体字",
    "正體",
    "正体",
    "正體字",
    "正体字",
    "簡體",
    "简体",
    "簡體字",
    "简体字",
    "俗字",
];
/// What may stand between such a word and the form.
const COPULAS: [char; 6] = ['為', '爲', '为', '是', '成', '作'];
/// Words that tell that a line speaks of characters.
const TELLS: [&str; 15] = [
    "簡化", "简化", "簡體", "简体", "繁體", "繁体", "異體", "异体", "正體", "正体", "俗字", "本字",
    "個字", "个字", "通假",
];

jianti_text::look!(look_for_cited, may_be_cited);

/// A Han character before something else, behind ASCII or a byte that one of 、「『“‘（〔【：，同通作 ends with; few other characters do.
fn may_be_cited(before: u8, a: u8, _b: u8, _c: u8, d: u8, _e: u8) -> bool {
    let ends = (before == 0x81)
        | (before == 0x88)
        | (before == 0x8C)
        | (before == 0x8E)
        | (before == 0x90)
        | (before == 0x94)
        | (before == 0x98)
        | (before == 0x9A)
        | (before == 0x9C);
    is_lead(a) & !is_lead(d) & (ends | (before < 0x80))
}

/// Whether a Han character begins with the byte; rarer ones, beyond some thousands, do not count.
#[inline(always)]
fn is_lead(byte: u8) -> bool {
    (byte >= 0xE4) & (byte <= 0xE9)
}

/// Whether a quotation stands between these.
fn quotes(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('「', '」') | ('『', '』') | ('“', '”') | ('‘', '’') | ('"', '"') | ('\'', '\'')
    )
}

fn opens_bracket(c: char) -> bool {
    matches!(c, '(' | '（' | '〔' | '[' | '【')
}

fn closes_bracket(c: char) -> bool {
    matches!(c, ')' | '）' | '〕' | ']' | '】')
}

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
/// What stands directly in front of a quoted character that a sentence speaks of, and directly behind; other words are the
/// rest of a word that is set apart: 「發」財, 理「髮」.
const FRONT: &str = "於于是成改和與与作為为同通的或及跟讀读用叫把將将寫写像似";
const BEHIND: &str = "是改本原皆均這这字與与和不為为通用指的三兩两二在有同亦也就簡简讀读音或及跟、";

/// How a character stands that may be spoken of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Between quotation marks or brackets.
    Enclosed,
    /// Alone between other marks, or a line's ends.
    Bare,
    /// Behind a word like 同, unquoted, at a clause's end.
    Told,
}

/// A character that may be spoken of.
#[derive(Clone, Copy)]
struct Mention {
    /// Where it is on its line, bytes.
    at: usize,
    c: char,
    stand: Stand,
    /// Whether a word like 同 stands before it.
    is_related: bool,
    /// Which row it is in, and whether others are in that: a row of a table, a list.
    row: usize,
    is_in_row: bool,
}

impl Mention {
    /// What stands at a byte that [`look_for_cited`] found.
    fn at(line: &str, at: usize) -> Option<Mention> {
        let before = &line[..at];
        let last = before.chars().next_back();
        let is_behind_word = last.is_some_and(is_han);
        if is_behind_word && !before.ends_with(['同', '通', '作']) {
            return None;
        }
        let mut rest = line[at..].chars();
        let c = rest.next().filter(|c| is_han(*c))?;
        let next = rest.next();
        let pair = last.zip(next);
        let is_quoted = pair.is_some_and(|(last, next)| quotes(last, next));
        let is_related = || {
            let unquoted = before.strip_suffix(OPENING).filter(|_| is_quoted);
            relates(unquoted.unwrap_or(before))
        };
        let is_enclosed =
            || pair.is_some_and(|(last, next)| opens_bracket(last) && closes_bracket(next));
        let stand = match next {
            Some(next) if is_han(next) => return None,
            _ if is_behind_word => is_related().then_some(Stand::Told)?,
            _ if is_quoted || is_enclosed() => Stand::Enclosed,
            _ if may_precede(next) && may_follow(before) => Stand::Bare,
            _ => return None,
        };
        Some(Mention {
            at,
            c,
            stand,
            is_related: is_behind_word || is_quoted && is_related(),
            row: 0,
            is_in_row: false,
        })
    }

    /// The ideographs directly in front of and behind the marks around the character.
    fn beside(&self, line: &str) -> [Option<char>; 2] {
        let (before, rest) = line.split_at(self.at);
        [before.chars().rev().nth(1), rest.chars().nth(2)].map(|c| c.filter(|c| is_han(*c)))
    }

    /// Whether the sentence around the character may speak of it, and it is no part of a word; `tells` says that the line
    /// speaks of characters.
    fn may_be_spoken_of(&self, line: &str, tells: bool) -> bool {
        let [front, behind] = self.beside(line);
        match self.stand {
            Stand::Bare => tells && self.is_in_row,
            _ => {
                front.is_none_or(|c| FRONT.contains(c)) && behind.is_none_or(|c| BEHIND.contains(c))
            }
        }
    }

    /// Whether words that speak of it, or others like it, stand beside it.
    fn is_linked(&self, line: &str) -> bool {
        self.is_in_row || self.beside(line).iter().any(Option::is_some)
    }
}

/// Whether a word stands at the end of `before` behind which a form of a character is named.
fn relates(before: &str) -> bool {
    let named = before.strip_suffix(COPULAS).unwrap_or(before);
    let same = before.strip_suffix(['同', '通']);
    RELATIONS
        .iter()
        .any(|word| before.ends_with(word) || named.ends_with(word))
        || same.is_some_and(|front| !front.ends_with(|c| is_han(c) && !"古亦又也今".contains(c)))
}

/// Whether a character may stand alone behind `before`. A bracket's end is none of the marks there: a space behind it may go
/// when marks are set, and full-width marks take the place of others.
fn may_follow(before: &str) -> bool {
    let Some(last) = before.chars().next_back() else {
        return true;
    };
    let is_mark = || {
        matches!(
            last,
            '、' | '，' | ',' | '：' | ':' | '/' | '|' | '｜' | '=' | '*' | '\t' | '\n'
        )
    };
    let is_space = || {
        last == ' '
            && !before[..before.len() - 1].ends_with(|c| closes_bracket(c) || CLOSING.contains(&c))
    };
    is_mark() || opens_bracket(last) || is_space() && !counts(before)
}

/// Whether a character may stand alone before `next`.
fn may_precede(next: Option<char>) -> bool {
    next.is_none_or(|c| {
        let is_mark = matches!(
            c,
            '、' | '，'
                | ','
                | '；'
                | ';'
                | '：'
                | ':'
                | '。'
                | '.'
                | '/'
                | '|'
                | '｜'
                | '='
                | '*'
                | '→'
        );
        is_mark || c.is_whitespace() || opens_bracket(c) || closes_bracket(c)
    })
}

/// Whether a number or a word in Latin letters and a space end here, so that what follows goes with it: 3 隻
fn counts(before: &str) -> bool {
    let front = before.strip_suffix(' ');
    let is_number = |c: char| match is_han(c) {
        true => "一二三四五六七八九十百千萬万兩两幾几數数半".contains(c),
        false => c.is_alphanumeric(),
    };
    front.is_some_and(|front| front.ends_with(is_number))
}

/// What a character can become.
fn outcomes(c: char) -> [char; 2] {
    match find(c) {
        Some((_, place)) => [place.kept, place.changed],
        None => [fold(c); 2],
    }
}

fn changes(c: char) -> bool {
    outcomes(c) != [c; 2]
}

/// Whether the character that `text` begins with would change where `chosen` is what the choice made of it.
pub fn would_change(text: &str, chosen: &str) -> bool {
    let [c, chosen] = [text, chosen].map(|text| text.chars().next());
    c != chosen || c.is_some_and(|c| outcomes(c)[0] != c)
}

/// Whether two different characters may become one.
fn merge(a: char, b: char) -> bool {
    let others = outcomes(b);
    a != b && outcomes(a).iter().any(|c| others.contains(c))
}

fn script(c: char) -> ScriptCount {
    let mut count = ScriptCount::default();
    count.add_char(c);
    count
}

/// Whether what a traditional character becomes stands for another one too, so that 同「啣」 would name what it is told apart from.
fn is_one_of_several(c: char) -> bool {
    let to = outcomes(c)[1];
    let is_other = |from: char| from != c && script(from).traditional > 0;
    changes(c)
        && (script(to).simplified == 0
            || FOLD
                .iter()
                .any(|(from, found)| *found == to && is_other(*from)))
}

impl Choice {
    /// Where the characters of whole lines are that these tell apart, and that stay as they are; bytes, in order.
    pub fn cited(&self, text: &str) -> Vec<usize> {
        let mut found = Positions::new(text, look_for_cited);
        let (mut kept, mut from) = (Vec::new(), 0);
        let mut line = Line::default();
        while let Some(at) = found.next(from) {
            from = at + 1;
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
            if line.tells(&mention) {
                let told = told_apart(&text[line.start..line.end]);
                kept.extend(told.into_iter().map(|at| line.start + at));
                from = line.end;
            }
        }
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
    fn tells(&mut self, mention: &Mention) -> bool {
        let c = mention.c;
        if self.count == Line::MOST
            || self.met[..self.count].iter().any(|met| merge(*met, c))
            || mention.is_related && changes(c)
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
    let (mentions, head) = mentions(line);
    let mut kept = BTreeSet::new();
    let mut keep = |at: usize, c: char| {
        if changes(c) {
            kept.insert(at);
        }
    };
    for mention in &mentions {
        if is_headless_form(line, mention) {
            keep(mention.at, mention.c);
        }
    }
    let mut groups: BTreeMap<char, Vec<&Mention>> = BTreeMap::new();
    for mention in head.iter().chain(&mentions) {
        for to in BTreeSet::from(outcomes(mention.c)) {
            groups.entry(to).or_default().push(mention);
        }
    }
    let speaking = Speaking {
        of_characters: TELLS.iter().any(|word| line.contains(word)),
        of_nothing_else: is_row_of_characters(line),
    };
    for (to, group) in groups {
        if !is_told_apart(line, speaking, to, &group, head.as_ref()) {
            continue;
        }
        let is_head = |mention: &Mention| head.as_ref().is_some_and(|head| head.at == mention.at);
        // The headword stays only where nothing else would tell it from the others.
        let tells = group
            .iter()
            .any(|mention| !is_head(mention) && changes(mention.c));
        for mention in group.iter().filter(|mention| !tells || !is_head(mention)) {
            keep(mention.at, mention.c);
        }
    }
    kept
}

/// What a line is about.
#[derive(Clone, Copy)]
struct Speaking {
    /// Whether words tell that it speaks of characters.
    of_characters: bool,
    /// Whether it has no words at all.
    of_nothing_else: bool,
}

/// Whether characters of a line that may become one are told apart by it; they are in order.
fn is_told_apart(
    line: &str,
    speaking: Speaking,
    to: char,
    group: &[&Mention],
    head: Option<&Mention>,
) -> bool {
    let (tells, is_alone) = (speaking.of_characters, speaking.of_nothing_else);
    let is_head = |mention: &Mention| head.is_some_and(|head| head.at == mention.at);
    let spoken: Vec<&&Mention> = group
        .iter()
        .filter(|mention| {
            is_alone
                || is_head(mention)
                || mention.is_related
                || mention.may_be_spoken_of(line, tells)
        })
        .collect();
    let first = spoken.first().map(|mention| mention.c);
    if spoken.iter().all(|mention| Some(mention.c) == first) {
        return false;
    }
    if is_alone || spoken.iter().any(|mention| mention.is_related) {
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

/// Whether a line has no words, but characters one by one, as a table of them has: 宁,寧,(甯)
fn is_row_of_characters(line: &str) -> bool {
    let mut before = ' ';
    line.chars().all(|c| {
        let is_word = is_han(before) && is_han(c);
        before = c;
        !is_word && !"。！？!?".contains(c)
    })
}

/// Whether a quoted form is told by a word like 同, though the line does not show of what: the cell of a dictionary's table.
fn is_headless_form(line: &str, mention: &Mention) -> bool {
    let rest = &line[mention.at + mention.c.len_utf8()..];
    let behind = rest.strip_prefix(CLOSING);
    mention.is_related
        && behind.is_some_and(|behind| !behind.starts_with(|c| is_han(c) && c != '字'))
        && is_one_of_several(mention.c)
}

/// Whether nothing but marks, and at most one word that joins two, stands between mentions: 「發」和「髮」
fn is_row(between: &str) -> bool {
    let mut words = between.chars().filter(|c| is_han(*c));
    words
        .next()
        .is_none_or(|c| "和與与及或跟".contains(c) && words.next().is_none())
}

/// What a line may speak of, and its headword: what stands bare at its beginning.
fn mentions(line: &str) -> (Vec<Mention>, Option<Mention>) {
    let mut found = Positions::new(line, look_for_cited);
    let (mut mentions, mut from): (Vec<Mention>, usize) = (Vec::new(), 0);
    while let Some(at) = found.next(from) {
        from = at + 1;
        let Some(mut mention) = Mention::at(line, at) else {
            continue;
        };
        if let Some(last) = mentions.last_mut() {
            let end = last.at + last.c.len_utf8();
            mention.is_in_row = is_row(&line[end..at]);
            last.is_in_row |= mention.is_in_row;
            mention.row = last.row + usize::from(!mention.is_in_row);
        }
        mentions.push(mention);
    }
    let is_bare = |mention: &Mention| mention.stand == Stand::Bare && !mention.is_in_row;
    let first = mentions.first().filter(|mention| is_bare(mention));
    let head = first
        .filter(|mention| !line[..mention.at].contains(is_han))
        .copied();
    mentions.retain(|mention| !is_bare(mention));
    (mentions, head)
}
