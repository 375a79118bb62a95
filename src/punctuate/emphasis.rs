//! Emphasis of Markdown within a line: marks are told as if its asterisks were not there.

/// More asterisks than these are no emphasis.
const MOST: usize = 3;

/// The asterisks that `text` begins with, if they may begin or end emphasis.
fn run(text: &str) -> Option<&str> {
    let length = text.len() - text.trim_start_matches('*').len();
    (1..=MOST).contains(&length).then(|| &text[..length])
}

/// What stands behind the asterisks that `after` begins with, if they end emphasis which `before` opens: **作者:**王小明. A word in
/// ASCII that is set apart has its marks for itself, as what is to be typed has: **1x25;** 即
pub fn behind_end<'t>(before: &str, after: &'t str) -> Option<&'t str> {
    /// No emphasis goes on longer, bytes.
    const LONGEST: usize = 256;
    let run = run(after)?;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    // What stands in front of a space opens none: it begins an item.
    let (mut is_open, mut begins) = (false, 0);
    for (at, _) in near.match_indices(run) {
        let begin = at + run.len();
        if !near[begin..].starts_with(' ') {
            (is_open, begins) = (!is_open, begin);
        }
    }
    let is_text = || !near[begins..].is_ascii();
    (is_open && is_text()).then(|| &after[run.len()..])
}

/// What stands in front of and behind the emphasis that encloses something between these: 按**"确定"**键
pub fn around<'t>(before: &'t str, after: &'t str) -> (&'t str, &'t str) {
    let run = match after.as_bytes() {
        [b'_', b'_', ..] => Some("__"),
        _ => run(after),
    };
    let outer = run.and_then(|run| Some((before.strip_suffix(run)?, &after[run.len()..])));
    outer.unwrap_or((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asterisks_are_passed_over_in_pairs() {
        for (before, after, behind) in [
            ("- **作者", "**王小明", Some("王小明")),
            ("*甲*和*注意", "* 请", Some(" 请")),
            ("甲*乙*丙", "*丁", None),
            ("好玩", "*", None),
            ("* 甲", "*", None),
            ("甲", "乙", None),
            ("甲****", "****乙", None),
            ("輸入**1x25", "** 即", None),
            ("**甲**與**a", "**乙", None),
            ("**a**與**甲", "**乙", Some("乙")),
        ] {
            assert_eq!(behind_end(before, after), behind, "{before} {after}");
        }
        assert_eq!(around("按**", "**键"), ("按", "键"));
        assert_eq!(around("按__", "__键"), ("按", "键"));
        assert_eq!(around("按*", "**键"), ("按*", "**键"));
        assert_eq!(around("按", "键"), ("按", "键"));
    }
}
