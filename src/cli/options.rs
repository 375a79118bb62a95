//! The library's options, as the command line asks for them.

use jianti::{Bom, Config, Engine, Options, Punctuation, Repair};

use super::args::{self, Cli};
use super::dictionary;
use super::report;
use super::told::{Told, told};

/// What the normalizer is to do.
///
/// # Errors
/// A dictionary cannot be read, or options do not go together.
pub fn of(cli: &Cli) -> Result<Options, Told> {
    let mut options = Options::default();
    options.config = cli.config;
    options.punctuation = match cli.punctuation {
        args::Punctuation::Chinese => Punctuation::Chinese,
        args::Punctuation::Keep => Punctuation::Keep,
    };
    options.any_language = cli.language == args::Language::Any;
    options.rare = cli.rare;
    options.dictionaries = dictionary::read_all(&cli.dict)?;
    options.engine = match cli.engine {
        args::Engine::Builtin => Engine::Builtin,
        #[cfg(feature = "opencc")]
        args::Engine::Opencc => Engine::Opencc,
    };
    options.encoding = cli.encoding;
    options.repair = match cli.repair {
        args::Repair::Auto => Repair::Auto,
        args::Repair::Off => Repair::Off,
        args::Repair::Report => Repair::Report,
    };
    if cli.exact {
        if cli.config == Config::Auto {
            return Err(told!(
                "--exact: OpenCC knows no auto; name a configuration, such as -c t2s",
                "--exact：OpenCC 没有 auto；请写明转换方式，如 -c t2s"
            ));
        }
        options = options.exact();
    }
    options.count_outside = cli.report.is_some();
    options.explain = report::explains(cli);
    options.format = cli.format;
    options.keep_code = cli.keep_code;
    options.code = cli.code;
    options.fields = cli.field.clone();
    options.strict = cli.strict;
    options.records = cli.report_records.is_some();
    options.record_id = cli.report_records.clone().filter(|id| !id.is_empty());
    options.outcome_columns = cli.outcome_columns.clone();
    if options.outcome_columns.is_some() && options.fields.is_empty() {
        return Err(told!(
            "--outcome-columns: name the columns of text with --field; without it Parquet files stay as they are",
            "--outcome-columns：请用 --field 写明文字列；不写则 Parquet 文件保持原样"
        ));
    }
    options.to_encoding = match cli.to_encoding {
        args::ToEncoding::Same => None,
        args::ToEncoding::Named(encoding) => Some(encoding),
    };
    options.bom = match cli.bom {
        args::Bom::Auto => Bom::Auto,
        args::Bom::Keep => Bom::Keep,
        args::Bom::Remove => Bom::Remove,
    };
    options.lossy = cli.lossy;
    options.archives = cli.archives;
    options.limits = !cli.no_limits;
    if cli.detect.is_some() {
        // Nothing else is looked at.
        options.config = Config::T2s;
        options.punctuation = Punctuation::Keep;
        options.repair = Repair::Off;
    }
    Ok(options)
}
