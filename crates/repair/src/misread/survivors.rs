//! What came back of bytes that a page shows.

/// What came back of a line.
#[derive(Debug, Default)]
pub struct Survivors {
    /// The text, with U+FFFD for what fell out.
    pub text: String,
    /// The characters beyond ASCII that came back, each behind the one in front of it, with a line's end in front of the first. What is
    /// ASCII or fell out is passed over.
    pub back: Vec<(char, char)>,
    /// The bytes that they came from, and those that came to nothing.
    pub surviving: usize,
    pub lost: usize,
    /// Whether bytes may have fallen out without a trace.
    pub unsure: bool,
}

/// A byte of the page, if it is known, and where the character begins that shows it.
pub type Shown = (Option<u8>, usize);

impl Survivors {
    /// Adds a character; one beyond ASCII came back from so many bytes.
    pub fn push(&mut self, c: char, bytes: usize) {
        if !c.is_ascii() {
            let tells = |c: &char| !c.is_ascii() && *c != '\u{FFFD}';
            let before = self.text.chars().rev().find(tells);
            self.back.push((before.unwrap_or('\n'), c));
            self.surviving += bytes;
        }
        self.text.push(c);
    }
}
