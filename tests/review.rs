//! `--review`: one page for a person, whole, safe, and small however many files there are. scripts/test_review.py looks at it
//! in a browser.

#[path = "common/run.rs"]
mod run;

use std::fs;
use std::path::Path;

use run::{run_in, write};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

fn folder() -> TempDir {
    let folder = tempdir().expect("a folder");
    let (big5, _, _) = encoding_rs::BIG5.encode("第一行。\n關於餅乾的事。\n");
    let bad = ["圖書館裏靜悄悄。".as_bytes(), b"\xFF", "圖書館".as_bytes()].concat();
    write(
        folder.path(),
        &[
            ("in/b.txt", &big5),
            (
                "in/page.html",
                "<p>圖書館</p>\n<p>開會(huì)了</p>\n".as_bytes(),
            ),
            ("in/done.txt", "没有变化。\n".as_bytes()),
            ("in/doubt.txt", "於院長主持會議。\n".as_bytes()),
            (
                "in/</script><b>.txt",
                "圖書館</script><script>alert(1)\u{2028}<!--\n".as_bytes(),
            ),
            ("in/bad.txt", &bad),
            ("in/picture.bin", b"\0\x01\x02\0"),
        ],
    );
    folder
}

/// The data in a page.
fn data(page: &Path) -> (String, Value) {
    let page = fs::read_to_string(page).expect("a page");
    let (_, rest) = page.split_once("id=\"data\">").expect("data");
    let (data, _) = rest.split_once("</script>").expect("its end");
    let data = serde_json::from_str(data).expect("JSON");
    (page, data)
}

#[test]
fn the_page_tells_what_was_done_and_holds_it_as_text() {
    let folder = folder();
    let done = run_in(folder.path(), &["in", "-o", "out", "--review", "r.html"]);
    assert_eq!(done.code, 2, "{}", done.err);
    let (page, data) = data(&folder.path().join("r.html"));
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    // Nothing in a script ends it but its own end.
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script").count(), 3);
    assert_eq!(page.matches("<!--").count(), 1);
    assert_eq!(page.matches("http://").count(), 1, "the name of SVG");
    assert!(!page.contains("https://"), "it loads nothing");
    assert_eq!(data["totals"]["files"], 7);
    assert_eq!(
        (&data["totals"]["changed"], &data["totals"]["errors"]),
        (&4.into(), &1.into())
    );
    assert_eq!(data["statuses"]["binary"], 1);
    assert_eq!(data["encodings"]["Big5"], 1);
    let files = data["files"].as_array().expect("rows");
    assert_eq!(files[0]["path"], "in/doubt.txt", "the doubtful come first");
    let place = &files[0]["places"][0];
    assert_eq!(
        (&place["before"], &place["other"], &place["line"]),
        (&"於".into(), &"于".into(), &1.into())
    );
    let row = |name: &str| {
        files
            .iter()
            .find(|row| row["path"] == name)
            .expect("its row")
    };
    let line = &row("in/b.txt")["lines"][0];
    assert_eq!(line["number"], 2);
    assert_eq!(
        line["parts"],
        serde_json::json!([["關於餅乾", "关于饼干"], "的事。"])
    );
    for (language, word) in [(0, "name the encoding"), (1, "写明编码")] {
        let error = row("in/bad.txt")["error"][language].as_str();
        assert!(error.expect("why").contains(word), "{error:?}");
    }
    let hostile = row("in/</script><b>.txt");
    let text = hostile["lines"][0]["parts"].to_string();
    assert!(text.contains("</script><script"), "{text}");
}

#[test]
fn the_page_is_the_same_on_every_run_and_changes_nothing_else() {
    let folder = folder();
    for threads in ["1", "7"] {
        let (out, page) = (format!("out{threads}"), format!("r{threads}.html"));
        let arguments = [
            "in", "-o", &out, "-j", threads, "--review", &page, "--report", "r.jsonl",
        ];
        run_in(folder.path(), &arguments);
        // The report does not tell more than without a review.
        let report = fs::read_to_string(folder.path().join("r.jsonl")).expect("a report");
        assert!(!report.contains("\"choices\"") && !report.contains("\"sites\""));
    }
    let page = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a page");
    assert_eq!(page("r1.html"), page("r7.html"));
    let plain = run_in(folder.path(), &["in", "-o", "plain"]);
    assert_eq!(plain.code, 2);
    assert!(run::tree(&folder.path().join("plain")) == run::tree(&folder.path().join("out7")));
}

#[test]
fn the_page_stays_small_and_its_totals_are_of_all_files() {
    let folder = tempdir().expect("a folder");
    let count = 2_500;
    for number in 0..count {
        let name = format!("in/{:02}/{number}.txt", number % 50);
        let text = format!(
            "第{number}章，關於餅乾。\n{}",
            "圖書館裏靜悄悄。\n".repeat(20)
        );
        write(folder.path(), &[(&name, text.as_bytes())]);
    }
    for number in 0..3 {
        let name = format!("in/doubt{number}.txt");
        write(folder.path(), &[(&name, "於院長主持會議。\n".as_bytes())]);
    }
    let done = run_in(
        folder.path(),
        &["in", "--check", "-q", "--review", "r.html"],
    );
    assert_eq!(done.code, 1, "{}", done.err);
    let (page, data) = data(&folder.path().join("r.html"));
    assert!(page.len() < 1 << 20, "{} bytes", page.len());
    let sizes = data["sizes"].as_array().expect("pairs").iter();
    let sizes: Vec<_> = sizes
        .map(|size| size[0].as_str().expect("a name"))
        .collect();
    let expected = [
        "0",
        "≤ 1 KB",
        "≤ 10 KB",
        "≤ 100 KB",
        "≤ 1 MB",
        "≤ 10 MB",
        "> 10 MB",
    ];
    assert_eq!(sizes, expected);
    assert_eq!(data["totals"]["files"], count + 3);
    let files = data["files"].as_array().expect("rows");
    let kinds = data["kinds"].as_array().expect("kinds");
    let shown: u64 = kinds
        .iter()
        .map(|kind| kind["shown"].as_u64().expect("a number"))
        .sum();
    let all: u64 = kinds
        .iter()
        .map(|kind| kind["all"].as_u64().expect("a number"))
        .sum();
    assert_eq!((shown, all), (files.len() as u64, count + 3));
    assert!(files.len() < 2_000);
    assert!(files[..3].iter().all(|row| row["doubtful"] == 1));
}

#[test]
fn a_page_takes_the_place_of_a_page_only_and_is_no_input() {
    let folder = folder();
    let inside = ["in", "-i", "--review", "in/r.html"];
    assert_eq!(run_in(folder.path(), &inside).code, 2);
    let (_, first) = data(&folder.path().join("in/r.html"));
    run_in(folder.path(), &inside);
    let (_, second) = data(&folder.path().join("in/r.html"));
    assert_eq!(first["totals"]["files"], second["totals"]["files"]);
    for (arguments, cause) in [
        (
            &["in", "-i", "--review", "in/done.txt"][..],
            "lies among the articles",
        ),
        (&["in", "-i", "--review", "in"], "this is a directory"),
        (&["in", "-i", "--review", "-"], "name its file"),
        (&["--review", "r.html"], "--review tell of files"),
        (&["in", "-i", "--review", "r", "--report", "r"], "name two"),
    ] {
        let done = run_in(folder.path(), arguments);
        assert_eq!(done.code, 2, "{arguments:?}");
        assert!(done.err.contains(cause), "{arguments:?}: {}", done.err);
    }
}
