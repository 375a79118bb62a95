//! Pages as templates make them.

use super::converted;
use jianti_formats::Format;

#[test]
fn code_of_templates_stays_however_many_lines_it_takes() {
    for (before, after) in [
        (
            "<nav>\n{{- $頁 := slice\n  (dict \"名\" \"擲骰, 後\" \"頁\" \"a\")\n-}}\n<p>後, 來</p></nav>",
            "<nav>\n{{- $頁 := slice\n  (dict \"名\" \"擲骰, 後\" \"頁\" \"a\")\n-}}\n<p>后，来</p></nav>",
        ),
        (
            "<p>{%- set 頁 = [\n(\"標題, 後\", 1)\n] -%}後, 來{{ 名 }}, 後</p>",
            "<p>{%- set 頁 = [\n(\"標題, 後\", 1)\n] -%}后，来{{ 名 }}，后</p>",
        ),
        (
            "<p>請按<%= link_to \"首頁, 後\", 頁 %>, 後</p><% if 頁 == \"後\" %>後<% end %>",
            "<p>请按<%= link_to \"首頁, 後\", 頁 %>，后</p><% if 頁 == \"後\" %>后<% end %>",
        ),
        // Nothing ends them.
        (
            "<p>後 {{ 來, 後</p><p>後 }}</p>",
            "<p>后 {{ 来，后</p><p>后 }}</p>",
        ),
        ("<p>後 <% 來, 後</p>", "<p>后 <% 来，后</p>"),
    ] {
        assert_eq!(converted(Format::Html, before), after);
    }
}

#[test]
fn marks_of_notes_part_no_sentence() {
    for (before, after) in [
        (
            "<p>他走了.<sup>1</sup>後來又回來了<sup>[2]</sup>.</p>",
            "<p>他走了。<sup>1</sup>后来又回来了<sup>[2]</sup>。</p>",
        ),
        (
            "<p>船夫收了錢.<a href=\"#n1\"><sup>1</sup></a></p>",
            "<p>船夫收了钱。<a href=\"#n1\"><sup>1</sup></a></p>",
        ),
        (
            "<p>據統計<sup><a href=\"#n\">[3]</a></sup>:人口增加了.<a href=\"#m\">註一</a></p>",
            "<p>据统计<sup><a href=\"#n\">[3]</a></sup>：人口增加了。<a href=\"#m\">注一</a></p>",
        ),
        (
            "<p>面積是30m<sup>2</sup>,速度是3×10<sup>8</sup>m/s.</p>",
            "<p>面积是30m<sup>2</sup>，速度是3×10<sup>8</sup>m/s。</p>",
        ),
        ("<p>见第2.<sup>1</sup>节</p>", "<p>见第2.<sup>1</sup>节</p>"),
    ] {
        assert_eq!(converted(Format::Html, before), after);
    }
}

#[test]
fn indents_and_spaces_before_breaks_are_no_text() {
    for (before, after) in [
        (
            "<p>&emsp;&emsp;\"你走吧.\"她說. <br/>&nbsp;&#12288;\"好.\"</p>",
            "<p>&emsp;&emsp;“你走吧。”她说。<br/>&nbsp;&#12288;“好。”</p>",
        ),
        (
            "<label>姓名: </label><b>Name: </b>",
            "<label>姓名：</label><b>Name: </b>",
        ),
    ] {
        assert_eq!(converted(Format::Html, before), after);
    }
}
