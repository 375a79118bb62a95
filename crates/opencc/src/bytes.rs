//! Tables as bytes: borrowed from the program where they are embedded, owned where they are made at run time.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A table's bytes.
pub type Bytes = Cow<'static, [u8]>;

/// The little-endian number at this byte offset.
///
/// # Panics
/// Fewer than four bytes follow.
#[inline(always)]
pub fn u32_at(bytes: &[u8], offset: usize) -> u32 {
    u32::from_le_bytes(bytes[offset..offset + 4].try_into().expect("four bytes"))
}

/// The same of two bytes.
///
/// # Panics
/// Fewer than two bytes follow.
#[inline(always)]
pub fn u16_at(bytes: &[u8], offset: usize) -> u16 {
    u16::from_le_bytes(bytes[offset..offset + 2].try_into().expect("two bytes"))
}

/// Tables that are embedded in the program; equal ones are one.
#[derive(Default, Debug)]
pub struct Pool {
    /// The tables, one behind the other.
    pub bytes: Vec<u8>,
    at: BTreeMap<Vec<u8>, u32>,
}

impl Pool {
    /// Puts a table into the pool, and where it lies at the end of `list`: offset and length in bytes (`u32` each).
    pub fn put(&mut self, table: &[u8], list: &mut Vec<u8>) {
        let at = *self.at.entry(table.to_owned()).or_insert_with(|| {
            // A table begins with a cache line.
            self.bytes.resize(self.bytes.len().next_multiple_of(64), 0);
            self.bytes.extend(table);
            (self.bytes.len() - table.len()) as u32
        });
        list.extend(at.to_le_bytes());
        list.extend((table.len() as u32).to_le_bytes());
    }
}

/// Tables in a pool that are read one after the other.
#[derive(Debug)]
pub struct Reader {
    /// The pool's bytes.
    pub pool: &'static [u8],
    /// Where they lie in it.
    pub list: &'static [u8],
}

impl Reader {
    /// The next table.
    ///
    /// # Panics
    /// The list ends here.
    pub fn table(&mut self) -> Bytes {
        let (start, length) = (u32_at(self.list, 0) as usize, u32_at(self.list, 4) as usize);
        self.list = &self.list[8..];
        Cow::Borrowed(&self.pool[start..start + length])
    }
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
