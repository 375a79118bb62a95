//! What is to be done with which paths; refused here if it could do harm.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::args::Cli;

/// What is done with the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Print them.
    Stdout,
    /// Write them to this directory (canonical path).
    Output(PathBuf),
    /// Replace the files; keep the old ones under this suffix if it is not empty.
    InPlace(OsString),
    /// Say which files would change.
    Check,
    /// Print the changes.
    Diff,
}

/// A path from the command line.
#[derive(Clone, Debug)]
pub struct Root {
    /// As given.
    pub path: PathBuf,
    /// Where its result goes, relative to the output directory: a file's name, a directory's name, or nothing for the
    /// only directory.
    pub target: PathBuf,
}

/// The whole run.
#[derive(Debug)]
pub struct Plan {
    /// What is done with the results.
    pub action: Action,
    /// Whether everything but writing is done.
    pub dry_run: bool,
    /// What to go through; empty for standard input.
    pub roots: Vec<Root>,
    /// Globs, as for `--glob`.
    pub globs: Vec<String>,
    /// Whether hidden files are taken.
    pub hidden: bool,
    /// Whether ignore files are respected.
    pub ignore: bool,
    /// Whether symbolic links in directories are followed.
    pub follow: bool,
    /// Whether names are converted too.
    pub names: bool,
}

impl Plan {
    /// Checks the command line's paths against each other.
    ///
    /// # Errors
    /// A directory without an action, a report among other output, an output that is an input, two inputs with one output, an input inside another.
    pub fn new(cli: &Cli) -> Result<Plan, String> {
        let stdin = cli.paths.is_empty() || cli.paths == [Path::new("-")];
        let directories = cli.paths.iter().filter(|path| path.is_dir()).count();
        let action = action(cli)?;
        if stdin && action != Action::Stdout {
            return Err(
                "standard input goes to standard output; leave out -o, -i, --check and --diff"
                    .into(),
            );
        }
        if action == Action::Stdout && directories > 0 {
            return Err("a directory needs -o DIR, -i, --check or --diff".into());
        }
        if stdin && cli.report.is_some() {
            return Err("--report tells of files; name them, or leave it out".into());
        }
        let report_printed = cli.report.as_deref() == Some(Path::new("-"));
        if report_printed && matches!(action, Action::Stdout | Action::Diff) {
            return Err(
                "--report - would stand among what else goes to standard output; name a file"
                    .into(),
            );
        }
        if cli.dry_run && matches!(action, Action::Stdout) {
            return Err("-n goes with -o or -i; --check and --diff write nothing either".into());
        }
        if cli.names && !matches!(action, Action::Output(_) | Action::InPlace(_)) {
            return Err("--names goes with -o or -i; add -n to write nothing".into());
        }
        let only_directory = cli.paths.len() == 1 && directories == 1;
        let paths = if stdin { &[][..] } else { &cli.paths };
        let roots: Vec<_> = paths
            .iter()
            .map(|path| Root {
                path: path.clone(),
                target: if only_directory {
                    PathBuf::new()
                } else {
                    name(path)
                },
            })
            .collect();
        refuse_overlap(&roots, &action)?;
        if let Action::Output(output) = &action {
            refuse_collisions(&roots, output)?;
            if !cli.dry_run {
                fs::create_dir_all(output)
                    .map_err(|error| format!("{}: {error}; choose another -o", output.display()))?;
            }
        }
        let action = match action {
            Action::Output(output) => Action::Output(fs::canonicalize(&output).unwrap_or(output)),
            other => other,
        };
        Ok(Plan {
            action,
            dry_run: cli.dry_run,
            roots,
            globs: cli.glob.clone(),
            hidden: cli.hidden,
            ignore: !cli.no_ignore,
            follow: cli.follow,
            names: cli.names,
        })
    }
}

fn action(cli: &Cli) -> Result<Action, String> {
    Ok(match (&cli.output, &cli.in_place) {
        (Some(output), _) => Action::Output(output.clone()),
        (None, Some(suffix)) if Path::new(suffix).components().count() > 1 => {
            return Err("the suffix of -i is part of a file name and cannot hold a /".into());
        }
        (None, Some(suffix)) => Action::InPlace(suffix.clone()),
        _ if cli.check => Action::Check,
        _ if cli.diff => Action::Diff,
        _ => Action::Stdout,
    })
}

/// The last name in a path; of `.` and `..`, that of the directory they stand for.
fn name(path: &Path) -> PathBuf {
    let named = match path.components().next_back() {
        Some(Component::Normal(_)) => path.to_owned(),
        _ => fs::canonicalize(path).unwrap_or_default(),
    };
    named.file_name().map(PathBuf::from).unwrap_or_default()
}

/// Refuses a path that lies inside another (its files would be done twice), and an output that is an input.
fn refuse_overlap(roots: &[Root], action: &Action) -> Result<(), String> {
    let output = match action {
        Action::Output(output) => fs::canonicalize(output).ok(),
        _ => None,
    };
    let mut known: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    for root in roots {
        // A path that does not exist is told of later, with the others.
        let Ok(canonical) = fs::canonicalize(&root.path) else {
            continue;
        };
        if output.as_ref() == Some(&canonical) {
            let path = root.path.display();
            return Err(format!(
                "{path}: the output directory is the input; use -i to replace the files"
            ));
        }
        if *action == Action::Stdout {
            continue;
        }
        if let Some(other) = known.insert(canonical, &root.path) {
            return Err(format!(
                "{}: given twice (also as {})",
                root.path.display(),
                other.display()
            ));
        }
    }
    for (canonical, path) in &known {
        let outer = canonical
            .ancestors()
            .skip(1)
            .find_map(|outer| known.get(outer));
        if let Some(outer) = outer {
            return Err(format!(
                "{}: lies inside {}, which is given too",
                path.display(),
                outer.display()
            ));
        }
    }
    Ok(())
}

fn refuse_collisions(roots: &[Root], output: &Path) -> Result<(), String> {
    let mut targets: BTreeMap<&Path, &Path> = BTreeMap::new();
    for root in roots {
        if let Some(other) = targets.insert(&root.target, &root.path) {
            return Err(format!(
                "{} and {} would both go to {}; convert them into different directories",
                other.display(),
                root.path.display(),
                output.join(&root.target).display()
            ));
        }
    }
    Ok(())
}
