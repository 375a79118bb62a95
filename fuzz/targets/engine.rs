//! Any text in any configuration: the vector loop, the portable loop and a way without unsafe code agree.
#![no_main]

use std::sync::LazyLock;

use jianti::{Config, Converter, Dictionary, Way};
use libfuzzer_sys::fuzz_target;

/// Each configuration as it is, and with a user's entries of ASCII, one of which ends where another begins.
static CONVERTERS: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    let user = Dictionary::parse("BMW\t宝马\n著\t着\n後\tH\nx\ty\n了a\tb\n").expect("well-formed");
    let plain = Config::ALL.map(|config| jianti::converter(config, false, &[]));
    let own =
        Config::ALL.map(|config| jianti::converter(config, false, std::slice::from_ref(&user)));
    plain.into_iter().chain(own).collect()
});

fuzz_target!(|input: (u8, u16, &str)| {
    let (number, at, text) = input;
    let converter = &CONVERTERS[usize::from(number) % CONVERTERS.len()];
    let mut at = usize::from(at).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let results = Way::ALL.map(|way| {
        way.take();
        let whole = converter.convert(text).into_owned();
        let mut pieces = String::new();
        let done = converter.append(&text[..at], false, &mut pieces);
        converter.append(&text[done..], true, &mut pieces);
        assert_eq!(pieces, whole, "{text:?} in pieces at {at}");
        whole
    });
    assert!(
        results.iter().all(|result| *result == results[0]),
        "{text:?}: {results:?}"
    );
});
