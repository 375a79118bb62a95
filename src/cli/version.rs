//! What this program is made of (`--version`, with `-v`).

use xxhash_rust::xxh3::xxh3_64;

/// The line of `--version`; with `verbose` what the program is made of, a line each.
pub fn text(verbose: bool) -> String {
    let mut text = concat!("jianti ", env!("CARGO_PKG_VERSION"), "\n").to_owned();
    if !verbose {
        return text;
    }
    let commit = option_env!("JIANTI_COMMIT").filter(|commit| !commit.is_empty());
    let mut line = |name: &str, value: &str| text += &format!("{name:>20}: {value}\n");
    line(
        "commit",
        commit.unwrap_or("unknown (set JIANTI_COMMIT when it is built)"),
    );
    line("OpenCC dictionaries", jianti::OPENCC_VERSION);
    line("model", &format!("{:016x}", xxh3_64(jianti::model_bytes())));
    line("vectors", jianti::vectors());
    line(
        "target",
        &format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
    );
    let engines = if cfg!(feature = "opencc") {
        "builtin, opencc"
    } else {
        "builtin"
    };
    line("engines", engines);
    text
}
