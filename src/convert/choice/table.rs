//! The table of the characters that could be two things, and of what stands beside them in words.
//!
//! Also compiled into the build script, which makes the table from `data/choice` and `data/words`.

use std::collections::{BTreeMap, BTreeSet};

/// A natural logarithm in the table's units of cost, as in the model's.
pub const UNIT: i32 = 8;

/// How often the words of a pair must be counted for it to decide where nothing speaks against it.
const STRONG: f64 = 300.0;
/// How often a word of `words.txt` must be counted to tell what a character is not mostly; below it are left-overs.
const LEAST_KEPT: f64 = 20.0;
/// How often a word counts that is known, but was not counted.
const UNCOUNTED: f64 = 600.0;

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
}

/// Reads the lines of `characters.txt`.
pub fn places(text: &str) -> Vec<Place> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut places: Vec<Place> = lines
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().expect("six fields");
            let character = |text: &str| text.chars().next().expect("a character");
            let cost = |text: &str| text.parse::<i32>().expect("a cost") * UNIT;
            Place {
                form: character(field()),
                kept: character(field()),
                changed: character(field()),
                kept_cost: cost(field()),
                changed_cost: cost(field()),
                simplified: cost(field()),
            }
        })
        .collect();
    places.sort_unstable_by_key(|place| place.form);
    places
}

/// Which characters stand beside a place in words: sets, by what they speak for.
#[derive(Clone, Copy, Debug)]
pub enum Beside {
    /// Before the kept character.
    KeptBefore,
    /// Behind it.
    KeptBehind,
    /// Before the changed one.
    ChangedBefore,
    /// Behind it.
    ChangedBehind,
    /// Before it, so often that this decides where nothing speaks against it.
    StrongBefore,
    /// Behind it, likewise.
    StrongBehind,
}

/// How many sets [`Beside`] names.
pub const SETS: usize = 6;

/// What the build script compiles.
#[allow(dead_code, reason = "only the build script makes it")]
pub struct Sources<'a> {
    /// `characters.txt`.
    pub characters: &'a str,
    /// `data/choice/words.txt`: words of known reading.
    pub known: &'a str,
    /// `data/words/words.txt`: words and counts.
    pub counted: &'a str,
}

/// Words with their counts, and for each place its sets of neighbours.
#[allow(dead_code, reason = "only the build script makes it")]
pub struct Compiled {
    /// Words of one reading each.
    pub words: BTreeMap<String, f64>,
    /// By place, then by [`Beside`].
    pub beside: Vec<[BTreeSet<char>; SETS]>,
}

/// Brings the words of both sources together.
#[allow(dead_code, reason = "only the build script calls it")]
pub fn compile(sources: &Sources) -> Compiled {
    let places = places(sources.characters);
    let known: BTreeSet<&str> = sources
        .known
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(' '))
        .filter(|word| !word.is_empty())
        .collect();
    let mut counted: BTreeMap<&str, f64> = BTreeMap::new();
    for line in sources.counted.lines().filter(|line| !line.starts_with('#')) {
        let (word, count) = line.rsplit_once(' ').expect("a word and its count");
        counted.insert(word, count.parse().expect("a count"));
    }
    let mut words: BTreeMap<String, f64> = BTreeMap::new();
    for (&word, &count) in &counted {
        if known.contains(word) || is_sound(word, count, &places, &known, &counted) {
            words.insert(word.to_owned(), count);
        }
    }
    for word in &known {
        let count = words.entry((*word).to_owned()).or_insert(UNCOUNTED);
        *count = count.max(UNCOUNTED);
    }
    let beside = places
        .iter()
        .map(|place| neighbours(place, &words, &known))
        .collect();
    Compiled { words, beside }
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
    places.iter().all(|place| {
        let swapped = |from: char, to: char| word.replace(from, to.encode_utf8(&mut [0; 4]));
        if word.contains(place.changed) && known.contains(swapped(place.changed, place.kept).as_str()) {
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

fn neighbours(
    place: &Place,
    words: &BTreeMap<String, f64>,
    known: &BTreeSet<&str>,
) -> [BTreeSet<char>; SETS] {
    let mut sets: [BTreeSet<char>; SETS] = Default::default();
    let mut pairs: BTreeMap<(bool, char), f64> = BTreeMap::new();
    for (word, count) in words {
        // 著 has rules of its own; only known words speak against them.
        if place.form == '著' && !known.contains(word.as_str()) {
            continue;
        }
        let chars: Vec<char> = word.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            let changed = match *c {
                c if c == place.kept => false,
                c if c == place.changed => true,
                _ => continue,
            };
            let (before, behind) = match changed {
                false => (Beside::KeptBefore, Beside::KeptBehind),
                true => (Beside::ChangedBefore, Beside::ChangedBehind),
            };
            if let Some(c) = at.checked_sub(1).map(|at| chars[at]) {
                sets[before as usize].insert(c);
                let ends = changed && at + 1 == chars.len();
                *pairs.entry((changed, c)).or_default() += if ends { *count } else { 0.0 };
            }
            if let Some(&c) = chars.get(at + 1) {
                sets[behind as usize].insert(c);
                if changed && at == 0 && *count >= STRONG {
                    sets[Beside::StrongBehind as usize].insert(c);
                }
            }
        }
    }
    let strong = pairs.iter().filter(|((changed, _), count)| *changed && **count >= STRONG);
    sets[Beside::StrongBefore as usize] = strong.map(|((_, c), _)| *c).collect();
    sets
}
