//! Which files the page tells of: of each kind those that matter most, and so many that the page stays small. Which ones does
//! not hang on the order in which they are done.

use std::collections::BTreeMap;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::row::Row;
use crate::cli::report::{FileReport, Status};

/// The kinds, in the order in which the page tells of them; how many files of each it holds, and with all that is known.
const KINDS: [(&str, usize, usize); 4] = [
    ("kindDoubtful", 800, 250),
    ("kindError", 300, 0),
    ("kindChanged", 700, 150),
    ("kindOther", 200, 0),
];

/// Files by how much they matter; among equals by a checksum of their names, and then by these.
type Order = (u64, u64, String);

/// A sample of all files.
#[derive(Default)]
pub struct Sample {
    kinds: [Kind; KINDS.len()],
}

#[derive(Default)]
struct Kind {
    all: u64,
    kept: BTreeMap<Order, Row>,
}

impl Kind {
    /// Whether a file of this order is among so many that matter most.
    fn is_among(&self, order: &Order, most: usize) -> bool {
        let Some(last) = most.checked_sub(1) else {
            return false;
        };
        let last = self.kept.keys().rev().nth(last);
        last.is_none_or(|last| last < order)
    }
}

/// How many files of a kind there are, and how many the page holds.
#[derive(Debug, Serialize)]
pub struct Shown {
    name: &'static str,
    all: u64,
    shown: usize,
}

impl Sample {
    /// Whether the page would show the file with all that is known, as far as can be told by now.
    pub fn wants_details(&self, file: &FileReport) -> bool {
        let (kind, order) = order(file);
        let (_, _, detailed) = KINDS[kind];
        self.kinds[kind].is_among(&order, detailed)
    }

    /// Counts a file, and takes it if it matters more than one that is there.
    pub fn add(&mut self, file: &FileReport) {
        let (kind, order) = order(file);
        let (_, most, _) = KINDS[kind];
        let kind = &mut self.kinds[kind];
        kind.all += 1;
        if kind.is_among(&order, most) {
            kind.kept.insert(order, Row::new(file));
        }
        if kind.kept.len() > most {
            kind.kept.pop_first();
        }
    }

    /// The rows, those that matter most first, and how many there are of each kind.
    pub fn finish(self) -> (Vec<Row>, Vec<Shown>) {
        let mut rows = Vec::new();
        let mut shown = Vec::new();
        for (kind, (name, _, detailed)) in self.kinds.into_iter().zip(KINDS) {
            shown.push(Shown {
                name,
                all: kind.all,
                shown: kind.kept.len(),
            });
            let kept = kind.kept.into_values().rev().enumerate();
            rows.extend(kept.map(|(at, row)| match at < detailed {
                true => row,
                false => row.without_details(),
            }));
        }
        (rows, shown)
    }
}

/// The file's kind, and how much it matters there.
fn order(file: &FileReport) -> (usize, Order) {
    let outcome = file.outcome.as_ref();
    let (mut doubts, mut repairs) = (0, 0);
    if let Some(outcome) = outcome {
        doubts = outcome.doubtful + outcome.repairs.open + outcome.repairs.lost;
        repairs = outcome.repairs.repaired.values().sum();
    }
    let (kind, weight) = match file.status {
        Status::Error => (1, 0),
        _ if doubts > 0 => (0, doubts),
        Status::Converted => (2, repairs),
        _ => (3, 0),
    };
    (
        kind,
        (weight, xxh3_64(file.path.as_bytes()), file.path.clone()),
    )
}

/// How many files are how large, by what they hold of text.
#[derive(Debug, Default)]
pub struct Sizes([u64; SIZES.len()]);

/// Up to how many bytes, and how that is called.
const SIZES: [(u64, &str); 7] = [
    (0, "0"),
    (1_000, "≤ 1 KB"),
    (10_000, "≤ 10 KB"),
    (100_000, "≤ 100 KB"),
    (1_000_000, "≤ 1 MB"),
    (10_000_000, "≤ 10 MB"),
    (u64::MAX, "> 10 MB"),
];

impl Sizes {
    /// Counts a file.
    pub fn add(&mut self, bytes: u64) {
        let at = SIZES.iter().position(|(most, _)| bytes <= *most);
        self.0[at.unwrap_or(SIZES.len() - 1)] += 1;
    }

    /// The counts with their names, from the smallest size to the largest.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        let list = SIZES.iter().zip(self.0);
        list.map(|((_, name), count)| (*name, count)).collect()
    }
}
