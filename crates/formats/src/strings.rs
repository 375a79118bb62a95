//! Apple's tables of strings (.strings): values are text; keys and comments stay.

use std::ops::Range;

use crate::Error;
use crate::piece::convert;
use crate::scalar;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// Normalises the values of a table; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut at = 0;
    let mut is_value = false;
    while let Some(found) = document[at..].find(['"', '/', '=', ';']) {
        at += found;
        let rest = &document[at..];
        match rest.as_bytes()[0] {
            b'"' => {
                let Some(string) = string(rest) else {
                    return Ok(());
                };
                let range = at + string.start..at + string.end;
                if is_value {
                    passages.at(range.start as u64);
                    convert(&scalar::texts(document, range.clone()), passages, edits);
                }
                at = range.end + 1;
            }
            b'/' if rest.starts_with("/*") => {
                at += rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            b'/' if rest.starts_with("//") => at += rest.find('\n').unwrap_or(rest.len()),
            mark => {
                is_value = match mark {
                    b'=' => true,
                    b';' => false,
                    _ => is_value,
                };
                at += 1;
            }
        }
    }
    Ok(())
}

/// Where the content of the string stands that `text` begins with; `None` if it does not end.
fn string(text: &str) -> Option<Range<usize>> {
    let mut at = 1;
    loop {
        at += text[at..].find(['"', '\\'])?;
        if text[at..].starts_with('"') {
            return Some(1..at);
        }
        at += 1 + text[at + 1..].chars().next()?.len_utf8();
    }
}
