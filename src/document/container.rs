//! Files that hold documents: compressed ones, archives, books and office documents.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Format;
use super::compressed::Compression;
use super::limits::Limits;
use super::members::Members;
use super::{package, tar, zip};
use crate::convert::Script;
use crate::decode;
use crate::language::Language;
use crate::pipeline::{Error, Normalizer, Outcome};

/// How much of a file tells what holds it, bytes.
const LOOK: usize = 512;

/// Documents up to this size are read whole, bytes.
const WHOLE: usize = 1 << 20;

/// What became of an archive's members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MemberCounts {
    /// Text that changed.
    pub changed: u64,
    /// Text that did not.
    pub unchanged: u64,
    /// Files that are no text, kept as they are.
    pub binary: u64,
}

impl Normalizer {
    /// Whether a file that begins with `head` (512 bytes tell) holds documents, for [`Normalizer::normalize_container`]:
    /// it is compressed, a ZIP file or, with [`Options::archives`](crate::Options::archives), a TAR archive.
    pub fn is_container(&self, head: &[u8]) -> bool {
        Compression::of(head).is_some()
            || zip::begins(head)
            || self.takes_archives() && tar::begins(head)
    }

    /// Normalises the documents in a file, and writes the file with them to `output`; all else in it stays as it is. The
    /// name tells the format of a document in a compressed file.
    ///
    /// Compressed files and TAR archives are streams. Of a ZIP file the directory is in memory, of a book or an office
    /// document the part that is worked on too. Members larger than 8 MiB go through temporary files.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`]; [`Error::Archive`] if the file is damaged, unpacks to more than it may
    /// ([`Options::limits`](crate::Options::limits)), or is an archive that would do harm where it is unpacked;
    /// [`Error::Member`] if a member cannot be normalised; [`Error::Binary`] if there is no text in it. On an error
    /// `output` holds the front of the result.
    pub fn normalize_container(
        &self,
        name: impl AsRef<Path>,
        file: &File,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        let limits = match self.has_limits() {
            true => Limits::of(file.metadata()?.len()),
            false => Limits::none(),
        };
        let unpacking = Unpacking {
            normalizer: self,
            limits,
        };
        let mut input = file;
        input.rewind()?;
        let mut head = [0; 4];
        let length = input.read(&mut head)?;
        input.rewind()?;
        if zip::begins(&head[..length]) {
            return unpacking.zip(name.as_ref(), file, output, 0);
        }
        unpacking.document(name.as_ref(), &mut input, output, 0)
    }
}

/// One file on its way through.
struct Unpacking<'a> {
    normalizer: &'a Normalizer,
    limits: Limits,
}

impl Unpacking<'_> {
    /// Normalises a document; `depth` tells how many others it lies in.
    fn document(
        &self,
        name: &Path,
        input: &mut dyn Read,
        output: &mut dyn Write,
        depth: u32,
    ) -> Result<Outcome, Error> {
        let mut head = Vec::with_capacity(LOOK);
        Read::take(&mut *input, LOOK as u64).read_to_end(&mut head)?;
        let mut input = head.chain(input);
        if let Some(compression) = Compression::of(&head) {
            self.limits.depth(depth + 1)?;
            return self.compressed(compression, name, &head, &mut input, output, depth);
        }
        if zip::begins(&head) {
            self.limits.depth(depth + 1)?;
            let mut file = tempfile::tempfile()?;
            io::copy(&mut input, &mut file)?;
            return self.zip(name, &file, output, depth);
        }
        if self.normalizer.takes_archives() && tar::begins(&head) {
            self.limits.depth(depth + 1)?;
            let mut members = Documents::new(self, depth + 1);
            tar::rewrite(&mut input, &mut members, output)?;
            return members.outcome(Format::Tar);
        }
        self.text(name, &mut input, output)
    }

    fn compressed(
        &self,
        compression: Compression,
        name: &Path,
        head: &[u8],
        input: &mut dyn Read,
        output: &mut dyn Write,
        depth: u32,
    ) -> Result<Outcome, Error> {
        let input = BufReader::with_capacity(1 << 16, input);
        let mut unpacked = compression.unpack(input, &self.limits)?;
        let mut packed = compression.pack(head, output)?;
        let name = inner_name(name, compression);
        let outcome = self
            .document(&name, &mut unpacked, &mut packed, depth + 1)
            .map_err(|error| root_cause(error, &mut unpacked))?;
        packed.finish()?;
        Ok(Outcome {
            compression: Some(compression.name()),
            ..outcome
        })
    }

    fn zip(
        &self,
        name: &Path,
        file: &File,
        output: &mut dyn Write,
        depth: u32,
    ) -> Result<Outcome, Error> {
        let takes_archives = self.normalizer.takes_archives();
        let named = Format::of(Some(name), b"PK\x03\x04");
        let is_wanted = takes_archives || !matches!(named, Format::Text | Format::Zip);
        let found = zip::Archive::open(file).and_then(|archive| {
            let format = package::format(&archive, &self.limits)?;
            Ok((archive, format))
        });
        let (archive, format) = match found {
            Ok(found) => found,
            Err(error) if is_wanted => return Err(error),
            // Nobody asked for it to be opened.
            Err(_) => return Err(Error::Binary),
        };
        if let Some(format) = format {
            return package::rewrite(self.normalizer, format, &archive, &self.limits, output);
        }
        if !takes_archives {
            return Err(Error::Binary);
        }
        let mut members = Documents::new(self, depth + 1);
        archive.rewrite(&self.limits, &mut members, output)?;
        members.outcome(Format::Zip)
    }

    fn text(
        &self,
        name: &Path,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        let mut text = Vec::new();
        Read::take(&mut *input, WHOLE as u64).read_to_end(&mut text)?;
        if text.len() < WHOLE {
            let (bytes, outcome) = self.normalizer.normalize_named(name, &text)?;
            output.write_all(&bytes)?;
            return Ok(outcome);
        }
        let mut input = text.chain(input);
        self.normalizer
            .normalize_stream_named(name, &mut input, output)
    }
}

/// Why a document cannot be normalised: perhaps what it was unpacked from is damaged, which shows at its end.
fn root_cause(error: Error, unpacked: &mut dyn Read) -> Error {
    if matches!(error, Error::Binary | Error::Io(_) | Error::Archive(_)) {
        return error;
    }
    match io::copy(unpacked, &mut io::sink()) {
        Ok(_) => error,
        Err(cause) => cause.into(),
    }
}

/// The name of what a compressed file holds: its own without the ending.
fn inner_name(name: &Path, compression: Compression) -> PathBuf {
    let ending = name.extension().and_then(|ending| ending.to_str());
    let is_its = ending.is_some_and(|ending| {
        compression
            .endings()
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    });
    if is_its {
        name.with_extension("")
    } else {
        name.to_owned()
    }
}

/// An archive's members, each a document of its own.
struct Documents<'a> {
    unpacking: &'a Unpacking<'a>,
    depth: u32,
    counts: MemberCounts,
    outcome: Option<Outcome>,
}

impl<'a> Documents<'a> {
    fn new(unpacking: &'a Unpacking<'a>, depth: u32) -> Self {
        Documents {
            unpacking,
            depth,
            counts: MemberCounts::default(),
            outcome: None,
        }
    }

    /// What came of the whole archive.
    fn outcome(self, format: Format) -> Result<Outcome, Error> {
        let outcome = self.outcome.ok_or(Error::Binary)?;
        Ok(Outcome {
            format,
            compression: None,
            members: Some(self.counts),
            ..outcome
        })
    }
}

impl Members for Documents<'_> {
    fn keeps(&mut self, head: &[u8]) -> bool {
        let keeps = !self.unpacking.normalizer.is_container(head) && decode::is_binary(head);
        self.counts.binary += u64::from(keeps);
        keeps
    }

    fn member(
        &mut self,
        name: &str,
        data: &mut dyn Read,
        result: &mut dyn Write,
    ) -> Result<bool, Error> {
        let document = self
            .unpacking
            .document(Path::new(name), data, result, self.depth);
        let outcome = match document {
            Ok(outcome) => outcome,
            Err(Error::Binary) => {
                self.counts.binary += 1;
                return Ok(false);
            }
            Err(error) => {
                return Err(Error::Member {
                    name: name.to_owned(),
                    cause: Box::new(root_cause(error, data)),
                });
            }
        };
        let changed = outcome.changed;
        match changed {
            true => self.counts.changed += 1,
            false => self.counts.unchanged += 1,
        }
        match &mut self.outcome {
            Some(all) => all.add(outcome),
            None => self.outcome = Some(outcome),
        }
        Ok(changed)
    }
}

impl Outcome {
    /// Takes another document's outcome to its own: sums, and `mixed` where they differ.
    pub(crate) fn add(&mut self, other: Outcome) {
        if self.encoding != other.encoding {
            self.encoding = "mixed";
        }
        if self.evidence != other.evidence {
            self.evidence = "mixed";
        }
        // Of several languages Chinese counts: it is what is converted.
        if self.language == Language::Neither || other.language == Language::Chinese {
            self.language = other.language;
        }
        self.script = match (self.script, other.script) {
            (script, Script::Neither) | (Script::Neither, script) => script,
            (script, same) if script == same => script,
            _ => Script::Mixed,
        };
        self.bytes_in += other.bytes_in;
        self.bytes_out += other.bytes_out;
        self.changed |= other.changed;
        self.repairs.add(&other.repairs);
        self.sites.extend(other.sites);
        self.doubtful += other.doubtful;
        self.doubts.extend(other.doubts);
        self.outside.add_all(other.outside);
        self.replaced += other.replaced;
    }
}
