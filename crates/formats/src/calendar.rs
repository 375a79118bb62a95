//! Calendars and address books (iCalendar, RFC 5545; vCard, RFC 6350): the values of the properties that people read are
//! text. Of most only the characters change, as commas and semicolons part values; notes and descriptions are prose.

use std::ops::Range;

use crate::Error;
use crate::characters::Characters;
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
        let Some((_, is_prose)) = text else {
            continue;
        };
        passages.at(values[0].start as u64);
        let texts = values.into_iter();
        let texts: Vec<_> = texts
            .flat_map(|value| scalar::texts(document, value))
            .collect();
        match is_prose {
            true => convert(&texts, passages, edits),
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
    let mut parts = line[..colon].split(';');
    let name = parts.next()?;
    // item1.ADR
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    let is_packed = |part: &str| {
        let part = part.to_ascii_uppercase();
        part.contains("QUOTED-PRINTABLE") || part.contains("BASE64") || part == "ENCODING=B"
    };
    let is_among = |names: &[&str]| names.iter().any(|text| name.eq_ignore_ascii_case(text));
    (is_among(&TEXT) && !parts.any(is_packed)).then(|| (colon + 1, is_among(&PROSE)))
}
