//! Links to headings of the same Markdown page: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn links_follow_headings_of_the_page() {
    for (before, after) in [
        (
            "# 圖書館 簡介\n\n[看](#圖書館-簡介)\n",
            "# 图书馆 简介\n\n[看](#图书馆-简介)\n",
        ),
        (
            "[看][一]\n\n## 後:來(一)\n\n[一]: #後來一\n",
            "[看][一]\n\n## 后：来（一）\n\n[一]: #后来一\n",
        ),
        (
            "[看](#%E5%BE%8C \"題\")\n\n後\n===\n",
            "[看](#%E5%90%8E \"题\")\n\n后\n===\n",
        ),
        (
            "# 後\n\n# 後\n\n[二](#後-1) [別](#別後)\n",
            "# 后\n\n# 后\n\n[二](#后-1) [别](#別後)\n",
        ),
        // An anchor of its own.
        (
            "<a id=\"後\"></a>\n\n# 後\n\n[看](#後)\n",
            "<a id=\"後\"></a>\n\n# 后\n\n[看](#後)\n",
        ),
        ("# 後\n\n[看](檔.md#後)\n", "# 后\n\n[看](檔.md#後)\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}

#[test]
fn what_is_filled_in_stays() {
    for (before, after) in [
        ("後{{ 變數 }}後{% 後 %}後\n", "后{{ 變數 }}后{% 後 %}后\n"),
        (
            "{{< figure src=\"圖後.png\" title=\"後\" >}}\n\n後\n",
            "{{< figure src=\"圖後.png\" title=\"後\" >}}\n\n后\n",
        ),
        (
            "![[圖後.png]]後[[頁後]]後[[頁後|後來]]\n",
            "![[圖後.png]]后[[頁後]]后[[頁後|后来]]\n",
        ),
        // Over several lines, the last of which begins as a quotation does.
        (
            "{{< figure\n  src=\"圖後.png\"\n  alt=\"照片, 後\"\n>}}\n\n後, 來\n",
            "{{< figure\n  src=\"圖後.png\"\n  alt=\"照片, 後\"\n>}}\n\n后，来\n",
        ),
        (
            "{% set 頁 = [\n  (\"後, 來\", \"/\"),\n] %}\n後{{ 名 | 預設:\n\"後, 來\" }}後\n",
            "{% set 頁 = [\n  (\"後, 來\", \"/\"),\n] %}\n后{{ 名 | 預設:\n\"後, 來\" }}后\n",
        ),
        ("{{ 甲\n\n後, 來 }}\n\n後\n", "{{ 甲\n\n後, 來 }}\n\n后\n"),
        ("## 標題後 {#錨後}\n", "## 标题后 {#錨後}\n"),
        (
            "- 頭髮 {{ 頭髮\n- 頭髮二, 後來\n- 頭髮三 }} 後來\n",
            "- 头发 {{ 头发\n- 头发二，后来\n- 头发三 }} 后来\n",
        ),
        (
            "用 <% 開始,\n\n用 %> 結束. 後{{ name\n\n後 }}後\n",
            "用 <% 开始，\n\n用 %> 结束。后{{ name\n\n後 }}后\n",
        ),
        ("後{來}後 {{後\n", "后{来}后 {{后\n"),
    ] {
        assert_eq!(converted(Format::Markdown, before), after);
    }
}
