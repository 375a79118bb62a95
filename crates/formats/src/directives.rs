//! Directives of reStructuredText, and of MyST, which has the same in Markdown: what of each is text that readers see. Those of
//! docutils, of Sphinx and of the extensions that its themes bring are known by their names. What stands in others may be
//! a program or a drawing, and stays.

/// What of a directive is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    pub argument: Argument,
    pub body: Body,
}

/// What stands behind a directive's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// A path, a signature, a language.
    Stays,
    /// A title, or the first line of what the directive holds.
    Text,
    /// A title that references may name.
    Name,
}

/// What stands below a directive's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// Markup as elsewhere.
    Text,
    /// Documents, perhaps with their titles: `標題 <文件>`.
    Entries,
    /// Rows of cells between commas.
    Rows,
    /// Terms, which references name, and their definitions.
    Terms,
    /// It is not known what.
    Stays,
    /// A program, or a formula: no names are in it.
    Code,
}

/// Directives that are text but for their options.
const TEXT: [&str; 71] = [
    "admonition",
    "algorithm",
    "answer",
    "aside",
    "assumption",
    "attention",
    "axiom",
    "card",
    "caution",
    "centered",
    "collapse",
    "compound",
    "conjecture",
    "corollary",
    "danger",
    "definition",
    "deprecated",
    "describe",
    "details",
    "dropdown",
    "epigraph",
    "error",
    "example",
    "exercise",
    "footer",
    "grid",
    "grid-item",
    "grid-item-card",
    "group-tab",
    "header",
    "highlights",
    "hint",
    "hlist",
    "important",
    "index",
    "info",
    "lemma",
    "line-block",
    "list-table",
    "margin",
    "marginnote",
    "note",
    "object",
    "observation",
    "proof",
    "proposition",
    "pull-quote",
    "question",
    "remark",
    "replace",
    "rubric",
    "seealso",
    "sidebar",
    "sidenote",
    "solution",
    "success",
    "tab",
    "tab-item",
    "tab-set",
    "table",
    "tabs",
    "theorem",
    "tip",
    "title",
    "todo",
    "toggle",
    "topic",
    "versionadded",
    "versionchanged",
    "versionremoved",
    "warning",
];

/// Directives that hold text, and have behind their names what is none.
const BODIES: [&str; 43] = [
    "attribute",
    "autoattribute",
    "autoclass",
    "autodata",
    "autoexception",
    "autofunction",
    "automethod",
    "automodule",
    "button-link",
    "button-ref",
    "class",
    "classmethod",
    "cmdoption",
    "confval",
    "container",
    "data",
    "decorator",
    "decoratormethod",
    "delete",
    "directive",
    "enum",
    "enumerator",
    "envvar",
    "exception",
    "figure",
    "function",
    "get",
    "ifconfig",
    "macro",
    "member",
    "method",
    "module",
    "only",
    "option",
    "patch",
    "post",
    "property",
    "put",
    "rst-class",
    "staticmethod",
    "struct",
    "type",
    "var",
];

/// Directives whose content is no markup.
const CODE: [&str; 13] = [
    "code",
    "code-block",
    "code-cell",
    "code-tab",
    "doctest",
    "highlight",
    "literalinclude",
    "math",
    "prompt",
    "raw",
    "sourcecode",
    "testcode",
    "testoutput",
];

/// Options of directives whose values are shown.
const SHOWN: [&str; 7] = [
    "alt",
    "caption",
    "description",
    "header",
    "link-alt",
    "subtitle",
    "title",
];

impl Directive {
    /// What is known of the directive of this name; of a domain's, `py:function`, by the last part of it.
    pub fn named(name: &str) -> Directive {
        let name = name.rsplit(':').next().unwrap_or(name);
        let is_in = |names: &[&str]| names.contains(&name);
        let (argument, body) = match name {
            "contents" => (Argument::Name, Body::Stays),
            "csv-table" => (Argument::Text, Body::Rows),
            "glossary" => (Argument::Stays, Body::Terms),
            "nbgallery" | "toctree" => (Argument::Stays, Body::Entries),
            _ if is_in(&TEXT) => (Argument::Text, Body::Text),
            _ if is_in(&BODIES) => (Argument::Stays, Body::Text),
            _ if is_in(&CODE) => (Argument::Stays, Body::Code),
            _ => (Argument::Stays, Body::Stays),
        };
        Directive { argument, body }
    }
}

/// Whether readers see the value of a directive's option.
pub(crate) fn is_shown(directive: &str, option: &str) -> bool {
    SHOWN.contains(&option) || directive == "meta" && option == "keywords"
}

/// The title in a line of a table of contents, `標題 <文件>`: its length, bytes. None has a document alone.
pub(crate) fn entry_title(line: &str) -> usize {
    let inner = line.trim_end().strip_suffix('>');
    let title = inner.and_then(|inner| inner.rfind('<'));
    title.unwrap_or(0)
}
