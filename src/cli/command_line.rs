//! The command line, together with the options of a configuration file.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::FromArgMatches as _;

use super::args::Cli;
use super::config_file;
use super::message::shown;
use super::told::usage::in_chinese;
use super::told::{Told, told};
use super::{help, language};

/// Why there is nothing to be run.
#[derive(Debug)]
pub enum Failure {
    /// Help or a version, or what is wrong with the command line.
    Clap(clap::Error),
    /// What is wrong with the configuration file.
    Told(Told),
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Failure {
        Failure::Clap(error)
    }
}

/// What is asked for, and the file from which options were read.
///
/// # Errors
/// A [`Failure`].
pub fn parse(arguments: Vec<OsString>) -> Result<(Cli, Option<PathBuf>), Failure> {
    // What comes later counts.
    language::settle(&arguments);
    let command = help::command().args_override_self(true);
    let matches = command.clone().try_get_matches_from(&arguments)?;
    let cli = Cli::from_arg_matches(&matches)?;
    if cli.no_config || cli.restore.is_some() || cli.version || cli.generate.is_some() {
        return Ok((cli, None));
    }
    let inputs = match &cli.stdin_filename {
        Some(name) if cli.names_no_file() => std::slice::from_ref(name),
        _ => &cli.paths[..],
    };
    let Some(file) = config_file::find(inputs).map_err(Failure::Told)? else {
        return Ok((cli, None));
    };
    let options = config_file::arguments(&file, &command, &matches).map_err(Failure::Told)?;
    let (program, given) = arguments.split_at(1);
    let all = program.iter().chain(&options).chain(given);
    let matches = command.try_get_matches_from(all).map_err(|error| {
        Failure::Told(told!(
            "{error}options of {file} count too; leave them out with --no-config",
            "{error}{file} 里的选项也算；用 --no-config 可以不读它",
            file = shown(&file);
            error = Told {
                english: error.to_string().trim_start_matches("error: ").to_owned(),
                chinese: in_chinese(&error),
            }
        ))
    })?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    // Of equal keys the first dictionary counts: that of the command line.
    let is_dictionary = |option: &&OsString| option.as_encoded_bytes().starts_with(b"--dict=");
    cli.dict
        .rotate_left(options.iter().filter(is_dictionary).count());
    Ok((cli, Some(file)))
}
