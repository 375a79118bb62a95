//! Encodings of old mail and boards, and what a file keeps of its own: HZ, UTF-7, UTF-32, half characters, marks.

#[path = "common/run.rs"]
mod run;

use std::path::Path;

use jianti::encoding::{Decoder, Encoder, Encoding, Evidence, decode, detect};
use jianti::{Bom, Error, Language, Normalizer, Options, Outcome};
use run::{run_in, write};

const PROSE: &str = "圖書館在學校的東邊，門口有兩棵老樹。我們每個星期都去那裡看書，也跟管理員說說話。\n後來學校搬走了，圖書館還在，書也還在。\n";

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(encoding, false)
        .push(text, &mut bytes)
        .expect("encodable");
    bytes
}

fn simplified(text: &str) -> String {
    let normalizer = Normalizer::new(Options::default()).expect("options that are well");
    normalizer.normalize_str(text).expect("text").0.into_owned()
}

fn normalize(name: &str, bytes: &[u8], change: impl FnOnce(&mut Options)) -> (Vec<u8>, Outcome) {
    let normalizer = Normalizer::new(Options::default().with(change)).expect("options");
    normalizer.normalize_named(name, bytes).expect("a document")
}

/// Both ways: by bytes in memory, and as a stream.
fn error(bytes: &[u8]) -> String {
    let normalizer = Normalizer::new(Options::default()).expect("options");
    let error = normalizer.normalize(bytes).expect_err("not decodable");
    let streamed = normalizer.normalize_stream(&mut &*bytes, &mut Vec::new());
    assert_eq!(
        streamed.expect_err("not decodable").to_string(),
        error.to_string()
    );
    error.to_string()
}

#[test]
fn seven_bits_and_four_bytes_are_told_and_read() {
    let text = simplified(PROSE) + "a~b + c ~ d\n";
    for encoding in [
        Encoding::Hz,
        Encoding::Utf7,
        Encoding::Utf32Le,
        Encoding::Utf32Be,
    ] {
        let bytes = encoded(&text, encoding);
        let found = detect(&bytes, true).expect("told");
        assert_eq!(found.encoding, encoding);
        let (read, _) = decode(&bytes, encoding, found.bom_len, false).expect("well-formed");
        assert_eq!(read, text);
        // In pieces of every size, too.
        for size in 1..9 {
            let mut decoder = Decoder::new(encoding, false, 0);
            let mut read = String::new();
            for piece in bytes[found.bom_len..].chunks(size) {
                decoder.push(piece, false, &mut read).expect("well-formed");
            }
            decoder.push(b"", true, &mut read).expect("well-formed");
            assert_eq!(read, text, "{encoding}, {size}");
        }
        let (result, outcome) = normalize("a.txt", &bytes, |_| ());
        assert_eq!(String::from_utf8(result).expect("UTF-8"), text);
        assert_eq!(outcome.encoding.name(), encoding.name());
        // Each in its own encoding: nothing changes.
        let (result, outcome) = normalize("a.txt", &bytes, |options| options.to_encoding = None);
        assert!(result == bytes && !outcome.changed, "{encoding}");
        assert_eq!(encoding.name().parse(), Ok(encoding));
    }
    // Without a BOM, and named.
    for (encoding, label) in [
        (Encoding::Utf32Le, "utf-32le"),
        (Encoding::Utf32Be, "utf-32be"),
    ] {
        let bytes = &encoded(&text, encoding)[4..];
        assert_eq!(detect(bytes, true).expect("told").encoding, encoding);
        let named = |options: &mut Options| options.encoding = label.parse().ok();
        let (result, _) = normalize("a.txt", &bytes[..40], named);
        assert_eq!(result, text.chars().take(10).collect::<String>().as_bytes());
    }
}

#[test]
fn what_only_looks_like_seven_bits_stays_ascii() {
    for text in [
        "a + b = c, x+y-z, +1-2, C++ and -- ~{ ~} ~~",
        "path/~{user}/x and ~{a,b}",
        "SGVsbG8+d29ybGQ-/abc+AAAA-def+QUJD-",
        "data:image/png;base64,iVBORw0KGgo+AAAANSUhEUgAA+AAUA-",
        "1+1=2, +86-10-12345678, me+you@example.com, a+-b",
    ] {
        let found = detect(text.as_bytes(), true).expect("ASCII");
        assert_eq!(found.evidence, Evidence::Ascii, "{text}");
        let (result, outcome) = normalize("a.txt", text.as_bytes(), |_| ());
        assert!(result == text.as_bytes() && !outcome.changed);
    }
    // Numbers of four bytes.
    let numbers = |step: u32| -> Vec<u8> {
        (0..2000_u32)
            .flat_map(|at| (0x4000 + at * step).to_le_bytes())
            .collect()
    };
    for step in [1, 3, 17] {
        assert!(jianti::encoding::is_binary(&numbers(step)), "{step}");
    }
}

#[test]
fn errors_name_the_byte() {
    let utf32 = |text: &str| encoded(text, Encoding::Utf32Be);
    let surrogate = [&utf32(PROSE)[..], b"\0\0\xD8\0", &utf32("後")[4..]].concat();
    let cut = [&utf32(PROSE)[..], b"\0\0"].concat();
    let hz = [
        &encoded("图书馆里的书，我们都看。", Encoding::Hz)[..],
        b"~!x",
    ]
    .concat();
    for (encoding, bytes, shown) in [
        (Encoding::Utf32Be, surrogate.clone(), "00 00 D8 00"),
        (Encoding::Utf32Be, cut, "00 00"),
        (Encoding::Hz, hz, "7E"),
        (Encoding::Hz, b"abc~{<:K\n".to_vec(), "4B"),
        (Encoding::Utf7, b"abc+Zg-".to_vec(), "67"),
    ] {
        let bom_len = encoding.bom(&bytes).len();
        let error = decode(&bytes, encoding, bom_len, false).expect_err("malformed");
        let hex: Vec<_> = error
            .bytes
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        assert_eq!(hex.join(" "), shown, "{encoding}");
        let at = error.offset as usize;
        assert_eq!(bytes[at..at + error.bytes.len()], error.bytes);
        let (text, replaced) = decode(&bytes, encoding, bom_len, true).expect("lossy");
        assert!(
            replaced == 1 && text.contains('\u{FFFD}'),
            "{encoding}: {text}"
        );
    }
    let expected = "invalid UTF-32BE at byte offset";
    assert!(error(&surrogate).starts_with(expected));
}

/// A page of a board: colours, and a character that a colour, a line's end or a letter cuts in half here and there.
fn board(encoding: Encoding, lines: usize) -> (Vec<u8>, u64) {
    let line = encoded(
        "\u{1b}[1;33m圖書館\u{1b}[m裡很安靜，我們都去那裡看書",
        encoding,
    );
    let half = &encoded("書", encoding)[..1];
    let (mut bytes, mut halves) = (Vec::new(), 0);
    for number in 0..lines {
        bytes.extend(&line);
        let cut: &[u8] = match number % 8 {
            1 => b"\n",
            3 => b"\x1b[0m\n",
            5 => b" README\n",
            _ => {
                bytes.push(b'\n');
                continue;
            }
        };
        bytes.extend(half);
        bytes.extend(cut);
        halves += 1;
    }
    (bytes, halves)
}

#[test]
fn half_characters_are_one_error_or_are_replaced() {
    let gbk = |text: &str| simplified(text);
    for (encoding, lines) in [
        (Encoding::Big5, 40),
        (Encoding::Big5, 60_000),
        (Encoding::Gbk, 40),
        (Encoding::Gbk, 60_000),
    ] {
        let (bytes, halves) = board(encoding, lines);
        assert_eq!(
            detect(&bytes[..bytes.len().min(1 << 16)], false)
                .expect("told")
                .encoding,
            encoding
        );
        let first = decode(&bytes, encoding, 0, false).expect_err("halves");
        let message = error(&bytes);
        let start = format!("invalid {encoding} at byte offset {} (byte ", first.offset);
        assert!(message.starts_with(&start), "{message}");
        let end = format!(", the first of {halves} such places");
        assert!(message.ends_with(&end), "{message}");
        let (result, outcome) = normalize("a.txt", &bytes, |options| options.lossy = true);
        assert_eq!(outcome.replaced, halves);
        let result = String::from_utf8(result).expect("UTF-8");
        let lines: Vec<_> = result.lines().take(7).collect();
        let line = format!(
            "\u{1b}[1;33m{}\u{1b}[m{}",
            gbk("圖書館"),
            "里很安静，我们都去那里看书"
        );
        assert_eq!(lines[0], line);
        assert_eq!(lines[1], format!("{line}\u{FFFD}"));
        assert_eq!(lines[3], format!("{line}\u{FFFD}\u{1b}[0m"));
        assert_eq!(lines[5], format!("{line}\u{FFFD} README"));
    }
}

#[test]
fn the_run_sums_up_what_could_not_be_decoded() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let (a, in_a) = board(Encoding::Big5, 30);
    let (b, in_b) = board(Encoding::Big5, 80);
    write(
        folder,
        &[
            ("in/a.txt", &a),
            ("in/b.txt", &b),
            ("in/c.txt", PROSE.as_bytes()),
        ],
    );
    let run = run_in(folder, &["in", "-o", "out", "--report", "report.jsonl"]);
    assert_eq!(run.code, 2);
    let sum = format!(
        "undecodable: {} places in 2 files; --lossy puts U+FFFD there",
        in_a + in_b
    );
    assert!(run.err.contains(&sum), "{}", run.err);
    assert_eq!(run.err.matches("jianti: in/").count(), 2, "{}", run.err);
    let report = std::fs::read_to_string(folder.join("report.jsonl")).expect("a report");
    assert!(
        report.contains(&format!("\"undecodable\":{in_b}")),
        "{report}"
    );
    let run = run_in(folder, &["in", "-o", "lossy", "--lossy"]);
    assert_eq!(run.code, 0);
    assert!(
        run.err.contains(&format!("replaced: {}", in_a + in_b)),
        "{}",
        run.err
    );
}

/// What boards draw: frames, diamonds, blocks.
const FRAMES: [&str; 4] = [
    "◇◆◇◆◇◆◇◆◇◆◇◆◇◆◇◆◇◆◇◆\n",
    "╔═══════════════╗\n║　　　　　　　　　　　　　　　║\n╚═══════════════╝\n",
    "▁▂▃▄▅▆▇█▇▆▅▄▃▂▁★☆★☆★☆\n",
    "┌──┬──┐\n│　　│　　│\n├──┼──┤\n└──┴──┘\n",
];

#[test]
fn frames_do_not_make_big5_gbk() {
    for frame in FRAMES {
        for text in [
            "歡迎光臨本站\n",
            "精華區",
            "我們的圖書館\n",
            "發信人: 小明 看板: 讀書",
        ] {
            let document = [frame, text, frame, frame].concat();
            let bytes = encoded(&document, Encoding::Big5);
            let found = detect(&bytes, true).expect("told");
            assert_eq!(found.encoding, Encoding::Big5, "{document}");
        }
    }
    // Nor GBK Big5.
    let document = [
        "┌──┬──┐\n│　　│　　│\n",
        "欢迎光临本站，我们的图书馆\n",
        "★☆★☆◇◆◇◆\n",
    ]
    .concat();
    let found = detect(&encoded(&document, Encoding::Gbk), true).expect("told");
    assert_eq!(found.encoding, Encoding::Gbk);
}

#[test]
fn pictures_tell_their_encoding_without_any_text() {
    let pictures = [
        "   \u{1B}[1;32m◢◢◢\u{1B}[0m\n  \u{1B}[32m●●●●\u{1B}[1m◢\u{1B}[0m\n   ●◣●◢●\n",
        "◤▂▂◥\n▼◤●●茗伊\n◤　◥\n",
    ];
    for picture in pictures.into_iter().chain(FRAMES) {
        let found = detect(&encoded(picture, Encoding::Big5), true).expect("told");
        assert_eq!(found.encoding, Encoding::Big5, "{picture}");
    }
    // A few signs, and text in another language, tell nothing.
    for bytes in [
        encoded("◢◢◢ ok\n", Encoding::Big5),
        encoding_rs::EUC_JP.encode("┌──┐┌──┐カナ").0.into_owned(),
        encoding_rs::KOI8_R
            .encode("Эта книга лежит на столе")
            .0
            .into_owned(),
    ] {
        let found = detect(&bytes, true).map(|found| found.encoding);
        assert!(
            !matches!(found, Ok(Encoding::Big5 | Encoding::Gbk)),
            "{found:?}"
        );
    }
}

#[test]
fn titles_in_japanese_do_not_make_a_text_japanese() {
    for (text, encoding) in [
        (
            "動畫《ぼっち　ざ　ろっく！》將於今年推出劇場版。",
            Encoding::Big5,
        ),
        (
            "动画《ぼっち　ざ　ろっく！》将于今年推出剧场版。",
            Encoding::Gbk,
        ),
        (
            "我们唱《世界に一つだけの花》，他也会唱，是很好的歌。",
            Encoding::Gbk,
        ),
        ("新歌「ありがとう」的歌詞很好聽。", Encoding::Big5),
        ("新歌「ありがとう」的歌词很好听。", Encoding::Gbk),
        ("《となりのトトロ》是宫崎骏的电影。", Encoding::Gbk),
        ("《となりのトトロ》是宮崎駿的電影。", Encoding::Big5),
    ] {
        let bytes = encoded(text, encoding);
        let found = detect(&bytes, true).expect("told");
        assert_eq!(found.encoding, encoding, "{text}");
        let (_, outcome) = normalize("a.txt", &bytes, |_| ());
        assert_eq!(outcome.language, Language::Chinese, "{text}");
    }
    for (text, label) in [
        (
            "『鋼の錬金術師』公式サイト開設、「ありがとう」と言った。",
            "euc-jp",
        ),
        (
            "『鋼の錬金術師』公式サイト開設、「ありがとう」と言った。",
            "shift_jis",
        ),
        (
            "昨日は朝から雨が降っていたので、家で本を読んでいました。",
            "euc-jp",
        ),
        ("図書館は静かです。", "euc-jp"),
        ("図書館は静かです。", "shift_jis"),
        ("《기생충》은 봉준호 감독의 영화이다.", "euc-kr"),
    ] {
        let bytes = encoded(text, label.parse().expect("a label"));
        assert!(detect(&bytes, true).is_err(), "{text} in {label}");
    }
}

#[test]
fn latin_text_is_another_language() {
    let latin: Encoding = "windows-1252".parse().expect("a label");
    let subtitle = "1\r\n00:00:01,000 --> 00:00:02,000\r\nPerch\u{e9} non \u{e8} pi\u{f9} cos\u{ec}?\r\nLa citt\u{e0} \u{e8} bella, per\u{f2} \u{e8} lontana.\r\n\r\n";
    let prose = "Hier, il a plu d\u{e8}s le matin, et je suis rest\u{e9} \u{e0} la maison pour lire. D\u{e9}j\u{e0} les bourgeons.";
    let table = "nome,citt\u{e0}\r\nNicol\u{f2},Forl\u{ec}\r\nRiccardo,Cefal\u{f9} in provincia di Palermo\r\n";
    for (name, text) in [
        ("a.srt", subtitle),
        ("a.txt", prose),
        ("a.csv", table),
        ("a.html", prose),
    ] {
        let bytes = encoded(text, latin);
        let (result, outcome) = normalize(name, &bytes, |_| ());
        assert!(result == bytes && !outcome.changed, "{name}");
        assert_eq!(outcome.language, Language::Other, "{name}");
        let normalizer = Normalizer::new(Options::default()).expect("options");
        let mut streamed = Vec::new();
        let many = bytes.repeat(20_000);
        normalizer
            .normalize_stream_named(name, &mut &many[..], &mut streamed)
            .expect("left alone");
        assert!(streamed == many, "{name}, streamed");
    }
    // Neither is what is Chinese in an encoding that does not show, nor noise.
    for bytes in [
        &b"\xB9\xCF\xAE\xD1\xC0\x5D"[..],
        b"abc \xFF\xFE\xFD\xFC def \x80\x81\x82 ghi",
    ] {
        let normalizer = Normalizer::new(Options::default()).expect("options");
        let result = normalizer.normalize(bytes);
        assert!(
            matches!(result, Err(Error::Undetected(_)))
                || !result.expect("told").1.language.is_left_alone()
        );
    }
}

#[test]
fn a_mark_is_kept_where_it_is_wanted() {
    let mark = "\u{FEFF}";
    let text = format!("{mark}圖書館,書\n");
    let bare = "图书馆,书\n";
    let marked = format!("{mark}{bare}");
    let cases: [(&str, Bom, &str); 11] = [
        ("a.csv", Bom::Auto, &marked),
        ("a.tsv", Bom::Auto, "\u{FEFF}图书馆\t书\n"),
        ("a.csv", Bom::Keep, &marked),
        ("a.csv", Bom::Remove, bare),
        ("a.json", Bom::Auto, "[\"图\"]"),
        ("a.yaml", Bom::Auto, "甲: 图\n"),
        ("a.yaml", Bom::Keep, "\u{FEFF}甲: 图\n"),
        ("a.txt", Bom::Auto, "图书馆，书\n"),
        // Players take subtitles without one for the system's code page.
        (
            "a.srt",
            Bom::Auto,
            "\u{FEFF}1\n00:00:01,000 --> 00:00:02,000\n图书馆\n",
        ),
        (
            "a.ass",
            Bom::Auto,
            "\u{FEFF}[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,图书馆\n",
        ),
        ("a.lrc", Bom::Remove, "[00:01.00]图书馆\n"),
    ];
    for (name, bom, expected) in cases {
        let text = match name {
            "a.tsv" => "\u{FEFF}圖書館\t書\n",
            "a.json" => "\u{FEFF}[\"圖\"]",
            "a.yaml" => "\u{FEFF}甲: 圖\n",
            "a.srt" => "\u{FEFF}1\n00:00:01,000 --> 00:00:02,000\n圖書館\n",
            "a.ass" => "\u{FEFF}[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,圖書館\n",
            "a.lrc" => "\u{FEFF}[00:01.00]圖書館\n",
            _ => &text,
        };
        let (result, outcome) = normalize(name, text.as_bytes(), |options| options.bom = bom);
        assert_eq!(
            String::from_utf8(result).expect("UTF-8"),
            expected,
            "{name} {bom:?}"
        );
        assert!(outcome.changed);
    }
    // A stream on many threads has it once; what has none gets none.
    let many = format!("{mark}{}", "甲,圖書館裡很安靜\n".repeat(60_000));
    let normalizer = Normalizer::new(Options::default()).expect("options");
    let mut streamed = Vec::new();
    normalizer
        .normalize_stream_named(Path::new("a.csv"), &mut many.as_bytes(), &mut streamed)
        .expect("a table");
    let streamed = String::from_utf8(streamed).expect("UTF-8");
    assert!(streamed.starts_with("\u{FEFF}甲,图书馆") && streamed.matches('\u{FEFF}').count() == 1);
    let (result, _) = normalize("a.csv", "圖\n".as_bytes(), |options| {
        options.bom = Bom::Keep
    });
    assert_eq!(result, "图\n".as_bytes());
    let already = marked.as_bytes();
    let (result, outcome) = normalize("a.csv", already, |_| ());
    assert!(result == already && !outcome.changed);
}

#[test]
fn a_document_in_which_nothing_changes_keeps_its_mark() {
    let po =
        "\u{FEFF}msgid \"\"\nmsgstr \"Language: cs\\n\"\n\nmsgid \"Open\"\nmsgstr \"Otevřít\"\n";
    let xlf = "\u{FEFF}<xliff version=\"1.2\"><file target-language=\"cs\"><body><trans-unit id=\"a\">\
        <source>Open</source><target>Otevřít</target></trans-unit></body></file></xliff>";
    let resx = "\u{FEFF}<root><data name=\"a\"><value>打开文件</value></data></root>";
    let long = format!("\u{FEFF}[{}]", vec!["\"这里很安静\""; 120_000].join(","));
    for (name, text) in [
        ("cs.po", po),
        ("cs.xlf", xlf),
        ("zh.resx", resx),
        ("a.txt", "\u{FEFF}图书馆很安静。\n"),
        ("a.json", &long),
        ("empty.txt", "\u{FEFF}"),
    ] {
        let (result, outcome) = normalize(name, text.as_bytes(), |_| ());
        assert!(result == text.as_bytes() && !outcome.changed, "{name}");
        // It is removed where that is asked for, and in all pieces alike.
        let (bare, outcome) = normalize(name, text.as_bytes(), |options| options.bom = Bom::Remove);
        assert!(bare == text.as_bytes()[3..] && outcome.changed, "{name}");
        let normalizer = Normalizer::new(Options::default()).expect("options");
        let mut streamed = Vec::new();
        let outcome = normalizer
            .normalize_stream_named(Path::new(name), &mut text.as_bytes(), &mut streamed)
            .expect("a document");
        assert!(streamed == text.as_bytes() && !outcome.changed, "{name}");
        let comparison = normalizer.compare_named(Path::new(name), text.as_bytes());
        assert!(!comparison.expect("a document").outcome.changed, "{name}");
    }
    // A change far into the document is one.
    let text = format!(
        "\u{FEFF}[\"这里\",{}\"頭髮\"]",
        "\"很安静\",".repeat(50_000)
    );
    let (result, _) = normalize("a.json", text.as_bytes(), |_| ());
    assert!(result.starts_with("[\"这里".as_bytes()));
}

#[test]
fn a_file_keeps_its_own_encoding() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let done = "图书馆在学校的东边，门口有两棵老树。<br>後\n".replace('後', "后");
    let text = "圖書館在學校的東邊，門口有兩棵老樹。<br>後\n";
    let mut files = Vec::new();
    for (name, encoding) in [
        ("utf8", Encoding::Utf8),
        ("gbk", Encoding::Gbk),
        ("gb18030", Encoding::Gb18030),
        ("utf16le", Encoding::Utf16Le),
        ("utf32be", Encoding::Utf32Be),
    ] {
        let more = if encoding == Encoding::Gb18030 {
            "\u{20000}\u{3400}"
        } else {
            ""
        };
        let page = |text: &str| encoded(&format!("{text}{more}"), encoding);
        files.push((format!("in/{name}.txt"), page(text), page(&done)));
    }
    let bare = encoded(&text.repeat(4), Encoding::Utf16Le)[2..].to_vec();
    let bare_done = encoded(&done.repeat(4), Encoding::Utf16Le)[2..].to_vec();
    files.push(("in/bare.txt".to_owned(), bare, bare_done));
    let page = |label: &str, text: &str| format!("<meta charset=\"{label}\"><p>{text}");
    files.push((
        "in/page.html".to_owned(),
        encoded(&page("gb2312", text), Encoding::Gbk),
        encoded(&page("gb2312", &done), Encoding::Gbk),
    ));
    let given: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes, _)| (&**name, &**bytes))
        .collect();
    write(folder, &given);
    let run = run_in(folder, &["in", "-o", "out", "--to-encoding", "same"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for (name, _, expected) in &files {
        let result = std::fs::read(folder.join(name.replace("in/", "out/"))).expect("written");
        assert!(
            result == *expected,
            "{name}: {}",
            String::from_utf8_lossy(&result)
        );
    }
    // Big5 lacks simplified characters.
    write(folder, &[("big5.txt", &encoded(PROSE, Encoding::Big5))]);
    let run = run_in(folder, &["big5.txt", "--to-encoding", "same"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Big5 has no"), "{}", run.err);
}
