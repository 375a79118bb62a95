//! docs/cookbook.md: every command of it, run in a folder as it says, prints what it says. Its Chinese twin has the same
//! commands, and says what they print where messages are Chinese.
#![cfg(unix)]

#[path = "common/packed.rs"]
mod packed;
#[path = "common/run.rs"]
mod run;

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use packed::Member;
use run::write;
use tempfile::tempdir;

const ENGLISH: &str = include_str!("../docs/cookbook.md");
const CHINESE: &str = include_str!("../docs/cookbook-zh.md");

/// A job: its title, its commands, and what they print.
#[derive(Debug, PartialEq, Eq)]
struct Job {
    title: String,
    commands: String,
    printed: String,
}

fn jobs(text: &str) -> Vec<Job> {
    let block = |text: &str, kind: &str| {
        let (_, rest) = text.split_once(&format!("```{kind}\n")).expect("a block");
        rest.split_once("```").expect("its end").0.to_owned()
    };
    let sections = text.split("\n## ").skip(1);
    sections
        .map(|section| Job {
            title: section.lines().next().expect("a title").to_owned(),
            commands: block(section, "sh"),
            printed: block(section, "text"),
        })
        .collect()
}

fn playground(folder: &Path) {
    let (big5, _, _) = encoding_rs::BIG5.encode("老書店開在車站對面，門口擺著舊雜誌。\n");
    let (gbk, _, _) = encoding_rs::GBK.encode("老书店开在车站对面，门口摆着旧杂志。\n");
    let letter = Member::new("letters/first.txt", "關於餅乾的價錢。\n".as_bytes());
    let archive = packed::pack("gz", &packed::tar(&[letter]));
    write(
        folder,
        &[
            ("articles/market.txt", "王乾先生來到市場,關於餅乾的價錢,他看著牌子想了很久.\n".as_bytes()),
            ("articles/notes/school.md", "# 學校\n\n他在學校裏讀書。\n".as_bytes()),
            ("articles/notes/gloss.txt", "開會(huì)時請安靜。\n".as_bytes()),
            ("old/big5.txt", &big5),
            ("old/gbk.txt", &gbk),
            ("corpus.jsonl", "{\"id\": \"a1\", \"title\": \"餅乾\", \"text\": \"關於餅乾\"}\n{\"id\": \"a2\", \"title\": \"書店\", \"text\": \"書店\"}\n".as_bytes()),
            ("table.csv", "編號,標題,內文\n1,餅乾,關於餅乾的價錢\n".as_bytes()),
            ("page.html", "<p id=\"餅乾\">關於<b>餅乾</b></p>\n".as_bytes()),
            ("mail.tar.gz", &archive),
        ],
    );
}

#[test]
fn every_job_does_what_it_says() {
    try_jobs(ENGLISH, "C");
    try_jobs(CHINESE, "zh_CN.UTF-8");
}

/// Runs all jobs of a text where messages are in a locale's language.
fn try_jobs(text: &str, locale: &str) {
    let program = Path::new(env!("CARGO_BIN_EXE_jianti"));
    let mut path = program.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    let jobs = jobs(text);
    assert_eq!(jobs.len(), 12);
    for job in jobs {
        let folder = tempdir().expect("a folder");
        playground(folder.path());
        // A file that changed a moment ago may do so again without its time showing it; --update does it again.
        std::thread::sleep(Duration::from_millis(60));
        let done = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &job.commands])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env_remove("LC_ALL")
            .env("LC_MESSAGES", locale)
            .output()
            .expect("bash runs");
        let (out, err) = (
            String::from_utf8(done.stdout),
            String::from_utf8(done.stderr),
        );
        let (out, err) = (out.expect("UTF-8"), err.expect("UTF-8"));
        assert!(done.status.success(), "{}: {err}", job.title);
        assert_eq!(out, job.printed, "{}: {err}", job.title);
    }
}

#[test]
fn both_languages_have_the_same_commands() {
    let bare = |text| -> Vec<_> {
        let jobs = jobs(text).into_iter();
        let without_comments = |commands: String| -> Vec<String> {
            let lines = commands
                .lines()
                .map(|line| line.split(" #").next().unwrap_or_default());
            lines.map(|line| line.trim_end().to_owned()).collect()
        };
        jobs.map(|job| without_comments(job.commands)).collect()
    };
    assert_eq!(bare(ENGLISH), bare(CHINESE));
}
