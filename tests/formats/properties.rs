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

#[test]
fn labels_are_text_in_bundles_of_messages() {
    for (before, after) in [
        (
            "menu.file=檔案\nlogin.password=密碼\nuser_name=使用者名稱\n",
            "menu.file=档案\nlogin.password=密码\nuser_name=使用者名称\n",
        ),
        (
            "menu.file=\\u6A94\\u6848\nemail=\\u96FB\\u90F5\na=\\u958B\n",
            "menu.file=\\u6863\\u6848\nemail=\\u7535\\u90AE\na=\\u5F00\n",
        ),
        // A mark as an escape ends a sentence as well.
        (
            "no.file=無檔案/資料夾\\u3002\na=開\nb=關\n",
            "no.file=无档案/资料夹\\u3002\na=开\nb=关\n",
        ),
        // Paths, and what names something even there.
        (
            "a=開\nb=關\nc=讀\nicon=圖示/檔案\nfile=圖\\\\檔\nhelp.file=說明.html\nid=頭髮\n",
            "a=开\nb=关\nc=读\nicon=圖示/檔案\nfile=圖\\\\檔\nhelp.file=說明.html\nid=頭髮\n",
        ),
        // Configuration.
        (
            "a=開\nb=關\nfile=檔案\nmode=auto\n",
            "a=开\nb=关\nfile=檔案\nmode=auto\n",
        ),
        ("a=開\nfile=檔案\n", "a=开\nfile=檔案\n"),
        // What people are told is a message beside settings, and under any key.
        (
            "bad_path=路徑無效，請確認。\nblockedURL=封鎖「%S」的請求\nmissingSrc=沒有「src」屬性。\nmode=auto\nsize=12\n",
            "bad_path=路径无效，请确认。\nblockedURL=封锁「%S」的请求\nmissingSrc=没有「src」属性。\nmode=auto\nsize=12\n",
        ),
        (
            "expected_id=預期要有\\\n  識別符。\nfolder=選擇資料夾\\u2026\nmode=auto\n",
            "expected_id=预期要有\\\n  识别符。\nfolder=选择资料夹\\u2026\nmode=auto\n",
        ),
        (
            "regex=^第.+頁。\ntemplate=報告_{0}\npath=圖庫\nslug=頭髮\nfont=細明體，新\nmode=auto\n",
            "regex=^第.+頁。\ntemplate=報告_{0}\npath=圖庫\nslug=頭髮\nfont=細明體，新\nmode=auto\n",
        ),
        // Where several are told to people, all are messages but what may be a path.
        (
            "a=無法開啟 %1\nb=請選擇檔案。\nc=離開(&X)\nchoose_folder=選擇資料夾\nid=頭髮\nref=圖\\\\檔\nfont=細明體\n",
            "a=无法开启 %1\nb=请选择档案。\nc=离开(&X)\nchoose_folder=选择资料夹\nid=头发\nref=圖\\\\檔\nfont=細明體\n",
        ),
        // Keys that are messages in English.
        (
            "Settings\\ file=設定檔\nQuit\\ PubRef=離開\nmode=auto\n",
            "Settings\\ file=设定档\nQuit\\ PubRef=离开\nmode=auto\n",
        ),
    ] {
        assert_eq!(converted(Format::Properties, before), after);
    }
}

#[test]
fn labels_are_text_in_ini_files_of_messages() {
    let seven = "[a]\na=開\nb=關\nc=讀\nd=寫\ne=頁\nf=頭\ng=尾\n";
    let expected = "[a]\na=开\nb=关\nc=读\nd=写\ne=页\nf=头\ng=尾\n";
    for (before, after) in [
        (
            "password = 密碼\nsettings.wiki_url = 外部連結\nslug = 頭髮\nid = C:\\後\n",
            "password = 密码\nsettings.wiki_url = 外部连结\nslug = 頭髮\nid = C:\\後\n",
        ),
        (
            "font = 細明體\nsize = 12\nmode = auto\nlog = yes\nshow = no\n",
            "font = 細明體\nsize = 12\nmode = auto\nlog = yes\nshow = no\n",
        ),
        (
            "BadPath = \"路徑無效，請確認。\"\nslug = 頭髮\nsize = 12\nmode = auto\nlog = yes\n",
            "BadPath = \"路径无效，请确认。\"\nslug = 頭髮\nsize = 12\nmode = auto\nlog = yes\n",
        ),
        (
            "BadPath = \"無法寫入到 %1。\"\nDir = \"新增至「%1」\"\nAsk = 請選擇資料夾。\nShowFolder = \"顯示資料夾\"\n",
            "BadPath = \"无法写入到 %1。\"\nDir = \"新增至「%1」\"\nAsk = 请选择资料夹。\nShowFolder = \"显示资料夹\"\n",
        ),
    ] {
        let (before, after) = (format!("{seven}{before}"), format!("{expected}{after}"));
        assert_eq!(converted(Format::Ini, &before), after);
    }
}

#[test]
fn keys_with_another_language_keep_their_values() {
    for (before, after) in [
        (
            "[Desktop Entry]\nName=Qv2ray\nName[zh_TW]=不使用 gRPC 啟動\nName[ja]=gRPC使用せずに起動\nName[ko]=圖書館\n\
             Comment[zh_HK.UTF-8]=跨平臺, 開源\nComment[ja_JP]=動画再生\nKeywords[zh_TW]=圖;點擊;\nExec=開啟 %U\nTerminal=false\n",
            "[Desktop Entry]\nName=Qv2ray\nName[zh_TW]=不使用 gRPC 启动\nName[ja]=gRPC使用せずに起動\nName[ko]=圖書館\n\
             Comment[zh_HK.UTF-8]=跨平台, 开源\nComment[ja_JP]=動画再生\nKeywords[zh_TW]=图;点击;\nExec=开启 %U\nTerminal=false\n",
        ),
        // Elements of arrays have no language.
        (
            "names[]=圖書\nnames[0]=檔案\ncolor[red]=紅色\nsize[XL]=特大號\nname[@x]=頭髮\n",
            "names[]=图书\nnames[0]=档案\ncolor[red]=红色\nsize[XL]=特大号\nname[@x]=头发\n",
        ),
        (
            "icon[zh_TW]=圖示\nIcon[zh_TW]=圖\n",
            "icon[zh_TW]=圖示\nIcon[zh_TW]=圖\n",
        ),
    ] {
        assert_eq!(converted(Format::Ini, before), after);
    }
}
