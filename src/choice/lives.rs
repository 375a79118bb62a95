//! What is told of a person behind the name: years of life, a sex, other names.

use jianti_text::chars::is_han;

/// What stands between the cells of a line.
const CELLS: [char; 9] = [' ', '\u{3000}', '\t', ',', '，', '、', ';', '；', '|'];

/// Whether the years of somebody's life are told in a bracket (（1905—1994）, （1988年6月11日－）, （1907年生）), and not those of a
/// time that something happens in or after: （1949—1978）后
pub fn has_life(tail: &str) -> bool {
    let closed = tail.find([')', '）']).map(|at| tail[at..].chars().skip(1));
    let is_time = closed.and_then(|mut rest| rest.next());
    !is_time.is_some_and(|c| "后後时時期间間以之年".contains(c)) && has_years(tail)
}

fn has_years(tail: &str) -> bool {
    let Some(inner) = tail.strip_prefix(['(', '（']) else {
        return false;
    };
    if inner.starts_with(['男', '女', '字', '号', '號']) {
        return inner.chars().nth(1).is_some_and(|c| !is_han(c))
            || inner.starts_with(['字', '号', '號']);
    }
    let is_unknown = inner.starts_with(['?', '？']);
    let inner = inner.trim_start_matches(['?', '？']);
    let year = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let inner = inner.trim_start_matches(['约', '約']);
    if !is_unknown && !(3..=4).contains(&year(inner)) {
        return false;
    }
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日. ".contains(c));
    if rest.starts_with(['生', '出']) {
        return true;
    }
    let Some(end) = rest.strip_prefix(['-', '－', '—', '–', '~', '～', '−']) else {
        return false;
    };
    let end = end.trim_start_matches(['—', ' ', '-']);
    let digits = year(end);
    end.starts_with([')', '）', '?', '？', '，'])
        || (3..=4).contains(&digits) && end[digits..].starts_with([')', '）', '年', '，', '.'])
}

/// Whether a cell behind the name tells a sex: ，女，; 沈静 女 汉族
pub fn has_sex(tail: &str) -> bool {
    let rest = tail.trim_start_matches(CELLS).trim_start_matches('\n');
    let behind = rest.strip_prefix(['男', '女']);
    rest.len() < tail.len()
        && behind.is_some_and(|behind| {
            behind
                .strip_prefix('性')
                .unwrap_or(behind)
                .chars()
                .next()
                .is_none_or(|c| !is_han(c))
        })
}

/// Whether another name of the person is told behind the name: 沈潜，字默之
pub fn has_other_name(tail: &str) -> bool {
    /// What makes words of 字 and 号: 字字珠玑, 号令三军
    const NO_NAMES: [char; 12] = [
        '字', '里', '裡', '裏', '迹', '跡', '句', '令', '召', '称', '稱', '啕',
    ];
    const NAMES: [&str; 7] = ["原名", "本名", "笔名", "筆名", "又名", "艺名", "藝名"];
    let Some(rest) = tail.strip_prefix(['，', ',']) else {
        return false;
    };
    let is_short = |name: &str| {
        let length = name.chars().take_while(|c| is_han(*c)).count();
        (1..=3).contains(&length)
    };
    NAMES.iter().any(|name| rest.starts_with(name))
        || rest
            .strip_prefix(['字', '号', '號'])
            .is_some_and(|name| is_short(name) && !name.starts_with(NO_NAMES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_are_told_from_times() {
        for tail in ["（1905—1994），导演", "（1924－2016）", "（1907年生）"] {
            assert!(has_life(tail), "{tail}");
        }
        for tail in [
            "（1949—1978）后，他重返文坛",
            "（1937—1945）期间",
            "（1200元）",
        ] {
            assert!(!has_life(tail), "{tail}");
        }
    }

    #[test]
    fn other_names_are_told_from_words() {
        for tail in ["，字默之，苏州人", "，原名建国", ",号东坡。"] {
            assert!(has_other_name(tail), "{tail}");
        }
        for tail in ["，字字珠玑。", "，号令三军。", "，字里行间", "，我们走"]
        {
            assert!(!has_other_name(tail), "{tail}");
        }
    }
}
