//! What was done: a line for each file where asked for, errors, and a summary.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use jianti::repair::{Repairs, Rule};
use jianti::{Format, Language, Outcome};
use serde::Serialize;
use tempfile::NamedTempFile;

use super::plan::{Action, Plan};
use super::write;
use crate::cli::{self, Cli};

/// How long a run lasts before a progress bar shows.
const PATIENCE: Duration = Duration::from_secs(1);

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The result differs from the input.
    Converted,
    /// The result is the input.
    Unchanged,
    /// Not text: copied to the output directory as it is, left alone in place.
    Binary,
    /// Not a regular file.
    Skipped,
    /// Nothing was written.
    Error,
}

/// One object of the report (`--report`), one line of JSON.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// The file, as found from the command line's paths. Bytes that are not UTF-8 show as U+FFFD.
    pub path: String,
    /// The bytes of `path` in hexadecimal, if they are not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<String>,
    /// Where the result was written (with -o), or what the file is called in the end (with -i and --names).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Why nothing was written, or why the file was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Size of a binary file, bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// For converted and unchanged files, the fields of [`Outcome`]: `format`, `compression`, `members`, `encoding`,
    /// `evidence`, `language`, `script`, `bytes_in`, `bytes_out`, `changed`, `repairs`, `sites`, `doubtful`, `doubts`, `outside`, `replaced`.
    #[serde(flatten)]
    pub outcome: Option<Outcome>,
}

impl FileReport {
    fn new(path: &Path, status: Status) -> FileReport {
        let path_bytes = match path.to_str() {
            Some(_) => None,
            None => {
                let bytes = path.as_os_str().as_encoded_bytes();
                Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
            }
        };
        FileReport {
            path: path.to_string_lossy().into_owned(),
            path_bytes,
            output: None,
            status,
            error: None,
            size: None,
            outcome: None,
        }
    }

    /// A file that went through the pipeline.
    pub fn done(path: &Path, outcome: Outcome) -> FileReport {
        let status = if outcome.changed {
            Status::Converted
        } else {
            Status::Unchanged
        };
        FileReport {
            outcome: Some(outcome),
            ..FileReport::new(path, status)
        }
    }

    /// A file that is no text.
    pub fn binary(path: &Path, size: u64) -> FileReport {
        FileReport {
            size: Some(size),
            ..FileReport::new(path, Status::Binary)
        }
    }

    /// A path that is no regular file.
    pub fn skipped(path: &Path, cause: &str) -> FileReport {
        FileReport {
            error: Some(cause.to_owned()),
            ..FileReport::new(path, Status::Skipped)
        }
    }

    /// A file for which nothing was written.
    pub fn error(path: &Path, cause: String) -> FileReport {
        FileReport {
            error: Some(cause),
            ..FileReport::new(path, Status::Error)
        }
    }
}

/// An outcome in a few words.
pub fn describe(outcome: &Outcome) -> String {
    let mut text = format!(
        "{}, {} ({}), {}",
        if outcome.changed {
            "converted"
        } else {
            "unchanged"
        },
        outcome.encoding,
        outcome.evidence,
        outcome.script.name(),
    );
    if outcome.format != Format::Text {
        write!(text, ", {}", outcome.format).expect("a string can be written");
    }
    if !matches!(outcome.language, Language::Chinese | Language::Neither) {
        write!(text, ", {}", outcome.language.name()).expect("a string can be written");
    }
    if !outcome.repairs.is_empty() {
        write!(text, ", {}", damage(&outcome.repairs)).expect("a string can be written");
    }
    if outcome.doubtful > 0 {
        write!(text, ", {} doubtful", outcome.doubtful).expect("a string can be written");
    }
    if outcome.replaced > 0 {
        write!(text, ", {} replaced", outcome.replaced).expect("a string can be written");
    }
    text
}

/// Whether each damaged place is to be told of.
pub fn explains(cli: &Cli) -> bool {
    cli.explain || cli.repair == cli::Repair::Report
}

/// Repairs by rule, in words.
fn damage(repairs: &Repairs) -> String {
    let repaired = repairs.repaired.iter().map(|(rule, count)| (*rule, *count));
    let others = [("open", repairs.open), ("lost", repairs.lost)];
    let counts = repaired
        .chain(others)
        .filter(|(_, count)| *count > 0)
        .collect();
    list(&counts)
}

/// The damaged and doubtful places of a file, a line each: path, byte offset, rule, what stands there, what belongs there.
pub fn explain(path: &str, outcome: &Outcome) -> String {
    let mut text = String::new();
    for site in &outcome.sites {
        let after = match (&site.after, site.rule) {
            (Some(after), _) => format!("{:?}", after),
            (None, Rule::Lost) => "beyond repair".to_owned(),
            (None, _) => "open".to_owned(),
        };
        write!(
            text,
            "{path}:{}: {}: {:?} -> {after}",
            site.offset,
            site.rule.name(),
            site.before
        )
        .expect("a string can be written");
        if !site.bytes.is_empty() {
            write!(text, ", bytes {}", site.bytes).expect("a string can be written");
        }
        if !site.candidates.is_empty() {
            let candidates: Vec<_> = site
                .candidates
                .iter()
                .map(|other| format!("{other:?}"))
                .collect();
            write!(text, ", or {}", candidates.join(" ")).expect("a string can be written");
        }
        text.push('\n');
    }
    for place in &outcome.doubts {
        let (before, after, other) = (place.before, place.after, place.other);
        let (offset, sure) = (place.offset, place.sure);
        writeln!(
            text,
            "{path}:{offset}: doubtful: {before:?} -> {after:?} ({sure} %), or {other:?}"
        )
        .expect("a string can be written");
    }
    text
}

/// Sums over all files.
#[derive(Debug, Default)]
pub struct Totals {
    /// Files that were found, whatever became of them.
    pub files: u64,
    /// Files that changed, or would.
    pub changed: u64,
    /// Files that are no text.
    pub binary: u64,
    /// Paths that are no regular files.
    pub skipped: u64,
    /// Files for which nothing was written.
    pub errors: u64,
    /// What was replaced, with --lossy.
    pub replaced: u64,
    bytes_in: u64,
    bytes_out: u64,
    encodings: BTreeMap<&'static str, u64>,
    scripts: BTreeMap<&'static str, u64>,
    /// Files by language.
    languages: BTreeMap<&'static str, u64>,
    repairs: Repairs,
    doubtful: u64,
}

/// Takes reports from all threads.
pub struct Reporter {
    state: Mutex<State>,
    bar: ProgressBar,
    begun: Instant,
    /// Whether there is a progress bar and, at the end, a summary.
    summary: bool,
    verbose: bool,
    check: bool,
}

struct State {
    totals: Totals,
    report: Option<ReportFile>,
    /// The first failure to write the report.
    failure: Option<io::Error>,
}

/// Where the report goes.
enum ReportFile {
    Stdout,
    /// Renamed to the path at the end, so that no report looks complete that is not.
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Reporter {
    /// Opens the report, if there is to be one.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(cli: &Cli, plan: &Plan) -> Result<Reporter, String> {
        let report = match &cli.report {
            None => None,
            Some(path) if path == Path::new("-") => Some(ReportFile::Stdout),
            Some(path) => {
                let folder = path.parent().filter(|folder| *folder != Path::new(""));
                let mut builder = write::temporary();
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt;
                    // Those of any new file: less what the umask takes away.
                    builder.permissions(std::fs::Permissions::from_mode(0o666));
                }
                let file = builder
                    .tempfile_in(folder.unwrap_or(Path::new(".")))
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                Some(ReportFile::File(BufWriter::new(file), path.clone()))
            }
        };
        let printed = matches!(report, Some(ReportFile::Stdout));
        let bar = ProgressBar::hidden();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {human_pos} files, {per_sec}, {elapsed}")
                .expect("a template"),
        );
        Ok(Reporter {
            state: Mutex::new(State {
                totals: Totals::default(),
                report,
                failure: None,
            }),
            bar,
            begun: Instant::now(),
            summary: cli.verbose || !(cli.quiet || plan.action == Action::Stdout),
            verbose: cli.verbose,
            // A printed report names them too.
            check: plan.action == Action::Check && !printed,
        })
    }

    /// Takes what became of a file.
    pub fn add(&self, file: FileReport) {
        let line = self.line(&file);
        let sites = file
            .outcome
            .as_ref()
            .map(|outcome| explain(&file.path, outcome));
        let mut state = self.state.lock().expect("not poisoned");
        state.totals.add(&file);
        state.write(&file);
        if let Some(sites) = sites.filter(|sites| !sites.is_empty()) {
            self.bar
                .suspend(|| Line::Note(sites.trim_end().to_owned()).print());
        }
        if let Some(line) = line {
            self.bar.suspend(|| line.print());
        }
        drop(state);
        self.bar.inc(1);
        if self.bar.is_hidden() && self.summary && self.begun.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// What is printed about a file.
    fn line(&self, file: &FileReport) -> Option<Line> {
        let about = |what: &str| format!("{}: {what}", file.path);
        match (file.status, &file.error, &file.outcome) {
            (Status::Error, Some(error), _) => Some(Line::Error(about(error))),
            (Status::Converted, ..) if self.check => Some(Line::Output(file.path.clone())),
            (Status::Skipped, Some(cause), _) if self.verbose => {
                Some(Line::Note(about(&format!("skipped, {cause}"))))
            }
            (_, _, Some(outcome)) if self.verbose => Some(Line::Note(about(&describe(outcome)))),
            (Status::Binary, ..) if self.verbose => Some(Line::Note(about("binary, as it is"))),
            _ => None,
        }
    }

    /// Closes the report and prints the summary; returns the sums.
    ///
    /// # Errors
    /// The report cannot be written.
    pub fn finish(self) -> Result<Totals, String> {
        self.bar.finish_and_clear();
        let state = self.state.into_inner().expect("not poisoned");
        if let Some(error) = state.failure {
            return Err(format!("the report: {error}"));
        }
        if let Some(ReportFile::File(file, path)) = state.report {
            let failed = |error: io::Error| format!("{}: {error}", path.display());
            let file = file
                .into_inner()
                .map_err(|error| failed(error.into_error()))?;
            file.persist(&path).map_err(|error| failed(error.error))?;
        }
        if self.summary {
            // As with notes, nobody may be there to read it.
            let _ = write!(
                io::stderr(),
                "{}",
                state.totals.summary(self.begun.elapsed())
            );
        }
        Ok(state.totals)
    }
}

/// Something to print about a file.
enum Line {
    /// To standard error, in the form of errors.
    Error(String),
    /// To standard error.
    Note(String),
    /// To standard output.
    Output(String),
}

impl Line {
    fn print(self) {
        match self {
            Line::Error(text) => super::complain(&text),
            // Whoever reads this may have gone; the files matter more.
            Line::Note(text) => drop(writeln!(io::stderr(), "{text}")),
            Line::Output(text) => drop(writeln!(io::stdout(), "{text}")),
        }
    }
}

impl State {
    fn write(&mut self, file: &FileReport) {
        let Some(report) = &mut self.report else {
            return;
        };
        let mut line = serde_json::to_vec(file).expect("a report is JSON");
        line.push(b'\n');
        let result = match report {
            ReportFile::Stdout => io::stdout().lock().write_all(&line),
            ReportFile::File(file, _) => file.write_all(&line),
        };
        if let Err(error) = result {
            self.failure.get_or_insert(error);
        }
    }
}

impl Totals {
    fn add(&mut self, file: &FileReport) {
        self.files += 1;
        match file.status {
            Status::Converted => self.changed += 1,
            Status::Unchanged => {}
            Status::Binary => self.binary += 1,
            Status::Skipped => self.skipped += 1,
            Status::Error => self.errors += 1,
        }
        if let Some(outcome) = &file.outcome {
            self.bytes_in += outcome.bytes_in;
            self.bytes_out += outcome.bytes_out;
            self.replaced += outcome.replaced;
            self.repairs.add(&outcome.repairs);
            self.doubtful += outcome.doubtful;
            *self.encodings.entry(outcome.encoding).or_default() += 1;
            *self.scripts.entry(outcome.script.name()).or_default() += 1;
            *self.languages.entry(outcome.language.name()).or_default() += 1;
        }
    }

    /// The sums for a person to read.
    fn summary(&self, elapsed: Duration) -> String {
        let unchanged = self.files - self.changed - self.binary - self.skipped - self.errors;
        let mut text = format!(
            "{} {} in {:.1} s: {} changed, {} unchanged, {} binary, {} skipped, {} errors\n",
            HumanCount(self.files),
            if self.files == 1 { "file" } else { "files" },
            elapsed.as_secs_f64(),
            HumanCount(self.changed),
            HumanCount(unchanged),
            HumanCount(self.binary),
            HumanCount(self.skipped),
            HumanCount(self.errors),
        );
        let mut line = |title: &str, value: String| {
            writeln!(text, "{title:>10}: {value}").expect("a string can be written");
        };
        if self.bytes_in > 0 {
            line(
                "text",
                format!(
                    "{} in, {} out",
                    HumanBytes(self.bytes_in),
                    HumanBytes(self.bytes_out)
                ),
            );
            line("encodings", list(&self.encodings));
            line("scripts", list(&self.scripts));
            let ours = [Language::Chinese, Language::Neither].map(Language::name);
            if self.languages.keys().any(|name| !ours.contains(name)) {
                line("languages", list(&self.languages));
            }
        }
        if !self.repairs.is_empty() {
            line("repairs", damage(&self.repairs));
        }
        if self.doubtful > 0 {
            line("doubtful", HumanCount(self.doubtful).to_string());
        }
        if self.replaced > 0 {
            line("replaced", HumanCount(self.replaced).to_string());
        }
        text
    }
}

/// Names with their counts, the most frequent first.
fn list(counts: &BTreeMap<&'static str, u64>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let counts: Vec<_> = counts
        .into_iter()
        .map(|(name, count)| format!("{name} {}", HumanCount(*count)))
        .collect();
    counts.join(", ")
}
