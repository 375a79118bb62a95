//! Compressed files and archives: the text in them is converted, everything else stays, and nothing harmful is written.

#[path = "common/packed.rs"]
mod packed;
#[path = "common/run.rs"]
mod run;

use std::fs;
use std::io::Read;
use std::path::Path;

use fastrand::Rng;
use packed::{ALL, Member, pack, tar, unpack, unzip, zip};
use run::{Run, run_in, run_with, tree, write};
use tempfile::{TempDir, tempdir};

const TRADITIONAL: &str = "渡輪靠岸，魚販把竹籠抬上碼頭，遠處傳來汽笛聲。\n";
const SIMPLIFIED: &str = "渡轮靠岸，鱼贩把竹笼抬上码头，远处传来汽笛声。\n";
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempdir().expect("a folder");
    write(folder.path(), files);
    folder
}

/// Converts one file into the folder `out`, and returns what was written.
fn convert(name: &str, bytes: &[u8], arguments: &[&str]) -> Vec<u8> {
    let folder = folder(&[(&format!("in/{name}"), bytes)]);
    let done = run_in(folder.path(), &[&["in", "-o", "out"], arguments].concat());
    assert_eq!(done.code, 0, "{name}: {}", done.err);
    fs::read(folder.path().join("out").join(name)).expect("written")
}

/// Asserts that a file is refused with this message, and nothing is written anywhere.
fn refuse(name: &str, bytes: &[u8], arguments: &[&str], cause: &str) {
    let folder = folder(&[(&format!("in/{name}"), bytes)]);
    let before = tree(folder.path());
    for action in [&["-o", "out"][..], &["-i"], &["--check"]] {
        let done = run_in(folder.path(), &[&["in"], action, arguments].concat());
        assert_eq!(done.code, 2, "{name}: {}", done.err);
        let named = done.err.contains(&format!("in/{name}: "));
        assert!(named && done.err.contains(cause), "{cause}: {}", done.err);
        assert_eq!(tree(folder.path()), before);
    }
    let file = format!("in/{name}");
    let done = run_in(folder.path(), &[&[&*file], arguments].concat());
    assert_eq!((done.code, done.out.len()), (2, 0), "{}", done.err);
}

#[test]
fn compressed_files_are_read_and_written_through() {
    // Beyond what is read at once.
    let long = TRADITIONAL.repeat(20_000);
    for format in ALL {
        for (text, expected) in [
            (TRADITIONAL, SIMPLIFIED.to_owned()),
            (&long, SIMPLIFIED.repeat(20_000)),
        ] {
            let name = format!("a.txt.{format}");
            let written = convert(&name, &pack(format, text.as_bytes()), &[]);
            assert!(unpack(format, &written) == expected.as_bytes(), "{name}");
        }
    }
}

#[test]
fn the_name_of_what_is_compressed_tells_its_format() {
    let page = "<p title=\"頭髮\">頭<b>髮</b><script>頭髮</script></p>";
    let written = convert("a.html.gz", &pack("gz", page.as_bytes()), &[]);
    assert_eq!(
        String::from_utf8(unpack("gz", &written)).expect("UTF-8"),
        "<p title=\"头发\">头<b>发</b><script>頭髮</script></p>"
    );
}

#[test]
fn several_members_are_one_text() {
    // A character and a phrase lie across the members.
    let (one, two) = "他的頭髮".as_bytes().split_at(7);
    for format in ["gz", "bz2", "xz", "zst"] {
        let bytes = [pack(format, one), pack(format, two)].concat();
        let written = convert(&format!("a.txt.{format}"), &bytes, &[]);
        assert_eq!(unpack(format, &written), "他的头发".as_bytes(), "{format}");
    }
}

#[test]
fn a_gzip_header_keeps_name_time_and_comment() {
    let mut bytes = Vec::new();
    let mut encoder = flate2::GzBuilder::new()
        .filename("舊聞.txt")
        .comment("from the old disk")
        .mtime(1_000_000_000)
        .write(&mut bytes, flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, TRADITIONAL.as_bytes()).expect("packed");
    encoder.finish().expect("packed");
    let written = convert("a.gz", &bytes, &[]);
    let decoder = flate2::bufread::GzDecoder::new(&*written);
    let header = decoder.header().expect("a header");
    assert_eq!(header.filename(), Some("舊聞.txt".as_bytes()));
    assert_eq!(header.comment(), Some(&b"from the old disk"[..]));
    assert_eq!(header.mtime(), 1_000_000_000);
}

#[test]
fn what_does_not_change_stays_byte_for_byte() {
    // Packed in a way that this program does not.
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for format in ALL {
        files.push((format!("a.{format}"), pack(format, SIMPLIFIED.as_bytes())));
        files.push((format!("image.{format}"), pack(format, PICTURE)));
    }
    let member = Member::new("a.txt", SIMPLIFIED.as_bytes()).stored();
    files.push(("a.zip".into(), zip(std::slice::from_ref(&member))));
    files.push(("b.zip".into(), zip(&[Member::new("a.png", PICTURE)])));
    files.push(("a.tar".into(), tar(&[member])));
    let files: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (&**name, &**bytes))
        .collect();
    let folder = folder(&[]);
    write(&folder.path().join("in"), &files);
    let before = tree(&folder.path().join("in"));
    let done = run_in(folder.path(), &["in", "-o", "out", "--archives"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.contains("0 changed, 6 unchanged, 5 binary"),
        "{}",
        done.err
    );
    assert_eq!(tree(&folder.path().join("out")), before);
    let done = run_in(folder.path(), &["in/a.xz"]);
    assert_eq!(done.out, before[Path::new("a.xz")]);
}

#[test]
fn damaged_streams_are_named_with_their_offset() {
    let mut random = Rng::with_seed(6);
    let text: String = (0..4000)
        .map(|_| random.char('\u{4E00}'..'\u{9FA0}'))
        .collect();
    for format in ALL {
        let bytes = pack(format, text.as_bytes());
        let name = format!("a.txt.{format}");
        for cut in [20, bytes.len() / 2, bytes.len() - 6, bytes.len() - 1] {
            refuse(
                &name,
                &bytes[..cut],
                &[],
                "cut off or damaged at byte offset ",
            );
        }
        let mut broken = bytes.clone();
        broken[bytes.len() / 2] ^= 0x55;
        refuse(&name, &broken, &[], "cut off or damaged at byte offset ");
    }
}

#[test]
fn decompression_bombs_are_refused() {
    let bomb = "轟".repeat(8 << 20);
    let bytes = pack("gz", bomb.as_bytes());
    refuse("a.gz", &bytes, &[], "--no-limits");
    for format in ["bz2", "xz", "zst"] {
        let folder = folder(&[("a", &*pack(format, bomb.as_bytes()))]);
        let done = run_in(folder.path(), &["--check", "a"]);
        assert!(
            done.code == 2 && done.err.contains("--no-limits"),
            "{format}: {}",
            done.err
        );
    }
    let written = convert("a.gz", &bytes, &["--no-limits"]);
    assert!(unpack("gz", &written) == "轰".repeat(8 << 20).as_bytes());

    let many: Vec<_> = (0..6)
        .map(|number| Member::new(&format!("{number}.txt"), &bomb.as_bytes()[..6 << 20]))
        .collect();
    refuse("a.zip", &zip(&many), &["--archives"], "--no-limits");
    let mut nested = pack("gz", TRADITIONAL.as_bytes());
    for _ in 0..5 {
        nested = pack("gz", &nested);
    }
    refuse("a.gz", &nested, &[], "archives lie in archives");
}

/// An archive of articles, and what its members become.
fn articles() -> (Vec<Member>, Vec<(&'static str, Vec<u8>)>) {
    let (big5, ..) = encoding_rs::BIG5.encode(TRADITIONAL);
    let page = "<meta charset=big5><p>頭<b>髮</b>";
    let (page, ..) = encoding_rs::BIG5.encode(page);
    let inner = [
        Member::new("內.txt", TRADITIONAL.as_bytes()),
        Member::new("b.png", PICTURE),
    ];
    let members = vec![
        Member::new("書/", b""),
        Member::new("書/一.txt", TRADITIONAL.as_bytes()),
        Member::new("書/image.png", PICTURE).stored(),
        Member::new("書/二.txt", &big5).stored(),
        Member::new("書/三.txt", SIMPLIFIED.as_bytes()),
        Member::new("page.html", &page),
        Member::new("empty.txt", b""),
        Member::new("a.txt.gz", &pack("gz", TRADITIONAL.as_bytes())),
        Member::new("inner.zip", &zip(&inner)),
        Member::new("long.txt", TRADITIONAL.repeat(30_000).as_bytes()),
    ];
    let expected = vec![
        ("書/一.txt", SIMPLIFIED.into()),
        ("書/二.txt", SIMPLIFIED.into()),
        ("page.html", "<meta charset=utf-8><p>头<b>发</b>".into()),
        ("a.txt.gz", pack("gz", SIMPLIFIED.as_bytes())),
        ("long.txt", SIMPLIFIED.repeat(30_000).into()),
    ];
    (members, expected)
}

fn check_members(old: &[Member], new: &[Member], expected: &[(&str, Vec<u8>)]) {
    let names = |members: &[Member]| -> Vec<String> {
        members.iter().map(|member| member.name.clone()).collect()
    };
    assert_eq!(names(old), names(new), "order and names");
    for (old, new) in old.iter().zip(new) {
        assert_eq!(
            (old.time, old.mode, old.method),
            (new.time, new.mode, new.method)
        );
        if new.name == "inner.zip" {
            let inner = unzip(&new.data);
            assert_eq!(inner[0].data, SIMPLIFIED.as_bytes());
            assert_eq!(inner[1].data, PICTURE);
            continue;
        }
        let expected = expected.iter().find(|(name, _)| *name == new.name);
        let expected = expected.map_or(&old.data, |(_, data)| data);
        if new.name.ends_with(".gz") {
            assert_eq!(unpack("gz", &new.data), unpack("gz", expected));
        } else {
            assert!(
                new.data == *expected,
                "{}: {:?}",
                new.name,
                String::from_utf8_lossy(&new.data[..new.data.len().min(200)])
            );
        }
    }
}

#[test]
fn members_of_zip_archives_are_converted() {
    let (members, expected) = articles();
    let bytes = zip(&members);
    let new = convert("a.zip", &bytes, &["--archives"]);
    check_members(&unzip(&bytes), &unzip(&new), &expected);
    assert!(new.ends_with("the archive's comment: 書".as_bytes()));
    // Every byte of a member that does not change, its header included, is there as it was.
    let header = b"PK\x03\x04";
    let picture = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| window == header)
        .map(|(at, _)| &bytes[at..])
        .find(|member| member[30..].starts_with("書/image.png".as_bytes()))
        .expect("the picture");
    let picture = &picture[..30 + "書/image.png".len() + PICTURE.len()];
    assert!(new.windows(picture.len()).any(|window| window == picture));
    // Without --archives it is a binary file.
    assert_eq!(convert("a.zip", &bytes, &[]), bytes);
}

#[test]
fn members_of_tar_archives_are_converted() {
    let (mut members, mut expected) = articles();
    // Names that need a pax or a GNU header.
    let long = format!("{}.txt", "長".repeat(90));
    members.push(Member::new(&long, TRADITIONAL.as_bytes()));
    expected.push((&*long.leak(), SIMPLIFIED.into()));
    let bytes = tar(&members);
    for (name, format) in [
        ("a.tar", None),
        ("a.tar.gz", Some("gz")),
        ("a.tgz", Some("gz")),
        ("a.tar.xz", Some("xz")),
        ("a.tar.zst", Some("zst")),
        ("a.tar.bz2", Some("bz2")),
    ] {
        let packed = format.map_or(bytes.clone(), |format| pack(format, &bytes));
        let new = convert(name, &packed, &["--archives"]);
        let new = format.map_or(new.clone(), |format| unpack(format, &new));
        check_members(&packed::untar(&bytes), &packed::untar(&new), &expected);
        assert_eq!(convert(name, &packed, &[]), packed);
    }
}

#[test]
fn a_pax_size_is_written_anew() {
    let data = TRADITIONAL.repeat(3) + "(kept)";
    let record = |text: &str| -> Vec<u8> {
        let length =
            (1..).find(|length: &usize| length.to_string().len() + 1 + text.len() == *length);
        format!("{} {text}", length.expect("a length")).into_bytes()
    };
    let attributes = [
        record("path=書.txt\n"),
        record(&format!("size={}\n", data.len())),
        record("comment=x\n"),
    ]
    .concat();
    let bytes = packed::tar_with_attributes(&attributes, data.as_bytes());
    // Repair takes nothing away here, but two code points become one.
    let dictionary = "渡輪\t船\n";
    let folder = folder(&[("in/a.tar", &bytes), ("d.txt", dictionary.as_bytes())]);
    let done = run_in(
        folder.path(),
        &["in", "-o", "out", "--archives", "--dict", "d.txt"],
    );
    assert_eq!(done.code, 0, "{}", done.err);
    let new = fs::read(folder.path().join("out/a.tar")).expect("written");
    let new = packed::untar(&new);
    assert_eq!(new[0].name, "書.txt");
    let expected = SIMPLIFIED.replace("渡轮", "船").repeat(3) + "(kept)";
    assert_eq!(
        String::from_utf8(new[0].data.clone()).expect("UTF-8"),
        expected
    );
}

#[test]
fn archives_that_would_do_harm_are_refused() {
    let good = Member::new("a.txt", TRADITIONAL.as_bytes());
    let named = |name: &str| Member::new(name, TRADITIONAL.as_bytes());
    let link = |name: &str, target: &str| Member::new(name, target.as_bytes()).link();
    for (member, cause) in [
        (named("../b.txt"), "leads out of the archive"),
        (named("c/../../b.txt"), "leads out of the archive"),
        (named("/etc/b.txt"), "absolute path"),
        (named("a.txt"), "is there twice"),
        (named("./a.txt"), "is there twice"),
        (link("l", "/etc/passwd"), "a link that leads out"),
        (link("d/l", "../../x"), "a link that leads out"),
    ] {
        let members = [good.clone(), member];
        refuse("a.zip", &zip(&members), &["--archives"], cause);
        refuse("a.tar", &tar(&members), &["--archives"], cause);
    }
    let members = [link("d", "."), named("d/b.txt")];
    refuse(
        "a.tar",
        &tar(&members),
        &["--archives"],
        "behind a symbolic link",
    );
    let mut encrypted = zip(std::slice::from_ref(&good));
    let directory = encrypted
        .windows(4)
        .position(|w| w == b"PK\x01\x02")
        .expect("one");
    encrypted[6] |= 1;
    encrypted[directory + 8] |= 1;
    refuse("a.zip", &encrypted, &["--archives"], "is encrypted");
    let mut unknown = zip(std::slice::from_ref(&good));
    unknown[directory + 10] = 14;
    refuse("a.zip", &unknown, &["--archives"], "packed by method 14");
    // The second record of the directory leads to the first member's data.
    let mut overlap = zip(&[good.clone(), named("b.txt")]);
    let second = overlap
        .windows(4)
        .rposition(|w| w == b"PK\x01\x02")
        .expect("two");
    overlap[second + 42..second + 46].copy_from_slice(&10u32.to_le_bytes());
    refuse("a.zip", &overlap, &["--archives"], "shares its bytes");
    let mut checksum = zip(std::slice::from_ref(&good));
    let directory = checksum
        .windows(4)
        .position(|w| w == b"PK\x01\x02")
        .expect("one");
    checksum[directory + 16] ^= 1;
    refuse("a.zip", &checksum, &["--archives"], "a.txt: ");
    // Text that cannot be read: the member is named.
    let bad = Member::new(
        "壞.txt",
        &[TRADITIONAL.as_bytes(), b"\xF5\xF6\xFF"].concat(),
    );
    for (name, bytes) in [
        ("a.zip", zip(&[good.clone(), bad.clone()])),
        ("a.tar", tar(&[good, bad])),
    ] {
        refuse(name, &bytes, &["--archives"], "壞.txt: ");
    }
}

#[test]
fn standard_input_may_be_compressed() {
    let folder = folder(&[]);
    let done = run_with::<&str>(folder.path(), &[], &pack("zst", TRADITIONAL.as_bytes()));
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(unpack("zst", &done.out), SIMPLIFIED.as_bytes());
    let (members, expected) = articles();
    let bytes = zip(&members);
    let done = run_with(folder.path(), &["--archives"], &bytes);
    check_members(&unzip(&bytes), &unzip(&done.out), &expected);
    let done = run_with::<&str>(
        folder.path(),
        &[],
        &pack("gz", TRADITIONAL.as_bytes())[..40],
    );
    assert_eq!((done.code, done.out.len()), (2, 0), "{}", done.err);
}

#[test]
fn the_report_counts_members() {
    let (members, _) = articles();
    let bytes = pack("gz", &tar(&members));
    let folder = folder(&[("in/a.tar.gz", &bytes)]);
    let done = run_in(folder.path(), &["in", "-i", "--archives", "--report", "-"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let report: serde_json::Value = serde_json::from_slice(&done.out).expect("JSON");
    assert_eq!(report["format"], "tar");
    assert_eq!(report["compression"], "gzip");
    assert_eq!(report["members"]["changed"], 6);
    assert_eq!(report["members"]["unchanged"], 1);
    assert_eq!(report["members"]["binary"], 1);
    assert_eq!(report["encoding"], "mixed");
}

/// Every mutated file is either converted or an error, never a panic, and an error leaves nothing behind.
#[test]
fn mutated_files_are_converted_or_refused() {
    let (mut members, _) = articles();
    members.pop();
    let zipped = zip(&members);
    let tarred = tar(&members);
    let text = TRADITIONAL.repeat(30);
    let mut originals = vec![("a.zip".to_owned(), zipped), ("a.tar".to_owned(), tarred)];
    for format in ALL {
        originals.push((format!("a.{format}"), pack(format, text.as_bytes())));
    }
    let mut random = Rng::with_seed(6);
    for (name, original) in originals {
        let folder = folder(&[]);
        for number in 0..500 {
            let bytes = packed::mutated(&original, &mut random);
            write(folder.path(), &[(&format!("in/{number}.{name}"), &bytes)]);
        }
        let done = run_in(folder.path(), &["in", "-o", "out", "--archives"]);
        assert!(done.code == 0 || done.code == 2, "{name}: {}", done.err);
        assert!(!done.err.contains("panicked"), "{}", done.err);
        let errors = errors(&done);
        let written = tree(&folder.path().join("out")).len();
        println!("{name}: {errors} refused, {written} converted");
        assert_eq!(errors + written, 500, "{name}: {}", done.err);
        assert!(errors > 100, "{name}: {errors}");
    }
}

fn errors(done: &Run) -> usize {
    done.err
        .lines()
        .filter(|line| line.starts_with("jianti: "))
        .count()
}

/// A Word document whose text is one paragraph of so many runs.
fn one_paragraph(runs: usize) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let run = |number| match number % 7 {
        0 => "<w:r><w:t>會(huì)議,</w:t></w:r>",
        _ => "<w:r><w:t>書</w:t></w:r>",
    };
    let text: String = (0..runs).map(run).collect();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p>{text}</w:p>\
         </w:body></w:document>"
    );
    zip(&[
        Member::new("[Content_Types].xml", types.as_bytes()),
        Member::new("word/document.xml", document.as_bytes()),
    ])
}

#[test]
fn a_paragraph_of_many_runs_takes_as_long_as_it_is() {
    let seconds = |runs| {
        let folder = folder(&[("a.docx", &one_paragraph(runs))]);
        let least = (0..3).map(|_| {
            let begun = std::time::Instant::now();
            let done = run_in(folder.path(), &["--check", "--no-limits", "-j1", "a.docx"]);
            assert_eq!(done.code, 1, "{}", done.err);
            begun.elapsed().as_secs_f64()
        });
        least.fold(f64::INFINITY, f64::min)
    };
    let (short, long) = (seconds(50_000), seconds(400_000));
    // Eight times as long; the square would be 64 times.
    assert!(long < 24.0 * short, "{short} s and {long} s");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_file() {
    // A limit on all memory, threads' stacks included, that the longer text alone would break.
    let run = |name: &str, bytes: &[u8]| {
        let folder = folder(&[(name, bytes)]);
        let script = format!("ulimit -v 180000; exec \"$0\" -j 1 --no-limits --archives -i {name}");
        let done = std::process::Command::new("bash")
            .current_dir(folder.path())
            .args(["-c", &script, env!("CARGO_BIN_EXE_jianti")])
            .output()
            .expect("runs");
        assert!(
            done.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    let text = TRADITIONAL.repeat((200 << 20) / TRADITIONAL.len());
    run("a.gz", &packed::pack_fast(text.as_bytes()));
    run("a.tar", &tar(&[Member::new("a.txt", text.as_bytes())]));
    run("a.zip", &zip(&[Member::new("a.txt", text.as_bytes())]));
    // Of an office document a part is in memory, and what becomes of it; here 12 MiB of one paragraph's runs.
    run("a.docx", &one_paragraph(400_000));
}

#[test]
fn names_are_converted_too() {
    let files: [(&str, &[u8]); 5] = [
        ("in/圖書/目錄.txt", TRADITIONAL.as_bytes()),
        ("in/圖書/館/照片.png", PICTURE),
        ("in/圖書/简.txt", SIMPLIFIED.as_bytes()),
        ("in/頭髮.txt", TRADITIONAL.as_bytes()),
        ("in/plain.txt", TRADITIONAL.as_bytes()),
    ];
    let expected = [
        "plain.txt",
        "图书/目录.txt",
        "图书/简.txt",
        "图书/馆/照片.png",
        "头发.txt",
    ];
    let names = |folder: &Path| -> Vec<String> {
        tree(folder)
            .keys()
            .map(|path| path.to_string_lossy().into_owned())
            .collect()
    };
    let folder = folder(&files);
    let before = tree(folder.path());
    let done = run_in(folder.path(), &["in", "-o", "out", "--names"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(names(&folder.path().join("out")), expected);
    fs::remove_dir_all(folder.path().join("out")).expect("removed");
    let done = run_in(folder.path(), &["in", "-i", "-n", "--names"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(tree(folder.path()), before);
    let done = run_in(folder.path(), &["in", "-i", "--names", "--report", "-"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(names(&folder.path().join("in")), expected);
    assert!(
        done.text().contains("\"output\":\"in/图书/馆/照片.png\""),
        "{}",
        done.text()
    );
    assert_eq!(
        fs::read(folder.path().join("in/头发.txt")).expect("there"),
        SIMPLIFIED.as_bytes()
    );
    let again = run_in(folder.path(), &["in", "-i", "--names"]);
    assert_eq!(
        (again.code, names(&folder.path().join("in"))),
        (0, expected.map(str::to_owned).to_vec())
    );
}

#[test]
fn names_that_become_one_are_refused_before_anything_is_written() {
    for files in [
        &["in/a/頭髮.txt", "in/a/头发.txt"][..],
        &["in/發.txt", "in/髮.txt"],
        &["in/圖/a.txt", "in/图/b.txt"],
        &["in/z/圖/a.txt", "in/圖/a.txt", "in/z/图"],
    ] {
        let folder = tempdir().expect("a folder");
        for name in files {
            write(folder.path(), &[(name, TRADITIONAL.as_bytes())]);
        }
        let before = tree(folder.path());
        for action in [&["-o", "out"][..], &["-i"]] {
            let done = run_in(folder.path(), &[&["in", "--names"], action].concat());
            assert_eq!(done.code, 2, "{files:?}");
            assert!(done.err.contains("would both be named"), "{}", done.err);
            assert_eq!(tree(folder.path()), before);
        }
    }
    // What is not among the files is in the way too.
    let folder = folder(&[
        ("in/.ignore", "头发.txt".as_bytes()),
        ("in/头发.txt", b"x"),
        ("in/頭髮.txt", TRADITIONAL.as_bytes()),
    ]);
    let before = tree(folder.path());
    let done = run_in(folder.path(), &["in", "--names", "-i"]);
    assert!(
        done.code == 2 && done.err.contains("would both be named"),
        "{}",
        done.err
    );
    assert_eq!(tree(folder.path()), before);
    let done = run_in(folder.path(), &["in", "--names", "--check"]);
    assert!(
        done.code == 2 && done.err.contains("--names goes with"),
        "{}",
        done.err
    );
}

#[test]
fn a_file_with_an_error_keeps_its_name() {
    let bad = [TRADITIONAL.as_bytes(), b"\xF5\xF6\xFF"].concat();
    let folder = folder(&[("in/壞.txt", &bad), ("in/東.txt", TRADITIONAL.as_bytes())]);
    let done = run_in(folder.path(), &["in", "-i", "--names"]);
    assert_eq!(done.code, 2);
    let mut text = String::new();
    let mut file = fs::File::open(folder.path().join("in/东.txt")).expect("renamed");
    file.read_to_string(&mut text).expect("UTF-8");
    assert_eq!(text, SIMPLIFIED);
    assert_eq!(
        fs::read(folder.path().join("in/壞.txt")).expect("there"),
        bad
    );
}
