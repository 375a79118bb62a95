//! The language that the program speaks: English, or Chinese under a Chinese locale or with `--lang zh`. Help, the summary,
//! progress and the review page are in both; errors and reports are in English.

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

/// The words of the language that was settled.
pub fn words() -> &'static Words {
    match spoken() {
        Speech::English => &ENGLISH,
        Speech::Chinese => &CHINESE,
    }
}

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

/// What is said, word by word: no language can lack any.
#[derive(Debug)]
pub struct Words {
    pub file: &'static str,
    pub files: &'static str,
    pub elapsed: fn(f64) -> String,
    pub changed: &'static str,
    pub unchanged: &'static str,
    pub binary: &'static str,
    pub not_supported: &'static str,
    pub skipped: &'static str,
    pub up_to_date: &'static str,
    pub errors: &'static str,
    pub comma: &'static str,
    pub text: &'static str,
    pub read_and_written: fn(&str, &str) -> String,
    pub encodings: &'static str,
    pub scripts: &'static str,
    pub languages: &'static str,
    pub not_read: &'static str,
    pub repairs: &'static str,
    pub doubtful: &'static str,
    pub undecodable: &'static str,
    pub undecodable_places: fn(&str, &str, bool) -> String,
    pub bad_lines: &'static str,
    pub replaced: &'static str,
    pub of_total: fn(&str, &str) -> String,
    pub left: fn(&str) -> String,
    pub typing: &'static str,
    /// What stands for the names of scripts, languages and rules; themselves if nothing does.
    pub names: &'static [(&'static str, &'static str)],
}

impl Words {
    /// A name of a script, a language or a rule.
    pub fn name<'n>(&self, name: &'n str) -> &'n str {
        let found = self.names.iter().find(|(known, _)| *known == name);
        found.map_or(name, |(_, word)| *word)
    }
}

static ENGLISH: Words = Words {
    file: "file",
    files: "files",
    elapsed: |seconds| format!("in {seconds:.1} s: "),
    changed: "changed",
    unchanged: "unchanged",
    binary: "binary",
    not_supported: "not supported",
    skipped: "skipped",
    up_to_date: "up to date",
    errors: "errors",
    comma: ", ",
    text: "text",
    read_and_written: |read, written| format!("{read} in, {written} out"),
    encodings: "encodings",
    scripts: "scripts",
    languages: "languages",
    not_read: "not read",
    repairs: "repairs",
    doubtful: "doubtful",
    undecodable: "undecodable",
    undecodable_places: |places, files, is_one| {
        let word = if is_one { "file" } else { "files" };
        format!("{places} places in {files} {word}; --lossy puts U+FFFD there")
    },
    bad_lines: "bad lines",
    replaced: "replaced",
    of_total: |done, total| format!("{done} of {total}"),
    left: |time| format!("{time} left"),
    typing: "jianti: type or paste text, and end it with Ctrl-D on a line of its own; or name files: jianti article.txt\n        \
             jianti articles -o simplified; jianti -h shows more",
    names: &[],
};

static CHINESE: Words = Words {
    file: "个文件",
    files: "个文件",
    elapsed: |seconds| format!("用时 {seconds:.1} 秒："),
    changed: "有改动",
    unchanged: "无改动",
    binary: "非文本",
    not_supported: "不支持",
    skipped: "跳过",
    up_to_date: "无需更新",
    errors: "出错",
    comma: "，",
    text: "文字",
    read_and_written: |read, written| format!("读入 {read}，写出 {written}"),
    encodings: "编码",
    scripts: "繁简",
    languages: "语言",
    not_read: "未读",
    repairs: "修复",
    doubtful: "存疑",
    undecodable: "无法解码",
    undecodable_places: |places, files, _| {
        format!("{files} 个文件中的 {places} 处；--lossy 在那里写 U+FFFD")
    },
    bad_lines: "坏行",
    replaced: "替换",
    of_total: |done, total| format!("{done}，共 {total}"),
    left: |time| format!("还剩 {time}"),
    typing: "jianti：请输入或粘贴文字，最后另起一行按 Ctrl-D；或者写出文件：jianti article.txt\n        \
             jianti articles -o simplified；jianti -h 有更多说明",
    names: &[
        ("traditional", "繁体"),
        ("simplified", "简体"),
        ("mixed", "混合"),
        ("undetermined", "未定"),
        ("chinese", "中文"),
        ("japanese", "日文"),
        ("korean", "韩文"),
        ("other", "其他"),
        ("open", "未修复"),
        ("lost", "丢失"),
        ("mojibake", "乱码"),
        ("entity", "字符引用"),
        ("shift", "字节错位"),
        ("compatibility", "兼容字"),
        ("invisible", "不可见字符"),
        ("private_use", "专用区"),
        ("gloss", "注音"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use jianti::repair::Rule;
    use serde_json::Value;

    #[test]
    fn the_summary_and_the_page_say_the_same_in_chinese() {
        let page: Value =
            serde_json::from_str(include_str!("review/messages.json")).expect("messages");
        let rules = Rule::ALL.iter().map(|rule| rule.name());
        let scripts = ["traditional", "simplified", "mixed", "undetermined"];
        let languages = ["chinese", "japanese", "korean", "other"];
        for name in rules.chain(scripts).chain(languages) {
            let word = CHINESE.name(name);
            assert_ne!(word, name);
            assert_eq!(page[name][1], word, "{name}");
        }
    }

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
