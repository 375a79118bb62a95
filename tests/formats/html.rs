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
