//! What to do about the library's errors, by the options that this program has.

use jianti::{DocumentFault, Error, Format, FormatError, LimitExceeded, ParquetRefusal};

use super::told::{Tell as _, Told, told};

/// An error's message, and what to do about it.
pub fn message(error: &Error) -> Told {
    let told = error.tell();
    match hint(error) {
        Some(advice) => told.with_advice(&advice),
        None => told,
    }
}

/// What to do about an error, if anything can be.
pub fn hint(error: &Error) -> Option<Told> {
    Some(match error {
        Error::Unsupported { kind: "Parquet" } if jianti::PARQUET => told!(
            "name its columns of text with --field",
            "请用 --field 写明它的文字列"
        ),
        Error::Unsupported {
            kind: "invalid YAML" | "invalid TOML",
        }
        | Error::Format(FormatError::Document {
            format: Format::Yaml | Format::Toml,
            ..
        }) => told!(
            "correct it, or have it taken for plain text with --format text",
            "请改正它，或用 --format text 当作纯文本"
        ),
        Error::Undetected(_) => told!(
            "name the encoding with --encoding",
            "请用 --encoding 写明编码"
        ),
        Error::Decode(_)
        | Error::Format(FormatError::Document {
            cause: DocumentFault::NotUtf8,
            ..
        }) => told!(
            "name the encoding with --encoding, or accept U+FFFD in its place with --lossy",
            "请用 --encoding 写明编码，或用 --lossy 接受换成 U+FFFD"
        ),
        Error::Encode(_) => told!(
            "choose another --to-encoding, or accept ? in its place with --lossy",
            "请换一个 --to-encoding，或用 --lossy 接受换成 ?"
        ),
        Error::Format(FormatError::Document {
            cause: DocumentFault::NoColumn,
            ..
        }) => told!("correct --field", "请改正 --field"),
        Error::Format(FormatError::Document { .. }) => told!(
            "name its format with --format",
            "请用 --format 写明它的格式"
        ),
        Error::Format(FormatError::TooMuch { .. }) => told!(
            "divide the file, or have it taken for plain text with --format text",
            "请把文件分开，或用 --format text 当作纯文本"
        ),
        Error::Format(FormatError::Record { .. }) => told!(
            "correct the line, or have the others converted, without --strict",
            "请改正这一行，或不用 --strict，让其余各行照常转换"
        ),
        Error::Format(FormatError::Parquet(ParquetRefusal::Row { .. })) => told!(
            "correct it, or have the others converted, without --strict",
            "请改正它，或不用 --strict，让其余各行照常转换"
        ),
        Error::Format(FormatError::Parquet(ParquetRefusal::IsThere { .. })) => told!(
            "choose other names with --outcome-columns=PREFIX",
            "请用 --outcome-columns=前缀 换别的列名"
        ),
        Error::Format(FormatError::Refused { .. }) => told!(
            "unpack the archive with care, or leave it as it is, without --archives",
            "请小心地解开它，或不用 --archives，让它保持原样"
        ),
        Error::Io(error) => limit(LimitExceeded::of(error)?)?,
        Error::Member { cause, .. } => return hint(cause),
        Error::Format(FormatError::Part { cause, .. }) => match &**cause {
            FormatError::Io(error) => limit(LimitExceeded::of(error)?)?,
            _ => return None,
        },
        _ => return None,
    })
}

fn limit(exceeded: &LimitExceeded) -> Option<Told> {
    Some(match exceeded {
        LimitExceeded::Ratio | LimitExceeded::Size => told!(
            "if you trust it, lift the limits with --no-limits",
            "如果信得过它，可用 --no-limits 取消上限"
        ),
        LimitExceeded::Depth => return None,
    })
}
