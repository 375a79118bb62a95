//! Where sentences end.

/// Whether `c` ends a sentence, in either width, or begins or ends a part of one.
pub fn ends(c: char) -> bool {
    matches!(
        c,
        '。' | '…' | '.' | '．' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '(' | ')' | '（' | '）' | '「'..='』' | '《' | '》' | '〈' | '〉'
            | '【' | '】' | '“' | '”' | '‘' | '’' | '﹁'..='﹄' | '﹒' | '﹔' | '﹖'..='﹚'
    )
}
