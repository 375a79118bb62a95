//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgGroup, Parser, ValueEnum};
use jianti::Format;
use jianti::convert::Config;
use jianti::decode::Encoding;

/// Turn directories of mixed-script Chinese articles into consistent simplified text.
///
/// Reads UTF-8, GBK, GB18030, Big5 and UTF-16, converts as OpenCC does, and says what it did to each file.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 all well, 1 --check found something to change, 2 something failed (the other files are done all the same), \
130 interrupted."
)]
#[command(group = ArgGroup::new("action").args(["output", "in_place", "check", "diff"]))]
pub struct Cli {
    /// Files and directories; none, or -, for standard input. Without -o, -i, --check or --diff the text of files goes
    /// to standard output
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Write to this directory. The contents of a single directory PATH go straight into it; several PATHs go in under
    /// their own names. Binary files are copied as they are. Permissions and modification times are kept
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,

    /// Replace the files that change; with SUFFIX (-i=.bak) the old file is kept under that name.
    /// Symbolic links are never written through. Permissions are kept; the modification time is the time of the change
    #[arg(short, long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub in_place: Option<OsString>,

    /// Write nothing; print the files that would change, and exit with 1 if there are any
    #[arg(long)]
    pub check: bool,

    /// Write nothing; print what would change as a unified diff of the text
    #[arg(long)]
    pub diff: bool,

    /// Do everything but write (with -o or -i)
    #[arg(short = 'n', long)]
    pub dry_run: bool,

    /// What is converted how: auto takes any script and any mix, and decides at each place; the others are
    /// OpenCC's configurations for all text alike: t2s (traditional), tw2s (Taiwan), hk2s (Hong Kong), tw2sp and hk2sp
    /// (the same with mainland vocabulary)
    #[arg(short, long, value_name = "NAME", default_value = "auto")]
    pub config: Config,

    /// What punctuation marks become: chinese sets them as the mainland does, , ; : ? ! ( ) after Chinese text in full
    /// width, “” for 「」, ……, ——, letters and digits in ASCII; spaces that a scraper set after every character go
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub punctuation: Punctuation,

    /// Which documents are converted: chinese ones, or any. The others are copied byte for byte
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub language: Language,

    /// Also write rare simplified characters that many fonts lack, e.g. 𫗰 for 䭔
    #[arg(long)]
    pub rare: bool,

    /// A dictionary of your own in OpenCC's text format: key, tab, value. The longest key wins, then yours. May be given
    /// several times; of equal keys the first counts
    #[arg(long, value_name = "FILE")]
    pub dict: Vec<PathBuf>,

    /// What converts: the engine of this program, or OpenCC's library (for comparison; much slower)
    #[arg(long, value_name = "ENGINE", value_enum, default_value_t)]
    pub engine: Engine,

    /// The encoding of the input; told from each file if not given
    #[arg(short, long, value_name = "NAME")]
    pub encoding: Option<Encoding>,

    /// The encoding of the output
    #[arg(long, value_name = "NAME", default_value = "utf-8")]
    pub to_encoding: Encoding,

    /// What to do about damage that scraping programs did, such as 會(huì) or 河?xùn)|區
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    pub repair: Repair,

    /// Print each damaged place: where, what stands there, what belongs there, the rule, the bytes, other candidates; and
    /// each character that could be two things, where little tells which. Goes to standard error; --report holds it too
    #[arg(long)]
    pub explain: bool,

    /// What the text is wrapped in: text, html, xhtml, markdown, srt, vtt, ass, lrc, xml, json, jsonl, csv, tsv; told from
    /// each file's name and beginning if not given. Only text that people read is converted
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Leave program code in HTML pages as it is (pre, code, kbd, samp); in Markdown it always is
    #[arg(long)]
    pub keep_code: bool,

    /// Only these strings of JSON and columns of CSV and TSV: a JSON Pointer, in which * stands for any step
    /// (/items/*/title), a member's name at any depth, or a column's name. May be given several times; all if not given.
    /// Keys are never converted
    #[arg(long, value_name = "NAME")]
    pub field: Vec<String>,

    /// Convert names too, of files and of the directories below PATH (with -o, PATH's own too). If two names become one,
    /// nothing is done. Symbolic links to what is renamed are not adjusted
    #[arg(long)]
    pub names: bool,

    /// Go into ZIP and TAR archives (.tar.gz and the like too): convert the text in them, and keep everything else as it is.
    /// Without it they are binary files. Compressed files (.gz, .bz2, .xz, .zst), books and office documents always are
    /// gone into
    #[arg(long)]
    pub archives: bool,

    /// Unpack files however much comes out. Without it, more than 200 times a file's size (and more than 16 MiB) is taken
    /// for a decompression bomb, as is more than 16 GiB
    #[arg(long)]
    pub no_limits: bool,

    /// Put U+FFFD in place of what cannot be decoded, and ? in place of what the output's encoding lacks, instead of
    /// failing; the report counts them
    #[arg(long)]
    pub lossy: bool,

    /// Only files that match, or with a leading ! only files that do not; as in .gitignore, and may be given several
    /// times. Files named on the command line are always taken
    #[arg(short, long, value_name = "GLOB")]
    pub glob: Vec<String>,

    /// Also hidden files and directories
    #[arg(long)]
    pub hidden: bool,

    /// Do not respect .gitignore, .ignore and other ignore files
    #[arg(long)]
    pub no_ignore: bool,

    /// Follow symbolic links in directories; otherwise they are skipped
    #[arg(long, conflicts_with = "in_place")]
    pub follow: bool,

    /// Threads; 0 for one for each processor
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0)]
    pub threads: usize,

    /// Write a report as JSON Lines, one object for each file; - for standard output. It also counts what is left outside
    /// 《通用规范汉字表》, by character
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// No summary and no progress bar; errors are still printed
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print a line for each file
    #[arg(short, long)]
    pub verbose: bool,
}

/// What is done about damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Repair {
    /// Repair what shows what it was; leave and count the rest.
    #[default]
    Auto,
    /// Do not look for damage.
    Off,
    /// Change nothing (but still convert); print what would be repaired, as --explain does.
    Report,
}

/// What punctuation marks become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Punctuation {
    /// Chinese marks around Chinese text.
    #[default]
    Chinese,
    /// What they are.
    Keep,
}

/// Which documents are converted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Chinese ones; Japanese, Korean and other documents are left alone.
    #[default]
    Chinese,
    /// All.
    Any,
}

/// What converts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The engine of this program.
    #[default]
    Builtin,
    /// OpenCC's C++ library, through opencc-rust.
    #[cfg(feature = "opencc")]
    Opencc,
}
