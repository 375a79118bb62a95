//! Directories: everything in its place, nothing lost, whatever lies there.

#[path = "common/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use run::{paths, run_in, tree, write};
use tempfile::{TempDir, tempdir};

const TRADITIONAL: &str = "渡輪靠岸，魚販把竹籠抬上碼頭，遠處傳來汽笛聲。\n";
const SIMPLIFIED: &str = "渡轮靠岸，鱼贩把竹笼抬上码头，远处传来汽笛声。\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempdir().expect("a folder");
    write(folder.path(), files);
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = paths(folder)
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn temporary_files(folder: &Path) -> Vec<String> {
    let mut names = names(folder);
    names.retain(|name| name.contains(".jianti-"));
    names
}

#[test]
fn a_tree_is_mirrored() {
    let folder = folder(&[
        ("in/a.txt", TRADITIONAL.as_bytes()),
        ("in/年/月/b.txt", TRADITIONAL.as_bytes()),
        ("in/年/c.txt", SIMPLIFIED.as_bytes()),
        ("in/年/image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("in/empty.txt", b""),
    ]);
    let source = folder.path().join("in/a.txt");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .write(true)
        .open(&source)
        .expect("open")
        .set_modified(long_ago)
        .expect("set");
    let before = tree(&folder.path().join("in"));
    let done = run_in(folder.path(), &["in", "-o", "out/deep"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.contains("5 files") && done.err.contains("2 changed, 2 unchanged, 1 binary"),
        "{}",
        done.err
    );
    let mut expected = before.clone();
    for name in ["a.txt", "年/月/b.txt"] {
        expected.insert(PathBuf::from(name), SIMPLIFIED.into());
    }
    assert_eq!(tree(&folder.path().join("out/deep")), expected);
    assert_eq!(tree(&folder.path().join("in")), before);
    let written = fs::metadata(folder.path().join("out/deep/a.txt")).expect("written");
    assert_eq!(written.modified().expect("a time"), long_ago);
}

#[test]
fn several_inputs_keep_their_names() {
    let folder = folder(&[
        ("one/a.txt", TRADITIONAL.as_bytes()),
        ("two/a.txt", SIMPLIFIED.as_bytes()),
        ("three.txt", TRADITIONAL.as_bytes()),
    ]);
    let done = run_in(folder.path(), &["one", "./two/", "three.txt", "-o", "out"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(
        names(&folder.path().join("out")),
        ["one/a.txt", "three.txt", "two/a.txt"]
    );
}

#[test]
fn files_are_replaced_in_place_and_the_old_ones_kept() {
    let folder = folder(&[
        ("a.txt", TRADITIONAL.as_bytes()),
        ("b.txt", SIMPLIFIED.as_bytes()),
        ("c.bin", b"\0\x01"),
    ]);
    let untouched = fs::metadata(folder.path().join("b.txt"))
        .expect("b")
        .modified()
        .expect("time");
    let done = run_in(folder.path(), &["-i=.bak", "."]);
    assert_eq!(done.code, 0, "{}", done.err);
    let after = tree(folder.path());
    assert_eq!(after[Path::new("a.txt")], SIMPLIFIED.as_bytes());
    assert_eq!(after[Path::new("a.txt.bak")], TRADITIONAL.as_bytes());
    assert_eq!(
        names(folder.path()),
        [".jianti-backups", "a.txt", "a.txt.bak", "b.txt", "c.bin"]
    );
    let now = fs::metadata(folder.path().join("b.txt"))
        .expect("b")
        .modified()
        .expect("time");
    assert_eq!(now, untouched, "what does not change is not written");

    // Again: nothing is left to do, and the kept file is no input.
    let again = run_in(folder.path(), &["-i=.bak", "."]);
    assert!(
        again.err.contains("0 changed, 2 unchanged"),
        "{}",
        again.err
    );
    assert_eq!(tree(folder.path()), after);

    // After an edit the run goes on, and the first backup stays the original.
    write(folder.path(), &[("a.txt", "另一篇舊聞\n".as_bytes())]);
    let edited = run_in(folder.path(), &["-i=.bak", "."]);
    assert_eq!(edited.code, 0, "{}", edited.err);
    let after = tree(folder.path());
    assert_eq!(after[Path::new("a.txt")], "另一篇旧闻\n".as_bytes());
    assert_eq!(after[Path::new("a.txt.bak")], TRADITIONAL.as_bytes());
}

#[test]
fn globs_ignore_files_and_hidden_files_choose() {
    let folder = folder(&[
        ("in/.ignore", b"drafts\n"),
        ("in/a.txt", b"a"),
        ("in/a.md", b"a"),
        ("in/drafts/b.txt", b"b"),
        ("in/.hidden/c.txt", b"c"),
        ("in/sub/d.txt", b"d"),
    ]);
    let chosen = |arguments: &[&str]| {
        let output = folder.path().join("out");
        let _ = fs::remove_dir_all(&output);
        let done = run_in(folder.path(), &[&["in", "-o", "out"], arguments].concat());
        assert_eq!(done.code, 0, "{}", done.err);
        names(&output)
    };
    assert_eq!(chosen(&[]), ["a.md", "a.txt", "sub/d.txt"]);
    assert_eq!(chosen(&["-g", "*.txt"]), ["a.txt", "sub/d.txt"]);
    assert_eq!(chosen(&["-g", "!*.txt"]), ["a.md"]);
    assert_eq!(chosen(&["-g", "*.txt", "-g", "!sub"]), ["a.txt"]);
    assert_eq!(
        chosen(&["--no-ignore", "-g", "*.txt"]),
        ["a.txt", "drafts/b.txt", "sub/d.txt"]
    );
    assert_eq!(
        chosen(&["--hidden", "-g", "*.txt"]),
        [".hidden/c.txt", "a.txt", "sub/d.txt"]
    );
}

#[test]
fn an_output_inside_the_input_is_not_converted_again() {
    let folder = folder(&[("a.txt", TRADITIONAL.as_bytes()), ("sub/out/b.txt", b"b")]);
    for _ in 0..2 {
        let done = run_in(folder.path(), &[".", "-o", "out"]);
        assert_eq!(done.code, 0, "{}", done.err);
        assert_eq!(
            names(&folder.path().join("out")),
            ["a.txt", "sub/out/b.txt"]
        );
    }
}

#[test]
fn what_cannot_be_read_is_named_and_left() {
    let broken = [TRADITIONAL.as_bytes(), b"\xFF\xFE\xFF tail \x80\x80"].concat();
    let folder = folder(&[
        ("in/good.txt", TRADITIONAL.as_bytes()),
        ("in/bad.txt", &broken),
    ]);
    let done = run_in(folder.path(), &["in", "-o", "out", "-e", "utf-8"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("in/bad.txt: ")
            && done
                .err
                .contains(&format!("byte offset {}", TRADITIONAL.len())),
        "{}",
        done.err
    );
    assert_eq!(names(&folder.path().join("out")), ["good.txt"]);

    let before = tree(&folder.path().join("in"));
    let done = run_in(folder.path(), &["in/bad.txt", "-i", "-e", "utf-8"]);
    assert_eq!(done.code, 2);
    assert_eq!(tree(&folder.path().join("in")), before);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::{Command, Stdio};

    #[test]
    fn permissions_are_kept() {
        let folder = folder(&[("in/a.txt", TRADITIONAL.as_bytes())]);
        let mode = |path: &str| {
            fs::metadata(folder.path().join(path))
                .expect(path)
                .permissions()
                .mode()
                & 0o777
        };
        fs::set_permissions(
            folder.path().join("in/a.txt"),
            fs::Permissions::from_mode(0o640),
        )
        .expect("set");
        assert_eq!(run_in(folder.path(), &["in", "-o", "out"]).code, 0);
        assert_eq!(run_in(folder.path(), &["in", "-i=~"]).code, 0);
        assert_eq!(
            [mode("out/a.txt"), mode("in/a.txt"), mode("in/a.txt~")],
            [0o640; 3]
        );
    }

    #[test]
    fn symbolic_links_are_never_written_through() {
        let folder = folder(&[
            ("in/a.txt", TRADITIONAL.as_bytes()),
            ("elsewhere/b.txt", TRADITIONAL.as_bytes()),
        ]);
        let at = |path: &str| folder.path().join(path);
        symlink("../elsewhere/b.txt", at("in/link.txt")).expect("link");
        symlink("../elsewhere", at("in/folder")).expect("link");
        symlink("nowhere", at("in/dangling")).expect("link");
        symlink(".", at("in/loop")).expect("link");

        let done = run_in(folder.path(), &["in", "-o", "out", "-v"]);
        assert_eq!(done.code, 0, "{}", done.err);
        assert!(done.err.contains("4 skipped"), "{}", done.err);
        assert_eq!(names(&at("out")), ["a.txt"]);

        let done = run_in(folder.path(), &["in", "-o", "followed", "-L"]);
        assert_eq!(
            done.code, 2,
            "the dangling link is an error once it is to be followed"
        );
        assert!(done.err.contains("in/dangling"), "{}", done.err);
        assert_eq!(
            names(&at("followed")),
            ["a.txt", "folder/b.txt", "link.txt"]
        );

        let done = run_in(folder.path(), &["in", "-i"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let done = run_in(folder.path(), &["in/link.txt", "-i"]);
        assert_eq!(done.code, 2);
        assert!(done.err.contains("not written through"), "{}", done.err);
        assert_eq!(
            fs::read(at("elsewhere/b.txt")).expect("b"),
            TRADITIONAL.as_bytes()
        );

        // A link that lies in the output directory and leads out of it.
        write(folder.path(), &[("deep/x/c.txt", TRADITIONAL.as_bytes())]);
        fs::create_dir(at("trap")).expect("made");
        symlink("../elsewhere", at("trap/x")).expect("link");
        let done = run_in(folder.path(), &["deep", "-o", "trap"]);
        assert_eq!(done.code, 2);
        assert!(
            done.err
                .contains("trap/x is a symbolic link, which is not written through"),
            "{}",
            done.err
        );
        assert_eq!(names(&at("elsewhere")), ["b.txt"]);

        // A link in the output directory where a file goes: replaced, not followed.
        fs::create_dir(at("trap2")).expect("made");
        symlink("../elsewhere/b.txt", at("trap2/a.txt")).expect("link");
        write(folder.path(), &[("in/a.txt", TRADITIONAL.as_bytes())]);
        assert_eq!(run_in(folder.path(), &["in", "-o", "trap2"]).code, 0);
        assert!(!at("trap2/a.txt").is_symlink());
        assert_eq!(
            fs::read(at("elsewhere/b.txt")).expect("b"),
            TRADITIONAL.as_bytes()
        );
    }

    #[test]
    fn names_that_are_not_utf8_are_kept() {
        let folder = folder(&[("in/x", b"x")]);
        let name = OsStr::from_bytes(b"\xC0\xCF\xCA\xE9.txt");
        fs::write(folder.path().join("in").join(name), TRADITIONAL).expect("written");
        let done = run_in(
            folder.path(),
            &["in", "-o", "out", "--report", "report.jsonl"],
        );
        assert_eq!(done.code, 0, "{}", done.err);
        let written = fs::read(folder.path().join("out").join(name)).expect("written");
        assert_eq!(written, SIMPLIFIED.as_bytes());
        let report = fs::read_to_string(folder.path().join("report.jsonl")).expect("a report");
        assert!(
            report.contains(r#""path_bytes":"696e2fc0cfcae92e747874""#),
            "{report}"
        );
    }

    #[test]
    fn pipes_and_sockets_are_passed_over() {
        let folder = folder(&[("in/a.txt", b"a")]);
        let status = Command::new("mkfifo")
            .arg(folder.path().join("in/pipe"))
            .status();
        assert!(status.expect("mkfifo").success());
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("in/socket"));
        let done = run_in(folder.path(), &["in", "-o", "out"]);
        assert_eq!(done.code, 0, "{}", done.err);
        assert!(done.err.contains("2 skipped"), "{}", done.err);
        assert_eq!(names(&folder.path().join("out")), ["a.txt"]);
    }

    /// A limit on the size of files stands in for a full disk: writing fails in the middle.
    #[test]
    fn a_full_disk_leaves_nothing_half_written() {
        let long = TRADITIONAL.repeat(200_000);
        let folder = folder(&[
            ("in/long.txt", long.as_bytes()),
            ("in/short.txt", TRADITIONAL.as_bytes()),
            ("middle/middle.txt", TRADITIONAL.repeat(20_000).as_bytes()),
        ]);
        let before = tree(folder.path());
        for arguments in [
            "in middle -o out",
            "-i in/long.txt middle",
            "-i=.bak in/long.txt middle",
        ] {
            // In units of 1,024 bytes in bash; the signal that goes with the limit is ignored, as on a full disk.
            let script = format!("trap '' XFSZ; ulimit -f 512; exec \"$0\" {arguments}");
            let done = Command::new("bash")
                .current_dir(folder.path())
                .args(["-c", &script, env!("CARGO_BIN_EXE_jianti")])
                .output()
                .expect("runs");
            let err = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.code(), Some(2), "{arguments}: {err}");
            assert!(
                err.contains("long.txt: ") && err.contains("middle.txt: "),
                "{arguments}: {err}"
            );
            let _ = fs::remove_file(folder.path().join("out/in/short.txt"));
            assert_eq!(tree(folder.path()), before, "{arguments}");
        }
    }

    #[test]
    fn an_interrupted_run_leaves_no_temporary_file() {
        let long = TRADITIONAL.repeat(400_000);
        let folder = folder(&[]);
        for number in 0..40 {
            write(
                folder.path(),
                &[(&format!("in/{number}.txt"), long.as_bytes())],
            );
        }
        for action in [&["-o", "out"][..], &["-i"]] {
            let mut child = run::jianti()
                .current_dir(folder.path())
                .arg("in")
                .args(action)
                .stderr(Stdio::piped())
                .spawn()
                .expect("starts");
            // Not before the first file is begun.
            while temporary_files(folder.path()).is_empty()
                && child.try_wait().expect("a child").is_none()
            {
                std::thread::sleep(Duration::from_millis(1));
            }
            let status = Command::new("kill")
                .args(["-INT", &child.id().to_string()])
                .status();
            assert!(status.expect("kill").success());
            assert_eq!(child.wait().expect("ends").code(), Some(130), "{action:?}");
            assert_eq!(temporary_files(folder.path()), [""; 0], "{action:?}");
            let simplified = SIMPLIFIED.repeat(400_000);
            for (path, bytes) in tree(folder.path()) {
                let whole = bytes == long.as_bytes() && path.starts_with("in")
                    || bytes == simplified.as_bytes();
                assert!(whole, "{}", path.display());
            }
        }
    }

    #[test]
    fn folders_that_cannot_be_read_are_named() {
        let folder = folder(&[
            ("in/closed/a.txt", b"a"),
            ("in/b.txt", b"b"),
            ("in/c.txt", b"c"),
        ]);
        let set = |path: &str, mode| {
            fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode))
                .expect("set")
        };
        set("in/closed", 0o000);
        set("in/c.txt", 0o000);
        let superuser = fs::read_dir(folder.path().join("in/closed")).is_ok();
        let done = run_in(folder.path(), &["in", "-o", "out"]);
        set("in/closed", 0o755);
        if superuser {
            println!("permissions do not bind a superuser: nothing to see");
            return;
        }
        assert_eq!(done.code, 2);
        assert!(
            done.err.contains("in/closed: ") && done.err.contains("in/c.txt: "),
            "{}",
            done.err
        );
        assert_eq!(names(&folder.path().join("out")), ["b.txt"]);
    }
}

/// Lines that leave something for the next ones: open quotation marks, damage, either script.
fn large_text(length: usize) -> String {
    let lines = [
        "他說：「我知道。『這是』\n",
        "後來呢？」他問。『好了』，又說：河?xùn)|區(qū)委負(fù)責(zé)同志\n",
        "於先生在瞭望台上，王乾说慰藉\n\n",
        SIMPLIFIED,
    ];
    let mut random = fastrand::Rng::with_seed(61);
    let mut text = String::new();
    while text.len() < length {
        text.push_str(&TRADITIONAL.repeat(random.usize(1..length / 5_000 + 2)));
        text.push_str(lines[random.usize(..lines.len())]);
    }
    text
}

#[test]
fn a_large_file_among_small_ones_comes_out_alike_on_any_number_of_threads() {
    let large = large_text(9 << 20);
    let folder = folder(&[("in/large.txt", large.as_bytes())]);
    for number in 0..200 {
        let name = format!("in/{number}.txt");
        write(folder.path(), &[(&name, large_text(3_000).as_bytes())]);
    }
    let mut runs = Vec::new();
    for threads in ["1", "2", "7"] {
        let (out, report) = (format!("out{threads}"), format!("report{threads}.jsonl"));
        let arguments = [
            "in",
            "-o",
            &out,
            "-j",
            threads,
            "--explain",
            "--report",
            &report,
        ];
        let done = run_in(folder.path(), &arguments);
        assert_eq!(done.code, 0, "{}", done.err);
        let report = fs::read_to_string(folder.path().join(report)).expect("a report");
        let mut report: Vec<_> = report
            .lines()
            .map(|line| line.replace(&out, "out"))
            .collect();
        report.sort();
        runs.push((tree(&folder.path().join(out)), report));
    }
    assert!(runs[0] == runs[1] && runs[0] == runs[2]);
    // And as the library has it in memory.
    let options = jianti::Options::default().with(|options| {
        options.explain = true;
        options.count_outside = true;
    });
    let normalizer = jianti::Normalizer::new(options).expect("loads");
    let (whole, outcome) = normalizer.normalize(large.as_bytes()).expect("UTF-8");
    assert!(runs[0].0[Path::new("large.txt")] == whole);
    let found = runs[0].1.iter().find(|line| line.contains("large.txt"));
    let found: serde_json::Value = serde_json::from_str(found.expect("its line")).expect("JSON");
    let expected = serde_json::to_value(outcome).expect("JSON");
    for (field, value) in expected.as_object().expect("an object") {
        assert!(found[field] == *value, "{field}");
    }
    let printed = run_in(folder.path(), &["in/large.txt", "-j", "2"]);
    assert!(printed.out == whole);
}

#[test]
fn a_bad_byte_in_a_large_file_leaves_nothing_behind() {
    let mut bytes = large_text(9 << 20).into_bytes();
    let at = 6 << 20;
    bytes[at] = 0xFF;
    let offset = bytes[..at]
        .utf8_chunks()
        .map(|chunk| chunk.valid().len())
        .next();
    let folder = folder(&[
        ("in/large.txt", &bytes),
        ("in/small.txt", TRADITIONAL.as_bytes()),
    ]);
    for threads in ["1", "3"] {
        let out = format!("out{threads}");
        let done = run_in(folder.path(), &["in", "-o", &out, "-j", threads]);
        assert_eq!(done.code, 2);
        let told = format!(
            "in/large.txt: invalid UTF-8 at byte offset {}",
            offset.expect("a front")
        );
        assert!(done.err.contains(&told), "{}", done.err);
        assert_eq!(names(&folder.path().join(out)), ["small.txt"]);
    }
    let done = run_in(folder.path(), &["in", "-i", "-j", "3"]);
    assert_eq!(done.code, 2);
    assert!(fs::read(folder.path().join("in/large.txt")).expect("there") == bytes);
    assert_eq!(temporary_files(folder.path()), [""; 0]);
}

/// Many files with one bad one of each kind among them. How many: `JIANTI_MANY_FILES`, or 3,000.
#[cfg(unix)]
#[test]
fn many_files_and_one_bad_one_of_each_kind() {
    use std::os::unix::fs::symlink;
    let count =
        std::env::var("JIANTI_MANY_FILES").map_or(3_000, |count| count.parse().expect("a number"));
    let folder = tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    let mut expected = std::collections::BTreeMap::new();
    for number in 0..count {
        let name = format!("in/{}/{}/{number}.txt", number % 10, number / 10 % 10);
        let text = format!("第{number}篇：{}", TRADITIONAL.repeat(1 + number % 60));
        let bytes = match number % 4 {
            0 | 1 => text.clone().into_bytes(),
            2 => encoding_rs::GBK.encode(&text).0.into_owned(),
            _ => encoding_rs::BIG5.encode(&text).0.into_owned(),
        };
        write(folder.path(), &[(&name, &bytes)]);
        let result = format!("第{number}篇：{}", SIMPLIFIED.repeat(1 + number % 60));
        expected.insert(PathBuf::from(&name[3..]), result.into_bytes());
    }
    let cut = &"門".as_bytes()[..2];
    let bad: [(&str, Vec<u8>); 5] = [
        (
            "cut.txt",
            [TRADITIONAL.as_bytes(), cut, b"\n\xF5\xF6\xFF"].concat(),
        ),
        ("no-encoding.txt", (0x80..=0xFF).rev().collect()),
        (
            "half.utf16.txt",
            [&b"\xFF\xFE"[..], b"\x00\xD8a\0"].concat(),
        ),
        (
            "late.txt",
            [TRADITIONAL.repeat(200_000).as_bytes(), b"\xFF\xFF"].concat(),
        ),
        (
            "declared.html",
            b"<meta charset=utf-8>\xB0\xA1\xFF\xFF".to_vec(),
        ),
    ];
    for (name, bytes) in &bad {
        write(folder.path(), &[(&format!("in/5/{name}"), bytes)]);
    }
    write(
        folder.path(),
        &[("in/picture.gif", b"GIF89a\x01\0\x01\0\0\0\0;")],
    );
    expected.insert("picture.gif".into(), b"GIF89a\x01\0\x01\0\0\0\0;".to_vec());
    symlink("nowhere", at("in/dangling.txt")).expect("a link");
    let before = tree(&at("in"));
    let done = run_in(
        folder.path(),
        &["in", "-o", "out", "--report", "report.jsonl"],
    );
    assert_eq!(done.code, 2);
    println!("{}", done.err);
    for (name, _) in &bad {
        assert!(
            done.err.contains(&format!("jianti: in/5/{name}: ")),
            "{name}: {}",
            done.err
        );
    }
    let errors = done
        .err
        .lines()
        .filter(|line| line.starts_with("jianti: "))
        .count();
    assert_eq!(errors, bad.len(), "{}", done.err);
    assert_eq!(tree(&at("in")), before);
    let found = tree(&at("out"));
    assert_eq!(found.len(), expected.len());
    for (path, bytes) in &expected {
        assert!(found.get(path) == Some(bytes), "{}", path.display());
    }
    let report = fs::read_to_string(at("report.jsonl")).expect("a report");
    assert_eq!(report.lines().count(), count + bad.len() + 2);
}
