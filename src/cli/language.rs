//! The language that the program speaks: English, or Chinese under a Chinese locale or with `--lang zh`. All that it says to a
//! person is in both: what it says as it runs by [`say!`] and [`pick`], errors as [`Told`](super::told::Told), help by
//! [`help_zh`](super::help_zh). What programs read (the report, `--detect=json`) is the same in either.

use std::env;
use std::ffi::OsString;
use std::sync::OnceLock;

use super::args::Lang;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// English.
    English,
    /// Chinese, in simplified characters.
    Chinese,
}

static SPOKEN: OnceLock<Speech> = OnceLock::new();

/// Settles the language by the command line, before that is read, or by the locale.
pub fn settle(arguments: &[OsString]) {
    SPOKEN.get_or_init(|| match asked(arguments) {
        Some(Lang::En) => Speech::English,
        Some(Lang::Zh) => Speech::Chinese,
        Some(Lang::Auto) | None => of_locale(|name| env::var(name).ok()),
    });
}

/// The language that was settled.
pub fn spoken() -> Speech {
    SPOKEN.get().copied().unwrap_or(Speech::English)
}

/// What is said in the language that was settled, of what is said in both.
pub fn pick<T>(english: T, chinese: T) -> T {
    match spoken() {
        Speech::English => english,
        Speech::Chinese => chinese,
    }
}

/// What is said in the language that was settled: formats the first text in English, the second in Chinese, with the same
/// arguments.
macro_rules! say {
    ($english:literal, $chinese:literal $(, $name:ident = $value:expr)* $(,)?) => {
        match $crate::cli::language::spoken() {
            $crate::cli::language::Speech::English => format!($english $(, $name = $value)*),
            $crate::cli::language::Speech::Chinese => format!($chinese $(, $name = $value)*),
        }
    };
}
pub(super) use say;

/// The last `--lang`, as far as it can be understood.
fn asked(arguments: &[OsString]) -> Option<Lang> {
    let mut asked = None;
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--" => break,
            "--lang" => arguments.next(),
            _ => argument.strip_prefix("--lang="),
        };
        let value = value.and_then(|value| clap::ValueEnum::from_str(value, false).ok());
        asked = value.or(asked);
    }
    asked
}

/// The language of messages in the locale, as POSIX has it.
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Speech {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = names
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    match locale.is_some_and(|locale| locale.starts_with("zh")) {
        true => Speech::Chinese,
        false => Speech::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_tells_the_language() {
        let with = |set: &'static [(&str, &str)]| {
            of_locale(move |name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(with(&[("LANG", "zh_CN.UTF-8")]), Speech::Chinese);
        assert_eq!(with(&[("LANG", "zh_TW"), ("LC_ALL", "")]), Speech::Chinese);
        assert_eq!(with(&[("LANG", "zh_CN"), ("LC_ALL", "C")]), Speech::English);
        assert_eq!(with(&[]), Speech::English);
        let asked = |arguments: &[&str]| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            super::asked(&arguments)
        };
        assert_eq!(asked(&["jianti", "--lang=zh", "-h"]), Some(Lang::Zh));
        assert_eq!(
            asked(&["jianti", "--lang", "zh", "--lang", "en"]),
            Some(Lang::En)
        );
        assert_eq!(asked(&["jianti", "--", "--lang=zh"]), None);
    }
}
