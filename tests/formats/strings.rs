//! Apple's tables of strings: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn values_are_text() {
    for (before, after) in [
        (
            "/* \"後\" = \"後\"; */\n\"後\" = \"後來 %@ \\\"裡\\\"\";\n// 後\nkey = \"後\";",
            "/* \"後\" = \"後\"; */\n\"後\" = \"后来 %@ \\\"里\\\"\";\n// 後\nkey = \"后\";",
        ),
        ("\"a\" = \"後", "\"a\" = \"後"),
    ] {
        assert_eq!(converted(Format::Strings, before), after);
    }
}
