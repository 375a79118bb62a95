//! Changes as a unified diff; for a terminal in colour, with what changed in a line marked.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use jianti::Comparison;
use similar::udiff::UnifiedHunkHeader;
use similar::{DiffOp, group_diff_ops};

use super::args::Color;
use super::compare;
use super::language::say;
use super::message;

/// How many lines around a change are shown.
const AROUND: usize = 3;

/// Of lines that are longer only what stands between tags is broken into lines of its own, bytes.
const LONG: usize = 400;

/// How a diff is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether there are colours.
    pub color: bool,
    /// Whether it goes to a terminal, which must not obey what a file holds.
    pub is_terminal: bool,
}

const BOLD: &str = "\x1b[1m";
const CYAN: &str = "\x1b[36m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const MARKED: &str = "\x1b[7m";
const UNMARKED: &str = "\x1b[27m";
const PLAIN: &str = "\x1b[0m";

impl Style {
    /// As the command line asks for it.
    pub fn of(color: Color) -> Style {
        let is_terminal = io::stdout().is_terminal();
        let is_off = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
        Style {
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => is_terminal && !is_off,
            },
            is_terminal,
        }
    }
}

/// The diff of a document; a line that says so where its text stays, and only its bytes change.
pub fn document(name: &str, compared: &Comparison, style: Style) -> String {
    let outcome = &compared.outcome;
    match (compared.before == compared.after, outcome.changed) {
        (true, false) => String::new(),
        (true, true) => say!(
            "{name}: the text stays, its encoding ({encoding}) or byte order mark changes\n",
            "{name}：文字不变，编码（{encoding}）或字节顺序标记会变\n",
            name = message::printable(name),
            encoding = outcome.encoding.name()
        ),
        _ => unified(name, &compared.before, &compared.after, style),
    }
}

/// The diff of a text that has this name.
pub fn unified(name: &str, before: &str, after: &str, style: Style) -> String {
    let (old, new) = (compare::lines(before), compare::lines(after));
    let mut out = String::new();
    let name = message::printable(name);
    for sign in ["---", "+++"] {
        line(&mut out, &format!("{sign} {name}"), BOLD, style);
    }
    for group in group_diff_ops(compare::line_ops(&old, &new), AROUND) {
        line(
            &mut out,
            &UnifiedHunkHeader::new(&group).to_string(),
            CYAN,
            style,
        );
        for op in &group {
            change(&mut out, op, &old, &new, style);
        }
    }
    out
}

/// The same for a part of a book or an office document, whose lines may be endless: they are broken between tags.
pub fn unified_part(name: &str, before: &str, after: &str, style: Style) -> String {
    unified(name, &broken(before), &broken(after), style)
}

/// The text with endless lines broken between tags.
pub fn broken(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + text.len() / 8);
    for line in compare::lines(text) {
        match line.len() > LONG {
            true => lines += &line.replace("><", ">\n<"),
            false => lines += line,
        }
    }
    lines
}

fn change(out: &mut String, op: &DiffOp, old: &[&str], new: &[&str], style: Style) {
    let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
    if let DiffOp::Equal { .. } = op {
        for text in old {
            whole(out, ' ', text, "", style);
        }
        return;
    }
    let is_paired = style.color && old.len() == new.len();
    for (side, sign, color, lines) in [(0, '-', RED, old), (1, '+', GREEN, new)] {
        for (at, text) in lines.iter().enumerate() {
            match is_paired {
                true => marked(out, sign, (old[at], new[at]), side, color, style),
                false => whole(out, sign, text, color, style),
            }
        }
    }
}

/// A line with what changed in it marked.
fn marked(
    out: &mut String,
    sign: char,
    (before, after): (&str, &str),
    side: usize,
    color: &str,
    style: Style,
) {
    let mut text = String::new();
    for part in compare::parts(before.trim_end_matches('\n'), after.trim_end_matches('\n')) {
        let shown = shown(if side == 0 { part.before } else { part.after }, style);
        match part.is_changed() && !shown.is_empty() {
            true => write!(text, "{MARKED}{shown}{UNMARKED}").expect("a string can be written"),
            false => text += &shown,
        }
    }
    line(out, &format!("{sign}{text}"), color, style);
    ending(out, if side == 0 { before } else { after });
}

fn whole(out: &mut String, sign: char, text: &str, color: &str, style: Style) {
    let shown = shown(text.trim_end_matches('\n'), style);
    line(out, &format!("{sign}{shown}"), color, style);
    ending(out, text);
}

fn ending(out: &mut String, text: &str) {
    if !text.ends_with('\n') {
        out.push_str("\\ No newline at end of file\n");
    }
}

/// Text of a file: to a terminal without what that would obey.
fn shown(text: &str, style: Style) -> String {
    if !style.is_terminal {
        return text.to_owned();
    }
    let parts: Vec<_> = text.split('\t').map(message::printable).collect();
    parts.join("\t")
}

fn line(out: &mut String, text: &str, color: &str, style: Style) {
    match style.color && !color.is_empty() {
        true => writeln!(out, "{color}{text}{PLAIN}"),
        false => writeln!(out, "{text}"),
    }
    .expect("a string can be written");
}
