//! What is to be done with which paths; refused here if it could do harm.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use super::action::{Action, Root};
use super::args::{self, Cli};
use super::dir::Dir;
use super::inputs;
use super::links::Links;
use super::message::shown;
use super::newer;
use super::output_kind;
use super::overlap;
use super::report;
use super::report_file::{self, Destination};
use super::review::is_review;
use super::told::{Told, told};

/// The whole run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is done with the results.
    pub action: Action,
    /// Whether everything but writing is done.
    pub dry_run: bool,
    /// Whether standard input is converted.
    pub is_stdin: bool,
    /// What to go through.
    pub roots: Vec<Root>,
    /// Globs, as for `--glob`.
    pub globs: Vec<String>,
    /// Since when files must have been changed.
    pub newer_than: Option<SystemTime>,
    /// What the run reads as it is: the file of options, dictionaries, the list of inputs. Canonical paths.
    pub own: Vec<PathBuf>,
    /// Whether hidden files are taken.
    pub hidden: bool,
    /// Whether ignore files are respected.
    pub ignore: bool,
    /// Whether symbolic links in directories are followed.
    pub follow: bool,
    /// Whether names are converted too.
    pub names: bool,
    /// Where links lead to what is renamed.
    pub links: Links,
    /// Whether results are to outlast a power loss.
    pub syncs: bool,
    /// Whether what earlier runs have done is skipped, and how that is told.
    pub update: Option<args::Update>,
    /// Whether places are told one by one.
    pub explains: bool,
    /// Where the report goes.
    pub report: Option<Destination>,
    /// Where the page for a person goes.
    pub review: Option<Destination>,
}

impl Plan {
    /// Checks the command line's paths against each other.
    ///
    /// # Errors
    /// A directory without an action, a report among other output, an output that is an input, two inputs with one output, an input inside another.
    pub fn new(cli: &Cli, config_file: Option<&Path>) -> Result<Plan, Told> {
        let stdin = cli.files_from.is_none() && cli.names_no_file();
        let action = action(cli)?;
        refuse(cli, &action, stdin)?;
        let roots = inputs::roots(cli, &action)?;
        if action == Action::Stdout && roots.iter().any(|root| root.path.is_dir()) {
            return Err(told!(
                "a directory needs -o DIR, -i, --check, --diff or --detect",
                "目录要与 -o 目录、-i、--check、--diff 或 --detect 同用"
            ));
        }
        let roots = overlap::settle_inputs(roots, &action)?;
        let own = own(cli, config_file);
        if let Some(file) = inputs::output_file(cli) {
            output_kind::refuse(&cli.paths[0], file)?;
        }
        // Where its folder is yet to be made nothing is in the way.
        let output = inputs::output_file(cli).and_then(|file| Destination::of("-o", file).ok());
        if let Some(output) = &output {
            overlap::refuse_own(("-o", output), &own, &action)?;
        }
        let destination = |option: &str, path: &Option<PathBuf>, is_ours| {
            let Some(path) = path else {
                return Ok(None);
            };
            let destination = Destination::of(option, path)?;
            overlap::refuse_report((option, &destination), is_ours, &roots, &action)?;
            overlap::refuse_own((option, &destination), &own, &action)?;
            Ok::<_, Told>(Some(destination))
        };
        let report = destination("--report", &cli.report, report_file::is_report)?;
        let review = destination("--review", &cli.review, is_review)?;
        if report.is_some() && report == review {
            return Err(told!(
                "--report and --review would go to one file; name two",
                "--report 和 --review 写的是同一个文件；请写两个"
            ));
        }
        let globs = globs(cli)?;
        let newer_than = cli.newer_than.as_deref().map(newer::time).transpose()?;
        if let (Action::Output(output), false) = (&action, cli.dry_run) {
            make_output(output, !cli.no_sync).map_err(|error| bad_output(output, &error))?;
        }
        Ok(Plan {
            action,
            dry_run: cli.dry_run,
            is_stdin: stdin,
            roots,
            globs,
            newer_than,
            own,
            hidden: cli.hidden,
            ignore: !cli.no_ignore,
            follow: cli.follow,
            names: cli.names,
            links: links(cli),
            syncs: !cli.no_sync,
            update: cli.update,
            explains: report::explains(cli),
            report,
            review,
        })
    }
}

/// The error for an output directory that cannot be used.
pub fn bad_output(output: &Path, error: &io::Error) -> Told {
    told!(
        "{output}: {error}; choose another -o",
        "{output}：{error}；请换一个 -o",
        output = shown(output);
        error = error
    )
}

/// Links as the plan's other options need them. Those with ASCII names do not change, unless a dictionary has such a name.
fn links(cli: &Cli) -> Links {
    match (cli.update, &cli.dict[..]) {
        (None, _) => Links::default(),
        (Some(_), []) => Links::noting(|path| !path.is_ascii()),
        (Some(_), _) => Links::noting(|_| true),
    }
}

/// The files that the run reads as they are.
fn own(cli: &Cli, config_file: Option<&Path>) -> Vec<PathBuf> {
    let dictionaries = cli.dict.iter().map(PathBuf::as_path);
    let others = cli.files_from.as_deref().into_iter().chain(config_file);
    let files = dictionaries.chain(others);
    files
        .filter_map(|file| fs::canonicalize(file).ok())
        .collect()
}

/// What `--glob` and `--exclude` say, as for `--glob`.
fn globs(cli: &Cli) -> Result<Vec<String>, Told> {
    let is_empty = |glob: &String| glob.trim_start_matches('!').is_empty();
    if cli.glob.iter().chain(&cli.exclude).any(is_empty) {
        return Err(told!(
            "an empty --glob or --exclude matches nothing; name a pattern",
            "空的 --glob 或 --exclude 什么也不匹配；请写出模式"
        ));
    }
    let excluded = cli.exclude.iter().map(|glob| format!("!{glob}"));
    Ok(cli.glob.iter().cloned().chain(excluded).collect())
}

/// Refuses options that do not go together.
fn refuse(cli: &Cli, action: &Action, stdin: bool) -> Result<(), Told> {
    if stdin && matches!(action, Action::Output(_) | Action::InPlace(_)) {
        return Err(told!(
            "standard input goes to standard output; leave out -o and -i",
            "标准输入的结果写到标准输出；请去掉 -o 和 -i"
        ));
    }
    if cli.stdin_filename.is_some() && !stdin {
        return Err(told!(
            "--stdin-filename goes with standard input; name no files",
            "--stdin-filename 与标准输入同用；请不要写出文件"
        ));
    }
    if stdin && (cli.report.is_some() || cli.review.is_some()) {
        return Err(told!(
            "--report and --review tell of files; name them, or leave it out",
            "--report 和 --review 说的是文件；请写出文件，或去掉这个选项"
        ));
    }
    if cli.review.as_deref() == Some(Path::new("-")) {
        return Err(told!(
            "--review writes a page; name its file",
            "--review 写一个网页；请写出文件名"
        ));
    }
    let report_printed = cli.report.as_deref() == Some(Path::new("-"));
    if report_printed && matches!(action, Action::Stdout | Action::Diff | Action::Detect(_)) {
        return Err(told!(
            "--report - would stand among what else goes to standard output; name a file",
            "--report - 会与标准输出的其他内容混在一起；请写出文件名"
        ));
    }
    if cli.dry_run && matches!(action, Action::Stdout) {
        return Err(told!(
            "-n goes with -o or -i; --check and --diff write nothing either",
            "-n 要与 -o 或 -i 同用；--check 和 --diff 也什么都不写"
        ));
    }
    if cli.names && !matches!(action, Action::Output(_) | Action::InPlace(_)) {
        return Err(told!(
            "--names goes with -o or -i; add -n to write nothing",
            "--names 要与 -o 或 -i 同用；加上 -n 就什么都不写"
        ));
    }
    if cli.update.is_some() && !matches!(action, Action::Output(_) | Action::InPlace(_)) {
        return Err(told!(
            "--update goes with -o or -i",
            "--update 要与 -o 或 -i 同用"
        ));
    }
    Ok(())
}

fn action(cli: &Cli) -> Result<Action, Told> {
    Ok(match (&cli.output, &cli.in_place) {
        (Some(output), _) if output.is_symlink() && !output.exists() => {
            return Err(told!(
                "{output}: this symbolic link leads nowhere; remove it, or choose another -o",
                "{output}：这个符号链接指向的地方不存在；请删掉它，或换一个 -o",
                output = shown(output)
            ));
        }
        (Some(output), _) if overlap::leads_to_descriptor(output) => {
            return Err(told!(
                "{output}: this leads to an open file of some program; leave out -o to write to standard output",
                "{output}：它通向某个程序打开的文件；要写到标准输出，请去掉 -o",
                output = shown(output)
            ));
        }
        (Some(_), _) if let Some(file) = inputs::output_file(cli) => {
            let folder = file.parent().filter(|folder| *folder != Path::new(""));
            Action::Output(overlap::place(folder.unwrap_or(Path::new("."))))
        }
        (Some(output), _) => Action::Output(overlap::place(output)),
        (None, Some(suffix)) => {
            overlap::refuse_suffix(suffix)?;
            Action::InPlace(suffix.clone())
        }
        _ if cli.check => Action::Check,
        _ if cli.diff => Action::Diff,
        _ if let Some(form) = cli.detect => Action::Detect(form),
        _ => Action::Stdout,
    })
}

/// Makes the output directory and what is missing above it; `syncs` has their names reach the disk.
fn make_output(output: &Path, syncs: bool) -> io::Result<()> {
    let missing: Vec<_> = output
        .ancestors()
        .take_while(|folder| !folder.exists())
        .collect();
    fs::create_dir_all(output)?;
    for folder in missing {
        if let (Some(above), true) = (folder.parent(), syncs) {
            Dir::open(above)?.sync()?;
        }
    }
    Ok(())
}
