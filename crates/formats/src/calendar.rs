//! Calendars and address books (iCalendar, RFC 5545; vCard, RFC 6350): the values of the properties that people read are
//! text. Of most only the characters change, as commas and semicolons part values; notes and descriptions are prose.

use std::ops::Range;

use jianti_text::chars::is_han;

use crate::Error;
use crate::characters::Characters;
use crate::named::Named;
use crate::piece::convert;
use crate::properties::lines;
use crate::scalar;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// The properties whose values people read.
const TEXT: [&str; 19] = [
    // Calendars.
    "CATEGORIES",
    "COMMENT",
    "CONTACT",
    "DESCRIPTION",
    "LOCATION",
    "RESOURCES",
    "SUMMARY",
    "X-WR-CALDESC",
    "X-WR-CALNAME",
    // Address books.
    "ADR",
    "FN",
    "LABEL",
    "N",
    "NICKNAME",
    "NOTE",
    "ORG",
    "ROLE",
    "TITLE",
    "X-EVOLUTION-FILE-AS",
];

/// Those of them that are prose, of which a comma parts nothing.
const PROSE: [&str; 5] = ["COMMENT", "DESCRIPTION", "NOTE", "SUMMARY", "X-WR-CALDESC"];

/// Those that hold the name of a person.
const NAMES: [&str; 3] = ["FN", "NICKNAME", "X-EVOLUTION-FILE-AS"];

/// Normalises the values that people read; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut lines = lines(document).peekable();
    while let Some(line) = lines.next() {
        let text = text(&document[line.clone()]);
        let mut values: Vec<Range<usize>> = text
            .map(|(start, _)| line.start + start..line.end)
            .into_iter()
            .collect();
        // A line that begins with a blank goes on with the one before it.
        let is_folded = |next: &Range<usize>| document[next.clone()].starts_with([' ', '\t']);
        while let Some(next) = lines.next_if(is_folded) {
            values.push(next.start + 1..next.end);
        }
        let Some((start, is_prose)) = text else {
            continue;
        };
        passages.at(values[0].start as u64);
        let property = name(&document[line.start..line.start + start - 1]);
        let is_name = NAMES.iter().any(|name| property.eq_ignore_ascii_case(name));
        if let [value] = &values[..]
            && property.eq_ignore_ascii_case("N")
            && let Some(value) = whole_name(&document[value.clone()], value.start)
        {
            edit_name(document, value, passages, edits);
            continue;
        }
        let texts = values.into_iter();
        let texts: Vec<_> = texts
            .flat_map(|value| scalar::texts(document, value))
            .collect();
        match is_prose {
            true => convert(&texts, passages, edits),
            false if is_name => convert(&texts, &mut Named(&mut Characters(passages)), edits),
            false => convert(&texts, &mut Characters(passages), edits),
        }
    }
    Ok(())
}

/// Where the text begins in a property's line, and whether it is prose; `None` if it holds none.
fn text(line: &str) -> Option<(usize, bool)> {
    let mut quoted = false;
    let colon = line.find(|c: char| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let name = name(&line[..colon]);
    let mut parts = line[..colon].split(';');
    let is_packed = |part: &str| {
        let part = part.to_ascii_uppercase();
        part.contains("QUOTED-PRINTABLE") || part.contains("BASE64") || part == "ENCODING=B"
    };
    let is_among = |names: &[&str]| names.iter().any(|text| name.eq_ignore_ascii_case(text));
    (is_among(&TEXT) && !parts.any(is_packed)).then(|| (colon + 1, is_among(&PROSE)))
}

/// The name of a property, in front of its parameters: `item1.ADR;TYPE=home`.
fn name(property: &str) -> &str {
    let name = property.split(';').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(_, name)| name)
}

/// Where the surname and the given name stand in the value of `N`, which begins at `start`, if both are Han characters:
/// 陳;乾;;;
fn whole_name(value: &str, start: usize) -> Option<[Range<usize>; 2]> {
    let (surname, rest) = value.split_once(';')?;
    let given = rest.split(';').next()?;
    let is_han = |text: &str| !text.is_empty() && text.chars().all(is_han);
    let behind = start + surname.len() + 1;
    let both = [start..start + surname.len(), behind..behind + given.len()];
    (is_han(surname) && is_han(given)).then_some(both)
}

/// Normalises a name whose parts stand apart: as one, so that it becomes what it becomes where they stand together.
fn edit_name(
    document: &str,
    parts: [Range<usize>; 2],
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) {
    let [surname, given] = parts.clone().map(|part| &document[part]);
    let name = [surname, given].concat();
    let new = Named(&mut Characters(passages)).passage(&name).into_owned();
    let length = surname.chars().count();
    if new == name || new.chars().count() != name.chars().count() {
        return;
    }
    let cut = new
        .char_indices()
        .nth(length)
        .map_or(new.len(), |(at, _)| at);
    let [surname, given] = parts;
    edits.push((surname, new[..cut].to_owned()));
    edits.push((given, new[cut..].to_owned()));
}
