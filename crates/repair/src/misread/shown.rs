//! The bytes that a page shows.

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_KR, Encoding, SHIFT_JIS, WINDOWS_1252};
use jianti_text::chars::is_private_use;

use super::survivors::Shown;
use crate::gbk;

/// An encoding that shows bytes as characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    Gbk,
    /// As browsers have it.
    Big5,
    /// As Unicode's table and most programs have it: with kana elsewhere.
    Big5OfPrograms,
    /// Windows-1252, and Latin-1 where that has nothing.
    Western,
    /// ISO-8859-15: Latin-1 with eight characters of its own, [`LATIN_9`].
    Latin9,
    /// Windows-1254: Windows-1252 with six letters of Turkish, [`TURKISH`].
    Turkish,
    /// EUC-KR with the syllables that Windows has beside it.
    Korean,
    /// Shift_JIS as Windows has it.
    Japanese,
}

/// What ISO-8859-15 has in place of characters of Latin-1, with the bytes.
const LATIN_9: [(char, u8); 8] = [
    ('€', 0xA4),
    ('Š', 0xA6),
    ('š', 0xA8),
    ('Ž', 0xB4),
    ('ž', 0xB8),
    ('Œ', 0xBC),
    ('œ', 0xBD),
    ('Ÿ', 0xBE),
];

/// What Windows-1254 has in place of characters of Windows-1252, with the bytes.
const TURKISH: [(char, u8); 6] = [
    ('Ğ', 0xD0),
    ('İ', 0xDD),
    ('Ş', 0xDE),
    ('ğ', 0xF0),
    ('ı', 0xFD),
    ('ş', 0xFE),
];

impl Charset {
    /// The bytes behind the characters of a page. U+FFFD and what the encoding does not have is one byte that is not known,
    /// though it may have been several.
    pub fn bytes(self, page: &str) -> Vec<Shown> {
        let mut bytes: Vec<Shown> = Vec::with_capacity(page.len());
        let mut characters = page.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            match c {
                '€' if self == Charset::Gbk => {
                    match is_pair(&bytes, characters.peek().map(|(_, c)| *c)) {
                        true => bytes.extend([(Some(0xA2), at), (Some(0xE3), at)]),
                        false => bytes.push((Some(0x80), at)),
                    }
                }
                _ if c.is_ascii() => bytes.push((Some(c as u8), at)),
                // A dash of Chinese text: two bytes 97 are hardly anything.
                '—' if !self.drops_bytes()
                    && (page[..at].ends_with('—')
                        || characters.peek().is_some_and(|(_, next)| *next == '—')) =>
                {
                    bytes.push((None, at));
                }
                _ => match self.of(c) {
                    Some((lead, Some(trail))) => {
                        bytes.extend([(Some(lead), at), (Some(trail), at)]);
                    }
                    found => bytes.push((found.map(|(byte, _)| byte), at)),
                },
            }
        }
        bytes
    }

    /// Whether decoders of it may pass over bytes without a trace; Western ones show each.
    pub fn drops_bytes(self) -> bool {
        !matches!(self, Charset::Western | Charset::Latin9 | Charset::Turkish)
    }

    /// Whether a text may show bytes so: tables that share most characters are told apart by the others.
    pub fn may_show(self, text: &str) -> bool {
        let has = |table: &[(char, u8)]| table.iter().any(|(c, _)| text.contains(*c));
        match self {
            Charset::Western => !has(&TURKISH),
            Charset::Latin9 => has(&LATIN_9),
            Charset::Turkish => has(&TURKISH),
            _ => true,
        }
    }

    /// The byte or bytes of a character beyond ASCII.
    fn of(self, c: char) -> Option<(u8, Option<u8>)> {
        match self {
            Charset::Gbk => gbk::pair(c).map(|(lead, trail)| (lead, Some(trail))),
            Charset::Big5 | Charset::Big5OfPrograms => {
                let (lead, trail) = *BIG5_PAIRS.get(&c)?;
                match (lead, trail, c) {
                    (0xC6 | 0xC7, _, '\u{3041}'..='\u{30F6}') => match self {
                        Charset::Big5 => Some((lead, Some(trail))),
                        _ => Some(kana_of_programs(lead, trail)),
                    },
                    // Tables differ in these letters and numbers too.
                    (0xC6, 0xA1.., _) | (0xC7 | 0xC8, ..) => None,
                    _ => Some((lead, Some(trail))),
                }
            }
            Charset::Western => western_byte(c).map(|byte| (byte, None)),
            Charset::Latin9 => match own_byte(&LATIN_9, c) {
                Ok(found) => found.map(|byte| (byte, None)),
                Err(()) => matches!(c, '\u{80}'..='\u{FF}').then_some((c as u8, None)),
            },
            Charset::Turkish => match own_byte(&TURKISH, c) {
                Ok(found) => found.map(|byte| (byte, None)),
                Err(()) => western_byte(c).map(|byte| (byte, None)),
            },
            Charset::Korean => of_pair(&KOREAN_PAIRS, c),
            Charset::Japanese => match c {
                '\u{FF61}'..='\u{FF9F}' => Some(((c as u32 - 0xFEC0) as u8, None)),
                '\u{80}' => Some((0x80, None)),
                // Windows shows it for any byte that it does not know.
                '・' => None,
                _ => of_pair(&JAPANESE_PAIRS, c),
            },
        }
    }

    /// The character of a pair, of those that text has.
    pub fn character(self, lead: u8, trail: u8) -> Option<char> {
        match self {
            Charset::Gbk => gbk::character(lead, trail).filter(|c| !is_private_use(*c)),
            // What lies outside is Hong Kong's, and rare.
            Charset::Big5 if (0xA1..=0xF9).contains(&lead) => big5(lead, trail),
            _ => None,
        }
    }
}

/// The pair that programs show as the kana that browsers show for another.
fn kana_of_programs(lead: u8, trail: u8) -> (u8, Option<u8>) {
    /// How many pairs stand between the two, and how many begin with the same byte.
    const APART: u8 = 66;
    const TRAILS: u8 = 157;
    let place = |trail: u8| {
        if trail < 0x80 {
            trail - 0x40
        } else {
            trail - 0xA1 + 63
        }
    };
    let (lead, place) = match place(trail).checked_sub(APART) {
        Some(place) => (lead, place),
        None => (lead - 1, place(trail) + TRAILS - APART),
    };
    let trail = if place < 63 {
        place + 0x40
    } else {
        place - 63 + 0xA1
    };
    (lead, Some(trail))
}

/// Of two pairs with the same character the one that is no supplement of Hong Kong's.
static BIG5_PAIRS: LazyLock<HashMap<char, (u8, u8)>> = LazyLock::new(|| {
    let mut pairs = HashMap::new();
    for lead in (0xA1..=0xFE).chain(0x81..=0xA0) {
        for trail in (0x40..=0x7E).chain(0xA1..=0xFE) {
            if let Some(c) = big5(lead, trail) {
                pairs.entry(c).or_insert((lead, trail));
            }
        }
    }
    pairs
});

type Pairs = LazyLock<HashMap<char, (u8, u8)>>;

static KOREAN_PAIRS: Pairs = LazyLock::new(|| pairs(EUC_KR));
static JAPANESE_PAIRS: Pairs = LazyLock::new(|| pairs(SHIFT_JIS));

/// The byte of a character that such a table has of its own; none of one in whose place it has another. Any other is an error.
fn own_byte(table: &[(char, u8)], c: char) -> Result<Option<u8>, ()> {
    match table
        .iter()
        .find(|(own, byte)| c == *own || c as u32 == u32::from(*byte))
    {
        Some((own, byte)) => Ok((c == *own).then_some(*byte)),
        None => Err(()),
    }
}

/// The pairs of an encoding; of a character that has several, nothing tells which it was.
fn pairs(encoding: &'static Encoding) -> HashMap<char, (u8, u8)> {
    let mut pairs = HashMap::new();
    let mut several = Vec::new();
    for lead in 0x81..=0xFE {
        for trail in 0x40..=0xFE {
            if let Some(c) = decoded(encoding, [lead, trail])
                && pairs.insert(c, (lead, trail)).is_some()
            {
                several.push(c);
            }
        }
    }
    several.iter().for_each(|c| {
        pairs.remove(c);
    });
    pairs
}

fn of_pair(pairs: &Pairs, c: char) -> Option<(u8, Option<u8>)> {
    let (lead, trail) = *pairs.get(&c)?;
    Some((lead, Some(trail)))
}

fn big5(lead: u8, trail: u8) -> Option<char> {
    if lead < 0x81 {
        return None;
    }
    decoded(BIG5, [lead, trail])
}

/// The one character of a pair.
fn decoded(encoding: &'static Encoding, pair: [u8; 2]) -> Option<char> {
    let (text, malformed) = encoding.decode_without_bom_handling(&pair);
    let mut characters = text.chars();
    let c = characters.next().filter(|_| !malformed)?;
    characters.next().is_none().then_some(c)
}

/// Whether € behind these bytes is A2 E3, and not 80, which stands alone: the end of one character of UTF-8 and the
/// beginning of another, whose other bytes are next.
fn is_pair(before: &[Shown], next: Option<char>) -> bool {
    let is_rest = |byte: u8| matches!(byte, 0x80..=0xBF);
    let begun = before.len().checked_sub(2).map(|at| &before[at..]);
    let awaits_one = matches!(
        begun,
        Some([(Some(0xE0..=0xEF), _), (Some(0x80..=0xBF), _)])
    );
    let goes_on = |c: char| {
        let pair = gbk::pair(c);
        c == '€' || pair.is_some_and(|(lead, trail)| is_rest(lead) && is_rest(trail))
    };
    awaits_one && next.is_some_and(goes_on)
}

/// The byte from 80 on that shows as this character in Windows-1252, or in Latin-1.
pub fn western_byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{FF}' => Some(c as u8),
        '\u{152}'..='\u{2122}' => {
            let mut buffer = [0; 4];
            let (bytes, _, lacking) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!lacking && bytes.len() == 1).then(|| bytes[0])
        }
        _ => None,
    }
}
