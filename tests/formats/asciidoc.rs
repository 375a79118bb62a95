//! AsciiDoc: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn text_changes_and_syntax_does_not() {
    for (before, after) in [
        (
            "= 標題後\n:屬性: 後\n\n後, 見<<標題後>>與<<後,後>>\n",
            "= 标题后\n:屬性: 後\n\n后, 见<<标题后>>与<<後,后>>\n",
        ),
        (
            "----\n後\n----\n後\n....\n後 ----\n....\n",
            "----\n後\n----\n后\n....\n後 ----\n....\n",
        ),
        (
            "image::圖後.png[後來,link=檔後.html,title=標題後]\n// 註解後\n.標題後\n[quote,後]\n後\n",
            "image::圖後.png[后来,link=檔後.html,title=标题后]\n// 註解後\n.标题后\n[quote,後]\n后\n",
        ),
        (
            "link:檔後.html[後] https://a.b/後[後] `後` image:後.png[後] include::後.txt[後] {後}\n",
            "link:檔後.html[后] https://a.b/後[后] `後` image:後.png[后] include::後.txt[後] {後}\n",
        ),
        (
            "image::圖後 第 1 張.png[後]\n\nvideo::圖後、裡.mp4[title=\"後,裡\",width=9]\n\n見image:後.png說明[後]與 image: 後[後]\n",
            "image::圖後 第 1 張.png[后]\n\nvideo::圖後、裡.mp4[title=\"后,里\",width=9]\n\n见image:後.png說明[后]与 image: 后[后]\n",
        ),
        (
            "image::a.png[\"後,裡,後\",200,link=後]\n",
            "image::a.png[\"后,里,后\",200,link=後]\n",
        ),
        (
            "* 後來\n|===\n|後 |裡\n|===\n(((後,裡)))\n",
            "* 后来\n|===\n|后 |里\n|===\n(((后,里)))\n",
        ),
    ] {
        assert_eq!(converted(Format::AsciiDoc, before), after);
    }
}
