//! What links within a document of reStructuredText are made by: names. A title's text is one, and so is that of a phrase with
//! its address; references to these follow them. Where one cannot, the text stays with the references to it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::rst_inline::{Kind, Token, shown, unescaped};
use crate::whole::{Edits, edited, sort};

/// Roles that may name a title of the document, as Sphinx can be told.
const TO_TITLES: [&str; 3] = ["ref", "numref", "any"];

/// The names of a document, and what refers to them. Those in ASCII never change, and are not kept.
#[derive(Default)]
pub(crate) struct Names<'d> {
    document: &'d str,
    /// Names that stay: of targets, footnotes, figures.
    fixed: HashSet<String>,
    /// Texts that are names, and change.
    texts: Vec<Range<usize>>,
    references: Vec<Reference>,
}

/// Where a name is referred to, and whether what stands there may follow it.
struct Reference {
    range: Range<usize>,
    follows: bool,
}

/// A text that is a name, and what it shows before and after.
struct Text {
    range: Range<usize>,
    old: String,
    new: String,
}

impl<'d> Names<'d> {
    /// Those of a document of which nothing is read yet.
    pub fn new(document: &'d str) -> Names<'d> {
        Names {
            document,
            ..Names::default()
        }
    }

    /// Notes the names in markup; `start` is where the text begins that it stands in. `follows` says that references in that
    /// may change.
    pub fn note(&mut self, token: &Token, start: usize, follows: bool) {
        let place = |range: &Range<usize>| start + range.start..start + range.end;
        match &token.kind {
            Kind::Substitution { name, refers: true } => self.refer(place(name), false),
            Kind::Kept(_) | Kind::Substitution { .. } => {}
            Kind::Target(name) => self.fix(&self.document[place(name)]),
            Kind::Reference(name) => self.refer(place(name), follows),
            Kind::Phrase {
                text,
                target,
                is_named,
            } => {
                if *is_named {
                    self.text(place(text));
                }
                if let Some(target) = target {
                    self.refer(place(target), follows);
                }
            }
            Kind::Role { name, target, .. } => {
                let name = &self.document[place(name)];
                // What it names may as well be in another document.
                if TO_TITLES.contains(&name.rsplit(':').next().unwrap_or(name)) {
                    self.refer(place(target), false);
                }
            }
        }
    }

    /// A name that stays.
    pub fn fix(&mut self, name: &str) {
        if !name.is_ascii() {
            self.fixed.insert(normal(&unescaped(name)));
        }
    }

    /// A text that is a name.
    pub fn text(&mut self, range: Range<usize>) {
        if !self.document[range.clone()].is_ascii() {
            self.texts.push(range);
        }
    }

    /// A name that is referred to; `follows` says that what stands there may change.
    pub fn refer(&mut self, range: Range<usize>, follows: bool) {
        if !self.document[range.clone()].is_ascii() {
            self.references.push(Reference { range, follows });
        }
    }

    /// Adds edits for references to texts that the other edits change, and takes those back that no reference could follow.
    pub fn follow(&self, substitutions: &HashSet<&str>, edits: &mut Edits) {
        if self.references.is_empty() || self.texts.is_empty() {
            return;
        }
        sort(edits);
        let mut references: HashMap<String, Vec<&Reference>> = HashMap::new();
        for reference in &self.references {
            let name = normal(&unescaped(&self.document[reference.range.clone()]));
            references.entry(name).or_default().push(reference);
        }
        let mut texts: HashMap<String, Vec<Text>> = HashMap::new();
        // From which names one comes that is a name afterwards.
        let mut origins: HashMap<String, HashSet<String>> = HashMap::new();
        for text in self
            .texts
            .iter()
            .flat_map(|range| self.shown(range, substitutions, edits))
        {
            let (old, new) = (normal(&text.old), normal(&text.new));
            origins.entry(new).or_default().insert(old.clone());
            texts.entry(old).or_default().push(text);
        }
        let mut stays = Vec::new();
        for (name, texts) in &texts {
            let new = normal(&texts[0].new);
            let is_one = texts.iter().all(|text| normal(&text.new) == new);
            if is_one && new == *name || self.fixed.contains(name) {
                continue;
            }
            let named = references.get(name).map_or(&[][..], |named| named);
            let is_taken = self.fixed.contains(&new) || origins[&new].len() > 1;
            if named.is_empty() && !(is_taken && references.contains_key(&new)) {
                continue;
            }
            let followed = named.iter().map(|reference| {
                let raw = &self.document[reference.range.clone()];
                let new = followed(raw, &texts[0]).filter(|_| reference.follows)?;
                Some((reference.range.clone(), new))
            });
            match followed.collect::<Option<Edits>>() {
                Some(followed) if is_one && !is_taken => edits.extend(followed),
                _ => stays.extend(texts.iter().map(|text| text.range.clone())),
            }
        }
        stays.sort_by_key(|range| range.start);
        edits.retain(|(range, _)| {
            let behind = stays.partition_point(|text| text.start <= range.start);
            stays[..behind]
                .last()
                .is_none_or(|text| range.end > text.end)
        });
    }

    /// What a text shows before and after, without its markup; and with it, if it has some that others may not take for such.
    fn shown(
        &self,
        range: &Range<usize>,
        substitutions: &HashSet<&str>,
        edits: &Edits,
    ) -> impl Iterator<Item = Text> {
        let old = &self.document[range.clone()];
        let first = edits.partition_point(|(edit, _)| edit.start < range.start);
        let inside = edits[first..].iter();
        let inside = inside.take_while(|(edit, _)| edit.end <= range.end);
        let mut inside: Edits = inside
            .map(|(edit, new)| {
                (
                    edit.start - range.start..edit.end - range.start,
                    new.clone(),
                )
            })
            .collect();
        let new = edited(old, &mut inside);
        let text = |old, new| Text {
            range: range.clone(),
            old,
            new,
        };
        let plain = text(unescaped(old), unescaped(&new));
        let shown = text(shown(old, substitutions), shown(&new, substitutions));
        let is_other = shown.old != plain.old;
        std::iter::once(shown).chain(is_other.then_some(plain))
    }
}

/// A name as names are compared.
fn normal(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// What becomes of a reference to a text that changes; `None` if it is not as long as what was.
fn followed(reference: &str, text: &Text) -> Option<String> {
    fn characters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| !c.is_whitespace())
    }
    let (mut old, mut new) = (characters(&text.old), characters(&text.new));
    let mut out = String::with_capacity(reference.len());
    let mut is_escaped = false;
    for c in reference.chars() {
        is_escaped = c == '\\' && !is_escaped;
        if is_escaped || c.is_whitespace() {
            out.push(c);
            continue;
        }
        let (before, after) = (old.next()?, new.next()?);
        // A name that needs no quotes must need none afterwards.
        if before.is_alphanumeric() != after.is_alphanumeric() {
            return None;
        }
        out.push(if before == after { c } else { after });
    }
    (old.next().is_none() && new.next().is_none()).then_some(out)
}
