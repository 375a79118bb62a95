//! Text in a document's raw form: cut into pieces, normalised as one passage, and written back in the pieces' own forms.

use std::borrow::Cow;
use std::ops::Range;

use jianti_text::chars::is_han;

use crate::escape::{Place, escape, holds_special, json_escape};
use crate::object::is_kept_out;
use crate::{TextSink, align};

/// How long a string or a cell may get that is one passage, bytes as it stands in the document; the rest of it is another.
pub(crate) const LONGEST_PASSAGE: usize = 1 << 18;

/// Where text that is too long for one passage is cut, bytes; `front` is what one may hold. Behind a line, a sentence or a
/// mark in its second half, or else between two characters; not behind ASCII, which may be part of an escape, unless that is all
/// there is: the front must end where none is cut.
pub(crate) fn passage_end(front: &str) -> usize {
    let half = front.floor_char_boundary(front.len() / 2);
    let behind = |wanted: fn(char) -> bool| {
        let (at, c) = front[half..].char_indices().rfind(|(_, c)| wanted(*c))?;
        Some(half + at + c.len_utf8())
    };
    behind(|c| c == '\n')
        .or_else(|| behind(ends_sentence))
        .or_else(|| behind(|c| !c.is_ascii() && !is_han(c)))
        .or_else(|| behind(|c| !c.is_ascii()))
        .unwrap_or(front.len())
}

/// Whether a sentence, or what is quoted, ends with this character.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '」' | '』' | '”')
}

/// How a piece of raw text stands for its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As they are.
    Literal,
    /// By a name (`&quot;`, `\\n`), or as they are though they mean something to the format (`&` alone).
    Named,
    /// By a decimal number.
    Decimal,
    /// By a hexadecimal number.
    Hexadecimal,
    /// A reference whose `&` was escaped again (`&amp;#21271;`), which repair undoes: it is shown to repair as it stands.
    Twice,
    /// By a JSON escape, `\\u982D`; whether its digits are small letters.
    Escape { lower: bool },
    /// In a way that cannot be read: no passage goes over it.
    Unknown,
}

/// A piece of raw text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    /// As it stands in the document.
    pub raw: &'t str,
    /// Its characters.
    pub text: Cow<'t, str>,
    /// How it stands for them.
    pub form: Form,
}

/// What may be markup in a paragraph of Markdown.
const MARKDOWN: &[u8] = b"\\`*_[]<>#|&~$!+-=";

impl Piece<'_> {
    /// Writes what became of the piece, in the piece's own form where that can be.
    pub fn write(&self, share: &str, place: Place, out: &mut String) {
        if share == self.text {
            out.push_str(self.raw);
            return;
        }
        match self.form {
            Form::Literal if place == Place::Markdown => {
                let mut done = 0;
                for (at, byte) in share.bytes().enumerate() {
                    // Marks that the text brings with it now are no markup. Most bytes are none, which the first look tells.
                    if byte.is_ascii_punctuation()
                        && MARKDOWN.contains(&byte)
                        && !self.text.as_bytes().contains(&byte)
                    {
                        out.push_str(&share[done..at]);
                        out.push('\\');
                        done = at;
                    }
                }
                out.push_str(&share[done..]);
            }
            Form::Literal => escape(share, place, out),
            Form::Decimal => share
                .chars()
                .for_each(|c| out.push_str(&format!("&#{};", u32::from(c)))),
            Form::Hexadecimal => {
                share
                    .chars()
                    .for_each(|c| out.push_str(&format!("&#x{:X};", u32::from(c))));
            }
            Form::Escape { lower } => share.chars().for_each(|c| json_escape(c, lower, out)),
            // Still escaped, as far as it is still a reference.
            Form::Twice => escape(&share.replace("&amp;", "&"), place, out),
            Form::Named | Form::Unknown => {
                // Neighbours may have left something here.
                let (before, behind) = match share.split_once(&*self.text) {
                    Some((before, behind)) if !self.text.is_empty() => (before, Some(behind)),
                    _ => (share, None),
                };
                escape(before, place, out);
                if let Some(behind) = behind {
                    out.push_str(self.raw);
                    escape(behind, place, out);
                }
            }
        }
    }
}

impl Piece<'_> {
    /// What became of the piece as it is written, in the piece's own form where that can be.
    fn written(&self, share: Cow<str>, place: Place) -> String {
        if self.form == Form::Literal && !holds_special(share.as_bytes(), place) {
            return share.into_owned();
        }
        let mut text = String::with_capacity(share.len());
        self.write(&share, place, &mut text);
        text
    }
}

/// Pieces where they stand.
pub(crate) type Placed<'t> = (Range<usize>, Piece<'t>, Place);

/// Places pieces one behind the other.
pub(crate) fn placed<'t>(
    start: usize,
    place: Place,
    pieces: impl IntoIterator<Item = Piece<'t>>,
) -> impl Iterator<Item = Placed<'t>> {
    pieces.into_iter().scan(start, move |at, piece| {
        let range = *at..*at + piece.raw.len();
        *at = range.end;
        Some((range, piece, place))
    })
}

/// Normalises pieces of text as one passage, or as several where one cannot be read. Appends what changes to `edits`.
pub(crate) fn convert(
    texts: &[Placed],
    passages: &mut dyn TextSink,
    edits: &mut Vec<(Range<usize>, String)>,
) {
    let mut edit = |(range, piece, place): &Placed, share: Cow<str>| {
        if share != piece.text {
            edits.push((range.clone(), piece.written(share, *place)));
        }
    };
    let mut parts = texts
        .split(|(_, piece, _)| piece.form == Form::Unknown)
        .peekable();
    while let Some(passage) = parts.next() {
        let goes_on = parts.peek().is_some();
        let text = || passage.iter().map(|(_, piece, _)| &*piece.text);
        if is_blank_or_address(text) {
            continue;
        }
        if let [placed] = passage {
            if let Cow::Owned(share) = passages.passage(&placed.1.text) {
                edit(placed, spaced(&placed.1.text, Cow::Owned(share), goes_on));
            }
            continue;
        }
        let pieces: Vec<&str> = text().collect();
        let is_apart = |at: usize| {
            let ((before, piece, place), (behind, ..)) = (&passage[at - 1], &passage[at]);
            // A mark takes the space behind it along, also before a tag; Markdown's emphasis may need it there.
            let is_taken = *place != Place::Markdown && ends_in_spaced_mark(&piece.text);
            before.end < behind.start && !is_taken
        };
        if let Some(shares) = align::passage(&pieces, passages, is_apart) {
            let shares = passage.iter().zip(shares.iter()).enumerate();
            shares.for_each(|(at, (placed, share))| {
                let is_last = at + 1 == passage.len();
                edit(placed, spaced(&placed.1.text, share, goes_on && is_last));
            });
        }
    }
}

/// What became of `text`, with the space at its end if it `goes_on` with what cannot be read.
fn spaced<'s>(text: &str, share: Cow<'s, str>, goes_on: bool) -> Cow<'s, str> {
    match goes_on && text.ends_with(' ') && !share.ends_with(' ') {
        true => share + " ",
        false => share,
    }
}

/// Whether text ends in an ASCII mark and a space.
fn ends_in_spaced_mark(text: &str) -> bool {
    let front = text.strip_suffix(' ');
    front.is_some_and(|front| front.ends_with([',', '.', ';', ':', '?', '!']))
}

/// Whether the text of these pieces is white space, what is no text, or an address and nothing else: that would not lead
/// there any more.
fn is_blank_or_address<'t, I: Iterator<Item = &'t str>>(pieces: impl Fn() -> I) -> bool {
    let mut characters = pieces().flat_map(str::chars);
    match characters.find(|c| !c.is_whitespace() && !is_kept_out(*c)) {
        None => return true,
        // As schemes begin.
        Some('h' | 'f' | 'm') => {}
        Some(_) => return false,
    }
    let text: String = pieces().collect();
    let text = text.trim();
    ["http://", "https://", "ftp://", "mailto:"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
        && !text.contains(|c: char| c.is_whitespace() || ends_address(c))
}

/// Whether an address cannot go on with this mark of Chinese text.
fn ends_address(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '：' | '；' | '、' | '「' | '」' | '《' | '》' | '（' | '）'
    )
}

/// Writes `text` with its edits, which are in order.
pub(crate) fn apply(text: &str, edits: &[(Range<usize>, String)], out: &mut String) {
    apply_from(text, 0, edits, out);
}

/// The same for text that begins at byte `start` of what the edits are counted in.
pub(crate) fn apply_from(
    text: &str,
    start: usize,
    edits: &[(Range<usize>, String)],
    out: &mut String,
) {
    let mut done = 0;
    for (range, new) in edits {
        out.push_str(&text[done..range.start - start]);
        out.push_str(new);
        done = range.end - start;
    }
    out.push_str(&text[done..]);
}

/// Normalises text without escapes, of one piece, as one passage; not Markdown, whose own text tells what is markup. Returns
/// what it becomes; `None` if nothing changes.
pub(crate) fn convert_literal(
    raw: &str,
    place: Place,
    passages: &mut dyn TextSink,
) -> Option<String> {
    if is_blank_or_address(|| std::iter::once(raw)) {
        return None;
    }
    let Cow::Owned(share) = passages.passage(raw) else {
        return None;
    };
    if !holds_special(share.as_bytes(), place) {
        return Some(share);
    }
    let mut out = String::with_capacity(share.len());
    escape(&share, place, &mut out);
    Some(out)
}

/// Normalises pieces of text that stand one behind the other as one passage. Returns what they become; `None` if nothing
/// changes.
pub(crate) fn convert_alone<'t>(
    pieces: impl IntoIterator<Item = Piece<'t>>,
    place: Place,
    passages: &mut dyn TextSink,
) -> Option<String> {
    let pieces: Vec<Piece> = pieces.into_iter().collect();
    if pieces.len() > 1 && are_written_alike(&pieces, place) {
        return convert_together(&pieces, place, passages);
    }
    let texts: Vec<_> = placed(0, place, pieces).collect();
    let mut edits = Vec::new();
    convert(&texts, passages, &mut edits);
    match (&mut *edits, &*texts) {
        ([], _) => None,
        ([(_, new)], [_]) => Some(std::mem::take(new)),
        _ => {
            let raw: String = texts.iter().map(|(_, piece, _)| piece.raw).collect();
            let mut out = String::with_capacity(raw.len());
            apply(&raw, &edits, &mut out);
            Some(out)
        }
    }
}

/// Whether each piece stands as its characters would be written, so that what they become together is written alike
/// whatever each one's share of it is.
fn are_written_alike(pieces: &[Piece], place: Place) -> bool {
    let mut written = String::new();
    let is_alike = |piece: &Piece| match piece.form {
        Form::Literal => !holds_special(piece.raw.as_bytes(), place),
        Form::Named => {
            written.clear();
            escape(&piece.text, place, &mut written);
            written == piece.raw
        }
        _ => false,
    };
    // Marks that Markdown's text brings with it are told by what each piece has.
    place != Place::Markdown && pieces.iter().all(is_alike)
}

/// [`convert_alone`] for pieces that [`are_written_alike`].
fn convert_together(pieces: &[Piece], place: Place, passages: &mut dyn TextSink) -> Option<String> {
    let texts: Vec<&str> = pieces.iter().map(|piece| &*piece.text).collect();
    if is_blank_or_address(|| texts.iter().copied()) {
        return None;
    }
    let whole = texts.concat();
    let result = align::together(&texts, &whole, passages).filter(|result| *result != whole)?;
    let mut out = String::with_capacity(result.len() + pieces.len());
    escape(&result, place, &mut out);
    Some(out)
}

/// Normalises text that stands at byte `offset` of the document: as one passage, or as several if it is too long. `front`
/// tells how much of long text one may hold, `pieces` cuts it into pieces. Returns what it becomes; `None` if nothing
/// changes.
pub(crate) fn convert_long(
    raw: &str,
    offset: u64,
    front: impl Fn(&str) -> &str,
    pieces: impl Fn(&str) -> Vec<Piece<'_>>,
    place: Place,
    passages: &mut dyn TextSink,
) -> Option<String> {
    let mut out = None;
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        let passage = match rest.len() > LONGEST_PASSAGE {
            true => &rest[..passage_end(front(rest))],
            false => rest,
        };
        passages.at(offset + at as u64);
        let new = convert_alone(pieces(passage), place, passages);
        if out.is_none() && new.is_some() {
            out = Some(raw[..at].to_owned());
        }
        if let Some(out) = &mut out {
            out.push_str(new.as_deref().unwrap_or(passage));
        }
        at += passage.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{References, pieces};

    /// Takes glosses and spaces away, and sets marks, as normalisation does.
    struct Shorter;

    impl TextSink for Shorter {
        fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
            let new = ["(huì)", "\u{FEFF}"]
                .iter()
                .fold(text.to_owned(), |text, gloss| text.replace(gloss, ""));
            let new = new
                .replace(" \"", "“")
                .replace("\" ", "”")
                .replace(", ", "，")
                .replace("...", "……");
            match new == text {
                true => Cow::Borrowed(text),
                false => Cow::Owned(new.replace('說', "说\\")),
            }
        }
    }

    #[test]
    fn what_is_written_alike_needs_no_shares() {
        let mut random = fastrand::Rng::with_seed(17);
        let parts = [
            "會(huì)",
            "說",
            "甲",
            " ",
            "\\n",
            "\\\"",
            "\\\\",
            ", ",
            "...",
            "\u{FEFF}",
            "\u{FFFC}",
            "http://a",
            "\\t",
        ];
        let mut alike = 0;
        for _ in 0..20_000 {
            let raw: String = (0..random.usize(1..9))
                .map(|_| parts[random.usize(..parts.len())])
                .collect();
            let place = Place::Json { ascii: false };
            let pieces = crate::json_tokens::pieces(&raw).expect("well-formed");
            if !are_written_alike(&pieces, place) {
                continue;
            }
            alike += 1;
            let texts: Vec<_> = placed(0, place, pieces.clone()).collect();
            let mut edits = Vec::new();
            convert(&texts, &mut Shorter, &mut edits);
            let mut by_shares = String::new();
            apply(&raw, &edits, &mut by_shares);
            let together = convert_together(&pieces, place, &mut Shorter);
            assert_eq!(together.is_some(), !edits.is_empty(), "{raw}");
            assert_eq!(together.unwrap_or(raw.clone()), by_shares, "{raw}");
        }
        assert!(alike > 5_000);
    }

    #[test]
    fn shares_are_written_in_the_form_of_their_pieces() {
        for (raw, share, place, expected) in [
            ("頭", "头", Place::Element, "头"),
            ("頭", "<&\"", Place::Element, "&lt;&amp;\""),
            (
                "頭",
                "a \"b\"",
                Place::Attribute(Some(b'"')),
                "a &quot;b&quot;",
            ),
            ("頭", "a b", Place::Attribute(None), "a&#32;b"),
            ("頭", "<&", Place::Verbatim, "<&"),
            ("&#39662;", "发", Place::Element, "&#21457;"),
            ("&#x9aee;", "发", Place::Element, "&#x53D1;"),
            ("&quot;", "“", Place::Element, "“"),
            ("&nbsp;", "甲\u{A0}乙", Place::Element, "甲&nbsp;乙"),
            ("&#xE601;", "甲\u{FFFC}乙", Place::Element, "甲&#xE601;乙"),
            ("&amp;#39662;", "髮", Place::Element, "髮"),
            (
                "&amp;#39662;",
                "甲&amp;#39662;",
                Place::Element,
                "甲&amp;#39662;",
            ),
        ] {
            let mut out = String::new();
            pieces(raw, References::Html)[0].write(share, place, &mut out);
            assert_eq!(out, expected);
        }
    }
}
