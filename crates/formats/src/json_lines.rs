//! JSON Lines: each line is a document of its own, and what is wrong with it concerns no other.

use jianti_text::encoding::kept_at;

use crate::json::Json;
use crate::{Error, Format, Rewriter, Settings, TextSink};

/// How long the front of a line may get that is kept until its end comes, bytes. Of a longer line a part may be written
/// when it turns out to be no JSON, which refuses the document.
const LONGEST_KEPT: usize = 4 << 20;

/// What is wrong with bytes that were kept as they are.
pub(crate) const NO_UTF8: &str = "these bytes are no UTF-8";

/// Rewrites lines of JSON. A line that is none stays as it is and is told of, or is an error where that is asked for.
pub(crate) struct JsonLines {
    json: Json,
    strict: bool,
    /// The front of a line whose end has not come.
    front: String,
    /// Whether the line that goes on is longer than is kept.
    is_long: bool,
    /// Whether bytes that are no text were kept in any of them so far.
    holds_kept: bool,
    /// How many lines ended, and how many bytes they had.
    lines: u64,
    offset: u64,
}

impl JsonLines {
    /// A document at its beginning.
    pub fn new(settings: &Settings) -> JsonLines {
        JsonLines {
            json: Json::new(Format::JsonLines, settings),
            strict: settings.strict,
            front: String::new(),
            is_long: false,
            holds_kept: false,
            lines: 0,
            offset: 0,
        }
    }

    /// Rewrites a line with its end.
    fn line(
        &mut self,
        line: &str,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        let start = self.offset;
        let number = self.lines + 1;
        self.offset += line.len() as u64;
        self.lines = number;
        // Nothing of a line is converted before all of it is read.
        let read = match self.holds_kept {
            true => self.check_bytes(line),
            false => Ok(()),
        };
        let read = read.and_then(|()| self.json.push(line, true, passages, out));
        let (offset, cause) = match read {
            Ok(()) => return Ok(()),
            Err(Error::Document { offset, cause, .. }) => (offset, cause),
            Err(error) => return Err(error),
        };
        let text = line.trim_end_matches(['\r', '\n']);
        let before = &text[..text.len().min((offset - start) as usize)];
        let column = before.chars().count() as u64 + 1;
        if self.strict {
            return Err(Error::Record {
                line: number,
                column,
                cause,
            });
        }
        let id = self.json.pass_over_line(self.lines, self.offset);
        passages.bad_record(number, column, cause, id.as_deref());
        out.push_str(line);
        Ok(())
    }

    /// Makes sure that all of a line's bytes were text.
    fn check_bytes(&self, line: &str) -> Result<(), Error> {
        match kept_at(line) {
            Some(kept) => Err(Error::Document {
                format: Format::JsonLines,
                offset: self.offset - line.len() as u64 + kept.start as u64,
                cause: NO_UTF8,
            }),
            None => Ok(()),
        }
    }

    /// Rewrites a part of a line that is longer than is kept; `ends` says that it is the last.
    fn part(
        &mut self,
        part: &str,
        ends: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.is_long = !ends;
        self.offset += part.len() as u64;
        if self.holds_kept {
            self.check_bytes(part)?;
        }
        self.lines += u64::from(ends);
        self.json.whole_records = false;
        self.json.push(part, ends, passages, out)?;
        self.json.whole_records = ends;
        Ok(())
    }
}

impl Rewriter for JsonLines {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.holds_kept |= kept_at(text).is_some();
        let mut rest = text;
        while let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) {
            let (line, further) = rest.split_at(end + 1);
            rest = further;
            if self.is_long {
                self.part(line, true, passages, out)?;
                continue;
            }
            if self.front.is_empty() {
                self.line(line, passages, out)?;
                continue;
            }
            let mut whole = std::mem::take(&mut self.front);
            whole.push_str(line);
            self.line(&whole, passages, out)?;
        }
        if self.is_long {
            return self.part(rest, last, passages, out);
        }
        self.front.push_str(rest);
        if self.front.len() > LONGEST_KEPT {
            let front = std::mem::take(&mut self.front);
            return self.part(&front, last, passages, out);
        }
        if last && !self.front.is_empty() {
            let line = std::mem::take(&mut self.front);
            self.line(&line, passages, out)?;
        }
        Ok(())
    }

    fn is_at_rest(&self) -> bool {
        self.front.is_empty() && !self.is_long
    }

    fn has_records(&self) -> bool {
        true
    }

    fn lines(&self) -> u64 {
        self.lines
    }

    fn move_on(&mut self, by: u64, lines: u64) {
        self.offset += by;
        self.lines += lines;
        self.json.move_on(by, lines);
    }
}
