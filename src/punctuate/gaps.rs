//! The spaces that a mark takes along which becomes full-width.

use super::context::{first, is_alphanumeric, is_chinese, last};
use super::filled::filled_in;
use super::mask::is_hidden;
use super::tags;
use jianti_formats::FORMULA;
use jianti_text::chars::is_private_use;

/// How many spaces a mark that became full-width takes along: those that separate it from the text behind, or one at a line's
/// end. More of them are there for something else.
pub fn gap(after: &str) -> usize {
    let rest = after.trim_start_matches(' ');
    let spaces = after.len() - rest.len();
    // No space stands behind most.
    if spaces == 0 {
        return 0;
    }
    // Two at a line's end break it in Markdown.
    if spaces == 1 && ends_line(rest) {
        return 1;
    }
    let rest = tags::behind(rest);
    let is_text = filled_in(rest)
        || first(rest).is_some_and(|c| {
            is_alphanumeric(c)
                || is_hidden(c) && c != FORMULA
                || is_private_use(c)
                || matches!(
                    c,
                    '￥' | '¥'
                        | '@'
                        | '★'
                        | '☆'
                        | '€'
                        | '£'
                        | '"'
                        | '\''
                        | '('
                        | '['
                        | '“'
                        | '‘'
                        | '《'
                        | '〈'
                        | '【'
                        | '（'
                        | '「'
                        | '『'
                )
        });
    if spaces <= 2 && is_text { spaces } else { 0 }
}

/// Whether a line ends here, as a tag may tell, or what stands between two.
pub fn ends_line(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(['\r', '\n'])
        || ["<br", "</p>", "</div>", "</li>", "</td>"]
            .iter()
            .any(|tag| rest.starts_with(tag))
}

/// Takes back the space that a line's result, which begins at `start` of `out`, ends in before a bracket or
/// quotation mark that becomes Chinese, if a word or another mark of the sentence stands in front of it: 设置 (可选)
pub fn drop_space(out: &mut String, start: usize) {
    let is_text = |c: char| {
        is_alphanumeric(c)
            || is_chinese(c)
            || matches!(c, '”' | '’' | '？' | '！' | '%' | '"' | ')')
    };
    let front = out[start..].strip_suffix(' ');
    if front.and_then(last).is_some_and(is_text) {
        out.pop();
    }
}
