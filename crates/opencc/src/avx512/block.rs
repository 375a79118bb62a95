//! What is known of a block between the looks at it.

/// A bit for each place before this one.
#[inline(always)]
pub fn below(place: usize) -> u64 {
    if place >= 64 {
        u64::MAX
    } else {
        (1 << place) - 1
    }
}

/// How many steps a block has; few where we look for mistakes at its ends.
pub const STEPS: usize = if cfg!(any(test, fuzzing)) { 3 } else { 32 };

/// What is known of a block.
pub struct Block {
    /// For each step in which something must be looked at more closely: where it begins, and a bit for each byte from
    /// there on where such a character does: the second one of what may be a phrase, or one of `exits`.
    pub suspects: [(usize, u64); STEPS],
    /// How many of them there are.
    pub count: usize,
    /// The same for characters that do not convert alone, or with `WRITE` unset do not stay what they are; they are in
    /// the last step only.
    pub exits: u64,
    /// Where the block ends.
    pub end: usize,
    /// Whether what stands there ends the run.
    pub stops: bool,
}
