//! What one sees: help, versions, completions, what files are, errors that say no more than they must.

#[path = "common/run.rs"]
mod run;

use std::fs;
use std::path::Path;
use std::process::Command;

use run::{run_in, run_with, write};
use serde_json::Value;
use tempfile::tempdir;

fn print(arguments: &[&str]) -> String {
    let folder = tempdir().expect("a folder");
    let done = run_in(folder.path(), arguments);
    assert_eq!((done.code, &*done.err), (0, ""), "{arguments:?}");
    String::from_utf8(done.out).expect("UTF-8")
}

#[test]
fn short_help_fits_on_a_screen_and_long_help_has_sections() {
    let short = print(&["-h"]);
    assert!(short.lines().count() <= 40, "{}", short.lines().count());
    assert!(
        short.lines().all(|line| line.chars().count() <= 100),
        "{short}"
    );
    let long = print(&["--help"]);
    for section in [
        "What is done:",
        "Which files:",
        "Conversion:",
        "Formats and encodings:",
        "What is printed:",
    ] {
        assert!(long.contains(&format!("\n{section}\n")), "{section}");
        assert_eq!(long.matches(section).count(), 1, "{section}");
    }
    assert!(long.contains("Exit codes: 0 success, 1 --check or --diff found"));
}

#[test]
fn every_option_is_in_the_documentation_of_the_command_line() {
    let help = print(&["--help"]);
    let documents = [
        "command-line.md",
        "formats.md",
        "repair.md",
        "choice.md",
        "durability.md",
        "report.md",
    ]
    .map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("docs")
            .join(name);
        fs::read_to_string(path).expect("read")
    });
    let all = documents.concat();
    for (short, long) in options(&help) {
        let short = short.map(|short| format!("`{short}"));
        let is_told = all.contains(&long) || short.is_some_and(|short| all.contains(&short));
        assert!(is_told, "{long}");
    }
}

/// The options that the help defines: short form, if there is one, and long form.
fn options(help: &str) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    for line in help.lines() {
        let mut words = line
            .trim_start()
            .split([' ', '=', '[', ','])
            .filter(|word| !word.is_empty());
        let (Some(first), second) = (words.next(), words.next()) else {
            continue;
        };
        match (first.starts_with("--"), first.starts_with('-'), second) {
            (true, ..) => found.push((None, first.to_owned())),
            (_, true, Some(long)) if long.starts_with("--") => {
                found.push((Some(first.to_owned()), long.to_owned()));
            }
            _ => {}
        }
    }
    let of_prose = |long: &str| long.ends_with(['.', ':', ';', ')']);
    found.retain(|(_, long)| long.len() > 2 && !of_prose(long));
    assert!(found.len() > 45, "{found:?}");
    found
}

#[test]
fn the_version_tells_what_the_program_is_made_of() {
    assert_eq!(
        print(&["--version"]),
        format!("jianti {}\n", env!("CARGO_PKG_VERSION"))
    );
    let long = print(&["-V", "-v"]);
    for part in [
        "OpenCC dictionaries: 1.4.2\n",
        "vectors: ",
        "model: ",
        "commit: ",
    ] {
        assert!(long.contains(part), "{long}");
    }
}

#[test]
fn completions_and_the_man_page_name_every_option() {
    let help = print(&["--help"]);
    let options = options(&help);
    for (what, dashes) in [
        ("complete-bash", "--"),
        ("complete-zsh", "--"),
        ("complete-fish", ""),
        ("complete-powershell", "--"),
        ("man", "\\-\\-"),
    ] {
        let text = print(&["--generate", what]);
        for (_, option) in &options {
            let name = option.trim_start_matches('-');
            let name = match what {
                "man" => name.replace('-', "\\-"),
                _ => name.to_owned(),
            };
            assert!(
                text.contains(&format!("{dashes}{name}")),
                "{what}: {option}"
            );
        }
    }
    let Ok(mut bash) = Command::new("bash")
        .arg("-n")
        .stdin(std::process::Stdio::piped())
        .spawn()
    else {
        return;
    };
    use std::io::Write as _;
    let mut input = bash.stdin.take().expect("a pipe");
    input
        .write_all(print(&["--generate", "complete-bash"]).as_bytes())
        .expect("fed");
    drop(input);
    assert!(bash.wait().expect("ends").success());
}

#[test]
fn what_files_are_is_told_in_columns_and_in_json() {
    let folder = tempdir().expect("a folder");
    let (big5, _, _) = encoding_rs::BIG5.encode("老書店開在車站對面，門口擺著舊雜誌。\n");
    write(
        folder.path(),
        &[
            ("in/b.txt", &big5),
            (
                "in/a.html",
                "<meta charset=utf-8><p>老书店开在车站对面</p>".as_bytes(),
            ),
            ("in/c.pdf", b"%PDF-1.7\n\0"),
            (
                "in/j.txt",
                "これは日本語の文章です。とても長い。".as_bytes(),
            ),
        ],
    );
    let before = run::tree(folder.path());
    let done = run_in(folder.path(), &["--detect", "in"]);
    assert_eq!((done.code, &*done.err), (0, ""));
    assert_eq!(
        done.text(),
        "UTF-8\tchinese\tsimplified\thtml\tin/a.html\n\
         Big5\tchinese\ttraditional\ttext\tin/b.txt\n\
         -\t-\t-\tPDF\tin/c.pdf\n\
         UTF-8\tjapanese\ttraditional\ttext\tin/j.txt\n"
    );
    let json = run_in(folder.path(), &["--detect=json", "in"]);
    let objects: Vec<Value> = json
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(objects.len(), 4);
    assert_eq!(
        (&objects[1]["encoding"], &objects[1]["evidence"]),
        (&"Big5".into(), &"content".into())
    );
    assert_eq!(objects[2]["kind"], "PDF");
    let stdin = run_with(folder.path(), &["--detect"], &big5);
    assert_eq!(
        stdin.text(),
        "Big5\tchinese\ttraditional\ttext\tstandard input\n"
    );
    assert!(run::tree(folder.path()) == before);
}

#[test]
fn the_same_advice_is_given_once_and_the_report_has_it_each_time() {
    let folder = tempdir().expect("a folder");
    let bad = [
        "圖書館裏靜悄悄，沒有人說話。".as_bytes(),
        b"\xE5\x9C\n",
        "圖書館裏靜悄悄。".as_bytes(),
    ]
    .concat();
    for name in ["in/a.txt", "in/b.txt", "in/c.txt"] {
        write(folder.path(), &[(name, &bad)]);
    }
    let done = run_in(
        folder.path(),
        &["in", "-o", "out", "-q", "-e", "utf-8", "--report", "r"],
    );
    assert_eq!(done.code, 2);
    assert_eq!(done.err.matches("invalid UTF-8").count(), 3, "{}", done.err);
    assert_eq!(done.err.matches("accept U+FFFD").count(), 1, "{}", done.err);
    let report = fs::read_to_string(folder.path().join("r")).expect("a report");
    assert_eq!(report.matches("accept U+FFFD").count(), 3);
}

#[test]
fn nothing_moves_on_a_pipe() {
    let folder = tempdir().expect("a folder");
    let large = "老書店開在車站對面，門口擺著舊雜誌。\n".repeat(400_000);
    write(folder.path(), &[("a.txt", large.as_bytes())]);
    let done = run_in(folder.path(), &["a.txt", "-o", "out"]);
    assert!(
        done.code == 0 && done.err.starts_with("1 file in "),
        "{}",
        done.err
    );
    assert!(!done.err.contains(['\r', '\x1b']), "{:?}", done.err);
    let printed = run_with(folder.path(), &[] as &[&str], large.as_bytes());
    assert_eq!((printed.code, &*printed.err), (0, ""));
}

#[test]
fn help_and_summary_are_in_the_language_that_is_asked_for() {
    let folder = tempdir().expect("a folder");
    write(
        folder.path(),
        &[("in/a.txt", "開會(huì)關於餅乾\n".as_bytes())],
    );
    let is_chinese = |text: &str| text.contains("用法：") || text.contains("个文件");
    for (arguments, locale, expected) in [
        (&["-h"][..], "zh_CN.UTF-8", true),
        (&["-h", "--lang", "en"], "zh_CN.UTF-8", false),
        (&["--help", "--lang=zh"], "C", true),
        (&["in", "--check"], "zh_TW.UTF-8", true),
        (&["in", "--check"], "C", false),
        (&["in", "--check", "--lang", "zh"], "C", true),
    ] {
        let mut command = run::jianti();
        let done = command
            .current_dir(folder.path())
            .env("LC_ALL", locale)
            .args(arguments)
            .output()
            .expect("runs");
        let text = String::from_utf8([done.stdout, done.stderr].concat()).expect("UTF-8");
        assert_eq!(is_chinese(&text), expected, "{arguments:?}: {text}");
    }
    let short = run_in(folder.path(), &["-h", "--lang", "zh"]);
    assert!(short.text().lines().count() <= 40);
    assert!(!short.text().contains("possible values") && !short.text().contains("default"));
    let man = run_in(folder.path(), &["--generate", "man", "--lang", "zh"]);
    assert!(man.text().contains("什么也不写"));
    let summary = run_in(folder.path(), &["in", "-o", "out", "--lang", "zh"]);
    assert!(
        summary.err.contains("1 有改动，0 无改动"),
        "{}",
        summary.err
    );
    assert!(
        summary.err.contains("注音 1") && summary.err.contains("繁体 1"),
        "{}",
        summary.err
    );
    run_in(
        folder.path(),
        &["in", "-o", "out", "--lang", "zh", "--review", "r.html"],
    );
    let page = fs::read_to_string(folder.path().join("r.html")).expect("a page");
    assert!(page.contains("\"language\":\"zh\""));
}
