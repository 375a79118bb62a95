//! What was found in a document: each place, and how many of each kind.

use std::collections::BTreeMap;

use crate::edit::{Edit, Line};
use crate::rule::Rule;

/// A damaged place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Site {
    /// Where it begins: bytes from the beginning of the document's text in UTF-8, without a BOM.
    pub offset: u64,
    /// The rule that found it.
    pub rule: Rule,
    /// What the page shows.
    pub before: String,
    /// What belongs there; `None` if that is open, and the page's text stays.
    pub after: Option<String>,
    /// The original's bytes in hexadecimal, where the rule is about bytes.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "String::is_empty"))]
    pub bytes: String,
    /// What else might belong there, the likeliest first.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub candidates: Vec<String>,
}

impl Site {
    pub(super) fn new(line: &Line, edit: &Edit) -> Site {
        Site {
            offset: line.source(edit.range.start) as u64,
            rule: edit.rule,
            before: line.text[edit.range.clone()].to_owned(),
            after: edit.after.clone(),
            bytes: hexadecimal(&edit.bytes),
            candidates: edit.others.clone(),
        }
    }
}

/// How many places each rule found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Repairs {
    /// Repaired places, by [`Rule::name`]; only rules that found any.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub repaired: BTreeMap<&'static str, u64>,
    /// Damaged places that were left as they are, because it is open what belongs there.
    pub open: u64,
    /// U+FFFD and 锟斤拷: places beyond repair.
    pub lost: u64,
}

impl Repairs {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        *self == Repairs::default()
    }

    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: &Repairs) {
        for (rule, count) in &other.repaired {
            *self.repaired.entry(rule).or_default() += count;
        }
        self.open += other.open;
        self.lost += other.lost;
    }
}

/// What was found in a document so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How much.
    pub repairs: Repairs,
    /// Each place, if they are wanted.
    pub sites: Option<Vec<Site>>,
}

impl Findings {
    /// Nothing found yet. With `sites` each place is kept, otherwise they are only counted.
    pub fn new(sites: bool) -> Findings {
        Findings {
            repairs: Repairs::default(),
            sites: sites.then(Vec::new),
        }
    }

    /// Adds what was repaired elsewhere, and not what was left.
    pub fn add_repaired(&mut self, other: Findings) {
        let repairs = Repairs {
            repaired: other.repairs.repaired,
            ..Repairs::default()
        };
        self.repairs.add(&repairs);
        if let (Some(sites), Some(others)) = (&mut self.sites, other.sites) {
            sites.extend(others.into_iter().filter(|site| site.after.is_some()));
        }
    }

    /// Adds what was found in the text that begins at this byte.
    pub fn add_further(&mut self, further: Findings, offset: u64) {
        self.repairs.add(&further.repairs);
        if let (Some(sites), Some(further)) = (&mut self.sites, further.sites) {
            sites.extend(further.into_iter().map(|site| Site {
                offset: offset + site.offset,
                ..site
            }));
        }
    }

    pub(super) fn add(&mut self, site: Site) {
        match (site.rule, &site.after) {
            (Rule::Lost, _) => self.repairs.lost += 1,
            (_, None) => self.repairs.open += 1,
            (rule, Some(_)) => *self.repairs.repaired.entry(rule.name()).or_default() += 1,
        }
        if let Some(sites) = &mut self.sites {
            sites.push(site);
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(" ")
}
