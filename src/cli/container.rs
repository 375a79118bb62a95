//! A file that holds documents, through the pipeline: compressed files, archives, books and office documents.

use std::io::{self, Read, Seek, Write};
use std::path::Path;

use jianti::{Error, Normalizer, Outcome, RecordOutcome};

use super::action::Action;
use super::diff::{self, Style};
use super::discover;
use super::error::FileError;
use super::job::{Converted, Job};
use super::language::say;
use super::message;
use super::read::Source;
use super::report::RecordReport;
use super::stdout::Stdout;

/// How much of a result for standard output is kept in memory, bytes.
const IN_MEMORY: usize = 8 << 20;

impl Job<'_> {
    /// Does with a file that holds documents what the plan says, as far as its result. That is the file as it was if no
    /// text in it changes.
    ///
    /// # Errors
    /// It cannot be converted, or its result not be written.
    pub fn run_container(
        &self,
        file: &discover::File,
        source: &Source,
    ) -> Result<Converted, FileError> {
        let path = &file.path;
        let mut input = self.reporter.progress.reading(&source.file);
        let mut each = |record| {
            let record = RecordReport::new(path, record);
            self.reporter.add_record(path, &record);
        };
        let mut normalize = |output: &mut dyn Write| {
            self.normalizer
                .normalize_container_records(path, &mut input, output, &mut each)
        };
        let writes = matches!(self.plan.action, Action::Output(_) | Action::InPlace(_));
        if writes && !self.plan.dry_run {
            let mut draft = self.draft(file, source)?;
            let outcome = {
                // It comes in small parts.
                let mut output = io::BufWriter::with_capacity(1 << 16, &mut draft);
                let outcome = normalize(&mut output)?;
                output.flush()?;
                outcome
            };
            let draft = match outcome.changed {
                true => Some(draft),
                false => self.passed_on(file, source)?,
            };
            return Ok(Converted { outcome, draft });
        }
        let outcome = match self.plan.action {
            Action::Stdout => print(self.normalizer, path, &mut input, &mut each)?,
            Action::Diff => {
                let (text, outcome) = diff(self.normalizer, path, &mut input, self.style)?;
                self.reporter.print(path, text.into_bytes());
                outcome
            }
            _ => normalize(&mut io::sink())?,
        };
        Ok(Converted {
            outcome,
            draft: None,
        })
    }
}

/// What would change in a file that holds documents, each under its own name.
///
/// # Errors
/// It cannot be converted.
pub fn diff(
    normalizer: &Normalizer,
    path: &Path,
    source: &mut (impl Read + Seek),
    style: Style,
) -> Result<(String, Outcome), Error> {
    let mut text = String::new();
    let name = path.to_string_lossy();
    let outcome = normalizer.compare_container(path, source, &mut |member, before, after| {
        text += &match member {
            "" => diff::unified(&name, before, after, style),
            member => diff::unified_part(&format!("{name}/{member}"), before, after, style),
        };
    })?;
    if text.is_empty() && outcome.changed {
        text = say!(
            "{path}: the text in it stays, its bytes change\n",
            "{path}：里面的文字不变，字节会变\n",
            path = message::shown(path)
        );
    }
    Ok((text, outcome))
}

/// Prints what became of a file that holds documents, when it is whole. What came of each record, if that is wanted, `each`
/// takes.
///
/// # Errors
/// It cannot be converted, or not be printed.
pub fn print(
    normalizer: &Normalizer,
    path: &Path,
    source: &mut (impl Read + Seek),
    each: &mut dyn FnMut(RecordOutcome),
) -> Result<Outcome, Error> {
    let mut result = tempfile::spooled_tempfile(IN_MEMORY);
    let outcome = normalizer.normalize_container_records(path, source, &mut result, each)?;
    let mut output = io::BufWriter::new(Stdout::new());
    if outcome.changed {
        result.rewind()?;
        io::copy(&mut result, &mut output)?;
    } else {
        source.rewind()?;
        io::copy(source, &mut output)?;
    }
    output.flush()?;
    Ok(outcome)
}
