//! Options that are read from a file, `jianti.toml`: the one in the folder of the input, or in one above it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Command};
use toml_edit::{DocumentMut, Item, TomlError, Value};

use super::language::pick;
use super::message::{about, shown};
use super::told::{Tell as _, Told, told};

/// The file's name.
pub const NAME: &str = "jianti.toml";

/// Options that may stand in the file: what is done with text and which files are read, never what is written where, nor
/// that limits are lifted: the file may have come with the input.
const KNOWN: &[&str] = &[
    "config",
    "exact",
    "punctuation",
    "language",
    "rare",
    "dict",
    "encoding",
    "to-encoding",
    "bom",
    "repair",
    "format",
    "keep-code",
    "code",
    "field",
    "strict",
    "archives",
    "lossy",
    "glob",
    "exclude",
    "hidden",
    "no-ignore",
    "threads",
];

/// Options of which one that is given makes others in the file count for nothing.
const INSTEAD: &[(&str, &[&str])] = &[("exact", &["punctuation", "language", "repair"])];

/// The file for these inputs: in the folder of each, or above it; without any input, in the current folder or above.
///
/// # Errors
/// Two inputs have different ones.
pub fn find(inputs: &[PathBuf]) -> Result<Option<PathBuf>, Told> {
    let here = env::current_dir().unwrap_or_default();
    let starts = match inputs.is_empty() {
        true => vec![here],
        false => inputs
            .iter()
            .filter_map(|path| {
                // What is not there may have a folder that is.
                let folder = path.parent().filter(|folder| *folder != Path::new(""));
                let folder = folder.unwrap_or(Path::new("."));
                fs::canonicalize(path)
                    .or_else(|_| fs::canonicalize(folder))
                    .ok()
            })
            .collect(),
    };
    let mut found: Option<Option<PathBuf>> = None;
    let mut last: Option<(PathBuf, Option<PathBuf>)> = None;
    for start in starts {
        let folder = match start.is_dir() {
            true => start.as_path(),
            false => start.parent().unwrap_or(&start),
        };
        // Files of one folder have one.
        let own = match &last {
            Some((known, own)) if known == folder => own.clone(),
            _ => folder
                .ancestors()
                .map(|above| above.join(NAME))
                .find(|file| file.is_file()),
        };
        last = Some((folder.to_owned(), own.clone()));
        match &found {
            Some(other) if *other != own => {
                let name = |path: &Option<PathBuf>| match path {
                    Some(path) => {
                        let path = shown(path);
                        told!("{path}", "{path}")
                    }
                    None => told!("none", "无"),
                };
                return Err(told!(
                    "the inputs have different configuration files ({one}; {other}); convert them one after the other, or with --no-config",
                    "各个输入的配置文件不同（{one}；{other}）；请分别转换，或用 --no-config";
                    one = name(other),
                    other = name(&own)
                ));
            }
            _ => found = Some(own),
        }
    }
    Ok(found.flatten())
}

/// The file's options as arguments, less those for which the command line has its own.
///
/// # Errors
/// It cannot be read, or says what it cannot say.
pub fn arguments(
    file: &Path,
    command: &Command,
    given: &ArgMatches,
) -> Result<Vec<OsString>, Told> {
    let refused = |cause: Told| about(file, &cause);
    let table = read(file).map_err(refused)?;
    let is_given = |key: &str| {
        let id = key.replace('-', "_");
        given.value_source(&id) == Some(ValueSource::CommandLine)
    };
    let mut arguments = Vec::new();
    for (key, item) in table.iter() {
        if !KNOWN.contains(&key) {
            return Err(refused(told!(
                "{key}: no option that can stand here; these can: {known}",
                "{key}：这里不能写这个选项；可以写的有：{known}",
                known = KNOWN.join(pick(", ", "、"))
            )));
        }
        let argument = command
            .get_arguments()
            .find(|argument| argument.get_long() == Some(key));
        let action = argument.map_or(&ArgAction::SetTrue, |argument| argument.get_action());
        let is_replaced = INSTEAD
            .iter()
            .any(|(option, others)| is_given(option) && others.contains(&key));
        let values = values(item).ok_or_else(|| {
            refused(told!(
                "{key}: a string, a number, true, false or a list is expected",
                "{key}：要写字符串、数、true、false 或列表"
            ))
        })?;
        // Lists go together; of everything else the command line's counts.
        let is_list = matches!(action, ArgAction::Append);
        if is_replaced || is_given(key) && !is_list {
            continue;
        }
        for value in values {
            let argument = match (action.takes_values(), &*value) {
                (true, value) if key == "dict" => {
                    let folder = file.parent().unwrap_or(Path::new("."));
                    let mut argument = OsString::from("--dict=");
                    argument.push(folder.join(value));
                    argument
                }
                (true, value) => format!("--{key}={value}").into(),
                (false, "true") => format!("--{key}").into(),
                (false, "false") => continue,
                (false, _) => {
                    return Err(refused(told!(
                        "{key}: true or false is expected",
                        "{key}：要写 true 或 false"
                    )));
                }
            };
            arguments.push(argument);
        }
    }
    Ok(arguments)
}

/// The file's entries.
///
/// # Errors
/// It cannot be read, is not UTF-8, or not TOML.
fn read(file: &Path) -> Result<DocumentMut, Told> {
    let text = fs::read(file).map_err(|error| error.tell())?;
    let text = String::from_utf8(text).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        told!(
            "not UTF-8 at byte offset {offset}; save it as UTF-8",
            "字节偏移 {offset} 处不是 UTF-8；请存成 UTF-8"
        )
    })?;
    text.parse().map_err(|error: TomlError| {
        let english = error.to_string();
        // The line itself with a mark below is the same in any language.
        let shown: String = english
            .lines()
            .filter(|line| line.contains('|'))
            .map(|line| format!("\n{line}"))
            .collect();
        let before = &text[..error.span().map_or(0, |span| span.start)];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Told {
            english,
            chinese: format!("第 {line} 行第 {column} 列不合 TOML 的写法{shown}"),
        }
    })
}

/// The values of an entry as text.
fn values(item: &Item) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Boolean(is) => Some(is.value().to_string()),
        _ => None,
    };
    match item.as_value()? {
        Value::Array(list) => list.iter().map(text).collect(),
        value => text(value).map(|text| vec![text]),
    }
}
