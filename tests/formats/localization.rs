//! Files of translations in XML: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn only_translations_change() {
    for (format, before, after) in [
        (
            Format::Xliff,
            "<xliff><file source-language='zh-TW' target-language='zh-TW' original='後'><trans-unit id='後'><source>後<g id='1'>來</g></source><target>後<g id='1'>來</g><ph id='2'>後</ph></target><note>後</note></trans-unit></file></xliff>",
            "<xliff><file source-language='zh-TW' target-language='zh-CN' original='後'><trans-unit id='後'><source>後<g id='1'>來</g></source><target>后<g id='1'>来</g><ph id='2'>後</ph></target><note>後</note></trans-unit></file></xliff>",
        ),
        (
            Format::Resx,
            "<root><resheader name='a'><value>後</value></resheader><data name='後' xml:space='preserve'><value>後來 {0}</value><comment>後</comment></data></root>",
            "<root><resheader name='a'><value>後</value></resheader><data name='後' xml:space='preserve'><value>后来 {0}</value><comment>後</comment></data></root>",
        ),
        (
            Format::QtTs,
            "<TS version='2.1' language='zh_TW'><context><name>後</name><message><source>後</source><translation>後來</translation><comment>後</comment></message></context></TS>",
            "<TS version='2.1' language='zh_CN'><context><name>後</name><message><source>後</source><translation>后来</translation><comment>後</comment></message></context></TS>",
        ),
    ] {
        assert_eq!(converted(format, before), after);
    }
}
