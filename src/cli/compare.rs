//! What differs between a text before and after: lines, and within a line characters.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// How long lists of different lengths are compared before what is between is taken to differ as a whole: of texts with
/// tens of thousands of lines of which some went away, so that nobody waits. Where that shows is up to the machine.
const PATIENCE: Duration = Duration::from_millis(300);

/// A part of a line: the same before and after, or different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'t> {
    /// What stood there.
    pub before: &'t str,
    /// What stands there now.
    pub after: &'t str,
}

impl Part<'_> {
    /// Whether it differs.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

/// The lines of a text, with their ends.
pub fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// How one list of lines becomes the other. Nearly always each line stays one, and then it takes one look at each.
pub fn line_ops(before: &[&str], after: &[&str]) -> Vec<DiffOp> {
    match before.len() == after.len() {
        true => one_by_one(before, after),
        false => {
            let until = Instant::now() + PATIENCE;
            capture_diff_slices_deadline(Algorithm::Myers, before, after, Some(until))
        }
    }
}

/// The same for lists of one length whose elements belong together.
fn one_by_one<T: PartialEq>(before: &[T], after: &[T]) -> Vec<DiffOp> {
    let mut ops = Vec::new();
    let mut start = 0;
    while start < before.len() {
        let same = before[start] == after[start];
        let rest = before[start..].iter().zip(&after[start..]);
        let len = rest.take_while(|(b, a)| (b == a) == same).count();
        ops.push(match same {
            true => DiffOp::Equal {
                old_index: start,
                new_index: start,
                len,
            },
            false => DiffOp::Replace {
                old_index: start,
                old_len: len,
                new_index: start,
                new_len: len,
            },
        });
        start += len;
    }
    ops
}

/// A line before and after in parts that are the same and parts that are not, in turns.
pub fn parts<'t>(before: &'t str, after: &'t str) -> Vec<Part<'t>> {
    let (old, new) = (characters(before), characters(after));
    let ops = match old.len() == new.len() {
        true => one_by_one(&old, &new),
        false => {
            let until = Instant::now() + PATIENCE;
            capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(until))
        }
    };
    let mut parts: Vec<Part> = Vec::new();
    let (mut from, mut to) = (0, 0);
    let mut was_changed = false;
    for op in ops {
        let (_, old_range, new_range) = op.as_tag_tuple();
        let length = |chars: &[&str]| chars.iter().map(|c| c.len()).sum::<usize>();
        let (old_end, new_end) = (from + length(&old[old_range]), to + length(&new[new_range]));
        let is_changed = !matches!(op, DiffOp::Equal { .. });
        let part = Part {
            before: &before[from..old_end],
            after: &after[to..new_end],
        };
        match parts.last_mut().filter(|_| is_changed && was_changed) {
            // What is taken out and what is put in, told one after the other.
            Some(last) => {
                last.before = &before[from - last.before.len()..old_end];
                last.after = &after[to - last.after.len()..new_end];
            }
            None => parts.push(part),
        }
        was_changed = is_changed;
        (from, to) = (old_end, new_end);
    }
    parts
}

fn characters(text: &str) -> Vec<&str> {
    let ends = text.char_indices();
    ends.map(|(at, c)| &text[at..at + c.len_utf8()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_put_together_are_the_lines() {
        for (before, after) in [
            (
                "他開會(huì)時寫著, 關於餅乾的事.",
                "他开会时写着，关于饼干的事。",
            ),
            ("", "新"),
            ("同", "同"),
            ("舊", ""),
            ("甲\"乙\"丙...", "甲“乙”丙……"),
        ] {
            let parts = parts(before, after);
            let of = |pick: fn(&Part) -> String| parts.iter().map(pick).collect::<String>();
            assert_eq!(of(|part| part.before.to_owned()), before);
            assert_eq!(of(|part| part.after.to_owned()), after);
            assert!(
                parts
                    .windows(2)
                    .all(|two| two[0].is_changed() != two[1].is_changed())
            );
        }
        let parts = parts("開會(huì)了", "开会了");
        let changed: Vec<_> = parts.iter().filter(|part| part.is_changed()).collect();
        assert_eq!(changed.len(), 1, "{parts:?}");
    }

    #[test]
    fn large_texts_take_one_look_at_each_line() {
        let before = "關於\n同\n".repeat(200_000);
        let after = before.replace('關', "关");
        let ops = line_ops(&lines(&before), &lines(&after));
        assert_eq!(ops.len(), 400_000);
    }
}
