//! Which dictionaries a configuration uses. The named ones are as in OpenCC 1.4.2's `data/config/*.json`.

use std::fmt;
use std::str::FromStr;

/// A conversion to simplified script: one of OpenCC's by its name, or one that the text decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Config {
    /// Traditional (OpenCC's standard) to simplified.
    T2s,
    /// Traditional (Taiwan) to simplified.
    Tw2s,
    /// Traditional (Taiwan) to simplified, with mainland vocabulary.
    Tw2sp,
    /// Traditional (Hong Kong) to simplified.
    Hk2s,
    /// Traditional (Hong Kong) to simplified, with mainland vocabulary.
    Hk2sp,
    /// Any script and any mix to the simplified forms of 《通用规范汉字表》; what a character is that could be two things is
    /// told at each place. Not one of OpenCC's.
    Auto,
}

/// Dictionary names of one configuration; the files are `NAME.txt`.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    /// Characters replaced before everything else.
    pub normalization: &'static str,
    /// The dictionary of OpenCC's mmseg segmentation, if the configuration has one.
    pub segmentation: Option<&'static str>,
    /// Conversion steps. In a step the first dictionary that matches wins, then the longest key
    /// (OpenCC's `short_circuit` policy).
    pub steps: &'static [&'static [&'static str]],
}

/// The dictionary that OpenCC marks `may_output_tofu`: its results are missing from many fonts.
const RARE: &str = "TSCharactersExt";
/// What else of [`Config::Auto`] writes such characters.
const AUTO_RARE: &str = "AutoRare";

/// Whether the results of a dictionary are missing from many fonts.
pub fn is_rare(dictionary: &str) -> bool {
    matches!(dictionary, RARE | AUTO_RARE)
}

const NORMALIZATION: &str = "CJK_Compatibility_Ideographs";
const PHRASES: Option<&str> = Some("TSPhrases");
const TO_SIMPLIFIED: &[&str] = &["TSPhrases", RARE, "TSCharacters"];

/// Every chain that is compiled into the program.
pub const CHAINS: usize = 6;

impl Config {
    /// Every configuration of OpenCC's.
    pub const ALL: [Config; 5] = [
        Config::T2s,
        Config::Tw2s,
        Config::Tw2sp,
        Config::Hk2s,
        Config::Hk2sp,
    ];

    /// Every configuration.
    fn known() -> impl Iterator<Item = Config> {
        [Config::Auto].into_iter().chain(Config::ALL)
    }

    /// The configuration's name, e.g. `tw2sp`.
    pub fn name(self) -> &'static str {
        match self {
            Config::T2s => "t2s",
            Config::Tw2s => "tw2s",
            Config::Tw2sp => "tw2sp",
            Config::Hk2s => "hk2s",
            Config::Hk2sp => "hk2sp",
            Config::Auto => "auto",
        }
    }

    /// The dictionaries that the configuration uses; with [`Config::Auto`] the characters that could be two things are
    /// chosen before.
    pub fn chain(self) -> Chain {
        let regional: &[&[&str]] = match self {
            Config::T2s => {
                return Chain {
                    normalization: NORMALIZATION,
                    segmentation: None,
                    steps: &[TO_SIMPLIFIED],
                };
            }
            Config::Auto => {
                return Chain {
                    normalization: NORMALIZATION,
                    segmentation: None,
                    steps: &[&["AutoPhrases", RARE, AUTO_RARE, "AutoCharacters"]],
                };
            }
            Config::Tw2s => &[&["TWVariantsRevPhrases", "TWVariantsRev"], TO_SIMPLIFIED],
            Config::Tw2sp => &[
                &["TWPhrasesRev", "TWVariantsRevPhrases", "TWVariantsRev"],
                TO_SIMPLIFIED,
            ],
            Config::Hk2s => &[&["HKVariantsRevPhrases", "HKVariantsRev"], TO_SIMPLIFIED],
            Config::Hk2sp => &[
                &["HKPhrasesRev", "HKVariantsRevPhrases", "HKVariantsRev"],
                TO_SIMPLIFIED,
            ],
        };
        Chain {
            normalization: NORMALIZATION,
            segmentation: PHRASES,
            steps: regional,
        }
    }
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Config {
    type Err = UnknownConfig;

    /// Reads a configuration's name, in lower case.
    ///
    /// # Errors
    /// Any other name; the message lists the known ones.
    fn from_str(name: &str) -> Result<Self, UnknownConfig> {
        let found = Config::known().find(|config| config.name() == name);
        found.ok_or_else(|| UnknownConfig(name.to_owned()))
    }
}

/// A name that is no configuration's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownConfig(pub String);

impl UnknownConfig {
    /// The names of all configurations, with commas between them.
    pub fn known() -> String {
        let known: Vec<_> = Config::known().map(Config::name).collect();
        known.join(", ")
    }
}

impl fmt::Display for UnknownConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, known) = (&self.0, UnknownConfig::known());
        write!(f, "unknown configuration {name:?}; use one of {known}")
    }
}

impl std::error::Error for UnknownConfig {}

#[cfg(feature = "serde")]
jianti_text::serde_by_name!(Config);
