//! One document through decode, repair, convert, punctuate, encode; in one piece, or as a stream.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::convert::{Auto, Config, Converter, Dictionary, Outside, Script};
use crate::decode::{self, DecodeError, Detection, Encoding, Evidence};
use crate::document::{Body, Format, MemberCounts, Settings};
use crate::doubts::{DoubtfulPlace, Doubts};
use crate::encode::{EncodeError, Encoder};
use crate::language::Language;
use crate::parallel;
use crate::repair::{Findings, Repairer, Repairs, Site};
use crate::text::TextPass;

/// How much of a document is read, and looked at for its encoding, at a time; bytes.
pub const BLOCK: usize = 1 << 20;

/// What a [`Normalizer`] does. By default it reads any encoding, repairs, converts and punctuates what each
/// document needs, and writes UTF-8.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is converted how.
    pub config: Config,
    /// What punctuation marks become.
    pub punctuation: Punctuation,
    /// Also convert documents in other languages than Chinese, which are left alone otherwise.
    pub any_language: bool,
    /// Also write simplified characters that many fonts lack (OpenCC's `--include-tofu-risk-dictionaries`).
    pub rare: bool,
    /// User dictionaries, in OpenCC's text format and UTF-8.
    pub dictionaries: Vec<PathBuf>,
    /// Which engine converts.
    pub engine: Engine,
    /// The input's encoding; told from the input if `None`.
    pub encoding: Option<Encoding>,
    /// What is done about damage.
    pub repair: Repair,
    /// Whether [`Outcome::sites`] tells of each damaged place, and [`Outcome::doubts`] of each doubtful one.
    pub explain: bool,
    /// What a document's text is wrapped in; told from each document and its name if `None`.
    pub format: Option<Format>,
    /// Leave program code in HTML pages (`pre`, `code`, `kbd`, `samp`) as it is.
    pub keep_code: bool,
    /// Which strings of JSON are text (by JSON Pointer, in which `*` stands for any step, or by the name of a member at any
    /// depth), and which columns of tables (by name); all if empty.
    pub fields: Vec<String>,
    /// Whether [`Outcome::outside`] counts what is left outside 《通用规范汉字表》.
    pub count_outside: bool,
    /// The output's encoding.
    pub to_encoding: Encoding,
    /// Replace what cannot be decoded or encoded, and count it, instead of failing.
    pub lossy: bool,
    /// Whether ZIP and TAR archives are gone into. Books, office documents and compressed files always are.
    pub archives: bool,
    /// Whether a file may only unpack to 200 times its size (or 16 MiB, if that is more), 16 GiB at most, and a part of a
    /// book or an office document to 512 MiB: decompression bombs are refused.
    pub limits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            config: Config::Auto,
            punctuation: Punctuation::Chinese,
            any_language: false,
            rare: false,
            dictionaries: Vec::new(),
            engine: Engine::Builtin,
            encoding: None,
            repair: Repair::Auto,
            explain: false,
            format: None,
            keep_code: false,
            fields: Vec::new(),
            count_outside: false,
            to_encoding: Encoding::Utf8,
            lossy: false,
            archives: false,
            limits: true,
        }
    }
}

/// What is done about damage that scraping programs did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repair {
    /// What shows what it was is repaired; the rest is left and counted.
    #[default]
    Auto,
    /// Nothing; damage is not looked for.
    Off,
    /// Nothing is changed; what would be is counted.
    Report,
}

/// What punctuation marks become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// Chinese marks around Chinese text, as in the mainland; letters and digits in their ASCII form.
    #[default]
    Chinese,
    /// What they are.
    Keep,
}

/// What converts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// The engine of this crate.
    #[default]
    Builtin,
    /// OpenCC's C++ library through opencc-rust. It reads a document whole, whatever its size.
    #[cfg(feature = "opencc")]
    Opencc,
}

/// What came of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// What the document's text is wrapped in: [`Format::name`].
    pub format: Format,
    /// How the document's file is compressed: `gzip`, `bzip2`, `xz` or `zstd`. What follows is about what it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compression: Option<&'static str>,
    /// Of an archive, how many members it has; what follows sums up those that are text, and says `mixed` where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<MemberCounts>,
    /// The encoding that the input was read in, e.g. `GBK`.
    pub encoding: &'static str,
    /// What told the encoding: [`Evidence::name`].
    pub evidence: &'static str,
    /// The language of the input. Documents in other languages than Chinese are not changed at all, unless
    /// [`Options::any_language`] is set.
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
    #[serde(skip_serializing_if = "Repairs::is_empty")]
    pub repairs: Repairs,
    /// Each damaged place, with [`Options::explain`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    /// How many characters could be two things, with little that speaks for what they became.
    #[serde(skip_serializing_if = "is_zero")]
    pub doubtful: u64,
    /// Each of these places, with [`Options::explain`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<DoubtfulPlace>,
    /// Han characters of the output outside 《通用规范汉字表》, with [`Options::count_outside`].
    #[serde(skip_serializing_if = "Outside::is_empty")]
    pub outside: Outside,
    /// How many times something was replaced that could not be decoded or encoded (only with [`Options::lossy`]).
    pub replaced: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Why a document could not be normalised. The messages do not name the file: the caller knows it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document is not text.
    #[error("this is a binary file, not text")]
    Binary,
    /// No encoding fits.
    #[error(transparent)]
    Undetected(#[from] decode::Undetected),
    /// Bytes that do not belong to the input's encoding.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A character that the output's encoding lacks.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A user dictionary that cannot be read.
    #[error("{}: {cause}", path.display())]
    Dictionary {
        /// The dictionary's path.
        path: PathBuf,
        /// What is wrong, with the line's number where that applies.
        cause: String,
    },
    /// A document that is not what its format says.
    #[error(
        "this is no {format}: {cause}, at byte {offset} of its text in UTF-8; name its format with --format"
    )]
    Document {
        /// The format.
        format: Format,
        /// Where the mistake shows: bytes of the text in UTF-8 before it.
        offset: u64,
        /// What is wrong.
        cause: &'static str,
    },
    /// An archive that is damaged, or would do harm where it is unpacked.
    #[error("{0}")]
    Archive(String),
    /// A member of an archive that could not be normalised.
    #[error("{name}: {cause}")]
    Member {
        /// The member's name; bytes that are not UTF-8 show as U+FFFD.
        name: String,
        /// Why.
        cause: Box<Error>,
    },
    /// The reference engine failed.
    #[error("OpenCC: {0}")]
    Reference(String),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Turns documents into consistent simplified text. `Send + Sync`: one serves all threads.
///
/// ```
/// use jianti::{Normalizer, Options};
///
/// let normalizer = Normalizer::new(Options::default())?;
/// let (bytes, outcome) = normalizer.normalize("圖書館裏靜悄悄。".as_bytes())?;
/// assert_eq!(String::from_utf8(bytes)?, "图书馆里静悄悄。");
/// assert_eq!(outcome.encoding, "UTF-8");
/// assert!(outcome.changed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Normalizer {
    options: Options,
    repairer: Repairer,
    conversion: Conversion,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one for the whole run")]
enum Conversion {
    Auto(Auto),
    Builtin(Converter),
    #[cfg(feature = "opencc")]
    Opencc(crate::convert::Reference),
}

impl Normalizer {
    /// Loads what the options ask for.
    ///
    /// # Errors
    /// [`Error::Dictionary`] if a user dictionary cannot be read or has a line that is not a pair;
    /// [`Error::Reference`] if the reference engine cannot be loaded or is given user dictionaries.
    pub fn new(options: Options) -> Result<Normalizer, Error> {
        let user = options
            .dictionaries
            .iter()
            .map(read_dictionary)
            .collect::<Result<Vec<_>, _>>()?;
        let conversion = match options.engine {
            Engine::Builtin if options.config == Config::Auto => {
                Conversion::Auto(Auto::new(options.rare, &user))
            }
            Engine::Builtin => {
                Conversion::Builtin(Converter::new(options.config, options.rare, &user))
            }
            #[cfg(feature = "opencc")]
            Engine::Opencc if !user.is_empty() => {
                let cause = "the reference engine takes no user dictionaries; leave out --dict";
                return Err(Error::Reference(cause.to_owned()));
            }
            #[cfg(feature = "opencc")]
            Engine::Opencc if options.config == Config::Auto => {
                let cause =
                    "the reference engine knows no auto; name a configuration with --config";
                return Err(Error::Reference(cause.to_owned()));
            }
            #[cfg(feature = "opencc")]
            Engine::Opencc => Conversion::Opencc(
                crate::convert::Reference::new(options.config, options.rare)
                    .map_err(Error::Reference)?,
            ),
        };
        Ok(Normalizer {
            options,
            repairer: Repairer::default(),
            conversion,
        })
    }

    /// Normalises a whole document. Returns its bytes in the output's encoding, and what was done. The format is told
    /// from the document, as far as it shows there.
    ///
    /// # Errors
    /// [`Error::Binary`], [`Error::Undetected`], [`Error::Decode`], [`Error::Document`], [`Error::Encode`] or
    /// [`Error::Reference`].
    pub fn normalize(&self, bytes: &[u8]) -> Result<(Vec<u8>, Outcome), Error> {
        self.normalize_whole(None, bytes)
    }

    /// Like [`Normalizer::normalize`]; the name of the document's file tells its format too.
    ///
    /// ```
    /// use jianti::{Format, Normalizer, Options};
    ///
    /// let page = "<p title=\"頭髮\">頭<b>髮</b></p>";
    /// let normalizer = Normalizer::new(Options::default())?;
    /// let (bytes, outcome) = normalizer.normalize_named("page.html", page.as_bytes())?;
    /// assert_eq!(String::from_utf8(bytes)?, "<p title=\"头发\">头<b>发</b></p>");
    /// assert_eq!(outcome.format, Format::Html);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`].
    pub fn normalize_named(
        &self,
        name: impl AsRef<Path>,
        bytes: &[u8],
    ) -> Result<(Vec<u8>, Outcome), Error> {
        self.normalize_whole(Some(name.as_ref()), bytes)
    }

    fn normalize_whole(
        &self,
        name: Option<&Path>,
        bytes: &[u8],
    ) -> Result<(Vec<u8>, Outcome), Error> {
        let (detection, text, mut replaced) = self.text(bytes)?;
        let encoding = detection.encoding;
        let mut body = Body::new(self, name);
        let mut converted = String::new();
        body.push(&text, true, &mut converted)?;
        let output = match self.options.to_encoding {
            _ if body.pass().is_left_alone() == Some(true) => {
                replaced = 0;
                bytes.to_vec()
            }
            Encoding::Utf8 => converted.into_bytes(),
            _ => {
                let mut encoder = self.encoder();
                let mut output = Vec::with_capacity(bytes.len());
                encoder.push(&converted, &mut output)?;
                replaced += encoder.replaced();
                output
            }
        };
        let findings = body.pass().findings();
        let (doubtful, doubts) = body.pass().doubts();
        let outcome = Outcome {
            format: body.format(),
            compression: None,
            members: None,
            encoding: encoding.name(),
            evidence: detection.evidence.name(),
            language: body.pass().language().unwrap_or(Language::Neither),
            script: body.pass().script(),
            bytes_in: bytes.len() as u64,
            bytes_out: output.len() as u64,
            changed: output != bytes,
            repairs: findings.repairs,
            sites: findings.sites.unwrap_or_default(),
            doubtful,
            doubts,
            outside: body.pass().outside(),
            replaced,
        };
        Ok((output, outcome))
    }

    /// Normalises a document of any size; the result is that of [`Normalizer::normalize`]. Reads `input` to its end, in
    /// bounded memory but for Markdown, which is read whole. Plain text and JSON Lines beyond 1 MiB go through the stages
    /// on several threads: those of the rayon pool of the caller, or of the global one.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`], and [`Error::Io`]. On an error `output` holds the front of the result.
    /// [`Error::Binary`] and [`Error::Undetected`] come before anything but ASCII has been written.
    pub fn normalize_stream(
        &self,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        self.stream(None, input, output)
    }

    /// Like [`Normalizer::normalize_stream`]; the name of the document's file tells its format too.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`].
    pub fn normalize_stream_named(
        &self,
        name: impl AsRef<Path>,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        self.stream(Some(name.as_ref()), input, output)
    }

    fn stream(
        &self,
        name: Option<&Path>,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        #[cfg(feature = "opencc")]
        if let Conversion::Opencc(_) = &self.conversion {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes)?;
            let (bytes, outcome) = self.normalize_whole(name, &bytes)?;
            output.write_all(&bytes)?;
            return Ok(outcome);
        }
        parallel::normalize(self, name, input, output)
    }

    /// Reads a whole document as text, and does nothing else to it.
    ///
    /// # Errors
    /// [`Error::Binary`], [`Error::Undetected`] or [`Error::Decode`].
    pub fn read<'a>(&self, bytes: &'a [u8]) -> Result<Cow<'a, str>, Error> {
        let (_, text, _) = self.text(bytes)?;
        Ok(text)
    }

    /// Repairs and converts text that is in memory already; borrowed if nothing changes.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn normalize_text<'a>(&self, text: &'a str) -> Result<Cow<'a, str>, Error> {
        TextPass::new(self).passage(text)
    }

    /// Converts a name, such as a file's, and does nothing else to it.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn convert_name(&self, name: &str) -> Result<String, Error> {
        let mut converted = String::new();
        match self.auto() {
            Some(auto) => drop(auto.block(name, &auto.bearing(name), &mut converted, &mut |_| ())),
            None => drop(self.convert(name, true, &mut converted)?),
        }
        Ok(converted)
    }

    /// Normalises the text of a document whose file has this name, in memory already and decoded.
    ///
    /// # Errors
    /// [`Error::Document`] or [`Error::Reference`].
    pub fn normalize_text_named(
        &self,
        name: impl AsRef<Path>,
        text: &str,
    ) -> Result<String, Error> {
        let mut out = String::new();
        Body::new(self, Some(name.as_ref())).push(text, true, &mut out)?;
        Ok(out)
    }

    /// Whether archives are gone into.
    pub(crate) fn takes_archives(&self) -> bool {
        self.options.archives
    }

    /// Whether decompression bombs are refused.
    pub(crate) fn has_limits(&self) -> bool {
        self.options.limits
    }

    /// The format that was asked for.
    pub(crate) fn format(&self) -> Option<Format> {
        self.options.format
    }

    /// What formats need to know.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            encoding: self.options.to_encoding,
            keep_code: self.options.keep_code,
            fields: self.options.fields.clone(),
        }
    }

    /// What is known of a document's damage at its beginning.
    pub(crate) fn findings(&self) -> Findings {
        Findings::new(self.options.explain)
    }

    /// What is known of a document's doubtful places at its beginning.
    pub(crate) fn doubts(&self) -> Doubts {
        Doubts::new(self.options.explain)
    }

    /// The repairer, if damage is looked for, and whether it is repaired.
    pub(crate) fn repairer(&self) -> Option<(&Repairer, bool)> {
        match self.options.repair {
            Repair::Off => None,
            repair => Some((&self.repairer, repair == Repair::Auto)),
        }
    }

    /// What converts line by line, if that is how.
    pub(crate) fn auto(&self) -> Option<&Auto> {
        match &self.conversion {
            Conversion::Auto(auto) => Some(auto),
            _ => None,
        }
    }

    /// Whether marks become Chinese.
    pub(crate) fn punctuates(&self) -> bool {
        self.options.punctuation == Punctuation::Chinese
    }

    /// Whether what is left outside the standard is counted.
    pub(crate) fn counts_outside(&self) -> bool {
        self.options.count_outside
    }

    /// Whether other languages are not left alone.
    pub(crate) fn any_language(&self) -> bool {
        self.options.any_language
    }

    /// Whether the engine takes text in pieces; the reference engine takes it whole.
    pub(crate) fn converts_pieces(&self) -> bool {
        matches!(
            self.conversion,
            Conversion::Auto(_) | Conversion::Builtin(_)
        )
    }

    /// Converts the front of `text` that does not depend on what comes, and appends the result to `out`; returns its
    /// length before, bytes. `last` says that nothing comes; the reference engine knows only that.
    pub(crate) fn convert(&self, text: &str, last: bool, out: &mut String) -> Result<usize, Error> {
        match &self.conversion {
            Conversion::Auto(_) => unreachable!("converts by lines"),
            Conversion::Builtin(converter) => Ok(converter.append(text, last, out)),
            #[cfg(feature = "opencc")]
            Conversion::Opencc(reference) => {
                out.push_str(&reference.convert(text).map_err(Error::Reference)?);
                Ok(text.len())
            }
        }
    }

    /// A whole document's encoding and text, and how many times U+FFFD was put in. UTF-8 is validated once, in documents
    /// of a block; where longer ones are in another encoding, their first block shows it.
    fn text<'a>(&self, bytes: &'a [u8]) -> Result<(Detection, Cow<'a, str>, u64), Error> {
        let may_be_utf8 =
            bytes.len() <= BLOCK && matches!(self.options.encoding, None | Some(Encoding::Utf8));
        let utf8 = match may_be_utf8 {
            true => simdutf8::basic::from_utf8(bytes).ok(),
            false => None,
        };
        let detection = self.detect_whole(bytes, may_be_utf8.then_some(utf8.is_some()))?;
        let (encoding, bom_len) = (detection.encoding, detection.bom_len);
        if let (Encoding::Utf8, Some(text)) = (encoding, utf8) {
            return Ok((detection, Cow::Borrowed(&text[bom_len..]), 0));
        }
        let (text, replaced) = decode::decode(bytes, encoding, bom_len, self.options.lossy)?;
        Ok((detection, text, replaced))
    }

    /// Detection for a whole document: by its first block that is not plain ASCII. `valid` says whether the document is
    /// UTF-8, if that is known.
    fn detect_whole(&self, bytes: &[u8], valid: Option<bool>) -> Result<Detection, Error> {
        let mut start = 0;
        loop {
            let mut end = bytes.len().min(start + BLOCK);
            if shows_late(&bytes[start..end]) {
                end = bytes.len().min(end + MARGIN);
            }
            let last = end == bytes.len();
            let block = &bytes[start..end];
            if let Some(detection) = self.detect_validated(block, start as u64, last, valid)? {
                return Ok(detection);
            }
            start = end;
        }
    }

    pub(crate) fn encoder(&self) -> Encoder {
        Encoder::new(self.options.to_encoding, self.options.lossy)
    }

    /// The output's encoding.
    pub(crate) fn to_encoding(&self) -> Encoding {
        self.options.to_encoding
    }

    pub(crate) fn lossy(&self) -> bool {
        self.options.lossy
    }

    /// Detection for one block, which begins at byte `start`; `None` if it is plain ASCII and others follow.
    pub(crate) fn detect(
        &self,
        block: &[u8],
        start: u64,
        last: bool,
    ) -> Result<Option<Detection>, Error> {
        self.detect_validated(block, start, last, None)
    }

    /// The same where it may be known already whether the block is UTF-8.
    fn detect_validated(
        &self,
        block: &[u8],
        start: u64,
        last: bool,
        valid: Option<bool>,
    ) -> Result<Option<Detection>, Error> {
        if start == 0 && decode::is_binary(block) {
            return Err(Error::Binary);
        }
        if let Some(encoding) = self.options.encoding {
            let bom_len = if start == 0 {
                encoding.bom(block).len()
            } else {
                0
            };
            return Ok(Some(Detection {
                encoding,
                bom_len,
                evidence: Evidence::Option,
            }));
        }
        if block.is_ascii() && memchr::memchr(0, block).is_none() && !last {
            return Ok(None);
        }
        Ok(Some(decode::detect_validated(block, last, valid)?))
    }
}

/// How much follows the first byte that is not ASCII where the encoding is told; bytes.
const MARGIN: usize = 1 << 16;

/// Whether a block holds its first byte that is not ASCII so late that its encoding can hardly be told.
fn shows_late(block: &[u8]) -> bool {
    let early = block.len().saturating_sub(MARGIN);
    block[..early].is_ascii() && !block.is_ascii()
}

/// Reads the next block of a document in which the encoding is told; returns whether it is the last.
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

fn read_dictionary(path: &PathBuf) -> Result<Dictionary, Error> {
    let error = |cause: String| Error::Dictionary {
        path: path.clone(),
        cause,
    };
    let bytes = std::fs::read(path).map_err(|cause| error(cause.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|cause| {
        let offset = cause.utf8_error().valid_up_to();
        error(format!(
            "not UTF-8 at byte offset {offset}; save the dictionary as UTF-8"
        ))
    })?;
    Dictionary::parse(&text).map_err(|cause| error(cause.to_string()))
}
