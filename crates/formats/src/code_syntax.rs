//! How programming languages write comments and strings, as far as that can be told with certainty.

/// What a family of languages has.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// What begins a comment that ends with its line.
    pub lines: &'static [&'static str],
    /// Whether such a comment has its line for itself: elsewhere the mark may mean something else.
    pub whole_lines: bool,
    /// What begins and ends a comment of any length, and whether they nest.
    pub blocks: &'static [(&'static str, &'static str, bool)],
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
    /// `x'`, `[name| … |]`, operators of dashes.
    Haskell,
    /// `'a`, `{name| … |name}`, strings in comments.
    OCaml,
    /// The same marks, but for `(*)`, `@"…"` and `$"…"`.
    FSharp,
    /// `X'First`, `'"'`.
    Ada,
    /// `$"`.
    Erlang,
    /// `\"` and `#\"`.
    Lisp,
    /// The same, and `?"`.
    Elisp,
    /// `\\` before text that goes to the line's end.
    Zig,
    /// `r"…"`, `q"(…)"`.
    D,
    /// `{$…}` is no comment.
    Pascal,
    /// Pages with programs in them; `<<<NAME`.
    Php,
}
