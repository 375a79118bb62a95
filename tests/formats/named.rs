//! Names of persons in fields that are for them keep their characters, whatever the format.

use jianti_formats::Format;

use super::converted;

#[test]
fn fields_for_names_hold_names() {
    for (format, before, after) in [
        (
            Format::Csv,
            "姓名,部門\n沈默,人事部\n於梨華,財務部\n",
            "姓名,部门\n沈默,人事部\n於梨华,财务部\n",
        ),
        // In a traditional row too.
        (
            Format::Csv,
            "姓名,性別,部門\n於光,男,會計\n於是,男,會計\n於光明,女,總務\n",
            "姓名,性别,部门\n於光,男,会计\n于是,男,会计\n於光明,女,总务\n",
        ),
        (
            Format::Tsv,
            "id\tAuthor\t狀態\n1\t\"沈重\"\t沈重\n",
            "id\tAuthor\t状态\n1\t\"沈重\"\t沉重\n",
        ),
        (
            Format::Json,
            r#"{"姓名":"沈默","name":"沈香","status":"沈默","authors":["沈重","陳乾"]}"#,
            r#"{"姓名":"沈默","name":"沉香","status":"沉默","authors":["沈重","陈乾"]}"#,
        ),
        (
            Format::JsonLines,
            "{\"姓名\":\"沈默\",\"部门\":\"人事部\"}\n{\"部门\":\"沈默\"}\n",
            "{\"姓名\":\"沈默\",\"部门\":\"人事部\"}\n{\"部门\":\"沉默\"}\n",
        ),
        (
            Format::Yaml,
            "author: 沈重\ntitle: 沈默的羔羊\npeople:\n  - full_name: \"沈靜\"\n    mood: 沈靜\nauthors:\n  - 沈默\n",
            "author: 沈重\ntitle: 沉默的羔羊\npeople:\n  - full_name: \"沈静\"\n    mood: 沉静\nauthors:\n  - 沈默\n",
        ),
        (
            Format::Markdown,
            "---\nauthor: 沈默\n---\n\n他沈默了。\n",
            "---\nauthor: 沈默\n---\n\n他沉默了。\n",
        ),
        (
            Format::Markdown,
            "| 姓名 | 狀態 |\n| - | - |\n| 沈默 | 沈默 |\n| **沈重** | 於是 |\n",
            "| 姓名 | 状态 |\n| - | - |\n| 沈默 | 沉默 |\n| **沈重** | 于是 |\n",
        ),
        (
            Format::Html,
            "<table><tr><th>姓名</th><td>沈默</td><th>狀態</th><td>沈默</td></tr></table>",
            "<table><tr><th>姓名</th><td>沈默</td><th>状态</th><td>沉默</td></tr></table>",
        ),
        (
            Format::Html,
            "<table><tr><th>姓名<th>狀態<tr><td><b>沈重</b><td>沈重</table><p>沈重</p><dl><dt>作者：<dd>沈靜<dt>特點<dd>沈靜</dl>",
            "<table><tr><th>姓名<th>状态<tr><td><b>沈重</b><td>沉重</table><p>沉重</p><dl><dt>作者：<dd>沈静<dt>特点<dd>沉静</dl>",
        ),
        (
            Format::WebVtt,
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v 沈默>他沈默了</v>\n",
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v 沈默>他沉默了</v>\n",
        ),
        (
            Format::Calendar,
            "BEGIN:VCARD\nN:陳;乾;;;\nFN:陳乾\nNOTE:沈默\nEND:VCARD\n",
            "BEGIN:VCARD\nN:陈;乾;;;\nFN:陈乾\nNOTE:沉默\nEND:VCARD\n",
        ),
        (
            Format::Calendar,
            "BEGIN:VCARD\nitem1.N;CHARSET=UTF-8:於;梨華\nFN:於梨華\nEND:VCARD\nBEGIN:VCARD\nN:沈;默\nFN:沈默\nORG:沈默公司;乾燥部\nEND:VCARD\n",
            "BEGIN:VCARD\nitem1.N;CHARSET=UTF-8:於;梨华\nFN:於梨华\nEND:VCARD\nBEGIN:VCARD\nN:沈;默\nFN:沈默\nORG:沉默公司;干燥部\nEND:VCARD\n",
        ),
        // Fields for something else, and what is no name in one for names.
        (
            Format::Csv,
            "品名,說明\n沈香,他沈默了\n乾薑,於是\n",
            "品名,说明\n沉香,他沉默了\n干姜,于是\n",
        ),
        (
            Format::Csv,
            "姓名\n於是\n他沈默了很久\n乾薑\n沈悶\n",
            "姓名\n于是\n他沉默了很久\n干姜\n沉闷\n",
        ),
        (
            Format::Json,
            r#"{"name":"乾燥機","name":"沈積岩","名稱":"沈默","filename":"沈默","author":"他一直沈默不語"}"#,
            r#"{"name":"干燥机","name":"沉积岩","名稱":"沉默","filename":"沉默","author":"他一直沉默不语"}"#,
        ),
    ] {
        assert_eq!(converted(format, before), after);
    }
}
