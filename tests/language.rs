//! What is said to people is said in Chinese where that is spoken; what programs read is the same in any language.

#[path = "common/packed.rs"]
mod packed;
#[path = "common/run.rs"]
mod run;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use packed::{Member, pack, zip};
use run::{Run, jianti, run_in, run_with, write};
use tempfile::{TempDir, tempdir};

/// Something that is wrong: the file's name and its bytes, the options, and what a person has to be told: where, why, and
/// what to do.
struct Wrong {
    name: &'static str,
    bytes: Vec<u8>,
    options: &'static [&'static str],
    told: &'static [&'static str],
}

fn wrong(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    options: &'static [&'static str],
    told: &'static [&'static str],
) -> Wrong {
    Wrong {
        name,
        bytes: bytes.into(),
        options,
        told,
    }
}

fn text() -> Vec<u8> {
    let lines = (0..400).map(|number| format!("第 {number} 行：老書店開在車站對面。\n"));
    lines.collect::<String>().into_bytes()
}

fn bad_inputs() -> Vec<Wrong> {
    let archive = |name| zip(&[Member::new(name, &text())]);
    let whole = archive("甲.txt");
    let mut damaged = pack("gz", &text());
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0);
    vec![
        wrong(
            "編碼.txt",
            [&b"\xE8\x80\x81\xE6\x9B\xB8"[..], b"\xFF\xFE\n"].concat(),
            &["-e", "utf-8"],
            &["字节偏移 6 处", "UTF-8", "--encoding", "--lossy"],
        ),
        wrong(
            "latin.txt",
            &b"caf\xE9 d\xE9j\xE0 vu, le p\xE8re No\xEBl \xE0 c\xF4t\xE9"[..],
            &[],
            &["看起来不像中文", "请用 --encoding 写明编码"],
        ),
        wrong(
            "輸出.txt",
            "头发 𫗰",
            &["--to-encoding", "big5"],
            &["Big5", "“头”（U+5934）", "字节偏移 0 处", "--to-encoding"],
        ),
        wrong(
            "尾逗號.json",
            "{\"甲\": \"老書店\", }",
            &[],
            &["不是正确的 json", "字节偏移 21 处", "--format"],
        ),
        wrong(
            "行.jsonl",
            "{\"a\": \"老書店\"}\n{\"a\": 書店}\n",
            &[],
            &["第 2 行第 7 列", "这一行保持原样"],
        ),
        wrong(
            "嚴.jsonl",
            "{\"a\": \"老書店\"}\n{\"a\": 01x}\n",
            &["--strict"],
            &[
                "第 2 行第 8 列不是正确的 jsonl",
                "数字里不能有这个字符",
                "不用 --strict",
            ],
        ),
        wrong(
            "表.csv",
            "甲,乙\n書,店\n",
            &["--field", "丙"],
            &["第一行没有 --field 所写的列名"],
        ),
        wrong(
            "斷.txt.gz",
            &pack("gz", &text())[..200],
            &[],
            &["gzip 数据不完整，在字节偏移 200 处中断", "请换一份完好的"],
        ),
        wrong("壞.txt.gz", damaged, &[], &["gzip 数据已损坏", "字节偏移"]),
        wrong(
            "斷.zip",
            &whole[..whole.len() - 30],
            &["--archives"],
            &["ZIP 归档在字节偏移", "请换一份完好的"],
        ),
        wrong(
            "出.zip",
            archive("../甲.txt"),
            &["--archives"],
            &[
                "成员 ../甲.txt",
                "通向归档之外",
                "不用 --archives，让它保持原样",
            ],
        ),
        wrong(
            "彈.txt.gz",
            pack("gz", &vec![b'a'; 40 << 20]),
            &[],
            &["超过文件的 200 倍", "--no-limits"],
        ),
        wrong(
            "頁.warc",
            &b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nshort"[..],
            &["--archives"],
            &["WARC 归档在字节偏移", "Content-Length"],
        ),
        wrong(
            "本.ipynb",
            "{\"cells\": 3, \"nbformat\": 4}",
            &[],
            &["不是第 4 版的 notebook"],
        ),
    ]
}

/// The texts that the program's macros for messages hold, English and Chinese, by the file they stand in.
fn messages() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    for path in run::paths(&root) {
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let code = fs::read_to_string(root.join(&path)).expect("read");
        for (at, name) in ["told!(", "say!(", "pick("]
            .iter()
            .flat_map(|name| code.match_indices(name))
        {
            let mut rest = &code[at + name.len()..];
            let mut literal = || {
                let text = rest.trim_start().strip_prefix('"')?;
                let end = text
                    .char_indices()
                    .find(|(at, c)| *c == '"' && !text[..*at].ends_with('\\'))?
                    .0;
                rest = text[end + 1..].trim_start_matches(',');
                Some(text[..end].to_owned())
            };
            if let (Some(english), Some(chinese)) = (literal(), literal()) {
                found.push((path.display().to_string(), english, chinese));
            }
        }
    }
    found
}

#[test]
fn every_message_has_its_twin_written_as_chinese_is() {
    let messages = messages();
    assert!(messages.len() > 150, "{}", messages.len());
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    for (file, english, chinese) in messages {
        assert!(!english.contains(is_han), "{file}: {english}");
        // What is only put together of others has no words; options are none.
        let mut words = english.clone();
        while let (Some(start), Some(end)) = (words.find('{'), words.find('}')) {
            words.replace_range(start..=end, "");
        }
        let is_word =
            |word: &str| !word.starts_with('-') && word.contains(|c: char| c.is_ascii_lowercase());
        if words
            .split(' ')
            .any(|word| is_word(word) && word != "jianti:")
        {
            assert!(chinese.contains(is_han), "{file}: {english}: {chinese}");
        }
        let chars: Vec<char> = chinese.chars().collect();
        for two in chars.windows(2) {
            let is_half = is_han(two[0]) && ",;:?!()".contains(two[1]);
            assert!(!is_half, "{file}: {chinese}");
        }
        assert!(!chinese.contains("字体"), "{file}: {chinese}");
    }
}

/// Three words of English in a row, if a text has them. Options, paths and names of formats are no words.
fn english(text: &str) -> Option<String> {
    let mut row: Vec<&str> = Vec::new();
    for token in text.split([' ', '\n', '\t']) {
        let word = token.trim_end_matches([',', ';', ':', '.', '?', '!']);
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        match is_word {
            true => row.push(word),
            false => row.clear(),
        }
        if row.len() == 3 {
            return Some(row.join(" "));
        }
    }
    None
}

/// Runs the program where the locale is Chinese.
fn run_in_locale(folder: &Path, arguments: &[&str]) -> Run {
    let output = jianti()
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "zh_CN.UTF-8")
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    Run {
        code: output.status.code().expect("no signal"),
        out: output.stdout,
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn spoken(arguments: &[&'static str]) -> Vec<&'static str> {
    [&["--lang", "zh"], arguments].concat()
}

#[test]
fn bad_inputs_are_told_of_in_chinese() {
    for Wrong {
        name,
        bytes,
        options,
        told,
    } in bad_inputs()
    {
        let folder = tempdir().expect("a folder");
        write(folder.path(), &[(name, &bytes)]);
        let arguments = [options, &["--check", name]].concat();
        let chinese = run_in(folder.path(), &spoken(&arguments));
        let (first, _) = chinese.err.split_once('\n').expect("a line");
        assert_eq!(chinese.code, 2, "{name}: {}", chinese.err);
        assert!(first.starts_with(&format!("jianti：{name}：")), "{first}");
        for part in told {
            assert!(first.contains(part), "{part}: {first}");
        }
        assert_eq!(english(&chinese.err), None, "{}", chinese.err);
        let by_locale = run_in_locale(folder.path(), &arguments);
        let (line, _) = by_locale.err.split_once('\n').expect("a line");
        assert_eq!((by_locale.code, line), (2, first));
        // The same in English, by which the look for English is tried too.
        let other = run_in(folder.path(), &arguments);
        assert_eq!((other.code, other.out), (2, chinese.out));
        assert!(english(&other.err).is_some(), "{}", other.err);
        assert!(other.err.starts_with(&format!("jianti: {name}: ")));
    }
}

/// What is refused before a file is read: options, and what has to be told.
const REFUSED: &[(&[&str], &[&str])] = &[
    (
        &["--nothing"],
        &["没有“--nothing”这个选项", "jianti --help"],
    ),
    (
        &["--encoding", "gkb", "in"],
        &["没有叫“gkb”的编码", "gb18030"],
    ),
    (&["--format", "doc", "in"], &["没有叫“doc”的格式", "docx"]),
    (&["-c", "s2t", "in"], &["没有叫“s2t”的转换方式", "tw2sp"]),
    (&["-j", "many", "in"], &["“many”不对：不是从 0 起的整数"]),
    (&["--check", "--diff", "in"], &["不能与“--diff”同用"]),
    (&["--punctuation", "no", "in"], &["可以写：chinese、keep"]),
    (&["in"], &["目录要与 -o 目录、-i、--check"]),
    (&["nothing.txt"], &["nothing.txt：没有这个文件或目录"]),
    (&["-o", "in", "in"], &["输出目录就是输入", "请用 -i"]),
    (&["-o", "in/甲.txt/x", "in"], &["不是目录", "请换一个 -o"]),
    (&["in", "in/甲.txt", "-o", "out"], &["结果会写到两处"]),
    (&["-i=.txt", "in"], &["旧文件会被当成文章", ".bak"]),
    (&["-o", "out"], &["请去掉 -o 和 -i"]),
    (&["-n", "in/甲.txt"], &["-n 要与 -o 或 -i 同用"]),
    (&["--check", "--report", "in", "in"], &["这是一个目录"]),
    (
        &["--check", "--report", "in/甲.txt", "in"],
        &["这个文件在文章当中", "请换一个文件"],
    ),
    (&["--check", "--newer-than", "soon", "in"], &["请写成 2d"]),
    (&["--check", "-g", "[a", "in"], &["模式“[a”不对", "缺少 ]"]),
    (&["--restore"], &["要写出当初 -i 所用的文件或目录"]),
    (&["--exact", "-c", "auto", "in/甲.txt"], &["如 -c t2s"]),
    (
        &["--check", "--dict", "詞.txt", "in"],
        &["詞.txt：第 2 行没有制表符", "键、制表符、值"],
    ),
    (
        &["--check", "--dict", "碼.txt", "in"],
        &["碼.txt：字节偏移 3 处不是 UTF-8", "存成 UTF-8"],
    ),
    (
        &["--check", "設/甲.txt"],
        &["jianti.toml：encodng：这里不能写这个选项", "encoding、"],
    ),
    (
        &["--check", "錯/甲.txt"],
        &["jianti.toml：第 2 行第 9 列不合 TOML 的写法", "rare = ["],
    ),
];

fn refused_folder() -> TempDir {
    let folder = tempdir().expect("a folder");
    write(
        folder.path(),
        &[
            ("in/甲.txt", "老書店".as_bytes()),
            ("設/甲.txt", "老書店".as_bytes()),
            ("設/jianti.toml", b"encodng = \"gbk\"\n"),
            ("錯/甲.txt", "老書店".as_bytes()),
            ("錯/jianti.toml", b"exclude = []\nrare = [\n"),
            ("詞.txt", "國\t国\n圖 图\n".as_bytes()),
            ("碼.txt", b"\xE5\x9C\x8B\xFF"),
        ],
    );
    folder
}

#[test]
fn refusals_are_in_chinese() {
    let folder = refused_folder();
    for (arguments, told) in REFUSED {
        let run = run_in(folder.path(), &spoken(arguments));
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        for part in *told {
            assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
        }
        assert_eq!(english(&run.err), None, "{arguments:?}: {}", run.err);
        let by_locale = run_in_locale(folder.path(), arguments);
        let first = |text: &str| text.lines().next().map(str::to_owned);
        assert_eq!(first(&by_locale.err), first(&run.err));
    }
}

#[test]
fn standard_input_is_told_of_in_chinese() {
    let folder = tempdir().expect("a folder");
    let arguments = spoken(&["--check", "-v"]);
    let run = run_with(folder.path(), &arguments, "老書店".as_bytes());
    // Names are for programs.
    assert_eq!((run.code, run.text()), (1, "standard input\n"));
    assert_eq!(run.err, "标准输入：有改动，UTF-8（符合 UTF-8），繁体\n");
    let arguments = spoken(&["-e", "utf-8"]);
    let run = run_with(folder.path(), &arguments, b"\xFF\xFE");
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .starts_with("jianti：标准输入：字节偏移 0 处不是正确的 UTF-8")
    );
}

/// Files of every kind that is told of.
fn mixed() -> TempDir {
    let folder = tempdir().expect("a folder");
    let text = "開會(huì)時，河?xùn)|區的王乾先生坐著看關於餅乾的書。\n".as_bytes();
    write(
        folder.path(),
        &[("in/甲.txt", text), ("in/b.bin", b"\0\x01")],
    );
    write(folder.path(), &[("in/c.pdf", b"%PDF-1.7\n")]);
    for Wrong { name, bytes, .. } in bad_inputs() {
        fs::write(folder.path().join("in").join(name), bytes).expect("written");
    }
    folder
}

#[test]
fn what_programs_read_is_the_same_in_any_language() {
    let folder = mixed();
    let report = |language: &str, more: &[&str]| {
        let arguments = [&["--lang", language, "--report", "r.jsonl"], more].concat();
        let run = run_in(folder.path(), &arguments);
        let report = fs::read_to_string(folder.path().join("r.jsonl")).expect("a report");
        fs::remove_file(folder.path().join("r.jsonl")).expect("removed");
        (run.code, run.out, report)
    };
    let mut bytes = 0;
    for options in [
        &["--check", "--archives", "--report-records", "in"][..],
        &["--check", "--explain", "in"],
        &["--diff", "in"],
        &["--detect=json", "in"],
        &["--check", "in", "nothing"],
    ] {
        let (english, chinese) = (report("en", options), report("zh", options));
        assert_eq!(english, chinese, "{options:?}");
        assert_eq!(english.0, 2);
        bytes += english.2.len();
    }
    assert!(bytes > 10_000);
    let input = "老書店".as_bytes();
    for options in [&["--check"][..], &["--diff"], &["--detect=json"], &[]] {
        let run = |language| {
            let arguments = [&["--lang", language], options].concat();
            run_with(folder.path(), &arguments, input).out
        };
        assert_eq!(run("en"), run("zh"));
    }
}

#[test]
fn explanations_and_detection_are_in_chinese() {
    let folder = mixed();
    let run = run_in(
        folder.path(),
        &["--lang", "zh", "--check", "--explain", "-v", "in"],
    );
    for line in [
        "in/甲.txt:1:3: 注音：\"(huì)\" -> \"\"：開會[(huì)]時，",
        "in/甲.txt:1:11: 字节错位：\"?xùn)|\" -> \"東\"，字节 96 7C：",
        "in/甲.txt:1:24: 选字：著 -> 着（动作持续），或 著：",
        "in/甲.txt:1:27: 选字：於 -> 于（词“关于”，把握 99%），或 於：",
        "in/b.bin：非文本，保持原样\n",
        "in/c.pdf：PDF，不支持，保持原样\n",
        "繁简: ",
    ] {
        assert!(run.err.contains(line), "{line}\n{}", run.err);
    }
    assert_eq!(english(&run.err), None, "{}", run.err);
    let run = run_in(folder.path(), &["--lang", "zh", "--detect", "in"]);
    for line in [
        "UTF-8\t中文\t繁体\ttext\tin/甲.txt\n",
        "-\t-\t-\t非文本\tin/b.bin\n",
        "-\t-\t-\tPDF\tin/c.pdf\n",
    ] {
        assert!(run.text().contains(line), "{line}\n{}", run.text());
    }
}

#[test]
fn errors_for_github_are_in_chinese_behind_its_own_words() {
    let folder = tempdir().expect("a folder");
    write(
        folder.path(),
        &[("甲.jsonl", "{\"a\": \"書\"}\n{\n".as_bytes())],
    );
    let arguments = ["--lang=zh", "--check", "--format-errors=github", "甲.jsonl"];
    let run = run_in(folder.path(), &arguments);
    let command = "::error file=甲.jsonl,line=2,col=2::内容不完整，提前结束\n";
    assert!(run.err.starts_with(command), "{}", run.err);
    let would = "::error file=甲.jsonl::不是统一的简体；jianti 会改动它\n";
    assert_eq!(run.text(), would);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told_of_in_chinese() {
    let folder = tempdir().expect("a folder");
    write(
        folder.path(),
        &[
            ("甲.txt", "老書店\n".as_bytes()),
            ("out/甲.txt/x", b""),
            ("乙.txt", "老書店\n".as_bytes()),
            ("乙.txt.bak", b"mine"),
        ],
    );
    std::os::unix::fs::symlink("甲.txt", folder.path().join("鏈.txt")).expect("linked");
    for (arguments, told) in [
        (
            &["-o", "out/", "甲.txt"][..],
            &["无法写入", "这是一个目录", "请把这个目录移走"][..],
        ),
        (
            &["-i=.bak", "乙.txt"],
            &["乙.txt.bak 已经存在", "换一个后缀"],
        ),
        (&["-i", "鏈.txt"], &["不透过符号链接写入"]),
        (&["--restore", "甲.txt"], &["没有保留过它的旧文件"]),
    ] {
        let run = run_in(folder.path(), &spoken(arguments));
        assert_eq!(run.code, 2, "{}", run.err);
        for part in told {
            assert!(run.err.contains(part), "{part}: {}", run.err);
        }
        assert_eq!(english(&run.err), None, "{}", run.err);
    }
    if Path::new("/dev/full").exists() {
        let full = fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("opened");
        let output = jianti()
            .current_dir(folder.path())
            .args(["--lang", "zh", "甲.txt"])
            .stdout(full)
            .output()
            .expect("the program runs");
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(
            told,
            "jianti：甲.txt：无法写到标准输出：磁盘已满（系统错误 28）\n"
        );
    }
}
