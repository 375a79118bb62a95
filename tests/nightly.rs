//! What runs every night, without anybody looking: lists of files, options from a file, the same order every time, differences
//! told by the exit code.

#[path = "common/packed.rs"]
mod packed;
#[path = "common/run.rs"]
mod run;

use std::fs;
use std::fs::{File, FileTimes};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use packed::Member;
use run::{run_in, run_with, tree, write};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

const TRADITIONAL: &str = "關於餅乾的事。\n";
const SIMPLIFIED: &str = "关于饼干的事。\n";

fn folder(names: &[&str]) -> TempDir {
    let folder = tempdir().expect("a folder");
    for name in names {
        write(folder.path(), &[(name, TRADITIONAL.as_bytes())]);
    }
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn lists_of_files_are_read_in_both_forms_and_keep_their_folders() {
    let folder = folder(&[
        "a/x.txt",
        "b/x.txt",
        "b/c/y.txt",
        "z.txt",
        "a/line\nend.txt",
    ]);
    let lines = "a/x.txt\r\n\nb/c\n./b/x.txt\n";
    write(folder.path(), &[("list", lines.as_bytes())]);
    let done = run_in(folder.path(), &["--files-from", "list", "-o", "out", "-q"]);
    assert_eq!((done.code, &*done.err), (0, ""));
    let made: Vec<_> = tree(&folder.path().join("out")).into_keys().collect();
    assert_eq!(made, ["a/x.txt", "b/c/y.txt", "b/x.txt"].map(Path::new));
    let done = run_with(
        folder.path(),
        &["--files-from", "-", "-0", "-i", "-q"],
        "a/line\nend.txt\0z.txt\0".as_bytes(),
    );
    assert_eq!((done.code, &*done.err), (0, ""));
    assert_eq!(read(&folder, "a/line\nend.txt"), SIMPLIFIED);
    assert_eq!(read(&folder, "z.txt"), SIMPLIFIED);
    assert_eq!(read(&folder, "a/x.txt"), TRADITIONAL);
    for (list, cause) in [("../x.txt\n", "hold no .."), ("/x.txt\n", "relative")] {
        let done = run_with(
            folder.path(),
            &["--files-from", "-", "-o", "o"],
            list.as_bytes(),
        );
        assert_eq!(done.code, 2);
        assert!(done.err.contains(cause), "{}", done.err);
    }
    let missing = run_in(folder.path(), &["--files-from", "nothing", "-i"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("--files-from nothing: "),
        "{}",
        missing.err
    );
}

#[test]
fn files_are_left_out_by_name_and_by_age() {
    let folder = folder(&["in/a.txt", "in/old/b.txt", "in/c.md", "in/d.txt"]);
    let excluded = [
        "in",
        "-o",
        "out",
        "-q",
        "--exclude",
        "old",
        "--exclude",
        "*.md",
    ];
    assert_eq!(run_in(folder.path(), &excluded).code, 0);
    let made: Vec<_> = tree(&folder.path().join("out")).into_keys().collect();
    assert_eq!(made, ["a.txt", "d.txt"].map(Path::new));
    let long_ago = SystemTime::now() - Duration::from_secs(3 * 86_400);
    for name in ["in/a.txt", "in/old/b.txt"] {
        let file = File::options().append(true).open(folder.path().join(name));
        let times = FileTimes::new().set_modified(long_ago);
        file.and_then(|file| file.set_times(times)).expect("set");
    }
    let names = |when: &str| {
        let done = run_in(
            folder.path(),
            &["in", "--check", "-q", "--newer-than", when],
        );
        done.text().to_owned()
    };
    assert_eq!(names("2d"), "in/c.md\nin/d.txt\n");
    assert_eq!(names("in/a.txt"), "in/c.md\nin/d.txt\n");
    assert_eq!(
        names("4 days"),
        "in/a.txt\nin/c.md\nin/d.txt\nin/old/b.txt\n"
    );
    let named = run_in(
        folder.path(),
        &["in/a.txt", "--check", "-q", "--newer-than", "2d"],
    );
    assert_eq!((named.code, named.text()), (0, ""));
    let wrong = run_in(
        folder.path(),
        &["in", "-o", "made", "--newer-than", "lately"],
    );
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("--newer-than lately"), "{}", wrong.err);
    // What is refused is refused before anything is made.
    assert!(!folder.path().join("made").exists());
}

#[test]
fn standard_input_can_be_checked_compared_and_named() {
    let folder = folder(&[]);
    let run =
        |arguments: &[&str], input: &str| run_with(folder.path(), arguments, input.as_bytes());
    let found = run(&["--check"], TRADITIONAL);
    assert_eq!((found.code, found.text()), (1, "standard input\n"));
    let clean = run(&["--check", "-"], SIMPLIFIED);
    assert_eq!((clean.code, clean.text()), (0, ""));
    let named = run(&["--diff", "--stdin-filename", "a.txt"], TRADITIONAL);
    let expected = "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-關於餅乾的事。\n+关于饼干的事。\n";
    assert_eq!((named.code, named.text()), (1, expected));
    assert_eq!(run(&["--diff"], SIMPLIFIED).code, 0);
    // The name tells the format: a key stays.
    let json = run(&["--stdin-filename", "a.json"], "{\"關\": \"關\"}");
    assert_eq!(json.text(), "{\"關\": \"关\"}");
    let wrong = run(&["--stdin-filename", "x", "--check", "."], "");
    assert_eq!(wrong.code, 2);
    let bad = run_with(
        folder.path(),
        &["--stdin-filename", "s.txt", "-e", "utf-8"],
        b"\xE5\x9C",
    );
    assert!(bad.err.starts_with("jianti: s.txt: "), "{}", bad.err);
}

#[test]
fn the_result_of_one_file_can_be_a_file() {
    let folder = folder(&["a.txt", "b.txt", "in/c.txt"]);
    assert_eq!(
        run_in(folder.path(), &["a.txt", "-o", "made/out.txt", "-q"]).code,
        0
    );
    assert_eq!(read(&folder, "made/out.txt"), SIMPLIFIED);
    // Once more, over the former one.
    assert_eq!(
        run_in(folder.path(), &["b.txt", "-o", "made/out.txt", "-q"]).code,
        0
    );
    // A directory as before.
    assert_eq!(run_in(folder.path(), &["a.txt", "-o", "out", "-q"]).code, 0);
    assert_eq!(read(&folder, "out/a.txt"), SIMPLIFIED);
    assert_eq!(
        run_in(folder.path(), &["a.txt", "-o", "dir.d/", "-q"]).code,
        0
    );
    assert_eq!(read(&folder, "dir.d/a.txt"), SIMPLIFIED);
    assert_eq!(
        run_in(folder.path(), &["a.txt", "b.txt", "-o", "two.txt", "-q"]).code,
        0
    );
    assert_eq!(read(&folder, "two.txt/b.txt"), SIMPLIFIED);
    let itself = run_in(folder.path(), &["a.txt", "-o", "./a.txt"]);
    assert_eq!(itself.code, 2);
    assert!(itself.err.contains("would replace it"), "{}", itself.err);
    assert_eq!(read(&folder, "a.txt"), TRADITIONAL);
}

#[test]
fn the_result_of_one_file_gets_no_name_of_another_kind() {
    let folder = folder(&["a.txt", "a"]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(TRADITIONAL.as_bytes()).expect("packed");
    let zip = packed::zip(&[Member::new("d/e.txt", TRADITIONAL.as_bytes())]);
    write(
        folder.path(),
        &[
            ("b.txt.gz", &gz.finish().expect("packed")),
            ("c.zip", &zip),
            ("office", &zip),
            // Not what its name says; its result has the same name.
            ("d.docx", TRADITIONAL.as_bytes()),
        ],
    );
    for (input, output, advice) in [
        ("a.txt", "x.zip", "ends in .txt"),
        ("a.txt", "x.GZ", "ends in .txt"),
        ("a.txt", "x.docx", "ends in .txt"),
        ("a.txt", "x.tar", "ends in .txt"),
        ("a.txt", "x.pdf", "ends in .txt"),
        ("a", "x.epub", "choose another name"),
        ("b.txt.gz", "x.txt", "ends in .gz"),
        ("b.txt.gz", "x.xz", "ends in .gz"),
        ("b.txt.gz", "x.zip", "ends in .gz"),
        ("c.zip", "x.md", "ends in .zip"),
        ("c.zip", "x.docx", "ends in .zip"),
    ] {
        let done = run_in(folder.path(), &[input, "-o", output]);
        assert_eq!(done.code, 2, "{input} {output}");
        assert!(done.err.contains(advice), "{input}: {}", done.err);
        assert!(done.err.contains(output) && !folder.path().join(output).exists());
    }
    for (input, output) in [
        ("a.txt", "x.md"),
        ("a.txt", "x.new"),
        ("a", "x.txt"),
        ("b.txt.gz", "x.gz"),
        ("b.txt.gz", "x.gzip"),
        ("c.zip", "x.zip"),
        ("c.zip", "x.zip.new"),
        ("d.docx", "x.docx"),
        ("office", "x.docx"),
    ] {
        let done = run_in(folder.path(), &[input, "-o", output, "-q"]);
        assert_eq!(done.code, 0, "{input} {output}: {}", done.err);
        assert!(folder.path().join(output).exists());
    }
}

#[test]
fn what_is_given_twice_is_taken_once() {
    let paths = ["in/a.txt", "in/sub/b.txt", "in/sub/.c.txt", "in/d/e.txt"];
    let folder = folder(&paths);
    let list = "in/a.txt\n./in/a.txt\nin\nin/sub/.c.txt\nin/../in/d/e.txt\n";
    write(folder.path(), &[("list", list.as_bytes())]);
    // The walk would pass over the hidden one, but it is named itself.
    let check = run_in(folder.path(), &["--files-from", "list", "--check", "-q"]);
    assert_eq!(
        (check.code, check.text()),
        (
            1,
            "in/../in/d/e.txt\nin/a.txt\nin/sub/.c.txt\nin/sub/b.txt\n"
        )
    );
    // What globs leave out of a directory inside another would depend on where they are counted from.
    let done = run_in(
        folder.path(),
        &["in", "in/sub", "--check", "-g", "sub/*.txt"],
    );
    assert_eq!(done.code, 2);
    assert!(done.err.contains("in/sub: lies inside in"), "{}", done.err);
    let inputs = ["in", "in/a.txt", "in/sub/../a.txt", "in"];
    let done = run_in(folder.path(), &[&inputs[..], &["-i", "-v"]].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("3 changed, 0 unchanged"), "{}", done.err);
    assert_eq!(read(&folder, "in/sub/b.txt"), SIMPLIFIED);

    let list = "in\n./in/sub/.c.txt\nin/a.txt\nin/a.txt\n";
    write(folder.path(), &[("list", list.as_bytes())]);
    let list = ["--files-from", "list", "-o", "out", "-v"];
    let done = run_in(folder.path(), &list);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("1 changed, 3 unchanged"), "{}", done.err);
    for path in paths {
        assert_eq!(read(&folder, &format!("out/{path}")), SIMPLIFIED);
    }
    // Two places for one file, and one place for two.
    write(folder.path(), &[("a.txt", b"x")]);
    for inputs in [&["in", "in/a.txt"][..], &["in/a.txt", "a.txt"]] {
        let done = run_in(folder.path(), &[inputs, &["-o", "new"]].concat());
        assert_eq!(done.code, 2, "{inputs:?}");
        assert!(!folder.path().join("new").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_does_not_stand_for_the_file_it_leads_to() {
    let folder = folder(&["in/a.txt"]);
    std::os::unix::fs::symlink("in/a.txt", folder.path().join("link.txt")).expect("a link");
    let done = run_in(folder.path(), &["link.txt", "in/a.txt", "in", "-i"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("link.txt: a symbolic link"),
        "{}",
        done.err
    );
    assert_eq!(read(&folder, "in/a.txt"), SIMPLIFIED);
}

#[test]
fn reports_and_lists_are_sorted_by_path_on_every_run() {
    let folder = tempdir().expect("a folder");
    for number in 0..300 {
        let name = format!("in/{:02}/{number:03}.txt", number * 7 % 30);
        let text = TRADITIONAL.repeat(number * 37 % 400 + 1);
        write(folder.path(), &[(&name, text.as_bytes())]);
    }
    write(
        folder.path(),
        &[("in/r.jsonl", "{\"a\":\"關\"}\n{\"a\":\"書\"}\n".as_bytes())],
    );
    let run = |arguments: &[&str]| {
        let all = [&["in", "-q"], arguments].concat();
        run_in(folder.path(), &all)
    };
    let report = |threads: &str| {
        let name = format!("r{threads}");
        run(&[
            "-n",
            "-o",
            "o",
            "-j",
            threads,
            "--report",
            &name,
            "--report-records",
        ]);
        read(&folder, &name)
    };
    let first = report("1");
    assert_eq!(first, report("7"));
    let paths: Vec<String> = first
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|object| object["path"].as_str().expect("a path").to_owned())
        .collect();
    assert!(paths.is_sorted() && paths.len() == 303);
    assert!(
        first
            .lines()
            .rev()
            .nth(1)
            .expect("a record")
            .contains("\"line\":2")
    );
    let check = run(&["--check", "-j", "5"]);
    assert_eq!(check.text().lines().count(), 301);
    assert!(check.text().lines().is_sorted());
    assert_eq!(
        run(&["--diff", "-j", "5"]).out,
        run(&["--diff", "-j", "1"]).out
    );
}

#[test]
fn a_diff_tells_by_its_exit_code_and_goes_into_containers() {
    let folder = folder(&["a.txt"]);
    let (gbk, _, _) = encoding_rs::GBK.encode(SIMPLIFIED);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(TRADITIONAL.as_bytes()).expect("packed");
    write(
        folder.path(),
        &[
            ("done.txt", SIMPLIFIED.as_bytes()),
            ("gbk.txt", &gbk),
            ("b.txt.gz", &gz.finish().expect("packed")),
            (
                "c.zip",
                &packed::zip(&[
                    Member::new("d/e.txt", TRADITIONAL.as_bytes()),
                    Member::new("f.txt", SIMPLIFIED.as_bytes()),
                ]),
            ),
        ],
    );
    let diff = |arguments: &[&str]| {
        let done = run_in(folder.path(), &[&["--diff", "-q"], arguments].concat());
        (done.code, done.text().to_owned())
    };
    assert_eq!(diff(&["done.txt"]), (0, String::new()));
    let hunk = "@@ -1 +1 @@\n-關於餅乾的事。\n+关于饼干的事。\n";
    assert_eq!(
        diff(&["a.txt"]),
        (1, format!("--- a.txt\n+++ a.txt\n{hunk}"))
    );
    let (code, text) = diff(&["gbk.txt"]);
    assert_eq!(code, 1);
    assert!(
        text.starts_with("gbk.txt: the text stays, its encoding (GBK)"),
        "{text}"
    );
    assert_eq!(
        diff(&["b.txt.gz"]),
        (1, format!("--- b.txt.gz\n+++ b.txt.gz\n{hunk}"))
    );
    assert_eq!(
        diff(&["c.zip", "--archives"]),
        (1, format!("--- c.zip/d/e.txt\n+++ c.zip/d/e.txt\n{hunk}"))
    );
    let colored = diff(&["a.txt", "--color", "always"]).1;
    assert!(
        colored.contains("\x1b[31m-\x1b[7m關於餅乾\x1b[27m的事。\x1b[0m\n"),
        "{colored:?}"
    );
}

#[test]
fn a_diff_of_an_office_document_shows_its_parts_line_by_line() {
    let folder = tempdir().expect("a folder");
    const NAMES: &str = "http://schemas.openxmlformats.org";
    let main = format!("{NAMES}/wordprocessingml/2006/main");
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!(
        "<Types xmlns=\"{NAMES}/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/></Types>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{NAMES}/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{NAMES}/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let paragraph = "<w:p><w:r><w:t>同</w:t></w:r></w:p><w:p><w:r><w:t>關於餅乾</w:t></w:r></w:p>";
    let text = format!(
        "<w:document xmlns:w=\"{main}\"><w:body>{}</w:body></w:document>",
        paragraph.repeat(9)
    );
    let members = [
        Member::new("[Content_Types].xml", types.as_bytes()),
        Member::new("_rels/.rels", relations.as_bytes()),
        Member::new("word/document.xml", text.as_bytes()),
    ];
    write(folder.path(), &[("a.docx", &packed::zip(&members))]);
    let done = run_in(folder.path(), &["--diff", "-q", "a.docx"]);
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(
        done.text().starts_with("--- a.docx/word/document.xml\n"),
        "{}",
        done.text()
    );
    assert_eq!(done.text().matches("\n-<w:t>關於餅乾</w:t>\n").count(), 9);
    assert_eq!(done.text().matches("\n+<w:t>关于饼干</w:t>\n").count(), 9);
}

#[test]
fn a_diff_is_one_that_patch_applies() {
    let folder = tempdir().expect("a folder");
    let lines: Vec<String> = (0..60)
        .map(|number| match number % 11 {
            0 => format!("第{number}行，關於餅乾。"),
            3 => "會(huì)議\t...".to_owned(),
            _ => format!("第{number}行"),
        })
        .collect();
    write(folder.path(), &[("a.txt", lines.join("\n").as_bytes())]);
    let diff = run_in(folder.path(), &["--diff", "-q", "a.txt"]);
    assert_eq!(diff.code, 1);
    let expected = run_in(folder.path(), &["a.txt"]).out;
    let diff = String::from_utf8(diff.out).expect("UTF-8");
    assert_eq!(
        apply(&lines.join("\n"), &diff),
        String::from_utf8(expected).expect("UTF-8")
    );
}

/// Applies a unified diff of one file.
fn apply(text: &str, diff: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (mut out, mut next) = (String::new(), 0);
    let mut last = ' ';
    for line in diff.split_inclusive('\n').skip(2) {
        let (sign, rest) = line.split_at(1);
        match sign {
            "@" => {
                let start: usize = rest[rest.find('-').expect("-") + 1..]
                    .split([',', ' '])
                    .next()
                    .expect("a number")
                    .parse()
                    .expect("a number");
                out.extend(lines[next..start - 1].iter().copied());
                next = start - 1;
            }
            "\\" => {
                if last != '-' {
                    out.pop();
                }
            }
            _ => {
                let same = lines.get(next).map(|line| line.trim_end_matches('\n'));
                if sign != "+" {
                    assert_eq!(same, Some(rest.trim_end_matches('\n')));
                    next += 1;
                }
                if sign != "-" {
                    out += rest;
                }
            }
        }
        last = sign.chars().next().expect("a sign");
    }
    out.extend(lines[next..].iter().copied());
    out
}

#[test]
fn options_are_read_from_a_file_above_the_input_and_flags_count_instead() {
    let folder = folder(&["project/in/deep/a.txt", "project/in/b.md"]);
    let text = "# ours\npunctuation = \"keep\"\nexclude = [\"*.md\"]\nrare = false\ndict = \"words.txt\"\n";
    write(
        folder.path(),
        &[
            ("project/jianti.toml", text.as_bytes()),
            ("project/words.txt", "餅乾\t曲奇\n".as_bytes()),
            ("project/in/c.txt", "他說:「關於餅乾」.\n".as_bytes()),
        ],
    );
    let run =
        |arguments: &[&str]| run_in(folder.path(), &[&["project/in/c.txt"], arguments].concat());
    assert_eq!(run(&[]).text(), "他说:「关于曲奇」.\n");
    assert!(run(&["-v"]).err.contains("options from "));
    assert_eq!(
        run(&["--punctuation", "chinese"]).text(),
        "他说：“关于曲奇”。\n"
    );
    assert_eq!(run(&["--no-config"]).text(), "他说：“关于饼干”。\n");
    // Dictionaries go together; of equal keys the command line's counts.
    let own = folder.path().join("own.txt");
    std::fs::write(&own, "關於\t有关\n").expect("a dictionary");
    assert_eq!(run(&["--dict", "own.txt"]).text(), "他说:「有关曲奇」.\n");
    std::fs::write(&own, "餅乾\t小食\n").expect("a dictionary");
    assert_eq!(run(&["--dict", "own.txt"]).text(), "他说:「关于小食」.\n");
    let named = ["--stdin-filename", "project/in/x.txt", "-"];
    let piped = run_with(folder.path(), &named, "餅乾.\n".as_bytes());
    assert_eq!(piped.text(), "曲奇.\n");
    assert_eq!(run(&["--exact", "-c", "t2s"]).code, 0);
    let check = run_in(folder.path(), &["project", "--check", "-q"]);
    assert_eq!(check.text(), "project/in/c.txt\nproject/in/deep/a.txt\n");
    let inside = run_with(
        &folder.path().join("project/in"),
        &[] as &[&str],
        "關於餅乾".as_bytes(),
    );
    assert_eq!(inside.text(), "关于曲奇");
    for (text, cause) in [
        ("output = \"x\"\n", "output: no option that can stand here"),
        ("rare = 3\n", "rare: true or false"),
        ("bom = \"what\"\n", "jianti.toml"),
        ("= 1\n", "jianti.toml: TOML parse error"),
    ] {
        write(folder.path(), &[("project/jianti.toml", text.as_bytes())]);
        let done = run(&[]);
        assert_eq!((done.code, done.text()), (2, ""), "{text}");
        assert!(done.err.contains(cause), "{text}: {}", done.err);
    }
    write(
        folder.path(),
        &[("other/jianti.toml", b""), ("other/a.txt", b"")],
    );
    let two = run_in(folder.path(), &["--check", "project/in", "other"]);
    assert_eq!(two.code, 2);
    assert!(
        two.err.contains("different configuration files"),
        "{}",
        two.err
    );
}

#[test]
fn errors_are_commands_of_workflows_where_that_is_asked_for() {
    let folder = folder(&["a.txt"]);
    write(
        folder.path(),
        &[(
            "bad.txt",
            &["圖書館裏".as_bytes(), b"\xFF\xFE\xFF", "圖書館".as_bytes()].concat(),
        )],
    );
    let done = run_in(
        folder.path(),
        &["--check", "-q", "--format-errors", "github", "."],
    );
    assert_eq!(done.code, 2);
    assert_eq!(
        done.text(),
        "::error file=./a.txt::not consistent simplified text; jianti would change it\n"
    );
    write(folder.path(), &[("b.jsonl", b"{\"a\": 1}\n{\"a\": }\n")]);
    let records = run_in(
        folder.path(),
        &["-n", "-i", "-q", "--format-errors", "github", "b.jsonl"],
    );
    let start = "::error file=b.jsonl,line=2,col=7::";
    assert!(records.err.starts_with(start), "{}", records.err);
    assert!(
        done.err.starts_with("::error file=./bad.txt::"),
        "{}",
        done.err
    );
}
