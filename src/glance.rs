//! A first look at lines, for what few of them have: one pass over the text instead of one for each stage that would look
//! for it.

use jianti_text::look;
use jianti_text::scan::Positions;

use crate::masked::may_show_span;
use crate::punctuate::narrow::is_wide;
use crate::punctuate::spaces::may_be_spaced;

/// What lines may have; what is `false` they have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    /// What is to be masked.
    pub spans: bool,
    /// A scraper's spaces.
    pub spaces: bool,
    /// Letters and digits that are full-width.
    pub wide: bool,
}

impl Glance {
    /// Of lines that were not looked at.
    pub const ANY: Glance = Glance {
        spans: true,
        spaces: true,
        wide: true,
    };

    /// Looks at lines.
    pub fn at(lines: &str) -> Glance {
        let mut found = Glance {
            spans: false,
            spaces: false,
            wide: false,
        };
        let bytes = lines.as_bytes();
        let mut places = Positions::new(lines, look_for_any);
        let mut from = 0;
        while found != Glance::ANY
            && let Some(at) = places.next(from)
        {
            from = at + 1;
            let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
            let before = at.checked_sub(1).map_or(0, byte);
            let (a, b, c) = (byte(at), byte(at + 1), byte(at + 2));
            let (d, e) = (byte(at + 3), byte(at + 4));
            found.spans |= may_show_span(before, a, b, c, d, e);
            found.spaces |= may_be_spaced(before, a, b, c, d, e);
            found.wide |= is_wide(before, a, b, c, d, e);
        }
        found
    }
}

look!(look_for_any, may_be_any);

#[inline(always)]
fn may_be_any(before: u8, a: u8, b: u8, c: u8, d: u8, e: u8) -> bool {
    may_show_span(before, a, b, c, d, e)
        | may_be_spaced(before, a, b, c, d, e)
        | is_wide(before, a, b, c, d, e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_seen_wherever_it_stands() {
        for pad in 0..140 {
            let pad = "中".repeat(pad / 3) + &"x".repeat(pad % 3);
            for (text, spans, spaces, wide) in [
                ("中文。", false, false, false),
                ("見/路徑", true, false, false),
                ("老 书 店", false, true, false),
                ("第１章", false, false, true),
                ("の 书 Ａ", true, true, true),
            ] {
                let expected = Glance {
                    spans,
                    spaces,
                    wide,
                };
                assert_eq!(Glance::at(&format!("{pad}{text}")), expected, "{text}");
            }
        }
    }
}
