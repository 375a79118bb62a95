//! Where comments and strings of source code have their text.
//!
//! What cannot be told for certain counts as code: a string that does not end, an expression that is too long.

use std::ops::Range;

use crate::ahead::Ahead;
use crate::code_syntax::{Particular, Quote, Syntax};

/// How deep code in strings may be nested.
pub(crate) const DEEPEST: usize = 64;

/// Where comments and strings have their text, in order.
pub(crate) fn texts(syntax: &Syntax, document: &str) -> Vec<Range<usize>> {
    let mut scan = Scan {
        syntax,
        text: document,
        ahead: Ahead::default(),
        found: Vec::new(),
    };
    match syntax.particular {
        Particular::Php => scan.pages(),
        _ => drop(scan.code(0..document.len(), None, 0)),
    }
    scan.found
}

/// A program on its way through the scan.
pub(crate) struct Scan<'t> {
    pub(crate) syntax: &'t Syntax,
    pub(crate) text: &'t str,
    ahead: Ahead,
    pub(crate) found: Vec<Range<usize>>,
}

impl Scan<'_> {
    pub(crate) fn begins(&self, at: usize, mark: &str) -> bool {
        self.text.as_bytes()[at..].starts_with(mark.as_bytes())
    }

    /// Where `mark` is found first from `at` on, bytes from there.
    pub(crate) fn find(&self, at: usize, mark: &str) -> Option<usize> {
        self.ahead.find(self.text.get(at..)?, mark)
    }

    pub(crate) fn line_end(&self, at: usize) -> usize {
        self.find(at, "\n")
            .map_or(self.text.len(), |length| at + length)
    }

    /// Goes through code up to its end or the bracket that closes it; returns where it stopped.
    pub(crate) fn code(&mut self, range: Range<usize>, close: Option<u8>, depth: usize) -> usize {
        let Range { start: mut at, end } = range;
        let mut open = 0;
        while at < end {
            let byte = self.text.as_bytes()[at];
            if self.syntax.particular == Particular::Php && self.begins(at, "?>") {
                return at;
            }
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
        let mut blocks = self.syntax.blocks.iter();
        if let Some((begin, end, nests)) = blocks.find(|(begin, ..)| self.begins(at, begin)) {
            let start = at + begin.len();
            if self.syntax.particular == Particular::FSharp && self.begins(start, ")") {
                return None;
            }
            let stop = self.block_end(start, begin, end, *nests);
            if self.syntax.particular != Particular::Pascal || !self.begins(start, "$") {
                self.found.push(start..stop);
            }
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
        let mut end = self.line_end(at);
        match self.syntax.particular {
            Particular::Haskell if !self.are_dashes(at) => return None,
            // An attribute.
            Particular::Php if self.begins(at, "#[") => return None,
            Particular::Php => {
                end = end.min(self.find(at, "?>").map_or(end, |length| at + length));
            }
            _ => {}
        }
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
                at += self.string_in_comment(at);
            }
        }
        at.min(self.text.len())
    }

    /// Passes a string, or what is like one, if one begins here.
    fn string(&mut self, at: usize, depth: usize) -> Option<usize> {
        if let Some(end) = self.particular(at, depth) {
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
            // Patterns and bytes.
            Particular::Lisp | Particular::Elisp => {
                prefix.is_empty() && !self.text[..at].ends_with('#')
            }
            Particular::FSharp => prefix.is_empty() && !self.text[..at].ends_with(['$', '@']),
            // A name.
            Particular::Zig => prefix.is_empty() && !self.text[..at].ends_with('@'),
            _ => matches!(prefix, "" | "unicode"),
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
            } else if template == Some("{$") && byte == b'$' {
                note(&mut self.found, from..next);
                next = self.variable(next);
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
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::code_language;

    fn found(name: &str, text: &str) -> Vec<String> {
        let syntax = code_language::of(Some(Path::new(name)), text).expect("in the table");
        let ranges = texts(syntax, text).into_iter();
        let found = ranges.map(|range| text[range].trim().to_owned());
        found.filter(|text| !text.is_empty()).collect()
    }

    /// A file's name, a program, and what of it is text.
    const CASES: &[(&str, &str, &[&str])] = &[
        (
            "a.py",
            "甲 = '一' # 二\nf'三{乙['四']}五{{六}}' r'七' b'八' \"\"\"九\n十\"\"\"",
            &["一", "二", "三", "四", "五{{六}}", "九\n十"],
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
            "a.php",
            "<p title=\"一\">二<?php /* 三 */ echo '四', \"五$甲[六]七{$乙['八']}九${丙}十\"; // 甲 ?>乙</p>\n\
                 <?= <<<完\n丙 $丁->戊 己\n  完 . '庚' ?><script>辛</script>壬<?php #[癸]\n# 子\n<<<'丑'\n寅 $卯\n丑;",
            &[
                "二", "三", "四", "五", "[六]七", "八", "九", "十", "甲", "乙", "丙", "己", "庚",
                "壬", "子", "寅 $卯",
            ],
        ),
        (
            "a.php",
            "<!-- don't <?= '一' ?> > --><h1>二</h1><?= \"三$甲[$乙]四\" ?>",
            &["一", "二", "三", "四"],
        ),
        (
            "a.hs",
            "{- 一 {- 二 -} -} x' = '\"' -- 三\ny = \"四\" -->圖 [r|\"五|] --六\n|-- 七",
            &["一 {- 二 -}", "三", "四", "六"],
        ),
        (
            "a.ml",
            "(* 一 \"*)\" '\"' *) let f' = '\"' ^ {x|\"二|x} ^ \"三\"",
            &["一 \"*)\" '\"'", "三"],
        ),
        (
            "a.fs",
            "(*) \"一\" @\"二\\\" $\"三\" (* 四 *) // 五",
            &["一", "四", "五"],
        ),
        ("a.erl", "$\" '一' \"二\" % 三", &["二", "三"]),
        (
            "a.clj",
            "\\\" ; 一\n#\"二\" \"三\n四\" #|五|#",
            &["一", "三\n四"],
        ),
        (
            "a.el",
            "?\" ?\\\" ?\\C-\\M-\" \"一\" ;; 二",
            &["一", "; 二"],
        ),
        (
            "a.rkt",
            "#\\\" #|一 #|二|#|# #rx\"三\" \"四\" #<<完\n五\"\n完\n\"六\"",
            &["一 #|二|#", "四", "五\"", "六"],
        ),
        (
            "a.f90",
            "a = '一''\"二' // \"三\" ! 四",
            &["一''\"二", "三", "四"],
        ),
        (
            "a.adb",
            "'\"' & X'Last & \"一\"\"二\" -- 三",
            &["一\"\"二", "三"],
        ),
        ("a.vhd", "'\"' /* 一 */ \"二\" -- 三", &["一", "二", "三"]),
        ("a.sv", "8'hFF \"一\" '0 // 二", &["一", "二"]),
        (
            "a.zig",
            "'\"' \"一\" // 二\n\\\\三\"\n\"四\" @\"五\"",
            &["\"", "一", "二", "三\"", "四"],
        ),
        (
            "a.d",
            "r\"一\\\" q\"(二\")\" `三` /+ 四 /+ 五 +/ +/ \"六\" q\"X\n七\"\nX\" \"八\"",
            &["四 /+ 五 +/", "六", "八"],
        ),
        (
            "a.pas",
            "{$I 一} { 二 } (* 三 *) '四''五' // 六",
            &["二", "三", "四''五", "六"],
        ),
        ("a.vb", "\"一\"\"二\" ' 三", &["一\"\"二", "三"]),
        ("a.vim", "\" 一\nlet a = \"二\" \" 三", &["一"]),
        ("a.nix", "# 一\n\"二\"", &["一"]),
        (
            "a.css",
            "a { content: \"一\" } /* 二 */ // 三",
            &["一", "二"],
        ),
    ];

    #[test]
    fn comments_and_strings_are_told_from_code() {
        for (name, text, expected) in CASES {
            assert_eq!(found(name, text), *expected, "{name}: {text}");
        }
    }

    #[test]
    fn whatever_code_looks_like_its_texts_are_in_order() {
        let marks: Vec<char> = "\"'`#/*-[]{}()$\\\n@rRf=圖\u{20000} ".chars().collect();
        let mut random = fastrand::Rng::with_seed(14);
        for ending in [
            "py", "c", "rs", "js", "kt", "swift", "cs", "lua", "sql", "sh", "php", "hs", "ml",
            "fs", "erl", "clj", "el", "rkt", "adb", "zig", "d", "pas", "vb",
        ] {
            let name = format!("a.{ending}");
            let syntax = code_language::of(Some(Path::new(&name)), "").expect("in the table");
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
                "[[",
                "r#\"",
                "f\"{",
                "\"${/*",
                "`${",
                "=/[",
                "R\"x(",
                "\"\\(",
                "a#",
                "@\"",
                "'\\",
                "[x|",
                "{x|",
                "(*\"",
                "<<<x",
                "<?",
                "\"{$",
                "\"$a[",
                "q\"(",
                "--",
                "#|",
                "<?php \"${",
            ] {
                let begin = if ending == "php" { "<?php " } else { "" };
                texts(syntax, &format!("{begin}{}", piece.repeat(50_000)));
                let lines = format!("{piece}\n").repeat(25_000);
                texts(syntax, &format!("{begin}{lines}"));
            }
        }
    }
}
