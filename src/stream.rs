//! A document of any size, block by block, in bounded memory.

use std::io::Write;
use std::path::Path;

use crate::decode::{Decoder, Detection, Encoding};
use crate::document::{Body, Carried};
use crate::encode::Encoder;
use crate::language::Language;
use crate::parallel::Made;
use crate::pipeline::{Error, Normalizer, Outcome};

/// A document on its way through the pipeline.
pub struct Stream<'a> {
    normalizer: &'a Normalizer,
    decoder: Option<(Detection, Decoder)>,
    encoder: Encoder,
    output: &'a mut dyn Write,
    body: Body<'a>,
    /// Input of a document of which it is not known yet whether its language is left alone.
    untold: Vec<u8>,
    bytes_in: u64,
    bytes_out: u64,
    /// Input that no output has been compared with yet, as long as all output equals the input.
    uncompared: Vec<u8>,
    changed: bool,
}

impl<'a> Stream<'a> {
    /// A document at its beginning, and its name if it has one.
    pub fn new(
        normalizer: &'a Normalizer,
        name: Option<&'a Path>,
        output: &'a mut dyn Write,
    ) -> Stream<'a> {
        Stream {
            normalizer,
            decoder: None,
            encoder: normalizer.encoder(),
            output,
            body: Body::new(normalizer, name),
            untold: Vec::new(),
            bytes_in: 0,
            bytes_out: 0,
            uncompared: Vec::new(),
            changed: false,
        }
    }

    /// Takes the document's next block; `last` says that it ends the document.
    pub fn push(&mut self, block: &[u8], last: bool) -> Result<(), Error> {
        let page = self.decode(block, last)?;
        self.bytes_in += block.len() as u64;
        if !self.changed {
            self.uncompared.extend(block);
        }
        let mut converted = String::new();
        self.body.push(&page, last, &mut converted)?;
        if self.body.pass().is_left_alone() != Some(false) {
            self.untold.extend(block);
        }
        match self.body.pass().is_left_alone() {
            None => Ok(()),
            Some(true) => {
                let bytes = std::mem::take(&mut self.untold);
                self.write(&bytes)
            }
            Some(false) => {
                self.untold = Vec::new();
                let mut bytes = Vec::new();
                self.encoder.push(&converted, &mut bytes)?;
                self.write(&bytes)
            }
        }
    }

    /// The document's encoding, once it is known.
    pub fn encoding(&self) -> Option<Encoding> {
        let (detection, _) = self.decoder.as_ref()?;
        Some(detection.encoding)
    }

    /// What the lines so far leave for the next one: [`Body::carried`].
    pub fn carried(&self) -> Option<Carried> {
        self.body.carried()
    }

    /// Takes the document's next lines, and what became of them elsewhere.
    pub fn append(&mut self, lines: &[u8], made: Made<'a>) -> Result<(), Error> {
        let (_, decoder) = self.decoder.as_mut().expect("the encoding is known");
        decoder.pass_over(lines, made.replaced.0);
        self.encoder.pass_over(&made.text, made.replaced.1);
        self.body.append(made.body, &made.text);
        self.bytes_in += lines.len() as u64;
        let bytes = made.encoded.as_deref().unwrap_or(made.text.as_bytes());
        if made.unchanged && self.uncompared.is_empty() {
            self.bytes_out += bytes.len() as u64;
            return Ok(self.output.write_all(bytes)?);
        }
        if !self.changed {
            self.uncompared.extend(lines);
        }
        self.write(bytes)
    }

    /// What was done, after the last block.
    pub fn outcome(mut self) -> Outcome {
        let (detection, decoder) = self.decoder.expect("the last block settles the encoding");
        let findings = self.body.pass().findings();
        let (doubtful, doubts) = self.body.pass().doubts();
        let replaced = match self.body.pass().is_left_alone() {
            Some(true) => 0,
            _ => decoder.replaced() + self.encoder.replaced(),
        };
        Outcome {
            format: self.body.format(),
            compression: None,
            members: None,
            encoding: detection.encoding.name(),
            evidence: detection.evidence.name(),
            language: self.body.pass().language().unwrap_or(Language::Neither),
            script: self.body.pass().script(),
            bytes_in: self.bytes_in,
            bytes_out: self.bytes_out,
            changed: self.changed || !self.uncompared.is_empty(),
            repairs: findings.repairs,
            sites: findings.sites.unwrap_or_default(),
            doubtful,
            doubts,
            outside: self.body.pass().outside(),
            replaced,
        }
    }

    /// The next block's text.
    fn decode(&mut self, block: &[u8], last: bool) -> Result<String, Error> {
        let mut rest = block;
        if self.decoder.is_none() {
            let Some(detection) = self.normalizer.detect(block, self.bytes_in, last)? else {
                return Ok(str::from_utf8(block).expect("ASCII").to_owned());
            };
            let start = self.bytes_in + detection.bom_len as u64;
            let decoder = Decoder::new(detection.encoding, self.normalizer.lossy(), start);
            rest = &block[detection.bom_len..];
            self.decoder = Some((detection, decoder));
        }
        let (_, decoder) = self.decoder.as_mut().expect("set above");
        let mut text = String::new();
        decoder.push(rest, last, &mut text)?;
        Ok(text)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes_out += bytes.len() as u64;
        if !self.changed {
            if self.uncompared.starts_with(bytes) {
                self.uncompared.drain(..bytes.len());
            } else {
                self.changed = true;
                self.uncompared = Vec::new();
            }
        }
        Ok(self.output.write_all(bytes)?)
    }
}
