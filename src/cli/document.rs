//! A file that is one document, through the pipeline.

use std::io::{self, Write};
use std::path::Path;

use jianti::Outcome;

use super::action::Action;
use super::diff;
use super::discover;
use super::error::FileError;
use super::job::{Converted, Job};
use super::read::Source;
use super::stdout::Stdout;

impl Job<'_> {
    /// Does with a document what the plan says, as far as its result.
    ///
    /// # Errors
    /// It cannot be converted, or its result not be written.
    pub fn run_document(
        &self,
        file: &discover::File,
        source: &Source,
    ) -> Result<Converted, FileError> {
        let path = &file.path;
        let outcome = match &self.plan.action {
            Action::Stdout => self.print(path, source)?,
            Action::Diff => self.diff(path, source)?,
            Action::Output(_) | Action::InPlace(_) if !self.plan.dry_run => {
                return self.convert_to_draft(file, source);
            }
            _ => self.convert(path, source, &mut io::sink())?,
        };
        Ok(Converted {
            outcome,
            draft: None,
        })
    }

    fn convert_to_draft(
        &self,
        file: &discover::File,
        source: &Source,
    ) -> Result<Converted, FileError> {
        let in_place = matches!(self.plan.action, Action::InPlace(_));
        // Small files are converted before anything is made: most errors come then.
        let Some(bytes) = source.whole() else {
            let mut draft = self.draft(file, source)?;
            let outcome =
                source.normalize_stream(self.normalizer, self.reporter, &file.path, &mut draft)?;
            let draft = Some(draft).filter(|_| outcome.changed || !in_place);
            return Ok(Converted { outcome, draft });
        };
        let (bytes, outcome) = self.normalizer.normalize_named(&file.path, bytes)?;
        if in_place && !outcome.changed {
            return Ok(Converted {
                outcome,
                draft: None,
            });
        }
        let mut draft = self.draft(file, source)?;
        draft.write_all(&bytes)?;
        Ok(Converted {
            outcome,
            draft: Some(draft),
        })
    }

    /// Converts; the result goes to `output`.
    fn convert(
        &self,
        path: &Path,
        source: &Source,
        output: &mut dyn Write,
    ) -> Result<Outcome, FileError> {
        let Some(bytes) = source.whole() else {
            return Ok(source.normalize_stream(self.normalizer, self.reporter, path, output)?);
        };
        let (bytes, outcome) = self.normalizer.normalize_named(path, bytes)?;
        output.write_all(&bytes)?;
        Ok(outcome)
    }

    fn print(&self, path: &Path, source: &Source) -> Result<Outcome, FileError> {
        let mut output = io::BufWriter::new(Stdout::new());
        let outcome = self.convert(path, source, &mut output)?;
        output.flush()?;
        Ok(outcome)
    }

    /// Prints the changes of one file.
    fn diff(&self, path: &Path, source: &Source) -> Result<Outcome, FileError> {
        let bytes = source.bytes()?;
        if source.whole().is_none() {
            self.reporter.progress.add(bytes.len() as u64);
        }
        let compared = self.normalizer.compare_named(path, &bytes)?;
        let name = path.to_string_lossy();
        let text = diff::document(&name, &compared, self.style);
        self.reporter.print(path, text.into_bytes());
        Ok(compared.outcome)
    }
}
