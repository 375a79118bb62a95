//! What becomes of XML that is no office document.

use super::converted;
use jianti_formats::Format;

#[test]
fn the_language_that_a_document_states_follows_its_text() {
    for (text, expected) in [
        (
            "<package><metadata><dc:title>後來</dc:title><dc:language>zh-TW</dc:language></metadata></package>",
            "<package><metadata><dc:title>后来</dc:title><dc:language>zh-CN</dc:language></metadata></package>",
        ),
        (
            "<rss><channel><title>後來</title><language> zh-tw\n</language></channel></rss>",
            "<rss><channel><title>后来</title><language> zh-cn\n</language></channel></rss>",
        ),
        (
            "<rss><channel><title>後來</title><language>ja</language></channel></rss>",
            "<rss><channel><title>后来</title><language>ja</language></channel></rss>",
        ),
        // What a program offers, and words.
        (
            "<settings><language>zh-TW</language><channel>zh-TW</channel></settings>",
            "<settings><language>zh-TW</language><channel>zh-TW</channel></settings>",
        ),
        (
            "<rss><channel><item><language>zh-TW</language></item></channel></rss>",
            "<rss><channel><item><language>zh-TW</language></item></channel></rss>",
        ),
        (
            "<a><dc:language>臺灣華語</dc:language></a>",
            "<a><dc:language>台湾华语</dc:language></a>",
        ),
    ] {
        assert_eq!(converted(Format::Xml, text), expected);
    }
}
