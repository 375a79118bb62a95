//! Compiles the dictionaries in `data/opencc` into the tables that the program embeds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/convert/assemble.rs"]
mod assemble;
#[path = "src/convert/bytes.rs"]
#[allow(dead_code)]
mod bytes;
#[path = "src/convert/choice/table.rs"]
#[allow(dead_code)]
mod choice;
#[path = "src/convert/config.rs"]
#[allow(dead_code)]
mod config;
#[path = "src/convert/decisions.rs"]
#[allow(dead_code)]
mod decisions;
#[path = "src/convert/dictionary.rs"]
mod dictionary;
#[path = "src/convert/groups.rs"]
mod groups;
#[path = "src/convert/ids.rs"]
#[allow(dead_code)]
mod ids;
#[path = "src/model/mod.rs"]
mod language_model;
#[path = "src/repair/model.rs"]
#[allow(dead_code)]
mod model;
#[path = "src/convert/phrase.rs"]
#[allow(dead_code)]
mod phrase;
#[path = "src/convert/tables.rs"]
#[allow(dead_code)]
mod tables;
#[path = "src/convert/trie.rs"]
#[allow(dead_code)]
mod trie;
#[path = "src/convert/tries.rs"]
mod tries;

use config::Config;
use dictionary::Dictionary;
use tables::Tables;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/convert");
    println!("cargo:rerun-if-changed=src/repair/model.rs");
    println!("cargo:rerun-if-changed=src/model");
    println!("cargo:rerun-if-changed=data");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/opencc");
    let mut code = String::new();

    let read = |name: &str| {
        let path = data.join(name).with_extension("txt");
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let own = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("data")
            .join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let assembled = assemble::dictionaries(&assemble::Sources {
        characters: &own("standard/characters.txt"),
        variants: &own("standard/variants.txt"),
        phrases: &own("standard/phrases.txt"),
        places: &own("choice/characters.txt"),
        ts_characters: &read("TSCharacters"),
        ts_phrases: &read("TSPhrases"),
        regional: [&read("TWVariantsRev"), &read("HKVariantsRev")],
    });
    let dictionary = |name: &str| {
        let found = assembled.iter().find(|(found, _)| *found == name);
        let text = found.map_or_else(|| read(name), |(_, text)| text.clone());
        Dictionary::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let chains = Config::ALL
        .into_iter()
        .chain([Config::Auto])
        .map(Config::chain);
    let mut pool = bytes::Pool::default();
    code.push_str("const TABLE_LISTS: [&[u8]; config::CHAINS] = [\n");
    for (number, chain) in chains.enumerate() {
        let file = out.join(format!("{number}.tables"));
        let tables = Tables::compile(&chain, false, dictionary, &[]);
        fs::write(&file, tables.write(&mut pool)).expect("OUT_DIR can be written");
        writeln!(code, "    include_bytes!({file:?}),").expect("a string can be written");
    }
    fs::write(out.join("tables.pool"), &pool.bytes).expect("OUT_DIR can be written");
    code.push_str("];\n");

    let listed = |name: &str| {
        let text = own(name);
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::chars).collect::<BTreeSet<char>>()
    };
    let variants = rare_variants(
        &dictionary("AutoCharacters"),
        &read("STCharacters"),
        &listed("choice/variants.txt"),
    );
    let classes = script_classes(
        &read("TSCharacters"),
        &read("STCharacters"),
        &own("standard/characters.txt"),
        &variants,
    );
    let file = out.join("script.classes");
    fs::write(&file, classes).expect("OUT_DIR can be written");
    writeln!(
        code,
        "pub static SCRIPT_CLASSES: &[u8; 0x1_0100] = include_bytes!({file:?});"
    )
    .expect("a string can be written");

    let mut verbs = listed("standard/aspect.txt");
    verbs.extend(listed("standard/verbs.txt"));
    // Words that 着 ends tell more of them.
    let words = own("words/words.txt");
    let counted = words.lines().filter_map(|line| line.split_once(' '));
    verbs.extend(counted.filter_map(|(word, _)| {
        let mut chars = word.chars();
        let verb = chars.next()?;
        (chars.next() == Some('着') && chars.next().is_none()).then_some(verb)
    }));
    for (key, value) in dictionary("AutoCharacters").pairs {
        if value.chars().all(|c| verbs.contains(&c)) {
            verbs.extend(key.chars());
        }
    }
    for (name, characters) in [
        ("standard", listed("standard/characters.txt")),
        ("aspect", verbs),
    ] {
        let mut bits = vec![0_u8; 0x4_0000 / 8];
        for c in characters {
            bits[c as usize / 8] |= 1 << (c as usize % 8);
        }
        fs::write(out.join(name).with_extension("bits"), bits).expect("OUT_DIR can be written");
    }

    let sources = choice::Sources {
        characters: &own("choice/characters.txt"),
        known: &own("choice/words.txt"),
        counted: &own("words/words.txt"),
    };
    let fold = dictionary("AutoCharacters").pairs;
    write_choice(&out, &sources, &own("choice/names.txt"), &fold);

    let characters = read("TSCharacters");
    fs::write(out.join("readings.rs"), readings(&characters)).expect("OUT_DIR can be written");
    let traditional = characters
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (key, value) = line.split_once('\t').expect("a pair");
            let first = |text: &str| text.chars().next().expect("a character");
            (first(key), first(value))
        });
    let regional = ["TWPhrasesRev", "HKPhrasesRev"].map(&dictionary);
    let keys = regional.iter().flat_map(|entries| &entries.pairs);
    let sources = model::Sources {
        words: &own("words/words.txt"),
        pairs: &own("words/pairs.txt"),
        variants: &own("words/variants.txt"),
        phrases: keys.map(|(key, _)| key.as_str()).collect(),
        traditional: traditional.collect(),
    };
    fs::write(out.join("likelihood.model"), model::compile(sources))
        .expect("OUT_DIR can be written");

    let mut names: Vec<String> = fs::read_dir(&data)
        .expect("data/opencc can be read")
        .filter_map(|entry| {
            entry
                .expect("data/opencc can be read")
                .file_name()
                .into_string()
                .ok()
        })
        .filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned()))
        .collect();
    names.sort();
    code.push_str("const DICTIONARIES: &[(&str, &str)] = &[\n");
    for name in names {
        let path = data.join(&name).with_extension("txt");
        writeln!(code, "    ({name:?}, include_str!({path:?})),").expect("a string can be written");
    }
    for (name, text) in &assembled {
        let path = out.join(name).with_extension("txt");
        fs::write(&path, text).expect("OUT_DIR can be written");
        writeln!(code, "    ({name:?}, include_str!({path:?})),").expect("a string can be written");
    }
    code.push_str("];\n");
    fs::write(out.join("dictionaries.rs"), code).expect("OUT_DIR can be written");
}

/// The tables of the choice at each place: words, names, and as code what stands beside the places.
fn write_choice(out: &Path, sources: &choice::Sources, names: &str, fold: &[(String, String)]) {
    let compiled = choice::compile(sources);
    let words = compiled
        .words
        .iter()
        .map(|(word, count)| (word.as_str(), *count));
    let write = |name: &str, bytes: &[u8]| {
        fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    };
    write("choice.words", &language_model::words::compile(words));
    write("choice.names", &language_model::names::compile(names));
    let places = choice::places(sources.characters);
    let is_place = |c: char| places.iter().any(|place| place.form == c);
    let single = |text: &str| text.chars().next().filter(|c| c.len_utf8() == text.len());
    let mut pairs: Vec<(char, char)> = fold
        .iter()
        .filter_map(|(from, to)| Some((single(from)?, single(to)?)))
        .filter(|(from, _)| !is_place(*from))
        .collect();
    pairs.sort_unstable();
    let readings = compiled.readings.join(",\n");
    let mut surnames: Vec<char> = names
        .lines()
        .filter_map(|line| single(line.strip_prefix("surname ")?.split(' ').next()?))
        .collect();
    surnames.sort_unstable();
    let code = format!(
        "static PLACES: &[Place] = &{places:?};\n\
         static FOLD: &[(char, char)] = &{pairs:?};\n\
         static READINGS: &[Readings] = &[{readings}];\n\
         static SURNAMES: &[char] = &{surnames:?};\n\
         static CLASSES: Classes = Classes::new(&[{}], 0);\n",
        classes(&places)
    );
    write("choice.rs", code.as_bytes());
}

/// Classes of three bytes that let the places pass, as code: places whose bytes are alike share a class.
fn classes(places: &[choice::Place]) -> String {
    const MOST: usize = 8;
    let mut groups: Vec<Vec<[u8; 3]>> = places
        .iter()
        .map(|place| {
            let mut bytes = [0; 3];
            place.form.encode_utf8(&mut bytes);
            vec![bytes]
        })
        .collect();
    // How many strings of three bytes a class lets pass, by the nibbles that it allows.
    let passes = |group: &[[u8; 3]]| -> usize {
        (0..3)
            .map(|at| {
                let nibbles = |shift: u8| -> usize {
                    let found: BTreeSet<u8> =
                        group.iter().map(|bytes| bytes[at] >> shift & 0xF).collect();
                    found.len()
                };
                nibbles(0) * nibbles(4)
            })
            .product()
    };
    while groups.len() > MOST {
        let joined = |a: usize, b: usize| [&groups[a][..], &groups[b][..]].concat();
        let pairs = (0..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let growth = |&(a, b): &(usize, usize)| {
            passes(&joined(a, b)) as isize
                - passes(&groups[a]) as isize
                - passes(&groups[b]) as isize
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

/// Forms that are neither the first traditional form of their simplified character nor among Big5's common characters, but
/// for those in `common`: names keep them.
fn rare_variants(
    converted: &Dictionary,
    simplified: &str,
    common: &BTreeSet<char>,
) -> BTreeSet<char> {
    let first: BTreeSet<&str> = simplified
        .lines()
        .filter_map(|line| line.split_once('\t')?.1.split(' ').next())
        .collect();
    let is_common = |key: &str| {
        let (bytes, _, lacking) = encoding_rs::BIG5.encode(key);
        !lacking && bytes.len() == 2 && bytes[0] < 0xC9
    };
    let keys = converted.pairs.iter().map(|(key, _)| key.as_str());
    keys.filter(|key| !first.contains(key) && !is_common(key))
        .filter_map(|key| key.chars().next())
        .chain(common.iter().copied())
        .collect()
}

/// A byte for each BMP code point, and some more that no character has: the place of its class's counter, 0 for characters
/// of traditional script only, 13 for those of simplified script only, 26 for kana and hangul, 39 for `variants`, 52 for
/// all others. What the standard has is not of traditional script only.
fn script_classes(
    traditional: &str,
    simplified: &str,
    standard: &str,
    variants: &BTreeSet<char>,
) -> Vec<u8> {
    let mut classes = vec![52_u8; 0x1_0100];
    let mut set = |code: usize, class: u8| {
        if code < 0x1_0000 {
            classes[code] = class;
        }
    };
    let standard: BTreeSet<&str> = standard.lines().collect();
    // The characters that a dictionary changes, and whether it always does.
    let changed = |dictionary: &str| -> BTreeMap<char, bool> {
        let lines = dictionary.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.map(|line| line.split_once('\t').expect("a pair"));
        pairs
            .filter(|(key, values)| values.split(' ').next() != Some(key))
            .map(|(key, values)| {
                let always = values.split(' ').all(|value| value != key);
                (key.chars().next().expect("a key"), always)
            })
            .collect()
    };
    let (traditional, simplified) = (changed(traditional), changed(simplified));
    for (&c, &always) in &traditional {
        if always && !standard.contains(c.encode_utf8(&mut [0; 4]) as &str) {
            set(c as usize, 0);
        }
    }
    for (&c, &always) in &simplified {
        if always && !traditional.contains_key(&c) {
            set(c as usize, 13);
        }
    }
    for &c in variants {
        set(c as usize, 39);
    }
    // Hiragana and katakana letters without the middle dot, half-width katakana, syllables and letters of hangul.
    for block in [
        0x3041..=0x3096,
        0x309D..=0x309F,
        0x30A1..=0x30FA,
        0x30FC..=0x30FF,
        0xFF66..=0xFF9F,
        0x1100..=0x11FF,
        0x3131..=0x318E,
        0xAC00..=0xD7A3,
    ] {
        block.for_each(|code| set(code, 26));
    }
    classes
}

/// The readings of the characters that damaged pages gloss: those of GBK outside GB 2312 that `characters` simplifies.
fn readings(characters: &str) -> String {
    use pinyin::ToPinyinMulti as _;
    let mut rows: Vec<(char, String)> = Vec::new();
    for line in characters.lines().filter(|line| !line.starts_with('#')) {
        let (key, values) = line.split_once('\t').expect("a pair");
        let c = key.chars().next().expect("a key");
        let (bytes, _, lacking) = encoding_rs::GBK.encode(key);
        let gbk = !lacking && bytes.len() == 2;
        let gb2312 = gbk && (0xB0..=0xF7).contains(&bytes[0]) && bytes[1] >= 0xA1;
        if !gbk || gb2312 || values.split(' ').next() == Some(key) {
            continue;
        }
        if let Some(found) = c.to_pinyin_multi() {
            let found: Vec<_> = found
                .into_iter()
                .map(|reading| reading.with_tone())
                .collect();
            rows.push((c, found.join(" ")));
        }
    }
    rows.sort();
    format!("static READINGS: &[(char, &str)] = &{rows:?};")
}
