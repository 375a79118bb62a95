//! The table of the characters that could be two things, and of what stands beside them in words.
//!
//! The build script of `jianti-data` makes the table, from its folders `choice` and `words`.

use std::collections::{BTreeMap, BTreeSet};

/// A natural logarithm in the table's units of cost, as in the model's.
pub const UNIT: i32 = crate::UNIT as i32;

/// How often the words of a pair must be counted for it to decide where nothing speaks against it.
const STRONG: f64 = 300.0;
/// How often a word of `words.txt` must be counted to tell what a character is not mostly; below it are left-overs.
const LEAST_KEPT: f64 = 20.0;
/// How often a word counts that is known, but was not counted.
const UNCOUNTED: f64 = 600.0;
/// The same of a word of `rare.txt`.
const RARE: f64 = 20.0;

/// One character that could be two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The character as it is met.
    pub form: char,
    /// What it is where it is kept; another character only where the standard has one for names.
    pub kept: char,
    /// What it is where it stands for another character.
    pub changed: char,
    /// What it costs alone, outside words and names, kept.
    pub kept_cost: i32,
    /// What it costs alone, changed.
    pub changed_cost: i32,
    /// How much less it costs kept in a simplified sentence.
    pub simplified: i32,
    /// Whether the names of persons hold it.
    pub in_names: bool,
    /// Whether only words of `words.txt` speak for the change, if any: the other character is common in words of its own.
    pub listed: bool,
}

/// Reads the lines of `characters.txt`.
///
/// # Panics
/// A line is malformed.
pub fn places(text: &str) -> Vec<Place> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut places: Vec<Place> = lines
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().expect("seven fields");
            let character = |text: &str| text.chars().next().expect("a character");
            let cost = |text: &str| text.parse::<i32>().expect("a cost") * UNIT;
            let (form, kept, changed) =
                (character(field()), character(field()), character(field()));
            let (kept_cost, changed_cost, simplified) =
                (cost(field()), cost(field()), cost(field()));
            let kind = field();
            Place {
                form,
                kept,
                changed,
                kept_cost,
                changed_cost,
                simplified,
                in_names: kind == "names",
                listed: matches!(kind, "listed" | "ruled"),
            }
        })
        .collect();
    places.sort_unstable_by_key(|place| place.form);
    places
}

/// Words that hold a place in one of its readings, so packed that one met in a text is soon found.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// For each word that goes on behind the place: the character there, and where its entry begins; sorted.
    pub behind: &'static [(u16, u16)],
    /// The same for words that the place ends, by the character before it.
    pub before: &'static [(u16, u16)],
    /// How many characters each word has before the place and behind it, and those, the nearest first.
    pub entries: &'static [u16],
}

/// What speaks for the readings of a place.
#[derive(Clone, Copy, Debug)]
pub struct Readings {
    /// Words in which it is kept.
    pub kept: Evidence,
    /// Words in which it is changed.
    pub changed: Evidence,
    /// Characters before it that decide for the change where no word speaks against it; sorted.
    pub strong_before: &'static [char],
    /// The same behind it.
    pub strong_behind: &'static [char],
}

/// What the build script compiles.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `characters.txt`.
    pub characters: &'a str,
    /// `choice/words.txt`: words of known reading.
    pub known: &'a str,
    /// `words/words.txt`: words and counts.
    pub counted: &'a str,
    /// `choice/rare.txt`: those of the known words that hardly any text has.
    pub rare: &'a str,
}

/// Words with their counts, and for each place what speaks for its readings.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Words of one reading each.
    pub words: BTreeMap<String, f64>,
    /// By place: an expression for its [`Readings`].
    pub readings: Vec<String>,
}

/// Brings the words of both sources together.
///
/// # Panics
/// A line is malformed.
pub fn compile(sources: &Sources) -> Compiled {
    let places = places(sources.characters);
    let known = listed(sources.known);
    let mut counted: BTreeMap<&str, f64> = BTreeMap::new();
    for line in sources
        .counted
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let (word, count) = line.rsplit_once(' ').expect("a word and its count");
        counted.insert(word, count.parse().expect("a count"));
    }
    let mut words: BTreeMap<String, f64> = BTreeMap::new();
    for (&word, &count) in &counted {
        if known.contains(word) || is_sound(word, count, &places, &known, &counted) {
            words.insert(word.to_owned(), count);
        }
    }
    let rare = listed(sources.rare);
    for word in &known {
        let count = words.entry((*word).to_owned()).or_insert(0.0);
        *count = count.max(if rare.contains(word) { RARE } else { UNCOUNTED });
    }
    let readings = places
        .iter()
        .map(|place| readings(place, &words, &known))
        .collect();
    Compiled { words, readings }
}

/// The words of the lines of a list.
fn listed(list: &str) -> BTreeSet<&str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
}

/// Whether a counted word has its characters in the form that the standard gives it: not a left-over of the other script,
/// which the counts hold too.
fn is_sound(
    word: &str,
    count: f64,
    places: &[Place],
    known: &BTreeSet<&str>,
    counted: &BTreeMap<&str, f64>,
) -> bool {
    let single = word.chars().nth(1).is_none();
    // Words with either character of these are what they are.
    let mut places = places.iter().filter(|place| !place.listed);
    places.all(|place| {
        let swapped = |from: char, to: char| word.replace(from, to.encode_utf8(&mut [0; 4]));
        if word.contains(place.changed)
            && known.contains(swapped(place.changed, place.kept).as_str())
        {
            return single;
        }
        if !word.contains(place.kept) {
            // Of a character that is mostly kept, rare words of the other reading are too weak.
            let mostly_kept = place.kept_cost < place.changed_cost;
            return single || !mostly_kept || count >= LEAST_KEPT || !word.contains(place.changed);
        }
        let other = swapped(place.kept, place.changed);
        let rival = counted.get(other.as_str()).copied().unwrap_or(0.0);
        !single && count >= LEAST_KEPT && count > rival && !known.contains(other.as_str())
    })
}

/// An expression for what speaks for the readings of a place.
fn readings(place: &Place, words: &BTreeMap<String, f64>, known: &BTreeSet<&str>) -> String {
    let (mut kept, mut changed) = (Packed::default(), Packed::default());
    let mut before: BTreeMap<char, f64> = BTreeMap::new();
    let mut behind: BTreeSet<char> = BTreeSet::new();
    // Of a character that mostly changes any word would do.
    let mostly_changed = place.changed_cost < place.kept_cost;
    for (word, count) in words {
        let is_known = known.contains(word.as_str());
        // 著 has rules of its own; only known words speak against them.
        if place.form == '著' && !is_known {
            continue;
        }
        let chars: Vec<char> = word.chars().collect();
        for (at, c) in chars.iter().enumerate().filter(|_| chars.len() > 1) {
            if *c == place.kept {
                kept.add(&chars, at);
            } else if *c == place.changed && (is_known || !place.listed) {
                if !mostly_changed {
                    changed.add(&chars, at);
                }
                if at + 1 == chars.len() {
                    *before.entry(chars[at - 1]).or_default() += count;
                }
                // The first two characters of a longer word do not decide: 沈博阳 beside 沉博绝丽.
                if at == 0 && chars.len() == 2 && *count >= STRONG {
                    behind.insert(chars[1]);
                }
            }
        }
    }
    let strong = before.iter().filter(|(_, count)| **count >= STRONG);
    let before: Vec<char> = strong.map(|(c, _)| *c).collect();
    format!(
        "Readings {{ kept: {}, changed: {}, strong_before: &{before:?}, strong_behind: &{:?} }}",
        kept.expression(),
        changed.expression(),
        behind.into_iter().collect::<Vec<char>>(),
    )
}

/// [`Evidence`] in the making.
#[derive(Default)]
struct Packed {
    behind: Vec<(u16, u16)>,
    before: Vec<(u16, u16)>,
    entries: Vec<u16>,
}

impl Packed {
    /// Adds a word with the place at `at`; characters beyond the BMP are not looked for.
    fn add(&mut self, word: &[char], at: usize) {
        let code = |c: &char| u16::try_from(u32::from(*c)).ok();
        let before: Option<Vec<u16>> = word[..at].iter().rev().map(code).collect();
        let behind: Option<Vec<u16>> = word[at + 1..].iter().map(code).collect();
        let (Some(before), Some(behind)) = (before, behind) else {
            return;
        };
        let entry = u16::try_from(self.entries.len()).expect("few words");
        match behind.first() {
            Some(key) => self.behind.push((*key, entry)),
            None => self.before.push((before[0], entry)),
        }
        self.entries
            .extend([before.len() as u16, behind.len() as u16]);
        self.entries.extend(before);
        self.entries.extend(behind);
    }

    fn expression(mut self) -> String {
        self.behind.sort_unstable();
        self.before.sort_unstable();
        format!(
            "Evidence {{ behind: &{:?}, before: &{:?}, entries: &{:?} }}",
            self.behind, self.before, self.entries
        )
    }
}
