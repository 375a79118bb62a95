//! What only one language has: characters that look like strings, strings without escapes, regular expressions.

use crate::code_scan::Scan;
use crate::code_syntax::Particular;

/// The longest regular expression, and the longest escape in a character; bytes.
const LONGEST_EXPRESSION: usize = 1000;
const LONGEST_ESCAPE: usize = 12;

/// What operators of Haskell are made of.
const SYMBOLS: &str = "!#$%&*+./<=>?@\\^|~:-";

impl Scan<'_> {
    /// Passes what only one language has.
    pub(crate) fn particular(&mut self, at: usize, depth: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        let in_word = at > 0 && is_word(&self.text.as_bytes()[at - 1]);
        match self.syntax.particular {
            Particular::Rust if rest[0] == b'\'' => self.character(at, true),
            // It goes on with a name (x'), or has an attribute follow one (Ada's).
            Particular::Haskell | Particular::OCaml | Particular::FSharp | Particular::Ada
                if rest[0] == b'\'' && in_word =>
            {
                Some(at + 1)
            }
            Particular::Ada if rest[0] == b'\'' => self.character(at, false),
            Particular::Haskell | Particular::OCaml | Particular::FSharp if rest[0] == b'\'' => {
                self.character(at, true)
            }
            Particular::Haskell if rest[0] == b'[' => self.named_bars(at, b'[', "|]"),
            Particular::OCaml if rest[0] == b'{' => self.named_bars(at, b'{', "}"),
            Particular::Erlang if rest[0] == b'$' => Some(self.behind_character(at + 1)),
            Particular::Elisp if rest[0] == b'?' && !in_word => {
                const KEYS: [&str; 7] = ["\\C-", "\\M-", "\\S-", "\\H-", "\\A-", "\\s-", "\\^"];
                let mut from = at + 1;
                while let Some(key) = KEYS.iter().find(|key| self.begins(from, key)) {
                    from += key.len();
                }
                Some(self.behind_character(from))
            }
            Particular::Lisp if rest.starts_with(b"#<<") => Some(self.here_string(at + 3)),
            Particular::Lisp | Particular::Elisp if rest[0] == b'\\' => {
                Some(self.behind_character(at))
            }
            Particular::Zig if rest.starts_with(b"\\\\") => {
                let end = self.line_end(at);
                self.found.push(at + 2..end);
                Some(end)
            }
            Particular::D if !in_word && rest.starts_with(b"r\"") => {
                Some(at + 2 + self.find(at + 2, "\"")? + 1)
            }
            Particular::D if !in_word && rest.starts_with(b"q\"") => self.delimited(at + 2),
            Particular::Php if rest.starts_with(b"<<<") => self.here_document(at, depth),
            Particular::Rust if !in_word && matches!(rest[0], b'r' | b'b' | b'c') => {
                let letters = rest.iter().take_while(|byte| b"rbc".contains(byte)).count();
                let hashes = rest[letters..]
                    .iter()
                    .take_while(|byte| **byte == b'#')
                    .count();
                let start = letters + hashes;
                if !rest[..letters].contains(&b'r') || rest.get(start) != Some(&b'"') {
                    return None;
                }
                let close = format!("\"{}", "#".repeat(hashes));
                let length = self.find(at + start + 1, &close)?;
                Some(at + start + 1 + length + close.len())
            }
            Particular::Cpp if rest.starts_with(b"R\"") => {
                let inner = &rest[2..];
                let open = inner.iter().take(17).position(|byte| *byte == b'(')?;
                let delimiter = str::from_utf8(&inner[..open]).ok()?;
                let close = format!("){delimiter}\"");
                let length = self.find(at + 2 + open + 1, &close)?;
                Some(at + 2 + open + 1 + length + close.len())
            }
            Particular::FSharp | Particular::CSharp
                if rest.starts_with(b"@\"") || rest.starts_with(b"@$\"") =>
            {
                let start = at + if rest[1] == b'$' { 3 } else { 2 };
                let mut next = start;
                loop {
                    next += memchr::memchr(b'"', self.text.as_bytes().get(next..)?)? + 1;
                    if !self.text[next..].starts_with('"') {
                        return Some(next);
                    }
                    next += 1;
                }
            }
            Particular::CSharp if rest.starts_with(b"\"\"\"") => {
                let length = self.find(at + 3, "\"\"\"")?;
                Some(at + 3 + length + 3)
            }
            Particular::JavaScript if rest[0] == b'/' => self.regular_expression(at),
            Particular::Lua => self.brackets(at, false),
            _ => None,
        }
    }

    /// Passes a regular expression of JavaScript: a slash where no value stands before it that it could divide.
    fn regular_expression(&self, at: usize) -> Option<usize> {
        let before = self.text[..at].trim_end();
        let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        let divides = match &before[word.len()..] {
            "" => before.ends_with([')', ']', '}', '"', '\'', '`']),
            "return" | "typeof" | "case" | "in" | "of" | "delete" | "void" | "throw" | "do"
            | "else" => false,
            _ => true,
        };
        if divides {
            return None;
        }
        let bytes = self.text.as_bytes();
        let (mut next, mut in_class) = (at + 1, false);
        loop {
            if next - at > LONGEST_EXPRESSION {
                return None;
            }
            match *bytes.get(next)? {
                b'\\' => next += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return Some(next + 1),
                b'\n' => return None,
                _ => {}
            }
            next += 1;
        }
    }

    /// Passes a character between apostrophes, or an apostrophe that begins none.
    fn character(&self, at: usize, escapes: bool) -> Option<usize> {
        let inner = &self.text[at + 1..];
        if let (true, Some(escaped)) = (escapes, inner.strip_prefix('\\')) {
            let front = escaped.chars().next()?.len_utf8();
            let rest = escaped.as_bytes()[front..].iter().take(LONGEST_ESCAPE);
            let length = rest.clone().position(|byte| *byte == b'\'');
            return Some(at + 2 + front + length.map_or(0, |length| length + 1));
        }
        let length = inner.chars().next()?.len_utf8();
        let closes = inner[length..].starts_with('\'');
        Some(at + 1 + if closes { length + 1 } else { 0 })
    }

    /// Behind the character at this place, and a backslash before it.
    fn behind_character(&self, at: usize) -> usize {
        let mut chars = self.text[at..].chars();
        let first = chars.next();
        let second = chars.next().filter(|_| first == Some('\\'));
        at + first.map_or(0, char::len_utf8) + second.map_or(0, char::len_utf8)
    }

    /// Passes Racket's string from behind `#<<` to the line that is its name, or to the end.
    fn here_string(&mut self, at: usize) -> usize {
        let start = self.line_end(at);
        let name = self.text[at..start].trim_end_matches(['\r', '\n']);
        let mut end = start;
        for line in self.text[start..].split_inclusive('\n') {
            if line.trim_end_matches(['\r', '\n']) == name {
                break;
            }
            end += line.len();
        }
        self.found.push(start..end);
        (end + name.len()).min(self.text.len())
    }

    /// Passes `[name|…|]` of Haskell and `{name|…|name}` of OCaml, which stay.
    fn named_bars(&self, at: usize, open: u8, close: &str) -> Option<usize> {
        let inner = &self.text[at + 1..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_.'".contains(c);
        let name = &inner[..inner.find(|c| !is_name(c))?];
        let is_alone = name.is_empty() && open == b'[';
        if is_alone || !inner[name.len()..].starts_with('|') {
            return None;
        }
        let start = at + 1 + name.len() + 1;
        let close = match open {
            b'{' => format!("|{name}{close}"),
            _ => close.to_owned(),
        };
        Some(start + self.find(start, &close)? + close.len())
    }

    /// Passes a string of D that ends with a bracket or a name of its own.
    fn delimited(&self, start: usize) -> Option<usize> {
        let inner = &self.text[start..];
        let close = match inner.chars().next()? {
            '(' => ")\"".to_owned(),
            '[' => "]\"".to_owned(),
            '{' => "}\"".to_owned(),
            '<' => ">\"".to_owned(),
            c if c.is_alphabetic() || c == '_' => {
                format!("\n{}\"", inner.lines().next()?.trim_end())
            }
            c => format!("{c}\""),
        };
        Some(start + self.find(start, &close)? + close.len())
    }

    /// Whether the dashes here begin a comment of Haskell: they are no part of an operator.
    pub(crate) fn are_dashes(&self, at: usize) -> bool {
        let is_symbol = |c: char| SYMBOLS.contains(c);
        let behind = self.text[at..].trim_start_matches('-');
        !self.text[..at].ends_with(is_symbol) && !behind.starts_with(is_symbol)
    }

    /// How long the string or the character is that stands in a comment, where these count there; otherwise 1.
    pub(crate) fn string_in_comment(&self, at: usize) -> usize {
        let counts = matches!(
            self.syntax.particular,
            Particular::OCaml | Particular::FSharp
        );
        let rest = &self.text.as_bytes()[at..];
        if counts && rest.starts_with(b"'\"'") {
            return 3;
        }
        if !counts || rest[0] != b'"' {
            return 1;
        }
        let mut next = 1;
        while let Some(byte) = rest.get(next) {
            match byte {
                b'"' => return next + 1,
                b'\\' => next += 2,
                _ => next += 1,
            }
        }
        1
    }

    /// Passes `[[…]]` or `[==[…]==]` of Lua, if one begins here.
    pub(crate) fn brackets(&mut self, at: usize, is_text: bool) -> Option<usize> {
        if !self.begins(at, "[") {
            return None;
        }
        let rest = &self.text[at + 1..];
        let level = rest.bytes().take_while(|byte| *byte == b'=').count();
        rest[level..].strip_prefix('[')?;
        let start = at + level + 2;
        let close = format!("]{}]", "=".repeat(level));
        let length = self.find(start, &close)?;
        if is_text {
            self.found.push(start..start + length);
        }
        Some(start + length + close.len())
    }
}
