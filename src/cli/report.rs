//! What became of a file: an object of the report, and in words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use indicatif::HumanCount;
use jianti::repair::Repairs;
use jianti::{Common, DocumentFault, Format, Language, Outcome, RecordOutcome};
use serde::Serialize;

use super::args::{self, Cli};
use super::error::FileError;
use super::hint;
use super::language::{pick, say};
use super::locate::Locations;
use super::message;
use super::review::Details;
use super::told::{Tell as _, Told, told};
use super::words::word;

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
    /// The same, of a kind that is known and not supported.
    Unsupported,
    /// Not a regular file.
    Skipped,
    /// `--update` found its result made already.
    Current,
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
    pub error: Option<Told>,
    /// How many places could not be decoded, if that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecodable: Option<u64>,
    /// What kind of file an unsupported one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Size of a binary or unsupported file, bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// For converted and unchanged files, the fields of [`Outcome`]: `format`, `compression`, `members`, `encoding`,
    /// `evidence`, `language`, `script`, `bytes_in`, `bytes_out`, `changed`, `repairs`, `sites`, `doubtful`, `doubts`,
    /// `choices`, `outside`, `replaced`, `bad_records`, `record_errors`.
    #[serde(flatten)]
    pub outcome: Option<Outcome>,
    /// `error` without the advice at its end, and that advice, if there is any.
    #[serde(skip)]
    pub advice: Option<(Told, Told)>,
    /// The path as the system has it, for messages.
    #[serde(skip)]
    pub found: PathBuf,
    /// With --explain, where the places of the outcome are.
    #[serde(skip)]
    pub locations: Locations,
    /// With --review, what the page shows of it.
    #[serde(skip)]
    pub details: Option<Box<Details>>,
}

/// One object of the report for a record of a file (`--report-records`). The field `line` tells it from a file's.
#[derive(Clone, Debug, Serialize)]
pub struct RecordReport {
    /// The file, as in its own object.
    pub path: String,
    /// What became of the record.
    pub status: Status,
    /// Why it stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<DocumentFault>,
    /// At which character of the line that shows, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// The fields of [`RecordOutcome`]: `member`, `line`, `id`, `language`, `script`, `changed`, `repaired`, `open`,
    /// `doubtful`.
    #[serde(flatten)]
    pub outcome: RecordOutcome,
}

impl RecordReport {
    /// What became of a record of this file.
    pub fn new(path: &Path, outcome: RecordOutcome) -> RecordReport {
        RecordReport {
            path: path.to_string_lossy().into_owned(),
            status: match (&outcome.error, outcome.changed) {
                (Some(_), _) => Status::Error,
                (None, true) => Status::Converted,
                (None, false) => Status::Unchanged,
            },
            error: outcome.error.as_ref().map(|error| error.cause),
            column: outcome.error.as_ref().map(|error| error.column),
            outcome,
        }
    }
}

/// How many bad records of a file are named on the terminal.
const NAMED: usize = 10;

/// The bad records of a file, a line each: where, and why.
pub fn bad_records(path: &str, outcome: &Outcome) -> Vec<Told> {
    let is_parquet = outcome.format == Format::Parquet;
    let is_table = matches!(outcome.format, Format::Csv | Format::Tsv);
    let named = outcome.record_errors.iter().take(NAMED).map(|error| {
        let (line, column) = (error.line, error.column);
        let told = match is_parquet {
            true => told!(
                "row {line}, character {column}: {cause}; the row stays as it is",
                "第 {line} 行第 {column} 个字符：{cause}；这一行保持原样",
                line = line,
                column = column;
                cause = error.cause
            ),
            false if is_table => told!(
                "line {line}, column {column}: {cause}; the row stays as it is",
                "第 {line} 行第 {column} 列：{cause}；这条记录保持原样",
                line = line,
                column = column;
                cause = error.cause
            ),
            false => told!(
                "line {line}, column {column}: {cause}; the line stays as it is",
                "第 {line} 行第 {column} 列：{cause}；这一行保持原样",
                line = line,
                column = column;
                cause = error.cause
            ),
        };
        let told = match &error.member {
            Some(name) => message::about(name.as_ref(), &told),
            None => told,
        };
        message::about(path.as_ref(), &told)
    });
    let mut lines: Vec<_> = named.collect();
    let more = outcome.bad_records - lines.len() as u64;
    if more > 0 {
        let more = HumanCount(more);
        let told = match is_parquet || is_table {
            true => told!(
                "{more} more bad rows stay as they are",
                "另有 {more} 条坏记录保持原样"
            ),
            false => told!(
                "{more} more bad lines stay as they are",
                "另有 {more} 个坏行保持原样"
            ),
        };
        lines.push(message::about(path.as_ref(), &told));
    }
    lines
}

impl FileReport {
    /// Whether records of it are not what its format says.
    pub fn has_bad_records(&self) -> bool {
        let outcome = self.outcome.as_ref();
        outcome.is_some_and(|outcome| outcome.bad_records > 0)
    }

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
            undecodable: None,
            kind: None,
            size: None,
            outcome: None,
            advice: None,
            found: path.to_owned(),
            locations: Locations::new(),
            details: None,
        }
    }

    /// A file whose result an earlier run has made.
    pub fn current(path: &Path) -> FileReport {
        FileReport::new(path, Status::Current)
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

    /// A file that is no text; its kind, if that is known.
    pub fn binary(path: &Path, size: u64, kind: Option<&'static str>) -> FileReport {
        let status = match kind {
            Some(_) => Status::Unsupported,
            None => Status::Binary,
        };
        FileReport {
            kind,
            size: Some(size),
            ..FileReport::new(path, status)
        }
    }

    /// A path that is no regular file.
    pub fn skipped(path: &Path, cause: Told) -> FileReport {
        FileReport {
            error: Some(cause),
            ..FileReport::new(path, Status::Skipped)
        }
    }

    /// A file for which nothing was written.
    pub fn error(path: &Path, cause: Told) -> FileReport {
        FileReport {
            error: Some(cause),
            ..FileReport::new(path, Status::Error)
        }
    }

    /// The same for a file of which something else was going to be told.
    pub fn failed(self, error: &FileError) -> FileReport {
        match error {
            FileError::NotRegular => FileReport::skipped(&self.found, error.tell()),
            FileError::Document(error) => FileReport {
                undecodable: error.undecodable(),
                advice: hint::hint(error).map(|advice| (error.tell(), advice)),
                ..FileReport::error(&self.found, hint::message(error))
            },
            _ => FileReport::error(&self.found, error.tell()),
        }
    }
}

/// An outcome in a few words.
pub fn describe(outcome: &Outcome) -> String {
    let changed = match outcome.changed {
        true => pick("converted", "有改动"),
        false => pick("unchanged", "无改动"),
    };
    let encoding = match outcome.encoding {
        Common::Unknown => say!("unknown (unknown)", "编码未知"),
        encoding => say!(
            "{encoding} ({evidence})",
            "{encoding}（{evidence}）",
            encoding = word(encoding.name()),
            evidence = word(outcome.evidence.name())
        ),
    };
    let script = word(outcome.script.name()).to_owned();
    let mut words = vec![changed.to_owned(), encoding, script];
    if outcome.format != Format::Text {
        words.push(outcome.format.to_string());
    }
    if outcome.unknown_syntax {
        words.push(say!(
            "its comments and strings are not known",
            "不认得它的注释和字符串"
        ));
    }
    if !matches!(outcome.language, Language::Chinese | Language::Undetermined) {
        words.push(word(outcome.language.name()).to_owned());
    }
    if !outcome.repairs.is_empty() {
        words.push(damage(&outcome.repairs));
    }
    let (doubtful, replaced) = (outcome.doubtful, outcome.replaced);
    if doubtful > 0 {
        words.push(say!("{doubtful} doubtful", "存疑 {doubtful}"));
    }
    if replaced > 0 {
        words.push(say!("{replaced} replaced", "替换 {replaced}"));
    }
    let bad = outcome.bad_records;
    if bad > 0 {
        words.push(say!("{bad} bad records", "坏记录 {bad}"));
    }
    words.join(pick(", ", "，"))
}

/// Repairs by rule, in words.
pub fn damage(repairs: &Repairs) -> String {
    let repaired = repairs.repaired.iter().map(|(rule, count)| (*rule, *count));
    let others = [("open", repairs.open), ("lost", repairs.lost)];
    let counts = repaired
        .chain(others)
        .filter(|(_, count)| *count > 0)
        .collect();
    list(&counts)
}

/// Names with their counts, the most frequent first.
pub fn list(counts: &BTreeMap<&'static str, u64>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let counts: Vec<_> = counts
        .into_iter()
        .map(|(name, count)| format!("{} {}", word(name), HumanCount(*count)))
        .collect();
    counts.join(pick(", ", "，"))
}

/// Whether each damaged place is to be told of.
pub fn explains(cli: &Cli) -> bool {
    cli.explain || cli.repair == args::Repair::Report
}
