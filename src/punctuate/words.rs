//! Words in small letters with a bracket behind them, which explains the word in Chinese or holds what a program's function is
//! given: google(谷歌)搜索, len(列表)

use super::context::{first, is_ideograph};

/// What a function is given, or tells.
const ARGUMENTS: [&str; 30] = [
    "参数",
    "參數",
    "变量",
    "變數",
    "变数",
    "数值",
    "數值",
    "字符串",
    "字串",
    "列表",
    "数组",
    "阵列",
    "对象",
    "物件",
    "名称",
    "路径",
    "文件",
    "档案",
    "回调",
    "函数",
    "函式",
    "整数",
    "索引",
    "数字",
    "内容",
    "值",
    "元素",
    "序列",
    "表达式",
    "条件",
];

/// What is said of functions alone.
const CALLS: [&str; 7] = ["函数", "函式", "调用", "呼叫", "返回", "传回", "回传"];

/// What else a text about programs speaks of.
const PROGRAMS: [&str; 7] = ["方法", "参数", "语法", "代码", "变量", "变数", "指令"];

/// Words that names of functions begin with.
const VERBS: &str = " \
    add append as bind build call can check clear close compute convert copy count create decode delete disable do download draw \
    dump emit enable encode end eval exec execute export fetch fill filter find for format from generate get go handle has hide if \
    import init insert is join len list load lock log make map match max merge min move new next of on open parse pop post print \
    process pull push put query quit read reload remove render replace request reset run save scan search select send serialize \
    set show sort split start stop str sum test to translate trim try unlock update upload use validate verify wait with write ";

/// What they end in: what programs work on.
const FORMATS: &str = " \
    API CLI CPU CSS CSV DB DLL DNS DOM FTP GPU GUI HTML HTTP HTTPS ID IO IP JSON JWT MD OK PDF RGB SDK SQL SSH SSL TCP TTL UI URI URL \
    UTF UUID XML YAML ZIP ";

/// Names of products and companies that people write in small letters.
const BRANDS: &str = " \
    adobe airbnb alipay amazon android apache apple baidu bing bitcoin chrome chromium cmd debian discord docker dropbox edge excel \
    facebook fedora firefox git github gitlab gmail google instagram java javascript kindle laravel linkedin linux messenger \
    microsoft mongodb mysql netflix netscape nginx nodejs notion office opera outlook paypal photoshop php pixiv \
    postgresql powerpoint pytorch python react reddit redis regedit safari samsung skype slack spotify steam telegram tensorflow \
    tiktok tumblr twitch twitter ubuntu uber vim visa vue wechat weibo weixin whatsapp wikipedia windows word wordpress yahoo \
    youtube zoom ";

/// Whether a bracket behind this word, which stands behind `before`, explains it: the word is spelt as no function is, or a brand's
/// in a sentence that speaks of no program.
pub fn is_glossed(before: &str, word: &str, content: &str, after: &str) -> bool {
    /// Fewer ideographs are a name, as arguments have.
    const LEAST: usize = 2;
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_word = word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(part);
    let ideographs = content.chars().filter(|c| is_ideograph(*c)).count();
    let is_plain = !content.contains([',', ';', '=', '(', '"', '\'', '_', '[', '{']);
    if !is_word || ideographs < LEAST || !is_plain {
        return false;
    }
    is_spelt_so(word)
        || is_acronym(word) && !ARGUMENTS.contains(&content) && !speaks_of(&CALLS, before, after)
        || BRANDS.contains(&format!(" {word} ")) && is_explained(before, content, after)
}

/// macOS, mRNA, pH, jQuery
fn is_spelt_so(word: &str) -> bool {
    const OTHERS: [&str; 4] = ["pH", "jQuery", "kWh", "kHz"];
    let (small, capitals) = parts(word);
    OTHERS.contains(&word) || is_upper(capitals) && (small.len() == 1 || capitals == "OS")
}

/// lncRNA, hsCRP, anti-CCP: small letters before an acronym. Names of functions have verbs there, or what programs work on behind:
/// toJSON, readURL
fn is_acronym(word: &str) -> bool {
    let (small, capitals) = parts(word);
    let is_listed = |words: &str, part: &str| words.contains(&format!(" {part} "));
    match capitals.strip_prefix('-') {
        Some(capitals) => is_upper(capitals),
        None => is_upper(capitals) && !is_listed(VERBS, small) && !is_listed(FORMATS, capitals),
    }
}

/// The small letters that a word begins with, and the rest.
fn parts(word: &str) -> (&str, &str) {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    (&word[..word.len() - rest.len()], rest)
}

fn is_upper(part: &str) -> bool {
    part.len() > 1 && part.bytes().all(|c| c.is_ascii_uppercase())
}

/// What ends sentences.
const ENDS: [char; 9] = ['。', '？', '！', '；', '.', '?', '!', ';', '\n'];

/// Whether the sentence between these speaks of one of `words`.
fn speaks_of(words: &[&str], before: &str, after: &str) -> bool {
    let after = after.split(ENDS).next().unwrap_or(after);
    let near = before.rsplit(ENDS).next().unwrap_or(before);
    words
        .iter()
        .any(|word| near.contains(word) || after.contains(word))
}

/// Whether a Chinese sentence that does not speak of programs goes on behind the bracket, or has another in Chinese.
fn is_explained(before: &str, content: &str, after: &str) -> bool {
    let after = after.split(ENDS).next().unwrap_or(after);
    let near = before.rsplit(ENDS).next().unwrap_or(before);
    let goes_on =
        first(after).is_some_and(is_ideograph) || near.contains('（') && near.contains('）');
    // chassis（设备类型）、icon(图标名称)
    let is_listed = || {
        near.match_indices('（')
            .any(|(at, _)| near[..at].ends_with(|c: char| c.is_ascii_lowercase()))
    };
    let is_argument = || ARGUMENTS.iter().any(|word| content.contains(word)) && !is_listed();
    let speaks_of_programs =
        || speaks_of(&CALLS, before, after) || speaks_of(&PROGRAMS, before, after);
    goes_on && !is_argument() && !speaks_of_programs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_explains_a_word_is_told_from_what_a_function_is_given() {
        for (before, word, content, after) in [
            ("支持", "macOS", "11.0以上", "。"),
            ("", "mRNA", "信使核糖核酸", "疫苗"),
            ("打开", "cmd", "命令提示符", "，再输入"),
            ("用", "google", "谷歌", "搜索"),
            ("土壤", "pH", "酸碱值", "偏高"),
            ("研究", "miRNA", "微小核糖核酸", "的功能"),
            ("", "hsCRP", "超敏C反应蛋白", "升高"),
            ("用", "ddPCR", "微滴式数字PCR", "的方法定量"),
            ("血清", "anti-CCP", "抗环瓜氨酸肽抗体", "阳性"),
        ] {
            let before = if word == "cmd" {
                "按开始（左下角），打开"
            } else {
                before
            };
            assert!(
                is_glossed(before, word, content, after),
                "{word}({content})"
            );
        }
        for (before, word, content, after) in [
            ("用", "len", "列表", "求长度"),
            ("", "print", "名称", ""),
            ("取", "max", "甲,乙", "之大者"),
            ("", "f", "未知", "是"),
            ("", "ls", "列出", ""),
            ("运行", "ls", "列出", "之后"),
            ("调用", "render", "页面", "即可"),
            ("调用", "toJson", "对象", "即可"),
            ("调用", "toJSON", "订单", "即可"),
            ("", "readURL", "网址", "得到"),
            ("", "render", "页面", ""),
            ("", "my_run", "任务以上", ""),
            ("", "isOK", "状态", "为真"),
            ("", "parseXML", "文本", ""),
            ("", "useGPU", "编号", ""),
            ("", "innerHTML", "标题", ""),
            ("", "myCALC", "参数", ""),
            ("调用", "myCALC", "甲乙", "即可"),
        ] {
            assert!(
                !is_glossed(before, word, content, after),
                "{word}({content})"
            );
        }
    }
}
