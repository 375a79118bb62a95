//! Where comments and strings of source code have their text.
//!
//! What cannot be told for certain counts as code: a string that does not end, an expression that is too long.

use std::ops::Range;

use crate::ahead::Ahead;
use crate::code_syntax::{Particular, Quote, Syntax};

/// How deep code in strings may be nested.
const DEEPEST: usize = 64;

/// The longest regular expression, and the longest escape in a character of Rust; bytes.
const LONGEST_EXPRESSION: usize = 1000;
const LONGEST_ESCAPE: usize = 12;

/// Where comments and strings have their text, in order.
pub(crate) fn texts(syntax: &Syntax, document: &str) -> Vec<Range<usize>> {
    let mut scan = Scan {
        syntax,
        text: document,
        ahead: Ahead::default(),
        found: Vec::new(),
    };
    scan.code(0..document.len(), None, 0);
    scan.found
}

/// A program on its way through the scan.
struct Scan<'t> {
    syntax: &'t Syntax,
    text: &'t str,
    ahead: Ahead,
    found: Vec<Range<usize>>,
}

impl Scan<'_> {
    fn begins(&self, at: usize, mark: &str) -> bool {
        self.text.as_bytes()[at..].starts_with(mark.as_bytes())
    }

    /// Where `mark` is found first from `at` on, bytes from there.
    fn find(&self, at: usize, mark: &str) -> Option<usize> {
        self.ahead.find(self.text.get(at..)?, mark)
    }

    fn line_end(&self, at: usize) -> usize {
        self.find(at, "\n")
            .map_or(self.text.len(), |length| at + length)
    }

    /// Goes through code up to its end or the bracket that closes it; returns where it stopped.
    fn code(&mut self, range: Range<usize>, close: Option<u8>, depth: usize) -> usize {
        let Range { start: mut at, end } = range;
        let mut open = 0;
        while at < end {
            let byte = self.text.as_bytes()[at];
            if let Some(further) = self.comment(at).or_else(|| self.string(at, depth)) {
                at = further;
                continue;
            }
            if let Some(close) = close {
                match byte {
                    b'(' | b'[' | b'{' => open += 1,
                    _ if byte == close && open == 0 => return at,
                    b')' | b']' | b'}' => open -= 1,
                    _ => {}
                }
            }
            at += 1;
        }
        at
    }

    /// Passes a comment, if one begins here.
    fn comment(&mut self, at: usize) -> Option<usize> {
        if let Some((begin, end, nests)) = self.syntax.block
            && self.begins(at, begin)
        {
            let stop = self.block_end(at + begin.len(), begin, end, nests);
            self.found.push(at + begin.len()..stop);
            return Some((stop + end.len()).min(self.text.len()));
        }
        let mark = self
            .syntax
            .lines
            .iter()
            .find(|mark| self.begins(at, mark))?;
        if self.syntax.particular == Particular::Lua
            && let Some(end) = self.brackets(at + mark.len(), true)
        {
            return Some(end);
        }
        let end = self.line_end(at);
        if self.syntax.whole_lines {
            let before = self.text[..at].trim_end_matches([' ', '\t']);
            let alone = before.is_empty() || before.ends_with('\n');
            // `#{…}` is no comment, `#!` names the interpreter.
            if !alone || self.begins(at, "#{") || self.begins(at, "#!") {
                return None;
            }
        }
        self.found.push(at + mark.len()..end);
        Some(end)
    }

    fn block_end(&self, mut at: usize, begin: &str, end: &str, nests: bool) -> usize {
        let mut open = 1;
        while at < self.text.len() {
            if self.begins(at, end) {
                open -= 1;
                if open == 0 {
                    return at;
                }
                at += end.len();
            } else if nests && self.begins(at, begin) {
                open += 1;
                at += begin.len();
            } else {
                at += 1;
            }
        }
        at
    }

    /// Passes `[[…]]` or `[==[…]==]` of Lua, if one begins here.
    fn brackets(&mut self, at: usize, is_text: bool) -> Option<usize> {
        if !self.begins(at, "[") {
            return None;
        }
        let rest = &self.text[at + 1..];
        let level = rest.bytes().take_while(|byte| *byte == b'=').count();
        rest[level..].strip_prefix('[')?;
        let start = at + level + 2;
        let close = format!("]{}]", "=".repeat(level));
        let length = self.find(start, &close)?;
        if is_text {
            self.found.push(start..start + length);
        }
        Some(start + length + close.len())
    }

    /// Passes a string, or what is like one, if one begins here.
    fn string(&mut self, at: usize, depth: usize) -> Option<usize> {
        if let Some(end) = self.particular(at) {
            return Some(end);
        }
        let syntax = self.syntax;
        let quote = syntax
            .quotes
            .iter()
            .find(|quote| self.begins(at, quote.mark))?;
        let prefix = self.prefix(at);
        let python = syntax.particular == Particular::Python;
        let lower = prefix.to_ascii_lowercase();
        let known = match syntax.particular {
            Particular::Python => matches!(&*lower, "" | "u" | "f"),
            Particular::Cpp => matches!(prefix, "" | "L" | "u" | "U" | "u8"),
            Particular::CSharp => prefix.is_empty() && !self.text[..at].ends_with('$'),
            Particular::JavaScript => true,
            _ => prefix.is_empty(),
        };
        if syntax.particular == Particular::Cpp && prefix.starts_with(|c: char| c.is_ascii_digit())
        {
            // 1'000'000
            return Some(at + 1);
        }
        let template = match python && lower.contains(['f', 't']) {
            true => Some("{"),
            false => quote.template,
        };
        let is_text = quote.is_text && known;
        Some(self.quoted(at, quote, (is_text, template), depth))
    }

    /// The letters and digits right before a string.
    fn prefix(&self, at: usize) -> &str {
        let before = &self.text[..at];
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let start = before.trim_end_matches(is_word).len();
        &before[start..]
    }

    /// Passes a string; one that does not end is none, and the rest of its line stays.
    fn quoted(
        &mut self,
        at: usize,
        quote: &Quote,
        (is_text, template): (bool, Option<&str>),
        depth: usize,
    ) -> usize {
        let kept = self.found.len();
        let limit = match quote.lines {
            true => self.text.len(),
            false => self.line_end(at),
        };
        let mut from = at + quote.mark.len();
        let mut next = from;
        let note = |found: &mut Vec<Range<usize>>, range: Range<usize>| {
            if is_text && !range.is_empty() {
                found.push(range);
            }
        };
        while next < limit {
            let byte = self.text.as_bytes()[next];
            if self.begins(next, quote.mark) {
                let behind = next + quote.mark.len();
                if quote.escapes || !self.begins(behind, quote.mark) {
                    note(&mut self.found, from..next);
                    return behind;
                }
                next = behind + quote.mark.len();
            } else if let Some(begin) = template.filter(|begin| self.begins(next, begin)) {
                if begin == "{" && self.begins(next, "{{") {
                    next += 2;
                    continue;
                }
                note(&mut self.found, from..next);
                if depth == DEEPEST {
                    break;
                }
                let close = if begin.ends_with('(') { b')' } else { b'}' };
                let inner = next + begin.len()..limit;
                next = self.code(inner, Some(close), depth + 1) + 1;
                from = next;
            } else if template == Some("${") && byte == b'$' {
                // A name follows, which is code.
                note(&mut self.found, from..next);
                let rest = &self.text[next + 1..];
                let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                next += 1 + name.unwrap_or(rest.len());
                from = next;
            } else if byte == b'\\' && quote.escapes {
                let escaped = self.text[next + 1..].chars().next();
                next += 1 + escaped.map_or(0, char::len_utf8);
                if next > limit {
                    return self.goes_on(next, quote);
                }
            } else {
                next += 1;
            }
        }
        // What seemed to be in it is code.
        self.found.truncate(kept);
        limit.max(next).min(self.text.len())
    }

    /// Passes the lines that follow where a backslash ends a string's line; what they hold stays.
    fn goes_on(&self, mut next: usize, quote: &Quote) -> usize {
        while next < self.text.len() {
            match self.text.as_bytes()[next] {
                b'\\' => next += 2,
                b'\n' => break,
                _ if self.begins(next, quote.mark) => return next + quote.mark.len(),
                _ => next += 1,
            }
        }
        next.min(self.text.len())
    }

    /// Passes what only one language has.
    fn particular(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        let in_word = at > 0 && is_word(&self.text.as_bytes()[at - 1]);
        match self.syntax.particular {
            Particular::Rust if rest[0] == b'\'' => {
                let inner = &self.text[at + 1..];
                if let Some(escaped) = inner.strip_prefix('\\') {
                    let front = escaped.chars().next()?.len_utf8();
                    let rest = escaped.as_bytes()[front..].iter().take(LONGEST_ESCAPE);
                    let length = rest.clone().position(|byte| *byte == b'\'');
                    return Some(at + 2 + front + length.map_or(0, |length| length + 1));
                }
                let length = inner.chars().next()?.len_utf8();
                let closes = inner[length..].starts_with('\'');
                Some(at + 1 + if closes { length + 1 } else { 0 })
            }
            Particular::Rust if !in_word && matches!(rest[0], b'r' | b'b' | b'c') => {
                let letters = rest.iter().take_while(|byte| b"rbc".contains(byte)).count();
                let hashes = rest[letters..]
                    .iter()
                    .take_while(|byte| **byte == b'#')
                    .count();
                let start = letters + hashes;
                if !rest[..letters].contains(&b'r') || rest.get(start) != Some(&b'"') {
                    return None;
                }
                let close = format!("\"{}", "#".repeat(hashes));
                let length = self.find(at + start + 1, &close)?;
                Some(at + start + 1 + length + close.len())
            }
            Particular::Cpp if rest.starts_with(b"R\"") => {
                let inner = &rest[2..];
                let open = inner.iter().take(17).position(|byte| *byte == b'(')?;
                let delimiter = str::from_utf8(&inner[..open]).ok()?;
                let close = format!("){delimiter}\"");
                let length = self.find(at + 2 + open + 1, &close)?;
                Some(at + 2 + open + 1 + length + close.len())
            }
            Particular::CSharp if rest.starts_with(b"@\"") || rest.starts_with(b"@$\"") => {
                let start = at + if rest[1] == b'$' { 3 } else { 2 };
                let mut next = start;
                loop {
                    next += memchr::memchr(b'"', self.text.as_bytes().get(next..)?)? + 1;
                    if !self.text[next..].starts_with('"') {
                        return Some(next);
                    }
                    next += 1;
                }
            }
            Particular::CSharp if rest.starts_with(b"\"\"\"") => {
                let length = self.find(at + 3, "\"\"\"")?;
                Some(at + 3 + length + 3)
            }
            Particular::JavaScript if rest[0] == b'/' => self.regular_expression(at),
            Particular::Lua => self.brackets(at, false),
            _ => None,
        }
    }

    /// Passes a regular expression of JavaScript: a slash where no value stands before it that it could divide.
    fn regular_expression(&self, at: usize) -> Option<usize> {
        let before = self.text[..at].trim_end();
        let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        let divides = match &before[word.len()..] {
            "" => before.ends_with([')', ']', '}', '"', '\'', '`']),
            "return" | "typeof" | "case" | "in" | "of" | "delete" | "void" | "throw" | "do"
            | "else" => false,
            _ => true,
        };
        if divides {
            return None;
        }
        let bytes = self.text.as_bytes();
        let (mut next, mut in_class) = (at + 1, false);
        loop {
            if next - at > LONGEST_EXPRESSION {
                return None;
            }
            match *bytes.get(next)? {
                b'\\' => next += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return Some(next + 1),
                b'\n' => return None,
                _ => {}
            }
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::code_syntax;

    fn found(name: &str, text: &str) -> Vec<String> {
        let syntax = code_syntax::of(Some(Path::new(name)), text).expect("in the table");
        let ranges = texts(syntax, text).into_iter();
        let found = ranges.map(|range| text[range].trim().to_owned());
        found.filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn comments_and_strings_are_told_from_code() {
        for (name, text, expected) in [
            (
                "a.py",
                "甲 = '一' # 二\nf'三{乙['四']}五{{六}}' r'七' b'八' \"\"\"九\n十\"\"\"",
                &["一", "二", "三", "四", "五{{六}}", "九\n十"][..],
            ),
            ("a.py", "甲 = '沒有結束\n# 註", &["註"]),
            (
                "a.c",
                "/* 一 */ x = '\"'; y = 1'000; // 二\ns = \"三\\\"四\"; R\"(五)\"",
                &["一", "\"", "二", "三\\\"四"],
            ),
            (
                "a.rs",
                "fn f<'a>(x: &'a str) { '後'; '\\''; \"一\"; r#\"二\"\"#; /* 三 /* 四 */ */ }",
                &["一", "三 /* 四 */"],
            ),
            (
                "a.js",
                "`一${甲 + '二'}三`; x = a / b / '四'; y = /['\"]五/.test(z); // 六",
                &["一", "二", "三", "四", "六"],
            ),
            (
                "a.kt",
                "\"一$名字 二${甲[\"三\"]}四\"",
                &["一", "二", "三", "四"],
            ),
            ("a.swift", "\"一\\(甲(\"二\"))三\"", &["一", "二", "三"]),
            ("a.go", "`一` + \"二\" // 三", &["二", "三"]),
            ("a.cs", "@\"一\"\"\" + $\"二\" + \"三\"", &["三"]),
            (
                "a.lua",
                "--[[ 一 ]] x = [[二]] -- 三\n'四'",
                &["一", "三", "四"],
            ),
            (
                "a.sql",
                "SELECT '一''二' AS \"三\" -- 四",
                &["一''二", "四"],
            ),
            (
                "a.sh",
                "#!/bin/sh\n# 一\necho 二 # 三\n  # 四",
                &["一", "四"],
            ),
            ("a.rb", "#{二}\n# 一", &["一"]),
            (
                "a.css",
                "a { content: \"一\" } /* 二 */ // 三",
                &["一", "二"],
            ),
        ] {
            assert_eq!(found(name, text), expected, "{name}: {text}");
        }
    }

    #[test]
    fn whatever_code_looks_like_its_texts_are_in_order() {
        let marks: Vec<char> = "\"'`#/*-[]{}()$\\\n@rRf=圖\u{20000} ".chars().collect();
        let mut random = fastrand::Rng::with_seed(14);
        for ending in [
            "py", "c", "rs", "js", "kt", "swift", "cs", "lua", "sql", "sh",
        ] {
            let name = format!("a.{ending}");
            let syntax = code_syntax::of(Some(Path::new(&name)), "").expect("in the table");
            for _ in 0..3000 {
                let length = random.usize(..60);
                let text = (0..length).map(|_| marks[random.usize(..marks.len())]);
                let text: String = text.collect();
                let mut end = 0;
                for range in texts(syntax, &text) {
                    assert!(end <= range.start, "{name}: {text}");
                    assert!(text.get(range.clone()).is_some(), "{name}: {text}");
                    end = range.end;
                }
            }
            // None of these takes the square of its length.
            for piece in [
                "[[", "r#\"", "f\"{", "\"${/*", "`${", "=/[", "R\"x(", "\"\\(", "a#", "@\"", "'\\",
            ] {
                texts(syntax, &piece.repeat(50_000));
                texts(syntax, &format!("{piece}\n").repeat(25_000));
            }
        }
    }
}
