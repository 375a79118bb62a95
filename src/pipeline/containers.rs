//! Files that hold documents: compressed ones, archives, books and office documents.

use std::cell::RefCell;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jianti_formats::archive::compressed::Compression;
use jianti_formats::archive::limits::Limits;
use jianti_formats::archive::members::Members;
use jianti_formats::archive::warc::{self, Kept, Page, Records};
use jianti_formats::archive::{tar, zip};
use jianti_formats::{Format, office, unsupported};
use jianti_text::encoding::{self, Encoding};

use super::chunks::EachRecord;
use super::observer::Observer;
#[cfg(feature = "parquet")]
use super::parquet;
use super::probe::Probe;
use super::{chunks, left_alone, told, whole};
use crate::context::Context;
use crate::error::Error;
use crate::outcome::{Common, MemberCounts, Outcome};
use crate::records::RecordOutcome;
use crate::stages::Stages;

/// How much of a file tells what holds it, bytes.
const LOOK: usize = 512;

/// Documents up to this size are read whole, bytes.
const WHOLE: usize = 1 << 20;

/// Whether a file that begins with `head` holds documents: it is compressed, a ZIP file or, if they are gone into, a TAR
/// archive, a web archive or a Parquet file.
pub(crate) fn is_container(context: &Context, head: &[u8]) -> bool {
    #[cfg(feature = "parquet")]
    if parquet::begins(context, head) {
        return true;
    }
    Compression::of(head).is_some()
        || zip::begins(head)
        || context.options.archives && (tar::begins(head) || warc::begins(head))
}

/// Normalises the documents in a file, and writes the file with them to `output`. What came of each record, if that is wanted,
/// `each` takes, or else the outcome holds it.
///
/// # Errors
/// Those of [`Normalizer::normalize_container`](crate::Normalizer::normalize_container).
pub(crate) fn normalize<'a>(
    context: &'a Context,
    name: &Path,
    input: &mut (impl Read + Seek),
    output: &mut dyn Write,
    each: Option<EachRecord<'a>>,
) -> Result<Outcome, Error> {
    let limits = limits(context, input)?;
    let unpacking = Unpacking {
        context,
        limits,
        observer: None,
        each: RefCell::new(each),
        names: RefCell::default(),
    };
    unpacking.file(name, input, output)
}

/// The same, but writes nothing, and tells `each` of every document that would change: its name in the file, which is empty
/// for that of a compressed file, and its text before and after.
///
/// # Errors
/// Those of [`normalize`].
pub(crate) fn compare(
    context: &Context,
    name: &Path,
    input: &mut (impl Read + Seek),
    each: &mut dyn FnMut(&str, &str, &str),
) -> Result<Outcome, Error> {
    let unpacking = Unpacking {
        context,
        limits: limits(context, input)?,
        observer: Some(Observer::new(each)),
        each: RefCell::default(),
        names: RefCell::default(),
    };
    unpacking.file(name, input, &mut io::sink())
}

fn limits(context: &Context, input: &mut impl Seek) -> io::Result<Limits> {
    Ok(match context.options.limits {
        true => Limits::of(input.seek(io::SeekFrom::End(0))?),
        false => Limits::none(),
    })
}

/// One file on its way through.
struct Unpacking<'a> {
    context: &'a Context,
    limits: Limits,
    /// Who is told of each document, if nothing is written.
    observer: Option<Observer<'a>>,
    /// Who takes what came of each record.
    each: RefCell<Option<EachRecord<'a>>>,
    /// The names of the members that are being gone through, from the outside in.
    names: RefCell<Vec<String>>,
}

impl Unpacking<'_> {
    fn file(
        &self,
        name: &Path,
        input: &mut (impl Read + Seek),
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        input.rewind()?;
        let mut head = Vec::with_capacity(LOOK);
        Read::take(&mut *input, LOOK as u64).read_to_end(&mut head)?;
        input.rewind()?;
        #[cfg(feature = "parquet")]
        if parquet::begins(self.context, &head) {
            return self.parquet(input, output);
        }
        if zip::begins(&head) {
            return self.zip(name, input, output, 0);
        }
        self.document(name, input, output, 0)
    }

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
        if self.context.options.archives && warc::begins_packed(&head) {
            self.limits.depth(depth + 1)?;
            let mut pages = Documents::new(self, depth + 1);
            warc::rewrite_packed(&mut input, &self.limits, &mut pages, output)?;
            return Ok(Outcome {
                compression: Some(Compression::Gzip),
                ..pages.outcome(Format::Warc)?
            });
        }
        if self.context.options.archives && warc::begins(&head) {
            let mut pages = Documents::new(self, depth + 1);
            warc::rewrite(&mut input, &mut pages, output)?;
            return pages.outcome(Format::Warc);
        }
        if let Some(compression) = Compression::of(&head) {
            self.limits.depth(depth + 1)?;
            return self.compressed(compression, name, &head, &mut input, output, depth);
        }
        #[cfg(feature = "parquet")]
        if parquet::begins(self.context, &head) {
            let mut file = tempfile::tempfile()?;
            io::copy(&mut input, &mut file)?;
            return self.parquet(&mut file, output);
        }
        if zip::begins(&head) {
            self.limits.depth(depth + 1)?;
            let mut file = tempfile::tempfile()?;
            io::copy(&mut input, &mut file)?;
            return self.zip(name, &mut file, output, depth);
        }
        if self.context.options.archives && tar::begins(&head) {
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
            compression: Some(compression),
            ..outcome
        })
    }

    #[cfg(feature = "parquet")]
    fn parquet(
        &self,
        input: &mut (impl Read + Seek),
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        let observer = self.observer.as_ref();
        let mut tell = |record| self.tell(record);
        let each = self.takes_records().then_some(&mut tell as EachRecord);
        parquet::normalize(self.context, &self.limits, observer, each, input, output)
    }

    fn zip(
        &self,
        name: &Path,
        file: &mut (impl Read + Seek),
        output: &mut dyn Write,
        depth: u32,
    ) -> Result<Outcome, Error> {
        let takes_archives = self.context.options.archives;
        let named = Format::of(Some(name), b"PK\x03\x04");
        let is_wanted = takes_archives || !matches!(named, Format::Text | Format::Zip);
        let found = zip::Archive::open(file).and_then(|archive| {
            let format = office::format(&archive, &self.limits)?;
            Ok((archive, format))
        });
        let (archive, format) = match found {
            Ok(found) => found,
            Err(error) if is_wanted => return Err(error.into()),
            // Nobody asked for it to be opened.
            Err(_) => return Err(Error::Binary),
        };
        if let Some(format) = format {
            return self.package(format, &archive, output);
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
        if let Some(observer) = &self.observer {
            input.read_to_end(&mut text)?;
            return observer.document(self.context, name, &text);
        }
        Read::take(&mut *input, WHOLE as u64).read_to_end(&mut text)?;
        if text.len() < WHOLE {
            let (bytes, outcome) = whole::normalize(self.context, Some(name), &text)?;
            output.write_all(&bytes)?;
            return Ok(self.told(outcome));
        }
        let mut input = text.chain(input);
        let mut tell = |record| self.tell(record);
        let each = self.takes_records().then_some(&mut tell as EachRecord);
        chunks::normalize(self.context, Some(name), &mut input, output, each)
    }

    fn takes_records(&self) -> bool {
        self.each.borrow().is_some()
    }

    /// Hands over what came of a record, with the names of the members that it is in.
    fn tell(&self, record: RecordOutcome) {
        if let Some(each) = &mut *self.each.borrow_mut() {
            let names = self.names.borrow();
            each(match names.is_empty() {
                true => record,
                false => record.of_member(&names.join("/")),
            });
        }
    }

    /// Hands over what came of a document's records, if somebody takes it; or else the outcome keeps it.
    fn told(&self, mut outcome: Outcome) -> Outcome {
        if self.takes_records() {
            std::mem::take(&mut outcome.records)
                .into_iter()
                .for_each(|record| self.tell(record));
        }
        outcome
    }

    /// A book or an office document: all its text is one document's.
    fn package<R: Read + Seek>(
        &self,
        format: Format,
        archive: &zip::Archive<R>,
        output: &mut dyn Write,
    ) -> Result<Outcome, Error> {
        let settings = self.context.settings();
        let package = office::Package::new(format, archive, settings, &self.limits);
        let mut stages = Stages::new(self.context);
        package.show(&mut Probe::new(&mut stages))?;
        stages.settle();
        let mut result = match &self.observer {
            Some(_) => Some(tempfile::tempfile()?),
            None => None,
        };
        let rewritten = match &mut result {
            Some(file) => package.rewrite(&mut stages, file),
            None => package.rewrite(&mut stages, output),
        };
        stages.check()?;
        let rewritten = rewritten?;
        if let (Some(observer), Some(result)) = (&self.observer, result) {
            observer.package(archive, result, &self.limits)?;
        }
        Ok(Outcome {
            bytes_in: rewritten.bytes_in,
            bytes_out: rewritten.bytes_out,
            changed: rewritten.changed,
            ..told::outcome(format, &mut stages)
        })
    }
}

/// Why a document cannot be normalised: perhaps what it was unpacked from is damaged, which shows at its end.
fn root_cause(error: Error, unpacked: &mut dyn Read) -> Error {
    if matches!(
        error,
        Error::Binary
            | Error::Unsupported { .. }
            | Error::Io(_)
            | Error::Format(
                jianti_formats::Error::Damaged { .. } | jianti_formats::Error::Refused { .. }
            )
    ) {
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
struct Documents<'a, 'u> {
    unpacking: &'a Unpacking<'u>,
    depth: u32,
    counts: MemberCounts,
    outcome: Option<Outcome>,
}

impl<'a, 'u> Documents<'a, 'u> {
    fn new(unpacking: &'a Unpacking<'u>, depth: u32) -> Self {
        Documents {
            unpacking,
            depth,
            counts: MemberCounts::default(),
            outcome: None,
        }
    }

    /// Takes note of a document that was text; whether it changed.
    fn take(&mut self, outcome: Outcome) -> bool {
        if let Some(inner) = &outcome.members {
            self.counts.add_unsupported(inner);
        }
        let changed = outcome.changed;
        match changed {
            true => self.counts.changed += 1,
            false => self.counts.unchanged += 1,
        }
        match &mut self.outcome {
            Some(all) => all.add(outcome),
            None => self.outcome = Some(outcome),
        }
        changed
    }

    /// Takes note of a file of a kind that is known and not supported.
    fn unsupported(&mut self, kind: &'static str) {
        *self.counts.unsupported.entry(kind).or_default() += 1;
    }

    /// What came of the whole archive.
    fn outcome(self, format: Format) -> Result<Outcome, Error> {
        let outcome = match self.outcome {
            Some(outcome) => outcome,
            // There may be text, but it cannot be read.
            None if self.counts.unread > 0 || !self.counts.unsupported.is_empty() => {
                left_alone::outcome(self.unpacking.context, (None, format), b"", true)?
            }
            None => return Err(Error::Binary),
        };
        Ok(Outcome {
            format,
            compression: None,
            members: Some(self.counts),
            ..outcome
        })
    }
}

impl Records for Documents<'_, '_> {
    type Error = Error;

    fn page(&mut self, name: &str, page: &[u8]) -> Result<Page, Error> {
        let context = self.unpacking.context;
        let normalized = match &self.unpacking.observer {
            Some(observer) => {
                let _within = observer.enter(name);
                let outcome = observer.document(context, Path::new(name), page);
                outcome.map(|outcome| (Vec::new(), outcome))
            }
            None => whole::normalize(context, Some(Path::new(name)), page),
        };
        let (bytes, outcome) = match normalized {
            Ok(done) => done,
            Err(Error::Binary) => {
                self.counts.binary += 1;
                return Ok(Page::Same);
            }
            Err(error) if let Some(kind) = error.kind_left_alone() => {
                self.unsupported(kind);
                return Ok(Page::Same);
            }
            // Of so many pages some are broken.
            Err(Error::Undetected(_) | Error::Decode(_) | Error::Encode(_) | Error::Format(_)) => {
                self.counts.unread += 1;
                return Ok(Page::Same);
            }
            Err(error) => return Err(error),
        };
        let own = match outcome.encoding {
            Common::Same(encoding) => encoding,
            _ => Encoding::Utf8,
        };
        let encoding = context.options.to_encoding.unwrap_or(own);
        let outcome = self.unpacking.told(outcome);
        Ok(match self.take(outcome) {
            true => Page::Changed(bytes, encoding.name()),
            false => Page::Same,
        })
    }

    fn kept(&mut self, why: Kept) {
        match why {
            Kept::NoText => self.counts.binary += 1,
            Kept::Unread => self.counts.unread += 1,
        }
    }
}

impl Members for Documents<'_, '_> {
    type Error = Error;

    fn keeps(&mut self, name: &str, head: &[u8]) -> bool {
        if is_container(self.unpacking.context, head) {
            return false;
        }
        if let Some(kind) = unsupported(Some(Path::new(name)), head) {
            self.unsupported(kind);
            return true;
        }
        let keeps = encoding::is_binary(head);
        self.counts.binary += u64::from(keeps);
        keeps
    }

    fn member(
        &mut self,
        name: &str,
        data: &mut dyn Read,
        result: &mut dyn Write,
    ) -> Result<bool, Error> {
        let observer = self.unpacking.observer.as_ref();
        let _within = observer.map(|observer| observer.enter(name));
        self.unpacking.names.borrow_mut().push(name.to_owned());
        let document = self
            .unpacking
            .document(Path::new(name), data, result, self.depth);
        self.unpacking.names.borrow_mut().pop();
        let outcome = match document {
            Ok(outcome) => outcome,
            Err(Error::Binary) => {
                self.counts.binary += 1;
                return Ok(false);
            }
            Err(error) => {
                let cause = root_cause(error, data);
                if let Some(kind) = cause.kind_left_alone() {
                    self.unsupported(kind);
                    return Ok(false);
                }
                return Err(Error::Member {
                    name: name.to_owned(),
                    cause: Box::new(cause),
                });
            }
        };
        Ok(self.take(outcome.of_member(name)))
    }
}
