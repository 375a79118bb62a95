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
fn what_a_key_names_may_be_described_below_it() {
    for (before, after) in [
        (
            "[path]\ntitle = \"圖書館\"\n[[images]]\ncaption = \"圖書館\"\nfile = \"圖書館\"\n",
            "[path]\ntitle = \"图书馆\"\n[[images]]\ncaption = \"图书馆\"\nfile = \"圖書館\"\n",
        ),
        (
            "type = {label = \"圖書類型\", id = \"圖書\"}\nfiles = [\"圖書\", {title = \"圖書\"}]\n",
            "type = {label = \"图书类型\", id = \"圖書\"}\nfiles = [\"圖書\", {title = \"图书\"}]\n",
        ),
        // Names of several things, by what each is called.
        (
            "[paths]\ndocs = \"文件/說明\"\nall = [\"說明\"]\n[redirects]\n\"舊後\" = \"舊裡\"\n",
            "[paths]\ndocs = \"文件/說明\"\nall = [\"說明\"]\n[redirects]\n\"舊後\" = \"舊裡\"\n",
        ),
    ] {
        assert_eq!(converted(Format::Toml, before), after);
    }
}

#[test]
fn labels_are_text_in_bundles_of_messages() {
    let seven = "a = ['開', '關', '讀', '寫', '頁', '頭', '尾']\n";
    let expected = "a = ['开', '关', '读', '写', '页', '头', '尾']\n";
    for (before, after) in [
        (
            "file = '檔案'\n[date]\nother = '週日'\nlanguage = '語言'\n",
            "file = '档案'\n[date]\nother = '周日'\nlanguage = '语言'\n",
        ),
        (
            "email = '電郵'\nslug = '頭髮'\nicon = '圖示/檔案'\n",
            "email = '电邮'\nslug = '頭髮'\nicon = '圖示/檔案'\n",
        ),
        // Configuration.
        (
            "file = '檔案'\ntheme = 'paper'\nmode = 'auto'\nhome = 'https://example.org'\n",
            "file = '檔案'\ntheme = 'paper'\nmode = 'auto'\nhome = 'https://example.org'\n",
        ),
        // Records.
        (
            "b = [{type = '小說', text = '小說'}]\n[[c]]\nimage = '書頁'\ntext = '頭髮'\n",
            "b = [{type = '小說', text = '小说'}]\n[[c]]\nimage = '書頁'\ntext = '头发'\n",
        ),
    ] {
        let (before, after) = (format!("{seven}{before}"), format!("{expected}{after}"));
        assert_eq!(converted(Format::Toml, &before), after);
    }
    let few = "a = ['開', '關', '讀', '寫']\nfile = '檔案'\n";
    let expected = "a = ['开', '关', '读', '写']\nfile = '檔案'\n";
    assert_eq!(converted(Format::Toml, few), expected);
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
