//! Many files at once: discover → job → commit, in parallel, and a report of it all.
//!
//! - What is to be done: [`plan`], [`overlap`]. Which files there are: [`discover`], [`names`].
//! - One file: [`read`], [`job`], [`document`], [`container`], [`memory`], [`stdout`].
//! - Files that appear whole, and stay: [`dir`], [`tree`], [`atomic`], [`attributes`], [`commit`]; [`backup`], [`restore`].
//! - What was done: [`lists`], [`state`] and [`states`] for `--update`; [`report`], [`report_file`], [`reporter`], [`totals`],
//!   [`message`] for people.
//! - How it ends early: [`interrupt`], [`supervise`].

mod action;
pub mod args;
mod atomic;
mod attributes;
mod backup;
mod commit;
mod container;
mod dictionary;
mod dir;
mod discover;
mod document;
mod error;
mod hint;
mod identity;
mod interrupt;
mod job;
mod links;
mod lists;
mod memory;
mod message;
mod name;
mod names;
mod overlap;
mod plan;
mod read;
mod report;
mod report_file;
mod reporter;
mod restore;
mod state;
mod states;
mod stdout;
mod supervise;
mod totals;
mod tree;

use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};

use clap::Parser as _;
use jianti::{Bom, Config, Engine, Normalizer, Options, Punctuation, Repair};
use rayon::iter::{ParallelBridge, ParallelIterator};

use action::Action;
use args::Cli;
use commit::{Committer, Written};
use error::{FileError, caught};
use job::{Job, Step};
use memory::Memory;
use message::complain;
use plan::Plan;
use report::FileReport;
use reporter::Reporter;
use states::States;
use stdout::Stdout;
use tree::Tree;

/// Something failed; 0 and 1 are as in `--help`.
const FAILED: u8 = 2;

/// As many threads can always be asked for: they cost little.
const FEW_THREADS: usize = 16;

/// The program with this command line, its own name first. Returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let error = match Cli::try_parse_from(arguments) {
        Ok(cli) => return run(cli),
        Err(error) => error,
    };
    // Help, the version, or what is wrong with the command line.
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        Err(cause) if !error.use_stderr() && cause.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("standard output: {cause}"));
            FAILED
        }
        _ => error.exit_code() as u8,
    }
}

/// Does what the command line asks for.
fn run(cli: Cli) -> u8 {
    let result = match &cli.restore {
        Some(suffix) => listen(false)
            .and_then(|()| restore::run(&cli, suffix))
            .map(|all_well| if all_well { 0 } else { FAILED }),
        None => convert(&cli),
    };
    let code = result.unwrap_or_else(|error| {
        complain(&error);
        FAILED
    });
    interrupt::requested().unwrap_or(code)
}

fn convert(cli: &Cli) -> Result<u8, String> {
    let (plan, normalizer, states) = prepare(cli)?;
    // A report's pipe may have to be waited for, which may be interrupted.
    let reporter = match plan.roots.is_empty() {
        true => None,
        false => Some(Reporter::new(cli, &plan)?),
    };
    listen(plan.action == Action::Stdout)?;
    start_threads(&plan, cli)?;
    match &reporter {
        None => convert_stdin(&normalizer, cli),
        Some(reporter) => convert_files(&plan, &normalizer, states, reporter),
    }
}

fn listen(at_once: bool) -> Result<(), String> {
    interrupt::listen(at_once).map_err(|error| error.to_string())
}

/// Starts the threads that work on files. What is printed does without them, unless a large text calls for them: a small
/// one is done before they are there.
fn start_threads(plan: &Plan, cli: &Cli) -> Result<(), String> {
    if plan.action == Action::Stdout && cli.threads == 0 {
        return Ok(());
    }
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let most = (2 * processors).max(FEW_THREADS);
    if cli.threads > most && !cli.quiet {
        message::note(&format!(
            "jianti: -j {}: {most} threads are used, since more are not faster on {processors} processors",
            cli.threads
        ));
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(cli.threads.min(most))
        .build_global()
        .map_err(|error| format!("no threads can be started: {error}"))
}

fn prepare(cli: &Cli) -> Result<(Plan, Normalizer, Option<States>), String> {
    let mut options = Options::default();
    options.config = cli.config;
    options.punctuation = match cli.punctuation {
        args::Punctuation::Chinese => Punctuation::Chinese,
        args::Punctuation::Keep => Punctuation::Keep,
    };
    options.any_language = cli.language == args::Language::Any;
    options.rare = cli.rare;
    options.dictionaries = dictionary::read_all(&cli.dict)?;
    options.engine = match cli.engine {
        args::Engine::Builtin => Engine::Builtin,
        #[cfg(feature = "opencc")]
        args::Engine::Opencc => Engine::Opencc,
    };
    options.encoding = cli.encoding;
    options.repair = match cli.repair {
        args::Repair::Auto => Repair::Auto,
        args::Repair::Off => Repair::Off,
        args::Repair::Report => Repair::Report,
    };
    if cli.exact {
        if cli.config == Config::Auto {
            return Err(
                "--exact: OpenCC knows no auto; name a configuration, such as -c t2s".to_owned(),
            );
        }
        options = options.exact();
    }
    options.count_outside = cli.report.is_some();
    options.explain = report::explains(cli);
    options.format = cli.format;
    options.keep_code = cli.keep_code;
    options.code = cli.code;
    options.fields = cli.field.clone();
    options.strict = cli.strict;
    options.records = cli.report_records.is_some();
    options.record_id = cli.report_records.clone().filter(|id| !id.is_empty());
    options.to_encoding = match cli.to_encoding {
        args::ToEncoding::Same => None,
        args::ToEncoding::Named(encoding) => Some(encoding),
    };
    options.bom = match cli.bom {
        args::Bom::Auto => Bom::Auto,
        args::Bom::Keep => Bom::Keep,
        args::Bom::Remove => Bom::Remove,
    };
    options.lossy = cli.lossy;
    options.archives = cli.archives;
    options.limits = !cli.no_limits;
    let mut normalizer = Normalizer::new(options.clone()).map_err(|error| hint::message(&error))?;
    let plan = Plan::new(cli)?;
    if plan.names {
        let links = plan.links.clone();
        normalizer = normalizer.with_links(move |document, path| links.follow(document, path));
    }
    let states = States::new(&plan, &options)?;
    Ok((plan, normalizer, states))
}

fn convert_stdin(normalizer: &Normalizer, cli: &Cli) -> Result<u8, String> {
    let mut input = io::stdin().lock();
    let mut head = Vec::new();
    let result = caught(|| {
        stdout::check_is_not_stdout(&stdout::standard(&io::stdin())?)?;
        Read::take(&mut input, read::LOOK as u64).read_to_end(&mut head)?;
        let is_container = normalizer.is_container(&head);
        let mut input = head.chain(input);
        if is_container {
            let mut file = tempfile::tempfile()?;
            io::copy(&mut input, &mut file)?;
            return Ok(container::print(normalizer, Path::new(""), &file)?);
        }
        let mut output = io::BufWriter::new(Stdout::new());
        let outcome = normalizer.normalize_stream(&mut input, &mut output)?;
        output.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(outcome) => {
            let sites = report::explain("standard input", &outcome);
            if !sites.is_empty() {
                message::note(sites.trim_end());
            }
            if cli.verbose {
                message::note(&format!("standard input: {}", report::describe(&outcome)));
            }
            let bad = report::bad_records("standard input", &outcome);
            bad.iter().for_each(|error| complain(error));
            Ok(if bad.is_empty() { 0 } else { FAILED })
        }
        Err(error) if error.is_closed_pipe() => Ok(0),
        Err(FileError::Document(error)) => {
            Err(format!("standard input: {}", hint::message(&error)))
        }
        Err(error) => Err(format!("standard input: {error}")),
    }
}

fn convert_files(
    plan: &Plan,
    normalizer: &Normalizer,
    states: Option<States>,
    reporter: &Reporter,
) -> Result<u8, String> {
    let output = match &plan.action {
        // Where nothing is written it need not be there.
        Action::Output(root) if plan.dry_run => Tree::open(root).ok().map(Arc::new),
        Action::Output(root) => {
            let tree = Tree::open(root)
                .map_err(|error| format!("{}: {error}; choose another -o", message::shown(root)))?;
            Some(Arc::new(tree))
        }
        _ => None,
    };
    let job = Job {
        plan,
        normalizer,
        reporter,
        output,
        states,
        memory: Memory::new(),
    };
    let worked = supervise::run(reporter, || {
        // One group waits for the disk, the next for it.
        let group = plan.syncs.then(commit::group_size);
        let (sender, results) = mpsc::sync_channel(group.unwrap_or(1));
        std::thread::scope(|scope| {
            let committer = scope.spawn(move || Committer::new(reporter, group).run(&results));
            let worked = work(&job, reporter, sender);
            let committed = committer.join();
            let committed = committed.unwrap_or_else(|_| Err("renaming files failed".to_owned()));
            let directories = worked?;
            committed?;
            rename_directories(plan, &directories, reporter);
            let ended = job.states.as_ref().map_or(Ok(()), States::finish);
            reporter.state_failed(ended);
            Ok(())
        })
    });
    // The summary tells of what was done, whatever else failed.
    let totals = reporter.finish();
    worked?;
    let totals = totals?;
    Ok(if totals.errors > 0 || totals.bad_records > 0 {
        FAILED
    } else {
        u8::from(plan.action == Action::Check && totals.changed > 0)
    })
}

/// Converts all files; returns the directories that are to be renamed when they have their names.
fn work(
    job: &Job,
    reporter: &Reporter,
    sender: SyncSender<Written>,
) -> Result<Vec<names::Directory>, String> {
    let plan = job.plan;
    let work = |found| {
        if interrupt::requested().is_some() {
            return;
        }
        let step = match found {
            Ok(file) => job.run(&file),
            Err(report) => Step::Done(report),
        };
        match step {
            Step::Done(report) => reporter.add(*report),
            Step::Written(written) => {
                // It panicked, which it tells itself.
                let _ = sender.send(*written);
            }
            Step::Dropped => {}
        }
    };
    if plan.action == Action::Stdout {
        // Texts one after the other, in the order they were named.
        discover::files(plan).for_each(work);
    } else if plan.names {
        let renamed = names::plan(plan, job.normalizer)?;
        // Who waits for others to finish a large file must not begin another file meanwhile, which a bridge prevents.
        renamed.files.into_iter().par_bridge().for_each(work);
        return Ok(renamed.directories);
    } else {
        discover::files(plan).par_bridge().for_each(work);
    }
    Ok(Vec::new())
}

/// Renames directories in place when all files in them are done.
fn rename_directories(plan: &Plan, directories: &[names::Directory], reporter: &Reporter) {
    for directory in directories {
        if plan.dry_run || interrupt::requested().is_some() {
            return;
        }
        if let Err(error) = directory.rename(plan.syncs) {
            reporter.add(FileReport::error(&directory.path, error.to_string()));
        }
    }
}
