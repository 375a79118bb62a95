//! The languages whose comments and strings are known, by the names of their files.

use crate::code_syntax::{Particular, Quote, Syntax};

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
    blocks: &[("/*", "*/", false)],
    quotes: &[quote("\""), quote("'")],
    particular: Particular::Nothing,
};

const HASH: Syntax = Syntax {
    lines: &["#"],
    whole_lines: true,
    blocks: &[],
    quotes: &[],
    particular: Particular::Nothing,
};

/// Languages by the endings of their files' names.
pub(crate) const FAMILIES: &[(&[&str], Syntax)] = &[
    (
        // Cython and Starlark are written as Python is.
        &["py", "pyw", "pyi", "pyx", "pxd", "pxi", "bzl", "bazel"],
        Syntax {
            lines: &["#"],
            blocks: &[],
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
    (&["h", "m", "mm", "proto", "thrift", "sol", "wgsl"], C),
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
            blocks: &[("/*", "*/", true)],
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
            blocks: &[("/*", "*/", true)],
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
            blocks: &[("/*", "*/", true)],
            quotes: &[over_lines("\"")],
            particular: Particular::Rust,
            ..C
        },
    ),
    (
        &[
            "js", "mjs", "cjs", "es6", "jsm", "jsx", "ts", "mts", "cts", "tsx", "ets", "qml",
        ],
        Syntax {
            quotes: &[quote("\""), quote("'"), template("`", true, "${")],
            particular: Particular::JavaScript,
            ..C
        },
    ),
    (&["css"], Syntax { lines: &[], ..C }),
    (&["scss", "less"], C),
    (
        &["lua", "wlua"],
        Syntax {
            lines: &["--"],
            blocks: &[],
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
            "php", "php3", "php4", "php5", "php7", "php8", "pht", "phtml",
        ],
        Syntax {
            lines: &["//", "#"],
            quotes: &[
                over_lines("'"),
                template("\"", true, "{$"),
                Quote {
                    escapes: true,
                    ..RAW
                },
            ],
            particular: Particular::Php,
            ..C
        },
    ),
    (
        &["hs", "hsc", "elm", "purs"],
        Syntax {
            lines: &["--"],
            blocks: &[("{-", "-}", true)],
            quotes: &[over_lines("\"\"\""), quote("\"")],
            particular: Particular::Haskell,
            ..C
        },
    ),
    (
        &["ml", "mli", "mll", "mly"],
        Syntax {
            lines: &[],
            blocks: &[("(*", "*)", true)],
            quotes: &[over_lines("\"")],
            particular: Particular::OCaml,
            ..C
        },
    ),
    (
        &["fs", "fsi", "fsx"],
        Syntax {
            blocks: &[("(*", "*)", true)],
            quotes: &[
                Quote {
                    mark: "\"\"\"",
                    ..RAW
                },
                over_lines("\""),
            ],
            particular: Particular::FSharp,
            ..C
        },
    ),
    (
        &["erl", "hrl"],
        Syntax {
            lines: &["%"],
            blocks: &[],
            quotes: &[
                over_lines("\"\"\""),
                over_lines("\""),
                Quote {
                    is_text: false,
                    ..quote("'")
                },
            ],
            particular: Particular::Erlang,
            ..C
        },
    ),
    (
        &["clj", "cljs", "cljc", "cljx", "edn", "fnl"],
        Syntax {
            blocks: &[],
            ..LISP
        },
    ),
    (&["lisp", "lsp", "scm", "rkt"], LISP),
    (
        &["el"],
        Syntax {
            blocks: &[],
            particular: Particular::Elisp,
            ..LISP
        },
    ),
    // Only in free form.
    (
        &["f90", "f95"],
        Syntax {
            lines: &["!"],
            blocks: &[],
            quotes: &[DOUBLED, DOUBLED_SINGLE],
            ..C
        },
    ),
    (
        &["adb", "ads"],
        Syntax {
            lines: &["--"],
            blocks: &[],
            quotes: &[DOUBLED],
            particular: Particular::Ada,
            ..C
        },
    ),
    (
        &["vhd", "vhdl"],
        Syntax {
            lines: &["--"],
            quotes: &[DOUBLED],
            particular: Particular::Ada,
            ..C
        },
    ),
    (
        &["v", "vh", "sv", "svh"],
        Syntax {
            quotes: &[quote("\"")],
            ..C
        },
    ),
    (
        &["zig"],
        Syntax {
            blocks: &[],
            particular: Particular::Zig,
            ..C
        },
    ),
    (
        &["d"],
        Syntax {
            blocks: &[("/*", "*/", false), ("/+", "+/", true)],
            quotes: &[over_lines("\""), quote("'"), RAW],
            particular: Particular::D,
            ..C
        },
    ),
    (
        &["pas", "dpr", "lpr"],
        Syntax {
            blocks: &[("{", "}", false), ("(*", "*)", false)],
            quotes: &[DOUBLED_SINGLE],
            particular: Particular::Pascal,
            ..C
        },
    ),
    (
        &["vb", "vbs", "vba", "bas", "frm"],
        Syntax {
            lines: &["'"],
            blocks: &[],
            quotes: &[DOUBLED],
            ..C
        },
    ),
    (
        &["vim", "vimrc", "gvimrc"],
        Syntax {
            lines: &["\"", "#"],
            ..HASH
        },
    ),
    (
        &[
            "vala", "gleam", "fidl", "aidl", "bp", "typ", "re", "rei", "res", "resi", "dts", "dtsi",
        ],
        Syntax {
            lines: &["//"],
            ..HASH
        },
    ),
    (
        &[
            "sh",
            "bash",
            "zsh",
            "ksh",
            "fish",
            "csh",
            "tcsh",
            "bashrc",
            "bash_profile",
            "profile",
            "zshrc",
            "zshenv",
            "zprofile",
            "cshrc",
            "kshrc",
            "rb",
            "rbw",
            "rake",
            "gemspec",
            "pl",
            "pm",
            "perl",
            "raku",
            "rakumod",
            "r",
            "tcl",
            "ex",
            "exs",
            "jl",
            "nim",
            "nims",
            "nimble",
            "mk",
            "mak",
            "cmake",
            "awk",
            "ps1",
            "psm1",
            "psd1",
            "nix",
            "tf",
            "tfvars",
            "cr",
            "coffee",
            "iced",
            "ls",
            "gd",
            "gn",
            "gni",
            "graphql",
            "graphqls",
            "ebuild",
            "eclass",
            "bb",
            "bbclass",
            "robot",
        ],
        HASH,
    ),
];

const RAW_DOUBLE: Quote = Quote { mark: "\"", ..RAW };

/// Strings that end with their line, in which a mark that is doubled is one.
const DOUBLED: Quote = Quote {
    escapes: false,
    ..quote("\"")
};
const DOUBLED_SINGLE: Quote = Quote {
    escapes: false,
    ..quote("'")
};

const LISP: Syntax = Syntax {
    lines: &[";"],
    whole_lines: false,
    blocks: &[("#|", "|#", true)],
    quotes: &[over_lines("\"")],
    particular: Particular::Lisp,
};
