//! The formats: one entry for each, from which its variant, its name and what rewrites it are made.

/// Hands the list of formats to a macro. An entry is a variant with its documentation, the name on the command line and in
/// reports, the endings of files' names, and what is done with a document:
///
/// - `plain`: all of it is text;
/// - `left`: nothing;
/// - `container`: its parts are documents;
/// - `rewritten(…)`: what rewrites it as a stream, made from the format and the settings;
/// - `held_at_need(…)`: the same, but what hangs on the document's end waits for it;
/// - `held(…)`: the same, once all of it is in memory;
/// - `coded`: its texts are each in an encoding of their own, see [`crate::rewrite_coded`].
///
/// A format that is read is a file beside this one and an entry here.
macro_rules! formats {
    ($make:ident) => {
        $make! {
            /// Nothing: plain text.
            Text "text" ["txt", "text"] plain;
            /// An HTML page.
            Html "html" ["html", "htm", "shtml"]
                rewritten(|_, settings| Box::new(Markup::new(&html::HTML, settings)));
            /// An HTML page that is well-formed XML and read as such: by its name, or a chapter of an EPUB book.
            Xhtml "xhtml" ["xhtml", "xht"]
                rewritten(|_, settings| Box::new(Markup::new(&html::XHTML, settings)));
            /// Markdown: CommonMark with GitHub's extensions, and front matter; Quarto and R Markdown are written so.
            Markdown "markdown" ["md", "markdown", "mdown", "mdwn", "mkd", "mkdn", "qmd", "rmd"]
                held_at_need(|_, settings| Box::new(Markdown::new(settings)));
            /// MDX: Markdown with tags and programs of JSX.
            Mdx "mdx" ["mdx"] held_at_need(|_, settings| Box::new(Markdown::mdx(settings)));
            /// SubRip subtitles.
            Srt "srt" ["srt"] rewritten(|format, _| Box::new(Subtitles::new(format)));
            /// WebVTT subtitles.
            WebVtt "vtt" ["vtt"] rewritten(|format, _| Box::new(Subtitles::new(format)));
            /// Advanced SubStation Alpha subtitles, and SSA.
            Ass "ass" ["ass", "ssa"] rewritten(|format, _| Box::new(Subtitles::new(format)));
            /// Lyrics with times.
            Lrc "lrc" ["lrc"] rewritten(|format, _| Box::new(Subtitles::new(format)));
            /// XML: TEI, DocBook, RSS and others.
            Xml "xml" ["xml", "tei", "rss", "atom", "dbk", "tmx", "opml", "svg"]
                rewritten(|_, settings| Box::new(Markup::new(&xml::XML, settings)));
            /// JSON.
            Json "json" ["json", "geojson", "arb", "jsonc", "code-workspace"]
                rewritten(|format, settings| Box::new(Json::new(format, settings)));
            /// JSON values, one a line.
            JsonLines "jsonl" ["jsonl", "ndjson"]
                rewritten(|_, settings| Box::new(JsonLines::new(settings)));
            /// A table; commas (or semicolons) between the cells.
            Csv "csv" ["csv"] rewritten(|format, settings| Box::new(Table::new(format, settings)));
            /// A table; tabs between the cells.
            Tsv "tsv" ["tsv", "tab"]
                rewritten(|format, settings| Box::new(Table::new(format, settings)));
            /// YAML: configuration, data, locales.
            Yaml "yaml" ["yaml", "yml"]
                held(|format, settings| Box::new(Whole::new(format, yaml::edit, settings)));
            /// TOML.
            Toml "toml" ["toml"]
                held(|format, settings| Box::new(Whole::new(format, toml::edit, settings)));
            /// INI and the like.
            Ini "ini" ["ini", "cfg", "conf", "inf", "desktop", "directory"]
                held(|format, settings| Box::new(Whole::new(format, properties::edit_ini, settings)));
            /// Java's properties.
            Properties "properties" ["properties"]
                held(|format, settings| Box::new(Whole::new(format, properties::edit, settings)));
            /// A catalogue of gettext.
            Po "po" ["po"] rewritten(|_, settings| Box::new(Catalogue::new(settings)));
            /// LaTeX.
            Latex "latex" ["tex", "ltx"]
                held(|format, settings| Box::new(Whole::new(format, latex::edit, settings)));
            /// A page of a wiki, as MediaWiki writes it.
            MediaWiki "mediawiki" ["wiki", "mediawiki"]
                held(|format, settings| Box::new(Whole::new(format, wiki::edit, settings)));
            /// reStructuredText.
            Rst "rst" ["rst"]
                held(|format, settings| Box::new(Whole::new(format, rst::edit, settings)));
            /// AsciiDoc.
            AsciiDoc "asciidoc" ["adoc", "asciidoc", "asc"]
                held(|format, settings| Box::new(Whole::new(format, asciidoc::edit, settings)));
            /// Org.
            Org "org" ["org", "org_archive"]
                held(|format, settings| Box::new(Whole::new(format, org::edit, settings)));
            /// Translations in XLIFF.
            Xliff "xliff" ["xliff", "xlf"]
                rewritten(|_, settings| Box::new(Markup::new(&localization::XLIFF, settings)));
            /// Resources of .NET.
            Resx "resx" ["resx", "resw"]
                rewritten(|_, settings| Box::new(Markup::new(&localization::RESX, settings)));
            /// A catalogue of Qt Linguist.
            QtTs "qt-ts" []
                rewritten(|_, settings| Box::new(Markup::new(&localization::QT, settings)));
            /// A table of strings, as Apple's systems have them.
            Strings "strings" ["strings"]
                held(|format, settings| Box::new(Whole::new(format, strings::edit, settings)));
            /// A calendar or an address book.
            Calendar "calendar" ["ics", "ical", "vcf", "vcard"]
                held(|format, settings| Box::new(Whole::new(format, calendar::edit, settings)));
            /// A Jupyter notebook.
            Notebook "notebook" ["ipynb"]
                held(|format, settings| Box::new(Whole::new(format, notebook::edit, settings)));
            /// A mail, or a page saved as one (MHTML).
            Mail "mail" ["eml", "mht", "mhtml"] coded;
            /// A mailbox: mails one after another.
            Mbox "mbox" ["mbox"] coded;
            /// Rich Text Format.
            Rtf "rtf" ["rtf"] coded;
            /// Source code, which is left as it is.
            Code "code" [] left;
            /// An EPUB book.
            Epub "epub" ["epub"] container;
            /// A Word document.
            Docx "docx" ["docx", "docm", "dotx"] container;
            /// An Excel workbook.
            Xlsx "xlsx" ["xlsx", "xlsm"] container;
            /// A PowerPoint presentation.
            Pptx "pptx" ["pptx", "pptm", "ppsx"] container;
            /// An OpenDocument text, spreadsheet or presentation.
            Odf "odf" ["odt", "ods", "odp", "ott"] container;
            /// A ZIP archive of documents.
            Zip "zip" ["zip"] container;
            /// A TAR archive of documents.
            Tar "tar" ["tar"] container;
            /// A web archive: pages as they came from the web.
            Warc "warc" ["warc", "wet"] container;
            /// A Parquet file: columns of values.
            Parquet "parquet" ["parquet"] container;
        }
    };
}
pub(crate) use formats;
