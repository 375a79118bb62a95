//! The columns of a table, as its first row names them: which are asked for, and what they hold.

use crate::named::Held;

/// The columns of a table.
pub(crate) struct Columns {
    /// The names of those that are asked for; all if there are none.
    fields: Vec<String>,
    /// Which columns are asked for, in order.
    wanted: Vec<bool>,
    /// Those that hold no text of sentences, in order; the first thousand.
    held: Vec<(usize, Held)>,
}

impl Columns {
    /// Those of a table whose first row is yet to come.
    pub fn new(fields: &[String]) -> Columns {
        Columns {
            fields: fields.to_vec(),
            wanted: Vec::new(),
            held: Vec::new(),
        }
    }

    /// Notes the next column, with its name; `None` for a part of a cell that a part of came before.
    pub fn add(&mut self, column: usize, name: Option<&str>) {
        /// So many columns that hold something are known at the most.
        const MOST: usize = 1_000;
        if self.held.len() < MOST {
            let held = name.and_then(Held::of);
            self.held.extend(held.map(|held| (column, held)));
        }
        if !self.fields.is_empty() {
            let is_wanted = name.is_some_and(|name| self.fields.iter().any(|field| field == name));
            self.wanted.push(is_wanted);
        }
    }

    /// What a column holds, if it is no text.
    pub fn held(&self, column: usize) -> Option<Held> {
        let at = self
            .held
            .binary_search_by_key(&column, |(column, _)| *column);
        Some(self.held[at.ok()?].1)
    }

    /// Whether all columns are text, and the first row.
    pub fn are_all(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether the cells of a column, below the first row, are text.
    pub fn are_wanted(&self, column: usize) -> bool {
        self.are_all() || self.wanted.get(column) == Some(&true)
    }

    /// Whether columns are asked for, and the first row names none of them.
    pub fn lacks_all(&self) -> bool {
        !self.are_all() && !self.wanted.contains(&true)
    }
}
