//! What came back of bytes that a page shows.

/// What came back of a line.
#[derive(Debug, Default)]
pub struct Survivors {
    /// The text, with U+FFFD for what fell out.
    pub text: String,
    /// How many characters beyond ASCII came back.
    pub count: usize,
    /// The bytes that they came from, and those that came to nothing.
    pub surviving: usize,
    pub lost: usize,
    /// Whether bytes may have fallen out without a trace.
    pub unsure: bool,
}

/// A byte of the page, if it is known, and where the character begins that shows it.
pub type Shown = (Option<u8>, usize);
