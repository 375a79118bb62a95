//! Lines that are no prose though they are in Chinese: values, formulas, references of the standard's form.

use std::borrow::Cow;

use super::context::is_ideograph;
use super::logs;
use super::prose::{is_condition, is_prose};

/// Whether the marks of a line, without the spaces around it, belong to its form. `has_signs` says that there is any of
/// `=`, `;` and `[`.
pub fn is_record(line: &str, has_signs: bool) -> bool {
    is_formula(line)
        || is_led(line)
        || is_row(line)
        || is_member(line)
        || logs::is_log(line)
        || has_signs
            && (is_values(line, ';')
                || is_keywords(line)
                || are_terms(line)
                || memchr::memchr(b'=', line.as_bytes()).is_some() && tells_values(line)
                || is_reference(line))
}

/// Whether a line with a `=` tells what has which value.
fn tells_values(line: &str) -> bool {
    is_assignment(line)
        || is_equation(line)
        || is_settings(line)
        || logs::are_pairs(line)
        || logs::is_told_in_pairs(line)
}

/// ;電腦;計算機: no sentence begins with what parts values.
fn is_led(line: &str) -> bool {
    let rest = line.strip_prefix(';').filter(|rest| !rest.starts_with(' '));
    let is_row = |fields: Fields| fields.count > 1 && fields.quotations == 0;
    rest.and_then(|rest| fields(rest, ';')).is_some_and(is_row)
}

/// Keywords=文字;编辑器; or editor;文字;: words behind the key of a setting or with one of another language among them, each of
/// which is closed as no clause is. Of Chinese ones alone prose has such lists: 头痛;头晕;
fn is_keywords(line: &str) -> bool {
    /// No word in Chinese is longer; characters.
    const SHORT: usize = 8;
    let Some(words) = line.strip_suffix(';') else {
        return false;
    };
    let is_key = |c: char| c.is_ascii_alphanumeric() || "-_[]@.".contains(c);
    let (words, has_key) = match words.split_once('=') {
        Some((key, words)) if !key.is_empty() && key.chars().all(is_key) => (words, true),
        Some(_) => return false,
        None => (words, false),
    };
    let is_foreign = |word: &str| {
        let part = |c: char| c.is_ascii_alphanumeric() || " -_.+#/".contains(c);
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.chars().all(part)
    };
    let is_word = |word: &str| {
        word.is_empty()
            || is_foreign(word)
            || !word.contains(is_prose) && !word.contains(':') && word.chars().count() <= SHORT
    };
    words.contains(';')
        && (has_key || words.split(';').any(is_foreign))
        && words.split(';').all(is_word)
}

/// 編程; 後端; Linux: words between semicolons of which some are of another language. Of Chinese ones alone prose has such lists.
fn are_terms(line: &str) -> bool {
    /// So many are no clauses.
    const LEAST: usize = 3;
    /// No word is longer, characters.
    const SHORT: usize = 8;
    /// Shorter ones of another language people say among Chinese ones: OK
    const NAME: usize = 3;
    let part =
        |c: char| is_ideograph(c) && !is_prose(c) || c.is_ascii_alphanumeric() || "+#-".contains(c);
    let is_clause = |word: &str| word.starts_with(|c| "首其然最先再今明昨".contains(c));
    let is_word = |word: &str| {
        !word.is_empty()
            && !is_clause(word)
            && word.chars().all(part)
            && word.chars().count() <= SHORT
    };
    let is_foreign = |word: &str| word.is_ascii() && word.len() >= NAME;
    let line = line.strip_prefix("- ").unwrap_or(line);
    let words = || {
        line.split(';')
            .map(|word| word.strip_prefix(' ').unwrap_or(word))
    };
    words().nth(LEAST - 1).is_some() && words().all(is_word) && words().any(is_foreign)
}

/// =VLOOKUP(姓名,表格,2,FALSE), and nothing said about it.
fn is_formula(line: &str) -> bool {
    line.strip_prefix('=').is_some_and(|formula| {
        let begins = |c: char| c.is_ascii_alphanumeric() || "(\"+-$".contains(c) || is_ideograph(c);
        let has_prose = formula
            .split(' ')
            .skip(1)
            .any(|word| word.starts_with(|c| is_ideograph(c) || matches!(c, '(' | '（')));
        formula.starts_with(begins)
            && formula.contains(['(', '+', '-', '*', '/', '!', '&'])
            && !has_prose
    })
}

/// Whether a line is fields between commas. Amounts with groups of digits are none: ¥1,299.00(含运费)
pub fn is_row(line: &str) -> bool {
    is_values(line, ',') && !are_amounts(line)
}

/// Whether all commas of a line stand in amounts of money or of what is named behind them.
fn are_amounts(line: &str) -> bool {
    let part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|c| c.is_ascii_digit());
    let mut rest = line;
    while let Some(at) = rest.find(',') {
        let start = rest[..at].trim_end_matches(part).len();
        let behind = rest[start..].trim_start_matches(part);
        let number = &rest[start..rest.len() - behind.len()];
        let whole = number.split('.').next().unwrap_or_default();
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let is_told =
            rest[..start].ends_with(['¥', '￥', '$', '€', '£']) || behind.starts_with(is_ideograph);
        if !is_told || !(1..=3).contains(&first.len()) || !groups.all(is_group) {
            return false;
        }
        rest = behind;
    }
    true
}

/// Fields between commas or semicolons, some of which only a table has: 李四,30,"上海, 浦东"
pub fn is_values(line: &str, delimiter: char) -> bool {
    /// So many fields between semicolons, with a number among them, are no clauses.
    const MANY: usize = 4;
    // Clauses may end in numbers (红;绿;3): values between semicolons have one first, or among them.
    let begins = || line.starts_with(|c: char| c.is_ascii_digit());
    let has_values = |fields: Fields| {
        let is_apart = || fields.count >= MANY && fields.numbers > usize::from(fields.ends);
        fields.has_values() && (delimiter == ',' || begins() || is_apart())
    };
    // Behind few delimiters of prose a number begins, or the mark around a value.
    let is_begun = |text: &[u8]| {
        matches!(
            text.first(),
            Some(b'-'..=b':' | b'+' | b'%' | b'$' | b'"' | 0xC2 | 0xEF)
        )
    };
    // No value ends in a point, and one alone has no delimiter.
    if line.ends_with('.') || memchr::memchr(delimiter as u8, line.as_bytes()).is_none() {
        return false;
    }
    let line = &*unspaced(line, delimiter);
    let bytes = line.as_bytes();
    let may_hold = || {
        is_begun(bytes)
            || memchr::memchr_iter(delimiter as u8, bytes).any(|at| is_begun(&bytes[at + 1..]))
    };
    may_hold() && fields(line, delimiter).is_some_and(has_values)
}

/// A line's fields.
pub struct Fields {
    pub count: usize,
    /// How many a table has at least: semicolons part clauses, too.
    least: usize,
    numbers: usize,
    /// Whether the last one is a number.
    ends: bool,
    pub quotations: usize,
}

impl Fields {
    /// Whether only a table has some of them.
    pub fn has_values(&self) -> bool {
        // One quotation alone is what somebody says.
        let are_quoted = self.quotations == self.count && self.count > 1;
        self.count >= self.least && (self.numbers > 0 || are_quoted)
    }
}

/// A line without the spaces around its delimiters, if each has one on both sides: 张三 , 北京 , 25
pub fn unspaced(line: &str, delimiter: char) -> Cow<'_, str> {
    let bytes = line.as_bytes();
    let is_spaced = |at: usize| {
        at > 0 && bytes[at - 1] == b' ' && bytes.get(at + 1).is_some_and(|byte| *byte == b' ')
    };
    let mut places = memchr::memchr_iter(delimiter as u8, bytes).peekable();
    // Hardly any line has such.
    if places.peek().is_none() || !places.all(is_spaced) {
        return Cow::Borrowed(line);
    }
    let fields = line.split(delimiter).map(|field| field.trim_matches(' '));
    Cow::Owned(fields.collect::<Vec<_>>().join(&delimiter.to_string()))
}

/// No value without quotation marks is longer; characters.
pub const LONGEST: usize = 20;

/// The fields of a line, if the delimiter may only part them: there are some, and nothing between them is prose.
pub fn fields(line: &str, delimiter: char) -> Option<Fields> {
    let found = |text: &str| memchr::memchr(delimiter as u8, text.as_bytes());
    let first = found(line)?;
    // Most lines have words in front of it.
    if !line.starts_with('"') && has_words(&line[..first]) {
        return None;
    }
    let is_comma = delimiter == ',';
    let mut fields = Fields {
        count: 0,
        least: if is_comma { 1 } else { 3 },
        numbers: 0,
        ends: false,
        quotations: 0,
    };
    let mut rest = line;
    loop {
        let (field, quoted, behind) = first_field(rest, delimiter);
        let count = |mark| field.bytes().filter(|byte| *byte == mark).count();
        let is_cut = || count(b'(') != count(b')');
        let is_text = || has_words(field) || !is_comma && field.contains(',');
        if !quoted && (is_text() || field.chars().count() > LONGEST || is_cut()) {
            return None;
        }
        fields.count += 1;
        fields.ends = is_number(field);
        fields.numbers += usize::from(fields.ends);
        fields.quotations += usize::from(quoted);
        match behind.strip_prefix(delimiter) {
            Some(behind) => rest = behind,
            None if behind.is_empty() => return Some(fields),
            None => return None,
        }
    }
}

/// The first field of a line, whether it is quoted, and what stands behind it, its delimiter first.
pub fn first_field(line: &str, delimiter: char) -> (&str, bool, &str) {
    // A mark within is written twice.
    let end = |rest: &str| {
        let mut marks = memchr::memchr_iter(b'"', rest.as_bytes());
        let mut end = marks.next()?;
        while rest.as_bytes().get(end + 1) == Some(&b'"') {
            marks.next();
            end = marks.next()?;
        }
        Some(end)
    };
    let quoted = line.strip_prefix('"');
    match quoted.and_then(|rest| Some((rest, end(rest)?))) {
        Some((rest, end)) => (&rest[..end], true, &rest[end + 1..]),
        None => {
            let end = memchr::memchr(delimiter as u8, line.as_bytes());
            let (field, behind) = line.split_at(end.unwrap_or(line.len()));
            (field, false, behind)
        }
    }
}

/// Whether a field has marks or words of sentences.
fn has_words(field: &str) -> bool {
    // 成都 ends a value, and 都 no clause.
    let field = field.strip_suffix('都').unwrap_or(field);
    field.contains(is_prose)
}

/// 平均速度 = (末速度 + 初速度) / 2: names and numbers with operators between them, and no word of a sentence.
fn is_equation(line: &str) -> bool {
    const OPERATORS: [&str; 7] = [" + ", " - ", " * ", " / ", " × ", " ÷ ", "^"];
    let part = |c: char| c.is_alphanumeric() || " +-*/×÷^=()_.%".contains(c);
    let is_term = |term: &str| !term.trim().is_empty() && !term.trim().contains(is_prose);
    line.split_once(" = ").is_some_and(|(name, value)| {
        is_term(name)
            && OPERATORS.iter().any(|sign| value.contains(sign))
            && value.chars().all(part)
            && !value.contains("  ")
            && value
                .split(['+', '-', '*', '/', '×', '÷', '='])
                .all(is_term)
    })
}

/// 名称=图书馆;地址=台北
fn is_settings(line: &str) -> bool {
    let is_setting = |part: &str| {
        part.trim().split_once('=').is_some_and(|(name, value)| {
            !name.is_empty()
                && !name.contains(is_prose)
                && !value.contains(is_prose)
                && !is_condition(name)
        })
    };
    let line = line.trim_end_matches(';');
    line.contains(';') && line.split(';').all(is_setting)
}

/// "名称": "值"
fn is_member(line: &str) -> bool {
    let value = line
        .strip_prefix('"')
        .and_then(|line| line.split_once('"'))
        .and_then(|(_, rest)| rest.trim_start().strip_prefix(':'))
        .map(str::trim_start);
    value.is_some_and(|value| value.starts_with(['"', '[', '{']) || is_number(value))
}

/// welcome = "你好; 欢迎": a name of configuration, and nothing but a text in straight marks behind it.
fn is_assignment(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let Some(content) = line.strip_suffix(['"', '\'']) else {
        return false;
    };
    let mark = &line[content.len()..];
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let rest = content.trim_start_matches(name);
    let name = &content[..content.len() - rest.len()];
    // Who speaks stands before a colon.
    let value = rest.trim_start_matches(' ').strip_prefix('=');
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && value
            .and_then(|value| value.trim_start_matches(' ').strip_prefix(mark))
            .is_some_and(|value| {
                !value
                    .replace("\\\\", "")
                    .replace(&format!("\\{mark}"), "")
                    .contains(mark)
            })
}

/// A number, an amount, a date or a time.
pub fn is_number(field: &str) -> bool {
    let sign = |c: char| c.is_ascii_digit() || "+-.:/%$¥￥".contains(c);
    field.contains(|c: char| c.is_ascii_digit()) && field.chars().all(sign)
}

/// 王小明. 中国历史[M]. 北京: 某出版社, 2010. (GB/T 7714: such references have ASCII marks.)
fn is_reference(line: &str) -> bool {
    const TYPES: [&str; 14] = [
        "M", "J", "D", "C", "N", "R", "S", "P", "G", "Z", "EB/OL", "DB/OL", "J/OL", "M/OL",
    ];
    memchr::memchr_iter(b'[', line.as_bytes()).any(|at| {
        let kind = line[at + 1..].split_once(']');
        let goes_on = |rest: &str| rest.starts_with(['.', ',', ' ', '，']);
        kind.is_some_and(|(kind, rest)| TYPES.contains(&kind) && goes_on(rest))
    }) && line.contains(['.', ','])
        || is_numbered_reference(line)
}

/// [1] 王小明. 中国历史. 某出版社, 2010.
fn is_numbered_reference(line: &str) -> bool {
    const PUBLISHERS: [&str; 7] = ["出版社", "出版公司", "书局", "書局", "书店", "书馆", "学报"];
    let is_digit = |c: char| c.is_ascii_digit();
    let number = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((number, rest)) = number else {
        return false;
    };
    let front = rest.trim_end_matches('.').trim_end_matches(is_digit);
    let year = &rest[front.len()..];
    let is_year = year.trim_end_matches('.').len() == 4 && front.trim_end().ends_with([',', '，']);
    !number.is_empty()
        && number.chars().all(is_digit)
        && is_year
        && rest.contains('.')
        && PUBLISHERS.iter().any(|word| rest.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_from_prose() {
        for line in [
            "李四,30,\"上海, 浦东\"",
            "张三,25",
            "结余,-25",
            "租金,￥3500",
            "代号,\"25\"",
            "\"甲\",\"乙\"",
            "=VLOOKUP(姓名,表格,2,FALSE)",
            "2024-01-02,台北,,12.5%",
            "王小明. 中国历史[M]. 北京: 某出版社, 2010.",
            "周七;女;1998-03-02;成都",
            "甲;乙;;3;",
            "greeting = \"早上好, 请坐\"",
            "greeting='早上好, 请坐'",
            "export GREETING=\"早上好, 请坐\"",
            "note=\"他说:\\\"好,走\\\"\"",
            "平均速度 = (末速度 + 初速度) / 2",
            "指数 = 重量(kg) / 高度(m)^2",
        ] {
            assert!(is_record(line, true), "{line}");
        }
        for line in [
            "你好,世界",
            "交通方便,干净,卫生",
            "20日上午,全市召开会议",
            "如下,\"你好\",他说",
            "老王说,\"好, 走\",老李笑",
            "老王摇头,叹气,\"唉,算了\"",
            "价格,3500元,很便宜",
            "3299,用了张2000-100的券,3199拿下",
            "他说:你好,3个人",
            "红;绿;3",
            "赤;橙;黄;4",
            "先洗手;再切菜;2个人吃;最后洗碗",
            "Tom: \"早上好, 请坐\"",
            "Mr.Li: \"早上好, 请坐\"",
            "x = \"好\", y = \"坏\"",
            "设x = \"好, 坏\"",
            "x = \"好, 坏\"的时候",
            "速度 = 他走的路(一共) / 时间",
            "今天 = 好日子(周末) 我们 / 走了",
        ] {
            assert!(!is_record(line, true), "{line}");
        }
    }
}
