//! Jupyter notebooks: what becomes of documents.

use jianti_formats::Format;

use super::converted;

#[test]
fn cells_of_markdown_are_text() {
    for (before, after) in [
        (
            "{\"cells\": [{\"cell_type\": \"markdown\", \"id\": \"後\", \"source\": [\"# 標題後\\n\", \"後來`後`\"]},\n {\"cell_type\": \"code\", \"source\": [\"後 = 1\"], \"outputs\": [\"後\"]}], \"nbformat\": 4}",
            "{\"cells\": [{\"cell_type\": \"markdown\", \"id\": \"後\", \"source\": [\"# 标题后\\n\", \"后来`後`\"]},\n {\"cell_type\": \"code\", \"source\": [\"後 = 1\"], \"outputs\": [\"後\"]}], \"nbformat\": 4}",
        ),
        (
            "{\"cells\": [{\"source\": \"\\u5f8c\\n\\\"\\u88e1\\\"\", \"cell_type\": \"markdown\"}]}",
            "{\"cells\": [{\"source\": \"\\u540e\\n\\u201c\\u91cc\\u201d\", \"cell_type\": \"markdown\"}]}",
        ),
    ] {
        assert_eq!(converted(Format::Notebook, before), after);
    }
}
