//! The keyword arguments of `Normalizer`, and the library's options.

use std::collections::HashSet;
use std::path::PathBuf;
use std::str::FromStr;

use jianti::{Config, Dictionary, Options, Repair};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cli::dictionary;

/// The arguments' names, in their order. `exact` is none: it stands for others.
pub const NAMES: &[&str] = &[
    "config",
    "punctuation",
    "repair",
    "language",
    "rare",
    "dictionaries",
    "encoding",
    "to_encoding",
    "bom",
    "lossy",
    "format",
    "fields",
    "keep_code",
    "code",
    "strict",
    "records",
    "record_id",
    "outcome_columns",
    "count_outside",
    "archives",
    "limits",
];

/// The options that the arguments ask for.
///
/// # Errors
/// `TypeError` for an argument that there is none of or of a wrong type, `ValueError` for a value that there is none of,
/// `OSError` for a dictionary that cannot be read.
pub fn read(config: &str, arguments: Option<&Bound<'_, PyDict>>) -> PyResult<Options> {
    let mut options = Options::default();
    options.config = parsed(config)?;
    let mut exact = false;
    for (name, value) in arguments.into_iter().flatten() {
        let name: String = name.extract()?;
        if name == "exact" {
            exact = value.extract()?;
        } else {
            set(&mut options, &name, &value)?;
        }
    }
    if !exact {
        return Ok(options);
    }
    let message = if options.config == Config::Auto {
        "exact=True: OpenCC knows no auto; name a configuration, such as config='t2s'"
    } else if options.repair == Repair::Report {
        "exact=True: OpenCC repairs nothing; leave out repair"
    } else {
        return Ok(options.exact());
    };
    Err(PyValueError::new_err(message))
}

/// All arguments that give these options.
///
/// # Errors
/// Python's own.
pub fn written<'py>(py: Python<'py>, options: &Options) -> PyResult<Bound<'py, PyDict>> {
    let arguments = PyDict::new(py);
    for name in NAMES {
        arguments.set_item(name, get(py, options, name)?)?;
    }
    Ok(arguments)
}

/// The arguments that give these options, without those that are as by default.
///
/// # Errors
/// Python's own.
pub fn changed<'py>(py: Python<'py>, options: &Options) -> PyResult<Bound<'py, PyDict>> {
    let arguments = written(py, options)?;
    for (name, value) in written(py, &Options::default())? {
        if value.eq(arguments.get_item(&name)?)? {
            arguments.del_item(name)?;
        }
    }
    Ok(arguments)
}

fn set(options: &mut Options, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    match name {
        "punctuation" => options.punctuation = choice(name, value)?,
        "repair" => options.repair = choice(name, value)?,
        "language" => options.any_language = choice::<Language>(name, value)? == Language::Any,
        "rare" => options.rare = value.extract()?,
        "dictionaries" => options.dictionaries = dictionaries(value)?,
        "encoding" => options.encoding = named(value)?,
        "to_encoding" => options.to_encoding = named(value)?,
        "bom" => options.bom = choice(name, value)?,
        "lossy" => options.lossy = value.extract()?,
        "format" => options.format = named(value)?,
        "fields" => options.fields = fields(value)?,
        "keep_code" => options.keep_code = value.extract()?,
        "code" => options.code = value.extract()?,
        "strict" => options.strict = value.extract()?,
        "records" => options.records = value.extract()?,
        "record_id" => options.record_id = value.extract()?,
        "outcome_columns" => options.outcome_columns = value.extract()?,
        "count_outside" => options.count_outside = value.extract()?,
        "archives" => options.archives = value.extract()?,
        "limits" => options.limits = value.extract()?,
        _ => {
            let known = NAMES.join(", ");
            return Err(PyTypeError::new_err(format!(
                "Normalizer has no argument {name:?}; it has {known}, exact"
            )));
        }
    }
    Ok(())
}

fn get<'py>(py: Python<'py>, options: &Options, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let bool = |value: bool| {
        value
            .into_pyobject(py)
            .map(|value| value.to_owned().into_any())
    };
    let text = |value: &str| PyString::new(py, value).into_any();
    let optional = |value: Option<&str>| value.into_pyobject(py);
    Ok(match name {
        "config" => text(options.config.name()),
        "punctuation" => word(py, options.punctuation),
        "repair" => word(py, options.repair),
        "language" => word(py, Language::of(options)),
        "rare" => bool(options.rare)?,
        "dictionaries" => {
            let maps = options.dictionaries.iter().map(|dictionary| {
                let map = PyDict::new(py);
                for (key, value) in &dictionary.pairs {
                    map.set_item(key, value)?;
                }
                Ok(map)
            });
            maps.collect::<PyResult<Vec<_>>>()?.into_pyobject(py)?
        }
        "encoding" => optional(options.encoding.map(|encoding| encoding.name()))?,
        "to_encoding" => optional(options.to_encoding.map(|encoding| encoding.name()))?,
        "bom" => word(py, options.bom),
        "lossy" => bool(options.lossy)?,
        "format" => optional(options.format.map(|format| format.name()))?,
        "fields" => options.fields.clone().into_pyobject(py)?,
        "keep_code" => bool(options.keep_code)?,
        "code" => bool(options.code)?,
        "strict" => bool(options.strict)?,
        "records" => bool(options.records)?,
        "record_id" => optional(options.record_id.as_deref())?,
        "outcome_columns" => optional(options.outcome_columns.as_deref())?,
        "count_outside" => bool(options.count_outside)?,
        "archives" => bool(options.archives)?,
        "limits" => bool(options.limits)?,
        _ => unreachable!("NAMES has no other"),
    })
}

/// Documents in which languages are converted; the library has a bool for it.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Language {
    Chinese,
    Any,
}

impl Language {
    fn of(options: &Options) -> Language {
        match options.any_language {
            true => Language::Any,
            false => Language::Chinese,
        }
    }
}

/// What a word stands for, by the names under which the library serializes it.
fn choice<T: DeserializeOwned>(name: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    let word: String = value.extract()?;
    let meant = serde_json::from_value(serde_json::Value::from(&*word));
    meant.map_err(|cause| PyValueError::new_err(format!("{name}={word:?}: {cause}")))
}

/// The word for it.
fn word<'py>(py: Python<'py>, meant: impl Serialize) -> Bound<'py, PyAny> {
    let word = serde_json::to_value(meant).expect("a choice has no fields");
    let word = word.as_str().expect("a choice without fields is a word");
    PyString::new(py, word).into_any()
}

fn parsed<T: FromStr<Err: ToString>>(name: &str) -> PyResult<T> {
    let unknown = |error: T::Err| PyValueError::new_err(error.to_string());
    name.parse().map_err(unknown)
}

fn named<T: FromStr<Err: ToString>>(value: &Bound<'_, PyAny>) -> PyResult<Option<T>> {
    let name: Option<String> = value.extract()?;
    name.map(|name| parsed(&name)).transpose()
}

fn fields(value: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let wrong = |_| PyTypeError::new_err("fields: give a list of texts");
    value.extract().map_err(wrong)
}

/// Dictionaries: mappings of texts, or paths of files in OpenCC's text format.
fn dictionaries(value: &Bound<'_, PyAny>) -> PyResult<Vec<Dictionary>> {
    let is_one = value.cast::<PyMapping>().is_ok() || value.cast::<PyString>().is_ok();
    match value.try_iter() {
        Ok(items) if !is_one => items.map(|item| one_dictionary(&item?)).collect(),
        _ => Err(PyTypeError::new_err(
            "dictionaries: give a list, of mappings of texts or of paths",
        )),
    }
}

fn one_dictionary(value: &Bound<'_, PyAny>) -> PyResult<Dictionary> {
    if let Ok(map) = value.cast::<PyMapping>() {
        let mut read = Dictionary::default();
        for pair in map.items()? {
            let (key, value): (String, String) = pair.extract()?;
            if key.is_empty() {
                return Err(PyValueError::new_err("dictionaries: a key is empty"));
            }
            read.pairs.push((key, value));
        }
        return Ok(read);
    }
    let path: PathBuf = value.extract()?;
    // Python reads it, so that the error is Python's, with the file's name.
    let file = (&path).into_pyobject(value.py())?;
    let bytes: Vec<u8> = file.call_method0("read_bytes")?.extract()?;
    let mut read = dictionary::parse(bytes)
        .map_err(|cause| PyValueError::new_err(format!("{}: {}", path.display(), cause.english)))?;
    // Of equal keys the first counts; a mapping, which this is pickled as, has no others.
    let mut keys = HashSet::new();
    read.pairs.retain(|(key, _)| keys.insert(key.clone()));
    Ok(read)
}
