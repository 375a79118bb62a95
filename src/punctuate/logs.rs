//! Lines of logs, and of pairs of a key and its value, as programs write them.

use super::context::is_ideograph;
use super::prose::{is_condition, is_prose};
use jianti_text::lines::front;

/// 2024-01-02 03:04:05 ERROR [main] 连接失败: host=db1; Jan  2 03:04:05 web nginx[321]: 连接超时
pub fn is_log(line: &str) -> bool {
    /// No line tells its time and level later, bytes.
    const HEAD: usize = 128;
    // Most lines begin in Chinese.
    let begins = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '[' | '<');
    if !line.starts_with(begins) {
        return false;
    }
    let head = front(line, HEAD);
    let head = &head[..head.find(|c: char| !c.is_ascii()).unwrap_or(head.len())];
    // ERROR or [error]; what people write is neither: info: 我下班了, [21:15:40] ERROR是什么
    let has_level = || {
        let is_end = |c: char| !c.is_ascii_alphanumeric();
        let mut before = "";
        head.split_inclusive(is_end).any(|part| {
            let Some(word) = part.strip_suffix(is_end) else {
                return false;
            };
            let is_bracketed = before.ends_with('[') && part.ends_with(']');
            before = part;
            LEVELS.contains(&word)
                || is_bracketed && LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word))
        })
    };
    // nginx[321]:
    let has_process = || {
        let name = head
            .find("]: ")
            .and_then(|end| head[..end].rsplit_once('['));
        name.is_some_and(|(name, id)| {
            name.ends_with(|c: char| c.is_ascii_alphanumeric())
                && !id.is_empty()
                && id.bytes().all(|c| c.is_ascii_digit())
        })
    };
    holds_time(head) && (has_level() || has_process())
}

/// Whether text holds hours, minutes and seconds: 03:04:05
fn holds_time(text: &str) -> bool {
    let is_time = |time: &[u8]| {
        let digits = [0, 1, 3, 4, 6, 7]
            .iter()
            .all(|at: &usize| time[*at].is_ascii_digit());
        time[2] == b':' && time[5] == b':' && digits
    };
    text.as_bytes().windows("03:04:05".len()).any(is_time)
}

/// How much a line of a log tells.
const LEVELS: [&str; 10] = [
    "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "SEVERE",
];

/// Labels of what people explain.
const PROSE_LABELS: [&str; 10] = [
    "注", "答", "解", "例", "例如", "比如", "说明", "說明", "结论", "結論",
];

/// Whether a line is a list of pairs, and nothing else but a word in front that says what they are: name=张三, age=30
pub fn are_pairs(line: &str) -> bool {
    let (label, pairs) = match line.split_once([':', '：']) {
        Some((label, pairs)) if !label.contains('=') => (label, pairs.trim_start_matches(' ')),
        _ => ("", line),
    };
    let pairs = members(pairs).unwrap_or(pairs);
    let mut parts = pairs.split(',').map(|part| part.trim_matches(' '));
    let has_word = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or_default();
        is_word(name) || value.contains(is_ideograph)
    };
    // 注:M=男,F=女 and CAD=辅助设计 tell what signs mean.
    let first = pairs.split('=').next().unwrap_or_default();
    let is_sign = first.len() < 2 || first.bytes().all(|c| c.is_ascii_uppercase());
    // 例如: name=张三, and with a label only what programs name.
    let is_named = label.is_empty()
        || first.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')
            && !PROSE_LABELS.iter().any(|prose| label.ends_with(prose));
    !label.contains(is_prose)
        && !is_sign
        && is_named
        && pairs.contains(',')
        && !pairs.ends_with(['.', '?', '!'])
        && parts.clone().all(is_pair)
        // 解得: x=1, y=2
        && (label.is_empty() || parts.any(has_word))
}

/// What stands in the brackets of an object that a program tells of: User{name=张三, age=30}
fn members(text: &str) -> Option<&str> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let rest = text
        .trim_start_matches(name)
        .strip_prefix(['{', '(', '['])?;
    rest.strip_suffix(['}', ')', ']'])
}

/// Whether a line begins with the level of a log, or with a date and a time, and has pairs: [WARN] 内存不足: 剩余=12MB, 阈值=64MB
pub fn is_told_in_pairs(line: &str) -> bool {
    let is_level = || {
        let bracketed = line.strip_prefix('[');
        let (word, rest) = bracketed
            .and_then(|line| line.split_once(']'))
            .or_else(|| line.split_once([':', ' ']))
            .unwrap_or_default();
        !rest.is_empty() && LEVELS.contains(&word)
    };
    let is_stamp = || {
        let line = line.strip_prefix('[').unwrap_or(line);
        let is_date = |c: u8| c.is_ascii_digit() || matches!(c, b'-' | b'/');
        let date = line.as_bytes().get(.."2024-01-02".len());
        date.is_some_and(|date| date.iter().all(|c| is_date(*c)))
            && holds_time(front(line, "2024-01-02 03:04:05".len()))
    };
    // 登录成功, id=3
    let has_pair = || {
        let parts = line.split([',', ';', ' ', '：', '，']);
        let is_named = |part: &str| part.find('=').is_some_and(|length| length > 1);
        parts
            .map(|part| part.trim_end_matches(']'))
            .any(|part| is_named(part) && is_pair(part))
    };
    // 2024-06-02 18:30:05 小明: 密码=123,记住了.
    let is_prose = || {
        let is_word = |c: char| c != ' ' && c != '"' && is_prose(c);
        line.ends_with(['.', '?', '!']) || line.contains(is_word)
    };
    // ERROR: 请将 max_size=100 改大.
    let is_said = || line.ends_with(['.', '?', '!']) || line.contains(['请', '請', '您', '你']);
    line.starts_with(|c: char| c == '[' || c.is_ascii_uppercase() || c.is_ascii_digit())
        && (is_level() && !is_said() || is_stamp() && !is_prose())
        && has_pair()
}

/// A name, `=` and a value, neither of which is a sentence or a condition of one (若x=1).
fn is_pair(part: &str) -> bool {
    /// No name is longer, characters.
    const LONGEST: usize = 20;
    let Some((name, value)) = part.split_once('=') else {
        return false;
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"');
    let concludes = |word: &&str| name.starts_with(*word);
    // 剩余=12MB
    let begins = |c: char| c.is_alphanumeric() || "\"'-+.[{/$￥¥<".contains(c);
    name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '"'))
        && name.chars().all(is_name)
        && name.chars().count() <= LONGEST
        && !name.contains(is_prose)
        && !is_condition(name)
        && !["则", "則", "故", "得", "求", "且", "其中", "所以", "因此"]
            .iter()
            .any(concludes)
        && value.starts_with(begins)
        && !value.contains(|c| c != '"' && c != ' ' && is_prose(c))
        && !value.contains('=')
        // 收入-成本
        && !(value.starts_with(is_ideograph) && value.contains(['-', '*', '+']))
}

/// Whether a name is a word, and no variable.
fn is_word(name: &str) -> bool {
    name.len() > 2 && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_told_from_prose() {
        for line in [
            "name=张三, age=30, city=北京",
            "姓名=张三,年龄=30",
            "User(name=张三, age=30)",
            "订单信息: id=5, 状态=已付款",
        ] {
            assert!(are_pairs(line), "{line}");
        }
        for line in [
            "姓名=张三,年龄=30,他是学生",
            "解得: x=1, y=2",
            "若x=1, y=2",
            "a=1,则面积=3",
            "0=左键,1=右键",
            "name=张三",
            "姓名=张三,年龄=30.",
            "注:M=男,F=女",
            "缩写:CPU=中央处理器,GPU=图形处理器",
            "答: 男生=20人, 女生=18人",
            "例如: name=张三, age=30",
            "利润=收入-成本,收入=单价*数量",
        ] {
            assert!(!are_pairs(line), "{line}");
        }
    }

    #[test]
    fn levels_and_stamps_begin_logs_that_have_pairs() {
        for line in [
            "[WARN] 内存不足: 剩余=12MB, 阈值=64MB",
            "[ERROR] 连接失败: timeout=3000, 重试次数: 3",
            "ERROR: 连接失败, code=500",
            "2024-03-15 08:12:33 用户登录, id=3",
            "[2024-03-15 08:12:33] 用户登录, id=3",
        ] {
            assert!(is_told_in_pairs(line), "{line}");
        }
        for line in [
            "[WARN] 内存不足, 请关闭其他程序",
            "ERROR: 连接失败, 请重试",
            "WARNING: 若x=1, 则出错",
            "ERROR: 请将 max_size=100 改大,然后重启.",
            "2024-03-15 08:12:33 小明: 密码=123,记住了",
            "2024-03-15 08:12:33 小明: x=3,对吧?",
            "[提示] 内存不足: 剩余=12MB",
        ] {
            assert!(!is_told_in_pairs(line), "{line}");
        }
    }
}
