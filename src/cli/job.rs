//! One file through the pipeline.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io::{Seek as _, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use jianti::{Normalizer, Outcome};

use super::action::Action;
use super::atomic::{AtomicFile, unwritable};
use super::attributes;
use super::backup::Wanted;
use super::commit::{Replaced, Written};
use super::diff::Style;
use super::discover;
use super::error::{FileError, caught};
use super::explain;
use super::interrupt;
use super::locate::Locations;
use super::look;
use super::memory::{Memory, Share};
use super::names;
use super::plan::Plan;
use super::read::{Origin, Source};
use super::report::{FileReport, Status};
use super::reporter::Reporter;
use super::state::{Made, State};
use super::states::States;
use super::stdout::check_is_not_stdout;
use super::tree::{self, Tree};

/// What every file's conversion shares.
pub struct Job<'a> {
    /// What to do.
    pub plan: &'a Plan,
    /// Converts.
    pub normalizer: &'a Normalizer,
    /// Takes what came of each record.
    pub reporter: &'a Reporter,
    /// How changes are shown.
    pub style: Style,
    /// Where results go, for [`Action::Output`].
    pub output: Option<Arc<Tree>>,
    /// What earlier runs have done, with `--update`.
    pub states: Option<States>,
    /// What all files share.
    pub memory: Memory,
}

/// What became of a file so far.
pub enum Step {
    /// It is done.
    Done(Box<FileReport>),
    /// Its result waits for its name.
    Written(Box<Written>),
    /// Nobody wants its result: whoever read our standard output has gone.
    Dropped,
}

/// A file that went through the pipeline.
pub struct Converted {
    /// What was done.
    pub outcome: Outcome,
    /// The result, if it is to be written.
    pub draft: Option<AtomicFile>,
}

impl Job<'_> {
    /// Converts a file and does with the result what the plan says. A panic at it is its error.
    pub fn run(&self, file: &discover::File) -> Step {
        match caught(|| self.step(file)) {
            Ok(step) => step,
            Err(error) if error.is_closed_pipe() && self.plan.action == Action::Stdout => {
                interrupt::reader_left();
                Step::Dropped
            }
            Err(error) => Step::Done(FileReport::current(&file.path).failed(&error).into()),
        }
    }

    fn step(&self, file: &discover::File) -> Result<Step, FileError> {
        if self.is_current(file)? {
            let size = std::fs::metadata(&file.path).map_or(0, |metadata| metadata.len());
            self.reporter.progress.add(size);
            let report = FileReport::current(&file.path);
            return Ok(Step::Done(self.with_output(file, report).into()));
        }
        let takes_anything = self.plan.action == Action::Stdout;
        let source = Source::open(&file.path, &file.origin, takes_anything)?;
        if matches!(self.plan.action, Action::Stdout | Action::Diff) {
            check_is_not_stdout(&source.metadata)?;
        }
        let _share = self.share(file, &source)?;
        let content = match &self.states {
            Some(states) => states.content(&source)?,
            None => None,
        };
        let is_container = self.normalizer.is_container(source.front());
        // Others are counted as they are read.
        if let Some(bytes) = source.whole().filter(|_| !is_container) {
            self.reporter.progress.add(bytes.len() as u64);
        }
        let converted = match is_container {
            true => self.run_container(file, &source),
            false => self.run_document(file, &source),
        };
        let (report, draft) = match converted {
            Ok(done) => (self.done(file, &source, done.outcome)?, done.draft),
            Err(error) if error.is_binary() && !takes_anything => (
                FileReport::binary(&file.path, source.metadata.len(), error.unsupported()),
                self.passed_on(file, &source)?,
            ),
            Err(error) => return Err(error),
        };
        // Where nothing is made of it, what was read at once is told of as it was then.
        if self.makes_results() || source.whole().is_none() {
            source.check_unchanged()?;
        }
        let report = self.with_output(file, report);
        match draft {
            Some(draft) => self.written(file, source, report, draft, content),
            None => self.left_alone(file, &source, report, content),
        }
    }

    /// Whether the run writes or prints what becomes of files, and not only tells of it.
    fn makes_results(&self) -> bool {
        !self.plan.dry_run && !matches!(self.plan.action, Action::Check | Action::Detect(_))
    }

    /// Waits for the memory that a file takes.
    fn share(
        &self,
        file: &discover::File,
        source: &Source,
    ) -> Result<Option<Share<'_>>, FileError> {
        let mut page = None;
        if self.memory.is_limited() && source.metadata.is_file() {
            page = self.normalizer.largest_page(&mut &source.file);
            (&source.file).seek(SeekFrom::Start(source.front().len() as u64))?;
        }
        match page {
            Some(bytes) => self.memory.share(bytes, false),
            None => {
                let is_stream = !source.is_held(&file.path);
                self.memory.share(source.metadata.len(), is_stream)
            }
        }
    }

    /// What came of a file, with where its places are, if they are explained.
    fn done(
        &self,
        file: &discover::File,
        source: &Source,
        outcome: Outcome,
    ) -> Result<FileReport, FileError> {
        let mut report = FileReport::done(&file.path, outcome);
        if let (true, Some(outcome)) = (self.plan.explains, &report.outcome) {
            report.locations = match source.whole() {
                Some(mut bytes) => explain::locations(outcome, &mut bytes),
                // What is no file, such as a pipe, is read once.
                None if !source.metadata.is_file() => Locations::new(),
                None => explain::locations(outcome, &mut source.rewound()?),
            };
        }
        if let Some(review) = &self.reporter.review {
            report.details = look::look(review, &report, source);
        }
        Ok(report)
    }

    /// Whether an earlier run has done this file.
    fn is_current(&self, file: &discover::File) -> Result<bool, FileError> {
        let Some(states) = &self.states else {
            return Ok(false);
        };
        // With `-n` the output directory may be yet to be made.
        if matches!(self.plan.action, Action::Output(_)) && self.output.is_none() {
            return Ok(false);
        }
        let (tree, result) = self.place(file);
        states.is_current(file, (tree, result), self.output.is_none())
    }

    /// Notes where the result is.
    fn with_output(&self, file: &discover::File, mut report: FileReport) -> FileReport {
        if let (Action::Output(root), false) = (&self.plan.action, report.status == Status::Error) {
            report.output = Some(root.join(&file.target).to_string_lossy().into_owned());
        }
        if matches!(self.plan.action, Action::InPlace(_))
            && file.target != file.path
            && self.plan.names
        {
            report.output = Some(file.target.to_string_lossy().into_owned());
        }
        report
    }

    /// Hands over a result.
    fn written(
        &self,
        file: &discover::File,
        source: Source,
        report: FileReport,
        mut draft: AtomicFile,
        content: Option<String>,
    ) -> Result<Step, FileError> {
        let in_place = matches!(self.plan.action, Action::InPlace(_));
        attributes::copy(&source.file, &source.metadata, draft.file(), !in_place)
            .map_err(|error| draft.failed(error))?;
        let (tree, inner) = self.place(file);
        let (folder, name) = tree::split(inner)?;
        let record = match report.has_bad_records() {
            // The next run is to tell of them again.
            true => None,
            false => self.record(file, &source, content),
        };
        let replaced = match &self.plan.action {
            Action::InPlace(suffix) => Some(Replaced {
                name: name.to_owned(),
                identity: source.identity(),
                backup: backup(suffix, file, name, source),
                renamed: file.name.clone(),
            }),
            _ => None,
        };
        Ok(Step::Written(Box::new(Written {
            draft,
            tree: tree.clone(),
            folder: folder.to_owned(),
            report,
            replaced,
            record,
        })))
    }

    /// A file that is not written, but may be given another name.
    fn left_alone(
        &self,
        file: &discover::File,
        source: &Source,
        report: FileReport,
        content: Option<String>,
    ) -> Result<Step, FileError> {
        if let (Action::InPlace(_), false) = (&self.plan.action, self.plan.dry_run) {
            let mut identity = source.identity();
            if let (Some(name), Origin::Below(tree, inner)) = (&file.name, &file.origin) {
                let (folder, old) = tree::split(inner)?;
                let folder = tree.folder(folder)?;
                names::rename(&folder, old, name)?;
                // The new name counts as a change.
                identity = folder.stat(name)?.identity;
            }
            if !report.has_bad_records()
                && let Some((state, made)) = self.record(file, source, content)
            {
                state.add(made, identity)?;
            }
        }
        Ok(Step::Done(report.into()))
    }

    /// What is to be written down about a result, with `--update`.
    fn record(
        &self,
        file: &discover::File,
        source: &Source,
        content: Option<String>,
    ) -> Option<(Arc<State>, Made)> {
        let states = self.states.as_ref()?;
        // What may change again without a trace is not written down.
        if !states.is_by_content() && source.identity().is_fresh_at(source.opened) {
            return None;
        }
        let (tree, inner) = self.place(file);
        let mut path = inner.to_owned();
        let mut links = self.plan.links.take_noted(&file.path);
        if let Action::InPlace(_) = self.plan.action {
            // The document has the new paths by now, which the next run finds in it, and leaves.
            let stay = |(old, new): (String, Option<String>)| (new.unwrap_or(old), None);
            links = links.into_iter().map(stay).collect();
        }
        if let (Action::InPlace(_), true) = (&self.plan.action, self.plan.names) {
            // The name that the next run finds.
            let renamed = file.target.strip_prefix(tree.root().path());
            path = renamed.map_or_else(
                |_| inner.with_file_name(file.target.file_name().unwrap_or_default()),
                Path::to_owned,
            );
        }
        let made = Made {
            path,
            input: source.identity(),
            content,
            links,
        };
        Some((states.of(tree).ok()?, made))
    }

    /// The tree that a file's result goes to, and its path there.
    pub fn place<'f>(&'f self, file: &'f discover::File) -> (&'f Arc<Tree>, &'f Path) {
        match (&self.output, &file.origin) {
            (Some(output), _) => (output, &file.target),
            (None, Origin::Below(tree, inner)) => (tree, inner),
            (None, Origin::Path) => unreachable!("only -o takes links"),
        }
    }

    /// Begins a file's result.
    pub fn draft(&self, file: &discover::File, source: &Source) -> Result<AtomicFile, FileError> {
        let (tree, inner) = self.place(file);
        let (folder, name) = tree::split(inner)?;
        let dir = match self.output {
            Some(_) => tree.new_folder_to_write(folder).map_err(|cause| {
                // A link is named already.
                match cause.get_ref().is_some() {
                    true => cause,
                    false => unwritable(&tree.path_of(inner), &cause),
                }
            })?,
            None => tree.folder_to_write(folder)?,
        };
        Ok(AtomicFile::new(&dir, name, mode(&source.metadata))?)
    }

    /// The result of a file that stays as it is: in the output directory a copy.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn passed_on(
        &self,
        file: &discover::File,
        source: &Source,
    ) -> Result<Option<AtomicFile>, FileError> {
        if self.output.is_none() || self.plan.dry_run {
            return Ok(None);
        }
        let mut draft = self.draft(file, source)?;
        attributes::copy_content(source.rewound()?, &mut draft)?;
        Ok(Some(draft))
    }
}

/// How the file is kept that will be replaced, if it is.
fn backup(suffix: &OsStr, file: &discover::File, name: &OsStr, source: Source) -> Option<Wanted> {
    if suffix.is_empty() {
        return None;
    }
    let mut backup = name.to_owned();
    backup.push(suffix);
    Some(Wanted {
        identity: source.identity(),
        source: source.file,
        backup,
        renamed: file.name.clone(),
    })
}

/// A file's permissions, as far as a result has them while it is written: nobody else's, whatever list of access control the
/// folder gives to new files.
fn mode(metadata: &Metadata) -> u32 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        metadata.permissions().mode() & 0o700
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        0o666
    }
}
