//! Formulas between the delimiters of LaTeX, `\(x\)`, `\[x\]` and `$x$`, as pages have them that MathJax or the like shows.

use memchr::memmem;

use crate::chars::is_han;
use crate::lines::front;

/// No formula is longer, bytes.
const LONGEST: usize = 1 << 10;

/// The length of the formula that `text` begins with, with its delimiters, bytes. It ends on the same line.
pub fn length(text: &str) -> Option<usize> {
    let dollars = text.len() - text.trim_start_matches('$').len();
    let (opening, closing) = match dollars {
        0 => delimiters(text)?,
        1 => ("$", "$"),
        2 => ("$$", "$$"),
        _ => return None,
    };
    let rest = front(&text[opening.len()..], LONGEST);
    let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
    let content = &line[..memmem::find(line.as_bytes(), closing.as_bytes())?];
    let is_formula = match dollars {
        0 => is_formula(content),
        1 => {
            let behind = first_byte(&line[content.len() + 1..]);
            is_between_dollars(content) && !behind.is_some_and(|c| c.is_ascii_digit())
                || is_equation(content) && !behind.is_some_and(is_of_name)
        }
        _ => has_long_command(content),
    };
    is_formula.then_some(content.len() + opening.len() + closing.len())
}

/// Whether a formula between dollars ends at the end of `text`.
pub fn ends_in_dollars(text: &str) -> bool {
    let content = text
        .strip_suffix('$')
        .map(|text| text.strip_suffix('$').unwrap_or(text));
    let content = content.and_then(|text| text.rsplit_once('$'));
    content.is_some_and(|(_, content)| {
        content.len() <= LONGEST
            && (is_between_dollars(content) || is_equation(content) || is_variable(content))
    })
}

/// Whether a formula between dollars begins at the beginning of `text`.
pub fn begins_with_dollars(text: &str) -> bool {
    let content = text.strip_prefix('$').and_then(|rest| rest.split_once('$'));
    length(text).is_some()
        || content.is_some_and(|(content, behind)| {
            is_variable(content) && !first_byte(behind).is_some_and(is_of_name)
        })
}

/// Whether this, between dollars, is one letter for a number or the like, or a function of one: x, f(x), a_1
fn is_variable(content: &str) -> bool {
    let rest = content.strip_prefix(|c: char| c.is_ascii_alphabetic());
    let rest = rest.map(|rest| rest.strip_prefix('_').unwrap_or(rest));
    rest.is_some_and(|rest| match rest.strip_prefix('(') {
        Some(argument) => argument
            .strip_suffix(')')
            .is_some_and(|argument| argument.len() == 1 && argument.is_ascii()),
        None => rest.len() < 2 && rest.bytes().all(|c| c.is_ascii_digit()),
    })
}

/// Whether this, between dollars, is an equation or the like without commands of LaTeX: numbers, and letters as variables and
/// functions have them. Variables of programs and prices have a dollar in front alone: $a=$b, $HOME=x$y
fn is_equation(content: &str) -> bool {
    /// No such equation is longer, bytes.
    const LONGEST: usize = 64;
    const FUNCTIONS: [&str; 9] = [
        "cos", "cot", "gcd", "lim", "log", "max", "min", "sin", "tan",
    ];
    /// Programs have these.
    const SIGNS: [&str; 6] = ["==", "=>", "->", "<-", "++", "--"];
    let is_part = |c: u8| c.is_ascii_alphanumeric() || b" +-*/^_=<>|()[]{}.,'".contains(&c);
    let ends = |c: u8| c.is_ascii_alphanumeric() || b")]}|'".contains(&c);
    let begins = |c: u8| c.is_ascii_alphanumeric() || b"(|-".contains(&c);
    let bytes = content.as_bytes();
    let mut words = content.split(|c: char| !c.is_ascii_alphabetic());
    bytes.len() <= LONGEST
        && bytes.first().copied().is_some_and(begins)
        && bytes.last().copied().is_some_and(ends)
        && bytes.iter().copied().all(is_part)
        && bytes.iter().any(u8::is_ascii_alphabetic)
        && content.contains(['=', '<', '>', '^', '+'])
        && words.all(|word| word.len() < 3 || FUNCTIONS.contains(&word))
        && !SIGNS.iter().any(|sign| content.contains(sign))
}

fn first_byte(text: &str) -> Option<u8> {
    text.bytes().next()
}

/// Whether the name of a program's variable may go on with it: $a=1$b
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The delimiter that `text` begins with, and what closes it.
pub fn delimiters(text: &str) -> Option<(&'static str, &'static str)> {
    [("\\(", "\\)"), ("\\[", "\\]")]
        .into_iter()
        .find(|(opening, _)| text.starts_with(opening))
}

/// Whether what stands between two such delimiters is a formula, and not text whose brackets are escaped, as Markdown has it:
/// Chinese text holds no command of LaTeX, and other text no operator and more than a variable.
pub fn is_formula(content: &str) -> bool {
    if content.len() > LONGEST || content.trim().is_empty() {
        return false;
    }
    if has_command(content) {
        return true;
    }
    let is_operator = |c: char| "_^=<>+*/|([".contains(c);
    let is_variable = || {
        let name = content.trim().trim_end_matches('\'');
        name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    !content.contains(is_han) && (content.contains(is_operator) || is_variable())
}

/// Commands that formulas with text in them mostly have, and hardly any path: $P(男,女)=\frac{1}{2}$
const OF_FORMULAS: [&str; 44] = [
    "alpha", "approx", "bar", "begin", "beta", "cap", "cdot", "circ", "cos", "cup", "delta",
    "dfrac", "div", "forall", "frac", "ge", "geq", "hat", "in", "infty", "lambda", "ldots", "le",
    "leq", "left", "lim", "mathbb", "mathbf", "mathcal", "mathrm", "ne", "neq", "notin",
    "overline", "pi", "pm", "prod", "sin", "sqrt", "subset", "sum", "text", "theta", "times",
];

/// Whether this is a formula between two dollars, and no sentence between prices or variables of a program:
/// 付了$20,到C:\Users,再付$30
fn is_between_dollars(content: &str) -> bool {
    let mut depth = 0;
    let (mut has_han, mut has_mark) = (false, false);
    for c in content.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            has_han |= is_han(c);
            has_mark |= ",;:!?，；：！？。".contains(c);
        }
    }
    has_long_command(content) && (!(has_han && has_mark) || commands(content).any(is_of_formulas))
}

fn is_of_formulas(command: &str) -> bool {
    OF_FORMULAS.contains(&command)
}

/// The names of the commands of LaTeX in it.
fn commands(content: &str) -> impl Iterator<Item = &str> {
    content.split('\\').skip(1).map(|rest| {
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        &rest[..rest.len() - behind.len()]
    })
}

/// Whether a command of LaTeX stands in it: `\text`
fn has_command(content: &str) -> bool {
    let mut pairs = content.as_bytes().windows(2);
    pairs.any(|pair| pair[0] == b'\\' && pair[1].is_ascii_alphabetic())
}

/// Whether one of several letters does, as `\n` is a line's end in text.
fn has_long_command(content: &str) -> bool {
    let mut triples = content.as_bytes().windows(3);
    triples.any(|three| three[0] == b'\\' && three[1..].iter().all(u8::is_ascii_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_escaped_brackets() {
        for (text, formula) in [
            ("\\(x\\)是", Some("\\(x\\)")),
            ("\\(f(x), y\\) \\(z\\)", Some("\\(f(x), y\\)")),
            ("\\[a[1]\\]", Some("\\[a[1]\\]")),
            ("\\(P(\\text{下雨})\\)", Some("\\(P(\\text{下雨})\\)")),
            ("\\(速度_1\\)", None),
            ("\\(見 config_a.txt 的說明\\)", None),
            ("\\(1980\\)", None),
            ("\\(hello, world\\)", None),
            ("\\\\(x\\\\)", None),
            ("\\(選填\\)", None),
            ("\\[註1\\]", None),
            ("\\(見\\_說明\\)", None),
            ("\\(x\n\\)", None),
            ("\\( \\)", None),
            ("\\(x", None),
            ("(x)", None),
            ("$P(\\text{正面})=0.5$，則", Some("$P(\\text{正面})=0.5$")),
            ("$$\\frac{1}{2},x$$", Some("$$\\frac{1}{2},x$$")),
            ("$5, 他付了$6", None),
            ("$x$", None),
            ("$$$\\a$", None),
            ("$HOME\\n", None),
            (
                "$速度=\\frac{路程}{時間}$",
                Some("$速度=\\frac{路程}{時間}$"),
            ),
            (
                "$P(男,女)=\\frac{1}{2}$,相等",
                Some("$P(男,女)=\\frac{1}{2}$"),
            ),
            (
                "$\\begin{pmatrix}甲,乙\\\\丙,丁\\end{pmatrix}$,可逆",
                Some("$\\begin{pmatrix}甲,乙\\\\丙,丁\\end{pmatrix}$"),
            ),
            ("$x\\leq甲,且$則", Some("$x\\leq甲,且$")),
            ("$x\\left甲,且$則", Some("$x\\left甲,且$")),
            ("$x\\in A,且 y\\in B$,則", Some("$x\\in A,且 y\\in B$")),
            ("$20,到C:\\Users,再付$30", None),
            ("$5,到D:\\text,再付$6", None),
            ("$甲,放在\\資料\\index,乙$", None),
            ("$HOME\\bin,執行$PATH\\bin", None),
            ("$\\approx$5", None),
            ("$f(x,y)=0$,則", Some("$f(x,y)=0$")),
            ("$a-b>0$", Some("$a-b>0$")),
            ("$sin^2x+cos^2x=1$", Some("$sin^2x+cos^2x=1$")),
            ("$a=1,$b=2$", None),
            ("$a=$b", None),
            ("$a=1$b", None),
            ("$name=x$", None),
            ("$i=0;$i<9;", None),
            ("$5+6$", None),
            ("$100=NT$3000", None),
            ("$a->b$", None),
        ] {
            assert_eq!(length(text).map(|length| &text[..length]), formula);
        }
        for (text, ends) in [
            ("設$\\alpha>0$", true),
            ("設$$\\alpha>0$$", true),
            ("設$x>0$", true),
            ("設$x$", true),
            ("設$f(x)$", true),
            ("執行$HOME$", false),
            ("用$a=$", false),
            ("付了$5$", false),
            ("他付了$5，我付了6$", false),
            ("他付了$5,到C:\\Users,付了6$", false),
            ("$", false),
        ] {
            assert_eq!(ends_in_dollars(text), ends, "{text}");
        }
    }
}
