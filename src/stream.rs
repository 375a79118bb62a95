//! A document of any size, block by block, in bounded memory.

use std::io::Write;

use crate::convert::{Converter, ScriptCount};
use crate::decode::{Decoder, Detection};
use crate::encode::Encoder;
use crate::pipeline::{Error, Normalizer, Outcome};
use crate::repair::Findings;

/// A document on its way through the pipeline.
pub struct Stream<'a> {
    normalizer: &'a Normalizer,
    converter: &'a Converter,
    decoder: Option<(Detection, Decoder)>,
    encoder: Encoder,
    output: &'a mut dyn Write,
    /// Decoded, and not repaired yet.
    page: String,
    /// How much of the document was repaired, bytes of UTF-8.
    repaired: u64,
    findings: Findings,
    /// Repaired, and not converted yet.
    text: String,
    script: ScriptCount,
    bytes_in: u64,
    bytes_out: u64,
    /// Input that no output has been compared with yet, as long as all output equals the input.
    uncompared: Vec<u8>,
    changed: bool,
}

impl<'a> Stream<'a> {
    /// A document at its beginning.
    pub fn new(
        normalizer: &'a Normalizer,
        converter: &'a Converter,
        output: &'a mut dyn Write,
    ) -> Stream<'a> {
        Stream {
            normalizer,
            converter,
            decoder: None,
            encoder: normalizer.encoder(),
            output,
            page: String::new(),
            repaired: 0,
            findings: normalizer.findings(),
            text: String::new(),
            script: ScriptCount::default(),
            bytes_in: 0,
            bytes_out: 0,
            uncompared: Vec::new(),
            changed: false,
        }
    }

    /// Takes the document's next block; `last` says that it ends the document.
    pub fn push(&mut self, block: &[u8], last: bool) -> Result<(), Error> {
        let decoded_from = self.page.len();
        self.decode(block, last)?;
        self.script.add(&self.page[decoded_from..]);
        self.repair(last);
        self.bytes_in += block.len() as u64;
        if !self.changed {
            self.uncompared.extend(block);
        }
        let mut converted = String::new();
        let length = self.converter.append(&self.text, last, &mut converted);
        self.text.drain(..length);
        let mut bytes = Vec::new();
        self.encoder.push(&converted, &mut bytes)?;
        self.write(&bytes)
    }

    /// What was done, after the last block.
    pub fn outcome(self) -> Outcome {
        let (detection, decoder) = self.decoder.expect("the last block settles the encoding");
        Outcome {
            encoding: detection.encoding.name(),
            evidence: detection.evidence.name(),
            script: self.script.script(),
            bytes_in: self.bytes_in,
            bytes_out: self.bytes_out,
            changed: self.changed || !self.uncompared.is_empty(),
            repairs: self.findings.repairs,
            sites: self.findings.sites.unwrap_or_default(),
            replaced: decoder.replaced() + self.encoder.replaced(),
        }
    }

    /// Repairs as much of the page as does not depend on what comes.
    fn repair(&mut self, last: bool) {
        let Some((repairer, keep)) = self.normalizer.repairer() else {
            self.text.push_str(&self.page);
            self.page.clear();
            return;
        };
        let from = self.text.len();
        let (page, findings) = (&self.page, &mut self.findings);
        let length = repairer.append(page, self.repaired, last, findings, &mut self.text);
        if !keep {
            self.text.truncate(from);
            self.text.push_str(&page[..length]);
        }
        self.repaired += length as u64;
        self.page.drain(..length);
    }

    fn decode(&mut self, block: &[u8], last: bool) -> Result<(), Error> {
        let mut rest = block;
        if self.decoder.is_none() {
            let Some(detection) = self.normalizer.detect(block, self.bytes_in, last)? else {
                self.page.push_str(str::from_utf8(block).expect("ASCII"));
                return Ok(());
            };
            let start = self.bytes_in + detection.bom_len as u64;
            let decoder = Decoder::new(detection.encoding, self.normalizer.lossy(), start);
            rest = &block[detection.bom_len..];
            self.decoder = Some((detection, decoder));
        }
        let (_, decoder) = self.decoder.as_mut().expect("set above");
        Ok(decoder.push(rest, last, &mut self.page)?)
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
