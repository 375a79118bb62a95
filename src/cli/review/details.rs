//! What the page shows of a file beyond numbers: the file is looked at once more for that, if it is in the sample.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use jianti::{Error, Normalizer, Outcome};

use super::lines::{ChangedLine, changed_lines};
use crate::cli::explain;
use crate::cli::locate::Locations;
use crate::cli::read::Source;

/// Larger files are not looked at once more, bytes.
const LARGEST: u64 = 64 << 20;

/// How many lines of members are shown together.
const MOST_OF_MEMBERS: usize = 6;

/// Places and lines of a file.
#[derive(Clone, Debug)]
pub struct Details {
    /// What was done, with places.
    pub outcome: Outcome,
    /// Where those are.
    pub locations: Locations,
    /// Some lines that changed.
    pub lines: Vec<ChangedLine>,
}

/// Looks at a file that was converted, with a normalizer that explains.
///
/// # Errors
/// It is too large, or what went well once did not again.
pub fn look(normalizer: &Normalizer, path: &Path, source: &Source) -> Result<Details, Error> {
    if !source.metadata.is_file() || source.metadata.len() > LARGEST {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge).into());
    }
    if normalizer.is_container(source.front()) {
        let mut file = source.rewound()?;
        let mut lines = Vec::new();
        let take = &mut |member: &str, before: &str, after: &str| {
            let room = MOST_OF_MEMBERS.saturating_sub(lines.len());
            let changed = changed_lines(before, after, &BTreeSet::new()).into_iter();
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
