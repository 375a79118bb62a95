//! How a run begins: the gloss or the marks behind the question mark, and the byte that went.

use super::shown::{cut_mark, original};
use super::weights::*;
use super::{Cuts, Gloss, Search, State, Step};
use crate::gbk;
use crate::replay::is_question_mark;
use jianti_model::UNIT;

impl Search<'_> {
    /// The states behind the question mark that a run begins with.
    pub(super) fn open(&mut self, at: usize, before: Option<char>) {
        let root = State {
            cost: START * UNIT,
            saved: 0,
            last: before.unwrap_or('\n'),
            before_last: '\0',
            lead: None,
            step: self.step(Step::default()),
            dropped: 0,
        };
        if let Some((syllable, length, shown)) = self.reading(at + 1) {
            // The byte that went is the second of the character that was glossed.
            let Some((_, first)) = before.and_then(gbk::pair) else {
                return;
            };

            for lost in (0x81..=0xFE)
                .filter(|lost| gbk::character(first, *lost).is_some_and(|c| syllable.reads(c)))
            {
                let step = self.step(Step {
                    before: Some(root.step),
                    gloss: Some(Gloss {
                        behind: 1,
                        reading: shown.clone(),
                    }),
                    ..Step::default()
                });
                let glossed = gbk::character(first, lost).expect("one that is read so");
                let told = if syllable.has_tone(glossed) { GLOSS } else { 0 };
                let state = State {
                    cost: root.cost - told * UNIT,
                    lead: Some(lost),
                    step,
                    ..root
                };
                self.push(at + 1 + length, state);
            }
            return;
        }
        for (bytes, mark) in self.cuts_at(at + 1) {
            for lost in 0x81..=0xFE {
                if let Some(c) = original(lost, bytes[0]) {
                    let within = Cuts {
                        before: false,
                        within: true,
                    };
                    let mut state = self.next(root, c, within, None);
                    state.cost += if c == '。' { 0 } else { CUT_ELSEWHERE };
                    if mark > at + 1 && self.shows_lone_byte(at) {
                        state.cost -= LETTER * UNIT;
                    }
                    self.follow_bytes(&bytes[1..], mark, state);
                }
            }
        }
    }

    /// The ways in which the text was cut here, in front of one mark or of several that overlap, whose bytes in front of
    /// the last mark show as a question mark each: the bytes, and where the last mark stands.
    pub(super) fn cuts_at(&self, place: usize) -> Vec<(Vec<u8>, usize)> {
        let mut found = Vec::new();
        for lone in 0..MOST_CUTS {
            let Some(c) = self.at(place + lone) else {
                break;
            };
            if let Some((first, second)) = cut_mark(c).and_then(gbk::pair) {
                // ！ is A3 A1 and 。 is A1 A3, so that they overlap each other.
                let other = if first == 0xA3 { 0xA1 } else { 0xA3 };
                let mut bytes: Vec<u8> = (0..lone)
                    .map(|back| if back % 2 == 0 { other } else { first })
                    .collect();
                bytes.reverse();
                bytes.extend([first, second]);
                found.push((bytes, place + lone));
            }
            if !is_question_mark(c) {
                break;
            }
        }
        found
    }

    /// Goes on by bytes that are cut off from each other, the last two of them those of the mark at this place.
    pub(super) fn follow_bytes(&mut self, bytes: &[u8], mark: usize, from: State) {
        let mut state = from;
        let mut at = 0;
        while let [first, second, ..] = bytes[at..] {
            let Some(c) = original(first, second) else {
                return;
            };
            let last = at + 2 == bytes.len();
            let cuts = Cuts {
                before: true,
                within: !last,
            };
            let shown = self.at(mark).filter(|_| last);
            state = self.next(state, c, cuts, shown);
            at += 2;
        }
        state.lead = bytes.get(at).copied();
        self.push(mark + 1, state);
    }
}
