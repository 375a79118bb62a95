//! The page itself: one file that holds all it needs.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::sample::{Sample, Sizes};
use crate::cli::totals::Totals;

/// What every such page begins with.
const BEGINNING: &str = "<!doctype html>\n<!-- jianti review -->\n";

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const MESSAGES: &str = include_str!("messages.json");

/// Whether the file at this path is empty or begins as such a page does: then another may take its place.
pub fn is_review(path: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let file = std::fs::File::open(path);
    let read = file.and_then(|file| file.take(BEGINNING.len() as u64).read_to_end(&mut head));
    read.is_ok() && (head.is_empty() || head == BEGINNING.as_bytes())
}

/// The page.
pub fn page(
    totals: &Totals,
    sample: Sample,
    formats: BTreeMap<String, u64>,
    sizes: &Sizes,
    language: Option<&str>,
) -> String {
    let (rows, kinds) = sample.finish();
    let data = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "language": language,
        "totals": {
            "files": totals.files,
            "changed": totals.changed,
            "doubtful": totals.doubtful,
            "open": totals.repairs.open + totals.repairs.lost,
            "repaired": totals.repairs.repaired.values().sum::<u64>(),
            "errors": totals.errors,
            "bytes": totals.bytes_in,
        },
        "statuses": totals.statuses(),
        "scripts": totals.scripts,
        "encodings": totals.encodings,
        "languages": totals.languages,
        "formats": formats,
        "repairs": totals.repairs,
        "sizes": sizes.counts(),
        "kinds": kinds,
        "files": rows,
    });
    format!(
        "{BEGINNING}<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <title>jianti</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <main><noscript>This page needs scripts to be allowed. 请允许本页运行脚本。</noscript></main>\n\
         <script type=\"application/json\" id=\"data\">{}</script>\n\
         <script type=\"application/json\" id=\"messages\">{}</script>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        inside_script(&data.to_string()),
        inside_script(MESSAGES),
    )
}

/// JSON as it may stand in a script element, which nothing in it ends.
fn inside_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages() -> BTreeMap<String, Vec<String>> {
        serde_json::from_str(MESSAGES).expect("JSON")
    }

    #[test]
    fn every_message_has_its_twin() {
        for (key, twins) in messages() {
            assert_eq!(twins.len(), 2, "{key}");
            let holes = |text: &str| {
                let mut holes: Vec<_> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}'))
                    .map(|(hole, _)| hole.to_owned())
                    .collect();
                holes.sort();
                holes
            };
            assert_eq!(holes(&twins[0]), holes(&twins[1]), "{key}");
            assert!(twins.iter().all(|text| !text.is_empty()), "{key}");
        }
    }

    #[test]
    fn the_page_says_nothing_that_is_no_message() {
        let messages = messages();
        let said = SCRIPT
            .split("say(\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('"'));
        let missing: Vec<_> = said
            .filter(|(key, _)| !messages.contains_key(*key))
            .map(|(key, _)| key)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
