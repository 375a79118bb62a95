//! Values that options of the command line take.

use std::str::FromStr;

use clap::ValueEnum;
use jianti::encoding::{Encoding, UnknownEncoding};

/// What is done about damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Repair {
    /// Repair what is clear; leave the rest and count it.
    #[default]
    Auto,
    /// Do not look for damage.
    Off,
    /// Repair nothing (but still convert); print what would be repaired.
    Report,
}

/// The encoding of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToEncoding {
    /// Each file's own.
    Same,
    /// This one.
    Named(Encoding),
}

impl FromStr for ToEncoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<ToEncoding, UnknownEncoding> {
        Ok(match name {
            "same" => ToEncoding::Same,
            name => ToEncoding::Named(name.parse()?),
        })
    }
}

/// What becomes of a byte order mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Bom {
    /// Kept in tables, subtitles and source code, and where nothing else changes.
    #[default]
    Auto,
    /// Kept.
    Keep,
    /// Removed.
    Remove,
}

/// What tells that a file has not changed since an earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Update {
    /// Its inode number, its size and its times.
    Times,
    /// Its content.
    Content,
}

/// What happens to punctuation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Punctuation {
    /// Chinese marks in Chinese sentences.
    #[default]
    Chinese,
    /// All marks stay as they are.
    Keep,
}

/// Which documents are converted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Chinese documents; Japanese, Korean and others stay as they are.
    #[default]
    Chinese,
    /// All documents.
    Any,
}

/// The engine that converts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The engine of this program.
    #[default]
    Builtin,
    /// OpenCC's C++ library, through opencc-rust.
    #[cfg(feature = "opencc")]
    Opencc,
}

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How errors are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ErrorFormat {
    /// For people.
    #[default]
    Text,
    /// As commands of GitHub's workflows, which show them beside the files.
    Github,
}

/// How what is detected is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Detect {
    /// In columns.
    Text,
    /// As JSON Lines.
    Json,
}

/// What can be made of the options' definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Generate {
    /// Completions for bash.
    CompleteBash,
    /// Completions for zsh.
    CompleteZsh,
    /// Completions for fish.
    CompleteFish,
    /// Completions for PowerShell.
    CompletePowershell,
    /// The man page.
    Man,
}

/// The language of all that is said to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// The locale's.
    #[default]
    Auto,
    /// English.
    En,
    /// Chinese.
    Zh,
}
