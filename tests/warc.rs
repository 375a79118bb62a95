//! Web archives: pages change, lengths and checksums follow, members stay apart. What is expected is warcio's work, not
//! ours.

#[path = "common/packed.rs"]
mod packed;

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use jianti::{Error, Format, Normalizer, Options, Outcome};
use packed::pack;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/warc");
    fs::read(folder.join(name)).expect("a fixture")
}

fn normalized(name: &str, archive: &[u8], archives: bool) -> Result<(Vec<u8>, Outcome), Error> {
    let options = Options::default().with(|options| options.archives = archives);
    let normalizer = Normalizer::new(options).expect("options that are well");
    let mut out = Vec::new();
    let outcome = normalizer.normalize_container(name, &mut Cursor::new(archive), &mut out)?;
    Ok((out, outcome))
}

/// The records of an archive, each with the line ends behind it.
fn records(archive: &[u8]) -> Vec<Vec<u8>> {
    let mark = b"WARC/1.0\r\n";
    let starts: Vec<usize> = memchr::memmem::find_iter(archive, mark).collect();
    let ends = starts.iter().skip(1).copied().chain([archive.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| archive[*start..end].to_vec())
        .collect()
}

/// The gzip members of a file, packed.
fn members(mut file: &[u8]) -> Vec<Vec<u8>> {
    let mut members = Vec::new();
    while !file.is_empty() {
        let mut decoder = flate2::bufread::GzDecoder::new(file);
        std::io::copy(&mut decoder, &mut std::io::sink()).expect("gzip");
        let rest = decoder.into_inner();
        members.push(file[..file.len() - rest.len()].to_vec());
        file = rest;
    }
    members
}

#[test]
fn pages_change_and_what_tells_their_size_follows() {
    let (out, outcome) = normalized("a.warc", &fixture("pages.warc"), true).expect("an archive");
    let expected = fixture("pages.simplified.warc");
    assert_eq!(
        String::from_utf8_lossy(&out),
        String::from_utf8_lossy(&expected)
    );
    assert!(out == expected);
    assert_eq!(outcome.format, Format::Warc);
    let counts = outcome.members.expect("counts");
    let counts = [
        counts.changed,
        counts.unchanged,
        counts.binary,
        counts.unread,
    ];
    // A page in Brotli is not read.
    assert_eq!(counts, [3, 1, 4, 1]);
    let (again, outcome) = normalized("a.warc", &expected, true).expect("an archive");
    assert!(again == expected && !outcome.changed);
}

#[test]
fn members_stay_apart() {
    let before: Vec<Vec<u8>> = records(&fixture("pages.warc"));
    let packed: Vec<Vec<u8>> = before.iter().map(|record| pack("gz", record)).collect();
    let (out, outcome) = normalized("a.warc.gz", &packed.concat(), true).expect("an archive");
    assert!(outcome.changed);
    let after = members(&out);
    let expected = records(&fixture("pages.simplified.warc"));
    assert_eq!(after.len(), expected.len());
    for (at, member) in after.iter().enumerate() {
        let mut record = Vec::new();
        flate2::read::GzDecoder::new(&member[..])
            .read_to_end(&mut record)
            .expect("gzip");
        assert!(record == expected[at], "record {at}");
        // What does not change is not packed anew.
        assert!(
            before[at] != expected[at] || *member == packed[at],
            "record {at}"
        );
    }
    // All records in one member.
    let whole = pack("gz", &fixture("pages.warc"));
    let (out, _) = normalized("a.warc.gz", &whole, true).expect("an archive");
    assert!(packed::unpack("gz", &out) == expected.concat());
    assert_eq!(members(&out).len(), 1);
}

#[test]
fn archives_that_are_not_gone_into_stay() {
    let archive = fixture("pages.warc");
    let normalizer = Normalizer::new(Options::default()).expect("options that are well");
    for name in ["a.warc", "a.txt", "a"] {
        let (out, outcome) = normalizer
            .normalize_named(name, &archive)
            .expect("an archive");
        assert!(out == archive && !outcome.changed, "{name}");
        assert_eq!(outcome.format, Format::Warc);
    }
    assert!(!normalizer.is_container(&archive));
    let packed = pack("gz", &archive);
    let (_, outcome) = normalized("a.warc.gz", &packed, false).expect("an archive");
    assert!(!outcome.changed);
}

/// The records that are text: a resource, a conversion and their metadata.
fn texts() -> String {
    let records = records(&fixture("pages.warc"));
    String::from_utf8(records[6..].concat()).expect("UTF-8")
}

#[test]
fn wrong_and_unknown_checksums_keep_their_records() {
    for (old, new) in [
        ("WARC-Block-Digest: sha1:", "WARC-Block-Digest: sha1:A"),
        ("WARC-Payload-Digest: sha1", "WARC-Payload-Digest: md5"),
    ] {
        let archive = texts().replacen(old, new, 1);
        let (out, _) = normalized("a.warc", archive.as_bytes(), true).expect("an archive");
        let out = String::from_utf8_lossy(&out);
        assert!(
            out.contains("圖書館後面的討論會") && out.contains("后天的讨论会"),
            "{out}"
        );
    }
}

#[test]
fn damage_is_an_error_that_tells_where() {
    let texts = texts();
    let body = texts.find("圖書館").expect("a record");
    for (archive, cause) in [
        (
            texts[..body + 3].to_owned(),
            format!(
                "at byte offset {}: the record is shorter than its Content-Length",
                body + 3
            ),
        ),
        (
            texts[..200].to_owned(),
            "at byte offset 0: the record's header has no end".to_owned(),
        ),
        (
            format!("{texts}more"),
            format!("at byte offset {}: no record begins here", texts.len()),
        ),
        (
            texts.replacen("Content-Length", "Content-Size", 1),
            "the record has no Content-Length".to_owned(),
        ),
    ] {
        for (name, archive) in [
            ("a.warc", archive.as_bytes().to_vec()),
            ("a.warc.gz", pack("gz", archive.as_bytes())),
        ] {
            let error = normalized(name, &archive, true).expect_err("no archive");
            assert!(error.to_string().contains(&cause), "{error}");
        }
    }
    let packed = pack("gz", texts.as_bytes());
    let cut = &packed[..packed.len() - 20];
    let error = normalized("a.warc.gz", cut, true).expect_err("no archive");
    assert!(error.to_string().contains("cut off or damaged"), "{error}");
}

#[test]
fn broken_archives_are_refused_or_keep_their_records() {
    let archive = fixture("pages.warc");
    let mut random = fastrand::Rng::with_seed(9);
    let mut done = 0;
    for _ in 0..500 {
        let mut broken = archive.clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..=broken.len());
            let end = broken.len().min(at + random.usize(..20));
            match random.u8(..3) {
                0 => drop(broken.drain(at..end)),
                1 => broken.insert(at, b"\r\n :;=1<\xA4"[random.usize(..9)]),
                _ => broken.extend_from_within(at..end),
            }
        }
        let mut random = random.clone();
        let packed = if random.bool() {
            pack("gz", &broken)
        } else {
            broken.clone()
        };
        let Ok((out, _)) = normalized("a.warc", &packed, true) else {
            continue;
        };
        let out = match packed == broken {
            true => out,
            false => packed::unpack("gz", &out),
        };
        done += 1;
        assert_eq!(records(&out).len(), records(&broken).len());
        // What comes out is an archive again, and nothing is left to do.
        let (again, outcome) = normalized("a.warc", &out, true).expect("an archive");
        assert!(again == out && !outcome.changed);
    }
    assert!(done > 50, "{done}");
}

#[test]
fn bodies_in_chunks_and_in_gzip_are_read_and_written_again() {
    let before = "<p>圖書館後面的討論會。</p>\n";
    let after = "<p>图书馆后面的讨论会。</p>\n";
    let record = |fields: &str, body: &[u8]| {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n\r\n");
        let length = http.len() + body.len();
        let header = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        );
        [header.as_bytes(), http.as_bytes(), body, b"\r\n\r\n"].concat()
    };
    let chunked = |body: &[u8]| {
        let (front, behind) = body.split_at(10);
        let size = |part: &[u8]| format!("{:X}\r\n", part.len()).into_bytes();
        [
            &size(front)[..],
            front,
            b"\r\n",
            &size(behind),
            behind,
            b"\r\n0\r\n\r\n",
        ]
        .concat()
    };
    // Two chunks, the first of which ends within a character, become one.
    let (out, _) = normalized(
        "a.warc",
        &record("Transfer-Encoding: chunked", &chunked(before.as_bytes())),
        true,
    )
    .expect("an archive");
    let whole = format!("{:x}\r\n{after}\r\n0\r\n\r\n", after.len());
    assert_eq!(out, record("Transfer-Encoding: chunked", whole.as_bytes()));
    let packed = pack("gz", before.as_bytes());
    let fields = format!("Content-Encoding: gzip\r\nContent-Length: {}", packed.len());
    let (out, _) = normalized("a.warc", &record(&fields, &packed), true).expect("an archive");
    let body = memchr::memmem::find(&out, b"\x1F\x8B").expect("gzip");
    let body = &out[body..out.len() - 4];
    assert_eq!(packed::unpack("gz", body), after.as_bytes());
    let fields = format!("Content-Encoding: gzip\r\nContent-Length: {}", body.len());
    assert_eq!(out, record(&fields, body));
    // What is said and what is there are two things, or what is said is not known.
    for (fields, body) in [
        ("Content-Encoding: gzip", before.as_bytes()),
        ("Content-Encoding: br", before.as_bytes()),
        ("Transfer-Encoding: chunked", before.as_bytes()),
        ("Content-Encoding: gzip", &packed[..packed.len() - 9]),
    ] {
        let archive = record(fields, body);
        let (out, outcome) = normalized("a.warc", &archive, true).expect("an archive");
        assert!(out == archive && !outcome.changed, "{fields}");
        assert_eq!(outcome.members.map(|counts| counts.unread), Some(1));
    }
}
