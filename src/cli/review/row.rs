//! What the page tells of one file.

use jianti::repair::{Rule, Site};
use jianti::{ChosenPlace, Outcome};
use serde::Serialize;

use super::lines::ChangedLine;
use crate::cli::locate::Locations;
use crate::cli::message;
use crate::cli::report::{FileReport, Status};

/// How many places of a file are kept.
const PLACES: usize = 8;

/// How much of a place of many characters is kept.
const LONGEST: usize = 80;

/// A row of the table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub path: String,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// In English and in Chinese.
    error: Option<[String; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    bytes: Option<u64>,
    doubtful: u64,
    open: u64,
    repaired: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<ChangedLine>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<Place>,
}

/// A place of a file.
#[derive(Clone, Debug, Serialize)]
struct Place {
    /// Whether somebody should look at it.
    look: bool,
    left: String,
    before: String,
    after: Option<String>,
    right: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    word: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<String>,
}

impl Row {
    /// What is told of this file.
    pub fn new(file: &FileReport) -> Row {
        let outcome = file.outcome.as_ref();
        let details = file.details.as_ref();
        let repairs = outcome.map(|outcome| &outcome.repairs);
        Row {
            path: message::shown(&file.found),
            status: file.status,
            error: file
                .error
                .clone()
                .map(|error| [error.english, error.chinese]),
            script: outcome.map(|outcome| outcome.script.name()),
            encoding: outcome.map(|outcome| outcome.encoding.name()),
            format: outcome.map(|outcome| outcome.format.to_string()),
            bytes: outcome.map(|outcome| outcome.bytes_in).or(file.size),
            doubtful: outcome.map_or(0, |outcome| outcome.doubtful),
            open: repairs.map_or(0, |repairs| repairs.open + repairs.lost),
            repaired: repairs.map_or(0, |repairs| repairs.repaired.values().sum()),
            lines: details.map_or(Vec::new(), |details| details.lines.clone()),
            places: details.map_or(Vec::new(), |details| {
                places(&details.outcome, &details.locations)
            }),
        }
    }

    /// The same without what takes most room.
    pub fn without_details(self) -> Row {
        Row {
            lines: Vec::new(),
            places: Vec::new(),
            ..self
        }
    }
}

/// The places to look at, the least sure first, then others.
fn places(outcome: &Outcome, locations: &Locations) -> Vec<Place> {
    let mut doubts: Vec<_> = outcome.doubts.iter().collect();
    doubts.sort_by_key(|place| place.sure);
    let doubts = doubts
        .into_iter()
        .map(|place| choice(place, true, locations));
    let is_open = |site: &&Site| site.after.is_none();
    let open = outcome
        .sites
        .iter()
        .filter(is_open)
        .map(|found| site(found, locations));
    let looked = doubts.take(PLACES).chain(open.take(PLACES / 2));
    let closed = outcome.sites.iter().filter(|site| site.after.is_some());
    let repaired = closed.map(|found| site(found, locations)).take(PLACES / 2);
    let choices = outcome
        .choices
        .iter()
        .map(|place| choice(place, false, locations));
    looked.chain(repaired).chain(choices).take(PLACES).collect()
}

fn choice(place: &ChosenPlace, look: bool, locations: &Locations) -> Place {
    let location = locations.get(&place.offset);
    Place {
        look,
        left: place.left.clone(),
        before: place.before.to_string(),
        after: Some(place.after.to_string()),
        right: place.right.clone(),
        line: location.map(|at| at.line),
        column: location.map(|at| at.column),
        other: Some(place.other),
        sure: place.sure,
        reason: Some(place.reason.name()),
        word: place.word.clone(),
        rule: None,
        others: Vec::new(),
    }
}

fn site(site: &Site, locations: &Locations) -> Place {
    let location = locations.get(&site.offset).cloned();
    let (line, column) = (
        location.as_ref().map(|at| at.line),
        location.as_ref().map(|at| at.column),
    );
    let (left, right) = location.map_or_else(Default::default, |at| (at.left, at.right));
    Place {
        look: site.after.is_none() || site.rule == Rule::Lost,
        left,
        before: short(&site.before),
        after: site.after.as_deref().map(short),
        right,
        line,
        column,
        other: None,
        sure: None,
        reason: None,
        word: String::new(),
        rule: Some(site.rule.name()),
        others: site
            .candidates
            .iter()
            .take(3)
            .map(|other| short(other))
            .collect(),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
