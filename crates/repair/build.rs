//! The readings of the characters that damaged pages gloss.

use std::path::PathBuf;
use std::{env, fs};

use pinyin::ToPinyinMulti as _;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = readings(jianti_data::text("TSCharacters"));
    fs::write(out.join("readings.rs"), code).expect("OUT_DIR can be written");
}

/// Code that lists the characters of GBK outside GB 2312 that `characters` simplifies, with their readings.
fn readings(characters: &str) -> String {
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
