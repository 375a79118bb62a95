//! 於 as a surname in a simplified sentence, where 于 would begin a clause: 於慧玲说：“好。”, 演员於慧; and in any, behind a label.
//!
//! In such text 於 is the surname or left over, and a clause that begins with it tells mostly where something is (於此, 於文中):
//! what stands beside the name must tell a person, as it must behind 沈.

use super::lexicon::Choice;
use super::persons;
use super::shen::{Given, on_line, run};
use jianti_text::chars::is_han;

/// What a character costs at most that given names hold.
const GIVEN: u32 = 72;
/// What stands behind the preposition and begins no name, or no name of one character.
const NO_GIVEN: &str =
    "此是今其彼之何我你他她它这那该本同当某各所一二三两几每另昨明前后上下左右内外中里时於于";
const NO_ONE: &str =
    "世天地心家国人君理法情事物水山田年日月夜春秋冬夏朝道东西南北京都州县城江海河湖";
/// What ends a place.
const PLACE_ENDS: &str = "中里上下内外前后间时边旁处际初末年月日";

/// Whether a name may begin with 於 between these characters.
pub(super) fn may_begin(before: Option<char>, behind: Option<char>) -> bool {
    behind.is_some_and(is_han)
        && (!before.is_some_and(is_han) || persons::may_follow_calling(before))
}

/// Whether somebody else's surname and title stand behind 於: 於張老師家中
pub(super) fn is_of_other(behind: &str) -> bool {
    let rest = behind.strip_prefix(|c| persons::SURNAMES.contains(c));
    rest.is_some_and(persons::begins_with_title)
}

/// Whether a form asks for a name, and nothing else, before what stands here.
fn is_name_asked_for(before: &str) -> bool {
    before
        .trim_end_matches([' ', '\u{3000}', '：', ':', '/', '／'])
        .ends_with("姓名")
}

impl Choice {
    /// Whether 於 between these begins the name of a person, in a simplified sentence.
    pub(super) fn is_yu(&self, before: &str, behind: &str) -> bool {
        if is_of_other(behind) {
            return false;
        }
        let run = run(behind);
        let (before, behind) = on_line(before, behind);
        (1..=run.len().min(2)).any(|length| {
            let name = Given::new(length, before, behind, &run);
            self.may_be_given(&run[..length], name.is_labelled())
                && (name.begins() && (name.is_told() || name.is_labelled() || name.is_somebody())
                    || self.is_in_row(&name)
                    || self.stands_beside_person(&name))
        })
    }

    /// Whether 於 between these begins the name of a person in any sentence, as a form's label tells: 姓名：於美玲. Behind another
    /// label (作者：於台北) it may be where something was written.
    pub(super) fn is_labelled_yu(&self, before: &str, behind: &str) -> bool {
        // Few clauses that begin with it stand behind a colon.
        let front = before.trim_end_matches([' ', '\u{3000}']);
        if !front.ends_with(['：', ':', '/', '／']) {
            return false;
        }
        let run = run(behind);
        let (before, behind) = on_line(before, behind);
        (1..=run.len().min(2)).any(|length| {
            let given = &run[..length];
            Given::new(length, before, behind, &run).is_labelled()
                && !self.is_known_yu(given)
                && self.may_be_given(given, true)
                && (is_name_asked_for(before) || length == 2 && !self.is_any_word(given))
        })
    }

    /// Whether somebody known has this given name and the commoner surname 于: 于谦
    fn is_known_yu(&self, given: &[char]) -> bool {
        let name: Vec<char> = std::iter::once('于').chain(given.iter().copied()).collect();
        self.is_any_word(&name)
    }

    /// Whether these may be a given name behind 於, and no word of time or place; behind a label they may be any.
    fn may_be_given(&self, given: &[char], is_labelled: bool) -> bool {
        let (first, last) = (given[0], given[given.len() - 1]);
        let is_given = |c: &char| {
            let cost = self.names.given(*c);
            cost.is_some_and(|cost| cost <= GIVEN) && !persons::BEHIND.contains(*c)
        };
        given.iter().all(is_given)
            && !NO_GIVEN.contains(first)
            && !PLACE_ENDS.contains(last)
            && match given.len() {
                1 => !NO_ONE.contains(first),
                _ => is_labelled || !self.is_any_word(given),
            }
    }
}
