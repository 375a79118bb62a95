//! Changed lines of a file, before and after, cut to what can be looked at.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeSeq, Serializer};
use similar::DiffOp;

use crate::cli::compare::{self, Part};

/// How many lines of a file are kept.
const MOST: usize = 4;

/// How much of a line that stays the same is kept beside what changed, characters.
const BESIDE: usize = 16;

/// How much of a line is kept, characters on each side.
const LONGEST: usize = 160;

/// A line that changed.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ChangedLine {
    /// The member of an archive or a book that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Its number, from 1.
    pub number: usize,
    parts: Vec<Kept>,
}

impl ChangedLine {
    /// The same in a member of this name; a compressed file's only one has none.
    pub fn of_member(self, name: &str) -> ChangedLine {
        ChangedLine {
            member: (!name.is_empty()).then(|| name.to_owned()),
            ..self
        }
    }
}

/// A part of a line: as JSON a string if it stayed the same, else the two in a list.
#[derive(Clone, Debug)]
enum Kept {
    Same(String),
    Changed(String, String),
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Kept::Same(text) => serializer.serialize_str(text),
            Kept::Changed(before, after) => {
                let mut two = serializer.serialize_seq(Some(2))?;
                two.serialize_element(before)?;
                two.serialize_element(after)?;
                two.end()
            }
        }
    }
}

/// Some lines of a text that changed: first those whose numbers (from 1) are in `wanted`.
pub fn changed_lines(before: &str, after: &str, wanted: &BTreeSet<u64>) -> Vec<ChangedLine> {
    let (old, new) = (compare::lines(before), compare::lines(after));
    let mut found: Vec<(usize, String, String)> = Vec::new();
    let mut first: Vec<(usize, String, String)> = Vec::new();
    for op in compare::line_ops(&old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old_range, new_range) = (op.old_range(), op.new_range());
        // Lines stand beside each other as far as there are as many.
        for at in 0..old_range.len().max(new_range.len()) {
            let line = |lines: &[&str], range: &std::ops::Range<usize>| {
                let line = lines[range.clone()].get(at).copied().unwrap_or_default();
                line.trim_end_matches(['\n', '\r']).to_owned()
            };
            let number = old_range.start + at + 1;
            let list = match wanted.contains(&(number as u64)) {
                true => &mut first,
                false => &mut found,
            };
            if list.len() < MOST {
                list.push((number, line(&old, &old_range), line(&new, &new_range)));
            }
        }
    }
    first.extend(found);
    first.truncate(MOST);
    first.sort_by_key(|(number, ..)| *number);
    let kept = |(number, before, after): (usize, String, String)| ChangedLine {
        member: None,
        number,
        parts: kept(&compare::parts(&before, &after)),
    };
    first.into_iter().map(kept).collect()
}

/// The parts with what is far from any change cut out.
fn kept(parts: &[Part]) -> Vec<Kept> {
    let mut room = LONGEST;
    let mut kept = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if room == 0 {
            kept.push(Kept::Same("…".to_owned()));
            break;
        }
        let piece = match part.is_changed() {
            true => Kept::Changed(front(part.before, room), front(part.after, room)),
            false => Kept::Same(middle_cut(part.before, at == 0, at + 1 == parts.len())),
        };
        let length = match &piece {
            Kept::Same(text) => text.chars().count(),
            Kept::Changed(before, after) => before.chars().count().max(after.chars().count()),
        };
        room = room.saturating_sub(length);
        kept.push(piece);
    }
    kept
}

/// A stretch without its middle; at a line's beginning or end without what is far from the change.
fn middle_cut(text: &str, is_first: bool, is_last: bool) -> String {
    let count = text.chars().count();
    let (head, tail) = (
        if is_first { 0 } else { BESIDE },
        if is_last { 0 } else { BESIDE },
    );
    if count <= head + tail + 2 {
        return text.to_owned();
    }
    let (head, tail) = match (is_first, is_last) {
        (true, true) => return front(text, LONGEST),
        _ => (head, tail),
    };
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}…{end}")
}

fn front(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
