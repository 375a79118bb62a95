//! Converting a text in pieces gives what converting it whole gives.

mod common;

use fastrand::Rng;
use jianti::{Config, Converter, Dictionary};

/// Converts `text` as a stream would: piece by piece, what is not converted yet put before the next piece.
fn in_pieces(converter: &Converter, text: &str, random: &mut Rng, most: usize) -> String {
    let (mut out, mut pending, mut rest) = (String::new(), String::new(), text);
    loop {
        let mut length = random.usize(0..=most).min(rest.len());
        while !rest.is_char_boundary(length) {
            length += 1;
        }
        pending.push_str(&rest[..length]);
        rest = &rest[length..];
        let done = converter.append(&pending, rest.is_empty(), &mut out);
        pending.drain(..done);
        if rest.is_empty() {
            assert_eq!(pending, "");
            return out;
        }
    }
}

#[test]
fn pieces_make_the_whole() {
    let mut random = Rng::with_seed(7);
    let keys: Vec<String> = [
        "TSPhrases",
        "TWPhrasesRev",
        "TWVariantsRevPhrases",
        "HKPhrasesRev",
        "STCharacters",
    ]
    .iter()
    .flat_map(|name| {
        let text = jianti_data::text(name);
        Dictionary::parse(text).expect("well-formed").pairs
    })
    .map(|(key, _)| key)
    .chain(["⿰", "⿱", "⿲", "\u{F9D0}", "\n", "a "].map(str::to_owned))
    .collect();
    let user =
        Dictionary::parse("乾隆皇帝的龍袍\t龙袍\n著名\t出名\n⿰\t〓\n").expect("well-formed");
    for config in Config::ALL {
        for user in [&[][..], std::slice::from_ref(&user)] {
            let converter = jianti::converter(config, false, user);
            for _ in 0..2_000 {
                let text: String = (0..random.usize(1..20))
                    .flat_map(|_| {
                        let key = &keys[random.usize(..keys.len())];
                        key.chars().take(random.usize(1..=6)).collect::<Vec<_>>()
                    })
                    .collect();
                let whole = converter.convert(&text);
                assert_eq!(
                    in_pieces(&converter, &text, &mut random, 12),
                    whole,
                    "{config}: {text:?}"
                );
            }
        }
    }
}

#[test]
fn pieces_make_the_whole_of_real_text() {
    let mut random = Rng::with_seed(11);
    for config in [Config::T2s, Config::Tw2sp] {
        let converter = jianti::converter(config, false, &[]);
        for (name, text) in common::real_texts() {
            let found = in_pieces(&converter, &text, &mut random, 10_000);
            assert!(found == converter.convert(&text), "{config}: {name}");
        }
    }
}
