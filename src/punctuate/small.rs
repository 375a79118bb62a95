//! The small forms of marks that Big5 has, as some texts of Taiwan and Hong Kong set them: 時﹐則﹑會﹖

use super::context::{awaits_mark, first, is_alphanumeric, is_ideograph, last};
use super::stops;
use jianti_text::lines::front;

/// The mark that a small one between these stands for, if it is one of Chinese text: faces have some, too.
pub fn wide(mark: char, before: &str, after: &str) -> Option<char> {
    // Several in a row are leaders, or spoken of; a question or a call has more than one, too.
    let is_small = |c: char| c == '︰' || ('﹐'..='﹗').contains(&c);
    let is_stress = |c: char| matches!(c, '﹖' | '﹗');
    let rest = match is_stress(mark) {
        true => after.trim_start_matches(is_stress),
        false => after,
    };
    let is_among_others =
        last(before).is_some_and(|c| is_small(c) || c == '：') || first(rest).is_some_and(is_small);
    if is_among_others {
        return None;
    }
    let is_before_text = first(after).is_some_and(is_ideograph);
    let is_behind_text = last(before).is_some_and(is_ideograph);
    let wide = match mark {
        '﹐' => '，',
        // iPhone﹑iPad
        '﹑' if last(before).is_some_and(is_alphanumeric)
            && first(after).is_some_and(is_alphanumeric) =>
        {
            return Some('、');
        }
        '﹑' => '、',
        '﹒' if stops::parts_sentences(before, after) => '。',
        // 約翰﹒史密斯
        '﹒' => {
            let is_joined = is_before_text && is_behind_text || parts_initials(before, after);
            return is_joined.then_some('·');
        }
        '﹔' => '；',
        '︰' | '﹕' => '：',
        '﹖' => '？',
        '﹗' => '！',
        _ => return None,
    };
    (awaits_mark(before) || is_before_text && !before.is_empty()).then_some(wide)
}

/// Whether a point between these stands beside an initial of a name: 乔治﹒W﹒布什, J﹒K﹒罗琳
fn parts_initials(before: &str, after: &str) -> bool {
    let is_initial = |c: char| c.is_ascii_uppercase();
    let front = before.strip_suffix(is_initial);
    let rest = after.strip_prefix(is_initial);
    let is_next = rest.is_some_and(|rest| rest.starts_with('﹒'));
    match front {
        // A﹒总则 is a label.
        Some(front) => {
            front.ends_with('·') && (is_next || first(after).is_some_and(is_ideograph))
                || front.is_empty() && is_next
        }
        None => is_next && last(before).is_some_and(is_ideograph),
    }
}

/// Where the small bracket closes that opens between these, if text without other brackets stands in it: in Chinese, or words
/// behind Chinese text.
pub fn partner(before: &str, text: &str) -> Option<usize> {
    /// No brackets enclose more, bytes.
    const FAR: usize = 256;
    let content = &front(text, FAR)[..front(text, FAR).find(['﹙', '﹚'])?];
    let closes = text[content.len()..].starts_with('﹚');
    let is_plain = !content.contains(['(', ')', '（', '）']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || " .,-/:".contains(c);
    let is_word = || {
        (before.is_empty() || awaits_mark(before))
            && content.starts_with(|c: char| c.is_ascii_alphanumeric())
            && content.chars().all(is_part)
    };
    (closes && is_plain && (content.contains(is_ideograph) || is_word())).then_some(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_marks_are_those_of_chinese_text() {
        for (before, mark, after, expected) in [
            ("当", '﹐', "则", Some('，')),
            ("x=1", '﹐', "则", Some('，')),
            ("好", '﹗', "\n", Some('！')),
            ("地址", '︰', "台北", Some('：')),
            ("约翰", '﹒', "史密斯", Some('·')),
            ("乔治", '﹒', "W﹒布什", Some('·')),
            ("乔治·W", '﹒', "布什", Some('·')),
            ("J", '﹒', "K﹒罗琳", Some('·')),
            ("A", '﹒', "总则", None),
            ("结束了", '﹒', "下一段", Some('。')),
            ("含税", '﹒', "\n", Some('。')),
            ("甲、A", '﹑', "B三点", Some('、')),
            ("是吗", '﹖', "﹗", Some('？')),
            ("是吗？", '﹗', "\n", Some('！')),
            ("(", '﹒', "▽", None),
            ("100", '﹐', "200", None),
            ("", '﹕', "好", None),
            ("甲", '﹘', "乙", None),
            ("目錄", '︰', "︰︰12", None),
            ("標點有", '﹐', "﹑﹒", None),
        ] {
            assert_eq!(wide(mark, before, after), expected, "{before}{mark}{after}");
        }
        assert_eq!(partner("", "註﹚。"), Some(3));
        assert_eq!(partner("", "ˇ▽ˇ﹚"), None);
        assert_eq!(partner("", "甲﹙乙﹚"), None);
        assert_eq!(partner("", "甲(乙﹚丙)"), None);
        assert_eq!(partner("", "甲"), None);
        assert_eq!(partner("请见", "Figure 3﹚"), Some(8));
        assert_eq!(partner("see", "Figure 3﹚"), None);
    }
}
