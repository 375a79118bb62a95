//! What goes to the terminal: to standard error, which may be gone, and without anything a terminal would obey.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use super::language::say;
use super::told::{Tell, Told, told};

/// Prints an error the way all are printed.
pub fn complain(error: &Told) {
    note(&error_line(error));
}

/// An error the way all are printed.
pub fn error_line(error: &Told) -> String {
    let error = error.spoken();
    say!("jianti: {error}", "jianti：{error}")
}

/// What is told of a path.
pub fn about(path: &Path, cause: &impl Tell) -> Told {
    let path = shown(path);
    told!("{path}: {cause}", "{path}：{cause}"; cause = cause)
}

/// Prints lines to standard error. If even that fails there is nobody to tell, and the files matter more.
pub fn note(text: &str) {
    let mut line = escape(text, |char| char == '\n' || char == '\t').into_owned();
    line.push('\n');
    let _ = io::stderr().write_all(line.as_bytes());
}

/// A path to be shown: control characters in names are escaped, as are those that turn the direction of text.
pub fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// The same for a path that is text already.
pub fn printable(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

fn escape(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    let obeyed = |char: char| {
        (char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
            && !is_kept(char)
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match obeyed(char) {
            true => write!(escaped, "{}", char.escape_default()).expect("a string can be written"),
            false => escaped.push(char),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_shown() {
        let name = "\u{1b}]0;title\u{7}\u{1b}[2J文\n章\u{202E}txt.exe\u{9b}31m";
        let shown = shown(Path::new(name));
        assert_eq!(
            shown,
            r"\u{1b}]0;title\u{7}\u{1b}[2J文\n章\u{202e}txt.exe\u{9b}31m"
        );
        assert!(matches!(printable("書店 a-b.txt"), Cow::Borrowed(_)));
    }
}
