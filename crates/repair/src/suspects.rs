//! Which parts of a text can hold damage at all: a quick look that lets clean text pass.

use crate::look::Look;
use crate::rules::{LOOKS, is_suspect};
use jianti_text::scan::{Bytes, EMPTY, Nibbles, Positions, Shufti, nibbles};

/// Walks through a text from one place to the next where damage may be.
pub struct Suspects<'a> {
    text: &'a [u8],
    places: Positions<'a>,
}

impl<'a> Suspects<'a> {
    /// Stands at the text's beginning.
    pub fn new(text: &'a str) -> Suspects<'a> {
        Suspects {
            text: text.as_bytes(),
            places: Positions::new(text, |text, from, masks| {
                SUSPICIOUS.look(text, from, masks);
            }),
        }
    }

    /// The first byte from `from` on where damage may be.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        let mut place = self.places.next(from)?;
        while !(may_begin(self.text, place) && is_suspect(self.text, place)) {
            place = self.places.next(place + 1)?;
        }
        Some(place)
    }
}

static SUSPICIOUS: Shufti = {
    let (beside, packed) = pack(LOOKS);
    Shufti::from_nibbles(&packed, beside)
};

/// A bit for each pair of bytes that some rule's class begins with: what the vector look finds beyond these is soon told.
static BEGINNINGS: [u64; 1 << 10] = beginnings(LOOKS);

const fn beginnings(looks: &[Look]) -> [u64; 1 << 10] {
    let mut bits = [0; 1 << 10];
    let mut look = 0;
    while look < looks.len() {
        let mut class = 0;
        while class < looks[look].classes.len() {
            let [first, second, _] = looks[look].classes[class];
            let mut a = 0;
            while a < 256 {
                let mut b = 0;
                while b < 256 && is_among(first, a) {
                    if is_among(second, b) {
                        let pair = a << 8 | b;
                        bits[pair / 64] |= 1 << (pair % 64);
                    }
                    b += 1;
                }
                a += 1;
            }
            class += 1;
        }
        look += 1;
    }
    bits
}

const fn is_among(bytes: Bytes, byte: usize) -> bool {
    let mut range = 0;
    while range < bytes.len() {
        if bytes[range].0 as usize <= byte && byte <= bytes[range].1 as usize {
            return true;
        }
        range += 1;
    }
    false
}

/// Whether some rule's class begins with the two bytes here.
#[inline]
fn may_begin(text: &[u8], at: usize) -> bool {
    let second = text.get(at + 1).copied().unwrap_or(0);
    let pair = usize::from(text[at]) << 8 | usize::from(second);
    BEGINNINGS[pair / 64] >> (pair % 64) & 1 == 1
}

/// How many classes of all rules there may be.
const MOST: usize = 32;

/// All rules' classes in eight: those whose union admits the fewest other bytes go together, as what is found is looked
/// at more closely anyway. The first ones, whose number is returned, count only beside a byte beyond ASCII.
const fn pack(looks: &[Look]) -> (u32, [Nibbles; 8]) {
    let mut classes = [EMPTY; MOST];
    let (mut count, mut beside) = (0, 0);
    let mut pass = 0;
    while pass < 2 {
        let mut look = 0;
        while look < looks.len() {
            let mut class = 0;
            while class < looks[look].classes.len() && looks[look].beside == (pass == 0) {
                classes[count] = nibbles(looks[look].classes[class]);
                count += 1;
                class += 1;
            }
            look += 1;
        }
        if pass == 0 {
            beside = count;
        }
        pass += 1;
    }
    while count > 8 {
        let (mut best, mut pair) = (u64::MAX, (0, 0));
        let mut first = beside;
        while first < count {
            let mut second = first + 1;
            while second < count {
                let (a, b) = (classes[first], classes[second]);
                let more = (weight(union(a, b)) + 1).saturating_sub(weight(a) + weight(b));
                if more < best {
                    (best, pair) = (more, (first, second));
                }
                second += 1;
            }
            first += 1;
        }
        classes[pair.0] = union(classes[pair.0], classes[pair.1]);
        count -= 1;
        classes[pair.1] = classes[count];
        classes[count] = EMPTY;
    }
    let mut packed = [EMPTY; 8];
    let mut class = 0;
    while class < 8 {
        packed[class] = classes[class];
        class += 1;
    }
    (beside as u32, packed)
}

const fn union(a: Nibbles, b: Nibbles) -> Nibbles {
    let mut both = a;
    let mut place = 0;
    while place < 3 {
        both[place].0 |= b[place].0;
        both[place].1 |= b[place].1;
        place += 1;
    }
    both
}

/// How often a class is found in Chinese text, more or less: E4 to E9 begin most characters there, E3 and EF the marks.
const fn weight(class: Nibbles) -> u64 {
    let (lower, upper) = class[0];
    let bytes = (lower.count_ones() * upper.count_ones()) as u64;
    let common = match upper & 1 << 0xE {
        0 => 0,
        _ => 60 * (lower & 0x03F0).count_ones() + 30 * (lower & 0x8008).count_ones(),
    };
    let mut weight = bytes + common as u64;
    let mut place = 1;
    while place < 3 {
        let (lower, upper) = class[place];
        weight *= (lower.count_ones() * upper.count_ones()) as u64;
        place += 1;
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suspect_is_found() {
        let pieces = [
            "中",
            "〇",
            "?",
            "!",
            "，",
            "？",
            "(",
            "(huì)",
            "a",
            "n(",
            "&amp;",
            "Ã¥",
            "\u{AD}",
            "\u{200B}",
            "\u{2060}",
            "⽂",
            "\u{E000}",
            "\u{F8FF}",
            "\u{F900}",
            "\u{FAFF}",
            "\u{FEFF}",
            "\u{FFFD}",
            "銆",
            "锛",
            "鐨",
            "涓",
            "\u{2F801}",
            "x",
            " ",
            "\n",
        ];
        let mut random = fastrand::Rng::with_seed(11);
        let mut all = 0;
        for _ in 0..2_000 {
            let length = random.usize(..60);
            let text: String = (0..length)
                .map(|_| pieces[random.usize(..pieces.len())])
                .collect();
            let expected: Vec<usize> = (0..text.len())
                .filter(|at| is_suspect(text.as_bytes(), *at))
                .collect();
            let mut suspects = Suspects::new(&text);
            let (mut found, mut from) = (Vec::new(), 0);
            while let Some(at) = suspects.next(from) {
                found.push(at);
                from = at + 1;
            }
            assert_eq!(found, expected, "{text:?}");
            all += found.len();
        }
        assert!(all > 10_000);
    }
}
