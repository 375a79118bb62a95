//! The command line: what each option does, and what is said when something is wrong.

#[path = "common/run.rs"]
mod run;

use std::path::Path;

use run::{Run, run_in, run_with, tree, write};
use tempfile::{TempDir, tempdir};

const TRADITIONAL: &str = "老書店開在車站對面，門口擺著舊雜誌。\n第二行沒有變化嗎？有的。\n";
const SIMPLIFIED: &str = "老书店开在车站对面，门口摆着旧杂志。\n第二行没有变化吗？有的。\n";

fn folder() -> TempDir {
    let folder = tempdir().expect("a folder");
    write(
        folder.path(),
        &[
            ("書店.txt", TRADITIONAL.as_bytes()),
            ("done.txt", SIMPLIFIED.as_bytes()),
        ],
    );
    folder
}

/// Runs with `-c tw2s`, which turns 著 to 着.
fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_in(folder, &[&["-c", "tw2s"], arguments].concat())
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = folder();
    for arguments in [&["-c", "tw2s"][..], &["-c", "tw2s", "-"]] {
        let done = run_with(folder.path(), arguments, TRADITIONAL.as_bytes());
        assert_eq!((done.code, done.text()), (0, SIMPLIFIED));
        assert_eq!(done.err, "");
    }
    let empty = run_with(folder.path(), &["-v"], b"");
    assert_eq!((empty.code, empty.text()), (0, ""));
    assert_eq!(
        empty.err,
        "standard input: unchanged, UTF-8 (ascii), undetermined\n"
    );
}

#[test]
fn files_go_to_standard_output_in_their_order() {
    let folder = folder();
    let done = run(folder.path(), &["done.txt", "書店.txt", "done.txt"]);
    assert_eq!(done.code, 0);
    assert_eq!(done.text(), [SIMPLIFIED; 3].concat());
    assert_eq!(done.err, "");
}

#[test]
fn check_names_what_would_change_and_tells_by_its_exit_code() {
    let folder = folder();
    let before = tree(folder.path());
    let found = run(folder.path(), &["--check", "."]);
    assert_eq!((found.code, found.text()), (1, "./書店.txt\n"));
    assert!(found.err.contains("2 files"), "{}", found.err);
    let clean = run(folder.path(), &["--check", "-q", "done.txt"]);
    assert_eq!((clean.code, clean.text(), &*clean.err), (0, "", ""));
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn source_code_is_left_alone_by_every_action() {
    let folder = folder();
    // Windows-1252, which no article is in.
    write(
        folder.path(),
        &[
            ("a.py", b"# caf\xE9 \x96 d\xFC, \xA0\n"),
            ("b.py", "# 圖書館\n".as_bytes()),
        ],
    );
    let before = tree(folder.path());
    for arguments in [
        &["--diff", "a.py", "b.py"][..],
        &["--check", "a.py", "b.py"],
        &["-i", "a.py", "b.py"],
        &["-i", "-n", "a.py", "b.py"],
        &["a.py", "b.py", "-o", "out"],
    ] {
        let done = run(folder.path(), arguments);
        assert_eq!((done.code, done.text()), (0, ""), "{}", done.err);
        assert!(done.err.contains("0 changed, 2 unchanged"), "{}", done.err);
    }
    let printed = run(folder.path(), &["a.py"]);
    assert_eq!(printed.out, before[Path::new("a.py")]);
    let mut after = tree(folder.path());
    after.retain(|path, _| !path.starts_with("out"));
    assert_eq!(after, before);
}

#[test]
fn a_diff_shows_the_text_of_any_encoding() {
    let folder = folder();
    let (big5, _, _) = encoding_rs::BIG5.encode("圖書館\nend\n");
    write(folder.path(), &[("b.txt", &big5)]);
    let done = run(folder.path(), &["--diff", "-q", "-e", "big5", "b.txt"]);
    assert_eq!(done.code, 1);
    assert_eq!(
        done.text(),
        "--- b.txt\n+++ b.txt\n@@ -1,2 +1,2 @@\n-圖書館\n+图书馆\n end\n"
    );
    assert_eq!(run(folder.path(), &["--diff", "-q", "done.txt"]).text(), "");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = folder();
    let before = tree(folder.path());
    for arguments in [&["-n", "-i", "."][..], &["-n", ".", "-o", "out"]] {
        let done = run(folder.path(), arguments);
        assert_eq!(done.code, 0);
        assert!(done.err.contains("1 changed, 1 unchanged"), "{}", done.err);
        assert_eq!(tree(folder.path()), before);
        assert!(!folder.path().join("out").exists());
    }
}

#[test]
fn configurations_and_dictionaries_convert_as_named() {
    let folder = folder();
    let convert = |arguments: &[&str]| {
        let done = run_with(folder.path(), arguments, "滑鼠看著軟體，䭔".as_bytes());
        assert_eq!(done.code, 0, "{}", done.err);
        done.text().to_owned()
    };
    assert_eq!(convert(&["-c", "t2s"]), "滑鼠看著软体，䭔");
    assert_eq!(convert(&["-c", "tw2s"]), "滑鼠看着软体，䭔");
    assert_eq!(convert(&["-c", "tw2sp"]), "鼠标看着软件，䭔");
    assert_eq!(convert(&["-c", "t2s", "--rare"]), "滑鼠看著软体，𫗰");
    write(
        folder.path(),
        &[
            ("a.txt", "滑鼠\t小老鼠\n".as_bytes()),
            ("b.txt", "# 注\n看著軟體\tA\n滑鼠\tB\n".as_bytes()),
        ],
    );
    assert_eq!(
        convert(&["-c", "t2s", "--dict", "a.txt", "--dict", "b.txt"]),
        "小老鼠A，䭔"
    );
}

#[test]
fn encodings_are_read_and_written_as_asked() {
    let folder = folder();
    let (gbk, _, _) = encoding_rs::GBK.encode("火车进站，旅客下车。");
    let (big5, _, _) = encoding_rs::BIG5.encode("火車進站，旅客下車。");
    let done = run_with(
        folder.path(),
        &["-e", "big5", "--to-encoding", "gbk"],
        &big5,
    );
    assert_eq!(done.out, &*gbk);

    let wrong = run_with(folder.path(), &["-e", "utf-8"], &big5);
    assert_eq!((wrong.code, &*wrong.out), (2, &b""[..]));
    assert!(
        wrong.err.starts_with("jianti: standard input: ") && wrong.err.contains("byte offset 0"),
        "{}",
        wrong.err
    );

    let lossy = run_with(folder.path(), &["-e", "utf-8", "--lossy", "-v"], b"a\xFFb");
    assert_eq!(lossy.text(), "a\u{FFFD}b");
    assert!(lossy.err.contains("1 replaced"), "{}", lossy.err);

    let lacking = run_with(folder.path(), &["--to-encoding", "big5"], "车".as_bytes());
    assert_eq!(lacking.code, 2);
    assert!(lacking.err.contains("U+8F66"), "{}", lacking.err);
}

#[test]
fn a_command_line_that_could_do_harm_is_refused() {
    let folder = folder();
    write(folder.path(), &[("sub/x.txt", b"x"), ("other/x.txt", b"y")]);
    let before = tree(folder.path());
    let cases: [(&[&str], &str); 13] = [
        (&["."], "a directory needs"),
        (&["-o", "out"], "standard input goes to standard output"),
        (&["sub", "-o", "sub"], "the output directory is the input"),
        (
            &["sub", "-o", "sub/new/.."],
            "the output directory is the input",
        ),
        (&["sub", "sub/x.txt", "-o", "out"], "would go to two places"),
        (
            &["sub/x.txt", "other/x.txt", "-o", "out"],
            "would both go to",
        ),
        (&["-n", "done.txt"], "-n goes with"),
        (&["sub", "-i=/x"], "cannot hold a /"),
        (&["sub", "-o", "done.txt"], "done.txt"),
        (&["sub", "-o", "out", "-i"], "cannot be used with"),
        (&["sub", "-i", "--follow"], "cannot be used with"),
        (&["sub", "-i", "--dict", "none.txt"], "none.txt"),
        (
            &["sub", "-i", "--report", "none/report.jsonl"],
            "none/report.jsonl",
        ),
    ];
    for (arguments, message) in cases {
        let refused = run_in(folder.path(), arguments);
        assert_eq!(refused.code, 2, "{arguments:?}");
        assert!(
            refused.err.contains(message),
            "{arguments:?}: {}",
            refused.err
        );
        assert_eq!(tree(folder.path()), before, "{arguments:?}");
    }
}

#[test]
fn a_bad_dictionary_is_named_with_its_line() {
    let folder = folder();
    write(folder.path(), &[("d.txt", "好\t好\nwrong\n".as_bytes())]);
    let refused = run_in(folder.path(), &["--dict", "d.txt", "done.txt"]);
    assert_eq!((refused.code, refused.text()), (2, ""));
    assert!(refused.err.contains("d.txt: line 2"), "{}", refused.err);
    write(folder.path(), &[("e.txt", b"\xB0\xA1\t\xB0\xA1\n")]);
    let refused = run_in(folder.path(), &["--dict", "e.txt", "done.txt"]);
    assert!(
        refused.err.contains("e.txt: not UTF-8 at byte offset 0"),
        "{}",
        refused.err
    );
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = folder();
    let done = run(folder.path(), &["missing.txt", "done.txt"]);
    assert_eq!((done.code, done.text()), (2, SIMPLIFIED));
    assert!(
        done.err.starts_with("jianti: missing.txt: "),
        "{}",
        done.err
    );
}

#[test]
fn a_report_stands_alone() {
    let folder = folder();
    let printed =
        |arguments: &[&str]| run(folder.path(), &[&["--report", "-"], arguments].concat());
    for arguments in [&["書店.txt"][..], &["--diff", "書店.txt"]] {
        let done = printed(arguments);
        assert_eq!((done.code, done.text()), (2, ""));
        assert!(done.err.contains("--report"), "{}", done.err);
    }
    let done = run_with(folder.path(), &["--report", "report.jsonl"], b"");
    assert_eq!((done.code, done.text()), (2, ""));
    assert!(done.err.contains("--report"), "{}", done.err);
    // What --check would list is in it.
    let done = printed(&["--check", "書店.txt", "done.txt"]);
    assert_eq!(done.code, 1);
    let statuses = done.text().lines().map(|line| {
        let file: serde_json::Value = serde_json::from_str(line).expect("JSON");
        file["status"].as_str().expect("a status").to_owned()
    });
    let mut statuses: Vec<_> = statuses.collect();
    statuses.sort();
    assert_eq!(statuses, ["converted", "unchanged"]);
}

#[test]
fn the_report_has_its_fields() {
    let folder = folder();
    let (gbk, _, _) = encoding_rs::GBK.encode("開往南方的列車在清晨進站，旅客們提著行李下車。");
    write(
        folder.path(),
        &[
            ("in/a.txt", &gbk),
            ("in/b.bin", b"\0\x01\x02\0\xFF"),
            ("in/c.txt", b"\x81\xFF\xFF\xFE "),
        ],
    );
    let done = run(
        folder.path(),
        &["in", "-o", "out", "-j", "1", "--report", "-"],
    );
    assert_eq!(done.code, 2);
    let mut lines: Vec<serde_json::Value> = done
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    lines.sort_by_key(|line| line["path"].as_str().map(str::to_owned));
    let output = folder
        .path()
        .join("out/a.txt")
        .canonicalize()
        .expect("written");
    assert_eq!(
        lines[0],
        serde_json::json!({
            "path": "in/a.txt", "output": output, "status": "converted",
            "format": "text", "encoding": "GBK", "evidence": "content", "language": "chinese", "script": "traditional",
            "bytes_in": gbk.len(), "bytes_out": gbk.len() / 2 * 3, "changed": true, "replaced": 0,
        })
    );
    assert_eq!(lines[1]["status"], "binary");
    assert_eq!(lines[1]["size"], 5);
    assert_eq!(lines[2]["status"], "error");
    assert!(lines[2]["error"].as_str().expect("a cause").len() > 10);
    assert_eq!(lines.len(), 3);

    let done = run(
        folder.path(),
        &["in", "-o", "out", "--report", "report.jsonl", "-q"],
    );
    assert_eq!((done.code, done.text()), (2, ""));
    let report = std::fs::read_to_string(folder.path().join("report.jsonl")).expect("a report");
    assert_eq!(report.lines().count(), 3);
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_failure() {
    use std::io::Read;
    let folder = tempdir().expect("a folder");
    write(
        folder.path(),
        &[("a.txt", TRADITIONAL.repeat(20_000).as_bytes())],
    );
    let mut child = run::jianti()
        .current_dir(folder.path())
        .args(["a.txt"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    let mut start = [0; 10];
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_exact(&mut start)
        .expect("text");
    let done = child.wait_with_output().expect("ends");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert_eq!(done.status.code(), Some(0));
}

/// A full disk: what was written so far must not pass for the whole.
#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_a_failure() {
    let folder = folder();
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let done = run::jianti()
        .current_dir(folder.path())
        .args(["done.txt"])
        .stdout(full)
        .output()
        .expect("runs");
    assert_eq!(done.status.code(), Some(2));
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(err.starts_with("jianti: done.txt: "), "{err}");
}

/// Glosses, marks, a page in Japanese: what is left to OpenCC alone.
#[test]
fn exactly_as_opencc_converts_and_nothing_else() {
    let text = "會(huì)議: \"開始\"，臺灣的滑鼠。\r\n彼は東京の圖書館へ飛ぶ。河?xùn)|區\n";
    for config in ["t2s", "tw2s", "tw2sp", "hk2s", "hk2sp"] {
        let folder = tempdir().expect("a folder");
        let exact = run_with(folder.path(), &["-c", config, "--exact"], text.as_bytes());
        let config = config.parse().expect("a configuration");
        let converter = jianti::converter(config, false, &[]);
        let mut expected = String::new();
        converter.append(text, true, &mut expected);
        assert_eq!((exact.code, exact.text()), (0, &*expected));
    }
    for (arguments, said) in [
        (&["--exact"][..], "--config"),
        (&["--exact", "-c", "auto"], "name a configuration"),
        (&["--exact", "-c", "t2s", "--repair", "auto"], "--repair"),
    ] {
        let folder = tempdir().expect("a folder");
        let refused = run_with(folder.path(), arguments, text.as_bytes());
        assert_eq!((refused.code, refused.text()), (2, ""));
        assert!(refused.err.contains(said), "{}", refused.err);
    }
}
