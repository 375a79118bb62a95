//! Assembles the dictionaries of `--config auto` from OpenCC's and those in `standard`.

use crate::source::single;
use std::collections::{BTreeMap, BTreeSet};

use jianti_text::chars::is_han;

/// What the dictionaries are made of: the texts of files.
pub struct Sources<'a> {
    /// The standard's characters, one to a line.
    pub characters: &'a str,
    /// The standard's other forms: form, tab, standard characters.
    pub variants: &'a str,
    /// Phrases of our own; a value of `-` takes another entry away.
    pub phrases: &'a str,
    /// The characters that could be two things, each at a line's beginning.
    pub places: &'a str,
    /// OpenCC's TSCharacters.
    pub ts_characters: &'a str,
    /// OpenCC's TSPhrases.
    pub ts_phrases: &'a str,
    /// OpenCC's STCharacters.
    pub st_characters: &'a str,
    /// OpenCC's JPShinjitaiCharacters.
    pub jp_characters: &'a str,
    /// OpenCC's TWVariantsRev and HKVariantsRev.
    pub regional: [&'a str; 2],
}

/// Of phrases in which so many characters change no half simplified forms are made.
const MOST_CHANGING: usize = 6;

/// Dictionaries in OpenCC's format, by the names that [`jianti_opencc::config`] lists.
pub fn dictionaries(sources: &Sources) -> Vec<(&'static str, String)> {
    let standard: BTreeSet<char> = lines(sources.characters).filter_map(single).collect();
    let ours: BTreeMap<&str, &str> = pairs(sources.phrases).collect();
    let mut phrases: BTreeMap<String, String> = pairs(sources.ts_phrases)
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let mut characters = characters(sources, &standard);
    let mut japanese = japanese(sources, &standard, &characters);
    japanese.retain(|(c, _)| !ours.contains_key(c.encode_utf8(&mut [0; 4]) as &str));
    characters.extend(japanese.iter().cloned());
    for (key, value) in ours {
        match single(key) {
            Some(c) if value == "-" => drop(characters.remove(&c)),
            Some(c) => drop(characters.insert(c, value.to_owned())),
            None if value == "-" => drop(phrases.remove(key)),
            None => drop(phrases.insert(key.to_owned(), value.to_owned())),
        }
    }
    follow(&mut characters, &standard);
    // What changes by a rule alone has its words among the phrases.
    let places: BTreeMap<char, Vec<char>> = lines(sources.places)
        .filter(|line| !line.ends_with("\truled"))
        .map(|line| line.split('\t').take(3).filter_map(single))
        .filter_map(|mut fields| Some((fields.next()?, fields.collect())))
        .collect();
    // What the choice leaves is converted if that is what it is kept as: 麼.
    characters.retain(|c, to| {
        let readings = places.get(c);
        readings.is_none_or(|readings| readings.first().copied() == single(to))
    });
    // Characters of the standard stay: what of them could be two things is chosen before. So do places in phrases.
    let foreign = |key: &str| key.chars().any(|c| !standard.contains(&c) && is_han(c));
    let converts = |c: char| characters.get(&c).cloned().unwrap_or(c.to_string());
    let about_place = |key: &str, value: &str| {
        let same = key.chars().count() == value.chars().count();
        let mut pairs = key.chars().zip(value.chars());
        let place = key.chars().any(|c| places.contains_key(&c));
        let becomes = |c: char, to: char| match places.get(&c) {
            Some(readings) => readings.contains(&to),
            None => converts(c) == to.to_string(),
        };
        place && same && pairs.all(|(c, to)| becomes(c, to))
    };
    let wanted = phrases.iter().filter(|(key, value)| {
        let ours = sources_have(sources.phrases, key);
        (foreign(key) || ours) && !about_place(key, value)
    });
    let wanted: Vec<(&String, &String)> = wanted.collect();
    let half = wanted
        .iter()
        .flat_map(|(key, value)| {
            half_simplified(key, value, converts).map(move |half| (half, *value))
        })
        .filter(|(half, _)| foreign(half) && !phrases.contains_key(half));
    let half: BTreeMap<String, &String> = half.collect();
    let phrase_lines = wanted
        .iter()
        .map(|(key, value)| (key.as_str(), *value))
        .chain(half.iter().map(|(key, value)| (key.as_str(), *value)))
        .map(|(key, value)| format!("{key}\t{value}\n"))
        .collect();
    // What many fonts lack and the standard too is only written when it is asked for.
    let is_rare = |to: &str| single(to).is_some_and(|c| c > '\u{FFFF}' && !standard.contains(&c));
    let changed = characters
        .iter()
        .filter(|(c, _)| foreign(c.encode_utf8(&mut [0; 4])));
    let (rare, common): (Vec<_>, Vec<_>) = changed.partition(|(_, to)| is_rare(to));
    let of_characters = |pairs: Vec<(&char, &String)>| {
        let lines = pairs.into_iter();
        lines
            .map(|(key, value)| format!("{key}\t{value}\n"))
            .collect()
    };
    vec![
        ("AutoPhrases", phrase_lines),
        ("AutoRare", of_characters(rare)),
        ("AutoCharacters", of_characters(common)),
        (
            "AutoJapanese",
            of_characters(japanese.iter().map(|(c, to)| (c, to)).collect()),
        ),
    ]
}

/// A phrase with some of its characters simplified already: 規畫, 规划 gives 规畫, which would be 规画 by its characters.
/// Characters that the phrase makes something else of than they are alone stay as they are.
fn half_simplified<'a>(
    key: &'a str,
    value: &str,
    converts: impl Fn(char) -> String + 'a,
) -> impl Iterator<Item = String> + 'a {
    let alone: Vec<String> = key.chars().map(converts).collect();
    let same = key.chars().count() == value.chars().count();
    let regular: Vec<bool> = value
        .chars()
        .zip(&alone)
        .map(|(to, alone)| to.to_string() == *alone)
        .collect();
    let changing: Vec<usize> = key
        .chars()
        .enumerate()
        .filter(|(at, c)| same && regular[*at] && alone[*at] != c.to_string())
        .map(|(at, _)| at)
        .collect();
    let subsets = match same && regular.contains(&false) && changing.len() < MOST_CHANGING {
        true => 1_u32 << changing.len(),
        false => 1,
    };
    (1..subsets).map(move |subset| {
        let simplified = |at: usize| {
            let bit = changing.iter().position(|changing| *changing == at);
            bit.is_some_and(|bit| subset & 1 << bit != 0)
        };
        let chars = key.chars().enumerate();
        chars
            .map(|(at, c)| {
                if simplified(at) {
                    alone[at].clone()
                } else {
                    c.to_string()
                }
            })
            .collect()
    })
}

/// Whether a file of phrases has the key.
fn sources_have(phrases: &str, key: &str) -> bool {
    pairs(phrases).any(|(found, _)| found == key)
}

/// What each character becomes in traditional text. OpenCC's conversion comes first; where it leaves the standard, the
/// standard's own table and then the regional forms are asked.
fn characters(sources: &Sources, standard: &BTreeSet<char>) -> BTreeMap<char, String> {
    let opencc: BTreeMap<char, &str> = by_character(sources.ts_characters).collect();
    let appended: BTreeMap<char, &str> = by_character(sources.variants).collect();
    let regional: BTreeMap<char, &str> = sources
        .regional
        .into_iter()
        .flat_map(by_character)
        .collect();
    let reaches = |value: &str| single(value).is_some_and(|c| standard.contains(&c));
    let keys: BTreeSet<char> = [&opencc, &appended, &regional]
        .into_iter()
        .flat_map(|table| table.keys().copied())
        .collect();
    let mut found = BTreeMap::new();
    for c in keys {
        let by_opencc = opencc.get(&c).copied();
        let by_region = regional.get(&c).and_then(|value| {
            let value = single(value)?;
            Some(
                opencc
                    .get(&value)
                    .map_or(value.to_string(), |value| (*value).to_owned()),
            )
        });
        let candidates = [
            by_opencc.map(str::to_owned),
            appended.get(&c).map(|value| (*value).to_owned()),
            by_region,
        ];
        let value = if standard.contains(&c) {
            // Only OpenCC knows which characters of the standard mostly stand for another one in traditional text.
            by_opencc.filter(|value| reaches(value)).map(str::to_owned)
        } else {
            let reaching = candidates
                .iter()
                .flatten()
                .find(|value| reaches(value))
                .cloned();
            reaching.or(by_opencc.map(str::to_owned))
        };
        if let Some(value) = value.filter(|value| single(value) != Some(c)) {
            found.insert(c, value);
        }
    }
    // Forms that the standard gives up, with a simplified part: 谘 is of 諮 what 语 is of 語, and 諮 is 咨.
    for (c, forms) in entries(sources.st_characters) {
        let Some(c) = single(c) else { continue };
        let is_given_up = !standard.contains(&c) && !found.contains_key(&c);
        let value = forms
            .split(' ')
            .filter_map(single)
            .find_map(|form| found.get(&form).filter(|value| reaches(value)));
        if let Some(value) = value.filter(|_| is_given_up).cloned() {
            found.insert(c, value);
        }
    }
    found
}

/// Forms of Japan alone, by the traditional ones that they stand for: 発 is 發, and that is 发.
fn japanese(
    sources: &Sources,
    standard: &BTreeSet<char>,
    found: &BTreeMap<char, String>,
) -> Vec<(char, String)> {
    let simplified = |form: char| match found.get(&form) {
        Some(value) => single(value),
        None => Some(form),
    };
    let forms = entries(sources.jp_characters).filter_map(|(key, forms)| {
        let c = single(key).filter(|c| !standard.contains(c) && !found.contains_key(c))?;
        let form = forms
            .split(' ')
            .filter_map(single)
            .find(|form| *form != c)?;
        let value = simplified(form).filter(|value| standard.contains(value))?;
        Some((c, value.to_string()))
    });
    forms.collect()
}

/// What becomes a form outside the standard that becomes another one goes there at once: 戱 to 戯, which is 戏.
fn follow(characters: &mut BTreeMap<char, String>, standard: &BTreeSet<char>) {
    let end = |value: &String| {
        let form = single(value).filter(|form| !standard.contains(form))?;
        characters.get(&form).cloned()
    };
    let ends: Vec<(char, String)> = characters
        .iter()
        .filter_map(|(c, value)| Some((*c, end(value)?)))
        .collect();
    characters.extend(ends);
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Each key and its first value.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    entries(text).map(|(key, values)| (key, values.split(' ').next().expect("a value")))
}

/// Each key and its values, which spaces part.
fn entries(text: &str) -> impl Iterator<Item = (&str, &str)> {
    lines(text).map(|line| line.split_once('\t').expect("a pair"))
}

fn by_character(text: &str) -> impl Iterator<Item = (char, &str)> {
    pairs(text).filter_map(|(key, value)| Some((single(key)?, value)))
}
