//! A file that holds documents, through the pipeline: compressed files, archives, books and office documents.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use jianti::{Error, Normalizer, Outcome};

use super::discover;
use super::job::{self, Job};
use super::plan::Action;
use super::write::Draft;

/// How much of a file tells what it is, bytes.
pub const LOOK: u64 = 512;

/// How much of a result for standard output is kept in memory, bytes.
const IN_MEMORY: usize = 8 << 20;

impl Job<'_> {
    /// The file at `path`, opened, if it is one that holds documents.
    pub fn container(&self, path: &Path) -> io::Result<Option<File>> {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Ok(None);
        }
        let mut head = Vec::new();
        (&file).take(LOOK).read_to_end(&mut head)?;
        Ok(self.normalizer.is_container(&head).then_some(file))
    }

    /// Does with a file that holds documents what the plan says. It is written as it was if no text in it changes.
    pub fn run_container(&self, file: &discover::File, source: File) -> Result<Outcome, Error> {
        let path = &file.path;
        let normalize =
            |output: &mut dyn Write| self.normalizer.normalize_container(path, &source, output);
        match &self.plan.action {
            Action::Stdout => print(self.normalizer, path, source),
            _ if self.plan.dry_run => normalize(&mut io::sink()),
            Action::Output(_) => {
                let tree = self.output.as_ref().expect("an output directory");
                let (mut draft, target) = tree.draft(&file.target)?;
                let outcome = normalize(&mut draft)?;
                if outcome.changed {
                    draft.publish(&target, &source.metadata()?, true)?;
                } else {
                    drop(draft);
                    self.pass_on(file)?;
                }
                Ok(outcome)
            }
            Action::InPlace(suffix) => self.replace_container(path, &source, suffix),
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

    fn replace_container(
        &self,
        path: &Path,
        source: &File,
        suffix: &OsStr,
    ) -> Result<Outcome, Error> {
        let metadata = fs::symlink_metadata(path)?;
        let mut draft = Draft::in_folder(job::folder(path))?;
        let outcome = self
            .normalizer
            .normalize_container(path, source, &mut draft)?;
        if outcome.changed {
            job::publish_in_place(draft, path, suffix, &metadata)?;
        }
        Ok(outcome)
    }
}

/// Prints what became of a file that holds documents, when it is whole.
pub fn print(normalizer: &Normalizer, path: &Path, mut source: File) -> Result<Outcome, Error> {
    let mut result = tempfile::spooled_tempfile(IN_MEMORY);
    let outcome = normalizer.normalize_container(path, &source, &mut result)?;
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
