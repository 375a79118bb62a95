//! Names of encodings.

use std::fmt;
use std::str::FromStr;

/// An encoding that documents are read or written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GBK. Read as GB18030, of which it is the two-byte part.
    Gbk,
    /// GB 18030, with four-byte sequences.
    Gb18030,
    /// Big5, read with the Hong Kong supplement (HKSCS), written without it, as the WHATWG Encoding Standard has it.
    Big5,
    /// UTF-32, low byte first.
    Utf32Le,
    /// UTF-32, high byte first.
    Utf32Be,
    /// HZ (RFC 1843): GB 2312 in seven bits.
    Hz,
    /// UTF-7 (RFC 2152).
    Utf7,
    /// Any other encoding of the WHATWG Encoding Standard, by name only: it is never guessed.
    Other(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The encoding's usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gbk => "GBK",
            Encoding::Gb18030 => "GB18030",
            Encoding::Big5 => "Big5",
            Encoding::Utf32Le => "UTF-32LE",
            Encoding::Utf32Be => "UTF-32BE",
            Encoding::Hz => "HZ-GB-2312",
            Encoding::Utf7 => "UTF-7",
            Encoding::Other(encoding) => encoding.name(),
        }
    }

    /// The byte order mark that begins a document in this encoding, if `bytes` begin with it; else nothing.
    pub fn bom(self, bytes: &[u8]) -> &[u8] {
        let mark = self.mark();
        match bytes.starts_with(mark) {
            true => &bytes[..mark.len()],
            false => b"",
        }
    }

    /// The encoding's byte order mark: U+FEFF in it. Empty if there is none.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xEF\xBB\xBF",
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
            Encoding::Gbk | Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Utf32Le => b"\xFF\xFE\0\0",
            Encoding::Utf32Be => b"\0\0\xFE\xFF",
            Encoding::Utf7 => b"+/v8-",
            Encoding::Big5 | Encoding::Hz | Encoding::Other(_) => b"",
        }
    }

    /// Whether ASCII stands for itself, also behind bytes that do not belong to the encoding. The ends of lines then show.
    pub fn keeps_ascii(self) -> bool {
        let found = self.implementation();
        found.is_some_and(encoding_rs::Encoding::is_ascii_compatible)
    }

    /// What reads and writes it; `None` if encoding_rs does not know it.
    pub fn implementation(self) -> Option<&'static encoding_rs::Encoding> {
        Some(match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gbk => encoding_rs::GBK,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
            Encoding::Other(encoding) => encoding,
            Encoding::Utf32Le | Encoding::Utf32Be | Encoding::Hz | Encoding::Utf7 => return None,
        })
    }

    /// The encoding of a WHATWG label, but for ISO-2022-JP, whose shifts would have to be undone at the end.
    pub fn for_label(label: &[u8]) -> Option<Encoding> {
        let found = encoding_rs::Encoding::for_label_no_replacement(label)?;
        if found == encoding_rs::ISO_2022_JP {
            return None;
        }
        let named = [
            Encoding::Utf8,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
            Encoding::Gbk,
            Encoding::Gb18030,
            Encoding::Big5,
        ];
        let named = named
            .into_iter()
            .find(|encoding| encoding.implementation() == Some(found));
        Some(named.unwrap_or(Encoding::Other(found)))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no encoding's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown encoding {0:?}; use {known}, or another label of the WHATWG Encoding Standard", known = Self::KNOWN)]
pub struct UnknownEncoding(String);

impl UnknownEncoding {
    /// The names of encodings that Chinese text is often in.
    pub const KNOWN: &str =
        "utf-8, gbk, gb18030, big5, utf-16le, utf-16be, utf-32le, utf-32be, hz, utf-7";

    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Reads a label of the WHATWG Encoding Standard, in any case, or one of `cp936`, `cp950`, `big5hkscs`,
    /// `utf-32le`, `utf-32be`, `hz`, `hz-gb-2312`, `utf-7`.
    ///
    /// # Errors
    /// Any other name.
    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        match name.to_ascii_lowercase().as_str() {
            "cp936" => Ok(Encoding::Gbk),
            "cp950" | "big5hkscs" => Ok(Encoding::Big5),
            "utf-32" | "utf32" | "utf-32le" | "utf32le" => Ok(Encoding::Utf32Le),
            "utf-32be" | "utf32be" => Ok(Encoding::Utf32Be),
            "hz" | "hz-gb-2312" => Ok(Encoding::Hz),
            "utf-7" | "utf7" => Ok(Encoding::Utf7),
            label => Encoding::for_label(label.as_bytes()).ok_or(UnknownEncoding(name.to_owned())),
        }
    }
}

#[cfg(feature = "serde")]
crate::serde_by_name!(Encoding);
