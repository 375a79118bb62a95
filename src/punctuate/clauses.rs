//! Clauses: what tells them from names and titles, which a point may stand within.

use super::context::{is_ideograph, last_token};
use super::facts::Facts;
use jianti_text::chars::Chars;

/// What holds sentences together.
static BINDING: Chars = Chars::of(
    "的了是在不就也都有這这那我你他她它們们很没沒到着著过過得把被让讓给給吗吧呢再还還又才",
);

/// The same, for a clause that a mark ends in any case.
static PREDICATING: Chars = Chars::of("请請要会會能可于於后後叫说說");

/// Whether `text` ends in a clause, and no name or title: many ideographs behind its last mark, of which numbers or brackets may
/// part some, and among them what holds sentences together.
pub fn is_clause(text: &str) -> bool {
    /// Names and titles have fewer.
    const MANY: usize = 6;
    static MARKS: Chars = Chars::of("，。；：！？、《〈“‘「『\"';:!?._·/->→");
    let clause = text.rsplit(|c| MARKS.contains(c)).next().unwrap_or(text);
    // A space beside a number parts nothing.
    let is_number = |c: char| c.is_ascii_alphanumeric();
    let mut spaces = clause.rmatch_indices(' ').map(|(at, _)| at);
    let parting = spaces
        .find(|at| !clause[..*at].ends_with(is_number) && !clause[at + 1..].starts_with(is_number));
    let clause = &clause[parting.unwrap_or(0)..];
    clause.chars().filter(|c| is_ideograph(*c)).count() >= MANY
        && clause.contains(|c| BINDING.contains(c))
}

/// Whether a point parts two clauses, the first of which a word or number of ASCII ends: 他去了NBA.后来受伤了. Both have what holds
/// sentences together, and the line's other sentences end in a mark of ASCII. No letter or number of an item does, and none of a
/// section: 是A.他走了B.我走了, 第3.节
pub fn parts_clauses(facts: &Facts, before: &str, rest: &str) -> bool {
    static MARKS: Chars = Chars::of("，。；：！？、《》〈〉“”‘’「」『』（）\",;!?()");
    let token = last_token(before);
    let front = &before[..before.len() - token.len()];
    let is_letter = token.len() == 1 && token.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_letter
        || token.starts_with('.')
        || front.ends_with(['第', '图', '圖', '表'])
        || !facts.ends_in_ascii()
        || facts.has_full_stop()
    {
        return false;
    }
    let clause = front.rsplit(|c| MARKS.contains(c)).next();
    let end = rest.find(|c| MARKS.contains(c) || matches!(c, '.' | '…'));
    let (next, behind) = rest.split_at(end.unwrap_or(rest.len()));
    let binds = |c: char| BINDING.contains(c);
    clause.is_some_and(|clause| clause.contains(binds))
        && next.chars().nth(1).is_some()
        && next.contains(|c| binds(c) || PREDICATING.contains(c))
        && !is_member(next, behind)
        && !facts.counts_items(token)
        && !facts.labels_items(token)
}

/// Whether this, between a point and what stands behind it, is a part of a name that goes on with another point, or of an address:
/// v2.我的版本.docx, tom.你好@qq.com, data.我的名字.值
fn is_member(next: &str, behind: &str) -> bool {
    /// No clause has so few characters.
    const FEW: usize = 2;
    let is_part = |rest: &str| {
        let part = rest
            .split(['.', ',', '，', '。'])
            .next()
            .unwrap_or_default();
        let length = part.trim_end().chars().count();
        part.starts_with(|c: char| c.is_ascii_alphanumeric()) || (1..=FEW).contains(&length)
    };
    next.contains(['@', '\\', '/']) || behind.strip_prefix('.').is_some_and(is_part)
}

/// Whether `c` closes a bracket with a sentence in it, which `before` ends: 【他慢慢走进来，坐在椅子上.】 What stands in square ones or is
/// called a title shows that it is one.
pub fn closes_bracketed(before: &str, c: char) -> bool {
    /// One word is no sentence, nor are so few characters in square brackets.
    const WORD: usize = 2;
    const PATTERN: usize = 4;
    let (opening, least) = match c {
        '】' => ('【', WORD),
        '〕' => ('〔', WORD),
        '］' => ('［', WORD),
        '》' => ('《', WORD),
        '〉' => ('〈', WORD),
        ']' => ('[', PATTERN),
        _ => return false,
    };
    let content = before.rsplit_once(opening).map_or(before, |(_, rest)| rest);
    let is_told = || {
        content.contains(['，', '。', '！', '？', '；'])
            || is_clause(content)
            || content.ends_with(['了', '吧', '吗', '嗎', '呢', '啊'])
    };
    content.chars().filter(|c| is_ideograph(*c)).count() >= least
        && (matches!(c, '】' | '〕' | '］') || is_told())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the point at the `|` of a line parts two clauses.
    fn parts(line: &str) -> bool {
        let (before, rest) = line.split_once('|').expect("a place");
        parts_clauses(&Facts::new(&line.replacen('|', ".", 1)), before, rest)
    }

    #[test]
    fn clauses_are_told_from_items_and_names() {
        for line in [
            "他去了NBA|后来受伤了.",
            "版本是2.0|请更新.",
            "一共花了100|还剩50.",
            "他今年35|我今年30.",
        ] {
            assert!(parts(line), "{line}");
        }
        for line in [
            "下列正确的是A.他是人.B|他不是人.",
            "步骤是1.请打开.2|请关掉.",
            "我的问题是Q1|你是谁.Q2.他是谁.",
            "分为3.1|我们的目标.3.2.我们的方法.",
            "他的档案是v2|我的版本.docx.",
            "请发邮件到tom|你好@qq.com.",
            "字段是data|我的名字.值.",
            "见第3|这一节.",
            "他去了NBA|后来受伤了。",
        ] {
            assert!(!parts(line), "{line}");
        }
    }
}
