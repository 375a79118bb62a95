//! The walk: which files there are.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::plan::{Action, Plan, Root};
use super::report::FileReport;
use super::write;

/// A file to convert.
#[derive(Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// Where its result goes, relative to the output directory.
    pub target: PathBuf,
    /// How many of the path's last names are not those of the command line.
    pub depth: usize,
    /// The name it gets in place, and then `target` is its path in the end.
    pub name: Option<OsString>,
}

/// Every file of the plan, found as the iterator is asked for it; or why a path yields none.
pub fn files(plan: &Plan) -> impl Iterator<Item = Result<File, FileReport>> + Send {
    plan.roots.iter().flat_map(|root| walk(plan, root))
}

fn walk(plan: &Plan, root: &Root) -> Box<dyn Iterator<Item = Result<File, FileReport>> + Send> {
    let in_place = matches!(plan.action, Action::InPlace(_));
    let metadata = match fs::metadata(&root.path) {
        Ok(metadata) => metadata,
        Err(error) => return one(Err(FileReport::error(&root.path, error.to_string()))),
    };
    if in_place && root.path.is_symlink() {
        let cause = "a symbolic link is not written through; name the file it points to";
        return one(Err(FileReport::error(&root.path, cause.to_owned())));
    }
    if !metadata.is_dir() {
        // To standard output anything can go that can be read, such as a pipe.
        if metadata.is_file() || plan.action == Action::Stdout {
            return one(Ok(File {
                path: root.path.clone(),
                target: root.target.clone(),
                depth: 0,
                name: None,
            }));
        }
        return one(Err(FileReport::skipped(
            &root.path,
            kind(metadata.file_type()),
        )));
    }
    let globs = match globs(plan, &root.path) {
        Ok(globs) => globs,
        Err(error) => return one(Err(FileReport::error(&root.path, error.to_string()))),
    };
    let output = match &plan.action {
        Action::Output(output) => Some(output.clone()),
        _ => None,
    };
    let mut walk = WalkBuilder::new(&root.path);
    walk.standard_filters(plan.ignore)
        .hidden(!plan.hidden)
        .follow_links(plan.follow)
        .overrides(globs)
        .filter_entry(move |entry| !is_output(entry, output.as_deref()));
    let suffix = match &plan.action {
        Action::InPlace(suffix) if !suffix.is_empty() => suffix.to_str().map(str::to_owned),
        _ => None,
    };
    let root = root.clone();
    let found = walk.build().filter_map(move |entry| {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(walk_error(&root.path, &error))),
        };
        let file_type = entry.file_type()?;
        if file_type.is_dir() || is_ours(&entry, suffix.as_deref()) {
            return None;
        }
        if !file_type.is_file() {
            return Some(Err(FileReport::skipped(entry.path(), kind(file_type))));
        }
        let inner = entry
            .path()
            .strip_prefix(&root.path)
            .expect("the walk stays in its root");
        Some(Ok(File {
            target: root.target.join(inner),
            depth: inner.components().count(),
            name: None,
            path: entry.into_path(),
        }))
    });
    Box::new(found)
}

fn one(
    found: Result<File, FileReport>,
) -> Box<dyn Iterator<Item = Result<File, FileReport>> + Send> {
    Box::new(std::iter::once(found))
}

fn globs(plan: &Plan, root: &Path) -> Result<Override, ignore::Error> {
    let mut builder = OverrideBuilder::new(root);
    for glob in &plan.globs {
        builder.add(glob)?;
    }
    builder.build()
}

/// Whether this is the output directory, which may lie inside the input.
fn is_output(entry: &DirEntry, output: Option<&Path>) -> bool {
    let Some(output) = output else {
        return false;
    };
    let is_directory = entry
        .file_type()
        .is_some_and(|file_type| file_type.is_dir());
    is_directory
        && entry.path().file_name() == output.file_name()
        && fs::canonicalize(entry.path()).is_ok_and(|path| path == output)
}

/// Whether this is a file of a run like this one: a temporary file, or the old version of a file.
fn is_ours(entry: &DirEntry, suffix: Option<&str>) -> bool {
    let name = entry.file_name().to_string_lossy();
    write::is_temporary(&name) || suffix.is_some_and(|suffix| name.ends_with(suffix))
}

fn kind(file_type: FileType) -> &'static str {
    if file_type.is_symlink() {
        "a symbolic link; --follow follows it"
    } else {
        "not a regular file"
    }
}

fn walk_error(root: &Path, error: &ignore::Error) -> FileReport {
    let mut path = root;
    let mut cause = error;
    loop {
        match cause {
            ignore::Error::WithPath { path: found, err } => {
                path = found;
                cause = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                cause = err
            }
            ignore::Error::Loop { child, .. } => {
                return FileReport::skipped(child, "a symbolic link to a directory above it");
            }
            _ => break,
        }
    }
    FileReport::error(path, cause.to_string())
}
