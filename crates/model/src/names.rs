//! What the names of persons are made of: surnames, and the characters of given names, with what each costs.

use crate::words::{Hash, Words};

/// What a surname of one character, or of two, costs among surnames, and a character among those of given names.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    table: Words,
}

/// What stands before a surname, and before a character of a given name, in the table.
const SURNAME: char = 'S';
const GIVEN: char = 'G';

impl Names {
    /// Reads what [`compile`] wrote.
    ///
    /// # Panics
    /// The bytes are something else.
    pub fn from_bytes(bytes: &'static [u8]) -> Names {
        Names {
            table: Words::from_bytes(bytes),
        }
    }

    /// What a surname costs, in eighths of a natural logarithm; `None` if it is none.
    pub fn surname(&self, name: &[char]) -> Option<u32> {
        let hash = Hash::EMPTY.and(SURNAME);
        self.table
            .cost(name.iter().fold(hash, |hash, c| hash.and(*c)))
    }

    /// What a character costs in a given name, in eighths of a natural logarithm; `None` if none was counted with it.
    pub fn given(&self, c: char) -> Option<u32> {
        self.table.cost(Hash::EMPTY.and(GIVEN).and(c))
    }
}

/// Compiles the lines of `names.txt`.
///
/// # Panics
/// A line is malformed.
pub fn compile(text: &str) -> Vec<u8> {
    let rows: Vec<(String, f64)> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut fields = line.split(' ');
            let mut field = || fields.next().expect("three fields");
            let kind = if field() == "surname" { SURNAME } else { GIVEN };
            let name = field();
            (format!("{kind}{name}"), field().parse().expect("a count"))
        })
        .collect();
    let total = |kind: char| -> f64 {
        let of_kind = rows.iter().filter(|(name, _)| name.starts_with(kind));
        of_kind.map(|(_, count)| count).sum()
    };
    let (surnames, given) = (total(SURNAME), total(GIVEN));
    let scaled = rows.iter().map(|(name, count)| {
        let all = if name.starts_with(SURNAME) {
            surnames
        } else {
            given
        };
        (name.as_str(), count / all)
    });
    crate::words::compile_shares(scaled)
}
