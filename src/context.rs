//! Options, compiled once for all documents.

use std::fmt;
use std::io::Read;
use std::path::Path;

use jianti_formats::{Format, Settings, unsupported};
use jianti_opencc::{Config, Engine as Convert};
use jianti_repair::{Findings, Repairer};
use jianti_text::encoding::{self, Detection, Encoder, Encoding, Evidence, Undetected};

use crate::choice::Auto;
use crate::doubts::Doubts;
use crate::error::Error;
use crate::options::{Bom, Engine, Options, Punctuation, Repair};

/// How much of a document is read, and looked at for its encoding, at a time; bytes.
pub const BLOCK: usize = 1 << 20;

/// How much follows the first byte that is not ASCII where the encoding is told; bytes.
const MARGIN: usize = 1 << 16;

/// What every document's way through the stages shares. `Send + Sync`.
#[derive(Debug)]
pub(crate) struct Context {
    /// What was asked for.
    pub options: Options,
    /// What converts.
    pub conversion: Conversion,
    /// Where links to files lead that get other names, if any do.
    pub links: Option<Links>,
    repairer: Repairer,
}

/// What converts the text.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one for the whole run")]
pub(crate) enum Conversion {
    /// By what each line is written in.
    Auto(Auto),
    /// All text alike.
    Engine(Box<dyn Convert>),
}

/// Tells where a link leads, if that is elsewhere now: see [`Normalizer::with_links`](crate::Normalizer::with_links).
pub(crate) struct Links(pub Box<Follow>);

type Follow = dyn Fn(&Path, &str) -> Option<String> + Send + Sync;

impl Links {
    /// What the path becomes that a link of this document leads to.
    pub fn follow(&self, document: &Path, path: &str) -> Option<String> {
        (self.0)(document, path)
    }
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Links")
    }
}

impl Context {
    /// Loads what the options ask for.
    ///
    /// # Errors
    /// [`Error::Engine`] if the reference engine cannot be loaded or is asked for what it cannot do.
    pub fn new(options: Options) -> Result<Context, Error> {
        let (rare, user) = (options.rare, &options.dictionaries[..]);
        let conversion = match options.engine {
            Engine::Builtin if options.config == Config::Auto => {
                Conversion::Auto(Auto::new(rare, user, options.explain))
            }
            Engine::Builtin => {
                Conversion::Engine(Box::new(jianti_data::converter(options.config, rare, user)))
            }
            #[cfg(feature = "opencc")]
            Engine::Opencc => Conversion::Engine(Box::new(reference(&options)?)),
        };
        let repairer = Repairer::default().lossy(options.lossy);
        Ok(Context {
            options,
            conversion,
            links: None,
            repairer,
        })
    }

    /// What chooses at each place, if anything does.
    pub fn auto(&self) -> Option<&Auto> {
        match &self.conversion {
            Conversion::Auto(auto) => Some(auto),
            Conversion::Engine(_) => None,
        }
    }

    /// The format of a document that begins so: the one that was asked for, or what its name and beginning tell.
    pub fn format(&self, name: Option<&Path>, front: &[u8]) -> Format {
        let told = || Format::of(name, front);
        self.options.format.unwrap_or_else(told)
    }

    /// Whether a passage is left as it is by every stage, as is soon told: one of printable ASCII (numbers, dates, names
    /// of files) that holds no reference.
    pub fn leaves(&self, passage: &str) -> bool {
        let is_plain = |byte: &u8| (b' '..=b'~').contains(byte) & (*byte != b'&');
        // Without a branch for each byte, for the sake of vectors.
        let are_plain = |some: &[u8]| some.iter().fold(true, |all, byte| all & is_plain(byte));
        self.auto().is_some()
            && self.options.dictionaries.is_empty()
            && passage.as_bytes().chunks(16).all(are_plain)
    }

    /// What formats need to know.
    pub fn settings(&self) -> Settings {
        Settings {
            encoding: self.options.to_encoding,
            keep_code: self.options.keep_code,
            fields: self.options.fields.clone(),
            record_id: self.options.record_id.clone(),
            strict: self.options.strict,
        }
    }

    /// What is known of a document's damage at its beginning.
    pub fn findings(&self) -> Findings {
        Findings::new(self.options.explain)
    }

    /// What is known of a document's doubtful places at its beginning.
    pub fn doubts(&self) -> Doubts {
        Doubts::new(self.options.explain, self.options.explain_most)
    }

    /// The repairer, if damage is looked for, and whether it is repaired.
    pub fn repairer(&self) -> Option<(&Repairer, bool)> {
        match self.options.repair {
            Repair::Off => None,
            repair => Some((&self.repairer, repair == Repair::Auto)),
        }
    }

    /// Whether marks become Chinese.
    pub fn punctuates(&self) -> bool {
        self.options.punctuation == Punctuation::Chinese
    }

    /// An encoder at the output's beginning, for a document of this format.
    pub fn encoder(&self, found: Detection, format: Format) -> Encoder {
        let encoding = self.options.to_encoding.unwrap_or(found.encoding);
        let encoder = Encoder::new(encoding, self.options.lossy);
        let keeps = match self.options.bom {
            Bom::Keep => true,
            Bom::Remove => false,
            Bom::Auto => needs_mark(format),
        };
        // In what is wider than a byte it belongs to the encoding.
        let is_wide = matches!(
            encoding,
            Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Utf32Le | Encoding::Utf32Be
        );
        let had = found.bom_len > 0;
        encoder.with_bom(match is_wide {
            true => had || encoding != found.encoding || self.options.to_encoding.is_some(),
            false => had && keeps && encoding != Encoding::Gbk,
        })
    }

    /// Whether a document's mark goes where anything else of it changes.
    pub fn mark_goes_with_changes(&self, found: Detection, format: Format) -> bool {
        let written = self.options.to_encoding.unwrap_or(found.encoding);
        self.options.bom == Bom::Auto
            && found.bom_len > 0
            && found.encoding == Encoding::Utf8
            && written == Encoding::Utf8
            && !needs_mark(format)
    }

    /// The encoding of a document of this name of which `block`, from byte `start` on, was read; by its first part of
    /// [`BLOCK`] bytes that is not plain ASCII. `None` if there is none and others follow, as `last` denies. `valid` says
    /// whether the block is UTF-8, if that is known.
    ///
    /// # Errors
    /// [`Error::Binary`], [`Error::Unsupported`] and [`Error::Undetected`].
    pub fn detect(
        &self,
        name: Option<&Path>,
        block: &[u8],
        start: u64,
        last: bool,
        valid: Option<bool>,
    ) -> Result<Option<Detection>, Error> {
        if start == 0
            && let Some(kind) = unsupported(name, block)
        {
            return Err(Error::Unsupported { kind });
        }
        let mut from = 0;
        loop {
            let mut to = block.len().min(from + BLOCK);
            if shows_late(&block[from..to]) {
                to = block.len().min(to + MARGIN);
            }
            let ends = to == block.len();
            let at = start + from as u64;
            let found = self.detect_part(&block[from..to], at, last && ends, valid)?;
            if found.is_some() || ends {
                return Ok(found);
            }
            from = to;
        }
    }

    fn detect_part(
        &self,
        block: &[u8],
        start: u64,
        last: bool,
        valid: Option<bool>,
    ) -> Result<Option<Detection>, Error> {
        // Looked for once, as the block may be long.
        let nul = memchr::memchr(0, block).is_some();
        if start == 0 && encoding::is_binary_with(block, nul) {
            return Err(Error::Binary);
        }
        if let Some(encoding) = self.options.encoding {
            let bom_len = match start {
                0 => encoding.bom(block).len(),
                _ => 0,
            };
            return Ok(Some(Detection {
                encoding,
                bom_len,
                evidence: Evidence::Option,
            }));
        }
        let is_plain = !nul && block.is_ascii();
        // What the seven bits of HZ and UTF-7 hold shows at the beginning, or is taken for ASCII.
        if is_plain && !last && (start > 0 || encoding::seven_bit(block).is_none()) {
            return Ok(None);
        }
        let found = encoding::detect_validated(block, last, valid.map(|valid| valid && !nul));
        let latin = |error: &Undetected| error.latin().filter(|_| start == 0);
        match found.as_ref().map_err(latin) {
            // A document in another language, which is left alone.
            Err(Some(encoding)) => Ok(Some(Detection {
                encoding,
                bom_len: 0,
                evidence: Evidence::Content,
            })),
            _ => Ok(Some(found?)),
        }
    }

    /// Whether a document may be in UTF-8, as far as the options tell.
    pub fn may_be_utf8(&self) -> bool {
        matches!(self.options.encoding, None | Some(Encoding::Utf8))
    }
}

/// Whether programs tell by its mark that a document of this format is UTF-8: spreadsheets, compilers and players.
fn needs_mark(format: Format) -> bool {
    use Format::{Ass, Code, Csv, Lrc, Srt, Tsv, WebVtt};
    matches!(format, Csv | Tsv | Code | Srt | WebVtt | Ass | Lrc)
}

#[cfg(feature = "opencc")]
fn reference(options: &Options) -> Result<jianti_reference::Reference, jianti_opencc::EngineError> {
    let refused = |message: &str| jianti_opencc::EngineError {
        engine: "OpenCC",
        message: message.to_owned(),
    };
    if !options.dictionaries.is_empty() {
        return Err(refused(
            "the reference engine takes no dictionaries of the user's",
        ));
    }
    if options.config == Config::Auto {
        return Err(refused(
            "the reference engine knows no auto; name a configuration",
        ));
    }
    jianti_reference::Reference::new(options.config, options.rare)
}

/// Whether a block holds its first byte that is not ASCII so late that its encoding can hardly be told.
fn shows_late(block: &[u8]) -> bool {
    let early = block.len().saturating_sub(MARGIN);
    block[..early].is_ascii() && !block.is_ascii()
}

/// Reads the next block of a document in which the encoding is told; returns whether it is the last.
///
/// # Errors
/// Those of reading.
pub(crate) fn read_block(input: &mut dyn Read, block: &mut Vec<u8>) -> std::io::Result<bool> {
    block.clear();
    let mut wanted = BLOCK;
    Read::take(&mut *input, BLOCK as u64).read_to_end(block)?;
    if block.len() == BLOCK && shows_late(block) {
        wanted += MARGIN;
        Read::take(&mut *input, MARGIN as u64).read_to_end(block)?;
    }
    Ok(block.len() < wanted)
}
