//! What frameworks write in Markdown beside CommonMark: components, blocks of MkDocs, MDX.

use fastrand::Rng;
use jianti_formats::{Format, rewrite};

use super::{BROKEN, Changed, Listed, broken, converted, in_pieces, settings};

/// What becomes of pages that are no MDX.
fn rows(rows: &[(&str, &str)]) {
    for (before, after) in rows {
        assert_eq!(converted(Format::Markdown, before), *after);
    }
}

#[test]
fn a_tag_reaches_to_its_bracket() {
    rows(&[
        (
            "說明\n\n<Card\n  icon=\"後台\"\n  href=\"/後\"\n>\n  內容\n</Card>\n\n後面\n",
            "说明\n\n<Card\n  icon=\"後台\"\n  href=\"/後\"\n>\n  内容\n</Card>\n\n后面\n",
        ),
        // What readers see of a tag changes, as in a tag on one line.
        // What a component shows, by what its attributes are called.
        (
            "<TabItem value=\"後\" label=\"蘋果\">\n\n內容\n\n</TabItem>\n",
            "<TabItem value=\"後\" label=\"苹果\">\n\n内容\n\n</TabItem>\n",
        ),
        (
            "<Card id=\"後\" icon=\"後\" type=\"後\" imageAlt=\"後台\" description=\"說明, 後來\" data-label=\"後\" />\n",
            "<Card id=\"後\" icon=\"後\" type=\"後\" imageAlt=\"后台\" description=\"说明，后来\" data-label=\"後\" />\n",
        ),
        (
            "<div label=\"後\" description=\"後\"></div>\n\n<DIV LABEL=\"後\"></DIV>\n",
            "<div label=\"後\" description=\"後\"></div>\n\n<DIV LABEL=\"後\"></DIV>\n",
        ),
        (
            "<Card\n  title=\"後台\"\n  :to=\"{ name: '後台', query: { 類別: '動畫' } }\"\n/>\n\n後面\n",
            "<Card\n  title=\"后台\"\n  :to=\"{ name: '後台', query: { 類別: '動畫' } }\"\n/>\n\n后面\n",
        ),
        (
            "<Tabs\n  groupId=\"作業系統\"\n  values={[\n    {label: '視窗', value: 'a'},\n\n  ]}\n  onClick={() => alert('儲存')}\n>\n<TabItem value=\"視窗\">\n\n內容\n\n</TabItem>\n</Tabs>\n",
            "<Tabs\n  groupId=\"作業系統\"\n  values={[\n    {label: '視窗', value: 'a'},\n\n  ]}\n  onClick={() => alert('儲存')}\n>\n<TabItem value=\"視窗\">\n\n内容\n\n</TabItem>\n</Tabs>\n",
        ),
        (
            "<BTable\n\t:tags=\"[\n{\ntext: '大門後',\n},\n]\"\n>\n\t<tr>\n\t\t<td>地點</td>\n\t</tr>\n</BTable>\n\n## 備註\n",
            "<BTable\n\t:tags=\"[\n{\ntext: '大門後',\n},\n]\"\n>\n\t<tr>\n\t\t<td>地点</td>\n\t</tr>\n</BTable>\n\n## 备注\n",
        ),
        (
            "- 後 <Badge @click=\"開啟('後')\" #item=\"{ 後 }\"/> 後面\n\n  <Card\n    a=\"後\"\n  >\n  後\n  </Card>\n",
            "- 后 <Badge @click=\"開啟('後')\" #item=\"{ 後 }\"/> 后面\n\n  <Card\n    a=\"後\"\n  >\n  后\n  </Card>\n",
        ),
        // Such a tag begins no block of HTML: code, targets and labels behind it are what they are.
        (
            "<Card\n  title=\"後臺\"\n>\n```js\nconst 後 = \"臺灣\";\n```\n",
            "<Card\n  title=\"后台\"\n>\n```js\nconst 後 = \"臺灣\";\n```\n",
        ),
        (
            "<img\n src=\"a.png\"\n alt=\"後臺\" />\n請看[後臺](後臺.md)與 code `後臺開發`\n",
            "<img\n src=\"a.png\"\n alt=\"后台\" />\n请看[后台](後臺.md)与 code `後臺開發`\n",
        ),
        (
            "<Badge @click=\"x\">\n請看[後臺](後臺.md)\n",
            "<Badge @click=\"x\">\n请看[后台](後臺.md)\n",
        ),
        (
            "<a\n href=\"x\"\n>\n[後臺][後臺]\n\n[後臺]: 後臺.md\n",
            "<a\n href=\"x\"\n>\n[后台][後臺]\n\n[後臺]: 後臺.md\n",
        ),
        // No tags, or none that end.
        (
            "若 a <b 後\n> 引後\n\n<後台\n  a=\"後\"\n>\n\n<Card a=\"後>\n\n後\n\n後\"\n",
            "若 a <b 后\n> 引后\n\n<后台\n  a=\"后\"\n>\n\n<Card a=\"后>\n\n后\n\n后\"\n",
        ),
        // Code stays.
        (
            "```vue\n<Card\n  icon=\"後台\"\n>\n```\n\n後`<Card\n  a=\"後\" />`後\n",
            "```vue\n<Card\n  icon=\"後台\"\n>\n```\n\n后`<Card\n  a=\"後\" />`后\n",
        ),
        (
            "後\n\n    <Card\n      icon=\"後台\"\n    >\n\n<!--\n<Card\n  a=\"後\"\n>\n-->\n\n後\n",
            "后\n\n    <Card\n      icon=\"後台\"\n    >\n\n<!--\n<Card\n  a=\"後\"\n>\n-->\n\n后\n",
        ),
    ]);
}

#[test]
fn blocks_of_mkdocs_hold_text() {
    rows(&[
        (
            "!!! note \"請注意\"\n\n    這個設定檔會覆蓋原本的內容。\n\n後面\n",
            "!!! note \"请注意\"\n\n    这个设定档会覆盖原本的内容。\n\n后面\n",
        ),
        (
            "??? Note \"2023 預期目標\"\n\n    - 後：`後`\n\n        續段，後\n\n            int 後 = 1;\n\n    ```c\n    後\n    ```\n",
            "??? Note \"2023 预期目标\"\n\n    - 后：`後`\n\n        续段，后\n\n            int 後 = 1;\n\n    ```c\n    後\n    ```\n",
        ),
        (
            "???+ tip inline end \"**粗後** `後`\"\n    這裡\n\n=== \"蘋果\"\n\n\t後\n\n    !!! 注意 \"後\"\n\n        後\n",
            "???+ tip inline end \"**粗后** `後`\"\n    这里\n\n=== \"苹果\"\n\n\t后\n\n    !!! 注意 \"后\"\n\n        后\n",
        ),
        (
            "1. 後\n\n    !!! info\r\n\r\n        內容\r\n\r\n    續段\n",
            "1. 后\n\n    !!! info\r\n\r\n        内容\r\n\r\n    续段\n",
        ),
        // Sentences with such marks; titles of others; what is code without a block.
        (
            "!!! 請注意，後\n\n??? 為什麼？\n\n標題後\n===\n\n說\"後面\"\n\n    int 後 = 1;\n",
            "!!! 请注意，后\n\n??? 为什么？\n\n标题后\n===\n\n说“后面”\n\n    int 後 = 1;\n",
        ),
        (
            "```md\n!!! note \"請注意\"\n\n    後\n```\n",
            "```md\n!!! note \"請注意\"\n\n    後\n```\n",
        ),
    ]);
}

#[test]
fn indented_sentences_are_text() {
    rows(&[
        (
            "正文\n\n    「這裡是哪裡？」他問，「為什麼沒有人來接我們？」\n\n    他轉過頭去看著雨。\n",
            "正文\n\n    「这里是哪里？」他问，「为什么没有人来接我们？」\n\n    他转过头去看着雨。\n",
        ),
        (
            "- 後\n\n        請將檔案複製到資料夾裡面，再開啟\n",
            "- 后\n\n        请将档案复制到资料夹里面，再开启\n",
        ),
        // Programs, what they say, values and tables.
        (
            "後\n\n    print(\"後面，還有\")\n\n後\n\n    檔案已建立\n\n後\n\n    名稱: 後台，前台\n\n後\n\n    後來    前面，後面\n",
            "后\n\n    print(\"後面，還有\")\n\n后\n\n    檔案已建立\n\n后\n\n    名稱: 後台，前台\n\n后\n\n    後來    前面，後面\n",
        ),
        (
            "後\n\n    # 註解，說明後面的程式\n    ls 後\n\n```\n這是程式說的話，後面還有。\n```\n",
            "后\n\n    # 註解，說明後面的程式\n    ls 後\n\n```\n這是程式說的話，後面還有。\n```\n",
        ),
    ]);
}

#[test]
fn blanks_may_stand_behind_a_fence() {
    rows(&[
        (
            "後\n```c\n後\n```\t \t\n後\n\n~~~\n後\n~~~~\t\r\n後\n",
            "后\n```c\n後\n```\t \t\n后\n\n~~~\n後\n~~~~\t\r\n后\n",
        ),
        // No end: fewer marks, others, or text behind them.
        (
            "````\n後\n```\t\n後\n~~~~\n````\t後\n後\n",
            "````\n後\n```\t\n後\n~~~~\n````\t後\n後\n",
        ),
    ]);
}

#[test]
fn mdx_has_text_between_its_programs() {
    for (before, after) in [
        (
            "---\ntitle: 後\n---\nimport 後 from './後';\nexport const 設定 = {\n\n  名稱: '後',\n};\n\n# 後 {/* 後 */}\n",
            "---\ntitle: 后\n---\nimport 後 from './後';\nexport const 設定 = {\n\n  名稱: '後',\n};\n\n# 后 {/* 後 */}\n",
        ),
        (
            "<Tabs defaultValue=\"後\">\n  <TabItem value=\"後\" title=\"後\">\n    這裡是**後**,請點選 `後`.\n\n    - 後\n  </TabItem>\n</Tabs>\n",
            "<Tabs defaultValue=\"後\">\n  <TabItem value=\"後\" title=\"后\">\n    这里是**后**，请点选 `後`。\n\n    - 后\n  </TabItem>\n</Tabs>\n",
        ),
        (
            "您好, {props.名稱}, 後 <b style={{後: '後'}}>後</b>!\n\n{後.map((x) => <li key=\"後\">{x.後}後</li>)}\n\n後\n",
            "您好，{props.名稱}，后 <b style={{後: '後'}}>后</b>！\n\n{後.map((x) => <li key=\"後\">{x.後}後</li>)}\n\n后\n",
        ),
        (
            "<div>\n\n    <p>後</p>\n\n    ```js\n    後\n    ```\n    後\n</div>\n\n<>\n| 後 | 面 |\n| - | - |\n| {後} | 後 |\n</>\n",
            "<div>\n\n    <p>后</p>\n\n    ```js\n    後\n    ```\n    后\n</div>\n\n<>\n| 后 | 面 |\n| - | - |\n| {後} | 后 |\n</>\n",
        ),
        // Words of sentences, and braces that are escaped.
        (
            "後面\nimport 後\n\n匯入 import 後 \\{後\\}\n",
            "后面\nimport 后\n\n汇入 import 后 \\{后\\}\n",
        ),
    ] {
        assert_eq!(converted(Format::Mdx, before), after);
    }
    // Plain Markdown knows none of it.
    rows(&[("import 後\n\n{後}\n", "import 后\n\n{后}\n")]);
}

/// Blocks of MkDocs, components and programs among text.
const PAGE: &str = "# 頭髮\n\n!!! note \"頭髮\"\n\n    頭髮的`頭`\n\n        頭髮，後\n\n<Card\n  a=\"頭\"\n  :b=\"[\n\n{ c: '頭' }]\"\n  @d=\"頭\"\n>\n\t<p>頭髮</p>\n</Card>\n\n```c\n頭\n```\t\n頭髮 <B c={{d: '頭'}}/> {e.頭}\n\nimport 頭\n\n<T>\n    頭髮\n</T>\n\n=== \"頭\"\n\n    - 頭髮\n\n";

#[test]
fn nothing_but_text_changes_however_a_page_is_broken() {
    let mut random = Rng::with_seed(19);
    for format in [Format::Markdown, Format::Mdx] {
        for _ in 0..BROKEN {
            let page = broken(PAGE, &mut random);
            let after = rewrite(format, &page, &settings(), &mut Listed::default());
            assert_eq!(after.expect("a page"), page, "{format}");
        }
    }
}

#[test]
fn a_long_page_in_pieces_becomes_what_it_becomes_whole() {
    for format in [Format::Markdown, Format::Mdx] {
        let page = PAGE.repeat((1 << 20) / PAGE.len());
        let whole = in_pieces(format, PAGE, PAGE.len(), &mut Changed).expect("a page");
        let expected = whole.repeat((1 << 20) / PAGE.len());
        for length in [9_973, 1 << 18, usize::MAX] {
            let after = in_pieces(format, &page, length, &mut Changed).expect("a page");
            assert!(after == expected, "{format}, {length}");
        }
    }
}

#[test]
fn text_that_is_made_to_be_slow_is_not() {
    for unit in [
        "<a b=\"", "<a {", "{", "`<a b=c ", "``` ` ", "!!! a \"", "<pre>", "{`${", "<a b='\n",
    ] {
        let page = unit.repeat((1 << 20) / unit.len());
        for format in [Format::Markdown, Format::Mdx] {
            // It may be refused, as it takes too much memory.
            let _ = rewrite(format, &page, &settings(), &mut Listed::default());
        }
    }
}
