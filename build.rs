//! Compiles the dictionaries in `data/opencc` into the tables that the program embeds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/convert/bytes.rs"]
#[allow(dead_code)]
mod bytes;
#[path = "src/convert/config.rs"]
#[allow(dead_code)]
mod config;
#[path = "src/convert/decisions.rs"]
#[allow(dead_code)]
mod decisions;
#[path = "src/convert/dictionary.rs"]
mod dictionary;
#[path = "src/convert/ids.rs"]
#[allow(dead_code)]
mod ids;
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

use config::Config;
use dictionary::Dictionary;
use tables::Tables;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/convert");
    println!("cargo:rerun-if-changed=src/repair/model.rs");
    println!("cargo:rerun-if-changed=data");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/opencc");
    let mut code = String::new();

    let read = |name: &str| {
        let path = data.join(name).with_extension("txt");
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let dictionary = |name: &str| {
        Dictionary::parse(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    code.push_str("const TABLE_BYTES: [&[u8]; Config::ALL.len()] = [\n");
    for config in Config::ALL {
        let file = out.join(format!("{config}.tables"));
        let tables = Tables::compile(config, false, dictionary, &[]);
        fs::write(&file, tables.to_bytes()).expect("OUT_DIR can be written");
        writeln!(code, "    include_bytes!({file:?}),").expect("a string can be written");
    }
    code.push_str("];\n");

    let classes = script_classes(&read("TSCharacters"), &read("STCharacters"));
    let file = out.join("script.classes");
    fs::write(&file, classes).expect("OUT_DIR can be written");
    writeln!(
        code,
        "pub static SCRIPT_CLASSES: &[u8; 0x4000] = include_bytes!({file:?});"
    )
    .expect("a string can be written");

    let characters = read("TSCharacters");
    fs::write(out.join("readings.rs"), readings(&characters)).expect("OUT_DIR can be written");
    let counted = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("data/words")
            .join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let (words, pairs) = (counted("words.txt"), counted("pairs.txt"));
    let simplified = characters
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (key, value) = line.split_once('\t').expect("a pair");
            let first = |text: &str| text.chars().next().expect("a character");
            (first(key), first(value))
        });
    fs::write(
        out.join("likelihood.model"),
        model::compile(&words, &pairs, simplified),
    )
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
    code.push_str("];\n");
    fs::write(out.join("dictionaries.rs"), code).expect("OUT_DIR can be written");
}

/// Two bits for each BMP code point, four code points to a byte: 1 for a character of traditional script only, 2 for one
/// of simplified script only.
fn script_classes(traditional: &str, simplified: &str) -> Vec<u8> {
    let mut classes = vec![0_u8; 0x1_0000 / 4];
    for (dictionary, class) in [(traditional, 1), (simplified, 2)] {
        for line in dictionary.lines().filter(|line| !line.starts_with('#')) {
            let (key, values) = line.split_once('\t').expect("a pair");
            let code = key.chars().next().expect("a key") as usize;
            if code < 0x1_0000 && values.split(' ').all(|value| value != key) {
                classes[code / 4] |= class << (code % 4 * 2);
            }
        }
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
