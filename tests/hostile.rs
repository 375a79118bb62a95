//! What is promised about files holds on Unix when others are at work in the tree, outputs are full, and runs are killed. What
//! needs a superuser or minutes is in `scripts/test_durability.py`.
#![cfg(unix)]

#[path = "common/articles.rs"]
mod articles;
#[path = "common/run.rs"]
mod run;

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use articles::{SIMPLIFIED, TRADITIONAL, folder, read, refused, runs};
use run::{run_in, tree, write};

#[test]
fn nothing_is_made_behind_a_link() {
    let folder = folder(&[("in/sub/deep/a.txt", TRADITIONAL)]);
    fs::create_dir_all(folder.path().join("outside")).expect("made");
    fs::create_dir_all(folder.path().join("out")).expect("made");
    symlink("../outside", folder.path().join("out/sub")).expect("a link");
    let done = run_in(folder.path(), &["in", "-o", "out"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("out/sub is a symbolic link"),
        "{}",
        done.err
    );
    assert_eq!(
        fs::read_dir(folder.path().join("outside"))
            .expect("read")
            .count(),
        0
    );
    // The output directory itself may be one: it was named.
    symlink("outside", folder.path().join("named")).expect("a link");
    runs(&folder, &["in", "-o", "named"]);
    assert_eq!(read(&folder, "outside/sub/deep/a.txt"), SIMPLIFIED);
    symlink("nowhere", folder.path().join("dangling")).expect("a link");
    refused(
        &folder,
        &["in", "-o", "dangling"],
        "this symbolic link leads nowhere",
    );
}

#[test]
fn a_report_goes_where_a_link_or_a_device_leads() {
    let folder = folder(&[("in/a.txt", TRADITIONAL), ("elsewhere/r.jsonl", "")]);
    symlink("elsewhere/r.jsonl", folder.path().join("link")).expect("a link");
    symlink("in/a.txt", folder.path().join("trap")).expect("a link");
    symlink("nowhere", folder.path().join("dangling")).expect("a link");
    refused(
        &folder,
        &["-i", "in/a.txt", "--report", "trap"],
        "this is an input",
    );
    refused(
        &folder,
        &["-i", "in", "--report", "dangling"],
        "leads nowhere",
    );
    let done = runs(&folder, &["in", "-o", "out", "--report", "link"]);
    assert_eq!(done.err.matches("errors").count(), 1);
    assert_eq!(read(&folder, "elsewhere/r.jsonl").lines().count(), 1);
    assert!(folder.path().join("link").is_symlink());
    runs(&folder, &["in", "-o", "out", "--report", "/dev/null"]);
    assert!(!fs::metadata("/dev/null").expect("there").is_file());
    // A pipe gets it as it comes.
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .expect("mkfifo")
            .success()
    );
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).expect("read")
    });
    runs(&folder, &["in", "-o", "out", "--report", "pipe"]);
    assert_eq!(reader.join().expect("read").lines().count(), 1);
}
#[test]
fn an_interrupted_runs_report_says_that_it_is_incomplete() {
    let folder = folder(&[("r.jsonl", "former")]);
    let long = TRADITIONAL.repeat(100_000);
    for number in 0..60 {
        write(
            folder.path(),
            &[(&format!("in/{number}.txt"), long.as_bytes())],
        );
    }
    let mut child = run::jianti()
        .current_dir(folder.path())
        .args([
            "in",
            "-o",
            "out",
            "-j",
            "1",
            "--no-sync",
            "--report",
            "r.jsonl",
        ])
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let out = folder.path().join("out");
    let has_begun = || fs::read_dir(&out).is_ok_and(|mut files| files.nth(3).is_some());
    while !has_begun() && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    interrupt(child.id());
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert_eq!(read(&folder, "r.jsonl"), "former");
    let report = read(&folder, "r.jsonl.incomplete");
    let last = report.lines().last().expect("a line");
    assert!(last.contains(r#""status":"interrupted""#), "{last}");
    // A complete one takes the place of both.
    runs(&folder, &["in", "-o", "out", "--report", "r.jsonl"]);
    assert_eq!(read(&folder, "r.jsonl").lines().count(), 60);
    assert!(!folder.path().join("r.jsonl.incomplete").exists());
}

fn interrupt(process: u32) {
    let status = Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status();
    assert!(status.expect("kill").success());
}

#[test]
fn a_backup_whose_name_is_too_long_is_told_of_by_that_name() {
    // 253 bytes; names have 255 at most.
    let name = format!("in/{}.txt", "書".repeat(83));
    let folder = folder(&[(&name, TRADITIONAL)]);
    let done = run_in(folder.path(), &["in", "-i=.bak"]);
    assert_eq!(done.code, 2, "{}", done.err);
    let told = format!("cannot write {name}.bak: ");
    assert!(done.err.contains(&told), "{}", done.err);
    assert_eq!(read(&folder, &name), TRADITIONAL);
    assert_eq!(tree(folder.path()).len(), 1);
}

#[test]
fn a_list_that_is_something_else_is_told_of() {
    for (list, arguments) in [
        (".jianti-backups", &["in", "-i=.bak"][..]),
        (".jianti-state", &["in", "-i", "--update"]),
    ] {
        let folder = folder(&[("in/a.txt", TRADITIONAL)]);
        let path = folder.path().join("in").join(list);
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo").success());
        let done = run_in(folder.path(), arguments);
        assert_eq!(done.code, 2, "{}", done.err);
        let told = format!("{list}: it is no regular file");
        assert!(done.err.contains(&told), "{}", done.err);
        assert_eq!(read(&folder, "in/a.txt"), TRADITIONAL);
    }
}

#[test]
fn attributes_and_holes_stay() {
    use xattr::FileExt;
    let folder = folder(&[("in/a.txt", TRADITIONAL)]);
    let at = |path: &str| File::open(folder.path().join(path)).expect("there");
    if at("in/a.txt").set_xattr("user.source", b"feed 7").is_err() {
        println!("no extended attributes here: nothing to see");
        return;
    }
    let sparse = File::create(folder.path().join("in/disk.img")).expect("made");
    sparse.set_len(1 << 30).expect("set");
    std::os::unix::fs::FileExt::write_all_at(&sparse, b"\0\x01boot", 1 << 20).expect("written");
    runs(&folder, &["in", "-o", "out"]);
    runs(&folder, &["in", "-i"]);
    for path in ["in/a.txt", "out/a.txt"] {
        let value = at(path).get_xattr("user.source").expect("read");
        assert_eq!(value.as_deref(), Some(&b"feed 7"[..]), "{path}");
        assert_eq!(read(&folder, path), SIMPLIFIED);
    }
    let copy = at("out/disk.img").metadata().expect("read");
    assert_eq!(copy.len(), 1 << 30);
    assert!(copy.blocks() < 2048, "{} blocks", copy.blocks());
    let mut found = [0; 6];
    std::os::unix::fs::FileExt::read_exact_at(&at("out/disk.img"), &mut found, 1 << 20)
        .expect("read");
    assert_eq!(&found, b"\0\x01boot");
}

/// A list of access control as Linux keeps it (version 2; a tag, permissions and a number each): owner, the user nobody,
/// group, mask, others.
fn access(nobody: u16) -> Vec<u8> {
    let none = u32::MAX;
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, permissions, id) in [
        (1_u16, 6_u16, none),
        (2, nobody, 65534),
        (4, 4, none),
        (16, 6, none),
        (32, 0, none),
    ] {
        list.extend(tag.to_le_bytes());
        list.extend(permissions.to_le_bytes());
        list.extend(id.to_le_bytes());
    }
    list
}

#[test]
fn lists_of_access_control_stay_and_no_folder_adds_one() {
    use xattr::FileExt;
    const LIST: &str = "system.posix_acl_access";
    let folder = folder(&[("in/a.txt", TRADITIONAL), ("in/b.txt", TRADITIONAL)]);
    let at = |path: &str| File::open(folder.path().join(path)).expect("there");
    if at("in/a.txt").set_xattr(LIST, &access(6)).is_err() {
        println!("no access control lists here: nothing to see");
        return;
    }
    // What is made in these folders from now on may be read by nobody.
    fs::create_dir(folder.path().join("out")).expect("made");
    for path in ["in", "out"] {
        at(path)
            .set_xattr("system.posix_acl_default", &access(6))
            .expect("set");
    }
    let mode = |path: &str| at(path).metadata().expect("read").mode() & 0o777;
    let modes = [mode("in/a.txt"), mode("in/b.txt")];
    runs(&folder, &["in", "-o", "out"]);
    runs(&folder, &["in", "-i=.bak"]);
    for place in ["in", "out"] {
        let paths = [format!("{place}/a.txt"), format!("{place}/b.txt")];
        let lists = paths
            .each_ref()
            .map(|path| at(path).get_xattr(LIST).expect("read"));
        assert_eq!(lists, [Some(access(6)), None], "{place}");
        assert_eq!(paths.each_ref().map(|path| mode(path)), modes, "{place}");
        assert_eq!(read(&folder, &paths[0]), SIMPLIFIED);
    }
    runs(&folder, &["--restore", "in"]);
    assert_eq!(
        at("in/a.txt").get_xattr(LIST).expect("read"),
        Some(access(6))
    );
    assert_eq!(at("in/b.txt").get_xattr(LIST).expect("read"), None);
}

#[test]
fn what_a_killed_run_left_blocks_nothing() {
    let folder = folder(&[
        ("in/a.txt", TRADITIONAL),
        ("out/.jianti-0123456789abcdef.tmp", "half"),
        ("out/.jianti-fedcba9876543210.tmp", "another run's"),
        ("in/.jianti-00112233aabbccdd.tmp", "half"),
    ]);
    // Between the backup and the replacement.
    runs(&folder, &["in", "-i=.bak"]);
    fs::rename(
        folder.path().join("in/a.txt.bak"),
        folder.path().join("in/a.txt"),
    )
    .expect("renamed");
    fs::hard_link(
        folder.path().join("in/a.txt"),
        folder.path().join("in/a.txt.bak"),
    )
    .expect("linked");
    let alive = File::open(folder.path().join("out/.jianti-fedcba9876543210.tmp")).expect("there");
    alive.lock().expect("locked");
    runs(&folder, &["in", "-o", "out", "-g", "a.txt"]);
    runs(&folder, &["in", "-i=.bak"]);
    let left: Vec<_> = tree(folder.path()).into_keys().collect();
    let left: Vec<_> = left
        .iter()
        .map(|path| path.to_str().expect("UTF-8"))
        .collect();
    assert_eq!(
        left,
        [
            "in/.jianti-backups",
            "in/a.txt",
            "in/a.txt.bak",
            "out/.jianti-fedcba9876543210.tmp",
            "out/a.txt",
        ]
    );
    assert_eq!(read(&folder, "in/a.txt.bak"), TRADITIONAL);
    runs(&folder, &["--restore", "in"]);
    assert_eq!(read(&folder, "in/a.txt"), TRADITIONAL);
}

/// After a power loss a backup's name may be there, and the list in which it was written down first may not.
#[test]
fn a_backup_that_lost_its_list_is_still_the_original() {
    let folder = folder(&[("in/sub/a.txt", TRADITIONAL), ("in/sub/b.txt", TRADITIONAL)]);
    let at = |path: &str| folder.path().join("in/sub").join(path);
    fs::hard_link(at("a.txt"), at("a.txt.bak")).expect("linked");
    runs(&folder, &["in", "-i=.bak"]);
    for name in ["a.txt", "b.txt"] {
        assert_eq!(read(&folder, &format!("in/sub/{name}")), SIMPLIFIED);
        assert_eq!(read(&folder, &format!("in/sub/{name}.bak")), TRADITIONAL);
    }
    assert_eq!(tree(folder.path()).len(), 5);
    runs(&folder, &["--restore", "in"]);
    assert_eq!(read(&folder, "in/sub/a.txt"), TRADITIONAL);
    assert_eq!(tree(folder.path()).len(), 2);
}

#[test]
fn an_input_that_changes_meanwhile_is_told_of() {
    let folder = folder(&[
        ("in/log.txt", &TRADITIONAL.repeat(400_000)),
        ("in/b.txt", TRADITIONAL),
    ]);
    let done = std::sync::atomic::AtomicBool::new(false);
    let results = std::thread::scope(|scope| {
        scope.spawn(|| {
            let path = folder.path().join("in/log.txt");
            let mut log = File::options().append(true).open(path).expect("opened");
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                std::io::Write::write_all(&mut log, TRADITIONAL.as_bytes()).expect("written");
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let results = [&["in", "-o", "out"][..], &["in", "-i"]]
            .map(|arguments| run_in(folder.path(), arguments));
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        results
    });
    for done in results {
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(
            done.err.contains("in/log.txt: it changed while"),
            "{}",
            done.err
        );
    }
    assert!(!folder.path().join("out/log.txt").exists());
    assert!(read(&folder, "in/log.txt").starts_with(TRADITIONAL));
    assert_eq!(read(&folder, "out/b.txt"), SIMPLIFIED);
}

#[test]
fn an_interrupted_run_ends_within_a_second() {
    // Every gloss is looked at with its line.
    let line = "會(huì)議在河?xùn)|區(qū)開(kāi)，".repeat(1_000_000);
    let folder = folder(&[("in/slow.txt", &line)]);
    let mut child = run::jianti()
        .current_dir(folder.path())
        .args(["in", "-o", "out"])
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    while !folder.path().join("out").exists() && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(300));
    interrupt(child.id());
    let begun = Instant::now();
    let code = child.wait().expect("ends").code();
    assert_eq!(code, Some(130), "it was done before");
    // A second, and what other tests take of the processors meanwhile.
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(tree(folder.path()).len(), 1);
}

#[test]
fn what_memory_is_too_small_for_is_that_files_error() {
    let folder = folder(&[
        ("in/large.md", &TRADITIONAL.repeat(1_200_000)),
        ("in/small.txt", TRADITIONAL),
        ("in/brackets.md", &"[".repeat(2 << 20)),
    ]);
    // In units of 1,024 bytes.
    let script = "ulimit -v 400000; exec \"$0\" in -o out";
    let done = Command::new("bash")
        .current_dir(folder.path())
        .args(["-c", script, env!("CARGO_BIN_EXE_jianti")])
        .output()
        .expect("runs");
    let err = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{err}");
    if cfg!(target_os = "linux") {
        assert!(err.contains("in/large.md: it takes about"), "{err}");
    }
    assert!(
        err.contains("in/brackets.md: ") && err.contains("too much memory"),
        "{err}"
    );
    assert_eq!(read(&folder, "out/small.txt"), SIMPLIFIED);
}

#[test]
fn a_file_that_becomes_a_pipe_holds_nobody() {
    let folder = folder(&[("in/long.txt", &TRADITIONAL.repeat(500_000))]);
    let small: Vec<_> = (0..8).map(|number| format!("{number}.txt")).collect();
    for name in &small {
        write(
            folder.path(),
            &[(&format!("in/{name}"), TRADITIONAL.as_bytes())],
        );
    }
    // With --names everything is walked before anything is opened.
    let mut child = run::jianti()
        .current_dir(folder.path())
        .args(["in", "-o", "out", "--names", "-j", "1", "-q", "--no-sync"])
        .spawn()
        .expect("starts");
    let out = folder.path().join("out");
    while fs::read_dir(&out).is_ok_and(|mut files| files.next().is_none())
        || !out.exists() && child.try_wait().expect("a child").is_none()
    {
        std::thread::sleep(Duration::from_millis(1));
    }
    let mut swapped = 0;
    for name in small.iter().filter(|name| !out.join(name).exists()) {
        let path = folder.path().join("in").join(name);
        fs::remove_file(&path).expect("removed");
        assert!(
            Command::new("mkfifo")
                .arg(&path)
                .status()
                .expect("mkfifo")
                .success()
        );
        swapped += 1;
    }
    let begun = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{swapped} pipes hold it"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(matches!(child.wait().expect("ends").code(), Some(0 | 2)));
    assert!(out.join("long.txt").exists());
}
