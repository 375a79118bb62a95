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
/// in the same column.
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
    names_columns() || (0..columns).any(|at| all(at, is_person) || all(at, is_place))
}

fn is_person(field: &str) -> bool {
    let is_common = |c: char| {
        names()
            .surname(&[fold(c)])
            .is_some_and(|cost| cost <= COMMON)
    };
    (2..=3).contains(&field.chars().count()) && field.starts_with(is_common)
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
        ] {
            assert!(told(text), "{text}");
        }
        for text in [
            "小毛驢,真可愛,跑得快\n小花貓,喵喵叫,抓老鼠\n大黃狗,汪汪叫,看大門",
            "位置方便,乾淨,明亮\n床鋪舒服,寬敞,安靜\n早餐豐盛,好吃,便宜",
        ] {
            assert!(!told(text), "{text}");
        }
    }
}
