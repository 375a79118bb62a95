//! Files of translations in XML (XLIFF, .NET's .resx, Qt Linguist's .ts): the translations are text, and nothing else.

use crate::vocabulary::{Role, Vocabulary, local};

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
    placeholders: false,
    components: false,
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
    placeholders: false,
    components: false,
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
    placeholders: false,
    components: false,
};
