//! What decides.

/// What decided what a character is that could be two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
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
        }
    }
}
