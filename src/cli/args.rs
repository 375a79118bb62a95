//! The command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Parser};
use jianti::Config;
use jianti::Format;
use jianti::encoding::Encoding;

pub use super::values::*;

/// Turn directories of mixed-script Chinese articles into consistent simplified text.
///
/// Reads UTF-8, GBK, GB 18030, Big5, UTF-16 and others; repairs what scrapers damaged, converts characters and marks, and leaves
/// everything that is not Chinese text as it is. Results are UTF-8.
#[derive(Debug, Parser)]
#[command(
    name = "jianti",
    disable_version_flag = true,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 success, 1 --check or --diff found something to change, 2 something failed. --help explains all options.",
    after_long_help = "\
Exit codes: 0 success, 1 --check or --diff found something to change, 2 something failed (the other files are done all the same), \
130 interrupted."
)]
#[command(group = ArgGroup::new("action").args(["output", "in_place", "check", "diff", "detect", "restore"]))]
pub struct Cli {
    /// Files and directories; none, or -, for standard input
    ///
    /// Without -o, -i, --check or --diff the text of files goes to standard output.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Write results to this directory, or of one file to this file
    ///
    /// The contents of a single directory PATH go straight into it; several PATHs go in under their own names. Binary
    /// files are copied as they are. Permissions and modification times are kept. OUT is a file if PATH is one and OUT is
    /// one already, or is yet to be made and its name has an ending (out.txt).
    #[arg(short, long, value_name = "OUT", help_heading = "What is done")]
    pub output: Option<PathBuf>,

    /// Replace files that change; -i=.bak keeps the old ones
    ///
    /// Symbolic links are never written through. Permissions are kept; the modification time is the time of the change.
    #[arg(short, long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "", help_heading = "What is done")]
    pub in_place: Option<OsString>,

    /// Put back the files that -i=SUFFIX kept; with SUFFIX, only those kept under it
    ///
    /// What they were converted to is replaced, edits made since included.
    #[arg(long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "", help_heading = "What is done", hide_short_help = true)]
    pub restore: Option<OsString>,

    /// List the files that would change; exit code 1 if any would
    ///
    /// Nothing is written.
    #[arg(long, help_heading = "What is done")]
    pub check: bool,

    /// Show what would change; exit code 1 if anything would
    ///
    /// Nothing is written; a unified diff is printed, also of documents in books, office documents, compressed files and archives. On a terminal in colour, with what
    /// changed marked within each line.
    #[arg(long, help_heading = "What is done")]
    pub diff: bool,

    /// Print encoding, language, script and format of each file
    ///
    /// In columns with tabs between them, the path last; --detect=json as JSON Lines. Nothing is written.
    #[arg(long, value_name = "FORM", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "text", help_heading = "What is done", hide_possible_values = true)]
    pub detect: Option<Detect>,

    /// Skip what an earlier run with --update has done
    ///
    /// With -o or -i. A run with --update lists what it has done, and with which build and options, in .jianti-state (in OUT, or in the
    /// directory that is converted in place), and skips what it finds there. Whether a file has changed is told by its
    /// inode number, size and times, or with --update=content by its content.
    #[arg(long, value_name = "BY", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "times", help_heading = "What is done", hide_possible_values = true)]
    pub update: Option<Update>,

    /// Do not wait until results are on the disk
    ///
    /// Faster, but a power loss soon after the run may leave empty files.
    #[arg(long, help_heading = "What is done", hide_short_help = true)]
    pub no_sync: bool,

    /// Do everything but write (with -o, -i or --restore)
    #[arg(short = 'n', long, help_heading = "What is done")]
    pub dry_run: bool,

    /// How: auto, or as OpenCC t2s, tw2s, tw2sp, hk2s, hk2sp
    ///
    /// auto decides each character where it stands, in traditional, simplified and mixed text alike. The others convert all
    /// text as OpenCC does: t2s (traditional), tw2s (Taiwan), hk2s (Hong Kong), tw2sp and hk2sp (the same, to mainland
    /// vocabulary).
    #[arg(
        short,
        long,
        value_name = "NAME",
        default_value = "auto",
        help_heading = "Conversion"
    )]
    pub config: Config,

    /// Convert exactly as OpenCC does, and do nothing else (with -c t2s and the like)
    ///
    /// No repair, no marks, documents in any language. Of pages, books and tables only the text is converted all the same;
    /// with --format text all of a file is.
    #[arg(long, requires = "config", conflicts_with_all = ["punctuation", "language", "repair"], help_heading = "Conversion", hide_short_help = true)]
    pub exact: bool,

    /// What becomes of marks
    ///
    /// chinese sets the marks of Chinese sentences as the mainland does: , ; : ? ! ( ) and the full stop in full width, “”
    /// for 「」 and straight quotation marks, ……, ——; letters and digits in ASCII. Spaces that a scraper set after every
    /// character are removed. Marks in code, numbers, addresses and other languages stay.
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        default_value_t,
        help_heading = "Conversion",
        hide_possible_values = true
    )]
    pub punctuation: Punctuation,

    /// Which documents are converted: Chinese ones, or any; the others are copied byte for byte
    #[arg(
        long,
        value_name = "WHICH",
        value_enum,
        default_value_t,
        help_heading = "Conversion",
        hide_short_help = true
    )]
    pub language: Language,

    /// Also write rare simplified characters that many fonts lack, such as 𫗰 for 䭔
    #[arg(long, help_heading = "Conversion", hide_short_help = true)]
    pub rare: bool,

    /// A dictionary of your own, in OpenCC's text format: key, tab, value
    ///
    /// The longest key wins; of equal keys yours does. May be given several times; of equal keys the first counts.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Conversion",
        hide_short_help = true
    )]
    pub dict: Vec<PathBuf>,

    /// The engine that converts: this program's, or OpenCC's library (for comparison; much slower)
    #[arg(
        long,
        value_name = "ENGINE",
        value_enum,
        default_value_t,
        help_heading = "Conversion",
        hide_short_help = true
    )]
    pub engine: Engine,

    /// The encoding of the input; told from each file if not given
    #[arg(
        short,
        long,
        value_name = "NAME",
        help_heading = "Formats and encodings"
    )]
    pub encoding: Option<Encoding>,

    /// The encoding of the output; same for each file's own
    #[arg(
        long,
        value_name = "NAME",
        default_value = "utf-8",
        help_heading = "Formats and encodings",
        hide_short_help = true
    )]
    pub to_encoding: ToEncoding,

    /// What becomes of a byte order mark
    ///
    /// auto keeps it in CSV and TSV, by which Excel tells UTF-8, and in source code, and removes it elsewhere.
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        default_value_t,
        help_heading = "Formats and encodings",
        hide_short_help = true
    )]
    pub bom: Bom,

    /// What to do about damage, such as 會(huì) or 河?xùn)|區
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        default_value_t,
        help_heading = "Conversion",
        hide_short_help = true
    )]
    pub repair: Repair,

    /// Print each repair and choice, with what decided
    ///
    /// A line holds the file, the line and the column; the rule, or the word that decided and how sure that is; what stands
    /// there, what it became, what else it could be; and what stands around it. On standard error, and in the --report.
    #[arg(long, help_heading = "What is printed")]
    pub explain: bool,

    /// The format of the input; told by each file's name and beginning if not given
    ///
    /// Only what people read is converted, whatever the format. FORMAT is text for plain text, or html, json, epub and so on;
    /// an unknown name prints the whole list.
    #[arg(
        long,
        value_name = "FORMAT",
        help_heading = "Formats and encodings",
        hide_short_help = true
    )]
    pub format: Option<Format>,

    /// Leave program code in HTML pages as it is (pre, code, kbd, samp)
    ///
    /// Code in Markdown always stays, and files of source code do without --code.
    #[arg(long, help_heading = "Formats and encodings", hide_short_help = true)]
    pub keep_code: bool,

    /// Convert the characters of comments and strings in files of source code
    ///
    /// Marks and names never change. A language whose comments and strings are not known stays as it is, and -v and the
    /// report say so.
    #[arg(long, help_heading = "Formats and encodings", hide_short_help = true)]
    pub code: bool,

    /// Convert only this field of JSON, or this column of CSV, TSV and Parquet
    ///
    /// NAME is a JSON Pointer, in which * stands for any step (/items/*/title), a member's name at any depth, or a column's
    /// name. May be given several times; all fields are converted if not given, but for Parquet, which stays then. Keys are
    /// never converted.
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Formats and encodings",
        hide_short_help = true
    )]
    pub field: Vec<String>,

    /// Add columns to Parquet that tell what came of each row
    ///
    /// Behind the file's own: jianti_error, jianti_language, jianti_script, jianti_changed, a count for each kind of repair,
    /// jianti_open, jianti_lost, jianti_doubtful and jianti_version; of several columns of text they are sums. PREFIX is written
    /// instead of jianti_. A file of which no text changes gets them too. Other formats are converted without them.
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, require_equals = true, default_missing_value = "jianti_", help_heading = "Formats and encodings", hide_short_help = true)]
    pub outcome_columns: Option<String>,

    /// Refuse a whole file of JSON Lines or Parquet for one bad line or row
    ///
    /// Without this option a line that is no JSON and a row that is no UTF-8 stay as they are and are reported, the others are
    /// converted, and the exit code is 2.
    #[arg(long, help_heading = "Formats and encodings", hide_short_help = true)]
    pub strict: bool,

    /// Convert the names of files and directories too
    ///
    /// Those below PATH; with -o, PATH's own too. If two names would become one, nothing is done. Symbolic links to what is
    /// renamed are not adjusted.
    #[arg(long, help_heading = "Conversion", hide_short_help = true)]
    pub names: bool,

    /// Convert the text in ZIP, TAR and web archives (WARC) too (.tar.gz and the like included)
    ///
    /// Everything else in them stays. Without this option they are binary files. Compressed files (.gz, .bz2, .xz, .zst),
    /// books and office documents are always converted.
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    pub archives: bool,

    /// Unpack files however large they become
    ///
    /// Without this option, more than 200 times a file's size (and more than 16 MiB) is taken for a decompression bomb, as
    /// is more than 16 GiB.
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    pub no_limits: bool,

    /// Replace what cannot be decoded by U+FFFD, and what cannot be encoded by ?, instead of failing
    ///
    /// The report counts both.
    #[arg(long, help_heading = "Formats and encodings", hide_short_help = true)]
    pub lossy: bool,

    /// Only files that match; with a leading !, that do not
    ///
    /// As in .gitignore; may be given several times. Files named on the command line are always taken.
    #[arg(short, long, value_name = "GLOB", help_heading = "Which files")]
    pub glob: Vec<String>,

    /// Not files and directories that match; the same as -g '!GLOB'
    #[arg(
        long,
        value_name = "GLOB",
        help_heading = "Which files",
        hide_short_help = true
    )]
    pub exclude: Vec<String>,

    /// Only files that were changed since then
    ///
    /// WHEN is a time ago (2d, 12h), a date (2026-11-25, 2026-11-25T18:00), or a file, whose time of change counts. Files
    /// that are named are taken only if they are newer, too.
    #[arg(
        long,
        value_name = "WHEN",
        help_heading = "Which files",
        hide_short_help = true
    )]
    pub newer_than: Option<String>,

    /// Also the files and directories that FILE lists, one on a line; - for standard input
    ///
    /// With -o their results keep their folders below OUT.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Which files",
        hide_short_help = true
    )]
    pub files_from: Option<PathBuf>,

    /// The lines of --files-from end in NUL, as find -print0 writes them
    #[arg(
        short = '0',
        long = "null",
        requires = "files_from",
        help_heading = "Which files",
        hide_short_help = true
    )]
    pub null: bool,

    /// The name of what comes from standard input: tells its format, and stands in messages
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Which files",
        hide_short_help = true
    )]
    pub stdin_filename: Option<PathBuf>,

    /// Also hidden files and directories
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    pub hidden: bool,

    /// Do not respect .gitignore, .ignore and other ignore files
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    pub no_ignore: bool,

    /// Follow symbolic links in directories; otherwise they are skipped (not with -i)
    #[arg(
        short = 'L',
        long,
        conflicts_with = "in_place",
        help_heading = "Which files",
        hide_short_help = true
    )]
    pub follow: bool,

    /// How many threads; 0 for one per processor
    ///
    /// At most two per processor, or 16.
    #[arg(
        short = 'j',
        long,
        value_name = "N",
        default_value_t = 0,
        help_heading = "Other",
        hide_short_help = true
    )]
    pub threads: usize,

    /// Write a report as JSON Lines; - for standard output
    ///
    /// It also counts the characters of the output that 《通用规范汉字表》 lacks.
    #[arg(long, value_name = "FILE", help_heading = "What is printed")]
    pub report: Option<PathBuf>,

    /// Tell in the report of each record too: line, outcome and, with FIELD, what that field says
    ///
    /// Records are the lines of JSON Lines, the elements of a JSON array, the rows of CSV and TSV, and the strings of Parquet;
    /// FIELD is a member of theirs, or a column, but not of Parquet. Their objects have the field line, and stand before that of
    /// their file.
    #[arg(long, value_name = "FIELD", requires = "report", num_args = 0..=1, require_equals = true, default_missing_value = "", help_heading = "What is printed", hide_short_help = true)]
    pub report_records: Option<String>,

    /// Write a page that shows what was done
    ///
    /// A self-contained HTML file that opens without a network, in English or Chinese. It stays small however many files there
    /// are: totals are of all of them, the table holds up to 2,000, those with something in doubt first.
    #[arg(long, value_name = "FILE", help_heading = "What is printed")]
    pub review: Option<PathBuf>,

    /// When there are colours; NO_COLOR turns them off too
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "What is printed",
        hide_short_help = true
    )]
    pub color: Color,

    /// How errors, and the files that --check finds, are written
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        help_heading = "What is printed",
        hide_short_help = true
    )]
    pub format_errors: ErrorFormat,

    /// Do not read jianti.toml
    ///
    /// Options are read from the file of this name in the folder of the inputs, or in one above it. What is given on the
    /// command line counts instead.
    #[arg(long, help_heading = "Other", hide_short_help = true)]
    pub no_config: bool,

    /// The language of all that is said to people; auto for the locale's
    ///
    /// What programs read is the same in either: the messages in --report and --detect=json are in English.
    #[arg(
        long,
        value_name = "LANGUAGE",
        value_enum,
        default_value_t,
        help_heading = "What is printed",
        hide_short_help = true
    )]
    pub lang: Lang,

    /// Print the man page, or completions for a shell
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        help_heading = "Other",
        hide_short_help = true
    )]
    pub generate: Option<Generate>,

    /// Print the version; with -v also of what it is made
    #[arg(short = 'V', long, help_heading = "Other", hide_short_help = true)]
    pub version: bool,

    /// Print errors only
    #[arg(
        short,
        long,
        conflicts_with = "verbose",
        help_heading = "What is printed"
    )]
    pub quiet: bool,

    /// Print a line for each file
    #[arg(short, long, help_heading = "What is printed")]
    pub verbose: bool,
}

impl Cli {
    /// Whether no PATH names a file: standard input is meant, unless a list names some.
    pub fn names_no_file(&self) -> bool {
        self.paths.iter().all(|path| path == Path::new("-"))
    }
}
