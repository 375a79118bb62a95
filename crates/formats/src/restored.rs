//! Text in several pieces that was read in another encoding: where the pieces end once it is repaired. The bytes tell it, of
//! which there are as many before as after; the characters do not.

use std::borrow::Cow;
use std::ops::Range;

use crate::TextSink;
use crate::object::is_kept_out;

/// Repairs `whole`, before anything else is done to it; `None` if nothing changes.
pub(crate) fn restored(whole: &str, passages: &mut dyn TextSink) -> Option<String> {
    let Cow::Owned(repaired) = passages.repair(whole) else {
        return None;
    };
    let objects = |text: &str| text.chars().filter(|c| is_kept_out(*c)).count();
    (objects(whole) == objects(&repaired)).then_some(repaired)
}

/// Where each piece's share stands in `repaired`, which `whole` was restored to that they are put together, bytes; `None` if that was
/// not read in another encoding.
pub(crate) fn shares_by_bytes(
    pieces: &[&str],
    whole: &str,
    repaired: &str,
) -> Option<Vec<Range<usize>>> {
    let mut misreadings = MISREADINGS.iter();
    misreadings.find_map(|misreading| misreading.shares(pieces, whole, repaired))
}

/// How many bytes a character has in an encoding.
type Width = fn(char) -> usize;

/// The encoding that bytes were read in, and the one that they are in.
struct Misreading {
    read: Width,
    written: Width,
}

const MISREADINGS: [Misreading; 4] = [
    Misreading::new(double, char::len_utf8),
    Misreading::new(single, char::len_utf8),
    Misreading::new(single, double),
    Misreading::new(double, double),
];

/// Windows-1252 and its kin.
fn single(_: char) -> usize {
    1
}

/// GBK, Big5, EUC-KR and Shift_JIS: what is one byte there is ASCII, €, a control character or a narrow katakana.
fn double(c: char) -> usize {
    match c {
        '\0'..='\u{9F}' | '€' | '\u{FF61}'..='\u{FF9F}' => 1,
        _ => 2,
    }
}

impl Misreading {
    const fn new(read: Width, written: Width) -> Misreading {
        Misreading { read, written }
    }

    /// Where each piece's share stands in `new`, which `old` was repaired to; `None` if it was not read so, or a piece ends
    /// within a character.
    fn shares(&self, pieces: &[&str], old: &str, new: &str) -> Option<Vec<Range<usize>>> {
        let mut meetings = self.meetings(old, new)?.into_iter();
        let (mut cut, mut from) = (0, 0);
        let range = |piece: &&str| {
            cut += piece.len();
            let (_, to) = match cut {
                0 => (0, 0),
                _ if piece.is_empty() => (cut, from),
                _ => meetings
                    .find(|(old, _)| *old >= cut)
                    .filter(|(old, _)| *old == cut)?,
            };
            let range = from..to;
            from = to;
            Some(range)
        };
        pieces.iter().map(range).collect()
    }

    /// The places of both texts where as many bytes of the page are behind, in order; bytes. `None` if the texts do not end at one.
    fn meetings(&self, old: &str, new: &str) -> Option<Vec<(usize, usize)>> {
        let (mut before, mut after) = (old.chars(), new.chars());
        let mut meetings = Vec::new();
        loop {
            let (a, b) = match (before.next(), after.next()) {
                (None, None) => return Some(meetings),
                (a, b) => (a?, b?),
            };
            if a != b {
                let (mut read, mut written) = ((self.read)(a), (self.written)(b));
                while read != written {
                    match read < written {
                        true => read += (self.read)(before.next()?),
                        false => written += (self.written)(after.next()?),
                    }
                }
            }
            let behind = |whole: &str, rest: &str| whole.len() - rest.len();
            meetings.push((behind(old, before.as_str()), behind(new, after.as_str())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_where_their_bytes_end() {
        let texts = ["使用方法", "图书馆里的书籍，", "a ", "", "好的"];
        let whole = texts.concat();
        let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let read_as = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        };
        for pieces in [
            texts.map(|text| read_as(encoding_rs::GBK, text.as_bytes())),
            texts.map(|text| read_as(encoding_rs::WINDOWS_1252, text.as_bytes())),
            texts.map(|text| read_as(encoding_rs::WINDOWS_1252, &gbk(text))),
            texts.map(|text| read_as(encoding_rs::BIG5, &gbk(text))),
        ] {
            let pieces = pieces.each_ref().map(String::as_str);
            let garbled = pieces.concat();
            let ranges = shares_by_bytes(&pieces, &garbled, &whole).expect(&garbled);
            let shares: Vec<&str> = ranges.into_iter().map(|range| &whole[range]).collect();
            assert_eq!(shares, texts, "{garbled}");
        }
        let gloss = ["會", "(huì)議", "的"];
        assert_eq!(shares_by_bytes(&gloss, &gloss.concat(), "會議的"), None);
    }
}
