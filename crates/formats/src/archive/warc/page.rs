//! What a record holds: a page, perhaps behind a header of HTTP.

use std::ops::Range;

use super::body::Body;
use super::digest::{Sum, sum};
use super::records::{Kept, Page, Records};
use crate::fields::{ContentType, Field, fields};

/// A page in a record's block.
#[derive(Debug)]
pub(super) struct Found<'b> {
    /// Where its body stands in the block.
    range: Range<usize>,
    body: Body<'b>,
    /// The name that a file with it would have.
    name: &'static str,
    /// The header of HTTP before it.
    http: Vec<Field>,
}

/// A block whose page changed.
#[derive(Debug)]
pub(super) struct Changed {
    /// The block.
    pub block: Vec<u8>,
    /// The checksums of its body, before and after.
    pub body: (Sum, Sum),
    /// The same without chunks.
    pub entity: (Sum, Sum),
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
pub(super) fn find<'b>(block: &'b [u8], outer: &str) -> Result<Found<'b>, Kept> {
    let found = |name, http, range: Range<usize>, (is_chunked, is_packed)| {
        let body = Body::read(&block[range.clone()], is_chunked, is_packed).ok_or(Kept::Unread)?;
        Ok(Found {
            range,
            body,
            name,
            http,
        })
    };
    if let Some(name) = name(outer) {
        return found(name, Vec::new(), 0..block.len(), (false, false));
    }
    if !block.starts_with(b"HTTP/") {
        return Err(Kept::NoText);
    }
    let status = memchr::memchr(b'\n', block).ok_or(Kept::NoText)? + 1;
    let (http, range) = fields(block, status..block.len());
    let find = |wanted: &str| http.iter().find(|field| field.name(block) == wanted);
    let kind = find("content-type").map(|field| ContentType::read(block, field.value.clone()));
    let name = kind.and_then(|kind| name(&kind.name)).ok_or(Kept::NoText)?;
    let is = |name: &str, wanted: &[&[u8]]| {
        let value = find(name).map_or(&b""[..], |field| block[field.value.clone()].trim_ascii());
        match value.to_ascii_lowercase().as_slice() {
            b"" | b"identity" => Ok(false),
            value if wanted.contains(&value) => Ok(true),
            _ => Err(Kept::Unread),
        }
    };
    let is_chunked = is("transfer-encoding", &[b"chunked"])?;
    let is_packed = is("content-encoding", &[b"gzip", b"x-gzip"])?;
    found(name, http, range, (is_chunked, is_packed))
}

impl Found<'_> {
    /// Rewrites the page in its block. `None` if nothing changes.
    pub fn rewrite<R: Records>(
        &self,
        block: &[u8],
        records: &mut R,
    ) -> Result<Option<Changed>, R::Error> {
        let Page::Changed(page, encoding) = records.page(self.name, &self.body.page)? else {
            return Ok(None);
        };
        let entity = self.body.entity_of(page)?;
        let body = self.body.around(&entity);
        let mut out = Vec::with_capacity(block.len());
        let mut done = 0;
        for field in &self.http {
            let Some((range, new)) = self.followed(block, field, body.len(), encoding) else {
                continue;
            };
            out.extend(&block[done..range.start]);
            out.extend(new.bytes());
            done = range.end;
        }
        out.extend(&block[done..self.range.start]);
        out.extend(&body);
        Ok(Some(Changed {
            block: out,
            body: (sum(&block[self.range.clone()]), sum(&body)),
            entity: (sum(&self.body.entity), sum(&entity)),
        }))
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
