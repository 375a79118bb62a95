//! The small forms of marks that Big5 has, as some texts of Taiwan and Hong Kong set them: 時﹐則﹑會﹖

use super::context::{awaits_mark, first, is_ideograph, last};
use jianti_text::lines::front;

/// The mark that a small one between these stands for, if it is one of Chinese text: faces have some, too.
pub fn wide(mark: char, before: &str, after: &str) -> Option<char> {
    // Several in a row are leaders, or spoken of.
    let is_small = |c: char| c == '︰' || ('﹐'..='﹗').contains(&c);
    let is_among_others = last(before).is_some_and(|c| is_small(c) || c == '：')
        || first(after).is_some_and(is_small);
    if is_among_others {
        return None;
    }
    let is_before_text = first(after).is_some_and(is_ideograph);
    let is_behind_text = last(before).is_some_and(is_ideograph);
    let wide = match mark {
        '﹐' => '，',
        '﹑' => '、',
        // 約翰﹒史密斯
        '﹒' => return (is_before_text && is_behind_text).then_some('·'),
        '﹔' => '；',
        '︰' | '﹕' => '：',
        '﹖' => '？',
        '﹗' => '！',
        _ => return None,
    };
    (awaits_mark(before) || is_before_text && !before.is_empty()).then_some(wide)
}

/// Where the small bracket closes that opens before `text`, if Chinese text without other brackets stands between them.
pub fn partner(text: &str) -> Option<usize> {
    /// No brackets enclose more, bytes.
    const FAR: usize = 256;
    let content = &front(text, FAR)[..front(text, FAR).find(['﹙', '﹚'])?];
    let closes = text[content.len()..].starts_with('﹚');
    let is_plain = !content.contains(['(', ')', '（', '）']);
    (closes && is_plain && content.contains(is_ideograph)).then_some(content.len())
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
            ("(", '﹒', "▽", None),
            ("100", '﹐', "200", None),
            ("", '﹕', "好", None),
            ("甲", '﹘', "乙", None),
            ("目錄", '︰', "︰︰12", None),
            ("標點有", '﹐', "﹑﹒", None),
        ] {
            assert_eq!(wide(mark, before, after), expected, "{before}{mark}{after}");
        }
        assert_eq!(partner("註﹚。"), Some(3));
        assert_eq!(partner("ˇ▽ˇ﹚"), None);
        assert_eq!(partner("甲﹙乙﹚"), None);
        assert_eq!(partner("甲(乙﹚丙)"), None);
        assert_eq!(partner("甲"), None);
    }
}
