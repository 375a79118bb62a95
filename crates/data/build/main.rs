//! Lists the dictionaries, and compiles them into the tables that the program embeds.
#![forbid(unsafe_code)]

#[cfg(feature = "tables")]
mod assemble;
#[cfg(feature = "tables")]
mod choice;
#[cfg(feature = "tables")]
mod compile;
#[cfg(feature = "tables")]
mod source;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build");
    for folder in ["choice", "opencc", "standard", "words"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut code = list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("opencc"));
    #[cfg(feature = "tables")]
    code.push_str(&compile::tables(&out));
    code.push('\n');
    fs::write(out.join("dictionaries.rs"), code).expect("OUT_DIR can be written");
}

/// Code that lists the dictionaries' names and texts.
fn list(folder: &Path) -> String {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("opencc/ can be read")
        .map(|entry| entry.expect("opencc/ can be read").file_name())
        .filter_map(|name| name.into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned()))
        .collect();
    names.sort();
    let mut code = "const DICTIONARIES: &[(&str, &str)] = &[\n".to_owned();
    for name in names {
        let path = folder.join(&name).with_extension("txt");
        writeln!(code, "    ({name:?}, include_str!({path:?})),").expect("a string can be written");
    }
    code.push_str("];\n");
    code
}
