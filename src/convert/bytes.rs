//! Tables as bytes: borrowed from the program where they are embedded, owned where they are made at run time.

use std::borrow::Cow;

/// A table's bytes.
pub type Bytes = Cow<'static, [u8]>;

/// The little-endian number at this byte offset.
pub fn u32_at(bytes: &[u8], offset: usize) -> u32 {
    u32::from_le_bytes(bytes[offset..offset + 4].try_into().expect("four bytes"))
}

/// Appends a table to a block: its length in bytes (`u32`), then its bytes.
#[allow(dead_code)] // build.rs writes, the library reads
pub fn write(block: &mut Vec<u8>, table: &[u8]) {
    block.extend((table.len() as u32).to_le_bytes());
    block.extend(table);
}

/// Reads a table off the front of a block.
pub fn read(block: &mut &'static [u8]) -> Bytes {
    let length = u32_at(block, 0) as usize;
    let (table, rest) = block[4..].split_at(length);
    *block = rest;
    Cow::Borrowed(table)
}

/// The position of `key` among fixed-size records sorted by their leading `u32`.
pub fn search(records: &[u8], size: usize, key: u32) -> Option<usize> {
    let (mut low, mut high) = (0, records.len() / size);
    while low < high {
        let middle = (low + high) / 2;
        match u32_at(records, middle * size).cmp(&key) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}
