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
