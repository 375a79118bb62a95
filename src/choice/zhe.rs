//! 著 where it could be either: 着 as the mark of an aspect (看著) and its kin (著手), or 著 for writing and for what is
//! manifest (著作, 顯著).
//!
//! Text from Taiwan writes 著 for both. The characters around 著 tell which it is.

use super::editions::is_amount;
use jianti_data::ASPECT;
use jianti_text::chars::is_han;

/// What stands before 著 in a word for writing or for what is manifest, in both scripts: 名著, 显著, 所著.
const WORKS: &str = "名巨鉅钜專专論论原譯译遺遗拙顯显卓昭彰土撰宏佳傑杰舊旧炳素夙知馨章尊伪偽";
/// The same, unless a word that begins with 着 follows: 主著, 所著, but 有所著落.
const WORKS_OR_NOT: &str = "所主近新共編编合較较";
/// What stands before 论 and 较 in verbs: 议论着, 计较着.
const TALKED: &str = "议議谈談讨討评評辩辯争爭无無不";
const WEIGHED: &str = "计計比相";
/// What a polite word for another's book follows: 您的大著.
const OTHERS: &str = "的之台您你君兄公翁生师師授长長下部本篇此";
/// What follows 尊着, and 着 behind 世尊: whom somebody honours, what he wears.
const WORN_OR_HONOURED: &str = "衣袈他她你我長长老師师";
/// What is big or opened wide with 大着: 大着胆子, 大着嗓门.
const OPENED: &str = "胆膽肚嗓声聲舌眼嘴口手步力气氣头頭个個呢";
/// What follows 着 in a word that begins with it: 着手, 着急.
pub const ATTACHED: &str = "落陸陆手急想眼重火涼凉迷裝装色床牀力實实墨筆笔意慌忙魔緊紧惱恼棋";
/// What stands before 合 and 大 in verbs: 配合着, 扩大着.
const JOINED: &str =
    "凑湊配融结結迎混整聚组組综綜契吻磨缝縫掺摻揉糅闭閉符贴貼捏愈癒缀綴撮粘黏胶膠离離";
const GROWN: &str = "扩擴增放加壮壯睁睜瞪张張";
/// What 著 goes on to where it is no 着: 著名, 著作, 著录, 著者.
pub const MANIFEST: &str = "名作者述录錄称稱书書";
/// What follows 編著 and 合著 where hands, eyes and braids are meant.
const BY_HAND: &str = "傘伞辮辫花籃篮毛草竹髮发繩绳網网席織织謊谎眼雙双手掌嘴十兩两拍";
/// What 著 goes on to where somebody writes.
const WRITES: &str = "书書《〈";
/// What a law becomes that is written down: 著为令.
const LAWS: &str = "令例律式典法制";
/// What stands before what becomes manifest at a clause's end: 威名未著.
const BECOMES: &str = "未早渐漸颇頗尤益弥彌遂斯";
/// What goes on after a verb with 著 and one of 作 or 名, where those do not belong to 著: 看著作業, 穿著名牌.
const AFTER_WORK: &str = "業业文者家案戰战息用畫画夢梦客勢势弄怪伴對对品秀態态";
const AFTER_NAME: &str =
    "牌單单片字氣气為爲为叫號号校師师貴贵義义分額额車车錶表模犬聲声目流家媛人花酒畫画菜山曲勝胜嘴";
/// The same of 述: 接著述說, 坐著述職.
const AFTER_TELLING: &str = "說说及職职評评懷怀情苦";
/// What a person is called by with 着者: 活着者.
const WITH_PERSON: &str = "活執执沉附存愛爱";
/// What tells that a line is about books.
const ABOUT_BOOKS: [&str; 8] = ["《", "》", "〈", "出版", "書局", "书局", "印書館", "印书馆"];
/// What ends what an author is called by, though 着 may follow its last character: 先生, 此人.
const PERSONS: [&str; 22] = [
    "先生", "女士", "小姐", "医生", "醫生", "师生", "師生", "学生", "學生", "门生", "門生", "此人",
    "诗人", "詩人", "文人", "前人", "后人", "後人", "同人", "友人", "夫人", "老人",
];
/// How long somebody writes: 毕生著书.
const LIVES: [&str; 10] = [
    "一生", "毕生", "畢生", "终生", "終生", "平生", "半生", "此生", "余生", "餘生",
];
/// What goes on after a verb with 著 and 文: 看著文件.
const AFTER_TEXT: &str = "章件字化物具身本档檔盲弱雅静靜言明科学學艺藝体體";
/// What no author's name begins with.
pub const NO_NAME: &str = "他她它牠我你您妳咱們们這这那就都還还也又正仍一不沒没有在是很更最便卻却只可要能會会先再已曾各每某誰谁並并而且及因所以其";

/// Whether 著 between these, within a text's line, stays 著.
pub fn is_writing(before: &str, after: &str) -> bool {
    let mut next = after.chars();
    let (next, second) = (next.next(), next.next());
    let Some(last) = before.chars().next_back().filter(|c| *c != '\n') else {
        return ends_clause(before, next)
            || next.is_some_and(|next| "《〈者名作有稱称述錄录書书譯译".contains(next));
    };
    let follows = |list: &str| next.is_some_and(|next| list.contains(next));
    // 战国人著书, 一起著书: no 着 follows these where somebody writes.
    let verb = is_verb(last)
        && !(last == '人' && follows(WRITES) || "起下一".contains(last) && follows("书書"));
    let owner = before.chars().rev().nth(1);
    let is_within_verb = |list: &str| owner.is_some_and(|c| list.contains(c));
    let is_manifest = follows(MANIFEST);
    match last {
        '论' | '論' if is_within_verb(TALKED) && !is_manifest => return false,
        '较' | '較' if is_within_verb(WEIGHED) && !is_manifest => return false,
        '伪' | '偽' if is_within_verb("虚虛") => return false,
        // 您的尊著, but 世尊著衣
        '尊' if owner.is_some_and(|c| is_han(c) && !OTHERS.contains(c)) => return is_manifest,
        '尊' if follows(WORN_OR_HONOURED) => return false,
        _ if WORKS.contains(last) => return true,
        _ => {}
    }
    let attached = match next {
        Some('地') => !WORKS_OR_NOT.contains(last),
        // 著了慌, but 合著了一本书.
        Some('了') => second.is_some_and(|c| ATTACHED.contains(c)),
        _ => follows(ATTACHED),
    };
    if attached {
        return false;
    }
    // 近著 is a book, 近着大路 a place.
    let is_owned = owner.is_some_and(|c| OTHERS.contains(c));
    if last == '近'
        && !is_owned
        && !is_amount(after)
        && next.is_some_and(|c| c.is_alphabetic() && !"是有為为".contains(c))
    {
        return false;
    }
    let is_verb = last == '合' && is_within_verb(JOINED) || last == '大' && is_within_verb(GROWN);
    if is_verb && !is_manifest {
        return false;
    }
    // 物理系著名校友; but 系着领带.
    let lacks = |list: &str| !second.is_some_and(|c| list.contains(c));
    if last == '系'
        && (follows("有称稱述录錄")
            || follows("名") && lacks(AFTER_NAME)
            || follows("作") && lacks(AFTER_WORK))
    {
        return true;
    }
    if last == '大' && is_owned && !follows(OPENED) {
        return true;
    }
    if WORKS_OR_NOT.contains(last) {
        return !(matches!(last, '編' | '编' | '合') && follows(BY_HAND));
    }
    if verb && next.is_some_and(|c| "有《文述".contains(c)) && ends_with_person(before)
        || next.is_some_and(|c| "书書文述".contains(c)) && ends_with_life(before)
    {
        return true;
    }
    // 以精明强干著称, 遂著为令, 战功颇著
    if follows("称稱") && tells_by_what(before)
        || follows("为為爲") && second.is_some_and(|c| LAWS.contains(c))
        || BECOMES.contains(last) && ends_clause(before, next)
        || !verb && !"不得".contains(last) && ends_clause(before, next) && tells_by_what(before)
    {
        return true;
    }
    match (next, verb) {
        (Some('文'), false) => return !second.is_some_and(|c| AFTER_TEXT.contains(c)),
        (Some('作'), true) => return !second.is_some_and(|c| AFTER_WORK.contains(c)),
        (Some('名'), true) => return !second.is_some_and(|c| AFTER_NAME.contains(c)),
        (Some('述'), true) => return !second.is_some_and(|c| AFTER_TELLING.contains(c)),
        (Some('作' | '名' | '述'), _) => return true,
        (Some('者'), _) => return !WITH_PERSON.contains(last),
        (
            Some(
                '稱' | '称' | '錄' | '录' | '書' | '书' | '有' | '譯' | '译' | '成' | '於' | '于'
                | '《',
            ),
            _,
        ) => {
            return !verb;
        }
        _ => {}
    }
    if next == Some('的') && second.is_some_and(|c| "《〈「『﹁﹃“‘".contains(c)) {
        return !verb;
    }
    // （马奎斯著）
    if matches!(next, Some(')' | '）')) && !verb && is_name_in_brackets(before) {
        return true;
    }
    if is_separator(last) {
        let is_verb = || is_order(before, next) || is_worn(after) || is_asked(after);
        return (!"”’」』".contains(last) && !is_verb()) || ends_clause(before, next);
    }
    // 松風閣主人著
    (!verb || last == '人') && is_signature(before, after)
}

/// Whether 著 between these ends a clause that may be an author's name, or by whom a book is, on a line that is about books.
pub fn may_be_signed(before: &str, after: &str) -> bool {
    ends_clause(before, after.chars().next())
        && !before.ends_with(is_verb)
        && (is_name(before) || is_by_somebody(before))
        && is_about_books(before, after)
}

/// Whether a quotation is nothing but the name of who wrote a book, as its cover or title page has it: 署名「東籬子著」.
fn is_signature(before: &str, after: &str) -> bool {
    /// No name is longer, and how far before the quotation it is looked for what tells of a title page, characters.
    const LONGEST: usize = 6;
    const REACH: usize = 12;
    const PAGES: [&str; 22] = [
        "署",
        "落款",
        "扉頁",
        "扉页",
        "封面",
        "封底",
        "書脊",
        "书脊",
        "卷首",
        "卷端",
        "書名頁",
        "书名页",
        "版權頁",
        "版权页",
        "題簽",
        "题签",
        "題著",
        "题着",
        "題為",
        "题为",
        "題有",
        "题有",
    ];
    if !after.starts_with(['」', '』', '”', '’', '"']) {
        return false;
    }
    let name = before
        .chars()
        .rev()
        .take_while(|c| is_han(*c))
        .take(LONGEST + 1);
    let name: Vec<char> = name.collect();
    if !(2..=LONGEST).contains(&name.len())
        || NO_NAME.contains(name[name.len() - 1]) && name != ['某', '某']
    {
        return false;
    }
    let mut front = before.char_indices().rev().skip(name.len());
    let opens = front.next().filter(|(_, c)| "「『“‘\"".contains(*c));
    opens.is_some_and(|(end, _)| {
        let clause = before[..end].trim_end_matches(['：', ':', ' ', '，']);
        let from = clause
            .char_indices()
            .rev()
            .take(REACH)
            .take_while(|(_, c)| !"。！？\n".contains(*c));
        let near = from.last().map_or(clause.len(), |(at, _)| at);
        PAGES.iter().any(|page| clause[near..].contains(page))
    })
}

/// Whether 着 before `after` belongs to the word that goes on there: 着手, 着急.
pub fn is_attached(after: &str) -> bool {
    after.chars().next().is_some_and(|c| ATTACHED.contains(c))
}

/// Whether the clause that `text` ends in tells by what something is known: 以风流; not 所以, 以为.
fn tells_by_what(text: &str) -> bool {
    /// How much tells that, characters.
    const REACH: usize = 10;
    let mut behind = None;
    let mut clause = text
        .chars()
        .rev()
        .take_while(|c| !is_separator(*c))
        .take(REACH + 2)
        .peekable();
    while let Some(c) = clause.next() {
        let is_by = c == '以'
            && behind.is_some_and(|c| !"为為爲后後前及来來上下外内內致便免至期求".contains(c))
            && !clause
                .peek()
                .is_some_and(|c| "所可难難得足加予用何借藉".contains(*c));
        if is_by {
            return true;
        }
        behind = Some(c);
    }
    false
}

fn ends_with_person(before: &str) -> bool {
    PERSONS.iter().any(|person| before.ends_with(person))
}

pub fn ends_with_life(before: &str) -> bool {
    LIVES.iter().any(|life| before.ends_with(life))
}

/// Whether 着 follows the character as the mark of an aspect.
pub fn is_verb(c: char) -> bool {
    ASPECT
        .get(c as usize / 8)
        .is_some_and(|bits| bits >> (c as usize % 8) & 1 == 1)
}

pub fn is_separator(c: char) -> bool {
    !c.is_alphanumeric() || c == '\u{3000}'
}

/// Whether a clause ends where `next` follows `before`: no quotation begins there.
pub fn ends_clause(before: &str, next: Option<char>) -> bool {
    /// How far back the other mark of a pair is looked for, bytes.
    const REACH: usize = 1 << 9;
    let near = || &before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..];
    let line = || near().rsplit('\n').next().unwrap_or_default();
    next.is_none_or(|next| match next {
        '「' | '『' | '﹁' | '﹃' | '“' | '《' => false,
        // One of a pair.
        '"' => memchr::memchr_iter(b'"', line().as_bytes()).count() % 2 == 1,
        _ => is_separator(next),
    })
}

/// Whether the line around a place is about books, or nothing but what a title page says: 魯迅 著.
fn is_about_books(before: &str, after: &str) -> bool {
    /// How far around a place is looked, bytes.
    const REACH: usize = 1 << 9;
    let front = &before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..];
    let front = front.rsplit('\n').next().unwrap_or_default();
    let behind = &after[..after.floor_char_boundary(REACH)];
    let behind = behind.split('\n').next().unwrap_or_default();
    let has = |found: &dyn Fn(&str) -> bool| found(front) || found(behind);
    names_another(behind)
        || has(&|part| ABOUT_BOOKS.iter().any(|word| part.contains(word)))
        || !has(&|part| part.contains(['，', '。', '！', '？', '；', ',', '、']))
}

/// Whether someone else follows who had a part in the book: 著、陈寅恪序; 著，衛斯理譯的.
pub fn names_another(behind: &str) -> bool {
    let rest = behind.strip_prefix(['、', '，', '；', ',', ' ', '/', '／', '·']);
    let clause = rest.and_then(|rest| rest.split(is_separator).next());
    clause.is_some_and(tells_part)
}

/// Whether a clause is a name and one part or two that somebody had in a book: 陈寅恪序
pub fn tells_part(clause: &str) -> bool {
    const PARTS: &str = "序譯译編编校注註繪绘撰跋续續评評补補辑輯疏笺箋订訂集解整理释釋";
    // 顾颉刚编著
    let clause = match clause.strip_suffix(['著', '着']) {
        Some(front) if front.ends_with(['编', '編', '合']) => front,
        _ => clause,
    };
    // What is said of the book goes on behind 的.
    let chars: Vec<char> = clause.chars().take(7).take_while(|c| *c != '的').collect();
    // 釋依觀譯: monks have 釋 for a surname.
    let monk = usize::from(matches!(chars.first(), Some('释' | '釋')));
    let rest = chars.iter().skip(monk);
    let name = monk + rest.take_while(|c| !PARTS.contains(**c)).count();
    let parts = chars.len() - name;
    (2..=4).contains(&name)
        && (1..=2).contains(&parts)
        && chars[name..].iter().all(|c| PARTS.contains(*c))
}

/// Whether 着 before `next` says who shall do what, behind the words of an edict: 奉旨：着李鸿章办理
fn is_order(before: &str, next: Option<char>) -> bool {
    const EDICTS: [&str; 16] = [
        "奉旨", "奉諭", "奉谕", "圣旨", "聖旨", "谕旨", "諭旨", "懿旨", "上谕", "上諭", "有旨",
        "得旨", "诏曰", "詔曰", "降旨", "传旨",
    ];
    const BOOKS: &str = "作名者述书書文有称稱录錄译譯成于於论論诗詩其《〈";
    let clause = before.trim_end_matches(is_separator);
    next.is_some_and(|c| is_han(c) && !BOOKS.contains(c))
        && EDICTS.iter().any(|edict| clause.ends_with(edict))
}

/// Whether it is asked what for somebody gets worked up: 着什么急, 着哪门子慌
fn is_asked(after: &str) -> bool {
    const ASKED: [&str; 7] = ["什么", "什麼", "甚麼", "甚么", "哪门子", "哪門子", "啥"];
    let mut rest = ASKED.iter().filter_map(|word| after.strip_prefix(word));
    rest.any(is_attached)
}

/// Whether somebody wears what comes next: 着长裤，穿皮鞋
fn is_worn(after: &str) -> bool {
    /// How far a garment is looked for, characters.
    const REACH: usize = 6;
    const GARMENTS: &str = "衣服褲裤裙鞋靴襪袜袍衫帽甲裳装裝";
    /// What a book about them is called by: 著中国服装史.
    const ABOUT: &str = "史论論学學记記考集谱譜志图圖业業设設文经經与與大概简簡";
    let clause = after.chars().take(REACH + 1).take_while(|c| is_han(*c));
    let mut garment = clause.skip(1).skip_while(|c| !GARMENTS.contains(*c));
    let is_within_reach = garment.next().is_some();
    is_within_reach
        && !garment
            .find(|c| !GARMENTS.contains(*c))
            .is_some_and(|c| ABOUT.contains(c))
}

/// Whether the clause that `text` ends in tells by whom something is: 本书由霍布斯鲍姆
fn is_by_somebody(text: &str) -> bool {
    /// No name is longer, characters.
    const LONGEST: usize = 8;
    let clause = text.chars().rev().take_while(|c| !is_separator(*c));
    let clause: Vec<char> = clause.take(LONGEST + 1).collect();
    let by = clause.iter().position(|c| *c == '由');
    by.is_some_and(|at| at >= 2 && !NO_NAME.contains(clause[at - 1]) && clause[at - 1] != '此')
}

/// Whether `text` ends in a bracket and nothing but what may be a name of three characters or four behind it.
fn is_name_in_brackets(text: &str) -> bool {
    let name = text
        .chars()
        .rev()
        .take_while(|c| !is_separator(*c))
        .take(5)
        .count();
    let front = text.chars().rev().nth(name);
    matches!(front, Some('(' | '（')) && name >= 3 && is_name(text)
}

/// Whether the clause that `text` ends in may be an author's name: two to four characters, and no pronoun or adverb first.
fn is_name(text: &str) -> bool {
    let clause = text.chars().rev().take_while(|c| !is_separator(*c));
    let clause: Vec<char> = clause.take(5).collect();
    (2..=4).contains(&clause.len()) && !NO_NAME.contains(clause[clause.len() - 1])
}
