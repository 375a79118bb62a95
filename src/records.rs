//! Documents that consist of records: what they are together, and what came of each.

use jianti_formats::DocumentFault;
use jianti_text::{Language, Script, ScriptCount};

/// How many errors of a document's records are kept; all are counted.
pub(crate) const MOST_ERRORS: usize = 100;

/// Why a record stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RecordError {
    /// Of an archive, the name of the member that the record is in; in a Parquet file its column.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub member: Option<String>,
    /// The number of the line that it begins on, from 1; in a Parquet file that of the row.
    pub line: u64,
    /// At which character of the line the mistake shows, from 1.
    pub column: u64,
    /// What is wrong.
    #[cfg_attr(feature = "serde", serde(rename = "error"))]
    pub cause: DocumentFault,
}

/// What came of a record: a line of JSON Lines, an element of a JSON array, a row of a table, a string of a Parquet file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RecordOutcome {
    /// Of an archive, the name of the member that the record is in; in a Parquet file its column.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub member: Option<String>,
    /// The number of the line that it begins on, from 1; in a Parquet file that of the row.
    pub line: u64,
    /// What its field says that [`Options::record_id`](crate::Options::record_id) names.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub id: Option<String>,
    /// The language of its text.
    pub language: Language,
    /// The script of its text.
    pub script: Script,
    /// Whether its text changed.
    pub changed: bool,
    /// How many places were repaired.
    pub repaired: u64,
    /// How many damaged places were left.
    pub open: u64,
    /// How many characters could be two things.
    pub doubtful: u64,
    /// Why it stays as it is, if it is not what its format says.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub error: Option<RecordError>,
}

impl RecordOutcome {
    /// The same for a record in a member of this name of an archive.
    pub(crate) fn of_member(mut self, name: &str) -> RecordOutcome {
        self.member = Some(within(name, self.member));
        if let Some(error) = &mut self.error {
            error.member = Some(within(name, error.member.take()));
        }
        self
    }
}

/// The name of what lies in a member of this name, or the member's own.
pub(crate) fn within(name: &str, inner: Option<String>) -> String {
    match inner {
        Some(inner) => format!("{name}/{inner}"),
        None => name.to_owned(),
    }
}

/// What was counted in a document so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Of its text.
    pub script: ScriptCount,
    /// Repaired places, damaged ones that were left, doubtful ones.
    pub repaired: u64,
    pub open: u64,
    pub doubtful: u64,
}

/// The records of a document so far.
#[derive(Clone, Debug)]
pub(crate) struct Records {
    /// Chinese if any of them is; or else that of the first that has one.
    language: Language,
    /// That of the current one, and whether its text changed.
    current: Language,
    pub changed: bool,
    /// What was counted before the current one.
    before: Counts,
    /// What came of each, if that is wanted.
    told: Option<Vec<RecordOutcome>>,
    /// How many are bad, and the first of them.
    bad: u64,
    errors: Vec<RecordError>,
}

impl Records {
    /// None yet. With `told` what came of each is kept.
    pub fn new(told: bool) -> Records {
        Records {
            language: Language::Undetermined,
            current: Language::Undetermined,
            changed: false,
            before: Counts::default(),
            told: told.then(Vec::new),
            bad: 0,
            errors: Vec::new(),
        }
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether what came of each is kept.
    pub fn are_told(&self) -> bool {
        self.told.is_some()
    }

    /// A record begins that is in this language; so much was counted before.
    pub fn begin(&mut self, language: Language, counts: Counts) {
        self.add_language(language);
        self.current = language;
        self.changed = false;
        self.before = counts;
    }

    /// The record has ended; so much was counted with it.
    pub fn end(&mut self, line: u64, id: Option<&str>, counts: Counts) {
        let Some(told) = &mut self.told else {
            return;
        };
        let before = self.before;
        told.push(RecordOutcome {
            member: None,
            line,
            id: id.map(str::to_owned),
            language: self.current,
            script: counts.script.without(before.script).script(),
            changed: self.changed,
            repaired: counts.repaired - before.repaired,
            open: counts.open - before.open,
            doubtful: counts.doubtful - before.doubtful,
            error: None,
        });
    }

    /// A record is bad.
    pub fn add_bad(&mut self, error: RecordError, id: Option<&str>) {
        self.bad += 1;
        if let Some(told) = &mut self.told {
            told.push(RecordOutcome {
                member: None,
                line: error.line,
                id: id.map(str::to_owned),
                language: Language::Undetermined,
                script: Script::Undetermined,
                changed: false,
                repaired: 0,
                open: 0,
                doubtful: 0,
                error: Some(error.clone()),
            });
        }
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(error);
        }
    }

    /// Adds those that follow so many lines.
    pub fn add_further(&mut self, further: Records, lines: u64) {
        self.add_language(further.language);
        self.bad += further.bad;
        let moved = |error: RecordError| RecordError {
            line: lines + error.line,
            ..error
        };
        let room = MOST_ERRORS - self.errors.len();
        self.errors
            .extend(further.errors.into_iter().take(room).map(moved));
        if let (Some(told), Some(further)) = (&mut self.told, further.told) {
            told.extend(further.into_iter().map(|record| RecordOutcome {
                line: lines + record.line,
                error: record.error.map(moved),
                ..record
            }));
        }
    }

    /// What came of each since this was asked last.
    pub fn take_told(&mut self) -> Vec<RecordOutcome> {
        self.told.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// How many are bad, and the first of them.
    pub fn take_bad(&mut self) -> (u64, Vec<RecordError>) {
        (self.bad, std::mem::take(&mut self.errors))
    }

    fn add_language(&mut self, language: Language) {
        if language == Language::Chinese || self.language == Language::Undetermined {
            self.language = language;
        }
    }
}
