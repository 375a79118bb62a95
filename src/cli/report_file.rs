//! Where the report goes (`--report`).

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::atomic::{self, AtomicFile};
use super::dir::Dir;
use super::language::say;
use super::message;
use super::sorted::Sorted;
use super::told::{Tell as _, Told, told};

/// What is added to the name of a report that does not tell of all files.
const INCOMPLETE: &str = ".incomplete";

/// Where the report is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To standard output.
    Stdout,
    /// Into what is no regular file: a pipe, a device.
    Special(PathBuf),
    /// To a file with this name in this folder (canonical path).
    File(PathBuf, OsString),
}

impl Destination {
    /// Where a report with this path goes, which `option` names: where a link leads that is there.
    ///
    /// # Errors
    /// No report can go there.
    pub fn of(option: &str, path: &Path) -> Result<Destination, Told> {
        let refused = |cause: Told| {
            told!(
                "{option} {path}: {cause}",
                "{option} {path}：{cause}",
                option = option,
                path = message::shown(path);
                cause
            )
        };
        if path == Path::new("-") {
            return Ok(Destination::Stdout);
        }
        let place = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(refused(told!(
                    "this is a directory; name a file in it",
                    "这是一个目录；请写出其中的文件"
                )));
            }
            Ok(metadata) if !metadata.is_file() => {
                return Ok(Destination::Special(path.to_owned()));
            }
            Ok(_) => fs::canonicalize(path).map_err(|error| refused(error.tell()))?,
            Err(_) if path.is_symlink() => {
                return Err(refused(told!(
                    "this symbolic link leads nowhere; remove it",
                    "这个符号链接指向的地方不存在；请删掉它"
                )));
            }
            Err(_) => path.to_owned(),
        };
        let Some(name) = place.file_name().filter(|_| !ends_with_slash(path)) else {
            return Err(refused(told!(
                "this is no name for a file",
                "这不能作文件名"
            )));
        };
        let folder = place.parent().filter(|folder| *folder != Path::new(""));
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).map_err(|error| {
            refused(told!(
                "its folder: {error}; make it first",
                "它的目录：{error}；请先建好";
                error
            ))
        })?;
        Ok(Destination::File(folder, name.to_owned()))
    }

    /// The report's full path, if it is a file, and that of an incomplete one.
    pub fn paths(&self) -> Vec<PathBuf> {
        match self {
            Destination::File(folder, name) => {
                vec![folder.join(name), folder.join(incomplete(name))]
            }
            _ => Vec::new(),
        }
    }
}

fn ends_with_slash(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

fn incomplete(name: &OsStr) -> OsString {
    let mut name = name.to_owned();
    name.push(INCOMPLETE);
    name
}

/// Whether the file at this path is empty or begins as a report does: then a report may take its place.
pub fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1 << 20).read_to_end(&mut head));
    if read.is_err() {
        return false;
    }
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_object = || {
        let object: Option<serde_json::Map<_, _>> = serde_json::from_slice(line).ok();
        object.is_some_and(|object| object.contains_key("path") && object.contains_key("status"))
    };
    head.is_empty() || is_object()
}

/// A report: its lines, which it has in the order of the files' paths, and where they go in the end.
pub struct Report {
    lines: Sorted,
    file: ReportFile,
}

impl Report {
    /// Begins a report; `syncs` has it reach the disk before it gets its name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn open(destination: &Destination, syncs: bool) -> Result<Report, Told> {
        Ok(Report {
            lines: Sorted::default(),
            file: ReportFile::open(What::Report, destination, syncs)?,
        })
    }

    /// Adds a line about a file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, path: &Path, line: Vec<u8>) -> io::Result<()> {
        self.lines.push(path, line)
    }

    /// Ends the report. Of a run that was interrupted it says so, and leaves the former report.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn close(self, is_interrupted: bool) -> Result<(), Told> {
        let mut file = self.file;
        let written = self.lines.finish(|line| file.write(line));
        file.close(written, is_interrupted)
    }
}

/// What is written of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The report for programs.
    Report,
    /// The page for a person.
    Review,
}

/// Where a report, or another account of a run, is written.
pub struct ReportFile {
    /// What it is called in errors.
    what: What,
    place: Place,
}

enum Place {
    /// To standard output.
    Stdout(BufWriter<io::Stdout>),
    /// Into what is no regular file.
    Special(BufWriter<File>, PathBuf),
    /// Under a temporary name, until it is complete.
    File {
        /// The same file as the draft's, which takes nothing any more once the run is to end.
        file: BufWriter<File>,
        draft: AtomicFile,
        dir: Arc<Dir>,
        name: OsString,
        syncs: bool,
    },
}

impl ReportFile {
    /// Begins one; `syncs` has it reach the disk before it gets its name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn open(what: What, destination: &Destination, syncs: bool) -> Result<ReportFile, Told> {
        let place = match destination {
            Destination::Stdout => Place::Stdout(BufWriter::new(io::stdout())),
            Destination::Special(path) => {
                let file = File::options().write(true).open(path);
                let file = file.map_err(|error| about(what, path, &error))?;
                Place::Special(BufWriter::new(file), path.clone())
            }
            Destination::File(folder, name) => {
                let begun = || -> io::Result<Place> {
                    let dir = Arc::new(Dir::open(folder)?);
                    atomic::remove_abandoned(&dir);
                    // Permissions are those of any new file.
                    let mut draft = AtomicFile::new(&dir, name, 0o666)?;
                    let file = BufWriter::new(draft.file().try_clone()?);
                    let name = name.clone();
                    Ok(Place::File {
                        file,
                        draft,
                        dir,
                        name,
                        syncs,
                    })
                };
                begun().map_err(|error| about(what, &folder.join(name), &error))?
            }
        };
        Ok(ReportFile { what, place })
    }

    /// Goes on.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, line: &[u8]) -> io::Result<()> {
        match &mut self.place {
            Place::Stdout(file) => file.write_all(line),
            Place::Special(file, _) | Place::File { file, .. } => file.write_all(line),
        }
    }

    /// Ends it, if all before was written. Of a run that was interrupted it says so, and leaves the former one.
    ///
    /// # Errors
    /// It was not written, or cannot be.
    pub fn close(mut self, written: io::Result<()>, is_interrupted: bool) -> Result<(), Told> {
        let last = match is_interrupted {
            _ if written.is_err() => written,
            true => {
                let cause = "the run was interrupted: other files are not in this report";
                let line = json!({"status": "interrupted", "error": cause});
                self.write(format!("{line}\n").as_bytes())
            }
            false => Ok(()),
        };
        let what = self.what;
        match self.place {
            Place::Stdout(mut file) => {
                last.and_then(|()| file.flush())
                    .map_err(|error| match what {
                        What::Report => told!(
                            "the report on standard output: {error}",
                            "标准输出上的报告：{error}";
                            error
                        ),
                        What::Review => told!(
                            "the review on standard output: {error}",
                            "标准输出上的检视网页：{error}";
                            error
                        ),
                    })
            }
            Place::Special(mut file, path) => last
                .and_then(|()| file.flush())
                .map_err(|error| about(what, &path, &error)),
            Place::File {
                mut file,
                mut draft,
                dir,
                name,
                syncs,
            } => {
                let path = dir.path().join(&name);
                let other = incomplete(&name);
                let closed = || -> io::Result<()> {
                    last?;
                    file.flush()?;
                    if syncs {
                        draft.sync()?;
                    }
                    draft.check_closed()?;
                    if is_interrupted {
                        draft.rename_to(&other);
                    }
                    draft.publish(&mut atomic::uninterrupted()?)?;
                    // The complete report takes the place of both.
                    if !is_interrupted && is_report(&dir.path().join(&other)) {
                        dir.remove(&other)?;
                    }
                    match syncs {
                        true => dir.sync(),
                        false => Ok(()),
                    }
                };
                closed().map_err(|error| about(what, &path, &error))?;
                if is_interrupted {
                    message::note(&say!(
                        "jianti: what was done until the interruption is in {path}",
                        "jianti：中断之前做过的都在 {path} 里",
                        path = message::shown(&dir.path().join(&other))
                    ));
                }
                Ok(())
            }
        }
    }
}

fn about(what: What, path: &Path, error: &io::Error) -> Told {
    let path = message::shown(path);
    match what {
        What::Report => told!(
            "the report {path}: {error}",
            "报告 {path}：{error}",
            path = path;
            error = error
        ),
        What::Review => told!(
            "the review {path}: {error}",
            "检视网页 {path}：{error}",
            path = path;
            error = error
        ),
    }
}
