//! LaTeX: text, of which only characters change. Commands, keys, file names, formulas, listings and comments stay.

use std::collections::BTreeSet;

use crate::Error;
use crate::ahead::Ahead;
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
        ahead: Ahead::default(),
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
    ahead: Ahead,
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
                b'\n' if ends_paragraph(rest) => {
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
                Some(b'(') => self.closed(rest, "\\)"),
                Some(b'[') => self.closed(rest, "\\]"),
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
            && let Some(end) = self.ahead.find(environment, "}")
            && let environment = &environment[..end]
            && NO_PROSE.contains(&environment.trim_end_matches('*'))
        {
            let length = self.closed(rest, &format!("\\end{{{environment}}}"));
            self.keep(length);
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

    /// The length up to the end mark; only of what begins, if it does not end.
    fn closed(&self, rest: &str, mark: &str) -> usize {
        let end = self.ahead.find(rest, mark);
        end.map_or(2.min(rest.len()), |at| at + mark.len())
    }

    /// A command's name: letters of ASCII, or one that the document defines.
    fn name(&self, rest: &'d str) -> &'d str {
        let length = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let letters = &rest[..length];
        if let Some(length) = longest_in(&self.names, letters) {
            return &letters[..length];
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

/// The length of the longest of the names that the letters begin with.
fn longest_in(names: &BTreeSet<&str>, mut letters: &str) -> Option<usize> {
    loop {
        let nearest = names.range(..=letters).next_back()?;
        if letters.starts_with(nearest) {
            return Some(nearest.len());
        }
        // Whatever they begin with begins the nearest name too.
        let mut pairs = letters.char_indices().zip(nearest.chars());
        let (common, _) = pairs.find(|((_, one), other)| one != other)?.0;
        letters = &letters[..common];
    }
}

/// Whether the line that ends where `rest` begins is followed by an empty one.
fn ends_paragraph(rest: &str) -> bool {
    let next = rest.strip_prefix('\n').unwrap_or(rest);
    next.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

/// The length of a formula between dollar signs; no paragraph ends in it.
fn formula(rest: &str) -> usize {
    let mark = if rest.starts_with("$$") { "$$" } else { "$" };
    let mut at = mark.len();
    while let Some(found) = rest[at..].find(['$', '\\', '\n']) {
        at += found;
        let here = &rest[at..];
        if here.starts_with(mark) {
            return at + mark.len();
        }
        at += match here.as_bytes()[0] {
            b'\n' if ends_paragraph(here) => break,
            b'\\' if !here[1..].starts_with('\n') => {
                1 + here[1..].chars().next().map_or(0, char::len_utf8)
            }
            _ => 1,
        };
    }
    mark.len()
}

/// The longest piece of code in a line, bytes.
const LONGEST_CODE: usize = 1 << 12;

/// The length of `|code|`, or `{code}`, perhaps behind `[options]` or `{language}`.
fn verbatim(rest: &str) -> usize {
    let rest = &rest[..rest.floor_char_boundary(LONGEST_CODE)];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let start = match line.as_bytes().first() {
        Some(b'[') => line.find(']').map_or(0, |at| at + 1),
        Some(b'{') => line
            .find('}')
            .filter(|at| line[at + 1..].starts_with('|'))
            .map_or(0, |at| at + 1),
        _ => 0,
    };
    let rest = &rest[start..];
    let Some(mark) = rest.chars().next() else {
        return start;
    };
    let end = if mark == '{' { '}' } else { mark };
    let inner = rest[mark.len_utf8()..].find([end, '\n']);
    start + inner.map_or(0, |at| mark.len_utf8() + at + end.len_utf8())
}

/// How deep groups are nested at most.
const DEEPEST: usize = 100;

/// The length of a group with all that is in it; no paragraph ends in it.
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
            if depth > DEEPEST {
                return None;
            }
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        } else if byte == b'\n' && ends_paragraph(&rest[at..]) {
            return None;
        }
    }
    None
}
