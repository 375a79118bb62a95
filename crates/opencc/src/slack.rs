//! Room that vectors need behind the text.

/// How many bytes more than is left of the text must be reserved in the output.
pub const SLACK: usize = 64;
