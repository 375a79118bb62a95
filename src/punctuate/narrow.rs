//! Full-width letters and digits become ASCII, but where they are spoken of.

use std::borrow::Cow;

use super::keyed;
use jianti_text::look;
use jianti_text::scan::Positions;

/// Text with letters and digits in their ASCII form; borrowed if it has no others.
pub fn narrowed(text: &str) -> Cow<'_, str> {
    let mut places = Positions::new(text, look_for_wide);
    let mut found = places.next(0);
    if found.is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    while let Some(at) = found {
        if keyed::is_row_at(text, at) {
            found = places.next(at + 1);
            continue;
        }
        out.push_str(&text[done..at]);
        done = at;
        while let Some(&[a, b, c]) = text.as_bytes()[done..].first_chunk()
            && is_wide(0, a, b, c, 0, 0)
        {
            // U+FF10 to U+FF3A (EF BC 90 to BA) and U+FF41 to U+FF5A (EF BD 81 to 9A).
            out.push(char::from(c - if b == 0xBC { 0x60 } else { 0x20 }));
            done += 3;
        }
        found = places.next(done);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

look!(look_for_wide, is_wide);

#[inline(always)]
pub fn is_wide(_before: u8, a: u8, b: u8, c: u8, _d: u8, _e: u8) -> bool {
    let upper = (c.wrapping_sub(0x90) < 10) | (c.wrapping_sub(0xA1) < 26);
    let lower = c.wrapping_sub(0x81) < 26;
    (a == 0xEF) & ((b == 0xBC) & upper | (b == 0xBD) & lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_only() {
        for code in 0xFF00..=0xFFEE {
            let c = char::from_u32(code).expect("no surrogate");
            let text = format!("全{c}角");
            let ascii = char::from_u32(code - 0xFEE0).filter(char::is_ascii_alphanumeric);
            let expected = format!("全{}角", ascii.unwrap_or(c));
            assert_eq!(narrowed(&text), expected);
        }
        assert_eq!(narrowed("共６頁\ne ６\nＡ４"), "共6頁\ne ６\nA4");
    }
}
