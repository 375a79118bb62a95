//! Whole lines through repair, conversion and punctuation.

use std::borrow::Cow;
use std::ops::Range;

use jianti_data::lines::piece_end;
use jianti_repair::{Page, Repairer};

use super::{Stages, after};
use crate::choice::Decision;
use crate::context::Conversion;
use crate::doubts::Source;
use crate::glance::Glance;
use crate::masked::{Others, hide, mask, restore};
use crate::punctuate::spaces;
use crate::romaji;

impl Stages<'_> {
    /// Whole lines through the stages, in blocks that stay in the processor's cache from one stage to the next.
    pub(super) fn lines(&mut self, lines: &str, last: bool, out: &mut String) {
        let from = out.len();
        out.reserve(room_for(lines));
        let mut start = 0;
        loop {
            let end = block_end(lines, start);
            self.stages(&lines[start..end], last && end == lines.len(), out);
            start = end;
            if start == lines.len() {
                break;
            }
        }
        if self.context.options.count_outside {
            self.outside.add(&out[from..]);
        }
    }

    fn stages(&mut self, lines: &str, last: bool, out: &mut String) {
        let source = Source {
            text: lines,
            offset: self.repaired,
        };
        let repaired = self.repair(lines);
        let kept = self.damage.as_mut().map(Page::take_kept);
        let kept = self.with_words(&repaired, kept.unwrap_or_default());
        self.convert_lines(&repaired, &kept, source, last, out);
    }

    /// The parts of lines that have to stay, and the words that are Japanese by their readings.
    fn with_words(&self, lines: &str, mut kept: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let has_words = self.known.as_ref().is_some_and(|known| known.romaji);
        if has_words {
            let is_apart = |word: &Range<usize>| {
                let next = kept.partition_point(|part| part.end <= word.start);
                kept.get(next).is_none_or(|part| word.end <= part.start)
            };
            let words: Vec<_> = romaji::words(lines).filter(is_apart).collect();
            kept.extend(words);
            kept.sort_by_key(|part| part.start);
        }
        kept
    }

    /// What comes after repair. What has to be kept is hidden meanwhile, and addresses and the like, but where all text is
    /// converted alike.
    fn convert_lines(
        &mut self,
        lines: &str,
        kept: &[Range<usize>],
        source: Source,
        last: bool,
        out: &mut String,
    ) {
        let (text, glance) = match self.context.conversion {
            Conversion::Engine(_) => (hide(lines, kept, &mut self.masked), Glance::ANY),
            Conversion::Auto(_) => {
                let (text, mut glance) = mask(lines, kept, self.others(), &mut self.masked);
                // The user's own entries may bring some.
                glance.wide |= !self.context.options.dictionaries.is_empty();
                (text, glance)
            }
        };
        if self.masked.is_empty() {
            return self.convert_and_punctuate(&text, glance, source, last, out);
        }
        let mut done = String::with_capacity(text.len());
        self.convert_and_punctuate(&text, glance, source, last, &mut done);
        restore(&done, &mut self.masked, out);
    }

    /// What stays of other languages.
    fn others(&self) -> Others {
        let share = self.known.as_ref().and_then(|known| known.among_others);
        match share {
            _ if self.context.options.any_language => Others::Nothing,
            Some(share) => Others::Lines(share),
            None => Others::Spans,
        }
    }

    fn convert_and_punctuate(
        &mut self,
        lines: &str,
        glance: Glance,
        source: Source,
        last: bool,
        out: &mut String,
    ) {
        let Some(mut punctuator) = self.punctuator.take() else {
            return self.convert(lines, source, last, out);
        };
        let spaced = self.known.as_ref().is_some_and(|known| known.spaced);
        let lines = match glance.spaces || spaced {
            true => spaces::taken_out(lines, spaced),
            false => Cow::Borrowed(lines),
        };
        let mut converted = std::mem::take(&mut self.converted);
        self.convert(&lines, source, last, &mut converted);
        let table = self.known.as_ref().and_then(|known| known.table.as_ref());
        punctuator.push(&converted, table, glance.wide, last, out);
        converted.clear();
        self.converted = converted;
        self.punctuator = Some(punctuator);
    }

    fn convert(&mut self, lines: &str, source: Source, last: bool, out: &mut String) {
        let engine = match &self.context.conversion {
            Conversion::Auto(auto) => {
                let known = self.known.as_ref().expect("known by now");
                let script_context = known.script_context.as_ref().expect("of what is chosen");
                let doubts = &mut self.doubts;
                let mut doubt = |found: Decision| doubts.add(found, lines, &source);
                let count = auto.block(lines, script_context, out, &mut doubt);
                return self.script.merge(count);
            }
            Conversion::Engine(engine) => engine,
        };
        self.script.add(lines);
        let mut waiting = std::mem::take(&mut self.text);
        let text = after(&mut waiting, lines);
        let length = text.len();
        let done = engine.append(text, last, out).unwrap_or_else(|error| {
            self.failure.get_or_insert(error);
            length
        });
        self.text = match done {
            0 if !waiting.is_empty() => waiting,
            _ if waiting.is_empty() => lines[done..].to_owned(),
            _ => waiting.split_off(done),
        };
    }

    pub(super) fn repairer_for(&self, repairer: &Repairer) -> Repairer {
        match self.encoding {
            Some(encoding) => repairer.for_encoding(encoding),
            None => *repairer,
        }
    }

    fn repair<'t>(&mut self, lines: &'t str) -> Cow<'t, str> {
        let offset = self.repaired;
        self.repaired += lines.len() as u64;
        match self.context.repairer() {
            None => Cow::Borrowed(lines),
            Some((repairer, keep)) => {
                let repairer = self.repairer_for(repairer);
                let page = self.damage.get_or_insert_with(|| Page::new(lines));
                let (repaired, _) = repairer.front(page, lines, offset, true, &mut self.findings);
                let sites = self.findings.sites.as_mut();
                if let (Some(sites), Some(most)) = (sites, self.context.options.explain_most) {
                    sites.truncate(most);
                }
                if keep {
                    return repaired;
                }
                page.take_kept();
                Cow::Borrowed(lines)
            }
        }
    }
}

/// Where the block of lines ends that begins at `start`.
fn block_end(lines: &str, start: usize) -> usize {
    const BLOCK: usize = 1 << 15;
    let Some((block, _)) = lines.as_bytes()[start..].split_at_checked(BLOCK) else {
        return lines.len();
    };
    match memchr::memrchr(b'\n', block) {
        Some(at) => start + at + 1,
        None => piece_end(lines, start),
    }
}

/// How many bytes text will need when it is done. Hardly any grows: ... becomes ……, and that is all.
pub(super) fn room_for(text: &str) -> usize {
    text.len() + text.len() / 16
}
