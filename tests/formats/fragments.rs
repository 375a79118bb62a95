//! HTML and JSON in the values of other formats are that there, too, code between fences stays, and lists of terms stay lists.

use jianti_formats::Format;

use super::converted;

#[test]
fn html_in_values_is_rewritten_as_html() {
    for (format, before, after) in [
        (
            Format::JsonLines,
            r#"{"html":"<p class=\"內文\">他說:<b>好</b>,就走了.<\/p>"}"#,
            r#"{"html":"<p class=\"內文\">他说：<b>好</b>，就走了。<\/p>"}"#,
        ),
        (
            Format::Json,
            r#"{"body":"<a href=\"\/後台\" title='後台'>後台<\/a><script>var 後=1;<\/script><p lang=\"ja\">後悔<\/p>"}"#,
            r#"{"body":"<a href=\"\/後台\" title='后台'>后台<\/a><script>var 後=1;<\/script><p lang=\"ja\">後悔<\/p>"}"#,
        ),
        (
            Format::Json,
            r#"{"body":"\u003cp\u003e\u982d\u9aee,\u5f8c\u4f86.\u003c/p\u003e"}"#,
            r#"{"body":"\u003cp\u003e\u5934\u53d1\uff0c\u540e\u6765\u3002\u003c/p\u003e"}"#,
        ),
        (
            Format::Csv,
            "id,body\n1,\"<a href=\"\"/後台\"\" class=\"\"標題\"\">後台</a>,你好.\"\n",
            "id,body\n1,\"<a href=\"\"/後台\"\" class=\"\"標題\"\">后台</a>，你好。\"\n",
        ),
        (
            Format::Yaml,
            "body: '<p>他說,<img src=\"圖.png\" alt=\"圖\"></p>'\n",
            "body: '<p>他说，<img src=\"圖.png\" alt=\"图\"></p>'\n",
        ),
        (
            Format::Toml,
            "body = '<p id=\"後\">他說,你好.</p>'\n",
            "body = '<p id=\"後\">他说，你好。</p>'\n",
        ),
    ] {
        assert_eq!(converted(format, before), after, "{}", format.name());
    }
}

#[test]
fn whole_pages_in_values_keep_their_programs_however_long() {
    const PAGE: &str = "<!DOCTYPE html>\n<html><head><script>var 後 = '頭,尾' < 1;</script></head><body>\
        <!--[if IE]><p><![endif]--><a href='/後台'>後台,</a>1 < 2.";
    const DONE: &str = "<!DOCTYPE html>\n<html><head><script>var 後 = '頭,尾' < 1;</script></head><body>\
        <!--[if IE]><p><![endif]--><a href='/後台'>后台，</a>1 < 2。";
    // The second is longer than what is one passage otherwise.
    for paragraphs in [1, 20_000] {
        let page = |front: &str, text: &str| {
            front.to_owned() + &text.repeat(paragraphs) + "<script>'後,前'</script></body></html>"
        };
        let (before, after) = (
            page(PAGE, "<p id='後'>頭髮,很長.</p>"),
            page(DONE, "<p id='後'>头发，很长。</p>"),
        );
        let json = |page: &str| format!("{{\"page\":{}}}\n", serde_json::json!(page));
        assert_eq!(converted(Format::JsonLines, &json(&before)), json(&after));
        let cell = |page: &str| format!("page\n\"{}\"\n", page.replace('"', "\"\""));
        assert_eq!(converted(Format::Csv, &cell(&before)), cell(&after));
    }
}

#[test]
fn json_in_values_keeps_its_keys() {
    for (format, before, after) in [
        (
            Format::Csv,
            "id,meta\n1,\"{\"\"標題\"\": \"\"新聞\"\", \"\"內容\"\": \"\"下雨了,很冷.\"\"}\"\n",
            "id,meta\n1,\"{\"\"標題\"\": \"\"新闻\"\", \"\"內容\"\": \"\"下雨了，很冷。\"\"}\"\n",
        ),
        (
            Format::Json,
            r#"{"data": "[{\"標題\": \"新聞, 下雨了.\", \"網址\": \"./圖片/後.png\"}]"}"#,
            r#"{"data": "[{\"標題\": \"新闻，下雨了。\", \"網址\": \"./圖片/後.png\"}]"}"#,
        ),
        (
            Format::JsonLines,
            r#"{"a": "{\"裡\": \"{\\\"檔名\\\": \\\"後\\\"}\"}", "b": "{}"}"#,
            r#"{"a": "{\"裡\": \"{\\\"檔名\\\": \\\"后\\\"}\"}", "b": "{}"}"#,
        ),
        (
            Format::Yaml,
            "data: |\n  {\n    \"標題\": \"新聞\"\n  }\n",
            "data: |\n  {\n    \"標題\": \"新闻\"\n  }\n",
        ),
        // What is none.
        (
            Format::Json,
            r#"{"a": "{標題}後來,好", "b": "[圖書], 後來 [新聞]", "c": "見{\"標題\": 1}"}"#,
            r#"{"a": "{标题}后来，好", "b": "[图书]，后来 [新闻]", "c": "见{\"标题\": 1}"}"#,
        ),
    ] {
        assert_eq!(converted(format, before), after, "{}", format.name());
    }
}

#[test]
fn code_between_fences_stays_in_values() {
    for (format, before, after) in [
        (
            Format::JsonLines,
            r##"{"r": "如下:\n\n```python\n# 問候, 使用者\ndef 總和(x):\n    \"\"\"說明: 不變.\"\"\"\n```\n\n執行後會顯示."}"##,
            r##"{"r": "如下：\n\n```python\n# 問候, 使用者\ndef 總和(x):\n    \"\"\"說明: 不變.\"\"\"\n```\n\n执行后会显示。"}"##,
        ),
        (
            Format::Csv,
            "id,回答\n1,\"可以:\n```js\nif (a === '後') return \"\"裡\"\";\n```\n後面, 完成.\"\n",
            "id,回答\n1,\"可以：\n```js\nif (a === '後') return \"\"裡\"\";\n```\n后面，完成。\"\n",
        ),
        // What names no language may be no code.
        (
            Format::Json,
            r##"{"r": "結果:\n```\n總和: 3, 後\n```\n很好."}"##,
            r##"{"r": "结果：\n```\n总和: 3, 后\n```\n很好。"}"##,
        ),
        // A fence that nothing closes.
        (
            Format::Json,
            r##"{"r": "如下:\n```python\n後來, 他走了."}"##,
            r##"{"r": "如下：\n```python\n后来，他走了。"}"##,
        ),
    ] {
        assert_eq!(converted(format, before), after, "{}", format.name());
    }
}

#[test]
fn lists_of_terms_keep_their_commas() {
    for (format, before, after) in [
        (
            Format::Json,
            r#"{"tags":"劇情,喜劇片","關鍵詞":"程式設計,程式","text":"劇情好,喜劇差"}"#,
            r#"{"tags":"剧情,喜剧片","關鍵詞":"程式设计,程式","text":"剧情好，喜剧差"}"#,
        ),
        (
            Format::Csv,
            "id,genres,text\n1,\"劇情,喜劇片\",\"劇情很好,喜劇很差\"\n",
            "id,genres,text\n1,\"剧情,喜剧片\",\"剧情很好，喜剧很差\"\n",
        ),
        (
            Format::Yaml,
            "標籤: 劇情,喜劇片\ntext: 劇情很好,喜劇很差\n",
            "標籤: 剧情,喜剧片\ntext: 剧情很好，喜剧很差\n",
        ),
    ] {
        assert_eq!(converted(format, before), after, "{}", format.name());
    }
}
