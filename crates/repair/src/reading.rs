//! Readings in pinyin of the characters that damaged pages gloss: traditional ones outside GB 2312.

include!(concat!(env!("OUT_DIR"), "/readings.rs"));

/// The longest reading with its tone, in characters: zhuāng.
const LONGEST: usize = 6;

/// Readings by character.
struct Readings {
    /// Each character, in order, and where its readings begin in `text`, bytes.
    starts: &'static [(char, u32)],
    /// The readings of all, with spaces between those of one.
    text: &'static str,
}

impl Readings {
    /// The readings of this character.
    fn of(&self, c: char) -> impl Iterator<Item = &'static str> + use<> {
        let found = self.starts.binary_search_by_key(&c, |(c, _)| *c);
        let readings = found.map_or("", |at| {
            let end = self.starts.get(at + 1);
            let end = end.map_or(self.text.len(), |(_, start)| *start as usize);
            &self.text[self.starts[at].1 as usize..end]
        });
        readings.split_terminator(' ')
    }
}

/// The readings of a character that may be glossed, with tone marks, the most common first; none for other characters.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    READINGS.of(c)
}

/// The readings of a character of GB 2312 that is not glossed alone, in no order.
fn other_readings(c: char) -> impl Iterator<Item = &'static str> {
    OTHER_READINGS.of(c)
}

/// Whether a text in Latin letters is how a word in Han characters is read in pinyin, with tone marks or without: 銀行, yin
/// hang.
pub fn is_pinyin(word: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    let letters = |text: &str| -> String {
        let plain = text.chars().filter_map(plain_letter);
        plain.map(|(letter, _)| letter).collect()
    };
    // All ways to read the characters so far, by the letters that are left.
    let mut rests = vec![letters(&text)];
    for c in word.chars() {
        let readings: Vec<String> = readings(c).chain(other_readings(c)).map(letters).collect();
        let next = rests.iter().flat_map(|rest| {
            let read = |reading: &String| rest.strip_prefix(reading.as_str()).map(str::to_owned);
            readings.iter().filter_map(read)
        });
        rests = next.collect();
    }
    rests.iter().any(String::is_empty)
}

/// A syllable as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// In plain letters, without the tone; ü is v.
    plain: String,
    /// With the tone mark, if it has one.
    toned: Option<String>,
    /// Its length on the page, bytes.
    pub length: usize,
}

impl Syllable {
    /// The syllable that `text` begins with and `)` ends; `text` may go on.
    pub fn before_bracket(text: &str) -> Option<Syllable> {
        let mut toned = String::new();
        for (at, c) in text.char_indices().take(LONGEST + 1) {
            match c {
                ')' if at > 0 => return Syllable::new(toned, at),
                // As GBK has them.
                'ɑ' => toned.push('a'),
                'ɡ' => toned.push('g'),
                _ if plain_letter(c).is_some() => toned.push(c),
                _ => return None,
            }
        }
        None
    }

    fn new(toned: String, length: usize) -> Option<Syllable> {
        let plain: String = toned
            .chars()
            .filter_map(plain_letter)
            .map(|(letter, _)| letter)
            .collect();
        let marks = toned
            .chars()
            .filter_map(plain_letter)
            .filter(|(_, mark)| *mark)
            .count();
        let vowels = plain.contains(['a', 'e', 'i', 'o', 'u', 'v']);
        // No syllable begins with these: (?i) is a regular expression's.
        let begins = !plain.starts_with(['i', 'u', 'v']);
        (vowels && begins && marks <= 1).then(|| Syllable {
            plain,
            toned: (marks == 1).then_some(toned),
            length,
        })
    }

    /// Whether it has a tone mark.
    pub fn is_toned(&self) -> bool {
        self.toned.is_some()
    }

    /// Whether it shows a character's reading with its tone; some readings have none.
    pub fn has_tone(&self, c: char) -> bool {
        self.toned.is_some() || readings(c).any(|reading| reading == self.plain)
    }

    /// Whether this is how a reading may be shown.
    pub fn shows(&self, reading: &str) -> bool {
        match &self.toned {
            Some(toned) => toned == reading,
            None => reading
                .chars()
                .filter_map(plain_letter)
                .map(|(letter, _)| letter)
                .eq(self.plain.chars()),
        }
    }

    /// Whether any common character is read so.
    pub fn reads_any(&self, c: char) -> bool {
        readings(c)
            .chain(other_readings(c))
            .any(|reading| self.shows(reading))
    }

    /// Whether a character that may be glossed is read so.
    pub fn reads(&self, c: char) -> bool {
        readings(c).any(|reading| self.shows(reading))
    }
}

/// The letter under a tone mark, and whether there is a mark; `None` if this is no letter of pinyin.
fn plain_letter(c: char) -> Option<(char, bool)> {
    Some(match c {
        'a'..='z' => (c, false),
        'ā' | 'á' | 'ǎ' | 'à' => ('a', true),
        'ē' | 'é' | 'ě' | 'è' | 'ế' | 'ề' | 'ê' => ('e', true),
        'ī' | 'í' | 'ǐ' | 'ì' => ('i', true),
        'ō' | 'ó' | 'ǒ' | 'ò' => ('o', true),
        'ū' | 'ú' | 'ǔ' | 'ù' => ('u', true),
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => ('v', true),
        'ü' => ('v', false),
        'ń' | 'ň' | 'ǹ' => ('n', true),
        'ḿ' => ('m', true),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_pinyin() {
        for (word, text) in [
            ("銀行", "yinhang"),
            ("會", "huì"),
            ("北京", "Beijing"),
            ("北海", "bei hai"),
            ("西安", "Xi'an"),
        ] {
            assert!(is_pinyin(word, text), "{word}");
        }
        for (word, text) in [("販売", "hanbai"), ("友達", "tomodachi"), ("北海", "bei")] {
            assert!(!is_pinyin(word, text), "{word}");
        }
    }

    #[test]
    fn syllables_begin_as_those_of_pinyin_do() {
        for text in ["hui)", "huì)在", "ān)", "er)"] {
            assert!(Syllable::before_bracket(text).is_some(), "{text}");
        }
        for text in ["i)d.*D", "in)", "ul)", "vi)", "hm)", "hui", ")"] {
            assert!(Syllable::before_bracket(text).is_none(), "{text}");
        }
    }
}
