//! LaTeX: text, of which only characters change. Commands, keys, file names, formulas, listings and comments stay.

use std::collections::BTreeSet;

use crate::Error;
use crate::prose::Prose;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// Commands whose first arguments name something, and how many: keys, files, fonts, environments, counters, lengths.
const NAMES: [(&str, usize); 74] = [
    ("addbibresource", 1),
    ("addcontentsline", 2),
    ("addtocounter", 2),
    ("addtolength", 2),
    ("autocite", 1),
    ("autoref", 1),
    ("begin", 1),
    ("bibitem", 1),
    ("bibliography", 1),
    ("bibliographystyle", 1),
    ("cite", 1),
    ("citeauthor", 1),
    ("citep", 1),
    ("citet", 1),
    ("citeyear", 1),
    ("color", 1),
    ("colorbox", 1),
    ("cref", 1),
    ("Cref", 1),
    ("CJKfamily", 1),
    ("definecolor", 3),
    ("documentclass", 1),
    ("end", 1),
    ("eqref", 1),
    ("fontsize", 2),
    ("fontspec", 1),
    ("footcite", 1),
    ("gls", 1),
    ("Gls", 1),
    ("glspl", 1),
    ("graphicspath", 1),
    ("href", 1),
    ("hspace", 1),
    ("hyperlink", 1),
    ("hyperref", 0),
    ("hypersetup", 1),
    ("hypertarget", 1),
    ("include", 1),
    ("includegraphics", 1),
    ("includeonly", 1),
    ("includepdf", 1),
    ("input", 1),
    ("label", 1),
    ("lstinputlisting", 1),
    ("lstset", 1),
    ("nameref", 1),
    ("newcounter", 1),
    ("newCJKfontfamily", 2),
    ("newfontfamily", 2),
    ("newglossaryentry", 1),
    ("newlength", 1),
    ("newtheorem", 1),
    ("nocite", 1),
    ("pageref", 1),
    ("pagestyle", 1),
    ("parencite", 1),
    ("RequirePackage", 1),
    ("ref", 1),
    ("refstepcounter", 1),
    ("setcounter", 2),
    ("setCJKfamilyfont", 2),
    ("setCJKmainfont", 1),
    ("setCJKmonofont", 1),
    ("setCJKsansfont", 1),
    ("setlength", 2),
    ("setmainfont", 1),
    ("setmonofont", 1),
    ("setsansfont", 1),
    ("textcite", 1),
    ("textcolor", 1),
    ("thispagestyle", 1),
    ("tikzset", 1),
    ("url", 1),
    ("usepackage", 1),
];

/// Commands whose optional argument is text.
const TEXT_IN_BRACKETS: [&str; 10] = [
    "part",
    "chapter",
    "section",
    "subsection",
    "subsubsection",
    "paragraph",
    "caption",
    "item",
    "title",
    "author",
];

/// Environments that hold no prose.
const NO_PROSE: [&str; 22] = [
    "align",
    "alignat",
    "asy",
    "comment",
    "displaymath",
    "eqnarray",
    "equation",
    "filecontents",
    "flalign",
    "forest",
    "gather",
    "lstlisting",
    "lualatex",
    "luacode",
    "math",
    "minted",
    "multline",
    "pgfpicture",
    "tikzcd",
    "tikzpicture",
    "verbatim",
    "Verbatim",
];

/// Normalises the text of a document; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut reader = Reader {
        document,
        names: defined(document),
        at: 0,
        from: 0,
        prose: Prose::new(document, passages, edits),
    };
    reader.read()
}

/// The names in Chinese of commands that the document defines.
fn defined(document: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (at, _) in document.match_indices('\\') {
        let rest = &document[at + 1..];
        let definer = [
            "def",
            "gdef",
            "edef",
            "let",
            "newcommand",
            "renewcommand",
            "providecommand",
            "newif",
            "DeclareRobustCommand",
            "NewDocumentCommand",
            "DeclareMathOperator",
            "newlength",
            "newsavebox",
        ]
        .iter()
        .find_map(|definer| rest.strip_prefix(definer));
        let Some(rest) = definer else {
            continue;
        };
        let rest = rest.trim_start_matches(['*', '{', ' ']);
        let Some(name) = rest.strip_prefix('\\') else {
            continue;
        };
        let length = name
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(name.len());
        if !name[..length].is_ascii() {
            names.insert(&name[..length]);
        }
    }
    names
}

struct Reader<'d, 'p> {
    document: &'d str,
    names: BTreeSet<&'d str>,
    at: usize,
    /// Up to where the document is passed.
    from: usize,
    prose: Prose<'d, 'p>,
}

impl<'d> Reader<'d, '_> {
    fn read(&mut self) -> Result<(), Error> {
        while let Some(found) = self.document[self.at..].find(['\\', '%', '$', '\n', '&', '{', '}'])
        {
            self.at += found;
            let rest = &self.document[self.at..];
            match rest.as_bytes()[0] {
                b'%' => self.keep(rest.find('\n').unwrap_or(rest.len())),
                b'$' => self.keep(formula(rest)),
                b'\n'
                    if rest[1..]
                        .trim_start_matches([' ', '\t', '\r'])
                        .starts_with('\n') =>
                {
                    self.keep(1);
                    self.prose.end()?;
                }
                b'\n' => self.at += 1,
                b'&' => self.keep(1),
                // A group may be part of a phrase.
                b'{' | b'}' => {
                    self.flush();
                    self.at += 1;
                    self.from = self.at;
                }
                _ => self.command(rest)?,
            }
        }
        self.at = self.document.len();
        self.flush();
        self.prose.end()
    }

    /// Takes the text that is passed.
    fn flush(&mut self) {
        self.prose.text(self.from..self.at);
        self.from = self.at;
    }

    fn keep(&mut self, length: usize) {
        self.flush();
        self.prose.keep(self.at..self.at + length);
        self.at += length;
        self.from = self.at;
    }

    fn command(&mut self, rest: &'d str) -> Result<(), Error> {
        let name = self.name(&rest[1..]);
        if name.is_empty() {
            // A symbol: `\(` and `\[` begin formulas, `\\` ends a line.
            let length = match rest.as_bytes().get(1) {
                Some(b'(') => closed(rest, "\\)"),
                Some(b'[') => closed(rest, "\\]"),
                _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            };
            self.keep(length);
            return Ok(());
        }
        let mut length = 1 + name.len();
        if rest[length..].starts_with('*') {
            length += 1;
        }
        if matches!(name, "verb" | "lstinline" | "mintinline") {
            length += verbatim(&rest[length..]);
            self.keep(length);
            return Ok(());
        }
        if let Some(environment) = rest.strip_prefix("\\begin{")
            && let Some((environment, _)) = environment.split_once('}')
            && NO_PROSE.contains(&environment.trim_end_matches('*'))
        {
            self.keep(closed(rest, &format!("\\end{{{environment}}}")));
            return self.prose.end();
        }
        let names = NAMES.iter().find(|(known, _)| *known == name);
        length += self.arguments(&rest[length..], name, names.map_or(0, |(_, count)| *count));
        self.keep(length);
        if !name.starts_with("text") && name != "emph" && names.is_none() {
            // Whatever it is, no phrase goes over it.
            self.prose.end()?;
        }
        Ok(())
    }

    /// A command's name: letters of ASCII, or one that the document defines.
    fn name(&self, rest: &'d str) -> &'d str {
        let length = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let letters = &rest[..length];
        let defined = self.names.iter().filter(|name| letters.starts_with(**name));
        if let Some(name) = defined.max_by_key(|name| name.len()) {
            return &letters[..name.len()];
        }
        let ascii = letters
            .find(|c: char| !c.is_ascii())
            .unwrap_or(letters.len());
        if ascii == 0 {
            letters
        } else {
            &letters[..ascii]
        }
    }

    /// The length of a command's arguments that are no text.
    fn arguments(&self, rest: &str, name: &str, count: usize) -> usize {
        let mut length = 0;
        let mut left = count;
        loop {
            let behind = &rest[length..];
            let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            match behind.as_bytes().get(blank) {
                Some(b'[') if !TEXT_IN_BRACKETS.contains(&name) => {
                    match group(&behind[blank..], b'[', b']') {
                        Some(end) => length += blank + end,
                        None => return length,
                    }
                }
                Some(b'{') if left > 0 => match group(&behind[blank..], b'{', b'}') {
                    Some(end) => {
                        length += blank + end;
                        left -= 1;
                    }
                    None => return length,
                },
                _ => return length,
            }
        }
    }
}

/// The length of a formula between dollar signs; no paragraph ends in it.
fn formula(rest: &str) -> usize {
    let mark = if rest.starts_with("$$") { "$$" } else { "$" };
    let mut at = mark.len();
    let limit = rest.find("\n\n").unwrap_or(rest.len());
    while let Some(found) = rest[at..].find(['$', '\\']).map(|found| at + found) {
        if found >= limit {
            break;
        }
        if rest[found..].starts_with('\\') {
            at = found + 1 + rest[found + 1..].chars().next().map_or(0, char::len_utf8);
        } else if rest[found..].starts_with(mark) {
            return found + mark.len();
        } else {
            at = found + 1;
        }
    }
    mark.len()
}

/// The length up to the end mark; only of what begins, if it does not end.
fn closed(rest: &str, mark: &str) -> usize {
    rest.find(mark)
        .map_or(2.min(rest.len()), |at| at + mark.len())
}

/// The length of `|code|`, or `{code}`.
fn verbatim(rest: &str) -> usize {
    let mut start = 0;
    if rest.starts_with('[') || rest.starts_with('{') && rest[1..].contains("}|") {
        start = rest.find([']', '}']).map_or(0, |at| at + 1);
    }
    let rest = &rest[start..];
    let Some(mark) = rest.chars().next() else {
        return start;
    };
    let end = if mark == '{' { '}' } else { mark };
    let inner = rest[mark.len_utf8()..].find([end, '\n']);
    start + inner.map_or(0, |at| mark.len_utf8() + at + end.len_utf8())
}

/// The length of a group with all that is in it.
fn group(rest: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate() {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        } else if byte == b'\n' && rest[at + 1..].starts_with('\n') {
            return None;
        }
    }
    None
}
