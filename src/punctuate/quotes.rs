//! Quotation marks: 「」 and 『』 become “” and ‘’, the outer ones double.

/// Quotation marks that are open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotes {
    open: Vec<Open>,
    /// Whether a bracket became full-width that its line does not close.
    bracket: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Open {
    /// The mark as it was written.
    mark: char,
    /// Whether it is double now.
    double: bool,
    /// Whether an earlier line opened it.
    earlier: bool,
}

/// Deeper nesting than this is no nesting.
const DEEPEST: usize = 8;

impl Quotes {
    /// Passes over text without marks; an empty line ends all that is open.
    pub fn skip(&mut self, text: &str) {
        if self.open.is_empty() && !self.bracket || text.is_empty() {
            return;
        }
        // A mark's own line ends in the first line end.
        let begins_empty = text.starts_with('\n') || text.starts_with("\r\n");
        if begins_empty || text.contains("\n\n") || text.contains("\n\r\n") {
            self.open.clear();
            self.bracket = false;
        }
        if text.contains('\n') {
            self.end_line();
        }
    }

    /// Whether a bracket is open from an earlier line.
    pub fn has_bracket(&self) -> bool {
        self.bracket
    }

    /// A bracket became full-width that its line does not close, or one was closed.
    pub fn set_bracket(&mut self, open: bool) {
        self.bracket = open;
    }

    /// A line ended.
    pub fn end_line(&mut self) {
        self.open.iter_mut().for_each(|open| open.earlier = true);
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
        let stale = |open: &Open| open.earlier && (outer || open.mark == mark);
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
            earlier: false,
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
