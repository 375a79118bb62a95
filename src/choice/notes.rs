//! 徵 as a note of the scale: 宫商角徵羽, 其音徵, 變徵之聲.

use super::near::{ALONE, NOTE, has_near, is_end};
use jianti_text::chars::is_han;

/// How much less 徵 between these costs as a note; 0 if nothing tells one.
pub(super) fn discount(before: &str, behind: &str) -> i32 {
    // Words outweigh it (宫商角徵羽也象徵五行), but not beside another note.
    if is_note(before, behind) {
        return if is_beside_note(before, behind) {
            NOTE
        } else {
            ALONE
        };
    }
    // 徵调, the mode: the call-up is commoner.
    if ends_in_mode(behind) && has_near(before, behind, &MUSIC)
        // 下徵調, 變徵聲
        || is_mode(before, behind)
        // 宫、徵二音
        || is_listed_note(before, behind)
        || is_sound(before, behind)
    {
        return NOTE;
    }
    // 其音屬徵
    let is_named = is_end(behind) && before.ends_with(['屬', '属']);
    if is_named || is_movement(before, behind) || has_near(before, behind, &SCALES) {
        ALONE
    } else {
        0
    }
}

/// Words that tell that scales are spoken of: 五声调式中，徵为第四音; 林钟为徵
const SCALES: [&str; 22] = [
    "五声", "五聲", "五音", "调式", "調式", "音阶", "音階", "黄钟", "黃鍾", "黃鐘", "林鍾", "林鐘",
    "林钟", "古琴", "四弦", "宫调", "宮調", "太簇", "姑洗", "蕤宾", "蕤賓", "夷则",
];
/// Words that tell that tunes are spoken of: 这首民歌是徵调
const MUSIC: [&str; 24] = [
    "五声", "五聲", "调式", "調式", "音阶", "音階", "宫调", "宮調", "商调", "商調", "角调", "角調",
    "羽调", "羽調", "民歌", "乐曲", "樂曲", "曲调", "曲調", "旋律", "琴曲", "主音", "乐工", "樂工",
];

/// Whether a mode's name goes on and ends here: 徵调的, not 徵调人员.
fn ends_in_mode(behind: &str) -> bool {
    let rest = behind.strip_prefix(['调', '調']);
    rest.is_some_and(|rest| !rest.starts_with(|c| is_han(c) && !"的和与與或".contains(c)))
}

/// Whether another note stands beside 徵 in a list, or it is the first of them: 宫、徵二音, 以徵為主音
fn is_listed_note(before: &str, behind: &str) -> bool {
    let note = |c: char| "宫宮商角羽".contains(c);
    let front = before.strip_suffix('、');
    let back = behind.strip_prefix('、');
    front.is_some_and(|front| front.ends_with(note))
        || back.is_some_and(|back| back.starts_with(note))
        || ["為主音", "为主音"]
            .iter()
            .any(|tells| behind.starts_with(tells))
}

/// Whether one of the kinds of 徵 that there are as a note or a mode ends here (變徵, 清徵之聲, 下徵調); but 下徵調令, 正徵收.
fn is_mode(before: &str, behind: &str) -> bool {
    const KINDS: &str = "下清变變正太少流";
    let ends = |rest: &str, more: &str| !rest.starts_with(|c| is_han(c) && !more.contains(c));
    let named = behind.strip_prefix(['调', '調', '声', '聲', '音']);
    before.ends_with(|c| KINDS.contains(c))
        && match named {
            Some(rest) => ends(rest, "式的和与與或及是為为中起"),
            None => ends(behind, "之和与與及為为"),
        }
}

/// Whether a note stands directly beside a place, or a mark on both sides.
fn is_beside_note(before: &str, behind: &str) -> bool {
    let note = |c: char| matches!(c, '羽' | '宫' | '宮' | '商' | '角' | '变' | '變');
    before.ends_with(note)
        || behind.starts_with(note)
        || !before.ends_with(is_han) && !behind.starts_with(is_han)
}

/// Whether a sentence names 羽 and two more of the other notes: 宮為土，商為金，角為木，徵為火，羽為水.
fn is_note(before: &str, behind: &str) -> bool {
    /// How far the sentence is looked at to each side, characters.
    const REACH: usize = 40;
    let ends = |c: &char| matches!(c, '。' | '！' | '？' | '\n');
    let front = before.chars().rev().take(REACH).take_while(|c| !ends(c));
    let around = front.chain(behind.chars().take(REACH).take_while(|c| !ends(c)));
    let [mut yu, mut gong, mut shang, mut jue] = [false; 4];
    for c in around {
        match c {
            '羽' => yu = true,
            '宫' | '宮' => gong = true,
            '商' => shang = true,
            '角' => jue = true,
            _ => {}
        }
    }
    yu && [gong, shang, jue]
        .into_iter()
        .filter(|found| *found)
        .count()
        >= 2
}

/// Whether a sound is told (其音徵，在音为徵) or two notes that stand for music (弹出宫徵); but 皇宫徵用.
fn is_sound(before: &str, behind: &str) -> bool {
    let named = before
        .strip_suffix(['为', '為', '曰', '属', '屬'])
        .unwrap_or(before);
    let goes_on = || behind.starts_with(|c| "之与與和相".contains(c));
    named.ends_with('音') && is_end(behind)
        || before.ends_with(['宫', '宮']) && (is_end(behind) || goes_on())
}

/// Whether one of the five movements of old medicine is told, which have the names of notes: 上徵与正商同, 少徵下加少阳; but 正徵收.
fn is_movement(before: &str, behind: &str) -> bool {
    const GOES_ON: [&str; 4] = ["上临", "上臨", "下加", "同天"];
    const OTHERS: [&str; 20] = [
        "上商", "上羽", "上宫", "上宮", "上角", "正商", "正羽", "正宫", "正宮", "正角", "少商",
        "少羽", "少宫", "少宮", "少角", "太商", "太羽", "太宫", "太宮", "太角",
    ];
    before.ends_with(['上', '正', '少', '太'])
        && (GOES_ON.iter().any(|word| behind.starts_with(word))
            || has_near(before, behind, &OTHERS))
}
