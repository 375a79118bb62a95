//! Books and office documents: ZIP archives of parts that are XML.

use std::fmt;
use std::io::{Read, Seek, Write};

use jianti_text::encoding::Encoding;

use crate::archive::limits::Limits;
use crate::archive::members::Members;
use crate::archive::zip;
use crate::markup::Markup;
use crate::office_part::{PartReader, PartWriter};
use crate::vocabulary::{Role, Vocabulary, local};
use crate::{Error, Format, Rewriter, Settings, TextSink, declaration, html};

/// What kind of book or document an archive is, if it is one.
pub fn format<R: Read + Seek>(
    archive: &zip::Archive<R>,
    limits: &Limits,
) -> Result<Option<Format>, Error> {
    let has = |name: &str| archive.members.iter().any(|member| member.name == name);
    let holds = |folder: &str| {
        archive
            .members
            .iter()
            .any(|member| member.name.starts_with(folder))
    };
    if let Some(member) = archive
        .members
        .iter()
        .find(|member| member.name == "mimetype")
    {
        let mut kind = String::new();
        // Whatever cannot be read is no kind.
        let reader = archive.reader(member, limits)?;
        let _ = reader.take(100).read_to_string(&mut kind);
        if kind.starts_with("application/vnd.oasis.opendocument.") {
            return Ok(Some(Format::Odf));
        }
        if kind.trim_end() == "application/epub+zip" {
            return Ok(Some(Format::Epub));
        }
    }
    if has("META-INF/container.xml")
        && archive
            .members
            .iter()
            .any(|member| member.name.ends_with(".opf"))
    {
        return Ok(Some(Format::Epub));
    }
    if !has("[Content_Types].xml") {
        return Ok(None);
    }
    let kinds = [
        ("word/", Format::Docx),
        ("xl/", Format::Xlsx),
        ("ppt/", Format::Pptx),
    ];
    let found = kinds.iter().find(|(folder, _)| holds(folder));
    Ok(found.map(|(_, format)| *format))
}

/// A book or an office document on its way through.
pub struct Package<'a, R> {
    format: Format,
    archive: &'a zip::Archive<R>,
    settings: Settings,
    limits: &'a Limits,
}

impl<R> fmt::Debug for Package<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Package")
            .field("format", &self.format)
            .field("archive", &self.archive)
            .finish_non_exhaustive()
    }
}

/// How much text a package holds, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// Size of the parts that hold text before, bytes of UTF-8.
    pub bytes_in: u64,
    /// The same after.
    pub bytes_out: u64,
    /// Whether any of them changed.
    pub changed: bool,
}

impl<'a, R: Read + Seek> Package<'a, R> {
    /// A package of this format. Whatever the output's encoding is, these formats want UTF-8.
    pub fn new(
        format: Format,
        archive: &'a zip::Archive<R>,
        settings: Settings,
        limits: &'a Limits,
    ) -> Self {
        let settings = Settings {
            encoding: Some(Encoding::Utf8),
            ..settings
        };
        Package {
            format,
            archive,
            settings,
            limits,
        }
    }

    /// Shows the text at the beginning to `passages`, until they have enough.
    ///
    /// # Errors
    /// The archive is damaged. What is wrong with a part shows when it is rewritten.
    pub fn show(&self, passages: &mut dyn TextSink) -> Result<(), Error> {
        let mut block = Vec::new();
        for member in &self.archive.members {
            let Some(part) = part(self.format, &member.name).filter(|part| !part.is_about) else {
                continue;
            };
            if passages.has_enough() {
                break;
            }
            let mut data = self.archive.reader(member, self.limits)?;
            let mut reader = PartReader::new(&mut data, &mut block);
            let mut markup = Markup::new(part.vocabulary, &self.settings);
            while let Ok((piece, last)) = reader.next() {
                let shown = markup.push(&piece, last, passages, &mut String::new());
                if last || shown.is_err() || passages.has_enough() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Writes the package with what became of its text, all of which is one document's.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Refused`], [`Error::Io`], and [`Error::Part`] for what is wrong with a part.
    pub fn rewrite(
        &self,
        passages: &mut dyn TextSink,
        output: &mut dyn Write,
    ) -> Result<Rewritten, Error> {
        let mut parts = Parts {
            package: self,
            passages,
            block: Vec::new(),
            rewritten: Rewritten::default(),
        };
        self.archive.rewrite(self.limits, &mut parts, output)?;
        Ok(parts.rewritten)
    }

    /// Rewrites a part, and writes it if it changes; returns whether it does.
    fn part(
        &self,
        part: &Part,
        mut reader: PartReader,
        passages: &mut dyn TextSink,
        result: &mut dyn Write,
        all: &mut Rewritten,
    ) -> Result<bool, Error> {
        /// How long a part that tells of the document may be for its language to be changed, bytes.
        const MOST_ABOUT: usize = 8 << 20;
        let mut writer = PartWriter::new(result);
        let mut markup = Markup::new(part.vocabulary, &self.settings);
        let mut waits = part.is_about;
        let mut new = String::new();
        loop {
            let (piece, last) = reader.next()?;
            markup.push(&piece, last, passages, &mut new)?;
            waits &= new.len() <= MOST_ABOUT;
            if waits && last {
                new = with_language(new);
            }
            if last || !waits {
                writer.push(&piece, &new)?;
                new.clear();
            } else {
                writer.push(&piece, "")?;
            }
            if last {
                break;
            }
        }
        all.bytes_in += writer.bytes_in;
        all.bytes_out += writer.bytes_out;
        Ok(writer.finish()?)
    }
}

/// A package's members.
struct Parts<'a, R> {
    package: &'a Package<'a, R>,
    passages: &'a mut dyn TextSink,
    block: Vec<u8>,
    rewritten: Rewritten,
}

impl<R: Read + Seek> Members for Parts<'_, R> {
    type Error = Error;

    fn keeps(&mut self, _name: &str, _head: &[u8]) -> bool {
        false
    }

    fn writes_changes_only(&self) -> bool {
        true
    }

    fn member(
        &mut self,
        name: &str,
        data: &mut dyn Read,
        result: &mut dyn Write,
    ) -> Result<bool, Error> {
        let Some(part) = part(self.package.format, name) else {
            return Ok(false);
        };
        let Parts {
            package,
            passages,
            block,
            rewritten,
        } = self;
        let reader = PartReader::new(data, block);
        let changed = package
            .part(&part, reader, *passages, result, rewritten)
            .map_err(|cause| Error::Part {
                name: name.to_owned(),
                cause: Box::new(cause),
            })?;
        rewritten.changed |= changed;
        Ok(changed)
    }
}

/// A part that holds text.
struct Part {
    vocabulary: &'static Vocabulary,
    /// Whether it tells of the document: title, language.
    is_about: bool,
}

/// What holds text in this part, by its name.
fn part(format: Format, name: &str) -> Option<Part> {
    let lower = name.to_ascii_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    let is_in = |folders: &[&str]| folders.iter().any(|folder| lower.starts_with(folder));
    let (vocabulary, is_about) = match format {
        Format::Epub => match ending {
            "xhtml" | "html" | "htm" | "xht" => (&html::XHTML, false),
            "ncx" => (&NCX, false),
            "opf" => (&BOOK, true),
            _ => return None,
        },
        Format::Odf => match lower.rsplit('/').next() {
            Some("content.xml" | "styles.xml") => (&OPEN_DOCUMENT, false),
            Some("meta.xml") if lower == "meta.xml" => (&ABOUT, true),
            _ => return None,
        },
        _ if ending != "xml" => return None,
        _ if lower == "docprops/core.xml" => (&ABOUT, true),
        Format::Docx if is_in(&["word/"]) && !is_in(&["word/theme/", "word/embeddings/"]) => {
            (&OFFICE, false)
        }
        Format::Pptx if is_in(&["ppt/"]) && !is_in(&["ppt/theme/", "ppt/embeddings/"]) => {
            (&OFFICE, false)
        }
        Format::Xlsx if is_in(&["xl/drawings/", "xl/charts/", "xl/diagrams/"]) => (&OFFICE, false),
        Format::Xlsx
            if lower == "xl/sharedstrings.xml"
                || is_in(&[
                    "xl/worksheets/",
                    "xl/comments",
                    "xl/threadedcomments/",
                    "xl/tables/",
                ]) =>
        {
            (&SPREADSHEET, false)
        }
        _ => return None,
    };
    Some(Part {
        vocabulary,
        is_about,
    })
}

/// WordprocessingML, PresentationML and DrawingML: text stands in `t` only, and goes on through everything but the ends of
/// paragraphs and cells, breaks, and field codes.
static OFFICE: Vocabulary = Vocabulary {
    xml: true,
    role: |name| match name {
        "w:p" | "w:tc" | "w:tr" | "w:tbl" | "w:br" | "w:cr" | "w:tab" | "w:instrText"
        | "w:delInstrText" | "w:footnote" | "w:endnote" | "w:comment" | "w:txbxContent" | "a:p"
        | "a:br" | "a:tab" | "a:tc" | "p:cm" | "p:text" | "c:pt" | "c:v" => Role::Block,
        _ => Role::Inline,
    },
    text: |name| matches!(name, "w:t" | "w:delText" | "a:t" | "p:text" | "c:v"),
    attribute: |element, name| {
        matches!(local(element), "docPr" | "cNvPr") && matches!(name, "descr" | "title")
    },
    language: |element, name| match element {
        "w:lang" | "w:themeFontLang" => matches!(name, "w:val" | "w:eastasia"),
        _ => name == "lang",
    },
    escaped: false,
    placeholders: false,
    components: false,
};

/// SpreadsheetML: strings, shared and in cells, and comments; never formulas. A table's columns are named as their cells.
static SPREADSHEET: Vocabulary = Vocabulary {
    xml: true,
    role: |name| match local(name) {
        "si" | "is" | "c" | "row" | "v" | "f" | "comment" | "text" | "tableColumn" => Role::Block,
        // How the text is read aloud.
        "rPh" => Role::Hidden,
        _ => Role::Inline,
    },
    text: |name| matches!(local(name), "t" | "text"),
    attribute: |element, name| local(element) == "tableColumn" && name == "name",
    language: |_, _| false,
    escaped: false,
    placeholders: false,
    components: false,
};

/// OpenDocument's content and styles.
static OPEN_DOCUMENT: Vocabulary = Vocabulary {
    xml: true,
    role: |name| match name {
        "text:span"
        | "text:a"
        | "text:s"
        | "text:ruby"
        | "text:ruby-base"
        | "text:meta"
        | "text:bookmark"
        | "text:bookmark-start"
        | "text:bookmark-end"
        | "text:change"
        | "text:change-start"
        | "text:change-end"
        | "text:soft-page-break"
        | "text:reference-mark"
        | "text:reference-mark-start"
        | "text:reference-mark-end"
        | "text:alphabetical-index-mark"
        | "office:annotation-end" => Role::Inline,
        "text:note" | "text:ruby-text" | "office:annotation" => Role::Aside,
        "office:binary-data" | "office:scripts" | "office:script" => Role::Hidden,
        _ => Role::Block,
    },
    text: |name| {
        matches!(
            name,
            "text:p"
                | "text:h"
                | "text:span"
                | "text:a"
                | "text:ruby-base"
                | "text:ruby-text"
                | "text:meta"
                | "text:title"
                | "text:subject"
                | "text:description"
                | "text:keywords"
                | "text:index-title-template"
                | "text:index-entry-span"
                | "text:note-citation"
                | "svg:title"
                | "svg:desc"
        )
    },
    attribute: |_, name| name == "office:string-value",
    language: |_, name| name == "xml:lang",
    escaped: false,
    placeholders: false,
    components: false,
};

/// Dublin Core, as office documents have it.
static ABOUT: Vocabulary = Vocabulary {
    xml: true,
    role: |_| Role::Block,
    text: |name| {
        matches!(
            local(name),
            "title" | "subject" | "description" | "keywords" | "keyword" | "category"
        )
    },
    attribute: |_, _| false,
    language: |_, name| name == "xml:lang",
    escaped: false,
    placeholders: false,
    components: false,
};

/// A book's package document: Dublin Core, names of people and publishers too.
static BOOK: Vocabulary = Vocabulary {
    xml: true,
    role: |_| Role::Block,
    text: |name| {
        matches!(
            local(name),
            "title"
                | "subject"
                | "description"
                | "creator"
                | "contributor"
                | "publisher"
                | "rights"
        )
    },
    attribute: |element, name| local(element) == "reference" && name == "title",
    language: |_, name| name == "xml:lang",
    escaped: false,
    placeholders: false,
    components: false,
};

/// A book's table of contents (EPUB 2).
static NCX: Vocabulary = Vocabulary {
    xml: true,
    role: |_| Role::Block,
    text: |name| local(name) == "text",
    attribute: |_, _| false,
    language: |_, name| matches!(name, "lang" | "xml:lang"),
    escaped: false,
    placeholders: false,
    components: false,
};

/// The text with `language` elements (Dublin Core) that say traditional Chinese saying simplified.
fn with_language(text: String) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(found) = rest.find("language") {
        let behind = found + "language".len();
        let (before, tag) = rest.split_at(behind);
        result.push_str(before);
        rest = tag;
        let begins = before[..found].rfind('<').is_some_and(|open| {
            before[open + 1..found]
                .strip_suffix(':')
                .unwrap_or(&before[open + 1..found])
                .chars()
                .all(|c| c.is_ascii_alphanumeric())
        });
        let Some(end) = rest.find('>').filter(|_| begins) else {
            continue;
        };
        let (attributes, value) = rest.split_at(end + 1);
        let Some(close) = value.find('<').filter(|_| !attributes.ends_with("/>")) else {
            continue;
        };
        result.push_str(attributes);
        let said = &value[..close];
        let trimmed = said.trim();
        match declaration::simplified(trimmed) {
            Some(tag) if !trimmed.is_empty() => result.push_str(&said.replacen(trimmed, &tag, 1)),
            _ => result.push_str(said),
        }
        rest = &value[close..];
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_book_follows() {
        for (old, new) in [
            (
                "<dc:language>zh-TW</dc:language>",
                "<dc:language>zh-CN</dc:language>",
            ),
            (
                "<dc:language id=\"a\"> zh-Hant-HK </dc:language>",
                "<dc:language id=\"a\"> zh-Hans </dc:language>",
            ),
            (
                "<dc:language>en</dc:language><dc:language>zh-HK</dc:language>",
                "<dc:language>en</dc:language><dc:language>zh-CN</dc:language>",
            ),
            (
                "<a>language>zh-TW<</a><dc:language/>zh-TW",
                "<a>language>zh-TW<</a><dc:language/>zh-TW",
            ),
        ] {
            assert_eq!(with_language(old.to_owned()), new);
        }
    }
}
