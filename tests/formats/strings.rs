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
        // Branches of a message about several numbers are text, variables are not.
        (
            "\"n\" = \"{n, plural, =0{沒有檔案} one{{n} 個檔案} other {裡面}}，{後}\";",
            "\"n\" = \"{n, plural, =0{没有档案} one{{n} 个档案} other {里面}}，{後}\";",
        ),
        (
            "\"n\" = \"{g, select, male {後來} other {裡面}}\"; \"o\" = \"後 other {後} id=0{後}\";",
            "\"n\" = \"{g, select, male {后来} other {里面}}\"; \"o\" = \"后 other {後} id=0{後}\";",
        ),
        ("\"a\" = \"後", "\"a\" = \"後"),
    ] {
        assert_eq!(converted(Format::Strings, before), after);
    }
}
