//! Quotations that begin with a mark of one kind and end with one of another: “走吧", 他说

use super::context::{first, is_ideograph, last};
use super::quotes;

/// Straight marks that close what “ or 「 opened, or open what ” or 」 closes, and what they become: “走吧", 他说
pub fn marks(line: &str) -> Vec<(usize, char)> {
    /// What is longer was closed or opened elsewhere, bytes.
    const LONGEST: usize = 128;
    let is_opening = |c: char| matches!(c, '“' | '「' | '『' | '﹁' | '﹃');
    let is_closing = |c: char| matches!(c, '”' | '」' | '』' | '﹂' | '﹄');
    // Most lines have straight marks alone. These bytes begin the others.
    let mut beginnings = memchr::memchr3_iter(0xE2, 0xE3, 0xEF, line.as_bytes());
    let is_other = |c: char| is_opening(c) || is_closing(c);
    if !beginnings.any(|at| first(&line[at..]).is_some_and(is_other)) {
        return Vec::new();
    }
    // Corner marks within others become single ones.
    let mut depth = 0_usize;
    let mut is_mark = |c: char| match c {
        '"' | '“' | '”' => true,
        c if is_opening(c) => {
            depth += 1;
            depth == 1
        }
        c if is_closing(c) => {
            depth = depth.saturating_sub(1);
            depth == 0
        }
        _ => false,
    };
    let mut marks: Vec<(usize, char)> = line.char_indices().filter(|(_, c)| is_mark(*c)).collect();
    let is_inch = |at: usize| last(&line[..at]).is_some_and(|c| c.is_ascii_digit());
    marks.retain(|(at, c)| *c != '"' || !is_inch(*at));
    let opens_field = |at: usize| line[at + 1..].starts_with('“') && begins_field(&line[..at]);
    marks.retain(|(at, c)| match c {
        '"' => !opens_field(*at),
        '“' | '”' => true,
        // ["「", "」"]
        _ => !quotes::is_alone(line, *at, *c, true),
    });
    let kind = |at: Option<usize>| Some(marks.get(at?)?.1);
    // Two straight marks are a pair of their own: of an odd number up to the next other mark, the one beside this is its partner.
    let is_straight = |mark: &&(usize, char)| mark.1 == '"';
    let is_closed_next = |at: usize| {
        let run = marks[at + 1..].iter().take_while(is_straight).count();
        !run.is_multiple_of(2) && !kind(Some(at + 1 + run)).is_some_and(is_closing)
    };
    let is_opened_before = |at: usize| {
        let run = marks[..at].iter().rev().take_while(is_straight).count();
        !run.is_multiple_of(2) && !kind(at.checked_sub(run + 1)).is_some_and(is_opening)
    };
    // “请问," 他问道,"这题怎么做?”: what stands between two quotations.
    let is_between = |start: usize| {
        let Some([(from, _), (to, _)]) = marks.get(start..start + 2) else {
            return false;
        };
        const ENDS: [char; 8] = [',', '.', '?', '!', '，', '。', '？', '！'];
        const SPEAKS: [char; 12] = [
            '说', '說', '道', '问', '問', '答', '喊', '叫', '曰', '讲', '講', '笑',
        ];
        let between = &line[*from..*to];
        line[..*from].ends_with(ENDS)
            && between.ends_with([',', ':', '，', '：'])
            && between.contains(SPEAKS)
    };
    let is_in_field = |at: usize| {
        let front = line[..marks[at].0].strip_suffix('"');
        front.is_some_and(begins_field)
    };
    let partner = |at: usize| match marks[at].1 {
        c if is_opening(c) && is_in_field(at) => None,
        c if is_opening(c) && (is_closed_next(at) || is_between(at + 1)) => Some((at + 1, '”')),
        c if is_closing(c) && (is_opened_before(at) || at > 1 && is_between(at - 2)) => {
            Some((at.checked_sub(1)?, '“'))
        }
        _ => None,
    };
    let found = (0..marks.len()).filter_map(|at| {
        let (other, becomes) = partner(at)?;
        let (start, end) = (marks[at].0, marks.get(other)?.0);
        let content = &line[start.min(end)..start.max(end)];
        let is_pair = kind(Some(other)) == Some('"') && content.len() <= LONGEST;
        (is_pair && content.contains(is_ideograph)).then_some((end, becomes))
    });
    found.collect()
}

/// Whether a field of a record begins behind this: KEY,"“走吧。"
fn begins_field(before: &str) -> bool {
    let key = before.strip_suffix(',').and_then(last);
    key.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}
