//! Marks with a space in front of them, as some people set them, and marks that a sentence speaks of: 你好 ,世界, but 以 , 分隔.

use super::context::{first, is_ideograph, last};
use super::english::CHINESE;
use super::facts::Facts;
use jianti_text::lines::front as head;

/// Whether one space stands in front of a mark that belongs to the sentence: 你好 ,世界, 你好 , 世界, 好吗 ?. One of code or a
/// comment stands behind other signs.
pub fn is_behind_space(facts: &Facts, mark: char, before: &str, after: &str) -> bool {
    let Some(front) = before.strip_suffix(' ') else {
        return false;
    };
    if front.is_empty() || front.ends_with([' ', '\t']) {
        return false;
    }
    // Behind a sentence some set two.
    let most = if matches!(mark, '?' | '!') { 2 } else { 1 };
    let spaces = after.bytes().take_while(|byte| *byte == b' ').count();
    let rest = &after[spaces.min(most)..];
    if !first(rest).is_some_and(is_ideograph) {
        let may_end = match mark {
            '?' | '!' => !is_named_alone(front),
            // A comma ends a line that goes on in the next. SELECT 姓名 ,
            ',' => {
                last(front).is_some_and(is_ideograph)
                    && front.contains(|c| CHINESE.contains(c))
                    && !is_query(front)
                    && !names(front)
                    && !front.ends_with(|c| LINKING.contains(c))
            }
            _ => false,
        };
        return may_end && after.trim_end().is_empty() && !is_listed(front);
    }
    let is_code = || {
        before.contains(['[', '{', '(', '=', '<', '>', '$', '`', '#', '\\']) || after.contains("=>")
    };
    match (mark, rest.len() < after.len()) {
        // Names and values are parted by it: 姓名 : 王小明
        (':', true) => {
            matches!(front.trim_start(), "问" | "答")
                || front.ends_with(['说', '說', '道', '问', '問', '喊'])
                    && facts.sets_marks_apart(has_marks_apart)
        }
        // 我们 去 公园 , 你们 呢
        (_, true) if facts.has_words_apart() => !names(front) && (mark == ',' || !is_code()),
        (',', true) => belongs(facts, mark, front, rest),
        (_, true) => !is_code() && belongs(facts, mark, front, rest),
        (',', false) => !is_spoken_of(front, rest),
        _ => !is_code() && !is_spoken_of(front, rest),
    }
}

/// Whether a mark with a space on both sides belongs to the sentence: its own clauses show it, or other marks of the line do.
fn belongs(facts: &Facts, mark: char, front: &str, rest: &str) -> bool {
    parts_clauses(mark, front, rest)
        || facts.sets_marks_apart(has_marks_apart) && !may_be_spoken_of(mark, front, rest)
}

/// Whether the author of a line sets the marks of sentences between spaces, as the one at its end or others within it show.
fn has_marks_apart(line: &str) -> bool {
    /// No clause that tells is longer, bytes.
    const FAR: usize = 1 << 9;
    ends_apart(line)
        || line.match_indices([',', ';', '?', '!']).any(|(at, mark)| {
            let rest = line[at + 1..].strip_prefix(' ');
            let before = line[..at].strip_suffix(' ');
            let (Some(before), Some(rest)) = (before, rest) else {
                return false;
            };
            let from = before.ceil_char_boundary(before.len().saturating_sub(FAR));
            let mark = first(mark).expect("a mark");
            last(before).is_some_and(is_ideograph)
                && first(rest).is_some_and(is_ideograph)
                && parts_clauses(mark, &before[from..], head(rest, FAR))
        })
}

/// Whether a mark behind a space ends a line: 小心 ! 有狗 . Those of catalogues have other signs as well.
fn ends_apart(line: &str) -> bool {
    let front = line
        .trim_end()
        .strip_suffix(['.', '?', '!', '。', '？', '！']);
    front
        .and_then(|front| front.strip_suffix(' '))
        .is_some_and(|front| last(front).is_some_and(is_ideograph))
        && ![" / ", "—"].iter().any(|sign| line.contains(sign))
}

/// Whether a sentence may speak of a mark, though it sets its own ones between spaces as well: 漏写了 , 就报错 .
fn may_be_spoken_of(mark: char, front: &str, rest: &str) -> bool {
    /// What ends verbs whose object a mark is, and other words, too.
    const SHOWN: &str = "击擊于於示现現";
    const BECOMING: [&str; 6] = ["变成", "變成", "换成", "換成", "显示成", "顯示成"];
    /// What ends others, where something is said about the mark.
    const LACKING: &str = "少由";
    /// What ends words for places in which a mark stands.
    const PLACES: &str = "里裡中内內前后後面间間尾头頭端";
    let (clause, next) = (last_clause(front), first_clause(rest));
    if !last(front).is_some_and(is_ideograph) || names(front) {
        return true;
    }
    if mark == '?' && asks(clause) && !has_other_choice(rest) {
        return false;
    }
    let is_said = is_said_of_mark(clause, rest);
    let is_place =
        || clause.ends_with(|c| PLACES.contains(c)) && !clause.contains(|c| CHINESE.contains(c));
    let is_object = || match mark {
        ',' => is_said && is_written(clause),
        _ => {
            is_written(clause)
                || clause.ends_with(|c| SHOWN.contains(c))
                || ends_with_any(clause, &BECOMING)
        }
    };
    let verb = clause.strip_suffix('了').unwrap_or(clause);
    let is_lacking =
        || verb.ends_with(|c| LACKING.contains(c)) && rest.starts_with(|c| SAID.contains(c));
    is_about_marks(clause)
        || is_about_marks(next)
        || clause.ends_with(|c| LINKING.contains(c)) && (is_said || mark != ',')
        || is_object()
        || is_lacking()
        || is_place()
        || mark == '?' && (is_said || has_other_choice(rest))
}

/// Whether a mark with a space on both sides shows by its clauses that it belongs to the sentence. Many a sentence sets one so
/// that it speaks of, and code and catalogues have such: the clauses must show what it is, but for most commas.
fn parts_clauses(mark: char, front: &str, rest: &str) -> bool {
    let (clause, next) = (last_clause(front), first_clause(rest));
    if mark == '?' && ends_in_particle(clause) {
        return true;
    }
    let is_about =
        || clause.ends_with(is_ideograph) && (is_about_marks(clause) || is_about_marks(next));
    if is_about() || names(front) {
        return false;
    }
    let is_said = is_said_of_mark(clause, rest);
    let may_name = clause.ends_with(|c| LINKING.contains(c));
    match mark {
        ',' if is_said || may_name => {
            // 和他走
            let behind = next.strip_prefix(|c| SAID.contains(c)).unwrap_or(next);
            is_feeling(clause)
                || ends_with_any(clause, &OTHERS)
                || begins_with_person(clause)
                || begins_with_person(behind)
                || ends_clause(next)
        }
        ',' => !is_query(front) || begins_with_person(rest),
        '?' => asks(clause) && !is_said && !has_other_choice(rest),
        _ => {
            let are_people = begins_with_person(clause) && begins_with_person(rest);
            let is_told = is_feeling(clause) || ends_in_particle(next) || are_people;
            !is_said && !may_name && (is_told || mark == '!' && greets(clause))
        }
    }
}

/// Whether what is said about a mark may begin behind it. Behind 只要 and the like a clause must follow, unless the mark is what is
/// written: 如果忘写 , 就会报错
fn is_said_of_mark(clause: &str, rest: &str) -> bool {
    let begins = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let is_said =
        rest.starts_with(|c| SAID.contains(c)) || begins(rest, &["前面", "前后", "前後", "前的"]);
    is_said && (is_written(clause) || !begins(rest, &BEGINNING) && !begins(clause, &LEADING))
}

/// Whether a clause ends in a verb whose object a mark may be.
fn is_written(clause: &str) -> bool {
    let verb = clause.strip_suffix('了').unwrap_or(clause);
    verb.ends_with(['写', '寫', '漏', '删', '刪'])
}

/// Whether one space stands in front of a point that ends the sentence of which marks are set already: 你好 , 我走了 . What the
/// clause says tells it, or, at the line's end, that another mark stands so on the line or ends a sentence. Otherwise one is spoken of or parts the
/// fields of a catalogue.
pub fn is_stop(facts: &Facts, before: &str, after: &str) -> bool {
    /// A clause of so many characters is no field of a catalogue.
    const LONG: usize = 10;
    let Some(front) = before.strip_suffix(' ') else {
        return false;
    };
    let rest = after.strip_prefix(' ').unwrap_or(after).trim_end();
    let clause = last_clause(front);
    // 好了，cp 甲 . 用 . 表示
    let is_plain = !clause.contains(|c: char| c.is_ascii_alphanumeric());
    let is_long = || clause.chars().count() >= LONG && clause.contains(|c| CHINESE.contains(c));
    let ends_line = || rest.is_empty() && facts.has_mark_apart();
    last(front).is_some_and(is_ideograph)
        && first(rest).is_none_or(is_ideograph)
        && before.contains(['，', '。', '？', '！', '；'])
        && is_plain
        && !names(front)
        && (!front.ends_with(|c| LINKING.contains(c)) || ends_line() && front.ends_with('的'))
        && (is_feeling(clause)
            || is_long()
            || facts.has_words_apart()
            || ends_line()
            || rest.is_empty() && before.contains('。'))
}

/// Marks that part clauses, and those that may.
const PARTING: [char; 10] = ['，', '。', '？', '！', '；', '：', ',', ';', '?', '!'];

/// The clause that goes on at the end of text.
fn last_clause(text: &str) -> &str {
    text.rsplit(PARTING).next().unwrap_or(text).trim_start()
}

/// The clause that text begins with.
fn first_clause(text: &str) -> &str {
    let end = text.find(|c| PARTING.contains(&c) || ".?!…﹐﹖﹗\r\n".contains(c));
    text[..end.unwrap_or(text.len())].trim_end()
}

/// Whether a clause asks something.
fn asks(clause: &str) -> bool {
    const WORDS: [&str; 9] = [
        "谁", "誰", "什么", "什麼", "甚麼", "怎么", "怎麼", "哪", "多少",
    ];
    ends_in_particle(clause) || WORDS.iter().any(|word| clause.contains(word)) || has_choice(clause)
}

/// Whether what stands behind a mark is a program's choice: 条件 ? 真 : 假
fn has_other_choice(rest: &str) -> bool {
    let end = rest.find(['，', '。', '？', '！', '；', ',', '?', '!', ';']);
    rest[..end.unwrap_or(rest.len())].contains(" : ")
}

/// Whether a clause has a word with and without 不: 好不好, 要不要
fn has_choice(clause: &str) -> bool {
    clause.match_indices('不').any(|(at, not)| {
        let word = last(&clause[..at]);
        word.is_some_and(is_ideograph) && word == first(&clause[at + not.len()..])
    })
}

/// Whether a clause ends in what only speech ends in.
fn ends_in_particle(clause: &str) -> bool {
    clause.ends_with(|c| "吗嗎呢吧么麼啊呀哦喔啦嘛".contains(c))
}

/// Whether it ends so, or in 了.
fn ends_clause(clause: &str) -> bool {
    ends_in_particle(clause) || clause.ends_with('了')
}

/// Whether a clause tells how somebody feels or finds something.
fn is_feeling(clause: &str) -> bool {
    ends_in_particle(clause)
        || ["很", "太", "非常", "十分"]
            .iter()
            .any(|word| clause.contains(word))
}

/// Whether a clause is what people greet and thank each other with.
fn greets(clause: &str) -> bool {
    const WORDS: &str = "你好 您好 大家好 早安 午安 晚安 谢谢 感谢 再见 对不起 恭喜 加油";
    WORDS.split(' ').any(|word| word == clause)
}

/// Whether a clause begins with somebody.
fn begins_with_person(clause: &str) -> bool {
    clause.starts_with(['我', '你', '您', '他', '她', '咱'])
}

/// Whether a clause speaks of marks.
fn is_about_marks(clause: &str) -> bool {
    const WORDS: [&str; 10] = [
        "符", "标点", "標點", "逗", "分号", "分號", "半角", "全角", "半形", "全形",
    ];
    WORDS.iter().any(|word| clause.contains(word))
}

/// ORDER BY 时间 , 编号: foreign words and names, and nothing that holds a sentence together.
fn is_query(front: &str) -> bool {
    front
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphabetic())
        && !front.contains(|c| CHINESE.contains(c) || "，。？！；：".contains(c))
}

/// Verbs whose object a mark is, and nouns that one follows.
const NAMING: [&str; 37] = [
    "按",
    "按下",
    "用",
    "使用",
    "以",
    "输入",
    "輸入",
    "键入",
    "鍵入",
    "遇到",
    "碰到",
    "含有",
    "包含",
    "加上",
    "打上",
    "写上",
    "寫上",
    "把",
    "将",
    "將",
    "被",
    "换成",
    "換成",
    "改成",
    "号",
    "號",
    "符",
    "字元",
    "字符",
    "运算子",
    "運算子",
    "算子",
    "和",
    "或",
    "与",
    "與",
    "、",
];

/// What ends verbs whose object a mark is, and nouns that one follows, when spaces stand around it.
const NAMES: &str = "以按用入打加和或與与及被將将把含遇換换令鍵键號号掉缺漏敲跟带帶";

/// What may do the same, and ends clauses too.
const LINKING: &str = "是为為叫有在到个個的";

/// What begins what is said about a mark, and clauses too.
const SAID: &str = "等為为分或和與与及是表號号字符鍵键來来作做當当隔开開结結代的就即后後可包值換换间間区區拆切拼连連替將将把";

/// Words that begin in one of [`SAID`], and begin clauses.
const BEGINNING: [&str; 44] = [
    "就会",
    "就會",
    "就算",
    "就连",
    "就連",
    "即使",
    "即便",
    "为了",
    "為了",
    "为此",
    "為此",
    "为何",
    "為何",
    "为什么",
    "為什麼",
    "值得",
    "值此",
    "可是",
    "可惜",
    "可见",
    "可見",
    "后来",
    "後來",
    "是不是",
    "是否",
    "来不及",
    "來不及",
    "来得及",
    "來得及",
    "换言之",
    "換言之",
    "当时",
    "當時",
    "当然",
    "當然",
    "与此",
    "與此",
    "或许",
    "或許",
    "及时",
    "及時",
    "做人",
    "做事",
    "将来",
];

/// Words that lead in a clause which another must follow.
const LEADING: [&str; 18] = [
    "只要", "只有", "如果", "要是", "假如", "倘若", "一旦", "既然", "因为", "因為", "由于", "由於",
    "虽然", "雖然", "尽管", "儘管", "无论", "無論",
];

/// Words that end in one of [`NAMING`], and end clauses.
const OTHERS: [&str; 24] = [
    "可以", "所以", "难以", "難以", "得以", "有用", "没用", "沒用", "好用", "不用", "耐用", "实用",
    "實用", "费用", "費用", "作用", "信用", "享用", "受用", "管用", "型号", "型號", "帐号", "帳號",
];

/// What is said about a mark.
const SAYING: [&str; 36] = [
    "分", "隔", "键", "鍵", "号", "號", "字元", "字符", "符", "表", "代表", "代替", "包", "结尾",
    "結尾", "结束", "結束", "开头", "開頭", "连接", "連接", "相连", "相連", "作为", "作為", "作分",
    "来分", "來分", "当作", "當作", "换成", "換成", "改成", "为界", "為界", "等符",
];

/// What goes on behind the name of a mark, and begins clauses too.
const GOING_ON: [&str; 16] = [
    "和", "或", "与", "與", "及", "等", "的", "是", "就", "为", "為", "可", "来", "來", "查看",
    "即",
];

/// Whether the line speaks of the mark between these: what names it stands in front, and what is said about it behind.
fn is_spoken_of(front: &str, rest: &str) -> bool {
    if rest.starts_with("表示") || rest.starts_with("代表") {
        return true;
    }
    let ends = |words: &[&str]| ends_with_any(front, words);
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    if ends(&NAMING) && !ends(&OTHERS) {
        return begins(&SAYING) || begins(&GOING_ON);
    }
    front.ends_with(|c| LINKING.contains(c))
        && (begins(&SAYING) || begins(&GOING_ON) && is_about_marks(front))
}

/// Whether what stands in front of a mark between spaces names it: 按 , 拆开
fn names(front: &str) -> bool {
    front.ends_with(|c| NAMES.contains(c)) && !ends_with_any(front, &OTHERS)
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Whether what names a mark stands in front of it at a line's end: 请按 ?, 文件名不能含有 ?. What ends in a number (手机号 ?) asks
/// for one.
fn is_named_alone(front: &str) -> bool {
    ends_with_any(front, &NAMING)
        && !ends_with_any(front, &OTHERS)
        && !front.ends_with(['号', '號'])
        && !asks(front)
}

/// Whether a mark of the same kind is spoken of in front: 用 , 和 ?
fn is_listed(front: &str) -> bool {
    let front = front.strip_suffix(['和', '或', '与', '與', '、']);
    let mark = front.map(|front| front.trim_end_matches(' '));
    mark.is_some_and(|front| front.ends_with(|c: char| c.is_ascii_punctuation()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_sentence_are_told_from_those_spoken_of() {
        for (before, mark, after) in [
            ("这是真的 ", ',', "我信"),
            ("真的 ", '?', "假的"),
            ("天黑了 ", ',', " 和他走"),
            ("你好吗 ", '?', " 答：很好"),
            ("很好 ", '!', "\n"),
            ("很好 ", '!', " 谢谢"),
            ("他来 ", ',', " 可我不在"),
            ("他来了 ", ';', " 我走了"),
            ("这样可以 ", ',', " 就走"),
            ("你好 ", ':', "他"),
        ] {
            assert!(
                is_behind_space(&Facts::new(before), mark, before, after),
                "{before}{mark}{after}"
            );
        }
        for (before, mark, after) in [
            ("以 ", ',', " 分隔"),
            ("按 ", '?', " 键"),
            ("请按 ", '?', "\n"),
            ("用 , 和 ", '?', ""),
            ("条件 ", '?', " 真 : 假"),
            ("分隔符是 ", ',', " 的文件"),
            ("通配符 ", '?', " 匹配"),
            ("前面加 ", '!', " 取反"),
            ("行尾 ", ';', " 可省略"),
            ("按 ", ',', " 拆开"),
            ("漏写了 ", ',', " 就报错"),
            ("ORDER BY 时间 ", ',', " 编号"),
            ("替换 , 为 ", ',', "\n"),
            ("名 ", ':', " 值"),
            ("你好", ',', "世界"),
            ("你好  ", ',', "世界"),
            (" ", ',', "世界"),
            ("a ", ';', " 注释"),
        ] {
            assert!(
                !is_behind_space(&Facts::new(before), mark, before, after),
                "{before}{mark}{after}"
            );
        }
    }
}
