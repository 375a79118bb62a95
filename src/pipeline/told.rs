//! What came of a document, as its text stages tell.

use jianti_formats::Format;
use jianti_text::Language;
use jianti_text::encoding::{Encoding, Evidence};

use crate::outcome::{Common, Outcome};
use crate::records::Records;
use crate::stages::Stages;

/// What the stages tell of a document in this format. Of what only its bytes tell it says that nothing changed, that there
/// are none, and that they declare UTF-8.
pub(super) fn outcome(format: Format, stages: &mut Stages) -> Outcome {
    let findings = stages.findings();
    let chosen = stages.doubts();
    let bad = stages.records().map(Records::take_bad);
    let (bad_records, record_errors) = bad.unwrap_or_default();
    let records = stages.records().map(Records::take_told);
    Outcome {
        format,
        compression: None,
        members: None,
        encoding: Common::Same(Encoding::Utf8),
        evidence: Common::Same(Evidence::Declared),
        language: stages.language().unwrap_or(Language::Undetermined),
        script: stages.script(),
        bytes_in: 0,
        bytes_out: 0,
        changed: false,
        repairs: findings.repairs,
        sites: findings.sites.unwrap_or_default(),
        doubtful: chosen.doubtful,
        doubts: chosen.doubts,
        choices: chosen.choices,
        outside: stages.outside(),
        replaced: 0,
        unknown_syntax: false,
        bad_records,
        record_errors,
        records: records.unwrap_or_default(),
    }
}
