//! A look at lines, for what few of them have: one pass over the text instead of one for each stage that would look for
//! it.

use jianti_text::look;
use jianti_text::scan::Positions;

use crate::punctuate::narrow::is_wide;
use crate::punctuate::spaces::{may_be_on_spaced_line, may_be_spaced};

/// What lines may have; what is `false` they have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    /// A scraper's spaces.
    pub spaces: bool,
    /// Letters and digits that are full-width.
    pub wide: bool,
}

impl Glance {
    /// Of lines in which nothing was seen yet.
    pub const NONE: Glance = Glance {
        spaces: false,
        wide: false,
    };

    /// Of lines that were not looked at.
    pub const ANY: Glance = Glance {
        spaces: true,
        wide: true,
    };

    /// The places that have to be seen. What was seen once is not looked for again: a text may be full of it.
    pub fn places(self, lines: &str) -> Positions<'_> {
        Positions::new(
            lines,
            match self {
                Glance::ANY => look_for_spans,
                Glance { wide: true, .. } => look_for_spans_and_spaces,
                _ => look_for_any,
            },
        )
    }

    /// Sees a place; returns whether a span may show there that is masked.
    #[inline]
    pub fn see(&mut self, lines: &str, at: usize) -> bool {
        let byte = |at: usize| lines.as_bytes().get(at).copied().unwrap_or(0);
        let before = at.checked_sub(1).map_or(0, byte);
        let (a, b, c) = (byte(at), byte(at + 1), byte(at + 2));
        if self.wide && (a, b) == (0xEF, 0xBC) {
            // Another full-width sign, of which there may be many: it is a part of nothing else.
            return false;
        }
        let (d, e) = (byte(at + 3), byte(at + 4));
        self.spaces =
            self.spaces || may_be_spaced(before, a, b, c, d, e) && may_be_on_spaced_line(lines, at);
        self.wide = self.wide || is_wide(before, a, b, c, d, e);
        may_show_span(before, a, b, c, d, e)
    }
}

look!(look_for_spans, may_show_span);
look!(look_for_spans_and_spaces, may_be_span_or_space);
look!(look_for_any, may_be_any);

#[inline(always)]
fn may_be_span_or_space(before: u8, a: u8, b: u8, c: u8, d: u8, e: u8) -> bool {
    may_show_span(before, a, b, c, d, e) | may_be_spaced(before, a, b, c, d, e)
}

#[inline(always)]
fn may_be_any(before: u8, a: u8, b: u8, c: u8, d: u8, e: u8) -> bool {
    may_be_span_or_space(before, a, b, c, d, e) | is_wide(before, a, b, c, d, e)
}

/// What shows that a line may have a span: a separator of an address or path beside a byte beyond ASCII, the beginning of
/// one or of a placeholder, the value of an attribute, kana, hangul, or the mask itself.
#[inline(always)]
fn may_show_span(before: u8, a: u8, b: u8, _c: u8, _d: u8, _e: u8) -> bool {
    // / and ? differ in one bit.
    let scheme = (a == b':') & (((b & !0x10) == b'/') | (b == b'\\'));
    // A path does not begin at 中\ alone.
    let separator = ((a == b'/') | (a == b'@')) & (before >= 0x80);
    let before_wide = ((a == b'/') | (a == b'\\') | (a == b'@')) & (b >= 0x80);
    let separator = scheme | separator | before_wide;
    let placeholder = ((a == b'{') & ((b == b'{') | (b == b'%'))) | (a == b'$') & (b == b'{');
    let link = (a == b'[') & (b == b'[') & (before == b'!');
    // href="首頁"
    let value = (a == b'=') & ((b == b'"') | (b == b'\''));
    let kana = (a == 0xE3) & (b.wrapping_sub(0x81) < 3);
    // 說明.md, 報表_2024.xlsx
    let name = (before >= 0x80) | before.is_ascii_digit();
    let name = name & (a == b'.') & b.is_ascii_alphabetic();
    let wide = (a == 0xEF) & (b.wrapping_sub(0xBD) < 2) | (a == 0xEF) & (b == 0xB7);
    separator | placeholder | link | value | name | kana | wide | (a.wrapping_sub(0xEA) < 4)
}
