//! Credits of books, which end in 著: 《水产养殖学》：李明贵等著; Steve McConnell著; 国家统计局著.
//!
//! 等着 and 航着 are verbs elsewhere: a title, another credit or a publisher must stand beside the name, unless the line is
//! nothing but names. Behind such a title, or 作者：, what is no known name may be the author too (芥川龙之介), if no verb ends it.

use jianti_text::chars::is_han;
use jianti_text::lines::front;

use super::editions::{first_clause, is_published, tells_edition};
use super::lexicon::Choice;
use super::near::near_end;
use super::zhe::{NO_NAME, is_verb, names_another, tells_part};

/// How far the line is looked at behind a place, bytes.
const REACH: usize = 1 << 8;
/// What the names of institutions end in.
const INSTITUTIONS: [&str; 41] = [
    "大学",
    "大學",
    "学院",
    "學院",
    "研究院",
    "博物院",
    "科学院",
    "学系",
    "學系",
    "历史系",
    "歷史系",
    "研究所",
    "研究室",
    "教研室",
    "编辑部",
    "編輯部",
    "委员会",
    "委員會",
    "编委会",
    "編委會",
    "学会",
    "學會",
    "协会",
    "協會",
    "研究会",
    "研究會",
    "编写组",
    "編寫組",
    "课题组",
    "課題組",
    "组织",
    "組織",
    "银行",
    "銀行",
    "杂志",
    "雜誌",
    "中心",
    "局",
    "社",
    "馆",
    "館",
];
/// The shortest of their names, characters.
const SHORTEST: usize = 4;
/// The longest of a person's, characters.
const LONGEST_PERSON: usize = 4;
/// What they do not hold: somebody waits in one, or goes there.
const NOT_IN_THEM: &str = "在去到从從往向和跟把被給给我你您他她们們就都也的了着著";
/// What stands right before who wrote a book.
const BEFORE: [&str; 20] = [
    "作者",
    "著者",
    "教材",
    "教程",
    "教科书",
    "教科書",
    "课本",
    "課本",
    "专著",
    "專著",
    "一书",
    "一書",
    "本书",
    "本書",
    "该书",
    "該書",
    "此书",
    "此書",
    "参考书",
    "參考書",
];
/// What may stand between a title and who wrote the book.
const BETWEEN: &str = "一書书本由是新第版上下册冊卷修订訂二三四五六七八九十";
/// What is done to a book that somebody else has written.
const EDITED: &str = "校笺箋疏译譯释釋";
/// What refers to a book.
const CITES: [&str; 18] = [
    "参见", "參見", "参看", "參看", "参阅", "參閱", "参考", "參考", "详见", "詳見", "另见", "另見",
    "引自", "出自", "选自", "選自", "摘自", "推荐",
];
/// What a clause holds that tells what somebody does with a book, so that another one may do something in the next.
const DONE: &str = "读讀看完念唱讲講听聽翻买買拿放打合开開写寫了过過是说說";
/// What stands in brackets before the name of a foreign author, or of one of old.
const ORIGINS: &str =
    "美英法德日俄苏蘇意加澳奥奧荷韩韓印希瑞挪丹西葡比波捷匈巴以清明宋元唐汉漢晋晉梁魏隋";
/// What a character costs at most that given names often hold, and that they hold most often (生, 人, 明).
pub const OFTEN: u32 = 57;
const MOST_OFTEN: u32 = 44;
/// The longest name of an author that is told by what stands in front of it alone, characters.
const LONGEST: usize = 8;
/// What no name of an author holds, known or not.
const NOT_IN_NAMES: &str = "的地得了着著不在们們就还還也都很正一这這那";
/// How the names of foreign persons mostly end, as a common word may (莎士比亚, 卡尔·马克斯).
const FOREIGN_ENDS: &str = "斯尔爾特克德尼亚亞拉姆森顿頓夫基恩洛娜茨普里莉利林罗羅兰蘭曼威格伯";

/// How the words mostly end that persons are called by (大乘比丘).
const PERSON_ENDS: &str = "师士者尚萨嘛家子丘尼僧佛王公侯帝氏翁客徒夫郎君人生员长";

/// How sure it is that a name stands before 著.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// Of a person or an institution.
    Known,
    /// What may be one, if something beside it tells that one stands there.
    Likely,
}

impl Choice {
    /// Whether 著 between these ends a credit: who wrote a book. `simplified` tells whether the sentence is: in one 着 is
    /// written where an aspect is meant.
    pub(super) fn ends_credit(
        &self,
        before: &str,
        after: &str,
        simplified: impl Fn() -> bool,
    ) -> bool {
        if after.starts_with(|c: char| c.is_alphanumeric() || "「『﹁﹃“‘《\"'".contains(c))
        {
            return false;
        }
        let line = near_end(before).rsplit('\n').next().unwrap_or_default();
        let line = line.trim_end_matches(' ');
        let others = line.strip_suffix('等').map(|who| who.trim_end_matches(' '));
        let who = others.unwrap_or(line);
        if self.stands_in_sentence(who, after) {
            return true;
        }
        let known = self.name_length(who).map(|length| (length, Name::Known));
        let likely = || {
            let length = self.author_length(who, &simplified);
            let length = length.filter(|_| others.is_none());
            length.map(|length| (length, Name::Likely))
        };
        let Some((length, kind)) = known.or_else(likely) else {
            return false;
        };
        let (outer, name) = who.split_at(who.len() - length);
        let behind = front(after, REACH).split('\n').next().unwrap_or_default();
        // A verb may end what looks like a name: 看《小丑》，陳明看著
        let ends_in_verb = name.ends_with(is_verb) && !is_institution(name);
        let is_done = ends_in_verb && !self.ends_in_given(name, OFTEN);
        if self.is_act_of(name) && !simplified() {
            return is_published(behind, true)
                || !is_done && names_another(behind) && self.has_part(first_clause(behind));
        }
        let has_comma = outer.trim_end_matches(' ').ends_with(['，', ',', '、']);
        let may_wait = others.is_some() || is_done || ends_in_verb && !simplified();
        let needs_title = has_comma && (may_wait || kind == Name::Likely);
        // 弟弟哭 / 妹妹笑
        let is_act =
            || kind == Name::Likely && name.chars().nth(2).is_some() && self.is_act_of(name);
        let is_slashed = || outer.ends_with("/ ") || outer.ends_with(['/', '／']);
        if is_told(outer, needs_title)
            || is_published(behind, is_done)
            || kind == Name::Known && !is_done && tells_edition(behind)
            || is_slashed() && !is_done && !is_act() && simplified()
        {
            return true;
        }
        if kind == Name::Known
            && !is_done
            && self.are_bracketed(outer, behind, name)
            && simplified()
        {
            return true;
        }
        let has_part = |clause: &str| self.has_part(clause);
        if others.is_none() && ends_in_verb {
            if kind == Name::Known
                && outer.is_empty()
                && (name.chars().nth(2).is_none() || self.ends_in_given(name, OFTEN))
                && (simplified() || first_clause(behind).contains(|c| EDITED.contains(c)))
                && names_another(behind)
                && has_part(first_clause(behind))
            {
                return true;
            }
            // 史铁生著, alone on its line
            return kind == Name::Known
                && outer.is_empty()
                && is_last(behind)
                && self.ends_in_given(name, MOST_OFTEN)
                && simplified();
        }
        if names_another(behind) && has_part(first_clause(behind))
            || is_behind_part(outer, |clause| has_part(clause) || simplified())
        {
            return true;
        }
        is_last(behind)
            && others.is_none()
            && match kind {
                Name::Known => {
                    let outer = without_origin(outer);
                    self.are_names(outer, name)
                        || outer.is_empty() && !ends_in_verb && self.is_no_word(name, simplified())
                }
                Name::Likely => {
                    outer.is_empty()
                        && name.chars().nth(4).is_some()
                        && !self.ends_in_word(name)
                        && simplified()
                }
            }
    }

    /// Whether 著 before 的 tells who wrote a book that is named in front or behind: 《挪威的森林》是村上春树著的小说.
    pub(super) fn tells_work(
        &self,
        before: &str,
        after: &str,
        simplified: impl Fn() -> bool,
    ) -> bool {
        const COPULAS: [char; 5] = ['是', '由', '系', '为', '為'];
        let Some(rest) = after.strip_prefix('的') else {
            return false;
        };
        let run = han_run(before);
        let Some((at, copula)) = run.char_indices().rfind(|(_, c)| COPULAS.contains(c)) else {
            return false;
        };
        let name = &run[at + copula.len_utf8()..];
        let outer = &before[..before.len() - run.len() + at];
        let clause = rest.split(|c| !is_han(c)).next().unwrap_or_default();
        let is_work = || WORKS.iter().any(|work| clause.contains(work));
        let is_book = || outer.ends_with(['》', '〉']) || BEFORE.iter().any(|b| outer.ends_with(b));
        let is_name = || self.author_length(name, &simplified) == Some(name.len());
        let may_end = || !name.ends_with(is_verb) || self.is_person(name) || is_institution(name);
        (is_book() || is_work() && may_end())
            && is_name()
            && (simplified() || !self.is_act_of(name))
    }

    /// Whether what ends in a verb tells what somebody does, where 着 would be written 著, too: 閏土笑, 陳明愛, but not a known
    /// author (徐志摩), nor a surname and a given name of one character, nor what names mostly end in (史鐵生).
    fn is_act_of(&self, name: &str) -> bool {
        let folded: Vec<char> = name.chars().map(|c| self.fold(c)).collect();
        let is_author = || folded.len() == 2 || self.is_any_word(&folded);
        let writes = || {
            self.ends_in_given(name, MOST_OFTEN)
                || is_institution(name)
                || self.is_person(name) && is_author()
        };
        name.ends_with(is_verb) && !writes()
    }

    /// Whether brackets hold nothing but who wrote a book, of whom `name` is the last: （张进辅，李红等著）.
    fn are_bracketed(&self, outer: &str, behind: &str, name: &str) -> bool {
        let inner = outer.rsplit_once(['（', '(']).map(|(_, inner)| inner);
        behind.starts_with(['）', ')']) && inner.is_some_and(|inner| self.are_names(inner, name))
    }

    /// Whether what may be a name ends here in a word that is none, as verbs of two characters do: 林雨沉默, 安娜·卡列尼娜遲疑.
    pub(super) fn ends_in_word(&self, text: &str) -> bool {
        let name = han_run(text);
        let part = name.rsplit('·').next().unwrap_or(name);
        let chars: Vec<char> = part.chars().map(|c| self.fold(c)).collect();
        let Some((_, word)) = chars.split_last_chunk::<2>() else {
            return false;
        };
        let length = chars.len();
        length > 2
            && self.is_word(word)
            && !FOREIGN_ENDS.contains(word[1])
            && !PERSON_ENDS.contains(word[1])
            && !is_institution(part)
            && (length > 3 || !self.is_person(part))
    }

    /// Whether a credit that goes on with another one stands within a sentence: 买了房龙著、卫斯理译的那本书
    fn stands_in_sentence(&self, who: &str, behind: &str) -> bool {
        let ends_in_person = || {
            let starts = who.char_indices().rev().map(|(at, _)| at);
            let mut names = starts.take(LONGEST_PERSON).map(|at| &who[at..]);
            names.any(|name| self.is_person(name))
        };
        let has_part = || {
            let another = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
            let mut clause = another.split(|c: char| !c.is_alphanumeric() || c == '的');
            clause.next().is_some_and(|clause| self.has_part(clause))
        };
        names_another(behind) && !who.ends_with(is_verb) && ends_in_person() && has_part()
    }

    /// Whether a clause is a name and a part that somebody has in a book: 潘金贵等译
    fn has_part(&self, clause: &str) -> bool {
        const PARTS: &str =
            "序译譯编編校注註绘繪撰跋主等点點续續评評补補辑輯疏笺箋订訂述整理集解释釋合著着";
        self.is_person(clause.trim_end_matches(|c| PARTS.contains(c)))
    }

    /// How long the name is that `text` ends in, of persons or institutions, bytes.
    fn name_length(&self, text: &str) -> Option<usize> {
        let is_letter = |c: char| c < '\u{250}' && c.is_alphabetic();
        let spelt = text.trim_end_matches(|c| is_letter(c) || " .·'’-".contains(c));
        let spelt = text[spelt.len()..].trim_start_matches(|c| !is_letter(c));
        if spelt.ends_with(is_letter) {
            let outer = &text[..text.len() - spelt.len()];
            let is_apart = !outer.ends_with(is_han) || outer.ends_with(['由', '是']);
            return (is_apart && spelt.starts_with(char::is_uppercase)).then_some(spelt.len());
        }
        let run = han_run(text);
        let run = run.rsplit('由').next().unwrap_or(run);
        let run = BEFORE
            .iter()
            .find_map(|word| run.strip_prefix(word))
            .unwrap_or(run);
        let is_foreign = || run.contains('·') && !self.ends_in_word(run);
        (self.is_person(run) || is_foreign() || is_institution(run)).then_some(run.len())
    }

    /// How long what may be the name of an author is that `text` ends in, bytes: 亦舒, 东野圭吾, but not 大家看, 我, 只有. In a
    /// simplified sentence a word may end it that is none of persons (当年明月): what does something has 着 there.
    fn author_length(&self, text: &str, simplified: &impl Fn() -> bool) -> Option<usize> {
        let run = han_run(text);
        let run = run.rsplit('由').next().unwrap_or(run);
        let is_long = (2..=LONGEST).contains(&run.chars().count());
        let front = &text[..text.len() - run.len()];
        let may_begin = !run.starts_with(|c| NO_NAME.contains(c))
            && !front.ends_with(|c: char| c.is_ascii_alphanumeric());
        let is_no_part = |c: char| NOT_IN_NAMES.contains(c) && !(c == '一' && simplified());
        let may_hold = !run.contains(is_no_part);
        let may_end = || {
            let ends_in_verb = || run.ends_with(is_verb) && !is_institution(run);
            (!ends_in_verb() || self.ends_in_given(run, OFTEN))
                && (!self.ends_in_word(run) || simplified())
        };
        (is_long && may_begin && may_hold && may_end()).then_some(run.len())
    }

    /// Whether a name is no word that 着 may follow: any, or in a simplified sentence one with a surname that hardly any such
    /// word begins with (金庸, but not 温柔), where counted words are names of writers, too.
    fn is_no_word(&self, name: &str, simplified: bool) -> bool {
        const HARDLY_WORDS: u32 = 38;
        let chars: Vec<char> = name.chars().map(|c| self.fold(c)).collect();
        let surname = chars.get(..1).and_then(|first| self.names.surname(first));
        let is_often = surname.is_some_and(|cost| cost <= HARDLY_WORDS);
        !self.is_any_word(&chars) || simplified && (is_often || !self.is_word(&chars))
    }

    /// Whether a text ends in a character that given names have so often.
    pub(super) fn ends_in_given(&self, text: &str, most: u32) -> bool {
        let last = text.chars().next_back().map(|c| self.fold(c));
        last.and_then(|c| self.names.given(c))
            .is_some_and(|cost| cost <= most)
    }

    /// Whether a line is nothing but names, of which `name` is the last and tells enough alone: 张三、李四著; 刘慈欣著。
    fn are_names(&self, outer: &str, name: &str) -> bool {
        let mut others = outer
            .split(['、', '，', ',', ' '])
            .filter(|other| !other.is_empty());
        let is_name = |other: &str| self.name_length(other) == Some(other.len());
        let tells = || match name.is_ascii() {
            true => name.contains(' '),
            false => name.chars().nth(2).is_some(),
        };
        match others.next() {
            None => outer.is_empty() && tells(),
            Some(first) => is_name(first) && others.all(is_name),
        }
    }
}

/// What a work is called that somebody has written.
const WORKS: [&str; 19] = [
    "小说", "小說", "教材", "书", "書", "散文", "诗", "詩", "剧本", "劇本", "论文", "論文", "文集",
    "名著", "作品", "传记", "傳記", "童话", "童話",
];

fn is_institution(name: &str) -> bool {
    name.chars().nth(SHORTEST - 1).is_some()
        && INSTITUTIONS.iter().any(|end| name.ends_with(end))
        && !name.contains(|c| NOT_IN_THEM.contains(c))
}

/// The Han characters and dots that `text` ends in, and a letter between dots: 藤子·F·不二雄.
fn han_run(text: &str) -> &str {
    let mut start = text.trim_end_matches(|c| is_han(c) || c == '·');
    while let Some(front) = start.strip_suffix(|c: char| c.is_ascii_uppercase())
        && front.ends_with('·')
        && text[start.len()..].starts_with('·')
    {
        start = front.trim_end_matches(|c| is_han(c) || c == '·');
    }
    &text[start.len()..]
}

/// Whether nothing follows on the line but its mark.
fn is_last(behind: &str) -> bool {
    behind.trim_end_matches(['。', '.', ' ', '\r']).is_empty()
}

/// What stands before a name without the origin in brackets that a line begins with: （清）曹雪芹，
fn without_origin(outer: &str) -> &str {
    let inner = outer.strip_prefix(['(', '（', '[', '［', '〔', '【']);
    let split = inner.and_then(|inner| inner.split_once([')', '）', ']', '］', '〕', '】']));
    match split {
        Some((origin, names)) if is_origin(origin) => names,
        _ => outer,
    }
}

fn is_origin(text: &str) -> bool {
    text.ends_with(['国', '國']) || is_one_of(text, ORIGINS)
}

/// Whether a book, or what it is told by, stands at the end of `text`, before who wrote it; `alone` says that nothing may be told of
/// the book in front of it, as a comma stands between.
fn is_told(text: &str, alone: bool) -> bool {
    let told = text.trim_end_matches([' ', '：', ':', '，', ',', '、', '(', '（', '/', '／']);
    if let Some(inner) = told.strip_suffix([']', '］', ')', '）', '〕', '】'])
        && let Some(origin) = inner.rsplit(['[', '［', '(', '（', '〔', '【']).next()
        && is_origin(origin)
    {
        return true;
    }
    let told_by = told.strip_suffix('由').unwrap_or(told);
    if BEFORE.iter().any(|word| told_by.ends_with(word)) {
        return !(alone && last_clause(told_by).contains(|c| DONE.contains(c)));
    }
    if let Some((title, between)) = told.rsplit_once(['》', '〉'])
        && (!alone || is_entry(title))
        && between
            .chars()
            .all(|c| !c.is_alphabetic() || BETWEEN.contains(c))
    {
        return true;
    }
    false
}

/// Whether the title that `text` ends in, without its mark, is all that its clause says, or has a number in a list, or is
/// referred to: 2. 《编译原理, 推荐：《红楼梦, 参见《台湾通史.
fn is_entry(text: &str) -> bool {
    const NUMBERS: &str = "一二三四五六七八九十、";
    let Some((front, _)) = text.rsplit_once(['《', '〈']) else {
        return false;
    };
    let number = front
        .trim_end_matches(' ')
        .strip_suffix(['.', '．', '、', ')', '）']);
    let ends = ['：', ':', '。', '；', ';', '！', '？', '》'];
    let clause = front.rsplit(ends).next().unwrap_or(front);
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
        || CITES.iter().any(|word| clause.ends_with(word))
        || !clause.contains(|c| is_han(c) && !NUMBERS.contains(c))
}

/// Whether a clause in front of `text`'s end names another who had a part in the book: 陳平主編，
fn is_behind_part(text: &str, has_part: impl Fn(&str) -> bool) -> bool {
    let told = text.trim_end_matches([' ', '，', ',', '；', ';']);
    let clause = last_clause(told);
    // 原書為張大明編
    let clause = clause
        .rsplit(['为', '為', '由', '是'])
        .next()
        .unwrap_or(clause);
    told.len() < text.len() && tells_part(clause) && has_part(clause)
}

/// Whether a text is one character of a list.
fn is_one_of(text: &str, list: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| list.contains(c)) && chars.next().is_none()
}

/// The clause that `text` ends in.
fn last_clause(text: &str) -> &str {
    let ends = |c: char| !c.is_alphanumeric();
    text.rsplit(ends).next().unwrap_or(text)
}
