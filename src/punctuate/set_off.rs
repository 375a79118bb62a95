//! Chinese names and glosses that English sentences set off, by marks or by what they call somebody: The mayor, 柯文哲, said no.

use super::context::{is_ideograph, last};
use super::grammar;
use super::roster;
use jianti_model::UNIT;
use jianti_text::chars::Chars;

/// What a name is set off by that hardly stands so in a Chinese sentence.
const STRONG: usize = 2;
/// What tells an English sentence, or a list of names in English, alone.
const SURE: usize = 3;
/// What surnames cost at most that the names of well-known persons have.
const KNOWN: u32 = 7 * UNIT;

/// Verbs that follow the name that a clause begins with.
const VERBS: [&str; 16] = [
    "are", "asked", "became", "can", "came", "did", "died", "does", "had", "has", "is", "means",
    "said", "was", "were", "will",
];

/// How much tells that a run of Chinese, between these parts of a sentence, is a word of an English one; `None` if it may as well
/// be a part of a Chinese one. `is_led` says that English grammar leads to it.
pub fn weight(before: &str, run: &str, after: &str, is_led: bool) -> Option<usize> {
    /// No name or word is longer, characters, but what English grammar leads to may be.
    const LONGEST: usize = 6;
    const LONGEST_LED: usize = 10;
    let length = run.chars().count();
    let is_clause = grammar::is_clause(run);
    if let Some(name) = before.strip_suffix(" (")
        && let Some(behind) = behind_bracket(after)
    {
        // Sparse (稀疏的)
        let is_word = !is_clause
            || run
                .strip_suffix('的')
                .is_some_and(|run| !grammar::is_clause(run));
        return gloss(name, run, behind).filter(|_| is_word && length <= LONGEST);
    }
    if is_spoken_of(before, after) && length <= LONGEST {
        return Some(STRONG);
    }
    if is_clause || length > if is_led { LONGEST_LED } else { LONGEST } {
        return None;
    }
    let is_strong = is_titled(before)
        || before.ends_with("e.g. ")
        || before.ends_with("e.g., ")
        || is_explained(after)
        || is_enclosed(before, after)
        || is_place(before, after)
        || is_subject(before, after)
        || is_addressed(before, run, after);
    match () {
        () if is_in_address(run, after) => Some(SURE),
        () if is_strong => Some(STRONG),
        () => is_led.then_some(0),
    }
}

/// What follows the bracket that closes behind a gloss, which may be told more of: (孔子, 551–479 BC)
fn behind_bracket(after: &str) -> Option<&str> {
    let (more, behind) = after.split_once(')')?;
    let is_told = more.starts_with([',', ';']) && !more.contains(|c| is_ideograph(c) || c == '(');
    (more.is_empty() || is_told).then_some(behind)
}

/// The same of a gloss in brackets, behind the word that it explains.
fn gloss(name: &str, run: &str, behind: &str) -> Option<usize> {
    if !name.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let part = |c: char| c.is_ascii_alphabetic() || " -'".contains(c);
    let words = name[name.trim_end_matches(part).len()..].split(' ');
    let is_capital = |word: &&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let capitals = words.rev().take_while(is_capital).count();
    let rest = behind.strip_prefix([',', ':']).unwrap_or(behind);
    let goes_on =
        rest.len() < behind.len() && (behind_space(rest).is_some() || rest.starts_with(" \""));
    let next = small_word(rest);
    // Apple (蘋果), banana (香蕉)
    let is_entry = |word: &str| goes_on && rest[1 + word.len()..].starts_with(" (");
    Some(match () {
        () if next.is_some_and(is_entry) => 0,
        () if !goes_on && next.is_some_and(|word| VERBS.contains(&word)) => STRONG,
        () if goes_on && begins_with_place(rest) => SURE,
        () if goes_on && capitals > 1 && roster::is_name(run, KNOWN) => SURE,
        () if goes_on && capitals > 1 => STRONG,
        () if goes_on || next.is_some() || behind.trim_end().starts_with(['.', '!', '?']) => 1,
        () => 0,
    })
}

/// Whether the sentence speaks of the words as such, and goes on in English: The phrase 加油! is used to cheer.
fn is_spoken_of(before: &str, after: &str) -> bool {
    const SPEAKS: [&str; 10] = [
        "say",
        "says",
        "said",
        "phrase",
        "word",
        "words",
        "term",
        "character",
        "expression",
        "write",
    ];
    let front = before.strip_suffix(' ').unwrap_or_default();
    let word = last_word(front);
    let rest = after.strip_prefix([',', '!', '?']).unwrap_or(after);
    SPEAKS.contains(&word) && small_word(rest).is_some()
}

/// Mr. 陳
fn is_titled(before: &str) -> bool {
    before
        .strip_suffix(' ')
        .is_some_and(|front| is_title(last_word(front.strip_suffix('.').unwrap_or(front))))
}

/// Whether a word, which a point may shorten, is what persons are called by in front of their names.
pub fn is_title(word: &str) -> bool {
    ["Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor"].contains(&word)
}

/// Whether English words behind a comma tell who or what this is, or go on with another clause: 台北, the capital; 長城, photographed in
/// 1907
fn is_explained(after: &str) -> bool {
    const WORDS: [&str; 22] = [
        "a", "also", "an", "and", "born", "but", "her", "his", "its", "my", "one", "or", "our",
        "so", "the", "their", "then", "where", "which", "who", "whose", "your",
    ];
    let rest = after.strip_prefix([',', ';']).unwrap_or_default();
    small_word(rest).is_some_and(|word| WORDS.contains(&word) || grammar::is_participle(word))
        || rest.starts_with(" all rights reserved")
}

/// Whether commas set off the name of whom a sentence begins with: The boss, 陳總, smiled. Lists of words are no such.
fn is_enclosed(before: &str, after: &str) -> bool {
    const FIRST: [&str; 8] = ["A", "An", "Her", "His", "My", "Our", "The", "Their"];
    let rest = after.strip_prefix(',').unwrap_or_default();
    let subject = before.strip_suffix(", ").unwrap_or_default();
    let first = subject.split(' ').next().unwrap_or_default();
    let is_owner = || subject.split(' ').any(|word| word.ends_with("'s"));
    small_word(rest).is_some()
        && subject.contains(' ')
        && !subject.contains([',', ':'])
        && (FIRST.contains(&first) || is_owner())
}

/// Whether a word leads to a place, a person or a book, and English follows: Born in 高雄, Taiwan. Photo by 王小明 (Reuters)
fn is_place(before: &str, after: &str) -> bool {
    const LEADING: [&str; 8] = ["at", "by", "from", "in", "near", "See", "see", "to"];
    let word = before.strip_suffix(' ').map(last_word).unwrap_or_default();
    let rest = after.strip_prefix(',').and_then(behind_space);
    let rest = rest.or_else(|| after.strip_prefix(" ("));
    LEADING.contains(&word)
        && rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether a clause begins with the name, and its verb follows: Note: 陳 is a surname. Yesterday, 小華 came.
fn is_subject(before: &str, after: &str) -> bool {
    const TIMES: [&str; 10] = [
        "Also",
        "Finally",
        "However",
        "Later",
        "Now",
        "Then",
        "Today",
        "Tomorrow",
        "Tonight",
        "Yesterday",
    ];
    let front = before.strip_suffix(' ').unwrap_or(before);
    let begins = before.is_empty() || front.len() < before.len() && front.ends_with([',', ':']);
    let is_timed = || {
        before
            .strip_suffix(", ")
            .is_some_and(|word| TIMES.contains(&word))
    };
    let verb = after.starts_with(' ').then(|| small_word(after)).flatten();
    verb.is_some_and(|verb| begins && VERBS.contains(&verb) || is_timed())
}

/// Whether somebody is spoken to: Good morning, 王老師. Dear 陳先生, thank you.
fn is_addressed(before: &str, run: &str, after: &str) -> bool {
    /// Names of two characters that hardly are words: 小華, not 小心.
    const FAMILIAR: [char; 3] = ['小', '老', '阿'];
    static WORDS: Chars = Chars::of("心声聲气氣时時事说說学學数數型是板家实實");
    const TITLES: [&str; 18] = [
        "先生", "小姐", "女士", "太太", "老师", "老師", "教授", "医生", "醫生", "同学", "同學",
        "妈妈", "媽媽", "爸爸", "爷爷", "爺爺", "奶奶", "总",
    ];
    /// No name with a title is longer, characters.
    const LONGEST: usize = 5;
    let length = run.chars().count();
    let is_familiar = || {
        length == 2 && run.starts_with(FAMILIAR) && !last(run).is_some_and(|c| WORDS.contains(c))
    };
    let is_called =
        || length <= LONGEST && TITLES.iter().any(|title| run.ends_with(title)) || is_familiar();
    let is_letter =
        || before == "Dear " && after.strip_prefix(',').and_then(behind_space).is_some();
    let is_called_behind =
        || before.ends_with(", ") && after.starts_with(['.', '!', '?', ',', '…']);
    (is_letter() || is_called_behind()) && is_called()
}

/// Whether it is a street of an address in English: No. 5, 中山路, Taipei
fn is_in_address(run: &str, after: &str) -> bool {
    run.ends_with(['路', '街', '道', '巷', '弄', '號', '号', '區', '区'])
        && after.strip_prefix(',').is_some_and(begins_with_place)
}

/// Whether a place that English addresses end in follows, behind a space.
fn begins_with_place(rest: &str) -> bool {
    const PLACES: [&str; 16] = [
        "Beijing",
        "China",
        "Guangzhou",
        "Hong Kong",
        "Japan",
        "Kaohsiung",
        "Macau",
        "Malaysia",
        "Shanghai",
        "Shenzhen",
        "Singapore",
        "Taichung",
        "Tainan",
        "Taipei",
        "Taiwan",
        "Hsinchu",
    ];
    let rest = rest.strip_prefix(' ').unwrap_or_default();
    PLACES.iter().any(|place| rest.starts_with(place))
}

/// What stands behind a space, if a word or number does.
fn behind_space(text: &str) -> Option<&str> {
    text.strip_prefix(' ')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The word in small letters behind a space.
fn small_word(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(' ')?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let word = &rest[..rest.len() - behind.len()];
    let is_whole = behind.is_empty() || behind.starts_with([' ', ',', '.', '!', '?', ';', '\'']);
    (!word.is_empty() && is_whole).then_some(word)
}

fn last_word(text: &str) -> &str {
    &text[text
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len()..]
}
