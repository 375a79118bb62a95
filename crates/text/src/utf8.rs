//! How UTF-8 writes code points with three bytes, as nearly all of Chinese text is.

/// For any two bytes (the first one lowest): what must be added to the byte behind them for the code point. For those
/// that do not begin a character of three bytes it leads, whatever the third byte, to one below U+0800.
pub static ROWS: [u16; 0x1_0000] = rows();

const fn rows() -> [u16; 0x1_0000] {
    let mut rows = [0x180; 0x1_0000];
    let mut row = 0x800 >> 6;
    while row < 0x1_0000 >> 6 {
        let (first, second) = (0xE0 | row >> 6, 0x80 | row & 0x3F);
        // The third byte begins at 0x80.
        rows[first | second << 8] = ((row << 6) - 0x80) as u16;
        row += 1;
    }
    rows
}
