//! Strings of data that programs read, and people do not: patterns, lists of values, code. Their marks stay.

use std::borrow::Cow;

use jianti_text::chars::is_han;

use crate::piece::Piece;

/// No such string is longer, bytes.
const LONGEST: usize = 1 << 10;

/// Whether the marks of a string in data, cut into these pieces, mean something to a program.
pub(crate) fn is_of_pieces(pieces: &[Piece]) -> bool {
    let length: usize = pieces.iter().map(|piece| piece.raw.len()).sum();
    length <= LONGEST && {
        let text: Cow<str> = match pieces {
            [piece] => Cow::Borrowed(&piece.text),
            _ => Cow::Owned(pieces.iter().map(|piece| &*piece.text).collect()),
        };
        is_machine_read(&text)
    }
}

/// The same for a string whose text this is.
pub(crate) fn is_machine_read(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    // Most strings have no bytes of a pattern or of a choice, and parts that are no values.
    let (mut of_pattern, mut delimits, mut asks) = (false, false, false);
    for byte in text.bytes() {
        of_pattern |= matches!(byte, b'\\' | b'|' | b'*' | b'+' | b'{' | b'[' | b'^');
        delimits |= matches!(byte, b',' | b';');
        asks |= byte == b'?';
    }
    (of_pattern || asks) && is_pattern(text) || delimits && is_list(text) || asks && is_choice(text)
}

/// Whether a table's cell holds several values between commas or semicolons, at which a program may part them: 上海, 浦东
pub(crate) fn is_list_in_cell(cell: &str) -> bool {
    /// No such list is longer, bytes.
    const LONGEST: usize = 96;
    const DELIMITERS: [char; 2] = [',', ';'];
    let mut values = cell.split(DELIMITERS).map(str::trim);
    cell.len() <= LONGEST && cell.contains(DELIMITERS) && values.all(is_short)
}

/// Whether this is a pattern, of regular expressions: `(\d+)年`, `[^,]+`, `(男|女):`, `.*【请`
fn is_pattern(text: &str) -> bool {
    /// What nothing else has.
    const SURE: [&str; 13] = [
        "(?:", "(?=", "(?!", "(?<", ".*?", "(.*", "(\\d", "[\\d", "\\d+", "\\d{", "(\\w", "[\\w",
        "(\\s",
    ];
    let bytes = text.as_bytes();
    let is_class = |at: usize| {
        // `\d`, and no directory or request of troff: C:\data, \s-1
        let is_letter = |byte: &u8| b"dDwWsSbB".contains(byte);
        let ends = |byte: Option<&u8>| {
            !byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        };
        match bytes.get(at + 1) {
            // `\(好\)`; of troff \(rq and \[lq] are characters.
            Some(b'(') => text[at..].contains("\\)"),
            Some(b'[') => text[at..].contains("\\]"),
            Some(b'.' | b'*' | b'+' | b'?' | b'^' | b'$') => true,
            Some(byte) if is_letter(byte) => ends(bytes.get(at + 2)),
            _ => false,
        }
    };
    // \frac{1}{2} of LaTeX.
    let is_command = |at: usize| {
        let letters = bytes.get(at + 1..at + 3);
        letters.is_some_and(|letters| letters.iter().all(u8::is_ascii_alphabetic))
    };
    if memchr::memchr_iter(b'\\', bytes).any(is_command) {
        return false;
    }
    if SURE.iter().any(|sign| text.contains(sign)) {
        return true;
    }
    // Clauses that stand behind one another.
    let ends_clause = |(at, mark): (usize, &str)| text[at + mark.len()..].starts_with(is_han);
    let mut clauses = text.match_indices(['，', '。', ',']);
    if clauses.any(ends_clause) {
        return false;
    }
    memchr::memchr_iter(b'\\', bytes).any(is_class)
        || text.starts_with('^') && text.ends_with('$')
        || has_repetition(bytes)
        || has_range(text)
        || has_alternatives(text)
}

/// Whether something is repeated: `.*` of any characters, `)+`, `]{2}`, `章{1,8}`
fn has_repetition(bytes: &[u8]) -> bool {
    let is_count = |rest: &[u8], is_behind_group: bool| {
        let end = memchr::memchr(b'}', rest);
        let count = end.map_or(&[][..], |end| &rest[1..end]);
        let has_digits = count.first().is_some_and(u8::is_ascii_digit);
        let commas = memchr::memchr_iter(b',', count).count();
        let is_plain = |byte: &u8| byte.is_ascii_digit() || *byte == b',';
        has_digits && count.iter().all(is_plain) && (is_behind_group || commas == 1)
    };
    (1..bytes.len()).any(|at| match (bytes[at - 1], bytes[at]) {
        // *.* names files, 4.* versions.
        (b'.', b'*' | b'+') => at < 2 || !matches!(bytes[at - 2], b'*' | b'.' | b' ' | b'0'..=b'9'),
        // 圆(半径)+方
        (b')', b'*' | b'+') => bytes
            .get(at + 1)
            .is_none_or(|next| b")]?$|[\\".contains(next)),
        (b']', b'*' | b'+') => !matches!(bytes.get(at + 1), Some(b' ' | b'(')),
        // A={1,2}
        (b'=' | b' ' | b',' | b'(' | b':', b'{') => false,
        (before, b'{') => is_count(&bytes[at..], matches!(before, b')' | b']')),
        _ => false,
    })
}

/// Whether there is a range of characters: [一-龥]
fn has_range(text: &str) -> bool {
    text.split('[').skip(1).any(|rest| {
        let content = rest.split(']').next().unwrap_or_default();
        content.len() < rest.len()
            && content.match_indices('-').any(|(at, _)| {
                let is_end = |c: Option<char>| c.is_some_and(is_han);
                is_end(content[..at].chars().next_back())
                    && is_end(content[at + 1..].chars().next())
            })
    })
}

/// Whether there are alternatives in brackets: (男|女)
fn has_alternatives(text: &str) -> bool {
    text.split('(').skip(1).any(|rest| {
        let content = rest.split(')').next().unwrap_or_default();
        let is_part = |c: char| !c.is_whitespace() && !"，。！？；：".contains(c);
        content.len() < rest.len()
            && content.contains('|')
            && content.chars().all(is_part)
            && content.split('|').all(|part| !part.is_empty())
    })
}

/// Whether a condition of a program chooses between quotations: a ? '是':'否'
fn is_choice(text: &str) -> bool {
    text.match_indices('?').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches(' ');
        // 成立? "对":"错" is a sentence.
        if !text[..at].ends_with(|c: char| c.is_ascii()) {
            return false;
        }
        let quoted = |mark: char| {
            let (_, behind) = rest.strip_prefix(mark)?.split_once(mark)?;
            behind.trim_start_matches(' ').strip_prefix(':')
        };
        quoted('\'').or_else(|| quoted('"')).is_some()
    })
}

/// Whether this is several values between commas or semicolons of ASCII, or pairs of keys and values, and no clauses:
/// 中文,分词,NLP; 0:否,1:是
fn is_list(text: &str) -> bool {
    [',', ';'].iter().any(|delimiter| {
        let values = || text.split(*delimiter).map(str::trim);
        // Of most strings the first part is no value, or there is one part.
        let first = values().next().unwrap_or_default();
        if first.len() == text.trim().len() || !is_value(first) && !is_pair(first) {
            return false;
        }
        let are_pairs = || values().all(is_pair) && values().nth(1).is_some();
        let are_several = || values().nth(SEVERAL - 1).is_some();
        let are_short = || values().all(is_short) && are_several();
        are_pairs()
            || are_keywords(text, *delimiter)
            || are_short() && (!are_verses(values()) || values().all(is_place))
            || are_several() && is_row(text, *delimiter)
    })
}

/// So many values tell a list, where each is short, and where words of another language are among them.
const SEVERAL: usize = 3;
const MANY: usize = 4;

/// What sentences have, and lists of names and words have not.
const WORDS: &str = "的了是我你她它们們不很就也还還又才再太够夠挺超真吗嗎吧呢没沒呀啊哎请請勿啦喔哦嘛囉啰这這那好快谢謝早";

/// Whether clauses have this character, and lists of terms have not.
pub(crate) fn is_of_clause(c: char) -> bool {
    WORDS.contains(c)
}

/// Whether words stand between delimiters without a space, as people would set, and several of them are of another language.
fn are_keywords(text: &str, delimiter: char) -> bool {
    let values = || text.split(delimiter);
    let is_word = |value: &str| is_value(value) && !value.starts_with(' ');
    values().all(is_word)
        && values().nth(MANY - 1).is_some()
        && values().filter(|value| value.is_ascii()).nth(1).is_some()
}

/// Whether a number is among values without spaces at delimiters, as a table's row has them: New Year's Day,元旦,1
fn is_row(text: &str, delimiter: char) -> bool {
    let values = || text.split(delimiter);
    let is_number = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = |value: &str| is_value(value) && !value.starts_with(' ');
    values().all(is_one) && values().any(is_number)
}

/// Whether this is called as places are: 桃園市
fn is_place(value: &str) -> bool {
    value.ends_with(|c| "省市縣县州區区鄉乡鎮镇村里".contains(c))
}

fn is_value(value: &str) -> bool {
    /// No value is longer, characters.
    const LONGEST: usize = 24;
    let is_sign = |c: char| " -_.+#/&".contains(c) || c == '\'' && value.is_ascii();
    let is_part = |c: char| (c.is_alphanumeric() || is_sign(c)) && !WORDS.contains(c);
    // Bytes tell of most parts of prose that they are too long.
    let is_near = value.len() <= LONGEST * char::MAX_LEN_UTF8;
    is_near && !value.is_empty() && value.chars().all(is_part) && value.chars().count() <= LONGEST
}

fn is_short(value: &str) -> bool {
    /// No word of such a list is longer, characters; nor one of another language.
    const LONGEST: usize = 4;
    const LONGEST_FOREIGN: usize = 12;
    let is_foreign = value.len() <= LONGEST_FOREIGN && value.is_ascii() && !value.contains(' ');
    is_value(value) && (is_foreign || value.chars().count() <= LONGEST)
}

/// 0:否, 1:是; but A:你好, B:再见 is what people say.
fn is_pair(pair: &str) -> bool {
    /// No value of a pair is longer, characters.
    const LONGEST: usize = 8;
    pair.split_once(':').is_some_and(|(key, value)| {
        let value = value.trim();
        let is_word = value.chars().all(char::is_alphanumeric) && !value.is_empty();
        let is_short = value.chars().count() <= LONGEST;
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()) && is_word && is_short
    })
}

/// Whether values are as long as each other, as verses are and what is set in four characters.
fn are_verses<'t>(values: impl Iterator<Item = &'t str>) -> bool {
    /// No verse has fewer characters.
    const LEAST: usize = 3;
    let lengths: Vec<usize> = values.map(|value| value.chars().count()).collect();
    lengths[0] >= LEAST && lengths.iter().all(|length| *length == lengths[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_read_is_told_from_what_people_do() {
        for text in [
            "第(\\d+)章",
            "(\\d+)年(\\d+)月(\\d+)日",
            "共(\\d+)条,第(\\d+)页",
            "(男|女):",
            "共(\\d+)条,第(\\d+)页,计(\\d+)行",
            "^[一-龥,]+$",
            "第.{1,8}章?)[ 、_—\\-]",
            "(.*【请记住我们的域名.*)",
            "[。！？]+[”」）】]",
            "({YearRegex}年)(\\s*))?",
            "(从|自)",
            "[^,，]+,",
            "a ? '是':'否'",
            "0:否,1:是",
            "男,女,未知",
            "臺北市,新北市,桃園市",
            "上舘里,苑裡鎮,苗栗縣",
            "程式,設計,Python",
            "編程; 後端; Linux; Bug",
            "New Year's Day,元旦,1",
            "Labour Day,勞動節,1",
            "待办,进行中,已完成",
            "中文,分词,NLP",
            "Claude Code,AI编程,GLM-5.1,JVM诊断,慢查询优化,Arthas,Agent",
            "\\(好\\)",
            "\\[[^,]*\\]",
        ] {
            assert!(is_machine_read(text), "{text}");
        }
        for text in [
            "你好,世界",
            "人之初,性本善,性相近",
            "走老路,走新路,走大路",
            "买了3个,一共5元,很便宜,1",
            "打开软件,点击Start,完成了",
            "登录成功,欢迎回来",
            "失败,请重试,或联系管理员",
            "春眠不觉晓,处处闻啼鸟,夜来风雨声",
            "天高云淡,风轻日暖,山青水秀",
            "共{0}条,第{1}页",
            "存到C:\\data,再打开",
            "删除*.*吗?",
            "是吗(笑)?",
            "圆(半径)+方,谁大?",
            "价格太贵,味道好,差劲",
            "他说:'好'",
            "你问?“是”:“否”",
            "甲|乙,丙(丁)",
            "见[1]?",
            "解: $\\because\\sqrt[3]{4}>1$,则 $(a)^{2}$",
            "如何在 \\s-1HTML\\s0 添加一个弹出菜单?",
            "时间\\(rq)后跟时间编码, 数字\\[lq]甲\\[rq]",
            "BSD 4.*和libc4都是这么做的, 对吗?",
            "\\|' 仅仅 列出 第一个; 要看到",
            "硬件原理, 设备控制器, 内存映射, DMA",
            "因为A={1,4},所以B={1,4,9},对吗?",
            "先输入\\d，再输入.*，然后看结果,好吗?",
            "今天学习Python,下载软件,安装环境,运行程序,OK",
            "OK,收到,马上处理,谢谢",
            "这道题选(A|B),你觉得呢?",
            "这是注释[^1],说明如下,请看",
            "开放时间[一-五],请准时到",
            "A:你好,B:再见",
            "条件成立? \"对\":\"错\",请你判断,谢谢",
            "他来了,Tom也来了,Mary没来,Jack走了",
        ] {
            assert!(!is_machine_read(text), "{text}");
        }
    }

    #[test]
    fn cells_hold_lists_of_short_values() {
        for cell in [
            "上海, 浦东",
            "王維,李白",
            "編程;後端",
            "怀,-9.27;挂,-10.04",
            "1,2",
        ] {
            assert!(is_list_in_cell(cell), "{cell}");
        }
        for cell in [
            "上海",
            "你好,世界",
            "下雨了;路很滑",
            "打開這個軟件,點擊開始",
        ] {
            assert!(!is_list_in_cell(cell), "{cell}");
        }
    }
}
