//! Names of files and directories, converted as their text is.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, hash_map};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jianti::Normalizer;

use super::action::Action;
use super::atomic::unwritable;
use super::dir::Dir;
use super::discover::{self, File};
use super::message::shown;
use super::plan::Plan;
use super::read::Origin;
use super::told::{Tell as _, Told, told};
use super::tree::{self, Tree};

/// Every file of a run whose names are to be converted.
pub struct Renamed {
    /// The files, with the names they get, or why a path yields none.
    pub files: Vec<discover::Found>,
    /// Directories to rename in place when all files are done, the deepest first.
    pub directories: Vec<Directory>,
}

/// A directory that is to be renamed in place.
pub struct Directory {
    /// Where it is.
    pub path: PathBuf,
    tree: Arc<Tree>,
    /// The same below the tree.
    inner: PathBuf,
    name: OsString,
}

impl Directory {
    /// Renames it; `syncs` has the name reach the disk.
    ///
    /// # Errors
    /// The name is taken, or it cannot be renamed.
    pub fn rename(&self, syncs: bool) -> io::Result<()> {
        let (folder, old) = tree::split(&self.inner)?;
        let folder = self.tree.folder(folder)?;
        rename(&folder, old, &self.name)?;
        match syncs {
            true => folder.sync(),
            false => Ok(()),
        }
    }
}

/// Walks everything first, so that nothing is written if two names become one.
///
/// # Errors
/// Two names become one, a name would be no name any more, or the engine fails.
pub fn plan(plan: &Plan, normalizer: &Normalizer) -> Result<Renamed, Told> {
    let in_place = matches!(plan.action, Action::InPlace(_));
    let mut names = Names {
        normalizer,
        taken: HashMap::new(),
        directories: BTreeMap::new(),
    };
    let mut files: Vec<_> = discover::files(plan).collect();
    if let (Action::Output(output), Some(report)) = (&plan.action, &plan.report) {
        // No result may take its place.
        for path in report.paths() {
            if let Ok(inner) = path.strip_prefix(output) {
                names.taken.insert(inner.to_owned(), path);
            }
        }
    }
    let mut places = HashMap::new();
    for file in files.iter_mut().flatten() {
        if in_place {
            names.rename(file)?;
        } else {
            let target = names.convert(&file.target, Path::new(""))?;
            let before = std::mem::replace(&mut file.target, target);
            places.insert(file.path.clone(), before);
        }
    }
    let names_of = |(new, old): (PathBuf, PathBuf)| Some((old, new.file_name()?.to_owned()));
    let new_names = names.taken.into_iter().filter_map(names_of).collect();
    plan.links.set(new_names, places);
    let mut directories: Vec<_> = names.directories.into_values().collect();
    directories.sort_by_key(|directory| std::cmp::Reverse(directory.path.components().count()));
    Ok(Renamed { files, directories })
}

struct Names<'a> {
    normalizer: &'a Normalizer,
    /// What has which name in the end.
    taken: HashMap<PathBuf, PathBuf>,
    /// What is to be renamed in place.
    directories: BTreeMap<PathBuf, Directory>,
}

impl Names<'_> {
    /// A path below `base` with its names converted; each name on the way is taken.
    fn convert(&mut self, path: &Path, base: &Path) -> Result<PathBuf, Told> {
        let mut old = base.to_owned();
        let mut new = base.to_owned();
        for component in path.components() {
            let Component::Normal(name) = component else {
                return Err(told!(
                    "{path}: no path to convert",
                    "{path}：这样的路径不能转换",
                    path = shown(path)
                ));
            };
            old.push(name);
            new.push(self.name(name)?);
            match self.taken.entry(new.clone()) {
                hash_map::Entry::Vacant(entry) => drop(entry.insert(old.clone())),
                hash_map::Entry::Occupied(entry) if *entry.get() == old => {}
                hash_map::Entry::Occupied(entry) => return Err(collision(entry.get(), &old, &new)),
            }
        }
        Ok(new)
    }

    /// What is renamed for a file to have its name in place; not the directory that was named on the command line.
    fn rename(&mut self, file: &mut File) -> Result<(), Told> {
        // A file that was named itself is renamed too.
        let depth = file.depth.max(1);
        let base = file.path.ancestors().nth(depth).unwrap_or(Path::new(""));
        let below = file.path.strip_prefix(base).expect("an ancestor");
        let new = self.convert(below, base)?;
        let mut old = base.to_owned();
        for (place, (from, to)) in below
            .iter()
            .zip(new.iter().skip(base.iter().count()))
            .enumerate()
        {
            let wanted = old.join(to);
            old.push(from);
            if from == to {
                continue;
            }
            if place + 1 == depth {
                file.name = Some(to.to_owned());
            } else if let (Entry::Vacant(entry), Origin::Below(tree, _)) =
                (self.directories.entry(old.clone()), &file.origin)
            {
                let inner = old.strip_prefix(tree.root().path());
                entry.insert(Directory {
                    inner: inner.expect("below the tree").to_owned(),
                    path: old.clone(),
                    tree: tree.clone(),
                    name: to.to_owned(),
                });
            } else {
                continue;
            }
            if fs::symlink_metadata(&wanted).is_ok() {
                return Err(collision(&wanted, &old, &wanted));
            }
        }
        file.target = new;
        Ok(())
    }

    fn name(&self, name: &OsStr) -> Result<OsString, Told> {
        // A name in another encoding is left alone: nobody says which.
        let Some(text) = name.to_str() else {
            return Ok(name.to_owned());
        };
        let converted = self
            .normalizer
            .convert_name(text)
            .map_err(|error| error.tell())?;
        let mut components = Path::new(&converted).components();
        if let (Some(Component::Normal(same)), None) = (components.next(), components.next())
            && same == OsStr::new(&converted)
        {
            return Ok(converted.into());
        }
        Err(told!(
            "{text}: converted, this name would be {converted:?}, which is no name for a file; change your --dict",
            "{text}：这个名称转换后成为 {converted:?}，不能作文件名；请改 --dict 的词典"
        ))
    }
}

fn collision(one: &Path, other: &Path, name: &Path) -> Told {
    told!(
        "{one} and {other} would both be named {name}; rename one of them, or leave out --names. Nothing was written",
        "{one} 和 {other} 转换后都会叫 {name}；请给其中一个改名，或去掉 --names。没有写任何内容",
        one = shown(one),
        other = shown(other),
        name = shown(name)
    )
}

/// Gives what has one name in a folder another; what has that name is never replaced.
///
/// # Errors
/// The name is taken, or it cannot be renamed.
pub fn rename(folder: &Dir, from: &OsStr, to: &OsStr) -> io::Result<()> {
    folder.rename_new(from, to).map_err(|error| {
        let path = folder.path().join(to);
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                let told = told!(
                    "{path} is there meanwhile; it was not renamed",
                    "此间已经有了 {path}；没有改名",
                    path = path.display()
                );
                told.into_io(io::ErrorKind::AlreadyExists)
            }
            _ => unwritable(&path, &error),
        }
    })
}
