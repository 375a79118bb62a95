//! Links to headings of the same Markdown page, which follow what becomes of the heading; and what in a page a program
//! fills in.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Parser, Tag, TagEnd};

use crate::ahead::Ahead;
use crate::link::{self, decoded, encoded};
use crate::markdown_labels::{Labels, OPTIONS};
use crate::markdown_marks::target_name;
use crate::placeholder::{self, closes_first};
use crate::whole::{Edits, edited, sort};

/// What begins and ends something that a program fills in: variables and tags of templates, embedded files, links of wikis,
/// and the name of a heading. The first three may go over several lines, as in {{< figure src="…" title="…" >}}.
const FILLED_IN: [(&str, &str); 7] = [
    ("{{", "}}"),
    ("{%", "%}"),
    ("<%", "%>"),
    ("![[", "]]"),
    ("[[", "]]"),
    ("{#", "}"),
    ("{:", "}"),
];

/// Where a page has something that a program fills in and that begins before this byte, in order. The text of a
/// wiki's link is none of it.
pub(crate) fn filled_in(document: &str, until: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let ahead = Ahead::default();
    let mut at = 0;
    let bytes = document.as_bytes();
    // What begins with `!` is looked for by its bracket, as the mark is common.
    while let Some(next) = bytes[..until]
        .get(at..)
        .and_then(|rest| memchr::memchr3(b'{', b'<', b'[', rest))
    {
        at += next;
        let is_behind_mark = bytes[..at].ends_with(b"!") && bytes[at] == b'[';
        at -= usize::from(is_behind_mark);
        let rest = &document[at..];
        let marks = FILLED_IN.iter().find_map(|(begin, end)| {
            let length = ahead.between(rest, begin, end)?;
            let inner = &rest[begin.len()..length - end.len()];
            if *begin == "{{" && closes_first(inner) {
                return None;
            }
            let found = (begin.len(), length, *end);
            let may_go_on = placeholder::is_template(begin)
                && length <= placeholder::LONGEST
                && !placeholder::is_paragraphs(&document[..at], &rest[..length]);
            (may_go_on || ahead.is_on_one_line(rest, length)).then_some(found)
        });
        let Some((begin, length, end)) = marks else {
            at += if is_behind_mark { 2 } else { 1 };
            continue;
        };
        match rest[begin..length]
            .find('|')
            .filter(|_| rest.starts_with("[["))
        {
            Some(bar) => {
                found.push(at..at + begin + bar + 1);
                found.push(at + length - end.len()..at + length);
            }
            None => found.push(at..at + length),
        }
        at += length;
    }
    found
}

/// A block with headings, and what became of it.
pub(crate) type Changed = (String, String);

/// The headings of the part of a page that is done, and its anchors.
#[derive(Default)]
pub(crate) struct Headings {
    /// Blocks that are not read yet, and how long they are; most pages have no links to headings.
    unread: Vec<Changed>,
    unread_length: usize,
    old: Slugs,
    new: Slugs,
    anchors: HashSet<String>,
    /// Whether there were more than are kept: links stay then.
    are_many: bool,
}

/// How many headings are kept that stand before the first link to one.
const MOST_HEADINGS: usize = 1 << 16;

impl Headings {
    /// Adds those of a part of the page, and what became of its blocks with headings.
    pub fn add(&mut self, part: &str, blocks: Vec<Changed>, labels: &Labels) {
        /// How much waits to be read, bytes.
        const MOST: usize = 1 << 17;
        if self.are_many {
            return;
        }
        let lengths = blocks.iter().map(|(old, new)| old.len() + new.len());
        self.unread_length += lengths.sum::<usize>();
        self.unread.extend(blocks);
        if self.unread_length > MOST {
            self.read(labels);
        }
        if self.old.all.len() > MOST_HEADINGS {
            *self = Headings {
                are_many: true,
                ..Headings::default()
            };
            return;
        }
        // No link follows to a name in ASCII.
        let names = anchors(part).filter(|name| !name.is_ascii());
        self.anchors.extend(names.map(str::to_owned));
    }

    fn read(&mut self, labels: &Labels) {
        self.unread_length = 0;
        for (old, new) in self.unread.drain(..) {
            self.old.add(&old, labels);
            self.new.add(&new, labels);
        }
    }

    /// Adds edits for links to headings whose text the other edits change; `links` is where the names of anchors stand in
    /// them.
    ///
    /// The page is read in `parts`, one behind the other, so that the parser's memory is bounded.
    pub fn follow(
        &mut self,
        (document, parts): (&str, &[Range<usize>]),
        mut links: Vec<Range<usize>>,
        labels: &Labels,
        edits: &mut Edits,
    ) {
        links.sort_by_key(|range| range.start);
        links.dedup();
        self.read(labels);
        if links.is_empty() || self.are_many || self.old.all.len() > MOST_HEADINGS {
            return;
        }
        sort(edits);
        for part in parts {
            let old = &document[part.clone()];
            let first = edits.partition_point(|(edit, _)| edit.start < part.start);
            let inside = edits[first..]
                .iter()
                .take_while(|(edit, _)| edit.end <= part.end)
                .map(|(edit, text)| (edit.start - part.start..edit.end - part.start, text.clone()));
            let new = edited(old, &mut inside.collect());
            self.old.add(old, labels);
            self.new.add(&new, labels);
            self.anchors.extend(anchors(old).map(str::to_owned));
        }
        let Some(moved) = self.moved() else {
            return;
        };
        for range in links {
            let fragment = &document[range.clone()];
            let name = decoded(fragment);
            // An anchor of that name stays where it is.
            let slug = moved.get(&*name.to_lowercase());
            let Some(slug) = slug.filter(|_| !self.anchors.contains(&*name)) else {
                continue;
            };
            let new = match fragment.contains('%') {
                true => encoded(slug),
                false => (*slug).to_owned(),
            };
            edits.push((range, new));
        }
    }

    /// The names of headings that have changed, and what they are now; `None` if that cannot be told.
    fn moved(&self) -> Option<HashMap<&str, &str>> {
        let (old, new) = (&self.old.all, &self.new.all);
        let pairs = old.iter().zip(new).filter(|(old, new)| old != new);
        let moved = pairs.map(|(old, new)| (old.as_str(), new.as_str()));
        (old.len() == new.len()).then(|| moved.collect())
    }
}

/// The names of a page's anchors.
fn anchors(page: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'=', page.as_bytes()).filter_map(move |at| {
        let (before, behind) = (&page[..at], &page[at + 1..]);
        if before.ends_with(')') && (behind.is_empty() || behind.starts_with(['\n', '\r'])) {
            return target_name(&page[page[..at].rfind('\n').map_or(0, |line| line + 1)..=at]);
        }
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let is_name = before.ends_with("id") || before.ends_with("name");
        let (name, _) = is_name.then(|| behind[1..].split_once(quote))??;
        Some(name)
    })
}

/// Whether a link may name an anchor of the page itself.
pub(crate) fn may_be_named(document: &str) -> bool {
    let bytes = document.as_bytes();
    let is_behind = |at: usize| at > 0 && b"(< :\t".contains(&bytes[at - 1]);
    memchr::memchr_iter(b'#', bytes).any(is_behind)
}

/// Where in a link to an anchor of the page itself the anchor's name stands, if a heading may have made it: its letters are not
/// ASCII's. `source` is where the link stands.
pub(crate) fn name(document: &str, source: &Range<usize>, target: &str) -> Option<Range<usize>> {
    let name = target.strip_prefix('#')?;
    if name.is_ascii() && !name.contains('%') {
        return None;
    }
    let place = link::place(&document[source.clone()], target)?;
    let start = source.start + place.start + 1;
    Some(start..start + name.len())
}

/// The names that GitHub and most others give the headings of a page.
#[derive(Default)]
struct Slugs {
    all: Vec<String>,
    counts: HashMap<String, usize>,
}

impl Slugs {
    /// Adds those of the page's next part.
    fn add(&mut self, part: &str, labels: &Labels) {
        let known = |link: BrokenLink| labels.resolve(&link, &Cell::new(false));
        let mut heading: Option<String> = None;
        for event in Parser::new_with_broken_link_callback(part, OPTIONS, Some(known)) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let slug = slug(&heading.take().unwrap_or_default());
                    let count = self.counts.entry(slug.clone()).or_default();
                    self.all.push(match *count {
                        0 => slug,
                        count => format!("{slug}-{count}"),
                    });
                    *count += 1;
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                _ => {}
            }
        }
    }
}

fn slug(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let lower = heading.trim().to_lowercase();
    lower
        .chars()
        .filter(kept)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
