//! User dictionaries: the longest match wins, then the user's entry, and its value stands.

mod common;

use jianti::{Config, Converter, Dictionary};

fn converter(config: Config, entries: &str) -> Converter {
    let dictionary = Dictionary::parse(entries).expect("well-formed entries");
    jianti::converter(config, false, &[dictionary])
}

#[test]
fn the_user_decides_between_equal_keys() {
    let text = "乾坤、乾糧";
    assert_eq!(
        converter(Config::T2s, "乾糧\t幹糧\n").convert(text),
        "乾坤、幹糧"
    );
    assert_eq!(
        converter(Config::T2s, "乾坤\t天地\n").convert(text),
        "天地、干粮"
    );
}

#[test]
fn the_longest_key_wins_whoever_it_belongs_to() {
    // 乾隆 is a phrase of OpenCC's; the user's 乾 is shorter, so it rules only elsewhere.
    let user = converter(Config::T2s, "乾\t【乾】\n");
    assert_eq!(user.convert("乾隆、乾杯"), "乾隆、【乾】杯");
    // Of the user's own keys too.
    let user = converter(Config::T2s, "圖書\t图籍\n圖書館\t藏书楼\n");
    assert_eq!(user.convert("圖書館的圖書"), "藏书楼的图籍");
}

#[test]
fn of_equal_keys_the_first_one_counts() {
    let user = converter(Config::T2s, "國\t①\n國\t②\n");
    assert_eq!(user.convert("國"), "①");
}

#[test]
fn values_are_not_converted_and_may_be_empty() {
    let user = converter(Config::Tw2sp, "軟體\t軟體\n（廣告）\t\n");
    assert_eq!(user.convert("（廣告）免費軟體和網路"), "免费軟體和网络");
}

#[test]
fn keys_may_be_of_any_script() {
    let user = converter(Config::Tw2s, "iPhone\t苹果手机\n😀\t[笑]\n。\t.\n𠀋\t丈\n");
    assert_eq!(
        user.convert("他買了iPhone😀。𠀋夫"),
        "他买了苹果手机[笑].丈夫"
    );
}

#[test]
fn an_identity_dictionary_protects_its_keys_in_real_text() {
    let user = converter(Config::T2s, "檔案\t檔案\n選項\t選項\n");
    let plain = jianti::converter(Config::T2s, false, &[]);
    for (name, text) in common::real_texts() {
        let expected = plain.convert(&text).into_owned();
        let found = user.convert(&text);
        let again = found.replace("檔案", "档案").replace("選項", "选项");
        assert!(again == expected, "{name}");
    }
}

#[test]
fn bad_lines_are_named() {
    let error = Dictionary::parse("# names\n\n國\t国\n圖 图\n").expect_err("there is no tab");
    assert_eq!(error.line, 4);
    assert!(error.to_string().contains("no tab"), "{error}");
    assert_eq!(
        Dictionary::parse("\t国\n")
            .expect_err("there is no key")
            .line,
        1
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_part_of_an_entry() {
    let dictionary = Dictionary::parse("\u{feff}國\t邦\r\n圖\t画 图\r\n").expect("well-formed");
    let expected =
        [("國", "邦"), ("圖", "画")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(dictionary.pairs, expected);
}
