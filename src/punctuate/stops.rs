//! The full stop: `.` that ends a Chinese sentence.

use super::asides::{begins_conclusion, begins_english, is_aside, is_final};
use super::clauses::{closes_bracketed, is_clause, parts_clauses};
use super::context::{
    awaits_mark, closes_chinese, ends_chinese, first, is_ideograph, last, last_token,
};
use super::english::is_sentence;
use super::facts::Facts;
use super::headings::is_label;
use super::marks::{self, name_before, spelt_before};
use super::mask::is_hidden;
use super::notes;
use super::points::{begins_section, is_begun};
use super::{answers, blanks, emphasis, formulas, signs, tags};
use jianti_text::chars::Chars;

/// Words that end with a point which is their own.
const ABBREVIATIONS: [&str; 20] = [
    "etc", "inc", "ltd", "co", "corp", "no", "vs", "mr", "mrs", "ms", "dr", "prof", "st", "jr",
    "sr", "al", "fig", "vol", "pp", "ed",
];

/// Whether a point between these, which have no space beside it, ends a sentence or parts it from the next: 结束了﹒下一段
pub fn parts_sentences(before: &str, after: &str) -> bool {
    let ends = first(after.trim_end_matches(['\r', '\n'])).is_none_or(closes);
    awaits_mark(before)
        && (ends
            || !is_name(before, after) && (last(before).is_some_and(is_final) || is_clause(before)))
}

/// What begins many Chinese sentences and no names.
fn is_initial(c: char) -> bool {
    matches!(
        c,
        '我' | '你'
            | '您'
            | '他'
            | '她'
            | '它'
            | '這'
            | '这'
            | '但'
            | '而'
            | '所'
            | '因'
            | '如'
            | '雖'
            | '虽'
    )
}

/// Characters that names are transcribed with.
static TRANSCRIPTION: Chars = Chars::of(
    "\
    阿埃艾安奥奧巴贝貝本比彼伯布查达達大戴丹当道德蒂丁多恩尔爾法菲费費佛夫弗福盖蓋甘格戈哈海汉漢赫亨胡华華怀\
    霍基吉加贾賈杰傑金卡凯凱坎康柯科克肯孔库庫拉莱萊兰蘭朗劳勞勒雷理里丽麗利莉连連列林琳卢盧鲁魯路伦倫罗羅洛\
    马馬玛瑪迈邁麦麥曼梅门門蒙米密莫默姆穆纳納娜奈南尼聂聶宁寧纽紐努诺諾欧歐帕潘佩蓬皮珀普奇齐齊乔喬切琼瓊\
    让讓荣榮瑞若萨薩赛賽桑瑟沙莎山尚舍圣聖施史士斯丝絲司苏蘇索塔泰坦汤湯唐陶特提廷图圖托瓦万萬威韦韋维維温溫\
    文沃乌烏西希锡錫夏香肖谢謝辛休许許雅亚亞扬揚耶叶葉伊因英尤约約泽澤扎詹珍朱兹茲祖佐翰迺迪浩德森顿頓姬妮娃",
);

/// Whether `.` between `before` (as it is set already) and `after` ends a Chinese sentence on this line.
pub fn is_full_stop(facts: &Facts, before: &str, after: &str) -> bool {
    if let Some(before) = tags::without(before) {
        return is_full_stop(facts, &before, after);
    }
    if let Some(after) = emphasis::behind_end(before, after) {
        return is_full_stop(facts, before, after);
    }
    let after = after.trim_end_matches(['\r', '\n']);
    if begins_section(before, after) {
        return true;
    }
    // 他走了.[1]
    if let Some(behind) = notes::behind(after) {
        let is_english = behind
            .trim_start()
            .starts_with(|c: char| c.is_ascii_alphabetic());
        return (awaits_mark(before) || !is_english) && is_full_stop(facts, before, "");
    }
    // Few have a space behind them.
    let rest = match after.as_bytes().first() {
        Some(b' ' | 0xE3) => after.trim_start_matches([' ', '\u{3000}']),
        _ => after,
    };
    let next = first(rest);
    let apart = rest.len() < after.len();
    let closes = |c: char| !apart && (closes(c) || closes_bracketed(before, c));
    if awaits_mark(before) {
        // “嗯.”他说
        let ends_quotation = next.is_some_and(closes);
        return (ends_quotation || !is_label(before))
            && match next {
                None => true,
                Some(c) if closes(c) => true,
                Some(_) if is_aside(before, rest) => true,
                // 甲.①② is what one may choose.
                Some(_) if notes::begins_in_circle(rest) => {
                    !before.ends_with(['甲', '乙', '丙', '丁'])
                }
                Some(c) if apart => {
                    is_ideograph(c) || c.is_alphanumeric() || is_hidden(c) || opens(c)
                }
                Some('A'..='Z') => is_clause(before) && begins_english(rest),
                Some(c) if c.is_ascii_digit() => {
                    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                    words.starts_with(is_ideograph) && goes_on(facts, before, words)
                        || is_next_item(before, &rest[..rest.len() - words.len()], words)
                }
                Some(c) if is_ideograph(c) => goes_on(facts, before, rest),
                Some(c) => opens(c),
            };
    }
    let is_end = next.is_none() || apart && next.is_some_and(is_ideograph);
    if is_end && (answers::ends_list(before) || formulas::ends_in_dollars(before)) {
        return true;
    }
    if before.ends_with('_') && blanks::is_before_stop(before, after) {
        return true;
    }
    // 下降1.8%.分析师: no number goes on behind its unit, no time and no name of a file behind the point.
    let is_whole = || {
        let token = last_token(before);
        before.ends_with(['%', '‰', '℃'])
            || is_told_time(before, token)
            || is_file_name(token, rest)
            || begins_conclusion(rest) && formulas::before(before).is_some()
    };
    // 他去了NBA.后来受伤了.
    let parts = next.is_some_and(is_ideograph) && parts_clauses(facts, before, rest);
    let may_follow =
        |c: char| closes(c) || (is_ideograph(c) || opens(c)) && (apart || parts || is_whole());
    if signs::is_key(before)
        || !next.is_none_or(may_follow)
        || marks::is_own('.', rest)
        || is_sentence(before)
    {
        return false;
    }
    if next.is_some_and(|c| matches!(c, ')' | '）')) && is_in_gloss(before) {
        return false;
    }
    // “Hello”.
    if before.ends_with('”') && closes_chinese(before, '”') {
        return true;
    }
    // 即f(1,2)=5. 我用Visual Studio Code.
    // Before 60."好" a quotation begins.
    let begins = rest.starts_with(['"', '\'']) && rest[1..].starts_with(is_ideograph);
    let ends = next.is_none_or(|c| apart || parts || closes(c) && !begins);
    let face = || signs::face_before(before).map(|face| &before[..before.len() - face.len()]);
    let address =
        || marks::address_before(before).map(|address| &before[..before.len() - address.len()]);
    let is_address = || address().is_some_and(|front| ends_chinese(front.trim_end_matches(' ')));
    if ends
        && (formulas::before(before).is_some()
            || formulas::term_before(before).is_some()
            || formulas::is_set(before)
            // 預設是 "r". A point that is itself quoted stays: "."
            || before.ends_with('"') && !rest.starts_with('"') && closes_chinese(before, '"')
            || marks::code_before(before).is_some_and(|code| code.len() < before.len())
            || is_address()
            || marks::is_measured(before)
            || is_behind_name(before, next.is_none())
            || spelt_before(before).is_some_and(ends_sentence)
            || formulas::quantity_before(before).is_some()
            || face().is_some_and(ends_chinese))
    {
        return true;
    }
    // 区间(0,1). 文献[2,3].
    let told = match before.strip_suffix([')', ']']) {
        Some(content) => content
            .rsplit_once(['(', '['])
            .map_or("", |(front, _)| front),
        None => before,
    };
    let told = match told.len() < before.len() {
        true => told.strip_suffix(' ').unwrap_or(told),
        false => told,
    };
    let token = match sentences_token(told, next.is_none()) {
        _ if told.len() < before.len() && (ends_chinese(told) || is_point(told)) => "",
        Some(token) => token,
        None => return false,
    };
    match next {
        None => true,
        Some(c) if closes(c) => true,
        Some(_) if parts => true,
        Some(c) => {
            may_follow(c)
                && !is_item(token)
                && !is_caption(told, token)
                && !is_begun(told, token, rest)
        }
    }
}

/// Whether `before` ends in a foreign name of several words behind Chinese text, and no abbreviation: 我用iPhone 15 Pro.
/// Behind the number of a version (Android 4.4) more of it may follow, unless the line `ends` there.
fn is_behind_name(before: &str, ends: bool) -> bool {
    let Some(run) = name_before(before) else {
        return false;
    };
    let front = &before[..before.len() - run.len()];
    let name = run.trim_start();
    let last = name.rsplit(' ').next().unwrap_or_default();
    // Guns N' Roses, McDonald's
    let is_part = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'\'');
    let is_word = |word: &str| {
        word.bytes().all(is_part) && !word.starts_with('\'')
            || is_one_or_range(word)
            || is_joint(word)
    };
    let is_name = |word: &str| {
        word.contains(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
            || word != last && is_joint(word)
    };
    // 要check out
    let is_phrase = name.split(' ').count() == 2 && name.split(' ').all(|word| word.len() > 2);
    // 重4.5 kg
    let is_amount = matches!(name.split_once(' '), Some((number, unit)) if is_one_or_range(number) && unit.len() <= 3);
    let is_initial = last.len() == 1 && last.starts_with(|c: char| c.is_ascii_alphabetic());
    ends_chinese(front)
        && name.contains([' ', '\''])
        && name.split(' ').all(is_word)
        && (is_phrase || is_amount || name.split(' ').all(is_name))
        && (is_amount && ends || !is_initial)
        && (ends || !last.contains('.'))
        && !last.ends_with(['.', '\''])
        && !is_abbreviation(last)
}

/// Whether a word stands between others of a name: one that no name has at its end, an initial or an abbreviation.
fn is_joint(word: &str) -> bool {
    const JOINTS: [&str; 14] = [
        "of", "the", "and", "in", "on", "for", "to", "a", "an", "at", "de", "la", "von", "&",
    ];
    let is_initials = || {
        let mut initials = word.split_terminator('.');
        word.ends_with('.')
            && initials.all(|part| part.len() == 1 && part.bytes().all(|c| c.is_ascii_uppercase()))
    };
    JOINTS.contains(&word) || is_initials() || word.strip_suffix('.').is_some_and(is_abbreviation)
}

/// Whether words with letters beyond ASCII may end a sentence: no initial or label, and no abbreviation, which are short or
/// have none of these letters.
fn ends_sentence(words: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let last = words.rsplit(' ').next().unwrap_or(words);
    letters(words) >= 4
        && letters(last) >= if last.is_ascii() { 4 } else { 2 }
        && !is_abbreviation(last)
}

/// 4, 4.4, 1.2.3
fn is_version(word: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    word.split('.').all(is_number)
}

/// 4.5, 20～30
fn is_one_or_range(number: &str) -> bool {
    number.split(['-', '–', '～']).all(is_version)
}

/// Whether `before` ends in a time of day that a sentence tells: 现在是11:45. Chapter and verse are none.
fn is_told_time(before: &str, token: &str) -> bool {
    let is_part = |part: &str| part.len() == 2 && part.bytes().all(|c| c.is_ascii_digit());
    let is_time = token.split_once(':').is_some_and(|(hour, minutes)| {
        is_part(minutes)
            && (is_part(hour) || hour.len() == 1 && hour.as_bytes()[0].is_ascii_digit())
    });
    let front = &before[..before.len() - token.len()];
    is_time
        && front
            .trim_end_matches(' ')
            .ends_with(|c| "是到在至于於约約了：".contains(c))
}

/// Endings of files that sentences speak of.
const ENDINGS: [&str; 32] = [
    "bat", "cpp", "css", "csv", "doc", "docx", "exe", "gif", "htm", "html", "ini", "java", "jpeg",
    "jpg", "js", "json", "log", "md", "mp3", "mp4", "pdf", "php", "png", "ppt", "py", "sh", "sql",
    "ts", "txt", "xls", "xml", "zip",
];

/// Whether a file's name ends the sentence: 存成 main.css.再刷新网页, but readme.txt.备份 is one name.
fn is_file_name(token: &str, rest: &str) -> bool {
    /// What follows a name is a word, and no sentence, if it is shorter; characters.
    const SENTENCE: usize = 4;
    let is_stem = |stem: &str| {
        !stem.is_empty()
            && stem
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || b"_-".contains(&c))
    };
    let is_name = token
        .split_once('.')
        .is_some_and(|(stem, ending)| is_stem(stem) && ENDINGS.contains(&ending));
    is_name && rest.chars().take_while(|c| is_ideograph(*c)).count() >= SENTENCE
}

/// Whether `before` ends within brackets that hold no Chinese, whose last word a point belongs to: （Live Ver.）
fn is_in_gloss(before: &str) -> bool {
    let content = before.rsplit_once('（').map(|(_, content)| content);
    content.is_some_and(|content| !content.contains(|c| c == '）' || is_ideograph(c)))
}

/// Whether `text` ends in the letter that names a point in Chinese text: 顶点A(1,2)、B
fn is_point(text: &str) -> bool {
    text.strip_suffix(|c: char| c.is_ascii_uppercase())
        .is_some_and(ends_chinese)
}

/// Whether `before`, which ends in `token`, is the number of a table or the like: 表格 9.2
fn is_caption(before: &str, token: &str) -> bool {
    let words = before[..before.len() - token.len()].trim();
    token
        .bytes()
        .all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-'))
        && words.chars().count() <= 4
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | ')' | '）')
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '「' | '『' | '﹁' | '﹃' | '《' | '〈' | '【' | '(' | '（'
    )
}

/// The word or number within a Chinese sentence that `before` ends in, if a full stop may follow; `ends` says that the line
/// ends with it.
fn sentences_token(before: &str, ends: bool) -> Option<&str> {
    let token = formulas::amount_before(before)
        .or_else(|| formulas::phone_before(before))
        .unwrap_or_else(|| last_token(before));
    let front = &before[..before.len() - token.len()];
    let front = front.strip_suffix(' ').unwrap_or(front);
    if !ends_chinese(front) {
        return None;
    }
    let is_sign = |c: char| !c.is_ascii_alphanumeric() && !is_hidden(c) && !is_value(c);
    let word = token.trim_start_matches(is_sign);
    let may_end = |c: char| {
        c.is_ascii_alphanumeric()
            || is_hidden(c)
            || is_value(c)
            || "%+#²³°′″㎡㎥㎜㎝㎞㎏㎎℉↑↓".contains(c)
    };
    // B-, Cl-
    let is_charged = word.len() <= 4
        && word.ends_with('-')
        && word.starts_with(|c: char| c.is_ascii_uppercase());
    let ends_word = last(word).is_some_and(may_end) || is_charged;
    // U.S, Ph.D
    let has_initials = word.contains('.')
        && word.contains(|c: char| c.is_ascii_alphabetic())
        && word.split('.').all(|part| part.len() < 2 || part == "Ph");
    // 血型：O.
    let is_answer = ends && word.starts_with(|c: char| c.is_ascii_uppercase());
    let is_item = is_item(word)
        && word.len() == token.len()
        && !is_answer
        && !last(front).is_some_and(is_ideograph);
    (ends_word && !has_initials && !is_abbreviation(word) && !is_item).then_some(word)
}

fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS
        .iter()
        .any(|abbreviation| abbreviation.eq_ignore_ascii_case(word))
}

/// What may stand for a number.
fn is_value(c: char) -> bool {
    matches!(c, 'π' | '∞')
}

/// Whether a number or letter may begin an item of a list, or be a name's initial.
fn is_item(token: &str) -> bool {
    token.len() <= 2 && token.bytes().all(|c| c.is_ascii_digit()) || token.len() == 1
}

/// Whether the number of an item follows the one before it, which begins a line or clause: 1.打开设定.2.选择语言.
fn is_next_item(before: &str, number: &str, rest: &str) -> bool {
    /// No item is longer, bytes.
    const LONGEST: usize = 240;
    let begins_item = |rest: &str| {
        let words = rest.strip_prefix(['.', '、']);
        words.is_some_and(|words| words.trim_start_matches(' ').starts_with(is_ideograph))
    };
    let last = number
        .parse::<u8>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    let Some(last) = last.filter(|_| begins_item(rest)) else {
        return false;
    };
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let last = last.to_string();
    let Some((front, item)) = near.rsplit_once(&last) else {
        return false;
    };
    // 2.张三.人民出版社.3.李四: no item of one sentence.
    let is_one = item.matches('.').count() <= usize::from(item.starts_with('.'));
    let begins = |c: char| c.is_whitespace() || "：；。，！？“（".contains(c);
    is_one
        && begins_item(item)
        && match front.chars().next_back() {
            None => near.len() == before.len(),
            Some(c) => begins(c),
        }
}

/// Whether the sentence ends before text that follows without a space, which may be the rest of a name.
fn goes_on(facts: &Facts, before: &str, after: &str) -> bool {
    // No name ends in a quotation.
    if last(before).is_some_and(|c| is_final(c) || c == '”') {
        return true;
    }
    let is_part = |c: char| is_ideograph(c) || c.is_ascii_alphanumeric();
    let front = &before[before.trim_end_matches(is_part).len()..];
    let behind = &after[..after.len() - after.trim_start_matches(is_part).len()];
    if facts.has_full_stop() || is_name(front, behind) {
        return false;
    }
    let in_marks = before[..before.len() - front.len()].ends_with(['“', '‘', '《', '「', '"', '.']);
    let begins = first(behind).is_some_and(is_initial);
    // No title goes on with 我 or 但 behind so many characters.
    if in_marks && !(begins && front.chars().count() >= 6) {
        return false;
    }
    // 再煎 3 分钟.翻面后再煎; behind the title of a book a publisher stands.
    if behind.chars().count() >= 4
        && facts.has_comma()
        && is_clause(before)
        && !behind.contains("出版")
    {
        return true;
    }
    // 自我介绍一下.我:好的.
    let speaks = after[behind.len()..].starts_with([':', '：']);
    if speaks && behind.chars().count() <= 2 && front.chars().count() >= 2 {
        return true;
    }
    let (front, behind) = (front.chars().count(), behind.chars().count());
    behind >= 2
        && (begins && front >= 3
            || front >= 2 && facts.ends_in_point()
            || front >= 4 && (facts.has_comma() || behind >= 4 && facts.ends_in_mark()))
}

/// Whether a transcribed name goes over the point: 約翰.甘迺迪.
fn is_name(before: &str, after: &str) -> bool {
    let sounds = |c: char| TRANSCRIPTION.contains(c);
    before.chars().rev().take(2).all(sounds) && after.chars().take(2).all(sounds)
}
