//! Korean that writes its words in Han characters, and only what binds them in hangul: 大韓民國은 民主共和國이다.

/// Characters of Chinese sentences that such Korean lacks.
const CHINESE: &str = "是我你您她它们們這这嗎吗呢吧麼麽么很没沒說说那哪";

/// The same, where little shows Korean.
const COMMON: &str = "的了在不他也就都個个和與与把被給给";

/// What binds a word to the next, or makes a verb of it.
const PARTICLES: [&str; 94] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "로",
    "만",
    "나",
    "들",
    "등",
    "인",
    "적",
    "으로",
    "에서",
    "에게",
    "부터",
    "까지",
    "보다",
    "처럼",
    "같이",
    "마다",
    "조차",
    "밖에",
    "한테",
    "께서",
    "로서",
    "으로서",
    "로써",
    "으로써",
    "이나",
    "이란",
    "이라",
    "라는",
    "이라는",
    "라고",
    "이라고",
    "이다",
    "이며",
    "이고",
    "이지만",
    "이었다",
    "였다",
    "입니다",
    "이었습니다",
    "적인",
    "적으로",
    "들이",
    "들은",
    "들을",
    "들의",
    "하다",
    "하는",
    "하고",
    "한다",
    "하여",
    "하며",
    "하지",
    "하게",
    "하기",
    "하면",
    "하였다",
    "했다",
    "했으며",
    "했던",
    "합니다",
    "했습니다",
    "하였으며",
    "하여야",
    "한",
    "할",
    "함",
    "해",
    "되다",
    "되는",
    "되고",
    "된다",
    "되어",
    "되며",
    "되지",
    "되었다",
    "됐다",
    "됩니다",
    "되었습니다",
    "된",
    "될",
    "됨",
    "시키다",
    "시킨",
];

/// What may stand behind a particle.
const BEHIND: [char; 7] = ['는', '도', '만', '의', '은', '를', '을'];

/// Whether a text in Han characters, with some hangul, is such Korean for the most part.
pub(crate) fn is_korean_text(text: &str) -> bool {
    let (mut korean, mut all) = (0, 0);
    for line in text.lines() {
        let (han, hangul) = line.chars().fold((0, 0), |(han, hangul), c| {
            (
                han + usize::from(is_han(c)),
                hangul + usize::from(is_hangul(c)),
            )
        });
        all += han;
        if hangul > han || is_korean(line) {
            korean += han;
        }
    }
    korean * 2 > all
}

/// Whether a sentence is such Korean: its words are parted by spaces, as Chinese ones are not, and hangul binds them.
pub(crate) fn is_korean(sentence: &str) -> bool {
    if !sentence.contains(is_hangul) || sentence.contains(|c| CHINESE.contains(c)) {
        return false;
    }
    let (mut words, mut bound) = (0, 0);
    for word in sentence.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_chinese_mark(c));
        words += usize::from(word.contains(|c| is_han(c) || is_hangul(c)));
        bound += usize::from(is_bound(word));
    }
    // A sentence of one bound word may be a Chinese one that names a particle.
    let is_plain = || !sentence.contains(|c| is_chinese_mark(c) || COMMON.contains(c));
    bound > 1 && bound * 2 >= words || bound == 1 && (2..=3).contains(&words) && is_plain()
}

/// Whether a text has one of the characters that Chinese sentences have and Korean lacks.
pub(crate) fn has_certain_word(text: &str) -> bool {
    text.contains(|c| CHINESE.contains(c))
}

/// Whether the hangul of a text are names in Chinese sentences: these go on right behind them, and nothing binds words of
/// Korean. 韓星김태희出席活動
pub(crate) fn has_only_names(text: &str) -> bool {
    let (mut han, mut hangul, mut goes_on) = (0, 0, false);
    let mut before = ' ';
    for c in text.chars() {
        han += usize::from(is_han(c));
        hangul += usize::from(is_hangul(c));
        goes_on |= is_hangul(before) && is_han(c);
        before = c;
    }
    let is_part = |c: char| c.is_alphanumeric();
    // Headlines of Korean run on in the same way, but have nothing of Chinese sentences.
    let is_told =
        || text.contains(|c| is_sentence_mark(c) || CHINESE.contains(c) || COMMON.contains(c));
    goes_on && hangul < han && is_told() && !text.split(|c| !is_part(c)).any(is_bound)
}

/// Whether hangul binds a word in Han characters of a text.
pub(crate) fn has_bound_word(text: &str) -> bool {
    text.contains(is_hangul) && text.split(|c: char| !c.is_alphanumeric()).any(is_bound)
}

/// Marks that part Chinese sentences and no Korean ones.
fn is_chinese_mark(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：')
}

/// Marks of Chinese sentences.
fn is_sentence_mark(c: char) -> bool {
    is_chinese_mark(c) || matches!(c, '。' | '！' | '？')
}

/// Whether a word in Han characters ends in a particle.
fn is_bound(word: &str) -> bool {
    let stem = word.trim_end_matches(is_hangul);
    let particle = &word[stem.len()..];
    let is_particle = |part: &str| PARTICLES.contains(&part);
    stem.ends_with(is_han)
        && (is_particle(particle) || particle.strip_suffix(BEHIND).is_some_and(is_particle))
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_in_han_characters_is_told_from_chinese_with_korean_names() {
        for sentence in [
            "大韓民國의 主權은 國民에게 있다.",
            "政府는 政策을 發表하였다.",
            "北核問題를 論議",
            "\"學校는 敎育機關이다.\"",
        ] {
            assert!(is_korean(sentence), "{sentence}");
        }
        for sentence in [
            "歌手아이유發表新專輯，歌迷很興奮。",
            "演員 이민호 出席活動",
            "主格助詞은、賓格助詞를，用法不同。",
            "助詞은 接在名詞後面。",
            "助詞은和는的區別",
            "韓國的",
            "國民은",
            "",
        ] {
            assert!(!is_korean(sentence), "{sentence}");
        }
        for (text, expected) in [
            ("歌手아이유出席典禮。", true),
            ("悠久한歷史와傳統에빛나는大韓國民은", false),
            ("歌手 아이유", false),
            ("尹대통령訪美", false),
            ("尹대통령訪美歸國", false),
            ("現代자동차勞使協議 決裂", false),
            ("오래된 서점은 驛前에", false),
        ] {
            assert_eq!(has_only_names(text), expected, "{text}");
        }
        assert!(is_korean_text("憲法\n大韓民國의 主權은 國民에게 있다.\n"));
        assert!(!is_korean_text("歌手아이유出席典禮，歌迷很興奮。"));
        assert!(!is_korean_text(
            "憲法第一條規定主權屬於國民，原文如下：\n主權은 國民에게 있다.\n"
        ));
    }
}
