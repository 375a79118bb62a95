//! One file through the pipeline.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

use jianti::{Error, Normalizer, Outcome};
use similar::TextDiff;

use super::discover;
use super::hint;
use super::interrupt;
use super::names;
use super::plan::{Action, Plan};
use super::read::Source;
use super::report::{FileReport, Status};
use super::write::{self, Draft, OutputTree};

/// What every file's conversion shares.
pub struct Job<'a> {
    /// What to do.
    pub plan: &'a Plan,
    /// Converts.
    pub normalizer: &'a Normalizer,
    /// Where results go, for [`Action::Output`].
    pub output: Option<OutputTree>,
}

impl Job<'_> {
    /// Converts a file and does with the result what the plan says. `None` if nobody wants the result: whoever read our
    /// standard output has gone.
    pub fn run(&self, file: &discover::File) -> Option<FileReport> {
        let result = match Source::open(&file.path) {
            Ok(source) if self.normalizer.is_container(source.front()) => {
                self.run_container(file, source)
            }
            Ok(source) => self.run_document(file, source),
            Err(error) => Err(error.into()),
        };
        let mut report = match result {
            Ok(outcome) => FileReport::done(&file.path, outcome),
            Err(error) if is_closed_pipe(&error) => {
                interrupt::reader_left();
                return None;
            }
            Err(Error::Binary) if self.plan.action == Action::Stdout => {
                FileReport::error(&file.path, Error::Binary.to_string())
            }
            Err(Error::Binary) => match self.pass_on(file) {
                Ok(bytes) => FileReport::binary(&file.path, bytes),
                Err(error) => FileReport::error(&file.path, error.to_string()),
            },
            Err(error) => FileReport::error(&file.path, hint::message(&error)),
        };
        if let (Action::Output(root), Status::Converted | Status::Unchanged | Status::Binary) =
            (&self.plan.action, report.status)
        {
            report.output = Some(root.join(&file.target).to_string_lossy().into_owned());
        }
        if self.plan.names
            && matches!(self.plan.action, Action::InPlace(_))
            && report.status != Status::Error
        {
            self.rename(file, &mut report);
        }
        Some(report)
    }

    /// Gives a file that was replaced, or left, the name it is to have.
    fn rename(&self, file: &discover::File, report: &mut FileReport) {
        if let (Some(name), false) = (&file.name, self.plan.dry_run)
            && let Err(error) = names::rename(&file.path, name)
        {
            *report = FileReport::error(&file.path, error.to_string());
            return;
        }
        if file.target != file.path {
            report.output = Some(file.target.to_string_lossy().into_owned());
        }
    }

    fn run_document(&self, file: &discover::File, source: Source) -> Result<Outcome, Error> {
        let path = &file.path;
        match &self.plan.action {
            Action::Stdout => self.print(path, source),
            Action::Check => self.convert(path, source, &mut io::sink()),
            Action::Diff => self.diff(path, source),
            _ if self.plan.dry_run => self.convert(path, source, &mut io::sink()),
            Action::Output(_) => self.write_to_tree(file, source),
            Action::InPlace(suffix) => self.replace(path, source, suffix),
        }
    }

    /// Converts; the result goes to `output`.
    fn convert(
        &self,
        path: &Path,
        mut source: Source,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        let Some(bytes) = source.whole() else {
            return source.normalize_stream(self.normalizer, path, output);
        };
        let (bytes, outcome) = self.normalizer.normalize_named(path, bytes)?;
        output.write_all(&bytes)?;
        Ok(outcome)
    }

    fn print(&self, path: &Path, source: Source) -> Result<Outcome, Error> {
        let mut output = io::BufWriter::new(io::stdout().lock());
        let outcome = self.convert(path, source, &mut output)?;
        output.flush()?;
        Ok(outcome)
    }

    fn write_to_tree(&self, file: &discover::File, mut source: Source) -> Result<Outcome, Error> {
        let tree = self.output.as_ref().expect("an output directory");
        let mode = &source.metadata;
        // Small files are converted before anything is made: most errors come then.
        let (draft, target, outcome) = match source.whole() {
            Some(bytes) => {
                let (bytes, outcome) = self.normalizer.normalize_named(&file.path, bytes)?;
                let (mut draft, target) = tree.draft(&file.target, mode)?;
                draft.write_all(&bytes)?;
                (draft, target, outcome)
            }
            None => {
                let (mut draft, target) = tree.draft(&file.target, mode)?;
                let outcome = source.normalize_stream(self.normalizer, &file.path, &mut draft)?;
                (draft, target, outcome)
            }
        };
        draft.publish(&target, &source.metadata, true)?;
        Ok(outcome)
    }

    fn replace(
        &self,
        path: &Path,
        mut source: Source,
        suffix: &std::ffi::OsStr,
    ) -> Result<Outcome, Error> {
        let begin = || Draft::in_folder(folder(path), &source.metadata);
        let (draft, outcome) = match source.whole() {
            Some(bytes) => {
                let (bytes, outcome) = self.normalizer.normalize_named(path, bytes)?;
                if !outcome.changed {
                    return Ok(outcome);
                }
                let mut draft = begin()?;
                draft.write_all(&bytes)?;
                (draft, outcome)
            }
            None => {
                let mut draft = begin()?;
                let outcome = source.normalize_stream(self.normalizer, path, &mut draft)?;
                (draft, outcome)
            }
        };
        if outcome.changed {
            publish_in_place(draft, path, suffix, &source.metadata)?;
        }
        Ok(outcome)
    }

    /// Prints the changes of one file, all at once.
    fn diff(&self, path: &Path, source: Source) -> Result<Outcome, Error> {
        let bytes = source.into_bytes()?;
        let compared = self.normalizer.compare_named(path, &bytes)?;
        let (old, new) = (&*compared.before, &*compared.after);
        if old != new {
            let diff = TextDiff::from_lines(old, new);
            let name = path.display().to_string();
            let mut output = io::BufWriter::new(io::stdout().lock());
            diff.unified_diff()
                .header(&name, &name)
                .to_writer(&mut output)?;
            output.flush()?;
        }
        Ok(compared.outcome)
    }

    /// A binary file goes to the output as it is; returns its size in bytes.
    pub fn pass_on(&self, file: &discover::File) -> io::Result<u64> {
        let source = File::open(&file.path)?;
        let metadata = source.metadata()?;
        if let (Some(tree), false) = (&self.output, self.plan.dry_run) {
            let (mut draft, target) = tree.draft(&file.target, &metadata)?;
            draft.copy(&source)?;
            draft.publish(&target, &metadata, true)?;
        }
        Ok(metadata.len())
    }
}

/// Whether whoever reads our standard output has gone.
pub fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
}

pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

pub fn publish_in_place(
    draft: Draft,
    path: &Path,
    suffix: &std::ffi::OsStr,
    metadata: &Metadata,
) -> io::Result<()> {
    let now = fs::metadata(path)?;
    if (now.len(), now.modified()?) != (metadata.len(), metadata.modified()?) {
        return Err(io::Error::other(
            "it changed while it was being converted; run again",
        ));
    }
    if suffix.is_empty() {
        return draft.publish(path, metadata, false);
    }
    let kept = write::keep_old(path, suffix)?;
    draft.publish(path, metadata, false).inspect_err(|_| {
        // Nothing was replaced, so there is no old file to keep.
        let _ = fs::remove_file(&kept);
    })
}
