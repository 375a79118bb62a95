//! Traditional to simplified: OpenCC's dictionaries and semantics in an engine of our own.
//!
//! The dictionaries are compiled at build time into [`tables`]; [`scan`] runs over the text, and [`phrase`] decides
//! where phrases may begin. Equal to OpenCC 1.4.2 to the byte; the tests hold it to that.

mod auto;
mod bytes;
mod choice;
mod config;
mod decisions;
mod dictionary;
mod groups;
mod ids;
mod phrase;
#[cfg(feature = "opencc")]
mod reference;
mod run;
mod scan;
mod script;
mod standard;
mod tables;
mod trie;
mod tries;
#[cfg(target_arch = "x86_64")]
mod wide;
mod zhe;

use std::borrow::Cow;
use std::sync::OnceLock;

pub(crate) use auto::{Auto, Bearing, Reading};
pub(crate) use choice::{Doubt, cuts_word, is_han};
use config::Chain;
pub use config::Config;
pub use dictionary::{Dictionary, ParseError};
#[cfg(feature = "opencc")]
pub use reference::Reference;
#[cfg(fuzzing)]
pub use run::Way;
pub use script::{Script, ScriptCount};
pub use standard::Outside;
use tables::Tables;
use tries::Tries;

/// Converts text to simplified script. `Send + Sync`; one converter serves all threads.
#[derive(Debug)]
pub struct Converter {
    tables: Cow<'static, Tables>,
}

impl Converter {
    /// A converter for a configuration; for [`Config::Auto`] one that leaves the characters that could be two things.
    ///
    /// With `rare` it also yields simplified characters that many fonts lack (OpenCC's
    /// `--include-tofu-risk-dictionaries`). `user` holds the user's own entries: where several keys begin at the same
    /// character the longest wins, then the user's; of equal keys the one listed first. The value of a user's entry is
    /// written as it stands.
    ///
    /// Without `rare` and `user` the tables come ready from the program; otherwise they are compiled here, which takes
    /// some milliseconds and about 150 bytes of memory for each user entry.
    pub fn new(config: Config, rare: bool, user: &[Dictionary]) -> Converter {
        Converter::compile(config as usize, &config.chain(), rare, user)
    }

    fn compile(number: usize, chain: &Chain, rare: bool, user: &[Dictionary]) -> Converter {
        let tables = if rare || !user.is_empty() {
            Cow::Owned(Tables::compile(chain, rare, embedded::dictionary, user))
        } else {
            Cow::Borrowed(embedded::tables(number, chain))
        };
        Converter { tables }
    }

    /// Converts a whole text; borrowed if nothing changes.
    pub fn convert<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match scan::convert_whole(&self.tables, text) {
            Some(out) => Cow::Owned(out),
            None => Cow::Borrowed(text),
        }
    }

    /// Converts the front of a text and appends the result to `out`; returns how many bytes of `text` it converted.
    ///
    /// With `last`, `text` ends the document and is converted whole. Without, characters near its end may wait for what
    /// follows: the next call must begin with them.
    pub fn append(&self, text: &str, last: bool, out: &mut String) -> usize {
        scan::convert(&self.tables, text, last, out)
    }
}

/// What `build.rs` compiled into the program.
mod embedded {
    use super::*;

    include!(concat!(env!("OUT_DIR"), "/dictionaries.rs"));

    /// The tables begin with cache lines, as they do in their pool.
    #[repr(align(64))]
    struct Aligned<T: ?Sized>(T);

    static POOL: &Aligned<[u8]> =
        &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/tables.pool")));

    /// A chain's tables without rare forms and user entries, in the configurations' order.
    pub fn tables(number: usize, chain: &Chain) -> &'static Tables {
        static TABLES: [OnceLock<Tables>; config::CHAINS] =
            [const { OnceLock::new() }; config::CHAINS];
        TABLES[number].get_or_init(|| {
            let (pool, list) = (&POOL.0[..], TABLE_LISTS[number]);
            Tables::read(&mut bytes::Reader { pool, list }, *chain, tries)
        })
    }

    /// A chain's dictionaries, without rare forms.
    fn tries(chain: &Chain) -> Tries {
        Tries::new(chain, false, dictionary, &[], |c| c)
    }

    /// One of OpenCC's dictionaries, by name.
    pub fn dictionary(name: &str) -> Dictionary {
        Dictionary::parse(text(name)).expect("embedded dictionaries are well-formed")
    }

    /// One of OpenCC's dictionaries as text, by name.
    pub fn text(name: &str) -> &'static str {
        let found = DICTIONARIES.iter().find(|(found, _)| *found == name);
        found.unwrap_or_else(|| panic!("{name} is embedded")).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_equal_those_compiled_at_run_time() {
        let chains = Config::ALL
            .into_iter()
            .chain([Config::Auto])
            .map(Config::chain);
        for (number, chain) in chains.enumerate() {
            let compiled = Tables::compile(&chain, false, embedded::dictionary, &[]);
            let [compiled, embedded] =
                [&compiled, embedded::tables(number, &chain)].map(|tables| {
                    let mut pool = bytes::Pool::default();
                    (tables.write(&mut pool), pool.bytes)
                });
            assert!(compiled == embedded, "{:?}", chain.steps);
        }
    }
}
