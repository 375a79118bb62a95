//! Rosters: tables of nothing but short words, as verses and reviews have them, too. 甲組,陳怡君,臺北 is one, and 小星星,亮晶晶,掛天上 is
//! none.

use std::borrow::Cow;

use jianti_data::choice::{fold, names};
use jianti_model::UNIT;

/// What surnames cost at most that many have.
const COMMON: u32 = 5 * UNIT;

/// What ends the names of places, parts of institutions and the like.
const ENDINGS: &str =
    "組组部市縣县區区州省國国局處处院科系所隊队班室號号課课館馆店路街鄉乡鎮镇村里";

/// Names of columns that no verse has.
const COLUMNS: [&str; 26] = [
    "姓名", "名稱", "名称", "編號", "编号", "序號", "序号", "電話", "电话", "地址", "住址", "部門",
    "部门", "單位", "单位", "職稱", "职称", "職位", "职位", "備註", "备注", "類別", "类别", "性別",
    "性别", "地區",
];

/// Whether these rows are one: the first names columns, or all have somebody's name, or the name of a place or institution,
/// in the same column, or one sorts what the first tells apart.
pub fn is_roster<'t, R: Iterator<Item = Cow<'t, str>>>(
    rows: impl Fn() -> R,
    delimiter: char,
) -> bool {
    let Some(first) = rows().next() else {
        return false;
    };
    let names_columns = || first.split(delimiter).any(|name| COLUMNS.contains(&name));
    let all = |column: usize, is: fn(&str) -> bool| {
        rows().all(|row| row.split(delimiter).nth(column).is_some_and(is))
    };
    let columns = first.split(delimiter).count();
    let sorts = |column: usize| {
        let fields = |at: usize| {
            let mut fields: Vec<String> = rows()
                .filter_map(|row| row.split(delimiter).nth(at).map(str::to_owned))
                .collect();
            fields.sort_unstable();
            fields
        };
        let is_key = |fields: &[String]| fields.array_windows().all(|[a, b]| a != b);
        is_key(&fields(0)) && repeated(&fields(column)) > 1
    };
    names_columns()
        || (0..columns).any(|at| all(at, is_person) || all(at, is_place))
        || (1..columns).any(sorts)
}

/// How many of these sorted fields stand there more than once. A verse has a refrain at most.
fn repeated(fields: &[String]) -> usize {
    let groups = fields.chunk_by(|a, b| a == b);
    groups.filter(|group| group.len() > 1).count()
}

fn is_person(field: &str) -> bool {
    is_name(field, COMMON)
}

/// Whether this may be the name of a person: a surname that costs no more than this begins it.
pub fn is_name(field: &str, most: u32) -> bool {
    let is_surname = |c: char| names().surname(&[fold(c)]).is_some_and(|cost| cost <= most);
    (2..=3).contains(&field.chars().count()) && field.starts_with(is_surname)
}

fn is_place(field: &str) -> bool {
    field.ends_with(|c| ENDINGS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rosters_are_told_from_verses() {
        let told = |text: &str| is_roster(|| text.lines().map(Cow::Borrowed), ',');
        for text in [
            "甲班,蔣大明,花蓮\n乙班,呂小芬,宜蘭\n丙班,田雨,雲林",
            "國語,宜蘭縣,上午\n數學,臺東縣,下午",
            "部門,專長,喜好\n法務,寫作,登山",
            "蘋果,紅色,甜\n香蕉,黃色,軟\n草莓,紅色,小\n檸檬,黃色,酸\n葡萄,紫色,酸",
        ] {
            assert!(told(text), "{text}");
        }
        for text in [
            "小毛驢,真可愛,跑得快\n小花貓,喵喵叫,抓老鼠\n大黃狗,汪汪叫,看大門",
            "位置方便,乾淨,明亮\n床鋪舒服,寬敞,安靜\n早餐豐盛,好吃,便宜",
            "春風吹,花開了,啦啦啦\n夏雨下,草綠了,啦啦啦\n秋葉落,果熟了,啦啦啦",
            "我來了,你走,他哭\n他走了,我來,他哭\n我來了,你走,他笑\n他走了,我來,他笑",
        ] {
            assert!(!told(text), "{text}");
        }
    }
}
