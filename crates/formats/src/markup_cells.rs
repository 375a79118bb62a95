//! Cells of tables, and descriptions of terms, that hold names of persons: by the cell in front of them or above them, 姓名.

use crate::named::is_label;

/// How many columns of a table are known.
const MOST: usize = 256;

/// The longest text that may be a label or a name, bytes.
const LONGEST: usize = 64;

/// What the cells of a table so far tell of the next ones.
#[derive(Default)]
pub(crate) struct Cells {
    /// The number of the current cell in its row, and which columns hold names.
    column: usize,
    names: Vec<bool>,
    /// Whether the cell before is called as a field for names is.
    is_behind_label: bool,
}

impl Cells {
    /// An element begins.
    pub fn start(&mut self, element: &str) {
        match element {
            "table" | "dl" => *self = Cells::default(),
            "tr" => (self.column, self.is_behind_label) = (0, false),
            "td" | "th" => self.column += 1,
            _ => {}
        }
    }

    /// Whether the text of a cell is that of a name; tells the next ones what it says.
    pub fn is_name(&mut self, element: &str, text: &str) -> bool {
        let is_cell = matches!(element, "td" | "th");
        if !is_cell && !matches!(element, "dt" | "dd") {
            return false;
        }
        let was_behind_label = std::mem::take(&mut self.is_behind_label);
        if text.len() > LONGEST {
            return false;
        }
        if is_label(text.trim()) {
            self.is_behind_label = true;
            if is_cell && self.column < MOST {
                self.names
                    .resize(self.names.len().max(self.column + 1), false);
                self.names[self.column] = true;
            }
            return false;
        }
        was_behind_label || is_cell && self.names.get(self.column) == Some(&true)
    }
}
