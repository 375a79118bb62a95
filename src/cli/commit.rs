//! Results get their names, a group of files at a time: first the group's content is written to the disk, then its files
//! are renamed. So a power loss leaves the old file or the new one, whole, and the disk is waited for once a group.
//!
//! One thread does this while others convert. The renames of a group reach the disk with the next group's content, the
//! last ones at the end.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::atomic::{self, AtomicFile};
use super::backup::{self, Kept, Wanted};
use super::dir::Dir;
use super::error::FileError;
use super::identity::Identity;
use super::interrupt;
use super::message::shown;
use super::names;
use super::report::FileReport;
use super::reporter::Reporter;
use super::state::{Made, State};
use super::told::{Told, told};
use super::tree::Tree;

/// The most files of a group; each is held open.
const GROUP: usize = 512;

/// The most bytes of a group, but for the last file's.
const GROUP_BYTES: u64 = 256 << 20;

/// How long the first result of a group waits for others.
const PATIENCE: Duration = Duration::from_secs(1);

/// Up to this many files are written to the disk one by one: that leaves alone what other programs have to write.
const FEW: usize = 8;

/// A result that is written and waits for its name.
pub struct Written {
    /// The result.
    pub draft: AtomicFile,
    /// The tree it is in.
    pub tree: Arc<Tree>,
    /// Its folder in the tree.
    pub folder: PathBuf,
    /// What is told of it once it has its name.
    pub report: FileReport,
    /// The file that it replaces, in place.
    pub replaced: Option<Replaced>,
    /// Where it is written down, and as what.
    pub record: Option<(Arc<State>, Made)>,
}

/// A file that is to be replaced by its result.
pub struct Replaced {
    /// Its name.
    pub name: OsString,
    /// Which file was read.
    pub identity: Identity,
    /// How it is kept.
    pub backup: Option<Wanted>,
    /// The name its successor gets, if not the same.
    pub renamed: Option<OsString>,
}

/// Gives results their names.
pub struct Committer<'a> {
    reporter: &'a Reporter,
    /// The most files of a group, if the disk is waited for.
    group: Option<usize>,
    /// Folders whose names are not known to be on the disk, by device.
    unsynced: BTreeMap<u64, Unsynced>,
}

/// Folders on one device.
struct Unsynced {
    /// Any of them.
    dir: Arc<Dir>,
    folders: HashSet<(PathBuf, PathBuf)>,
    trees: Vec<Arc<Tree>>,
}

impl<'a> Committer<'a> {
    /// One that tells `reporter` what became of each file.
    /// `group` is the most files that wait for the disk together; `None` has none wait.
    pub fn new(reporter: &'a Reporter, group: Option<usize>) -> Committer<'a> {
        Committer {
            reporter,
            group,
            unsynced: BTreeMap::new(),
        }
    }

    /// Takes results until there are no more.
    ///
    /// # Errors
    /// What was renamed cannot be written to the disk, or not be written down.
    pub fn run(mut self, results: &Receiver<Box<Written>>) -> Result<(), Told> {
        while let Ok(first) = results.recv() {
            let group = match self.group {
                Some(most) => gather(*first, results, most),
                None => vec![*first],
            };
            self.commit(group);
        }
        self.finish()
    }

    fn commit(&mut self, group: Vec<Written>) {
        let mut ready = Vec::with_capacity(group.len());
        for written in group {
            if interrupt::requested().is_some() {
                self.fail(written, interrupt::error().into());
                continue;
            }
            match prepare(&written) {
                Ok(kept) => ready.push((written, kept)),
                Err(error) => self.fail(written, error),
            }
        }
        if self.group.is_some() {
            ready = self.sync(ready);
        }
        for (written, kept) in ready {
            self.publish(written, kept);
        }
    }

    /// Writes contents to the disk; returns those of which that can be said.
    fn sync(&self, group: Vec<(Written, Option<Kept>)>) -> Vec<(Written, Option<Kept>)> {
        let mut devices: BTreeMap<u64, Arc<Dir>> = BTreeMap::new();
        for (written, _) in &group {
            let dir = written.draft.dir();
            devices
                .entry(dir.device().unwrap_or(0))
                .or_insert_with(|| dir.clone());
        }
        if group.len() > FEW && devices.values().all(|dir| sync_file_system(dir)) {
            return group;
        }
        let mut synced = Vec::with_capacity(group.len());
        for (written, kept) in group {
            match sync_alone(&written) {
                Ok(()) => synced.push((written, kept)),
                Err(error) => self.give_up(written, kept, error.into()),
            }
        }
        synced
    }

    fn publish(&mut self, written: Written, kept: Option<Kept>) {
        if let Err(error) = check(&written) {
            return self.give_up(written, kept, error);
        }
        self.remember(&written);
        let Written {
            draft,
            mut report,
            replaced,
            record,
            ..
        } = written;
        let dir = draft.dir().clone();
        let published = atomic::uninterrupted().and_then(|mut during| {
            let published = draft.publish(&mut during);
            match (kept, &published) {
                (Some(kept), Ok(_)) => kept.confirm(&mut during),
                (Some(kept), Err(_)) => kept.undo(&mut during),
                (None, _) => {}
            }
            published
        });
        let done = published.and_then(|identity| rename(&dir, replaced.as_ref(), identity));
        match done {
            Ok(identity) => {
                if let Some((state, made)) = record {
                    self.write_down(&state, made, identity, &dir, replaced);
                }
            }
            Err(error) => report = report.failed(&error.into()),
        }
        self.reporter.add(report);
    }

    fn write_down(
        &mut self,
        state: &Arc<State>,
        mut made: Made,
        output: Identity,
        dir: &Dir,
        replaced: Option<Replaced>,
    ) {
        // In place the result is what the next run finds.
        if let Some(replaced) = replaced {
            made.input = output;
            let name = replaced.renamed.as_ref().unwrap_or(&replaced.name);
            made.content = match state.is_by_content() {
                true => dir.file(name).and_then(backup::checksum).ok(),
                false => None,
            };
        }
        let added = state.add(made, output);
        self.reporter.state_failed(added);
    }

    /// Remembers that the folder's names are to be written to the disk.
    fn remember(&mut self, written: &Written) {
        if self.group.is_none() {
            return;
        }
        let dir = written.draft.dir();
        let device = dir.device().unwrap_or(0);
        let unsynced = self.unsynced.entry(device).or_insert_with(|| Unsynced {
            dir: dir.clone(),
            folders: HashSet::new(),
            trees: Vec::new(),
        });
        let root = written.tree.root().path().to_owned();
        if unsynced.folders.insert((root, written.folder.clone()))
            && !unsynced
                .trees
                .iter()
                .any(|tree| Arc::ptr_eq(tree, &written.tree))
        {
            unsynced.trees.push(written.tree.clone());
        }
    }

    fn fail(&self, written: Written, error: FileError) {
        self.give_up(written, None, error);
    }

    fn give_up(&self, written: Written, kept: Option<Kept>, error: FileError) {
        let Written { draft, report, .. } = written;
        if let Ok(mut during) = atomic::uninterrupted() {
            draft.discard(&mut during);
            if let Some(kept) = kept {
                kept.undo(&mut during);
            }
        }
        self.reporter.add(report.failed(&error));
    }

    /// The last renames reach the disk.
    fn finish(self) -> Result<(), Told> {
        let mut result = Ok(());
        for unsynced in self.unsynced.into_values() {
            if unsynced.folders.len() > FEW && sync_file_system(&unsynced.dir) {
                continue;
            }
            for (root, folder) in &unsynced.folders {
                let tree = unsynced
                    .trees
                    .iter()
                    .find(|tree| tree.root().path() == root);
                let synced = tree.expect("remembered").sync_folders(folder);
                if let Err(error) = synced {
                    let path = root.join(folder);
                    result = Err(told!(
                        "{path}: {error}; what was renamed there may not outlast a power loss",
                        "{path}：{error}；那里的改名断电后可能会丢失",
                        path = shown(&path);
                        error
                    ));
                }
            }
        }
        result
    }
}

fn gather(first: Written, results: &Receiver<Box<Written>>, most: usize) -> Vec<Written> {
    let begun = Instant::now();
    let mut bytes = first.draft.written();
    let mut group = vec![first];
    while group.len() < most && bytes < GROUP_BYTES && interrupt::requested().is_none() {
        let left = PATIENCE.saturating_sub(begun.elapsed());
        match results.recv_timeout(left) {
            Ok(next) => {
                bytes += next.draft.written();
                group.push(*next);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    group
}

/// Writes a result to the disk, and what is known of the file that is kept for it.
fn sync_alone(written: &Written) -> io::Result<()> {
    written.draft.sync()?;
    let keeps = |replaced: &Replaced| replaced.backup.is_some();
    match written.replaced.as_ref().is_some_and(keeps) {
        true => backup::sync(written.draft.dir()),
        false => Ok(()),
    }
}

/// Gives a file that was replaced the name it is to have; returns what it is then.
fn rename(dir: &Dir, replaced: Option<&Replaced>, identity: Identity) -> io::Result<Identity> {
    let Some((old, new)) = replaced.and_then(|file| Some((&file.name, file.renamed.as_ref()?)))
    else {
        return Ok(identity);
    };
    names::rename(dir, old, new)?;
    // The new name counts as a change.
    Ok(dir.stat(new)?.identity)
}

/// Makes sure that all was written, and keeps what will be replaced.
fn prepare(written: &Written) -> Result<Option<Kept>, FileError> {
    written.draft.check_closed()?;
    let Some(replaced) = &written.replaced else {
        return Ok(None);
    };
    check(written)?;
    match &replaced.backup {
        Some(wanted) => wanted.keep(written.draft.dir(), &replaced.name),
        None => Ok(None),
    }
}

/// Makes sure that what will be replaced is what was read.
fn check(written: &Written) -> Result<(), FileError> {
    let Some(replaced) = &written.replaced else {
        return Ok(());
    };
    let now = written.draft.dir().find(&replaced.name)?;
    match now.is_some_and(|now| now.identity.has_same_content(&replaced.identity)) {
        true => Ok(()),
        false => Err(FileError::Changed),
    }
}

/// Has all of a file system that was written to reach the disk; `false` if that cannot be said.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_file_system(dir: &Dir) -> bool {
    rustix::fs::syncfs(dir).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_file_system(_: &Dir) -> bool {
    false
}

/// Lets the process hold the files of a group open; returns how many a group can have.
pub fn group_size() -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        // One group waits for the disk while the next one is gathered.
        let wanted = 4 * GROUP as u64;
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current.is_some_and(|current| current < wanted) {
            limit.current = Some(limit.maximum.map_or(wanted, |most| most.min(wanted)));
            // Where that fails, groups are smaller.
            let _ = setrlimit(Resource::Nofile, limit);
        }
        let limit = getrlimit(Resource::Nofile).current.unwrap_or(wanted);
        (limit.min(wanted) / 4).max(1) as usize
    }
    #[cfg(not(unix))]
    GROUP
}
