//! What the compiler and the reader of the model have in common.

/// Units of cost in one natural logarithm.
pub const UNIT: u32 = 8;

/// The longest word that is looked for, characters.
pub const LONGEST_WORD: usize = 7;
pub const BUCKETS: usize = 1 << 15;

/// A word's bucket, and what tells it from the bucket's others: FNV-1a over its numbers.
#[derive(Clone, Copy)]
pub struct Hash(u64);

impl Hash {
    /// Of no character.
    pub const EMPTY: Hash = Hash(0xCBF2_9CE4_8422_2325);

    /// With one more character, by its number.
    pub fn add(self, number: u16) -> Hash {
        Hash((self.0 ^ u64::from(number)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// The bucket, and what tells it there: 24 bits.
    pub fn place(&self) -> (usize, u32) {
        let mixed = self.0 ^ self.0 >> 29;
        (mixed as usize % BUCKETS, (mixed >> 32) as u32 & 0xFF_FFFF)
    }
}

/// What stands in front of three characters among the words: the number of no character.
pub const TRIPLE: u16 = u16::MAX;

/// Where the bits for rare forms begin in a code point's number.
pub const FORM: u32 = 14;
/// What each step of rarity costs a form; natural logarithms.
pub const FORM_STEP: u32 = 2;
