//! Japanese and Korean inside Chinese text: titles and quotations with kana or hangul, and sentences of their own.

use std::borrow::Cow;
use std::ops::Range;

use crate::chars::{is_han, is_letter};
use crate::clauses;
use crate::embedded;
use crate::faces::without_faces;
use crate::fashion::is_chinese_with_kana;
use crate::forms::{is_chinese_form, is_japanese_form, is_kana};
use crate::hanja;
use crate::headwords;
use crate::script::ScriptCount;
use crate::sentence::ends;

pub use crate::forms::is_phonetic;
pub(crate) use crate::headwords::are_translated;
pub use crate::headwords::word_before;

/// Letters that tell a language.
#[derive(Clone, Copy, Default)]
struct Letters {
    phonetic: usize,
    chinese: usize,
    japanese: usize,
    all: usize,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        without_faces(text).for_each(|c| letters.add(c));
        letters
    }

    fn add(&mut self, c: char) {
        self.all += usize::from(is_letter(c));
        self.phonetic += usize::from(is_phonetic(c));
        if matches!(c, '\u{3400}'..='\u{9FFF}') {
            self.chinese += usize::from(is_chinese_form(c));
            self.japanese += usize::from(is_japanese_form(c));
        }
    }

    /// Adds all of a text but ASCII.
    fn add_all(&mut self, text: &str) {
        let letters = text.chars().filter(|c| !c.is_ascii());
        letters.for_each(|c| self.add(c));
    }

    fn without(self, other: Letters) -> Letters {
        Letters {
            // What is a face may have marks of titles within.
            phonetic: self.phonetic.saturating_sub(other.phonetic),
            chinese: self.chinese.saturating_sub(other.chinese),
            japanese: self.japanese.saturating_sub(other.japanese),
            all: self.all.saturating_sub(other.all),
        }
    }

    /// Whether marks around these letters hold another language.
    fn is_foreign_title(self) -> bool {
        self.phonetic > 0 && (self.chinese == 0 || self.phonetic * 2 >= self.all)
    }

    /// Whether marks around these letters hold Japanese if others on the line do: 《鬼滅の刃》、《呪術廻戦》
    fn is_japanese_title(self) -> bool {
        self.japanese > 0 && self.chinese == 0 && self.all > 1
    }

    /// Whether a sentence of these letters is in another language.
    fn is_foreign_sentence(self) -> bool {
        let much = self.phonetic >= 2 && self.phonetic * 3 >= self.all;
        much && (self.chinese == 0 || self.phonetic * 2 >= self.all)
            || self.phonetic > 0 && self.japanese > 0 && self.chinese == 0
    }
}

/// The parts of a line that are in Japanese or Korean, in order: what stands in marks of quotation and of titles without
/// the marks, else whole sentences.
pub fn spans(line: &str) -> Vec<Range<usize>> {
    let mut count = ScriptCount::default();
    count.add(line);
    if count.phonetic == 0 {
        return Vec::new();
    }
    let has_pairs = line.matches('"').count().is_multiple_of(2);
    let mut spans = Vec::new();
    let mut start = 0;
    while start < line.len() {
        let end = sentence_end(line, start, has_pairs);
        let sentence = line[start..end].trim_end_matches(['\r', '\n']);
        spans.extend(
            of_sentence(sentence)
                .into_iter()
                .map(|span| start + span.start..start + span.end),
        );
        start = end;
    }
    spans
}

/// Whether a text is Chinese but for what stands in marks of quotation and of titles.
pub fn is_chinese_around_titles(text: &str) -> bool {
    let mut letters = Letters::default();
    let mut marked = false;
    // A line of dialogue stands around no title.
    let is_quoted = |line: &str| {
        let line = line.trim();
        line.starts_with(['「', '『'])
            && line
                .find(['」', '』'])
                .is_some_and(|at| at + '」'.len_utf8() == line.len())
    };
    for line in text.lines().filter(|line| !is_quoted(line)) {
        let titles = titles(line);
        marked = marked || goes_around(line, &titles);
        let mut from = 0;
        for title in titles {
            let before = &line[from..title.start];
            marked |= before.ends_with(['《', '〈']);
            marked |= line[title.clone()].contains(|c| is_phonetic(c) && !is_kana(c));
            letters.add_all(before);
            from = title.end;
        }
        letters.add_all(&line[from..]);
    }
    letters.all > 0
        && letters.phonetic * 8 <= letters.all
        && letters.japanese <= letters.chinese
        && (marked || letters.chinese > 0)
}

/// Whether a sentence goes on around a title: words before and behind it that need no kana and have no form of Japanese
/// ones, more of them than a headline has, or with a comma or 的 as Chinese sets them.
fn goes_around(line: &str, titles: &[Range<usize>]) -> bool {
    /// Letters of a sentence; of one with the marks of quotation that Japanese lacks.
    const MANY: usize = 8;
    const SOME: usize = 4;
    let (Some(first), Some(last)) = (titles.first(), titles.last()) else {
        return false;
    };
    let (front, behind) = (&line[..first.start], line[last.end..].trim_end());
    let mut own = Letters::of(line);
    for title in titles {
        own = own.without(Letters::of(&line[title.clone()]));
    }
    let many = if front.ends_with('“') { SOME } else { MANY };
    let has_words = |part: &str| part.contains(|c: char| c.is_alphabetic());
    own.phonetic == 0
        && own.japanese == 0
        && has_words(front)
        && has_words(behind)
        && (front.contains('，')
            || behind.contains('，')
            || behind.chars().nth(1) == Some('的')
            || own.all >= many && behind.ends_with('。'))
}

fn ends_sentence(c: char) -> bool {
    "。.．…！？!?；;﹒﹔﹖﹗".contains(c)
}

/// Where the sentence ends that begins at `start`: marks within quotations do not end it. `has_pairs` says that the line's
/// straight marks are pairs.
fn sentence_end(line: &str, start: usize, has_pairs: bool) -> usize {
    let line = &line[start..];
    let (mut depth, mut quoted) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = has_pairs && !quoted,
            '「' | '『' | '《' | '〈' | '“' | '（' | '(' | '【' => depth += 1,
            '」' | '』' | '》' | '〉' | '”' | '）' | ')' | '】' if depth > 0 => depth -= 1,
            c if ends_sentence(c) && depth == 0 && !quoted => {
                // The marks of an ellipsis stay together.
                let rest = line[at..].trim_start_matches(ends_sentence);
                return start + line.len() - rest.len();
            }
            _ => {}
        }
    }
    start + line.len()
}

fn of_sentence(sentence: &str) -> Vec<Range<usize>> {
    let all = Letters::of(sentence);
    if all.phonetic == 0 {
        return Vec::new();
    }
    let mut spans = titles(sentence);
    let own = spans.iter().fold(all, |letters, span| {
        letters.without(Letters::of(&sentence[span.clone()]))
    });
    if is_foreign(sentence, own) && !are_translated(sentence) {
        let indent = sentence.len() - sentence.trim_start().len();
        let indent = embedded::labelled(sentence).unwrap_or(indent);
        return std::iter::once(indent..without_translation(sentence)).collect();
    }
    // What is left goes by its parts; those of a Chinese sentence may be names with their readings alone.
    let is_chinese = own.phonetic > 0 && is_chinese_around_words(sentence);
    let is_part =
        |part: &str| is_chinese && part.contains(is_han) && embedded::may_be_chinese(part);
    let mut start = 0;
    while start < sentence.len() && own.phonetic > 0 {
        let end = part_end(sentence, start);
        let within = |span: &Range<usize>| span.start < end && start < span.end;
        let trimmed = sentence[start..end].trim_end_matches(ends);
        if !spans.iter().any(within)
            && !is_part(trimmed)
            && is_foreign(trimmed, Letters::of(trimmed))
        {
            spans.push(start..start + trimmed.len());
        }
        start = end;
    }
    spans.append(&mut headwords::headwords(sentence));
    spans.append(&mut clauses::clauses(sentence));
    spans.sort_by_key(|span| span.start);
    spans.dedup_by(|next, span| {
        let meet = next.start < span.end;
        if meet {
            span.end = span.end.max(next.end);
        }
        meet
    });
    spans
}

/// Where a sentence in another language ends, bytes: before its translation, if a mark parts the two. 追跡する - 追蹤
fn without_translation(sentence: &str) -> usize {
    let is_own = |c: char| is_phonetic(c) || is_japanese_form(c);
    let own = sentence.rfind(is_own).map_or(0, |at| at + 3);
    let behind = &sentence[own..];
    let parts = [
        " - ", " – ", " — ", "：", ": ", " = ", "＝", "→", " / ", "|", "\t",
    ];
    let part = parts.iter().filter_map(|part| behind.find(part)).min();
    match part {
        Some(at) if behind[at..].contains(is_han) => own + at,
        _ => sentence.len(),
    }
}

/// Whether a sentence, or a part of one, is in another language; `own` are its letters without those in titles.
fn is_foreign(sentence: &str, own: Letters) -> bool {
    let may_be_chinese = || {
        is_chinese_around_names(sentence)
            || is_chinese_with_kana(sentence)
            || headwords::are_chinese(sentence)
            || is_chinese_around_words(sentence)
            || embedded::is_person(sentence)
    };
    own.is_foreign_sentence() && !may_be_chinese() || hanja::is_korean(sentence)
}

/// Whether the hangul or kana of a text are names that Chinese sentences go on around.
pub fn is_chinese_around_names(text: &str) -> bool {
    hanja::has_only_names(text) || has_katakana_names(text)
}

/// Whether the kana of a text are names in katakana that a Chinese sentence goes on around: 這款ポケモン遊戲賣得非常好。 Sentences of
/// Japanese have hiragana, old ones single katakana in their place, and headlines spaces.
fn has_katakana_names(text: &str) -> bool {
    /// So many characters that Japanese lacks are more than chance.
    const SEVERAL: usize = 3;
    /// What no Japanese word has.
    const CERTAIN: &str = "你您她它们們嗎吗很這这";
    let is_katakana = |c: char| matches!(c, '\u{30A1}'..='\u{30FE}');
    let letters = Letters::of(text);
    letters.phonetic * 2 <= letters.all
        && letters.japanese == 0
        && letters.chinese >= SEVERAL
        && text.contains(|c| CERTAIN.contains(c))
        && !has_parted_words(text)
        && !text.contains(|c| is_phonetic(c) && !is_katakana(c))
        && text
            .split(|c| !is_katakana(c))
            .all(|name| name.is_empty() || name.chars().count() > 1)
}

/// Whether a space stands between words that are not in ASCII. Those beside marks go when marks are set.
fn has_parted_words(text: &str) -> bool {
    let is_word = |c: char| c.is_alphabetic() && !c.is_ascii();
    let (mut is_behind_word, mut is_parted) = (false, false);
    text.chars().any(|c| {
        if matches!(c, ' ' | '\u{3000}') {
            is_parted = is_behind_word;
            return false;
        }
        let parts = is_parted && is_word(c);
        (is_behind_word, is_parted) = (is_word(c), false);
        parts
    })
}

/// Whether a sentence is Chinese around names and words in kana and hangul, and around titles: 這家店的とんかつ很好吃
pub fn is_chinese_around_words(sentence: &str) -> bool {
    embedded::is_chinese(&without_titles(sentence))
}

/// The same of a text for the most part: a record whose fields are names with their readings, and Chinese sentences.
pub(crate) fn is_chinese_with_words(text: &str) -> bool {
    let lines: String = text.split_inclusive('\n').map(without_titles).collect();
    embedded::is_chinese_text(&lines, !text.contains(is_kana))
}

/// A line without what stands in marks of quotation and of titles and is in another language.
fn without_titles(line: &str) -> Cow<'_, str> {
    let titles = titles(line);
    let (mut rest, mut from) = (String::new(), 0);
    for title in &titles {
        rest.push_str(&line[from..title.start]);
        from = title.end;
    }
    match titles.is_empty() {
        true => Cow::Borrowed(line),
        false => Cow::Owned(rest + &line[from..]),
    }
}

/// What ends a part of a sentence.
fn part_end(sentence: &str, start: usize) -> usize {
    let bounds =
        |c: char| ends(c) || matches!(c, '，' | '：' | '、' | ',' | ':' | '"' | '﹐' | '﹑' | '﹕');
    match sentence[start..].char_indices().find(|(_, c)| bounds(*c)) {
        Some((at, c)) => start + at + c.len_utf8(),
        None => sentence.len(),
    }
}

/// What stands in marks of quotation and of titles on a line and is in another language.
fn titles(line: &str) -> Vec<Range<usize>> {
    let mut open: Vec<(usize, char, Letters)> = Vec::new();
    let mut titles: Vec<Range<usize>> = Vec::new();
    let mut others: Vec<Range<usize>> = Vec::new();
    for (at, c) in line.char_indices() {
        let closing = match c {
            '《' => Some('》'),
            '〈' => Some('〉'),
            '「' => Some('」'),
            '『' => Some('』'),
            '“' => Some('”'),
            '‘' => Some('’'),
            '"' if !open.iter().any(|(_, closing, _)| *closing == '"') => Some('"'),
            _ => None,
        };
        if let Some(closing) = closing {
            open.push((at + c.len_utf8(), closing, Letters::default()));
            continue;
        }
        let Some(last) = open.iter().rposition(|(_, closing, _)| *closing == c) else {
            if let Some((_, _, letters)) = open.last_mut() {
                letters.add(c);
            }
            continue;
        };
        let (start, _, letters) = open[last];
        open.truncate(last);
        // What stands within others is part of them; those closed last.
        let found = if letters.is_foreign_title() {
            &mut titles
        } else if letters.is_japanese_title() {
            &mut others
        } else {
            continue;
        };
        while found.pop_if(|inner| inner.start >= start).is_some() {}
        found.push(start..at);
    }
    if !others.is_empty()
        && titles
            .iter()
            .any(|title| line[title.clone()].contains(is_kana))
    {
        let apart = |other: &Range<usize>| {
            let next = titles.partition_point(|title| title.end <= other.start);
            titles
                .get(next)
                .is_none_or(|title| other.end <= title.start)
        };
        others.retain(apart);
        titles.append(&mut others);
        titles.sort_by_key(|title| title.start);
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        spans(line).into_iter().map(|span| &line[span]).collect()
    }

    #[test]
    fn titles_and_sentences_in_other_languages_are_found_whole() {
        for (line, expected) in [
            (
                "日文歌名《鋼の錬金術師》與《鋼之鍊金術師》。",
                &["鋼の錬金術師"][..],
            ),
            (
                "動畫《ぼっち・ざ・ろっく！》將於今年推出劇場版。",
                &["ぼっち・ざ・ろっく！"],
            ),
            ("電影《기생충》獲得奧斯卡獎。", &["기생충"]),
            ("我喜歡「昴は為に飛ぶです」這首歌", &["昴は為に飛ぶです"]),
            (
                "彼は「為替」の本を読んでいる。我讀書。",
                &["彼は「為替」の本を読んでいる。"],
            ),
            ("他說「這個の字很難」。", &[]),
            (
                "「『鋼の錬金術師』的作者是女性」，我說。",
                &["鋼の錬金術師"],
            ),
            (
                "氣象播報員：** それでは、今日の天気予報です。",
                &["** それでは、今日の天気予報です"],
            ),
            ("我喜歡ぼっち的歌，也喜歡貓。", &[]),
            ("優の良品開在車站對面", &[]),
            ("這裡沒有別的語言。", &[]),
            ("氣 (ﾉﾟ▽ﾟ)ﾉ", &[]),
            (
                "憲法原文是：大韓民國의 主權은 國民에게 있다.",
                &["大韓民國의 主權은 國民에게 있다"],
            ),
            (
                "主權은 國民에게 있다. 主權屬於國民。",
                &["主權은 國民에게 있다."],
            ),
            ("韓星김태희出席了活動", &[]),
            ("東京（とうきょう）是日本的首都，人很多。", &["とうきょう"]),
            (
                "東京（とうきょう）は日本の首都です。",
                &["東京（とうきょう）は日本の首都です。"],
            ),
            ("我慢(がまん)", &["我慢(がまん)"]),
            ("都議會（とぎかい）", &["とぎかい"]),
            ("不可能(불가능)", &["不可能(불가능)"]),
            ("我々(われわれ)", &["我々(われわれ)"]),
            (
                "都心部(としんぶ)、個人情報(こじんじょうほう)保護、不動産(ふどうさん)",
                &["都心部(としんぶ)、個人情報(こじんじょうほう)保護、不動産(ふどうさん)"],
            ),
            (
                "在學生(재학생), 不可能(불가능), 個人戰(개인전)",
                &["在學生(재학생), 不可能(불가능), 個人戰(개인전)"],
            ),
            ("\"ツ\"這個字", &["ツ"]),
            ("「ツ)」和「(ノ」是臉", &[]),
        ] {
            assert_eq!(found(line), expected, "{line}");
        }
    }
}
