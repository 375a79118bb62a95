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
    is_opposed || around.windows(3).any(|it| tells(it[0], it[1], it[2]))
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
pub fn may_be_one(before: Option<char>, behind: Option<char>) -> bool {
    let ends = !behind.is_some_and(is_han);
    !(ends && before.is_some_and(|c| "没沒不未很太已还還".contains(c)))
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
