//! What was decided, and what decides.

/// What decided what a character is that could be two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Reason {
    /// The word that it is part of.
    Word,
    /// The name of a person that it is part of, which keeps it as it is.
    Name,
    /// What stands around 著 shows that somebody writes: 著 stays.
    Writing,
    /// What stands around 著 shows that an action goes on: 着.
    Aspect,
    /// What the character mostly is: no word or name around it speaks for one reading.
    Usage,
    /// Its line speaks of the character, and tells it from another that the conversion would make the same: it stays.
    Cited,
}

impl Reason {
    /// The report's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Word => "word",
            Reason::Name => "name",
            Reason::Writing => "writing",
            Reason::Aspect => "aspect",
            Reason::Usage => "usage",
            Reason::Cited => "cited",
        }
    }
}

/// What a place was taken for, where that is told: little speaks for it, or all changes are to be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where it is in the text, bytes.
    pub at: usize,
    /// The character as it was met.
    pub form: char,
    /// What it became.
    pub taken: char,
    /// What it could have been.
    pub other: char,
    /// How sure the reading is against the other, in percent: 50 to 99, in doubt at most 88; `None` where a rule decided
    /// against the words.
    pub sure: Option<u8>,
    /// Whether little speaks for it.
    pub is_doubtful: bool,
    /// What decided, and the word or name if one did; where that is to be told.
    pub reason: Option<(Reason, String)>,
}
