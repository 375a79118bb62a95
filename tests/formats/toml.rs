//! TOML: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn values_are_text_and_keys_are_not() {
    for (before, after) in [
        (
            "title = \"圖書館\" # 註解裡\n",
            "title = \"图书馆\" # 註解裡\n",
        ),
        ("\"後 # 裡\" = '頭髮'\n", "\"後 # 裡\" = '头发'\n"),
        (
            "text = \"\"\"\nslug = 頭髮\n第二行\"後\" \\\n  裡\"\"\"\n",
            "text = \"\"\"\nslug = 头发\n第二行“后” \\\n  里\"\"\"\n",
        ),
        (
            "text = '''\nid = '頭髮'\n'''\n",
            "text = '''\nid = '头发'\n'''\n",
        ),
        (
            "author = {name = \"後\", slug = \"後\"}\n",
            "author = {name = \"后\", slug = \"後\"}\n",
        ),
        (
            "['後']\n'裡' = [\"後\", [\"裡\"], 1.5]\n[['後'.'裡x']]\nurl = \"頭\"\nx = \"髮\"\n",
            "['後']\n'裡' = [\"后\", [\"里\"], 1.5]\n[['後'.'裡x']]\nurl = \"頭\"\nx = \"发\"\n",
        ),
        (
            "a = \"\\u5716\\u66f8\"\nlang = \"zh-TW\"\n",
            "a = \"\\u56fe\\u4e66\"\nlang = \"zh-CN\"\n",
        ),
        // No TOML.
        ("a = \"後\nb = \"裡\"\n", "a = \"後\nb = \"裡\"\n"),
        ("a = 後\n", "a = 後\n"),
    ] {
        assert_eq!(converted(Format::Toml, before), after);
    }
}
