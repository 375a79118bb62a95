//! A passage of text that is split over several elements: which share of the result belongs to each.

use std::borrow::Cow;
use std::ops::Range;

use jianti_text::chars::is_han;

use crate::TextSink;
use crate::object::is_kept_out;
use crate::restored::{restored, shares_by_bytes};
use crate::taken_spaces::{with_spaces, without_spaces};

/// How far ahead two texts are searched for the place from which they go on alike; characters.
const WINDOW: usize = 64;

/// Normalises `pieces` as one passage, so that a phrase is seen whole wherever it is split, and tells each piece's share of
/// the result; `None` if nothing changes. `is_apart` tells of which pieces, but the first, something stands between them and
/// the one before.
pub(crate) fn passage<'p>(
    pieces: &'p [&'p str],
    passages: &mut dyn TextSink,
    is_apart: impl Fn(usize) -> bool,
) -> Option<Shares<'p>> {
    let whole = pieces.concat();
    let may_be_damaged = pieces.len() > 1 && !whole.is_ascii();
    if may_be_damaged && let Some(repaired) = restored(&whole, passages) {
        let ranges = shares_by_bytes(pieces, &whole, &repaired)
            .unwrap_or_else(|| shares(pieces, &whole, &repaired));
        let parts: Vec<&str> = ranges.into_iter().map(|range| &repaired[range]).collect();
        let (result, spaces) =
            spaced(&parts, &repaired, passages).unwrap_or_else(|| (repaired.clone(), Vec::new()));
        let ranges = shares(&parts, &repaired, &result);
        return Some(Shares::of(pieces, result, ranges, &spaces, is_apart));
    }
    let (result, spaces) = spaced(pieces, &whole, passages)?;
    let ranges = shares(pieces, &whole, &result);
    Some(Shares::of(pieces, result, ranges, &spaces, is_apart))
}

/// The same of pieces with nothing between them, put together; nobody asks for their shares.
pub(crate) fn together(
    pieces: &[&str],
    whole: &str,
    passages: &mut dyn TextSink,
) -> Option<String> {
    let (result, spaces) = spaced(pieces, whole, passages)?;
    match spaces.is_empty() {
        true => Some(result),
        false => {
            let ranges = shares(pieces, whole, &result);
            Some(Shares::of(pieces, result, ranges, &spaces, |_| false).result)
        }
    }
}

/// What `whole`, which pieces are put together, becomes, with the spaces back that marks took along, and where these stand;
/// `None` if nothing changes.
fn spaced(
    pieces: &[&str],
    whole: &str,
    passages: &mut dyn TextSink,
) -> Option<(String, Vec<usize>)> {
    let Cow::Owned(result) = passages.passage(whole) else {
        return None;
    };
    // If there is another number of them nothing tells which is which, and none may be lost.
    let count = |text: &str| text.chars().filter(|c| is_kept_out(*c)).count();
    let is_object = |piece: &&str| piece.chars().next().is_some_and(is_kept_out);
    if pieces.iter().any(is_object) && count(whole) != count(&result) {
        return None;
    }
    Some(match pieces.len() {
        1 => (result, Vec::new()),
        _ => with_spaces(whole, result),
    })
}

/// What pieces became that were one passage.
pub(crate) struct Shares<'p> {
    pieces: &'p [&'p str],
    result: String,
    /// Where each piece's share stands in the result, which they are when put together.
    ranges: Vec<Range<usize>>,
    /// Whether something stands before each piece, and behind the last.
    is_apart: Vec<bool>,
}

impl<'p> Shares<'p> {
    /// `ranges` are those of the pieces in `result`, which still has the `spaces`.
    fn of(
        pieces: &'p [&'p str],
        result: String,
        ranges: Vec<Range<usize>>,
        spaces: &[usize],
        is_apart: impl Fn(usize) -> bool,
    ) -> Shares<'p> {
        let is_apart: Vec<bool> = (0..=pieces.len())
            .map(|at| at == 0 || at == pieces.len() || is_apart(at))
            .collect();
        let (result, ranges) = without_spaces(result, ranges, spaces, &is_apart);
        Shares {
            pieces,
            result,
            ranges,
            is_apart,
        }
    }

    /// Each piece's share, in order.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let mut before = "";
        let pieces = self.pieces.iter().zip(&self.ranges).enumerate();
        pieces.map(move |(at, (piece, range))| {
            let share = &self.result[range.clone()];
            let spaces = match at > 0 && self.is_apart[at] {
                true => taken_along(piece, share, before),
                false => "",
            };
            if !share.is_empty() {
                before = share;
            }
            match spaces {
                "" => Cow::Borrowed(share),
                spaces => Cow::Owned(spaces.to_owned() + share),
            }
        })
    }
}

/// The spaces that a piece began with and a mark at the end of the piece before took along: they stay, as tags stand between,
/// and Markdown's `**注意:** 請看` is no emphasis without.
fn taken_along<'t>(piece: &'t str, share: &str, before: &str) -> &'t str {
    let spaces = piece.len() - piece.trim_start_matches(' ').len();
    let are_taken = spaces > 0
        && !share.is_empty()
        && !share.starts_with(' ')
        && before.ends_with(['，', '。', '；', '：', '？', '！']);
    &piece[..if are_taken { spaces } else { 0 }]
}

/// Cuts `new`, which `old` became, where the pieces of `old` were cut; bytes of `new`.
pub(crate) fn shares(pieces: &[&str], old: &str, new: &str) -> Vec<Range<usize>> {
    if stand_alike(old, new) {
        return one_behind_another(pieces.iter().map(|piece| piece.len()));
    }
    if each_became_one(old, new) {
        return shares_alike(pieces, new);
    }
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let mut alignment = Alignment::new(&old, &new);
    let gaps = Gaps::between(|c| is_han(c) || is_kept_out(c), &old, &new);
    let gaps = gaps.or_else(|| Gaps::between(is_kept_out, &old, &new).filter(Gaps::are_several));
    let cuts = pieces.iter().scan(0, |at, piece| {
        *at += piece.chars().count();
        Some(*at)
    });
    let mut from = 0;
    let lengths = cuts.enumerate().map(|(number, cut)| {
        let to = if cut == old.len() && number + 1 == pieces.len() {
            new.len()
        } else {
            let place = match &gaps {
                Some(gaps) => gaps.place(cut),
                None => alignment.place(cut),
            };
            place.max(from)
        };
        let share = &new[from..to];
        from = to;
        share.iter().map(|c| c.len_utf8()).sum()
    });
    one_behind_another(lengths)
}

/// Ranges of these lengths.
fn one_behind_another(lengths: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut end = 0;
    let range = |length| {
        end += length;
        end - length..end
    };
    lengths.map(range).collect()
}

/// Whether each character became one: that there are as many may be by chance, where 。。。 and … both became ……
fn each_became_one(old: &str, new: &str) -> bool {
    let kind = |c: char| (is_han(c), c.is_whitespace(), is_kept_out(c));
    old.chars().map(kind).eq(new.chars().map(kind))
}

/// The shares where each character became one.
fn shares_alike(pieces: &[&str], new: &str) -> Vec<Range<usize>> {
    let mut rest = new.chars();
    let length = |piece: &&str| {
        let length = rest.as_str().len();
        // Many at a time are passed over so.
        if let Some(last) = piece.chars().count().checked_sub(1) {
            rest.nth(last);
        }
        length - rest.as_str().len()
    };
    one_behind_another(pieces.iter().map(length))
}

/// Whether each character of both texts stands at the same bytes, as nearly always. No loop here stops early, so that bytes
/// are compared many at a time.
fn stand_alike(old: &str, new: &str) -> bool {
    let begins = |byte: u8| (byte & 0xC0) != 0x80;
    let differ = |(old, new): (u8, u8)| u8::from(begins(old) != begins(new));
    old.len() == new.len()
        && old
            .bytes()
            .zip(new.bytes())
            .map(differ)
            .fold(0, |a, b| a | b)
            == 0
}

/// Where the characters of a text went in which as many of some characters stand as before: each became one. Nearly always
/// that is so of Han characters: what goes away is glosses, and what is put in is marks. It always is of what stands for
/// something that is no text. What stands between two of them is aligned by itself.
struct Gaps<'a> {
    old: &'a [char],
    new: &'a [char],
    /// Where these characters are.
    old_fixed: Vec<usize>,
    new_fixed: Vec<usize>,
}

impl<'a> Gaps<'a> {
    fn between(is_fixed: fn(char) -> bool, old: &'a [char], new: &'a [char]) -> Option<Gaps<'a>> {
        let fixed = |text: &[char]| -> Vec<usize> {
            let places = text.iter().enumerate().filter(|(_, c)| is_fixed(**c));
            places.map(|(at, _)| at).collect()
        };
        let (old_fixed, new_fixed) = (fixed(old), fixed(new));
        let are_alike = |(at, to): (&usize, &usize)| is_kept_out(old[*at]) == is_kept_out(new[*to]);
        let alike =
            old_fixed.len() == new_fixed.len() && old_fixed.iter().zip(&new_fixed).all(are_alike);
        alike.then_some(Gaps {
            old,
            new,
            old_fixed,
            new_fixed,
        })
    }

    /// Whether there is more than one gap.
    fn are_several(&self) -> bool {
        !self.old_fixed.is_empty()
    }

    /// The place in the new text that belongs to a place in the old one.
    fn place(&self, cut: usize) -> usize {
        let number = self.old_fixed.partition_point(|at| *at < cut);
        let gap = |fixed: &[usize], length: usize| {
            let start = number.checked_sub(1).map_or(0, |before| fixed[before] + 1);
            (start, fixed.get(number).copied().unwrap_or(length))
        };
        let (old, old_end) = gap(&self.old_fixed, self.old.len());
        let (new, new_end) = gap(&self.new_fixed, self.new.len());
        if cut == old {
            return new;
        }
        if cut == old_end {
            return new_end;
        }
        new + Alignment::new(&self.old[old..old_end], &self.new[new..new_end]).place(cut - old)
    }
}

/// Where the characters of a text went.
///
/// Nearly all become one character each, in place; some go away (glosses), some marks become two. So this walks along
/// both texts and looks ahead only where they differ, in time that grows with their length; a shortest edit script takes
/// far longer where half of all characters change.
struct Alignment<'a> {
    old: &'a [char],
    new: &'a [char],
    /// The block that the walk has come to.
    block: Block,
}

/// Characters of the old text and those they became.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    old: (usize, usize),
    new: (usize, usize),
}

impl<'a> Alignment<'a> {
    fn new(old: &'a [char], new: &'a [char]) -> Self {
        let block = Block::default();
        Alignment { old, new, block }
    }

    /// The place in the new text that belongs to a place in the old one; to be asked in ascending order.
    fn place(&mut self, cut: usize) -> usize {
        while self.block.old.1 < cut {
            let (i, j) = (self.block.old.1, self.block.new.1);
            let (di, dj) = match gap(&self.old[i..], &self.new[..j], &self.new[j..]) {
                0 => step(&self.old[i..], &self.new[j..]),
                spaces => (spaces, 0),
            };
            self.block = Block {
                old: (i, i + di),
                new: (j, j + dj),
            };
        }
        let Block { old, new } = self.block;
        if cut == old.1 {
            return new.1;
        }
        let (before, behind) = (&self.old[old.0..cut], &self.old[cut..old.1]);
        let result = &self.new[new.0..new.1];
        if before.len() + behind.len() == result.len() {
            return new.0 + before.len();
        }
        // Han characters become Han characters; what is between may go away.
        let han = before.iter().filter(|c| is_han(**c)).count();
        let all = han + behind.iter().filter(|c| is_han(**c)).count();
        if all == result.iter().filter(|c| is_han(**c)).count() && all > 0 {
            let place = match han {
                0 => 0,
                _ => result
                    .iter()
                    .enumerate()
                    .filter(|(_, c)| is_han(**c))
                    .nth(han - 1)
                    .map_or(0, |(at, _)| at + 1),
            };
            return new.0 + place;
        }
        new.0 + result.len().saturating_sub(behind.len())
    }
}

/// How many spaces `old` begins with that the mark took along which `done` ends with; `new` goes on without them.
fn gap(old: &[char], done: &[char], new: &[char]) -> usize {
    let is_mark = |c: &char| matches!(c, '，' | '。' | '；' | '：' | '？' | '！');
    if new.first() == Some(&' ') || !done.last().is_some_and(is_mark) {
        return 0;
    }
    old.iter().take_while(|c| **c == ' ').count()
}

/// How many characters of both texts belong together, at their beginning.
fn step(old: &[char], new: &[char]) -> (usize, usize) {
    if new.is_empty() {
        return (old.len(), 0);
    }
    if is_same(old[0], new[0]) {
        return (1, 1);
    }
    // Whether the texts go on alike from there.
    let meets = |di: usize, dj: usize| match (old.get(di), new.get(dj)) {
        (None, None) => di == old.len() && dj == new.len(),
        (Some(a), Some(b)) => {
            let next = || match (old.get(di + 1), new.get(dj + 1)) {
                (Some(a), Some(b)) => is_same(*a, *b),
                (a, b) => a == b,
            };
            is_same(*a, *b) && (di == dj || next())
        }
        _ => false,
    };
    let farthest = WINDOW.min(old.len().max(new.len()));
    for far in 1..=farthest {
        for near in (0..=far).rev() {
            if meets(far, near) {
                return (far, near);
            }
            if meets(near, far) {
                return (near, far);
            }
        }
    }
    (1, 1)
}

/// Whether a character stayed, or is a mark that became full-width.
fn is_same(old: char, new: char) -> bool {
    old == new
        || match old {
            ',' | ';' | ':' | '?' | '!' | '(' | ')' => u32::from(old) + 0xFEE0 == u32::from(new),
            '.' => new == '。',
            '"' => matches!(new, '“' | '”'),
            '\'' => matches!(new, '‘' | '’'),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'t>(pieces: &[&str], new: &'t str) -> Vec<&'t str> {
        let shares = shares(pieces, &pieces.concat(), new);
        shares.into_iter().map(|share| &new[share]).collect()
    }

    #[test]
    fn each_piece_gets_what_became_of_it() {
        for (pieces, new, expected) in [
            (&["頭", "髮"][..], "头发", &["头", "发"][..]),
            (&["會(huì)", "議的"], "会议的", &["会", "议的"]),
            (
                &["開會", "(huì)", "議的事"],
                "开会议的事",
                &["开会", "", "议的事"],
            ),
            (&["他說...", "好"], "他说……好", &["他说……", "好"]),
            (&["負(fù)", "責(zé)", "人"], "负责人", &["负", "责", "人"]),
            (&["注意:", " 請看"], "注意：请看", &["注意：", "请看"]),
            (&["他說, ", "請看"], "他说，请看", &["他说，", "请看"]),
            (
                &["請看, ", "\"後來\"", ": 重來。", "見此"],
                "请看，“后来”：重来。见此",
                &["请看，", "“后来”", "：重来。", "见此"],
            ),
            // What is no text keeps its own place.
            (
                &["他說...", "\u{FFFC}", "\u{FFFC}", "後"],
                "他说……\u{FFFC}\u{FFFC}后",
                &["他说……", "\u{FFFC}", "\u{FFFC}", "后"],
            ),
            (
                &["會(huì)議頭...", "\u{FFFC}", "\u{FFFC}", "。。。後"],
                "会……\u{FFFC}\u{FFFC}……后",
                &["会……", "\u{FFFC}", "\u{FFFC}", "……后"],
            ),
            // As many characters as before, by chance.
            (
                &["請看。。。 ", "甲", " 與 ", "乙", "等…"],
                "请看…… 甲 与 乙等……",
                &["请看…… ", "甲", " 与 ", "乙", "等……"],
            ),
            (&["甲", "", "乙"], "甲乙", &["甲", "", "乙"]),
            (&["", ""], "", &["", ""]),
            (&["甲", "乙"], "", &["", ""]),
            (&["甲乙", "丙丁"], "甲乙……丙丁", &["甲乙", "……丙丁"]),
            // Nothing but marks is alike before and after.
            (
                &["會(huì)議", "圖書館，", "圖書", "館。"],
                "会议图书馆，图书馆。",
                &["会议", "图书馆，", "图书", "馆。"],
            ),
            (
                &["的", "會(huì)議", "於院長主持，", "於院長", "主持。"],
                "的会议于院长主持，於院长主持。",
                &["的", "会议", "于院长主持，", "於院长", "主持。"],
            ),
        ] {
            assert_eq!(cut(pieces, new), expected, "{pieces:?}");
        }
    }

    #[test]
    fn pieces_that_change_by_themselves_get_what_they_became() {
        let mut random = fastrand::Rng::with_seed(7);
        let units = [
            ("會(huì)", "会"),
            ("議", "议"),
            ("圖書館", "图书馆"),
            ("的", "的"),
            (",", "，"),
            (", ", "，"),
            ("。", "。"),
            ("說:", "说："),
            ("於是", "于是"),
            ("著", "着"),
            ("A1", "A1"),
        ];
        for _ in 0..5000 {
            let mut pieces: Vec<(String, String)> = vec![Default::default(); 5];
            for (old, new) in &mut pieces {
                // A word first, as a space belongs to the mark before it.
                for number in 0..random.usize(1..6) {
                    let most = if number == 0 { 4 } else { units.len() };
                    let (before, after) = units[random.usize(..most)];
                    old.push_str(before);
                    new.push_str(after);
                }
            }
            let old: Vec<&str> = pieces.iter().map(|(old, _)| old.as_str()).collect();
            let new: Vec<&str> = pieces.iter().map(|(_, new)| new.as_str()).collect();
            let whole = new.concat();
            assert_eq!(cut(&old, &whole), new, "{old:?}");
        }
    }

    #[test]
    fn shares_put_together_are_the_whole() {
        let mut random = fastrand::Rng::with_seed(6);
        let alphabet: Vec<char> = "頭髮會議(huì)責…。 a".chars().collect();
        let mut text = |most: usize| -> String {
            (0..random.usize(..=most))
                .map(|_| alphabet[random.usize(..alphabet.len())])
                .collect()
        };
        for _ in 0..5000 {
            let pieces: Vec<String> = (0..4).map(|_| text(8)).collect();
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            let new = text(30);
            let shares = cut(&pieces, &new);
            assert_eq!(shares.len(), pieces.len());
            assert_eq!(shares.concat(), new);
        }
    }
}
