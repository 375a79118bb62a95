//! Long Markdown pages, which go through part by part: what becomes of documents.

use std::borrow::Cow;

use fastrand::Rng;
use jianti_formats::{Format, TextSink};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::{converted, in_pieces};

/// Simplifies what the pages below hold.
struct Simplified;

impl TextSink for Simplified {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let pairs = [
            ('後', "后"),
            ('記', "记"),
            ('註', "注"),
            ('頭', "头"),
            ('髮', "发"),
        ];
        let new = pairs
            .iter()
            .fold(text.to_owned(), |text, (old, new)| text.replace(*old, new));
        match new == text {
            true => Cow::Borrowed(text),
            false => Cow::Owned(new),
        }
    }
}

/// A page of about `length` bytes. Notes, labels and links to headings stand before and behind what they name; of those of
/// `rare`, none does in its first half.
fn page(random: &mut Rng, length: usize, rare: bool) -> String {
    let mut text = String::new();
    let (mut notes, mut labels, mut headings) = (0, 0, 0);
    while text.len() < length {
        let kind = random.u8(..9);
        if rare && text.len() < length / 2 && matches!(kind, 0..=4) {
            continue;
        }
        match kind {
            0 => text.push_str(&format!("頭髮[^註{}]，他說。\n\n", random.usize(..40))),
            1 if notes < 40 => {
                text.push_str(&format!("[^註{notes}]: 後來的註記\n\n"));
                notes += 1;
            }
            2 => text.push_str(&format!(
                "見 [後記][頭髮 {}] 與 [頭髮]。\n\n",
                random.usize(..40)
            )),
            3 if labels < 40 => {
                text.push_str(&format!("[頭髮 {labels}]: /頭髮 \"後記\"\n\n"));
                labels += 1;
            }
            4 => text.push_str(&format!("[看](#後記-{})\n\n", random.usize(..90))),
            5 if headings < 80 => {
                text.push_str(&format!("> ## 後記 {headings}\n>\n> 頭髮\n\n"));
                headings += 1;
            }
            6 if random.u8(..20) == 0 => {
                text.push_str(&"- 頭髮後記\n".repeat(random.usize(1..12_000)));
                text.push('\n');
            }
            _ => text.push_str(&format!(
                "頭髮 {}\n後記\n\n",
                "頭髮 {{ 後 }} 後".repeat(random.usize(1..60))
            )),
        }
    }
    text
}

/// What names something else in a page, and what is named, as a reader of the whole finds it.
fn names(page: &str) -> Vec<String> {
    let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM;
    let told = |event| match event {
        Event::FootnoteReference(label) => Some(format!("see {label}")),
        Event::Start(Tag::FootnoteDefinition(label)) => Some(format!("note {label}")),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            ..
        }) if link_type != LinkType::Inline => Some(format!("link {dest_url}")),
        _ => None,
    };
    Parser::new_ext(page, options).filter_map(told).collect()
}

#[test]
fn a_long_page_comes_out_as_a_reader_of_the_whole_takes_it() {
    let mut random = Rng::with_seed(12);
    for number in 0..8 {
        let length = random.usize(300_000..2_500_000);
        let page = page(&mut random, length, number % 2 == 0);
        let whole = in_pieces(Format::Markdown, &page, usize::MAX, &mut Simplified).expect("well");
        for length in [10_000, 250_007, 1 << 20] {
            let pieces = in_pieces(Format::Markdown, &page, length, &mut Simplified);
            assert!(pieces.as_ref() == Ok(&whole), "{number}, {length}");
        }
        assert_eq!(names(&whole), names(&page), "{number}");
        for number in 0..90 {
            let has = |text: &str, name: &str| text.contains(&format!("{name}{number})"));
            let is_heading = page.contains(&format!("## 後記 {number}\n"));
            let (old, new) = ("(#後記-", "(#后记-");
            assert_eq!(has(&whole, new), has(&page, old) && is_heading);
            assert_eq!(has(&whole, old), has(&page, old) && !is_heading);
        }
    }
}

#[test]
fn a_note_keeps_its_name_wherever_its_text_stands() {
    let text = "渡輪靠岸，魚販把竹籠抬上碼頭。\n\n".repeat(20_000);
    for page in [
        format!("頭髮[^註] 與 [^別註]。\n\n{text}[^註]: 後來\n"),
        format!("[^註]: 後來\n\n{text}頭髮[^註] 與 [^別註]。\n"),
    ] {
        let after = converted(Format::Markdown, &page);
        assert!(after.contains("头发[^註] 与 [^别注]。") && after.contains("[^註]: 后来"));
    }
}

#[test]
fn a_lone_cr_ends_a_line_wherever_a_part_ends() {
    for line in [
        "魚販後來\r\r把竹籠抬上碼頭。\n",
        "魚販\n後來\r* 抬上碼頭\n",
        "）\n3\r- 頭髮\n",
    ] {
        let page = line.repeat(6_000);
        let expected = page
            .replace('後', "后")
            .replace('頭', "头")
            .replace('髮', "发");
        for length in [10_000, usize::MAX] {
            let after = in_pieces(Format::Markdown, &page, length, &mut Simplified);
            assert!(after.as_ref() == Ok(&expected), "{line:?}, {length}");
        }
    }
}

#[test]
fn links_behind_very_many_headings_stay() {
    for (count, link) in [(60_000, "#后记"), (80_000, "#後記")] {
        let page = "# 後記\n\n".repeat(count) + "[看](#後記)\n";
        let after = in_pieces(Format::Markdown, &page, 1 << 16, &mut Simplified).expect("well");
        let expected = "# 后记\n\n".repeat(count) + &format!("[看]({link})\n");
        assert!(after == expected, "{count}");
    }
}

#[test]
fn front_matter_names_things_however_much_of_it_is_chinese() {
    let eight = "a: [開, 關, 讀, 寫, 頁, 頭, 尾, 後]\n";
    let before = format!(
        "---\n{eight}cover: 圖書\nslug: 頭髮\nlayout: 書頁\nzh-TW:\n  file: 檔案\n---\n\n頭髮\n"
    );
    let after = before
        .replace(
            "[開, 關, 讀, 寫, 頁, 頭, 尾, 後]",
            "[开, 关, 读, 写, 页, 头, 尾, 后]",
        )
        .replace("\n\n頭髮", "\n\n头发");
    assert_eq!(converted(Format::Markdown, &before), after);
    let before = "+++\na = ['開', '關', '讀', '寫', '頁', '頭', '尾', '後']\ncover = '圖書'\n+++\n";
    let after = "+++\na = ['开', '关', '读', '写', '页', '头', '尾', '后']\ncover = '圖書'\n+++\n";
    assert_eq!(converted(Format::Markdown, before), after);
}

#[test]
fn front_matter_stands_at_the_beginning_of_a_file() {
    for (before, after) in [
        (
            "---\ntitle: 後來\nslug: 頭髮\n---\n\n後來\n",
            "---\ntitle: 后来\nslug: 頭髮\n---\n\n后来\n",
        ),
        (
            "---\ntitle: 後來\n...\n後來\n",
            "---\ntitle: 后来\n...\n后来\n",
        ),
        (
            "+++\ntitle = \"後來\"\nslug = \"頭髮\"\n+++\n後來\n",
            "+++\ntitle = \"后来\"\nslug = \"頭髮\"\n+++\n后来\n",
        ),
        ("---\ntitle: 後來\n---", "---\ntitle: 后来\n---"),
        // Lines that divide a page.
        (
            "頭髮\n\n---\n後來的事。\n\n頭髮\n\n---\n後來\n",
            "头发\n\n---\n后来的事。\n\n头发\n\n---\n后来\n",
        ),
        ("---\n\n後來\n\n---\n", "---\n\n后来\n\n---\n"),
        ("---\n---\n後來\n", "---\n---\n后来\n"),
        ("---\n後來\n", "---\n后来\n"),
        ("----\n後來\n---\n", "----\n后来\n---\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}

#[test]
fn a_sentence_goes_on_around_what_is_filled_in() {
    for (before, after) in [
        (
            "感謝您, {{name}}, 請查收!\n",
            "感谢您，{{name}}，请查收！\n",
        ),
        (
            "感謝您, <b>{{ user.name }}</b>, 請查收!\n",
            "感谢您，<b>{{ user.name }}</b>，请查收！\n",
        ),
        // No variables.
        ("甲, {{< figure >}}\n", "甲， {{< figure >}}\n"),
        ("頭{{% 註 %}}髮, 好\n", "头{{% 註 %}}发，好\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}

#[test]
fn formulas_between_escaped_brackets_stay() {
    for (before, after) in [
        (
            "- \\(W_h\\)、\\(W_x\\)：權重\n- `a`、\\(W_x\\)：權重\n",
            "- \\(W_h\\)、\\(W_x\\)：权重\n- `a`、\\(W_x\\)：权重\n",
        ),
        (
            "設 \\(x\\) 與\\(f(y)\\), 則\\[a+b\\]成立, 後\n",
            "设 \\(x\\) 与\\(f(y)\\)，则\\[a+b\\]成立，后\n",
        ),
        (
            "設\\(a*b\\)與\\(c*d\\), 後\n\n|與\\(x\\)|後|\n|-|-|\n|與\\(x, y\\)|後|\n",
            "设\\(a*b\\)与\\(c*d\\)，后\n\n|与\\(x\\)|后|\n|-|-|\n|与\\(x, y\\)|后|\n",
        ),
        (
            "> 與\n> \\[\n> x = \\text{後}, y\n> \\]\n> 後, 後\n",
            "> 与\n> \\[\n> x = \\text{後}, y\n> \\]\n> 后，后\n",
        ),
        (
            "與\\(P(\\text{下雨後}, x)\\), 後\n",
            "与\\(P(\\text{下雨后}, x)\\)，后\n",
        ),
        (
            "與\\\\(x\\\\), 後\\\\[y\\\\]後\n",
            "与\\\\(x\\\\)，后\\\\[y\\\\]后\n",
        ),
        // Text whose brackets are escaped, or what is none of both.
        (
            "檔案\\(說明\\)後, \\[註1\\]後\n",
            "档案（说明）后，\\[注1\\]后\n",
        ),
        (
            "後\\(見[頁](a.md), 後\\)，後\\(x `\\)` 後\n",
            "后（见[页](a.md)，后），后\\(x `\\)` 后\n",
        ),
        (
            "與`\\(x\\)`, 後\n\n    與\\(x\\)\n",
            "与`\\(x\\)`，后\n\n    與\\(x\\)\n",
        ),
        ("- 後\\(x\n- y\\), 後\n", "- 后\\(x\n- y\\)，后\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}

#[test]
fn text_in_directives_of_myst_changes() {
    for (before, after) in [
        // Blocks of code that hold text.
        (
            "```{note}\n注意,後面。`後`\n```\n",
            "```{note}\n注意，后面。`後`\n```\n",
        ),
        (
            "````{admonition} 標題*後*\n:class: 後\n:name: 後\n\n- 後\n  ```c\n  後\n  ```\n\n~~~{tip}\n後,後面\n~~~\n````\n",
            "````{admonition} 标题*后*\n:class: 後\n:name: 後\n\n- 后\n  ```c\n  後\n  ```\n\n~~~{tip}\n后，后面\n~~~\n````\n",
        ),
        (
            "1. 後\n\n   > ```{figure} 圖後.png\n   > :alt: 圖後\n   > :name: 後\n   >\n   > 圖說\n   > 後\n   > ```\n",
            "1. 后\n\n   > ```{figure} 圖後.png\n   > :alt: 图后\n   > :name: 後\n   >\n   > 图说\n   > 后\n   > ```\n",
        ),
        (
            "```{figure} 圖後.png\r\n---\r\nalt: \"圖,後\"\r\nname: 後\r\n---\r\n圖說,後\r\n```\r\n",
            "```{figure} 圖後.png\r\n---\r\nalt: \"图,后\"\r\nname: 後\r\n---\r\n图说，后\r\n```\r\n",
        ),
        (
            "```{toctree}\n:caption: 目錄\n\n常見問題 <後>\n安裝<安裝.md>\n說明\n```\n",
            "```{toctree}\n:caption: 目录\n\n常见问题 <後>\n安装<安裝.md>\n說明\n```\n",
        ),
        (
            "```{csv-table} 表後\n:header: 標題,後\n\n後,`後`\n```\n",
            "```{csv-table} 表后\n:header: 标题,后\n\n后,`後`\n```\n",
        ),
        (
            "```{eval-rst}\n.. note:: 後\n\n   見 :doc:`後` 後\n```\n\n後\n",
            "```{eval-rst}\n.. note:: 后\n\n   见 :doc:`後` 后\n```\n\n后\n",
        ),
        // Those that hold a program, or what is not known.
        (
            "```{code-block} c\n:caption: 檔後\n:name: 後\n後\n:caption: 後\n```\n",
            "```{code-block} c\n:caption: 档后\n:name: 後\n後\n:caption: 後\n```\n",
        ),
        (
            "```{mermaid} 後\n後\n```\n\n```{code-cell}\n後\n```\n\n```{math}\n後\n```\n",
            "```{mermaid} 後\n後\n```\n\n```{code-cell}\n後\n```\n\n```{math}\n後\n```\n",
        ),
        (
            "````md\n```{note}\n後\n```\n````\n\n```{r, 後}\n後\n```\n\n```{note}後\n後\n```\n",
            "````md\n```{note}\n後\n```\n````\n\n```{r, 後}\n後\n```\n\n```{note}後\n後\n```\n",
        ),
        // Between colons.
        (
            ":::{admonition} 標題\n:class: 後\n:name: 後\n\n內容,後面\n:::\n\n後\n",
            ":::{admonition} 标题\n:class: 後\n:name: 後\n\n内容，后面\n:::\n\n后\n",
        ),
        (
            "::::{tab-set}\n:::{tab-item} 分頁\n:sync: 後\n\n後\n:::\n::::\n\n後\n",
            "::::{tab-set}\n:::{tab-item} 分页\n:sync: 後\n\n后\n:::\n::::\n\n后\n",
        ),
        (
            ":::{code-block} c\n:caption: 檔,後\n\n後 <後>\n\n# 後\n*後* `後`\n:::\n\n後\n",
            ":::{code-block} c\n:caption: 档,后\n\n後 <後>\n\n# 後\n*後* `後`\n:::\n\n后\n",
        ),
        (
            "- :::{figure} 圖後.png\n  :alt: 圖後\n\n  圖說\n  :::\n\n後\n",
            "- :::{figure} 圖後.png\n  :alt: 图后\n\n  图说\n  :::\n\n后\n",
        ),
        (
            ":::{toctree}\n常見問題 <faq>\n安裝 <安裝>\n說明\n:::\n\n說明\n",
            ":::{toctree}\n常见问题 <faq>\n安装 <安裝>\n說明\n:::\n\n说明\n",
        ),
        // What never ends holds text, and so do the containers of others.
        (":::{code} c\n後\n", ":::{code} c\n后\n"),
        (":::note 標題\n後\n:::\n", ":::note 标题\n后\n:::\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}

#[test]
fn references_go_over_directives_of_myst() {
    for (before, after) in [
        (
            "```{note}\n[後][標籤] 與 [^註]\n```\n\n[標籤]: 地址 \"後\"\n[^註]: 後\n",
            "```{note}\n[后][標籤] 与 [^註]\n```\n\n[標籤]: 地址 \"后\"\n[^註]: 后\n",
        ),
        (
            "````{note}\n[標籤]: 地址 \"後\"\n\n[後][標籤]\n```{tip}\n[後][標籤] [甲][頭]\n```\n````\n\n[頭]: 地址\n",
            "````{note}\n[標籤]: 地址 \"后\"\n\n[后][標籤]\n```{tip}\n[后][標籤] [甲][頭]\n```\n````\n\n[頭]: 地址\n",
        ),
        (
            "# 頭髮\n\n```{note}\n[看](#頭髮)\n```\n",
            "# 头发\n\n```{note}\n[看](#头发)\n```\n",
        ),
        // What names a target stays, with the target.
        (
            "(頭髮)=\n## 頭髮\n\n[看](#頭髮) {ref}`頭髮` {ref}`後來 <頭髮>` {math}`後 <後>`\n",
            "(頭髮)=\n## 头发\n\n[看](#頭髮) {ref}`頭髮` {ref}`后来 <頭髮>` {math}`後 <後>`\n",
        ),
        ("設(後)=後\n", "设（后）=后\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}

/// Directives among the blocks of a long page, cut wherever it comes.
#[test]
fn a_long_page_of_directives_comes_out_as_its_parts() {
    let part = "(頭髮)=\n:::{code} c\n後\n\n後記\n:::\n\n```{note}\n:name: 頭髮\n\n後記 [註][頭]\n```\n\n:::{tip}\n頭髮\n:::\n\n";
    let new = "(頭髮)=\n:::{code} c\n後\n\n後記\n:::\n\n```{note}\n:name: 頭髮\n\n后记 [注][頭]\n```\n\n:::{tip}\n头发\n:::\n\n";
    let (count, label) = (6_000, "[頭]: /後\n\n");
    let page = label.to_owned() + &part.repeat(count);
    let expected = label.to_owned() + &new.repeat(count);
    for length in [9_973, 1 << 18, usize::MAX] {
        let after = in_pieces(Format::Markdown, &page, length, &mut Simplified).expect("well");
        assert!(after == expected, "{length}");
    }
}
