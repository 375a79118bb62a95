//! Places that are what they are whatever words could be made of them: members of a list, topics, notes of the scale.

use super::near::{ALONE, NOTE, has_near, is_end};
use super::{notes, persons, trigrams, yu};
use jianti_data::choice::{SURNAMES, fold};
use jianti_text::chars::{Chars, is_han};

/// Whoever may be old, or have a youngest.
const PRONOUNS: &str = "我你您他她它们們";

/// How much less the character at byte `at` of a text costs as itself, for what stands around it; below 0 is more.
pub fn discount(text: &str, at: usize, form: char) -> i32 {
    let (before, behind) = (&text[..at], &text[at + form.len_utf8()..]);
    match form {
        _ if is_mentioned(before, behind) => NOTE,
        '祇' | '衹' | '祗' if is_end(behind.strip_prefix('也').unwrap_or(behind)) => ALONE,
        // 地祇是土地之神
        '祇' | '衹' | '祗' if is_god(before, behind) => NOTE,
        // 祗(zhī)植
        '祗' if behind.trim_start_matches(['(', '（']).starts_with("zhī") => NOTE,
        // 闍祇羅, 維祇難
        '祇' | '衹' | '祗' if is_indian(before, behind) => NOTE,
        // 获咎者夥
        '夥' if is_end(behind) && before.ends_with('者') => ALONE,
        // The conversion has 甚麽 as a word: 什么.
        '麽' if before.ends_with('甚') => NOTE,
        // 他老么？
        '么' | '麼' if is_asked(before, behind) => NOTE,
        '乾' if is_state(before, behind) => -ALONE,
        '乾' if before.ends_with('《') && behind.starts_with('》') => NOTE,
        '乾' if trigrams::are_near(before, behind) => trigrams::DISCOUNT,
        '徵' | '徴' => match notes::discount(before, behind) {
            // 不祥之徵: no name, as 之 is in many.
            0 if is_sign(before, behind) => -NOTE,
            0 if is_listed(before.chars().next_back(), behind.chars().next()) => ALONE,
            found => found,
        },
        '瞭' if is_particle(before, behind) => -NOTE,
        '於' if is_drug(before, behind) => NOTE,
        '於' if is_preposition(before, behind) => -ALONE,
        '覆' if covers(before, behind) => ALONE,
        // 乘槐本而覆
        '覆' if before.ends_with('而') && is_end(behind) => ALONE,
        '覆' if is_message(before, behind) || is_answer(before, behind) => -ALONE,
        // 昇腾910
        '昇' if is_product(behind) => NOTE,
        '沈' if is_pulse(before, behind) => -NOTE,
        '沈' if is_familiar(before, behind) => NOTE,
        '沈' if is_end(behind) && is_predicate(before) && !may_be_cut(before, behind) => -ALONE,
        _ if is_listed(before.chars().next_back(), behind.chars().next()) => ALONE,
        _ => 0,
    }
}

/// Whether a character between these stands alone, in a list (角、徵、羽) or as a topic (乾，元亨利貞).
fn is_listed(before: Option<char>, behind: Option<char>) -> bool {
    (before == Some('、') || matches!(behind, Some('、' | '，')))
        && ![before, behind].into_iter().flatten().any(is_han)
}

/// Whether a character between these is spoken of: 「於」姓與「于」姓, “徵”字简化为“征”
fn is_mentioned(before: &str, behind: &str) -> bool {
    const TELLS: [&str; 8] = ["字", "姓", "卦", "音", "简化", "簡化", "读", "讀"];
    let opens = before.ends_with(['「', '“', '『', '‘']);
    let rest = behind.strip_prefix(['」', '”', '』', '’']);
    opens && rest.is_some_and(|rest| TELLS.iter().any(|word| rest.starts_with(word)))
}

/// Whether what is said may break off within a name before `behind`: 不知沈……; but 聲音漸沈……
fn may_be_cut(before: &str, behind: &str) -> bool {
    ["…", "..", "。。"]
        .iter()
        .any(|mark| behind.starts_with(mark))
        && !before.ends_with(['漸', '渐'])
}

/// Whether a character behind `before`, the last of a clause, tells what something is or does (臉色一沈, 又低又沈): no surname
/// stands there, but in 小沈 and its like, nor a given name.
fn is_predicate(before: &str) -> bool {
    let last = before.chars().next_back().filter(|c| is_han(*c)).map(fold);
    last.is_some_and(|c| {
        !"姓老小阿大叫是氏和与及同给".contains(c) && SURNAMES.binary_search(&c).is_err()
    })
}

/// Whether somebody called 小沈 or the like begins here, whose verb has the next 沈: 小沈沈下心來, 老沈沈思片刻; but 小沈沈的.
fn is_familiar(before: &str, behind: &str) -> bool {
    let front = before.strip_suffix(['小', '老', '阿']);
    let verb = behind.strip_prefix(['沈', '沉']);
    front.is_some_and(|front| !front.ends_with(['大', '從', '从', '最']))
        && verb.is_some_and(|rest| rest.starts_with(|c| is_han(c) && !"的地沈沉".contains(c)))
}

/// Whether a pulse is told, and that it lies deep: 脈沈細, 脈象弦而沈; but 診脈後沈醫生.
fn is_pulse(before: &str, behind: &str) -> bool {
    /// How far the clause is looked at, characters.
    const REACH: usize = 6;
    const KINDS: &str = "细細弱迟遲弦紧緊滑涩澀数數微缓緩伏实實虚虛濡牢结結代无無有而取按";
    (is_end(behind) || behind.starts_with(|c| KINDS.contains(c)))
        && before
            .chars()
            .rev()
            .take(REACH)
            .take_while(|c| is_han(*c))
            .any(|c| matches!(c, '脈' | '脉'))
}

/// Whether 么 between these belongs to what stands before it (什么弟弟), or, in a simplified sentence, to what is no standard
/// Chinese: 我么女性, which should be 我们, and 搞么子, which is 什么.
pub fn is_other(before: char, behind: Option<char>, simplified: impl Fn() -> bool) -> bool {
    "什甚怎那这這多要咋".contains(before)
        || (PRONOUNS.contains(before) || behind == Some('子')) && simplified()
}

/// Whether 么 or 麼 between these belongs to 么麼 or 麼些, where it is 麽.
pub fn is_tiny(before: Option<char>, behind: Option<char>) -> bool {
    matches!(before, Some('幺' | '么')) || behind == Some('些') && before.is_none()
}

/// Whether 么 may ask here, as 吗 does: nobody's youngest is meant.
fn is_asked(before: &str, behind: &str) -> bool {
    const HOW: &str = "不很太真挺够夠还還";
    let asks = |front: &str| {
        let follows = front.ends_with(|c| PRONOUNS.contains(c) || HOW.contains(c));
        follows && is_end(behind)
    };
    let front = before.strip_suffix('老');
    front.is_some_and(|front| behind.starts_with(['？', '?']) || asks(front))
}

/// Whether 乾 stands doubled as what something is like: 晒得乾乾的, but 终日乾乾
fn is_state(before: &str, behind: &str) -> bool {
    before.ends_with('乾') && behind.starts_with('的') || behind.starts_with("乾的")
}

/// Whether 瞭 follows what 了 does, as converters that know words badly write it: 买瞭一本书. What looks out (他瞭, 往下瞭) is
/// not among it, nor what goes on as words with 瞭 do.
fn is_particle(before: &str, behind: &str) -> bool {
    const LOOKS: &str = "他她它我你您们們谁誰人一往向朝远遠照地着著高登不头頭眼中处處明了瞭";
    const WAYS: &str = "上下外里裡前";
    const GOES_ON: &str = "望见見哨高台臺眺看視视远遠敌敵塔楼樓守如若解然悟亮焉着著得不了瞭";
    /// Whom somebody looks at, and where.
    const LOOKS_AT: [&str; 13] = [
        "他", "她", "它", "我", "你", "您", "谁", "誰", "去", "出", "一眼", "一瞥", "两眼",
    ];
    /// Where somebody has it who understands.
    const UNDERSTOOD: [&str; 8] = [
        "於心", "于心", "於胸", "于胸", "於指", "于指", "於掌", "于掌",
    ];
    let mut back = before.chars().rev();
    let (last, second) = (back.next(), back.next());
    let looks = |c: char| {
        LOOKS.contains(c)
            || WAYS.contains(c)
                && second.is_some_and(|c| matches!(c, '往' | '向' | '朝' | '从' | '從'))
    };
    // 瞭無牽掛, 瞭於心
    if behind.starts_with(['無', '无', '卻', '却'])
        || UNDERSTOOD.iter().any(|word| behind.starts_with(word))
    {
        return true;
    }
    last.is_some_and(|c| is_han(c) && !looks(c))
        && !before.ends_with("眼花")
        && !behind.starts_with(|c| GOES_ON.contains(c))
        && !LOOKS_AT.iter().any(|word| behind.starts_with(word))
}

/// Whether 於 before this is of 於潛, where the best 白朮 comes from: 、於朮二錢, 以於朮為佳; but 精於術, 於術後.
fn is_drug(before: &str, behind: &str) -> bool {
    let rest = behind.strip_prefix(['朮', '术']);
    rest.is_some_and(|rest| {
        !rest.starts_with(|c| is_han(c) && !"各为為一二三四五六两兩半".contains(c))
    }) && !before.ends_with(|c| is_han(c) && c != '以')
}

/// Whether what stands behind 於 looks like a title and is none (於某些地方, 於記者會上, 於總統大選前): nobody with the surname is
/// spoken of, unless he is called something (被告人於某).
fn is_preposition(before: &str, behind: &str) -> bool {
    /// What goes on behind somebody who is called 於某.
    const AFTER_PERSON: &str = "被因向为為说說称稱在的等与與和及则則即曾从從于於将將又把用是有未不已经經某昨今當当日夜前後后";
    /// What stands before 商 in what dealers are called.
    const DEALERS: &str = "廠厂貨货應应包辦办建造銷销售電电開开零批發发業业外進进代運运製制經经投券證证保供訊讯體体營营網网理版";
    /// Titles that anybody has, and no office.
    const CALLED: [&str; 9] = [
        "先生", "女士", "小姐", "太太", "夫人", "老師", "老师", "經理", "经理",
    ];
    /// What no name follows.
    static MODALS: Chars =
        Chars::of("應应得須须可必不僅仅即亦並并均仍或若如則则乃而未至再各皆又最都才只便");
    const LONGER: [&str; 10] = [
        "記者會",
        "记者会",
        "記者招",
        "记者招",
        "總統大",
        "总统大",
        "總統選",
        "总统选",
        "總統府",
        "总统府",
    ];
    let last = before.chars().next_back();
    if let Some(rest) = behind.strip_prefix('某') {
        let next = rest.chars().next();
        // 於某被捕, 於某的, 於某教授: a name; 於某法律關係, 於某公司任職: none.
        let is_person = next.is_none_or(|c| !is_han(c) || AFTER_PERSON.contains(c))
            || persons::begins_with_title(rest);
        return persons::is_some(next)
            || !is_person
            || last.is_some_and(is_han) && !persons::may_follow_calling(last);
    }
    // 期貨商於 has it; not 獻商於之地, 貪商於.
    let is_merchant = || {
        let kind = before
            .strip_suffix('商')
            .and_then(|front| front.chars().next_back());
        kind.is_some_and(|c| DEALERS.contains(c))
    };
    let begins = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    // What all of them begin with, as little else does.
    behind.starts_with(['記', '记', '總', '总']) && begins(&LONGER)
        || is_merchant()
        || yu::is_of_other(behind)
        || (last.is_some_and(|c| MODALS.contains(c)) && begins_title_or_name(behind)
            || persons::may_hold_title(behind) && is_office(behind))
            && !begins(&CALLED)
}

/// Whether 姓 stands here, or what may be a title.
fn begins_title_or_name(text: &str) -> bool {
    text.starts_with('姓') || persons::may_hold_title(text)
}

/// Whether an office and not who holds it is spoken of, by what stands behind a title of two characters or three: 於法官面前,
/// 於委員任滿後.
fn is_office(text: &str) -> bool {
    const GOES_ON: [&str; 12] = [
        "面前", "之前", "之後", "之后", "任內", "任内", "任期", "任滿", "任满", "同意", "核定",
        "會議",
    ];
    (2..=3).any(|length| {
        let rest = text.char_indices().nth(length).map(|(at, _)| &text[at..]);
        rest.is_some_and(|rest| {
            let word = GOES_ON.iter().find_map(|word| rest.strip_prefix(word));
            word.is_some_and(|rest| !rest.starts_with(['了', '我', '他', '她']))
        })
    })
}

/// Whether 覆 is a verb, by what it covers or how: 覆其上, 以衣覆体, 覆滿了雪. What is answered or looked at again may begin alike
/// (答覆住戶, 回覆滿意).
fn covers(before: &str, behind: &str) -> bool {
    const ANSWERS: &str = "答回函批申电電敬奉示裁";
    const COVERED: [&str; 15] = [
        "盖", "蓋", "其上", "其身", "其体", "其體", "体", "體", "身", "满", "滿", "住", "钟形",
        "鐘形", "鐘型",
    ];
    !before.ends_with(|c| ANSWERS.contains(c))
        && COVERED.iter().any(|word| behind.starts_with(word))
}

/// Whether a god of the earth, or a god, ends here and not an adverb that begins: 天神地祇, 那神祇能呼风唤雨; but 此地祇有三戶.
fn is_god(before: &str, behind: &str) -> bool {
    let Some(front) = before.strip_suffix(['地', '神']) else {
        return false;
    };
    let is_one = before.ends_with('地') && front.ends_with("天神")
        || before.ends_with('神') && front.ends_with(|c| "那這这諸诸眾众群位尊".contains(c))
        || !front.ends_with(is_han);
    is_one && !behind.starts_with(|c| "有剩好會会得".contains(c))
}

/// Whether 上覆 has somebody told something (多多上覆你家主人, 上覆老爺); but 綠葉上覆.
fn is_message(before: &str, behind: &str) -> bool {
    let front = before.strip_suffix('上');
    front.is_some_and(|front| {
        front.ends_with(['多', '拜'])
            || behind.starts_with(|c| PRONOUNS.contains(c))
            || persons::may_hold_title(behind)
    })
}

/// Whether somebody is answered: 沒有覆我, 等她覆我電郵, 覆貴公司來函. What covers lies on somebody, or on what is his (被子覆我身,
/// 勿覆他人車道): behind whom there stands nothing, or what is answered.
fn is_answer(before: &str, behind: &str) -> bool {
    const WHEN: &str = "有沒没未請请快會会來来她他你佢您先即回勿再能可要去冇唔早";
    const ADDRESSED: [&str; 6] = ["貴公", "贵公", "台端", "貴會", "贵会", "尊函"];
    /// How an answer, or what is answered, begins.
    const LETTERS: &str = "訊讯信電电郵邮消短微簡简函留問问話话mMwWlL";
    const GOES_ON: &str = "啦喇喔哦嗎吗了吧啊呀嘅先喎囉";
    const ONCE: [&str; 6] = ["一下", "一聲", "一声", "一句", "一封", "一次"];
    let whom = behind.strip_prefix(['咗', '了']).unwrap_or(behind);
    let is_letter = |rest: &str| rest.starts_with(|c| LETTERS.contains(c));
    let is_told = |rest: &str| {
        let what = rest.strip_prefix(['的', '嘅']).unwrap_or(rest);
        is_end(rest)
            || is_letter(what)
            || rest.starts_with(|c| GOES_ON.contains(c))
            || ONCE.iter().any(|word| rest.starts_with(word))
    };
    let rest = whom.strip_prefix(['我', '你', '您', '他', '她', '佢']);
    rest.is_some_and(|rest| is_told(rest.strip_prefix(['們', '们', '哋']).unwrap_or(rest)))
        && before.ends_with(|c| WHEN.contains(c))
        || ADDRESSED.iter().any(|word| behind.starts_with(word))
}

/// Whether 徵 behind 之 at a clause's end is what something is told by: 天下大亂之徵. A name with 之徵 stands alone in its clause or
/// behind what a person is called by (詩人王之徵).
fn is_sign(before: &str, behind: &str) -> bool {
    let Some(clause) = before.strip_suffix('之') else {
        return false;
    };
    let mut back = clause.chars().rev();
    let last = back.next();
    let mut calling: Vec<char> = back.take(3).take_while(|c| is_han(*c)).map(fold).collect();
    calling.reverse();
    last.is_some_and(is_han)
        && is_end(behind.trim_start_matches(['也', '矣', '乎']))
        && !calling.is_empty()
        && !persons::end_in_calling(&calling)
}

/// Whether 祇 between these writes a sound of an Indian name: 阿耆祇羅, 跋祇; 維祇難 where the Buddha's teaching is spoken of. But 佛陀祇能,
/// 比丘尼祇有.
fn is_indian(before: &str, behind: &str) -> bool {
    /// What writes such sounds and little else.
    const SOUNDS: &str = "闍阇陀訶诃薩萨伽毘毗槃曇昙迦揵犍鞞跋耆羯頞瞿娑婆吒瑟翅";
    /// What writes them among other things, before 祇 and behind it.
    const FIRST: &str = "維维沙提波摩阿羅罗利尼那拘俱須须";
    const SECOND: &str = "難难多羅罗利夜那提波摩尼哩離离舍耶支梵桓洹";
    /// What such a name is of.
    const NAMED: &str = "國国城林寺園园山律部劫族";
    /// Words that 祇 as an adverb may follow.
    const WORDS: [&str; 6] = ["佛陀", "菩薩", "菩萨", "頭陀", "头陀", "薩埵"];
    const TEACHING: [&str; 16] = [
        "天竺", "沙門", "沙门", "梵", "佛", "世尊", "比丘", "菩薩", "菩萨", "尊者", "精舍", "羅漢",
        "罗汉", "如來", "如来", "龜茲",
    ];
    let goes_on = behind.starts_with(|c| SOUNDS.contains(c) || SECOND.contains(c));
    // An adverb goes on before a quotation or a number; 祇國內 is one.
    let ends = match behind.strip_prefix(|c| NAMED.contains(c)) {
        Some(rest) => !rest.starts_with(['里', '裡', '裏', '內', '内', '分']),
        None => !behind.starts_with(|c: char| c.is_alphanumeric() || "「『“‘《".contains(c)),
    };
    if before.ends_with(|c| SOUNDS.contains(c)) {
        return (goes_on || ends) && !WORDS.iter().any(|word| before.ends_with(word));
    }
    if !before.ends_with(|c| FIRST.contains(c)) {
        return false;
    }
    // 那祇, 利祇: of these the clause must speak.
    let is_rare = !before.ends_with(['那', '利', '須', '须']);
    // 維祇難: what the clause begins with says nothing of 只.
    let begins = || !before.chars().rev().nth(1).is_some_and(is_han);
    is_rare && (ends || goes_on && begins())
        || goes_on && (is_gloss(behind) || has_near(before, behind, &TEACHING))
}

/// Whether a word of one more character ends here, which a bracket has in Latin letters: 沙祇多(Sāketa)
fn is_gloss(behind: &str) -> bool {
    let mut rest = behind.chars().skip(1);
    matches!(rest.next(), Some('(' | '（'))
        && rest.next().is_some_and(|c| !is_han(c) && c.is_alphabetic())
}

/// Whether 昇 before this begins the name of a processor, with its number or the like.
fn is_product(behind: &str) -> bool {
    let rest = behind.strip_prefix(['腾', '騰']);
    rest.is_some_and(|rest| {
        rest.trim_start()
            .starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}
