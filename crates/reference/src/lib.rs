//! OpenCC itself, through opencc-rust: the judge of the engine, and `--engine opencc`.
#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::missing_errors_doc, clippy::missing_panics_doc)]

use std::io::Write;
use std::path::PathBuf;

use jianti_opencc::config::{Config, is_rare};
use jianti_opencc::{Engine, EngineError};
use opencc_rust::OpenCC;
use tempfile::TempDir;

/// OpenCC's C++ library with a configuration loaded. Conversions on several threads wait for each other: opencc-rust
/// takes one lock around each.
pub struct Reference {
    opencc: OpenCC,
    /// The configuration and its dictionaries, as the library wants to read them.
    _files: TempDir,
}

impl Reference {
    /// Loads a configuration, with the dictionaries that are embedded in the program.
    ///
    /// # Errors
    /// The temporary files cannot be written, or OpenCC refuses them.
    pub fn new(config: Config, rare: bool) -> Result<Reference, EngineError> {
        let files = tempfile::tempdir().map_err(failed)?;
        let write = |name: &str, text: &str| -> Result<PathBuf, EngineError> {
            let path = files.path().join(name);
            let mut file = std::fs::File::create(&path).map_err(failed)?;
            file.write_all(text.as_bytes()).map_err(failed)?;
            Ok(path)
        };
        let chain = config.chain();
        let mut names = vec![chain.normalization];
        names.extend(chain.segmentation);
        names.extend(chain.steps.iter().copied().flatten());
        for name in &names {
            write(&format!("{name}.txt"), jianti_data::text(name))?;
        }
        let path = write("config.json", &configuration(config, rare).to_string())?;
        let opencc = OpenCC::new(path).map_err(failed)?;
        Ok(Reference {
            opencc,
            _files: files,
        })
    }

    /// Converts a text.
    ///
    /// NUL characters pass through unchanged; OpenCC's segmentation would end the text there.
    ///
    /// # Errors
    /// What OpenCC says.
    pub fn convert(&self, text: &str) -> Result<String, EngineError> {
        let mut out = String::with_capacity(text.len());
        for piece in text.split_inclusive('\0') {
            let (piece, nul) = match piece.strip_suffix('\0') {
                Some(front) => (front, "\0"),
                None => (piece, ""),
            };
            out.push_str(&self.opencc.convert(piece).map_err(failed)?);
            out.push_str(nul);
        }
        Ok(out)
    }
}

impl Engine for Reference {
    /// OpenCC takes a text whole: nothing is converted until `last`.
    fn append(&self, text: &str, last: bool, out: &mut String) -> Result<usize, EngineError> {
        if !last {
            return Ok(0);
        }
        out.push_str(&self.convert(text)?);
        Ok(text.len())
    }
}

fn failed(cause: impl std::fmt::Display) -> EngineError {
    EngineError {
        engine: "OpenCC",
        message: cause.to_string(),
    }
}

/// The configuration in OpenCC's JSON format.
fn configuration(config: Config, rare: bool) -> serde_json::Value {
    use serde_json::json;
    let dictionary = |name: &str| json!({"type": "text", "file": format!("{name}.txt")});
    let chain = config.chain();
    let steps: Vec<_> = chain
        .steps
        .iter()
        .map(|names| {
            let names = names.iter().filter(|name| rare || !is_rare(name));
            let dicts: Vec<_> = names.map(|name| dictionary(name)).collect();
            json!({"dict": {"type": "group", "match_policy": "short_circuit", "dicts": dicts}})
        })
        .collect();
    let mut document = json!({
        "name": config.name(),
        "normalization": [{"dict": dictionary(chain.normalization)}],
        "conversion_chain": steps,
    });
    if let Some(name) = chain.segmentation {
        document["segmentation"] = json!({"type": "mmseg", "dict": dictionary(name)});
    }
    document
}

impl std::fmt::Debug for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reference").finish_non_exhaustive()
    }
}
