//! Which parts of a text can hold damage at all: a quick look that lets clean text pass.

use crate::look::Look;
use crate::rules::{LOOKS, Rules, suspecting};
use jianti_text::scan::{
    BLOCK, Bytes, EMPTY, Positions, STRETCH, Shufti, Sixes, by_nibbles, sixes,
};

/// Walks through a text from one place to the next where damage may be.
pub struct Suspects<'a> {
    text: &'a [u8],
    places: Positions<'a>,
    /// Whether every place beyond ASCII may be mojibake.
    is_garbled: bool,
}

impl<'a> Suspects<'a> {
    /// Stands at the text's beginning.
    pub fn new(text: &'a str) -> Suspects<'a> {
        Suspects {
            text: text.as_bytes(),
            places: Positions::new(text, |text, from, masks| {
                SUSPICIOUS.look(text, from, masks);
                keep_classes(text, from, masks);
            }),
            is_garbled: false,
        }
    }

    /// The same in a page that was read in another encoding.
    pub fn of_garbled(text: &'a str) -> Suspects<'a> {
        Suspects {
            is_garbled: true,
            ..Suspects::new(text)
        }
    }

    /// The first byte from `from` on where damage may be, and the rules that suspect it there.
    pub fn next(&mut self, from: usize) -> Option<(usize, Rules)> {
        if self.is_garbled {
            return (from..self.text.len()).find_map(|at| {
                let rules = match self.text[at].is_ascii() {
                    true => suspecting(self.text, at),
                    false => suspecting(self.text, at).with(Rules::WITHOUT_SIGNS),
                };
                (!rules.is_empty()).then_some((at, rules))
            });
        }
        let mut place = self.places.next(from)?;
        loop {
            let rules = suspecting(self.text, place);
            if !rules.is_empty() {
                return Some((place, rules));
            }
            place = self.places.next(place + 1)?;
        }
    }
}

#[expect(
    long_running_const_eval,
    reason = "all pairs of classes are compared, once, by the compiler"
)]
static SUSPICIOUS: Shufti = {
    let (beside, fine) = pack(LOOKS, false);
    let (_, coarse) = pack(LOOKS, true);
    Shufti::packed(&fine, &coarse, beside)
};

/// A bit for each rule's class, by the byte at each of its three places: what the vector look finds beyond these classes is
/// soon told.
static CLASSES: [[u32; 256]; 3] = classes(LOOKS);

const fn classes(looks: &[Look]) -> [[u32; 256]; 3] {
    let mut bits = [[0; 256]; 3];
    let (mut look, mut bit) = (0, 0);
    while look < looks.len() {
        let mut class = 0;
        while class < looks[look].classes.len() {
            let mut at = 0;
            while at < 3 * 256 {
                let (place, byte) = (at / 256, at % 256);
                if is_among(looks[look].classes[class][place], byte) {
                    bits[place][byte] |= 1 << bit;
                }
                at += 1;
            }
            class += 1;
            bit += 1;
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

/// Clears the bits of places that are of no rule's class; the first one's block begins at `from`.
fn keep_classes(text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
    for (mask, start) in masks.iter_mut().zip((from..text.len()).step_by(BLOCK)) {
        let mut left = *mask;
        while left != 0 {
            let bit = left & left.wrapping_neg();
            if !is_in_class(text, start + left.trailing_zeros() as usize) {
                *mask ^= bit;
            }
            left ^= bit;
        }
    }
}

/// Whether the three bytes here are of some rule's class; zeros stand behind the text.
#[inline]
fn is_in_class(text: &[u8], at: usize) -> bool {
    let bits = |place: usize| {
        let byte = text.get(at + place).copied().unwrap_or(0);
        CLASSES[place][usize::from(byte)]
    };
    bits(0) & bits(1) & bits(2) != 0
}

/// How many classes of all rules there may be.
const MOST: usize = 32;

/// All rules' classes in eight: those whose union admits the fewest other bytes go together, as what is found is looked
/// at more closely anyway. The first ones, whose number is returned, count only beside a byte beyond ASCII. `coarse` says
/// that tables of nibbles will have them.
const fn pack(looks: &[Look], coarse: bool) -> (u32, [Sixes; 8]) {
    let mut classes = [EMPTY; MOST];
    let (mut count, mut beside) = (0, 0);
    let mut pass = 0;
    while pass < 2 {
        let mut look = 0;
        while look < looks.len() {
            let mut class = 0;
            while class < looks[look].classes.len() && looks[look].beside == (pass == 0) {
                let bits = sixes(looks[look].classes[class]);
                classes[count] = if coarse { by_nibbles(bits) } else { bits };
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
    let mut passes = [[[0; 2]; 6]; MOST];
    let mut weights = [0; MOST];
    let mut class = 0;
    while class < count {
        passes[class] = passing(classes[class]);
        weights[class] = weight(classes[class], passes[class]);
        class += 1;
    }
    while count > 8 {
        let (mut best, mut pair) = (u64::MAX, (0, 0));
        let mut first = beside;
        while first < count {
            let mut second = first + 1;
            while second < count {
                let both = union(classes[first], classes[second]);
                let both = weight(both, either(passes[first], passes[second]));
                let more = (both + 1).saturating_sub(weights[first] + weights[second]);
                if more < best {
                    (best, pair) = (more, (first, second));
                }
                second += 1;
            }
            first += 1;
        }
        let (first, second) = pair;
        classes[first] = union(classes[first], classes[second]);
        passes[first] = either(passes[first], passes[second]);
        weights[first] = weight(classes[first], passes[first]);
        count -= 1;
        classes[second] = classes[count];
        passes[second] = passes[count];
        weights[second] = weights[count];
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

const fn union(a: Sixes, b: Sixes) -> Sixes {
    let mut both = a;
    let mut place = 0;
    while place < 3 {
        both[place].0 |= b[place].0;
        both[place].1 |= b[place].1;
        place += 1;
    }
    both
}

const fn either(a: Passing, b: Passing) -> Passing {
    let mut either = a;
    let mut at = 0;
    while at < 6 {
        either[at][0] |= b[at][0];
        either[at][1] |= b[at][1];
        at += 1;
    }
    either
}

/// What text is mostly made of, in groups, and how often each of a group is met, more or less: of a thousand characters
/// of a newspaper in either script and of manuals. All of three bytes.
const COMMON: &[(&str, u64)] = &[
    ("，的。", 80),
    ("一、是不在了有中人和大", 20),
    (
        "年上我以要国國到出行“”地用作本個这這新家工多生日文可部民成下为為就定全方者也好他会會市能時时来來０１２３５９",
        8,
    ),
    (
        "得当後彈弹引张張很店度应康建开弟心必志思性形影怎情從从往待律徐强庭库库座 th in co is to an of fo re de st 00 20. 3",
        4,
    ),
    (
        "─件字个式如│使表果選指令名入示所或：之列格前位数命檔案面目值其自此分同子程元《》取小它設置而主對資理項相存于他將制回对数被最版都手系些於重\
         ）（包提符加看器更接比还后过法動由服按合通天意標选第序高月外书配发间设物但開事料向进只等關们明然任您项你化；何参常正解已将輸┼立动那例",
        2,
    ),
];

/// A bit for each of [`COMMON`], by whose lower or upper six bits at a place a class lets it pass.
type Passing = [[u128; 2]; 6];

/// What a class lets pass at each place.
const fn passing(class: Sixes) -> Passing {
    let mut passing = [[0; 2]; 6];
    let (mut group, mut number) = (0, 0);
    while group < COMMON.len() {
        let bytes = COMMON[group].0.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let place = at % 3;
            let (lower, upper) = class[place];
            let (half, bit) = (number / 128, number % 128);
            passing[2 * place][half] |= ((lower >> (bytes[at] & 0x3F) & 1) as u128) << bit;
            passing[2 * place + 1][half] |= ((upper >> (bytes[at] >> 2) & 1) as u128) << bit;
            at += 1;
            if at.is_multiple_of(3) {
                number += 1;
            }
        }
        group += 1;
    }
    passing
}

/// How often a class is found in text, more or less; beside that, how many sequences of bytes it allows.
const fn weight(class: Sixes, passing: Passing) -> u64 {
    let [a, b, c, d, e, f] = passing;
    let mut weight = 0;
    let (mut group, mut number) = (0, 0);
    while group < COMMON.len() {
        let end = number + COMMON[group].0.len() / 3;
        while number < end {
            let (half, bit) = (number / 128, number % 128);
            let found = a[half] & b[half] & c[half] & d[half] & e[half] & f[half];
            weight += COMMON[group].1 * (found >> bit & 1) as u64;
            number += 1;
        }
        group += 1;
    }
    let mut sequences = 1;
    let mut place = 0;
    while place < 3 {
        let (lower, upper) = class[place];
        sequences *= (lower.count_ones() * upper.count_ones()) as u64;
        place += 1;
    }
    (weight << 32) + sequences
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
            "。",
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
            let expected: Vec<(usize, Rules)> = (0..text.len())
                .map(|at| (at, suspecting(text.as_bytes(), at)))
                .filter(|(_, rules)| !rules.is_empty())
                .collect();
            let mut suspects = Suspects::new(&text);
            let (mut found, mut from) = (Vec::new(), 0);
            while let Some((at, rules)) = suspects.next(from) {
                found.push((at, rules));
                from = at + 1;
            }
            assert_eq!(found, expected, "{text:?}");
            all += found.len();
        }
        assert!(all > 10_000);
    }
}
