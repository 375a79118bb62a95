//! Which language a program is in: by its file's name, or by what runs it.

use std::path::Path;

use crate::code_syntax::Syntax;
use crate::code_table::FAMILIES;

/// Programs of these interpreters.
const RUN_BY: &[(&str, &str)] = &[
    ("python", "py"),
    ("node", "js"),
    ("bash", "sh"),
    ("zsh", "sh"),
    ("ruby", "rb"),
    ("perl", "pl"),
    ("lua", "lua"),
    ("php", "php"),
    ("guile", "scm"),
    ("racket", "rkt"),
    ("escript", "erl"),
    ("/sh", "sh"),
];

/// Files of these names.
const NAMED: &[(&str, &str)] = &[
    ("Makefile*", "mk"),
    ("makefile*", "mk"),
    ("GNUmakefile*", "mk"),
    ("CMakeLists.txt", "cmake"),
    ("meson.build", "sh"),
    ("meson.options", "sh"),
    ("Kconfig*", "sh"),
    ("PKGBUILD", "sh"),
    ("BUILD", "bzl"),
    ("WORKSPACE", "bzl"),
    ("Dockerfile*", "sh"),
    ("Containerfile*", "sh"),
    ("Rakefile", "rb"),
    ("Gemfile", "rb"),
];

/// The syntax of the program in a file of this name that begins so, if it is in the table.
pub(crate) fn of(name: Option<&Path>, head: &str) -> Option<&'static Syntax> {
    let name = name.and_then(|name| name.file_name()?.to_str());
    let name = name.unwrap_or_default();
    let is_named = |known: &str| match known.strip_suffix('*') {
        Some(front) => name.starts_with(front),
        None => name == known,
    };
    let by_name = NAMED.iter().find(|(known, _)| is_named(known));
    let by_ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let first = head.lines().next().filter(|line| line.starts_with("#!"));
    let by_line = first.and_then(|line| RUN_BY.iter().find(|(run, _)| line.contains(run)));
    let ending = match (by_name, by_ending) {
        (Some((_, ending)), _) => (*ending).to_owned(),
        (None, Some(ending)) => ending,
        (None, None) => by_line?.1.to_owned(),
    };
    let found = FAMILIES
        .iter()
        .find(|(endings, _)| endings.contains(&&*ending))?;
    Some(&found.1)
}
