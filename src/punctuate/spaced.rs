//! Marks with a space in front of them, as some people set them, and marks that a sentence speaks of: 你好 ,世界, but 以 , 分隔.

use super::context::{first, is_ideograph, last};

/// Whether one space stands in front of a mark that belongs to the sentence: 你好 ,世界, 你好 , 世界, 好吗 ?. One of code or a
/// comment stands behind other signs.
pub fn is_behind_space(mark: char, before: &str, after: &str) -> bool {
    let Some(front) = before.strip_suffix(' ') else {
        return false;
    };
    if front.is_empty() || front.ends_with([' ', '\t']) {
        return false;
    }
    // Behind a sentence some set two.
    let most = if matches!(mark, '?' | '!') { 2 } else { 1 };
    let spaces = after.bytes().take_while(|byte| *byte == b' ').count();
    let rest = &after[spaces.min(most)..];
    if !first(rest).is_some_and(is_ideograph) {
        // A comma ends a line that goes on in the next.
        let may_end = match mark {
            '?' | '!' => !is_named_alone(front),
            // SELECT 姓名 ,
            ',' => {
                last(front).is_some_and(is_ideograph)
                    && !front
                        .trim_start()
                        .starts_with(|c: char| c.is_ascii_alphabetic())
                    && !ends_with_any(front, &NAMING)
            }
            _ => false,
        };
        return may_end && after.trim_end().is_empty() && !is_listed(front);
    }
    let is_code = || {
        before.contains(['[', '{', '(', '=', '<', '>', '$', '`', '#', '\\']) || after.contains("=>")
    };
    let is_spaced = rest.len() < after.len();
    match mark {
        // Names and values are parted by it: 姓名 : 王小明
        ':' if is_spaced => false,
        _ if is_spaced && ends_with_any(front, &SURE) => false,
        ',' => !is_spoken_of(front, rest),
        '?' if is_spaced && is_ternary(front, rest) => false,
        // What ends no clause in Chinese stands behind code: a ; 注释
        _ if is_spaced && !last(front).is_some_and(may_end_clause) => false,
        _ => !is_code() && !is_spoken_of(front, rest),
    }
}

/// Whether one space stands in front of a point that ends the sentence of which marks are set already: 你好，世界 .
pub fn is_stop(before: &str, after: &str) -> bool {
    let front = before.strip_suffix(' ');
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let ends = || first(rest.trim_end()).is_none_or(is_ideograph);
    // 好了，cp 甲 . 用 . 表示
    let is_code = |front: &str| {
        let clause = front.rsplit(['，', '。', '？', '！', '；']).next();
        clause.is_some_and(|clause| clause.contains(|c: char| c.is_ascii_alphanumeric()))
    };
    front.is_some_and(|front| {
        last(front).is_some_and(is_ideograph)
            && !is_code(front)
            && !ends_with_any(front, &NAMING)
            && !ends_with_any(front, &SURE)
            && !front.ends_with(['是', '为', '為'])
    }) && ends()
        && before.contains(['，', '。', '？', '！', '；'])
}

/// Whether a clause may end in this, and no code.
fn may_end_clause(c: char) -> bool {
    is_ideograph(c) || "”’》）】…".contains(c)
}

/// 条件 ? 真 : 假, and no question.
fn is_ternary(front: &str, rest: &str) -> bool {
    rest.contains(" : ") && !asks(front)
}

/// Whether a clause asks something.
fn asks(clause: &str) -> bool {
    const WORDS: [&str; 14] = [
        "吗",
        "嗎",
        "呢",
        "吧",
        "么",
        "麼",
        "谁",
        "誰",
        "何",
        "哪",
        "几",
        "幾",
        "多少",
        "是不是",
    ];
    let clause = clause.rsplit(['，', '。', '？', '！', '；']).next();
    clause.is_some_and(|clause| WORDS.iter().any(|word| clause.contains(word)))
}

/// Verbs whose object a mark is, and nouns that one follows.
const NAMING: [&str; 37] = [
    "按",
    "按下",
    "用",
    "使用",
    "以",
    "输入",
    "輸入",
    "键入",
    "鍵入",
    "遇到",
    "碰到",
    "含有",
    "包含",
    "加上",
    "打上",
    "写上",
    "寫上",
    "把",
    "将",
    "將",
    "被",
    "换成",
    "換成",
    "改成",
    "号",
    "號",
    "符",
    "字元",
    "字符",
    "运算子",
    "運算子",
    "算子",
    "和",
    "或",
    "与",
    "與",
    "、",
];

/// What tells alone that a mark is spoken of, when spaces stand around that.
const SURE: [&str; 29] = [
    "敲",
    "漏",
    "漏掉",
    "缺",
    "缺少",
    "少了",
    "去掉",
    "删掉",
    "刪掉",
    "删去",
    "刪去",
    "多余的",
    "多餘的",
    "最后的",
    "最後的",
    "末尾的",
    "结尾的",
    "結尾的",
    "后的",
    "後的",
    "行尾的",
    "忘记写",
    "忘記寫",
    "按下",
    "键入",
    "鍵入",
    "输入",
    "輸入",
    "执行",
];

/// What may do the same, and ends clauses too.
const LINKING: [&str; 13] = [
    "是", "为", "為", "叫", "有", "在", "加", "打", "入", "到", "个", "個", "的",
];

/// Words that end in one of [`NAMING`], and end clauses.
const OTHERS: [&str; 24] = [
    "可以", "所以", "难以", "難以", "得以", "有用", "没用", "沒用", "好用", "不用", "耐用", "实用",
    "實用", "费用", "費用", "作用", "信用", "享用", "受用", "管用", "型号", "型號", "帐号", "帳號",
];

/// What is said about a mark.
const SAYING: [&str; 36] = [
    "分", "隔", "键", "鍵", "号", "號", "字元", "字符", "符", "表", "代表", "代替", "包", "结尾",
    "結尾", "结束", "結束", "开头", "開頭", "连接", "連接", "相连", "相連", "作为", "作為", "作分",
    "来分", "來分", "当作", "當作", "换成", "換成", "改成", "为界", "為界", "等符",
];

/// What goes on behind the name of a mark, and begins clauses too.
const GOING_ON: [&str; 16] = [
    "和", "或", "与", "與", "及", "等", "的", "是", "就", "为", "為", "可", "来", "來", "查看",
    "即",
];

/// Whether the line speaks of the mark between these: what names it stands in front, and what is said about it behind.
fn is_spoken_of(front: &str, rest: &str) -> bool {
    if rest.starts_with("表示") || rest.starts_with("代表") {
        return true;
    }
    let ends = |words: &[&str]| ends_with_any(front, words);
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let tells = |word: &str| front.contains(word);
    // 分隔符是 , 的文件
    let is_about_marks = || {
        ["分隔", "符", "逗号", "逗號", "标点", "標點"]
            .into_iter()
            .any(tells)
    };
    if ends(&NAMING) && !ends(&OTHERS) {
        return begins(&SAYING) || begins(&GOING_ON);
    }
    ends(&LINKING) && (begins(&SAYING) || begins(&GOING_ON) && is_about_marks())
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Whether nothing but what names a mark stands in front of it: 请按 ?
fn is_named_alone(front: &str) -> bool {
    /// No longer is what names one; characters.
    const SHORT: usize = 4;
    front.chars().count() <= SHORT && ends_with_any(front, &NAMING) && !asks(front)
}

/// Whether a mark of the same kind is spoken of in front: 用 , 和 ?
fn is_listed(front: &str) -> bool {
    let front = front.strip_suffix(['和', '或', '与', '與', '、']);
    let mark = front.map(|front| front.trim_end_matches(' '));
    mark.is_some_and(|front| front.ends_with(|c: char| c.is_ascii_punctuation()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_sentence_are_told_from_those_spoken_of() {
        for (before, mark, after) in [
            ("这是真的 ", ',', "我信"),
            ("真的 ", '?', "假的"),
            ("天黑了 ", ',', " 和他走"),
            ("你好吗 ", '?', " 答：很好"),
            ("很好 ", '!', "\n"),
            ("这样可以 ", ',', " 就走"),
            ("你好 ", ':', "他"),
        ] {
            assert!(
                is_behind_space(mark, before, after),
                "{before}{mark}{after}"
            );
        }
        for (before, mark, after) in [
            ("以 ", ',', " 分隔"),
            ("按 ", '?', " 键"),
            ("请按 ", '?', "\n"),
            ("用 , 和 ", '?', ""),
            ("条件 ", '?', " 真 : 假"),
            ("分隔符是 ", ',', " 的文件"),
            ("名 ", ':', " 值"),
            ("你好", ',', "世界"),
            ("你好  ", ',', "世界"),
            (" ", ',', "世界"),
            ("a ", ';', " 注释"),
        ] {
            assert!(
                !is_behind_space(mark, before, after),
                "{before}{mark}{after}"
            );
        }
    }
}
