//! The program, run as its users run it.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program, to be given arguments.
pub fn jianti() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianti"));
    command.env("LC_ALL", "C").env_remove("NO_COLOR");
    command
}

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Standard output as text.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.out).expect("UTF-8")
    }
}

/// Runs the program in `folder`.
pub fn run_in<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Run {
    run_with(folder, arguments, b"")
}

/// Runs the program in `folder` with this standard input.
pub fn run_with<S: AsRef<OsStr>>(folder: &Path, arguments: &[S], input: &[u8]) -> Run {
    let mut child = jianti()
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let feed = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    feed.join().expect("fed");
    Run {
        code: output.status.code().expect("no signal"),
        out: output.stdout,
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The path of everything below `folder` that is not a folder, relative to it.
pub fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let entry = entry.expect("an entry");
            if entry.file_type().expect("a type").is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                found.push(path.strip_prefix(folder).expect("below").to_owned());
            }
        }
    }
    found
}

/// Every file and symbolic link below `folder`, by relative path, with its bytes (of a link, its target).
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let content = |path: &Path| {
        let metadata = fs::symlink_metadata(path).expect("a file");
        if metadata.is_symlink() {
            let target = fs::read_link(path).expect("a link");
            return target.into_os_string().into_encoded_bytes();
        }
        fs::read(path).expect("a file")
    };
    paths(folder)
        .into_iter()
        .map(|path| (path.clone(), content(&folder.join(path))))
        .collect()
}

/// Writes files, with their folders.
pub fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}
