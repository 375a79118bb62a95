//! A part's body that is text: decoded, normalised by its format, and encoded again as it was.

use jianti_text::encoding::Encoding;
use std::borrow::Cow;

use super::charset;
use super::structure::Part;
use super::transfer::Transfer;
use crate::coded::Editing;
use crate::format::Format;
use crate::rewriters::rewrite;
use crate::{Settings, TextSink};

/// Normalises a body; appends what changes to the edits. Its encoding becomes UTF-8 where the new text does not fit the
/// old one, and the header says so if it named one.
pub(super) fn edit(
    document: &[u8],
    part: &Part,
    format: Format,
    settings: &Settings,
    passages: &mut dyn TextSink,
    editing: &mut Editing,
) {
    let raw = &document[part.body.clone()];
    let transfer = Transfer::decode(raw, &part.transfer);
    let declared = part.charset.as_ref().map(|(_, name)| name.as_str());
    let read = transfer
        .as_ref()
        .and_then(|transfer| charset::read(transfer.decoded(), declared));
    let (Some(transfer), Some(old)) = (transfer, read) else {
        editing.parts.unread += 1;
        return;
    };
    if is_sealed(&old.text) {
        editing.parts.kept += 1;
        return;
    }
    editing.note(old.encoding);
    let (bom, text) = match old.text.strip_prefix('\u{FEFF}') {
        Some(text) => ("\u{FEFF}", text),
        None => ("", old.text.as_str()),
    };
    let rewritten = |text: &str, encoding, passages: &mut dyn TextSink| {
        let settings = Settings {
            encoding: Some(encoding),
            ..settings.clone()
        };
        rewrite(format, text, &settings, passages)
    };
    let Ok(mut new) = rewritten(text, old.encoding, passages) else {
        editing.parts.unread += 1;
        return;
    };
    if old.text.is_ascii() && !new.is_ascii() && !transfer.takes_all_bytes() {
        // A page in which all characters are references.
        match format {
            Format::Text => new.clone_from(&old.text),
            _ => new = referenced(&new),
        }
    }
    if part.is_flowed {
        new = flowing(text, new);
    }
    if new == text {
        editing.parts.unchanged += 1;
        return;
    }
    editing.parts.changed += 1;
    let bytes = old.encode(&format!("{bom}{new}")).unwrap_or_else(|| {
        if let Some((range, _)) = &part.charset {
            editing.edits.push((range.clone(), b"utf-8".to_vec()));
        }
        // The page says its encoding too.
        let redeclared = rewritten(&new, Encoding::Utf8, &mut Kept).unwrap_or_default();
        redeclared.into_bytes()
    });
    editing
        .edits
        .push((part.body.clone(), transfer.encode(bytes)));
}

/// A text that flows (RFC 3676), with the spaces that its lines ended in: a mark may have taken one along.
fn flowing(old: &str, new: String) -> String {
    if old.lines().count() != new.lines().count() {
        return new;
    }
    let lines = old.lines().zip(new.split_inclusive('\n'));
    lines.fold(String::new(), |mut out, (old, new)| {
        let line = new.trim_end_matches(['\r', '\n']);
        out.push_str(line);
        if old.ends_with(' ') && !line.ends_with(' ') {
            out.push(' ');
        }
        out + &new[line.len()..]
    })
}

/// Whether a text is signed or encrypted as OpenPGP does it without MIME.
fn is_sealed(text: &str) -> bool {
    text.contains("-----BEGIN PGP ")
}

/// A page with references in place of what is not ASCII.
fn referenced(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    for character in page.chars() {
        match character.is_ascii() {
            true => out.push(character),
            false => out.push_str(&format!("&#{};", u32::from(character))),
        }
    }
    out
}

/// Leaves every passage as it is.
struct Kept;

impl TextSink for Kept {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(text)
    }
}
