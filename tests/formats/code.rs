//! Source code: what becomes of documents.

use jianti::{Normalizer, Options};
use jianti_formats::Format;

#[test]
fn source_code_is_left_as_it_is_in_any_encoding() {
    let normalizer = Normalizer::new(Options::default()).expect("options that are well");
    let latin: &[u8] = b"/* caf\xE9, d\xFC */ int \xA0;\n";
    let large = "// 圖書館,裡\r\n".repeat(100_000);
    for (name, code) in [
        ("a.py", "# 圖書館, 後\n".as_bytes()),
        ("a.js", "\u{FEFF}const 陣列 = [一, 二];".as_bytes()),
        ("run", "#!/bin/sh\necho 圖書館".as_bytes()),
        ("a.c", latin),
        ("a.cpp", large.as_bytes()),
        ("a.sh", b""),
    ] {
        let (bytes, outcome) = normalizer.normalize_named(name, code).expect("left");
        assert!(bytes == code && !outcome.changed, "{name}");
        assert_eq!(outcome.format, Format::Code, "{name}");
        let (mut input, mut streamed) = (code, Vec::new());
        let outcome = normalizer
            .normalize_stream_named(name, &mut input, &mut streamed)
            .expect("left");
        assert!(streamed == code, "{name}");
        assert_eq!(
            (outcome.format, outcome.bytes_out),
            (Format::Code, code.len() as u64)
        );
    }
    // Prose that only talks of it.
    let (bytes, outcome) = normalizer
        .normalize_named("a.txt", "檔案 a.py 裡".as_bytes())
        .expect("text");
    assert_eq!(
        (bytes, outcome.format),
        ("档案 a.py 里".into(), Format::Text)
    );
}

/// With `--code`, converted.
fn converted(name: &str, code: &str) -> (String, jianti::Outcome) {
    let options = Options::default().with(|options| options.code = true);
    let normalizer = Normalizer::new(options).expect("options that are well");
    let (bytes, outcome) = normalizer
        .normalize_named(name, code.as_bytes())
        .expect("code");
    let mut streamed = Vec::new();
    normalizer
        .normalize_stream_named(name, &mut code.as_bytes(), &mut streamed)
        .expect("code");
    assert!(streamed == bytes, "{name}");
    (String::from_utf8(bytes).expect("UTF-8"), outcome)
}

#[test]
fn comments_and_strings_are_converted_where_that_is_asked_for() {
    for (name, code, expected) in [
        (
            "a.py",
            "#!/usr/bin/env python3\n# -*- coding: big5 -*-\n變數 = \"圖書館, 後來\"  # 裡面: (這個)\nprint(f\"{變數}後來\", r\"後來\")\n",
            "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n變數 = \"图书馆, 后来\"  # 里面: (这个)\nprint(f\"{變數}后来\", r\"後來\")\n",
        ),
        (
            "a.js",
            "const 陣列 = ['圖書館', `後來${陣列.長度}`]; /* 裡面 */\n",
            "const 陣列 = ['图书馆', `后来${陣列.長度}`]; /* 里面 */\n",
        ),
        (
            "A.java",
            "/** 圖書館, 後來. */\nString 書 = \"圖書館\\n\"; char c = '書';\n",
            "/** 图书馆, 后来. */\nString 書 = \"图书馆\\n\"; char c = '书';\n",
        ),
        (
            "run",
            "#!/bin/sh\n# 圖書館\necho 圖書館 # 書\n",
            "#!/bin/sh\n# 图书馆\necho 圖書館 # 書\n",
        ),
        (
            "a.py",
            "# 學(xué)習 ?：ｏL 「圖書館」 …… ,\n",
            "# 學(xué)習 ?：ｏL 「圖書館」 …… ,\n",
        ),
        (
            "a.c",
            "// 図書館は静かです。一緒に本を読みましょう。\n",
            "// 図書館は静かです。一緒に本を読みましょう。\n",
        ),
        (
            "a.hs",
            "-- 圖書館\n圖 = \"書, 後來\" -->館\n",
            "-- 图书馆\n圖 = \"书, 后来\" -->館\n",
        ),
        (
            "a.php",
            "<title class='圖'>圖書館,後來</title>\n<?php $圖 = \"後來{$圖['書']}、$圖->館\"; # 裡面\n",
            "<title class='圖'>图书馆,后来</title>\n<?php $圖 = \"后来{$圖['书']}、$圖->館\"; # 里面\n",
        ),
        (
            "a.vue",
            "<template>\n<Title :a=\"圖 > '書'\" title=\"圖書\"/><p v-if=\"圖\">「圖書館」,後來{{\n圖 < 1 }}<br>裡面</p>\n</template>\n<script lang=\"ts\">\nconst 圖 = '「圖書館」,後來' // 裡面\n</script>\n<style>.圖 { color: red } /* 裡面 */</style>\n",
            "<template>\n<Title :a=\"圖 > '書'\" title=\"图书\"/><p v-if=\"圖\">“图书馆”，后来{{\n圖 < 1 }}<br>里面</p>\n</template>\n<script lang=\"ts\">\nconst 圖 = '「图书馆」,后来' // 里面\n</script>\n<style>.圖 { color: red } /* 里面 */</style>\n",
        ),
        ("a.agda", "-- 圖書館\n", "-- 圖書館\n"),
    ] {
        let (result, outcome) = converted(name, code);
        if code.contains("xué") {
            // No mark changes, whatever becomes of the characters.
            assert!(result.contains("(xu") && result.contains("「") && result.ends_with("…… ,\n"));
            continue;
        }
        assert_eq!(result, expected, "{name}");
        assert_eq!(outcome.format, Format::Code);
        assert_eq!(outcome.unknown_syntax, name == "a.agda");
    }
    // A mark at the beginning stays, and what nobody can read does.
    let (result, _) = converted("a.cs", "\u{FEFF}// 圖書館\n");
    assert_eq!(result, "\u{FEFF}// 图书馆\n");
}

#[test]
fn broken_code_keeps_all_but_letters() {
    let programs = [
        (
            "a.py",
            "變數 = f\"圖{書['後']}館\" # 裡\n\"\"\"後\n來\"\"\"\n",
        ),
        (
            "a.js",
            "const 甲 = `圖${乙 + '書'}館`; /* 後 */ a = /['\"]裡/; // 來\n",
        ),
        (
            "a.rs",
            "fn f<'a>() { r#\"圖\"#; \"書\"; '館'; /* 後 /* 裡 */ */ }\n",
        ),
        ("a.lua", "--[[ 圖 ]] x = [[書]] -- 館\n"),
        ("a.sql", "SELECT '圖''書' AS \"館\" -- 後\n"),
        (
            "a.php",
            "<p a='圖'>書<?php '館'; \"後$來[裡]{$圖}\" # 書 ?>館<?= <<<來\n裡$圖\n來; ?>\n",
        ),
        ("a.hs", "{- 圖 -} 書 = \"館\" -- 後\n[來|裡|] '圖'\n"),
        ("a.ml", "(* 圖 \"書\" *) {館|後|館} '來'\n"),
        ("a.rkt", "#|圖|# #\\書 \"館\" ; 後\n"),
    ];
    let marks: Vec<char> = "\"'`#/*-[]{}()$\\\n@rf=圖書後 ".chars().collect();
    let mut random = fastrand::Rng::with_seed(14);
    for (name, program) in programs {
        for _ in 0..500 {
            let mut characters: Vec<char> = program.repeat(2).chars().collect();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..=characters.len());
                match random.bool() {
                    true => characters.insert(at, marks[random.usize(..marks.len())]),
                    false => {
                        drop(characters.drain(at..characters.len().min(at + random.usize(..4))))
                    }
                }
            }
            let code: String = characters.into_iter().collect();
            let (result, _) = converted(name, &code);
            let others = |text: &str| {
                text.chars()
                    .filter(|c| !c.is_alphabetic())
                    .collect::<String>()
            };
            assert_eq!(others(&result), others(&code), "{name}");
        }
    }
}
