//! A file is looked at once more for the page that shows a person what was done, if the page will tell of it.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use jianti::{Error, Normalizer};

use super::diff;
use super::explain;
use super::locate::Locations;
use super::read::Source;
use super::report::FileReport;
use super::review::{Details, Review, changed_lines};

/// Larger files are not looked at once more, bytes.
const LARGEST: u64 = 64 << 20;

/// How many lines of members are shown together.
const MOST_OF_MEMBERS: usize = 6;

/// What the page will show of a file that was converted.
pub fn look(review: &Review, file: &FileReport, source: &Source) -> Option<Box<Details>> {
    let metadata = &source.metadata;
    if !metadata.is_file() || metadata.len() > LARGEST || !review.wants_details(file) {
        return None;
    }
    // What went well once does again.
    let details = details(&review.normalizer, &file.found, source);
    details.ok().map(Box::new)
}

/// Looks at a file that was converted, with a normalizer that explains.
///
/// # Errors
/// What went well once did not again.
fn details(normalizer: &Normalizer, path: &Path, source: &Source) -> Result<Details, Error> {
    if normalizer.is_container(source.front()) {
        let mut file = source.rewound()?;
        let mut lines = Vec::new();
        let take = &mut |member: &str, before: &str, after: &str| {
            let room = MOST_OF_MEMBERS.saturating_sub(lines.len());
            let (before, after) = (diff::broken(before), diff::broken(after));
            let changed = changed_lines(&before, &after, &BTreeSet::new()).into_iter();
            lines.extend(changed.take(room).map(|line| line.of_member(member)));
        };
        return Ok(Details {
            outcome: normalizer.compare_container(path, &mut file, take)?,
            locations: Locations::new(),
            lines,
        });
    }
    let Some(mut bytes) = source.whole() else {
        let mut input = source.rewound()?;
        let outcome = normalizer.normalize_stream_named(path, &mut input, &mut io::sink())?;
        let locations = explain::locations(&outcome, &mut source.rewound()?);
        return Ok(Details {
            outcome,
            locations,
            lines: Vec::new(),
        });
    };
    let compared = normalizer.compare_named(path, bytes)?;
    let locations = explain::locations(&compared.outcome, &mut bytes);
    let doubts = compared.outcome.doubts.iter();
    let wanted: BTreeSet<u64> = doubts
        .filter_map(|place| locations.get(&place.offset))
        .map(|location| location.line)
        .collect();
    Ok(Details {
        lines: changed_lines(&compared.before, &compared.after, &wanted),
        outcome: compared.outcome,
        locations,
    })
}
