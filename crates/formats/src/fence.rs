//! Code between fences in text that is a value of another format, as answers of programs that write Markdown have it:
//! "如下:\n```python\n# 問候, 使用者\n```".

use std::ops::Range;

/// What a part of such a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text,
    /// What stands between fences that name no language: anything may, and its marks stay.
    Listing,
    /// Code of a language, and the fences themselves: nothing of it changes.
    Code,
}

/// What fences begin with.
const FENCE: &str = "```";

/// Languages of code, in small letters, in order; what else stands behind a fence may be a word about what follows (```poem).
const LANGUAGES: [&str; 62] = [
    "asm",
    "bash",
    "bat",
    "batch",
    "c",
    "c#",
    "c++",
    "cmake",
    "cmd",
    "console",
    "cpp",
    "cs",
    "csharp",
    "css",
    "dart",
    "diff",
    "dockerfile",
    "go",
    "golang",
    "graphql",
    "groovy",
    "haskell",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "jsx",
    "julia",
    "kotlin",
    "latex",
    "less",
    "lua",
    "makefile",
    "matlab",
    "nginx",
    "objc",
    "perl",
    "php",
    "powershell",
    "ps1",
    "py",
    "python",
    "r",
    "ruby",
    "rust",
    "scss",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "ts",
    "tsx",
    "typescript",
    "vue",
    "xml",
    "yaml",
];

/// The parts of a text that has code between fences, one behind the other; `None` if it has none. A fence that nothing closes is
/// none.
pub(crate) fn parts(text: &str) -> Option<Vec<(Range<usize>, Part)>> {
    memchr::memmem::find(text.as_bytes(), FENCE.as_bytes())?;
    let mut parts = Vec::new();
    // Where the text behind the last block begins, and where the block that is open does, with its fence.
    let (mut done, mut at) = (0, 0);
    let mut open: Option<(usize, Fence)> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        // One within a line (如下:```c) tells that the next may end what it begins.
        if line.trim_start().trim_start_matches('`').contains(FENCE) {
            return None;
        }
        match (&open, Fence::of(line)) {
            (None, Some(fence)) => open = Some((start, fence)),
            (Some((begin, fence)), Some(end)) if end.closes(fence) => {
                let inner = begin + fence.line..start;
                parts.push((done..*begin, Part::Text));
                match fence.is_code {
                    true => parts.push((*begin..at, Part::Code)),
                    false => parts.extend([
                        (*begin..inner.start, Part::Code),
                        (inner.clone(), Part::Listing),
                        (inner.end..at, Part::Code),
                    ]),
                }
                done = at;
                open = None;
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push((done..text.len(), Part::Text));
    parts.retain(|(range, _)| !range.is_empty());
    Some(parts)
}

/// A line that may begin or end a block.
struct Fence {
    /// The line's length with its end, bytes.
    line: usize,
    /// How many marks it has.
    marks: usize,
    /// Whether nothing stands behind them.
    is_bare: bool,
    /// Whether what stands behind them names a language of code.
    is_code: bool,
}

impl Fence {
    fn of(line: &str) -> Option<Fence> {
        let fence = line.trim();
        let info = fence.trim_start_matches('`');
        let marks = fence.len() - info.len();
        // What stands in a line between marks is quoted in it.
        if marks < FENCE.len() || info.contains('`') {
            return None;
        }
        let is_end = |c: char| !c.is_ascii_alphanumeric() && !"+-#._".contains(c);
        let language = info.trim_start().split(is_end).next().unwrap_or_default();
        Some(Fence {
            line: line.len(),
            marks,
            is_bare: info.is_empty(),
            is_code: LANGUAGES
                .binary_search(&&*language.to_ascii_lowercase())
                .is_ok(),
        })
    }

    fn closes(&self, opening: &Fence) -> bool {
        self.is_bare && self.marks >= opening.marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&str, Part)> {
        let parts = parts(text).unwrap_or_default();
        let parts = parts.into_iter();
        parts.map(|(range, part)| (&text[range], part)).collect()
    }

    #[test]
    fn languages_are_in_order() {
        assert!(LANGUAGES.is_sorted());
    }

    #[test]
    fn blocks_are_told_from_text() {
        use Part::{Code, Listing, Text};
        assert_eq!(
            told("如下:\n```python\n# 後\n```\n好."),
            [
                ("如下:\n", Text),
                ("```python\n# 後\n```\n", Code),
                ("好.", Text)
            ]
        );
        assert_eq!(
            told("  ````\n```\n後\n  ````"),
            [("  ````\n", Code), ("```\n後\n", Listing), ("  ````", Code)]
        );
        assert_eq!(
            told("```text\n後\n```\n```c++\n```"),
            [
                ("```text\n", Code),
                ("後\n", Listing),
                ("```\n", Code),
                ("```c++\n```", Code)
            ]
        );
        // None that is closed, or none at a line's beginning.
        for text in [
            "",
            "後",
            "```python\n後",
            "以```標記```程式",
            "看:```python\nx\n```\n後台\n```python\ny\n```\n",
            "見 ```\n後\n見 ```\n",
            "````c\n後\n```\n",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
