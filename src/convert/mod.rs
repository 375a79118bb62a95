//! Traditional to simplified: the dictionary engine.

use std::fmt;
use std::str::FromStr;

/// A conversion by OpenCC's configuration name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Config { T2s, Tw2s, Tw2sp, Hk2s, Hk2sp }

impl Config {
    pub const ALL: [Config; 5] = [Config::T2s, Config::Tw2s, Config::Tw2sp, Config::Hk2s, Config::Hk2sp];
    pub fn name(self) -> &'static str {
        match self { Config::T2s => "t2s", Config::Tw2s => "tw2s", Config::Tw2sp => "tw2sp", Config::Hk2s => "hk2s", Config::Hk2sp => "hk2sp" }
    }
}
impl fmt::Display for Config { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.name()) } }
impl FromStr for Config {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Config::ALL.into_iter().find(|c| c.name() == s).ok_or_else(|| format!("unknown configuration {s:?}: use t2s, tw2s, tw2sp, hk2s or hk2sp"))
    }
}
