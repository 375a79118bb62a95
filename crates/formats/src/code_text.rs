//! Source code whose comments and strings are converted: characters only, and nothing else.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use crate::code_syntax::{self, Particular, Quote, Syntax};
use crate::piece::{Form, Piece, apply};
use crate::whole::Edits;
use crate::{Error, Rewriter, Settings, TextSink, declaration, placeholder};

/// How deep code in strings may be nested.
const DEEPEST: usize = 64;

/// What rewrites the program in a file of this name that begins so; `None` for a language whose comments and strings are
/// not known.
pub fn code_rewriter(
    name: Option<&Path>,
    head: &str,
    settings: &Settings,
) -> Option<Box<dyn Rewriter>> {
    let syntax = code_syntax::of(name, head)?;
    Some(Box::new(CodeText {
        syntax,
        settings: settings.clone(),
        document: String::new(),
    }))
}

/// Whether that is known.
pub fn knows_code(name: Option<&Path>, head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next();
    let line = String::from_utf8_lossy(line.unwrap_or_default());
    code_syntax::of(name, &line).is_some()
}

struct CodeText {
    syntax: &'static Syntax,
    settings: Settings,
    document: String,
}

impl Rewriter for CodeText {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.document.push_str(text);
        if !last {
            return Ok(());
        }
        let document = std::mem::take(&mut self.document);
        let mut edits = Edits::new();
        if self.syntax.particular == Particular::Python {
            coding(&document, &self.settings, &mut edits);
        }
        for range in texts(self.syntax, &document) {
            convert(&document, range, passages, &mut edits);
        }
        apply(&document, &edits, out);
        Ok(())
    }
}

/// Python's declaration of the encoding, in the first two lines, follows that of the output.
fn coding(document: &str, settings: &Settings, edits: &mut Edits) {
    let mut start = 0;
    for line in document.split_inclusive('\n').take(2) {
        let found = line
            .trim_start()
            .starts_with('#')
            .then(|| line.find("coding"));
        if let Some(at) = found.flatten() {
            let rest = &line[at + "coding".len()..];
            let label = rest.trim_start_matches([':', '=']).trim_start();
            let length = label
                .find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
                .unwrap_or(label.len());
            let begin = start + line.len() - label.len();
            let is_declared = rest.starts_with([':', '=']) && length > 0;
            let due = declaration::label(&label[..length].replace('_', "-"), settings.encoding);
            if let (true, Some(new)) = (is_declared, due) {
                edits.push((begin..begin + length, new));
            }
        }
        start += line.len();
    }
}

/// Converts a comment, or what a string holds, but for placeholders.
fn convert(document: &str, range: Range<usize>, passages: &mut dyn TextSink, edits: &mut Edits) {
    let raw = &document[range.clone()];
    if raw.is_ascii() {
        return;
    }
    let whole = Piece {
        raw,
        text: Cow::Borrowed(raw),
        form: Form::Literal,
    };
    let mut at = range.start;
    for piece in placeholder::kept(vec![whole]) {
        let start = at;
        at += piece.raw.len();
        if !matches!(piece.form, Form::Literal) || piece.raw.is_ascii() {
            continue;
        }
        passages.at(start as u64);
        if let Cow::Owned(new) = passages.code(piece.raw)
            && differs_in_letters(piece.raw, &new)
        {
            edits.push((start..at, new));
        }
    }
}

/// Whether only letters beyond ASCII differ: no mark, no space, nothing that a program reads.
fn differs_in_letters(old: &str, new: &str) -> bool {
    let others = |text: &'_ str| -> Vec<char> {
        text.chars()
            .filter(|c| c.is_ascii() || !c.is_alphabetic())
            .collect()
    };
    others(old) == others(new)
}

/// Where comments and strings have their text, in order.
fn texts(syntax: &Syntax, document: &str) -> Vec<Range<usize>> {
    let mut scan = Scan {
        syntax,
        text: document,
        found: Vec::new(),
    };
    scan.code(0, None, 0);
    scan.found
}

/// A program on its way through the scan.
struct Scan<'t> {
    syntax: &'t Syntax,
    text: &'t str,
    found: Vec<Range<usize>>,
}

impl Scan<'_> {
    fn begins(&self, at: usize, mark: &str) -> bool {
        self.text.as_bytes()[at..].starts_with(mark.as_bytes())
    }

    fn line_end(&self, at: usize) -> usize {
        let length = memchr::memchr(b'\n', &self.text.as_bytes()[at..]);
        length.map_or(self.text.len(), |length| at + length)
    }

    /// Goes through code from `at` on, up to its end or the bracket that closes it; returns where it stopped.
    fn code(&mut self, mut at: usize, close: Option<u8>, depth: usize) -> usize {
        let mut open = 0;
        while at < self.text.len() {
            let byte = self.text.as_bytes()[at];
            if let Some(end) = self.comment(at).or_else(|| self.string(at, depth)) {
                at = end;
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
            let before = &self.text[..at];
            let line = before.rfind('\n').map_or(0, |end| end + 1);
            let alone = before[line..].trim_start().is_empty();
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
        let rest = self.text[at..].strip_prefix('[')?;
        let level = rest.bytes().take_while(|byte| *byte == b'=').count();
        rest[level..].strip_prefix('[')?;
        let start = at + level + 2;
        let close = format!("]{}]", "=".repeat(level));
        let length = self.text[start..].find(&close)?;
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
        self.quoted(at, quote, (quote.is_text && known, template), depth)
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
    ) -> Option<usize> {
        let kept = self.found.len();
        let mut from = at + quote.mark.len();
        let mut next = from;
        let note = |found: &mut Vec<Range<usize>>, range: Range<usize>| {
            if is_text && !range.is_empty() {
                found.push(range);
            }
        };
        while next < self.text.len() {
            let byte = self.text.as_bytes()[next];
            let doubled = !quote.escapes
                && self.begins(
                    next + quote.mark.len().min(self.text.len() - next),
                    quote.mark,
                );
            if self.begins(next, quote.mark) && doubled {
                next += 2 * quote.mark.len();
            } else if self.begins(next, quote.mark) {
                note(&mut self.found, from..next);
                return Some(next + quote.mark.len());
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
                next = self.code(next + begin.len(), Some(close), depth + 1) + 1;
                next = next.min(self.text.len());
                from = next;
            } else if template == Some("${") && byte == b'$' {
                // A name follows, which is code.
                note(&mut self.found, from..next);
                let rest = &self.text[next + 1..];
                let name = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
                next += 1 + rest.len() - name.len();
                from = next;
            } else if byte == b'\\' && quote.escapes {
                let escaped = self.text[next + 1..].chars().next();
                next += 1 + escaped.map_or(0, char::len_utf8);
            } else if byte == b'\n' && !quote.lines {
                break;
            } else {
                next += 1;
            }
        }
        // What seemed to be in it is code.
        self.found.truncate(kept);
        let end = match quote.lines {
            true => self.text.len(),
            false => self.line_end(at),
        };
        Some(end)
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
                    let length = escaped[front..].find('\'')?;
                    return Some(at + 2 + front + length + 1);
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
                let length = self.text[at + start + 1..].find(&close)?;
                Some(at + start + 1 + length + close.len())
            }
            Particular::Cpp if rest.starts_with(b"R\"") => {
                let inner = &self.text[at + 2..];
                let (delimiter, _) = inner.split_once('(')?;
                let close = format!("){delimiter}\"");
                let length = inner.find(&close)?;
                Some(at + 2 + length + close.len())
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
                let length = self.text[at + 3..].find("\"\"\"")?;
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
    use super::*;

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
        assert!(!knows_code(Some(Path::new("a.hs")), b""));
        assert!(knows_code(None, b"#!/usr/bin/env python3\n"));
    }
}
