//! Documents whose text is wrapped in something else: other programs read them before and after, and find the same but
//! for the text, and in it what converting the text alone gives.

mod common;
#[path = "common/run.rs"]
mod run;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document, tree_builder::TreeBuilderOpts};
use jianti::Config;
use jianti::encoding::Encoding;
use jianti::{Format, Normalizer, Options, Punctuation};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use quick_xml::events::Event as Xml;

/// How many broken documents are made of each fixture.
const BROKEN: usize = 500;

/// Names of the fixtures.
const FIXTURES: [&str; 30] = [
    "page.html",
    "chapter.xhtml",
    "letters.xml",
    "feed.xml",
    "article.md",
    "component.mdx",
    "film.srt",
    "talk.vtt",
    "show.ass",
    "song.lrc",
    "data.json",
    "records.jsonl",
    "table.csv",
    "table.tsv",
    "config.yaml",
    "site.toml",
    "catalogue.po",
    "messages.properties",
    "settings.ini",
    "paper.tex",
    "page.wiki",
    "manual.rst",
    "guide.adoc",
    "notes.org",
    "translation.xlf",
    "resources.resx",
    "linguist.ts",
    "app.strings",
    "events.ics",
    "notebook.ipynb",
];

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/documents");
    let text = fs::read_to_string(folder.join(name)).expect("a fixture in UTF-8");
    text.trim_start_matches('\u{FEFF}').to_owned()
}

fn options() -> Options {
    Options::default().with(|options| {
        options.config = Config::T2s;
        options.punctuation = Punctuation::Keep;
    })
}

fn normalize_with(options: Options, name: &str, text: &str) -> Result<String, jianti::Error> {
    let normalizer = Normalizer::new(options).expect("options that are well");
    let (bytes, _) = normalizer.normalize_named(name, text.as_bytes())?;
    Ok(String::from_utf8(bytes).expect("UTF-8"))
}

/// What becomes of a document.
fn normalize(name: &str, text: &str) -> String {
    normalize_with(options(), name, text).expect("a document")
}

/// What becomes of text alone.
fn convert(text: &str) -> String {
    jianti::converter(Config::T2s, false, &[])
        .convert(text)
        .into_owned()
}

/// A document with a few accidents: characters that mean something put in, taken out, repeated.
fn broken(text: &str, random: &mut fastrand::Rng) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let marks: Vec<char> = "<>&;\"'/=!?-[]{}()\\,:\t\n\r #*_`|~^$頭髮"
        .chars()
        .collect();
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=characters.len());
        let end = characters.len().min(at + random.usize(..20));
        match random.u8(..3) {
            0 => {
                characters.drain(at..end);
            }
            1 => {
                let repeated = characters[at..end].to_vec();
                characters.splice(at..at, repeated);
            }
            _ => characters.insert(at, marks[random.usize(..marks.len())]),
        }
    }
    characters.into_iter().collect()
}

#[test]
fn documents_without_anything_to_convert_come_back_byte_for_byte() {
    let simplified = [
        ("zh-TW", "zh-CN"),
        ("zh-Hant-TW", "zh-Hans"),
        ("zh-Hant", "zh-Hans"),
        ("&#39662;", "&#21457;"),
        ("&#x9aee;", "&#x53D1;"),
        ("\\u88e1", "\\u91cc"),
        ("\\u982d\\u9AEE", "\\u5934\\u53D1"),
        ("\\u5716", "\\u56fe"),
        ("\\u66f8", "\\u4e66"),
        ("\\u66F8", "\\u4E66"),
        ("\\u9928", "\\u9986"),
    ];
    for name in FIXTURES {
        let mut text = fixture(name);
        for (traditional, simplified) in simplified {
            text = text.replace(traditional, simplified);
        }
        let text = convert(&text.replace("zh_TW", "zh_CN").replace("Big5", "utf-8"));
        assert_eq!(normalize(name, &text), text, "{name}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// HTML

fn tree(page: &str) -> RcDom {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    parse_document(RcDom::default(), options).one(page)
}

/// What a page is made of.
#[derive(Debug, Default, PartialEq)]
struct Page {
    /// Everything but the text that people read.
    frame: Vec<String>,
    /// The text that people read, as it goes on.
    texts: Vec<String>,
}

/// The attributes that people read.
const READ: [&str; 4] = ["title", "alt", "placeholder", "aria-label"];

impl Page {
    fn of(page: &str) -> Page {
        let mut found = Page::default();
        found.node(&tree(page).document, false);
        found.texts.retain(|text| !text.is_empty());
        found
    }

    fn end_text(&mut self) {
        self.texts.push(String::new());
    }

    fn node(&mut self, node: &Handle, left: bool) {
        let mut left = left;
        match &node.data {
            NodeData::Text { contents } => {
                let text = contents.borrow().to_string();
                if left || text.trim().is_empty() {
                    self.frame.push(text);
                } else {
                    self.frame.push("text".to_owned());
                    if self.texts.is_empty() {
                        self.end_text();
                    }
                    self.texts.last_mut().expect("some").push_str(&text);
                }
            }
            NodeData::Element { name, attrs, .. } => {
                let element = &*name.local;
                let inline = [
                    "a", "b", "i", "span", "wbr", "tspan", "ruby", "em", "strong",
                ]
                .contains(&element);
                self.frame.push(format!("<{element}>"));
                let attributes = attrs.borrow();
                let value = |wanted: &str| {
                    let found = attributes
                        .iter()
                        .find(|attribute| &*attribute.name.local == wanted);
                    found.map(|attribute| attribute.value.to_string())
                };
                left |= value("translate").as_deref() == Some("no");
                left |=
                    value("lang").is_some_and(|lang| !lang.is_empty() && !lang.starts_with("zh"));
                left |= ["script", "style"].contains(&element);
                let mut read = Vec::new();
                for attribute in attributes.iter() {
                    let (name, value) = (&*attribute.name.local, attribute.value.to_string());
                    let described = name == "content"
                        && attributes
                            .iter()
                            .any(|other| &*other.value == "description");
                    let label = name == "label" && element == "option" || name == "summary";
                    if !left && (READ.contains(&name) || described || label) {
                        read.push(value);
                    } else if name == "charset" {
                        self.frame.push(name.to_owned());
                    } else if name == "lang" || value.starts_with("zh") {
                        self.frame.push(value.replace("TW", "CN"));
                    } else {
                        self.frame.push(format!("{name}={value}"));
                    }
                }
                if !inline {
                    self.end_text();
                }
                let going_on = if inline { self.texts.pop() } else { None };
                self.texts.extend(read);
                self.texts.push(going_on.unwrap_or_default());
                for child in node.children.borrow().iter() {
                    self.node(child, left);
                }
                if !inline {
                    self.end_text();
                }
                self.frame.push(format!("</{element}>"));
            }
            other => {
                self.frame.push(format!("{other:?}"));
                for child in node.children.borrow().iter() {
                    self.node(child, left);
                }
            }
        }
    }
}

#[test]
fn a_browser_finds_the_same_tree_and_converted_text() {
    let page = fixture("page.html");
    let before = Page::of(&page);
    let after = Page::of(&normalize("page.html", &page));
    assert_eq!(after.frame, before.frame);
    let expected: Vec<String> = before.texts.iter().map(|text| convert(text)).collect();
    assert_eq!(after.texts, expected);
    assert!(expected.len() > 30 && expected != before.texts);
}

#[test]
fn a_broken_page_keeps_its_tree() {
    let page = fixture("page.html");
    let mut random = fastrand::Rng::with_seed(6);
    for _ in 0..BROKEN {
        let page = broken(&page, &mut random);
        let after = normalize_with(Options::default(), "page.html", &page).expect("a page");
        let (before, after) = (Page::of(&page), Page::of(&after));
        // Where tags are torn, browsers and we may not agree on which element is left alone; so no words are compared.
        let bare = |frame: &[String]| frame.iter().map(|part| convert(part)).collect::<Vec<_>>();
        assert_eq!(bare(&after.frame), bare(&before.frame), "{page}");
        assert_eq!(after.texts.len(), before.texts.len(), "{page}");
    }
}

#[test]
fn a_tag_whose_bracket_was_eaten_is_a_tag_again() {
    for (page, expected) in [
        (
            "<p title='頭'>“不知道?！?/p><p>後<b>面</b></p>",
            "<p title='头'>“不知道。”</p><p>后<b>面</b></p>",
        ),
        (
            "<p>“不知道?！?br title='頭' id='頭'>後面</p>",
            "<p>“不知道。”<br title='头' id='頭'>后面</p>",
        ),
        // No damage: text that only looks like it, and what is no text.
        ("<p>真的?/p> 後面</p>", "<p>真的?/p> 后面</p>"),
        (
            "<script>a = '“不知道?！?/p>';</script><p id='“不知道?！?/p>'>後</p>",
            "<script>a = '“不知道?！?/p>';</script><p id='“不知道?！?/p>'>后</p>",
        ),
    ] {
        assert_eq!(normalize("page.html", page), expected, "{page}");
    }
}

#[test]
fn declared_encodings_and_languages_follow_the_output() {
    for (name, page, encoding, expected) in [
        (
            "a.html",
            "<html lang=zh-TW><meta charset=big5><p>頭</p>",
            Encoding::Utf8,
            "<html lang=zh-CN><meta charset=utf-8><p>头</p>",
        ),
        (
            "a.html",
            "<meta http-equiv=Content-Type content='text/html; charset=Big5'><p lang='zh-Hant'>頭",
            Encoding::Gbk,
            "<meta http-equiv=Content-Type content='text/html; charset=GBK'><p lang='zh-Hans'>头",
        ),
        (
            "a.html",
            "<meta charset='gb2312'><p>頭",
            Encoding::Gbk,
            "<meta charset='gb2312'><p>头",
        ),
        (
            "a.xml",
            "<?xml version='1.0'?><p>頭</p>",
            Encoding::Gbk,
            "<?xml version='1.0' encoding=\"GBK\"?><p>头</p>",
        ),
        (
            "a.xml",
            "<?xml version='1.0' standalone='yes'?><p>頭</p>",
            Encoding::Gb18030,
            "<?xml version='1.0' encoding=\"GB18030\" standalone='yes'?><p>头</p>",
        ),
        (
            "a.xml",
            "<?xml version='1.0' encoding='big5'?><p>頭</p>",
            Encoding::Utf8,
            "<?xml version='1.0' encoding='utf-8'?><p>头</p>",
        ),
    ] {
        let options = options().with(|options| {
            options.encoding = Some(Encoding::Utf8);
            options.to_encoding = Some(encoding);
        });
        let normalizer = Normalizer::new(options).expect("options that are well");
        let (bytes, _) = normalizer
            .normalize_named(name, page.as_bytes())
            .expect("a page");
        let (text, _) =
            jianti::encoding::decode(&bytes, encoding, 0, false).expect("in its encoding");
        assert_eq!(text, expected);
    }
}

#[test]
fn code_in_pages_is_left_when_asked() {
    let page = "<p>頭<code>頭髮</code></p><pre>頭<b>髮</b></pre><p>髮</p>";
    let options = options().with(|options| options.keep_code = true);
    assert_eq!(
        normalize_with(options, "a.html", page).expect("a page"),
        "<p>头<code>頭髮</code></p><pre>頭<b>髮</b></pre><p>发</p>"
    );
    // Its marks stay in any case.
    assert_eq!(
        normalize_with(Options::default(), "a.html", "<pre>print(\"頭髮\");</pre>")
            .expect("a page"),
        "<pre>print(\"头发\");</pre>"
    );
    assert_eq!(
        normalize("a.html", page),
        "<p>头<code>头发</code></p><pre>头<b>发</b></pre><p>发</p>"
    );
}

#[test]
fn short_lists_in_the_cells_of_a_table_keep_their_marks() {
    for (before, after) in [
        (
            "分店,城市\n甲,\"古都, 臺南\"\n乙,\"書;畫;琴\"\n",
            "分店,城市\n甲,\"古都, 台南\"\n乙,\"书;画;琴\"\n",
        ),
        // Sentences.
        (
            "編號,評語\n1,\"東西不錯, 下次再買\"\n2,\"不貴,小\"\n",
            "编号,评语\n1,\"东西不错，下次再买\"\n2,\"不贵，小\"\n",
        ),
        (
            "編號,備註\n1,\"臺北, 臺南和高雄都有\"\n",
            "编号,备注\n1,\"台北，台南和高雄都有\"\n",
        ),
    ] {
        let new = normalize_with(Options::default(), "a.csv", before).expect("a table");
        assert_eq!(new, after);
    }
}

#[test]
fn marks_take_the_spaces_around_them_along_but_over_no_tag() {
    for (name, before, after) in [
        (
            "a.md",
            "密碼 (必填) 與 *暱稱* (選填) **都要** (現在) 填。\n",
            "密码（必填）与 *昵称* （选填） **都要** （现在）填。\n",
        ),
        (
            "a.md",
            "點選 **「OK」** (按鈕)，**註 (甲)** *(乙)* 丙 (丁) 。\n",
            "点选 **“OK”** （按钮），**注（甲）** *（乙）* 丙（丁）。\n",
        ),
        (
            "a.md",
            "請看**甲說明...** 丙，**乙--** 丁，**((甲) 乙)** 戊\n",
            "请看**甲说明……** 丙，**乙——** 丁，**（（甲）乙）** 戊\n",
        ),
        // No emphasis without the spaces around it.
        (
            "a.md",
            "請看 **(說明)** 再填。\n",
            "请看 **（说明）** 再填。\n",
        ),
        ("a.md", "- [ ] (選做) 習題\n", "- [ ] （选做）习题\n"),
        (
            "a.html",
            "<p>密碼 <b>(必填)</b> 與暱稱 (選填) 。</p>",
            "<p>密码 <b>（必填）</b> 与昵称（选填）。</p>",
        ),
        (
            "a.html",
            "<p>請按 <b>\"確定\"</b> 或 \"取消\" 鍵...</p><p>那年<i>...</i> 後來他<b>走了... </b>我還在... 等</p>",
            "<p>请按 <b>“确定”</b> 或“取消”键……</p><p>那年<i>……</i> 后来他<b>走了……</b>我还在……等</p>",
        ),
        (
            "a.md",
            "請看。。。 **甲** 與 *'乙組'* 'ㄅ組' **(丙)** 等… *丁*\n",
            "请看…… **甲** 与 *‘乙组’* 'ㄅ组' **（丙）** 等…… *丁*\n",
        ),
        // An escape is no tag.
        (
            "a.json",
            r#"{"a":"按 \"確定\" 鍵... 等 (或 \"取消\") 後離開"}"#,
            r#"{"a":"按“确定”键……等（或“取消”）后离开"}"#,
        ),
        (
            "a.html",
            "<p>她看了我一眼: <i>\"好.\"</i></p>",
            "<p>她看了我一眼：<i>“好。”</i></p>",
        ),
        (
            "a.md",
            "信箱: <a@example.com>, 用 `git push`!\n",
            "信箱：<a@example.com>，用 `git push`！\n",
        ),
        (
            "a.md",
            "他說 **\"好\"** \"走吧.\" *\"去哪?\"* 我問... **然後** 沒了.\n",
            "他说 **“好”** “走吧。” *“去哪？”* 我问…… **然后** 没了。\n",
        ),
    ] {
        let options = Options::default();
        assert_eq!(
            normalize_with(options, name, before).expect("a document"),
            after
        );
    }
}

#[test]
fn a_sentence_goes_on_around_what_is_no_text() {
    for (name, before, after) in [
        // Code.
        ("a.md", "先看`a.h`,再編譯`b`.\n", "先看`a.h`，再编译`b`。\n"),
        (
            "a.md",
            "支援`a`,`b`,其他不行.\n",
            "支援`a`，`b`，其他不行。\n",
        ),
        ("a.md", "旗標(見`-v`)有用.\n", "旗标（见`-v`）有用。\n"),
        ("a.md", "`-v`,顯示細節.\n", "`-v`，显示细节。\n"),
        ("a.md", "指令: `ls`\n", "指令：`ls`\n"),
        ("a.md", "Use `a`, `b`, or `c`.\n", "Use `a`, `b`, or `c`.\n"),
        // Side by side, behind what changes its length.
        ("a.md", "再說...**`甲`**`乙`後\n", "再说……**`甲`**`乙`后\n"),
        (
            "a.html",
            "<p>請按...<kbd>Ctrl</kbd><kbd>後</kbd>,離開.</p>",
            "<p>请按……<kbd>Ctrl</kbd><kbd>后</kbd>，离开。</p>",
        ),
        (
            "a.html",
            "<p>他說。。。<i lang=\"ja\">東京<b>大阪</b>の</i>好</p>",
            "<p>他说……<i lang=\"ja\">東京<b>大阪</b>の</i>好</p>",
        ),
        (
            "a.xml",
            "<a><para>後...<code>甲</code><literal>乙</literal>後<filename>後.conf</filename>, 後</para></a>",
            "<a><para>后……<code>甲</code><literal>乙</literal>后<filename>後.conf</filename>，后</para></a>",
        ),
        // A formula's dollar signs may need the space before them.
        ("a.md", "若$a>0$,則$b$為正.\n", "若$a>0$，则$b$为正。\n"),
        ("a.md", "條件: $a>0$, 那麼\n", "条件： $a>0$，那么\n"),
        (
            "a.html",
            "<p>按<kbd>Q</kbd>,離開.</p>",
            "<p>按<kbd>Q</kbd>，离开。</p>",
        ),
        (
            "a.html",
            "<p>試<code>a, 後</code>(或<code>b</code>),再說.</p>",
            "<p>试<code>a, 后</code>（或<code>b</code>），再说。</p>",
        ),
        (
            "a.html",
            "<pre><code>甲, 後</code>,乙</pre>",
            "<pre><code>甲, 后</code>,乙</pre>",
        ),
        // Another language.
        (
            "a.html",
            "<p>他說<i lang=\"fr\">merci</i>,就走了.</p>",
            "<p>他说<i lang=\"fr\">merci</i>，就走了。</p>",
        ),
        (
            "a.html",
            "<p><i lang=\"ja\">東京</i></p><p>後</p>",
            "<p><i lang=\"ja\">東京</i></p><p>后</p>",
        ),
        (
            "a.html",
            "<p>請看<b translate=\"no\">圖書</b>;謝謝.</p>",
            "<p>请看<b translate=\"no\">圖書</b>；谢谢。</p>",
        ),
        // What a program fills in.
        (
            "a.po",
            "msgid \"a\"\nmsgstr \"關閉\\\"%(file)s\\\"嗎?\"\n",
            "msgid \"a\"\nmsgstr \"关闭“%(file)s”吗？\"\n",
        ),
        // What programs read keeps its marks: patterns, lists of values, code.
        (
            "a.json",
            r#"{"a":"(\\d+)頁,後","b":"男,女,未知後","c":"[〖「『]+","d":"x ? '後':'裡'","e":"0:後,1:裡","f":"你好,後來"}"#,
            r#"{"a":"(\\d+)页,后","b":"男,女,未知后","c":"[〖「『]+","d":"x ? '后':'里'","e":"0:后,1:里","f":"你好，后来"}"#,
        ),
        (
            "a.json",
            r#"{"a": "關閉\"{file}\"嗎?"}"#,
            r#"{"a": "关闭“{file}”吗？"}"#,
        ),
    ] {
        let options = Options::default();
        let converted = normalize_with(options, name, before).expect("a document");
        assert_eq!(converted, after);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// XML

/// What an XML reader finds: everything but text, and the text as it goes on. Elements of these names are part of it.
fn xml(document: &str, inline: &[&str], left: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut reader = quick_xml::Reader::from_str(document);
    reader.config_mut().check_end_names = false;
    let (mut frame, mut texts) = (Vec::new(), vec![String::new()]);
    let mut open = Vec::new();
    loop {
        let event = reader.read_event().expect("well-formed");
        let is_left = open
            .iter()
            .any(|name: &String| left.contains(&name.as_str()));
        let mut text = |text: &str| match is_left {
            true => frame.push(text.to_owned()),
            false => texts.last_mut().expect("some").push_str(text),
        };
        match &event {
            Xml::Eof => break,
            Xml::Text(found) => text(found),
            Xml::CData(found) => text(found),
            Xml::GeneralRef(name) => {
                let name = name.to_string();
                let number = name
                    .strip_prefix("#x")
                    .map(|hex| u32::from_str_radix(hex, 16));
                let number = number.or(name.strip_prefix('#').map(str::parse));
                match (number, &*name) {
                    (Some(number), _) => {
                        let c = char::from_u32(number.expect("a number")).expect("a character");
                        text(&c.to_string());
                    }
                    (None, "amp") => text("&"),
                    (None, "lt") => text("<"),
                    (None, "gt") => text(">"),
                    (None, "quot") => text("\""),
                    (None, other) => {
                        frame.push(other.to_owned());
                        texts.push(String::new());
                    }
                }
            }
            Xml::Start(tag) | Xml::Empty(tag) => {
                let name = tag.name().0.to_owned();
                frame.push(format!("{event:?}"));
                if !inline.contains(&name.as_str()) {
                    texts.push(String::new());
                }
                if matches!(event, Xml::Start(_)) {
                    open.push(name);
                }
            }
            Xml::End(tag) => {
                let name = tag.name().0.to_owned();
                frame.push(format!("</{name}>"));
                if !inline.contains(&name.as_str()) {
                    texts.push(String::new());
                }
                open.pop();
            }
            other => frame.push(format!("{other:?}")),
        }
    }
    texts.retain(|text| !text.is_empty());
    (frame, texts)
}

#[test]
fn an_xml_reader_finds_the_same_elements_and_converted_text() {
    for (name, inline, left) in [
        (
            "letters.xml",
            &[
                "persName", "surname", "lb", "hi", "choice", "sic", "corr", "foreign",
            ][..],
            &["foreign"][..],
        ),
        ("chapter.xhtml", &["em", "b", "span", "a"], &["style"]),
        (
            "feed.xml",
            &[],
            &["link", "language", "content:encoded", "description"],
        ),
    ] {
        // One paragraph, a note and a feed's HTML are read in their own ways.
        let document = fixture(name)
            .replace("<p xml:lang=\"en\">The 頭髮</p>", "")
            .replace("<note place=\"foot\">此處「裡」作「裏」。</note>", "");
        let (frame, texts) = xml(&document, inline, left);
        let (frame_after, texts_after) = xml(&normalize(name, &document), inline, left);
        let declared = |frame: &[String]| {
            let text = convert(&frame.join("\n"));
            ["zh-Hant-TW", "zh-Hant", "zh-Hans"]
                .iter()
                .fold(text, |text, tag| text.replace(tag, "zh"))
                .replace("zh-TW", "zh")
                .replace("zh-CN", "zh")
                .replace("Big5", "UTF-8")
        };
        if name == "letters.xml" {
            let tags = |frame: &[String]| {
                frame
                    .join("\n")
                    .replace("zh-Hant-TW", "zh-Hans")
                    .replace("zh-Hant", "zh-Hans")
            };
            assert_eq!(tags(&frame_after), tags(&frame), "{name}");
        }
        assert_eq!(declared(&frame_after), declared(&frame), "{name}");
        let expected: Vec<String> = texts.iter().map(|text| convert(text)).collect();
        assert_eq!(texts_after, expected, "{name}");
        assert!(expected != texts);
    }
}

#[test]
fn feeds_hold_html() {
    let feed = normalize("feed.xml", &fixture("feed.xml"));
    for part in [
        "<link>https://example.org/頭髮</link>",
        "<description>&lt;p title=&quot;頭髮&quot;&gt;图书&lt;b&gt;馆&lt;/b&gt;&lt;/p&gt;</description>",
        "<![CDATA[<p title=\"图书\">头<b>发</b></p><script>\"頭髮\"</script><img src=\"頭髮.png\" alt=\"图\">]]>",
    ] {
        assert!(feed.contains(part), "{part} in {feed}");
    }
}

#[test]
fn outlines_of_opml_are_text() {
    let document = "<opml version=\"2.0\"><body><outline text=\"新聞 (每日)\" title=\"新聞\" \
                    type=\"rss\" category=\"/新聞\" xmlUrl=\"https://example.org/新聞\"/></body></opml>";
    let expected = "<opml version=\"2.0\"><body><outline text=\"新闻（每日）\" title=\"新闻\" \
                    type=\"rss\" category=\"/新聞\" xmlUrl=\"https://example.org/新聞\"/></body></opml>";
    let options = Options::default();
    assert_eq!(
        normalize_with(options, "a.opml", document).expect("a page"),
        expected
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// JSON

fn converted(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) if text.starts_with("https://") => Value::String(text.clone()),
        Value::String(text) => Value::String(convert(text)),
        Value::Array(values) => values.iter().map(converted).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| (key.clone(), converted(value)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

fn values(text: &str) -> Result<Vec<serde_json::Value>, serde_json::Error> {
    serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect()
}

#[test]
fn json_readers_find_converted_strings_under_the_same_keys() {
    for name in ["data.json", "records.jsonl"] {
        // serde_json reads no half characters.
        let document = fixture(name).replace(" \\ud800", "");
        let before = values(&document).expect("JSON");
        let after = values(&normalize(name, &document)).expect("JSON");
        let expected: Vec<_> = before.iter().map(converted).collect();
        assert_eq!(after, expected);
        assert!(after != before);
    }
}

#[test]
fn escapes_numbers_and_order_of_json_stay() {
    let expected = fixture("data.json")
        .replace(
            "頭髮\\u88e1\\u9762\\/路徑\\n第二行\\t\\\"引號",
            "头发\\u91cc\\u9762\\/路径\\n第二行\\t\\\"引号",
        )
        .replace("\\u982d\\u9AEE", "\\u5934\\u53D1")
        .replace("\"重複\": \"裡\"", "\"重複\": \"里\"")
        .replace("[\"裏\"", "[\"里\"")
        .replace("書名裡", "书名里");
    assert_eq!(normalize("data.json", &fixture("data.json")), expected);
}

#[test]
fn broken_json_is_an_error_only_where_other_readers_see_one() {
    let mut random = fastrand::Rng::with_seed(6);
    let mut errors = 0;
    for name in ["data.json", "records.jsonl"] {
        let document = fixture(name).replace(" \\ud800", "");
        for _ in 0..BROKEN {
            let document = broken(&document, &mut random);
            let before = values(&document);
            match normalize_with(options(), name, &document) {
                Ok(after) => {
                    if let Ok(before) = before {
                        let expected: Vec<_> = before.iter().map(converted).collect();
                        assert_eq!(values(&after).expect("JSON"), expected, "{document}");
                    }
                }
                Err(error) => {
                    errors += 1;
                    assert!(before.is_err(), "{error}: {document}");
                    assert!(error.to_string().contains("at byte"), "{error}");
                }
            }
        }
    }
    assert!(errors > BROKEN / 4);
}

#[test]
fn fields_name_strings_and_columns() {
    let json = r#"{"標題": "頭髮", "條目": [{"名": "頭", "註": "髮"}, {"名": "裡", "a/b": {"名": "後"}}]}"#;
    let table = "編號,標題,內文\r\n頭,\"髮,裡\",後\r\n頭,髮\r\n";
    for (name, text, fields, expected) in [
        (
            "a.json",
            json,
            &["/標題"][..],
            json.replace("\"頭髮\"", "\"头发\""),
        ),
        (
            "a.json",
            json,
            &["/條目/*/名"],
            json.replace("\"頭\"", "\"头\"").replace("\"裡\"", "\"里\""),
        ),
        (
            "a.json",
            json,
            &["/條目/1/a~1b"],
            json.replace("\"後\"", "\"后\""),
        ),
        (
            "a.json",
            json,
            &["名"],
            json.replace("\"頭\"", "\"头\"")
                .replace("\"裡\"", "\"里\"")
                .replace("\"後\"", "\"后\""),
        ),
        ("a.json", json, &["/沒有"], json.to_owned()),
        (
            "a.csv",
            table,
            &["標題"],
            table.replace("髮,裡", "发,里").replace("頭,髮", "頭,发"),
        ),
        (
            "a.csv",
            table,
            &["標題", "編號"],
            table
                .replace("髮,裡", "发,里")
                .replace("頭,", "头,")
                .replace("头,髮", "头,发"),
        ),
    ] {
        let options = options().with(|options| {
            options.fields = fields.iter().map(|field| (*field).to_owned()).collect()
        });
        assert_eq!(
            normalize_with(options, name, text).expect("a document"),
            expected,
            "{fields:?}"
        );
    }
    let options = options().with(|options| options.fields = vec!["沒有".to_owned()]);
    let error = normalize_with(options, "a.csv", table).expect_err("no such column");
    assert!(error.to_string().contains("--field"), "{error}");
}

// ---------------------------------------------------------------------------------------------------------------------
// Tables

fn rows(table: &str, delimiter: u8) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(table.as_bytes())
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn table_readers_find_converted_cells() {
    for (name, delimiter) in [("table.csv", b','), ("table.tsv", b'\t')] {
        let table = fixture(name);
        let before = rows(&table, delimiter);
        let expected: Vec<Vec<String>> = before
            .iter()
            .map(|row| row.iter().map(|cell| convert(cell)).collect())
            .collect();
        assert_eq!(rows(&normalize(name, &table), delimiter), expected);
        assert!(expected != before);
    }
    // Semicolons, as spreadsheets in some countries write them.
    assert_eq!(normalize("a.csv", "頭;1,5;\"裡;\"\n"), "头;1,5;\"里;\"\n");
}

// ---------------------------------------------------------------------------------------------------------------------
// Subtitles

/// Asserts that these lines of a fixture, counted from 1, become these, and that the others stay.
fn assert_lines(name: &str, changed: &[(usize, &str)]) {
    let document = fixture(name);
    let mut expected: Vec<&str> = document.split_inclusive('\n').collect();
    let changed: Vec<(usize, String)> = changed
        .iter()
        .map(|(number, line)| {
            let old = expected[number - 1];
            let ending = &old[old.trim_end_matches(['\r', '\n']).len()..];
            (*number, format!("{line}{ending}"))
        })
        .collect();
    for (number, line) in &changed {
        expected[number - 1] = line;
    }
    assert_eq!(normalize(name, &document), expected.concat(), "{name}");
}

#[test]
fn only_the_text_of_subtitles_changes() {
    assert_lines(
        "film.srt",
        &[
            (3, "<i>头<b>发</b></i>里"),
            (9, "- 后面"),
            (12, "没有空行的前一句"),
            (15, "没有时间的文字里"),
            (18, "最后一句没有换行里"),
        ],
    );
    assert_lines(
        "talk.vtt",
        &[
            (1, "WEBVTT - 演讲标题里"),
            (16, "<v.loud 张发>头<c.裡>发</c><00:01.500>在这里</v>"),
            (17, "第二行 &amp; &lt;头&nbsp;发&gt; &#21457;"),
            (
                20,
                "<lang zh-Hant>图书馆</lang><ruby>汉<rt>ㄏㄢˋ</rt></ruby> a < b",
            ),
        ],
    );
    assert_lines(
        "show.ass",
        &[
            (3, "Title: 节目里的字幕"),
            (
                12,
                "Dialogue: 0,0:00:01.00,0:00:02.00,頭髮,張發,0,0,0,,{\\b1}头{\\b0}发,还有逗号\\N下一行\\h里",
            ),
            (
                14,
                "Dialogue: 0,0:00:03.00,0:00:04.00,頭髮,,0,0,0,,{\\p1}m 0 0 l 頭髮{\\p0}乾{\\fn微軟正黑體}隆 {没有结束",
            ),
        ],
    );
    assert_lines(
        "song.lrc",
        &[
            (1, "[ti:头发之歌]"),
            (2, "[ar:张发]"),
            (5, "[00:12.00][01:15.30]头<00:12.50>发里的歌"),
            (7, "[歌词里的括号]乾隆"),
            (8, "没有时间的一行里"),
        ],
    );
}

#[test]
fn voices_stay_where_a_style_sheet_names_them() {
    let cue = "00:01.000 --> 00:03.000\n<v.loud 張後>頭髮在這裡</v>\n";
    let new = "00:01.000 --> 00:03.000\n<v.loud 張後>头发在这里</v>\n";
    let named = "STYLE\n::cue(v[voice=\"張後\"]) {\n  color: red }\n\n";
    let other = "STYLE\n::cue(v) { color: red }\n\nNOTE voice\n\n";
    for (head, voice) in [(named, "張後"), (other, "张后"), ("", "张后")] {
        let before = format!("WEBVTT\n\n{head}{cue}");
        let after = format!("WEBVTT\n\n{head}{new}").replace("loud 張後", &format!("loud {voice}"));
        assert_eq!(normalize("talk.vtt", &before), after);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Markdown

/// What a Markdown reader finds: everything but text, and the text as it goes on.
fn markdown(document: &str) -> (Vec<String>, Vec<String>) {
    let (mut frame, mut texts) = (Vec::new(), vec![String::new()]);
    let (mut left, mut address) = (false, false);
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_TASKLISTS
        | pulldown_cmark::Options::ENABLE_MATH
        | pulldown_cmark::Options::ENABLE_GFM;
    for event in Parser::new_ext(document, options) {
        match event {
            Event::Text(text) if left || address => frame.push(text.into_string()),
            Event::Text(text) => texts.last_mut().expect("some").push_str(&text),
            Event::SoftBreak | Event::HardBreak => texts.last_mut().expect("some").push('\n'),
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    ..
                },
            ) => {
                use pulldown_cmark::LinkType::{Autolink, Email};
                address = matches!(link_type, Autolink | Email);
                frame.push(dest_url.into_string());
                texts.insert(0, title.into_string());
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                address = false;
                frame.push("]".to_owned());
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::FootnoteReference(_) => frame.push(format!("{event:?}")),
            other => {
                let code = matches!(
                    other,
                    Event::Start(Tag::CodeBlock(
                        CodeBlockKind::Fenced(_) | CodeBlockKind::Indented
                    ))
                );
                left |= code || matches!(other, Event::Start(Tag::MetadataBlock(_)));
                left &= !matches!(
                    other,
                    Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_))
                );
                // HTML and the front matter are looked at elsewhere.
                if !matches!(other, Event::Html(_) | Event::InlineHtml(_)) {
                    frame.push(format!("{other:?}"));
                }
                texts.push(String::new());
            }
        }
    }
    texts.retain(|text| !text.is_empty() && !text.starts_with("https://"));
    (frame, texts)
}

#[test]
fn a_markdown_reader_finds_the_same_blocks_and_converted_text() {
    let document = fixture("article.md");
    let body = document
        .split("---\n")
        .nth(2)
        .expect("behind the front matter");
    let (frame, texts) = markdown(body);
    let (frame_after, texts_after) = markdown(&normalize("article.md", body));
    assert_eq!(frame_after, frame);
    let expected: Vec<String> = texts.iter().map(|text| convert(text)).collect();
    assert_eq!(texts_after, expected);
    assert!(expected.len() > 20 && expected != texts);
}

#[test]
fn front_matter_and_labels_and_html_of_markdown() {
    let result = normalize("article.md", &fixture("article.md"));
    for part in [
        "title: \"图书馆的历史: 上\"\nsubtitle: 头发\nslug: 頭髮\nlang: zh-CN\n",
        "標籤: [历史, '头发', {鍵: 值里}]\n",
        "url: https://example.org/頭髮\n",
        "[参考][頭髮]、[头发][頭髮]、[头发][頭髮]、",
        "[頭髮]: https://example.org/頭髮 \"参考里的标题\"",
        "<div title=\"头发里\" class=\"頭髮\">\n图书<b>馆</b>里\n<script>\"頭髮\"</script>",
        "`頭髮` 和 ``裡 ` 面``",
        "有\\\"头发\\\"，",
    ] {
        assert!(result.contains(part), "{part} in {result}");
    }
}

#[test]
fn a_broken_markdown_file_keeps_its_blocks() {
    let document = fixture("article.md");
    let body = document
        .split("---\n")
        .nth(2)
        .expect("behind the front matter");
    let mut random = fastrand::Rng::with_seed(6);
    for _ in 0..BROKEN {
        let document = broken(body, &mut random);
        let after =
            normalize_with(Options::default(), "article.md", &document).expect("a document");
        let (frame, frame_after) = (markdown(&document).0, markdown(&after).0);
        assert_eq!(frame_after, frame, "{document}\nbecame\n{after}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// All of them, through the program

#[test]
fn nothing_is_written_where_a_document_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut random = fastrand::Rng::with_seed(8);
    for name in FIXTURES {
        let document = fixture(name);
        for number in 0..BROKEN {
            let mut bytes = broken(&document, &mut random).into_bytes();
            // Some are cut within a character, or have bytes that belong to nothing.
            if number % 10 == 0 && !bytes.is_empty() {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            run::write(folder.path(), &[(&format!("in/{number}-{name}"), &bytes)]);
        }
    }
    let result = run::run_in(
        folder.path(),
        &[
            "in",
            "-o",
            "out",
            "-c",
            "t2s",
            "--report",
            "report.jsonl",
            "-q",
            "--no-sync",
        ],
    );
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(!result.err.contains("panicked"), "{}", result.err);
    let report = fs::read_to_string(folder.path().join("report.jsonl")).expect("a report");
    let mut failed = BTreeSet::new();
    let mut formats = BTreeSet::new();
    for line in report.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let path = entry["path"].as_str().expect("a path").to_owned();
        match entry["status"].as_str() {
            Some("error") => {
                failed.insert(path.replace("in/", ""));
            }
            _ => {
                formats.extend(entry["format"].as_str().map(str::to_owned));
            }
        }
    }
    assert_eq!(report.lines().count(), FIXTURES.len() * BROKEN);
    let written: BTreeSet<String> = run::paths(&folder.path().join("out"))
        .into_iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    assert!(!failed.is_empty() && failed.is_disjoint(&written));
    assert_eq!(written.len() + failed.len(), FIXTURES.len() * BROKEN);
    assert!(formats.len() >= 12, "{formats:?}");
}

#[test]
fn the_format_can_be_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<p title=\"頭\" class=\"頭\">髮</p>";
    run::write(folder.path(), &[("page.txt", page.as_bytes())]);
    let named = run::run_in(
        folder.path(),
        &["page.txt", "--format", "html", "-c", "t2s"],
    );
    assert_eq!(named.text(), "<p title=\"头\" class=\"頭\">发</p>");
    let plain = run::run_in(folder.path(), &["page.txt", "-c", "t2s"]);
    assert_eq!(plain.text(), "<p title=\"头\" class=\"头\">发</p>");
    let unknown = run::run_in(folder.path(), &["page.txt", "--format", "docbook"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("unknown format"), "{}", unknown.err);
    run::write(folder.path(), &[("data.json", b"{\"a\": \"\xE9\xA0\xAD\"")]);
    let broken = run::run_in(folder.path(), &["data.json"]);
    assert_eq!(broken.code, 2);
    assert!(broken.out.is_empty());
    assert!(
        broken.err.contains("data.json") && broken.err.contains("at byte"),
        "{}",
        broken.err
    );
    let difference = run::run_in(
        folder.path(),
        &["--diff", "--format=html", "page.txt", "-c", "t2s"],
    );
    assert!(
        difference
            .text()
            .contains("+<p title=\"头\" class=\"頭\">发</p>"),
        "{}",
        difference.text()
    );
}

#[test]
fn formats_are_told_in_any_encoding() {
    let page = "<!DOCTYPE html><p class=\"頭\">頭髮和圖書館裡的後面，說明長一些才認得出編碼。</p>";
    let normalizer = Normalizer::new(options()).expect("options that are well");
    for encoding in [Encoding::Big5, Encoding::Gbk, Encoding::Utf16Le] {
        let mut bytes = Vec::new();
        let mut encoder = jianti::encoding::Encoder::new(encoding, false);
        encoder.push(page, &mut bytes).expect("in the encoding");
        let (result, outcome) = normalizer.normalize(&bytes).expect("a page");
        assert_eq!(outcome.format, Format::Html, "{encoding}");
        let result = String::from_utf8(result).expect("UTF-8");
        assert!(
            result.contains("<p class=\"頭\">头发和图书馆里的后面"),
            "{result}"
        );
    }
}

#[test]
fn large_documents_are_streams() {
    let line = |number: usize| format!("<p id=\"頭{number}\">第{number}段：<b>頭</b>髮。</p>\n");
    let page: String = (0..60_000).map(line).collect();
    let normalizer = Normalizer::new(options()).expect("options that are well");
    let (whole, _) = normalizer
        .normalize_named("a.html", page.as_bytes())
        .expect("a page");
    let mut streamed = Vec::new();
    let outcome = normalizer
        .normalize_stream_named("a.html", &mut page.as_bytes(), &mut streamed)
        .expect("a page");
    assert!(page.len() > 2 << 20);
    assert_eq!(outcome.format, Format::Html);
    assert!(streamed == whole);
    assert!(
        String::from_utf8(whole)
            .expect("UTF-8")
            .ends_with("<p id=\"頭59999\">第59999段：<b>头</b>发。</p>\n")
    );
}
