//! 沈 as a surname, where it and what stands behind it would make a word with 沉: 沈静女士, 作者：沈思, 沈浮（1905—1994）.
//!
//! What stands beside such a name must tell a person: a title, years of life, the label of a form, others' names. In a
//! simplified sentence 沈 is written for 沉 by mistake alone, so that less tells one there.

use jianti_data::choice::fold;
use jianti_text::chars::is_han;
use jianti_text::lines::front;

use super::document::Document;
use super::lexicon::Choice;
use super::lives;
use super::persons;

/// How far the line is looked at to each side, bytes.
const REACH: usize = 160;
/// How many Han characters behind 沈 are looked at.
const RUN: usize = 12;
/// The longest given name, characters.
const LONGEST: usize = 2;
/// What a character costs at most that may end a given name where no more tells one.
const GIVEN: u32 = 72;
/// What no given name begins with, though words with 沉 go on so: 沉没, 沉声.
const NO_GIVEN: &str = "沈沉没陷痛淀浸闷沦甸疴渣箱湎溺降迷船冤底入住到进下不得了过地的于声脸腰气肩";
/// What ends no given name, as it goes on behind a word: 沉睡中, 沉思时.
const NO_END: &str = "中之上下时后里间如而无不起了着过地的得于在和与是就也都还又一已这那我你他她很多久者家人说道问答曰";
/// What stands before 沉 in words: 低沉, 消沉.
const BEFORE_WORD: &str = "深低消阴昏浮死灰暮";
/// What makes another word of a title, or that of many: 沉重记者会, 沉默老师们.
const NO_TITLE: &str = "们会物处站团";
/// Titles that stand behind names that are spelt out, beside those of [`persons`].
const TITLES: [&str; 10] = [
    "警官", "教练", "大师", "道长", "掌柜", "大侠", "秘书", "行长", "社长", "船长",
];
/// What is told of somebody, and not how somebody does it (沉默回应).
const REPORTED: [&str; 18] = [
    "辩称", "诉称", "供称", "宣读", "认为", "指出", "透露", "强调", "坦言", "担任", "出任", "曾任",
    "现任", "毕业", "逝世", "去世", "病逝", "当选",
];
/// The same of what words with 沉 may do, too: 沉默获奖.
const REPORTED_SIMPLIFIED: [&str; 8] = [
    "表示", "介绍", "告诉", "出生", "生于", "报道", "主演", "饰演",
];
/// The same of what tells of a silence, and not of somebody called so, where nothing that is said follows: 沉默透露出不安.
const TELLING: [&str; 5] = ["透露", "强调", "指出", "表示", "告诉"];
/// Verbs of saying.
const SAID: &str = "说道问答曰";
/// How somebody speaks who is told of before (沉吟道), in either script, and at most in a simplified sentence.
const MANNERS: &str = "吟思默重着静稳缓";
const MANNERS_SIMPLIFIED: &str = "吟思";
/// Verbs with 沉, and what goes on behind them and behind no name: 沉思片刻, 沉睡在.
const VERBS: &str = "默思吟睡醉浮积寂";
const BEHIND_VERB: &str = "了着过地得下起片许半良多已无不寡在于道";
/// The same behind what tells how something is: 沉重的.
const BEHIND_QUALITY: &str = "的地得了下起而又";
/// What forms and title pages have before a name, beside what [`persons`] has.
const LABELS: [&str; 41] = [
    "作者",
    "著者",
    "译者",
    "编者",
    "编辑",
    "责编",
    "主编",
    "校对",
    "审核",
    "撰文",
    "供图",
    "摄影",
    "编剧",
    "主演",
    "监制",
    "作词",
    "作曲",
    "演唱",
    "姓名",
    "联系人",
    "负责人",
    "经办人",
    "申请人",
    "申诉人",
    "上诉人",
    "委托人",
    "监护人",
    "代表人",
    "收件人",
    "寄件人",
    "收货人",
    "原告",
    "被告",
    "户主",
    "签字",
    "签名",
    "签收",
    "文",
    "图",
    "词",
    "曲",
];

/// A name that 沈 begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// How many characters the given name has; none before a title.
    pub given: usize,
    /// Whether it is one in text of either script, and not only in a simplified sentence.
    pub surely: bool,
}

/// What may be a given name behind a surname.
pub(super) struct Given<'t> {
    /// How many characters it has.
    length: usize,
    /// The line in front of the surname.
    before: &'t str,
    /// What stands behind the name.
    tail: &'t str,
    /// The Han characters behind the surname, folded.
    run: &'t [char],
}

impl Choice {
    /// Whether the name of a person begins with the 沈 at byte `at`, and how sure that is, if there is doubt.
    pub(super) fn is_shen(
        &self,
        text: &str,
        at: usize,
        document: &Document,
        simplified: impl Fn() -> bool,
    ) -> Option<Option<u8>> {
        /// How sure a name is that little tells, percent.
        const LIKELY: u8 = 75;
        let behind = &text[at + '沈'.len_utf8()..];
        match self.shen(&text[..at], behind, simplified) {
            Some(name) => Some((!name.surely).then_some(LIKELY)),
            None => goes_on(behind, &document.told(self).among_words).then_some(Some(LIKELY)),
        }
    }

    /// The name that 沈 between these begins, if anything beside it on its line tells one; `simplified` tells whether the
    /// sentence is.
    fn shen(&self, before: &str, behind: &str, simplified: impl Fn() -> bool) -> Option<Named> {
        let (before, behind) = on_line(before, behind);
        self.shen_among_cells(before, behind, simplified)
    }

    /// The same where lines are the cells of a record.
    pub(super) fn shen_among_cells(
        &self,
        before: &str,
        behind: &str,
        simplified: impl Fn() -> bool,
    ) -> Option<Named> {
        let (before, behind) = (last_bytes(before), front(behind, REACH));
        let run = run(behind);
        if is_captain(before, &run, behind, &simplified) {
            return Some(Named {
                given: 0,
                surely: true,
            });
        }
        let last = before.chars().next_back().map(fold);
        if last.is_some_and(|c| BEFORE_WORD.contains(c)) {
            return None;
        }
        let first = run.first().filter(|c| !NO_GIVEN.contains(**c))?;
        let is_given = |length: &usize| {
            *length <= run.len()
                && match *length {
                    // 沉睡老师: nobody is called 睡.
                    1 => *first != '睡',
                    _ => !NO_END.contains(run[*length - 1]),
                }
        };
        let lengths = (1..=LONGEST).filter(is_given);
        let names = lengths.map(|length| Given::new(length, before, behind, &run));
        let names: Vec<Given> = names.collect();
        let surely = names
            .iter()
            .find(|name| name.is_told() || self.is_labelled(name) || self.is_in_row(name));
        if let Some(name) = surely {
            return Some(Named {
                given: name.length,
                surely: true,
            });
        }
        if !simplified() {
            return None;
        }
        let likely = names.iter().rev().find(|name| {
            name.is_likely(*first) || self.stands_beside_person(name) || self.is_long_name(name)
        });
        likely.map(|name| Named {
            given: name.length,
            surely: false,
        })
    }

    /// Whether a form's label stands before the name, and no word with 沉 is what it labels: 姓名：沈思, but 名字：沈積岩
    fn is_labelled(&self, name: &Given) -> bool {
        let is_word = || match name.run[..name.length] {
            [first, second] => self.is_any_word(&['沉', first, second]),
            _ => false,
        };
        name.is_labelled() && !is_word()
    }

    /// Whether names of persons stand beside the name in a row: 张三、李四、沈静、王五
    pub(super) fn is_in_row(&self, name: &Given) -> bool {
        /// How many of them tell it.
        const ENOUGH: usize = 2;
        /// What a surname costs at most that begins no words like those with 沉 (王, 李, but not 高雅).
        const OFTEN: u32 = 36;
        let is_one = |item: &&str| {
            let chars: Vec<char> = item.chars().map(fold).collect();
            let surname = chars.get(..1).and_then(|first| self.names.surname(first));
            let is_often = surname.is_some_and(|cost| cost <= OFTEN);
            chars.len() <= 3 && self.is_person(item) && (is_often || !self.is_word(&chars))
        };
        let front = name.before.strip_suffix('、');
        let ends = name
            .tail
            .chars()
            .next()
            .is_none_or(|c| !is_han(c) || "等和与".contains(c));
        let back = name.tail.strip_prefix('、');
        let is_apart = |c: char| !is_han(c);
        let before = front.map(|front| front.rsplit(is_apart).take_while(is_one).count());
        let behind = back.map(|back| {
            let items = back.split(|c| is_apart(c) || "等和与與都在".contains(c));
            items.take_while(is_one).count()
        });
        let begins = front.is_some() || !name.before.ends_with(is_han);
        begins && ends && before.unwrap_or(0) + behind.unwrap_or(0) >= ENOUGH
    }

    /// Whether another person is named behind 和: 沈静和王芳是同学
    pub(super) fn stands_beside_person(&self, name: &Given) -> bool {
        let run = &name.run[name.length..];
        let Some(('和' | '与' | '及' | '跟', other)) =
            run.split_first().map(|(c, rest)| (*c, rest))
        else {
            return false;
        };
        name.begins()
            && (2..=3).any(|length| {
                let ends = other
                    .get(length)
                    .is_none_or(|c| persons::BEHIND.contains(*c) || "都是两同".contains(*c));
                other.len() >= length && ends && {
                    let person: String = other[..length].iter().collect();
                    self.is_person(&person) && !self.is_word(&other[..length])
                }
            })
    }

    /// Whether a given name of two characters goes beyond the word that it begins with, and none begins with its end:
    /// 沈吟秋在门口, but 沈香木很贵, 沈静湖面.
    fn is_long_name(&self, name: &Given) -> bool {
        /// What goes on behind somebody, beside [`persons::BEHIND`].
        const GOES_ON: &str = "很没又已不都正从到进出站坐走笑拿把被有";
        let (given, rest) = name.run.split_at(name.length);
        let &[first, second] = given else {
            return false;
        };
        let is_often = self.names.given(second).is_some_and(|cost| cost <= GIVEN);
        let next = rest.first();
        let begins_word = next.is_some_and(|next| self.is_word(&[second, *next]));
        let ends = next.is_some_and(|c| persons::BEHIND.contains(*c) || GOES_ON.contains(*c));
        is_often
            && (ends || name.is_called())
            && first != '香'
            && !begins_word
            && !self.is_word(&['沉', first, second])
            && !self.is_word(given)
            && name.begins()
    }
}

impl<'t> Given<'t> {
    /// So many characters between these, behind which `run` goes on.
    pub(super) fn new(
        length: usize,
        before: &'t str,
        behind: &'t str,
        run: &'t [char],
    ) -> Given<'t> {
        let end = behind
            .char_indices()
            .nth(length)
            .map_or(behind.len(), |(at, _)| at);
        Given {
            length,
            before,
            tail: &behind[end..],
            run,
        }
    }

    /// Whether what stands beside it tells a name in either script.
    pub(super) fn is_told(&self) -> bool {
        let begins = self.begins();
        self.is_entitled()
            || lives::has_life(self.tail)
            || lives::has_sex(self.tail)
            || begins && (lives::has_other_name(self.tail) || self.is_reported(&REPORTED, MANNERS))
            || begins
                && self.says(
                    |said| said.starts_with(|c| "：:，,“「".contains(c)),
                    MANNERS,
                )
            || self.is_called_apart()
            || self.is_called_so()
    }

    /// Whether what stands beside it tells one in a simplified sentence, where `first` is the given name's first character.
    fn is_likely(&self, first: char) -> bool {
        // 老师沉着脸走了
        if first == '着' {
            return false;
        }
        let is_verb = VERBS.contains(first) && self.length == 1;
        let next = self.run.get(self.length).copied();
        let goes_on = |list: &str| next.is_some_and(|c| list.contains(c));
        let is_predicate = match is_verb {
            true => goes_on(BEHIND_VERB),
            false => goes_on(BEHIND_QUALITY),
        };
        let is_called = self.length == 1 && self.is_called() && !is_predicate;
        let says =
            |said: &str| said.starts_with(|c: char| !is_han(c) || "他她我这那自".contains(c));
        is_called
            || self.is_introduced()
            || self.begins()
                && (self.is_reported(&REPORTED, MANNERS_SIMPLIFIED)
                    || self.is_reported(&REPORTED_SIMPLIFIED, MANNERS)
                    || self.says(says, MANNERS_SIMPLIFIED)
                    || self.is_somebody())
    }

    /// Whether a name may begin in front: with a clause, or behind what a person is called by.
    pub(super) fn begins(&self) -> bool {
        let is_party = || {
            ["原告", "被告"]
                .iter()
                .any(|party| self.before.ends_with(party))
        };
        !self.before.ends_with(is_han) || self.is_called() || is_party()
    }

    fn is_called(&self) -> bool {
        persons::end_in_calling(&last_han(self.before))
    }

    /// Whether it is set apart behind what the person is called by: （记者 沈静 通讯员 李明）
    fn is_called_apart(&self) -> bool {
        let front = self.before.trim_end_matches([' ', '\u{3000}']);
        front.len() < self.before.len()
            && (persons::end_in_calling(&last_han(front)) || ends_in_label(front))
            && !self.tail.starts_with(is_han)
    }

    /// Whether somebody is told to be called so, by a given name of two characters: 她叫沈默然，
    fn is_called_so(&self) -> bool {
        const CALLED: [&str; 5] = ["我叫", "他叫", "她叫", "名叫", "就叫"];
        let ends = !self.tail.starts_with(is_han);
        self.length > 1 && ends && CALLED.iter().any(|called| self.before.ends_with(called))
    }

    /// Whether somebody introduces himself: 我是沈静，请多关照。
    fn is_introduced(&self) -> bool {
        const SAID: [&str; 6] = ["请", "很高兴", "来自", "今年", "一名", "一个"];
        let rest = self.tail.strip_prefix(['，', ',']);
        self.before.ends_with("我是")
            && rest.is_some_and(|rest| SAID.iter().any(|said| rest.trim_start().starts_with(said)))
    }

    /// Whether a form's label stands before it, and nothing more behind it: 作者：沈思
    pub(super) fn is_labelled(&self) -> bool {
        let front = self.before.trim_end_matches([' ', '\u{3000}']);
        let Some(front) = front.strip_suffix(['：', ':', '/', '／']) else {
            return false;
        };
        let next = self.tail.chars().next();
        let front = front.trim_end_matches([' ', '\u{3000}']);
        match ends_in_label(front) {
            true => next.is_none_or(|c| !is_han(c)),
            // Behind who speaks a word may be all that is said: 老师：沉默。
            false => {
                next.is_none_or(|c| " \u{3000}\t\r\n、/／;；".contains(c))
                    && persons::end_in_calling(&last_han(front))
            }
        }
    }

    /// Whether a title stands behind it.
    fn is_entitled(&self) -> bool {
        let title = &self.run[self.length..];
        let text: String = title.iter().take(2).collect();
        let is_one = title.first() != Some(&'某') && persons::begin_with_title(title)
            || TITLES.contains(&text.as_str());
        is_one && !title.get(2).is_some_and(|c| NO_TITLE.contains(*c))
    }

    fn is_reported(&self, verbs: &[&str], manners: &str) -> bool {
        let verb: String = self.run[self.length..].iter().take(2).collect();
        let is_said = || {
            let rest = self.tail.strip_prefix(verb.as_str());
            !TELLING.contains(&verb.as_str())
                || !VERBS.contains(self.run[0])
                || rest.is_some_and(|rest| !rest.starts_with(is_han))
        };
        verbs.contains(&verb.as_str())
            && (self.length > 1 || !manners.contains(self.run[0]) && is_said())
    }

    /// Whether somebody says what `is_said` takes, and not in such a manner.
    fn says(&self, is_said: impl Fn(&str) -> bool, manners: &str) -> bool {
        let mut rest = self.tail.chars();
        let is_verb = rest.next().is_some_and(|c| SAID.contains(fold(c)));
        is_verb && (self.length > 1 || !manners.contains(self.run[0])) && is_said(rest.as_str())
    }

    /// Whether it is told who that is: 沈浮是著名导演
    pub(super) fn is_somebody(&self) -> bool {
        let clause = &self.run[self.length..];
        let is_whole = clause.len() + self.length < RUN;
        is_whole
            && clause.first() == Some(&'是')
            && (persons::end_in_calling(&clause[1..]) || clause.ends_with(&['人']))
    }
}

/// What stands on the line around a place, as far as it is looked at.
pub(super) fn on_line<'t>(before: &'t str, behind: &'t str) -> (&'t str, &'t str) {
    let before = last_bytes(before).rsplit('\n').next().unwrap_or_default();
    let behind = front(behind, REACH).split('\n').next().unwrap_or_default();
    (before, behind)
}

/// The Han characters that a text begins with, folded, as far as they are looked at.
pub(super) fn run(text: &str) -> Vec<char> {
    let characters = text.chars().take_while(|c| is_han(*c));
    characters.take(RUN).map(fold).collect()
}

/// The end of a text, as far as it is looked at.
fn last_bytes(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..]
}

/// Whether one of these names goes on behind 沈, and no word does that begins alike: 沈静很高兴, but 沉静的夜.
fn goes_on(behind: &str, names: &[Vec<char>]) -> bool {
    names.iter().any(|given| {
        let mut rest = behind.chars().map(fold);
        let is_it = given.iter().all(|c| rest.next() == Some(*c));
        let mut is_word = || rest.next().is_some_and(|c| "了着过地得的在于".contains(c));
        is_it && (given.len() > 1 || !is_word())
    })
}

/// The last Han characters of a text, folded, as many as what a person is called by has.
fn last_han(text: &str) -> Vec<char> {
    let mut last: Vec<char> = text
        .chars()
        .rev()
        .take(3)
        .take_while(|c| is_han(*c))
        .map(fold)
        .collect();
    last.reverse();
    last
}

/// Whether a text ends in the label of a form; one of a single character stands alone.
fn ends_in_label(text: &str) -> bool {
    let last = last_han(text);
    let role: String = last.iter().collect();
    LABELS.iter().any(|label| match label.chars().nth(1) {
        Some(_) => role.ends_with(label),
        None => role == *label,
    })
}

/// Whether 沈船长 is somebody: 沈船长站在甲板上, but 沈船長三十米, 沈船長年埋在海底.
fn is_captain(before: &str, run: &[char], behind: &str, simplified: impl Fn() -> bool) -> bool {
    const SHIPS: &str = "艘条只古现捞探寻找拖";
    const NUMBERS: &str = "一二两三四五六七八九十百千几数约达";
    const UNITS: &str = "米尺英丈公寸里厘余多";
    const ACTS: &str = "站坐走笑点摇叹下命先正立马忙";
    /// What goes on where the ship, or what grows there, is long.
    const LONG: &str = "年期度满了着眠约达短宽";
    let [first, second, rest @ ..] = run else {
        return false;
    };
    let last = before.chars().next_back().map(fold);
    if (*first, *second) != ('船', '长') || last.is_some_and(|c| SHIPS.contains(c)) {
        return false;
    }
    let Some(next) = rest.first() else {
        let mark = behind.chars().nth(2);
        return !mark.is_some_and(|c| c.is_alphanumeric()) && last != Some('的');
    };
    if simplified() {
        let unit = rest.iter().find(|c| !NUMBERS.contains(**c));
        let is_measured = NUMBERS.contains(*next) && unit.is_some_and(|c| UNITS.contains(*c));
        return !LONG.contains(*next) && !is_measured;
    }
    let acts = persons::BEHIND.contains(*next) && !"的在也".contains(*next) || ACTS.contains(*next);
    acts && last != Some('的')
}
