//! Quotation marks: 「」 and 『』 become “” and ‘’, the outer ones double.

use super::context::is_ideograph;

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

/// Whether a pair of corner marks with nothing in it stands alone in brackets at this place of a line, where it is named:
/// 引號（「」）
pub fn are_named(line: &str, at: usize) -> bool {
    let rest = &line[at..];
    let behind = rest
        .strip_prefix("「」")
        .or_else(|| rest.strip_prefix("『』"));
    line[..at].ends_with(['(', '（']) && behind.is_some_and(|rest| rest.starts_with([')', '）']))
}

/// Whether the quotation mark at this place of a line stands for itself: alone in a cell or between brackets (`[『]`), among nothing
/// but marks, or beside its number, U+300C.
pub fn is_alone(line: &str, at: usize, mark: char) -> bool {
    /// No list of marks is longer, bytes.
    const LIST: usize = 64;
    const NUMBERS: [&str; 4] = ["U+300C", "U+300D", "U+300E", "U+300F"];
    let (before, after) = (&line[..at], &line[at + mark.len_utf8()..]);
    let around = (before.chars().next_back(), after.chars().next());
    // A line of prose may end behind a mark that opens what the next says.
    let is_cell = matches!(
        around,
        (None, Some('\t'))
            | (Some('\t'), None | Some('\t' | '\r' | '\n'))
            | (Some('>'), Some('<'))
            | (Some('['), Some(']'))
            | (Some('|'), Some('|'))
    );
    // show("「") may begin what is said; ["「", "」"] names marks.
    let are_listed = || {
        let near = line.ceil_char_boundary(at.saturating_sub(LIST))
            ..line.floor_char_boundary((at + LIST).min(line.len()));
        let is_quoted = |mark: &char| line[near.clone()].contains(&format!("\"{mark}\""));
        matches!(around, (Some('"'), Some('"'))) && "「」『』".chars().filter(is_quoted).count() > 1
    };
    if is_cell || are_listed() {
        return true;
    }
    // Most lines have words.
    let is_mark = |c: char| "「」『』﹁﹂﹃﹄“”‘’《》〈〉【】〔〕（）() 、,/|·\t\r\n".contains(c);
    let is_list = || line.trim().chars().nth(1).is_some() && line.chars().all(is_mark);
    // U+300C 是「，但：「好」
    let quotes = |text: &str| text.starts_with(is_ideograph);
    let is_within_words = || match mark {
        '「' | '『' | '﹁' | '﹃' => quotes(after),
        _ => before
            .rsplit_once(['「', '『', '﹁', '﹃'])
            .is_some_and(|(_, text)| quotes(text)),
    };
    line.len() <= LIST && is_list()
        || !is_within_words()
            && memchr::memmem::find(line.as_bytes(), b"U+300").is_some()
            && NUMBERS.iter().any(|number| line.contains(number))
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

    /// The line's end was looked at once more, which left these: marks that were set then may have closed some.
    pub fn settle(&mut self, again: &Quotes) {
        self.open.truncate(again.open.len());
        self.bracket = again.bracket;
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
                self.close('“');
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

    fn open(&mut self, mark: char, double: Option<bool>) -> char {
        // Each paragraph of a quotation may begin with the mark, and a mark may have been forgotten: what an earlier line
        // left open only counts for the marks that stand within others.
        let outer = matches!(mark, '「' | '“');
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
        let at = self.open.iter().rposition(|open| open.mark == mark)?;
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
        let told = |line: &str, mark: char| is_alone(line, line.find(mark).expect("there"), mark);
        for (line, mark) in [
            ("「\t345\n", '「'),
            ("12\t』\n", '』'),
            ("<td>「</td>", '「'),
            ("[』]", '』'),
            ("\"「\", \"」\"", '」'),
            ("「」、『』\n", '』'),
            ("U+300C 是「", '「'),
        ] {
            assert!(told(line, mark), "{line}");
        }
        for (line, mark) in [
            ("「\n", '「'),
            ("「好」\t「", '」'),
            ("show(\"「\");", '「'),
            ("「……」\n", '「'),
            ("他說：「", '「'),
        ] {
            assert!(!told(line, mark), "{line}");
        }
    }
}
