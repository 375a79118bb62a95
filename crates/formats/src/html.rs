//! HTML's names.

use crate::identifier::is_text;
use crate::token::{Escape, Mode, Tag};
use crate::vocabulary::{Role, Vocabulary};

/// HTML as browsers read pages.
pub(crate) static HTML: Vocabulary = Vocabulary {
    xml: false,
    role,
    text: |_| true,
    attribute,
    language: |_, name| matches!(name, "lang" | "xml:lang"),
    escaped: false,
    placeholders: false,
    components: false,
};

/// HTML in Markdown, with components of JSX and Vue, whose names begin with a capital.
pub(crate) static IN_MARKDOWN: Vocabulary = Vocabulary {
    components: true,
    ..HTML
};

/// HTML as XML, as in EPUB books.
pub(crate) static XHTML: Vocabulary = Vocabulary {
    xml: true,
    role,
    text: |_| true,
    attribute,
    language: |_, name| matches!(name, "lang" | "xml:lang"),
    escaped: false,
    placeholders: false,
    components: false,
};

/// The template of a component of Vue: elements may be empty as in XML, and are told by capitals.
pub(crate) static COMPONENT: Vocabulary = Vocabulary {
    placeholders: true,
    ..XHTML
};

fn role(name: &str) -> Role {
    match name {
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "data" | "del"
        | "dfn" | "em" | "font" | "i" | "ins" | "label" | "mark" | "nobr" | "q" | "rb" | "ruby"
        | "s" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tspan"
        | "tt" | "u" | "var" | "wbr" => Role::Inline,
        "rt" | "rp" | "rtc" => Role::Aside,
        "script" | "style" | "iframe" | "noembed" | "noframes" | "xmp" => Role::Hidden,
        "pre" | "listing" | "plaintext" => Role::Code,
        "code" | "kbd" | "samp" => Role::CodePhrase,
        _ => Role::Block,
    }
}

/// The elements of HTML, with obsolete ones, in order.
const ELEMENTS: [&str; 125] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Whether an element of HTML is called so, in small letters or capitals (HTML Living Standard, with its obsolete elements).
pub fn is_element(name: &str) -> bool {
    let small = || name.bytes().map(|byte| byte.to_ascii_lowercase());
    ELEMENTS
        .binary_search_by(|element| element.bytes().cmp(small()))
        .is_ok()
}

fn attribute(element: &str, name: &str) -> bool {
    match name {
        "title" | "alt" | "placeholder" | "aria-label" | "aria-description" => true,
        "label" => matches!(element, "option" | "optgroup" | "track"),
        "summary" => element == "table",
        _ => false,
    }
}

/// Whether an element of this name with this attribute is a component that shows the attribute's value: `<TabItem label="蘋果">`.
pub(crate) fn is_shown_by_component(element: &str, attribute: &str) -> bool {
    let is_component = element.starts_with(|c: char| c.is_ascii_uppercase())
        && element.contains(|c: char| c.is_ascii_lowercase());
    // :label and v-bind:label hold what a program says.
    let is_bound = attribute.starts_with([':', '@', '#']) || attribute.starts_with("v-");
    is_component && !is_bound && !attribute.starts_with("data-") && is_text(attribute)
}

/// What a `meta` element's content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meta {
    /// Text for people.
    Text,
    /// Keywords, which commas of ASCII part.
    Keywords,
    /// A language tag.
    Language,
    /// A media type, perhaps with an encoding.
    Type,
    /// Something else.
    Other,
}

/// What the content of this `meta` element is, by its name.
pub(crate) fn meta(document: &str, tag: &Tag) -> Meta {
    let named = tag.attributes.iter().find_map(|attribute| {
        let name = &document[attribute.name.clone()];
        ["name", "property", "http-equiv", "itemprop"]
            .iter()
            .any(|wanted| name.eq_ignore_ascii_case(wanted))
            .then(|| {
                document[attribute.value.clone()]
                    .trim()
                    .to_ascii_lowercase()
            })
    });
    match named.as_deref() {
        Some(
            "description"
            | "abstract"
            | "application-name"
            | "apple-mobile-web-app-title"
            | "dc.title"
            | "dc.description"
            | "dc.subject"
            | "og:title"
            | "og:description"
            | "og:site_name"
            | "og:image:alt"
            | "twitter:title"
            | "twitter:description"
            | "twitter:image:alt",
        ) => Meta::Text,
        Some("keywords" | "news_keywords") => Meta::Keywords,
        Some("content-language" | "language" | "dc.language" | "og:locale") => Meta::Language,
        Some("content-type") => Meta::Type,
        _ => Meta::Other,
    }
}

/// The address of an element, as it stands there.
pub(crate) fn href<'d>(document: &'d str, tag: &Tag) -> Option<&'d str> {
    let mut attributes = tag.attributes.iter();
    let href = attributes
        .find(|attribute| document[attribute.name.clone()].eq_ignore_ascii_case("href"))?;
    Some(document[href.value.clone()].trim())
}

/// Whether an `input` element is a button, so that its value is what people read on it.
pub(crate) fn is_button(document: &str, tag: &Tag) -> bool {
    tag.attributes.iter().any(|attribute| {
        let (name, value) = (
            &document[attribute.name.clone()],
            document[attribute.value.clone()].trim(),
        );
        let labelled = ["submit", "button", "reset"];
        name.eq_ignore_ascii_case("type")
            && labelled.iter().any(|kind| value.eq_ignore_ascii_case(kind))
    })
}

/// Whether the element has no content and no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// How to go on behind the start tag of this element.
pub(crate) fn mode(name: &str) -> Mode {
    let raw = |read, references| Mode::Raw {
        // Nothing ends this one; no end tag has this name.
        name: name.replace("plaintext", "plaintext "),
        read,
        references,
    };
    match name {
        "script" => Mode::Script(Escape::No),
        "title" | "textarea" => raw(true, true),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => raw(false, false),
        "plaintext" => raw(true, false),
        _ => Mode::Data,
    }
}

/// Whether the element `name` is part of SVG or MathML, by what it stands in.
pub(crate) fn is_foreign(parent_is: bool, parent: &str, name: &str) -> bool {
    if matches!(name, "svg" | "math") {
        return true;
    }
    let holds_html = matches!(
        parent,
        "foreignobject" | "desc" | "title" | "annotation-xml" | "mi" | "mo" | "mn" | "ms" | "mtext"
    );
    parent_is && !holds_html && !leaves_foreign(name)
}

/// Whether this start tag ends SVG and MathML (HTML Standard, 13.2.6.5).
fn leaves_foreign(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "code"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "embed"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "hr"
            | "i"
            | "img"
            | "li"
            | "listing"
            | "menu"
            | "meta"
            | "nobr"
            | "ol"
            | "p"
            | "pre"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "strike"
            | "sub"
            | "sup"
            | "table"
            | "tt"
            | "u"
            | "ul"
            | "var"
    )
}

/// The elements that a start tag closes if they are open, and those within which it looks for them.
pub(crate) fn closes(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const SCOPE: &[&str] = &[
        "table", "td", "th", "caption", "button", "object", "template", "svg", "math",
    ];
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
        "option" => (&["option"], &["select", "datalist"]),
        "optgroup" => (&["optgroup"], &["select"]),
        "td" | "th" => (&["td", "th"], &["table", "tr"]),
        "tr" => (&["tr"], &["table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        "rb" | "rtc" => (&["rb", "rt", "rtc", "rp"], &["ruby"]),
        "body" => (&["head"], &[]),
        "address" | "article" | "aside" | "blockquote" | "center" | "details" | "dialog"
        | "dir" | "div" | "dl" | "fieldset" | "figcaption" | "figure" | "footer" | "form"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "listing"
        | "main" | "menu" | "nav" | "ol" | "p" | "pre" | "search" | "section" | "summary"
        | "table" | "ul" => (&["p"], SCOPE),
        _ => (&[], &[]),
    }
}
