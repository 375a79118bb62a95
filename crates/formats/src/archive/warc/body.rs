//! Bodies of HTTP (RFC 9112): the page as it was sent, in chunks or packed with gzip.

use std::borrow::Cow;
use std::io::{Read, Write};

use super::super::compressed::Compression;

/// The largest page, bytes, which is held in memory; what is larger stays.
pub(super) const LARGEST: u64 = 64 << 20;

/// A body, taken apart.
#[derive(Debug)]
pub(super) struct Body<'b> {
    /// The page.
    pub page: Cow<'b, [u8]>,
    /// The body without chunks: the page, packed if it was.
    pub entity: Cow<'b, [u8]>,
    /// What is behind the chunks, if there are any: the empty one, and fields.
    tail: Option<&'b [u8]>,
    is_packed: bool,
}

impl<'b> Body<'b> {
    /// Takes a body apart that is in chunks or packed; `None` if it is not well-formed, or holds too much.
    pub fn read(raw: &'b [u8], is_chunked: bool, is_packed: bool) -> Option<Body<'b>> {
        let (entity, tail) = match is_chunked {
            true => chunks(raw).map(|(entity, tail)| (Cow::Owned(entity), Some(tail)))?,
            false => (Cow::Borrowed(raw), None),
        };
        let page = match is_packed {
            true => Cow::Owned(unpacked(&entity)?),
            false => entity.clone(),
        };
        Some(Body {
            page,
            entity,
            tail,
            is_packed,
        })
    }

    /// The entity that holds another page.
    pub fn entity_of(&self, page: Vec<u8>) -> std::io::Result<Vec<u8>> {
        if !self.is_packed {
            return Ok(page);
        }
        let mut packed = Compression::Gzip.pack(&self.entity, Vec::new())?;
        packed.write_all(&page)?;
        packed.finish()
    }

    /// The body that holds another entity, in one chunk if there were any.
    pub fn around(&self, entity: &[u8]) -> Vec<u8> {
        let Some(tail) = self.tail else {
            return entity.to_vec();
        };
        let mut out = Vec::new();
        if !entity.is_empty() {
            out.extend(format!("{:x}\r\n", entity.len()).bytes());
            out.extend(entity);
            out.extend(b"\r\n");
        }
        out.extend(tail);
        out
    }
}

/// What the chunks hold, and what is behind them.
fn chunks(raw: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut entity = Vec::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let digits = rest[..end].split(|byte| *byte == b';').next()?.trim_ascii();
        let length = usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
        if length == 0 {
            return rest.ends_with(b"\r\n\r\n").then_some((entity, rest));
        }
        let chunk = &rest[end + 2..];
        entity.extend(chunk.get(..length)?);
        rest = chunk[length..].strip_prefix(b"\r\n")?;
    }
}

/// Unpacks a single gzip member with nothing behind it.
fn unpacked(entity: &[u8]) -> Option<Vec<u8>> {
    let mut page = Vec::new();
    let mut decoder = flate2::bufread::GzDecoder::new(entity);
    Read::take(&mut decoder, LARGEST + 1)
        .read_to_end(&mut page)
        .ok()?;
    let is_whole = page.len() as u64 <= LARGEST && decoder.into_inner().is_empty();
    is_whole.then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_well_formed_is_not_read() {
        let sound = "3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n";
        let body = Body::read(sound.as_bytes(), true, false).expect("a body");
        assert_eq!(&*body.page, b"abcde");
        assert_eq!(body.around(b"fg"), b"2\r\nfg\r\n0\r\nX: y\r\n\r\n");
        for broken in [
            "",
            "abc",
            "3\r\nabc\r\n0\r\n",
            "4\r\nabc\r\n0\r\n\r\n",
            "-1\r\n",
            "ffffffffffffffff\r\na",
        ] {
            assert!(
                Body::read(broken.as_bytes(), true, false).is_none(),
                "{broken}"
            );
        }
        let packed = body.entity_of(b"abc".to_vec()).expect("not packed");
        assert!(Body::read(&packed, false, true).is_none());
    }
}
