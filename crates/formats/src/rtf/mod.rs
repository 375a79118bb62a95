//! RTF (version 1.9.1): text between control words, in bytes of the font's encoding and in `\u`. Groups, control words,
//! pictures, instructions of fields and names stay.

mod state;
mod token;
mod unit;

use std::ops::Range;

use jianti_text::encoding::Encoding;

use crate::TextSink;
use crate::align;
use crate::coded::Editing;
use state::{Fonts, Group, Place};
use token::{Kind, Token, tokens};
use unit::{Encoded, Form, Unit};

/// How deep groups may lie in groups; a document in which they lie deeper is kept as it is.
const DEPTH: usize = 1000;

/// Normalises the text of a document; appends what changes to the edits.
pub(crate) fn edit(document: &[u8], passages: &mut dyn TextSink, editing: &mut Editing) {
    if !document.starts_with(b"{\\rtf") {
        return;
    }
    let mut reading = Reading {
        groups: vec![Group::outermost()],
        fonts: Fonts::default(),
        texts: vec![Vec::new()],
        lead: None,
        encoded: Encoded::new(),
        passages,
        editing,
    };
    let mut tokens = tokens(document).peekable();
    while let Some(token) = tokens.next() {
        if reading.groups.len() > DEPTH {
            reading.editing.edits.clear();
            return;
        }
        if let (range, Kind::Word(b"u", Some(number))) = token {
            let most = reading.group().fallback;
            let (end, fallback) = passed_over(&mut tokens, most, range.end);
            reading.unicode(range.start..end, number, fallback);
        } else {
            reading.take(token);
        }
        if reading.passages.has_enough() {
            return;
        }
    }
    while reading.texts.len() > 1 {
        reading.end_apart();
    }
    reading.end_passage();
}

/// Passes over the characters that stand for `\u` in programs that do not know it, `most` at most; returns where they end,
/// and how many they are. Where there are too few, what follows is text.
fn passed_over<'d>(
    tokens: &mut std::iter::Peekable<impl Iterator<Item = Token<'d>>>,
    most: usize,
    mut end: usize,
) -> (usize, usize) {
    let mut count = 0;
    let stands_for = |(_, kind): &Token| {
        matches!(
            kind,
            Kind::Hex(_) | Kind::Literal(_) | Kind::Symbol(b'\\' | b'{' | b'}') | Kind::Break
        )
    };
    while count < most
        && let Some((range, kind)) = tokens.next_if(stands_for)
    {
        count += usize::from(kind != Kind::Break);
        end = range.end;
    }
    (end, count)
}

/// A document on its way.
struct Reading<'p> {
    groups: Vec<Group>,
    fonts: Fonts,
    /// The passages that are begun: one for each group whose text is apart from what is around it.
    texts: Vec<Vec<Unit>>,
    /// The first of two bytes of a character.
    lead: Option<(Range<usize>, u8)>,
    encoded: Encoded,
    passages: &'p mut dyn TextSink,
    editing: &'p mut Editing,
}

impl Reading<'_> {
    fn group(&mut self) -> &mut Group {
        self.groups.last_mut().expect("the outermost stays")
    }

    fn take(&mut self, (range, kind): Token) {
        match kind {
            Kind::Hex(byte) | Kind::Literal(byte) => return self.byte(range, byte),
            Kind::Break => return,
            _ => {}
        }
        if self.lead.take().is_some() {
            // Half a character.
            self.end_passage();
        }
        match kind {
            Kind::Open => {
                let inner = self.group().inner();
                self.groups.push(inner);
            }
            Kind::Close => {
                let ended = match self.groups.len() {
                    1 => None,
                    _ => self.groups.pop(),
                };
                if ended.is_some_and(|group| group.is_apart) {
                    self.end_apart();
                }
            }
            Kind::Word(word, number) => self.word(range, word, number),
            Kind::Symbol(b'*') if self.group().is_new => self.group().is_starred = true,
            Kind::Symbol(b'\r' | b'\n') => self.end_passage(),
            Kind::Symbol(symbol) => self.symbol(range, symbol),
            _ => self.group().is_new = false,
        }
    }

    fn symbol(&mut self, range: Range<usize>, symbol: u8) {
        let text = match symbol {
            b'\\' | b'{' | b'}' => char::from(symbol),
            b'~' => '\u{A0}',
            _ => return,
        };
        self.add(range, text.to_string(), false);
    }

    fn word(&mut self, range: Range<usize>, word: &[u8], number: Option<i32>) {
        let group = self.groups.last_mut().expect("the outermost stays");
        if std::mem::take(&mut group.is_new) {
            group.begin(word);
            if group.is_apart {
                self.texts.push(Vec::new());
            }
        }
        self.fonts.take(group, word, number);
        let mark = match word {
            b"uc" => {
                group.fallback = number
                    .and_then(|number| usize::try_from(number).ok())
                    .unwrap_or(1);
                return;
            }
            b"par" | b"line" | b"cell" | b"nestcell" | b"row" | b"nestrow" | b"page"
            | b"column" | b"sect" | b"tab" => return self.end_passage(),
            b"lquote" => '‘',
            b"rquote" => '’',
            b"ldblquote" => '“',
            b"rdblquote" => '”',
            b"emdash" => '—',
            b"endash" => '–',
            b"bullet" => '•',
            _ => return,
        };
        self.add(range, mark.to_string(), true);
    }

    /// Takes a character that is written as `\u`; halves of characters beyond the first plane are two of these.
    fn unicode(&mut self, range: Range<usize>, number: i32, fallback: usize) {
        if self.lead.take().is_some() {
            self.end_passage();
        }
        let code = number.rem_euclid(1 << 16) as u32;
        match char::from_u32(code) {
            Some(character) => self.add_written(range, character.to_string(), true, fallback),
            None => self.end_passage(),
        }
    }

    /// Takes a byte of text.
    fn byte(&mut self, range: Range<usize>, byte: u8) {
        self.group().is_new = false;
        let encoding = self.encoding();
        let decode = |bytes: &[u8]| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
            text.map(std::borrow::Cow::into_owned)
        };
        if let Some((begun, lead)) = self.lead.take() {
            match decode(&[lead, byte]) {
                Some(text) => self.add(begun.start..range.end, text, false),
                None => self.end_passage(),
            }
        } else if let Some(text) = decode(&[byte]) {
            // What becomes a Chinese mark here may stand in a font that knows none.
            let is_unicode = encoding.is_single_byte() && byte.is_ascii();
            self.add(range, text, is_unicode);
        } else {
            self.lead = Some((range, byte));
        }
    }

    fn encoding(&self) -> &'static encoding_rs::Encoding {
        let group = self.groups.last().expect("the outermost stays");
        self.fonts.encoding(group)
    }

    fn add(&mut self, range: Range<usize>, text: String, is_unicode: bool) {
        let fallback = self.group().fallback;
        self.add_written(range, text, is_unicode, fallback);
    }

    /// The same, where `fallback` characters stand for one that is written as `\u`.
    fn add_written(
        &mut self,
        range: Range<usize>,
        text: String,
        is_unicode: bool,
        fallback: usize,
    ) {
        let encoding = self.encoding();
        let group = self.group();
        group.is_new = false;
        if group.place != Place::Text {
            return;
        }
        let form = Form {
            encoding,
            fallback,
            is_unicode,
        };
        let units = self.texts.last_mut().expect("the outermost stays");
        units.push(Unit { range, text, form });
    }

    /// Ends a group whose text is apart.
    fn end_apart(&mut self) {
        self.end_passage();
        self.texts.pop();
    }

    /// Normalises the text that came since the last passage.
    fn end_passage(&mut self) {
        let units = std::mem::take(self.texts.last_mut().expect("the outermost stays"));
        // Control words may stand between units; what is not parted by them is one piece.
        let runs: Vec<&[Unit]> = units
            .chunk_by(|unit, next| unit.range.end == next.range.start)
            .collect();
        let texts: Vec<String> = runs
            .iter()
            .map(|run| run.iter().map(|unit| &*unit.text).collect())
            .collect();
        if texts.iter().all(|text| text.is_ascii()) {
            return;
        }
        let in_bytes = |unit: &&Unit| !unit.form.is_unicode && !unit.text.is_ascii();
        let name = units
            .iter()
            .find(in_bytes)
            .map(|unit| unit.form.encoding.name());
        if let Some(encoding) = name.and_then(|name| Encoding::for_label(name.as_bytes())) {
            self.editing.note(encoding);
        }
        let pieces: Vec<&str> = texts.iter().map(String::as_str).collect();
        let Some(shares) = align::passage(&pieces, self.passages, |_| true) else {
            return;
        };
        for ((run, old), new) in runs.iter().zip(&texts).zip(shares.iter()) {
            if *old == new {
                continue;
            }
            let pieces: Vec<&str> = run.iter().map(|unit| unit.text.as_str()).collect();
            let shares = align::shares(&pieces, old, &new);
            for (unit, share) in run.iter().zip(shares) {
                let share = &new[share];
                if share != unit.text {
                    let mut bytes = Vec::new();
                    unit.form.write(share, &mut self.encoded, &mut bytes);
                    self.editing.edits.push((unit.range.clone(), bytes));
                }
            }
        }
    }
}
