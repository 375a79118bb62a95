//! Source code, which is left as it is: told by a file's name or its first line.

use std::collections::HashSet;
use std::sync::LazyLock;

/// File names, and patterns in which `*` stands for anything. `tests/code_types.rs` makes it.
const TABLE: &str = include_str!("../data/code/types.txt");

/// The table, by what a name is compared with.
struct Types {
    /// In small letters, without the dot.
    endings: HashSet<&'static str>,
    names: HashSet<&'static str>,
    /// Each with what it ends in, which tells most names that it does not match.
    patterns: Vec<(&'static str, &'static str)>,
}

static TYPES: LazyLock<Types> = LazyLock::new(|| {
    let mut types = Types {
        endings: HashSet::new(),
        names: HashSet::new(),
        patterns: Vec::new(),
    };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("*.") {
            Some(ending) if !ending.contains(['*', '.']) => drop(types.endings.insert(ending)),
            _ => match line.rsplit_once('*') {
                Some((_, ending)) => types.patterns.push((line, ending)),
                None => drop(types.names.insert(line)),
            },
        }
    }
    types
});

/// Whether a file of this name holds source code.
pub(crate) fn is_code_name(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| TYPES.endings.contains(&*ending))
        || TYPES.names.contains(name)
        || TYPES
            .patterns
            .iter()
            .any(|(pattern, ending)| name.ends_with(ending) && matches(pattern, name))
}

/// Whether a document that begins so is a program: its first line names what runs it.
pub(crate) fn begins_code(head: &str) -> bool {
    head.starts_with("#!/") || head.starts_with("#! /") || head.starts_with("<?php")
}

/// Whether a name is what the pattern says.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((front, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(name) = name.strip_prefix(front) else {
        return false;
    };
    (0..=name.len())
        .filter(|at| name.is_char_boundary(*at))
        .any(|at| matches(rest, &name[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_code_is_told_by_its_name() {
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
        ] {
            assert!(is_code_name(name), "{name}");
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
        ] {
            assert!(!is_code_name(name), "{name}");
        }
        assert!(begins_code("#!/usr/bin/env python3\n"));
        assert!(!begins_code("#!標題"));
    }
}
