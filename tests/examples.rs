//! The examples do what they say.

#[path = "../examples/file.rs"]
mod file;
#[path = "../examples/records.rs"]
mod records;
#[path = "../examples/stream.rs"]
mod stream;
#[path = "../examples/text.rs"]
mod text;

use std::path::Path;

#[test]
fn examples_convert() {
    let mut out = Vec::new();
    text::convert(&mut out).expect("text");
    let out = String::from_utf8(out).expect("UTF-8");
    assert!(
        out.starts_with("王乾先生看着关于饼干的书，开会去了。\n"),
        "{out}"
    );
    assert!(out.contains("乾 -> 干, not 乾: word 饼干\n"), "{out}");
    assert!(out.ends_with("gloss: \"(huì)\" -> \"\"\n"), "{out}");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/encodings/kite.utf16le.txt");
    let bytes = file::convert(&sample).expect("a file");
    let expected = String::from_utf8(bytes).expect("UTF-8");
    assert!(expected.contains('风') && !expected.contains('風'));
    let mut out = Vec::new();
    stream::convert(&mut "關於餅乾".as_bytes(), &mut out).expect("a stream");
    assert_eq!(String::from_utf8(out).expect("UTF-8"), "关于饼干");
    let mut out = Vec::new();
    let lines = "{\"id\": 1, \"text\": \"關於\", \"note\": \"關\"}\nno JSON\n";
    records::convert(&mut lines.as_bytes(), &mut out).expect("records");
    let expected = "{\"id\": 1, \"text\": \"关于\", \"note\": \"關\"}\nno JSON\n";
    assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    // Their own main functions read what a test cannot give.
    let _ = (text::main, file::main, stream::main, records::main);
}
