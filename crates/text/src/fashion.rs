//! Chinese that has kana in it: の in the place of 的, as names of shops have it, and patterns of Japanese grammar whose words
//! are told in Chinese.

use crate::chars::is_han;
use crate::faces::without_faces;
use crate::forms::{is_hiragana, is_japanese_form, is_phonetic};

/// Words of grammars, and those that stand for others in their patterns, in both scripts; longer ones stand before what they
/// begin with.
const TERMS: [&str; 56] = [
    "形容動詞",
    "形容詞",
    "助動詞",
    "代名詞",
    "疑問詞",
    "接續詞",
    "連體詞",
    "名詞",
    "動詞",
    "副詞",
    "助詞",
    "數詞",
    "量詞",
    "子句",
    "句型",
    "文型",
    "辭書形",
    "字典形",
    "普通形",
    "可能形",
    "意向形",
    "時間",
    "場所",
    "地點",
    "對象",
    "數量",
    "一類",
    "二類",
    "三類",
    "變化",
    "結尾",
    "形容动词",
    "形容词",
    "助动词",
    "代名词",
    "疑问词",
    "接续词",
    "连体词",
    "名词",
    "动词",
    "副词",
    "助词",
    "数词",
    "量词",
    "辞书形",
    "时间",
    "场所",
    "地点",
    "对象",
    "数量",
    "一类",
    "二类",
    "三类",
    "变化",
    "结尾",
    "形",
];

/// Whether the kana of a text are none of a sentence in Japanese.
pub fn is_chinese_with_kana(text: &str) -> bool {
    is_in_fashion(text) || is_pattern(text)
}

/// Whether の is the only kana of a text, and stands there once: 優の良品. What is in Japanese may have it twice: 瞳の中の暗殺者,
/// 東京の空、大阪の海
fn is_in_fashion(text: &str) -> bool {
    text.matches('の').count() == 1
        && without_faces(text).all(|c| c == 'の' || !is_phonetic(c) && !is_japanese_form(c))
}

/// Whether all words of a text in Han characters are terms, and what they name is in kana: 動詞て形＋ください. In front of the
/// pattern what it is may be told, and behind it what it means.
fn is_pattern(text: &str) -> bool {
    if !text.contains(['詞', '词', '形']) {
        return false;
    }
    let text = match text.split_once(['：', ':']) {
        Some((label, pattern)) if !label.contains(is_phonetic) => pattern,
        _ => text,
    };
    let own = text.rfind(is_hiragana).map_or(0, |at| at + 'の'.len_utf8());
    let meaning = text[own..].find(['：', ':', '→', '＝', '=', '/', '|', '（', '(']);
    let text = &text[..meaning.map_or(text.len(), |at| own + at)];
    let mut words = text.split(|c| !is_han(c)).filter(|word| !word.is_empty());
    own > 0
        && text.contains(['詞', '词', '形'])
        && words.all(|word| {
            let mut rest = word;
            while let Some(behind) = TERMS.iter().find_map(|term| rest.strip_prefix(term)) {
                rest = behind;
            }
            rest.is_empty()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_stand_in_chinese_too() {
        for text in [
            "媽媽の味道",
            "名詞だ",
            "時間に動詞，場所で動詞",
            "句型：動詞て形＋ください",
            "一類動詞ます形變化",
            "名詞1は名詞2です。",
            "動詞ない形＋でください：請不要…",
            "要點：とても + い形容詞",
            "要点：とても + い形容词",
        ] {
            assert!(is_chinese_with_kana(text), "{text}");
        }
        for text in [
            "瞳の中の暗殺者",
            "鬼滅の刃、呪術廻戦",
            "東京の空、大阪の海",
            "訪問先の受付（約束の確認）",
            "時間に遅れる",
            "動詞は文の中心になる",
            "名詞の単数形",
            "形が変わる",
            "味道",
            "動詞",
            "",
        ] {
            assert!(!is_chinese_with_kana(text), "{text}");
        }
    }
}
