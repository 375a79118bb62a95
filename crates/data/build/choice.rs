//! The tables of the choice at each place: words, names, and as code what stands beside the places.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jianti_model::places::{self, Place};
use jianti_model::{names, words};
use jianti_opencc::Dictionary;

use crate::source::{read, single};

/// Writes the tables. `characters` converts what is no place, `japanese` those of it that only Japan writes; `write` takes a
/// file's name and what it holds.
pub fn write(
    characters: &Dictionary,
    japanese: &Dictionary,
    write: &impl Fn(&str, &[u8]) -> PathBuf,
) {
    let text = read("choice/characters.txt");
    let compiled = places::compile(&places::Sources {
        characters: &text,
        known: &read("choice/words.txt"),
        counted: &read("words/words.txt"),
        rare: &read("choice/rare.txt"),
    });
    let counted = compiled.words.iter();
    let counted = counted.map(|(word, count)| (word.as_str(), *count));
    write("choice.words", &words::compile(counted));
    let names = read("choice/names.txt");
    write("choice.names", &names::compile(&names));
    let places = places::places(&text);
    let readings = compiled.readings.join(",\n");
    let code = format!(
        "/// The characters that could be two things, in order.\n\
         pub static PLACES: &[Place] = &{places:?};\n\
         /// Other characters, and what they are converted to, in order.\n\
         pub static FOLD: &[(char, char)] = &{:?};\n\
         /// For each place what speaks for its readings.\n\
         pub static READINGS: &[Readings] = &[{readings}];\n\
         /// Forms that only Japan writes, in order.\n\
         pub static JAPANESE: &[char] = &{:?};\n\
         /// Surnames of one character, in order.\n\
         pub static SURNAMES: &[char] = &{:?};\n\
         /// Finds the places, and some others.\n\
         pub static CLASSES: Shufti = Shufti::close(&[{}], 0);\n",
        fold(characters, &places),
        keys(japanese),
        surnames(&names),
        classes(&places)
    );
    write("choice.rs", code.as_bytes());
}

/// What single characters are converted to that are no places, or are what they are outside a few words.
fn fold(characters: &Dictionary, places: &[Place]) -> Vec<(char, char)> {
    let is_place = |c: char| places.iter().any(|place| place.form == c && !place.listed);
    let pairs = characters.pairs.iter();
    let pairs = pairs.filter_map(|(from, to)| Some((single(from)?, single(to)?)));
    let mut pairs: Vec<_> = pairs.filter(|(from, _)| !is_place(*from)).collect();
    pairs.sort_unstable();
    pairs
}

/// The single characters that a dictionary converts, in order.
fn keys(dictionary: &Dictionary) -> Vec<char> {
    let pairs = dictionary.pairs.iter();
    let mut keys: Vec<char> = pairs.filter_map(|(key, _)| single(key)).collect();
    keys.sort_unstable();
    keys
}

/// The surnames of one character that the lines of `names.txt` list.
fn surnames(names: &str) -> Vec<char> {
    let lines = names
        .lines()
        .filter_map(|line| line.strip_prefix("surname "));
    let mut surnames: Vec<char> = lines
        .filter_map(|line| single(line.split(' ').next()?))
        .collect();
    surnames.sort_unstable();
    surnames
}

/// Classes of three bytes that let the places pass, as code: places whose bytes are alike share a class.
fn classes(places: &[Place]) -> String {
    const MOST: usize = 8;
    let bytes = |place: &Place| {
        let mut bytes = [0; 3];
        place.form.encode_utf8(&mut bytes);
        vec![bytes]
    };
    let mut groups: Vec<Vec<[u8; 3]>> = places.iter().map(bytes).collect();
    while groups.len() > MOST {
        let joined = |a: usize, b: usize| [&groups[a][..], &groups[b][..]].concat();
        let pairs = (0..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let growth = |&(a, b): &(usize, usize)| {
            passed(&joined(a, b)) - passed(&groups[a]) - passed(&groups[b])
        };
        let (a, b) = pairs.min_by_key(growth).expect("several groups");
        groups[a] = joined(a, b);
        groups.remove(b);
    }
    let class = |group: &Vec<[u8; 3]>| {
        let ranges = |at: usize| -> String {
            let bytes: BTreeSet<u8> = group.iter().map(|bytes| bytes[at]).collect();
            bytes
                .iter()
                .map(|byte| format!("({byte}, {byte}),"))
                .collect()
        };
        format!("[&[{}], &[{}], &[{}]],", ranges(0), ranges(1), ranges(2))
    };
    groups.iter().map(class).collect()
}

/// How many strings of three bytes a class lets pass, by the nibbles that it allows.
fn passed(group: &[[u8; 3]]) -> isize {
    let nibbles = |at: usize, shift: u8| {
        let found: BTreeSet<u8> = group.iter().map(|bytes| bytes[at] >> shift & 0xF).collect();
        found.len() as isize
    };
    (0..3).map(|at| nibbles(at, 0) * nibbles(at, 4)).product()
}
