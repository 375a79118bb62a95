//! Damage undone: real pages, every place of clean text that the program could have damaged, and text that must not change.

mod common;

use std::collections::BTreeMap;

use fastrand::Rng;
use jianti::repair::replay::{Event, replay};
use jianti::repair::{Findings, Repairer};

fn repaired(text: &str) -> String {
    let repairer = Repairer::default();
    repairer.repair(text, &mut Findings::default()).into_owned()
}

/// The characters that the simulated program glosses, each with the reading it gives.
fn glossed() -> &'static BTreeMap<[u8; 2], String> {
    static TABLE: std::sync::OnceLock<BTreeMap<[u8; 2], String>> = std::sync::OnceLock::new();
    TABLE.get_or_init(|| {
        use pinyin::ToPinyin;
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/opencc/TSCharacters.txt");
        let pairs = std::fs::read_to_string(path).expect("a dictionary");
        pairs
            .lines()
            .filter_map(|line| {
                let (key, value) = line.split_once('\t')?;
                let (bytes, _, lacking) = encoding_rs::GBK.encode(key);
                let bytes: [u8; 2] = (*bytes).try_into().ok()?;
                let gb2312 = bytes[0] >= 0xB0 && bytes[1] >= 0xA1;
                let reading = key.chars().next()?.to_pinyin()?.with_tone();
                let changes = value.split(' ').next() != Some(key);
                (changes && !lacking && !gb2312).then(|| (bytes, reading.to_owned()))
            })
            .collect()
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    AlignedGloss,
    CrossingGloss,
    CrossingCut,
}

/// Every place of a text where the program could have done damage.
fn places(bytes: &[u8]) -> Vec<(Kind, Event)> {
    let mut found = Vec::new();
    let mut aligned = true;
    for at in 0..bytes.len().saturating_sub(1) {
        let begins = aligned;
        aligned = !begins || bytes[at] < 0x80;
        let pair = [bytes[at], bytes[at + 1]];
        if let Some(reading) = glossed().get(&pair) {
            let kind = if begins {
                Kind::AlignedGloss
            } else {
                Kind::CrossingGloss
            };
            found.push((kind, Event::Gloss(at + 2, reading.clone())));
        }
        let mark = pair[0] == 0xA3 && matches!(pair[1], 0xA1 | 0xAC | 0xBA | 0xBB | 0xBF);
        if mark && !begins {
            found.push((Kind::CrossingCut, Event::Cut(at)));
        }
    }
    found
}

/// What pages show: with or without private-use characters, with full-width or ASCII marks.
fn shown(text: &str, variant: usize) -> String {
    text.chars()
        .filter(|c| variant & 1 == 0 || !('\u{E000}'..='\u{F8FF}').contains(c))
        .map(|c| match c {
            '，' | '：' | '；' | '？' | '！' if variant & 2 != 0 => {
                char::from_u32(c as u32 - 0xFEE0).expect("ASCII")
            }
            _ => c,
        })
        .collect()
}

#[test]
fn every_place_one_by_one() {
    let mut random = Rng::with_seed(41);
    let mut counts: BTreeMap<(String, Kind, bool), [usize; 3]> = BTreeMap::new();
    let show = std::env::var("SHOW").is_ok();
    for (name, text) in common::real_texts() {
        if !name.contains("tw") && !name.contains("traditional") {
            continue;
        }
        let mut lines: Vec<&str> = text.lines().collect();
        if name.starts_with("news") {
            // The first half made the model.
            lines = lines.split_off(lines.len() / 2);
        }
        let lines: Vec<&str> = lines
            .into_iter()
            .filter(|line| {
                (12..400).contains(&line.chars().count())
                    && line
                        .chars()
                        .filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c))
                        .count()
                        * 3
                        > line.chars().count() * 2
            })
            .collect();
        let mut lines = lines;
        lines.sort();
        lines.dedup();
        for _ in 0..std::env::var("SITES").map_or(300, |n| n.parse().unwrap()) {
            let line = lines[random.usize(..lines.len())].trim();
            let (bytes, _, lacking) = encoding_rs::GBK.encode(line);
            if lacking {
                continue;
            }
            let places = places(&bytes);
            if places.is_empty() {
                continue;
            }
            let (kind, event) = &places[random.usize(..places.len())];
            let variant = random.usize(..4);
            let clean = shown(line, variant & 2);
            let damaged = shown(&replay(&bytes, std::slice::from_ref(event)), variant);
            let begun = std::time::Instant::now();
            let result = repaired(&damaged);
            if begun.elapsed().as_millis() > 100 {
                println!("slow {:?}: {damaged}", begun.elapsed());
            }
            let same = |a: &str, b: &str| shown(a, 2) == shown(b, 2);
            let outcome = if same(&result, &clean) {
                0
            } else if result == damaged {
                1
            } else {
                2
            };
            if show && outcome > 0 {
                let at = clean
                    .chars()
                    .zip(damaged.chars())
                    .take_while(|(a, b)| a == b)
                    .count();
                let cut = |s: &str| {
                    s.chars()
                        .skip(at.saturating_sub(4))
                        .take(24)
                        .collect::<String>()
                };
                println!(
                    "{outcome} {kind:?} {variant} {} | {} | {}",
                    cut(&damaged),
                    cut(&clean),
                    cut(&result)
                );
            }
            counts
                .entry((name.clone(), *kind, variant & 1 == 1))
                .or_default()[outcome] += 1;
        }
    }
    let mut total = [0; 3];
    for (what, found) in &counts {
        println!("{what:?}: {found:?}");
        for at in 0..3 {
            total[at] += found[at];
        }
    }
    println!(
        "all: {total:?} {:.2} % exact, {:.2} % wrong",
        total[0] as f64 * 100.0 / total.iter().sum::<usize>() as f64,
        total[2] as f64 * 100.0 / total.iter().sum::<usize>() as f64
    );
}
