//! Subtitles in two languages: which lines of a cue, or which styles, are Japanese or Korean. A line that holds kanji only
//! is what its neighbours in the other cues are.

use std::collections::BTreeMap;

use crate::Format;
use jianti_text::Language;

/// How much of a document is looked at, bytes.
pub(crate) const HEAD: usize = 1 << 16;

/// How a line of SubStation Alpha names its style, by custom: the fourth field.
const STYLE: usize = 3;

/// What is left alone in a document of two languages.
#[derive(Default)]
pub(crate) struct Bilingual {
    /// Styles, or numbers of lines in a cue.
    left: Vec<String>,
}

/// The lines of one style, or at one place of a cue.
#[derive(Default)]
struct Group {
    text: String,
    /// How many lines hold Han characters, kana or hangul, and how many of them show another language.
    lines: usize,
    foreign: usize,
}

impl Bilingual {
    /// Tells it from a document's beginning.
    pub fn of(format: Format, head: &str) -> Bilingual {
        let mut groups = BTreeMap::new();
        match format {
            Format::Srt | Format::WebVtt => cues(head, &mut groups),
            Format::Ass => events(head, &mut groups),
            _ => {}
        }
        let is_chinese = |group: &Group| {
            Language::of(&group.text) == Language::Chinese && group.foreign * 2 < group.lines
        };
        if !groups.values().any(is_chinese) {
            // As a whole it may be left alone, which is told elsewhere.
            return Bilingual::default();
        }
        let left = groups.into_iter().filter(|(_, group)| {
            is_foreign(&group.text) && group.foreign > 0 && group.foreign * 2 >= group.lines
        });
        Bilingual {
            left: left.map(|(key, _)| key).collect(),
        }
    }

    /// Whether any line is left alone.
    pub fn leaves_any(&self) -> bool {
        !self.left.is_empty()
    }

    /// Whether a line of this style is left alone, or one that stands there in a cue of several.
    pub fn leaves(&self, key: &str, line: &str) -> bool {
        self.leaves_any() && (self.left.iter().any(|left| left == key) || is_foreign(line))
    }
}

fn is_foreign(text: &str) -> bool {
    matches!(Language::of(text), Language::Japanese | Language::Korean)
}

fn add(groups: &mut BTreeMap<String, Group>, key: &str, line: &str) {
    let group = groups.entry(key.to_owned()).or_default();
    group.text.push_str(line);
    group.text.push('\n');
    // Everything else is no Chinese either.
    if line.chars().any(|c| c >= '\u{3041}') {
        group.lines += 1;
        group.foreign += usize::from(is_foreign(line));
    }
}

/// The lines of cues that have several.
fn cues(head: &str, groups: &mut BTreeMap<String, Group>) {
    let mut cue: Option<Vec<&str>> = None;
    for line in head.lines().chain([""]) {
        if line.contains("-->") {
            cue = Some(Vec::new());
        } else if line.trim().is_empty() {
            let lines = cue.take().filter(|cue| cue.len() > 1);
            for (at, line) in lines.into_iter().flatten().enumerate() {
                add(groups, &at.to_string(), line);
            }
        } else if let Some(cue) = &mut cue {
            cue.push(line);
        }
    }
}

/// The lines of events, by style.
fn events(head: &str, groups: &mut BTreeMap<String, Group>) {
    for line in head.lines() {
        let Some(event) = line.strip_prefix("Dialogue:") else {
            continue;
        };
        if let (Some(style), Some(text)) = (style(event), event.splitn(10, ',').nth(9)) {
            add(groups, style, text);
        }
    }
}

/// The style of an event.
pub(crate) fn style(event: &str) -> Option<&str> {
    event.split(',').nth(STYLE).map(str::trim)
}
