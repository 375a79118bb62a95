//! What is told of errors: in English and Chinese at once, since one goes to a person and the other to the report.
//!
//! - Errors of the program itself are made by [`told!`], both languages side by side.
//! - Errors of the library are typed and speak English; [`library`], [`formats`] and [`system`] say the same in Chinese, by
//!   matches that the compiler finds wanting when one is added. What is wrong with the command line: [`usage`].

mod formats;
mod library;
mod system;
pub mod usage;

use std::io;

use serde::{Serialize, Serializer};

use super::language::pick;

/// A message in both languages.
///
/// It has no `Display`: whoever prints it has to say in which language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In English, as it stands in the report.
    pub english: String,
    /// In Chinese.
    pub chinese: String,
}

impl Told {
    /// In the language that is spoken.
    pub fn spoken(&self) -> &str {
        pick(&self.english, &self.chinese)
    }

    /// The message with what there is to be done about it.
    pub fn with_advice(&self, advice: &Told) -> Told {
        told!("{error}; {advice}", "{error}；{advice}"; error = self, advice = advice)
    }

    /// An error of reading or writing that says this.
    pub fn into_io(self, kind: io::ErrorKind) -> io::Error {
        io::Error::new(kind, InIo(self))
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

/// A message of ours inside an error of reading or writing.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.english)]
struct InIo(Told);

/// What can be told in both languages.
pub trait Tell {
    /// The message.
    fn tell(&self) -> Told;
}

impl Tell for Told {
    fn tell(&self) -> Told {
        self.clone()
    }
}

impl<T: Tell + ?Sized> Tell for &T {
    fn tell(&self) -> Told {
        (**self).tell()
    }
}

/// A [`Told`]: formats the first text in English, the second in Chinese, with the same arguments. Behind a semicolon stand
/// those that are told in both languages themselves.
macro_rules! told {
    (
        $english:literal, $chinese:literal $(, $name:ident = $value:expr)* $(,)?
        $(; $($cause:ident $(= $error:expr)?),+ $(,)?)?
    ) => {{
        $($(
            let $cause = $crate::cli::told::Tell::tell(&$crate::cli::told::last!($cause $(, $error)?));
        )+)?
        $crate::cli::told::Told {
            english: format!($english $(, $name = $value)* $($(, $cause = $cause.english)+)?),
            chinese: format!($chinese $(, $name = $value)* $($(, $cause = $cause.chinese)+)?),
        }
    }};
}
macro_rules! last {
    ($first:expr) => {
        $first
    };
    ($first:expr, $last:expr) => {
        $last
    };
}
pub(super) use {last, told};
