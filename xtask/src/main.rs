//! Looks at the code of the workspace: `cargo xtask imports` and `cargo xtask sizes`.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use xtask::{imports, layers, sizes};

const USAGE: &str = "\
cargo xtask imports [--layers ORDER] [FOLDER]
    Circles between files, arrows that point up, unsafe blocks. Exit code 1 if there is a circle or such an arrow.
    ORDER names the layers from the top down, as in 'cli normalizer pipeline stages choice,punctuate context'.
cargo xtask sizes [FOLDER]
    Files over 500 lines and functions over 80.

FOLDER is a checkout; without it, this one.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().ok_or(USAGE)?;
    let mut order = layers::ORDER.to_owned();
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    while let Some(argument) = arguments.next() {
        if argument == "--layers" {
            order = arguments.next().ok_or(USAGE)?;
        } else {
            root = PathBuf::from(argument);
        }
    }
    match command.as_str() {
        "imports" => {
            let report = imports::report(&root, &order)?;
            print!("{report}");
            Ok(ExitCode::from(u8::from(!report.is_clean())))
        }
        "sizes" => {
            print!("{}", sizes::report(&root)?);
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(USAGE.to_owned()),
    }
}
