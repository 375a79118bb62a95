//! One document through decode, repair, convert, encode.

use std::path::PathBuf;
use serde::Serialize;
use crate::convert::Config;

/// What a [`Normalizer`] does. `Options::default()` reads any encoding and writes simplified UTF-8.
#[derive(Clone, Debug)]
pub struct Options {
    /// OpenCC configuration.
    pub config: Config,
    /// Also produce rare simplified characters that many fonts lack (OpenCC's `--include-tofu-risk-dictionaries`).
    pub rare: bool,
    /// User dictionaries in OpenCC's text format.
    pub dictionaries: Vec<PathBuf>,
    /// The input's encoding; detected when `None`.
    pub encoding: Option<crate::decode::Encoding>,
    /// The output's encoding.
    pub to_encoding: crate::decode::Encoding,
    /// Replace what cannot be decoded or encoded, and count it, instead of failing.
    pub lossy: bool,
}

/// Which script a text is written in, told from characters that exist in one script only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Script { Traditional, Simplified, Mixed, Neither }

/// What came of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Name of the encoding the input was read as, e.g. "UTF-8", "GBK", "Big5".
    pub encoding: &'static str,
    /// What the encoding was told from: "option", "bom", "utf-8", "declared", "content".
    pub evidence: &'static str,
    pub script: Script,
    /// Input size, bytes.
    pub bytes_in: u64,
    /// Output size, bytes.
    pub bytes_out: u64,
    /// Whether the output bytes differ from the input bytes.
    pub changed: bool,
    /// Characters replaced by U+FFFD or a substitute (only with `lossy`).
    pub replaced: u64,
}
