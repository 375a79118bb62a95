//! Errors as commands of GitHub's workflows (`--format-errors github`), which shows them beside the files.

use std::path::Path;

/// A command of this kind (`error`, `warning`, `notice`) about a file, and a line and column of it.
pub fn command(kind: &str, path: &Path, position: Option<(u64, u64)>, message: &str) -> String {
    let file = property(&path.to_string_lossy());
    let position = position.map_or(String::new(), |(line, column)| {
        format!(",line={line},col={column}")
    });
    format!("::{kind} file={file}{position}::{}", data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_ends_a_command() {
        assert_eq!(
            command(
                "error",
                Path::new("a,b:c\n::100%.txt"),
                Some((1, 2)),
                "x\n::error::y"
            ),
            "::error file=a%2Cb%3Ac%0A%3A%3A100%25.txt,line=1,col=2::x%0A::error::y"
        );
    }
}
