//! The grammar of English sentences that hold a Chinese word or two: what tells them from Chinese sentences with English
//! names in them.

use super::context::{first, is_ideograph, last};
use super::mask::is_hidden;
use jianti_text::chars::Chars;

/// What a word is to an English sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// A name, or nothing yet.
    #[default]
    Other,
    /// Who does something: a verb follows.
    Subject,
    /// What sentences alone have: is, his, not, when
    Binding,
    /// What a verb follows: do, not, can
    Modal,
    /// Whom something is done to: what follows is no part of its clause.
    Object,
    /// What names have, too: Docker Desktop for Windows
    Joint,
    /// What joins one of two: and, or
    Choice,
    /// What only leads to a noun: a
    Article,
    /// What an order or a note of changes begins with: see, fixed
    Verb,
    /// A word in small letters, as names of several words hardly have.
    Content,
    /// Such a word behind a subject: I live, we saw old
    Predicate,
    /// A part of a number or of a program's name.
    Part,
    /// A run of Chinese.
    Chinese,
}

const SUBJECTS: [&str; 9] = [
    "I", "he", "she", "they", "we", "people", "everyone", "someone", "nobody",
];

/// Who does something at a sentence's beginning or in a question, and has it done elsewhere.
const FIRST_SUBJECTS: [&str; 2] = ["it", "you"];

/// Whom something is done to.
const OBJECTS: [&str; 6] = ["it", "me", "them", "us", "you", "him"];

const MODALS: [&str; 19] = [
    "can", "cannot", "could", "couldn", "did", "didn", "do", "does", "doesn", "don", "must",
    "never", "not", "please", "shall", "should", "will", "won", "would",
];

const BINDING: [&str; 42] = [
    "am", "are", "be", "because", "been", "being", "but", "had", "has", "have", "her", "his",
    "how", "if", "is", "isn", "its", "my", "our", "so", "that", "their", "then", "there", "these",
    "this", "those", "unless", "until", "was", "wasn", "were", "what", "when", "where", "whether",
    "which", "while", "who", "whose", "why", "your",
];

const JOINTS: [&str; 42] = [
    "about",
    "across",
    "after",
    "against",
    "along",
    "around",
    "behind",
    "beside",
    "inside",
    "near",
    "toward",
    "an",
    "as",
    "at",
    "before",
    "between",
    "both",
    "by",
    "called",
    "during",
    "either",
    "for",
    "from",
    "in",
    "into",
    "like",
    "means",
    "named",
    "of",
    "on",
    "over",
    "than",
    "the",
    "to",
    "under",
    "using",
    "via",
    "with",
    "within",
    "without",
    "starring",
    "featuring",
];

/// Orders that no name of a thing in a Chinese sentence begins with.
const ORDERS: [&str; 27] = [
    "add",
    "avoid",
    "choose",
    "click",
    "ensure",
    "fix",
    "generate",
    "give",
    "go",
    "handle",
    "implement",
    "improve",
    "let",
    "made",
    "make",
    "please",
    "prevent",
    "refactor",
    "remove",
    "rename",
    "replace",
    "revert",
    "see",
    "shown",
    "use",
    "welcome",
    "written",
];

/// What Chinese sentences have, and short words beside English ones have not.
static SENTENCE: Chars =
    Chars::of("这這那请請了吗嗎吧呢啊哦嘛我您他她它们們很都也就还還没沒的不是把被让讓给給谢謝");

/// The same in two characters: what is asked about an English message, and what a title or a rule in English is called.
const PHRASES: [&str; 20] = [
    "怎么", "怎麼", "一下", "禁止", "错误", "錯誤", "报错", "報錯", "异常", "異常", "原则", "原則",
    "约束", "約束", "语句", "語句", "系列", "影评", "影評", "套装",
];

/// What holds longer ones together, and stands in hardly any name.
static CLAUSE: Chars = Chars::of("在和与與到后後再你为為太因所但而如若或及将將已从從");

/// What stands alone between English words in Chinese sentences.
static ALONE: Chars = Chars::of("有個个等和與与及或用在到對对為为會会要能可讓做作以並并");

/// What was seen of a sentence's grammar, word by word.
#[derive(Default)]
pub struct Grammar {
    /// How much of it is English: two for a word that only sentences have, one for what names have, too.
    points: usize,
    /// Words of ASCII letters, and runs of Chinese.
    words: usize,
    runs: usize,
    /// What stands in front, and in front of that.
    previous: Kind,
    before: Kind,
    has_content: bool,
    /// Whether the last word gives a name: they call it
    is_naming: bool,
    /// Whether a word like "this" or "the" begins it.
    is_determined: bool,
    /// Whether English grammar leads to the last run of Chinese, and to all of them.
    is_led: bool,
    are_led: bool,
    /// Runs with words of Chinese grammar, and whether the last one has any.
    sentences: usize,
    is_sentence: bool,
    /// Runs with a mark in front, or with one behind to which no English grammar leads.
    parted: usize,
    /// Those of them behind a colon: see Wiki: 說明
    labelled: usize,
    /// Whether a capital letter begins it, or an order.
    is_begun: bool,
    /// The longest run, characters.
    longest: usize,
}

impl Grammar {
    /// Takes the next word, which stands between these.
    pub fn word(&mut self, before: &str, word: &str, after: &str) {
        let kind = self.kind(before, word, after);
        self.points += match kind {
            Kind::Subject | Kind::Modal | Kind::Binding | Kind::Object | Kind::Verb => 2,
            Kind::Joint | Kind::Choice => 1,
            Kind::Content | Kind::Predicate if !self.has_content => 1,
            _ => 0,
        };
        self.has_content |= matches!(kind, Kind::Content | Kind::Predicate);
        self.is_naming = ["call", "calls", "called"].contains(&word);
        self.is_determined |= self.words == 0
            && ["the", "this", "that", "these", "those", "my", "our", "your"]
                .iter()
                .any(|first| first.eq_ignore_ascii_case(word));
        self.is_begun |= self.words == 0
            && (kind == Kind::Verb || word.starts_with(|c: char| c.is_ascii_uppercase()));
        self.words += 1;
        // G4A-U08 is no word.
        if kind != Kind::Part {
            self.follow(kind);
        }
    }

    fn kind(&self, before: &str, word: &str, after: &str) -> Kind {
        let is = |list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(word));
        let is_small = |word: &str| word.bytes().all(|c| c.is_ascii_lowercase());
        let is_first = self.words == 0 && self.runs == 0;
        let verb_follows = || {
            let verb = after.strip_prefix(' ').unwrap_or(after);
            after.starts_with('\'')
                || verb.len() < after.len() && verb.starts_with(|c: char| c.is_ascii_lowercase())
        };
        // config.yml and user-name are names of programs.
        let is_apart = before
            .chars()
            .next_back()
            .is_none_or(|c| " \"'([*".contains(c))
            && match after.as_bytes() {
                [b'.' | b'!' | b'?' | b':', next, ..] => !next.is_ascii_alphanumeric(),
                [next, ..] => b" ,;\"')]*.!?:".contains(next),
                [] => true,
            };
        // I'm, it's; don't, Tom's
        let is_short = before.ends_with(['\'', '’']) && word.len() < 3 && self.words > 0;
        match () {
            () if is_short && word != "t" && self.previous == Kind::Subject => Kind::Binding,
            () if is_short || !is_apart => Kind::Part,
            // The, not THE.
            // Nor within a title: Taking Care Of
            () if !is_small(&word[1..]) || !is_first && word != "I" && !is_small(word) => {
                Kind::Other
            }
            () if word == "a" => Kind::Article,
            () if is(&SUBJECTS) && (word != "i" && word != "I" || verb_follows()) => Kind::Subject,
            // Do you know
            () if (is_first || matches!(self.previous, Kind::Modal | Kind::Binding))
                && is(&FIRST_SUBJECTS)
                && verb_follows() =>
            {
                Kind::Subject
            }
            () if word.len() > 1 && is_first && (is(&ORDERS) || is_participle(word)) => Kind::Verb,
            () if is(&MODALS) => Kind::Modal,
            () if word.len() > 1 && is(&BINDING) => Kind::Binding,
            () if is(&OBJECTS) && self.is_naming => Kind::Binding,
            () if is(&OBJECTS) => Kind::Object,
            () if is(&["and", "or"]) => Kind::Choice,
            () if is(&JOINTS) => Kind::Joint,
            () if word.len() < 2 || !is_small(word) => Kind::Other,
            () if self.awaits_verb() => Kind::Predicate,
            // This version supports
            () if self.is_determined && self.has_content && word.ends_with(['s', 'd']) => {
                Kind::Predicate
            }
            () => Kind::Content,
        }
    }

    fn awaits_verb(&self) -> bool {
        matches!(self.previous, Kind::Subject | Kind::Modal | Kind::Predicate)
    }

    /// Takes the next run of Chinese, which stands between what parts it from the word in front and what is behind.
    pub fn chinese(&mut self, parting: &str, run: &str, after: &str) {
        /// Marks that no English word and a Chinese one beside it have between them.
        const PARTING: [char; 14] = [
            ',', ';', ':', '，', '；', '：', '、', '/', '|', '=', '—', '-', '(', '（',
        ];
        let is_parted = parting.contains(PARTING);
        let length = run.chars().count();
        let is_sentence = is_clause(run);
        // 相差多少 or 合起来是多少: what is said or written in one of two ways.
        let is_choice = self.previous == Kind::Choice && self.before == Kind::Chinese && !is_parted;
        if is_choice {
            self.sentences -= usize::from(self.is_sentence);
        }
        self.is_sentence = is_sentence && !is_choice;
        self.sentences += usize::from(self.is_sentence);
        let leads = match self.previous {
            Kind::Modal | Kind::Binding | Kind::Joint | Kind::Choice => {
                self.points += usize::from(!is_parted);
                true
            }
            Kind::Article | Kind::Predicate => true,
            _ => false,
        };
        self.is_led = leads && !is_parted;
        self.are_led = self.is_led && (self.are_led || self.runs == 0);
        let is_apart = !self.is_led && after.starts_with([',', ';', ':', '，', '；', '：']);
        self.parted += usize::from(is_parted || is_apart);
        self.labelled += usize::from(parting == ": " && !is_apart);
        self.runs += 1;
        self.longest = self.longest.max(length);
        self.follow(Kind::Chinese);
    }

    /// How much of the sentence is English.
    pub fn points(&self) -> usize {
        self.points
    }

    /// Whether English grammar leads to the last run of Chinese.
    pub fn is_led(&self) -> bool {
        self.is_led
    }

    fn follow(&mut self, kind: Kind) {
        self.before = std::mem::replace(&mut self.previous, kind);
    }

    /// Whether the sentence is English, and its Chinese only a word of it. `listed` runs stand one behind the other as names in a
    /// list do; `goes_on` says that an English sentence follows.
    pub fn is_english(&self, listed: usize, goes_on: bool) -> bool {
        /// Longer runs are sentences, or what English leads to may be a long name.
        const LONGEST: usize = 6;
        const LONGEST_LED: usize = 10;
        /// What is told by less may be a name, or words of a program.
        const LEAST: usize = 3;
        let is_begun = self.is_begun || goes_on;
        let least = if is_begun { LEAST } else { LEAST + 1 };
        let longest = if self.are_led { LONGEST_LED } else { LONGEST };
        self.points + usize::from(goes_on) >= least
            && self.words > 1
            // for 循環, while 循環
            && self.words + listed > self.runs
            && (self.has_content || is_begun)
            && self.sentences == 0
            && (self.parted == listed || goes_on && self.parted == self.labelled)
            && self.longest <= longest
            && (self.is_led || goes_on || self.previous != Kind::Chinese)
    }
}

/// Whether a run of Chinese has words of Chinese grammar.
pub fn is_clause(run: &str) -> bool {
    let length = run.chars().count();
    // 成都 is a name.
    let words = run.strip_suffix('都').unwrap_or(run);
    words.contains(|c| SENTENCE.contains(c))
        || length > 1 && PHRASES.iter().any(|phrase| words.contains(phrase))
        || length > 2 && words.contains(|c| CLAUSE.contains(c))
        || length == 1 && words.contains(|c| ALONE.contains(c))
}

/// Whether a word tells what was done: fixed, translated. Not speed.
pub fn is_participle(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")
}

/// Whether a run of Chinese between these is a name that is quoted, or what a link is called, and no part of the sentence's
/// grammar: "文件", [Wiki: 文件]
pub fn is_quoted(before: &str, after: &str) -> bool {
    /// No name is longer, bytes.
    const LONGEST: usize = 64;
    let far = before.len().saturating_sub(LONGEST);
    let near = &before[before.ceil_char_boundary(far)..];
    let part = |c: char| is_ideograph(c) || c.is_ascii_alphanumeric() || " :-_.".contains(c);
    let front = near.trim_end_matches(part);
    let behind = after.trim_start_matches(part);
    // What a format hides stands around the words of a link.
    let (opening, closing) = (last(front), first(behind));
    opening.is_some_and(is_hidden) && closing.is_some_and(is_hidden)
        || matches!(
            (opening, closing),
            (Some('['), Some(']')) | (Some('"'), Some('"')) | (Some('“'), Some('”'))
        )
}
