//! What comes out is one script and one set of marks, whatever the mix; and what is right already stays.

mod common;

use fastrand::Rng;
use jianti::{Format, Language, Normalizer, Options, Punctuation};

const TABLES: [(&str, &str); 5] = [
    (
        "traditional",
        include_str!("data/consistent/traditional.tsv"),
    ),
    ("simplified", include_str!("data/consistent/simplified.tsv")),
    ("choice", include_str!("data/consistent/choice.tsv")),
    (
        "punctuation",
        include_str!("data/consistent/punctuation.tsv"),
    ),
    ("languages", include_str!("data/consistent/languages.tsv")),
];

fn normalizer() -> Normalizer {
    Normalizer::new(Options::default().with(|options| options.format = Some(Format::Text)))
        .expect("loads")
}

fn normalize(normalizer: &Normalizer, text: &str) -> String {
    let (bytes, _) = normalizer.normalize(text.as_bytes()).expect("UTF-8");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Input, what it may become (the first is the better), rule.
fn cases() -> Vec<(String, Vec<String>, &'static str)> {
    let lines = TABLES.iter().flat_map(|(_, table)| table.lines());
    lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut fields = line.split('\t');
            let mut field = || fields.next().expect("three fields");
            let (input, expected, rule) = (field(), field(), field());
            let expected = if expected == "=" { input } else { expected };
            assert!(!rule.is_empty(), "{line}");
            let alternatives: Vec<_> = match input.contains('|') {
                true => vec![expected],
                false => expected.split('|').collect(),
            };
            let broken = |text: &str| text.replace("\\n", "\n");
            let alternatives = alternatives.into_iter().map(broken).collect();
            (broken(input), alternatives, rule)
        })
        .collect()
}

#[test]
fn every_case_comes_out_as_an_editor_would_print_it() {
    let normalizer = normalizer();
    let cases = cases();
    let mut wrong = 0;
    let kept = cases
        .iter()
        .filter(|(input, expected, _)| *input == expected[0])
        .count();
    for (input, expected, rule) in &cases {
        let found = normalize(&normalizer, input);
        if !expected.contains(&found) {
            println!("{rule}:\n  {input}\n  {found}\n  {expected:?} expected");
            wrong += 1;
        }
    }
    println!(
        "{} cases, {kept} of them must not change; {wrong} wrong",
        cases.len()
    );
    assert_eq!(wrong, 0);
    assert!(cases.len() >= 600 && kept * 3 >= cases.len());
}

#[test]
fn what_came_out_stays() {
    let normalizer = normalizer();
    for (input, _, rule) in cases() {
        let once = normalize(&normalizer, &input);
        assert_eq!(normalize(&normalizer, &once), once, "{rule}: {input}");
    }
}

#[test]
fn a_sentence_becomes_the_same_in_any_document() {
    let normalizer = normalizer();
    let cases: Vec<String> = cases()
        .into_iter()
        .map(|(input, ..)| input)
        .filter(|input| !input.contains('\n') && Language::of(input) == Language::Chinese)
        .collect();
    let documents = [
        "他在圖書館裏讀書，後來關門了。\n",
        "他在图书馆里读书，后来关门了。\n",
        "他在圖書館裏讀書，后来关门了。\n\n",
    ];
    let (mut all, mut different) = (0, 0);
    for input in &cases {
        let alone = normalize(&normalizer, input);
        for document in documents {
            let around = normalize(&normalizer, &format!("{document}{input}\n{document}"));
            all += 1;
            if around.lines().nth(document.matches('\n').count()) != alone.lines().next() {
                println!("{document}{input}\n{alone}\n{around}");
                different += 1;
            }
        }
    }
    println!("{different} of {all} sentences differ");
    assert!(different * 50 <= all);
}

#[test]
fn a_long_line_is_cut_between_words() {
    let normalizer = without_repair();
    for word in ["瞭解", "關於", "餅乾"] {
        for shift in 0..3 {
            let line = format!("{}{}", "的".repeat(shift), word.repeat(400_000));
            let expected = line
                .replace("瞭解", "了解")
                .replace("關於", "关于")
                .replace("餅乾", "饼干");
            assert!(normalize(&normalizer, &line) == expected, "{word}, {shift}");
        }
    }
}

#[test]
fn places_in_doubt_are_counted_and_told() {
    let explaining =
        Normalizer::new(Options::default().with(|options| options.explain = true)).expect("loads");
    let text = include_str!("data/consistent/choice.tsv");
    let (_, outcome) = explaining.normalize(text.as_bytes()).expect("UTF-8");
    assert!(outcome.doubtful > 0 && outcome.doubts.len() as u64 == outcome.doubtful);
    for place in &outcome.doubts {
        assert!(
            text[place.offset as usize..].starts_with(place.before),
            "{place:?}"
        );
        assert!(
            place.after != place.other && place.sure.is_some_and(|sure| (50..=88).contains(&sure)),
            "{place:?}"
        );
    }
}

#[test]
fn the_damaged_article_is_restored_to_the_byte() {
    let damaged = include_str!("data/consistent/petition.damaged.txt");
    let expected = include_str!("data/consistent/petition.expected.txt");
    assert_eq!(normalize(&normalizer(), damaged), expected);
}

#[test]
fn real_text_is_settled_the_first_time() {
    let normalizer = normalizer();
    for (name, text) in common::real_texts() {
        let once = normalize(&normalizer, &text);
        let twice = normalize(&normalizer, &once);
        for (first, second) in once.lines().zip(twice.lines()) {
            assert_eq!(first, second, "{name}");
        }
        assert!(once == twice, "{name}");
    }
}

#[test]
fn simplified_news_stays_simplified() {
    // What is changed in text that is simplified already is punctuation, or a form outside the standard.
    let keep =
        Normalizer::new(Options::default().with(|options| options.punctuation = Punctuation::Keep))
            .expect("loads");
    for (name, text) in common::real_texts() {
        if name != "news.txt" {
            continue;
        }
        let found = normalize(&keep, &text);
        let changed = found
            .chars()
            .zip(text.chars())
            .filter(|(a, b)| a != b)
            .count();
        println!(
            "{name}: {changed} of {} characters changed",
            text.chars().count()
        );
        assert!(changed * 100_000 < text.chars().count(), "{name}");
    }
}

#[test]
fn other_languages_are_left_alone_unless_asked() {
    let any = Normalizer::new(Options::default().with(|options| options.any_language = true))
        .expect("loads");
    let japanese = "\u{feff}彼は「為替」の本を読んでいる。東京の図書館で借りた,古い本だ。\n";
    let (utf16, _, _) = encoding_rs::UTF_8.encode(japanese);
    let (bytes, outcome) = normalizer().normalize(&utf16).expect("UTF-8");
    assert_eq!(outcome.language, Language::Japanese);
    assert!(!outcome.changed && bytes == *utf16, "a BOM stays too");
    let (bytes, outcome) = any.normalize(japanese.as_bytes()).expect("UTF-8");
    assert_eq!(outcome.language, Language::Japanese);
    assert!(String::from_utf8(bytes).expect("UTF-8").contains("“为替”"));
}

/// Short texts, each a document: with no marks at their ends they would be others side by side.
#[test]
fn faces_tell_no_language() {
    let normalizer = normalizer();
    let table = include_str!("data/consistent/faces.tsv").lines();
    for line in table.filter(|line| !line.starts_with('#')) {
        let (input, rest) = line.split_once('\t').expect("three fields");
        let (expected, _) = rest.split_once('\t').expect("three fields");
        let expected = if expected == "=" { input } else { expected };
        let once = normalize(&normalizer, input);
        assert_eq!(once, expected, "{input}");
        assert_eq!(normalize(&normalizer, &once), once, "{input}");
    }
}

/// Pieces that rules are about, to be put together at random.
fn pieces() -> Vec<String> {
    let mut pieces: Vec<String> = [
        "「",
        "」",
        "『",
        "』",
        "“",
        "”",
        "‘",
        "’",
        "(",
        ")",
        "（",
        "）",
        ",",
        ";",
        ":",
        "?",
        "!",
        "，",
        "。",
        "…",
        "...",
        "。。。",
        "-",
        "--",
        "──",
        ".",
        " ",
        "\u{3000}",
        "\n",
        "\n\n",
        "\"",
        "`",
        "a",
        "Ab",
        "1",
        "20:30",
        "Ａ",
        "２",
        "http://a.b/",
        "/usr/",
        "C:\\",
        "=",
        ";\n",
        "D",
        "看著",
        "著作",
        "乾",
        "乾隆",
        "於",
        "瞭",
        "藉",
        "麽",
        "什",
        "祇",
        "徵",
        "后",
        "裏",
        "为",
        "為",
        "書",
        "书",
        "峯",
        "の",
        "です",
        "한",
        "沈",
        "坏",
        "圖",
        "𠮟",
        "妳",
        "不",
        "的",
        "他",
        "我",
        "老 书 店 开 在 车 站 对 面 。 ",
    ]
    .map(str::to_owned)
    .to_vec();
    pieces.extend(cases().into_iter().map(|(input, ..)| input));
    pieces
}

/// The default pipeline but for the repair, whose own tests are in repair.rs.
fn without_repair() -> Normalizer {
    Normalizer::new(Options::default().with(|options| {
        options.repair = jianti::Repair::Off;
        options.format = Some(Format::Text);
    }))
    .expect("loads")
}

/// How many in a million documents of pieces that nobody would write side by side may change once more: most have a clause in
/// Japanese or Korean run into a Chinese one, where a mark that was set tells where it ends.
const UNSETTLED: usize = 250;

#[test]
fn running_twice_changes_nothing_more() {
    let mut random = Rng::with_seed(43);
    let normalizer = without_repair();
    let pieces = pieces();
    let (documents, mut unsettled) = (200_000, 0);
    for _ in 0..documents {
        let text: String = (0..random.usize(..24))
            .map(|_| pieces[random.usize(..pieces.len())].as_str())
            .collect();
        let once = normalize(&normalizer, &text);
        let twice = normalize(&normalizer, &once);
        if once != twice {
            println!("{text:?}\n  {once:?}\n  {twice:?}");
            unsettled += 1;
        }
    }
    println!("{unsettled} of {documents} documents change once more");
    assert!(unsettled * 1_000_000 <= UNSETTLED * documents);
}

#[test]
fn a_stream_makes_what_the_whole_makes() {
    let mut random = Rng::with_seed(41);
    let normalizer = without_repair();
    let pieces = pieces();
    for round in 0..6 {
        let mut text = String::new();
        // Beyond the part that tells script and language, and beyond a block.
        while text.len() < 2_500_000 {
            text.push_str(&pieces[random.usize(..pieces.len())]);
            if random.u8(..) < 16 && round % 2 == 0 {
                text.push('\n');
            }
            if round % 2 == 1 {
                // Lines longer than those that are looked at whole.
                text.truncate(text.trim_end_matches('\n').len());
            }
        }
        let (whole, outcome) = normalizer.normalize(text.as_bytes()).expect("UTF-8");
        let mut streamed = Vec::new();
        let found = normalizer
            .normalize_stream(&mut text.as_bytes(), &mut streamed)
            .expect("UTF-8");
        assert_eq!(found, outcome);
        assert!(streamed == whole, "round {round}");
    }
}

#[test]
fn what_is_left_outside_the_standard_is_counted() {
    let counting = Normalizer::new(Options::default().with(|options| options.count_outside = true))
        .expect("loads");
    let (_, outcome) = counting
        .normalize("囍字和囍，䶮在表裏，甴曱不在。".as_bytes())
        .expect("UTF-8");
    assert_eq!(outcome.outside.total, 4);
    assert_eq!(outcome.outside.characters[&'囍'], 2);
    assert!(!outcome.outside.characters.contains_key(&'䶮'));
}
