//! Text that is decoded already: what it becomes, and what was decided at each character that could be two things.
//!
//!     cargo run --release --example text

use std::error::Error;
use std::io::{self, Write};

use jianti::{Normalizer, Options};

pub fn main() -> Result<(), Box<dyn Error>> {
    convert(&mut io::stdout())
}

pub fn convert(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Made once; one serves all threads.
    let normalizer = Normalizer::new(Options::default().with(|options| options.explain = true))?;
    let (text, outcome) = normalizer.normalize_str("王乾先生看著關於餅乾的書，開會(huì)去了。")?;
    writeln!(out, "{text}")?;
    for place in outcome.choices.iter().chain(&outcome.doubts) {
        let (before, after, other) = (place.before, place.after, place.other);
        let (reason, word) = (place.reason.name(), &place.word);
        writeln!(out, "{before} -> {after}, not {other}: {reason} {word}")?;
    }
    for site in &outcome.sites {
        let after = site.after.as_deref().unwrap_or("open");
        writeln!(out, "{}: {:?} -> {after:?}", site.rule.name(), site.before)?;
    }
    Ok(())
}
