//! Keys and values: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn values_of_properties_are_text() {
    for (before, after) in [
        (
            "title=\\u5716\\u66f8\\u9928\n標題=圖書館\n",
            "title=\\u56fe\\u4e66\\u9986\n標題=图书馆\n",
        ),
        (
            "# 註解裡\n! 後\n後 裡, {0}\n",
            "# 註解裡\n! 後\n後 里, {0}\n",
        ),
        (
            "a\\:後\\ 裡 : 後\\\n    來\\n\\u9AEE\r\nb = 頭\r\n",
            "a\\:後\\ 裡 : 后\\\n    来\\n\\u53D1\r\nb = 头\r\n",
        ),
        (
            "圖.path=圖片/後\nicon=後\n後\n",
            "圖.path=圖片/後\nicon=後\n後\n",
        ),
        ("a=後\\\\\nb=裡\\\n", "a=后\\\\\nb=里\\\n"),
        // A line goes on whatever ends it; `後來` is a word over both.
        (
            "a=後\\\r\n  來\r\nb=頭\\\r\n\r\nc=髮\r\n",
            "a=后\\\r\n  来\r\nb=头\\\r\n\r\nc=发\r\n",
        ),
        ("a=圖\\\r  icon=後\rb=頭\r", "a=图\\\r  icon=后\rb=头\r"),
        (
            "a=圖\\\r\n  icon=後\r\nicon=頭\\\r\n  b=後\r\n",
            "a=图\\\r\n  icon=后\r\nicon=頭\\\r\n  b=後\r\n",
        ),
    ] {
        assert_eq!(converted(Format::Properties, before), after);
    }
}

#[test]
fn values_of_ini_files_are_text() {
    for (before, after) in [
        (
            "; 註解裡\n[後]\n標題 = 圖書館, 一樓 ; 註解裡\n",
            "; 註解裡\n[後]\n標題 = 图书馆, 一楼 ; 註解裡\n",
        ),
        (
            "a = 圖\r\n  接著裡\r\nurl = 後\r\n",
            "a = 图\r\n  接着里\r\nurl = 後\r\n",
        ),
        ("a: 後\n  接著裡\nurl = 後\n", "a: 后\n  接着里\nurl = 後\n"),
        (
            "檔案=C:\\後\\裡\n後\nif ($a = 後) {\n",
            "檔案=C:\\後\\裡\n後\nif ($a = 後) {\n",
        ),
    ] {
        assert_eq!(converted(Format::Ini, before), after);
    }
}
