//! Keys and values, a pair a line: Java's properties and INI files. Values are text, but only their characters change: what
//! their marks mean is for the program to say. What names something is told by its key, less often where all is a bundle
//! of messages.

use std::ops::Range;

use jianti_text::chars::is_han;

use crate::Error;
use crate::characters::Characters;
use crate::declaration::may_be_chinese;
use crate::identifier::{Naming, is_path};
use crate::messages::{LEAST, Look, Values, is_kept};
use crate::piece::{Placed, convert};
use crate::scalar;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// How many values must be Chinese for properties to be a bundle: programs have their messages so, a few for each window.
const LEAST_OF_PROPERTIES: usize = 3;

/// Normalises the values of Java's properties; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let looks: Vec<Look> = pairs(document).map(|pair| pair.look(document)).collect();
    let told = Values::of(false, looks.iter().copied(), LEAST_OF_PROPERTIES);
    for (pair, look) in pairs(document).zip(looks) {
        let key = scalar::unescaped(&document[pair.key.clone()]);
        // A key of several words is a message itself, in English.
        let among = match key.contains(' ') {
            true => Values::Likely,
            false => among_pairs(told, look),
        };
        let value = pair
            .value
            .first()
            .map_or("", |value| &document[value.clone()]);
        if is_kept(value, Naming::of(&key), look, among) {
            continue;
        }
        passages.at(pair.value[0].start as u64);
        let texts: Vec<Placed> = pair
            .value
            .iter()
            .flat_map(|string| scalar::texts(document, string.clone()))
            .collect();
        convert(&texts, &mut Characters(passages), edits);
    }
    Ok(())
}

/// What a value of this look is, among such values: one that people are told is a message beside settings too.
fn among_pairs(told: Values, look: Look) -> Values {
    match (told, look) {
        (Values::Data, Look::Spoken) => Values::Likely,
        (told, _) => told,
    }
}

/// A key and its value, which may go over some lines; bytes.
struct Pair {
    key: Range<usize>,
    value: Vec<Range<usize>>,
}

impl Pair {
    fn look(&self, document: &str) -> Look {
        let strings = self.value.iter().map(|range| &document[range.clone()]);
        let whole: String = strings.collect();
        match is_path(&whole) {
            true => Look::Path,
            false => Look::of(&scalar::unescaped(&whole)),
        }
    }
}

/// The pairs of properties.
fn pairs(document: &str) -> impl Iterator<Item = Pair> {
    let mut lines = lines(document);
    std::iter::from_fn(move || {
        let is_pair = |begun: &str| !begun.is_empty() && !begun.starts_with(['#', '!']);
        let (line, begun) = lines.by_ref().find_map(|line| {
            let begun = document[line.clone()].trim_start_matches(BLANK);
            is_pair(begun).then_some((line, begun))
        })?;
        let start = line.end - begun.len();
        let key = start..start + key_length(begun);
        let first = key.end + value_start(&document[key.end..line.end])..line.end;
        let mut value = vec![first];
        // A backslash at a line's end: it goes on in the next.
        while continues(&document[value[value.len() - 1].clone()])
            && let Some(next) = lines.next()
        {
            value.last_mut().expect("some").end -= 1;
            let begun = document[next.clone()].trim_start_matches(BLANK);
            value.push(next.end - begun.len()..next.end);
        }
        Some(Pair { key, value })
    })
}

/// Normalises the values of an INI file; appends what changes to `edits`.
pub(crate) fn edit_ini(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let values = || values_of_ini(document).filter(|(key, _)| may_be_chinese(locale(key)));
    let looks: Vec<Look> = values()
        .map(|(_, value)| Look::of(&document[value]))
        .collect();
    let has_chinese_key = values().any(|(key, _)| key.contains(is_han));
    let among = Values::of(has_chinese_key, looks.iter().copied(), LEAST);
    for ((key, value), look) in values().zip(looks) {
        let among = among_pairs(among, look);
        let name = key.split('[').next().unwrap_or_default();
        if !is_kept(&document[value.clone()], Naming::of(name), look, among) {
            let mut characters = Characters(passages);
            let quoting = scalar::Quoting::Plain;
            scalar::convert_string(document, value, quoting, &mut characters, edits)?;
        }
    }
    Ok(())
}

/// The values of an INI file, line by line, with their keys.
fn values_of_ini(document: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut key = None;
    lines(document).filter_map(move |line| {
        let text = &document[line.clone()];
        let begun = text.trim_start_matches(BLANK);
        if begun.is_empty() || begun.starts_with(['#', ';', '[']) {
            return None;
        }
        let indented = begun.len() < text.len();
        let pair = begun.find(['=', ':']).filter(|at| is_key(&begun[..*at]));
        let start = match pair {
            Some(at) => {
                key = Some(&begun[..at]);
                line.end - begun.len() + at + 1
            }
            // An indented line goes on with the value before it.
            None if indented && key.is_some() => line.end - begun.len(),
            None => return None,
        };
        let value = &document[start..line.end];
        // A comment is behind a blank.
        let is_blank = |at: usize| matches!(value.as_bytes()[at], b' ' | b'\t');
        let end = memchr::memchr2_iter(b';', b'#', value.as_bytes())
            .find(|at| *at > 0 && is_blank(at - 1))
            .map(|at| at - 1);
        Some((key?, start..end.map_or(line.end, |end| start + end)))
    })
}

/// The language that a key names, as those of desktop entries do: `Name[ja]`, `Comment[pt_BR]`, `Name[sr@latin]`. Empty for
/// none; others have numbers there and longer words.
fn locale(key: &str) -> &str {
    let name = key.trim_end().strip_suffix(']');
    let inner = name
        .and_then(|name| name.split_once('['))
        .map(|(_, inner)| inner);
    let tag = inner.and_then(|inner| inner.split(['.', '@']).next());
    let is_tag = |tag: &&str| {
        let (language, territory) = tag.split_once(['_', '-']).unwrap_or((tag, ""));
        let is_language = language.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_territory = territory.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_language && language.len() == 2 && is_territory
    };
    tag.filter(is_tag).unwrap_or_default()
}

const BLANK: [char; 3] = [' ', '\t', '\u{C}'];

/// The lines of a document, without their ends: `\n`, `\r\n`, or `\r` alone.
pub(crate) fn lines(document: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = document.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = &bytes[start..];
        if rest.is_empty() {
            return None;
        }
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let end = match &rest[length..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        at += length + end;
        Some(start..start + length)
    })
}

/// Whether this may be a key of an INI file, and no sentence or code.
fn is_key(text: &str) -> bool {
    !text.trim().is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " \t_-./\\@*[]%".contains(c))
}

fn key_length(line: &str) -> usize {
    let mut escaped = false;
    let ends = |c: char| matches!(c, '=' | ':') || BLANK.contains(&c);
    let found = line.char_indices().find(|(_, c)| {
        let end = !escaped && ends(*c);
        escaped = !escaped && *c == '\\';
        end
    });
    found.map_or(line.len(), |(at, _)| at)
}

/// Where the value begins behind a key, bytes.
fn value_start(rest: &str) -> usize {
    let value = rest.trim_start_matches(BLANK);
    let value = value.strip_prefix(['=', ':']).unwrap_or(value);
    rest.len() - value.trim_start_matches(BLANK).len()
}

fn continues(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}
