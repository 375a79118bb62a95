//! TOML: what becomes of documents.

use jianti_formats::Format;

use super::{converted, refused_at};

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
    ] {
        assert_eq!(converted(Format::Toml, before), after);
    }
}

#[test]
fn what_is_none_is_an_error_where_text_may_stand() {
    for (text, place) in [
        ("a = \"後\nb = \"裡\"\n", 8),
        ("標題 = 1\na = 後\n", 0),
        ("a = 1\nb = 後\n", 10),
    ] {
        assert_eq!(refused_at(Format::Toml, text), place, "{text}");
    }
    let template = "{{ if .on }}\n[a\n";
    assert_eq!(converted(Format::Toml, template), template);
}
