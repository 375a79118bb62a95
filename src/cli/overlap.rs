//! Paths of the command line that would get into each other's way: refused before anything is written.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jianti::Format;

use super::action::{Action, Root};
use super::backup::{self, List};
use super::dir::Dir;
use super::message::shown;
use super::report_file::Destination;
use super::state;
use super::told::{Told, told};

/// Takes what is given twice once, and a file that is given beside a directory that holds it out of that directory's walk.
/// Refuses a directory inside another one, in which what globs leave out would depend on where they are counted from, what
/// could go to two places, and an output that is an input or has one in it (files beside the input would be overwritten).
///
/// # Errors
/// What is refused, and what to do.
pub fn settle_inputs(roots: Vec<Root>, action: &Action) -> Result<Vec<Root>, Told> {
    // Of a path that does not exist is told later, with the others; likewise of a link in place.
    let is_apart = |root: &Root| matches!(action, Action::InPlace(_)) && root.path.is_symlink();
    if *action == Action::Stdout {
        return Ok(roots);
    }
    let mut settled: Vec<Root> = Vec::with_capacity(roots.len());
    let mut known: HashMap<PathBuf, usize> = HashMap::new();
    for root in roots {
        let Some(canonical) = root.canonical.clone().filter(|_| !is_apart(&root)) else {
            settled.push(root);
            continue;
        };
        if let Action::Output(output) = action {
            refuse_output(&root, &canonical, output)?;
        }
        match known.entry(canonical) {
            Entry::Vacant(entry) => {
                entry.insert(settled.len());
                settled.push(root);
            }
            Entry::Occupied(entry) => {
                let other = &settled[*entry.get()];
                refuse_two_places(&root, other, &other.target, action)?;
            }
        }
    }
    for at in 0..settled.len() {
        // One in place is not among those that are known.
        let canonical = settled[at].canonical.clone();
        let Some(canonical) = canonical.filter(|path| known.get(path) == Some(&at)) else {
            continue;
        };
        let mut outside = canonical.ancestors().skip(1);
        let Some((above, outer)) = outside.find_map(|above| Some((above, *known.get(above)?)))
        else {
            continue;
        };
        if canonical.is_dir() {
            return Err(told!(
                "{path}: lies inside {outer}, which is given too; leave out one of them",
                "{path}：位于同时指定的 {outer} 里面；请去掉一个",
                path = shown(&settled[at].path),
                outer = shown(&settled[outer].path)
            ));
        }
        let inner = canonical.strip_prefix(above).expect("an ancestor");
        let place = settled[outer].target.join(inner);
        refuse_two_places(&settled[at], &settled[outer], &place, action)?;
        Arc::make_mut(&mut settled[outer].given_apart).insert(inner.to_owned());
    }
    if let Action::Output(output) = action {
        refuse_collisions(&settled, output)?;
    }
    Ok(settled)
}

/// Refuses an input that another one has go to `place`, unless it goes there itself.
fn refuse_two_places(root: &Root, other: &Root, place: &Path, action: &Action) -> Result<(), Told> {
    match matches!(action, Action::Output(_)) && root.target != place {
        true => Err(told!(
            "{path}: given twice (also by {other}), and would go to two places; leave out one of them",
            "{path}：指定了两次（另一次由 {other} 指定），结果会写到两处；请去掉一个",
            path = shown(&root.path),
            other = shown(&other.path)
        )),
        false => Ok(()),
    }
}

/// Refuses to replace what the run reads as it is, a list of the program's own, or an old version that `-i` kept or is about
/// to keep.
///
/// # Errors
/// What is refused, and what to do.
pub fn refuse_own(
    (option, destination): (&str, &Destination),
    own: &[PathBuf],
    action: &Action,
) -> Result<(), Told> {
    let Destination::File(folder, name) = destination else {
        return Ok(());
    };
    let path = folder.join(name);
    let is_kept = || {
        let dir = Dir::open(folder).ok()?;
        Some(List::read(&dir).ok()?.holds(&dir, name))
    };
    let is_about_to_be = || {
        let Action::InPlace(suffix) = action else {
            return false;
        };
        let (name, suffix) = (name.to_string_lossy(), suffix.to_string_lossy());
        let first = name.strip_suffix(&*suffix).filter(|_| !suffix.is_empty());
        first.is_some_and(|first| folder.join(first).is_file())
    };
    let cause = if own.contains(&path) {
        told!("this run reads that file", "本次运行要读这个文件")
    } else if name == backup::LIST || name == state::LIST {
        told!("this is a list of jianti's own", "这是 jianti 自己的清单")
    } else if is_about_to_be() || is_kept().unwrap_or(false) {
        told!(
            "an old version is kept there, which --restore puts back",
            "那里保留着旧文件，--restore 要用它恢复"
        )
    } else {
        return Ok(());
    };
    Err(refused(option, &path, cause))
}

/// The error for a file that cannot take what an option writes.
fn refused(option: &str, path: &Path, cause: Told) -> Told {
    told!(
        "{option} {path}: {cause}; name another file",
        "{option} {path}：{cause}；请换一个文件",
        option = option,
        path = shown(path);
        cause
    )
}

/// Whether a path is, or leads to, a name that stands for an open file: `/dev/stdout`, `/proc/self/fd/1`. What is renamed
/// onto it would take its place instead of going there.
pub fn leads_to_descriptor(path: &Path) -> bool {
    /// Longer chains of links lead nowhere.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let is_descriptor = [
            "/proc",
            "/dev/fd",
            "/dev/stdin",
            "/dev/stdout",
            "/dev/stderr",
        ];
        if is_descriptor.iter().any(|name| path.starts_with(name)) {
            return true;
        }
        let Ok(target) = fs::read_link(&path) else {
            return false;
        };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    false
}

fn refuse_output(root: &Root, canonical: &Path, output: &Path) -> Result<(), Told> {
    let path = shown(&root.path);
    if output == canonical {
        return Err(told!(
            "{path}: the output directory is the input; use -i to replace the files",
            "{path}：输出目录就是输入；要替换文件请用 -i"
        ));
    }
    if !canonical.starts_with(output) {
        return Ok(());
    }
    if canonical.is_dir() {
        return Err(told!(
            "{path}: lies inside the output directory {output}, whose own files could be overwritten; choose another -o",
            "{path}：位于输出目录 {output} 里面，其中的文件可能会被覆盖；请换一个 -o",
            output = shown(output)
        ));
    }
    match output.join(&root.target) == canonical {
        true => Err(told!(
            "{path}: its result would replace it; use -i for that, or choose another -o",
            "{path}：结果会替换它自己；如果正要这样，请用 -i，否则请换一个 -o"
        )),
        false => Ok(()),
    }
}

fn refuse_collisions(roots: &[Root], output: &Path) -> Result<(), Told> {
    let mut targets: BTreeMap<&Path, &Path> = BTreeMap::new();
    let places = roots
        .iter()
        .filter_map(|root| Some((root.canonical.as_ref()?, root)));
    let places: BTreeMap<&PathBuf, &Root> = places.collect();
    for root in roots {
        let result = output.join(&root.target);
        let replaced = places
            .get(&result)
            .filter(|_| !root.target.as_os_str().is_empty());
        if let Some(other) = replaced {
            return Err(told!(
                "{path}: its result would replace {other}, which is given too; choose another -o",
                "{path}：结果会替换同时指定的 {other}；请换一个 -o",
                path = shown(&root.path),
                other = shown(&other.path)
            ));
        }
        if let Some(other) = targets.insert(&root.target, &root.path) {
            return Err(told!(
                "{one} and {other} would both go to {result}; convert them into different directories",
                "{one} 和 {other} 的结果都要写到 {result}；请分别转换到不同的目录",
                one = shown(other),
                other = shown(&root.path),
                result = shown(&result)
            ));
        }
    }
    Ok(())
}

/// Refuses a report that would take the place of an article or of a result. What `is_ours` says is an earlier one may be
/// replaced.
///
/// # Errors
/// What is refused, and what to do.
pub fn refuse_report(
    (option, report): (&str, &Destination),
    is_ours: fn(&Path) -> bool,
    roots: &[Root],
    action: &Action,
) -> Result<(), Told> {
    let Destination::File(folder, name) = report else {
        return Ok(());
    };
    let path = folder.join(name);
    let refused = |cause: Told| Err(refused(option, &path, cause));
    let output = match action {
        Action::Output(output) => Some(output),
        _ => None,
    };
    if output.is_some_and(|output| output.starts_with(&path)) {
        return refused(told!(
            "this is where the output directory goes",
            "这里要放输出目录"
        ));
    }
    for root in roots {
        let Some(input) = &root.canonical else {
            continue;
        };
        if *input == path {
            return refused(told!("this is an input", "这是一个输入文件"));
        }
        let source = output
            .and_then(|output| path.strip_prefix(output.join(&root.target)).ok())
            .map(|inner| join(input, inner));
        if let Some(source) = source.filter(|source| fs::symlink_metadata(source).is_ok()) {
            return refused(told!(
                "this is where the result of {source} goes",
                "这里要放 {source} 的结果",
                source = shown(&source)
            ));
        }
    }
    let is_among_articles = roots
        .iter()
        .filter_map(|root| root.canonical.as_ref())
        .chain(output)
        .any(|tree| path.starts_with(tree));
    match is_among_articles && path.exists() && !is_ours(&path) {
        true => refused(told!(
            "this file lies among the articles, and is none that an earlier run wrote",
            "这个文件在文章当中，又不是先前的运行写的"
        )),
        false => Ok(()),
    }
}

/// `base.join(inner)`, without a slash at its end where `inner` is empty.
fn join(base: &Path, inner: &Path) -> PathBuf {
    match inner == Path::new("") {
        true => base.to_owned(),
        false => base.join(inner),
    }
}

/// Refuses a suffix with which old versions would look like articles.
///
/// # Errors
/// What is refused, and what to do.
pub fn refuse_suffix(suffix: &OsStr) -> Result<(), Told> {
    if Path::new(suffix).components().count() > 1 {
        return Err(told!(
            "the suffix of -i is part of a file name and cannot hold a /",
            "-i 的后缀是文件名的一部分，不能有 /"
        ));
    }
    let mut name = OsStr::new("article").to_owned();
    name.push(suffix);
    let name = Path::new(&name);
    let ending = name.extension().and_then(OsStr::to_str).unwrap_or_default();
    // Text, and what only its beginning tells apart from text, has no name of its own there.
    let is_format = matches!(ending.to_ascii_lowercase().as_str(), "txt" | "text")
        || Format::of(Some(name), b"") != Format::Text
        || Format::of(Some(name), b"PK\x03\x04") != Format::Text;
    match is_format {
        true => Err(told!(
            "-i={suffix}: the old versions would look like articles; choose a suffix such as .bak",
            "-i={suffix}：旧文件会被当成文章；请换一个后缀，如 .bak",
            suffix = shown(Path::new(suffix))
        )),
        false => Ok(()),
    }
}

/// Where a path is, or will be once its folders are made.
pub fn place(path: &Path) -> PathBuf {
    for existing in path.ancestors() {
        let existing_or_here = match existing == Path::new("") {
            true => Path::new("."),
            false => existing,
        };
        if let Ok(canonical) = fs::canonicalize(existing_or_here) {
            let mut place = canonical;
            for step in path
                .strip_prefix(existing)
                .expect("an ancestor")
                .components()
            {
                match step {
                    // What is yet to be made is no link, so this leads back to where it is made.
                    Component::ParentDir => drop(place.pop()),
                    step => place.push(step),
                }
            }
            return place;
        }
    }
    path.to_owned()
}
