//! Whether somebody is told to have written a book: 书是谁著的, 他著了一部书, 康有为著书十余种.

use jianti_text::chars::is_han;
use jianti_text::lines::front;

use super::zhe::{is_attached, is_separator};

/// What an author is told to have written, or a part of its name: 著有专著三部.
const BOOKS: [&str; 28] = [
    "专著",
    "專著",
    "著作",
    "诗集",
    "詩集",
    "文集",
    "全集",
    "选集",
    "選集",
    "小说",
    "小說",
    "散文",
    "作品",
    "论文",
    "論文",
    "文章",
    "回忆录",
    "回憶錄",
    "传记",
    "傳記",
    "剧本",
    "劇本",
    "诗词",
    "詩詞",
    "日记",
    "日記",
    "讲义",
    "講義",
];
/// The same by one character, where nothing but its name can stand.
const BOOK: [char; 7] = ['书', '書', '诗', '詩', '集', '册', '冊'];

/// Whether somebody is told to have written a book, where no 着 could stand but in its own words (他着了凉): 书是谁著的,
/// 他著了一部书, 也著过剧本. What somebody wears is no book, whoever wears it: 戏服是她著的, 她著了件小说家的大衣.
pub fn has_written(before: &str, after: &str) -> bool {
    /// How far what was written is looked for, bytes.
    const REACH: usize = 36;
    const WHO: [char; 9] = ['他', '她', '我', '你', '您', '谁', '誰', '们', '們'];
    const WHEN: [char; 8] = ['曾', '也', '還', '还', '又', '已', '並', '并'];
    let front_of_who = before.strip_suffix(WHO);
    if let Some(rest) = after.strip_prefix('的') {
        return !is_attached(rest) && front_of_who.is_some_and(speaks_of_book);
    }
    let Some(rest) = after.strip_prefix(['了', '过', '過']) else {
        return false;
    };
    if is_attached(rest) || front_of_who.is_none() && !before.ends_with(WHEN) {
        return false;
    }
    let written = front(rest, REACH).split(is_separator).next();
    written.is_some_and(is_book) || rest.starts_with(['《', '〈'])
}

/// Whether the subject of a clause that ends in 是 here is a book: 这本书是, 《史记》也不是; not 书里的火是.
fn speaks_of_book(before: &str) -> bool {
    const ADVERBS: [char; 16] = [
        '都', '也', '就', '不', '皆', '全', '并', '並', '又', '还', '還', '才', '竟', '究', '底',
        '到',
    ];
    const TITLE: [char; 2] = ['》', '〉'];
    let Some(subject) = before.strip_suffix('是') else {
        return false;
    };
    let subject = subject
        .trim_end_matches(ADVERBS)
        .trim_end_matches(['，', ',', ' ']);
    subject.ends_with(TITLE) || ends_in_book(subject)
}

/// Whether a clause is what somebody writes: a book by how such are counted, or by its last word.
fn is_book(clause: &str) -> bool {
    const NUMBERS: &str = "一二两兩三四五六七八九十百几幾数數许許多好很这這那半";
    const COUNTED: [char; 7] = ['部', '本', '篇', '卷', '册', '冊', '套'];
    /// How what somebody wears is counted.
    const WORN: [char; 7] = ['件', '身', '双', '雙', '条', '條', '袭'];
    let rest = clause.trim_start_matches(|c| NUMBERS.contains(c));
    match rest.strip_prefix(COUNTED) {
        Some(rest) => rest.contains(BOOK) || BOOKS.iter().any(|word| rest.contains(word)),
        None => !rest.starts_with(WORN) && ends_in_book(rest),
    }
}

fn ends_in_book(text: &str) -> bool {
    text.ends_with(BOOK) || BOOKS.iter().any(|word| text.ends_with(word))
}

/// Whether what `before` ends with has written something, told by `after`: 著有专著三部, 著书立说. The name of a person must be told
/// otherwise: its last character may be a verb.
pub fn tells_books(after: &str) -> bool {
    /// How far a clause is looked at, characters.
    const REACH: usize = 20;
    // 康有为著书十余种
    if let Some(rest) = after.strip_prefix(['书', '書']) {
        return rest
            .starts_with(|c: char| !is_han(c) || "一二三四五六七八九十百千数數立".contains(c));
    }
    let Some(rest) = after.strip_prefix('有') else {
        return false;
    };
    let end = rest
        .char_indices()
        .nth(REACH)
        .map_or(rest.len(), |(at, _)| at);
    let clause = rest[..end].split(['，', '。', '；', ',', '\n']).next();
    clause.is_some_and(|clause| {
        clause.contains(['《', '〈']) || BOOKS.iter().any(|book| clause.contains(book))
    })
}
