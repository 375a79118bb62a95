//! Sums over all files, for a person to read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount};
use jianti::Language;
use jianti::repair::Repairs;

use super::language::{pick, say};
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
    /// The same in archives.
    unsupported_members: BTreeMap<&'static str, u64>,
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
            for (kind, count) in outcome
                .members
                .iter()
                .flat_map(|members| &members.unsupported)
            {
                *self.unsupported_members.entry(kind).or_default() += count;
            }
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
        let statuses = self.statuses();
        let mut text = say!(
            "{count} {files} in {seconds:.1} s: ",
            "{count} {files}，用时 {seconds:.1} 秒：",
            count = HumanCount(self.files),
            files = files(self.files),
            seconds = elapsed.as_secs_f64()
        );
        let counts: Vec<_> = [
            ("converted", pick("changed", "有改动"), true),
            ("unchanged", pick("unchanged", "无改动"), true),
            ("binary", pick("binary", "非文本"), true),
            ("unsupported", pick("not supported", "不支持"), false),
            ("skipped", pick("skipped", "跳过"), true),
            ("current", pick("up to date", "无需更新"), false),
            ("error", pick("errors", "出错"), true),
        ]
        .into_iter()
        .map(|(status, word, always)| (statuses[status], word, always))
        .filter(|(count, _, always)| *always || *count > 0)
        .map(|(count, word, _)| format!("{} {word}", HumanCount(count)))
        .collect();
        text += &counts.join(pick(", ", "，"));
        text.push('\n');
        for (title, value) in self.sums() {
            let indent = " ".repeat(10_usize.saturating_sub(width(title)));
            writeln!(text, "{indent}{title}: {value}").expect("a string can be written");
        }
        text
    }

    /// What is summed up, by its title.
    fn sums(&self) -> Vec<(&'static str, String)> {
        let mut sums = Vec::new();
        if self.bytes_in > 0 {
            let sizes = say!(
                "{read} in, {written} out",
                "读入 {read}，写出 {written}",
                read = HumanBytes(self.bytes_in),
                written = HumanBytes(self.bytes_out)
            );
            sums.push((pick("text", "文字"), sizes));
            sums.push((pick("encodings", "编码"), list(&self.encodings)));
            sums.push((pick("scripts", "繁简"), list(&self.scripts)));
            let ours = [Language::Chinese, Language::Undetermined].map(Language::name);
            if self.languages.keys().any(|name| !ours.contains(name)) {
                sums.push((pick("languages", "语言"), list(&self.languages)));
            }
        }
        let mut unsupported = self.unsupported.clone();
        for (kind, count) in &self.unsupported_members {
            *unsupported.entry(kind).or_default() += count;
        }
        if !unsupported.is_empty() {
            sums.push((pick("not read", "未读"), list(&unsupported)));
        }
        if !self.repairs.is_empty() {
            sums.push((pick("repairs", "修复"), damage(&self.repairs)));
        }
        if self.doubtful > 0 {
            let count = HumanCount(self.doubtful).to_string();
            sums.push((pick("doubtful", "存疑"), count));
        }
        let (places, count) = self.undecodable;
        if places > 0 {
            let sum = say!(
                "{places} places in {count} {files}; --lossy puts U+FFFD there",
                "{count} {files}中的 {places} 处；--lossy 在那里写 U+FFFD",
                places = HumanCount(places),
                count = HumanCount(count),
                files = files(count)
            );
            sums.push((pick("undecodable", "无法解码"), sum));
        }
        if self.bad_records > 0 {
            let count = HumanCount(self.bad_records).to_string();
            sums.push((pick("bad lines", "坏行"), count));
        }
        if self.replaced > 0 {
            let count = HumanCount(self.replaced).to_string();
            sums.push((pick("replaced", "替换"), count));
        }
        sums
    }
}

/// The word for so many files.
pub fn files(count: u64) -> &'static str {
    pick(if count == 1 { "file" } else { "files" }, "个文件")
}

/// How many columns of a terminal a text takes: Han characters take two.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
