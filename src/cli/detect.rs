//! What a file is (`--detect`): encoding, language, script, format.

use serde_json::{Value, json};

use super::args::Detect;
use super::language::pick;
use super::message;
use super::report::{FileReport, Status};
use super::words::word;

/// A line about a file, if there is anything to be told but an error.
pub fn line(file: &FileReport, form: Detect) -> Option<String> {
    let outcome = file.outcome.as_ref();
    let kind = match (file.status, file.kind) {
        (Status::Binary, _) => "binary",
        (Status::Unsupported, Some(kind)) => kind,
        _ => "",
    };
    if outcome.is_none() && kind.is_empty() {
        return None;
    }
    Some(match (form, outcome) {
        (Detect::Json, _) => format!("{}\n", object(file, kind)),
        (Detect::Text, Some(outcome)) => format!(
            "{}\t{}\t{}\t{}\t{}\n",
            word(outcome.encoding.name()),
            word(outcome.language.name()),
            word(outcome.script.name()),
            outcome.format,
            message::shown(&file.found)
        ),
        (Detect::Text, None) => {
            let kind = match file.status {
                Status::Binary => pick("binary", "非文本"),
                _ => kind,
            };
            format!("-\t-\t-\t{kind}\t{}\n", message::shown(&file.found))
        }
    })
}

fn object(file: &FileReport, kind: &str) -> Value {
    let mut object = match &file.outcome {
        Some(outcome) => json!({
            "path": file.path,
            "encoding": outcome.encoding,
            "evidence": outcome.evidence,
            "language": outcome.language,
            "script": outcome.script,
            "format": outcome.format,
            "bytes": outcome.bytes_in,
        }),
        None => json!({"path": file.path, "kind": kind, "bytes": file.size}),
    };
    if let Some(bytes) = &file.path_bytes {
        object["path_bytes"] = json!(bytes);
    }
    if let Some(compression) = file
        .outcome
        .as_ref()
        .and_then(|outcome| outcome.compression)
    {
        object["compression"] = json!(compression);
    }
    object
}
