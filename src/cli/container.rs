//! A file that holds documents, through the pipeline: compressed files, archives, books and office documents.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;

use jianti::{Error, Normalizer, Outcome};

use super::discover;
use super::job::{self, Job};
use super::plan::Action;
use super::read::Source;
use super::write::Draft;

/// How much of a result for standard output is kept in memory, bytes.
const IN_MEMORY: usize = 8 << 20;

impl Job<'_> {
    /// Does with a file that holds documents what the plan says. It is written as it was if no text in it changes.
    pub fn run_container(&self, file: &discover::File, source: Source) -> Result<Outcome, Error> {
        let path = &file.path;
        let Source {
            file: input,
            metadata,
            ..
        } = source;
        let normalize = |output: &mut dyn Write| {
            self.normalizer
                .normalize_container(path, &mut &input, output)
        };
        match &self.plan.action {
            Action::Stdout => print(self.normalizer, path, input),
            _ if self.plan.dry_run => normalize(&mut io::sink()),
            Action::Output(_) => {
                let tree = self.output.as_ref().expect("an output directory");
                let (mut draft, target) = tree.draft(&file.target, &metadata)?;
                let outcome = buffered(&mut draft, normalize)?;
                if outcome.changed {
                    draft.publish(&target, &metadata, true)?;
                } else {
                    drop(draft);
                    self.pass_on(file)?;
                }
                Ok(outcome)
            }
            Action::InPlace(suffix) => {
                let mut draft = Draft::in_folder(job::folder(path), &metadata)?;
                let outcome = buffered(&mut draft, normalize)?;
                if outcome.changed {
                    job::publish_in_place(draft, path, suffix, &metadata)?;
                }
                Ok(outcome)
            }
            Action::Check => normalize(&mut io::sink()),
            Action::Diff => {
                let outcome = normalize(&mut io::sink())?;
                if outcome.changed {
                    let note = format!("{}: text in it would change\n", path.display());
                    io::stdout().lock().write_all(note.as_bytes())?;
                }
                Ok(outcome)
            }
        }
    }
}

/// Has a file written that comes in small parts.
fn buffered(
    draft: &mut Draft,
    write: impl FnOnce(&mut dyn Write) -> Result<Outcome, Error>,
) -> Result<Outcome, Error> {
    let mut output = io::BufWriter::with_capacity(1 << 16, draft);
    let outcome = write(&mut output)?;
    output.flush()?;
    Ok(outcome)
}

/// Prints what became of a file that holds documents, when it is whole.
pub fn print(normalizer: &Normalizer, path: &Path, mut source: File) -> Result<Outcome, Error> {
    let mut result = tempfile::spooled_tempfile(IN_MEMORY);
    let outcome = normalizer.normalize_container(path, &mut &source, &mut result)?;
    let mut output = io::BufWriter::new(io::stdout().lock());
    if outcome.changed {
        result.rewind()?;
        io::copy(&mut result, &mut output)?;
    } else {
        source.rewind()?;
        io::copy(&mut source, &mut output)?;
    }
    output.flush()?;
    Ok(outcome)
}
