//! Kinds of files that are known and not read: named, copied, no failure. And programs that parse after the conversion.

#[path = "common/packed.rs"]
mod packed;
#[path = "common/run.rs"]
mod run;

use std::fs;
use std::path::Path;
use std::process::Command;

use packed::Member;
use run::{jianti, run_in, write};

#[test]
fn what_is_known_and_not_read_is_called_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let pdf = b"%PDF-1.7\n\xE2\xE3\xCF\xD3\n";
    let doc = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0";
    let png = b"\x89PNG\r\n\x1A\n\0\0";
    let named = "書名".as_bytes();
    write(
        folder,
        &[
            ("in/a.pdf", pdf),
            ("in/b.pdf", pdf),
            ("in/c.doc", doc),
            ("in/d.png", png),
            ("in/e.pdf", named),
        ],
    );
    let run = run_in(
        folder,
        &["in", "-o", "out", "-v", "--report", "report.jsonl"],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    for line in [
        "in/a.pdf: PDF, not supported, as it is",
        "in/c.doc: DOC, not supported, as it is",
        "in/d.png: binary, as it is",
        "1 changed, 0 unchanged, 1 binary, 3 not supported, 0 skipped",
        "not read: PDF 2, DOC 1",
    ] {
        assert!(run.err.contains(line), "{line}: {}", run.err);
    }
    let report = fs::read_to_string(folder.join("report.jsonl")).expect("a report");
    let objects = report
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let kinds: Vec<_> = objects
        .filter(|object| object["status"] == "unsupported")
        .map(|object| (object["kind"].clone(), object["size"].is_u64()))
        .collect();
    assert_eq!(kinds.len(), 3);
    assert!(kinds.contains(&("DOC".into(), true)) && kinds.contains(&("PDF".into(), true)));
    assert_eq!(fs::read(folder.join("out/a.pdf")).expect("copied"), pdf);
    assert_eq!(fs::read(folder.join("out/c.doc")).expect("copied"), doc);
    let run = run_in(folder, &["in/a.pdf"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("this is a file of the kind PDF, which is not supported"),
        "{}",
        run.err
    );
}

#[test]
fn what_archives_hold_is_called_by_its_name_too() {
    let pdf = b"%PDF-1.7\n\xE2\xE3\xCF\xD3\n";
    let doc = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0";
    let png = b"\x89PNG\r\n\x1A\n\0\0";
    let text = "圖書館\n".as_bytes();
    let inner = packed::zip(&[Member::new("x.xls", doc), Member::new("y.txt", text)]);
    let members = [
        Member::new("a.pdf", &pdf[..]),
        Member::new("b/c.doc", &doc[..]),
        Member::new("d.png", &png[..]),
        Member::new("e.txt", text),
        Member::new("inner.zip", &inner[..]),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(
        folder,
        &[
            ("in/a.zip", &packed::zip(&members)),
            ("in/b.tar", &packed::tar(&members)),
            ("in/c.zip", &packed::zip(&members[..1])),
        ],
    );
    let arguments = ["in", "-o", "out", "--archives", "-v", "--report", "r"];
    let run = run_in(folder, &arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    for line in [
        "2 changed, 1 unchanged, 0 binary, 0 skipped",
        "not read: PDF 3, DOC 2, XLS 2",
    ] {
        assert!(run.err.contains(line), "{line}: {}", run.err);
    }
    let report = fs::read_to_string(folder.join("r")).expect("a report");
    let members: Vec<_> = report
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .filter(|object| object["members"].is_object())
        .map(|object| object["members"].clone())
        .collect();
    let kinds = serde_json::json!({"PDF": 1, "DOC": 1, "XLS": 1});
    let all = serde_json::json!({"changed": 2, "unchanged": 0, "binary": 1, "unsupported": kinds});
    let one = serde_json::json!({
        "changed": 0, "unchanged": 0, "binary": 0, "unsupported": {"PDF": 1}
    });
    assert_eq!(members, [all.clone(), all, one]);
}

#[test]
fn what_is_called_yaml_or_toml_and_is_neither_is_told() {
    let broken = "標題: [圖書館, 後\n說明: {% if 甲 %}\n".as_bytes();
    let toml = "名稱 = 圖書館\n".as_bytes();
    let template = b"{{- if .Values.on }}\nkind: [\n{{- end }}\n";
    let archive = packed::zip(&[
        Member::new("a.yaml", broken),
        Member::new("b.txt", "圖書館\n".as_bytes()),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(
        folder,
        &[
            ("in/a.yaml", broken),
            ("in/b.toml", toml),
            ("in/c.yaml", template),
            ("in/d.yaml", "標題: 圖書館\n".as_bytes()),
            ("in/e.zip", &archive),
        ],
    );
    let run = run_in(folder, &["in", "-o", "out", "-v", "--archives"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for line in [
        "in/a.yaml: invalid YAML, not supported, as it is; correct it, or",
        "in/b.toml: invalid TOML, not supported, as it is; correct it, or",
        "in/c.yaml: unchanged",
        "in/d.yaml: converted",
        "not read: invalid YAML 2, invalid TOML 1",
    ] {
        assert!(run.err.contains(line), "{line}: {}", run.err);
    }
    assert_eq!(fs::read(folder.join("out/a.yaml")).expect("copied"), broken);
    assert_eq!(fs::read(folder.join("out/b.toml")).expect("copied"), toml);
    let run = run_in(folder, &["in/b.toml"]);
    assert_eq!(run.code, 2);
    let place = "this is not valid toml: this does not belong here, at byte 0";
    assert!(run.err.contains(place), "{}", run.err);
}

#[test]
fn real_programs_parse_after_the_conversion() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/check_code.py");
    let Ok(run) = Command::new("python3")
        .arg(script)
        .arg(jianti().get_program())
        .args(["--limit", "60"])
        .output()
    else {
        println!("passed over: there is no python3");
        return;
    };
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{out}{}",
        String::from_utf8_lossy(&run.stderr)
    );
    print!("{out}");
}
