//! What is printed: outputs that are full, or the input itself; names with control characters.
#![cfg(unix)]

#[path = "common/articles.rs"]
mod articles;
#[path = "common/run.rs"]
mod run;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Stdio;

use articles::{TRADITIONAL, folder, read};
use run::{run_in, write};
use tempfile::TempDir;

/// Runs with standard output or error going to `/dev/full`.
fn run_full(folder: &TempDir, arguments: &[&str], out: bool, err: bool) -> (i32, String) {
    let full = || {
        File::options()
            .write(true)
            .open("/dev/full")
            .expect("/dev/full")
    };
    let mut command = run::jianti();
    command.current_dir(folder.path()).args(arguments);
    command.stdout(if out { full().into() } else { Stdio::null() });
    command.stderr(if err { full().into() } else { Stdio::piped() });
    let done = command.output().expect("runs");
    let err = String::from_utf8(done.stderr).expect("UTF-8");
    (done.status.code().expect("no signal"), err)
}

#[test]
fn outputs_that_are_full_are_told_of_and_no_panic() {
    if !Path::new("/dev/full").exists() {
        println!("no /dev/full here: nothing to see");
        return;
    }
    let page = format!("{TRADITIONAL}會(huì)議\n");
    let folder = folder(&[("in/a.txt", &page), ("in/b.txt", TRADITIONAL)]);
    for arguments in [
        &["in", "-o", "out", "-v"][..],
        &["in", "-o", "out", "--explain"],
        &["-v", "in/a.txt"],
        &["-v", "--explain"],
    ] {
        assert_eq!(
            run_full(&folder, arguments, false, true).0,
            0,
            "{arguments:?}"
        );
    }
    let (code, err) = run_full(&folder, &["--check", "in"], true, false);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("standard output: No space left"), "{err}");
    let (code, err) = run_full(&folder, &["in/b.txt"], true, false);
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("in/b.txt: cannot write standard output"),
        "{err}"
    );
    let (code, err) = run_full(&folder, &["--help"], true, false);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("standard output: No space left"), "{err}");
    let (code, err) = run_full(
        &folder,
        &["--check", "in", "--report", "/dev/full"],
        false,
        false,
    );
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("the report /dev/full: No space left"), "{err}");
}

#[test]
fn what_is_read_is_not_what_is_printed_to() {
    let long = TRADITIONAL.repeat(100_000);
    let folder = folder(&[("a.txt", TRADITIONAL), ("long.txt", &long)]);
    for (arguments, name) in [
        (&["a.txt"][..], "a.txt"),
        (&["long.txt"], "long.txt"),
        (&["--diff", "long.txt"], "long.txt"),
        // By standard input, which would never end.
        (&[], "long.txt"),
    ] {
        let before = read(&folder, name);
        let path = folder.path().join(name);
        let output = File::options().append(true).open(&path).expect("there");
        let done = run::jianti()
            .current_dir(folder.path())
            .args(arguments)
            .stdin(File::open(&path).expect("there"))
            .stdout(output)
            .output()
            .expect("runs");
        let err = String::from_utf8(done.stderr).expect("UTF-8");
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.contains("standard output goes to this file"), "{err}");
        assert!(read(&folder, name) == before, "{arguments:?}");
    }
}

#[test]
fn names_do_not_command_the_terminal() {
    let folder = folder(&[]);
    let name = OsStr::from_bytes(b"\x1b[31mred\x1b]0;t\x07\n.txt");
    fs::create_dir(folder.path().join("in")).expect("made");
    fs::write(folder.path().join("in").join(name), b"\xff\xfe\xff").expect("written");
    fs::write(folder.path().join("in/a.txt"), TRADITIONAL).expect("written");
    let done = run_in(folder.path(), &["in", "-o", "out", "-v"]);
    assert!(!done.err.contains(['\x1b', '\x07']), "{:?}", done.err);
    assert!(done.err.contains(r"in/\u{1b}[31mred"), "{}", done.err);
    // To another program names go as they are.
    fs::write(folder.path().join("in").join(name), TRADITIONAL).expect("written");
    let done = run_in(folder.path(), &["--check", "in"]);
    assert!(done.out.windows(8).any(|bytes| bytes == b"\x1b[31mred"));
}

#[test]
fn links_follow_files_that_get_other_names() {
    let page = "# 首頁\n\n見[說明](圖書/說明書.md#頭)與![圖](./圖書/圖片.png \"標題\")、[甲]、[外](https://a.tw/說明書.md)、\
                [無](沒有.md)、[上](../別處.md)。\n\n[甲]: 圖書/%E8%AA%AA%E6%98%8E%E6%9B%B8.md\n";
    let page_after = "# 首页\n\n见[说明](图书/说明书.md#頭)与![图](./图书/图片.png \"标题\")、[甲]、[外](https://a.tw/說明書.md)、\
                [无](沒有.md)、[上](../別處.md)。\n\n[甲]: %E5%9B%BE%E4%B9%A6/%E8%AF%B4%E6%98%8E%E4%B9%A6.md\n";
    let html =
        "<p>見<a href=\"../首頁.md\">首頁</a><img src='圖片.png'><a href=\"/圖書/\">根</a></p>\n";
    let html_after =
        "<p>见<a href=\"../首页.md\">首页</a><img src='图片.png'><a href=\"/圖書/\">根</a></p>\n";
    for action in [&["-o", "out"][..], &["-i"]] {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [
            ("in/首頁.md", page),
            ("in/圖書/索引.html", html),
            ("in/圖書/說明書.md", "說明\n"),
            ("in/圖書/圖片.png", "\0PNG"),
        ] {
            write(folder.path(), &[(path, text.as_bytes())]);
        }
        let done = run_in(folder.path(), &[&["in", "--names"], action].concat());
        assert_eq!(done.code, 0, "{}", done.err);
        let root = folder
            .path()
            .join(if action.len() == 1 { "in" } else { "out" });
        let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a result");
        assert_eq!(read("首页.md"), page_after, "{action:?}");
        assert_eq!(read("图书/索引.html"), html_after, "{action:?}");
    }
}

#[test]
fn links_of_pages_are_relative_to_their_base_and_images_have_lists() {
    let pages = [
        (
            "in/集/a.html",
            "<img srcset=\"圖.png 1x, 沒有.png 2x,%E5%9C%96.png 3x\"><source srcset='https://a.tw/圖.png'>\n",
            "<img srcset=\"图.png 1x, 沒有.png 2x,%E5%9B%BE.png 3x\"><source srcset='https://a.tw/圖.png'>\n",
        ),
        (
            "in/b.html",
            "<base href=\"集/索引.html?x\"><base href=\"https://a.tw\"><a href=\"圖.png#頭\">圖</a><img src=\"../b.html\"><i style=\"background: url(圖.png)\"></i>\n",
            "<base href=\"集/索引.html?x\"><base href=\"https://a.tw\"><a href=\"图.png#頭\">图</a><img src=\"../b.html\"><i style=\"background: url(圖.png)\"></i>\n",
        ),
        (
            "in/c.html",
            "<base href=\"https://a.tw/\"><a href=\"集/圖.png\">圖</a>\n",
            "<base href=\"https://a.tw/\"><a href=\"集/圖.png\">图</a>\n",
        ),
        (
            "in/d.html",
            "<base target=\"_top\"><base href=\"./圖書/\"><a href=\"冊/圖.png\">圖</a><a href=\"./../集/圖.png\">圖</a>\n",
            "<base target=\"_top\"><base href=\"./图书/\"><a href=\"册/图.png\">图</a><a href=\"./../集/图.png\">图</a>\n",
        ),
    ];
    let folder = folder(&pages.map(|(path, text, _)| (path, text)));
    let images = ["in/集/圖.png", "in/圖書/冊/圖.png"];
    write(folder.path(), &images.map(|path| (path, &b"\0PNG"[..])));
    let done = run_in(folder.path(), &["in", "-o", "out", "--names"]);
    assert_eq!(done.code, 0, "{}", done.err);
    for (path, _, expected) in pages {
        assert_eq!(read(&folder, &path.replacen("in", "out", 1)), expected);
    }
}

#[test]
fn an_update_follows_what_got_another_name_since() {
    for action in [&["-o", "out"][..], &["-i"]] {
        let folder = folder(&[
            ("in/首頁.md", "見[說明](圖書/說明.md)與[圖](圖.png)\n"),
            ("in/b.html", "<a href=\"首頁.md\">頁</a>\n"),
            ("in/c.md", "見[b](b.html)與[外](https://a.tw/說明.md)\n"),
        ]);
        let root = folder
            .path()
            .join(if action.len() == 1 { "in" } else { "out" });
        let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a result");
        let update = |expected: &str| {
            let arguments = ["in", "--names", "--update=content", "-v"];
            let done = run_in(folder.path(), &[&arguments, action].concat());
            assert_eq!(done.code, 0, "{}", done.err);
            assert!(done.err.contains(expected), "{action:?}: {}", done.err);
        };
        update("3 changed");
        assert_eq!(read("首页.md"), "见[说明](圖書/說明.md)与[图](圖.png)\n");
        assert_eq!(read("b.html"), "<a href=\"首页.md\">页</a>\n");
        update("3 up to date");
        // What the first page leads to comes later: that page is done again, no other.
        write(folder.path(), &[("in/圖書/說明.md", "說明\n".as_bytes())]);
        update("2 changed, 0 unchanged, 0 binary, 0 skipped, 2 up to date");
        assert_eq!(read("首页.md"), "见[说明](图书/说明.md)与[图](圖.png)\n");
        update("4 up to date");
        // And goes away.
        if action.len() > 1 {
            std::fs::remove_file(folder.path().join("in/首頁.md")).expect("removed");
            update("1 changed");
            assert_eq!(read("b.html"), "<a href=\"首頁.md\">页</a>\n");
        }
    }
}

#[test]
fn what_the_run_reads_is_no_input_and_is_not_replaced() {
    let files = [
        ("in/jianti.toml", "dict = \"詞.txt\"\n"),
        ("in/詞.txt", "餅乾\t曲奇\n"),
        ("in/a.txt", "他買了餅乾。\n"),
        ("list", "in/a.txt\n"),
    ];
    let folder = folder(&files);
    for turn in 0..2 {
        let done = run_in(folder.path(), &["in", "-i", "--names"]);
        assert_eq!(done.code, 0, "{turn}: {}", done.err);
        assert_eq!(read(&folder, "in/a.txt"), "他买了曲奇。\n");
        assert_eq!(read(&folder, "in/詞.txt"), files[1].1);
    }
    assert_eq!(run_in(folder.path(), &["in", "--check"]).code, 0);
    write(folder.path(), &[("in/a.txt", files[2].1.as_bytes())]);
    for arguments in [
        &[
            "in/a.txt",
            "--dict",
            "in/詞.txt",
            "--check",
            "--report",
            "in/詞.txt",
        ][..],
        &[
            "in/a.txt",
            "--dict",
            "in/詞.txt",
            "--no-config",
            "-o",
            "in/詞.txt",
        ],
        &["in/a.txt", "--check", "--review", "in/jianti.toml"],
        &["--files-from", "list", "--check", "--report", "list"],
        &["in", "-i=.bak", "--report", "in/a.txt.bak"],
        &["in", "-i=.bak", "--report", "in/.jianti-backups"],
    ] {
        let done = run_in(folder.path(), arguments);
        assert_eq!(done.code, 2, "{arguments:?}");
        assert!(done.err.contains("name another file"), "{}", done.err);
        for (path, text) in files {
            assert_eq!(read(&folder, path), text, "{arguments:?}");
        }
    }
    assert_eq!(run_in(folder.path(), &["in", "-i=.bak"]).code, 0);
    for arguments in [
        &["in/jianti.toml", "--check", "--report", "in/a.txt.bak"][..],
        &["list", "-o", "in/a.txt.bak"],
    ] {
        assert_eq!(run_in(folder.path(), arguments).code, 2, "{arguments:?}");
        assert_eq!(read(&folder, "in/a.txt.bak"), files[2].1);
    }
    for glob in ["--exclude=", "--glob=!"] {
        let done = run_in(folder.path(), &["in", "--check", glob]);
        assert!(done.code == 2 && done.err.contains("empty"), "{}", done.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_to_an_open_file_is_not_replaced() {
    let folder = folder(&[("a.txt", TRADITIONAL)]);
    let link = folder.path().join("out");
    std::os::unix::fs::symlink("/proc/self/fd/1", &link).expect("a link");
    let done = run_in(folder.path(), &["a.txt", "-o", "out"]);
    assert!(
        done.code == 2 && done.err.contains("leave out -o"),
        "{}",
        done.err
    );
    assert!(link.is_symlink());
}
