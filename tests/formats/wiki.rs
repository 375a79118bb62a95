//! MediaWiki: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn text_changes_and_targets_do_not() {
    for (before, after) in [
        (
            "[[分類:臺灣歷史]]\n[[圖書館|館]]後[[後]]\n",
            "[[分類:臺灣歷史]]\n[[圖書館|馆]]后[[後]]\n",
        ),
        (
            "-{zh-hans:计算机;zh-hant:電腦;}-是機器, 後\n",
            "-{zh-hans:计算机;zh-hant:電腦;}-是机器, 后\n",
        ),
        (
            "後{{模板後|後={{裡}}\n|後}}後\n",
            "后{{模板後|後={{裡}}\n|後}}后\n",
        ),
        (
            "== 標題後 ==\n見[[#標題後]]與[[#標題後|裡]]與[[#別後]]\n",
            "== 标题后 ==\n见[[#标题后]]与[[#标题后|里]]与[[#別後]]\n",
        ),
        (
            "{| class=\"後\"\n|-\n! style=\"後\" | 後\n| 後 || 裡\n|+ 後\n|}\n",
            "{| class=\"後\"\n|-\n! style=\"後\" | 后\n| 后 || 里\n|+ 后\n|}\n",
        ),
        (
            "<ref name=\"後\">後</ref><nowiki>後</nowiki><!-- 後\n後 -->後\n",
            "<ref name=\"後\">后</ref><nowiki>後</nowiki><!-- 後\n後 -->后\n",
        ),
        (
            "[https://a.b/後 後來]https://a.b/後 後\n",
            "[https://a.b/後 后来]https://a.b/後 后\n",
        ),
        (
            "[[File:後.png|thumb|200px|說明後[[後|裡]]]]後\n",
            "[[File:後.png|thumb|200px|说明后[[後|里]]]]后\n",
        ),
        (
            "#重定向 [[後]]\n# 後\n'''後'''\n__目錄__\n",
            "#重定向 [[後]]\n# 后\n'''后'''\n__目錄__\n",
        ),
    ] {
        assert_eq!(converted(Format::MediaWiki, before), after);
    }
}
