//! One line, from one place that may change to the next.

use std::collections::VecDeque;
use std::ops::Range;

use super::brackets;
use super::context::{first, is_chinese, is_ideograph, last};
use super::facts::Facts;
use super::gaps;
use super::inner;
use super::marks;
use super::mask::is_hidden;
use super::protected;
use super::quotes::{self, Quotes};
use super::{runs, signs, small, spaced, stops, straight};
use jianti_text::lines::front;
use jianti_text::scan::Positions;

/// A line that is being punctuated.
pub struct Line<'a> {
    text: &'a str,
    out: &'a mut String,
    /// Where the line's result begins in `out`.
    start: usize,
    /// How much of `text` is in `out`.
    copied: usize,
    /// Where brackets close whose openers are settled, the innermost last, and what closes them.
    closing: Vec<(usize, char)>,
    /// What is left alone, once it was asked for.
    protected: Option<Vec<Range<usize>>>,
    /// What straight quotation marks become, once one is met; those that are behind are gone.
    straight: Option<VecDeque<(usize, char)>>,
    facts: Facts<'a>,
    /// Whether all ASCII marks of the line stay.
    keeps_ascii: bool,
    /// Whether one of them was set.
    has_set: bool,
}

/// How much of a line is looked at before and behind a place, bytes: more than anything that a mark hangs on.
const REACH: usize = 1 << 11;

/// Marks that no space stands before.
const WIDE_MARKS: [char; 7] = ['，', '。', '、', '；', '：', '？', '！'];

impl<'a> Line<'a> {
    /// `text` is the line; its result is appended to `out`. `keeps_ascii` says that all its ASCII marks stay.
    pub fn new(text: &'a str, keeps_ascii: bool, out: &'a mut String) -> Line<'a> {
        let start = out.len();
        Line {
            text,
            out,
            start,
            copied: 0,
            closing: Vec::new(),
            protected: None,
            straight: None,
            facts: Facts::new(text),
            keeps_ascii,
            has_set: false,
        }
    }

    /// Goes through the places of the text in which the line begins at `offset`; returns the first one behind the line, and
    /// whether a mark of ASCII was set.
    pub fn punctuate(
        mut self,
        offset: usize,
        places: &mut Positions,
        quotes: &mut Quotes,
    ) -> (Option<usize>, bool) {
        let mut at = 0;
        let behind = loop {
            let next = places.next(offset + at);
            let found = next.map(|found| found - offset);
            if self.keeps_ascii
                && let Some(found) = found
                && self.text.as_bytes().get(found).is_some_and(u8::is_ascii)
            {
                at = found + 1;
                continue;
            }
            // A bracket that another pair crosses closes nothing.
            while self.closing.pop_if(|(closing, _)| *closing < at).is_some() {}
            let place = match (
                found.filter(|found| *found < self.text.len()),
                self.closing.last(),
            ) {
                (Some(found), Some((closing, _))) => found.min(*closing),
                (Some(found), None) => found,
                (None, Some((closing, _))) => *closing,
                (None, None) => break next,
            };
            at = self.place(place, quotes).max(place + 1).max(self.copied);
            // Behind what has changed a mark may be Chinese that was none before.
            while self.copied == at
                && self.text[at..].starts_with([',', '.', ';', ':', '?', '!', '"', '\''])
            {
                at = self.place(at, quotes).max(self.copied);
            }
        };
        self.copy(self.text.len());
        if self.text.ends_with('\n') {
            quotes.end_lines(1);
        }
        (behind, self.has_set)
    }

    /// Settles what stands at a place; returns how far the line is settled then.
    fn place(&mut self, at: usize, quotes: &mut Quotes) -> usize {
        // The second byte of 。, or another.
        let at = self.text.floor_char_boundary(at);
        if at < self.copied {
            return self.copied;
        }
        let c = first(&self.text[at..]).expect("before the end");
        let end = at + c.len_utf8();
        if c.is_ascii() && (self.keeps_ascii || c == '.' && self.is_within_word(at)) {
            return end;
        }
        match c {
            '「' | '」' | '『' | '』' | '﹁'..='﹄'
                if quotes::is_alone(self.text, at, c, quotes.is_closed_by(c)) => {}
            '「' | '」' if signs::is_lying(&self.text[..at], &self.text[end..]) => {}
            '﹁' | '﹂' | '﹃' | '﹄' if signs::is_mouth(&self.text[..at], &self.text[end..]) =>
                {}
            '「' | '」' | '『' | '』' | '﹁'..='﹄' | '“' | '”' | '‘' | '’' => {
                let mark = quotes.mark(c, first(&self.text[end..]));
                let gap = self.gap_within(at, end, mark);
                if self.drop_inner_space(at, mark) || mark != c || gap > 0 {
                    self.replace(at..end + gap, mark);
                }
            }
            '"' | '\'' => self.straight(at, quotes),
            ',' | ';' | ':' | '?' | '!' => self.mark(at, c),
            '(' => self.opening(at, quotes),
            ')' => self.closing(at, quotes),
            '﹙' => self.small_opening(at),
            '﹚' => {
                if let Some((_, mark)) = self.closing.pop_if(|(closing, _)| *closing == at) {
                    self.replace(at..end, mark);
                }
            }
            '︰' | '﹐'..='﹗' => self.small(at, c),
            '．' => self.point(at),
            '.' if self.is_single(at) => self.stop(at),
            '.' | '…' => return self.run(at, &['.', '…'], runs::is_ellipsis, "……"),
            '。' => return self.run(at, &['。'], runs::is_ellipsis, "……"),
            '-' | '─' => return self.run(at, &[c], runs::is_dash, "——"),
            '‧' if last(self.before(at)).is_some_and(is_ideograph)
                && first(&self.text[end..]).is_some_and(is_ideograph) =>
            {
                self.replace(at..end, '·');
            }
            _ => {}
        }
        end
    }

    /// How many spaces a quotation mark takes along that belong to nothing, at the beginning of what it opens.
    fn gap_within(&mut self, at: usize, end: usize, mark: char) -> usize {
        let rest = self.after(end);
        let is_stray = matches!(mark, '“' | '‘')
            && rest.starts_with(' ')
            && inner::quoted(rest, &self.text[at..end]).is_some_and(inner::begins_in_space);
        usize::from(is_stray && self.is_in_sentence(at))
    }

    /// Takes back the space that belongs to nothing before a mark at this place that closes; tells whether there was one.
    fn drop_inner_space(&mut self, at: usize, mark: char) -> bool {
        let is_stray = self.text[..at].ends_with(' ')
            && inner::ends_in_space(self.before(at), mark)
            && self.is_in_sentence(at);
        if is_stray {
            self.out.pop();
        }
        is_stray
    }

    /// Whether the spaces beside a mark are those of a Chinese sentence, and part no tokens or values.
    fn is_in_sentence(&mut self, at: usize) -> bool {
        !self.keeps_ascii
            && !self.facts.has_tokens_apart()
            && !self.facts.is_in_english(at)
            && !self.is_protected(at)
    }

    /// Whether the point at this place stands within a word or number, as most do that end no sentence.
    fn is_within_word(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        at > 0 && is_part(bytes.get(at - 1)) && is_part(bytes.get(at + 1))
    }

    fn mark(&mut self, at: usize, mark: char) {
        let after = self.after(at + 1);
        if mark == ':'
            && let Some(length) = self.short_code(at)
        {
            return self.protect(at..at + 1 + length);
        }
        self.copy(at);
        let before = tail(self.out, self.start);
        let is_behind_space = spaced::is_behind_space(&self.facts, mark, before, after);
        let before = &before[..before.len() - usize::from(is_behind_space)];
        if marks::is_chinese_mark(mark, before, after)
            && !self.facts.is_in_english(at)
            && !self.is_protected(at)
        {
            self.replace_mark(at, is_behind_space, marks::wide(mark));
        }
    }

    /// The length of an emoji's short code behind the colon at this place. Behind a word a colon parts it from the next.
    fn short_code(&self, at: usize) -> Option<usize> {
        let is_apart = !self.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        is_apart.then(|| signs::short_code(self.after(at + 1)))?
    }

    /// Whether the point at this place is alone.
    fn is_single(&self, at: usize) -> bool {
        let beside = ['.', '…'];
        !self.text[..at].ends_with(beside) && !self.text[at + 1..].starts_with(beside)
    }

    fn stop(&mut self, at: usize) {
        let after = self.after(at + 1);
        self.copy(at);
        let before = tail(self.out, self.start);
        let is_behind_space = spaced::is_stop(&self.facts, before, after);
        let is_full_stop = is_behind_space || stops::is_full_stop(&self.facts, before, after);
        if is_full_stop && !self.facts.is_in_english(at) && !self.is_protected(at) {
            self.replace_mark(at, is_behind_space, '。');
        }
    }

    /// Replaces an ASCII mark, and the spaces around it unless they part tokens.
    fn replace_mark(&mut self, at: usize, is_behind_space: bool, by: char) {
        if is_behind_space && self.facts.has_tokens_apart() {
            return self.replace(at..at + 1, by);
        }
        if is_behind_space {
            self.drop_space(at);
        }
        self.replace(at..at + 1 + gaps::gap(self.after(at + 1)), by);
    }

    /// A straight quotation mark.
    fn straight(&mut self, at: usize, quotes: &mut Quotes) {
        // All of a line's marks are settled at the first one, and hardly any changes.
        let is_next =
            |next: &VecDeque<(usize, char)>| next.front().is_some_and(|next| next.0 <= at);
        if !self.straight.as_ref().is_none_or(is_next) {
            return;
        }
        let mut found = self
            .straight
            .take()
            .unwrap_or_else(|| straight::curly(self.text, |at| self.is_protected(at)).into());
        while let Some((place, mark)) = found.front().copied()
            && place <= at
        {
            found.pop_front();
            if place < self.copied {
                // The quick look passed it over: its partner stays as it is, too.
                let closing = found
                    .iter()
                    .position(|(_, other)| straight::closes(mark, *other));
                closing.and_then(|closing| found.remove(closing));
                continue;
            }
            let mark = quotes.straight(mark);
            let spaces = straight::gap(&self.text[..place], mark, &self.text[place + 1..]);
            self.copy(place);
            let is_behind_chinese = || {
                let front = self.text[..place].strip_suffix(' ');
                front.and_then(last).is_some_and(is_chinese)
            };
            if matches!(mark, '“' | '‘') && is_behind_chinese() {
                self.drop_space(place);
            }
            self.drop_inner_space(place, mark);
            self.replace(place..place + 1 + spaces, mark);
        }
        self.straight = Some(found);
    }

    /// １．５ is 1.5.
    fn point(&mut self, at: usize) {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let end = at + '．'.len_utf8();
        if is_digit(last(self.before(at))) && is_digit(first(&self.text[end..])) {
            self.replace(at..end, '.');
        }
    }

    fn opening(&mut self, at: usize, quotes: &mut Quotes) {
        let after = self.after(at + 1);
        if signs::half_open(after).is_some() {
            return;
        }
        let partner = brackets::partner(after);
        self.copy(at);
        let before = tail(self.out, self.start);
        let chinese = match partner {
            Some((length, is_ascii)) => {
                let behind = length + if is_ascii { 1 } else { '）'.len_utf8() };
                let (content, behind) = (&after[..length], &after[behind..]);
                let is_sign = signs::is_sign(&self.facts, before, content, behind);
                let chinese = !is_sign && brackets::is_chinese_pair(before, content, behind);
                if is_sign {
                    self.protect(at..at + 1 + length);
                }
                chinese
            }
            None => !before.ends_with(":'") && brackets::is_chinese_opener(before, after),
        };
        let closing = partner
            .filter(|(_, is_ascii)| *is_ascii)
            .map(|(length, _)| at + 1 + length);
        if chinese && !self.facts.is_in_english(at) {
            if !self.is_protected(at) {
                self.drop_space(at);
                let content = partner.map(|(length, _)| &after[..length]);
                let is_stray =
                    content.is_some_and(inner::begins_in_space) && self.is_in_sentence(at);
                self.replace(at..at + 1 + usize::from(is_stray), '（');
                if partner.is_none() {
                    quotes.set_bracket(true);
                }
                self.closing.extend(closing.map(|closing| (closing, '）')));
            }
        } else if let Some(closing) = closing
            && brackets::is_near(closing - at)
        {
            self.closing.push((closing, ')'));
        }
    }

    /// Takes back the space before a bracket or quotation mark at this place that becomes Chinese. What ends an address or
    /// the like needs it.
    fn drop_space(&mut self, at: usize) {
        if self.text[..at].ends_with(' ') && !self.is_protected(at.saturating_sub(2)) {
            gaps::drop_space(self.out, self.start);
        }
    }

    /// A mark in one of the small forms that Big5 has.
    fn small(&mut self, at: usize, mark: char) {
        let after = self.after(at + mark.len_utf8());
        if let Some(mark) = small::wide(mark, self.before(at), after)
            && !self.is_in_address(at)
        {
            self.replace(at..at + '﹐'.len_utf8() + gaps::gap(after), mark);
        }
    }

    /// Whether a place is protected, or right behind what is hidden: an address goes on with marks that ASCII lacks.
    fn is_in_address(&mut self, at: usize) -> bool {
        last(&self.text[..at]).is_some_and(is_hidden) || self.is_protected(at)
    }

    /// A bracket in the small form, whose partner has the same.
    fn small_opening(&mut self, at: usize) {
        let start = at + '﹙'.len_utf8();
        let after = self.after(start);
        if let Some(length) = small::partner(self.before(at), after)
            && !self.is_in_address(at)
        {
            self.replace(at..start, '（');
            self.closing.push((start + length, '）'));
        }
    }

    fn closing(&mut self, at: usize, quotes: &mut Quotes) {
        if let Some((_, mark)) = self.closing.pop_if(|(closing, _)| *closing == at) {
            if mark != ')' {
                let gap = self.gap_behind_bracket(at + 1);
                self.drop_inner_space(at, mark);
                self.replace(at..at + 1 + gap, mark);
            }
            return;
        }
        let after = self.after(at + 1);
        let before = self.before(at);
        let chinese = match brackets::opener(before) {
            Some(opener) => opener == '（',
            // 一)总则, or the end of what an earlier line began.
            None => {
                let in_chinese =
                    before.contains(is_ideograph) || first(after).is_some_and(is_chinese);
                quotes.has_bracket() && in_chinese && !signs::ends_in_eyes(before)
                    || brackets::is_label(before)
            }
        };
        if chinese && !self.is_protected(at) {
            self.replace(at..at + 1, '）');
            quotes.set_bracket(false);
        }
    }

    /// How many spaces a closing bracket that became full-width takes along: one. More part columns, and an address needs it.
    fn gap_behind_bracket(&mut self, end: usize) -> usize {
        let after = self.after(end);
        let rest = after.strip_prefix(' ');
        let before_mark = rest.is_some_and(|rest| rest.starts_with(WIDE_MARKS));
        match gaps::gap(after) {
            1 if !gaps::ends_line(&after[1..]) && !self.is_protected(end + 1) => 1,
            0 if before_mark => 1,
            _ => 0,
        }
    }

    /// A run of these characters that `test` may let be replaced.
    fn run(
        &mut self,
        at: usize,
        of: &[char],
        test: fn(&str, &str, &str) -> bool,
        by: &str,
    ) -> usize {
        let rest = &self.text[at..];
        let end = at + rest.len() - rest.trim_start_matches(of).len();
        let run = &self.text[at..end];
        let after = self.after(end).trim_end_matches(['\r', '\n']);
        if test(run, self.before(at), after) && run != by && !self.is_protected(at) {
            let gap = runs::gap_behind_run(self.before(at), by, after);
            self.put(at..end + gap, by);
        }
        end.max(self.copied)
    }

    /// What stands before a place, as it is set now; as much as is in reach.
    fn before(&mut self, at: usize) -> &str {
        self.copy(at);
        tail(self.out, self.start)
    }

    /// What stands behind a place; as much as is in reach.
    fn after(&self, at: usize) -> &'a str {
        front(&self.text[at..], REACH)
    }

    fn replace(&mut self, range: Range<usize>, by: char) {
        self.put(range, by.encode_utf8(&mut [0; 4]));
    }

    fn put(&mut self, range: Range<usize>, by: &str) {
        self.copy(range.start);
        self.out.push_str(by);
        self.copied = range.end;
        self.has_set |= self.text.as_bytes()[range.start].is_ascii();
    }

    fn copy(&mut self, to: usize) {
        self.out.push_str(&self.text[self.copied..to]);
        self.copied = to;
    }

    fn is_protected(&mut self, at: usize) -> bool {
        let spans = self.protected();
        let next = spans.partition_point(|span| span.end <= at);
        spans.get(next).is_some_and(|span| span.contains(&at))
    }

    /// Leaves a part of the line alone.
    fn protect(&mut self, span: Range<usize>) {
        let spans = self.protected();
        let next = spans.partition_point(|other| other.end <= span.start);
        // What overlaps is left alone already, up to its end.
        let start = span.start;
        match spans.get_mut(next) {
            Some(other) if other.start < span.end => {
                *other = start.min(other.start)..span.end.max(other.end);
            }
            _ => spans.insert(next, span),
        }
    }

    fn protected(&mut self) -> &mut Vec<Range<usize>> {
        let text = self.text;
        self.protected.get_or_insert_with(|| {
            if protected::is_whole(text) {
                std::iter::once(0..text.len()).collect()
            } else {
                protected::spans(text)
            }
        })
    }
}

/// What of `out` from `start` on is in reach of its end.
fn tail(out: &str, start: usize) -> &str {
    // All of it, of most lines.
    if out.len() - start <= REACH {
        return &out[start..];
    }
    let far = out.len().saturating_sub(REACH);
    &out[out.ceil_char_boundary(far).max(start)..]
}
