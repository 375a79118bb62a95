//! UTF-32: four bytes a character.

use super::step::Step;

/// Reads UTF-32.
#[derive(Debug)]
pub(super) struct Reader {
    unit: fn([u8; 4]) -> u32,
    /// The front of a character whose other bytes have not come.
    front: Vec<u8>,
}

impl Reader {
    /// With what makes a number of four bytes.
    pub fn new(unit: fn([u8; 4]) -> u32) -> Reader {
        Reader {
            unit,
            front: Vec::new(),
        }
    }

    /// As [`super::own::Reader::read`].
    pub fn read(&mut self, bytes: &[u8], last: bool, text: &mut String) -> (Step, usize) {
        for (at, byte) in bytes.iter().enumerate() {
            self.front.push(*byte);
            let Ok(unit) = <[u8; 4]>::try_from(&self.front[..]) else {
                continue;
            };
            self.front.clear();
            match char::from_u32((self.unit)(unit)) {
                Some(c) => text.push(c),
                None => return (Step::Malformed(4), at + 1),
            }
        }
        let cut = match last {
            true => std::mem::take(&mut self.front).len(),
            false => 0,
        };
        match cut {
            0 => (Step::Empty, bytes.len()),
            cut => (Step::Malformed(cut as u8), bytes.len()),
        }
    }
}
