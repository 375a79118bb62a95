//! Many files at once: discover → job → write, in parallel, and a report of it all.

pub mod args;
mod container;
mod dictionary;
mod discover;
mod hint;
mod interrupt;
mod job;
mod names;
mod plan;
mod read;
mod report;
mod write;

use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jianti::{Engine, Error, Normalizer, Options, Punctuation, Repair};
use rayon::iter::{ParallelBridge, ParallelIterator};

use args::Cli;
use job::Job;
use plan::{Action, Plan};
use report::{FileReport, Reporter};
use write::OutputTree;

/// Something failed; 0 and 1 are as in `--help`.
const FAILED: u8 = 2;

/// Does what the command line asks for.
pub fn run(cli: Cli) -> ExitCode {
    let result = prepare(&cli).and_then(|(plan, normalizer)| {
        interrupt::listen(plan.action == Action::Stdout).map_err(|error| error.to_string())?;
        start_threads(&plan, &cli)?;
        match plan.roots.is_empty() {
            true => convert_stdin(&normalizer, &cli),
            false => convert_files(&plan, &normalizer, &cli),
        }
    });
    let code = result.unwrap_or_else(|error| {
        complain(&error);
        FAILED
    });
    ExitCode::from(interrupt::requested().unwrap_or(code))
}

/// Starts the threads that work on files. What is printed does without them, unless a large text calls for them: a small
/// one is done before they are there.
fn start_threads(plan: &Plan, cli: &Cli) -> Result<(), String> {
    if plan.action == Action::Stdout && cli.threads == 0 {
        return Ok(());
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(cli.threads)
        .build_global()
        .map_err(|error| format!("no threads can be started: {error}"))
}

/// Prints an error the way all are printed.
fn complain(message: &str) {
    // If even that fails there is nobody to tell.
    let _ = writeln!(io::stderr(), "jianti: {message}");
}

fn prepare(cli: &Cli) -> Result<(Plan, Normalizer), String> {
    let options = Options {
        config: cli.config,
        punctuation: match cli.punctuation {
            args::Punctuation::Chinese => Punctuation::Chinese,
            args::Punctuation::Keep => Punctuation::Keep,
        },
        any_language: cli.language == args::Language::Any,
        rare: cli.rare,
        dictionaries: dictionary::read_all(&cli.dict)?,
        engine: match cli.engine {
            args::Engine::Builtin => Engine::Builtin,
            #[cfg(feature = "opencc")]
            args::Engine::Opencc => Engine::Opencc,
        },
        encoding: cli.encoding,
        repair: match cli.repair {
            args::Repair::Auto => Repair::Auto,
            args::Repair::Off => Repair::Off,
            args::Repair::Report => Repair::Report,
        },
        count_outside: cli.report.is_some(),
        explain: report::explains(cli),
        format: cli.format,
        keep_code: cli.keep_code,
        fields: cli.field.clone(),
        to_encoding: cli.to_encoding,
        lossy: cli.lossy,
        archives: cli.archives,
        limits: !cli.no_limits,
    };
    let normalizer = Normalizer::new(options).map_err(|error| hint::message(&error))?;
    Ok((Plan::new(cli)?, normalizer))
}

fn convert_stdin(normalizer: &Normalizer, cli: &Cli) -> Result<u8, String> {
    let mut input = io::stdin().lock();
    let mut head = Vec::new();
    let result = Read::take(&mut input, read::LOOK as u64)
        .read_to_end(&mut head)
        .map_err(Error::Io)
        .and_then(|_| {
            let is_container = normalizer.is_container(&head);
            let mut input = head.chain(input);
            if is_container {
                let mut file = tempfile::tempfile()?;
                io::copy(&mut input, &mut file)?;
                return container::print(normalizer, Path::new(""), file);
            }
            let mut output = io::BufWriter::new(io::stdout().lock());
            let outcome = normalizer.normalize_stream(&mut input, &mut output)?;
            output.flush()?;
            Ok(outcome)
        });
    match result {
        Ok(outcome) => {
            eprint!("{}", report::explain("standard input", &outcome));
            if cli.verbose {
                eprintln!("standard input: {}", report::describe(&outcome));
            }
            Ok(0)
        }
        Err(error) if job::is_closed_pipe(&error) => Ok(0),
        Err(error) => Err(format!("standard input: {}", hint::message(&error))),
    }
}

fn convert_files(plan: &Plan, normalizer: &Normalizer, cli: &Cli) -> Result<u8, String> {
    let reporter = Reporter::new(cli, plan)?;
    let output = match &plan.action {
        Action::Output(root) => Some(OutputTree::new(root)),
        _ => None,
    };
    let job = Job {
        plan,
        normalizer,
        output,
    };
    let work = |found| {
        if interrupt::requested().is_some() {
            return;
        }
        let report = match found {
            Ok(file) => job.run(&file),
            Err(report) => Some(report),
        };
        if let Some(report) = report {
            reporter.add(report);
        }
    };
    if plan.action == Action::Stdout {
        // Texts one after the other, in the order they were named.
        discover::files(plan).for_each(work);
    } else if plan.names {
        let renamed = names::plan(plan, normalizer)?;
        // Who waits for others to finish a large file must not begin another file meanwhile, which a bridge prevents.
        renamed.files.into_iter().par_bridge().for_each(work);
        rename_directories(plan, &renamed.directories, &reporter);
    } else {
        discover::files(plan).par_bridge().for_each(work);
    }
    let totals = reporter.finish()?;
    Ok(if totals.errors > 0 {
        FAILED
    } else {
        u8::from(plan.action == Action::Check && totals.changed > 0)
    })
}

/// Renames directories in place when all files in them are done.
fn rename_directories(plan: &Plan, directories: &[(PathBuf, OsString)], reporter: &Reporter) {
    for (path, name) in directories {
        if plan.dry_run || interrupt::requested().is_some() {
            return;
        }
        if let Err(error) = names::rename(path, name) {
            reporter.add(FileReport::error(path, error.to_string()));
        }
    }
}
