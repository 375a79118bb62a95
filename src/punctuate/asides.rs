//! What a full stop parts from the Chinese sentence that ends in front of it, though no sentence of the same kind follows: a face, a dash, the
//! same in English, what is concluded from a formula.

use super::context::{first, is_emoji, is_ideograph};

/// What ends many Chinese sentences and no names.
pub fn is_final(c: char) -> bool {
    matches!(
        c,
        '了' | '的' | '吧' | '呢' | '吗' | '嗎' | '啊' | '呀' | '哦' | '喔' | '啦' | '嘛'
    )
}

/// Whether what a sentence ends in front of begins here, and no name goes on: a face ([抱拳], 😂), a dash behind a clause
pub fn is_aside(before: &str, rest: &str) -> bool {
    /// Faces of chats.
    const FACES: [&str; 24] = [
        "抱拳",
        "捂脸",
        "捂臉",
        "微笑",
        "偷笑",
        "呲牙",
        "大哭",
        "流泪",
        "流淚",
        "玫瑰",
        "爱心",
        "愛心",
        "合十",
        "强",
        "強",
        "破涕为笑",
        "笑脸",
        "笑哭",
        "允悲",
        "doge",
        "可怜",
        "可憐",
        "机智",
        "拥抱",
    ];
    let face = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let is_dash = || {
        /// Shorter ones may be the name of an option's value: 参数.--帮助
        const CLAUSE: usize = 4;
        let behind = rest.trim_start_matches(['-', '—', '─']);
        let words = before
            .chars()
            .rev()
            .take_while(|c| is_ideograph(*c))
            .take(CLAUSE);
        rest.len() - behind.len() > 1
            && first(behind).is_some_and(is_ideograph)
            && (words.count() == CLAUSE || before.ends_with(is_final))
    };
    first(rest).is_some_and(is_emoji)
        || face.is_some_and(|(name, _)| FACES.contains(&name))
        || is_dash()
}

/// Whether an English sentence begins here, as in lessons it stands behind what it says in Chinese.
pub fn begins_english(rest: &str) -> bool {
    /// So many words are no name.
    const LEAST: usize = 4;
    let words = &rest[..rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len())];
    let is_small = |word: &&str| word.bytes().all(|c| c.is_ascii_lowercase());
    let mut small = words
        .split([' ', ','])
        .skip(1)
        .filter(|word| !word.is_empty())
        .take(LEAST - 1);
    // .NET Core, .COM
    let begins = words[1..].starts_with(|c: char| c.is_ascii_lowercase() || c == ' ' || c == '\'');
    begins && words.split(' ').count() >= LEAST && small.any(|word| is_small(&word))
}

/// Whether text begins as what is concluded from a formula does: x=3.所以选A
pub fn begins_conclusion(rest: &str) -> bool {
    const WORDS: [&str; 14] = [
        "所以", "因此", "因为", "因為", "于是", "於是", "故", "则", "則", "由此", "从而", "從而",
        "综上", "綜上",
    ];
    WORDS.iter().any(|word| rest.starts_with(word))
}
