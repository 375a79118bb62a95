//! How programming languages write comments and strings, as far as that can be told with certainty.

use std::path::Path;

/// What a family of languages has.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// What begins a comment that ends with its line.
    pub lines: &'static [&'static str],
    /// Whether such a comment has its line for itself: elsewhere the mark may mean something else.
    pub whole_lines: bool,
    /// What begins and ends a comment, and whether they nest.
    pub block: Option<(&'static str, &'static str, bool)>,
    /// Strings, the longer marks first.
    pub quotes: &'static [Quote],
    /// What is particular about it.
    pub particular: Particular,
}

/// A kind of string.
#[derive(Debug)]
pub(crate) struct Quote {
    /// What begins and ends it.
    pub mark: &'static str,
    /// Whether a backslash takes the next character's meaning; otherwise a mark that is doubled is one.
    pub escapes: bool,
    /// Whether it may go over a line's end.
    pub lines: bool,
    /// Whether its text is for people; otherwise it stays.
    pub is_text: bool,
    /// What begins code in it, which ends with the bracket.
    pub template: Option<&'static str>,
}

/// What is particular about a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Particular {
    Nothing,
    /// Letters before strings; `{` in those with an `f`.
    Python,
    /// `r#"…"#`, lifetimes.
    Rust,
    /// `R"x(…)x"`, `1'000`.
    Cpp,
    /// `@"…"`, `$"…"`.
    CSharp,
    /// Regular expressions between slashes.
    JavaScript,
    /// `[[…]]`, also of comments.
    Lua,
}

const fn quote(mark: &'static str) -> Quote {
    Quote {
        mark,
        escapes: true,
        lines: false,
        is_text: true,
        template: None,
    }
}

const fn over_lines(mark: &'static str) -> Quote {
    Quote {
        lines: true,
        ..quote(mark)
    }
}

/// A string with code in it.
const fn template(mark: &'static str, lines: bool, begin: &'static str) -> Quote {
    Quote {
        lines,
        template: Some(begin),
        ..quote(mark)
    }
}

/// A string without escapes, of more than one line, that stays: patterns, programs.
const RAW: Quote = Quote {
    escapes: false,
    lines: true,
    is_text: false,
    ..quote("`")
};

const C: Syntax = Syntax {
    lines: &["//"],
    whole_lines: false,
    block: Some(("/*", "*/", false)),
    quotes: &[quote("\""), quote("'")],
    particular: Particular::Nothing,
};

const HASH: Syntax = Syntax {
    lines: &["#"],
    whole_lines: true,
    block: None,
    quotes: &[],
    particular: Particular::Nothing,
};

/// Languages by the endings of their files' names.
const FAMILIES: &[(&[&str], Syntax)] = &[
    (
        &["py", "pyw", "pyi"],
        Syntax {
            lines: &["#"],
            block: None,
            quotes: &[
                over_lines("\"\"\""),
                over_lines("'''"),
                quote("\""),
                quote("'"),
            ],
            particular: Particular::Python,
            ..C
        },
    ),
    (&["h", "m", "mm", "proto", "thrift"], C),
    (
        &[
            "c", "cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "cu", "ino",
        ],
        Syntax {
            particular: Particular::Cpp,
            ..C
        },
    ),
    (
        &["java"],
        Syntax {
            quotes: &[over_lines("\"\"\""), quote("\""), quote("'")],
            ..C
        },
    ),
    (
        &["kt", "kts", "dart", "groovy", "gradle"],
        Syntax {
            quotes: &[
                template("\"\"\"", true, "${"),
                template("'''", true, "${"),
                template("\"", false, "${"),
                template("'", false, "${"),
            ],
            ..C
        },
    ),
    (
        &["scala", "sc"],
        Syntax {
            block: Some(("/*", "*/", true)),
            quotes: &[
                Quote {
                    is_text: false,
                    ..template("\"\"\"", true, "${")
                },
                template("\"", false, "${"),
            ],
            ..C
        },
    ),
    (
        &["swift"],
        Syntax {
            block: Some(("/*", "*/", true)),
            quotes: &[
                template("\"\"\"", true, "\\("),
                template("\"", false, "\\("),
            ],
            ..C
        },
    ),
    (
        &["cs"],
        Syntax {
            particular: Particular::CSharp,
            ..C
        },
    ),
    (
        &["go"],
        Syntax {
            quotes: &[quote("\""), quote("'"), RAW],
            ..C
        },
    ),
    (
        &["rs"],
        Syntax {
            block: Some(("/*", "*/", true)),
            quotes: &[over_lines("\"")],
            particular: Particular::Rust,
            ..C
        },
    ),
    (
        &["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"],
        Syntax {
            quotes: &[quote("\""), quote("'"), template("`", true, "${")],
            particular: Particular::JavaScript,
            ..C
        },
    ),
    (&["css"], Syntax { lines: &[], ..C }),
    (&["scss", "less"], C),
    (
        &["lua"],
        Syntax {
            lines: &["--"],
            block: None,
            particular: Particular::Lua,
            ..C
        },
    ),
    (
        &["sql"],
        Syntax {
            lines: &["--"],
            quotes: &[
                Quote {
                    escapes: false,
                    ..over_lines("'")
                },
                Quote {
                    is_text: false,
                    ..RAW_DOUBLE
                },
                RAW,
            ],
            ..C
        },
    ),
    (
        &[
            "sh", "bash", "zsh", "ksh", "fish", "rb", "pl", "pm", "r", "tcl", "ex", "exs", "jl",
            "nim", "mk", "cmake", "awk", "ps1",
        ],
        HASH,
    ),
];

const RAW_DOUBLE: Quote = Quote { mark: "\"", ..RAW };

/// Programs of these interpreters.
const RUN_BY: &[(&str, &str)] = &[
    ("python", "py"),
    ("node", "js"),
    ("bash", "sh"),
    ("zsh", "sh"),
    ("ruby", "rb"),
    ("perl", "pl"),
    ("lua", "lua"),
    ("/sh", "sh"),
];

/// Files of these names.
const NAMED: &[(&str, &str)] = &[
    ("Makefile", "mk"),
    ("GNUmakefile", "mk"),
    ("CMakeLists.txt", "cmake"),
    ("Dockerfile", "sh"),
    ("Rakefile", "rb"),
    ("Gemfile", "rb"),
];

/// The syntax of the program in a file of this name that begins so, if it is in the table.
pub(crate) fn of(name: Option<&Path>, head: &str) -> Option<&'static Syntax> {
    let name = name.and_then(|name| name.file_name()?.to_str());
    let name = name.unwrap_or_default();
    let by_name = NAMED.iter().find(|(known, _)| *known == name);
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
