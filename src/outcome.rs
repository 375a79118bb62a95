//! What came of a document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jianti_formats::Format;
use jianti_formats::archive::compressed::Compression;
use jianti_repair::{Repairs, Site};
use jianti_text::encoding::{Encoding, Evidence};
use jianti_text::{Language, Outside, Script};

use crate::doubts::ChosenPlace;
use crate::records::{RecordError, RecordOutcome, within};

/// What came of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Outcome {
    /// What the document's text is wrapped in.
    pub format: Format,
    /// How the document's file is compressed. What follows is about what it holds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub compression: Option<Compression>,
    /// Of an archive or a mail, how many members or parts it has; what follows sums up those that are text, and says `mixed`
    /// where they differ.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub members: Option<MemberCounts>,
    /// The encoding that the input was read in.
    pub encoding: Common<Encoding>,
    /// What told the encoding.
    pub evidence: Common<Evidence>,
    /// The language of the input. Documents in other languages than Chinese are not changed at all, unless
    /// [`Options::any_language`](crate::Options::any_language) is set.
    pub language: Language,
    /// The script of the input.
    pub script: Script,
    /// Size of the input, bytes.
    pub bytes_in: u64,
    /// Size of the output, bytes.
    pub bytes_out: u64,
    /// Whether the output differs from the input.
    pub changed: bool,
    /// What damage was found.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Repairs::is_empty"))]
    pub repairs: Repairs,
    /// Each damaged place, with [`Options::explain`](crate::Options::explain).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub sites: Vec<Site>,
    /// How many characters could be two things, with little that speaks for what they became.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_zero"))]
    pub doubtful: u64,
    /// Each of these places, with [`Options::explain`](crate::Options::explain).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub doubts: Vec<ChosenPlace>,
    /// Each character that could have been two things and changed, where that is not in doubt, with
    /// [`Options::explain`](crate::Options::explain).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub choices: Vec<ChosenPlace>,
    /// Han characters of the output outside 《通用规范汉字表》, with [`Options::count_outside`](crate::Options::count_outside).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Outside::is_empty"))]
    pub outside: Outside,
    /// How many times something was replaced that could not be decoded or encoded (only with [`Options::lossy`](crate::Options::lossy)).
    pub replaced: u64,
    /// Whether this is source code in a language whose comments and strings are not known, with
    /// [`Options::code`](crate::Options::code).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub unknown_syntax: bool,
    /// How many records are not what their format says, and stayed as they are.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_zero"))]
    pub bad_records: u64,
    /// The first 100 of them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub record_errors: Vec<RecordError>,
    /// What came of each record, with [`Options::records`](crate::Options::records).
    #[cfg_attr(feature = "serde", serde(skip))]
    pub records: Vec<RecordOutcome>,
}

#[cfg(feature = "serde")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// A document's text before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison<'a> {
    /// Before, decoded; borrowed if it is UTF-8. Of source code, which is left as it is, what cannot be decoded are
    /// replacement characters.
    pub before: Cow<'a, str>,
    /// After, before it is encoded.
    pub after: String,
    /// What was done.
    pub outcome: Outcome,
}

/// What the documents of an archive have in common; a single document's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Common<T> {
    /// Nothing told it.
    Unknown,
    /// They differ.
    Mixed,
    /// All have this.
    #[cfg_attr(feature = "serde", serde(untagged))]
    Same(T),
}

impl<T: PartialEq> Common<T> {
    /// Takes another document's to its own.
    fn add(&mut self, other: Common<T>) {
        if *self != other {
            *self = Common::Mixed;
        }
    }
}

impl Common<Encoding> {
    /// The encoding's name, or `mixed`.
    pub fn name(self) -> &'static str {
        match self {
            Common::Unknown => "unknown",
            Common::Mixed => "mixed",
            Common::Same(encoding) => encoding.name(),
        }
    }
}

impl Common<Evidence> {
    /// The report's word for it, or `mixed`.
    pub fn name(self) -> &'static str {
        match self {
            Common::Unknown => "unknown",
            Common::Mixed => "mixed",
            Common::Same(evidence) => evidence.name(),
        }
    }
}

/// What became of an archive's members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MemberCounts {
    /// Text that changed.
    pub changed: u64,
    /// Text that did not.
    pub unchanged: u64,
    /// Files that are no text, kept as they are; of mails also what is signed.
    pub binary: u64,
    /// Of mails and web archives: text that could not be read, kept as it is.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_zero"))]
    pub unread: u64,
    /// Of archives: files of kinds that are known and not supported, by kind; also those within archives in it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "BTreeMap::is_empty"))]
    pub unsupported: BTreeMap<&'static str, u64>,
}

impl MemberCounts {
    fn add(&mut self, other: MemberCounts) {
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.binary += other.binary;
        self.unread += other.unread;
        self.add_unsupported(&other);
    }

    /// Adds the kinds of another's members.
    pub(crate) fn add_unsupported(&mut self, other: &MemberCounts) {
        for (kind, count) in &other.unsupported {
            *self.unsupported.entry(kind).or_default() += count;
        }
    }
}

impl Outcome {
    /// The same for a member of this name of an archive.
    pub(crate) fn of_member(mut self, name: &str) -> Outcome {
        for error in &mut self.record_errors {
            error.member = Some(within(name, error.member.take()));
        }
        let records = self.records.into_iter();
        self.records = records.map(|record| record.of_member(name)).collect();
        self
    }

    /// Takes another document's outcome to its own: sums, and `mixed` where they differ.
    pub(crate) fn add(&mut self, other: Outcome) {
        self.encoding.add(other.encoding);
        self.evidence.add(other.evidence);
        self.language = language_of_both(self.language, other.language);
        self.script = script_of_both(self.script, other.script);
        self.bytes_in += other.bytes_in;
        self.bytes_out += other.bytes_out;
        self.changed |= other.changed;
        self.repairs.add(&other.repairs);
        self.sites.extend(other.sites);
        self.doubtful += other.doubtful;
        self.doubts.extend(other.doubts);
        self.choices.extend(other.choices);
        if let (Some(members), Some(further)) = (&mut self.members, other.members) {
            members.add(further);
        }
        self.outside.add_all(other.outside);
        self.replaced += other.replaced;
        self.bad_records += other.bad_records;
        self.record_errors.extend(other.record_errors);
        self.records.extend(other.records);
    }
}

/// The language of two texts together. Of several Chinese counts: it is what is converted.
pub(crate) fn language_of_both(one: Language, other: Language) -> Language {
    match one == Language::Undetermined || other == Language::Chinese {
        true => other,
        false => one,
    }
}

/// The script of two texts together.
pub(crate) fn script_of_both(one: Script, other: Script) -> Script {
    match (one, other) {
        (script, Script::Undetermined) | (Script::Undetermined, script) => script,
        (script, same) if script == same => script,
        _ => Script::Mixed,
    }
}

#[cfg(feature = "parquet")]
impl Outcome {
    /// The same for a text that begins at this byte of another.
    pub(crate) fn further_on(mut self, offset: u64) -> Outcome {
        for site in &mut self.sites {
            site.offset += offset;
        }
        for place in self.doubts.iter_mut().chain(&mut self.choices) {
            place.offset += offset;
        }
        self
    }

    /// The same for a text that is there so many times: all counts are of all of them, each place is told once.
    pub(crate) fn times(mut self, times: u64) -> Outcome {
        if times == 1 {
            return self;
        }
        let repairs = &mut self.repairs;
        let outside = &mut self.outside;
        let counts = [
            &mut repairs.open,
            &mut repairs.lost,
            &mut outside.total,
            &mut self.doubtful,
            &mut self.replaced,
        ];
        let by_rule = repairs.repaired.values_mut();
        let by_character = outside.characters.values_mut();
        for count in by_rule.chain(by_character).chain(counts) {
            *count = count.saturating_mul(times);
        }
        self
    }
}
