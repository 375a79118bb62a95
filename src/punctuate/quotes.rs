//! Quotation marks: 「」 and 『』 become “” and ‘’, the outer ones double.

use super::context::{first, is_ideograph, last};
use jianti_text::chars::Chars;
use jianti_text::lines::front;

/// Quotation marks that are open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotes {
    open: Vec<Open>,
    /// For how many lines more a bracket is open that became full-width and that its line does not close.
    bracket: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Open {
    /// The mark as it was written.
    mark: char,
    /// Whether it is double now.
    double: bool,
    /// How many lines ended since it was opened.
    lines: usize,
}

/// Deeper nesting than this is no nesting.
const DEEPEST: usize = 8;
/// How many lines what stands between brackets or quotation marks may go over: what is open longer was forgotten.
const MOST_LINES: usize = 64;

/// Whether the quotation mark at this place of a line stands for itself: alone in a cell or between brackets (`[『]`), as code,
/// beside its number, U+300C, or its counterpart, or with nothing in it. `is_open` says that an earlier line opened what it closes.
pub fn is_alone(line: &str, at: usize, mark: char, is_open: bool) -> bool {
    let Some(partner) = partner(mark) else {
        return false;
    };
    let (before, after) = (&line[..at], &line[at + mark.len_utf8()..]);
    let is_empty = || match partner {
        Partner::Closer(partner) => after.starts_with(partner),
        Partner::Opener(partner) => before.ends_with(partner),
    };
    // The other may stand beside words, which this one opens or closes then.
    let is_cell = || {
        is_in_cell(before, after)
            && match partner {
                Partner::Closer(partner) => after.split_once(partner),
                Partner::Opener(partner) => before.rsplit_once(partner),
            }
            .is_none_or(|(before, after)| is_in_cell(before, after))
    };
    is_empty() && is_spoken_of(line, before, after)
        || is_cell()
        || is_in_element(before, after, &["code", "kbd"])
        || is_beside_other(before, mark, after)
        || is_named(line, before, mark, partner, after, is_open)
}

/// What marks are called on a line that speaks of them.
const NAMES: [&str; 6] = ["U+300C", "U+300D", "U+300E", "U+300F", "引號", "引号"];

/// Whether a line speaks of the marks that stand between these with nothing in them: it names marks, has such pairs of another
/// kind, or brackets or straight marks around this one. What somebody says may be nothing: 他只回了「」
fn is_spoken_of(line: &str, before: &str, after: &str) -> bool {
    const PAIRS: [&str; 4] = ["「」", "『』", "“”", "‘’"];
    let kinds = || PAIRS.iter().filter(|pair| line.contains(**pair)).count();
    let mark = |c: char| "「」『』﹁﹂﹃﹄".contains(c);
    let around = (
        last(before.trim_end_matches(mark)),
        first(after.trim_start_matches(mark)),
    );
    line.trim().chars().all(mark)
        || matches!(
            around,
            (Some('(' | '（' | '['), Some(')' | '）' | ']'))
                | (Some('\''), Some('\''))
                | (Some('"'), Some('"'))
        )
        || kinds() > 1
        || NAMES.iter().any(|name| line.contains(name))
}

/// What closes what a mark opens, or opens what it closes.
#[derive(Clone, Copy)]
enum Partner {
    Closer(char),
    Opener(char),
}

fn partner(mark: char) -> Option<Partner> {
    Some(match mark {
        '「' => Partner::Closer('」'),
        '『' => Partner::Closer('』'),
        '﹁' => Partner::Closer('﹂'),
        '﹃' => Partner::Closer('﹄'),
        '」' => Partner::Opener('「'),
        '』' => Partner::Opener('『'),
        '﹂' => Partner::Opener('﹁'),
        '﹄' => Partner::Opener('﹃'),
        _ => return None,
    })
}

/// Whether a mark between these is all that stands in a cell of a table, or in brackets.
fn is_in_cell(before: &str, after: &str) -> bool {
    let (front, rest) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    // A line of prose may end behind a mark that opens what the next says.
    front.ends_with('|') && rest.starts_with('|')
        || matches!(
            (last(before), first(after)),
            (None, Some('\t'))
                | (Some('\t'), None | Some('\t' | '\r' | '\n'))
                | (Some('['), Some(']'))
        )
        || is_in_element(before, after, &["td", "th"])
}

/// Whether a mark between these is all that stands in one of these elements.
fn is_in_element(before: &str, after: &str, names: &[&str]) -> bool {
    let tag = before
        .strip_suffix('>')
        .and_then(|before| before.rsplit_once('<'));
    let is_told = |tag: &str| {
        let name = tag.split(' ').next().unwrap_or(tag);
        names.iter().any(|told| told.eq_ignore_ascii_case(name))
    };
    after.starts_with("</") && tag.is_some_and(|(_, tag)| is_told(tag))
}

/// Whether what is said of it stands beside: `"「": "“"`, `["「", "」"]`, s/「/“/
fn is_beside_other(before: &str, mark: char, after: &str) -> bool {
    let same = match mark {
        '「' | '﹁' => ['“', '"'],
        '」' | '﹂' => ['”', '"'],
        '『' | '﹃' => ['‘', '“'],
        _ => ['’', '”'],
    };
    let is_quoted = || {
        let quote = |c: Option<char>| c.filter(|c| matches!(c, '"' | '\''));
        quote(last(before)).is_some() && last(before) == first(after)
    };
    static BETWEEN: Chars = Chars::of(" ,:=>-→|/\t\"'()[");
    let is_between = |c: char| BETWEEN.contains(c);
    let behind = after.trim_start_matches(is_between);
    let front = before.trim_end_matches(is_between);
    let is_other = |between: &str, other: Option<char>| {
        let is_mark = |c: char| "「」『』".contains(c) && is_quoted();
        between.contains(|c: char| c != ' ')
            && other.is_some_and(|c| same.contains(&c) || is_mark(c))
    };
    is_other(&after[..after.len() - behind.len()], first(behind))
        || is_other(&before[front.len()..], last(front))
}

/// Whether its number stands on the line, or what marks are called, and no quotation is around it: U+300C是「, 左引號「、右引號」
fn is_named(
    line: &str,
    before: &str,
    mark: char,
    partner: Partner,
    after: &str,
    is_open: bool,
) -> bool {
    /// Farther off nothing is looked for, bytes.
    const FAR: usize = 1 << 9;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(FAR))..];
    let rest = front(after, FAR);
    let is_no_quotation = match partner {
        Partner::Closer(closer) => match matching(rest.char_indices(), mark, closer) {
            Some(at) => are_apart(near, &rest[..at], &rest[at + closer.len_utf8()..]),
            None => !is_open && !before.ends_with(['：', ':']) && !begins_speech(before, after),
        },
        Partner::Opener(opener) => match matching(near.char_indices().rev(), mark, opener) {
            Some(at) => are_apart(&near[..at], &near[at + opener.len_utf8()..], rest),
            None => !is_open && !before.ends_with(['：', ':']),
        },
    };
    // Most lines end here.
    is_no_quotation && NAMES.iter().any(|name| line.contains(name))
}

/// What joins two words.
const JOINING: [char; 6] = ['和', '与', '與', '及', '或', '、'];

/// Whether two marks with this `content` between them are no pair, on a line that speaks of marks: 左引號「、右引號」, U+300C和U+300D是「和」.
/// Quotations are 「，」, 「（一）總則」 and 「"Hello"」.
fn are_apart(before: &str, content: &str, after: &str) -> bool {
    let is_long = content.chars().nth(1).is_some();
    match first(content) {
        Some('，' | '、' | '。') => is_long,
        Some('（' | '(') => {
            content.ends_with(JOINING) || NAMES.iter().any(|name| content.ends_with(name))
        }
        // Each stands in straight marks of its own: "「"和"」"
        Some(quote @ ('"' | '\'')) => is_long && before.ends_with(quote),
        Some(c) if JOINING.contains(&c) && !is_long => {
            !after.starts_with(['字', '词', '詞'])
                && !before.contains('「')
                && !after.contains('「')
        }
        _ => false,
    }
}

/// Whether a mark that its line does not close opens what somebody says, and not only what is said about it: 「學會了嗎？
fn begins_speech(before: &str, after: &str) -> bool {
    const SAID: [&str; 6] = ["表示", "代表", "是", "為", "为", "用"];
    const PAUSES: [char; 5] = ['，', '。', '？', '！', '；'];
    let after = after.trim_end();
    (before.trim_start().is_empty() || before.ends_with(PAUSES))
        && first(after).is_some_and(is_ideograph)
        && after.ends_with(PAUSES)
        && !after.starts_with(JOINING)
        && !SAID.iter().any(|word| after.starts_with(word))
}

/// Where among these characters the partner of a mark stands that was left behind.
fn matching(
    mut chars: impl Iterator<Item = (usize, char)>,
    mark: char,
    partner: char,
) -> Option<usize> {
    let mut depth = 1;
    let found = chars.find(|(_, c)| {
        depth += i32::from(*c == mark) - i32::from(*c == partner);
        depth == 0
    });
    found.map(|(at, _)| at)
}

impl Quotes {
    /// Passes over text without marks; an empty line ends all that is open.
    pub fn skip(&mut self, text: &str) {
        if self.open.is_empty() && self.bracket == 0 || text.is_empty() {
            return;
        }
        // A mark's own line ends in the first line end.
        let begins_empty = text.starts_with('\n') || text.starts_with("\r\n");
        if begins_empty || text.contains("\n\n") || text.contains("\n\r\n") {
            self.open.clear();
            self.bracket = 0;
        }
        self.end_lines(memchr::memchr_iter(b'\n', text.as_bytes()).count());
    }

    /// Whether this mark closes one that is open.
    pub fn is_closed_by(&self, mark: char) -> bool {
        let opening = match mark {
            '」' | '﹂' => '「',
            '』' | '﹄' => '『',
            _ => return false,
        };
        self.open.iter().any(|open| open.mark == opening)
    }

    /// Whether a bracket is open from an earlier line.
    pub fn has_bracket(&self) -> bool {
        self.bracket > 0
    }

    /// A bracket became full-width that its line does not close, or one was closed.
    pub fn set_bracket(&mut self, open: bool) {
        self.bracket = if open { MOST_LINES } else { 0 };
    }

    /// The line that `before` was in front of was looked at once more, which left these: marks that were set only then may
    /// have opened and closed some.
    pub fn settle(&mut self, before: &Quotes, again: &Quotes) {
        self.open.truncate(again.open.len());
        let is_opened = again.bracket > before.bracket;
        let is_closed = again.bracket == 0 && before.bracket > 0;
        if is_opened || is_closed {
            self.bracket = again.bracket;
        }
    }

    /// So many lines ended.
    pub fn end_lines(&mut self, count: usize) {
        self.open.iter_mut().for_each(|open| open.lines += count);
        self.open.retain(|open| open.lines <= MOST_LINES);
        self.bracket = self.bracket.saturating_sub(count);
    }

    /// What a quotation mark becomes. `next` is the character behind it.
    pub fn mark(&mut self, mark: char, next: Option<char>) -> char {
        match mark {
            '「' | '﹁' => self.open('「', None),
            '『' | '﹃' => self.open('『', None),
            '“' => self.open('“', Some(true)),
            '‘' => self.open('‘', Some(false)),
            '」' | '﹂' => self.close('「').unwrap_or('”'),
            '』' | '﹄' => self
                .close('『')
                .unwrap_or(if matches!(next, Some('」' | '﹂')) {
                    '’'
                } else {
                    '”'
                }),
            '”' => {
                self.close_double();
                mark
            }
            '’' => {
                // It is an apostrophe too: only the innermost counts.
                if self.open.last().is_some_and(|open| open.mark == '‘') {
                    self.open.pop();
                }
                mark
            }
            _ => mark,
        }
    }

    /// What a straight mark becomes that would be this one if it stood in no other quotation on its line.
    pub fn straight(&mut self, mark: char) -> char {
        match mark {
            '“' => self.open('"', None),
            '”' => self.close_double().unwrap_or(mark),
            _ => self.mark(mark, None),
        }
    }

    fn open(&mut self, mark: char, double: Option<bool>) -> char {
        // Each paragraph of a quotation may begin with the mark, and a mark may have been forgotten: what an earlier line
        // left open only counts for the marks that stand within others.
        let outer = matches!(mark, '「' | '“' | '"');
        let stale = |open: &Open| open.lines > 0 && (outer || open.mark == mark);
        if let Some(at) = self.open.iter().position(stale) {
            self.open.truncate(at);
        }
        if self.open.len() == DEEPEST {
            self.open.clear();
        }
        let double = double.unwrap_or_else(|| !self.open.last().is_some_and(|open| open.double));
        self.open.push(Open {
            mark,
            double,
            lines: 0,
        });
        if double { '“' } else { '‘' }
    }

    fn close(&mut self, mark: char) -> Option<char> {
        self.close_any(&[mark])
    }

    /// Closes what a double mark opened, curly or straight: a pair may be of both.
    fn close_double(&mut self) -> Option<char> {
        self.close_any(&['“', '"'])
    }

    fn close_any(&mut self, marks: &[char]) -> Option<char> {
        let at = self
            .open
            .iter()
            .rposition(|open| marks.contains(&open.mark))?;
        let double = self.open[at].double;
        self.open.truncate(at);
        Some(if double { '”' } else { '’' })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_stand_alone_are_told() {
        let told =
            |line: &str, mark: char| is_alone(line, line.find(mark).expect("there"), mark, false);
        for (line, mark) in [
            ("「\t345\n", '「'),
            ("12\t』\n", '』'),
            ("<td>「</td>", '「'),
            ("[』]", '』'),
            ("\"「\", \"」\"", '」'),
            ("「」、『』\n", '』'),
            ("U+300C 是「", '「'),
            ("| 左引號 | 「 |", '「'),
            ("text.replace('「', '“')", '「'),
            ("\"「\": \"“\",", '「'),
            ("台灣用「」，大陸用“”。", '「'),
            ("左引號「、右引號」", '」'),
            ("<code>「</code>", '「'),
            ("「」", '「'),
            ("U+300C 和 U+300D 是「和」", '「'),
            ("引号「（左）和」（右）", '」'),
            ("打「時自動補引號", '「'),
        ] {
            assert!(told(line, mark), "{line}");
        }
        for (line, mark) in [
            ("「\n", '「'),
            ("「好」\t「", '」'),
            ("show(\"「\");", '「'),
            ("「……」\n", '「'),
            ("他說：「", '「'),
            ("<span>「</span>你好<span>」</span>", '「'),
            ("（「", '「'),
            ("》」\n", '」'),
            ("\"「\" + 名 + \"」\"", '「'),
            ("「U+300C」", '「'),
            ("「引號「」是什麼？」", '「'),
            ("引號內的字：「（一）總則」", '「'),
            ("「\"Good morning\"」他用引號標示", '」'),
            ("這一課講引號。「學會了嗎？\n", '「'),
            ("引號裡的「和」字", '「'),
            ("| 「你好 | 」 |", '」'),
            ("\"「好」\",\"「壞」\"", '」'),
        ] {
            assert!(!told(line, mark), "{line}");
        }
    }
}
