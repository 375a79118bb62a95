//! Files of translations in XML (XLIFF, .NET's .resx, Qt Linguist's .ts): the translations are text, and nothing else.

use crate::vocabulary::{Role, Vocabulary};

/// XLIFF 1.2 and 2.
pub(crate) static XLIFF: Vocabulary = Vocabulary {
    xml: true,
    role: |name| match local(name) {
        "g" | "mrk" | "pc" => Role::Inline,
        // What is translated, notes, and codes of the original document.
        "source" | "seg-source" | "note" | "context" | "header" | "ph" | "it" | "bpt" | "ept"
        | "data" => Role::Hidden,
        _ => Role::Block,
    },
    text: |name| matches!(local(name), "target" | "g" | "mrk" | "pc"),
    attribute: |_, _| false,
    language: |element, name| match name {
        "target-language" | "trglang" => true,
        "xml:lang" => local(element) == "target",
        _ => false,
    },
    escaped: true,
};

/// Resources of .NET.
pub(crate) static RESX: Vocabulary = Vocabulary {
    xml: true,
    role: |name| match local(name) {
        "schema" | "resheader" | "comment" | "metadata" | "assembly" => Role::Hidden,
        _ => Role::Block,
    },
    text: |name| local(name) == "value",
    attribute: |_, _| false,
    language: |_, _| false,
    escaped: true,
};

/// Qt Linguist's catalogues.
pub(crate) static QT: Vocabulary = Vocabulary {
    xml: true,
    role: |name| match local(name) {
        "translation" | "numerusform" | "TS" | "context" | "message" => Role::Block,
        _ => Role::Hidden,
    },
    text: |name| matches!(local(name), "translation" | "numerusform"),
    attribute: |_, _| false,
    language: |element, name| local(element) == "TS" && name == "language",
    escaped: true,
};

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use crate::Format;
    use crate::testing::converted;

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
}
