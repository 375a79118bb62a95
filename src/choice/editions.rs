//! What is told of a book's edition behind who wrote it, so that 著 before it ends a credit: 趙建國著，共三冊; 李小文著，附索引;
//! 李小文著，科學出版社.

/// Parts that are added to a book, by how their names begin: 附索引, 附有彩圖.
const ADDED: &str = "有錄录圖图索彩光表照參参習习插注註練练答原譯译";
/// What books, and their parts, are counted by; nobody counts persons so.
const COUNTED: [char; 8] = ['册', '冊', '卷', '頁', '页', '輯', '辑', '篇'];
const NUMBERS: &str = "一二三四五六七八九十百千两兩零〇上中下";
/// How its price, its binding and its number begin.
const FACTS: [&str; 14] = [
    "定價", "定价", "售價", "售价", "平裝", "平装", "精裝", "精装", "線裝", "线装", "每冊", "每册",
    "ISBN", "書號",
];
/// What ends a clause that tells when it was printed: 1998年初版.
const PRINTED: [char; 4] = ['版', '印', '刊', '刷'];
/// How rich the list of a scholar's works is: 近著頗豐.
const AMOUNTS: &str = "頗颇甚極极";

/// Whether a publisher comes next: ，清华大学出版社; `surely` leaves out what may be a shop, where somebody waits.
pub(super) fn is_published(behind: &str, surely: bool) -> bool {
    const PUBLISHERS: [&str; 7] = ["出版社", "印书馆", "印書館", "书局", "書局", "书店", "書店"];
    const SURE: usize = 3;
    let listed = &PUBLISHERS[..if surely { SURE } else { PUBLISHERS.len() }];
    let clause = first_clause(behind);
    listed
        .iter()
        .any(|word| clause.len() > word.len() && clause.ends_with(word))
}

/// The clause that begins behind a mark.
pub(super) fn first_clause(behind: &str) -> &str {
    const MARKS: [char; 11] = [' ', '，', ',', '。', '.', '：', ':', '；', '…', '！', '？'];
    let rest = behind.trim_start_matches(MARKS);
    match rest.len() < behind.len() {
        true => rest.split(MARKS).next().unwrap_or_default(),
        false => "",
    }
}

/// Whether such a fact comes next, and nothing that somebody does: ，附索引, but ，附近有人.
pub(super) fn tells_edition(behind: &str) -> bool {
    let clause = first_clause(behind);
    clause
        .strip_prefix('附')
        .is_some_and(|rest| rest.starts_with(|c| ADDED.contains(c)))
        || FACTS.iter().any(|fact| clause.starts_with(fact))
        || is_counted(clause)
        || tells_year(clause)
}

/// Whether what stands behind 近著 tells how much somebody has written: 近著頗豐, 近著一種; but 近著一些.
pub(super) fn is_amount(behind: &str) -> bool {
    const WORKS: [char; 9] = ['種', '种', '部', '本', '冊', '册', '卷', '篇', '書'];
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit() || NUMBERS.contains(c));
    behind.starts_with(|c| AMOUNTS.contains(c))
        || rest.len() < behind.len() && rest.starts_with(WORKS)
}

/// Whether volumes or pages are counted, and nothing more is said: 共三冊, 全十二卷, 300頁
fn is_counted(clause: &str) -> bool {
    let rest = clause.trim_start_matches(['共', '全', '凡', '分', '计', '計', '合']);
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || NUMBERS.contains(c));
    unit.len() < rest.len() && {
        let mut unit = unit.chars();
        unit.next().is_some_and(|c| COUNTED.contains(&c)) && unit.next().is_none()
    }
}

/// Whether a year begins the clause, and it tells that the book was printed then.
fn tells_year(clause: &str) -> bool {
    let year = clause.trim_start_matches(|c: char| c.is_ascii_digit());
    clause.len() - year.len() == 4
        && year
            .strip_prefix('年')
            .is_some_and(|rest| rest.chars().count() <= 5 && rest.ends_with(PRINTED))
}
