//! Single characters that a line may speak of: between quotation marks or brackets, alone between marks, or behind a word like 同.

use super::merging::{differ, merge};
use jianti_text::chars::{Chars, is_han};
use jianti_text::scan::Positions;

const OPENING: [char; 6] = ['「', '『', '“', '‘', '"', '\''];
pub(super) const CLOSING: [char; 6] = ['」', '』', '”', '’', '"', '\''];

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
/// The same in notes of collation, where another character may be named as well.
const NOTES: [&str; 9] = [
    "一作", "原作", "初作", "旧作", "舊作", "误作", "誤作", "讹作", "訛作",
];
/// What may stand between such a word and the form.
const COPULAS: [char; 6] = ['為', '爲', '为', '是', '成', '作'];

/// What may stand between two characters of a pair that are quoted each, 「髮」或「發」, and between two in one bracket.
const JOINING: [&str; 8] = ["或", "還是", "还是", "和", "與", "与", "及", "跟"];
const LISTING: [&str; 4] = ["、", "/", "，", ","];
/// What leads from one form to another.
const ARROWS: [&str; 4] = ["→", "⇒", "->", "=>"];

jianti_text::look!(look_for_mentions, may_be_mentioned);

/// A Han character before something else, behind ASCII or a byte that one of 、「『“‘（〔【：，同通作 ends with; few other characters do.
/// A bracket that opens before what is beyond ASCII, too.
fn may_be_mentioned(before: u8, a: u8, b: u8, c: u8, d: u8, _e: u8) -> bool {
    let ends = (before == 0x81)
        | (before == 0x88)
        | (before == 0x8C)
        | (before == 0x8E)
        | (before == 0x90)
        | (before == 0x94)
        | (before == 0x98)
        | (before == 0x9A)
        | (before == 0x9C);
    let is_wide = (a == 0xEF) & (b == 0xBC) & (c == 0x88) & (d >= 0x80);
    let is_bracket = (a == b'(') & (b >= 0x80) | is_wide;
    is_lead(a) & !is_lead(d) & (ends | (before < 0x80)) | is_bracket
}

/// Whether a Han character begins with the byte; rarer ones, beyond some thousands, do not count.
#[inline(always)]
fn is_lead(byte: u8) -> bool {
    (byte >= 0xE4) & (byte <= 0xE9)
}

/// Where mentions may be in a text, and brackets that open.
pub(super) fn find_mentions(text: &str) -> Positions<'_> {
    Positions::new(text, look_for_mentions)
}

/// Whether a quotation stands between these.
fn quotes(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('「', '」') | ('『', '』') | ('“', '”') | ('‘', '’') | ('"', '"') | ('\'', '\'')
    )
}

pub(super) fn opens_bracket(c: char) -> bool {
    matches!(c, '(' | '（' | '〔' | '[' | '【')
}

/// Whether a quotation or a bracket opens.
fn encloses(c: char) -> bool {
    opens_bracket(c) || OPENING.contains(&c)
}

pub(super) fn closes_bracket(c: char) -> bool {
    matches!(c, ')' | '）' | '〕' | ']' | '】')
}

/// What stands directly in front of a quoted character that a sentence speaks of, and directly behind; other words are the
/// rest of a word that is set apart: 「發」財, 理「髮」.
static FRONT: Chars = Chars::of("於于是成改和與与作為为同通的或及跟讀读用叫把將将寫写像似");
static BEHIND: Chars = Chars::of(
    "是改本原误誤讹訛皆均這这字與与和不為为通用指的三兩两二在有同亦也就簡简讀读音或及跟、",
);

/// How a character stands that may be spoken of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Between quotation marks or brackets.
    Enclosed,
    /// Alone between other marks, or a line's ends.
    Bare,
    /// Behind a word like 同, unquoted, at a clause's end.
    Told,
}

/// A character that may be spoken of.
#[derive(Clone, Copy)]
pub(super) struct Mention {
    /// Where it is on its line, bytes.
    pub at: usize,
    pub c: char,
    pub stand: Stand,
    /// Whether a word like 同 stands before it.
    pub is_related: bool,
    /// Whether others stand beside it in a row: in a table, in a list.
    pub is_in_row: bool,
    /// Whether nothing but marks stands between it and another in front.
    follows: bool,
}

impl Mention {
    /// What stands at a byte that [`find_mentions`] found.
    pub fn at(line: &str, at: usize) -> Option<Mention> {
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
            _ if may_precede(&line[at + c.len_utf8()..]) && may_follow(before) => Stand::Bare,
            _ => return None,
        };
        Some(Mention {
            at,
            c,
            stand,
            is_related: is_behind_word || is_quoted && is_related(),
            is_in_row: false,
            follows: false,
        })
    }

    pub fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }

    /// The ideographs in front of and behind the marks around the character. Spaces may go when marks are set.
    fn beside(&self, line: &str) -> [Option<char>; 2] {
        let (before, behind) = (&line[..self.at], &line[self.end()..]);
        let mut before = before.chars().rev().skip(1).skip_while(|c| *c == ' ');
        let mut behind = behind.chars().skip(1).skip_while(|c| *c == ' ');
        let front = before.next().filter(|_| !self.follows);
        [front, behind.next()].map(|c| c.filter(|c| is_han(*c)))
    }

    /// The other character of a pair that this one begins, of which one becomes the other or both the same, and where it is:
    /// 「髮」或「發」, 台→臺, （後/后）. Nobody writes one word twice so, unless an arrow tells of its forms.
    pub fn pair(&self, line: &str) -> Option<(usize, char)> {
        let (before, behind) = (&line[..self.at], &line[self.end()..]);
        let is_quoted = self.stand == Stand::Enclosed && before.ends_with(OPENING);
        let rest = match is_quoted {
            true => behind.strip_prefix(CLOSING)?,
            false => behind,
        };
        let rest = rest.trim_start_matches(' ');
        let strip = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
        let listed = || strip(&LISTING).filter(|_| is_quoted || before.ends_with(encloses));
        let joined = || strip(&JOINING).filter(|_| is_quoted);
        let pointed = strip(&ARROWS);
        let rest = pointed.or_else(listed).or_else(joined)?;
        let rest = rest.trim_start_matches(' ');
        let inner = match is_quoted {
            true => rest.strip_prefix(OPENING)?,
            false => rest,
        };
        let other = inner.chars().next().filter(|c| is_han(*c))?;
        let next = inner[other.len_utf8()..].chars().next();
        let is_whole = match is_quoted || pointed.is_none() {
            true => next.is_some_and(|c| CLOSING.contains(&c) || closes_bracket(c) && !is_quoted),
            false => !next.is_some_and(is_han),
        };
        let tells = if pointed.is_some() { merge } else { differ };
        (is_whole && tells(self.c, other)).then(|| (line.len() - inner.len(), other))
    }

    /// Whether the sentence around the character may speak of it, and it is no part of a word; `tells` says that the line
    /// speaks of characters.
    pub fn may_be_spoken_of(&self, line: &str, tells: bool) -> bool {
        let [front, behind] = self.beside(line);
        match self.stand {
            Stand::Bare => tells && self.is_in_row,
            Stand::Told => false,
            Stand::Enclosed => {
                front.is_none_or(|c| FRONT.contains(c)) && behind.is_none_or(|c| BEHIND.contains(c))
            }
        }
    }

    /// Whether words that speak of it, or others like it, stand beside it.
    pub fn is_linked(&self, line: &str) -> bool {
        self.is_in_row || self.beside(line).iter().any(Option::is_some)
    }
}

/// Whether a word stands at the end of `before` behind which a form of a character is named.
fn relates(before: &str) -> bool {
    let named = before.strip_suffix(COPULAS).unwrap_or(before);
    let same = before.strip_suffix(['同', '通']);
    let words = || RELATIONS.iter().chain(&NOTES);
    let ends = |text: &str| {
        // What all of them end in, as most text does not.
        text.ends_with(['作', '體', '体', '字']) && words().any(|word| text.ends_with(word))
    };
    ends(before)
        || named.len() < before.len() && ends(named)
        || same.is_some_and(|front| !front.ends_with(|c| is_han(c) && !"古亦又也今".contains(c)))
}

/// Whether a note of collation names a form behind `before`.
pub(super) fn is_noted(before: &str) -> bool {
    let before = before.strip_suffix(OPENING).unwrap_or(before);
    NOTES.iter().any(|word| before.ends_with(word))
}

/// Whether a character may stand alone behind `before`. Marks' ends are none of the marks there: a space behind them may go
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
        let front = before.trim_end_matches(' ');
        let ends_sentence = |c| matches!(c, ';' | '；' | '!' | '！' | '?' | '？' | '。');
        let ends = |c| closes_bracket(c) || CLOSING.contains(&c) || ends_sentence(c);
        last == ' ' && !front.ends_with(ends) && (!front.ends_with('.') || is_marker(front))
    };
    is_mark() || opens_bracket(last) || is_space() && !counts(before)
}

/// Whether the full stop that ends here belongs to the number or letter of a list: 1., A. Behind a word it ends a sentence.
pub(super) fn is_marker(before: &str) -> bool {
    let front = before.trim_end_matches('.');
    let outer = front.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let begins = |c: char| c.is_whitespace() || !c.is_ascii() && !c.is_alphanumeric();
    before.len() - front.len() == 1
        && outer.len() < front.len()
        && outer.chars().next_back().is_none_or(begins)
}

/// Whether a character may stand alone before `behind`. What marks become that are set counts as they do.
fn may_precede(behind: &str) -> bool {
    let Some(next) = behind.chars().next() else {
        return true;
    };
    let is_mark = matches!(
        next,
        '、' | '，'
            | ','
            | '；'
            | ';'
            | '：'
            | ':'
            | '。'
            | '.'
            | '…'
            | '/'
            | '|'
            | '｜'
            | '='
            | '*'
            | '→'
            | '⇒'
    ) || behind.starts_with("->");
    // A space before these may go.
    let is_space =
        || next.is_whitespace() && !behind.trim_start().starts_with(['!', '！', '?', '？']);
    let is_bracket = encloses(next) || closes_bracket(next);
    is_mark || is_bracket || is_space()
}

/// Whether a number or a word in Latin letters and a space end here, so that what follows goes with it: 3 隻
fn counts(before: &str) -> bool {
    let front = before.strip_suffix(' ');
    static NUMERALS: Chars = Chars::of("一二三四五六七八九十百千萬万兩两幾几數数半");
    let is_number = |c: char| match is_han(c) {
        true => NUMERALS.contains(c),
        false => c.is_alphanumeric(),
    };
    front.is_some_and(|front| front.ends_with(is_number))
}

/// Whether nothing but marks, and at most one word that joins two, stands between mentions: 「發」和「髮」
fn is_row(between: &str) -> bool {
    let mut words = between.chars().filter(|c| is_han(*c));
    words
        .next()
        .is_none_or(|c| "和與与及或跟".contains(c) && words.next().is_none())
}

/// What a line may speak of, in order.
pub(super) fn mentions(line: &str) -> Vec<Mention> {
    let mut found = find_mentions(line);
    let (mut mentions, mut from): (Vec<Mention>, usize) = (Vec::new(), 0);
    while let Some(at) = found.next(from) {
        from = at + 1;
        let Some(mut mention) = Mention::at(line, at) else {
            continue;
        };
        if let Some(last) = mentions.last_mut() {
            let between = &line[last.end()..at];
            mention.is_in_row = is_row(between);
            mention.follows = mention.is_in_row && !between.contains(is_han);
            last.is_in_row |= mention.is_in_row;
        }
        mentions.push(mention);
    }
    mentions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_lets_all_words_pass() {
        for word in RELATIONS.iter().chain(&NOTES) {
            assert!(relates(word), "{word}");
        }
        assert!(relates("俗作為") && !relates("作者") && !relates("俗語"));
    }
}
