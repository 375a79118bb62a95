//! Damage that scraping programs did to pages, undone where it shows.
//!
//! Each rule looks at one line and says what is damaged and what belongs there; [`Repairer`] makes the changes that are
//! settled and tells of the others. A line without damage is not touched, and is passed over quickly.
#![forbid(unsafe_code)]

mod chars;
mod code_points;
mod edit;
mod findings;
mod gbk;
mod glosses;
mod look;
mod misread;
mod page;
mod reading;
mod registry;
pub mod replay;
mod rule;
mod rules;
mod searched;
mod shift;
mod suspects;

use jianti_data::lines::{piece_end, whole_lines};
use jianti_text::encoding::Encoding;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use edit::{Edit, Line};
pub use findings::{Findings, Repairs, Site};
use jianti_model::Model;
pub use page::Page;
pub use reading::is_pinyin;
pub use rule::Rule;
use rules::{Context, Rules};
use suspects::Suspects;

/// How often the rules go over a line: what one finds may have been hidden by another's damage.
const ROUNDS: usize = 4;

/// Finds and undoes damage. `Send + Sync`: one serves all threads.
#[derive(Clone, Copy, Debug)]
pub struct Repairer {
    model: Model,
    /// The encoding of the documents, where it tells what code points of private use stand for.
    encoding: Option<Encoding>,
    lossy: bool,
}

impl Default for Repairer {
    fn default() -> Self {
        Repairer {
            model: jianti_data::model(),
            encoding: None,
            lossy: false,
        }
    }
}

impl Repairer {
    /// The same for a document that was in this encoding: it tells what code points of private use stand for.
    pub fn for_encoding(self, encoding: Encoding) -> Repairer {
        Repairer {
            encoding: Some(encoding),
            ..self
        }
    }

    /// With `lossy`, text of which bytes fell out comes back with U+FFFD in their place; without, it stays.
    pub fn lossy(self, lossy: bool) -> Repairer {
        Repairer { lossy, ..self }
    }

    /// Repairs a whole text; borrowed if nothing changes. What was found is added to `findings`.
    ///
    /// ```
    /// use jianti_repair::{Findings, Repairer};
    ///
    /// let mut findings = Findings::new(true);
    /// let text = Repairer::default().repair("河?xùn)|區(qū)委負(fù)責(zé)同志", &mut findings);
    /// assert_eq!(text, "河東區委負責同志");
    /// assert_eq!(findings.repairs.repaired["gloss"], 3);
    /// assert_eq!(findings.sites.unwrap()[0].after.as_deref(), Some("東"));
    /// ```
    pub fn repair<'a>(&self, text: &'a str, findings: &mut Findings) -> Cow<'a, str> {
        self.front(&mut Page::new(text), text, 0, true, findings).0
    }

    /// Repairs the front of a text that goes on, as far as that does not depend on what comes; `last` says that nothing
    /// comes. `offset` is where the text begins in its document, bytes. Appends to `out`; returns how many bytes of
    /// `text` are done.
    pub fn append(
        &self,
        page: &mut Page,
        text: &str,
        offset: u64,
        last: bool,
        findings: &mut Findings,
        out: &mut String,
    ) -> usize {
        let (repaired, length) = self.front(page, text, offset, last, findings);
        out.push_str(&repaired);
        length
    }

    /// The same as [`Repairer::append`], but returns the repaired text, borrowed if nothing changes, and the length of
    /// what is done.
    pub fn front<'a>(
        &self,
        page: &mut Page,
        text: &'a str,
        offset: u64,
        last: bool,
        findings: &mut Findings,
    ) -> (Cow<'a, str>, usize) {
        let length = if last { text.len() } else { whole_lines(text) };
        let front = &text[..length];
        let mut out = String::new();
        let mut done = 0;
        let mut kept = Vec::new();
        self.lines(page, front, offset as usize, findings, |range, line| {
            let begin = out.len() + range.start - done;
            if let Some(repaired) = &line.repaired {
                out.push_str(&front[done..range.start]);
                out.push_str(repaired);
                done = range.end;
            }
            kept.extend(
                line.kept
                    .iter()
                    .map(|kept| begin + kept.start..begin + kept.end),
            );
        });
        page.keep(kept);
        if done == 0 {
            return (Cow::Borrowed(front), length);
        }
        out.push_str(&front[done..]);
        (Cow::Owned(out), length)
    }

    /// Gives each line that may be damaged, and what becomes of it, to `take`.
    fn lines(
        &self,
        page: &mut Page,
        text: &str,
        offset: usize,
        findings: &mut Findings,
        mut take: impl FnMut(Range<usize>, Repaired),
    ) {
        let mut suspects = match page.misreading().is_some() {
            true => Suspects::of_garbled(text),
            false => Suspects::new(text),
        };
        let mut from = 0;
        let mut next = suspects.next(0);
        while let Some((suspect, mut rules)) = next {
            let range = line_around(text, from, suspect);
            next = suspects.next(suspect + 1);
            while let Some((another, more)) = next
                && another < range.end
            {
                rules = rules.with(more);
                next = suspects.next(another + 1);
            }
            let line = &text[range.clone()];
            let repaired = self.line(
                page,
                line,
                rules.with_hidden(),
                offset + range.start,
                findings,
            );
            page.earn(range.end - from);
            from = range.end;
            take(range, repaired);
        }
        page.earn(text.len() - from);
    }

    /// Goes over a line with `rules`, and with all once it has changed.
    fn line(
        &self,
        page: &mut Page,
        text: &str,
        mut rules: Rules,
        offset: usize,
        findings: &mut Findings,
    ) -> Repaired {
        let mut line = Line::new(text, offset);
        let mut changed = false;
        let (mut shifted, mut restored) = (false, false);
        let (mut open, mut kept): (Vec<Site>, Vec<Range<usize>>) = Default::default();
        let known = findings.sites.as_ref().map_or(0, Vec::len);
        for _ in 0..ROUNDS {
            let mut again = false;
            let before = page.is_short().then(|| line.text.clone());
            open.clear();
            kept.clear();
            for &rule in Rule::ALL {
                // What is left of a line in another encoding is no text.
                let is_open = open.iter().any(|site| site.rule == Rule::Mojibake);
                if !rules.has(rule) || is_open && rule != Rule::Lost {
                    continue;
                }
                let edits = rules::edits(
                    rule,
                    &mut Context {
                        model: &self.model,
                        page,
                        encoding: self.encoding,
                        line: &line.text,
                        lossy: self.lossy,
                        shifted,
                        restored,
                    },
                );
                for edit in &edits {
                    shifted |= shows_shift(edit, &line.text);
                    restored |= edit.rule == Rule::Mojibake && edit.after.is_some();
                    match edit.after {
                        Some(_) => findings.add(Site::new(&line, edit)),
                        None => {
                            open.push(Site::new(&line, edit));
                            kept.extend(kept_by(edit, &line.text));
                        }
                    }
                }
                if line.apply(&edits) {
                    again = true;
                    rules = Rules::ALL;
                }
            }
            changed |= again;
            if !again {
                break;
            }
            // Places are those of the text before the changes.
            kept.clear();
            if let Some(before) = before {
                page.learn(&before, &line.text);
            }
        }
        open.into_iter().for_each(|site| findings.add(site));
        // The rules find them one after the other; people read them as they stand on the line.
        if let Some(sites) = &mut findings.sites {
            sites[known..].sort_by_key(|site| site.offset);
        }
        kept.sort_by_key(|kept| (kept.start, Reverse(kept.end)));
        let mut end = 0;
        kept.retain(|kept| {
            let is_apart = kept.start >= end;
            end = end.max(kept.end);
            is_apart
        });
        Repaired {
            repaired: changed.then_some(line.text),
            kept,
        }
    }
}

/// Whether an edit shows that the line went through the program that takes bytes apart: open marks alone do not.
fn shows_shift(edit: &Edit, line: &str) -> bool {
    let is_told = || edit.after.is_some() || !shift::are_marks(&line[edit.range.clone()]);
    edit.rule == Rule::Shift && is_told()
}

/// What of a line an open place keeps as it is, as a conversion would destroy what it could still be recovered from: a
/// line of another encoding, 锟侥硷拷, which has bytes of a character, or a shifted run, as far as an original for it goes. One that begins with a gloss lacks the
/// second byte of the character that was glossed, whose first is the last of the character in front.
fn kept_by(open: &Edit, line: &str) -> Option<Range<usize>> {
    match open.rule {
        Rule::Mojibake => Some(0..line.trim_end_matches(['\r', '\n']).len()),
        Rule::Lost if line[open.range.clone()].starts_with('锟') => Some(open.range.clone()),
        Rule::Shift => {
            let Range { start, end } = open.range;
            let behind = line[start..end].chars().nth(1);
            let before = line[..start].chars().next_back();
            let before = before.filter(|_| behind.is_some_and(char::is_alphabetic));
            Some(start - before.map_or(0, char::len_utf8)..end)
        }
        _ => None,
    }
}

/// What becomes of a line.
struct Repaired {
    /// `None` if it stays.
    repaired: Option<String>,
    /// Where nothing else may be done to it, bytes of what becomes of it; in order.
    kept: Vec<Range<usize>>,
}

/// The line, or the piece of a very long line, that holds the byte at `suspect`; lines before `from` are done.
fn line_around(text: &str, from: usize, suspect: usize) -> Range<usize> {
    // Bytes: the suspect may stand within a character.
    let before = &text.as_bytes()[from..suspect];
    let line_end = before.iter().rposition(|byte| *byte == b'\n');
    let mut start = line_end.map_or(from, |at| from + at + 1);
    loop {
        let end = piece_end(text, start);
        if suspect < end {
            return start..end;
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::suspecting;

    #[test]
    fn rules_find_nothing_on_lines_that_they_do_not_suspect() {
        let pieces = [
            "中",
            "會",
            "議",
            "，",
            "。",
            "？",
            "?",
            "!",
            "(",
            ")",
            "(huì)",
            "(hui)",
            "(yì)",
            "(❤\u{FE0F})",
            "a",
            "\\",
            " ",
            "&amp;",
            "#21271;",
            "\u{AD}",
            "\u{200B}",
            "⽂",
            "\u{E000}",
            "\u{E863}",
            "\u{FEFF}",
            "\u{FFFD}",
            "锟斤拷",
            "xùn)|",
            "ū)嵉",
            "」",
            "“",
        ];
        let model = jianti_data::model();
        let damaged =
            "這(zhe)個機(ji)器是(shi)去年(nian)買(mai)的(de)，現(xian)在還(hai)能用(yong)(yong)";
        let mut random = fastrand::Rng::with_seed(3);
        let mut found = 0;
        for round in 0..20_000 {
            let length = random.usize(1..12);
            let line: String = (0..length)
                .map(|_| pieces[random.usize(..pieces.len())])
                .collect();
            let page = if round % 2 == 0 { &line } else { damaged };
            let suspected = (0..line.len()).fold(Rules::default(), |rules, at| {
                rules.with(suspecting(line.as_bytes(), at))
            });
            for &rule in Rule::ALL {
                let mut page = Page::new(page);
                let mut context = Context {
                    model: &model,
                    page: &mut page,
                    encoding: Some(Encoding::Gb18030),
                    line: &line,
                    lossy: false,
                    shifted: false,
                    restored: false,
                };
                let edits = rules::edits(rule, &mut context);
                found += edits.len();
                let is_asked = suspected.with_hidden().has(rule);
                assert!(is_asked || edits.is_empty(), "{rule:?} {line:?}: {edits:?}");
            }
        }
        assert!(found > 5_000, "{found}");
    }
}
