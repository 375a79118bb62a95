//! `--explain`: where something changed or is in doubt, what it became, what decided, what it could have been.

#[path = "common/run.rs"]
mod run;

use std::collections::BTreeMap;

use jianti::{Format, Normalizer, Options, Reason};
use run::{run_in, run_with, write};
use tempfile::tempdir;

const ARTICLE: &str =
    "第一行沒有什麼。\n王乾先生說，關於餅乾的事，他開會(huì)時寫著呢。\n於院長主持會議。\n";

fn explaining() -> Normalizer {
    Normalizer::new(Options::default().with(|options| options.explain = true)).expect("loads")
}

#[test]
fn each_choice_is_told_with_the_word_that_decided() {
    let (_, outcome) = explaining().normalize(ARTICLE.as_bytes()).expect("UTF-8");
    let told: BTreeMap<_, _> = outcome
        .choices
        .iter()
        .map(|place| ((place.before, place.after), (place.reason, &*place.word)))
        .collect();
    assert_eq!(told[&('於', '于')], (Reason::Word, "关于"));
    assert_eq!(told[&('乾', '干')], (Reason::Word, "饼干"));
    assert!(told.contains_key(&('著', '着')), "{told:?}");
    for place in outcome.choices.iter().chain(&outcome.doubts) {
        let text = &ARTICLE[place.offset as usize..];
        assert!(text.starts_with(place.before), "{place:?}");
        assert!(place.other != place.after, "{place:?}");
        let around = format!("{}{}{}", place.left, place.before, place.right);
        // What was repaired on the line shows as repaired.
        assert!(ARTICLE.replace("(huì)", "").contains(&around), "{place:?}");
    }
}

#[test]
fn what_is_no_text_around_a_place_shows_as_an_ellipsis() {
    let options = Options::default().with(|options| {
        options.explain = true;
        options.format = Some(Format::Markdown);
    });
    let page = "先讀$x$，再曬乾`a`的。\n";
    let normalizer = Normalizer::new(options).expect("loads");
    let (_, outcome) = normalizer.normalize(page.as_bytes()).expect("UTF-8");
    let place = outcome.choices.iter().find(|place| place.before == '乾');
    let place = place.expect("a choice");
    assert_eq!((&*place.left, &*place.right), ("先讀…，再曬", "…的。"));
}

#[test]
fn what_is_explained_changes_nothing_and_is_bounded_where_that_is_asked_for() {
    let text = ARTICLE.repeat(500);
    let plain = Normalizer::new(Options::default()).expect("loads");
    let few = Options::default().with(|options| {
        options.explain = true;
        options.explain_most = Some(7);
    });
    let (expected, counted) = plain.normalize(text.as_bytes()).expect("UTF-8");
    let (all, told) = explaining().normalize(text.as_bytes()).expect("UTF-8");
    let few = Normalizer::new(few).expect("loads");
    let (some, first) = few.normalize(text.as_bytes()).expect("UTF-8");
    assert!(expected == all && expected == some);
    assert_eq!(
        (counted.doubtful, told.doubtful),
        (first.doubtful, counted.doubtful)
    );
    assert_eq!(counted.repairs, first.repairs);
    assert!(told.choices.len() >= 1_000 && told.sites.len() == 500);
    assert_eq!(first.choices, told.choices[..7]);
    assert_eq!(first.sites, told.sites[..7]);
}

#[test]
fn places_are_told_by_line_and_column_in_every_encoding() {
    let folder = tempdir().expect("a folder");
    let (big5, _, _) = encoding_rs::BIG5.encode("第一行。\n關於餅乾的事。\n");
    let utf16: Vec<u8> = "\u{FEFF}第一行。\n關於餅乾的事。\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    write(
        folder.path(),
        &[
            ("b.txt", &big5),
            ("u.txt", &utf16),
            ("a.txt", ARTICLE.as_bytes()),
        ],
    );
    let expected = |name: &str| {
        format!(
            "{name}:2:2: choice: 於 -> 于 (word 关于, 99 %), or 於: 關[於]餅乾的事。\n\
             {name}:2:4: choice: 乾 -> 干 (word 饼干, 99 %), or 乾: 關於餅[乾]的事。\n"
        )
    };
    for name in ["b.txt", "u.txt"] {
        let done = run_in(folder.path(), &["--explain", name]);
        assert_eq!((done.code, done.err), (0, expected(name)));
    }
    let done = run_with(folder.path(), &["--explain", "-e", "big5"], &big5);
    assert_eq!((done.code, done.err), (0, expected("standard input")));
    let done = run_in(folder.path(), &["--explain", "a.txt"]);
    let gloss = "a.txt:2:17: gloss: \"(huì)\" -> \"\": 說，關於餅乾的事，他開會[(huì)]時寫著呢。\n";
    assert!(done.err.contains(gloss), "{}", done.err);
    let position = |line: &str| -> Vec<u64> {
        let numbers = line.split(':').skip(1).take(2);
        numbers
            .map(|number| number.parse().expect("a number"))
            .collect()
    };
    let order: Vec<_> = done.err.lines().map(position).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn a_large_file_is_explained_as_a_small_one() {
    let folder = tempdir().expect("a folder");
    let large = ARTICLE.repeat(20_000);
    write(
        folder.path(),
        &[
            ("small.txt", ARTICLE.as_bytes()),
            ("large.txt", large.as_bytes()),
        ],
    );
    let small = run_in(folder.path(), &["--explain", "small.txt"]).err;
    let large = run_in(folder.path(), &["--explain", "large.txt"]).err;
    let lines: Vec<_> = small.lines().collect();
    let found: Vec<_> = large.lines().collect();
    assert_eq!(found.len(), lines.len() * 20_000);
    // Positions of the last of them; what stands there is the same.
    for (line, found) in lines.iter().zip(&found[found.len() - lines.len()..]) {
        let (_, line) = line.split_once("small.txt:").expect("its name");
        let (number, rest) = line.split_once(':').expect("a line");
        let number: usize = number.parse().expect("a number");
        assert_eq!(*found, format!("large.txt:{}:{rest}", number + 3 * 19_999));
    }
}
