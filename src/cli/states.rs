//! Which files need not be done again (`--update`).

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jianti::Options;
use xxhash_rust::xxh3::xxh3_64;

use super::args::Update;
use super::backup::checksum;
use super::dir::Kind;
use super::discover;
use super::error::FileError;
use super::links::Links;
use super::plan::Plan;
use super::read::{Origin, Source};
use super::state::State;
use super::told::{Told, told};
use super::tree::{self, Tree};

/// The lists of a run: that of the output directory, or those of the directories that are converted in place.
pub struct States {
    /// Program and options.
    by: String,
    by_content: bool,
    is_dry: bool,
    /// Where links lead in this run.
    links: Links,
    /// By the directory's path.
    open: Mutex<HashMap<PathBuf, Arc<State>>>,
}

impl States {
    /// The lists for a run with these options, if it is one with `--update`.
    ///
    /// # Errors
    /// The program cannot be read, and so not be told from other builds of it.
    pub fn new(plan: &Plan, options: &Options) -> Result<Option<States>, Told> {
        let Some(update) = plan.update else {
            return Ok(None);
        };
        let program = program().map_err(|error| {
            told!(
                "--update: the program's own file cannot be read: {error}; run without --update",
                "--update：无法读取程序自己的文件：{error}；请不用 --update 运行";
                error
            )
        })?;
        Ok(Some(States {
            by: fingerprint(&program, plan, options),
            by_content: update == Update::Content,
            is_dry: plan.dry_run,
            links: plan.links.clone(),
            open: Mutex::default(),
        }))
    }

    /// Whether contents are compared.
    pub fn is_by_content(&self) -> bool {
        self.by_content
    }

    /// The list of a directory.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn of(&self, tree: &Tree) -> io::Result<Arc<State>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let path = tree.root().path();
        if let Some(state) = open.get(path) {
            return Ok(state.clone());
        }
        let state = State::open(tree.root(), &self.by, self.by_content, self.is_dry);
        let state = Arc::new(state.map_err(|error| {
            let path = path.join(super::state::LIST);
            let told = told!(
                "the list {path}: {error}",
                "清单 {path}：{error}",
                path = path.display();
                error = &error
            );
            told.into_io(error.kind())
        })?);
        open.insert(path.to_owned(), state.clone());
        Ok(state)
    }

    /// Whether an earlier run has done this file, with the same result. That is at `place`, a path below a tree; it is the
    /// file itself where files are converted in place.
    ///
    /// # Errors
    /// The list, or the file, cannot be read.
    pub fn is_current(
        &self,
        file: &discover::File,
        place: (&Tree, &Path),
        in_place: bool,
    ) -> Result<bool, FileError> {
        let (tree, result) = place;
        let state = self.of(tree)?;
        let links = state.links(result);
        if !links.is_some_and(|links| self.links.are_as(&file.path, links)) {
            return Ok(false);
        }
        let (folder, name) = tree::split(result)?;
        let found = tree.folder(folder).and_then(|folder| folder.find(name));
        let Ok(Some(found)) = found else {
            return Ok(false);
        };
        if found.kind != Kind::File {
            return Ok(false);
        }
        let input = match (in_place, &file.origin) {
            (true, _) => found.identity,
            (false, Origin::Below(tree, inner)) => {
                let (folder, name) = tree::split(inner)?;
                tree.folder(folder)?.stat(name)?.identity
            }
            (false, Origin::Path) => (&std::fs::metadata(&file.path)?).into(),
        };
        let content = match self.by_content {
            true => Some(Source::open(&file.path, &file.origin, false)?.checksum()?),
            false => None,
        };
        let content = content.as_deref();
        Ok(match in_place {
            false => state.is_current(result, input, found.identity, content),
            true => state.is_done(result, found.identity, content),
        })
    }

    /// Ends the run.
    ///
    /// # Errors
    /// A list cannot be written.
    pub fn finish(&self) -> io::Result<()> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().try_for_each(|state| state.finish())
    }

    /// A file's checksum, if that is to tell.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn content(&self, source: &Source) -> Result<Option<String>, FileError> {
        if !self.by_content {
            return Ok(None);
        }
        Ok(Some(source.checksum()?))
    }
}

/// The checksum of the program's own file: code, dictionaries and dependencies, also of builds that have one version. Some
/// milliseconds.
fn program() -> io::Result<String> {
    checksum(File::open(own_file()?)?)
}

/// The file that this code is in: the program, or the library of the Python package, whose program is Python.
fn own_file() -> io::Result<PathBuf> {
    if !cfg!(target_os = "linux") {
        return std::env::current_exe();
    }
    // The file that runs, also where another build has taken its place by now.
    let program = PathBuf::from("/proc/self/exe");
    let mapped = mapped_file(
        &fs::read_to_string("/proc/self/maps")?,
        own_file as *const () as u64,
    );
    let is_other = |path: &PathBuf| fs::read_link(&program).is_ok_and(|own| own != *path);
    Ok(mapped
        .filter(|path| is_other(path) && path.exists())
        .unwrap_or(program))
}

/// The file that is mapped where this address is, as `/proc/self/maps` has it: a line's first field is a range of addresses,
/// its sixth the path.
fn mapped_file(maps: &str, address: u64) -> Option<PathBuf> {
    let holds = |range: &str| {
        let (start, end) = range.split_once('-')?;
        let number = |digits| u64::from_str_radix(digits, 16).ok();
        Some((number(start)?..number(end)?).contains(&address))
    };
    let line = maps.lines().find(|line| {
        let range = line.split(' ').next();
        range.and_then(holds) == Some(true)
    })?;
    Some(PathBuf::from(&line[line.find('/')?..]))
}

/// What decides the results besides the input: the program, and options with the dictionaries' entries.
fn fingerprint(program: &str, plan: &Plan, options: &Options) -> String {
    // What is only told does not count.
    let options = options.clone().with(|options| {
        options.explain = false;
        options.explain_most = None;
        options.count_outside = false;
    });
    // Elsewhere than on Linux the Python package's program is Python, which tells nothing of this one.
    let build = (env!("CARGO_PKG_VERSION"), option_env!("JIANTI_COMMIT"));
    let text = format!("{program} {build:?} {options:?} {}", plan.names);
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_code_is_in_is_found_by_its_address() {
        let maps = "55d0-5600 r--p 00000000 fe:00 41 /usr/bin/python3.13\n\
                    7f10-7f20 r-xp 00001000 fe:00 42                  /opt/a folder/jianti.abi3.so\n\
                    7f20-7f30 rw-p 00000000 00:00 0\n";
        let found = |address| mapped_file(maps, address);
        let library = PathBuf::from("/opt/a folder/jianti.abi3.so");
        assert_eq!(found(0x55ff), Some("/usr/bin/python3.13".into()));
        assert_eq!(found(0x7f1f), Some(library));
        assert_eq!(found(0x7f20), None);
        assert_eq!(found(0x7f30), None);
    }

    #[test]
    fn a_program_is_its_own_file() {
        let own = std::fs::canonicalize(own_file().expect("found")).expect("there");
        assert_eq!(own, std::env::current_exe().expect("known"));
    }
}
