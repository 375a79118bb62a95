//! Names of files in the lists that are kept beside files: text where they are, bytes where not.

use std::ffi::{OsStr, OsString};

use serde::{Deserialize, Serialize};

/// A name, or a relative path, in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Name {
    /// UTF-8.
    Text(String),
    /// Not UTF-8: the bytes, as Unix has them.
    Bytes(Vec<u8>),
}

impl Name {
    /// The name as the system has it.
    pub fn to_os(&self) -> OsString {
        match self {
            Name::Text(text) => text.into(),
            Name::Bytes(bytes) => from_bytes(bytes),
        }
    }
}

impl From<&OsStr> for Name {
    fn from(name: &OsStr) -> Name {
        match name.to_str() {
            Some(text) => Name::Text(text.to_owned()),
            None => Name::Bytes(name.as_encoded_bytes().to_vec()),
        }
    }
}

#[cfg(unix)]
fn from_bytes(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
fn from_bytes(bytes: &[u8]) -> OsString {
    // A name that is not there: nothing is taken for what it is not.
    String::from_utf8_lossy(bytes).into_owned().into()
}
