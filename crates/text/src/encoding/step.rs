//! How far reading came.

/// How reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// All bytes are read.
    Empty,
    /// The last so many bytes that were read do not belong to the encoding.
    Malformed(u8),
}
