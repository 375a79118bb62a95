//! What a document tells of all of its places.

use std::sync::{Arc, OnceLock};

use super::lexicon::Choice;
use super::window::Told;

/// A document as far as it tells how its places are read.
#[derive(Clone, Debug)]
pub struct Document {
    head: Arc<str>,
    /// Looked for once a place asks: of many short documents none does.
    told: OnceLock<Told>,
}

impl Document {
    /// A document that begins so.
    pub fn new(head: Arc<str>) -> Document {
        let told = OnceLock::new();
        Document { head, told }
    }

    /// Its beginning.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Names of persons that it tells.
    pub(super) fn told(&self, choice: &Choice) -> &Told {
        self.told.get_or_init(|| choice.told(&self.head))
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Document) -> bool {
        self.head == other.head
    }
}
