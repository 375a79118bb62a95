//! The fields of a header that people read: encoded words, and text in UTF-8 or in the encoding of the message's own text.
//! What is plain ASCII stays, and so do addresses and everything that parts them.

use std::borrow::Cow;
use std::ops::Range;

use super::addresses::names;
use super::charset::{self, Text};
use super::word::Word;
use crate::TextSink;
use crate::align;
use crate::characters::Characters;
use crate::coded::Editing;
use crate::fields::Field;
use crate::named::Named;

/// Between how many encoded words on end characters may be cut.
const MOST_JOINED: u32 = 64;

/// Text in a field.
enum Piece<'d> {
    /// ASCII, which stays.
    Plain(&'d str),
    /// UTF-8.
    Raw(Range<usize>, &'d str),
    /// Text in another encoding.
    Bytes(Range<usize>, Text),
    /// An encoded word, and what it says.
    Encoded(Word<'d>, Text),
}

impl Piece<'_> {
    fn text(&self) -> &str {
        match self {
            Piece::Plain(text) | Piece::Raw(_, text) => text,
            Piece::Bytes(_, text) | Piece::Encoded(_, text) => &text.text,
        }
    }
}

/// A document, and what the encoding of its message's text is called, if anything tells.
type Source<'d> = (&'d [u8], Option<&'d str>);

/// Normalises a field of a message's header if people read it; appends what changes to the edits.
pub(super) fn edit(
    source: Source,
    field: &Field,
    passages: &mut dyn TextSink,
    editing: &mut Editing,
) {
    let document = source.0;
    let name = field.name(document);
    let name = name.strip_prefix("resent-").unwrap_or(&name);
    let value = field.value.clone();
    if has_lone_cr(&document[value.clone()]) {
        // To some programs a line ends there, to others it does not.
        return;
    }
    match name {
        "subject" | "thread-topic" => subject(source, value, passages, editing),
        "comments" | "organization" => convert(source, &[value], passages, editing),
        "keywords" => convert(source, &[value], &mut Characters(passages), editing),
        "from" | "to" | "cc" | "bcc" | "reply-to" | "sender" => {
            let list = single_bytes(&document[value.clone()]);
            let moved = |text: Range<usize>| value.start + text.start..value.start + text.end;
            for texts in names(&list, 0..list.len()) {
                let texts: Vec<_> = texts.into_iter().map(moved).collect();
                convert(
                    source,
                    &texts,
                    &mut Named(&mut Characters(passages)),
                    editing,
                );
            }
        }
        _ => {}
    }
}

/// A list of addresses in which no character of two bytes has one that means something in the list: 館 is C0 5D in Big5, and
/// 5D is `]`. UTF-8 stays as it is.
fn single_bytes(list: &[u8]) -> Cow<'_, [u8]> {
    if simdutf8::basic::from_utf8(list).is_ok() {
        return Cow::Borrowed(list);
    }
    let mut bytes = list.to_vec();
    let mut at = 0;
    while at + 1 < bytes.len() {
        let is_pair = bytes[at] >= 0x81 && bytes[at + 1] >= 0x40;
        if is_pair {
            bytes[at + 1] = 0xFF;
        }
        at += if is_pair { 2 } else { 1 };
    }
    Cow::Owned(bytes)
}

fn has_lone_cr(value: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', value).any(|at| value.get(at + 1) != Some(&b'\n'))
}

/// Normalises a subject: behind `Re:` and the like, by which programs know what belongs together, even in another
/// language.
fn subject(
    source: Source,
    value: Range<usize>,
    passages: &mut dyn TextSink,
    editing: &mut Editing,
) {
    convert(source, &[value], &mut Subject(passages), editing);
}

/// A view of a sink for subjects.
struct Subject<'p>(&'p mut dyn TextSink);

impl TextSink for Subject<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let length = answer(text);
        if length == 0 {
            return self.0.passage(text);
        }
        let (front, behind) = text.split_at(length);
        let (front, behind) = (self.0.code(front), self.passage(behind));
        Cow::Owned(front.into_owned() + &behind)
    }

    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.0.code(text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.0.repair(markup)
    }
}

/// How long `Re: `, `回覆: ` or the like is at a subject's beginning, bytes; 0 if there is none.
fn answer(subject: &str) -> usize {
    const LONGEST: usize = 4;
    let blank = subject.len() - subject.trim_start().len();
    let Some((front, behind)) = subject[blank..].split_once(':') else {
        return 0;
    };
    let letters = front.chars().count();
    if letters == 0 || letters > LONGEST || !front.chars().all(char::is_alphabetic) {
        return 0;
    }
    subject.len() - behind.trim_start().len()
}

/// Normalises text that stands in several places as one passage.
fn convert(
    source: Source,
    places: &[Range<usize>],
    passages: &mut dyn TextSink,
    editing: &mut Editing,
) {
    let document = source.0;
    let Some(pieces) = pieces(source, places) else {
        editing.parts.unread += 1;
        return;
    };
    if pieces.iter().all(|piece| piece.text().is_ascii()) {
        return;
    }
    let texts: Vec<&str> = pieces.iter().map(Piece::text).collect();
    let shares = |passages: &mut dyn TextSink| -> Vec<String> {
        match align::passage(&texts, passages, |_| true) {
            Some(shares) => shares.iter().map(Cow::into_owned).collect(),
            None => texts.iter().map(|text| (*text).to_owned()).collect(),
        }
    };
    let mut new = shares(passages);
    let keeps_plain = |shares: &[String]| {
        let mut both = pieces.iter().zip(shares);
        both.all(|(piece, share)| !matches!(piece, Piece::Plain(text) if text != share))
    };
    if !keeps_plain(&new) {
        // A mark would change that cannot be written there.
        new = shares(&mut Characters(passages));
    }
    for (piece, share) in pieces.iter().zip(&new) {
        match piece {
            Piece::Encoded(word, text) => {
                editing.note(text.encoding);
                if *share != text.text {
                    let new = word.encode(text, share, &fold(document, places));
                    editing.edits.push((word.range.clone(), new));
                }
            }
            Piece::Bytes(range, text) => {
                editing.note(text.encoding);
                if *share != text.text {
                    let word = || {
                        Word::in_utf8(range.clone()).encode(text, share, &fold(document, places))
                    };
                    let new = text.encode(share).unwrap_or_else(word);
                    editing.edits.push((range.clone(), new));
                }
            }
            Piece::Raw(range, text) if share != text => {
                editing
                    .edits
                    .push((range.clone(), share.clone().into_bytes()));
            }
            _ => {}
        }
    }
}

/// What stands between two encoded words on two lines.
fn fold(document: &[u8], places: &[Range<usize>]) -> Vec<u8> {
    // The field's own line ends behind the value, if no other does before.
    let start = places.first().map_or(0, |place| place.start);
    match memchr::memchr(b'\n', &document[start..]) {
        Some(at) if at > 0 && document[start + at - 1] == b'\r' => b"\r\n ".to_vec(),
        Some(_) => b"\n ".to_vec(),
        None => b"\r\n ".to_vec(),
    }
}

/// The text in these places; `None` if some of it cannot be read.
fn pieces<'d>(source: Source<'d>, places: &[Range<usize>]) -> Option<Vec<Piece<'d>>> {
    let document = source.0;
    let mut pieces = Vec::new();
    for place in places {
        let mut from = place.start;
        let mut is_behind_word = false;
        while let Some(mut word) = next_word(document, from, place.end) {
            let between = from..word.range.start;
            // Blanks between two words are not part of the text.
            if !is_behind_word || !document[between.clone()].trim_ascii().is_empty() {
                raw(source, between, &mut pieces)?;
            }
            let mut text = word.text();
            let mut joined = 0;
            while text.is_none() {
                joined += 1;
                if joined > MOST_JOINED {
                    return None;
                }
                let next = next_word(document, word.range.end, place.end)?;
                let between = word.range.end..next.range.start;
                if !document[between].trim_ascii().is_empty() {
                    return None;
                }
                word.join(next).ok()?;
                text = word.text();
            }
            from = word.range.end;
            pieces.push(Piece::Encoded(word, text?));
            is_behind_word = true;
        }
        raw(source, from..place.end, &mut pieces)?;
    }
    Some(pieces)
}

fn next_word(document: &[u8], from: usize, end: usize) -> Option<Word<'_>> {
    memchr::memmem::find_iter(&document[from..end], b"=?")
        .find_map(|at| Word::at(document, from + at, end))
}

/// Takes text that is not encoded, each line's by itself: where a header's line ends there is nothing in its text.
fn raw<'d>(source: Source<'d>, range: Range<usize>, pieces: &mut Vec<Piece<'d>>) -> Option<()> {
    let (document, charset) = source;
    let bytes = &document[range.clone()];
    let is_utf8 = simdutf8::basic::from_utf8(bytes).is_ok();
    let mut start = range.start;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let ends = line
            .iter()
            .rev()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let shown = &line[..line.len() - ends.count()];
        match str::from_utf8(shown) {
            Ok(text) if text.is_ascii() => pieces.push(Piece::Plain(text)),
            Ok(text) if is_utf8 => pieces.push(Piece::Raw(start..start + shown.len(), text)),
            _ => {
                // Where it becomes an encoded word the blanks stay outside.
                let text = shown.trim_ascii();
                let front = shown.len() - shown.trim_ascii_start().len();
                let place = start + front..start + front + text.len();
                pieces.push(Piece::Plain(str::from_utf8(&shown[..front]).ok()?));
                pieces.push(Piece::Bytes(place, charset::read(text, Some(charset?))?));
                let behind = &shown[front + text.len()..];
                pieces.push(Piece::Plain(str::from_utf8(behind).ok()?));
            }
        }
        start += line.len();
    }
    Some(())
}
