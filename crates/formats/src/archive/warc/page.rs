//! What a record holds: a page, perhaps behind a header of HTTP.

use std::ops::Range;

use super::records::{Kept, Page, Records};
use crate::fields::{ContentType, Field, fields};

/// A page in a record's block.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it stands in the block.
    pub range: Range<usize>,
    /// The name that a file with it would have.
    name: &'static str,
    /// The header of HTTP before it.
    http: Vec<Field>,
}

/// The name of a file that would hold a page of this type; `None` if it is no text.
pub(super) fn name(media_type: &str) -> Option<&'static str> {
    match media_type {
        "text/html" => Some("page.html"),
        "application/xhtml+xml" => Some("page.xhtml"),
        "text/plain" => Some("page.txt"),
        _ => None,
    }
}

/// Finds the page in the block of a record; `outer` is the media type that the record tells.
pub(super) fn find(block: &[u8], outer: &str) -> Result<Found, Kept> {
    if let Some(name) = name(outer) {
        let http = Vec::new();
        let range = 0..block.len();
        return Ok(Found { range, name, http });
    }
    if !block.starts_with(b"HTTP/") {
        return Err(Kept::NoText);
    }
    let status = memchr::memchr(b'\n', block).ok_or(Kept::NoText)? + 1;
    let (http, range) = fields(block, status..block.len());
    let is = |wanted: &str, field: &&Field| field.name(block) == wanted;
    let kind = http.iter().find(|field| is("content-type", field));
    let kind = kind.map(|field| ContentType::read(block, field.value.clone()));
    let name = kind.and_then(|kind| name(&kind.name)).ok_or(Kept::NoText)?;
    let is_packed = |field: &Field| {
        let value = block[field.value.clone()].trim_ascii().to_ascii_lowercase();
        match field.name(block).as_str() {
            "content-encoding" => !matches!(&value[..], b"" | b"identity"),
            "transfer-encoding" => value != b"identity",
            _ => false,
        }
    };
    if http.iter().any(is_packed) {
        return Err(Kept::Unread);
    }
    Ok(Found { range, name, http })
}

impl Found {
    /// Rewrites the page in its block; returns the block, and how long its front is before the page. `None` if nothing
    /// changes.
    pub fn rewrite<R: Records>(
        &self,
        block: &[u8],
        records: &mut R,
    ) -> Result<Option<(Vec<u8>, usize)>, R::Error> {
        let Page::Changed(page, encoding) = records.page(self.name, &block[self.range.clone()])?
        else {
            return Ok(None);
        };
        let mut out = Vec::with_capacity(block.len());
        let mut done = 0;
        for field in &self.http {
            let Some((range, new)) = self.followed(block, field, page.len(), encoding) else {
                continue;
            };
            out.extend(&block[done..range.start]);
            out.extend(new.bytes());
            done = range.end;
        }
        out.extend(&block[done..self.range.start]);
        let front = out.len();
        out.extend(page);
        Ok(Some((out, front)))
    }

    /// What becomes of a field of the header that tells the page's length or encoding.
    fn followed(
        &self,
        block: &[u8],
        field: &Field,
        length: usize,
        encoding: &str,
    ) -> Option<(Range<usize>, String)> {
        let value = &block[field.value.clone()];
        match field.name(block).as_str() {
            "content-length" => {
                let told = value.trim_ascii();
                let start = field.value.start + value.len() - value.trim_ascii_start().len();
                let is_right = told == self.range.len().to_string().as_bytes();
                is_right.then(|| (start..start + told.len(), length.to_string()))
            }
            "content-type" => {
                let mut kind = ContentType::read(block, field.value.clone());
                let (range, old) = kind.take("charset")?;
                let differs = !old.eq_ignore_ascii_case(encoding);
                differs.then(|| (range, encoding.to_ascii_lowercase()))
            }
            _ => None,
        }
    }
}
