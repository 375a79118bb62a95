//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Parser, ValueEnum};
use jianti::Config;
use jianti::Format;
use jianti::encoding::{Encoding, UnknownEncoding};

/// Turn directories of mixed-script Chinese articles into consistent simplified text.
///
/// Reads UTF-8, GBK, GB 18030, Big5, UTF-16 and others; repairs what scrapers damaged, converts characters and marks, and leaves
/// everything that is not Chinese text as it is. Results are UTF-8.
#[derive(Debug, Parser)]
#[command(
    name = "jianti",
    version,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 success, 1 --check found something to change, 2 something failed (the other files are done all the same), \
130 interrupted."
)]
#[command(group = ArgGroup::new("action").args(["output", "in_place", "check", "diff", "restore"]))]
pub struct Cli {
    /// Files and directories; none, or -, for standard input
    ///
    /// Without -o, -i, --check or --diff the text of files goes to standard output.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Write results to this directory
    ///
    /// The contents of a single directory PATH go straight into it; several PATHs go in under their own names. Binary
    /// files are copied as they are. Permissions and modification times are kept.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,

    /// Replace the files that change; -i=.bak keeps each old file beside the new one
    ///
    /// Symbolic links are never written through. Permissions are kept; the modification time is the time of the change.
    #[arg(short, long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub in_place: Option<OsString>,

    /// Put back the files that -i=SUFFIX kept; with SUFFIX, only those kept under it
    ///
    /// What they were converted to is replaced, edits made since included.
    #[arg(long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub restore: Option<OsString>,

    /// Write nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    pub check: bool,

    /// Write nothing; print what would change as a unified diff
    #[arg(long)]
    pub diff: bool,

    /// Skip files that an earlier run has done and that have not changed since (with -o or -i)
    ///
    /// A run with --update lists what it has done, and with which build and options, in .jianti-state (in DIR, or in the
    /// directory that is converted in place), and skips what it finds there. Whether a file has changed is told by its
    /// inode number, size and times, or with --update=content by its content.
    #[arg(long, value_name = "BY", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "times")]
    pub update: Option<Update>,

    /// Do not wait until results are on the disk
    ///
    /// Faster, but a power loss soon after the run may leave empty files.
    #[arg(long)]
    pub no_sync: bool,

    /// Do everything but write (with -o, -i or --restore)
    #[arg(short = 'n', long)]
    pub dry_run: bool,

    /// How characters are converted: auto, t2s, tw2s, tw2sp, hk2s or hk2sp
    ///
    /// auto decides each character where it stands, in traditional, simplified and mixed text alike. The others convert all
    /// text as OpenCC does: t2s (traditional), tw2s (Taiwan), hk2s (Hong Kong), tw2sp and hk2sp (the same, to mainland
    /// vocabulary).
    #[arg(short, long, value_name = "NAME", default_value = "auto")]
    pub config: Config,

    /// Convert exactly as OpenCC does, and do nothing else (with -c t2s and the like)
    ///
    /// No repair, no marks, documents in any language. Of pages, books and tables only the text is converted all the same;
    /// with --format text all of a file is.
    #[arg(long, requires = "config", conflicts_with_all = ["punctuation", "language", "repair"])]
    pub exact: bool,

    /// What happens to punctuation marks
    ///
    /// chinese sets the marks of Chinese sentences as the mainland does: , ; : ? ! ( ) and the full stop in full width, “”
    /// for 「」 and straight quotation marks, ……, ——; letters and digits in ASCII. Spaces that a scraper set after every
    /// character are removed. Marks in code, numbers, addresses and other languages stay.
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub punctuation: Punctuation,

    /// Which documents are converted: Chinese ones, or any; the others are copied byte for byte
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub language: Language,

    /// Also write rare simplified characters that many fonts lack, such as 𫗰 for 䭔
    #[arg(long)]
    pub rare: bool,

    /// A dictionary of your own, in OpenCC's text format: key, tab, value
    ///
    /// The longest key wins; of equal keys yours does. May be given several times; of equal keys the first counts.
    #[arg(long, value_name = "FILE")]
    pub dict: Vec<PathBuf>,

    /// The engine that converts: this program's, or OpenCC's library (for comparison; much slower)
    #[arg(long, value_name = "ENGINE", value_enum, default_value_t)]
    pub engine: Engine,

    /// The encoding of the input; detected for each file if not given
    #[arg(short, long, value_name = "NAME")]
    pub encoding: Option<Encoding>,

    /// The encoding of the output; same for each file's own
    #[arg(long, value_name = "NAME", default_value = "utf-8")]
    pub to_encoding: ToEncoding,

    /// What becomes of a byte order mark
    ///
    /// auto keeps it in CSV and TSV, by which Excel tells UTF-8, and in source code, and removes it elsewhere.
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub bom: Bom,

    /// What to do about damage, such as 會(huì) or 河?xùn)|區
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub repair: Repair,

    /// Print each damaged place and each doubtful choice to standard error, and put them into the --report
    ///
    /// A line holds the file, the byte offset, the rule, what stands there, what belongs there, its bytes, and what else may
    /// belong there.
    #[arg(long)]
    pub explain: bool,

    /// The format of the input; told by each file's name and beginning if not given
    ///
    /// Only what people read is converted, whatever the format. FORMAT is text for plain text, or html, json, epub and so on;
    /// an unknown name prints the whole list.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Leave program code in HTML pages as it is (pre, code, kbd, samp)
    ///
    /// Code in Markdown always stays, and files of source code do without --code.
    #[arg(long)]
    pub keep_code: bool,

    /// Convert the characters of comments and strings in files of source code
    ///
    /// Marks and names never change. A language whose comments and strings are not known stays as it is, and -v and the
    /// report say so.
    #[arg(long)]
    pub code: bool,

    /// Convert only this field of JSON, or this column of CSV and TSV
    ///
    /// NAME is a JSON Pointer, in which * stands for any step (/items/*/title), a member's name at any depth, or a column's
    /// name. May be given several times; all fields are converted if not given. Keys are never converted.
    #[arg(long, value_name = "NAME")]
    pub field: Vec<String>,

    /// Refuse a whole JSON Lines file for one bad line
    ///
    /// Without this option a line that is no JSON stays as it is and is reported, the others are converted, and the exit
    /// code is 2.
    #[arg(long)]
    pub strict: bool,

    /// Convert the names of files and directories too
    ///
    /// Those below PATH; with -o, PATH's own too. If two names would become one, nothing is done. Symbolic links to what is
    /// renamed are not adjusted.
    #[arg(long)]
    pub names: bool,

    /// Convert the text in ZIP, TAR and web archives (WARC) too (.tar.gz and the like included)
    ///
    /// Everything else in them stays. Without this option they are binary files. Compressed files (.gz, .bz2, .xz, .zst),
    /// books and office documents are always converted.
    #[arg(long)]
    pub archives: bool,

    /// Unpack files however large they become
    ///
    /// Without this option, more than 200 times a file's size (and more than 16 MiB) is taken for a decompression bomb, as
    /// is more than 16 GiB.
    #[arg(long)]
    pub no_limits: bool,

    /// Replace what cannot be decoded by U+FFFD, and what cannot be encoded by ?, instead of failing
    ///
    /// The report counts both.
    #[arg(long)]
    pub lossy: bool,

    /// Only files that match; with a leading !, only files that do not
    ///
    /// As in .gitignore; may be given several times. Files named on the command line are always taken.
    #[arg(short, long, value_name = "GLOB")]
    pub glob: Vec<String>,

    /// Also hidden files and directories
    #[arg(long)]
    pub hidden: bool,

    /// Do not respect .gitignore, .ignore and other ignore files
    #[arg(long)]
    pub no_ignore: bool,

    /// Follow symbolic links in directories; otherwise they are skipped (not with -i)
    #[arg(long, conflicts_with = "in_place")]
    pub follow: bool,

    /// How many threads; 0 for one per processor
    ///
    /// At most two per processor, or 16.
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0)]
    pub threads: usize,

    /// Write a report as JSON Lines, one object for each file; - for standard output
    ///
    /// It also counts the characters of the output that 《通用规范汉字表》 lacks.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Tell in the report of each record too: line, outcome and, with FIELD, what that field says
    ///
    /// Records are the lines of JSON Lines, the elements of a JSON array and the rows of CSV and TSV; FIELD is a member of
    /// theirs, or a column. Their objects have the field line, and stand before that of their file.
    #[arg(long, value_name = "FIELD", requires = "report", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub report_records: Option<String>,

    /// Print errors only: no summary and no progress bar
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print a line for each file
    #[arg(short, long)]
    pub verbose: bool,
}

/// What is done about damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Repair {
    /// Repair what is clear; leave the rest and count it.
    #[default]
    Auto,
    /// Do not look for damage.
    Off,
    /// Repair nothing (but still convert); print what would be repaired.
    Report,
}

/// The encoding of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToEncoding {
    /// Each file's own.
    Same,
    /// This one.
    Named(Encoding),
}

impl FromStr for ToEncoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<ToEncoding, UnknownEncoding> {
        Ok(match name {
            "same" => ToEncoding::Same,
            name => ToEncoding::Named(name.parse()?),
        })
    }
}

/// What becomes of a byte order mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Bom {
    /// Kept in tables and source code.
    #[default]
    Auto,
    /// Kept.
    Keep,
    /// Removed.
    Remove,
}

/// What tells that a file has not changed since an earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Update {
    /// Its inode number, its size and its times.
    Times,
    /// Its content.
    Content,
}

/// What happens to punctuation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Punctuation {
    /// Chinese marks in Chinese sentences.
    #[default]
    Chinese,
    /// All marks stay as they are.
    Keep,
}

/// Which documents are converted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Chinese documents; Japanese, Korean and others stay as they are.
    #[default]
    Chinese,
    /// All documents.
    Any,
}

/// The engine that converts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The engine of this program.
    #[default]
    Builtin,
    /// OpenCC's C++ library, through opencc-rust.
    #[cfg(feature = "opencc")]
    Opencc,
}
