//! Runs of dots and of hyphens: ellipses and dashes.

use super::context::{awaits_mark, ends_chinese, first, is_chinese, is_ideograph, last};

/// How many spaces a run of marks takes along that is set as this: an ellipsis one before Chinese text.
pub fn gap_behind_run(before: &str, run: &str, after: &str) -> usize {
    let mut rest = after.chars();
    let takes = run == "……"
        && !before.is_empty()
        && rest.next() == Some(' ')
        && rest.next().is_some_and(is_ideograph);
    usize::from(takes)
}

/// Whether a run of dots, `.` and … mixed or 。, is an ellipsis.
pub fn is_ellipsis(run: &str, before: &str, after: &str) -> bool {
    let (previous, next) = (last(before), first(after));
    if matches!(previous, Some('.' | '…')) || matches!(next, Some('.' | '…')) {
        return false;
    }
    let count = run.chars().count();
    let before_chinese = next.is_some_and(is_ideograph);
    let among_chinese = ends_chinese(before)
        || before_chinese && previous.is_none_or(|c| c.is_whitespace() || matches!(c, '“' | '‘'));
    match first(run) {
        Some('。') => count >= 3,
        _ if run.chars().all(|c| c == '…') => {
            (count == 1 || count == 3) && (among_chinese || before_chinese)
        }
        // Leaders in a table of contents are long.
        _ if run.chars().all(|c| c == '.') => {
            (3..=12).contains(&count)
                && among_chinese
                && (count <= 6 || next.is_some_and(is_chinese))
        }
        _ => among_chinese,
    }
}

/// Whether a run of hyphens, or of two box-drawing lines as Taiwan writes them, is a dash.
pub fn is_dash(run: &str, before: &str, after: &str) -> bool {
    if is_frame(run, before, after) {
        return false;
    }
    let next = first(after);
    if run.starts_with('─') {
        return run.chars().count() == 2 && awaits_mark(before);
    }
    let goes_on =
        next.is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '>' | '=' | '|' | '+'));
    match run.len() {
        2 if before.is_empty() => next.is_some_and(is_ideograph),
        2..=4 if before.ends_with('。') => next.is_some_and(is_ideograph),
        2..=4 => awaits_mark(before) && !goes_on,
        _ => false,
    }
}

/// Whether hyphens stand on both sides of a phrase that is a whole value: --请选择--, "--- 标题 ---"
fn is_frame(run: &str, before: &str, after: &str) -> bool {
    /// No such phrase is longer, bytes.
    const LONGEST: usize = 96;
    let is_value = |front: &str, rest: &str| {
        let (front, rest) = (front.trim_end_matches(' '), rest.trim_matches([' ', '\n']));
        matches!(
            (last(front), first(rest)),
            (None, None)
                | (Some('>'), Some('<'))
                | (Some('|'), Some('|'))
                | (Some('"'), Some('"'))
                | (Some('\''), Some('\''))
                | (Some('“'), Some('”'))
        )
    };
    let is_phrase = |phrase: &str| {
        !phrase.contains(['-', '，', '。', '？', '！', '；', ',', '\n']) && phrase.len() <= LONGEST
    };
    let opens = after
        .split_once(run)
        .is_some_and(|(phrase, rest)| is_phrase(phrase) && is_value(before, rest));
    let closes = || {
        before
            .rsplit_once(run)
            .is_some_and(|(front, phrase)| is_phrase(phrase) && is_value(front, after))
    };
    opens || closes()
}
