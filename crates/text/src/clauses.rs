//! Clauses of Japanese in a Chinese line, told by their grammar: particles between words, and endings of verbs.
//!
//! とある魔術の禁書目録 has few kana, but they stand where only Japanese has them. A clause is taken whole, over marks, brackets
//! and spaces up to words that are Chinese.

use std::ops::Range;

use crate::chars::is_han;
use crate::faces::Faces;
use crate::fashion::is_chinese_with_kana;
use crate::forms::{is_hiragana, is_japanese_form, is_kana, is_not_japanese};

/// Characters that bind Chinese words; Japanese has them in words only. A sentence about kana has them: い形容詞和な形容詞
const BINDING: &str = "的了在和與与也就都個个被跟或等";

/// What a run of hiragana that binds words begins with, behind a word.
const PARTICLES: [char; 10] = ['は', 'が', 'を', 'に', 'へ', 'と', 'で', 'も', 'の', 'や'];

/// How sentences of Japanese end. What is shorter, a sentence about grammar has too: 名詞直接加です
const ENDINGS: [&str; 8] = [
    "ました",
    "でした",
    "ません",
    "ましょう",
    "ください",
    "される",
    "された",
    "ている",
];

/// What a part of a sentence, a row of letters and digits, shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It has a character that Japanese lacks.
    Chinese,
    /// It has hiragana, or a form that only Japanese has.
    Japanese,
    /// It may be both.
    Neutral,
}

struct Part {
    range: Range<usize>,
    kind: Kind,
    /// Han characters in it.
    han: usize,
}

/// The clauses of a sentence that are Japanese; bytes, in order.
pub(crate) fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    if !sentence.contains(is_hiragana) {
        return clauses;
    }
    let parts = parts(sentence);
    let mut from = 0;
    while from < parts.len() {
        let group = &parts[from..group_end(sentence, &parts, from)];
        from += group.len().max(1);
        let is_japanese = |part: &Part| part.kind == Kind::Japanese;
        let (Some(first), Some(last)) = (
            group.iter().position(is_japanese),
            group.iter().rposition(is_japanese),
        ) else {
            continue;
        };
        let whole = group[first].range.start..group[last].range.end;
        let text = &sentence[whole.clone()];
        if !is_japanese_grammar(text) || is_chinese_with_kana(text) {
            let is_japanese_word = |word: &Range<usize>| {
                let word = &sentence[word.clone()];
                is_inflected(word) && !is_chinese_with_kana(word) || is_owned(word)
            };
            let words = group.iter().map(|part| part.range.clone());
            clauses.extend(words.filter(is_japanese_word));
            continue;
        }
        // What is told in front of it with its own comma: 到着連絡、担当者の呼び出し
        let mut front = group[..first].iter();
        let lists = clauses.is_empty()
            && front.all(|part| sentence[part.range.end..].starts_with(['、', '﹑']));
        let start = if lists {
            group[0].range.start
        } else {
            whole.start
        };
        clauses.push(start..whole.end);
    }
    clauses
}

/// The rows of letters and digits of a sentence.
fn parts(sentence: &str) -> Vec<Part> {
    let faces = Faces::of(sentence);
    let is_letter = |at: usize, c: char| {
        (c.is_alphanumeric() || c == 'ー')
            && (c.is_ascii() || is_han(c) || !faces.draw(sentence, at))
    };
    let mut parts = Vec::new();
    let mut start = None;
    for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match (start, at < sentence.len() && is_letter(at, c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                parts.push(part(sentence, from..at));
                start = None;
            }
            _ => {}
        }
    }
    parts
}

fn part(sentence: &str, range: Range<usize>) -> Part {
    let text = &sentence[range.clone()];
    let kind = match () {
        () if text.contains(is_not_japanese) => Kind::Chinese,
        () if text.contains(|c| is_hiragana(c) || is_japanese_form(c)) => Kind::Japanese,
        () => Kind::Neutral,
    };
    let han = text.chars().filter(|c| is_han(*c)).count();
    Part { range, kind, han }
}

/// Behind which part the clause ends that begins with this one: before a Chinese one, or where marks stand between that
/// part it from a translation.
fn group_end(sentence: &str, parts: &[Part], from: usize) -> usize {
    if parts[from].kind == Kind::Chinese {
        return from + 1;
    }
    let goes_on = |pair: &[Part]| {
        let [one, next] = pair else { return false };
        let between = &sentence[one.range.end..next.range.start];
        // What stands in quotation marks is for itself, and they are pairs.
        if between.contains(|c| "「」『』《》“”‘’\"".contains(c)) {
            return false;
        }
        let binds = |c: char| "、﹑・（）()﹙﹚〜～".contains(c);
        // In brackets stand days and hours, or what the word means in Chinese.
        let is_gloss =
            between.ends_with(['（', '(', '﹙']) && next.kind == Kind::Neutral && next.han > 1;
        match (one.kind, next.kind) {
            (_, Kind::Chinese) => false,
            (Kind::Japanese, Kind::Japanese) => true,
            _ => between.chars().all(binds) && !is_gloss || one.han == 0 && next.han == 0,
        }
    };
    let more = parts[from..].windows(2).take_while(|pair| goes_on(pair));
    from + 1 + more.count()
}

/// Whether the kana of a text stand where Japanese has them.
fn is_japanese_grammar(text: &str) -> bool {
    let (mut particles, mut runs, mut hiragana, mut letters) = (0, 0, 0, 0);
    let (mut before, mut ending) = (None, "");
    for (at, c) in text.char_indices() {
        letters += usize::from(c.is_alphabetic());
        if is_hiragana(c) {
            hiragana += 1;
            if !before.is_some_and(is_hiragana) {
                let binds = before.is_some_and(|b: char| !b.is_whitespace());
                let is_particle = PARTICLES.contains(&c) && !text[at..].starts_with("です");
                particles += usize::from(binds && is_particle);
                runs += 1;
                ending = &text[at..];
            }
        }
        before = Some(c);
    }
    let ends = ending.chars().all(is_kana) && ENDINGS.iter().any(|end| ending.ends_with(end));
    // Words of a Chinese sentence need more than a few kana that it speaks of.
    match text.contains(|c| BINDING.contains(c)) {
        true => runs > 2 && hiragana * 3 >= letters,
        false => runs > 1 && particles > 0 && hiragana * 8 >= letters || ends,
    }
}

/// Whether a text is a word of one or two Han characters with the kana of its inflection, and maybe another behind: 買い物.
/// Other kana stand behind Chinese in a fashion, or are talked about.
fn is_inflected(text: &str) -> bool {
    const OTHER: &str = "のよねなかさわぞぜっはがをとでもへやてたぁぃぅぇぉゃゅょ";
    const LONGEST: usize = 2;
    let stem = text.chars().take_while(|c| is_han(*c)).count();
    let mut rest = text.chars().skip(stem);
    let inflected = rest
        .next()
        .is_some_and(|c| is_hiragana(c) && !OTHER.contains(c));
    let behind = rest.clone().count();
    (1..=LONGEST).contains(&stem)
        && inflected
        && behind <= LONGEST
        && rest.all(|c| is_han(c) || is_hiragana(c))
        && !text.contains(is_not_japanese)
        && !text.contains(|c| BINDING.contains(c))
}

/// Whether a text tells whose something is by 僕, which no Chinese word begins with before の, and has nothing that Japanese
/// lacks: 僕の家族, but 我の店. Of pronouns that the conversion leaves as they are (私, 彼) it could not be told again.
fn is_owned(text: &str) -> bool {
    ["僕の", "僕らの", "僕たちの"]
        .iter()
        .any(|whose| text.starts_with(whose))
        && !text.contains(is_not_japanese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_told_by_grammar() {
        for (sentence, expected) in [
            (
                "とある魔術の禁書目録  [日]鎌池和馬",
                &["とある魔術の禁書目録"][..],
            ),
            (
                "面接日程の件、候補日は9月25日（火）10時〜、または9月26日（水）15時〜で可能です。",
                &["面接日程の件、候補日は9月25日（火）10時〜、または9月26日（水）15時〜で可能です"],
            ),
            (
                "受付：到着連絡、面接担当者の呼び出し",
                &["到着連絡、面接担当者の呼び出し"],
            ),
            ("二郎は鮨の夢を見る 導演：大衛", &["二郎は鮨の夢を見る"]),
            ("瞳の中の暗殺者 很好看", &["瞳の中の暗殺者"]),
            ("検査を受ける - 接受檢查", &["検査を受ける"]),
            (
                "予約する - 預約、購入する - 購買",
                &["予約する", "購入する"],
            ),
            (
                "予約する（預約）、購入する（購買）",
                &["予約する", "購入する"],
            ),
            ("お会計と次回予約", &["お会計と次回予約"]),
            ("到着しました", &["到着しました"]),
            ("買い物 - 購物", &["買い物"]),
            ("可愛い：可愛", &["可愛い"]),
            ("僕の家族（我的家人）", &["僕の家族"]),
            // Chinese that speaks of kana, or is in a fashion.
            ("媽媽の味道", &[]),
            ("我の家族", &[]),
            ("我的僕の店", &[]),
            ("僕の麵店", &[]),
            ("い形容詞和な形容詞", &[]),
            ("名詞は的用法", &[]),
            ("助詞は和が的差別", &[]),
            ("五段動詞る結尾", &[]),
            ("吃おにぎり最好", &[]),
            ("我の媽媽の店", &[]),
            ("動詞て形", &[]),
            ("名詞直接加です", &[]),
            ("涵蓋です・ます", &[]),
        ] {
            let found: Vec<_> = clauses(sentence)
                .into_iter()
                .map(|clause| &sentence[clause])
                .collect();
            assert_eq!(found, expected, "{sentence}");
        }
    }
}
