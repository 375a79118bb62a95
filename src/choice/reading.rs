//! How text is taken.

/// How text is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Traditional, of any region.
    Traditional,
    /// Simplified.
    Simplified,
    /// Japanese or Korean: left as it is.
    Foreign,
}
