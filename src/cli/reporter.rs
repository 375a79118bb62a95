//! Tells what is done as it is done: the report, a line for each file where asked for, errors, a summary.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use jianti::{Outcome, RecordError};
use serde::Serialize;

use super::action::Action;
use super::args::{Cli, Detect, ErrorFormat};
use super::detect;
use super::explain;
use super::github;
use super::hint;
use super::interrupt;
use super::language::{pick, say};
use super::message;
use super::plan::Plan;
use super::progress::Progress;
use super::report::{FileReport, RecordReport, Status, bad_records, describe};
use super::report_file::{Destination, Report};
use super::review::Review;
use super::sorted::Sorted;
use super::told::{Tell as _, Told, told};
use super::totals::Totals;

/// How long a run that ends at once waits for a thread that is writing the report.
const LAST_WAIT: Duration = Duration::from_millis(200);

/// Takes reports from all threads.
pub struct Reporter {
    state: Mutex<State>,
    /// The page for a person.
    pub review: Option<Review>,
    /// How far the run is.
    pub progress: Progress,
    /// Advice that was given already.
    advised: Mutex<BTreeSet<String>>,
    begun: Instant,
    /// Whether there is a progress bar and, at the end, a summary.
    summary: bool,
    verbose: bool,
    check: bool,
    /// How what the files are is told, if that is asked for.
    detect: Option<Detect>,
    /// Whether names on standard output are read by a person.
    is_terminal: bool,
    /// How errors are written.
    format: ErrorFormat,
}

/// What may fail that is no file of the run.
#[derive(Clone, Copy)]
enum What {
    Stdout,
    Report,
    /// Of what was done, for `--update`.
    List,
}

struct State {
    totals: Totals,
    report: Option<Report>,
    /// What goes to standard output, in the order of paths.
    printed: Sorted,
    /// The first failure that is no file's.
    failure: Option<Told>,
}

impl Reporter {
    /// Opens the report, if there is to be one.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(
        cli: &Cli,
        plan: &Plan,
        review: Option<Review>,
        total: impl FnOnce() -> Option<u64> + Send + 'static,
    ) -> Result<Reporter, Told> {
        let report = match &plan.report {
            None => None,
            Some(destination) => Some(Report::open(destination, plan.syncs)?),
        };
        let printed = plan.report == Some(Destination::Stdout);
        let goes_to_terminal = plan.action == Action::Stdout && io::stdout().is_terminal();
        let progress = Progress::new(!cli.quiet && !goes_to_terminal, total);
        Ok(Reporter {
            state: Mutex::new(State {
                totals: Totals::default(),
                report,
                printed: Sorted::default(),
                failure: None,
            }),
            review,
            progress,
            advised: Mutex::default(),
            begun: Instant::now(),
            summary: cli.verbose
                || !(cli.quiet || matches!(plan.action, Action::Stdout | Action::Detect(_))),
            verbose: cli.verbose,
            // A printed report names them too.
            check: plan.action == Action::Check && !printed,
            detect: cli.detect,
            is_terminal: io::stdout().is_terminal(),
            format: cli.format_errors,
        })
    }

    /// Takes what became of a file.
    pub fn add(&self, mut file: FileReport) {
        if let Some(review) = &self.review {
            review.add(&file);
        }
        let line = self.line(&file);
        let records = file
            .outcome
            .as_mut()
            .map(|outcome| std::mem::take(&mut outcome.records));
        let bad = file
            .outcome
            .as_ref()
            .map(|outcome| self.bad_records(&file, outcome));
        let sites = file
            .outcome
            .as_ref()
            .map(|outcome| explain::lines(&file.path, outcome, &file.locations));
        let mut state = self.state();
        state.totals.add(&file);
        for record in records.unwrap_or_default() {
            state.write(&file.found, &RecordReport::new(&file.found, record));
        }
        state.write(&file.found, &file);
        if let Some(sites) = sites.filter(|sites| !sites.is_empty()) {
            self.progress.suspend(|| message::note(sites.trim_end()));
        }
        if let Some(line) = self.detect.and_then(|form| detect::line(&file, form)) {
            let pushed = state.printed.push(&file.found, line.into_bytes());
            state.fail(What::Stdout, pushed);
        }
        if self.check && file.status == Status::Converted {
            let pushed = state.printed.push(&file.found, self.name_changed(&file));
            state.fail(What::Stdout, pushed);
        }
        if let Some(line) = line {
            self.progress.suspend(|| message::note(&line));
        }
        for error in bad.unwrap_or_default() {
            self.progress.suspend(|| message::note(&error));
        }
        drop(state);
        self.progress.file();
    }

    /// Takes what became of a record.
    pub fn add_record(&self, path: &Path, record: &RecordReport) {
        self.state().write(path, record);
    }

    /// Takes what is to be printed about a file.
    pub fn print(&self, path: &Path, text: Vec<u8>) {
        let mut state = self.state();
        let pushed = state.printed.push(path, text);
        state.fail(What::Stdout, pushed);
    }

    /// Takes whether the list of what was done could be written.
    pub fn state_failed(&self, written: io::Result<()>) {
        self.state().fail(What::List, written);
    }

    /// What is printed to standard error about a file.
    fn line(&self, file: &FileReport) -> Option<String> {
        let about = |what: &str| {
            let path = message::shown(&file.found);
            say!("{path}: {what}", "{path}：{what}")
        };
        match (file.status, &file.error, &file.outcome) {
            (Status::Error, Some(error), _) => Some(match self.format {
                ErrorFormat::Text => {
                    let error = self.once(file, error);
                    message::error_line(&message::about(&file.found, error))
                }
                ErrorFormat::Github => github::command("error", &file.found, None, error.spoken()),
            }),
            (Status::Converted, ..) if self.check => None,
            (Status::Skipped, Some(cause), _) if self.verbose => {
                let cause = cause.spoken();
                Some(about(&say!("skipped, {cause}", "跳过，{cause}")))
            }
            (_, _, Some(outcome)) if self.verbose => Some(about(&describe(outcome))),
            (Status::Binary, ..) if self.verbose => {
                Some(about(pick("binary, as it is", "非文本，保持原样")))
            }
            (Status::Unsupported, ..) if self.verbose => {
                let kind = file.kind.unwrap_or_default();
                let told = say!(
                    "{kind}, not supported, as it is",
                    "{kind}，不支持，保持原样"
                );
                let advice = hint::hint(&jianti::Error::Unsupported { kind });
                Some(about(&match advice {
                    Some(advice) => say!(
                        "{told}; {advice}",
                        "{told}；{advice}",
                        told = told,
                        advice = advice.spoken()
                    ),
                    None => told,
                }))
            }
            (Status::Current, ..) if self.verbose => Some(about(pick("up to date", "无需更新"))),
            _ => None,
        }
    }

    /// The lines that tell of a file's bad records.
    fn bad_records(&self, file: &FileReport, outcome: &Outcome) -> Vec<String> {
        let command = |error: &RecordError| {
            let position = Some((error.line, error.column));
            let cause = error.cause.tell();
            github::command("error", &file.found, position, cause.spoken())
        };
        match self.format {
            ErrorFormat::Github => outcome.record_errors.iter().map(command).collect(),
            ErrorFormat::Text => bad_records(&file.path, outcome)
                .iter()
                .map(message::error_line)
                .collect(),
        }
    }

    /// An error without advice that was given before.
    fn once<'e>(&self, file: &'e FileReport, error: &'e Told) -> &'e Told {
        let Some((bare, advice)) = &file.advice else {
            return error;
        };
        let mut advised = self.advised.lock().unwrap_or_else(PoisonError::into_inner);
        match advised.insert(advice.english.clone()) {
            true => error,
            false => bare,
        }
    }

    /// The line that names a file that would change: for a terminal without what that would obey, otherwise as it is.
    fn name_changed(&self, file: &FileReport) -> Vec<u8> {
        let mut line = match (self.format, self.is_terminal) {
            (ErrorFormat::Github, _) => {
                let cause = pick(
                    "not consistent simplified text; jianti would change it",
                    "不是统一的简体；jianti 会改动它",
                );
                github::command("error", &file.found, None, cause).into_bytes()
            }
            (_, true) => message::shown(&file.found).into_bytes(),
            (_, false) => file.found.as_os_str().as_encoded_bytes().to_vec(),
        };
        line.push(b'\n');
        line
    }

    /// Closes the report and prints the summary; returns the sums.
    ///
    /// # Errors
    /// Something could not be written that belongs to no file.
    pub fn finish(&self) -> Result<Totals, Told> {
        self.progress.finish();
        let mut state = self.state();
        if let Some(report) = state.report.take() {
            let closed = report.close(interrupt::is_interrupted());
            let failure = closed.err();
            state.failure = state.failure.take().or(failure);
        }
        let printed = std::mem::take(&mut state.printed);
        let mut output = io::BufWriter::new(io::stdout().lock());
        let written = printed.finish(|text| output.write_all(text));
        match written.and_then(|()| output.flush()) {
            // Whoever read this has what they wanted; the exit code is for others.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => state.fail(What::Stdout, written),
        }
        drop(output);
        if let Some(review) = &self.review {
            let failure = review.finish(&state.totals).err();
            state.failure = state.failure.take().or(failure);
        }
        if self.summary {
            message::note(state.totals.summary(self.begun.elapsed()).trim_end());
        }
        match state.failure.take() {
            Some(failure) => Err(failure),
            None => Ok(std::mem::take(&mut state.totals)),
        }
    }

    /// Closes the report of a run that ends at once, if nobody holds it.
    pub fn abandon(&self) {
        let begun = Instant::now();
        loop {
            match self.state.try_lock() {
                Ok(mut state) => {
                    let closed = state
                        .report
                        .take()
                        .map_or(Ok(()), |report| report.close(true));
                    if let Err(error) = closed {
                        message::complain(&error);
                    }
                    return;
                }
                Err(TryLockError::WouldBlock) if begun.elapsed() < LAST_WAIT => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(_) => return,
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn write(&mut self, path: &Path, object: &impl Serialize) {
        let Some(report) = &mut self.report else {
            return;
        };
        let mut line = serde_json::to_vec(object).expect("a report is JSON");
        line.push(b'\n');
        let written = report.write(path, line);
        self.fail(What::Report, written);
    }

    /// Remembers the first failure.
    fn fail(&mut self, what: What, done: io::Result<()>) {
        if let Err(error) = done
            && self.failure.is_none()
        {
            self.failure = Some(match what {
                What::Stdout => {
                    told!("standard output: {error}", "标准输出：{error}"; error)
                }
                What::Report => told!("the report: {error}", "报告：{error}"; error),
                What::List => told!(
                    "the list for --update: {error}",
                    "--update 的清单：{error}";
                    error
                ),
            });
        }
    }
}
