//! A document from bytes to bytes, block by block: decode, format and text stages, encode.
//!
//! One stream serves whole documents (one block), large ones (many), parts that lie further on ([`Stream::further_on`])
//! and members of archives.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use jianti_formats::Format;
use jianti_text::encoding::{
    DecodeError, Decoder, Detection, Encoder, Encoding, Evidence, kept_at,
};

use super::document::{Document, DocumentState};
use super::{mark, told};
use crate::context::{BLOCK, Context};
use crate::error::Error;
use crate::outcome::{Common, Comparison, Outcome};
use crate::records::{RecordOutcome, Records};

/// What a document is taken for as long as it shows nothing else.
const ASCII: Detection = Detection {
    encoding: Encoding::Utf8,
    bom_len: 0,
    evidence: Evidence::Ascii,
};

/// What lines of UTF-8 among others that are none are taken for.
const UTF8: Detection = Detection {
    evidence: Evidence::Utf8,
    ..ASCII
};

/// A document on its way through the pipeline.
pub(crate) struct Stream<'a> {
    context: &'a Context,
    decoder: Option<(Detection, Decoder)>,
    /// `None` until something is written in an encoding that is known.
    encoder: Option<Encoder>,
    /// What waits until it is told whether the document's byte order mark stays.
    held: Option<mark::Held>,
    document: Document<'a>,
    /// Input of a document of which it is not known yet whether its language is left alone.
    untold: Vec<u8>,
    bytes_in: u64,
    bytes_out: u64,
    /// Input that no output has been compared with yet, as long as all output equals the input.
    uncompared: Vec<u8>,
    changed: bool,
}

/// Lines that lie further on in a document, and what became of them.
pub(crate) struct Made<'a> {
    /// What was taken for what the lines before leave.
    pub begun: DocumentState,
    stream: Stream<'a>,
    text: String,
    /// The same in the output's encoding, if that is not UTF-8.
    encoded: Option<Vec<u8>>,
}

impl<'a> Stream<'a> {
    /// A document at its beginning, and its name if it has one.
    pub fn new(context: &'a Context, name: Option<&'a Path>) -> Stream<'a> {
        Stream {
            context,
            decoder: None,
            encoder: None,
            held: None,
            document: Document::new(context, name),
            untold: Vec::new(),
            bytes_in: 0,
            bytes_out: 0,
            uncompared: Vec::new(),
            changed: false,
        }
    }

    /// The same, of which all is text, whatever fields of what holds it are asked for.
    #[cfg(feature = "parquet")]
    pub fn with_all_fields(mut self) -> Stream<'a> {
        self.document.take_all_fields();
        self
    }

    /// The same where the document's bytes were found to show this format.
    pub fn showing(mut self, format: Format) -> Stream<'a> {
        self.document.set_shown_format(format);
        self
    }

    /// Lines of a document in this encoding that lie further on, and follow lines that left `begun`.
    ///
    /// # Errors
    /// [`Error::Decode`], [`Error::Encode`], [`Error::Format`] and [`Error::Engine`]; offsets count from the first line.
    pub fn further_on(
        context: &'a Context,
        encoding: Encoding,
        begun: DocumentState,
        lines: &[u8],
        last: bool,
    ) -> Result<Made<'a>, Error> {
        let detection = Detection {
            encoding,
            bom_len: 0,
            evidence: Evidence::Option,
        };
        let mut decoder = Decoder::new(encoding, context.options.lossy, 0);
        let page = decoder.read(lines, true)?;
        let mut encoder = context.encoder(detection, Format::Text);
        // The document's beginning is elsewhere.
        encoder.pass_over("", 0);
        let mut stream = Stream {
            decoder: None,
            encoder: Some(encoder),
            document: Document::further_on(context, begun.clone()),
            ..Stream::new(context, None)
        };
        let mut text = String::new();
        stream.document.push(&page, last, &mut text)?;
        let encoded = stream.encode(&text)?;
        stream.changed = encoded.as_deref().unwrap_or(text.as_bytes()) != lines;
        stream.decoder = Some((detection, decoder));
        Ok(Made {
            begun,
            stream,
            text,
            encoded,
        })
    }

    /// Takes the document's next block, and writes what is ready; `last` says that it ends the document.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize_stream`](crate::Normalizer::normalize_stream).
    pub fn push(&mut self, block: &[u8], last: bool, output: &mut dyn Write) -> Result<(), Error> {
        let converted = self.convert(block, last)?;
        match self.document.stages().is_left_alone() {
            None => {
                self.untold.extend(block);
                self.write(block, b"", output)
            }
            Some(true) => {
                let mut bytes = std::mem::take(&mut self.untold);
                bytes.extend(block);
                self.write(block, &bytes, output)
            }
            Some(false) => {
                let is_begun = self.encoder.is_some();
                let encoded = self.written(&converted)?;
                let bytes = encoded.as_deref().unwrap_or(converted.as_bytes());
                let mut before = std::mem::take(&mut self.untold);
                if let (false, Some(mark)) = (is_begun, self.mark_that_may_go()) {
                    before.extend(block);
                    self.held = Some(mark::Held::default());
                    return self.hold((block, &before[mark.len()..]), bytes, last, output);
                }
                self.hold((block, block), bytes, last, output)
            }
        }
    }

    /// Takes a whole document at its beginning, and returns its result.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`](crate::Normalizer::normalize).
    pub fn whole(mut self, bytes: &[u8]) -> Result<(Vec<u8>, Outcome), Error> {
        let converted = self.convert(bytes, true)?;
        let result = match self.document.stages().is_left_alone() {
            Some(true) => bytes.to_vec(),
            _ => self.written_whole(bytes, converted)?,
        };
        self.bytes_out = result.len() as u64;
        self.changed = result != bytes;
        Ok((result, self.outcome()))
    }

    /// The same, but returns its text before and after.
    ///
    /// # Errors
    /// Those of [`Normalizer::normalize`](crate::Normalizer::normalize).
    pub fn compare<'b>(mut self, bytes: &'b [u8]) -> Result<Comparison<'b>, Error> {
        let before = self.decode(bytes, true)?;
        self.bytes_in = bytes.len() as u64;
        let mut after = String::new();
        self.document.push(&before, true, &mut after)?;
        if self.document.stages().is_left_alone() == Some(true) {
            self.bytes_out = self.bytes_in;
        } else {
            let result = self.written_whole(bytes, after.clone())?;
            self.bytes_out = result.len() as u64;
            self.changed = result != bytes;
        }
        Ok(Comparison {
            before: shown(before),
            after: shown(after.into()).into_owned(),
            outcome: self.outcome(),
        })
    }

    /// Takes a whole document that is decoded already, and appends its result to `out`.
    ///
    /// # Errors
    /// [`Error::Format`] and [`Error::Engine`]; `out` is then as it was.
    pub fn text(mut self, text: &str, out: &mut String) -> Result<Outcome, Error> {
        let from = out.len();
        self.decoder = Some((
            Detection {
                encoding: Encoding::Utf8,
                bom_len: 0,
                evidence: Evidence::Text,
            },
            Decoder::new(Encoding::Utf8, false, 0),
        ));
        if let Err(error) = self.document.push(text, true, out) {
            out.truncate(from);
            return Err(error);
        }
        self.bytes_in = text.len() as u64;
        self.bytes_out = (out.len() - from) as u64;
        self.changed = out[from..] != *text;
        Ok(self.outcome())
    }

    /// Takes the document's next lines, which went through the stages elsewhere, and writes what became of them; `last` says
    /// that they end the document.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn append(
        &mut self,
        lines: &[u8],
        made: Made<'a>,
        last: bool,
        output: &mut dyn Write,
    ) -> Result<(), Error> {
        let further = made.stream;
        let (_, decoder) = self.decoder.as_mut().expect("the encoding is known");
        let replaced = further.decoder.map_or(0, |(_, decoder)| decoder.replaced());
        decoder.pass_over(lines, replaced);
        let there = further.encoder.map_or(0, |encoder| encoder.replaced());
        self.encoder().pass_over(&made.text, there);
        self.document.append(further.document, &made.text);
        self.bytes_in += lines.len() as u64;
        let bytes = made.encoded.as_deref().unwrap_or(made.text.as_bytes());
        if !further.changed && self.uncompared.is_empty() {
            self.bytes_out += bytes.len() as u64;
            return Ok(output.write_all(bytes)?);
        }
        self.hold((lines, lines), bytes, last, output)
    }

    /// After an error of decoding: the same, with what is malformed in this block, which follows, counted too.
    pub fn count_malformed(&mut self, error: DecodeError, block: &[u8], last: bool) -> DecodeError {
        let (_, decoder) = self.decoder.as_mut().expect("the encoding is known");
        let counted = decoder.push(block, last, &mut String::new());
        counted.err().unwrap_or(error)
    }

    /// The document's encoding, once it is known.
    pub fn encoding(&self) -> Option<Encoding> {
        let (detection, _) = self.decoder.as_ref()?;
        Some(detection.encoding)
    }

    /// What the lines so far leave for the next one: [`Document::state`].
    pub fn state(&self) -> Option<DocumentState> {
        self.document.state()
    }

    /// What was done, after the last block.
    // Not `self`, which is long to move.
    pub fn outcome(&mut self) -> Outcome {
        let decoder = self.decoder.as_ref();
        let (detection, decoder) = decoder.expect("the last block settles the encoding");
        let format = self.document.format();
        let stages = self.document.stages();
        let replaced = match stages.is_left_alone() {
            Some(true) => 0,
            _ => decoder.replaced() + self.encoder.as_ref().map_or(0, Encoder::replaced),
        };
        Outcome {
            encoding: Common::Same(detection.encoding),
            evidence: Common::Same(detection.evidence),
            bytes_in: self.bytes_in,
            bytes_out: self.bytes_out,
            changed: self.changed || !self.uncompared.is_empty(),
            replaced,
            ..told::outcome(format, stages)
        }
    }

    /// What came of each record since this was asked last, if that is wanted.
    pub fn take_records(&mut self) -> Vec<RecordOutcome> {
        let records = self.document.stages().records();
        records.map(Records::take_told).unwrap_or_default()
    }

    /// What is ready of the next block, through format and text stages.
    fn convert(&mut self, block: &[u8], last: bool) -> Result<String, Error> {
        let page = self.decode(block, last)?;
        self.bytes_in += block.len() as u64;
        let mut converted = String::new();
        self.document.push(&page, last, &mut converted)?;
        Ok(converted)
    }

    /// The next block's text. UTF-8 is validated once in documents of one block.
    fn decode<'b>(&mut self, block: &'b [u8], last: bool) -> Result<Cow<'b, str>, Error> {
        let mut rest = block;
        if self.decoder.is_none() {
            let is_whole = last && self.bytes_in == 0;
            let (mut utf8, mut valid) = (None, None);
            if is_whole && block.len() <= BLOCK && self.context.may_be_utf8() {
                utf8 = simdutf8::basic::from_utf8(block).ok();
                valid = Some(utf8.is_some());
            }
            let found =
                self.context
                    .detect(self.document.name(), block, self.bytes_in, last, valid);
            let found = match found {
                // A few lines of which one is no UTF-8 look like nothing.
                Err(Error::Undetected(_)) if self.holds_utf8_lines(block) => Some(UTF8),
                found => found?,
            };
            let Some(detection) = found else {
                return Ok(Cow::Borrowed(str::from_utf8(block).expect("ASCII")));
            };
            let start = self.bytes_in + detection.bom_len as u64;
            let decoder = Decoder::new(detection.encoding, self.context.options.lossy, start);
            self.document.set_encoding(detection);
            rest = &block[detection.bom_len..];
            self.decoder = Some((detection, decoder));
            if let (Encoding::Utf8, Some(text)) = (detection.encoding, utf8) {
                return Ok(Cow::Borrowed(&text[detection.bom_len..]));
            }
        }
        let keeps = self.keeps_bad_lines(rest);
        let (_, decoder) = self.decoder.as_mut().expect("set above");
        if keeps {
            decoder.keep_malformed();
        }
        Ok(decoder.read(rest, last)?)
    }

    /// Whether lines of this block that are no UTF-8 stay as they are, each as the error of its record.
    fn keeps_bad_lines(&self, block: &[u8]) -> bool {
        self.encoding() == Some(Encoding::Utf8) && self.may_keep_lines(block)
    }

    /// Whether the document consists of lines, or rows, that may each be kept as they are.
    fn may_keep_lines(&self, block: &[u8]) -> bool {
        let options = &self.context.options;
        let told = || self.context.format(self.document.name(), block);
        !options.lossy
            && !options.strict
            && options
                .to_encoding
                .is_none_or(|encoding| encoding == Encoding::Utf8)
            && matches!(
                self.document.known_format().unwrap_or_else(told),
                Format::JsonLines | Format::Csv | Format::Tsv
            )
    }

    /// Whether the block has lines that are UTF-8 beyond ASCII, among others that may be kept.
    fn holds_utf8_lines(&self, block: &[u8]) -> bool {
        let is_text = |line: &[u8]| !line.is_ascii() && str::from_utf8(line).is_ok();
        self.may_keep_lines(block) && block.split(|byte| *byte == b'\n').any(is_text)
    }

    /// What writes the output, once the input's encoding is known.
    fn encoder(&mut self) -> &mut Encoder {
        let (detection, _) = self.decoder.as_ref().expect("the encoding is known");
        let format = self.document.format();
        self.encoder
            .get_or_insert_with(|| self.context.encoder(*detection, format))
    }

    /// What is written of text: in the output's encoding, with the bytes that were kept; `None` if it is that already.
    fn written(&mut self, text: &str) -> Result<Option<Vec<u8>>, Error> {
        let encoded = self.encode(text)?;
        let Some((_, decoder)) = &mut self.decoder else {
            return Ok(encoded);
        };
        let restored = decoder.restore(encoded.as_deref().unwrap_or(text.as_bytes()));
        Ok(restored.or(encoded))
    }

    /// Text in the output's encoding; `None` if it is that already.
    fn encode(&mut self, text: &str) -> Result<Option<Vec<u8>>, Error> {
        let has_own = self.context.options.to_encoding.is_none();
        // So far all is ASCII, and what follows goes with it.
        if self.encoder.is_none() && self.decoder.is_none() && has_own {
            return Ok(None);
        }
        let encoder = match self.decoder {
            Some(_) => self.encoder(),
            None => self
                .encoder
                .get_or_insert_with(|| self.context.encoder(ASCII, Format::Text)),
        };
        if encoder.is_verbatim() {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(text.len());
        encoder.push(text, &mut bytes)?;
        Ok(Some(bytes))
    }

    /// All that is written of a document whose text became this.
    fn written_whole(&mut self, bytes: &[u8], text: String) -> Result<Vec<u8>, Error> {
        let mut result = self.written(&text)?.unwrap_or(text.into_bytes());
        if let Some(mark) = self.mark_that_may_go()
            && mark::stays(&bytes[mark.len()..], &result, true) == Some(true)
        {
            result.splice(..0, mark.iter().copied());
        }
        Ok(result)
    }

    /// The document's mark, if that goes where anything else changes.
    fn mark_that_may_go(&self) -> Option<&'static [u8]> {
        let (detection, _) = self.decoder.as_ref()?;
        let may_go = self
            .context
            .mark_goes_with_changes(*detection, self.document.format());
        may_go.then(|| Encoding::Utf8.mark())
    }

    /// Writes what is ready now that this input came, or has it wait. Beside the input stands the same without the mark.
    fn hold(
        &mut self,
        (input, marked_off): (&[u8], &[u8]),
        bytes: &[u8],
        last: bool,
        output: &mut dyn Write,
    ) -> Result<(), Error> {
        let Some(held) = &mut self.held else {
            return self.write(input, bytes, output);
        };
        match held.push(marked_off, bytes, last) {
            None => self.write(input, b"", output),
            Some(ready) => {
                self.held = None;
                self.write(input, &ready, output)
            }
        }
    }

    /// Writes what is ready now that this input came, and compares it with the input.
    fn write(&mut self, input: &[u8], bytes: &[u8], output: &mut dyn Write) -> Result<(), Error> {
        self.bytes_out += bytes.len() as u64;
        if !self.changed {
            self.compare_next(input, bytes);
        }
        Ok(output.write_all(bytes)?)
    }

    /// Compares what is ready with the input that it comes of.
    fn compare_next(&mut self, input: &[u8], bytes: &[u8]) {
        if self.uncompared.is_empty() {
            // So it is with most documents.
            match input.strip_prefix(bytes) {
                Some(rest) => self.uncompared.extend(rest),
                None => self.changed = true,
            }
            return;
        }
        self.uncompared.extend(input);
        if self.uncompared.starts_with(bytes) {
            self.uncompared.drain(..bytes.len());
        } else {
            self.changed = true;
            self.uncompared = Vec::new();
        }
    }
}

/// Text as it is shown: what was kept of bytes that are no text are replacement characters.
fn shown(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut rest = &*text;
    let mut out = String::new();
    while let Some(kept) = kept_at(rest) {
        out.push_str(&rest[..kept.start]);
        out.push(char::REPLACEMENT_CHARACTER);
        rest = &rest[kept.end..];
    }
    match out.is_empty() && rest.len() == text.len() {
        true => text,
        false => Cow::Owned(out + rest),
    }
}
