//! Completions and the man page, made of the options' own definitions (`--generate`).

use std::io::{self, Write};

use clap_complete::Shell;

use super::args::Generate;
use super::help;

/// Writes what is asked for.
///
/// # Errors
/// It cannot be written.
pub fn generate(what: Generate, output: &mut impl Write) -> io::Result<()> {
    let mut command = help::command();
    let shell = match what {
        Generate::CompleteBash => Shell::Bash,
        Generate::CompleteZsh => Shell::Zsh,
        Generate::CompleteFish => Shell::Fish,
        Generate::CompletePowershell => Shell::PowerShell,
        Generate::Man => return clap_mangen::Man::new(command).render(output),
    };
    // Its own writing fails where ours can.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "jianti", &mut text);
    output.write_all(&text)
}
