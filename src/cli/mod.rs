//! Many files at once: discover → job → commit, in parallel, and a report of it all.
//!
//! - What is to be done: [`command_line`], [`config_file`], [`inputs`], [`plan`], [`overlap`], [`output_kind`]. Which files there are: [`discover`], [`newer`], [`names`].
//! - One file: [`read`], [`job`], [`document`], [`container`], [`memory`], [`stdin`], [`stdout`].
//! - Files that appear whole, and stay: [`dir`], [`tree`], [`atomic`], [`attributes`], [`commit`]; [`backup`], [`restore`].
//! - What was done: [`lists`], [`state`] and [`states`] for `--update`; [`report`], [`report_file`], [`reporter`], [`totals`],
//!   [`explain`], [`locate`], [`look`], [`review`], [`compare`], [`diff`], [`message`] for people; [`sorted`], [`github`] for programs.
//! - How it ends early: [`interrupt`], [`supervise`].
//! - In which language all that is said: [`language`], [`words`], [`told`] for errors, [`hint`], [`help`] and [`help_zh`].

mod action;
pub mod args;
mod atomic;
mod attributes;
mod backup;
mod command_line;
mod commit;
mod compare;
mod config_file;
mod container;
mod detect;
pub mod dictionary;
mod diff;
mod dir;
mod discover;
mod document;
pub mod error;
mod explain;
mod generate;
mod github;
mod help;
mod help_zh;
mod hint;
mod identity;
mod inputs;
mod interrupt;
mod job;
mod language;
mod links;
mod lists;
mod locate;
mod look;
mod memory;
mod message;
mod name;
mod names;
mod newer;
mod options;
mod output_kind;
mod overlap;
mod plan;
mod progress;
mod read;
mod report;
mod report_file;
mod reporter;
mod restore;
mod review;
mod sorted;
mod state;
mod states;
mod stdin;
mod stdout;
mod supervise;
mod told;
mod totals;
mod tree;
mod values;
mod version;
mod words;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};

use jianti::{Normalizer, Options};
use rayon::iter::{ParallelBridge, ParallelIterator};

use action::Action;
use args::Cli;
use command_line::Failure;
use commit::{Committer, Written};
use diff::Style;
use error::FAILED;
use job::{Job, Step};
use language::{Speech, say};
use memory::Memory;
use message::complain;
use plan::Plan;
use report::FileReport;
use reporter::Reporter;
use review::Review;
use states::States;
use told::{Tell as _, Told, told};
use tree::Tree;

/// As many threads can always be asked for: they cost little.
const FEW_THREADS: usize = 16;

/// The program with this command line, its own name first. Returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let error = match command_line::parse(arguments.into_iter().collect()) {
        Ok((cli, config_file)) => return run(cli, config_file),
        Err(Failure::Told(cause)) => {
            complain(&cause);
            return FAILED;
        }
        Err(Failure::Clap(error)) => error,
    };
    // Help, or what is wrong with the command line.
    let code = error.exit_code() as u8;
    if error.use_stderr() && language::spoken() == Speech::Chinese {
        message::note(format!("错误：{}", told::usage::in_chinese(&error)).trim_end());
        return code;
    }
    let printed = error.print().and_then(|()| io::stdout().flush());
    match error.use_stderr() {
        true => code,
        false => printed_all(printed, code),
    }
}

/// The exit code of what only prints to standard output.
fn printed_all(printed: io::Result<()>, code: u8) -> u8 {
    match printed {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            complain(&told!("standard output: {cause}", "标准输出：{cause}"; cause));
            FAILED
        }
        _ => code,
    }
}

/// Does what the command line asks for.
fn run(cli: Cli, config_file: Option<PathBuf>) -> u8 {
    if cli.version || cli.generate.is_some() {
        let mut output = io::stdout().lock();
        let printed = match cli.generate {
            Some(what) => generate::generate(what, &mut output),
            None => output.write_all(version::text(cli.verbose).as_bytes()),
        };
        return printed_all(printed.and_then(|()| output.flush()), 0);
    }
    let result = match &cli.restore {
        Some(suffix) => listen(false)
            .and_then(|()| restore::run(&cli, suffix))
            .map(|all_well| if all_well { 0 } else { FAILED }),
        None => convert(&cli, config_file),
    };
    let code = result.unwrap_or_else(|error| {
        complain(&error);
        FAILED
    });
    interrupt::requested().unwrap_or(code)
}

fn convert(cli: &Cli, config_file: Option<PathBuf>) -> Result<u8, Told> {
    if let (Some(file), true) = (&config_file, cli.verbose) {
        message::note(&say!(
            "jianti: options from {file}",
            "jianti：选项来自 {file}",
            file = message::shown(file)
        ));
    }
    let (plan, normalizer, states, review) = prepare(cli, config_file.as_deref())?;
    let plan = Arc::new(plan);
    // A report's pipe may have to be waited for, which may be interrupted.
    let reporter = match plan.is_stdin {
        true => None,
        false => Some(Reporter::new(
            cli,
            &plan,
            review,
            discover::total(plan.clone()),
        )?),
    };
    listen(plan.action == Action::Stdout || plan.is_stdin)?;
    start_threads(&plan, cli)?;
    match &reporter {
        None => stdin::convert(&normalizer, &plan, cli),
        Some(reporter) => convert_files(&plan, &normalizer, states, reporter, cli),
    }
}

fn listen(at_once: bool) -> Result<(), Told> {
    interrupt::listen(at_once).map_err(|error| {
        let cause = match error {
            ctrlc::Error::System(cause) => cause,
            error => io::Error::other(error),
        };
        told!(
            "the run could not be interrupted: {cause}",
            "无法接收中断信号：{cause}";
            cause
        )
    })
}

/// Starts the threads that work on files. What is printed does without them, unless a large text calls for them: a small
/// one is done before they are there.
fn start_threads(plan: &Plan, cli: &Cli) -> Result<(), Told> {
    if plan.action == Action::Stdout && cli.threads == 0 {
        return Ok(());
    }
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let most = (2 * processors).max(FEW_THREADS);
    if cli.threads > most && !cli.quiet {
        message::note(&say!(
            "jianti: -j {asked}: {most} threads are used, since more are not faster on {processors} processors",
            "jianti：-j {asked}：只用 {most} 个线程，{processors} 个处理器上再多也不会更快",
            asked = cli.threads
        ));
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(cli.threads.min(most))
        .build_global()
        .map_err(|error| {
            let cause = io::Error::other(error);
            told!("no threads can be started: {cause}", "无法启动线程：{cause}"; cause)
        })
}

/// What a run needs: the plan, what converts, what earlier runs have done, and the page for a person.
type Prepared = (Plan, Normalizer, Option<States>, Option<Review>);

fn prepare(cli: &Cli, config_file: Option<&Path>) -> Result<Prepared, Told> {
    let options = options::of(cli)?;
    let plan = Plan::new(cli, config_file)?;
    let normalizer = make_normalizer(options.clone(), &plan)?;
    let states = States::new(&plan, &options)?;
    let review = match plan.review.clone() {
        None => None,
        Some(destination) => {
            // The browser's own unless one is asked for.
            let language = match cli.lang {
                args::Lang::Auto => None,
                args::Lang::En => Some("en"),
                args::Lang::Zh => Some("zh"),
            };
            let normalizer = make_normalizer(review::explaining(&options), &plan)?;
            Some(Review::new(destination, plan.syncs, language, normalizer))
        }
    };
    Ok((plan, normalizer, states, review))
}

/// What converts, with links that follow what the plan renames.
fn make_normalizer(options: Options, plan: &Plan) -> Result<Normalizer, Told> {
    let normalizer = Normalizer::new(options).map_err(|error| hint::message(&error))?;
    if !plan.names {
        return Ok(normalizer);
    }
    let links = plan.links.clone();
    Ok(normalizer.with_links(move |document, path| links.follow(document, path)))
}

fn convert_files(
    plan: &Plan,
    normalizer: &Normalizer,
    states: Option<States>,
    reporter: &Reporter,
    cli: &Cli,
) -> Result<u8, Told> {
    let output = match &plan.action {
        // Where nothing is written it need not be there.
        Action::Output(root) if plan.dry_run => Tree::open(root).ok().map(Arc::new),
        Action::Output(root) => {
            let tree = Tree::open(root).map_err(|error| plan::bad_output(root, &error))?;
            Some(Arc::new(tree))
        }
        _ => None,
    };
    let job = Job {
        plan,
        normalizer,
        reporter,
        style: Style::of(cli.color),
        output,
        states,
        memory: Memory::new(),
    };
    let worked = supervise::run(reporter, || {
        // One group waits for the disk, the next for it. The channel has its slots from the beginning: they are small.
        let group = plan.syncs.then(commit::group_size);
        let (sender, results) = mpsc::sync_channel(group.unwrap_or(1));
        std::thread::scope(|scope| {
            let committer = scope.spawn(move || Committer::new(reporter, group).run(&results));
            let worked = work(&job, reporter, sender);
            let committed = committer.join();
            let committed =
                committed.unwrap_or_else(|_| Err(told!("renaming files failed", "文件改名失败")));
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
        u8::from(matches!(plan.action, Action::Check | Action::Diff) && totals.changed > 0)
    })
}

/// Converts all files; returns the directories that are to be renamed when they have their names.
fn work(
    job: &Job,
    reporter: &Reporter,
    sender: SyncSender<Box<Written>>,
) -> Result<Vec<names::Directory>, Told> {
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
                let _ = sender.send(written);
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
            reporter.add(FileReport::error(&directory.path, error.tell()));
        }
    }
}
