//! Catalogues of gettext: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn only_translations_change() {
    for (before, after) in [
        (
            "msgid \"圖書館\"\nmsgstr \"圖書館\"\n",
            "msgid \"圖書館\"\nmsgstr \"图书馆\"\n",
        ),
        (
            "# 註解裡\n#, fuzzy\n#| msgid \"後\"\nmsgctxt \"後\"\nmsgid \"a\"\n\"後\"\nmsgstr \"\"\n\"頭\"\n\"髮\\\"裡\\\"\\n\"\n",
            "# 註解裡\n#, fuzzy\n#| msgid \"後\"\nmsgctxt \"後\"\nmsgid \"a\"\n\"後\"\nmsgstr \"\"\n\"头\"\n\"发“里”\\n\"\n",
        ),
        (
            "msgid \"%d\"\nmsgid_plural \"後\"\nmsgstr[0] \"%d 個檔案(&F)\"\n",
            "msgid \"%d\"\nmsgid_plural \"後\"\nmsgstr[0] \"%d 个档案(&F)\"\n",
        ),
        (
            "msgid \"a\"\nmsgstr \"感謝您, <strong>{name}</strong>, 訂單已送出.\"\n",
            "msgid \"a\"\nmsgstr \"感谢您，<strong>{name}</strong>，订单已送出。\"\n",
        ),
        (
            "#~ msgid \"後\"\n#~ msgstr \"後來\"\r\n",
            "#~ msgid \"後\"\n#~ msgstr \"后来\"\r\n",
        ),
        (
            "msgid \"\"\nmsgstr \"\"\n\"Last-Translator: 後來\\n\"\n\"Language: zh_TW\\n\"\n\"Content-Type: text/plain; charset=Big5\\n\"\n\nmsgid \"a\"\nmsgstr \"後\"",
            "msgid \"\"\nmsgstr \"\"\n\"Last-Translator: 後來\\n\"\n\"Language: zh_CN\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\nmsgid \"a\"\nmsgstr \"后\"",
        ),
        (
            "msgid \"a\"\nmsgstr 後\n後 \"後\"\n",
            "msgid \"a\"\nmsgstr 後\n後 \"後\"\n",
        ),
    ] {
        assert_eq!(converted(Format::Po, before), after);
    }
}

#[test]
fn a_large_catalogue_is_taken_piece_by_piece() {
    let entry = |number: usize| {
        let comment =
            "#. translators: the line that is shown above the others, at the top of a page\n";
        let id = "msgid \"\"\n\"Welcome back, you are reader %d of this library\"\n";
        format!("{comment}{comment}#: src/{number}.c:{number}\n#, c-format\n{id}")
    };
    let translated = |text: &str| -> String {
        let head = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
            .to_owned();
        let each = |number| format!("{}msgstr \"\"\n{text}\n", entry(number));
        std::iter::once(head).chain((0..58_000).map(each)).collect()
    };
    let before = translated("\"歡迎回來,\"\n\"您是本圖書館的第 %d 位讀者\\n\"\n");
    let after = translated("\"欢迎回来，\"\n\"您是本图书馆的第 %d 位读者\\n\"\n");
    assert!(before.len() > 17 << 20);
    let normalizer = jianti::Normalizer::new(jianti::Options::default()).expect("options");
    let (whole, outcome) = normalizer
        .normalize_named("a.po", before.as_bytes())
        .expect("a catalogue");
    assert!(whole == after.as_bytes() && outcome.changed);
    let mut streamed = Vec::new();
    normalizer
        .normalize_stream_named("a.po", &mut before.as_bytes(), &mut streamed)
        .expect("a catalogue");
    assert!(streamed == whole);
    // One entry that is no person's work.
    for text in ["\"書\"\n".repeat(400_000), "書".repeat(4 << 20)] {
        let huge = format!("msgid \"a\"\nmsgstr \"\"\n\"{text}\"\n\nmsgid \"b\"\nmsgstr \"\"\n");
        assert!(normalizer.normalize_named("a.po", huge.as_bytes()).is_err());
    }
}
