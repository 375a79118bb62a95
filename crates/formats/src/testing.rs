//! What tests of formats have in common.

use crate::Format;

/// What becomes of a document by default. The whole library is asked, as it has another copy of this crate than its tests.
pub fn converted(format: Format, text: &str) -> String {
    let options = jianti::Options::default()
        .with(|options| options.format = Some(format.name().parse().expect("a format")));
    let normalizer = jianti::Normalizer::new(options).expect("options that are well");
    let (text, _) = normalizer.normalize_str(text).expect("a document");
    text.into_owned()
}
