//! Rarer forms that the standard gives for another character, but that running text has as words, names and sounds of their
//! own: 歸讙及闡 is a place, 曼拏羅 a sound, 唔好咁撚煩 no 捻.

use super::near::has_near;

/// Forms that hardly ever stand for what the table gives but in its words (讙呼, 鉏草, 乞匄, 玻琍): elsewhere they are places,
/// names, or words that are read otherwise (謟 tāo, to doubt).
const MOSTLY_OWN: &str = "謟讙匄鉏挐臝琍";

/// What is known of a rarer form before the names of persons are looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// It stays.
    Stays,
    /// It stays unless what it stands for makes a word.
    UnlessWord,
    /// It is what the table gives, in names too.
    Never,
}

/// What the form `c` between these is, if it has a rule of its own.
pub(super) fn find(c: char, before: &str, behind: &str) -> Option<Own> {
    match c {
        // 送姜氏于讙: a place, though 于欢 is somebody's name.
        '讙' if before.ends_with(['于', '於']) => Some(Own::Stays),
        _ if MOSTLY_OWN.contains(c) => Some(Own::UnlessWord),
        // It is but another shape of 皙: 曾晳, 白晳.
        '晳' => Some(Own::Never),
        '拏' if is_indian(before, behind) => Some(Own::Stays),
        '撚' if is_cantonese(before, behind) => Some(Own::UnlessWord),
        '撚' => Some(Own::Never),
        _ => None,
    }
}

/// Whether 拏 between these writes a sound of an Indian name: 曼拏羅, 達拏山, 須大拏; but 達官拏人, 捉拏.
fn is_indian(before: &str, behind: &str) -> bool {
    /// What writes such sounds and little else.
    const SOUNDS: &str = "曼摩怛嚩誐囉啰迦揭馱驮鉢缽钵訶诃闍阇娑婆瑟薩萨伽毘毗祇";
    /// What writes them among other things, and what such a name is of.
    const FIRST: &str = "達达那羅罗健建提波尼";
    const NAMED: &str = "山天國国城王羅罗囉啰夜迦吉";
    let follows = |list: &str| behind.starts_with(|c| list.contains(c));
    before.ends_with(|c| SOUNDS.contains(c))
        || before.ends_with(|c| FIRST.contains(c)) && (follows(NAMED) || follows(SOUNDS))
        || before.ends_with(['軍', '军']) && follows("利")
        || before.ends_with("須大")
        || before.ends_with("须大")
}

/// Whether 撚 between these is the vulgar word of Cantonese, which 捻 never is: 咁撚煩, 撚樣, 中立撚; but 輕輕撚, 撚鬚.
fn is_cantonese(before: &str, behind: &str) -> bool {
    /// Words that only Cantonese has.
    const WORDS: [&str; 26] = [
        "唔", "咁", "嘅", "喺", "啲", "咗", "冇", "佢", "哋", "嚟", "嗰", "乜", "咩", "嘢", "冚",
        "仆街", "屌", "噉", "睇", "㗎", "囉", "啰", "俾", "畀", "戇", "戆",
    ];
    /// Words that posts have and poems hardly do, in which a hand twists something: 和淚撚琵琶, 閒撚白鬚.
    const SPOKEN: [&str; 4] = ["真係", "真系", "黎", "咪"];
    /// What a hand does, or does it with, and on which it does it.
    const HANDLED: &str = "輕轻慢細细搓揉手指攏拢拈扭抹捏緊紧一來来去相";
    const ON: &str = "著着了起成出斷断動动轉转弄滅灭碎開开鬚须鬍胡髯髭子線线紙纸指香花土弦珠佛念燈灯燭烛毫筆笔針针泥繩绳絲丝麻棉綿藥药亮暗熄兩两幾几一";
    has_near(before, behind, &WORDS)
        || has_near(before, behind, &SPOKEN)
            && !before.ends_with(|c| HANDLED.contains(c))
            && !behind.starts_with(|c| ON.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indian_sounds_are_told_in_either_script() {
        for (before, behind) in [
            ("波囉訶囉", "囉闍耶"),
            ("波啰诃啰", "啰阇耶"),
            ("乾馱", "羅"),
            ("干驮", "罗"),
            ("達", "囉"),
            ("达", "啰"),
        ] {
            assert_eq!(find('拏', before, behind), Some(Own::Stays), "{before}");
        }
        assert_eq!(find('拏', "捉", "盜賊"), None);
    }
}
