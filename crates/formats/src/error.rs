//! Why a document cannot be rewritten.

use std::io;

use jianti_text::encoding::{DecodeError, Undetected};

use crate::Format;
use crate::fault::{ArchiveFault, DocumentFault};

/// Why a document cannot be rewritten. The messages do not name the file: the caller knows it. Nothing is left out of a match:
/// whoever tells of errors in another language has the compiler say which one is missing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A document that is not what its format says.
    #[error("this is not valid {format}: {cause}, at byte {offset} of its text in UTF-8")]
    Document {
        /// The format.
        format: Format,
        /// Where the mistake shows: bytes of the text in UTF-8 before it.
        offset: u64,
        /// What is wrong.
        cause: DocumentFault,
    },
    /// A document with so many lines, values or marks that it would take many times its size in memory.
    #[error(
        "it takes too much memory: so many lines and marks of {format} begin at byte {offset} of its text in UTF-8"
    )]
    TooMuch {
        /// The format.
        format: Format,
        /// Where they begin: bytes of the text in UTF-8 before them.
        offset: u64,
    },
    /// A line of JSON Lines that is no JSON, where such documents are refused.
    #[error("line {line}, column {column} is not valid jsonl: {cause}")]
    Record {
        /// The line's number, from 1.
        line: u64,
        /// At which of its characters the mistake shows, from 1.
        column: u64,
        /// What is wrong.
        cause: DocumentFault,
    },
    /// An archive or a Parquet file that is cut off or damaged.
    #[error("the {} is cut off or damaged at byte offset {offset}: {cause}; get a sound copy", container(*format))]
    Damaged {
        /// Its format.
        format: Format,
        /// Where it shows, bytes from its beginning.
        offset: u64,
        /// What is wrong there.
        cause: ArchiveFault,
    },
    /// A member that cannot be written anew, or would do harm where the archive is unpacked.
    #[error("the member {name} {cause}")]
    Refused {
        /// The member's name; bytes that are not UTF-8 show as U+FFFD.
        name: String,
        /// Why.
        cause: Refusal,
    },
    /// A Parquet file that is not read, or not as it was asked for.
    #[error(transparent)]
    Parquet(#[from] ParquetRefusal),
    /// A part of a book or an office document that cannot be rewritten.
    #[error("{name}: {cause}")]
    Part {
        /// The part's name.
        name: String,
        /// Why.
        cause: Box<Error>,
    },
    /// No encoding fits a part.
    #[error(transparent)]
    Undetected(#[from] Undetected),
    /// Bytes of a part that do not belong to its encoding.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why a member of an archive is refused. Said of the member: "the member a/b …".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its name has a NUL byte.
    #[error("has a NUL byte in its name")]
    Nul,
    /// Its name is an absolute path.
    #[error("has an absolute path")]
    AbsolutePath,
    /// Its name leads out of the archive.
    #[error("has a path that leads out of the archive, by ..")]
    LeadsOut,
    /// Its name leads through a symbolic link that is a member too.
    #[error("lies behind a symbolic link")]
    BehindLink,
    /// Two members have one name.
    #[error("is there twice")]
    Twice,
    /// It is a link to something that is not in the archive.
    #[error("is a link that leads out of the archive, to {target}")]
    LinkLeadsOut {
        /// What it leads to; bytes that are not UTF-8 show as U+FFFD.
        target: String,
    },
    /// Two members share bytes.
    #[error("shares its bytes with another, as in decompression bombs")]
    SharesBytes,
    /// It is encrypted.
    #[error("is encrypted; decrypt the archive first")]
    Encrypted,
    /// It is packed in a way that is not known here.
    #[error("is packed by method {method}, which is not known here; repack the archive")]
    Method {
        /// The method's number (APPNOTE.TXT, 4.4.5).
        method: u16,
    },
    /// What it became is too large for its header.
    #[error("grows beyond 4 GiB; unpack the archive first")]
    TooLarge,
}

/// Why a Parquet file, which is sound, is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParquetRefusal {
    /// It is encrypted, or some of its columns are.
    #[error("the Parquet file is encrypted; decrypt it first")]
    Encrypted,
    /// No column of text has the name that was given.
    #[error("none of its columns of text is called {field}; {}", found(columns))]
    NoColumn {
        /// The name.
        field: String,
        /// The columns of text that there are, by their paths with dots.
        columns: Vec<String>,
    },
    /// A column that it is to get has the name of one that it has.
    #[error("it has a column {column} already")]
    IsThere {
        /// The name.
        column: String,
    },
    /// The pages of a column are packed in a way that is not known here.
    #[error(
        "the column {column} is packed by {codec}, which is not known here; write it anew with Snappy, Zstandard, gzip or LZ4_RAW"
    )]
    Codec {
        /// The column.
        column: String,
        /// The way's name.
        codec: &'static str,
    },
    /// The strings of a column stand in an encoding that is not known here.
    #[error(
        "the column {column} has the encoding {encoding}, which is not known here; write it anew"
    )]
    Encoding {
        /// The column.
        column: String,
        /// The encoding's name or number.
        encoding: String,
    },
    /// The values that a column may have are listed in its schema.
    #[error(
        "its schema lists the values of a column (an Enum of Polars); cast that to strings first"
    )]
    Enumerated,
    /// The pages of a column are in another file.
    #[error("the column {column} is in another file; name that one")]
    Elsewhere {
        /// The column.
        column: String,
    },
    /// What a column becomes is too large for the format.
    #[error(
        "a page of the column {column} grows beyond 2 GiB; write the file anew with smaller pages"
    )]
    TooLarge {
        /// The column.
        column: String,
    },
    /// A row that is no text, where such files are refused.
    #[error("row {row}, character {character} of the column {column}: {cause}")]
    Row {
        /// The column.
        column: String,
        /// The row's number, from 1.
        row: u64,
        /// At which of its characters the mistake shows, from 1.
        character: u64,
        /// What is wrong.
        cause: DocumentFault,
    },
}

impl ParquetRefusal {
    /// How many columns are named in a message at most.
    pub const NAMED: usize = 20;
}

fn found(columns: &[String]) -> String {
    const NAMED: usize = ParquetRefusal::NAMED;
    let mut named = columns[..columns.len().min(NAMED)].join(", ");
    if columns.len() > NAMED {
        named += " and others";
    }
    match columns {
        [] => "there is none".to_owned(),
        _ => format!("they are {named}"),
    }
}

/// What damaged files are called.
fn container(format: Format) -> String {
    match format {
        Format::Parquet => "Parquet file".to_owned(),
        format => format!("{} archive", format.name().to_uppercase()),
    }
}
