//! What is wrong with the command line, in Chinese; in English clap says it itself.

use std::error::Error as _;
use std::fmt::Write as _;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use jianti::encoding::UnknownEncoding;
use jianti::{UnknownConfig, UnknownFormat};

use super::Tell;

/// What is wrong, what may be meant, and where to read on: some lines, as clap has them, without the word for an error.
pub fn in_chinese(error: &clap::Error) -> String {
    let mut text = cause(error);
    let values = strings(error, ContextKind::ValidValue);
    if !values.is_empty() {
        write!(text, "\n  可以写：{}", values.join("、")).expect("a string can be written");
    }
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant: Vec<_> = meant
        .iter()
        .flat_map(|kind| strings(error, *kind))
        .collect();
    if !meant.is_empty() {
        write!(text, "\n\n  是不是想写“{}”？", meant.join("”或“"))
            .expect("a string can be written");
    } else if error.get(ContextKind::Suggested).is_some() {
        let name = strings(error, ContextKind::InvalidArg).concat();
        write!(
            text,
            "\n\n  如果它是文件名，请写在 -- 之后：jianti -- {name}"
        )
        .expect("a string can be written");
    }
    if error.get(ContextKind::Usage).is_some() {
        text += "\n\n用法：jianti [选项] [路径]...";
    }
    text + "\n\n详细说明见 jianti --help。\n"
}

/// What is wrong.
fn cause(error: &clap::Error) -> String {
    let all = strings(error, ContextKind::InvalidArg);
    let argument = all.concat();
    let value = strings(error, ContextKind::InvalidValue).concat();
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”要写出值"),
        ErrorKind::InvalidValue => format!("“{argument}”的值“{value}”不对"),
        ErrorKind::ValueValidation => {
            let mut text = format!("“{argument}”的值“{value}”不对");
            if let Some(cause) = of_value(error) {
                write!(text, "：{cause}").expect("a string can be written");
            }
            text
        }
        ErrorKind::TooManyValues => format!("“{argument}”不带值，却写了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的值的个数不对")
        }
        ErrorKind::NoEquals => format!("“{argument}”的值要用等号连在后面"),
        ErrorKind::ArgumentConflict => {
            let others = strings(error, ContextKind::PriorArg);
            match others.as_slice() {
                [other] if *other == argument => format!("“{argument}”不能写多次"),
                [] => format!("“{argument}”不能与其他选项同用"),
                others => format!("“{argument}”不能与“{}”同用", others.join("”、“")),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("还要写出“{}”", all.join("”、“")),
        ErrorKind::InvalidUtf8 => "有一个参数不是 UTF-8".to_owned(),
        // There are no others on this command line; clap has commands inside commands too.
        _ => error.to_string(),
    }
}

/// Why a value is none, which its own type says.
fn of_value(error: &clap::Error) -> Option<String> {
    let cause = error.source()?;
    if let Some(cause) = cause.downcast_ref::<UnknownEncoding>() {
        return Some(cause.tell().chinese);
    }
    if let Some(cause) = cause.downcast_ref::<UnknownFormat>() {
        return Some(cause.tell().chinese);
    }
    if let Some(cause) = cause.downcast_ref::<UnknownConfig>() {
        return Some(cause.tell().chinese);
    }
    let number = cause.downcast_ref::<ParseIntError>()?;
    Some(match number.kind() {
        IntErrorKind::PosOverflow => "太大".to_owned(),
        _ => "不是从 0 起的整数".to_owned(),
    })
}

/// What clap noted of this kind.
fn strings(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory as _;
    use std::collections::BTreeSet;

    /// Command lines that are wrong in every way in which one can be.
    const WRONG: &[(&[&str], &str)] = &[
        (&["--nothing"], "没有“--nothing”这个选项"),
        (&["--encodin", "gbk"], "是不是想写“--encoding”？"),
        (&["--punctuation", "none"], "可以写：chinese、keep"),
        (
            &["--encoding", "gkb"],
            "“--encoding <NAME>”的值“gkb”不对：没有叫“gkb”的编码",
        ),
        (&["--to-encoding", "gkb"], "没有叫“gkb”的编码"),
        (&["--format", "doc"], "没有叫“doc”的格式；可以写 "),
        (&["-c", "s2t"], "没有叫“s2t”的转换方式；可以写 auto、t2s、"),
        (&["-j", "many"], "不是从 0 起的整数"),
        (&["-j", "99999999999999999999999"], "太大"),
        (&["--check=yes"], "不带值，却写了“yes”"),
        (&["--check", "--diff"], "“--check”不能与“--diff”同用"),
        (&["-q", "-v"], "不能与"),
        (&["-0"], "还要写出“--files-from <FILE>”"),
        (&["--encoding"], "“--encoding <NAME>”要写出值"),
    ];

    #[test]
    fn what_clap_finds_wrong_is_told_in_chinese() {
        let mut kinds = BTreeSet::new();
        for (arguments, part) in WRONG {
            let command = Cli::command().args_override_self(true);
            let all = ["jianti"].iter().chain(*arguments);
            let error = command.try_get_matches_from(all).expect_err("it is wrong");
            kinds.insert(format!("{:?}", error.kind()));
            let text = in_chinese(&error);
            assert!(text.contains(part), "{arguments:?}: {text}");
        }
        let all = [
            "ArgumentConflict",
            "InvalidValue",
            "MissingRequiredArgument",
            "TooManyValues",
            "UnknownArgument",
            "ValueValidation",
        ];
        assert_eq!(kinds, all.map(str::to_owned).into());
    }
}
