//! Numbers of headings and parts, whose point is their own: 第一章. 绪论, 步骤三. 打开电源

use super::context::is_alphanumeric;

/// What is counted beside chapters: 步骤三, 第一阶段
const PARTS: [&str; 24] = [
    "步骤", "步驟", "阶段", "階段", "部分", "部份", "单元", "單元", "方法", "方案", "情况", "情況",
    "任务", "任務", "练习", "練習", "实验", "實驗", "案例", "示例", "范例", "範例", "要点", "要點",
];

/// Whether `before` is the number of a part, an item or a heading, and nothing else.
pub fn is_label(before: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(c);
    let label = before.trim_start_matches(|c| !is_alphanumeric(c));
    let mut characters = label.chars();
    if characters.by_ref().take(2).count() < 2 {
        return true;
    }
    let counted = PARTS.iter().find_map(|part| label.strip_prefix(part));
    let numbered = counted
        .unwrap_or(label)
        .trim_start_matches(|c| "第附录錄图圖表例题題".contains(c));
    let unit = numbered.trim_start_matches(is_numeral);
    unit.len() < numbered.len()
        && (unit.is_empty()
            || unit.chars().count() == 1
                && "章節节條条款項项篇部卷回課课題题步讲講集期幕站场場关關".contains(unit)
            || counted.is_none() && PARTS.contains(&unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_parts_are_told() {
        for label in [
            "一",
            "第一章",
            "附录二",
            "- 第12条",
            "步骤三",
            "### 步驟十二",
            "第一步",
            "**方法一",
            "第三阶段",
            "二",
            "步骤3",
            "第二十讲",
        ] {
            assert!(is_label(label), "{label}");
        }
        for text in [
            "这是第一步",
            "今天星期一",
            "步骤",
            "第一名",
            "他走到第二阶段",
            "步骤三完成",
            "第一步走",
            "不管三七二十一",
            "统一",
            "高三",
            "完成步骤三",
            "初一",
        ] {
            assert!(!is_label(text), "{text}");
        }
    }
}
