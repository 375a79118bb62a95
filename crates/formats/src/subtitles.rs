//! Subtitles and lyrics: SubRip, WebVTT, SubStation Alpha, LRC. Line by line; the text of a cue is one passage.

use std::borrow::Cow;
use std::ops::Range;

use crate::Error;
use crate::ahead::Ahead;
use crate::bilingual::{self, Bilingual};
use crate::escape::Place;
use crate::named::Named;
use crate::piece::{Form, Piece, Placed, apply, convert, convert_literal, placed};
use crate::reference::{self, References};
use crate::{Format, Rewriter, TextSink};

/// The longest line, and how long the text of a cue may get before it is cut; bytes.
const LONGEST: usize = 1 << 16;

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    /// At the beginning.
    Head,
    /// Between two cues.
    Between,
    /// In a cue's text.
    Text,
    /// In a style sheet.
    Style,
    /// In a comment, a block of settings.
    Other,
    /// In the events of SubStation Alpha.
    Events,
}

/// Rewrites subtitles.
pub(crate) struct Subtitles {
    format: Format,
    section: Section,
    /// How many fields a line of events has in front of its text.
    fields: usize,
    /// What came and is not written, and where it begins in the document, bytes.
    buffer: String,
    offset: u64,
    /// The text of the current cue, ranges of the buffer; and its length, bytes.
    cue: Vec<Range<usize>>,
    length: usize,
    /// What of it is in another language; `None` until its beginning came.
    bilingual: Option<Bilingual>,
    /// Whether its style sheet tells voices by their names, which stay then: it would no longer apply to them.
    keeps_voices: bool,
}

impl Subtitles {
    /// A document at its beginning.
    pub fn new(format: Format) -> Subtitles {
        Subtitles {
            format,
            section: Section::Head,
            // What the formats have by custom.
            fields: 9,
            buffer: String::new(),
            offset: 0,
            cue: Vec::new(),
            length: 0,
            bilingual: None,
            keeps_voices: false,
        }
    }

    /// What is left alone, if anything may be.
    fn bilingual(&self) -> Option<&Bilingual> {
        let bilingual = self.bilingual.as_ref();
        bilingual.filter(|bilingual| bilingual.leaves_any())
    }

    /// Takes text of the current cue.
    fn take(&mut self, text: Range<usize>) {
        self.length += text.len();
        self.cue.push(text);
    }

    /// Takes the line in `range`, without its end; the text of a cue is kept until the cue ends.
    fn line(
        &mut self,
        range: Range<usize>,
        edits: &mut Vec<(Range<usize>, String)>,
        passages: &mut dyn TextSink,
    ) {
        match self.format {
            Format::Srt | Format::WebVtt => self.cue_line(range, edits, passages),
            Format::Ass => {
                if let Some(text) = self.event(range) {
                    self.take(text);
                }
                self.end_cue(edits, passages)
            }
            _ => {
                if let Some(text) = lyrics(&self.buffer, range) {
                    self.take(text);
                }
                self.end_cue(edits, passages)
            }
        }
    }

    fn cue_line(
        &mut self,
        range: Range<usize>,
        edits: &mut Vec<(Range<usize>, String)>,
        passages: &mut dyn TextSink,
    ) {
        let line = &self.buffer[range.clone()];
        let vtt = self.format == Format::WebVtt;
        if line.trim_start().is_empty() {
            self.section = Section::Between;
            return self.end_cue(edits, passages);
        }
        if has_arrow(line) {
            self.section = Section::Text;
            return self.end_cue(edits, passages);
        }
        let word = |word: &str| {
            line.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
        };
        match self.section {
            Section::Head if vtt && word("WEBVTT") => {
                // What follows is a title.
                self.section = Section::Other;
                self.take(range.start + "WEBVTT".len()..range.end);
                self.end_cue(edits, passages);
            }
            Section::Head | Section::Between if vtt => {
                if word("STYLE") {
                    self.section = Section::Style;
                } else if word("NOTE") || word("REGION") {
                    self.section = Section::Other;
                }
            }
            Section::Style => self.keeps_voices |= line.contains("v[voice"),
            Section::Other => {}
            // A cue's number.
            Section::Head | Section::Between if line.bytes().all(|c| c.is_ascii_digit()) => {}
            // Text without a time.
            Section::Head | Section::Between => {
                self.take(range);
                self.end_cue(edits, passages);
            }
            Section::Text | Section::Events => self.take(range),
        }
    }

    /// The text of a line of SubStation Alpha.
    fn event(&mut self, range: Range<usize>) -> Option<Range<usize>> {
        let line = &self.buffer[range.clone()];
        if line.starts_with('[') {
            self.section = match line.trim_end().eq_ignore_ascii_case("[Events]") {
                true => Section::Events,
                false if line.trim_end().eq_ignore_ascii_case("[Script Info]") => Section::Head,
                false => Section::Other,
            };
            return None;
        }
        let (key, value) = line.split_once(':')?;
        let start = range.start + key.len() + 1;
        match (self.section, key) {
            (Section::Head, "Title") => Some(start..range.end),
            (Section::Events, "Format") => {
                self.fields = value.split(',').count().saturating_sub(1);
                None
            }
            (Section::Events, "Dialogue") => {
                let mut commas = value.match_indices(',').map(|(at, _)| start + at + 1);
                let text = match self.fields {
                    0 => start,
                    fields => commas.nth(fields - 1)?,
                };
                let style = bilingual::style(value).unwrap_or_default();
                let line = &self.buffer[text..range.end];
                let is_left = self.bilingual().is_some_and(|all| all.leaves(style, line));
                (!is_left).then_some(text..range.end)
            }
            _ => None,
        }
    }

    fn end_cue(&mut self, edits: &mut Vec<(Range<usize>, String)>, passages: &mut dyn TextSink) {
        let mut cue = std::mem::take(&mut self.cue);
        self.length = 0;
        // Lines of one cue that go on without one that is left.
        let mut done = 0;
        if let Some(bilingual) = self.bilingual().filter(|_| self.format != Format::Ass) {
            for (at, line) in cue.iter().enumerate() {
                let key = match cue.len() {
                    1 => String::new(),
                    _ => at.to_string(),
                };
                if bilingual.leaves(&key, &self.buffer[line.clone()]) {
                    self.lines(&cue[done..at], edits, passages);
                    done = at + 1;
                }
            }
        }
        self.lines(&cue[done..], edits, passages);
        cue.clear();
        self.cue = cue;
    }

    /// Normalises lines of one cue as one passage.
    fn lines(
        &self,
        cue: &[Range<usize>],
        edits: &mut Vec<(Range<usize>, String)>,
        passages: &mut dyn TextSink,
    ) {
        let Some(first) = cue.first() else {
            return;
        };
        passages.at(self.offset + first.start as u64);
        if let [line] = cue
            && is_plain(self.format, &self.buffer[line.clone()])
        {
            let text = convert_literal(&self.buffer[line.clone()], Place::Verbatim, passages);
            edits.extend(text.map(|text| (line.clone(), text)));
            return;
        }
        let mut texts: Vec<Placed> = Vec::new();
        let mut before = first.start;
        for line in cue {
            let ending = &self.buffer[before..line.start];
            texts.extend(placed(
                before,
                Place::Verbatim,
                (!ending.is_empty()).then(|| written(ending, "\n")),
            ));
            before = line.end;
            for part in parts(self.format, &self.buffer[line.clone()]) {
                let range = line.start + part.range.start..line.start + part.range.end;
                let raw = &self.buffer[range.clone()];
                match part.kind {
                    Kind::Text if self.format == Format::WebVtt => {
                        texts.extend(placed(
                            range.start,
                            Place::Element,
                            reference::pieces(raw, References::Html),
                        ));
                    }
                    Kind::Text => {
                        texts.extend(placed(range.start, Place::Verbatim, [written(raw, raw)]))
                    }
                    Kind::Character(text) => {
                        texts.extend(placed(range.start, Place::Verbatim, [written(raw, text)]))
                    }
                    Kind::Speaker if self.keeps_voices => {}
                    Kind::Speaker => {
                        let pieces = reference::pieces(raw, References::Html);
                        let texts: Vec<_> = placed(range.start, Place::Element, pieces).collect();
                        convert(&texts, &mut Named(passages), edits);
                    }
                }
            }
        }
        convert(&texts, passages, edits);
    }
}

impl Rewriter for Subtitles {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        let mut at = self.cue.last().map_or(0, |line| {
            line_end(&self.buffer, line.end, true).map_or(line.end, |(_, next)| next)
        });
        self.buffer.push_str(text);
        if self.bilingual.is_none() {
            if !last && self.buffer.len() < bilingual::HEAD + 4 {
                return Ok(());
            }
            let end = self.buffer.floor_char_boundary(bilingual::HEAD);
            self.bilingual = Some(Bilingual::of(self.format, &self.buffer[..end]));
        }
        let mut edits = Vec::new();
        while at < self.buffer.len() {
            let Some((end, next)) = line_end(&self.buffer, at, last) else {
                break;
            };
            self.line(at..end, &mut edits, passages);
            at = next;
            if self.length > LONGEST {
                self.end_cue(&mut edits, passages);
            }
        }
        if last {
            self.end_cue(&mut edits, passages);
        }
        let settled = self.cue.first().map_or(at, |line| line.start);
        edits.sort_by_key(|(range, _)| range.start);
        apply(&self.buffer[..settled], &edits, out);
        self.buffer.drain(..settled);
        self.offset += settled as u64;
        for line in &mut self.cue {
            *line = line.start - settled..line.end - settled;
        }
        Ok(())
    }
}

/// Where the line that begins at `at` ends, and where the next begins. A line that gets too long is cut.
fn line_end(text: &str, at: usize, last: bool) -> Option<(usize, usize)> {
    let rest = &text.as_bytes()[at..];
    let found = memchr::memchr2(b'\n', b'\r', &rest[..rest.len().min(LONGEST + 1)]);
    let end = match found {
        Some(length) => at + length,
        None if rest.len() > LONGEST => {
            let end = text.floor_char_boundary(at + LONGEST);
            return Some((end, end));
        }
        None => return last.then_some((text.len(), text.len())),
    };
    match (rest[end - at], rest.get(end - at + 1)) {
        (b'\r', Some(b'\n')) => Some((end, end + 2)),
        (b'\r', None) if !last => None,
        _ => Some((end, end + 1)),
    }
}

/// Whether a line has the arrow between two times.
fn has_arrow(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'>', bytes).any(|at| bytes[..at].ends_with(b"--"))
}

/// Whether a line holds neither markup nor references.
fn is_plain(format: Format, line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr3(b'<', b'{', b'\\', bytes).is_none()
        && (format != Format::WebVtt || memchr::memchr2(b'&', b'>', bytes).is_none())
}

/// A piece that stands for `text`.
fn written<'t>(raw: &'t str, text: &'t str) -> Piece<'t> {
    let form = if raw == text {
        Form::Literal
    } else {
        Form::Named
    };
    let text = Cow::Borrowed(text);
    Piece { raw, text, form }
}

/// What a part of a line is; what is between parts is markup.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    /// It stands for this text.
    Character(&'static str),
    /// A speaker's name.
    Speaker,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    range: Range<usize>,
    kind: Kind,
}

/// The parts of a line of text that are not markup.
fn parts(format: Format, line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    if memchr::memchr3(b'<', b'{', b'\\', line.as_bytes()).is_none() {
        let range = 0..line.len();
        let kind = Kind::Text;
        parts.extend((!line.is_empty()).then_some(Part { range, kind }));
        return parts;
    }
    let mut push = |range: Range<usize>, kind| {
        if !range.is_empty() {
            parts.push(Part { range, kind });
        }
    };
    let ahead = Ahead::default();
    // Whether outlines are drawn, not text.
    let mut drawing = false;
    let (mut from, mut at) = (0, 0);
    while at < line.len() {
        let rest = &line[at..];
        let character = match &rest.as_bytes()[..rest.len().min(2)] {
            b"\\N" | b"\\n" if format == Format::Ass => Some("\n"),
            b"\\h" if format == Format::Ass => Some("\u{A0}"),
            _ => None,
        };
        let markup = markup_length(format, rest, &ahead);
        if character.is_none() && markup.is_none() {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if !drawing {
            push(from..at, Kind::Text);
        }
        if let Some(text) = character {
            if !drawing {
                push(at..at + 2, Kind::Character(text));
            }
            at += 2;
        } else if let Some(length) = markup {
            let tag = &rest[..length];
            if format == Format::WebVtt
                && tag.starts_with("<v")
                && let Some(space) = tag.find([' ', '\t'])
            {
                push(at + space..at + length - 1, Kind::Speaker);
            }
            if format == Format::Ass {
                drawing = draws(tag).unwrap_or(drawing);
            }
            at += length;
        }
        from = at;
    }
    if !drawing {
        push(from..line.len(), Kind::Text);
    }
    parts
}

/// The length of the markup that `text` begins with, bytes.
fn markup_length(format: Format, text: &str, ahead: &Ahead) -> Option<usize> {
    let closed = |mark| ahead.find(text, mark).map(|at| at + 1);
    let tag = || {
        let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
        name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    match (text.as_bytes()[0], format) {
        (b'<', Format::WebVtt) => closed(">"),
        (b'<', Format::Srt) if tag() => closed(">"),
        // Times of words.
        (b'<', Format::Lrc) if text[1..].starts_with(|c: char| c.is_ascii_digit()) => closed(">"),
        (b'{', Format::Srt) if text.starts_with("{\\") => closed("}"),
        (b'{', Format::Ass) => closed("}"),
        _ => None,
    }
}

/// Whether a block of overrides begins (`\p1`) or ends (`\p0`) a drawing.
fn draws(overrides: &str) -> Option<bool> {
    overrides
        .split('\\')
        .filter_map(|tag| {
            tag.strip_prefix('p')?
                .trim_end_matches('}')
                .parse::<u32>()
                .ok()
        })
        .next_back()
        .map(|scale| scale > 0)
}

/// The text of a line of lyrics, behind its times; or what a line about the song says.
fn lyrics(buffer: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.start;
    loop {
        let rest = &buffer[start..range.end];
        let Some(tag) = rest.strip_prefix('[') else {
            return Some(start..range.end);
        };
        let Some((tag, _)) = tag.split_once(']') else {
            return Some(start..range.end);
        };
        if tag.starts_with(|c: char| c.is_ascii_digit()) {
            start += tag.len() + 2;
            continue;
        }
        let Some((key, value)) = tag.split_once(':') else {
            return Some(start..range.end);
        };
        let end = start + 1 + tag.len();
        let is_text = matches!(
            key.to_ascii_lowercase().as_str(),
            "ti" | "ar" | "al" | "au" | "lr" | "by"
        );
        return is_text.then(|| end - value.len()..end);
    }
}
