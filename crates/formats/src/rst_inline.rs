//! Inline markup of reStructuredText: where it begins and ends, as docutils recognises it.
//!
//! Markup begins behind white space or a mark that opens, and ends before white space or a mark that closes. Authors of
//! Chinese text often leave the spaces out, and set docutils to do without them; such markup is taken too, where it is short
//! and nothing else can be meant.

use std::collections::HashSet;
use std::ops::Range;

use jianti_text::lines::front;

/// Marks at which something may begin, or at whose end a name stands.
const MARKS: [char; 5] = ['`', '|', '[', '_', ':'];

/// No name of a role is longer, bytes.
const LONGEST_ROLE: usize = 128;

/// What a part of a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ` ``code`` `, `[1]_`, `文字__`: what of it is shown.
    Kept(Range<usize>),
    /// `|名稱|`, `|名稱|_`: the name, and whether it is a reference too.
    Substitution { name: Range<usize>, refers: bool },
    /// `` _`名稱` ``: the name.
    Target(Range<usize>),
    /// `名稱_`, `` `名稱`_ ``: the name.
    Reference(Range<usize>),
    /// `` `文字 <地址>`_ ``, `` `文字 <名稱_>`_ ``, `` `文字`__ ``, or with the default role `` `文字` ``.
    Phrase {
        text: Range<usize>,
        /// The name of what it refers to, if that is written beside it.
        target: Option<Range<usize>>,
        /// Whether others may refer to what it refers to by its text.
        is_named: bool,
    },
    /// `` :role:`text <target>` ``.
    Role {
        name: Range<usize>,
        text: Option<Range<usize>>,
        target: Range<usize>,
    },
}

/// A part of a text that is markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
}

/// What ends with these marks.
#[derive(Clone, Copy, Debug)]
enum End {
    Literal,
    Quote,
    Bar,
}

/// Walks through the markup of a text: a paragraph, a cell, a title.
pub(crate) struct Inline<'t> {
    text: &'t str,
    /// The names of the document's substitutions.
    substitutions: &'t HashSet<&'t str>,
    /// How far it is read, and where marks are looked for next.
    from: usize,
    at: usize,
    /// Where each kind of markup ends next, so that a text full of beginnings is not looked through for each of them.
    ends: [Option<Option<Range<usize>>>; 3],
}

impl<'t> Inline<'t> {
    /// `substitutions` are the names that the document defines.
    pub fn new(text: &'t str, substitutions: &'t HashSet<&'t str>) -> Inline<'t> {
        Inline {
            text,
            substitutions,
            from: 0,
            at: 0,
            ends: [None, None, None],
        }
    }

    /// What begins at a mark, or ends there if it is a name.
    fn token(&mut self, at: usize) -> Option<Token> {
        let rest = &self.text[at..];
        let begins = self.begins(at);
        match rest.as_bytes()[0] {
            b'`' if rest.starts_with("``") => {
                let end = self.end(at, 2, End::Literal, begins)?;
                Some(token(at..end.end, Kind::Kept(at + 2..end.start)))
            }
            b'`' => self.quoted(at, at, begins),
            b'_' if rest.starts_with("_`") && !rest.starts_with("_``") => {
                let end = self.end(at, 2, End::Quote, begins)?;
                Some(token(at..end.start + 1, Kind::Target(at + 2..end.start)))
            }
            b'_' => self.reference(at),
            b'|' => self.substitution(at, begins),
            b'[' => self.label(at),
            _ => {
                let length = simple_name(front(&rest[1..], LONGEST_ROLE));
                let quote = at + length + 2;
                let is_role = length > 0
                    && rest[length + 1..].starts_with(":`")
                    && !rest[length + 1..].starts_with(":``");
                is_role.then(|| self.quoted(at, quote, begins)).flatten()
            }
        }
    }

    /// `|名稱|`
    fn substitution(&mut self, at: usize, begins: bool) -> Option<Token> {
        let end = self.end(at, 1, End::Bar, begins)?;
        let name = at + 1..end.start;
        let text = &self.text[name.clone()];
        let is_known = self.substitutions.contains(text);
        // What another file defines is told by its form alone.
        let may_be = is_known || !text.contains(|c: char| c.is_whitespace() || c == '|');
        let refers = end.len() > 1;
        may_be.then(|| token(at..end.end, Kind::Substitution { name, refers }))
    }

    /// `[1]_`
    fn label(&self, at: usize) -> Option<Token> {
        let rest = &self.text[at + 1..];
        let length = match rest.as_bytes().first()? {
            b'*' => 1,
            b'#' => 1 + simple_name(&rest[1..]),
            _ => simple_name(rest),
        };
        let behind = rest[length..].strip_prefix("]_")?;
        let goes_on = behind.starts_with(|c: char| c == '_' || c.is_ascii_alphanumeric());
        let is_label = length > 0 && !goes_on && !is_escaped(&self.text[..at]);
        let name = at + 1..at + 1 + length;
        is_label.then(|| token(at..name.end + 2, Kind::Kept(name)))
    }

    /// Text in back quotes that begin at `quote`, with the role that begins at `at` if that is before it.
    fn quoted(&mut self, at: usize, quote: usize, begins: bool) -> Option<Token> {
        let end = self.end(quote, 1, End::Quote, begins)?;
        let suffix = &self.text[end.start + 1..end.end];
        let inner = quote + 1..end.start;
        let (text, target) = titled(&self.text[inner.clone()]);
        let place = |range: Range<usize>| inner.start + range.start..inner.start + range.end;
        let (text, target) = (place(text), target.map(place));
        let role = match at < quote {
            true => Some(at + 1..quote - 1),
            false if suffix.starts_with(':') => Some(end.start + 2..end.end - 1),
            false => None,
        };
        let underscores = suffix
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'_')
            .count();
        let kind = match (role, target, underscores) {
            (Some(name), Some(target), _) => Kind::Role {
                name,
                text: Some(text),
                target,
            },
            (Some(name), None, _) => Kind::Role {
                name,
                text: None,
                target: inner,
            },
            (None, None, 1) => Kind::Reference(inner),
            (None, target, _) => {
                let is_named = target.is_some() && underscores == 1;
                let alias = target.filter(|target| is_alias(&self.text[target.clone()]));
                let target = alias.map(|target| target.start..target.end - 1);
                Kind::Phrase {
                    text,
                    target,
                    is_named,
                }
            }
        };
        Some(token(at..end.end, kind))
    }

    /// A name with its underscores at byte `at`: `名稱_`.
    fn reference(&self, at: usize) -> Option<Token> {
        let rest = &self.text[at..];
        let underscores = if rest.starts_with("__") { 2 } else { 1 };
        if rest[underscores..].starts_with(|c: char| c == '_' || c.is_alphanumeric()) {
            return None;
        }
        let mut start = at;
        // The leftmost place where the name may begin, or else that of its first letter.
        let (mut begin, mut was_letter) = (None, false);
        for (place, c) in self.text[self.from..at].char_indices().rev() {
            let is_letter = c.is_alphanumeric();
            let is_joined = was_letter && "-._+:".contains(c);
            if !is_letter && !is_joined {
                break;
            }
            was_letter = is_letter;
            if is_letter {
                start = self.from + place;
                begin = if self.begins(start) {
                    Some(start)
                } else {
                    begin
                };
            }
        }
        let start = begin.unwrap_or(start);
        let name = start..at;
        let range = start..at + underscores;
        let kind = match underscores {
            1 => Kind::Reference(name.clone()),
            _ => Kind::Kept(name.clone()),
        };
        (!name.is_empty()).then(|| token(range, kind))
    }

    /// Whether markup may begin at byte `at`, by what is before it.
    fn begins(&self, at: usize) -> bool {
        let before = &self.text[self.from..at];
        !is_escaped(before) && before.chars().next_back().is_none_or(opens)
    }

    /// Where markup ends that begins with so many marks at byte `at`: the marks at its end. `begins` says that it begins where
    /// docutils has it begin.
    fn end(&mut self, at: usize, marks: usize, kind: End, begins: bool) -> Option<Range<usize>> {
        let start = at + marks;
        if is_escaped(&self.text[..at]) || self.text[start..].starts_with(char::is_whitespace) {
            return None;
        }
        let before = self.text[self.from..at].chars().next_back();
        let behind = self.text[start..].chars().next()?;
        if before.is_some_and(|before| encloses(before, behind)) {
            return None;
        }
        let is_whole = |end: &Range<usize>| end.start > start;
        if let Some(end) = self.near_end(start, kind, begins) {
            return Some(end).filter(is_whole);
        }
        let end = begins.then(|| self.next_end(start, kind))?;
        end.filter(is_whole)
    }

    /// The same where the next such mark is on the same line and ends it, whatever stands behind it.
    fn near_end(&self, start: usize, kind: End, begins: bool) -> Option<Range<usize>> {
        let mark = if matches!(kind, End::Bar) { '|' } else { '`' };
        let at = start + self.text[start..].find([mark, '\n'])?;
        let inner = &self.text[start..at];
        let end = end_marks(self.text, at, kind)?;
        if inner.is_empty() || begins && ends(self.text, end.end) {
            return Some(end);
        }
        let is_meant = match kind {
            End::Bar => self.substitutions.contains(inner),
            // What stands behind an opening mark would rather begin something.
            _ => !inner.ends_with(opens) && !self.text[end.end..].starts_with(mark),
        };
        is_meant.then_some(end)
    }

    /// The first marks of this kind from `start` on that end something.
    fn next_end(&mut self, start: usize, kind: End) -> Option<Range<usize>> {
        let known = &mut self.ends[kind as usize];
        if let Some(end) = known
            && end.as_ref().is_none_or(|end| end.start >= start)
        {
            return end.clone();
        }
        let mark = if matches!(kind, End::Bar) { b'|' } else { b'`' };
        let text = self.text;
        let mut places = memchr::memchr_iter(mark, &text.as_bytes()[start..]);
        let end = places.find_map(|at| {
            let end = end_marks(text, start + at, kind)?;
            ends(text, end.end).then_some(end)
        });
        *known = Some(end.clone());
        end
    }
}

impl Iterator for Inline<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            self.at += self.text[self.at..].find(MARKS)?;
            let at = self.at;
            let Some(token) = self.token(at) else {
                // Two back quotes that begin nothing are passed together.
                let is_double = self.text[at..].starts_with("``");
                self.at += if is_double { 2 } else { 1 };
                continue;
            };
            (self.from, self.at) = (token.range.end, token.range.end);
            return Some(token);
        }
    }
}

fn token(range: Range<usize>, kind: Kind) -> Token {
    Token { range, kind }
}

/// The marks of this kind at byte `at`, with the underscores or the role behind them, if something may end before them.
fn end_marks(text: &str, at: usize, kind: End) -> Option<Range<usize>> {
    let (before, rest) = text.split_at(at);
    let mark = match kind {
        End::Literal => "``",
        End::Quote => "`",
        End::Bar => "|",
    };
    let behind = rest.strip_prefix(mark)?;
    let last = before.chars().next_back()?;
    let is_space = last.is_whitespace();
    let is_barred = match kind {
        End::Literal => is_space,
        End::Quote => {
            is_escaped(before) || is_space && !is_escaped(&before[..before.len() - last.len_utf8()])
        }
        End::Bar => is_escaped(before) || is_space,
    };
    if is_barred {
        return None;
    }
    let start = at + mark.len();
    if matches!(kind, End::Literal) {
        return Some(at..start);
    }
    let underscores = |from: usize| {
        text[from..]
            .bytes()
            .take(2)
            .take_while(|byte| *byte == b'_')
            .count()
    };
    if matches!(kind, End::Quote)
        && let Some(name) = behind.strip_prefix(':')
        && let length = simple_name(front(name, LONGEST_ROLE))
        && length > 0
        && name[length..].starts_with(':')
    {
        let end = start + length + 2;
        if ends(text, end) {
            return Some(at..end);
        }
    }
    Some(at..start + underscores(start))
}

/// Whether markup may end at byte `at`, by what is behind it.
fn ends(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_none_or(closes)
}

/// The length of the simple name that `text` begins with, bytes: letters and digits with single marks between them.
fn simple_name(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
        } else if at != end || !"-._+:".contains(c) {
            break;
        }
    }
    end
}

/// Whether what follows this text is escaped by a backslash.
fn is_escaped(before: &str) -> bool {
    before
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count()
        % 2
        == 1
}

/// Whether markup may begin behind this character.
fn opens(c: char) -> bool {
    match c {
        '\'' | '"' | '(' | '[' | '{' | '<' | '-' | '/' | ':' => true,
        '\0'..='\x7F' => c.is_ascii_whitespace(),
        '（' | '〔' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '〖' | '〝' | '﹁'
        | '﹃' => true,
        _ => parts(c),
    }
}

/// Whether markup may end in front of this character.
fn closes(c: char) -> bool {
    match c {
        '\'' | '"' | ')' | ']' | '}' | '>' | '-' | '/' | ':' => true,
        '\\' | '.' | ',' | ';' | '!' | '?' => true,
        '\0'..='\x7F' => c.is_ascii_whitespace(),
        '）' | '〕' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】' | '〗' | '〞' | '﹂'
        | '﹄' => true,
        _ => parts(c),
    }
}

/// Whether a character beyond ASCII parts words: a space, a dash, a quotation mark, a mark of a sentence.
fn parts(c: char) -> bool {
    let is_mark = matches!(c, '·' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203E}' | '、'..='〃' | '〜' | '〰' | '・')
        || matches!(c, '！'..='＃' | '％'..='＇' | '＊' | '，'..='／' | '：' | '；' | '？' | '＠' | '＼' | '｡' | '､' | '･')
        || matches!(c, '«' | '»' | '¡' | '¿' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE32}' | '\u{FE49}'..='\u{FE6B}');
    is_mark || c.is_whitespace()
}

/// Whether two characters are the quotation marks or brackets around something: what stands alone between them is no markup.
fn encloses(before: char, behind: char) -> bool {
    const PAIRS: [&str; 16] = [
        "\"\"", "''", "()", "[]", "{}", "<>", "（）", "［］", "「」", "『』", "《》", "〈〉",
        "【】", "〔〕", "“”", "‘’",
    ];
    let is_pair = |pair: &&str| pair.starts_with(before) && pair.ends_with(behind);
    PAIRS.iter().any(is_pair)
}

/// What of `text <target>` is text, and what its target is if it has one.
pub(crate) fn titled(text: &str) -> (Range<usize>, Option<Range<usize>>) {
    let without = (0..text.len(), None);
    let Some(inner) = text.strip_suffix('>') else {
        return without;
    };
    let Some(at) = inner.rfind('<') else {
        return without;
    };
    let front = text[..at].strip_suffix([' ', '\n']).unwrap_or(&text[..at]);
    (0..front.len(), Some(at + 1..inner.len()))
}

/// Whether the target of a reference is the name of another: `名稱_`.
fn is_alias(target: &str) -> bool {
    target.ends_with('_') && !target.ends_with("\\_") && !target.contains("://")
}

/// Text as it is shown, without the backslashes of escapes.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.extend(characters.next().filter(|c| !c.is_whitespace()));
    }
    out
}

/// What a text shows, without its markup.
pub(crate) fn shown(text: &str, substitutions: &HashSet<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    let plain = |range: Range<usize>| unescaped(&text[range].replace('*', ""));
    let mut done = 0;
    for token in Inline::new(text, substitutions) {
        out.push_str(&plain(done..token.range.start));
        done = token.range.end;
        match token.kind {
            Kind::Kept(inner) => out.push_str(&text[inner]),
            Kind::Substitution { name, .. } | Kind::Target(name) | Kind::Reference(name) => {
                out.push_str(&unescaped(&text[name]));
            }
            Kind::Phrase { text: inner, .. } => out.push_str(&unescaped(&text[inner])),
            Kind::Role {
                text: inner,
                target,
                ..
            } => {
                out.push_str(&unescaped(&text[inner.unwrap_or(target)]));
            }
        }
    }
    out + &plain(done..text.len())
}
