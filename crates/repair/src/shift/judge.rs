//! Which of the originals stood on the page, if that is clear.

use super::weights::*;
use std::collections::HashSet;

use super::pairing::{self, open_marks, unpaired};
use super::scripts::mixed;
use super::shown::cut_mark;
use super::{Run, Search, State, keep_least};
use crate::gbk;
use crate::replay::{Event, may_show_as, replay};
use jianti_model::UNIT;
use jianti_text::Script;
use jianti_text::chars::is_han;

/// An original that came to an end on the page.
#[derive(Clone, Debug)]
struct Original {
    cost: u32,
    /// Where on the line it ends, in characters.
    end: usize,
    state: State,
    text: String,
    /// What a character costs on average as part of words, in the text around too.
    by_words: u32,
    /// What marks without partners cost.
    unpaired: u32,
}

impl Search<'_> {
    /// Decides between the originals, the page, and none.
    pub(super) fn judge(&mut self, at: usize, before: char) -> Option<(Run, bool)> {
        let (mut found, better) = self.likeliest(at, before)?;
        // What replays otherwise than the page shows cannot have stood there.
        let first = found
            .iter()
            .position(|original| self.replays(at, before, original))?;
        found.drain(..first);
        let Original { end, text, .. } = &found[0];
        let shows_shift = self.shows_shift(at, &found[0]);
        if !shows_shift && !self.shows_lone_byte(at) {
            return None;
        }
        // Two question marks may as well stand for what another program lost, or be somebody's excitement.
        let told = shows_shift || self.page.was_taken_apart();
        let clear = better && told && self.is_clear(&found);
        if !clear && !self.is_worth_telling(at, &found[0], better) {
            return None;
        }
        let certain = clear && self.is_certain(before, &found);
        let others = &found[usize::from(clear)..found.len().min(TOLD)];
        let run = Run {
            end: *end,
            text: clear.then(|| text.clone()),
            others: others.iter().map(|other| other.text.clone()).collect(),
            bytes: gbk::encode(text),
        };
        Some((run, certain))
    }

    /// The likeliest originals, best first; `None` if none is clearly better than the page.
    fn likeliest(&mut self, at: usize, before: char) -> Option<(Vec<Original>, bool)> {
        let reach = self.ends.iter().map(|(end, _)| *end).max()? + AHEAD;
        let reach = reach.min(self.line.len());
        // What the page costs from each place to the reach.
        let mut tail = vec![0; reach + 2 - at];
        for place in (at + 1..reach).rev() {
            let cost = self.model.cost(self.line[place - 1], self.line[place]);
            tail[place - at] = tail[place + 1 - at] + cost;
        }
        let total = |end: usize, last: char, cost: u32| match self.at(end).filter(|_| end < reach) {
            Some(next) => cost + self.model.cost(last, next) + tail[end + 1 - at],
            None => cost,
        };
        let page = total(at, before, 0);
        let mut ends: Vec<(u32, usize, State)> = self
            .ends
            .iter()
            .map(|(end, state)| (total(*end, state.last, state.cost), *end, *state))
            .collect();
        keep_least(&mut ends, RANKED, |(cost, end, state)| {
            (*cost, *end, state.step)
        });
        let most = ends[0].0 + RANKED_BEHIND * UNIT;
        ends.retain(|(cost, ..)| *cost <= most);
        let mut originals: Vec<Original> = ends
            .into_iter()
            .map(|(cost, end, state)| Original {
                cost: cost + state.saved,
                end,
                state,
                text: self.text(state.step),
                by_words: 0,
                unpaired: 0,
            })
            .collect();
        self.work += WORK_EACH * originals.len() as u64;
        self.weigh_marks_and_scripts(at, &mut originals);
        let least = originals.iter().map(|original| original.cost).min()?;
        let better = (page + START * UNIT).saturating_sub(least);
        if better < TOLD_BETTER * UNIT {
            return None;
        }
        self.weigh_words(at, reach, &mut originals);
        originals.sort_by_key(|original| (original.cost, original.end, original.state.step));
        Some((self.apart(reach, originals), better >= BETTER * UNIT))
    }

    /// The originals that come to different text; the same may come about in several ways.
    fn apart(&self, reach: usize, originals: Vec<Original>) -> Vec<Original> {
        let mut known: HashSet<String> = HashSet::new();
        originals
            .into_iter()
            .filter(|original| {
                let rest = self.line[original.end.min(reach)..reach].iter();
                known.insert(original.text.chars().chain(rest.copied()).collect())
            })
            .collect()
    }

    /// Whether the page shows more than marks here, which alone show nothing.
    fn shows_shift(&self, at: usize, original: &Original) -> bool {
        let shifted = self.line[at..original.end]
            .iter()
            .any(|c| !c.is_ascii() && cut_mark(*c).is_none());
        let glossed =
            self.reading(at + 1).is_some() || self.glosses(original.end, original.state.last);
        let letter = (at..original.end).any(|place| self.is_trail_letter(place));
        shifted || glossed || letter || self.is_odd(at) || lacks_ascii(original)
    }

    /// Whether the damage done to the original gives back the page.
    fn replays(&self, at: usize, before: char, original: &Original) -> bool {
        let (bytes, events) = self.events(original.state.step, before);
        // The page shows the character in front as the repairs so far have it.
        let front = Some(before).filter(|before| *before != '\n');
        let page = &self.line[at..original.end];
        let page: String = front.into_iter().chain(page.iter().copied()).collect();
        may_show_as(&replay(&bytes, &events), &page)
    }

    /// Whether the first original is clearly likelier than all others together, and holds no character that is too rare.
    fn is_clear(&self, found: &[Original]) -> bool {
        let first = &found[0];
        let average = self.average(first);
        if first.text.chars().count() > 3 && average > FAIR {
            return false;
        }
        // In front of a digit it may have been any other.
        let lost = first.state.dropped > 0 && first.text.ends_with(|c: char| c.is_ascii());
        if lost && self.at(first.end).is_some_and(|c| c.is_ascii_digit()) {
            return false;
        }
        if !self.writes_wide && first.text.contains(is_seldom_wide) {
            return false;
        }
        let mut wide = first.text.chars().filter(|c| !c.is_ascii());
        if wide.any(|c| self.model.rarity(c) > RARE * UNIT) {
            return false;
        }
        let most = match first.state.dropped {
            0 if lacks_ascii(first) && ends_in_mark(first) => CLEAR_MARK,
            0 if lacks_ascii(first) && first.unpaired < 2 * UNPAIRED => CLEAR_TAG,
            0 if self.shows_lone_byte(self.start) && first.text.chars().count() == 2 => CLEAR_LONE,
            0 => CLEAR,
            _ if first.text.contains(|c| matches!(c, ' '..='?' | '\n')) => CLEAR_DROPPED,
            1 if first.by_words <= PLAIN => CLEAR_DROPPED,
            _ if first.by_words <= FLUENT => CLEAR_DROPPED,
            _ => CLEAR_DROPPED_MORE,
        };
        // What stayed open on a page is no clearer once the page around it was simplified.
        let most = match self.script {
            Script::Simplified => most.min(CERTAIN),
            _ => most,
        };
        let others = found[1..].iter().map(|other| likelihood(first, other));
        others.sum::<f64>() <= most
    }

    /// Whether the first original is so much likelier than the others, and so plain, that there is none to look for.
    fn is_certain(&self, before: char, found: &[Original]) -> bool {
        let first = &found[0];
        let text: Vec<char> = first.text.chars().collect();
        // Where it joins what stands around it, it must read well too.
        let behind = self.at(first.end).filter(|c| is_han(*c));
        let before = Some(before).filter(|c| is_han(*c));
        let about: Vec<char> = before
            .into_iter()
            .chain(text.iter().copied())
            .chain(behind)
            .collect();
        let mut pairs = about.windows(2);
        let others = found[1..].iter().map(|other| likelihood(&found[0], other));
        let hides = |c: &char| *c != '，' && shares_comma_lead(*c);
        text.len() > 1
            && first.unpaired < 2 * UNPAIRED
            && !(self.drops_characters && text.iter().any(hides))
            && pairs.all(|pair| self.cost(pair[0], pair[1]) <= FAMILIAR * UNIT)
            && others.sum::<f64>() <= CERTAIN
    }

    /// Whether what is open shows as damage: Japanese does not, nor what is hardly better as text than the page is.
    fn is_worth_telling(&self, at: usize, original: &Original, better: bool) -> bool {
        let shows = || self.mixes_marks(at) || self.shows_trail(at);
        let told = better || self.average(original) <= FAIR || shows();
        told && !self.is_japanese(at..original.end)
    }

    /// What a character of the original costs on average; logarithms.
    fn average(&self, original: &Original) -> f64 {
        let text: Vec<char> = original.text.chars().collect();
        let costs = text.windows(2).map(|pair| self.cost(pair[0], pair[1]));
        let all: u32 = costs.sum();
        f64::from(all) / f64::from(UNIT) / (text.len().max(2) - 1) as f64
    }

    /// Lets dropped characters, marks without partners and mixed scripts weigh.
    fn weigh_marks_and_scripts(&self, at: usize, originals: &mut [Original]) {
        let front = || self.line[at.saturating_sub(NEAR)..at].iter().copied();
        let (open, met) = (open_marks(front()), pairing::pairs(front()));
        // Where each mark behind the run's beginning stands.
        let behind = self.line[at..].iter().take(Self::REACH);
        let behind: Vec<(usize, pairing::Mark)> = behind
            .enumerate()
            .filter_map(|(further, c)| Some((at + further, pairing::mark(*c)?)))
            .collect();
        let marks: Vec<pairing::Mark> = behind.iter().map(|(_, mark)| *mark).collect();
        for original in originals {
            original.cost += DROPPED * UNIT * u32::from(original.state.dropped);
            let rest = behind.partition_point(|(place, _)| *place < original.end);
            original.unpaired = unpaired(&open, met, &original.text, &marks[rest..]);
            original.cost += UNIT * original.unpaired;
            original.cost += self.page.facts().pronouns(&original.text);
            original.cost = original
                .cost
                .saturating_add_signed(self.page.facts().quotes(&original.text));
            original.cost += UNIT * ENDLESS * endless(&original.text);
            if self.script == Script::Undetermined {
                original.cost += OTHER_SCRIPT * UNIT * mixed(&original.text);
            }
        }
    }

    /// Lets words weigh beside pairs of characters.
    fn weigh_words(&self, at: usize, reach: usize, originals: &mut [Original]) {
        let before = self.in_front(at, WORDS_BEFORE);
        for original in originals {
            let mut about: Vec<char> = before.clone();
            about.extend(original.text.chars());
            let gloss = self
                .reading(original.end + 1)
                .map_or(0, |(_, length, _)| length + 1);
            let glossed = self.glosses(original.end, original.state.last);
            let end = original.end + if glossed { gloss } else { 0 };
            let behind = end.min(self.line.len())..self.line.len().min(reach + AHEAD);
            about.extend(self.without_glosses(behind, AHEAD));
            let pairs: u32 = about
                .windows(2)
                .map(|pair| self.model.cost(pair[0], pair[1]))
                .sum();
            let words = self.model.words(&about);
            original.by_words = words / about.len().max(1) as u32;
            original.cost = original.cost.saturating_sub(self.reduplicated(&about));
            original.cost += LONELY * UNIT * lonely(&about);
            original.cost += STOPPED * UNIT * stopped(&about);
            let cost = original.cost * PARTS + words * WORDS;
            let saved = pairs * WORDS + self.model.triples(&about) * TRIPLES;
            original.cost = cost.saturating_sub(saved) / PARTS;
        }
    }

    /// What verbs that stand twice, as in 抿了抿 and 看一看, save: the second one is as good as told by the first.
    fn reduplicated(&self, text: &[char]) -> u32 {
        let twice = text.windows(3).filter(|about| {
            about[0] == about[2] && matches!(about[1], '了' | '一') && is_han(about[0])
        });
        let saved = twice.map(|about| self.model.cost(about[1], about[2]));
        saved.map(|cost| cost.saturating_sub(AGAIN * UNIT)).sum()
    }

    /// The original's bytes, from the character in front of the run, and what was done to them.
    fn events(&self, step: u32, before: char) -> (Vec<u8>, Vec<Event>) {
        let mut bytes = Vec::new();
        let mut events = Vec::new();
        let add =
            |c: char, bytes: &mut Vec<u8>| bytes.extend(gbk::encode(c.encode_utf8(&mut [0; 4])));
        if before != '\n' {
            add(before, &mut bytes);
        }
        for step in self.chain(step) {
            if step.cuts.before {
                events.push(Event::Cut(bytes.len()));
            }
            if let Some(c) = step.character {
                add(c, &mut bytes);
            }
            if step.cuts.within {
                events.push(Event::Cut(bytes.len() - 1));
            }
            if let Some(gloss) = &step.gloss {
                let at = bytes.len() + gloss.behind;
                events.push(Event::Gloss(at, gloss.reading.clone()));
            }
        }
        (bytes, events)
    }
}

/// Whether pages seldom have this in full width, but for those that write so: `，` and a dropped character may leave the same.
fn is_seldom_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＂'..='＄' | '＆' | '＇' | '＊' | '＋')
        || matches!(c, '＜'..='＞' | '＠' | '＼' | '＾'..='｀' | '｜')
}

/// Whether a character begins with the same byte as `，`: behind that byte a character may have been dropped that makes a
/// comma of it.
fn shares_comma_lead(c: char) -> bool {
    gbk::pair(c).is_some_and(|(lead, _)| lead == 0xA3)
}

/// How many quotations end without a mark, though another begins right behind: somebody speaks there.
fn endless(text: &str) -> u32 {
    let mut found = 0;
    for (at, _) in text.match_indices("”“").chain(text.match_indices("」「")) {
        let before = text[..at].chars().next_back();
        found += u32::from(before.is_some_and(|c| !"。！？…，—～".contains(c)));
    }
    found
}

/// How many ideographs stand alone between two marks, or behind a quotation, as no sentence does.
fn lonely(text: &[char]) -> u32 {
    let mark = |c: char| matches!(c, '。' | '，' | '；' | '：' | '！' | '？');
    let ends = |c: char| mark(c) || matches!(c, '”' | '’' | '」' | '』');
    let alone = |about: &&[char]| ends(about[0]) && is_han(about[1]) && mark(about[2]);
    text.windows(3).filter(alone).count() as u32
}

/// How many quotations end in a full stop though the sentence around them goes on: 學校改名“聯合網。”的消息
fn stopped(text: &[char]) -> u32 {
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '』');
    let goes_on = |c: char| "的等、，。；和與与及".contains(c);
    let stopped = |about: &&[char]| about[0] == '。' && closes(about[1]) && goes_on(about[2]);
    text.windows(3).filter(stopped).count() as u32
}

/// Whether the original ends in an ASCII character that the page shows that it lacks.
fn lacks_ascii(original: &Original) -> bool {
    original.state.dropped == 0 && original.text.ends_with(['<', '&', '"'])
}

/// Whether the last character in front of that ASCII character is one of ！，：；？, which share their first byte.
fn ends_in_mark(original: &Original) -> bool {
    let last = original.text.chars().rev().nth(1);
    last.is_some_and(|c| cut_mark(c).is_some_and(|mark| mark != '。'))
}

/// How likely another original is, in parts of how likely the first is. Text reads nearly as well without a mark or a
/// word that was dropped as with it.
fn likelihood(first: &Original, other: &Original) -> f64 {
    let words = |original: &Original| -> Vec<char> {
        let mark = |c: char| c == '。' || shares_comma_lead(c) && !c.is_alphanumeric();
        let words = original.text.chars().filter(|c| !mark(*c));
        words.collect()
    };
    let wide = |original: &Original| original.text.chars().filter(|c| !c.is_ascii()).count();
    let more = wide(other) > wide(first) && other.state.dropped > first.state.dropped && {
        let (fewer, more) = (words(first), words(other));
        let mut rest = more.iter().filter(|c| !c.is_ascii());
        fewer
            .iter()
            .filter(|c| !c.is_ascii())
            .all(|c| rest.any(|other| other == c))
            && more.len() - fewer.len().min(more.len()) <= 2
    };
    let marks = more && words(first).len() == words(other).len();
    let told = match (marks, more) {
        (true, _) => MARKS,
        (_, true) => MORE,
        _ => 0.0,
    };
    let behind = f64::from(other.cost - first.cost) / f64::from(UNIT);
    (told - behind).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_stops_within_what_goes_on_are_counted() {
        let count = |text: &str| stopped(&text.chars().collect::<Vec<_>>());
        assert_eq!(count("改名“聯合網。”的消息、“學。”。"), 2);
        assert_eq!(count("他說：“走了。”然後“聯合網”的人說。"), 0);
    }
}
