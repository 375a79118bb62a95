//! The byte order mark of a document whose format has no use for it. It goes as soon as anything else of the document
//! changes; one in which nothing does comes back byte for byte. What is ready waits until that is told.

use jianti_text::encoding::Encoding;

use crate::context::BLOCK;

/// How much of a result tells whether anything changes, bytes. Of a longer document no more can wait.
const TELLS: usize = BLOCK;

/// What is ready of a document whose mark may go, and what it comes of, without the mark: as much of that as may tell.
#[derive(Default)]
pub(crate) struct Held {
    input: Vec<u8>,
    output: Vec<u8>,
}

impl Held {
    /// Takes the next of the document and of what is ready, and returns all that is ready once the mark's fate is told: with
    /// the mark if that stays.
    pub fn push(&mut self, input: &[u8], output: &[u8], last: bool) -> Option<Vec<u8>> {
        // One byte more shows that a shorter result is not all of it. Formats that are read whole may have it all wait.
        let room = (TELLS + 1).saturating_sub(self.input.len());
        self.input.extend(&input[..input.len().min(room)]);
        self.output.extend(output);
        stays(&self.input, &self.output, last).map(|stays| {
            let mark = if stays { Encoding::Utf8.mark() } else { b"" };
            [mark, &self.output].concat()
        })
    }
}

/// Whether the mark stays of a document whose front, without it, becomes `output`; `None` if that is not told yet.
pub(crate) fn stays(input: &[u8], output: &[u8], last: bool) -> Option<bool> {
    let told = &output[..output.len().min(TELLS)];
    if !input.starts_with(told) {
        return Some(false);
    }
    match (told.len() == TELLS, last) {
        (true, _) => Some(true),
        (false, true) => Some(input.len() == output.len()),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_goes_with_the_first_change_and_stays_without_one() {
        let long = vec![b'a'; TELLS + 5];
        let other = [&long[..TELLS], b"b"].concat();
        for (input, output, last, expected) in [
            (&b"abc"[..], &b"abc"[..], true, Some(true)),
            (b"abc", b"abc", false, None),
            (b"abc", b"", false, None),
            (b"abc", b"abd", false, Some(false)),
            (b"abc", b"ab", true, Some(false)),
            (b"abc", b"abcd", true, Some(false)),
            // However the document comes in, its beginning tells.
            (&long, &long, false, Some(true)),
            (&long, &other, true, Some(true)),
        ] {
            assert_eq!(stays(input, output, last), expected);
        }
        let mut held = Held::default();
        assert_eq!(held.push(b"ab", b"a", false), None);
        assert_eq!(held.push(b"c", b"bc", true), Some("\u{FEFF}abc".into()));
        // What came first is enough of a long document.
        let mut held = Held::default();
        assert_eq!(held.push(&long, b"", false), None);
        assert_eq!(held.push(&long, b"", false), None);
        assert_eq!(held.input.len(), TELLS + 1);
        assert_eq!(held.push(b"", b"aaa", true), Some(b"aaa".to_vec()));
    }
}
