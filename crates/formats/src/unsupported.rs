//! Kinds of files that are known and not read: told by their first bytes, so that reports can name them.

use std::path::Path;

/// What such files begin with, how many bytes come before that, and what they are called.
const MARKS: &[(&[u8], usize, &str)] = &[
    (b"%PDF-", 0, "PDF"),
    (b"BOOKMOBI", PALM, "MOBI"),
    (b"TEXtREAd", PALM, "PalmDOC"),
    (OLE, 0, "OLE"),
    (b"SQLite format 3\0", 0, "SQLite"),
    (b"PAR1", 0, "Parquet"),
    (b"PARE", 0, "Parquet"),
    (b"ARROW1\0\0", 0, "Arrow"),
    (b"Obj\x01", 0, "Avro"),
    (b"\x89HDF\r\n\x1A\n", 0, "HDF5"),
    (b"\0\x01\0\0Standard Jet DB\0", 0, "Access"),
    (b"\0\x01\0\0Standard ACE DB\0", 0, "Access"),
    (b"!BDN", 0, "PST"),
    (b"Rar!\x1A\x07", 0, "RAR"),
    (b"7z\xBC\xAF\x27\x1C", 0, "7z"),
    (b"MSCF\0\0\0\0", 0, "CAB"),
    (b"ITSF\x03\0\0\0", 0, "CHM"),
    (b"ITOLITLS", 0, "LIT"),
    (b"AT&TFORM", 0, "DjVu"),
];

/// Where the mark of a Palm database stands. All other marks stand at the beginning.
const PALM: usize = 60;

/// The first byte of each mark, as it tells of most files that they have none.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut mark = 0;
    while mark < MARKS.len() {
        begins[MARKS[mark].0[0] as usize] = true;
        mark += 1;
    }
    begins
};

/// What files of the older Office programs begin with, and some others.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What files of one of these are, by their names' endings.
const ENDINGS: &[(&str, &str, &[&str])] = &[
    ("OLE", "DOC", &["doc", "dot", "wps"]),
    ("OLE", "XLS", &["xls", "xlt", "et"]),
    ("OLE", "PPT", &["ppt", "pps", "pot", "dps"]),
    ("OLE", "MSG", &["msg"]),
    ("OLE", "MSI", &["msi"]),
    ("MOBI", "AZW", &["azw", "azw3"]),
];

/// The kind of a file that begins with `head`, if it is one of those that are known and not read; the file's name, if it
/// has one, only tells what the bytes leave open.
pub fn unsupported(name: Option<&Path>, head: &[u8]) -> Option<&'static str> {
    let may_begin = |at: usize| head.get(at).is_some_and(|byte| BEGINS[usize::from(*byte)]);
    if !may_begin(0) && !may_begin(PALM) {
        return None;
    }
    let begins = |mark: &[u8], at: usize| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let (.., kind) = MARKS.iter().find(|(mark, at, _)| begins(mark, *at))?;
    // Four letters may begin a text, too.
    if *kind == "Parquet" && memchr::memchr(0, head).is_none() {
        return None;
    }
    let ending = name.and_then(|name| name.extension()?.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let named = ENDINGS
        .iter()
        .find(|(outer, _, endings)| outer == kind && endings.contains(&&*ending));
    Some(named.map_or(*kind, |(_, inner, _)| inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_bytes_first() {
        let mobi = [&[0; 60][..], b"BOOKMOBI"].concat();
        for (name, head, kind) in [
            ("a.pdf", &b"%PDF-1.7\n"[..], Some("PDF")),
            ("a.txt", b"%PDF-1.7\n", Some("PDF")),
            ("a.pdf", "圖書館".as_bytes(), None),
            ("a.doc", OLE, Some("DOC")),
            ("A.XLS", OLE, Some("XLS")),
            ("a", OLE, Some("OLE")),
            ("a.doc", b"{\\rtf1", None),
            ("a.doc", b"<html>", None),
            ("a.mobi", &mobi, Some("MOBI")),
            ("a.azw3", &mobi, Some("AZW")),
            ("a.db", b"SQLite format 3\0", Some("SQLite")),
            ("a.parquet", b"PAR1\x15\0", Some("Parquet")),
            ("a.parquet", b"PAR1 is a word", None),
            ("a.rar", b"Rar!\x1A\x07\x01", Some("RAR")),
            ("a.txt", b"Rar!", None),
            ("a.7z", b"7z\xBC\xAF\x27\x1C", Some("7z")),
        ] {
            assert_eq!(unsupported(Some(Path::new(name)), head), kind, "{name}");
        }
    }
}
