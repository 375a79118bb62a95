//! Old versions are put back (`--restore`).

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::args::Cli;
use super::atomic;
use super::backup::{Entry, LIST, List};
use super::dir::Dir;
use super::interrupt;
use super::language::say;
use super::message::{self, complain, note};
use super::told::{Told, told};
use super::totals::files;
use super::tree::Tree;

/// Puts back what `-i=SUFFIX` kept, in directories and of single files.
pub struct Restore<'a> {
    cli: &'a Cli,
    /// Only what was kept under this suffix, unless it is empty.
    suffix: &'a OsStr,
    restored: u64,
    failed: u64,
}

/// Puts back what was kept below the command line's paths; returns whether all went well.
///
/// # Errors
/// There are no paths.
pub fn run(cli: &Cli, suffix: &OsStr) -> Result<bool, Told> {
    if cli.paths.is_empty() || cli.paths == [Path::new("-")] {
        return Err(told!(
            "--restore needs the files or directories that -i was given",
            "--restore 要写出当初 -i 所用的文件或目录"
        ));
    }
    let mut restore = Restore {
        cli,
        suffix,
        restored: 0,
        failed: 0,
    };
    for path in &cli.paths {
        restore.path(path);
    }
    if !cli.quiet {
        note(&restore.summary());
    }
    Ok(restore.failed == 0)
}

impl Restore<'_> {
    fn summary(&self) -> String {
        let (count, failed) = (self.restored, self.failed);
        let files = files(count);
        match self.cli.dry_run {
            true => say!(
                "{count} {files} would be restored, {failed} errors",
                "会恢复 {count} {files}，{failed} 个错误"
            ),
            false => say!(
                "{count} {files} restored, {failed} errors",
                "恢复了 {count} {files}，{failed} 个错误"
            ),
        }
    }

    fn path(&mut self, path: &Path) {
        if path.is_dir() {
            return self.tree(path);
        }
        // The file itself, under its own name or a new one, or what was kept of it.
        let (Some(name), folder) = (path.file_name(), path.parent()) else {
            return self.error(path, &io::ErrorKind::NotFound.into());
        };
        let folder = folder.filter(|folder| *folder != Path::new(""));
        let restored = Dir::open(folder.unwrap_or(Path::new("."))).and_then(|dir| {
            let count = self.folder(&Arc::new(dir), Some(name))?;
            match count {
                0 => {
                    let told = told!("nothing was kept of it", "没有保留过它的旧文件");
                    Err(told.into_io(io::ErrorKind::Other))
                }
                _ => Ok(()),
            }
        });
        if let Err(error) = restored {
            self.error(path, &error);
        }
    }

    fn tree(&mut self, root: &Path) {
        let tree = match Tree::open(root) {
            Ok(tree) => tree,
            Err(error) => return self.error(root, &error),
        };
        let folders: Vec<PathBuf> = WalkBuilder::new(root)
            .standard_filters(false)
            .build()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_name() == LIST)
            .filter_map(|entry| {
                let inner = entry.path().strip_prefix(root).ok()?;
                Some(inner.parent()?.to_owned())
            })
            .collect();
        for inner in folders {
            if interrupt::requested().is_some() {
                return;
            }
            let done = tree
                .folder_to_write(&inner)
                .and_then(|folder| self.folder(&folder, None));
            if let Err(error) = done {
                self.error(&root.join(inner), &error);
            }
        }
    }

    /// Puts back what was kept in a folder, or `only` of one file; returns how many were looked at.
    fn folder(&mut self, dir: &Arc<Dir>, only: Option<&OsStr>) -> io::Result<usize> {
        let mut list = List::read(dir)?;
        let wanted: Vec<Entry> = list
            .entries()
            .filter(|entry| self.is_wanted(entry, only))
            .cloned()
            .collect();
        let mut put_back = 0;
        for entry in &wanted {
            let (backup, of) = (entry.backup.to_os(), entry.of.to_os());
            match self.entry(dir, &list, entry) {
                // A backup that is not there was moved away, or never made.
                Ok(is_there) => {
                    if is_there {
                        put_back += 1;
                        self.restored += 1;
                        self.told(&dir.path().join(of), &dir.path().join(&backup));
                    }
                    list.remove(&backup);
                }
                Err(error) => self.error(&dir.path().join(backup), &error),
            }
        }
        if !wanted.is_empty() && !self.cli.dry_run {
            if !self.cli.no_sync {
                dir.sync()?;
            }
            list.write(dir)?;
        }
        Ok(put_back)
    }

    fn is_wanted(&self, entry: &Entry, only: Option<&OsStr>) -> bool {
        let of = entry.of.to_os();
        let mut expected = of.clone();
        expected.push(self.suffix);
        let names = [Some(of), Some(entry.backup.to_os()), self.renamed(entry)];
        (self.suffix.is_empty() || entry.backup.to_os() == expected)
            && only.is_none_or(|only| names.iter().flatten().any(|name| name == only))
    }

    fn renamed(&self, entry: &Entry) -> Option<OsString> {
        entry.renamed.as_ref().map(super::name::Name::to_os)
    }

    /// Puts a file back; says whether there was anything to put back.
    fn entry(&self, dir: &Dir, list: &List, entry: &Entry) -> io::Result<bool> {
        let (backup, of) = (entry.backup.to_os(), entry.of.to_os());
        let Some(kept) = dir.find(&backup)? else {
            return Ok(false);
        };
        if !list.holds(dir, &backup) {
            let told = told!(
                "it is not what was kept any more, and was left alone; rename it yourself if it is right",
                "它已不是当初保留的内容，没有动它；如果就要这个，请自己改名"
            );
            return Err(told.into_io(io::ErrorKind::Other));
        }
        if self.cli.dry_run {
            return Ok(true);
        }
        let during = atomic::uninterrupted()?;
        let there = dir.find(&of)?;
        let same = there.is_some_and(|there| there.identity.is_same_file(&kept.identity));
        match same {
            // The run that kept it was killed before it replaced it.
            true => dir.remove(&backup)?,
            false => dir.rename(&backup, &of)?,
        }
        if let Some(renamed) = self.renamed(entry) {
            // What it had become has another name; there need not be one.
            let _ = dir.remove(&renamed);
        }
        drop(during);
        Ok(true)
    }

    fn told(&self, path: &Path, backup: &Path) {
        if self.cli.verbose || self.cli.dry_run && !self.cli.quiet {
            note(&say!(
                "{path}: restored from {backup}",
                "{path}：由 {backup} 恢复",
                path = message::shown(path),
                backup = message::shown(backup)
            ));
        }
    }

    fn error(&mut self, path: &Path, error: &io::Error) {
        self.failed += 1;
        complain(&message::about(path, error));
    }
}
