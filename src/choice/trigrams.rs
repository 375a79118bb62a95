//! 乾 as one of the eight trigrams, where others of them, or the hexagrams that they make, are spoken of.

use jianti_model::places::UNIT;
use jianti_text::chars::is_han;

/// How much less 乾 costs there: words outweigh it.
pub const DISCOUNT: i32 = 9 * UNIT / 2;

/// Whether a sentence speaks of them near a place: 《周易》首卦为乾, 坐乾向巽, 在乾、兑二宫
pub fn are_near(before: &str, behind: &str) -> bool {
    /// How far the sentence is looked at to each side, characters.
    const REACH: usize = 12;
    let ends = |c: &char| matches!(c, '。' | '！' | '？' | '\n');
    // One more to each side, as what stands beside a character tells; the sentence ends in a line's end.
    let front = before.chars().rev().take_while(|c| !ends(c));
    let mut around: Vec<char> = front.chain(['\n']).take(REACH + 1).collect();
    around.reverse();
    let back = behind.chars().take_while(|c| !ends(c));
    around.push('乾');
    around.extend(back.chain(['\n']).take(REACH + 1));
    // 乾南坤北, 乾藏坤內
    let is_opposed =
        behind.chars().nth(1) == Some('坤') || before.chars().nth_back(1) == Some('坤');
    is_opposed || !is_dry(before, behind) && around.windows(3).any(|it| tells(it[0], it[1], it[2]))
}

/// Whether a character between these is a trigram, or a word about hexagrams.
fn tells(before: char, c: char, behind: char) -> bool {
    match c {
        '卦' | '爻' | '彖' | '亨' | '巽' | '艮' => true,
        // It is in names too (姜乾坤): there it begins no part of a sentence.
        '坤' => !is_han(before) || "与與和".contains(before),
        // They are in words too: 兑换, 心坎, 地震, 离开.
        '兑' | '兌' if "换換现現付奖獎".contains(behind) => false,
        '坎' | '兑' | '兌' => is_beside(before) || is_beside(behind),
        '震' | '离' | '離' => is_beside(before) && is_beside(behind),
        _ => false,
    }
}

/// Whether a trigram may stand beside this: another one, what is named after one, or no character at all.
fn is_beside(c: char) -> bool {
    !is_han(c) || "乾坤坎艮巽震离離兑兌宫宮卦山向方位命自由从從入在坐朝".contains(c)
}

/// Whether 乾 between these may be a trigram in a document about them: 水流入乾, but not what is not dry yet (衣服还没乾).
pub fn may_be_one(before: &str, behind: &str) -> bool {
    let is_not_yet = || before.ends_with(|c| "没沒不未很太已还還".contains(c));
    !(is_dry(before, behind) || ends(behind) && is_not_yet())
}

/// Whether the clause says that something is dry, or becomes so: 井水乾了, 地板拖乾, 把水倒乾, 池塘乾，.
fn is_dry(before: &str, behind: &str) -> bool {
    /// How something becomes dry.
    const DRYING: &str = "拖倒擦拭抹揩晾晒曬烘吹瀝沥控甩擰拧絞绞熬煮喝吸抽榨烤焙炒舔刮掏洗蒸弄";
    /// What is dry at times, as no direction is.
    const WET: &str = "塘池河溪湖渠潭缸鍋锅唇嘴喉嗓鼻眼膚肤髮发衣褲裤鞋襪袜漆墨毯巾布草葉叶泥肩";
    /// What something is put at.
    const PUT: &str = "在到于於向自入至為为是成";
    /// How far the clause is looked at, characters.
    const REACH: usize = 10;
    if behind.starts_with('了') {
        return before.ends_with(is_han);
    }
    let is_made = || {
        let mut clause = before.chars().rev().take_while(|c| is_han(*c));
        clause.next().is_some_and(|c| !PUT.contains(c)) && clause.take(REACH).any(|c| c == '把')
    };
    let is_then = || behind.starts_with(|c| "再後后就則则".contains(c));
    (ends(behind) || is_then()) && before.ends_with(|c| DRYING.contains(c))
        || ends(behind) && (before.ends_with(|c| WET.contains(c)) || is_made())
}

fn ends(behind: &str) -> bool {
    !behind.starts_with(is_han)
}

/// Whether a document that begins so is about them, as books on houses and graves, years of birth and the Changes are.
pub fn are_told(head: &str) -> bool {
    /// In how many places two of them stand that are in hardly any other word.
    const OFTEN: usize = 4;
    head.chars()
        .filter(|c| matches!(c, '巽' | '艮'))
        .nth(OFTEN - 1)
        .is_some()
}
