//! The inputs that the command line names, or a list does (`--files-from`).

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::action::{Action, Root};
use super::args::Cli;
use super::message::shown;
use super::told::{Told, told};

/// The inputs, in their order.
///
/// # Errors
/// The list cannot be read; a path of it has no place below the output directory.
pub fn roots(cli: &Cli, action: &Action) -> Result<Vec<Root>, Told> {
    let named = if cli.names_no_file() {
        &[][..]
    } else {
        &cli.paths
    };
    let is_only = named.len() == 1 && cli.files_from.is_none();
    let is_only_directory = is_only && named[0].is_dir();
    let mut roots: Vec<_> = named
        .iter()
        .map(|path| {
            root(
                path,
                if is_only_directory {
                    PathBuf::new()
                } else {
                    name(path)
                },
            )
        })
        .collect();
    if let (Some(file), Action::Output(_), true) = (output_file(cli), action, is_only) {
        roots[0].target = file.file_name().map(PathBuf::from).unwrap_or_default();
    }
    if let Some(list) = &cli.files_from {
        let failed = |error: io::Error| {
            told!(
                "--files-from {list}: {error}",
                "--files-from {list}：{error}",
                list = shown(list);
                error
            )
        };
        let paths = match list == Path::new("-") {
            true => read(&mut io::stdin().lock(), cli.null),
            false => File::open(list).and_then(|file| read(&mut BufReader::new(file), cli.null)),
        };
        for path in paths.map_err(failed)? {
            let target = match action {
                Action::Output(_) => below(&path)?,
                _ => PathBuf::new(),
            };
            roots.push(root(&path, target));
        }
    }
    Ok(roots)
}

/// The file that the result of the only input goes to, if it is a file and `-o` names one.
pub fn output_file(cli: &Cli) -> Option<&Path> {
    let output = cli.output.as_deref()?;
    let [input] = &cli.paths[..] else { return None };
    let ends_with_slash = output.as_os_str().as_encoded_bytes().ends_with(b"/");
    if cli.files_from.is_some() || ends_with_slash || !input.is_file() || output.is_dir() {
        return None;
    }
    let is_named_so = output.is_file() || !output.exists() && output.extension().is_some();
    is_named_so.then_some(output)
}

fn root(path: &Path, target: PathBuf) -> Root {
    Root {
        path: path.to_owned(),
        target,
        canonical: fs::canonicalize(path).ok(),
        given_apart: Arc::default(),
    }
}

/// The last name in a path; of `.` and `..`, that of the directory they stand for.
fn name(path: &Path) -> PathBuf {
    let named = match path.components().next_back() {
        Some(Component::Normal(_)) => path.to_owned(),
        _ => fs::canonicalize(path).unwrap_or_default(),
    };
    named.file_name().map(PathBuf::from).unwrap_or_default()
}

/// The path itself, as it is below an output directory.
fn below(path: &Path) -> Result<PathBuf, Told> {
    let mut target = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => target.push(name),
            Component::CurDir => {}
            _ => {
                return Err(told!(
                    "{path}: with --files-from and -o, paths are relative and hold no ..; run in another folder",
                    "{path}：--files-from 与 -o 同用时，要写不含 .. 的相对路径；请换一个目录运行",
                    path = shown(path)
                ));
            }
        }
    }
    Ok(target)
}

/// The paths of a list; empty lines name nothing.
fn read(list: &mut dyn BufRead, null: bool) -> io::Result<Vec<PathBuf>> {
    let end = if null { b'\0' } else { b'\n' };
    let mut paths = Vec::new();
    for line in list.split(end) {
        let mut line = line?;
        if !null && line.last() == Some(&b'\r') {
            line.pop();
        }
        if !line.is_empty() {
            paths.push(path(line)?);
        }
    }
    Ok(paths)
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Ok(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> io::Result<PathBuf> {
    String::from_utf8(bytes)
        .map(PathBuf::from)
        .map_err(io::Error::other)
}
