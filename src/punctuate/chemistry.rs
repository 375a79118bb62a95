//! Brackets inside names of chemistry, which are set in ASCII: 二(2-乙基己基)酯, 聚(甲基丙烯酸甲酯)

use super::context::{first, is_ideograph, last};
use jianti_text::chars::Chars;

/// How many of a group there are, as it stands in front of its brackets.
static COUNTS: Chars = Chars::of("二三四五六七八双雙");

/// What a group in brackets may be bound to in front, and no compound ends in.
static BOUND: Chars = Chars::of("醯酰氯溴碘氟氧硫氮磷硅矽基");

/// What names of groups and compounds end in.
static ENDS: Chars = Chars::of(
    "\
    基酸酯胺醇醚酮醛烷烯炔苯酚膦腈酰醯酐醌脲胍肼肟腙烴烃磷硫砜碸氧氮硅矽硼氯溴碘氟銨铵啶唑嗪吩喃啉咯萘蒽",
);

/// What metals are called in compounds.
static METALS: Chars = Chars::of(
    "鈉钠鉀钾鈣钙鎂镁鋁铝鐵铁鈷钴鎳镍銅铜鋅锌鈀钯鉑铂釕钌銠铑銥铱鈦钛錫锡鉛铅汞錳锰鉻铬釩钒鎢钨鉬钼鋯锆",
);

/// What else names consist of: how many atoms, how they are bound, and beginnings of names.
static PARTS: Chars = Chars::of(
    "\
    甲乙丙丁戊己庚辛壬癸一二三四五六七八九十正異异叔仲環环聯联亞亚次過过氫氢羥羟羧巰巯氨硝磺化鄰邻間间對对順顺反雙双聚縮缩代\
    噻吡呋咪吲喹嘌呤嘧水楊杨菲芴茂乳",
);

/// What a name goes on with behind brackets: no words of sentences begin so, as they do with 對 or 過.
static ONWARD: Chars = Chars::of("甲乙丙丁戊己庚辛亞亚環环羥羟磺硝氨氫氢噻吡呋咪吲喹");

/// Whether a pair of brackets between these holds a group of a compound that is named around it.
pub fn is_in_name(before: &str, content: &str, after: &str) -> bool {
    // Most brackets stand behind something else.
    let is_before_group = |c: &char| *c == '聚' || COUNTS.contains(*c) || BOUND.contains(*c);
    let Some(previous) = last(before).filter(is_before_group) else {
        return false;
    };
    if !is_group(content) {
        return false;
    }
    match previous {
        // A polymer's name may end with the brackets.
        '聚' => content.chars().filter(|c| is_ideograph(*c)).count() > 1,
        _ => goes_on(after),
    }
}

/// Whether brackets hold nothing but the name of a group or compound, and places in it: 4-氯苯基
fn is_group(content: &str) -> bool {
    let is_part = |c: char| match is_ideograph(c) {
        true => [&ENDS, &METALS, &PARTS].iter().any(|set| set.contains(c)),
        false => c.is_ascii_alphanumeric() || "-,'′()[]".contains(c) || ('α'..='ω').contains(&c),
    };
    last(content).is_some_and(|c| ENDS.contains(c)) && content.chars().all(is_part)
}

/// Whether the name goes on behind the brackets.
fn goes_on(after: &str) -> bool {
    let names = |c: char| [&ENDS, &METALS, &ONWARD].iter().any(|set| set.contains(c));
    match first(after) {
        // 二氯化, -1,1-
        Some(c) if COUNTS.contains(c) => after.chars().nth(1).is_some_and(names),
        Some('-') => after[1..].starts_with(|c: char| c.is_ascii_digit() || names(c)),
        Some(c) => names(c),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_in_names_are_told_from_what_brackets_explain() {
        for (before, content, after) in [
            ("鄰苯二甲酸二", "2-乙基己基", "酯是塑化劑"),
            ("1,1,1-三氯-2,2-雙", "4-氯苯基", "乙烷"),
            ("三", "羥甲基", "胺基甲烷"),
            ("四", "三苯基膦", "鈀"),
            ("二", "三苯基膦", "二氯化鈀"),
            ("聚", "甲基丙烯酸甲酯", "俗稱壓克力"),
            ("聚", "乙烯醇", "，"),
            ("乙醯", "甲基", "胺"),
        ] {
            assert!(
                is_in_name(before, content, after),
                "{before}({content}){after}"
            );
        }
        for (before, content, after) in [
            ("方案二", "甲醇", "對照組"),
            ("方法三", "乙酸", "的結果"),
            ("丙酮", "二甲酮", "氧化"),
            ("酒精", "乙醇", "消毒"),
            ("歡聚", "聚餐", "，"),
            ("第二", "甲組", "乙組"),
            ("共聚", "苯", "物"),
            ("二", "班", "酯"),
        ] {
            assert!(
                !is_in_name(before, content, after),
                "{before}({content}){after}"
            );
        }
    }
}
