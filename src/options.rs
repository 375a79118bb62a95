//! What a normalizer does.

use jianti_formats::Format;
use jianti_opencc::{Config, Dictionary};
use jianti_text::encoding::Encoding;

/// What a [`Normalizer`](crate::Normalizer) does. By default it reads any encoding, repairs, converts and punctuates what each
/// document needs, and writes UTF-8. Options to come are no break: they are set on the defaults, see [`Options::with`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Options {
    /// What is converted how.
    pub config: Config,
    /// What punctuation marks become.
    pub punctuation: Punctuation,
    /// Also convert documents in other languages than Chinese, which are left alone otherwise.
    pub any_language: bool,
    /// Also write simplified characters that many fonts lack (OpenCC's `--include-tofu-risk-dictionaries`).
    pub rare: bool,
    /// The user's own dictionaries, whose entries come before all others; of equal keys the one listed first counts.
    pub dictionaries: Vec<Dictionary>,
    /// Which engine converts.
    pub engine: Engine,
    /// The input's encoding; told from the input if `None`.
    pub encoding: Option<Encoding>,
    /// What is done about damage.
    pub repair: Repair,
    /// Whether [`Outcome::sites`](crate::Outcome::sites) tells of each damaged place, [`Outcome::doubts`](crate::Outcome::doubts)
    /// of each doubtful one, and [`Outcome::choices`](crate::Outcome::choices) of each other choice that changed a character.
    pub explain: bool,
    /// The most places of each of these kinds that are told of a document, so that they stay small whatever it holds; all if
    /// `None`. The counts are of all.
    pub explain_most: Option<usize>,
    /// What a document's text is wrapped in; told from each document and its name if `None`.
    pub format: Option<Format>,
    /// Leave program code in HTML pages (`pre`, `code`, `kbd`, `samp`) as it is.
    pub keep_code: bool,
    /// Convert the characters of comments and strings of source code, which is left as it is otherwise.
    pub code: bool,
    /// Which strings of JSON are text (by JSON Pointer, in which `*` stands for any step, or by the name of a member at any
    /// depth), and which columns of tables (by name); all if empty. Which columns of Parquet files, by their names, that of a
    /// column that they lie in, paths with dots, or pointers; if empty, such files are not read.
    pub fields: Vec<String>,
    /// Whether a document is refused for a line of JSON Lines that is no JSON, or a row of Parquet that is no UTF-8. Otherwise
    /// that stays as it is, and [`Outcome::record_errors`](crate::Outcome::record_errors) tells of it.
    pub strict: bool,
    /// Whether [`Outcome::records`](crate::Outcome::records) tells what came of each record.
    pub records: bool,
    /// The member of JSON records, or the column of tables, whose value tells them apart there.
    pub record_id: Option<String>,
    /// Whether Parquet files get columns that tell what came of each row, and what the columns' names begin with: those that
    /// the table of outcomes of the Python package has beside the text, summed up over all strings of a row in the columns
    /// of [`Options::fields`].
    pub outcome_columns: Option<String>,
    /// Whether [`Outcome::outside`](crate::Outcome::outside) counts what is left outside 《通用规范汉字表》.
    pub count_outside: bool,
    /// The output's encoding; each document's own if `None`.
    pub to_encoding: Option<Encoding>,
    /// What becomes of a byte order mark.
    pub bom: Bom,
    /// Replace what cannot be decoded or encoded, and count it, instead of failing.
    pub lossy: bool,
    /// Whether ZIP, TAR and web archives are gone into. Books, office documents and compressed files always are.
    pub archives: bool,
    /// Whether a file may only unpack to 200 times its size (or 16 MiB, if that is more), 16 GiB at most: decompression
    /// bombs are refused.
    pub limits: bool,
}

impl Options {
    /// Makes a change: `Options::default().with(|options| options.lossy = true)`.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Options)) -> Options {
        change(&mut self);
        self
    }

    /// The same without all that OpenCC does not do: marks stay, damage is not looked for, and documents in any language are
    /// converted. With one of OpenCC's configurations the text of a document comes out as OpenCC converts it, to the byte.
    #[must_use]
    pub fn exact(self) -> Options {
        self.with(|options| {
            options.punctuation = Punctuation::Keep;
            options.repair = Repair::Off;
            options.any_language = true;
        })
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            config: Config::Auto,
            punctuation: Punctuation::Chinese,
            any_language: false,
            rare: false,
            dictionaries: Vec::new(),
            engine: Engine::Builtin,
            encoding: None,
            repair: Repair::Auto,
            explain: false,
            explain_most: None,
            format: None,
            keep_code: false,
            code: false,
            fields: Vec::new(),
            strict: false,
            records: false,
            record_id: None,
            outcome_columns: None,
            count_outside: false,
            to_encoding: Some(Encoding::Utf8),
            bom: Bom::Auto,
            lossy: false,
            archives: false,
            limits: true,
        }
    }
}

/// What is done about damage that scraping programs did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Repair {
    /// What shows what it was is repaired; the rest is left and counted.
    #[default]
    Auto,
    /// Nothing; damage is not looked for.
    Off,
    /// Nothing is changed; what would be is counted.
    Report,
}

/// What becomes of a byte order mark. UTF-16 and UTF-32 that are made of another encoding begin with one in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Bom {
    /// Tables keep it, as spreadsheet programs tell UTF-8 by it, and so do subtitles, for players, and source code. Others
    /// lose it where anything else of them changes (in their first MiB).
    #[default]
    Auto,
    /// It is kept.
    Keep,
    /// It is removed.
    Remove,
}

/// What punctuation marks become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Punctuation {
    /// Chinese marks around Chinese text, as in the mainland; letters and digits in their ASCII form.
    #[default]
    Chinese,
    /// What they are.
    Keep,
}

/// What converts the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Engine {
    /// The engine of `jianti-opencc`.
    #[default]
    Builtin,
    /// OpenCC's C++ library through opencc-rust. It takes a document whole, whatever its size.
    #[cfg(feature = "opencc")]
    Opencc,
}
