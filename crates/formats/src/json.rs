//! JSON: the strings that are values.

use std::borrow::Cow;
use std::ops::Range;

use crate::characters::Characters;
use crate::escape::Place;
use crate::fragment::{Fragments, longest};
use crate::json_tokens::{
    LONGEST_ESCAPE, check, comment_length, has_escapes, is_space, number, passage_end, pieces,
    string_length, unescaped,
};
use crate::machine_read::{is_machine_read, is_of_pieces};
use crate::named::{Held, Named, are_terms};
use crate::piece::{Form, LONGEST_PASSAGE, Piece, convert_alone, convert_literal};
use crate::{DocumentFault, ENOUGH, Error, Format, Rewriter, Settings, TextSink};

/// How deep arrays and objects may be nested.
const DEEPEST: usize = 4096;

/// The longest number, bytes; nobody reads longer ones.
const LONGEST_NUMBER: usize = 1 << 20;

/// Rewrites JSON values, one or several.
pub(crate) struct Json {
    format: Format,
    /// Whether program code in fragments of HTML is left as it is.
    keep_code: bool,
    /// In how many values of other documents this one stands.
    depth: usize,
    fields: Vec<Field>,
    /// What came and is kept, and where it begins in the document, bytes.
    buffer: String,
    offset: u64,
    /// How much of the buffer is read, and how much of that is written; bytes.
    read: usize,
    written: usize,
    /// How much of the token that the buffer begins with was passed before, because its end had not come; bytes.
    passed: usize,
    open: Vec<Open>,
    expected: Expected,
    /// Where the string began in the document that the buffer goes on with, if it does; bytes.
    string: Option<u64>,
    /// How deep records lie, if there are any: the lines of JSON Lines, the elements of an array.
    records: Option<usize>,
    /// The record that has begun and not ended.
    record: Option<Record>,
    /// The name of the member that tells records apart.
    id: Option<String>,
    /// How many lines ended.
    lines: u64,
    /// Whether nothing of a record is written before all of it is read.
    pub whole_records: bool,
    /// Whether a record is being collected: what is read of it is not written before enough came to tell its language.
    holds: bool,
    /// Whether comments stand in it, as in settings of programs: such may have a comma behind the last element, too.
    has_comments: bool,
    /// The strings in it that are text.
    strings: Vec<Text>,
}

/// A string that is text, or a part of a long one.
#[derive(Clone, Copy)]
struct Text {
    /// Where it begins in the document, and its length; bytes.
    offset: u64,
    length: usize,
    /// What the field holds that it stands in.
    held: Option<Held>,
    /// Whether it is all of a string.
    is_whole: bool,
}

/// A record on its way.
struct Record {
    /// The number of the line that it begins on, from 1.
    line: u64,
    /// What its member says that tells records apart.
    id: Option<String>,
}

/// An array or object that is open.
#[derive(Debug)]
enum Open {
    /// The index of its current element.
    Array(usize),
    /// The key of its current member.
    Object(String),
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// Which strings are asked for.
#[derive(Clone, Debug)]
enum Field {
    /// Those at or below a JSON Pointer (RFC 6901); `*` stands for any element or member.
    Pointer(Vec<String>),
    /// Those of the members of this name, and below them.
    Name(String),
}

impl Json {
    /// A document at its beginning.
    pub fn new(format: Format, settings: &Settings) -> Json {
        let fields = settings
            .fields
            .iter()
            .map(|field| match field.strip_prefix('/') {
                Some(pointer) => {
                    let token = |token: &str| token.replace("~1", "/").replace("~0", "~");
                    Field::Pointer(pointer.split('/').map(token).collect())
                }
                None => Field::Name(field.clone()),
            });
        Json {
            format,
            keep_code: settings.keep_code,
            depth: 0,
            fields: fields.collect(),
            buffer: String::new(),
            offset: 0,
            read: 0,
            written: 0,
            passed: 0,
            open: Vec::new(),
            expected: Expected::ValueOrEnd,
            string: None,
            records: (format == Format::JsonLines).then_some(0),
            record: None,
            id: settings.record_id.clone(),
            lines: 0,
            whole_records: format == Format::JsonLines,
            holds: false,
            has_comments: false,
            strings: Vec::new(),
        }
    }

    /// Begins anew at a line of JSON Lines, behind one that is no JSON: `lines` lines and `offset` bytes came before.
    /// Returns what the bad one is called, as far as it was read.
    pub fn pass_over_line(&mut self, lines: u64, offset: u64) -> Option<String> {
        self.buffer.clear();
        self.offset = offset;
        (self.read, self.written, self.passed) = (0, 0, 0);
        self.open.clear();
        self.string = None;
        self.expected = Expected::ValueOrEnd;
        self.lines = lines;
        self.holds = false;
        self.strings.clear();
        self.record.take()?.id
    }

    fn error(&self, at: usize, cause: DocumentFault) -> Error {
        Error::Document {
            format: self.format,
            offset: self.offset + at as u64,
            cause,
        }
    }

    /// Whether the string that comes now is asked for.
    fn is_wanted(&self) -> bool {
        let matches = |field: &Field| match field {
            Field::Name(name) => self
                .open
                .iter()
                .any(|open| matches!(open, Open::Object(key) if key == name)),
            Field::Pointer(tokens) => {
                tokens.len() <= self.open.len()
                    && tokens
                        .iter()
                        .zip(&self.open)
                        .all(|(token, open)| match open {
                            _ if token == "*" => true,
                            Open::Array(index) => *token == index.to_string(),
                            Open::Object(key) => token == key,
                        })
            }
        };
        self.fields.is_empty() || self.fields.iter().any(matches)
    }

    /// What the field holds that this string stands in, itself or in a list, if it may be that.
    fn held(&self, raw: &str) -> Option<Held> {
        /// What a name takes at most, with each character as an escape.
        const LONGEST: usize = 4 * LONGEST_ESCAPE;
        let has_terms = memchr::memchr2(b',', b';', raw.as_bytes()).is_some();
        if raw.len() > LONGEST && !has_terms {
            return None;
        }
        let mut around = self.open.iter().rev().take(2);
        let key = around.find_map(|open| match open {
            Open::Object(key) => Some(key),
            Open::Array(_) => None,
        });
        Held::of(key?).filter(|held| match held {
            Held::Name => raw.len() <= LONGEST,
            Held::Terms => has_terms && are_terms(&unescaped(raw)),
        })
    }

    fn enter(&mut self, at: usize, open: Open) -> Result<(), Error> {
        if self.open.len() == DEEPEST {
            return Err(self.error(at, DocumentFault::TooDeep));
        }
        self.expected = match open {
            Open::Array(_) => Expected::ValueOrEnd,
            Open::Object(_) => Expected::KeyOrEnd,
        };
        self.open.push(open);
        Ok(())
    }

    /// After a value.
    fn value_ends(&mut self) {
        self.expected = match self.open.is_empty() {
            true => Expected::ValueOrEnd,
            false => Expected::CommaOrEnd,
        };
    }

    /// Before a value: it may be a record, or hold some.
    fn value_begins(&mut self, byte: u8) {
        let value = matches!(self.expected, Expected::Value | Expected::ValueOrEnd);
        if !value || byte == b']' {
            return;
        }
        if self.records == Some(self.open.len()) {
            self.holds = true;
            let line = self.lines + 1;
            self.record.get_or_insert(Record { line, id: None });
        } else if self.records.is_none() && self.open.is_empty() && byte == b'[' {
            self.records = Some(1);
        }
    }

    /// Passes the comment that begins at `at`, as settings of programs have them; returns where it ends, or `None` if more is needed.
    fn comment(&mut self, at: usize, last: bool) -> Result<Option<usize>, Error> {
        let rest = &self.buffer[at..];
        let length = comment_length(rest, last).map_err(|why| self.error(at, why))?;
        if let Some(length) = length {
            self.lines += memchr::memchr_iter(b'\n', &rest.as_bytes()[..length]).count() as u64;
            self.has_comments = true;
        }
        Ok(length.map(|length| at + length))
    }

    /// Passes the token that begins at `at` with `byte`; returns where it ends, or `None` if more is needed.
    fn token(&mut self, at: usize, last: bool) -> Result<Option<usize>, Error> {
        use Expected::*;
        let byte = self.buffer.as_bytes()[at];
        let mut end = at + 1;
        let in_array = matches!(self.open.last(), Some(Open::Array(_)));
        let in_object = matches!(self.open.last(), Some(Open::Object(_)));
        match (byte, self.expected) {
            (b'{', Value | ValueOrEnd) => self.enter(at, Open::Object(String::new()))?,
            (b'[', Value | ValueOrEnd) => self.enter(at, Open::Array(0))?,
            (b'}', KeyOrEnd | CommaOrEnd) if in_object => {
                self.open.pop();
                self.value_ends();
            }
            (b']', ValueOrEnd | CommaOrEnd) if in_array => {
                self.open.pop();
                self.value_ends();
            }
            (b'}', Key) | (b']', Value) if self.has_comments && (byte == b'}' || in_array) => {
                self.open.pop();
                self.value_ends();
            }
            (b':', Colon) => self.expected = Value,
            (b',', CommaOrEnd) => match self.open.last_mut() {
                Some(Open::Array(index)) => {
                    *index += 1;
                    self.expected = Value;
                }
                _ => self.expected = Key,
            },
            (b'"', Key | KeyOrEnd | Value | ValueOrEnd) => {
                self.string = Some(self.offset + at as u64);
                if let (Key | KeyOrEnd, Some(Open::Object(key))) =
                    (self.expected, self.open.last_mut())
                {
                    key.clear();
                }
            }
            (b'-' | b'0'..=b'9' | b'a'..=b'z', Value | ValueOrEnd) => {
                let rest = &self.buffer.as_bytes()[at..];
                let word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                let passed = std::mem::take(&mut self.passed);
                let more = rest[passed..].iter().take_while(|byte| word(byte));
                let length = passed + more.count();
                if length > LONGEST_NUMBER {
                    return Err(self.error(at, DocumentFault::LongNumber));
                }
                if length == rest.len() && !last {
                    self.passed = length;
                    return Ok(None);
                }
                end = at + length;
                let text = &self.buffer[at..end];
                if !matches!(text, "true" | "false" | "null") {
                    number(text.as_bytes()).map_err(|(wrong, why)| self.error(at + wrong, why))?;
                }
                self.note_id(&(at..end));
                self.value_ends();
            }
            _ => return Err(self.error(at, DocumentFault::Misplaced)),
        }
        Ok(Some(end))
    }

    /// Passes what comes at `at` of the string that is open: all of it, or the front of what is too long for one passage.
    /// Returns where that ends, or `None` if more is needed.
    fn string(
        &mut self,
        at: usize,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<Option<usize>, Error> {
        let passed = std::mem::take(&mut self.passed);
        let rest = &self.buffer[at..];
        let found = string_length(rest, passed);
        // The cut must not depend on how much came by now.
        let is_whole = self.string == Some(self.offset + at as u64 - 1);
        let most = match is_whole {
            true => longest(rest) + LONGEST_ESCAPE,
            false => LONGEST_PASSAGE + LONGEST_ESCAPE,
        };
        match found {
            Ok(length) if length <= most => {
                self.text(at..at + length, is_whole, passages, out)?;
                self.string = None;
                match self.expected {
                    Expected::Key | Expected::KeyOrEnd => self.expected = Expected::Colon,
                    _ => self.value_ends(),
                }
                Ok(Some(at + length + 1))
            }
            Err(passed) if passed <= most => {
                self.passed = passed;
                Ok(None)
            }
            Ok(passed) | Err(passed) => {
                let length = passage_end(&rest[..passed]);
                self.text(at..at + length, false, passages, out)?;
                self.passed = passed - length;
                Ok(Some(at + length))
            }
        }
        .and_then(|end| match (end, self.string) {
            (None, Some(offset)) if last => Err(Error::Document {
                format: self.format,
                offset,
                cause: DocumentFault::OpenString,
            }),
            (end, _) => Ok(end),
        })
    }

    /// Takes text of the string that is open.
    fn text(
        &mut self,
        range: Range<usize>,
        is_whole: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.note_id(&range);
        let raw = &self.buffer[range.clone()];
        check(raw).map_err(|(at, why)| self.error(range.start + at, why))?;
        let offset = self.offset + range.start as u64;
        if matches!(self.expected, Expected::Key | Expected::KeyOrEnd) {
            if let Some(Open::Object(key)) = self.open.last_mut() {
                // No field has a longer name.
                if key.len() <= LONGEST_PASSAGE {
                    key.push_str(&unescaped(raw));
                }
            }
        } else if self.is_wanted() {
            let string = Text {
                offset,
                length: range.len(),
                held: self.held(raw),
                is_whole,
            };
            match self.holds {
                true => self.strings.push(string),
                false => self.convert(string, passages, out),
            }
        }
        Ok(())
    }

    /// Normalises a string and writes it, with what stands before it, if it changes.
    fn convert(&mut self, text: Text, passages: &mut dyn TextSink, out: &mut String) {
        let start = (text.offset - self.offset) as usize;
        let end = start + text.length;
        let raw = &self.buffer[start..end];
        let mut fragments =
            Fragments::new(passages, self.keep_code, rewrite_value).within(self.depth);
        let passages: &mut dyn TextSink = match text.is_whole {
            true => &mut fragments,
            false => fragments.passages,
        };
        let new = match text.held {
            Some(Held::Name) => convert(raw, text.offset, &mut Named(passages)),
            Some(Held::Terms) => convert(raw, text.offset, &mut Characters(passages)),
            None => convert(raw, text.offset, passages),
        };
        if let Some(new) = new {
            out.push_str(&self.buffer[self.written..start]);
            out.push_str(&new);
            self.written = end;
        }
    }

    /// Notes the value in this range of the buffer, if it tells records apart.
    fn note_id(&mut self, range: &Range<usize>) {
        if matches!(self.expected, Expected::Key | Expected::KeyOrEnd) {
            return;
        }
        let (Some(id), Some(depth), Some(record)) = (&self.id, self.records, &mut self.record)
        else {
            return;
        };
        let is_it = self.open.len() == depth + 1
            && matches!(&self.open[depth], Open::Object(key) if key == id);
        if is_it && record.id.is_none() {
            record.id = Some(unescaped(&self.buffer[range.clone()]).into_owned());
        }
    }

    /// Writes what is read: all of a record, or so much that its language is known.
    fn write(&mut self, passages: &mut dyn TextSink, out: &mut String) {
        if self.holds {
            let mut strings = std::mem::take(&mut self.strings);
            let raws = strings.iter().map(|text| {
                let start = (text.offset - self.offset) as usize;
                unescaped(&self.buffer[start..start + text.length])
            });
            let texts: Vec<Cow<str>> = raws.collect();
            let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
            passages.record(&texts);
            for string in strings.drain(..) {
                self.convert(string, passages, out);
            }
            self.strings = strings;
            self.holds = false;
        }
        out.push_str(&self.buffer[self.written..self.read]);
        self.written = self.read;
    }

    /// Whether no record has begun that has not ended.
    fn is_between_records(&self) -> bool {
        self.records == Some(self.open.len())
            && self.string.is_none()
            && matches!(self.expected, Expected::ValueOrEnd | Expected::CommaOrEnd)
    }

    /// Whether enough of a record came, or all of it.
    fn is_enough(&self) -> bool {
        !self.whole_records
            && self.holds
            && (self.is_between_records() || self.read - self.written > ENOUGH)
    }

    /// Tells of a record that has ended.
    fn end_record(&mut self, passages: &mut dyn TextSink) {
        if self.is_between_records()
            && let Some(record) = self.record.take()
        {
            passages.record_ends(record.line, record.id.as_deref());
        }
    }
}

/// Rewrites a value of another document that is JSON, as [`crate::fragment::ReadJson`] says.
pub(crate) fn rewrite_value(
    text: &str,
    keep_code: bool,
    depth: usize,
    passages: &mut dyn TextSink,
) -> Option<String> {
    let settings = Settings {
        keep_code,
        ..Settings::default()
    };
    let mut json = Json {
        depth,
        ..Json::new(Format::Json, &settings)
    };
    let mut out = String::with_capacity(text.len());
    json.push(text, true, passages, &mut out).ok()?;
    Some(out)
}

/// Normalises a string's content that was checked and begins at byte `offset` of the document; `None` if nothing changes.
fn convert(raw: &str, offset: u64, passages: &mut dyn TextSink) -> Option<String> {
    passages.at(offset);
    if !has_escapes(raw) {
        let place = Place::Json { ascii: false };
        return match is_machine_read(raw) {
            true => convert_literal(raw, place, &mut Characters(passages)),
            false => convert_literal(raw, place, passages),
        };
    }
    let pieces = pieces(raw).expect("checked");
    let escaped = |piece: &Piece| matches!(piece.form, Form::Escape { .. });
    let ascii = raw.is_ascii() && pieces.iter().any(escaped);
    match is_of_pieces(&pieces) {
        true => convert_alone(pieces, Place::Json { ascii }, &mut Characters(passages)),
        false => convert_alone(pieces, Place::Json { ascii }, passages),
    }
}

impl Rewriter for Json {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.buffer.push_str(text);
        while self.read < self.buffer.len() {
            let at = self.read;
            let byte = self.buffer.as_bytes()[at];
            let end = if self.string.is_some() {
                self.string(at, last, passages, out)?
            } else if is_space(&byte) {
                let rest = self.buffer.as_bytes()[at..].iter();
                let end = at + rest.take_while(|byte| is_space(byte)).count();
                let spaces = &self.buffer.as_bytes()[at..end];
                self.lines += memchr::memchr_iter(b'\n', spaces).count() as u64;
                Some(end)
            } else if byte == b'/' && self.format == Format::Json {
                self.comment(at, last)?
            } else {
                self.value_begins(byte);
                self.token(at, last)?
            };
            let Some(end) = end else {
                break;
            };
            self.read = end;
            if self.is_enough() {
                self.write(passages, out);
            }
            if !self.holds {
                self.end_record(passages);
            }
        }
        if last
            && (!self.open.is_empty()
                || self.string.is_some()
                || self.expected != Expected::ValueOrEnd)
        {
            return Err(self.error(self.buffer.len(), DocumentFault::EndsEarly));
        }
        if last || !self.holds {
            self.write(passages, out);
            self.end_record(passages);
        }
        self.buffer.drain(..self.written);
        self.offset += self.written as u64;
        self.read -= self.written;
        self.written = 0;
        Ok(())
    }

    fn is_at_rest(&self) -> bool {
        self.buffer.is_empty()
            && self.open.is_empty()
            && self.string.is_none()
            && self.expected == Expected::ValueOrEnd
    }

    fn has_records(&self) -> bool {
        self.records.is_some()
    }

    fn lines(&self) -> u64 {
        self.lines
    }

    fn move_on(&mut self, by: u64, lines: u64) {
        self.offset += by;
        self.lines += lines;
    }
}
