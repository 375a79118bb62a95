//! Lines on which people tell how they are reached, or what goods are like: QQ:123456,微信:abc and 尺码:S,M,L;颜色:黑,白. All marks
//! between their parts are set, or none.

use super::context::{first, is_alphanumeric, is_ideograph};
use super::prose::is_prose;
use super::protected;
use jianti_text::lines::front;

/// What people are reached by.
const CONTACTS: [&str; 15] = [
    "qq", "wechat", "weixin", "vx", "email", "e-mail", "tel", "phone", "mobile", "fax", "line",
    "whatsapp", "telegram", "skype", "msn",
];

/// A line with the marks between its parts set, if it is such a one and any of them is in ASCII.
pub fn set(line: &str) -> Option<String> {
    /// No line is longer, bytes.
    const LONGEST: usize = 400;
    // Most lines begin with no label.
    label(line)?;
    let text = line.trim_end_matches(['\r', '\n']);
    if text.len() > LONGEST || text.ends_with([';', ',', '；', '，']) || text.contains(is_sign) {
        return None;
    }
    let marks = marks(text)?;
    let keeps = |at: &usize| !text[*at..].starts_with([',', ';', ':']);
    if marks.iter().all(keeps) || protected::is_whole(line) {
        return None;
    }
    let spans = protected::spans(text);
    let mut set = String::with_capacity(line.len() + 2 * marks.len());
    let mut done = 0;
    for at in marks {
        if keeps(&at) || spans.iter().any(|span| span.contains(&at)) {
            continue;
        }
        set.push_str(&text[done..at]);
        set.push(match text.as_bytes()[at] {
            b',' => '，',
            b';' => '；',
            _ => '：',
        });
        done = at + 1 + usize::from(text[at + 1..].starts_with(' '));
    }
    set.push_str(&line[done..]);
    Some(set)
}

/// What only programs, formulas and sentences have; of quotation marks those, too, that others become.
fn is_sign(c: char) -> bool {
    "=<>{}[]\"'`|\t\\^“”‘’「」『』".contains(c)
}

/// The label that `text` begins with before a colon, and whether it is in Chinese.
fn label(text: &str) -> Option<(&str, bool)> {
    /// No label is longer: bytes, and characters.
    const LONG: usize = 24;
    const LONGEST: usize = 6;
    /// What sentences have before a colon.
    const LEADING: [&str; 6] = ["例如", "比如", "包括", "其中", "结果", "原因"];
    let front = front(text, LONG);
    // Most lines have none, as is sooner told of bytes.
    memchr::memchr2(b':', "：".as_bytes()[0], front.as_bytes())?;
    let end = front.find([':', '：'])?;
    let label = &text[..end];
    let behind = &text[end + first(&text[end..]).map_or(0, char::len_utf8)..];
    // http://, ::, 8:30
    let has_value = first(behind.trim_start_matches(' '))
        .is_some_and(|c| is_alphanumeric(c) || "+(（@￥¥$".contains(c));
    if !has_value {
        return None;
    }
    let name = label.trim_start_matches(is_ideograph);
    // Compilers tell of a line.
    let is_contact =
        || label != "line" && CONTACTS.iter().any(|word| word.eq_ignore_ascii_case(label));
    // QQ群, E-mail地址
    let word = label.trim_end_matches(is_ideograph);
    let is_chinese = (2..=LONGEST).contains(&label.chars().count())
        && !LEADING.contains(&label)
        && (name.is_empty()
            || CONTACTS
                .iter()
                .any(|other| other.eq_ignore_ascii_case(word)))
        && label.contains(is_ideograph)
        && !label.contains(is_prose);
    (is_chinese || is_contact()).then_some((label, is_chinese))
}

/// The marks behind the labels of a line and between its parts, if it has such: two with a label, or one that tells how
/// somebody is reached, and words.
fn marks(text: &str) -> Option<Vec<usize>> {
    /// No value in Chinese is longer, characters.
    const LONGEST: usize = 4;
    let mut marks = Vec::new();
    let mut are_values = true;
    let (mut labels, mut chinese, mut clauses) = (0, 0, 0);
    let (mut depth, mut begins) = (0_i32, true);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        if begins && c != ' ' {
            begins = false;
            if let Some((label, is_chinese)) = label(rest) {
                labels += 1;
                chinese += usize::from(is_chinese);
                marks.push(at + label.len());
            } else if is_ideograph(c) {
                clauses += usize::from(labels > 0);
                let part = rest.split([',', ';', '，', '；']).next().unwrap_or(rest);
                are_values &= part.chars().count() <= LONGEST && !part.contains(is_prose);
            }
        }
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            ',' | ';' | '，' | '；' if depth == 0 => {
                begins = true;
                if c != ',' || !is_within_value(&text[..at], &text[at + 1..]) {
                    marks.push(at);
                }
            }
            _ => {}
        }
    }
    let are_parts = labels > 1 && chinese > 0 && are_values;
    let is_contact = labels == 1 && chinese == 0 && clauses > 0;
    (are_parts || is_contact).then_some(marks)
}

/// Whether a comma between these stands in a value: in a number or a date, in a name or sentence in English, in a list of numbers, or
/// between names of programs; but not between sizes.
fn is_within_value(before: &str, after: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let word = &before[before.trim_end_matches(is_part).len()..];
    let next = &rest[..rest.len() - rest.trim_start_matches(is_part).len()];
    if word.is_empty() || next.is_empty() || label(rest).is_some() {
        return false;
    }
    rest.len() < after.len() || !(is_size(word) && is_size(next))
}

/// Whether this is a size, as goods have several: XL, 10cm
fn is_size(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    match unit.len() < word.len() {
        true => !unit.is_empty() && unit.bytes().all(|c| c.is_ascii_alphabetic()),
        false => word.bytes().all(|c| c.is_ascii_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_marks_of_a_listing_are_set() {
        for (line, expected) in [
            ("QQ:123456,微信:abc", "QQ：123456，微信：abc"),
            ("QQ:12345678,欢迎咨询", "QQ：12345678，欢迎咨询"),
            ("尺码:S,M,L;颜色:黑,白", "尺码：S，M，L；颜色：黑，白"),
            (
                "规格：10cm,20cm；价格：1,299元",
                "规格：10cm，20cm；价格：1,299元",
            ),
            ("公司:Apple, Inc.;行业:IT", "公司：Apple, Inc.；行业：IT"),
            ("坐标: 120.5, 30.2; 海拔: 50", "坐标：120.5, 30.2；海拔：50"),
            ("原文:Yes, I do;译文:是", "原文：Yes, I do；译文：是"),
            ("密码:Ab,12;账号:Tom", "密码：Ab,12；账号：Tom"),
            ("字段:id,name;类型:int", "字段：id,name；类型：int"),
            ("电话：010-123, QQ: 456\n", "电话：010-123，QQ：456\n"),
        ] {
            assert_eq!(set(line).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "QQ:123456",
            "line:3,column:5,未闭合",
            "QQ：123456，微信：abc",
            "Tel: 010-123, Email: a@b.com",
            "Email: a@b.com, Shanghai",
            "比例:1:2,3:4",
            "尺码:S,M,L",
            "颜色:red;字体:bold;",
            "姓名=张三, 年龄:30",
            "如：CVS, SVN; 又如：Git, Hg",
            "集中式：代码仓库共享，只在服务器端，例如：CVS, SVN",
            "他说:好,我说:不",
            "网址:http://a.com,名称:\"甲\"",
            "今天很好,我们走吧",
        ] {
            assert_eq!(set(line), None, "{line}");
        }
    }
}
