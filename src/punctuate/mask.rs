//! What stands for text that is hidden from the stages.

/// What stands for a span. Unicode keeps it for such use within a program; where a text has it, it is a span itself.
pub const MASK: char = '\u{FDD0}';
