//! Tables: the readings of the characters that damaged pages gloss, and GBK's characters.

use std::path::PathBuf;
use std::{env, fs};

use pinyin::ToPinyinMulti as _;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = readings(jianti_data::text("TSCharacters"));
    fs::write(out.join("readings.rs"), code).expect("OUT_DIR can be written");
    fs::write(out.join("gbk.rs"), gbk()).expect("OUT_DIR can be written");
}

/// Code that lists the characters of GBK's pairs as encoding_rs decodes them, by lead byte from 81 on and trail byte from 40
/// to FE; 0 where there is none. All are in the BMP.
fn gbk() -> String {
    let leads = 0x81..=0xFE_u8;
    let pairs = leads.flat_map(|lead| (0x40..=0xFE_u8).map(move |trail| [lead, trail]));
    let characters: Vec<u16> = pairs
        .map(|bytes| {
            let (text, malformed) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
            let mut found = text.chars();
            match (malformed, found.next(), found.next()) {
                (false, Some(c), None) => u16::try_from(u32::from(c)).expect("of the BMP"),
                _ => 0,
            }
        })
        .collect();
    format!("static CHARACTERS: [u16; 126 * TRAILS] = {characters:?};")
}

/// Code that lists the readings of the characters of GBK outside GB 2312 that `characters` simplifies, which most damaged
/// pages gloss; and those of GB 2312, which some gloss too.
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
        rows.extend(read(c).map(|found| (c, found)));
    }
    // 著 is in GB 2312 and stays itself; pages gloss it all the same.
    rows.push(('著', "zhù zhe zháo".to_owned()));
    rows.sort();
    let leads = 0xB0..=0xF7_u8;
    let pairs = leads.flat_map(|lead| (0xA1..=0xFE_u8).map(move |trail| [lead, trail]));
    let mut others: Vec<(char, String)> = pairs
        .filter_map(|bytes| {
            let (text, _) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
            text.chars().next()
        })
        .filter(|c| rows.binary_search_by_key(c, |(c, _)| *c).is_err())
        .filter_map(|c| Some((c, read(c)?)))
        .collect();
    others.sort();
    table("READINGS", &rows) + &table("OTHER_READINGS", &others)
}

/// Code of a table of readings by character, in order. Where each begins is told by a number, as of pointers the program would
/// have to relocate every one when it starts.
fn table(name: &str, rows: &[(char, String)]) -> String {
    let mut text = String::new();
    let mut starts = Vec::new();
    for (c, readings) in rows {
        starts.push((*c, text.len() as u32));
        text.push_str(readings);
    }
    format!("static {name}: Readings = Readings {{ starts: &{starts:?}, text: {text:?} }};\n")
}

/// A character's readings with tone marks, the most common first, with spaces between; `None` if none are known.
fn read(c: char) -> Option<String> {
    let found = c.to_pinyin_multi()?.into_iter();
    let found: Vec<_> = found.map(|reading| reading.with_tone()).collect();
    Some(found.join(" "))
}
