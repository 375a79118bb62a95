//! Commas and the like.

use super::answers;
use super::beside::Beside;
use super::blanks;
use super::brackets;
use super::emphasis;
use super::english::is_sentence;
use super::equations;
use super::filled::filled_in_before;
use super::formulas;
use super::mask::is_hidden;
use super::notes;
use super::references::{is_labelled_mail, is_reference};
use super::salutations;
use super::series;
use super::signs;
use super::tags;
use jianti_text::formula;

use super::context::{
    awaits_mark, closes_chinese, ends_chinese, ends_sentence, first, is_emoji, is_ideograph,
    is_spelling, last, last_token,
};

/// The full-width form of an ASCII mark.
pub fn wide(mark: char) -> char {
    char::from_u32(mark as u32 + 0xFEE0).expect("marks have full-width forms")
}

/// Whether the ASCII mark between `before` (as it is set already) and `after` is Chinese.
pub fn is_chinese_mark(mark: char, before: &str, after: &str) -> bool {
    let Some(beside) = Beside::of(before, after) else {
        return false;
    };
    // Most marks stand behind Chinese characters.
    if beside.is_plain() {
        return beside.next.is_some_and(is_ideograph) || !is_sign(mark, before, after);
    }
    let previous = beside.previous;
    if mark == ':' && signs::is_answerer(before) || mark == ';' && tags::ends_in_reference(before) {
        return false;
    }
    if let Some(after) = emphasis::behind_end(before, after) {
        return is_chinese_mark(mark, before, after);
    }
    // 您好，<b>%s</b>, <i>欢迎</i>
    if let Some(before) = tags::without(before) {
        return is_chinese_mark(mark, &before, after);
    }
    // [b]重点[/b]:请
    if let Some(before) = tags::within_board_tag(before) {
        return is_chinese_mark(mark, before, after);
    }
    if let Some(after) = tags::without_first(after) {
        return is_chinese_mark(mark, before, &after);
    }
    if mark == ';'
        && let Some(after) = behind_number(after)
    {
        return is_chinese_mark(mark, before, after);
    }
    let rest = after.trim_start_matches(' ');
    // 🍎, 🍌 and 👍:12 and 🍣, #旅行 are lists.
    if is_emoji(previous) && (mark == ':' || first(rest).is_some_and(|c| is_emoji(c) || c == '#')) {
        return false;
    }
    if awaits_mark(before) {
        return !is_sign(mark, before, after);
    }
    // 谢谢观看。Thanks for watching!
    if matches!(mark, '!' | '?') && is_sentence(before) {
        return false;
    }
    let next_is_han = first(rest).is_some_and(is_ideograph);
    match previous {
        // 身高5'6",体重; 东经121°33',北纬
        '"' if next_is_han && mark != ':' && is_inch(before) => true,
        '"' | '\'' if next_is_han && mark != ':' && is_measured(before) => true,
        // “Hello”,他说
        // “おはよう”,她 at a line's beginning.
        '”' if next_is_han && mark != ':' && before.rfind('“') == Some(0) => true,
        '"' | '”' | '’' => next_is_han && mark != ':' && closes_chinese(before, previous),
        // 首页:: 痞客邦
        ':' if mark == ':' => false,
        _ if is_own(mark, rest) || signs::is_key(before) => false,
        // 函数f(x),也; x∈[0,1],求
        // void f(void);     说明
        ')' if mark == ';' && rest.len() + 1 < after.len() => false,
        // 见图[1],[2]
        ']' if mark == ',' && rest.starts_with('[') && is_reference(before) => true,
        // 据统计[3]:人口
        ']' if next_is_han && mark == ':' => notes::ends(before),
        ')' | ']' if next_is_han || begins_with_variable(rest) => matches!(mark, ',' | ';'),
        // 有效率为95.0%(57/60),P<0.05.
        ')' if mark == ',' && before.contains(is_ideograph) && begins_with_statistic(rest) => true,
        // A={1,2},则
        '}' if next_is_han && matches!(mark, ',' | ';') && formulas::is_set(before) => true,
        // 设$\alpha>0$,则
        '$' if next_is_han && mark != ':' => formula::ends_in_dollars(before),
        '$' if mark != ':' => formulas::are_parted(before, rest),
        _ if mark == ':' && salutations::is_one(before, after) => true,
        _ if matches!(mark, ',' | ';') && answers::are_parted(before, rest) => true,
        // 请看`config.yml`,修改
        '`' if next_is_han && mark != ':' => code_before(before).is_some(),
        '_' if blanks::is_before_mark(before, after) => true,
        // 太好了(≧▽≦)!
        ')' if rest.trim_end().is_empty() => mark != ':' && is_behind_chinese(before),
        _ if matches!(mark, ',' | ';') && equations::are_parted(before, after) => true,
        _ if mark == ':' && (is_speaker(before, after) || series::is_heading(before, after)) => {
            true
        }
        _ if mark == ',' && !next_is_han && series::is_among_names(before, after) => true,
        // “OK,”他说
        _ if mark == ',' && is_said(before, rest) => true,
        // 商品A:100元
        _ if mark == ':' && is_kind(before, after) => true,
        _ if mark == ',' && !next_is_han && formulas::is_among_words(before, after) => true,
        _ if mark == ',' && !next_is_han && formulas::is_before_word(before, after) => true,
        _ if mark == ',' && next_is_han && formulas::begins_sentence(before, rest) => true,
        _ if mark != ':' && next_is_han && formulas::begins_with_word(before, rest) => true,
        // 咖啡馆是 café, 发音
        _ if next_is_han && mark != ':' && spelt_before(before).is_some() => true,
        // Within a line of another language.
        _ if !next_is_han && !rest.trim_end().is_empty() => false,
        // 增长5%,同比
        _ => {
            let face = signs::face_before(before);
            let token = face
                .or_else(|| address_before(before))
                .or_else(|| filled_in_before(before))
                .or_else(|| formulas::before(before))
                .or_else(|| formulas::term_before(before))
                .or_else(|| formulas::scale_before(before))
                .or_else(|| formulas::amount_before(before))
                .or_else(|| formulas::quantity_before(before))
                .or_else(|| formulas::time_before(before))
                .or_else(|| formulas::phone_before(before))
                .or_else(|| name_before(before))
                .or_else(|| command_before(before).filter(|_| rest.len() < after.len()))
                .unwrap_or_else(|| last_token(before));
            let front = before[..before.len() - token.len()].trim_end_matches(['“', '‘']);
            let is_word = token.contains(|c: char| c.is_ascii_alphanumeric() || is_hidden(c))
                || token.ends_with("{}")
                || token.ends_with("%@")
                || face.is_some();
            // C: is a drive.
            let is_drive = mark == ':'
                && token.len() == 1
                && token != "%"
                && !token.starts_with(|c: char| c.is_ascii_digit());
            let is_command = mark == '!'
                && token
                    .strip_prefix(':')
                    .is_some_and(|command| EX_COMMANDS.contains(&command));
            let is_factorial = mark == '!' && is_factorial(token, front, after);
            let ends = rest.len() < after.len()
                || rest.trim_end().is_empty()
                || rest.starts_with(['”', '"', '’', '」', '』', '）']);
            let one_word = front.strip_suffix(' ').is_some_and(ends_chinese)
                && (rest.len() < after.len() || mark != ':');
            // Email:abc@example.com,欢迎来信
            let is_contact = || front.is_empty() && is_labelled_mail(token);
            // C:\App\log.txt,请查看.
            let is_address = || front.is_empty() && ends_sentence(rest) && is_path(token);
            is_word
                && !is_drive
                && !is_command
                && !is_factorial
                && (next_is_han
                    && (ends_chinese(front) || one_word || is_contact() || is_address())
                    || ends
                        && !formulas::is_list(token)
                        && mark != ':'
                        && (ends_chinese(front) || one_word && formulas::is_object(token))
                        && rest.trim_end().is_empty())
        }
    }
}

/// Whether one word is said before this comma, and the sentence goes on in Chinese behind the quotation.
fn is_said(before: &str, rest: &str) -> bool {
    let behind = rest.strip_prefix(['"', '”']);
    let word = before.rsplit_once('“').map(|(_, word)| word);
    behind.is_some_and(|behind| behind.starts_with(is_ideograph))
        && word.is_some_and(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Whether a number is multiplied by all below it, as what stands in front or behind tells: n! 种, 求 n! 再减一
fn is_factorial(token: &str, front: &str, after: &str) -> bool {
    const BEHIND: &str = "个個种種与與和及或的是等除乘表为為次项項位阶階倍";
    const FRONT: [&str; 9] = ["求", "算", "阶乘", "階乘", "等于", "乘", "除", "共", "为"];
    let is_variable = matches!(token.as_bytes(), [c] if c.is_ascii_lowercase());
    let front = front.trim_end_matches(' ');
    let is_told = |rest: &str| {
        rest.starts_with(|c| BEHIND.contains(c)) && !rest.starts_with("种子")
            || rest.starts_with(is_ideograph) && FRONT.iter().any(|word| front.ends_with(word))
    };
    is_variable && after.strip_prefix(' ').is_some_and(is_told)
}

/// What stands behind the number of an item in brackets that text begins with: (2)若b=4
fn behind_number(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['(', '（'])?;
    let item = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = item.strip_prefix([')', '）'])?;
    (item.len() < rest.len() && behind.starts_with(is_ideograph)).then_some(behind)
}

/// The commands of the editor ex that people add a `!` to: :q!
const EX_COMMANDS: [&str; 11] = [
    "e", "edit", "q", "qa", "qall", "quit", "w", "wq", "wqa", "write", "x",
];

/// Whether a mark behind a foreign word belongs to it: no sentence, and no part of one, begins with 的 (Yahoo!的首页).
pub fn is_own(mark: char, rest: &str) -> bool {
    let particle = || rest.strip_prefix('的');
    matches!(mark, '.' | '!' | '?')
        && particle().is_some_and(|rest| !rest.starts_with(['确', '確', '士']))
}

/// Whether the bracket that `text` closes last was opened behind Chinese text.
fn is_behind_chinese(text: &str) -> bool {
    let content = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    content.is_some_and(|(front, _)| ends_chinese(front))
}

/// Whether text begins with a letter for a number, and goes on in Chinese: y的取值, y 的取值
fn begins_with_variable(text: &str) -> bool {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic());
    rest.is_some_and(|rest| {
        rest.strip_prefix(' ')
            .unwrap_or(rest)
            .starts_with(is_ideograph)
    })
}

/// The address or path that `text` ends in: `https://example.com/a?b=1`, `C:\Windows`
pub fn address_before(text: &str) -> Option<&str> {
    /// No address is longer, bytes.
    const LONGEST: usize = 256;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    // Before most marks there is none.
    memchr::memchr(b':', end.as_bytes())?;
    let (front, rest) = end.rsplit_once("://").or_else(|| end.rsplit_once(":\\"))?;
    let scheme = front.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_name = |name: &str| name.bytes().all(|c| c.is_ascii_graphic());
    // C:\Program Files\App: what a separator follows may have spaces.
    let is_folder = |c: u8| c.is_ascii_alphanumeric() || b" ()._-\\".contains(&c);
    let is_path = || {
        end[front.len()..].starts_with(":\\")
            && rest
                .rsplit_once('\\')
                .is_some_and(|(folders, name)| folders.bytes().all(is_folder) && is_name(name))
    };
    let is_whole = scheme.len() < front.len() && (is_name(rest) || is_path());
    is_whole.then(|| &end[scheme.len()..])
}

/// Whether this is a path of Windows.
fn is_path(token: &str) -> bool {
    token.get(1..).is_some_and(|rest| rest.starts_with(":\\"))
}

/// Whether text begins with what a statistic shows: P<0.05
fn begins_with_statistic(rest: &str) -> bool {
    let relation = rest
        .strip_prefix(['P', 'p'])
        .map(|rest| rest.trim_start_matches(' '));
    let number = relation.and_then(|rest| rest.strip_prefix(['<', '>', '=', '≤', '≥']));
    number.is_some_and(|rest| {
        rest.trim_start_matches(' ')
            .starts_with(|c: char| c.is_ascii_digit())
    })
}

/// What is set in backticks at the end of `text`, behind Chinese text or at a line's beginning.
pub fn code_before(text: &str) -> Option<&str> {
    let (front, code) = text.strip_suffix('`')?.rsplit_once('`')?;
    // What is in Chinese may stand between two others.
    let is_between = || {
        !code.is_ascii()
            && !front
                .bytes()
                .filter(|byte| *byte == b'`')
                .count()
                .is_multiple_of(2)
    };
    if code.is_empty() || code.contains('\'') || is_between() {
        return None;
    }
    let outer = front.strip_suffix(' ').unwrap_or(front);
    (outer.is_empty() || ends_chinese(outer)).then(|| &text[front.len()..])
}

/// Whether a letter right behind Chinese text names one of several, and an amount or, behind a space, text follows:
/// 商品A:100元, 附件A: 标准. 在C:根目录 names a drive.
fn is_kind(before: &str, after: &str) -> bool {
    let rest = after.trim_start_matches(' ');
    let amount = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let name = before.strip_suffix(|c: char| c.is_ascii_uppercase());
    // 进入D: 目录, 拷到C: 盘
    let is_drive =
        |c: char| "到在于於从從自往至入进進向和与與或把将將后後盘盤区區器碟槽".contains(c);
    let is_parted = || rest.len() < after.len() && !name.and_then(last).is_some_and(is_drive);
    (amount.len() < rest.len() || is_parted())
        && first(amount).is_some_and(is_ideograph)
        && name.and_then(last).is_some_and(is_ideograph)
}

/// Whether `text` ends in a measure with straight marks behind Chinese text: 北纬25°02'31"
pub fn is_measured(text: &str) -> bool {
    let front = |measure: &str| &text[..text.len() - measure.len()];
    formulas::measure_before(text)
        .is_some_and(|measure| ends_chinese(front(measure).trim_end_matches(' ')))
}

/// Whether the straight mark that `text` ends in tells inches.
fn is_inch(text: &str) -> bool {
    text.strip_suffix('"')
        .is_some_and(|text| last(text).is_some_and(|c| c.is_ascii_digit()))
        && !memchr::memchr_iter(b'"', text.as_bytes())
            .count()
            .is_multiple_of(2)
}

/// The foreign name of several words, or the formula, that `text` ends in, if it stands right behind Chinese text:
/// 我用Visual Studio Code. A space before it belongs to it.
pub fn name_before(text: &str) -> Option<&str> {
    /// No name is longer, bytes.
    const LONGEST: usize = 48;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let part = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                ' ' | '\'' | '-' | '–' | '～' | '.' | '&' | '=' | '<' | '>' | '+'
            )
    };
    let run = &end[end.trim_end_matches(part).len()..];
    let name = run.strip_prefix(' ').unwrap_or(run);
    // docker-compose up -d; an option behind a space may stand in a line of commands.
    let is_option = |word: &str| run.len() == name.len() && word.starts_with('-') && word.len() > 1;
    let begins = |c: char| c.is_ascii_alphanumeric() || c == '&';
    let is_word = |word: &str| word.starts_with(begins) || is_option(word);
    let has_several = name.contains([' ', '\'', '=', '<', '>']);
    (has_several && run.len() < end.len() && name.split(' ').all(is_word)).then_some(run)
}

/// The words with letters beyond ASCII that `text` ends in, in a Chinese sentence: 他叫 García Lorca. A space before them belongs
/// to them.
pub fn spelt_before(text: &str) -> Option<&str> {
    /// No words are longer, bytes.
    const LONGEST: usize = 64;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let is_letter = |c: char| c.is_ascii_alphabetic() || is_spelling(c);
    let part = |c: char| is_letter(c) || c.is_ascii_digit() || matches!(c, ' ' | '\'' | '-');
    let run = &end[end.trim_end_matches(part).len()..];
    if !run.contains(is_spelling) || run.len() == end.len() {
        return None;
    }
    let mut words = run.strip_prefix(' ').unwrap_or(run).split(' ');
    let front = &text[..text.len() - run.len()];
    let are_words = words.all(|word| word.starts_with(is_letter));
    (are_words && ends_chinese(front) && is_chinese_sentence(front) && is_named(front, run))
        .then_some(run)
}

/// Whether the sentence that `text` ends in the midst of is Chinese: it begins so, with more than a title, or than a name that a
/// sentence in another language begins with.
fn is_chinese_sentence(text: &str) -> bool {
    /// So many ideographs are more than a short name; behind longer ones [`is_named`] tells.
    const SEVERAL: usize = 3;
    let sentence = text.rsplit(['。', '！', '？', '；']).next().unwrap_or(text);
    let first = sentence.chars().find(|c| c.is_alphabetic());
    let own = sentence.rsplit('》').next().unwrap_or(sentence);
    first.is_some_and(is_ideograph) && own.chars().filter(|c| is_ideograph(*c)).count() >= SEVERAL
}

/// Whether these words behind `front` are a name, or what it speaks of as a word, and no rest of a sentence in their language:
/// 北京大學 est très célèbre
fn is_named(front: &str, words: &str) -> bool {
    let words = words.trim_start();
    let speaks = |c: char| "是叫为為即作说說写寫读讀念唸".contains(c);
    !words.contains(' ')
        || words.starts_with(char::is_uppercase)
        || front.trim_end().ends_with(speaks)
}

/// The command with options that `text` ends in, behind a space and Chinese text: 执行 ls -l
fn command_before(text: &str) -> Option<&str> {
    /// No command is longer, bytes.
    const LONGEST: usize = 64;
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '+');
    let run = &end[end.trim_end_matches(part).len()..];
    let command = run.strip_prefix(' ')?;
    let begins = |c: char| c.is_ascii_lowercase();
    let is_option = |word: &str| word.starts_with('-') && word.len() > 1;
    let is_command = run.len() < end.len()
        && command.starts_with(begins)
        && command.split(' ').skip(1).any(is_option)
        && command.split(' ').all(|word| !word.is_empty());
    is_command.then_some(run)
}

/// Whether the colon behind `before` tells who speaks, or what is chosen: a letter before a sentence, at a line's beginning or
/// behind another part of it (A:您貴姓?B:免貴姓趙.). C:盤 is a drive.
fn is_speaker(before: &str, after: &str) -> bool {
    let name = last_token(before);
    let letter = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_name = name == "PS"
        || letter.len() == 1
            && letter.starts_with(|c: char| c.is_ascii_uppercase())
            && name.len() <= 3;
    // - **Q:**请问
    let front = before[..before.len() - name.len()].trim_start_matches(['-', ' ', '>', '*']);
    let rest = after.trim_start_matches(' ');
    let says =
        |c: char| is_ideograph(c) && !"盘盤碟槽驱驅".contains(c) || matches!(c, '“' | '《' | '「');
    let goes_on = match front {
        "" => rest.contains([',', '.', '?', '!', '，', '。', '？', '！', '…']),
        _ => front.ends_with(['。', '？', '！', '…', '”', '，', '；', '、']),
    };
    is_name && goes_on && first(rest).is_some_and(says)
}

/// Whether the mark, which follows Chinese text, is part of something else: a face, a program's operator, an address.
fn is_sign(mark: char, before: &str, after: &str) -> bool {
    /// What a letter tells: 血型:O
    const LETTERED: [&str; 14] = [
        "答案", "选项", "選項", "选择", "選擇", "血型", "类型", "類型", "等级", "等級", "字母",
        "型号", "型號", "代号",
    ];
    let mut rest = after.chars();
    let (next, second) = (rest.next(), rest.next());
    let ends_word = !second.is_some_and(|c| c.is_ascii_alphanumeric());
    match (mark, next) {
        (':' | ';', Some(')' | '）')) => true,
        (':', Some('\'')) => matches!(second, Some('(' | ')' | '（' | '）')),
        (':', Some('(')) => brackets::partner(&after[1..]).is_none(),
        (':', Some('D' | 'P' | 'p' | 'O' | 'o' | '*' | '|')) => {
            ends_word && !LETTERED.iter().any(|word| before.ends_with(word))
        }
        (':' | ';', Some('-')) if second.is_some_and(|c| "()（）<>DPp|/*".contains(c)) => true,
        (':', Some(':' | '\\' | '-')) => next == second || next != Some('-') || !ends_word,
        (':', Some('/')) => second == Some('/'),
        ('!', Some('=')) => true,
        // 搜索?q=
        ('?', Some(c)) if c.is_ascii_alphanumeric() => {
            let word = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            word.starts_with('=')
        }
        _ => false,
    }
}
