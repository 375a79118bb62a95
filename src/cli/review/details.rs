//! What the page shows of a file beyond numbers.

use jianti::Outcome;

use super::lines::ChangedLine;
use crate::cli::locate::Locations;

/// Places and lines of a file.
#[derive(Clone, Debug)]
pub struct Details {
    /// What was done, with places.
    pub outcome: Outcome,
    /// Where those are.
    pub locations: Locations,
    /// Some lines that changed.
    pub lines: Vec<ChangedLine>,
}
