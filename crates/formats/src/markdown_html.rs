//! HTML in Markdown: blocks with their text, and single tags. What programs say in tags, in braces, stays.

use std::borrow::Cow;
use std::ops::Range;

use crate::html;
use crate::markup::Markup;
use crate::{Error, Rewriter, Settings, TextSink};

/// What stands in HTML for what a program says in a tag: no text has it.
const SCRIPT: &str = "{\u{FDD0}}";

/// What the HTML in this range of a document becomes, if it changes; in its tags programs stand in these ranges.
pub(super) fn rewrite_html(
    document: &str,
    (range, scripts): (&Range<usize>, &[Range<usize>]),
    settings: &Settings,
    passages: &mut dyn TextSink,
) -> Result<Option<String>, Error> {
    let scripts = scripts.iter().map(|script| &document[script.clone()]);
    let shown = without(&document[range.clone()], scripts.clone());
    let mut new = String::new();
    Markup::new(&html::IN_MARKDOWN, settings).push(&shown, true, passages, &mut new)?;
    Ok((new != shown).then(|| with(&new, scripts)))
}

/// HTML with [`SCRIPT`] for each of these programs in it, which come in order.
fn without<'d>(html: &'d str, scripts: impl Iterator<Item = &'d str>) -> Cow<'d, str> {
    let (mut new, mut rest) = (String::new(), html);
    for script in scripts {
        if let Some((before, behind)) = rest.split_once(script) {
            new.extend([before, SCRIPT]);
            rest = behind;
        }
    }
    match rest.len() == html.len() {
        true => Cow::Borrowed(html),
        false => Cow::Owned(new + rest),
    }
}

/// The same HTML with its programs.
fn with<'d>(html: &str, mut scripts: impl Iterator<Item = &'d str>) -> String {
    let mut parts = html.split(SCRIPT);
    let mut new = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        new.extend([scripts.next().unwrap_or_default(), part]);
    }
    new
}
