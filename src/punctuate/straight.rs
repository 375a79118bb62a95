//! Straight quotation marks: " and ' around Chinese text are marks of it.

use super::context::{first, is_chinese, is_han, last};

/// What straight quotation marks of a line become, by their places in ascending order. Those that are left alone are not
/// among them: all of a line whose marks are no pairs, and those of code and of measures. `is_protected` tells places that
/// are no text.
pub fn curly(line: &str, mut is_protected: impl FnMut(usize) -> bool) -> Vec<(usize, char)> {
    let mut double: Vec<usize> = Vec::new();
    for (at, _) in line.match_indices('"') {
        let before = &line[..at];
        let is_inch = double.len() % 2 == 0 && last(before).is_some_and(|c| c.is_ascii_digit());
        if before.ends_with('\\') {
            return Vec::new();
        }
        if !is_inch && !is_protected(at) {
            double.push(at);
        }
    }
    let mut found = Vec::new();
    if double.len() % 2 == 0 {
        let pairs: Vec<Pair> = double
            .chunks(2)
            .map(|pair| Pair::new(line, pair[0], pair[1]))
            .collect();
        let is_quotation = |pair: &Pair| pair.holds_chinese() && pair.is_quotation();
        // What else is quoted beside a Chinese quotation has the marks that it has.
        let any = pairs.iter().any(is_quotation);
        let is_like = |pair: &Pair| {
            let words = pair.holds_chinese() || pair.is_word() && pair.is_among_chinese();
            words && !pair.is_code()
        };
        for pair in pairs.iter().filter(|pair| any && is_like(pair)) {
            found.extend([(pair.start, '“'), (pair.end, '”')]);
        }
    }
    found.extend(single(line, is_protected));
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Two marks and what they enclose.
struct Pair<'a> {
    start: usize,
    end: usize,
    before: &'a str,
    content: &'a str,
    after: &'a str,
}

impl<'a> Pair<'a> {
    fn new(line: &'a str, start: usize, end: usize) -> Pair<'a> {
        Pair {
            start,
            end,
            before: &line[..start],
            content: &line[start + 1..end],
            after: line[end + 1..].trim_end_matches(['\r', '\n']),
        }
    }

    fn holds_chinese(&self) -> bool {
        self.content.contains(is_han)
            && !self.content.starts_with(' ')
            && !self.content.ends_with(' ')
    }

    /// Whether a program, a record or a formula quotes here.
    fn is_code(&self) -> bool {
        let before = self.before.trim_end_matches(' ');
        let call = before.strip_suffix('(').and_then(last);
        call.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
            || before.ends_with([
                '=', '[', '{', '+', '\\', '|', '&', '#', '$', '@', '%', ';', '/',
            ])
            || self
                .after
                .trim_start()
                .starts_with(['=', '[', ']', '{', '}', '+', '*', '\\', '|', '&', '<', '/'])
    }

    /// Whether prose quotes here.
    fn is_quotation(&self) -> bool {
        if self.is_code() {
            return false;
        }
        let before = self.before.trim_end_matches(' ');
        if before.is_empty() || before.ends_with(['(', '“', '‘']) || follows_chinese(before) {
            return true;
        }
        // Google"谷歌"是
        let name = before
            .rsplit(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_uppercase()) && self.precedes_chinese()
    }

    /// Whether the content is words, and nothing that a program is given.
    fn is_word(&self) -> bool {
        let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '!' | '?' | '\'');
        self.content.starts_with(char::is_alphabetic)
            && self.content.chars().all(word)
            && !self.content.ends_with(' ')
    }

    fn is_among_chinese(&self) -> bool {
        follows_chinese(self.before.trim_end_matches(' '))
            && (self.after.is_empty() || self.precedes_chinese())
    }

    fn precedes_chinese(&self) -> bool {
        let rest = self
            .after
            .trim_start_matches([',', '.', ';', ':', '?', '!', ')', ' ']);
        first(rest).is_none_or(is_chinese)
    }
}

/// Whether `text` ends in Chinese text, marks of either width included.
fn follows_chinese(text: &str) -> bool {
    let told = text.trim_end_matches([
        ',', '.', ';', ':', '?', '!', ')', '"', '\'', ' ', '？', '！', '”', '’', '…', '—',
    ]);
    last(told).is_some_and(is_chinese)
}

/// The same for single marks, which are apostrophes and primes too: only those that Chinese text is within at once.
fn single(line: &str, mut is_protected: impl FnMut(usize) -> bool) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(length) = line[from..].find('\'') {
        let start = from + length;
        from = start + 1;
        let (before, rest) = (&line[..start], &line[start + 1..]);
        let begins = last(before)
            .is_none_or(|c| c.is_whitespace() || is_chinese(c) || "\"“,:;(".contains(c))
            && !before.ends_with(['=', '[', '{'])
            && (before.trim_end().is_empty()
                || follows_chinese(before.trim_end_matches(['"', '“', '(', ' ']))
                || before.trim_end_matches(['"', '“']).trim_end().is_empty());
        let Some(end) = rest.find('\'').filter(|_| begins) else {
            continue;
        };
        let (content, after) = (&rest[..end], &rest[end + 1..]);
        let encloses = first(content).is_some_and(|c| is_han(c) || c == '《')
            && !content.ends_with(' ')
            && !content.contains('"')
            && !first(after).is_some_and(|c| c.is_ascii_alphanumeric() || "=:[]'".contains(c));
        if encloses && !is_protected(start) && !is_protected(start + 1 + end) {
            found.extend([(start, '‘'), (start + 1 + end, '’')]);
            from = start + 1 + end + 1;
        }
    }
    found
}
