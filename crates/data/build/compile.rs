//! The tables of every configuration, and what else is worked out from the dictionaries.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jianti_opencc::{Config, Dictionary, Tables, bytes};
use jianti_text::standard;

use crate::source::read;
use crate::{assemble, choice};

/// Writes the tables to `out`, and returns code that embeds them.
pub fn tables(out: &Path) -> String {
    let opencc = |name: &str| read(&format!("opencc/{name}.txt"));
    let assembled = assemble::dictionaries(&assemble::Sources {
        characters: standard::CHARACTERS,
        variants: &read("standard/variants.txt"),
        phrases: &read("standard/phrases.txt"),
        places: &read("choice/characters.txt"),
        ts_characters: &opencc("TSCharacters"),
        ts_phrases: &opencc("TSPhrases"),
        st_characters: &opencc("STCharacters"),
        jp_characters: &opencc("JPShinjitaiCharacters"),
        regional: [&opencc("TWVariantsRev"), &opencc("HKVariantsRev")],
    });
    let dictionary = |name: &str| {
        let found = assembled.iter().find(|(found, _)| *found == name);
        let text = found.map_or_else(|| opencc(name), |(_, text)| text.clone());
        Dictionary::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let write = |name: &str, bytes: &[u8]| {
        fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
        out.join(name)
    };
    let mut code = String::new();
    let mut line = |text: String| writeln!(code, "{text}").expect("a string can be written");

    let chains = Config::ALL
        .into_iter()
        .chain([Config::Auto])
        .map(Config::chain);
    let mut pool = bytes::Pool::default();
    line("pub const TABLE_LISTS: [&[u8]; jianti_opencc::config::CHAINS] = [".to_owned());
    for (number, chain) in chains.enumerate() {
        let tables = Tables::compile(&chain, false, dictionary, &[]);
        let file = write(&format!("{number}.tables"), &tables.write(&mut pool));
        line(format!("    include_bytes!({file:?}),"));
    }
    line("];".to_owned());
    write("tables.pool", &pool.bytes);

    line("const ASSEMBLED: &[(&str, &str)] = &[".to_owned());
    for (name, text) in &assembled {
        let file = write(&format!("{name}.txt"), text.as_bytes());
        line(format!("    ({name:?}, include_str!({file:?})),"));
    }
    line("];".to_owned());

    let characters = dictionary("AutoCharacters");
    write("aspect.bits", &bits(verbs(&characters)));
    choice::write(&characters, &dictionary("AutoJapanese"), &write);
    let regional = ["TWPhrasesRev", "HKPhrasesRev"].map(dictionary);
    write(
        "likelihood.model",
        &model(&opencc("TSCharacters"), &regional),
    );
    code
}

/// The model of Chinese. `phrases` are words of Taiwan and Hong Kong, which were not counted.
fn model(characters: &str, phrases: &[Dictionary]) -> Vec<u8> {
    let first = |text: &str| text.chars().next().expect("a character");
    let lines = characters.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.map(|line| line.split_once('\t').expect("a pair"));
    let keys = phrases.iter().flat_map(|entries| &entries.pairs);
    jianti_model::compile(jianti_model::Sources {
        words: &read("words/words.txt"),
        pairs: &read("words/pairs.txt"),
        triples: &read("words/triples.txt"),
        variants: &read("words/variants.txt"),
        phrases: keys.map(|(key, _)| key.as_str()).collect(),
        traditional: pairs
            .map(|(key, value)| (first(key), first(value)))
            .collect(),
    })
}

/// The characters that 着 follows as the mark of an aspect, in both scripts.
fn verbs(characters: &Dictionary) -> BTreeSet<char> {
    let listed = ["standard/aspect.txt", "standard/verbs.txt"].map(read);
    let lines = listed.iter().flat_map(|text| text.lines());
    let lines = lines.filter(|line| !line.starts_with('#'));
    let mut verbs: BTreeSet<char> = lines.flat_map(str::chars).collect();
    // Words that 着 ends tell more of them.
    let words = read("words/words.txt");
    let counted = words.lines().filter_map(|line| line.split_once(' '));
    verbs.extend(counted.filter_map(|(word, _)| {
        let mut chars = word.chars();
        let verb = chars.next()?;
        (chars.next() == Some('着') && chars.next().is_none()).then_some(verb)
    }));
    for (key, value) in &characters.pairs {
        if value.chars().all(|c| verbs.contains(&c)) {
            verbs.extend(key.chars());
        }
    }
    verbs
}

/// A bit for each code point below U+40000.
fn bits(characters: BTreeSet<char>) -> Vec<u8> {
    let mut bits = vec![0_u8; 0x4_0000 / 8];
    for c in characters {
        bits[c as usize / 8] |= 1 << (c as usize % 8);
    }
    bits
}
