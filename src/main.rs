//! The command-line program.

mod batch;
mod cli;

use clap::Parser;

fn main() -> std::process::ExitCode {
    batch::run(cli::Cli::parse())
}
