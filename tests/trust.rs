//! What is promised about files holds when the world is unkind: links, backups, overlaps, reruns, reports, outputs that
//! are full. What needs a superuser or minutes is in `scripts/test_durability.py`.

#[path = "common/articles.rs"]
mod articles;
#[path = "common/run.rs"]
mod run;

use std::fs;
use std::path::Path;

use articles::{SIMPLIFIED, TRADITIONAL, folder, read, refused, runs};
use run::{run_in, tree, write};

#[test]
fn backups_are_no_input_of_any_run_and_others_files_of_that_name_are() {
    let folder = folder(&[("in/a.txt", TRADITIONAL), ("in/sub/notes.bak", TRADITIONAL)]);
    runs(&folder, &["in", "-i=.bak"]);
    assert_eq!(read(&folder, "in/a.txt.bak"), TRADITIONAL);
    // A user's own .bak file is a file.
    assert_eq!(read(&folder, "in/sub/notes.bak"), SIMPLIFIED);
    assert_eq!(read(&folder, "in/sub/notes.bak.bak"), TRADITIONAL);
    for arguments in [
        &["in", "-i"][..],
        &["in", "-i=.old"],
        &["--check", "in"],
        &["in/sub", "-i"],
    ] {
        let done = runs(&folder, arguments);
        assert!(
            done.err.contains("0 changed"),
            "{arguments:?}: {}",
            done.err
        );
        assert_eq!(read(&folder, "in/a.txt.bak"), TRADITIONAL);
    }
    runs(&folder, &["in", "-o", "out", "--hidden"]);
    let written: Vec<_> = tree(&folder.path().join("out")).into_keys().collect();
    assert_eq!(written, [Path::new("a.txt"), Path::new("sub/notes.bak")]);
    // In a copy of the tree too, where every file has another number and time.
    let copied = std::process::Command::new("cp")
        .args(["-r", "in", "copy"])
        .current_dir(folder.path())
        .status();
    assert!(copied.expect("cp").success());
    runs(&folder, &["copy", "-i"]);
    assert_eq!(read(&folder, "copy/a.txt.bak"), TRADITIONAL);
    // What has its name by now is an ordinary file again.
    write(
        folder.path(),
        &[("in/a.txt.bak", "另一篇舊聞\n".as_bytes())],
    );
    runs(&folder, &["in", "-i"]);
    assert_eq!(read(&folder, "in/a.txt.bak"), "另一篇旧闻\n");
}

#[test]
fn originals_are_put_back() {
    let folder = folder(&[
        ("in/a.txt", TRADITIONAL),
        ("in/sub/b.txt", TRADITIONAL),
        ("in/書.txt", TRADITIONAL),
        ("in/own.bak", "own"),
    ]);
    let before = tree(folder.path());
    runs(&folder, &["in", "-i=.bak", "--names"]);
    assert_eq!(read(&folder, "in/书.txt"), SIMPLIFIED);
    let dry = runs(&folder, &["--restore", "in", "-n"]);
    assert!(dry.err.contains("3 files would be restored"), "{}", dry.err);
    assert_eq!(read(&folder, "in/a.txt"), SIMPLIFIED);
    let none = runs(&folder, &["--restore=.old", "in"]);
    assert!(none.err.contains("0 files restored"), "{}", none.err);
    runs(&folder, &["--restore=.bak", "in/sub/b.txt"]);
    assert_eq!(read(&folder, "in/sub/b.txt"), TRADITIONAL);
    assert_eq!(read(&folder, "in/a.txt"), SIMPLIFIED);
    let all = runs(&folder, &["--restore", "in"]);
    assert!(all.err.contains("2 files restored"), "{}", all.err);
    assert!(tree(folder.path()) == before);
    // There is nothing left to restore of it.
    let done = run_in(folder.path(), &["--restore", "in/a.txt"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("in/a.txt: nothing was kept"),
        "{}",
        done.err
    );
}

#[test]
fn a_name_that_is_taken_and_a_suffix_of_articles_are_refused() {
    let folder = folder(&[
        ("a.txt", TRADITIONAL),
        ("a.txt.bak", "mine"),
        ("b.txt", TRADITIONAL),
    ]);
    let done = run_in(folder.path(), &["-i=.bak", "."]);
    assert_eq!(done.code, 2);
    assert!(
        done.err
            .contains("a.txt.bak exists already and is no backup"),
        "{}",
        done.err
    );
    assert_eq!(read(&folder, "a.txt"), TRADITIONAL);
    assert_eq!(read(&folder, "a.txt.bak"), "mine");
    assert_eq!(read(&folder, "b.txt"), SIMPLIFIED);
    for suffix in ["-i=.txt", "-i=.old.md", "-i=.HTML", "-i=.epub"] {
        refused(&folder, &[suffix, "."], "would look like articles");
    }
}

#[test]
fn what_would_overwrite_siblings_is_refused() {
    let folder = folder(&[
        ("n/o/a.txt", TRADITIONAL),
        ("n/a.txt", "precious"),
        ("n/b/a.txt", "b"),
    ]);
    refused(
        &folder,
        &["n/o", "-o", "n"],
        "lies inside the output directory",
    );
    refused(
        &folder,
        &["n/o", "n/b", "-o", "n"],
        "lies inside the output directory",
    );
    refused(
        &folder,
        &["n/o", "-o", "."],
        "lies inside the output directory",
    );
    refused(
        &folder,
        &["n/a.txt", "-o", "n"],
        "its result would replace it",
    );
    refused(
        &folder,
        &["n/o/a.txt", "n/a.txt", "-o", "n"],
        "would replace",
    );
    let nested = folder.path().join("n/o");
    let done = run_in(&nested, &[".", "-o", ".."]);
    assert_eq!(done.code, 2, "{}", done.err);
    assert_eq!(read(&folder, "n/a.txt"), "precious");
    // One file to where it is alone.
    runs(&folder, &["n/o/a.txt", "-o", "."]);
    assert_eq!(read(&folder, "a.txt"), SIMPLIFIED);
}

#[test]
fn a_users_own_file_with_a_name_like_ours_is_a_file() {
    let folder = folder(&[
        (".jianti-notes.tmp", TRADITIONAL),
        (".jianti-0123456789abcde.tmp", TRADITIONAL),
    ]);
    let done = runs(&folder, &["-i", "--hidden", "."]);
    assert!(done.err.contains("2 changed"), "{}", done.err);
}

#[test]
fn a_report_takes_no_articles_place() {
    let folder = folder(&[
        ("in/a.txt", TRADITIONAL),
        ("in/b.txt", TRADITIONAL),
        ("in/sub/c.txt", TRADITIONAL),
    ]);
    refused(
        &folder,
        &["-i", "in/a.txt", "--report", "in/a.txt"],
        "this is an input",
    );
    refused(
        &folder,
        &["-i", "in", "--report", "in/b.txt"],
        "lies among the articles",
    );
    refused(
        &folder,
        &["--check", "in", "--report", "in/sub/c.txt"],
        "lies among the articles",
    );
    refused(
        &folder,
        &["in", "in/../in/a.txt", "-o", "out", "--report", "r"],
        "would go to two places",
    );
    refused(
        &folder,
        &["in", "-o", "out", "--report", "out"],
        "the output directory goes",
    );
    refused(
        &folder,
        &["in", "-o", "out", "--report", "in"],
        "this is a directory",
    );
    refused(
        &folder,
        &["in", "-o", "out", "--report", "nowhere/r"],
        "make it first",
    );
    runs(&folder, &["in", "-o", "done"]);
    refused(
        &folder,
        &["in", "-o", "done", "--report", "done/sub/c.txt"],
        "the result of",
    );
    // Among the articles it is no article.
    for changed in ["3 changed", "0 changed"] {
        let done = runs(&folder, &["-i", "in", "--report", "in/report.jsonl"]);
        assert!(done.err.contains(changed), "{}", done.err);
        assert_eq!(read(&folder, "in/report.jsonl").lines().count(), 3);
    }
    // What lies elsewhere is replaced, as by a shell.
    write(folder.path(), &[("r.jsonl", b"former")]);
    runs(
        &folder,
        &["in", "-o", "done", "-g", "*.txt", "--report", "r.jsonl"],
    );
    assert_eq!(read(&folder, "r.jsonl").lines().count(), 3);
}

#[test]
fn what_is_done_is_skipped() {
    let folder = folder(&[
        ("in/a.txt", TRADITIONAL),
        ("in/sub/b.txt", TRADITIONAL),
        ("in/c.txt", SIMPLIFIED),
        ("in/d.bin", "\0"),
    ]);
    // Beyond the kernel's tick; what is younger is done again.
    let settle = || std::thread::sleep(std::time::Duration::from_millis(50));
    for (arguments, word) in [
        (&["in", "-o", "out", "--update"][..], "近"),
        (&["in", "-o", "out2", "--update=content"], "高"),
        (&["-i", "in", "--update"], "低"),
    ] {
        settle();
        let summary = |words: &str| {
            let done = runs(&folder, arguments);
            assert!(done.err.contains(words), "{arguments:?}: {}", done.err);
        };
        summary("4 files");
        summary("0 changed, 0 unchanged, 0 binary, 0 skipped, 4 up to date");
        // One input changes, to something of the same length.
        write(
            folder.path(),
            &[("in/c.txt", SIMPLIFIED.replace('远', word).as_bytes())],
        );
        settle();
        summary("1 unchanged, 0 binary, 0 skipped, 3 up to date");
        summary("4 up to date");
        // Other options make other results.
        let other = runs(&folder, &[arguments, &["--punctuation", "keep"]].concat());
        assert!(!other.err.contains("up to date"), "{}", other.err);
        summary("4 files");
        if arguments[0] == "in" {
            // A result that was touched, or is gone, is made again.
            write(folder.path(), &[(&format!("{}/a.txt", arguments[2]), b"")]);
            fs::remove_file(folder.path().join(arguments[2]).join("sub/b.txt")).expect("removed");
            summary("2 changed, 0 unchanged, 0 binary, 0 skipped, 2 up to date");
        }
        summary("4 up to date");
    }
    // By content: what is new only by its times is not.
    fs::copy(folder.path().join("in/a.txt"), folder.path().join("x")).expect("copied");
    runs(&folder, &["in", "-o", "out2", "--update=content"]);
    fs::rename(folder.path().join("x"), folder.path().join("in/a.txt")).expect("renamed");
    let done = runs(&folder, &["in", "-o", "out2", "--update=content"]);
    assert!(done.err.contains("4 up to date"), "{}", done.err);
    // A list that was cut off, as by a power loss, only has files done again.
    let list = folder.path().join("out2/.jianti-state");
    let bytes = fs::read(&list).expect("a list");
    fs::write(&list, &bytes[..bytes.len() - 40]).expect("cut");
    let done = runs(&folder, &["in", "-o", "out2", "--update=content"]);
    assert!(done.err.contains("up to date"), "{}", done.err);
    let done = runs(&folder, &["in", "-o", "out2", "--update=content"]);
    assert!(done.err.contains("4 up to date"), "{}", done.err);
    refused(
        &folder,
        &["--check", "in", "--update"],
        "--update goes with -o or -i",
    );
}

/// Two builds of one version may do different things.
#[cfg(target_os = "linux")]
#[test]
fn what_another_build_has_done_is_done_again() {
    use std::io::Write;
    let folder = folder(&[("in/a.txt", TRADITIONAL), ("in/b.txt", TRADITIONAL)]);
    std::thread::sleep(std::time::Duration::from_millis(50));
    let same = folder.path().join("same");
    let other = folder.path().join("other");
    for copy in [&same, &other] {
        fs::copy(env!("CARGO_BIN_EXE_jianti"), copy).expect("copied");
    }
    // What the loader does not look at.
    let mut program = fs::File::options()
        .append(true)
        .open(&other)
        .expect("there");
    program.write_all(b"another build").expect("written");
    drop(program);
    let run = |program: &Path| {
        let done = std::process::Command::new(program)
            .current_dir(folder.path())
            .args(["in", "-o", "out", "--update"])
            .output()
            .expect("runs");
        String::from_utf8(done.stderr).expect("UTF-8")
    };
    let original = Path::new(env!("CARGO_BIN_EXE_jianti"));
    for (program, skipped) in [
        (original, false),
        (original, true),
        (&same, true),
        (&other, false),
        (&other, true),
        (original, false),
    ] {
        let told = run(program);
        assert_eq!(
            told.contains("2 up to date"),
            skipped,
            "{program:?}: {told}"
        );
    }
}

#[test]
fn the_number_of_threads_is_capped_and_said() {
    let folder = folder(&[("in/a.txt", TRADITIONAL)]);
    let done = runs(&folder, &["in", "-o", "out", "-j", "100000"]);
    assert!(done.err.contains("-j 100000: "), "{}", done.err);
    assert_eq!(read(&folder, "out/a.txt"), SIMPLIFIED);
}
