//! Any text: repaired again it stays as it is, and in two pieces it comes out as it does whole.
#![no_main]

use jianti::repair::{Findings, Page, Repairer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &str)| {
    let (at, text) = input;
    let repairer = Repairer::default();
    let mut found = Findings::new(true);
    let whole = repairer.repair(text, &mut found);
    assert_eq!(
        repairer.repair(&whole, &mut Findings::new(false)),
        whole,
        "{text:?} repaired again"
    );

    let mut at = usize::from(at).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut in_pieces = Findings::new(true);
    let mut out = String::new();
    let mut page = Page::new(text);
    let done = repairer.append(&mut page, &text[..at], 0, false, &mut in_pieces, &mut out);
    let rest = &text[done..];
    repairer.append(&mut page, rest, done as u64, true, &mut in_pieces, &mut out);
    assert_eq!(out, whole, "{text:?} in pieces");
    assert_eq!(in_pieces.repairs, found.repairs, "{text:?} in pieces");
});
