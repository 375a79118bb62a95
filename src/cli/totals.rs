//! Sums over all files, for a person to read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount};
use jianti::Language;
use jianti::repair::Repairs;

use super::report::{FileReport, Status, damage, list};

/// Sums over all files.
#[derive(Debug, Default)]
pub struct Totals {
    /// Files that were found, whatever became of them.
    pub files: u64,
    /// Files that changed, or would.
    pub changed: u64,
    /// Files that are no text.
    pub binary: u64,
    /// Files of kinds that are known and not supported.
    unsupported: BTreeMap<&'static str, u64>,
    /// Paths that are no regular files.
    pub skipped: u64,
    /// Files whose results earlier runs have made.
    pub current: u64,
    /// Files for which nothing was written.
    pub errors: u64,
    /// Records that stay as they are because they are not what their format says.
    pub bad_records: u64,
    /// Places that could not be decoded, and in how many files.
    undecodable: (u64, u64),
    /// What was replaced, with --lossy.
    pub replaced: u64,
    /// Size of the text that was read, bytes.
    pub bytes_in: u64,
    bytes_out: u64,
    /// Files by encoding.
    pub encodings: BTreeMap<&'static str, u64>,
    /// Files by script.
    pub scripts: BTreeMap<&'static str, u64>,
    /// Files by language.
    pub languages: BTreeMap<&'static str, u64>,
    /// Damage, by rule.
    pub repairs: Repairs,
    /// Characters in doubt.
    pub doubtful: u64,
}

impl Totals {
    /// Adds what became of a file.
    pub fn add(&mut self, file: &FileReport) {
        self.files += 1;
        match file.status {
            Status::Converted => self.changed += 1,
            Status::Unchanged => {}
            Status::Binary => self.binary += 1,
            Status::Unsupported => {
                *self
                    .unsupported
                    .entry(file.kind.unwrap_or_default())
                    .or_default() += 1;
            }
            Status::Skipped => self.skipped += 1,
            Status::Current => self.current += 1,
            Status::Error => self.errors += 1,
        }
        if let Some(count) = file.undecodable {
            self.undecodable.0 += count;
            self.undecodable.1 += 1;
        }
        if let Some(outcome) = &file.outcome {
            self.bytes_in += outcome.bytes_in;
            self.bytes_out += outcome.bytes_out;
            self.replaced += outcome.replaced;
            self.bad_records += outcome.bad_records;
            self.repairs.add(&outcome.repairs);
            self.doubtful += outcome.doubtful;
            *self.encodings.entry(outcome.encoding.name()).or_default() += 1;
            *self.scripts.entry(outcome.script.name()).or_default() += 1;
            *self.languages.entry(outcome.language.name()).or_default() += 1;
        }
    }

    /// Files by what became of them.
    pub fn statuses(&self) -> BTreeMap<&'static str, u64> {
        let unsupported = self.unsupported.values().sum();
        let others = self.binary + unsupported + self.skipped + self.current + self.errors;
        BTreeMap::from([
            ("converted", self.changed),
            ("unchanged", self.files - self.changed - others),
            ("binary", self.binary),
            ("unsupported", unsupported),
            ("skipped", self.skipped),
            ("current", self.current),
            ("error", self.errors),
        ])
    }

    /// The sums for a person to read.
    pub fn summary(&self, elapsed: Duration) -> String {
        let unsupported = self.unsupported.values().sum();
        let others = self.binary + unsupported + self.skipped + self.current + self.errors;
        let unchanged = self.files - self.changed - others;
        let mut text = format!(
            "{} {} in {:.1} s: {} changed, {} unchanged, {} binary, {}{} skipped, {}{} errors\n",
            HumanCount(self.files),
            if self.files == 1 { "file" } else { "files" },
            elapsed.as_secs_f64(),
            HumanCount(self.changed),
            HumanCount(unchanged),
            HumanCount(self.binary),
            match unsupported {
                0 => String::new(),
                count => format!("{} not supported, ", HumanCount(count)),
            },
            HumanCount(self.skipped),
            match self.current {
                0 => String::new(),
                current => format!("{} up to date, ", HumanCount(current)),
            },
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
            let ours = [Language::Chinese, Language::Undetermined].map(Language::name);
            if self.languages.keys().any(|name| !ours.contains(name)) {
                line("languages", list(&self.languages));
            }
        }
        if !self.unsupported.is_empty() {
            line("not read", list(&self.unsupported));
        }
        if !self.repairs.is_empty() {
            line("repairs", damage(&self.repairs));
        }
        if self.doubtful > 0 {
            line("doubtful", HumanCount(self.doubtful).to_string());
        }
        let (places, files) = self.undecodable;
        if places > 0 {
            let (places, number) = (HumanCount(places), HumanCount(files));
            let files = if files == 1 { "file" } else { "files" };
            let sum = format!("{places} places in {number} {files}; --lossy puts U+FFFD there");
            line("undecodable", sum);
        }
        if self.bad_records > 0 {
            line("bad lines", HumanCount(self.bad_records).to_string());
        }
        if self.replaced > 0 {
            line("replaced", HumanCount(self.replaced).to_string());
        }
        text
    }
}
