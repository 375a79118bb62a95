//! The walk: which files there are.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType, Metadata};
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::action::{Action, Root};
use super::atomic;
use super::backup::{self, List};
use super::dir::Dir;
use super::error::{FileError, panic_message};
use super::plan::Plan;
use super::read::Origin;
use super::report::FileReport;
use super::report_file::Destination;
use super::state;
use super::told::{Tell as _, Told, told};
use super::tree::Tree;

/// A file to convert.
#[derive(Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// How it is reached.
    pub origin: Origin,
    /// Where its result goes, relative to the output directory.
    pub target: PathBuf,
    /// How many of the path's last names are not those of the command line.
    pub depth: usize,
    /// The name it gets in place, and then `target` is its path in the end.
    pub name: Option<OsString>,
}

/// A file, or why a path yields none.
pub type Found = Result<File, Box<FileReport>>;

/// Every file of the plan, found as the iterator is asked for it; or why a path yields none.
pub fn files(plan: &Plan) -> impl Iterator<Item = Found> + Send {
    let mut folders = Folders::default();
    plan.roots
        .iter()
        .flat_map(move |root| walk(plan, root, &mut folders))
}

/// How much there is to be read, bytes, as a walk of its own tells it. Files that are passed over later count too.
pub fn total(plan: Arc<Plan>) -> impl FnOnce() -> Option<u64> + Send + 'static {
    move || {
        let size = |file: File| fs::metadata(&file.path).map_or(0, |metadata| metadata.len());
        Some(files(&plan).filter_map(Result::ok).map(size).sum())
    }
}

fn walk(plan: &Plan, root: &Root, folders: &mut Folders) -> Box<dyn Iterator<Item = Found> + Send> {
    let failed = |error: io::Error| one(failed(&root.path, &error));
    let metadata = match fs::metadata(&root.path) {
        Ok(metadata) => metadata,
        Err(error) => return failed(error),
    };
    if matches!(plan.action, Action::InPlace(_)) && root.path.is_symlink() {
        let cause = told!(
            "a symbolic link is not written through; name the file it points to",
            "不透过符号链接写入；请写出它指向的文件"
        );
        return one(Err(FileReport::error(&root.path, cause).into()));
    }
    if metadata.is_file() && !is_newer(plan.newer_than, &metadata) {
        return Box::new(std::iter::empty());
    }
    let is_own = |path: &PathBuf| plan.own.contains(path);
    if plan.action != Action::Stdout && root.canonical.as_ref().is_some_and(is_own) {
        return one(Err(FileReport::skipped(&root.path, own()).into()));
    }
    if !metadata.is_dir() {
        return one(single_file(plan, root, &metadata, folders));
    }
    match Walk::new(plan, root) {
        Ok(walk) => Box::new(walk),
        Err(error) => failed(error),
    }
}

/// A file that was named on the command line.
fn single_file(plan: &Plan, root: &Root, metadata: &Metadata, folders: &mut Folders) -> Found {
    // To standard output anything can go that can be read, such as a pipe.
    if !metadata.is_file() && plan.action != Action::Stdout {
        return Err(FileReport::skipped(&root.path, kind(metadata.file_type())).into());
    }
    let mut origin = Origin::Path;
    if let Action::InPlace(_) = plan.action {
        let failed = |error: io::Error| {
            let report = FileReport::error(&root.path, error.tell());
            Box::new(report)
        };
        let name = PathBuf::from(root.path.file_name().unwrap_or_default());
        let tree = folders.tree(&root.path).map_err(failed)?;
        if folders.holds_backup(&tree, &name).map_err(failed)? {
            return Err(FileReport::skipped(&root.path, kept()).into());
        }
        origin = Origin::Below(tree, name);
    }
    Ok(File {
        path: root.path.clone(),
        origin,
        target: root.target.clone(),
        depth: 0,
        name: None,
    })
}

/// Why what the run reads as it is is no input.
fn own() -> Told {
    told!(
        "this run reads it as it is: a dictionary, a list, or options",
        "本次运行要读它本身：词典、清单或选项"
    )
}

/// Why a backup is no input.
fn kept() -> Told {
    told!(
        "an old version kept by -i; --restore puts it back",
        "-i 保留的旧文件；--restore 用它恢复"
    )
}

/// The folder of the last file that was named on the command line, as files named one after the other share theirs.
#[derive(Default)]
struct Folders {
    last: Option<(Arc<Tree>, List)>,
}

impl Folders {
    /// The folder of a file.
    fn tree(&mut self, file: &Path) -> io::Result<Arc<Tree>> {
        let folder = match file.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        if let Some((tree, _)) = &self.last
            && tree.root().path() == folder
        {
            return Ok(tree.clone());
        }
        let tree = Arc::new(Tree::open(folder)?);
        let list = List::read(tree.root())?;
        self.last = Some((tree.clone(), list));
        Ok(tree)
    }

    fn holds_backup(&self, tree: &Tree, name: &Path) -> io::Result<bool> {
        Ok(self
            .last
            .as_ref()
            .is_some_and(|(_, list)| list.holds(tree.root(), name.as_os_str())))
    }
}

/// A walk through a directory.
struct Walk {
    walk: ignore::Walk,
    root: Root,
    tree: Arc<Tree>,
    follows: bool,
    /// Since when files must have been changed.
    newer_than: Option<SystemTime>,
    /// Full paths that are no input: the report's, the review's, and what the run reads as it is.
    left_out: Vec<PathBuf>,
    /// What earlier runs kept, by folder, where they did.
    backups: HashMap<PathBuf, List>,
    /// The suffix of what this run keeps; empty if it keeps nothing.
    suffix: String,
    /// How often in a row the walk panicked.
    panics: u32,
}

/// After this many panics in a row the walk is given up.
const MOST_PANICS: u32 = 100;

impl Walk {
    fn new(plan: &Plan, root: &Root) -> io::Result<Walk> {
        let globs =
            globs(plan, &root.path).map_err(|error| error.tell().into_io(io::ErrorKind::Other))?;
        let output = match &plan.action {
            Action::Output(output) => Some(output.clone()),
            _ => None,
        };
        let (path, given_apart) = (root.path.clone(), root.given_apart.clone());
        let is_given_apart = move |entry: &DirEntry| {
            !given_apart.is_empty()
                && (entry.path().strip_prefix(&path)).is_ok_and(|inner| given_apart.contains(inner))
        };
        let mut walk = WalkBuilder::new(&root.path);
        walk.standard_filters(plan.ignore)
            .hidden(!plan.hidden)
            .follow_links(plan.follow)
            .overrides(globs)
            .filter_entry(move |entry| {
                !is_output(entry, output.as_deref()) && !is_given_apart(entry)
            });
        Ok(Walk {
            walk: walk.build(),
            tree: Arc::new(Tree::open(&root.path)?),
            root: root.clone(),
            follows: plan.follow,
            newer_than: plan.newer_than,
            left_out: plan
                .report
                .iter()
                .chain(&plan.review)
                .flat_map(Destination::paths)
                .chain(plan.own.iter().cloned())
                .collect(),
            backups: HashMap::new(),
            suffix: match &plan.action {
                Action::InPlace(suffix) => suffix.to_string_lossy().into_owned(),
                _ => String::new(),
            },
            panics: 0,
        })
    }

    /// What an entry of the walk is to us, if anything.
    fn entry(&mut self, entry: Result<DirEntry, ignore::Error>) -> Option<Found> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(walk_error(&self.root.path, &error).into())),
        };
        let file_type = entry.file_type()?;
        let inner = below(&self.root.path, entry.path());
        if file_type.is_dir() {
            return match self.list(inner, entry.path()) {
                Ok(()) => None,
                Err(error) => Some(failed(entry.path(), &error)),
            };
        }
        if is_ours(entry.file_name()) || self.is_left_out(inner) {
            return None;
        }
        if !file_type.is_file() {
            return Some(Err(
                FileReport::skipped(entry.path(), kind(file_type)).into()
            ));
        }
        if self.is_backup(entry.path()) || self.is_second_name(inner) {
            return None;
        }
        // What cannot be told is taken.
        let metadata = self.newer_than.and_then(|_| entry.metadata().ok());
        if metadata.is_some_and(|metadata| !is_newer(self.newer_than, &metadata)) {
            return None;
        }
        Some(Ok(File {
            origin: match self.follows {
                true => Origin::Path,
                false => Origin::Below(self.tree.clone(), inner.to_owned()),
            },
            target: self.root.target.join(inner),
            depth: entry.depth(),
            name: None,
            path: entry.into_path(),
        }))
    }

    /// Reads what earlier runs kept in a folder.
    fn list(&mut self, inner: &Path, path: &Path) -> io::Result<()> {
        let list = match self.follows {
            true => List::read(&Dir::open(path)?)?,
            // Of a folder that cannot be read the walk tells.
            false => match self.tree.folder(inner) {
                Ok(folder) => List::read(&folder)?,
                Err(_) => return Ok(()),
            },
        };
        if !list.is_empty() {
            self.backups.insert(path.to_owned(), list);
        }
        Ok(())
    }

    fn is_backup(&self, path: &Path) -> bool {
        if self.backups.is_empty() {
            return false;
        }
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return false;
        };
        let Some(list) = self.backups.get(folder) else {
            return false;
        };
        list.may_hold(name) && Dir::open(folder).is_ok_and(|dir| list.holds(&dir, name))
    }

    /// Whether this is the second name of an article under which this run would keep it: a run that lost its power gave it,
    /// and the list of the folder was lost.
    fn is_second_name(&self, inner: &Path) -> bool {
        let name = inner.file_name().and_then(|name| name.to_str());
        let first = name.and_then(|name| name.strip_suffix(&*self.suffix));
        let (Some(name), Some(first), false) = (name, first, self.suffix.is_empty()) else {
            return false;
        };
        let folder = inner.parent().unwrap_or(Path::new(""));
        let Ok(folder) = self.tree.folder(folder) else {
            return false;
        };
        match (folder.stat(name.as_ref()), folder.stat(first.as_ref())) {
            (Ok(name), Ok(first)) => name.identity.is_same_file(&first.identity),
            _ => false,
        }
    }

    fn is_left_out(&self, inner: &Path) -> bool {
        let Some(root) = &self.root.canonical else {
            return false;
        };
        let is_named = |path: &PathBuf| path.file_name() == inner.file_name();
        self.left_out.iter().any(is_named) && self.left_out.contains(&root.join(inner))
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            // The standard library panics if a directory cannot be closed.
            let step = panic::catch_unwind(AssertUnwindSafe(|| self.walk.next()));
            let entry = match step {
                Ok(entry) => entry?,
                Err(_) if self.panics >= MOST_PANICS => return None,
                Err(panic) => {
                    self.panics += 1;
                    let cause = told!(
                        "reading the directory failed ({cause}); some files may be missing",
                        "读取目录失败（{cause}）；可能会漏掉一些文件",
                        cause = panic_message(&*panic)
                    );
                    return Some(Err(FileReport::error(&self.root.path, cause).into()));
                }
            };
            self.panics = 0;
            if let Some(found) = self.entry(entry) {
                return Some(found);
            }
        }
    }
}

/// A path of the walk, which stays in its root, from there on.
fn below<'p>(root: &Path, path: &'p Path) -> &'p Path {
    // As text, which most paths are, this is told without their names: the walk adds these to the root's path as it is.
    let text = path.to_str().zip(root.to_str());
    let inner = text.and_then(|(path, root)| path.strip_prefix(root));
    match inner {
        Some(inner) => Path::new(inner.trim_start_matches(std::path::is_separator)),
        None => path.strip_prefix(root).expect("the walk stays in its root"),
    }
}

fn failed(path: &Path, error: &io::Error) -> Found {
    Err(FileReport::error(path, error.tell()).into())
}

fn one(found: Found) -> Box<dyn Iterator<Item = Found> + Send> {
    Box::new(std::iter::once(found))
}

fn globs(plan: &Plan, root: &Path) -> Result<Override, ignore::Error> {
    let mut builder = OverrideBuilder::new(root);
    for glob in &plan.globs {
        builder.add(glob)?;
    }
    builder.build()
}

/// Whether a file was changed since then, if that matters.
fn is_newer(than: Option<SystemTime>, metadata: &Metadata) -> bool {
    let modified = metadata.modified().ok();
    than.zip(modified)
        .is_none_or(|(than, modified)| modified > than)
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

/// Whether this is a file of ours that is no backup: a temporary file, or a list.
fn is_ours(name: &OsStr) -> bool {
    atomic::is_temporary(name) || name == backup::LIST || name == state::LIST
}

fn kind(file_type: FileType) -> Told {
    match file_type.is_symlink() {
        true => told!(
            "a symbolic link; --follow follows it",
            "符号链接；用 --follow 可以跟随"
        ),
        false => FileError::NotRegular.tell(),
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
                let cause = told!(
                    "a symbolic link to a directory above it",
                    "符号链接，指向它上面的目录"
                );
                return FileReport::skipped(child, cause);
            }
            _ => break,
        }
    }
    FileReport::error(path, cause.tell())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_below_a_root_are_those_without_its_names() {
        for (root, path) in [
            ("a", "a/b.txt"),
            ("a/", "a/b/c.txt"),
            (".", "./甲/乙.txt"),
            ("/", "/tmp/b"),
            ("/tmp/甲", "/tmp/甲/b c.txt"),
            ("a//b/.", "a//b/./c"),
            ("a", "a"),
        ] {
            let (root, path) = (Path::new(root), Path::new(path));
            let expected = path.strip_prefix(root).expect("below it");
            assert_eq!(below(root, path), expected, "{root:?} {path:?}");
        }
    }
}
