//! Characters that the conversion makes one of.

use jianti_data::choice::{FOLD, find, fold};
use jianti_text::ScriptCount;

/// What a character can become.
pub(super) fn outcomes(c: char) -> [char; 2] {
    match find(c) {
        Some((_, place)) => [place.kept, place.changed],
        None => [fold(c); 2],
    }
}

pub(super) fn changes(c: char) -> bool {
    outcomes(c) != [c; 2]
}

/// Whether the character that `text` begins with would change where `chosen` is what the choice made of it.
pub fn would_change(text: &str, chosen: &str) -> bool {
    let [c, chosen] = [text, chosen].map(|text| text.chars().next());
    c != chosen || c.is_some_and(|c| outcomes(c)[0] != c)
}

/// Whether two different characters may become one.
pub(super) fn merge(a: char, b: char) -> bool {
    let others = outcomes(b);
    a != b && outcomes(a).iter().any(|c| others.contains(c))
}

/// The same, and they are not only a character and its own simplified form, which may be one word in two scripts.
pub(super) fn differ(a: char, b: char) -> bool {
    let is_own = |from, to| fold(from) == to && script(to).simplified > 0;
    merge(a, b) && !is_own(a, b) && !is_own(b, a)
}

pub(super) fn script(c: char) -> ScriptCount {
    let mut count = ScriptCount::default();
    count.add_char(c);
    count
}

/// Whether what a traditional character becomes stands for another one too, so that 同「啣」 would name what it is told apart from.
pub(super) fn is_one_of_several(c: char) -> bool {
    let to = outcomes(c)[1];
    let is_other = |from: char| from != c && script(from).traditional > 0;
    changes(c)
        && (script(to).simplified == 0
            || FOLD
                .iter()
                .any(|(from, found)| *found == to && is_other(*from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianti_data::choice::shares;

    #[test]
    fn the_quick_look_lets_all_that_merge_pass() {
        let changing = ('\u{3400}'..='\u{9FFF}').filter(|c| changes(*c));
        let mut found = 0;
        for c in changing {
            assert!(shares(c) && outcomes(c).into_iter().all(shares), "{c}");
            found += 1;
        }
        assert!(found > 2_000 && !shares('我') && !shares('的'), "{found}");
    }
}
