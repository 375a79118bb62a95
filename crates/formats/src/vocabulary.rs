//! What the names of a markup language mean.

/// What a markup language's names mean.
pub(crate) struct Vocabulary {
    /// Whether this is XML: case counts, every element is closed, CDATA sections are text.
    pub xml: bool,
    /// What an element is to the text in and around it.
    pub role: fn(&str) -> Role,
    /// Whether the text that stands in this element itself is for people.
    pub text: fn(&str) -> bool,
    /// Whether an element's attribute is for people.
    pub attribute: fn(&str, &str) -> bool,
    /// Whether an element's attribute is the tag of its language.
    pub language: fn(&str, &str) -> bool,
    /// Whether escaped tags (`&lt;p&gt;`) are tags to whoever reads the document in the end, as those of feeds are.
    pub escaped: bool,
    /// Whether what stands in `{{ }}` and the like is code, however many lines it takes.
    pub placeholders: bool,
    /// Whether elements may be components, whose attributes are for people by their names.
    pub components: bool,
}

/// What an element is to the text in and around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Text ends before it and behind it: a paragraph, a line break, an image.
    Block,
    /// Text goes on through it.
    Inline,
    /// Text goes on around it, and it holds another: a gloss, a note.
    Aside,
    /// Nothing in it is for people.
    Hidden,
    /// Program code: text ends before it and behind it, and its marks stay.
    Code,
    /// Program code that is part of a sentence: text goes on around it, and its marks stay.
    CodePhrase,
    /// What a program finds something by, that is part of a sentence: text goes on around it, and nothing in it changes.
    Name,
}

/// An element's or attribute's name without the prefix of its namespace.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
