//! Straight quotation marks: " and ' around Chinese text are marks of it.

use super::context::{first, is_chinese, is_ideograph, last};
use super::emphasis;
use super::filled;
use super::follows::follows_chinese;
use super::mask::MASK;
use super::mixed;
use jianti_formats::is_kept_out;
use jianti_text::chars::Chars;

/// What straight quotation marks of a line become, by their places in ascending order. Those that are left alone are not
/// among them: all of a line whose marks are no pairs or in which a program quotes, and those of measures. `is_protected`
/// tells places that are no text.
pub fn curly(line: &str, mut is_protected: impl FnMut(usize) -> bool) -> Vec<(usize, char)> {
    let mut found = double(line, &mut is_protected);
    found.extend(single(line, is_protected));
    found.sort_by_key(|(at, _)| *at);
    found
}

fn double(line: &str, mut is_protected: impl FnMut(usize) -> bool) -> Vec<(usize, char)> {
    // Most lines that quote have nothing Chinese between their marks.
    let bytes = line.as_bytes();
    let ends = memchr::memchr(b'"', bytes).zip(memchr::memrchr(b'"', bytes));
    let may_quote = |(first, last): (usize, usize)| {
        // What stands behind Chinese text may be a foreign title, or closed or opened by another mark.
        let front = line[..first].trim_end_matches(' ').trim_end_matches(MARKS);
        first == last
            || front.bytes().last().is_none_or(|byte| !byte.is_ascii())
            || !line[first..last].is_ascii() && line[first..last].contains(is_ideograph)
    };
    // <TEXT> "确认" </TEXT>: a reader of values takes them for its own.
    let is_value = || line.starts_with(" \"") && line.ends_with("\" ");
    if !ends.is_some_and(may_quote) || is_value() {
        return Vec::new();
    }
    let mut mixed = mixed::marks(line);
    mixed.retain(|(at, _)| !is_protected(*at));
    mixed.sort_unstable();
    let has_escapes = memchr::memchr(b'\\', bytes).is_some();
    let mut marks: Vec<usize> = Vec::new();
    for at in memchr::memchr_iter(b'"', bytes) {
        let before = &line[..at];
        // \", and \*(L" of roff.
        if has_escapes && before.chars().rev().take(4).any(|c| c == '\\') {
            return Vec::new();
        }
        let is_inch =
            marks.len().is_multiple_of(2) && last(before).is_some_and(|c| c.is_ascii_digit());
        let is_mixed = mixed.binary_search_by_key(&at, |(at, _)| *at).is_ok();
        if !is_inch && !is_mixed && !is_protected(at) {
            marks.push(at);
        }
    }
    if !marks.len().is_multiple_of(2) {
        return mixed;
    }
    let pairs = marks
        .chunks(2)
        .map(|pair| Pair::new(line, pair[0], pair[1]));
    let pairs: Vec<Pair> = pairs.collect();
    let chinese = || pairs.iter().filter(|pair| pair.holds_chinese);
    if chinese().any(|pair| pair.is_code() || pair.is_inverted()) {
        return mixed;
    }
    let quotes = chinese().any(Pair::is_quotation);
    let is_beside = |pair: &Pair| pair.is_word() && pair.is_among_chinese() && !pair.is_code();
    let is_quoted = |pair: &Pair| quotes && (pair.holds_chinese || is_beside(pair));
    // Marks of one kind on a line, or what a program quotes would stand beside titles with others.
    let phrases = pairs.iter().all(|pair| {
        pair.holds_chinese
            || is_quoted(pair)
            || pair.is_foreign_phrase()
            || pair.is_filled_in()
            || pair.is_term()
            || pair.is_said()
    });
    // Most quote what a program is given.
    if !quotes && !phrases {
        return mixed;
    }
    let is_prose = phrases && !line.contains(TECHNICAL);
    // What else is quoted beside a Chinese quotation has the marks that it has.
    let is_like = |pair: &&Pair| {
        let is_phrase = |pair: &Pair| pair.is_foreign_phrase() || pair.is_filled_in();
        is_quoted(pair)
            || phrases && (is_phrase(pair) || is_prose && (pair.is_term() || pair.is_said()))
    };
    let marks = pairs.iter().filter(is_like);
    marks
        .flat_map(|pair| [(pair.start, '“'), (pair.end, '”')])
        .chain(mixed)
        .collect()
}

/// Marks that may become Chinese ones before a quotation.
const MARKS: [char; 14] = [
    ',', ':', ';', '.', '?', '!', '(', '﹐', '﹒', '﹔', '﹕', '﹖', '﹗', '﹚',
];

/// Values that programs are given.
const VALUES: [&str; 6] = ["true", "false", "none", "null", "nil", "nan"];

/// What stands before values and names that programs are given.
const BEFORE_VALUES: [&str; 20] = [
    "设为",
    "設為",
    "设成",
    "設成",
    "值",
    "值为",
    "值為",
    "值是",
    "返回",
    "传回",
    "傳回",
    "变量",
    "變數",
    "串",
    "文件名",
    "檔名",
    "名为",
    "名為",
    "输入",
    "輸入",
];

/// What stands on lines that quote what programs are given.
const TECHNICAL: [char; 12] = ['`', '=', '<', '>', '{', '}', '\\', '$', '|', '_', '%', '/'];

/// Whether a quotation that begins with the one mark ends with the other.
pub fn closes(opening: char, closing: char) -> bool {
    matches!((opening, closing), ('“', '”') | ('‘', '’'))
}

/// How many spaces a mark takes along that closes a quotation: the one before Chinese text or a mark of it ("你好" 他說), and
/// two behind a sentence ("你好,"  他說), which another quotation may follow.
pub fn gap(before: &str, mark: char, after: &str) -> usize {
    let ends_sentence = before.ends_with([',', '.', '?', '!', '，', '。', '？', '！', '…']);
    let rest = after.trim_start_matches(' ');
    let spaces = after.len() - rest.len();
    let goes_on = |c: char| is_chinese(c) || ends_sentence && c == '"';
    let takes = matches!(mark, '”' | '’')
        && spaces <= 1 + usize::from(ends_sentence)
        && first(rest).is_some_and(goes_on);
    if takes { spaces } else { 0 }
}

/// Two marks and what they enclose.
struct Pair<'a> {
    start: usize,
    end: usize,
    before: &'a str,
    content: &'a str,
    after: &'a str,
    /// Whether the content has a Han character.
    holds_chinese: bool,
}

impl<'a> Pair<'a> {
    fn new(line: &'a str, start: usize, end: usize) -> Pair<'a> {
        let content = &line[start + 1..end];
        let after = line[end + 1..].trim_end_matches(['\r', '\n']);
        let (before, after) = emphasis::around(&line[..start], after);
        Pair {
            start,
            end,
            before,
            content,
            after,
            holds_chinese: content.contains(is_ideograph),
        }
    }

    /// Whether the content begins or ends as what stands between two quotations does. A space behind a mark does not tell, nor
    /// where a mark of a Chinese sentence follows: 他被 "照肺 "，
    fn is_inverted(&self) -> bool {
        const MARKS: &str = ",.;:?!)，。；：？！）、";
        let end = self.content.trim_end_matches(' ');
        let goes_on = |after: &str| after.starts_with(['，', '。', '；', '？', '！', '、']);
        let spaced = end.len() < self.content.len()
            && !end.ends_with(|c| MARKS.contains(c))
            && !(goes_on(self.after) && follows_chinese(self.before));
        spaced
            || self
                .content
                .starts_with(|c| c == ' ' || MARKS.contains(c) && c != '.')
    }

    /// Whether a program, a record or a formula quotes here.
    fn is_code(&self) -> bool {
        let before = self.before.trim_end_matches(' ');
        let call = before.strip_suffix('(').and_then(last);
        // =CHOOSE(A1;"今天")
        let argument = before.strip_suffix(';').and_then(last);
        argument.is_some_and(|c| c.is_ascii_alphanumeric() || c == '"')
            || call.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
            || before.ends_with(['=', '[', '{', '+', '\\', '|', '&', '#', '$', '@', '%', '/'])
            || self
                .after
                .trim_start()
                .starts_with(['=', '[', ']', '{', '}', '+', '*', '\\', '|', '&', '<', '/'])
    }

    /// Whether prose quotes here.
    fn is_quotation(&self) -> bool {
        if self.is_code() {
            return false;
        }
        let before = self.before.trim_end_matches(' ');
        let begins =
            before.ends_with(|c| matches!(c, '(' | '“' | '‘' | '「' | '『') || is_kept_out(c));
        if before.is_empty() || begins || follows_chinese(before) {
            return true;
        }
        // 1.1 "产品"指, (3) "知之为知之"出自
        if is_item(before) && first(self.after).is_some_and(is_ideograph) {
            return true;
        }
        // Google"谷歌"是
        let name = before
            .rsplit(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_uppercase()) && self.precedes_chinese()
    }

    /// Whether the content is words, and nothing that a program is given.
    fn is_word(&self) -> bool {
        let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '!' | '?' | '\'');
        self.content.starts_with(char::is_alphanumeric)
            && self.content.chars().all(word)
            && !self.content.ends_with(' ')
    }

    /// Whether a title or a sentence of another language is quoted right behind Chinese text, or right before it at a
    /// line's beginning: 我在看"The Great Gatsby".
    fn is_foreign_phrase(&self) -> bool {
        let phrase = |c: char| c.is_ascii_alphanumeric() || " ,.!?'’-&".contains(c);
        let are_words = || {
            self.content.starts_with(|c: char| c.is_ascii_uppercase())
                && self.content.contains(' ')
                && !self.content.ends_with(' ')
                && self.content.chars().all(phrase)
        };
        // 日文的"ありがとう": a language that is left alone is hidden here.
        let is_foreign = || !self.content.is_empty() && self.content.chars().all(|c| c == MASK);
        // "Hello World"是
        let after = self.after.strip_prefix(' ').unwrap_or(self.after);
        let begins = self.before.is_empty() && first(after).is_some_and(is_ideograph);
        (begins || self.stands_behind_chinese())
            && (are_words() || is_foreign())
            && self.precedes_chinese()
            && !self.is_code()
    }

    /// Whether a name or an abbreviation of another language is quoted within a Chinese sentence: 所谓"AI"就是
    fn is_term(&self) -> bool {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        // 说了句"sorry"
        let is_said = || {
            self.before
                .ends_with(['说', '說', '句', '喊', '声', '聲', '道'])
        };
        // 崇尚"996"; 输入"110" is what a program is given.
        let is_number = || {
            const GIVEN: [char; 8] = ['入', '值', '为', '為', '成', '是', '码', '碼'];
            self.content.len() > 2
                && self
                    .content
                    .bytes()
                    .all(|c| c.is_ascii_digit() || c == b'.')
                && last(self.before).is_some_and(|c| is_ideograph(c) && !GIVEN.contains(&c))
        };
        let front = self.before.trim_end_matches(MARKS);
        // 把"a"写成了"b"; 按"q"退出 is what a program is given.
        let is_letter = || {
            self.content.len() == 1
                && last(front)
                    .is_some_and(|c| is_ideograph(c) && !"入值为為是按键鍵敲打选選答填".contains(c))
        };
        let begins = |c: char| match c {
            'a'..='z' => is_said() || is_letter(),
            '0'..='9' => is_number(),
            _ => c.is_ascii_uppercase(),
        };
        // "Time"杂志
        let begins_line = || {
            self.before.trim_start().is_empty()
                && self.content.len() > 1
                && self.content.starts_with(|c: char| c.is_ascii_uppercase())
                && first(self.after).is_some_and(is_ideograph)
        };
        // 點選 "File" 選單, but 設為 "On" 時, 變數 "PATH" and mv 舊檔 "New" 新檔 are what a program is given.
        let front = self.before.trim_end_matches(' ');
        let is_value = || {
            let is_same = |value: &&str| value.eq_ignore_ascii_case(self.content);
            VALUES.iter().any(is_same) || BEFORE_VALUES.iter().any(|word| front.ends_with(word))
        };
        let is_command = || {
            let command = self.before.split(' ').next().unwrap_or_default();
            !command.is_empty() && command.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        let spaced = front.len() < self.before.len()
            && self.content.starts_with(|c: char| c.is_ascii_uppercase())
            && !is_value()
            && !is_command();
        let after = match spaced {
            true => self.after.strip_prefix(' ').unwrap_or(self.after),
            false => self.after,
        };
        if self.is_shape() {
            let ends = |c: char| is_chinese(c) || MARKS.contains(&c);
            return (self.stands_behind_chinese() || self.before.trim().is_empty())
                && first(self.after).is_none_or(ends)
                && !self.is_code();
        }
        self.content.starts_with(begins)
            && self.content.chars().all(part)
            && (self.stands_behind_chinese() || begins_line())
            && first(after).is_none_or(|c| {
                is_chinese(c) || "？！".contains(c) || MARKS.contains(&c) || c == ')'
            })
            && self.precedes_chinese()
            && !self.is_code()
    }

    /// Whether somebody says one word of another language, which has a mark of its own: 他说:"Hello!"然后, "OK,"他说
    fn is_said(&self) -> bool {
        /// No longer is what names who speaks behind a quotation, characters.
        const LONGEST: usize = 8;
        static SAYING: Chars = Chars::of("说說道问問答喊叫嚷吼笑");
        let word = self.content.trim_end_matches([',', '.', '!', '?']);
        let is_part = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'\'');
        let is_word = || {
            (1..=3).contains(&(self.content.len() - word.len()))
                && word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.bytes().all(is_part)
        };
        let is_behind = || {
            let front = self.before.trim_end_matches(' ').trim_end_matches(MARKS);
            let front = front.trim_end_matches(['：', '，']);
            last(front).is_some_and(|c| SAYING.contains(c) || "声聲句".contains(c))
        };
        let is_before = || {
            let clause = self.after.split(|c| !is_ideograph(c)).next();
            let mut clause = clause.unwrap_or_default().chars().take(LONGEST);
            self.before.is_empty() && clause.any(|c| SAYING.contains(c))
        };
        is_word() && (is_behind() || is_before()) && self.precedes_chinese() && !self.is_code()
    }

    /// Whether a sign is quoted that people draw: 打"√"
    fn is_shape(&self) -> bool {
        const SHAPES: &str = "√×✓✗✔✘○●△▲▽▼□■☆★◎◇◆※→←↑↓＋－";
        let mut signs = self.content.chars();
        signs.next().is_some_and(|c| SHAPES.contains(c)) && signs.next().is_none()
    }

    /// Whether what a program fills in is quoted within a Chinese sentence: 要删除"{name}"吗
    fn is_filled_in(&self) -> bool {
        // %(name)s, of which a format hides the name.
        let object = self
            .content
            .strip_suffix(['s', 'd'])
            .unwrap_or(self.content);
        let is_object = || !object.is_empty() && object.chars().all(is_kept_out);
        // {name}, %(name)s; %s, %1$s
        let is_whole = |content: &str| {
            let is_format = |rest: &str| {
                rest.len() <= 3
                    && rest
                        .bytes()
                        .all(|c| c.is_ascii_alphanumeric() || b"$@".contains(&c))
            };
            filled::filled_in_before(content) == Some(content)
                || content.strip_prefix('%').is_some_and(is_format) && filled::filled_in(content)
        };
        // 无法识别: "{0}", where the mark takes the space along.
        let before = self.before.strip_suffix(' ');
        let before = before.filter(|before| before.ends_with(MARKS));
        let front = before.unwrap_or(self.before).trim_end_matches(MARKS);
        (is_object() || is_whole(self.content))
            && last(front).is_some_and(is_chinese)
            && self.precedes_chinese()
            && !self.is_code()
    }

    /// Whether Chinese text stands before it, or before marks and one space: the last mark may be a full stop that is yet
    /// to be set, behind a word or number of the sentence.
    fn stands_behind_chinese(&self) -> bool {
        let before = self.before.strip_suffix(' ').unwrap_or(self.before);
        let front = before.trim_end_matches(MARKS);
        // 首爾(Seoul)"首爾": such brackets become Chinese.
        let front = match front.strip_suffix(')') {
            Some(content) => content
                .rsplit_once(['(', '（'])
                .map_or(front, |(front, _)| front.trim_end_matches(MARKS)),
            None => front,
        };
        last(front).is_some_and(is_chinese)
            || before.ends_with(['.', '?', '!']) && follows_chinese(before)
    }

    fn is_among_chinese(&self) -> bool {
        let before = self.before.trim_end_matches(' ');
        follows_chinese(before.trim_end_matches(['(', '（']))
            && (self.after.is_empty() || self.precedes_chinese())
    }

    fn precedes_chinese(&self) -> bool {
        let rest = self
            .after
            .trim_start_matches([',', '.', ';', ':', '?', '!', '(', '（', ')', '）', ' ']);
        first(rest).is_none_or(is_chinese)
    }
}

/// Whether a line has only the number of an item in front, or a sign for one: 1.1, (3), 2. and -
fn is_item(before: &str) -> bool {
    let item = before.trim();
    let number = item.strip_prefix(['(', '（']).unwrap_or(item);
    let digits = number.trim_end_matches(['.', ')', '）', '、']);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .split('.')
            .all(|part| part.len() <= 2 && part.bytes().all(|c| c.is_ascii_digit()));
    matches!(item, "-" | "*" | "•" | "·")
        || is_number && (digits.len() < item.len() || digits.contains('.'))
}

/// The same for single marks, which are apostrophes and primes too: only those that Chinese text is within at once.
fn single(line: &str, mut is_protected: impl FnMut(usize) -> bool) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(length) = memchr::memchr(b'\'', &line.as_bytes()[from..]) {
        let start = from + length;
        from = start + 1;
        let (before, rest) = (&line[..start], &line[start + 1..]);
        if !may_open(before) {
            continue;
        }
        let Some(end) = rest.find('\'') else {
            break;
        };
        // The next mark closes, whether the two are Chinese or not.
        from = start + 1 + end + 1;
        let (content, after) = (&rest[..end], &rest[end + 1..]);
        let begins = |c: char| is_ideograph(c) || c == '《';
        let ends = |c: char| is_ideograph(c) || ",.?!，。？！…".contains(c);
        // 'OK, 沒問題.'
        let begins_with_word = first(content).is_some_and(|c| c.is_ascii_alphanumeric())
            && content.contains(is_ideograph)
            && content.ends_with(ends);
        let encloses = (first(content).is_some_and(begins) || begins_with_word)
            && !content.ends_with(' ')
            && !content.contains(['"', '“', '”'])
            && !first(after).is_some_and(|c| c.is_ascii_alphanumeric() || "=:[]'".contains(c));
        let outer = before.trim_end_matches(['"', '“', '(', '（', ' ']);
        let is_quotation = outer.is_empty() || follows_chinese(outer);
        if encloses && is_quotation && !is_protected(start) && !is_protected(from - 1) {
            found.extend([(start, '‘'), (from - 1, '’')]);
        }
    }
    found
}

/// Whether a single mark behind `before` may open a quotation.
fn may_open(before: &str) -> bool {
    let call = before.strip_suffix('(').and_then(last);
    last(before).is_none_or(|c| c.is_whitespace() || is_chinese(c) || "\"“,.:;?!()？！".contains(c))
        && !call.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}
