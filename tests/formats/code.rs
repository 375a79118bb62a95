//! Source code: what becomes of documents.

use jianti::{Normalizer, Options};
use jianti_formats::Format;

#[test]
fn source_code_is_left_as_it_is_in_any_encoding() {
    let normalizer = Normalizer::new(Options::default()).expect("options that are well");
    let latin: &[u8] = b"/* caf\xE9, d\xFC */ int \xA0;\n";
    let large = "// 圖書館,裡\r\n".repeat(100_000);
    for (name, code) in [
        ("a.py", "# 圖書館, 後\n".as_bytes()),
        ("a.js", "\u{FEFF}const 陣列 = [一, 二];".as_bytes()),
        ("run", "#!/bin/sh\necho 圖書館".as_bytes()),
        ("a.c", latin),
        ("a.cpp", large.as_bytes()),
        ("a.sh", b""),
    ] {
        let (bytes, outcome) = normalizer.normalize_named(name, code).expect("left");
        assert!(bytes == code && !outcome.changed, "{name}");
        assert_eq!(outcome.format, Format::Code, "{name}");
        let (mut input, mut streamed) = (code, Vec::new());
        let outcome = normalizer
            .normalize_stream_named(name, &mut input, &mut streamed)
            .expect("left");
        assert!(streamed == code, "{name}");
        assert_eq!(
            (outcome.format, outcome.bytes_out),
            (Format::Code, code.len() as u64)
        );
    }
    // Prose that only talks of it.
    let (bytes, outcome) = normalizer
        .normalize_named("a.txt", "檔案 a.py 裡".as_bytes())
        .expect("text");
    assert_eq!(
        (bytes, outcome.format),
        ("档案 a.py 里".into(), Format::Text)
    );
}
