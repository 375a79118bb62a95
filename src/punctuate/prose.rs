//! What tells prose from the values of records.

use super::context::is_ideograph;

/// Marks and words of sentences.
pub fn is_prose(c: char) -> bool {
    matches!(
        c,
        ' ' | '。'
            | '！'
            | '？'
            | '；'
            | '，'
            | '：'
            | '!'
            | '?'
            | ';'
            | '"'
            | '的'
            | '了'
            | '是'
            | '我'
            | '你'
            | '他'
            | '她'
            | '不'
            | '就'
            | '很'
            | '也'
            | '这'
            | '這'
            | '那'
            | '都'
            | '还'
            | '還'
            | '吗'
            | '嗎'
            | '吧'
            | '呢'
    )
}

/// Whether this begins a sentence of mathematics: 若x, (1)若a, 解:设x, 已知a. 设备 names a setting.
pub fn is_condition(name: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "() .、（）".contains(c);
    let name = name.rsplit([':', '：', ',', '，']).next().unwrap_or(name);
    let name = name.trim_start_matches(number);
    let rest = name.strip_prefix(['若', '设', '設', '如', '当', '當', '令', '则', '則']);
    rest.is_some_and(|rest| !rest.starts_with(is_ideograph) && !rest.is_empty())
        || ["已知", "如果", "因为", "因為"]
            .iter()
            .any(|word| name.starts_with(word))
}
