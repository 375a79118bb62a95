//! Text whose bytes were read in another encoding than theirs: it comes back whole, or stays and is told.

mod common;

use jianti::repair::{Findings, Repairer};
use jianti::{Normalizer, Options};

/// Sentences in UTF-8 that a browser reads as GBK: those that lose nothing come back, the others stay, and with U+FFFD in
/// place of what they lost most of the rest comes back.
#[test]
fn utf8_read_as_gbk_comes_back_whole_or_stays() {
    let mut texts: Vec<_> = common::real_texts();
    texts.retain(|(name, _)| name.starts_with("news"));
    for name in ["simplified/tea.txt", "traditional/market.txt"] {
        let path = format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
        texts.push((
            name.to_owned(),
            std::fs::read_to_string(path).expect("a sample"),
        ));
    }
    let (mut whole, mut open, mut lost, mut back, mut all) = (0, 0, 0, 0, 0);
    for (name, text) in &texts {
        let sentences = text.split_inclusive(['。', '\n']).map(str::trim);
        let sentences = sentences.filter(|sentence| sentence.chars().count() > 12);
        for sentence in sentences.step_by(if name.starts_with("news") { 150 } else { 1 }) {
            let page = encoding_rs::GBK
                .decode_without_bom_handling(sentence.as_bytes())
                .0;
            let mut findings = Findings::new(true);
            let kept = Repairer::default().repair(&page, &mut findings);
            match &*kept == sentence {
                true => whole += 1,
                false => {
                    assert_eq!(kept, page, "{sentence}");
                    if findings.repairs.open > 0 {
                        open += 1
                    } else {
                        lost += 1
                    }
                }
            }
            let survived = Repairer::default()
                .lossy(true)
                .repair(&page, &mut Findings::default())
                .into_owned();
            // None is invented: what comes back are the sentence's characters, in order.
            let mut rest = sentence.chars();
            let found = survived.chars().filter(|c| *c != '\u{FFFD}');
            back += found.clone().count();
            all += sentence.chars().count()
                - page
                    .matches('\u{FFFD}')
                    .count()
                    .min(sentence.chars().count());
            if survived != page {
                for c in found {
                    assert!(rest.any(|other| other == c), "{sentence}: {survived}");
                }
            }
        }
    }
    println!(
        "UTF-8 read as GBK: {whole} whole, {open} open, {lost} not noticed; of {all} characters {back} back"
    );
    assert!(lost * 20 <= whole + open && back * 10 >= all * 9);
}

/// Whole texts in UTF-8 that a program read as GBK which skips what it does not know, one byte at a time and without a trace:
/// no line of them is repaired in part or converted as it stands, and with U+FFFD most of them comes back.
#[test]
fn utf8_read_as_gbk_by_a_program_that_skips_bytes_stays_or_comes_back() {
    let mut texts: Vec<_> = common::real_texts();
    texts.retain(|(name, _)| name.starts_with("news"));
    let path = format!("{}/samples/simplified/tea.txt", env!("CARGO_MANIFEST_DIR"));
    let tea = std::fs::read_to_string(path).expect("a sample");
    texts.push(("tea.txt".to_owned(), tea));
    for (name, text) in &texts {
        let lines = text.lines().filter(|line| line.chars().count() > 12);
        let lines: Vec<_> = lines.take(400).collect();
        let page: Vec<_> = lines.iter().map(|line| read_as_gbk(line)).collect();
        let page = page.join("\n");
        let mut findings = Findings::new(false);
        let kept = Repairer::default().repair(&page, &mut findings);
        let mut wrong = 0;
        for ((line, kept), page) in lines.iter().zip(kept.lines()).zip(page.lines()) {
            wrong += usize::from(kept != *line && kept != page);
        }
        assert_eq!(wrong, 0, "{name}");
        assert!(
            findings.repairs.open >= lines.len() as u64 * 9 / 10,
            "{name}"
        );
        let lossy = Repairer::default().lossy(true);
        let back = lossy.repair(&page, &mut Findings::default());
        let count = |text: &str| {
            text.chars()
                .filter(|c| !c.is_ascii() && *c != '\u{FFFD}')
                .count()
        };
        let all: usize = lines.iter().map(|line| count(line)).sum();
        assert!(
            count(&back) * 10 >= all * 8,
            "{name}: {} of {all}",
            count(&back)
        );
    }
}

/// Texts in one encoding that were read in another, as browsers do it: no line is repaired in part or converted as it stands, and
/// at least so many of a hundred characters come back.
#[test]
fn texts_read_in_another_encoding_stay_or_come_back() {
    use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
    let simplified = "这座小城的图书馆建在河边，一楼是阅览室，二楼放着旧报纸。\n管理员是一位退休的老师，她对每一本书都很熟悉。\n\
        周末的下午，孩子们在这里听故事，大人们在窗边看书。\n有人说，只要门还开着，这座城市就不会忘记自己的过去。";
    let traditional = "這座小城的圖書館建在河邊，一樓是閱覽室，二樓放著舊報紙。\n管理員是一位退休的老師，她對每一本書都很熟悉。\n\
        週末的下午，孩子們在這裡聽故事，大人們在窗邊看書。\n有人說，只要門還開著，這座城市就不會忘記自己的過去。";
    for (text, is, shown, least) in [
        (simplified, UTF_8, WINDOWS_1252, 99),
        (traditional, UTF_8, WINDOWS_1252, 99),
        (simplified, GBK, WINDOWS_1252, 99),
        (traditional, BIG5, WINDOWS_1252, 99),
        (simplified, GBK, BIG5, 75),
        (traditional, BIG5, GBK, 75),
        (traditional, UTF_8, GBK, 80),
        (simplified, GBK, EUC_KR, 99),
        (traditional, BIG5, EUC_KR, 50),
        (simplified, GBK, SHIFT_JIS, 60),
        (traditional, BIG5, SHIFT_JIS, 90),
        (simplified, UTF_8, SHIFT_JIS, 70),
        (traditional, UTF_8, SHIFT_JIS, 70),
    ] {
        let name = format!("{} as {}", is.name(), shown.name());
        let lines: Vec<_> = text.lines().collect();
        let show = |line: &&str| {
            let (bytes, ..) = is.encode(line);
            shown.decode_without_bom_handling(&bytes).0.into_owned()
        };
        let page: Vec<_> = lines.iter().map(show).collect();
        let page = page.join("\n");
        let kept = Repairer::default().repair(&page, &mut Findings::default());
        for ((line, kept), page) in lines.iter().zip(kept.lines()).zip(page.lines()) {
            assert!(kept == *line || kept == page, "{name}: {page} {kept}");
        }
        let lossy = Repairer::default().lossy(true);
        let back = lossy.repair(&page, &mut Findings::default());
        let is_back = |c: &char| !c.is_ascii() && *c != '\u{FFFD}';
        let all = lines.concat().chars().filter(is_back).count();
        let found = back.lines().zip(&lines).map(|(back, line)| {
            let mut rest = line.chars();
            back.chars()
                .filter(is_back)
                .filter(|c| rest.any(|other| other == *c))
                .count()
        });
        let found: usize = found.sum();
        assert!(found * 100 >= all * least, "{name}: {found} of {all}");
    }
}

/// Lines that were read in another encoding, short ones too, between lines that were not: each comes back whole, or stays as it is
/// and is told. No other line of the page is touched for it.
#[test]
fn misread_lines_among_others_stay_or_come_back() {
    use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, UTF_8};
    let misread = [
        "外资大量增加，",
        "今年东南亚旅游业的形势更为严峻。",
        "法院据此备案，作出上述裁决。",
        "第六章，开头。",
        "每逢节日，候机楼服务员都要为旅客播放节日祝词。",
        "小说，书评，散文，诗歌。",
    ];
    let clean = "今天我們討論編碼問題，下面這段文字已經損壞。";
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (is, shown, least) in [
        (GBK, BIG5, 2),
        (UTF_8, BIG5, 0),
        (UTF_8, GBK, 0),
        (GBK, EUC_KR, 1),
        (GBK, SHIFT_JIS, 0),
        (UTF_8, SHIFT_JIS, 0),
        (UTF_8, EUC_KR, 0),
    ] {
        let name = format!("{} as {}", is.name(), shown.name());
        let show = |line: &str| {
            let (bytes, ..) = is.encode(line);
            shown.decode_without_bom_handling(&bytes).0.into_owned()
        };
        let lines = misread
            .iter()
            .flat_map(|line| [clean.to_owned(), show(line)]);
        let lines: Vec<_> = lines.collect();
        let page = lines.join("\n");
        let (text, outcome) = normalizer.normalize_str(&page).expect("text");
        let mut back = 0;
        for (number, (line, shown)) in text.lines().zip(&lines).enumerate() {
            match number % 2 {
                0 => assert_eq!(line, "今天我们讨论编码问题，下面这段文字已经损坏。"),
                _ => {
                    assert!(
                        line == shown || line == misread[number / 2],
                        "{name}: {line}"
                    );
                    back += u64::from(line != shown);
                }
            }
        }
        let open = outcome.repairs.open;
        assert!(
            back >= least && back + open == misread.len() as u64,
            "{name}: {back}, {open}"
        );
    }
}

/// One line that shows kana or hangul, as it was read in an encoding of Japanese or Korean: the others are converted as they are
/// without it, and it is told.
#[test]
fn a_line_read_as_japanese_or_korean_leaves_the_others_to_be_converted() {
    use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, UTF_8};
    let misread = "这座小城的图书馆建在河边，一楼是阅览室，二楼放着旧报纸。";
    let traditional = "這座小城的圖書館建在河邊，一樓是閱覽室，二樓放著舊報紙。";
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (text, is, shown) in [
        (misread, GBK, EUC_KR),
        (misread, GBK, SHIFT_JIS),
        (misread, UTF_8, EUC_KR),
        (misread, UTF_8, SHIFT_JIS),
        (traditional, BIG5, EUC_KR),
        (traditional, BIG5, SHIFT_JIS),
    ] {
        let (bytes, ..) = is.encode(text);
        let line = shown.decode_without_bom_handling(&bytes).0;
        let page = format!("門還開著。\n{line}\n他們說書還在。\n");
        let (found, outcome) = normalizer.normalize_str(&page).expect("text");
        let kept = format!("门还开着。\n{line}\n他们说书还在。\n");
        let repaired = format!("门还开着。\n{misread}\n他们说书还在。\n");
        let is_whole = *found == repaired && outcome.repairs.repaired.contains_key("mojibake");
        let is_open = *found == kept && outcome.repairs.open > 0;
        assert!(
            is_whole || is_open,
            "{} as {}: {found}",
            is.name(),
            shown.name()
        );
    }
}

/// Japanese and Korean are no misread Chinese.
#[test]
fn japanese_and_korean_stay() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for page in [
        "ﾊﾟｿｺﾝのﾒﾓﾘを増やすのはｶﾝﾀﾝです｡\nﾌｧｲﾙ名とｻｲｽﾞを入力してください｡\n",
        "糸が縺れる。荳を煮る。繝の字は珍しい。\n文字化け：荳ｭ蝗ｽ隱槭\n",
        "第一條 大韓民國은 民主共和國이다.\n學校에서 漢字를 배운다.\n",
    ] {
        let (found, outcome) = normalizer.normalize_str(page).expect("text");
        assert_eq!(found, page);
        assert!(outcome.repairs.is_empty(), "{page}: {:?}", outcome.repairs);
    }
}

/// What came back with losses is converted too, though a line with so many U+FFFD would stay.
#[test]
fn what_comes_back_with_losses_is_converted() {
    let page = read_as_gbk("這些規則同時適用於國內與國外的讀者，請閱讀說明書。");
    let options = Options::default().with(|options| options.lossy = true);
    let normalizer = Normalizer::new(options).expect("options that are well");
    let (text, _) = normalizer.normalize_str(&page).expect("a document");
    assert!(text.contains("国内") && text.contains('\u{FFFD}'), "{text}");
    assert!(!text.contains(['這', '則', '與', '說']), "{text}");
}

/// What a program shows that reads UTF-8 as GBK and skips each byte that begins no pair it knows.
fn read_as_gbk(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut page = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = if bytes[at].is_ascii() { 1 } else { 2 };
        let pair = bytes.get(at..at + length);
        let shown = pair.map(|pair| encoding_rs::GBK.decode_without_bom_handling(pair));
        match shown {
            Some((shown, false))
                if shown
                    .chars()
                    .all(|c| !('\u{E000}'..'\u{F900}').contains(&c)) =>
            {
                page.push_str(&shown);
                at += length;
            }
            _ => at += 1,
        }
    }
    page
}

/// A2 E3 ends one character of UTF-8 and begins another. Browsers show it as €, like 80, or as a code point of private use.
#[test]
fn what_browsers_show_in_two_ways_is_read_back() {
    for sentence in ["河边的门面、茶馆都开着", "河边的门面。人们来来往往"] {
        let page = encoding_rs::GBK
            .decode_without_bom_handling(sentence.as_bytes())
            .0;
        for page in [page.to_string(), page.replacen('€', "\u{E76C}", 1)] {
            let text = Repairer::default().repair(&page, &mut Findings::default());
            assert_eq!(text, sentence, "{page}");
        }
    }
}

/// Traditional characters among what fell out are no text: nothing is converted on top.
#[test]
fn a_line_of_which_much_fell_out_stays() {
    let text = "老人坐在门口，看着孩子们把纸船放进水沟里。\n";
    let page = encoding_rs::BIG5
        .decode_without_bom_handling(text.as_bytes())
        .0;
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    let (kept, outcome) = normalizer.normalize_str(&page).expect("text");
    assert_eq!((&*kept, outcome.repairs.open), (&*page, 1));
    let question = "他问\u{FFFD}我說沒有人知道這件事，\u{FFFD}\u{FFFD}這是後來才聽說的。";
    let (converted, _) = normalizer.normalize_str(question).expect("text");
    assert!(converted.contains("我说没有人知道这件事"));
}

#[test]
fn names_in_korean_are_no_misread_text() {
    let normalizer = Normalizer::new(Options::default()).expect("options that are well");
    for text in [
        "리훙 장훙 왕훙 류훙",
        "뵨 보리, 뵨 달렌, 뵨 뢰드, 뵨 페리",
        "뚤롱 뚤루즈 뚤뤼즈",
    ] {
        let (found, outcome) = normalizer.normalize_str(text).expect("text");
        assert_eq!(found, text);
        assert_eq!(outcome.repairs.open, 0, "{text}");
    }
    // In a record beside Chinese.
    let record = "{\"zh\":\"刘红、王宏\",\"ko\":\"류훙, 왕훙\"}\n";
    let (found, _) = normalizer
        .normalize_named("a.jsonl", record.as_bytes())
        .expect("JSON Lines");
    assert_eq!(String::from_utf8_lossy(&found), record);
}

/// Tags and emphasis stay between the words that they stood between, in whatever way the text between them was misread. As many
/// characters stand between them as lose no byte to them.
#[test]
fn markup_between_misread_words_stays_in_its_place() {
    const PAGES: [(jianti::Format, &str); 4] = [
        (
            jianti::Format::Html,
            "<p>使用说明请看<a href=\"x.html\">安装文档</a>以及相关章节<b>其他内容</b>，请先看明白</p>\n",
        ),
        (
            jianti::Format::Markdown,
            "- **使用方法**图书馆里的书籍可以看 [安装文档](a.md) 以及其他内容\n",
        ),
        (
            jianti::Format::Srt,
            "1\n00:00:01,000 --> 00:00:02,000\n<i>图书馆里</i>的书籍可以翻看，请不要拿走了\n",
        ),
        (
            jianti::Format::Latex,
            "\\textbf{使用方法}图书馆里的书籍都可以\\emph{借阅两周}，请不要带走\n",
        ),
    ];
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    for (format, page) in PAGES {
        let options = Options::default().with(|options| options.format = Some(format));
        let normalizer = Normalizer::new(options).expect("options that are well");
        for (bytes, read) in [
            (page.as_bytes(), encoding_rs::GBK),
            (page.as_bytes(), encoding_rs::WINDOWS_1252),
            (&gbk(page), encoding_rs::WINDOWS_1252),
        ] {
            let garbled = read.decode_without_bom_handling(bytes).0;
            let (back, _) = normalizer.normalize_str(&garbled).expect("a document");
            assert_eq!(back, page, "{garbled}");
        }
    }
}

/// Short lines, cells and values that were read in another encoding, alone in a document: what comes back whole is repaired, and
/// where a byte fell out all stays as it is and is told.
#[test]
fn short_text_comes_back_or_stays() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    let settled = [
        ("鐢ㄦ埛鐧诲綍绯荤粺", "用户登录系统"),
        ("缃戠粶鏁版嵁瀛楀吀", "网络数据字典"),
        ("鏍煎紡鍩轰簬", "格式基于"),
        ("浣跨敤鏃舵満", "使用时机"),
        ("娴嬭瘯瑕佹眰", "测试要求"),
        ("绫诲瀷閫夋嫨", "类型选择"),
        // GBK as Latin-1.
        ("ÓÃ»§µÇÂ¼ÏµÍ³", "用户登录系统"),
    ];
    let open = [
        "瀹㈡埛绔?",
        "绫诲瀷妫€鏌?",
        "缁撴瀯娲炲垎鏋?",
        "鍔熻兘鐗规€?",
        "閫夋嫨寮忕紪鐮?",
    ];
    let forms = [
        ("a.txt", "", "\n"),
        ("a.csv", "id,title\n1,", "\n"),
        ("a.jsonl", "{\"title\":\"", "\"}\n"),
        ("a.yaml", "title: ", "\n"),
        ("a.html", "<title>", "</title>\n"),
    ];
    for (name, before, behind) in forms {
        let normalized = |text: &str| {
            let page = format!("{before}{text}{behind}");
            let (found, outcome) = normalizer
                .normalize_named(name, page.as_bytes())
                .expect("a document");
            (
                String::from_utf8_lossy(&found).into_owned(),
                outcome.repairs,
            )
        };
        for (page, original) in settled {
            let (found, _) = normalized(page);
            assert_eq!(found, format!("{before}{original}{behind}"), "{name}");
        }
        for page in open {
            let (found, repairs) = normalized(page);
            assert_eq!(found, format!("{before}{page}{behind}"), "{name}");
            assert_eq!(repairs.open, 1, "{name}: {page}");
        }
    }
}

/// Lines that somebody mended in part, by replacing words: each garbled run comes back alone, or all stays. With `lossy` no
/// character beside a run is taken for bytes of it.
#[test]
fn runs_beside_clean_text_come_back_alone() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (page, original) in [
        ("用户鐧诲綍系统", "用户登录系统"),
        (
            "鐩存帴閿佸畾用户，因为這樣更快",
            "直接锁定用户，因为这样更快",
        ),
        ("// 记录鐧诲綍失败", "// 记录登录失败"),
    ] {
        let (found, _) = normalizer.normalize_str(page).expect("text");
        assert_eq!(found, original);
    }
    let lossy = Options::default().with(|options| options.lossy = true);
    let lossy = Normalizer::new(lossy).expect("loads");
    for (page, original) in [
        (
            "鐢变簬数据搴撻噷娌℃湁杩欎釜瀛楁，这里直接锁定用户",
            "由于数据库里没有这个字�，这里直接锁定用户",
        ),
        ("瀹㈡埛绔?这里直接锁定用户。", "客户�?这里直接锁定用户。"),
    ] {
        let (kept, outcome) = normalizer.normalize_str(page).expect("text");
        assert_eq!((&*kept, outcome.repairs.open), (page, 1));
        let (found, _) = lossy.normalize_str(page).expect("text");
        assert_eq!(found, original);
    }
}

/// Text that was read in another encoding twice comes back through both.
#[test]
fn what_was_misread_twice_comes_back() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    let text = "这里是少林寺前的广场，因年代久远，都有些破损。";
    let latin = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>()
    };
    let gbk = |text: &str| {
        let (shown, lost) = encoding_rs::GBK.decode_without_bom_handling(text.as_bytes());
        (!lost).then(|| shown.into_owned())
    };
    let in_gbk = encoding_rs::GBK.encode(text).0;
    let pages = [
        latin(latin(text.as_bytes()).as_bytes()),
        gbk(&latin(text.as_bytes())).expect("all of it"),
        gbk(&latin(&in_gbk)).expect("all of it"),
        latin(latin(&in_gbk).as_bytes()),
    ];
    for page in pages {
        let (found, outcome) = normalizer.normalize_str(&page).expect("text");
        assert!(
            found == text || found == page && outcome.repairs.open > 0,
            "{page}: {found}"
        );
    }
    for (page, original) in [("忙聞聼猫掳垄忙聜篓", "感谢您"), ("脮芒脌茂脢脟", "这里是")]
    {
        let (found, _) = normalizer.normalize_str(page).expect("text");
        assert_eq!(found, original);
    }
}

/// Tables that share most characters with Windows-1252: the others tell which it was.
#[test]
fn western_tables_are_told_apart() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (page, original) in [
        ("ÌíŒÓµœÄúµÄÕË»§", "添加到您的账户"),
        ("ÊýÀíÍ³ŒÆ·ÖÎö", "数理统计分析"),
        ("¶Á³öµÄÊýŸÝÎªGBRžñÊœ", "读出的数据为GBR格式"),
        ("ÈıÏÊºìÉ«´ó×Ö", "三鲜红色大字"),
    ] {
        let (found, _) = normalizer.normalize_str(page).expect("text");
        assert_eq!(found, original);
    }
    // Either both tables are likely, or it comes back.
    for page in ["Fork ÏîÄ¿µœÄúµÄ", "ÖÐÎÄœçÃæ", "ÐŽÊ®ÁùÎ»GRAM"] {
        let (found, outcome) = normalizer.normalize_str(page).expect("text");
        assert_eq!((&*found, outcome.repairs.open), (page, 1));
    }
}

/// What people write of the characters that a misreading shows: names, poems, lists of rare characters, words with letters of Western
/// languages.
#[test]
fn text_with_characters_of_a_misreading_is_converted() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (page, original) in [
        ("鎮村級幹部與閻洪臣談話。", "镇村级干部与阎洪臣谈话。"),
        (
            "鹩占一枝，反笑鹏心奢侈；兔營三窟，轉嗤鶴壘高危。",
            "鹩占一枝，反笑鹏心奢侈；兔营三窟，转嗤鹤垒高危。",
        ),
        ("古城嶄新，勣在千秋。", "古城崭新，𪟝在千秋。"),
        (
            "鐧、鍚、銆、鎵、鏃、鐢、鏁、鍩",
            "锏、钖、銆、镓、镞、鐢、锁、锘",
        ),
        ("張錕和李鋼拷問了他", "张锟和李钢拷问了他"),
        ("忙着猫猫狗狗，茅屋莽莽", "忙着猫猫狗狗，茅屋莽莽"),
        (
            "瀹、瀵、瀛、浣溪沙、涓涓細流",
            "瀹、瀵、瀛、浣溪沙、涓涓细流",
        ),
        (
            "脈脈含情，腳臉脫脅，聽聞聲聯",
            "脉脉含情，脚脸脱胁，听闻声联",
        ),
        (
            "Ürümqi、İstanbul、Łódź、Œuvres、naïveté與「ÀÉÈÙÇÂÊ」",
            "Ürümqi、İstanbul、Łódź、Œuvres、naïveté与“ÀÉÈÙÇÂÊ”",
        ),
    ] {
        let (found, outcome) = normalizer.normalize_str(page).expect("text");
        assert!(outcome.repairs.is_empty(), "{page}: {:?}", outcome.repairs);
        assert_eq!(found, original);
    }
}

/// U+FFFD that was read as GBK keeps the bytes between, and a document of nothing but U+FFFD is counted.
#[test]
fn what_is_lost_is_told() {
    let normalizer = Normalizer::new(Options::default()).expect("loads");
    for (page, lost) in [
        ("锟侥硷拷", 1),
        ("锟斤拷锟斤拷", 2),
        ("锟酵硷拷", 1),
        ("�����������Ķ�\n�����������Ķ�\n", 24),
    ] {
        let (found, outcome) = normalizer.normalize_str(page).expect("text");
        assert_eq!((&*found, outcome.repairs.lost), (page, lost));
    }
    // A blank of some tables of GBK is told once.
    let page = "这里\u{E5E5}是路口。\n前面\u{E5E5}是河。\n后面\u{E5E5}是山。\n";
    let (found, outcome) = normalizer.normalize_str(page).expect("text");
    assert_eq!((&*found, outcome.repairs.open), (page, 1));
    // What else is of private use is told wherever it stands.
    let page = page.to_owned() + &"山上很冷。\n".repeat(5000) + "图标\u{E600}和空格\u{E5E5}。\n";
    let (found, outcome) = normalizer.normalize_str(&page).expect("text");
    assert_eq!((&*found, outcome.repairs.open), (&*page, 2));
}
