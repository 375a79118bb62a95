//! Converters by the embedded tables.

use std::sync::OnceLock;

use jianti_opencc::bytes::Reader;
use jianti_opencc::{Chain, Config, Converter, Dictionary, Tables, Tries, config};

use crate::dictionaries::{TABLE_LISTS, text};

/// The characters that 着 follows as the mark of an aspect; a bit for each code point below U+40000.
pub static ASPECT: &[u8; 0x8000] = include_bytes!(concat!(env!("OUT_DIR"), "/aspect.bits"));

/// The tables begin with cache lines, as they do in their pool.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

static POOL: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/tables.pool")));

/// A converter for a configuration; for [`Config::Auto`] one that leaves the characters that could be two things.
///
/// With `rare` it also yields simplified characters that many fonts lack (OpenCC's
/// `--include-tofu-risk-dictionaries`). `user` holds the user's own entries: where several keys begin at the same
/// character the longest wins, then the user's; of equal keys the one listed first. The value of a user's entry is
/// written as it stands.
///
/// Without `rare` and `user` the tables come ready from the program; otherwise they are compiled here, which takes
/// some milliseconds and about 150 bytes of memory for each user entry.
pub fn converter(config: Config, rare: bool, user: &[Dictionary]) -> Converter {
    let chain = config.chain();
    match rare || !user.is_empty() {
        true => Converter::new(Tables::compile(&chain, rare, dictionary, user)),
        false => Converter::new(embedded(config as usize, &chain)),
    }
}

/// A chain's tables without rare forms and user entries, in the configurations' order.
fn embedded(number: usize, chain: &Chain) -> &'static Tables {
    static TABLES: [OnceLock<Tables>; config::CHAINS] = [const { OnceLock::new() }; config::CHAINS];
    TABLES[number].get_or_init(|| {
        let (pool, list) = (&POOL.0[..], TABLE_LISTS[number]);
        Tables::read(&mut Reader { pool, list }, *chain, tries)
    })
}

/// A chain's dictionaries, without rare forms.
fn tries(chain: &Chain) -> Tries {
    Tries::new(chain, false, dictionary, &[], |c| c)
}

fn dictionary(name: &str) -> Dictionary {
    Dictionary::parse(text(name)).expect("embedded dictionaries are well-formed")
}

#[cfg(test)]
mod tests {
    use jianti_opencc::bytes::Pool;

    use super::*;

    #[test]
    fn embedded_tables_equal_those_compiled_at_run_time() {
        let chains = Config::ALL
            .into_iter()
            .chain([Config::Auto])
            .map(Config::chain);
        for (number, chain) in chains.enumerate() {
            let compiled = Tables::compile(&chain, false, dictionary, &[]);
            let [compiled, embedded] = [&compiled, embedded(number, &chain)].map(|tables| {
                let mut pool = Pool::default();
                (tables.write(&mut pool), pool.bytes)
            });
            assert!(compiled == embedded, "{:?}", chain.steps);
        }
    }
}
