//! What shows that a page went through the program that inserts readings and cuts bytes apart, wherever that is.

use jianti_model::{Model, UNIT};
use jianti_text::chars::is_han;

use super::shown::cut_mark;
use super::weights::{AHEAD, GARBLED};
use crate::reading::Syllable;

/// Whether a page that begins so shows it: a reading whose bracket went, several readings of the characters that the program
/// glosses and hardly any of others, or strange text behind a cut.
pub fn was_taken_apart(model: &Model, head: &str) -> bool {
    lost_bracket(head) || has_glosses(head) || strange_cut(model, head)
}

/// Whether a question mark stands between an ideograph and the rest of a gloss: 河?xùn)
fn lost_bracket(head: &str) -> bool {
    let behind_han = |at: usize| head[..at].chars().next_back().is_some_and(is_han);
    memchr::memchr_iter(b'?', head.as_bytes())
        .any(|at| toned(&head[at + 1..]).is_some() && behind_han(at))
}

/// Whether readings stand behind characters that the program glosses, and not behind others, as those for learners do.
fn has_glosses(head: &str) -> bool {
    /// How many of them there are at least, and how many times as many as others.
    const SEVERAL: usize = 2;
    const TIMES: usize = 4;
    let (mut own, mut others) = (0, 0);
    for at in memchr::memchr_iter(b'(', head.as_bytes()) {
        let glossed = head[..at].chars().next_back().filter(|c| is_han(*c));
        if let (Some(c), Some(syllable)) = (glossed, toned(&head[at + 1..])) {
            match syllable.reads(c) {
                true => own += 1,
                false => others += 1,
            }
        }
    }
    own >= SEVERAL && own >= TIMES * others
}

/// Whether strange text stands behind a question mark and a mark of full width, and an ideograph in front.
fn strange_cut(model: &Model, head: &str) -> bool {
    memchr::memchr_iter(b'?', head.as_bytes()).any(|at| {
        let mut behind = head[at + 1..].chars();
        let is_cut = |c: char| !c.is_ascii() && cut_mark(c).is_some();
        behind.next().is_some_and(is_cut)
            && head[..at].chars().next_back().is_some_and(is_han)
            && is_strange(model, &behind.take(AHEAD).collect::<Vec<_>>())
    })
}

/// The syllable with a tone that a bracket ends here.
fn toned(text: &str) -> Option<Syllable> {
    Syllable::before_bracket(text).filter(Syllable::is_toned)
}

/// Whether text that begins so is no Chinese, as far as its first characters tell.
pub fn is_strange(model: &Model, text: &[char]) -> bool {
    // Letters within words read strangely to the model.
    let pairs = text[..text.len().min(AHEAD)].windows(2);
    let pairs = pairs.filter(|pair| !pair.iter().any(char::is_ascii));
    let costs = pairs.map(|pair| model.cost(pair[0], pair[1]));
    let (count, sum) = costs.fold((0, 0), |(count, sum), cost| (count + 1, sum + cost));
    count > 2 && sum > GARBLED * UNIT * count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_the_program_or_not() {
        let model = jianti_data::model();
        for page in [
            "在河?xùn)|區召開會議",
            "學(xué)校里的人都來開會(huì)，大家都很高興",
            "他說不知道?！币恢弊叩胶竺嫒ァ",
        ] {
            assert!(was_taken_apart(&model, page), "{page}");
        }
        for page in [
            "怎麼辦??，我很著急。你說什麼?！我不信",
            "學(xué)校(xiào)里(lǐ)的(de)人(rén)都(dōu)來(lái)開會(huì)了吗?",
            "他姓單(shàn)，你知道嗎??，是真的?（大家都不知道）",
        ] {
            assert!(!was_taken_apart(&model, page), "{page}");
        }
    }
}
