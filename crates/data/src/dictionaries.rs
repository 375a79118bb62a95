//! The dictionaries' texts.

include!(concat!(env!("OUT_DIR"), "/dictionaries.rs"));

/// The names of OpenCC's dictionaries that are here.
pub fn names() -> impl Iterator<Item = &'static str> {
    DICTIONARIES.iter().map(|(name, _)| *name)
}

/// A dictionary's text in OpenCC's format, by its name there, such as `TSCharacters`; with the feature `tables` also those
/// that are assembled for text of no configuration: `AutoPhrases`, `AutoRare`, `AutoCharacters`, and of the last
/// those that only Japan writes, `AutoJapanese`.
///
/// # Panics
/// There is no dictionary of this name.
pub fn text(name: &str) -> &'static str {
    #[cfg(feature = "tables")]
    let all = || DICTIONARIES.iter().chain(ASSEMBLED);
    #[cfg(not(feature = "tables"))]
    let all = || DICTIONARIES.iter();
    let found = all().find(|(found, _)| *found == name);
    found
        .unwrap_or_else(|| panic!("there is no dictionary {name}"))
        .1
}
