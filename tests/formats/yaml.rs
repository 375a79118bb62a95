//! YAML: what becomes of documents.

use jianti_formats::Format;

use super::{converted, refused_at};

#[test]
fn values_are_text_and_keys_are_not() {
    for (before, after) in [
        ("標題: 圖書館\n", "標題: 图书馆\n"),
        (
            "author: {name: 後來, slug: 頭髮}\n",
            "author: {name: 后来, slug: 頭髮}\n",
        ),
        (
            "slug:\n  裡: [頭髮]\n標題: 裡\n",
            "slug:\n  裡: [頭髮]\n標題: 里\n",
        ),
        (
            "說明: |\n  url: 圖書館\n  # 後\n\n  第二行,頭髮\n尾: 裡\n",
            "說明: |\n  url: 图书馆\n  # 后\n\n  第二行，头发\n尾: 里\n",
        ),
        (
            "\"key with # 後\": 後 # 註解裡\n",
            "\"key with # 後\": 后 # 註解裡\n",
        ),
        ("? [後, 裡]\n: 後\n", "? [後, 裡]\n: 后\n"),
        (
            "a: &後 !x '頭''髮'\nb: *後\n",
            "a: &後 !x '头''发'\nb: *後\n",
        ),
        (
            "a: \"\\u5716\\u66f8\\\"裡\\\"\"\n",
            "a: \"\\u56fe\\u4e66“里”\"\n",
        ),
        (
            "a: >-\r\n  頭\r\n  髮\r\nb: 裡\r\n",
            "a: >-\r\n  头\r\n  发\r\nb: 里\r\n",
        ),
        (
            "- 後\n- - 裡\n  - a: 頭\n---\n髮\n",
            "- 后\n- - 里\n  - a: 头\n---\n发\n",
        ),
        (
            "圖: 圖片/封面.png\n文: 見圖片/封面\n",
            "圖: 圖片/封面.png\n文: 见图片/封面\n",
        ),
        ("a: 共%{數量}筆 {{ 變數 }}\n", "a: 共%{數量}笔 {{ 變數 }}\n"),
        // What is filled in is a word of the sentence.
        (
            "a: \"您好, %{名稱}! 共 {{ 數量 }} 筆.\"\n",
            "a: \"您好，%{名稱}！共 {{ 數量 }} 笔。\"\n",
        ),
        (
            "lang: zh-TW\nlanguage: \"zh-Hant\"\n",
            "lang: zh-CN\nlanguage: \"zh-Hans\"\n",
        ),
        // Values that a program parts at commas, and patterns.
        (
            "labels: 待辦,Java,進行中的工作\nhead:\n  - - meta\n    - name: keywords\n      content: Java,快取淘汰,頁面\ntitle: 好,後來\n",
            "labels: 待办,Java,进行中的工作\nhead:\n  - - meta\n    - name: keywords\n      content: Java,快取淘汰,页面\ntitle: 好，后来\n",
        ),
        (
            "def: (從|自)\nb: \"(\\\\d+)頁,後\"\nc: 中文,斷詞,NLP\n",
            "def: (从|自)\nb: \"(\\\\d+)页,后\"\nc: 中文,断词,NLP\n",
        ),
        // Files that commands name have to be found.
        (
            "jobs:\n  - name: cp 說明\n    run: cp 說明.md 發佈/\n  - run: |\n      # 後\n      ./建置.sh 說明\n",
            "jobs:\n  - name: cp 说明\n    run: cp 說明.md 發佈/\n  - run: |\n      # 後\n      ./建置.sh 說明\n",
        ),
        (
            "script:\n  - python 啟動.py 說明\ncommands:\n  help: {說明: ping 測試}\nrun: 開始執行\n",
            "script:\n  - python 啟動.py 說明\ncommands:\n  help: {說明: ping 测试}\nrun: 开始执行\n",
        ),
        // A number must not come of a string.
        ("a: １２\n", "a: １２\n"),
    ] {
        assert_eq!(converted(Format::Yaml, before), after);
    }
}

#[test]
fn what_a_key_names_may_be_described_below_it() {
    for (before, after) in [
        (
            "paths:\n  /圖書:\n    get:\n      summary: 取得圖書\n      operationId: 圖書\n",
            "paths:\n  /圖書:\n    get:\n      summary: 取得图书\n      operationId: 圖書\n",
        ),
        (
            "properties:\n  id: {type: string, description: 圖書編號}\n  files: {type: array, description: 圖書/檔案}\n",
            "properties:\n  id: {type: string, description: 图书编号}\n  files: {type: array, description: 图书/档案}\n",
        ),
        (
            "type:\n  label: 圖書類型\nhero:\n  image: {src: 圖書, alt: 標誌圖}\n",
            "type:\n  label: 图书类型\nhero:\n  image: {src: 圖書, alt: 标志图}\n",
        ),
        (
            "images:\n  - caption: 圖書館\n    file: 圖書館\n  - 圖書館\n",
            "images:\n  - caption: 图书馆\n    file: 圖書館\n  - 圖書館\n",
        ),
        // Names of several things, by what each is called.
        (
            "paths:\n  docs: 文件/說明\n  all: [文件, 說明]\nfiles:\n  - 說明.md\n  - 說明\n",
            "paths:\n  docs: 文件/說明\n  all: [文件, 說明]\nfiles:\n  - 說明.md\n  - 說明\n",
        ),
        (
            "redirects:\n  /舊: /新\n  舊後: {a: 舊裡}\nslug: {zh: 圖書}\n",
            "redirects:\n  /舊: /新\n  舊後: {a: 舊裡}\nslug: {zh: 圖書}\n",
        ),
        (
            "scripts:\n  build: cp 說明 發佈\nredirects:\n  - {from: 舊, href: 舊裡}\n",
            "scripts:\n  build: cp 說明 發佈\nredirects:\n  - {from: 舊, href: 舊裡}\n",
        ),
    ] {
        assert_eq!(converted(Format::Yaml, before), after);
    }
}

#[test]
fn labels_are_text_in_bundles_of_messages() {
    // Below the tag of a language all is, whatever it is called.
    for (before, after) in [
        (
            "zh-TW:\n  date:\n    day_names: [週日, 週一]\n  user: {id: 編號, slug: 網址代稱, language: 語言}\n",
            "zh-TW:\n  date:\n    day_names: [周日, 周一]\n  user: {id: 编号, slug: 网址代称, language: 语言}\n",
        ),
        (
            "en:\n  file: File\nzh_Hant:\n  \"file\": \"檔案\"\n",
            "en:\n  file: File\nzh_Hant:\n  \"file\": \"档案\"\n",
        ),
        // Paths are none, and the names of records.
        (
            "zh-TW:\n  icon: 圖示/檔案.png\n  image: 圖示/檔案\n  file: 無檔案/資料夾。\n  list:\n    - {slug: 檔案, text: 檔案}\n",
            "zh-TW:\n  icon: 圖示/檔案.png\n  image: 圖示/檔案\n  file: 无档案/资料夹。\n  list:\n    - {slug: 檔案, text: 档案}\n",
        ),
        // What is never text, and what stands below a key that is no text itself.
        (
            "zh-TW: {a: 後}\n? [a, b]\n: {slug: 頭髮, href: 頭髮}\n",
            "zh-TW: {a: 后}\n? [a, b]\n: {slug: 頭髮, href: 頭髮}\n",
        ),
        (
            "zh-TW:\n  href: \"#頭髮\"\n  font: 細明體\n",
            "zh-TW:\n  href: \"#頭髮\"\n  font: 細明體\n",
        ),
        // That of no bundle: a text, a list, and a key further in.
        ("zh-TW: 檔案\nfile: 檔案\n", "zh-TW: 档案\nfile: 檔案\n"),
        (
            "site:\n  zh-TW: {file: 檔案, a: 檔案}\n",
            "site:\n  zh-TW: {file: 檔案, a: 档案}\n",
        ),
        (
            "zh-TW:\n  - {file: 檔案, a: 檔案}\n",
            "zh-TW:\n  - {file: 檔案, a: 档案}\n",
        ),
    ] {
        assert_eq!(converted(Format::Yaml, before), after);
    }
}

#[test]
fn labels_are_text_where_nearly_all_is_chinese() {
    let seven = "a: [開, 關, 讀, 寫, 頁, 頭, 尾]\n";
    let expected = "a: [开, 关, 读, 写, 页, 头, 尾]\n";
    for (before, after) in [
        ("file: 檔案\n", "file: 档案\n"),
        (
            "date: {format: \"%Y\", names: [週日]}\nb: [English, Not yet]\n",
            "date: {format: \"%Y\", names: [周日]}\nb: [English, Not yet]\n",
        ),
        // What names something even there.
        ("email: 電郵\nslug: 頭髮\n", "email: 电邮\nslug: 頭髮\n"),
        // What may be configuration, or has too few values.
        (
            "file: 檔案\nb: [one, two, three]\n",
            "file: 檔案\nb: [one, two, three]\n",
        ),
        // Data, whose keys are Chinese and may be what values name.
        (
            "角色: {type: 戰士, 戰士: 遠攻}\n",
            "角色: {type: 戰士, 戰士: 远攻}\n",
        ),
        // Records.
        (
            "b:\n  - {type: 小說, text: 小說}\n",
            "b:\n  - {type: 小說, text: 小说}\n",
        ),
    ] {
        let (before, after) = (format!("{seven}{before}"), format!("{expected}{after}"));
        assert_eq!(converted(Format::Yaml, &before), after);
    }
    let few = "a: [開, 關, 讀, 寫, 頁, 頭]\nfile: 檔案\n";
    assert_eq!(
        converted(Format::Yaml, few),
        "a: [开, 关, 读, 写, 页, 头]\nfile: 檔案\n"
    );
}

#[test]
fn what_is_none_is_an_error_where_text_may_stand() {
    for (text, place) in [("a: [後\nb: 裡\n", 9), ("後: \"後\nb: 裡\n", 5)] {
        assert_eq!(refused_at(Format::Yaml, text), place, "{text}");
    }
    let template = "{{ if .on }}\n[a\n";
    assert_eq!(converted(Format::Yaml, template), template);
}
