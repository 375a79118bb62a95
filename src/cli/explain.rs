//! Why text changed, in lines for a person (`--explain`): each damaged place, each doubtful character, each choice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;

use jianti::repair::{Rule, Site};
use jianti::{ChosenPlace, Common, Outcome, Reason};

use super::language::{pick, say};
use super::locate::{Location, Locations, locate};
use super::message::printable;
use super::words::word;

/// Where the places are that an outcome tells of; nothing of what is no single document, such as a book. `input` is the
/// document from its beginning.
pub fn locations(outcome: &Outcome, input: &mut dyn Read) -> Locations {
    let Common::Same(encoding) = outcome.encoding else {
        return Locations::new();
    };
    let format = outcome.format;
    let is_packed = outcome.members.is_some() || outcome.compression.is_some();
    if is_packed || format.is_coded() || format.is_container() {
        return Locations::new();
    }
    let mut places = BTreeMap::new();
    for place in outcome.doubts.iter().chain(&outcome.choices) {
        places.insert(place.offset, place.before.to_string());
    }
    for site in &outcome.sites {
        places.insert(site.offset, site.before.clone());
    }
    // A file that changed meanwhile fails elsewhere.
    locate(input, encoding, &places).unwrap_or_default()
}

/// The places of a file, a line each, in the order of the text: path, line and column, what decided, what stands there, what
/// it became, what stands around.
pub fn lines(path: &str, outcome: &Outcome, locations: &Locations) -> String {
    // So it is with most files.
    if outcome.sites.is_empty() && outcome.doubts.is_empty() && outcome.choices.is_empty() {
        return String::new();
    }
    let path = printable(path);
    let mut told: Vec<(u64, String)> = Vec::new();
    for site in &outcome.sites {
        let location = locations.get(&site.offset);
        let around = location.map(|place| around(&place.left, &site.before, &place.right));
        told.push((site.offset, self::site(site, around)));
    }
    let doubts = outcome.doubts.iter().map(|place| (place, true));
    let choices = outcome.choices.iter().map(|place| (place, false));
    for (place, is_doubtful) in doubts.chain(choices) {
        told.push((place.offset, choice(place, is_doubtful)));
    }
    told.sort_by_key(|(offset, _)| *offset);
    let mut text = String::new();
    for (offset, told) in told {
        let position = locations
            .get(&offset)
            .map(|Location { line, column, .. }| format!("{line}:{column}"));
        // Of what is no single document the place in its text.
        let position = position.unwrap_or_else(|| say!("byte {offset}", "字节 {offset}"));
        writeln!(text, "{path}:{position}: {told}").expect("a string can be written");
    }
    text
}

fn site(site: &Site, around: Option<String>) -> String {
    let after = match (&site.after, site.rule) {
        (Some(after), _) => format!("{after:?}"),
        (None, Rule::Lost) => pick("beyond repair", "无法修复").to_owned(),
        (None, _) => pick("open", "未修复").to_owned(),
    };
    let (rule, before) = (word(site.rule.name()), &site.before);
    let mut text = say!(
        "{rule}: {before:?} -> {after}",
        "{rule}：{before:?} -> {after}"
    );
    if !site.bytes.is_empty() {
        let bytes = &site.bytes;
        text += &say!(", bytes {bytes}", "，字节 {bytes}");
    }
    if !site.candidates.is_empty() {
        let others: Vec<_> = site
            .candidates
            .iter()
            .map(|other| format!("{other:?}"))
            .collect();
        text += &say!(", or {others}", "，或 {others}", others = others.join(" "));
    }
    text + &around.map_or(String::new(), |around| say!(": {around}", "：{around}"))
}

fn choice(place: &ChosenPlace, is_doubtful: bool) -> String {
    let ChosenPlace {
        before,
        after,
        other,
        ..
    } = place;
    let kind = match is_doubtful {
        true => pick("doubtful", "存疑"),
        false => pick("choice", "选字"),
    };
    let word = &place.word;
    let decided = match place.reason {
        Reason::Usage => say!("what it mostly is", "通常的用法"),
        Reason::Cited => say!("the line speaks of it", "说的是这个字"),
        Reason::Aspect => say!("an action goes on", "动作持续"),
        Reason::Writing => say!("somebody writes", "指著述"),
        Reason::Word => say!("word {word}", "词“{word}”"),
        Reason::Name => say!("name {word}", "人名“{word}”"),
    };
    let sure = place
        .sure
        .map_or(String::new(), |sure| say!(", {sure} %", "，把握 {sure}%"));
    let around = around(&place.left, &before.to_string(), &place.right);
    say!(
        "{kind}: {before} -> {after} ({decided}{sure}), or {other}: {around}",
        "{kind}：{before} -> {after}（{decided}{sure}），或 {other}：{around}"
    )
}

fn around(left: &str, place: &str, right: &str) -> String {
    format!(
        "{}[{}]{}",
        printable(left),
        printable(place),
        printable(right)
    )
}
