//! XML's names: TEI, DocBook, feeds and others. What is not known to be part of a sentence ends it.

use crate::vocabulary::{Role, Vocabulary};

/// XML of any vocabulary.
pub(crate) static XML: Vocabulary = Vocabulary {
    xml: true,
    role,
    text: |_| true,
    // OPML 2.0.
    attribute: |element, name| {
        element == "outline" && matches!(name, "text" | "title" | "description")
    },
    language: |_, name| name == "xml:lang",
    escaped: true,
    placeholders: false,
    components: false,
};

/// Whether an element in this parent says which language the document is in: Dublin Core (packages of books) and RSS 2.0.
pub(crate) fn states_language(element: &str, parent: Option<&str>) -> bool {
    match element {
        "dc:language" => true,
        "language" => parent == Some("channel"),
        _ => false,
    }
}

fn role(name: &str) -> Role {
    let local = name.rsplit(':').next().unwrap_or(name);
    match local {
        // TEI: Text Encoding Initiative P5, model.phrase, model.segLike, transcriptional elements and milestones.
        "abbr" | "add" | "addName" | "app" | "c" | "choice" | "corr" | "date" | "del" | "emph"
        | "ex" | "expan" | "foreign" | "forename" | "gap" | "hi" | "lb" | "lem" | "mentioned"
        | "milestone" | "name" | "num" | "orgName" | "orig" | "pb" | "pc" | "persName"
        | "placeName" | "ptr" | "q" | "quote" | "rdg" | "ref" | "reg" | "roleName" | "rs" | "s"
        | "said" | "seg" | "settlement" | "sic" | "soCalled" | "subst" | "supplied" | "surname"
        | "surplus" | "term" | "unclear" | "w" => Role::Inline,
        // DocBook 5 and JATS.
        "acronym" | "bold" | "citetitle" | "emphasis" | "firstterm" | "italic" | "link"
        | "phrase" | "subscript" | "superscript" | "underline" | "wordasword" | "xref" => {
            Role::Inline
        }
        // Elements that XHTML has too.
        "a" | "b" | "em" | "font" | "i" | "ruby" | "span" | "strong" | "sub" | "sup" | "tspan"
        | "u" => Role::Inline,
        "note" | "footnote" | "rt" | "rp" | "fn" => Role::Aside,
        "script" | "style" => Role::Hidden,
        "programlisting" | "screen" => Role::Code,
        "code" | "literal" | "monospace" | "userinput" => Role::CodePhrase,
        "classname" | "envar" | "filename" | "methodname" | "systemitem" | "varname" => Role::Name,
        _ => Role::Block,
    }
}
