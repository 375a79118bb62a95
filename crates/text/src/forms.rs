//! Characters that tell Chinese from Japanese and Korean.

use std::sync::LazyLock;

use encoding_rs::SHIFT_JIS;

use crate::chars::is_han;

/// Characters that modern Japanese does not write: Chinese function words, and old forms that it has replaced.
const CHINESE: &str = "是我你您們们這这嗎吗呢吧麼麽么沒没給给她很說说哪啊把讓让\
    學國會來對發賣圖廣氣檢驗實樣圓變歸營戰顏權觀關帶續總讀譯轉輕邊鐵錄錢黑步每兩傳價處劍勞勸單嚴鹽惡榮櫻樂歡歷澤縣\
    經繪繼藝藏藥覺贊遲鄉釋鑄鄰隱雜靈賴顯驅騷髮雞默齡將從應當點畫兒與為爲體數壓區號樓擴據擇繩證鬪獨獵晝盡盜禮稱穩窗\
    动对为个电东车书见长门问间风飞马鸟鱼龙剧场获奖难说请谁让过进还远连选钱铁开关发话语词\
    乘亂亞儉剩劑勳勵卷囑圈圍團增墮壘壞壤壯壹壽奧孃寢寫寬寶專屬峽嶽巢廢廳彈彌徑徵德恆惱慘懷戀戲戾拂拔拜挾插揭搖搜擊擔攝收效敕\
    斷晚曆曉曾條棧樞橫歐殘殼毆涉淚淨淺渴溪溫滯滿潛濕濟瀨灣燈燒爐爭犧狀狹獸獻瓣疊瘦癡碎祕禪稻穗竊粹絲綠緣縱纖缺罐聲聽肅腦膽臟\
    臺舊艷莖萬虛螢蟲蠶蠻裝觸謠譽豐豫貳踐辭辯遞醉醫釀鍊陷隨險雙霸靜餘驛髓麥麵黃黨齊齋齒龜";

/// Characters that modern Japanese writes and modern Chinese does not.
const JAPANESE: &str = "発売駅図円広気検験実様変帰営戦顔権観関対帯続総読訳転軽辺鉄録銭黒歩毎両価働処剣労勧単厳圏塩増壱\
    恵悪栄桜楽歓歴浜渋渓滝獣畑畳県砕穂竜粋経絵継縁縄繊脳臓芸荘蔵薬覚譲賛込辻遅郷酔醸釈鋳隣隠雑霊頼顕駆騒髪鶏黙齢錬戸択\
    乗亀亜仏仮伝倹児剤剰効勅勲収団囲圧塀塁壊壌奨嬢寛専巣巻庁廃弐弾従徳徴応悩懐戯戻払抜拝拠拡挙挿捜掲揺摂撃斉斎晩暁暦曽桟歯殻\
    沢浄涙渇済渉満瀬焼犠猟痩稲穏粛緑縦聴艶薫蛍覇覧謡豊逓鉱闘陥険髄麺";

/// What is known of a character, by bits.
const OF_CHINESE: u8 = 1;
const OF_JAPANESE: u8 = 2;
const OF_JIS: u8 = 4;

/// Of each code point from U+3400 to U+9FFF.
static KNOWN: LazyLock<Box<[u8]>> = LazyLock::new(|| {
    let mut known = vec![0; LAST - FIRST + 1].into_boxed_slice();
    let mut add = |c: char, bit: u8| {
        if let FIRST..=LAST = c as usize {
            known[c as usize - FIRST] |= bit;
        }
    };
    CHINESE.chars().for_each(|c| add(c, OF_CHINESE));
    JAPANESE.chars().for_each(|c| add(c, OF_JAPANESE));
    // A row at a time: a call for each pair takes longer than all of the rest.
    for lead in (0x81..=0x9F_u8).chain(0xE0..=0xEF) {
        let row: Vec<u8> = (0x40..=0xFC).flat_map(|trail| [lead, trail]).collect();
        let (text, _) = SHIFT_JIS.decode_without_bom_handling(&row);
        text.chars().for_each(|c| add(c, OF_JIS));
    }
    known
});
const FIRST: usize = 0x3400;
const LAST: usize = 0x9FFF;

fn known(c: char) -> u8 {
    match c as usize {
        code @ FIRST..=LAST => KNOWN[code - FIRST],
        _ => 0,
    }
}

/// Whether modern Japanese has replaced this character, or Chinese sentences have it and Japanese ones do not.
pub(crate) fn is_chinese_form(c: char) -> bool {
    known(c) & OF_CHINESE != 0
}

/// Whether modern Japanese writes this character and modern Chinese does not.
pub fn is_japanese_form(c: char) -> bool {
    known(c) & OF_JAPANESE != 0
}

/// Whether this Han character is none of modern Japanese: its standard lacks it, or it has replaced it.
pub fn is_not_japanese(c: char) -> bool {
    is_chinese_form(c) || lacks_standard(c)
}

/// Whether this Han character is not in the standard of Japanese characters, JIS X 0208, which has old forms too.
pub(crate) fn lacks_standard(c: char) -> bool {
    is_han(c) && known(c) & OF_JIS == 0
}

/// Kana and hangul.
pub fn is_phonetic(c: char) -> bool {
    matches!(
        c,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{FF66}'..='\u{FF9F}' | '\u{1100}'..='\u{11FF}'
            | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}'
    )
}

pub(crate) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FC}' | '\u{FF66}'..='\u{FF9F}')
}

pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_is_known_by_each_pair_of_it() {
        let mut in_standard = std::collections::HashSet::new();
        for lead in (0x81..=0x9F_u8).chain(0xE0..=0xEF) {
            for trail in 0x40..=0xFC_u8 {
                let pair = [lead, trail];
                in_standard.extend(SHIFT_JIS.decode_without_bom_handling(&pair).0.chars());
            }
        }
        for c in ('\u{3400}'..='\u{9FFF}').filter(|c| is_han(*c)) {
            assert_eq!(lacks_standard(c), !in_standard.contains(&c), "{c}");
        }
    }

    #[test]
    fn modern_japanese_lacks_characters() {
        for c in "閱妳說这國醫".chars() {
            assert!(is_not_japanese(c), "{c}");
        }
        for c in "閲説国医東京将会aか".chars() {
            assert!(!is_not_japanese(c), "{c}");
        }
    }
}
