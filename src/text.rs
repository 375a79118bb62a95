//! A document's text on its way from decode to encode: repair, convert.

use std::borrow::Cow;

use crate::convert::{Script, ScriptCount};
use crate::pipeline::{Error, Normalizer};
use crate::repair::Findings;

/// One document's text stages and what they know of it so far.
pub(crate) struct TextPass<'a> {
    normalizer: &'a Normalizer,
    /// What came and is not repaired yet.
    page: String,
    /// How much of the document was repaired, bytes of UTF-8.
    repaired: u64,
    findings: Findings,
    script: ScriptCount,
    /// Repaired, and not converted yet.
    text: String,
}

impl<'a> TextPass<'a> {
    /// A document at its beginning.
    pub fn new(normalizer: &'a Normalizer) -> TextPass<'a> {
        TextPass {
            normalizer,
            page: String::new(),
            repaired: 0,
            findings: normalizer.findings(),
            script: ScriptCount::default(),
            text: String::new(),
        }
    }

    /// Takes text that goes on, and appends what is ready to `out`; the rest waits for the next call. `last` says that
    /// it ends the document.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn push(&mut self, text: &str, last: bool, out: &mut String) -> Result<(), Error> {
        let mut page = std::mem::take(&mut self.page);
        let page = after(&mut page, text);
        let (repaired, done) = self.repair(page, last);
        let rest = page[done..].to_owned();

        let mut pending = std::mem::take(&mut self.text);
        let repaired = after(&mut pending, &repaired);
        let done = self.normalizer.convert(repaired, last, out)?;
        self.text = repaired[done..].to_owned();
        self.page = rest;
        Ok(())
    }

    /// One passage that stands for itself: whole in, whole out; borrowed if nothing changes.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn passage<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        let (repaired, _) = self.repair(text, true);
        let mut out = String::new();
        self.normalizer.convert(&repaired, true, &mut out)?;
        Ok(if out == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(out)
        })
    }

    /// The damage found so far.
    pub fn findings(&mut self) -> Findings {
        std::mem::take(&mut self.findings)
    }

    /// The script of what came so far.
    pub fn script(&self) -> Script {
        self.script.script()
    }

    /// Repairs the front of `text` that does not depend on what comes; also returns its length before, bytes.
    fn repair<'t>(&mut self, text: &'t str, last: bool) -> (Cow<'t, str>, usize) {
        let findings = &mut self.findings;
        let (repaired, done) = match self.normalizer.repairer() {
            None => (Cow::Borrowed(text), text.len()),
            Some((repairer, keep)) => {
                let (repaired, done) = repairer.front(text, self.repaired, last, findings);
                if keep {
                    (repaired, done)
                } else {
                    (Cow::Borrowed(&text[..done]), done)
                }
            }
        };
        self.script.add(&text[..done]);
        self.repaired += done as u64;
        (repaired, done)
    }
}

/// `text` behind what waited for it; copied only if something did.
fn after<'t>(waiting: &'t mut String, text: &'t str) -> &'t str {
    if waiting.is_empty() {
        return text;
    }
    waiting.push_str(text);
    waiting
}
