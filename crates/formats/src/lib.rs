//! Documents whose text is wrapped in something else: pages, tables, subtitles, books, archives.
//!
//! A format finds the passages of text in a document and hands them to a [`TextSink`]; everything else comes back
//! byte for byte. Formats are span editors: they look for where text stands and copy what is between, and never write a
//! document anew. What the sink makes of the text is not their business.
#![forbid(unsafe_code)]

mod ahead;
mod align;
mod anchor;
pub mod archive;
mod asciidoc;
mod bilingual;
mod calendar;
mod characters;
mod code;
mod code_language;
mod code_particular;
mod code_passage;
mod code_php;
mod code_scan;
mod code_syntax;
mod code_table;
mod code_text;
mod code_vue;
mod coded;
mod columns;
mod declaration;
mod directives;
mod error;
mod escape;
mod fault;
mod fields;
mod format;
mod fragment;
mod front_matter;
mod html;
#[cfg(test)]
mod html5lib;
mod identifier;
mod json;
mod json_lines;
mod json_tokens;
mod latex;
mod link;
mod localization;
mod machine_read;
pub mod mail;
mod markdown;
mod markdown_directive;
mod markdown_filled;
mod markdown_formulas;
mod markdown_html;
mod markdown_indented;
mod markdown_labels;
mod markdown_lines;
mod markdown_marks;
mod markdown_parsed;
mod markdown_parts;
mod markdown_pass;
mod markdown_script;
mod markdown_title;
mod markup;
mod markup_cells;
mod markup_text;
mod messages;
mod named;
mod notebook;
mod object;
pub mod office;
mod office_part;
mod org;
#[cfg(feature = "parquet")]
pub mod parquet;
mod piece;
mod placeholder;
mod po;
mod properties;
mod prose;
mod reference;
mod registry;
mod rewrite_coded;
mod rewriter;
mod rewriters;
mod rst;
mod rst_inline;
mod rst_lines;
mod rst_names;
mod rtf;
mod scalar;
mod sink;
mod spoken;
mod strings;
mod subtitles;
mod table;
mod taken_spaces;
mod token;
mod toml;
mod unsupported;
mod vocabulary;
mod weight;
mod whole;
mod wiki;
mod xml;
mod yaml;

pub use code_text::{code_rewriter, knows_code};
pub use coded::{Coded, Parts};
pub use error::{Error, ParquetRefusal, Refusal};
pub use fault::{ArchiveFault, DocumentFault, ParquetFault};
pub use format::{Format, UnknownFormat};

pub use object::{FORMULA, is_kept_out};
pub use rewrite_coded::rewrite_coded;
pub use rewriter::{Rewriter, Settings};
pub use rewriters::{rewrite, rewriter};
pub(crate) use sink::ENOUGH;
pub use sink::TextSink;
pub use unsupported::unsupported;
