//! Source code, which is left as it is: told by a file's name or its first line.

use std::sync::LazyLock;

/// File names, and patterns in which `*` stands for anything. `tests/code_types.rs` makes it.
const TABLE: &str = include_str!("../data/code/types.txt");
/// Endings that it lacks.
const FURTHER: &str = include_str!("../data/code/further.txt");

/// The table, by what a name is compared with.
struct Types {
    /// In small letters, without the dot; see [`endings`].
    endings: Vec<&'static str>,
    /// In order.
    names: Vec<&'static str>,
    patterns: Vec<Pattern>,
}

/// A pattern's parts between its `*`, one of which it has at least.
struct Pattern {
    front: &'static str,
    inner: Vec<&'static str>,
    end: &'static str,
    /// How long a name is at least, bytes.
    least: usize,
}

impl Pattern {
    fn new(pattern: &'static str) -> Option<Pattern> {
        let (front, rest) = pattern.split_once('*')?;
        let (inner, end) = rest.rsplit_once('*').unwrap_or(("", rest));
        Some(Pattern {
            front,
            inner: inner.split('*').collect(),
            end,
            least: pattern.bytes().filter(|byte| *byte != b'*').count(),
        })
    }

    fn matches(&self, name: &str) -> bool {
        // Most names are shorter, or differ in a byte that is soon compared.
        if name.len() < self.least {
            return false;
        }
        let may_begin =
            self.front.is_empty() || name.as_bytes().first() == self.front.as_bytes().first();
        let may_end = self.end.is_empty() || name.as_bytes().last() == self.end.as_bytes().last();
        if !may_begin || !may_end || !name.ends_with(self.end) {
            return false;
        }
        let Some(mut rest) = name.strip_prefix(self.front) else {
            return false;
        };
        for part in &self.inner {
            match memchr::memmem::find(rest.as_bytes(), part.as_bytes()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.ends_with(self.end)
    }
}

static TYPES: LazyLock<Types> = LazyLock::new(|| {
    let mut types = Types {
        endings: Vec::new(),
        names: Vec::new(),
        patterns: Vec::new(),
    };
    let lines = TABLE.lines().chain(FURTHER.lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("*.") {
            Some(ending) if !ending.contains(['*', '.']) => types.endings.push(ending),
            _ => match Pattern::new(line) {
                Some(pattern) => types.patterns.push(pattern),
                None => types.names.push(line),
            },
        }
    }
    types.names.sort_unstable();
    types
});

/// The endings of source code's names, in small letters and without the dot.
pub(crate) fn endings() -> &'static [&'static str] {
    &TYPES.endings
}

/// Whether a file of this name holds source code, whatever its ending.
pub(crate) fn is_code_name(name: &str) -> bool {
    TYPES.names.binary_search(&name).is_ok()
        || TYPES.patterns.iter().any(|pattern| pattern.matches(name))
}

/// Whether a document that begins so is a program: its first line names what runs it.
pub(crate) fn begins_code(head: &str) -> bool {
    head.starts_with("#!/") || head.starts_with("#! /") || head.starts_with("<?php")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Format;

    #[test]
    fn source_code_is_told_by_its_name() {
        let holds_code = |name: &str| Format::of(Some(Path::new(name)), b"") == Format::Code;
        for name in [
            "a.py",
            "頁面.JS",
            "a.c",
            "Makefile",
            "a.h.in",
            "CMakeLists.txt",
            "web.Dockerfile.dev",
            "a.R",
            "a.sql",
            "style.css",
            "a.patch",
            "a.vbs",
            "a.LS",
            "頁面.pug",
            "a.coffee",
            "a.ets",
        ] {
            assert!(holds_code(name), "{name}");
        }
        for name in [
            "a.txt",
            "a.md",
            "README",
            "LICENSE",
            "a.log",
            "py",
            "makefile-說明",
            "a.html",
            "a.es",
            "a.rpy",
            "a.ftl",
            "a.feature",
            "vbs",
        ] {
            assert!(!holds_code(name), "{name}");
        }
        for (pattern, name, expected) in [
            ("*Dockerfile*", "web.Dockerfile", true),
            ("*Dockerfile*", "Dockerfil", false),
            ("Makefile.*", "Makefile.am", true),
            ("Makefile.*", "Makefile", false),
            ("*.min.js", "圖.min.js", true),
            ("*.min.js", "min.js", false),
            ("a*bc*c", "abc", false),
            ("a*bc*c", "abcc", true),
        ] {
            let matches = Pattern::new(pattern).is_some_and(|pattern| pattern.matches(name));
            assert_eq!(matches, expected, "{pattern} {name}");
        }
        assert!(begins_code("#!/usr/bin/env python3\n"));
        assert!(!begins_code("#!標題"));
    }
}
