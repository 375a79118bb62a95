//! The table of source code's file names is what `ignore` (which ripgrep takes them from) knows, less what is read.
//!
//! `JIANTI_WRITE_TABLES=1 cargo test -p jianti-formats --test code_types` writes it anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ignore::types::TypesBuilder;
use jianti_formats::Format;

/// Types that are prose, or no text at all, whatever the ending.
const OTHERS: [&str; 19] = [
    "avro",
    "brotli",
    "bzip2",
    "cbor",
    "gzip",
    "license",
    "log",
    "lz4",
    "lzma",
    "man",
    "pdf",
    "postscript",
    "readme",
    "txt",
    "usd",
    "xz",
    "z",
    "zstd",
    "markdown",
];

/// The names in a glob that has alternatives in brackets.
fn alternatives(glob: &str) -> Vec<String> {
    let Some((front, rest)) = glob.split_once('[') else {
        return vec![glob.to_owned()];
    };
    let (set, rest) = rest.split_once(']').expect("a closed set");
    let behind = alternatives(rest);
    let each = set
        .chars()
        .flat_map(|c| behind.iter().map(move |rest| format!("{front}{c}{rest}")));
    each.collect()
}

/// Whether the name's ending is one of a format that is read; of plain text any name may be.
fn is_read(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = ending.parse::<Format>();
    format.is_ok_and(|format| format != Format::Text && format != Format::Code)
}

fn table() -> String {
    let mut builder = TypesBuilder::new();
    builder.add_defaults();
    let mut names = BTreeSet::new();
    for definition in builder.definitions() {
        if OTHERS.contains(&definition.name()) {
            continue;
        }
        for glob in definition.globs() {
            for mut name in alternatives(glob) {
                if name.starts_with("*.") {
                    name.make_ascii_lowercase();
                }
                if !is_read(&name) {
                    names.insert(name);
                }
            }
        }
    }
    let head = "# Names of files that hold source code: the types of the crate ignore (Unlicense or MIT), less prose and every format\n\
                # that is read. Made by tests/code_types.rs.\n";
    let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
    head.to_owned() + &lines
}

#[test]
fn the_table_is_what_ignore_knows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/code/types.txt");
    let table = table();
    if std::env::var_os("JIANTI_WRITE_TABLES").is_some() {
        fs::write(&path, &table).expect("the table can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("the table"), table);
}

#[test]
fn further_endings_are_in_no_other_table() {
    let types = BTreeSet::from_iter(include_str!("../data/code/types.txt").lines());
    let further = include_str!("../data/code/further.txt");
    let endings: Vec<&str> = further
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(endings.is_sorted() && endings.len() > 100);
    for ending in endings {
        assert!(ending.starts_with("*."), "{ending}");
        assert!(!types.contains(ending) && !is_read(ending), "{ending}");
    }
}
