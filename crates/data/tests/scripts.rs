//! The characters that tell the scripts apart are what OpenCC's tables say.
//!
//! `JIANTI_WRITE_TABLES=1 cargo test -p jianti-data --features tables --test scripts` writes them anew, in a checkout.

use std::collections::{BTreeMap, BTreeSet};

use jianti_text::{script, standard};

/// The BMP characters that a dictionary changes, and whether it always does.
fn changed(name: &str) -> BTreeMap<char, bool> {
    let lines = jianti_data::text(name).lines();
    let pairs = lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').expect("a pair"));
    pairs
        .filter(|(key, values)| values.split(' ').next() != Some(key))
        .map(|(key, values)| {
            let always = values.split(' ').all(|value| value != key);
            (key.chars().next().expect("a key"), always)
        })
        .filter(|(c, _)| (*c as u32) < 0x1_0000)
        .collect()
}

/// Forms that are neither the first traditional form of their simplified character nor among Big5's common characters, but
/// for those that `choice/variants.txt` lists: names keep them. No name keeps what is but another shape of a character that
/// the standard simplifies, and so OpenCC has among its characters or the regional forms: 顔 is 顏, and that is 颜; but 愬 and
/// 寔 are characters of their own.
fn variants() -> BTreeSet<char> {
    let first: BTreeMap<&str, &str> = jianti_data::text("STCharacters")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(simplified, forms)| Some((simplified, forms.split(' ').next()?)))
        .collect();
    let traditional: BTreeSet<&str> = first.values().copied().collect();
    let is_simplified = |value: &str| first.get(value).is_some_and(|form| *form != value);
    let is_common = |key: &str| {
        let (bytes, _, lacking) = encoding_rs::BIG5.encode(key);
        !lacking && bytes.len() == 2 && bytes[0] < 0xC9
    };
    let lines = jianti_data::text("AutoCharacters").lines();
    let pairs = lines.filter_map(|line| line.split_once('\t'));
    let shapes: BTreeSet<&str> = ["TSCharacters", "TWVariantsRev", "HKVariantsRev"]
        .iter()
        .flat_map(|name| jianti_data::text(name).lines())
        .filter_map(|line| Some(line.split_once('\t')?.0))
        .collect();
    let kept = pairs.filter(|(key, value)| !(shapes.contains(key) && is_simplified(value)));
    let keys = kept.map(|(key, _)| key);
    let rare = keys.filter(|key| !traditional.contains(key) && !is_common(key));
    let listed = include_str!("../choice/variants.txt").lines();
    let listed = listed.filter(|line| !line.starts_with('#'));
    rare.filter_map(|key| key.chars().next())
        .chain(listed.flat_map(str::chars))
        .filter(|c| (*c as u32) < 0x1_0000)
        .collect()
}

/// A character tells if the tables convert it, and do not name the character itself among its conversions (as for 后, which
/// is both); a traditional one only if 《通用规范汉字表》 lacks it.
fn scripts() -> String {
    let standard: BTreeSet<char> = standard::characters().collect();
    let (traditional, simplified) = (changed("TSCharacters"), changed("STCharacters"));
    let variants = variants();
    let list = |characters: &BTreeMap<char, bool>, left_out: &dyn Fn(char) -> bool| -> String {
        let kept = characters
            .iter()
            .filter(|(c, always)| **always && !left_out(**c));
        kept.map(|(c, _)| c).collect()
    };
    let lines = [
        "# The characters that tell the scripts apart, and rarer forms that names keep.".to_owned(),
        "# Made by the tests of jianti-data (tests/scripts.rs).".to_owned(),
        format!(
            "traditional\t{}",
            list(&traditional, &|c| standard.contains(&c))
        ),
        format!(
            "simplified\t{}",
            list(&simplified, &|c| traditional.contains_key(&c))
        ),
        format!("variants\t{}", variants.iter().collect::<String>()),
    ];
    lines.join("\n") + "\n"
}

#[test]
fn the_table_is_what_the_dictionaries_say() {
    let scripts = scripts();
    if std::env::var_os("JIANTI_WRITE_TABLES").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../text/data/scripts.txt");
        std::fs::write(path, &scripts).expect("the table can be written");
    }
    assert!(script::SCRIPTS == scripts, "write it anew");
}
