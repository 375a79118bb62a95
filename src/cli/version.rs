//! What this program is made of (`--version`, with `-v`).

use super::language::pick;
use super::totals::width;
use xxhash_rust::xxh3::xxh3_64;

/// The line of `--version`; with `verbose` what the program is made of, a line each.
pub fn text(verbose: bool) -> String {
    let mut text = concat!("jianti ", env!("CARGO_PKG_VERSION"), "\n").to_owned();
    if !verbose {
        return text;
    }
    let commit = option_env!("JIANTI_COMMIT").filter(|commit| !commit.is_empty());
    let mut line = |name: &str, value: &str| {
        let indent = " ".repeat(20_usize.saturating_sub(width(name)));
        text += &format!("{indent}{name}: {value}\n");
    };
    line(
        pick("commit", "提交"),
        commit.unwrap_or(pick(
            "unknown (set JIANTI_COMMIT when it is built)",
            "未知（编译时可设 JIANTI_COMMIT）",
        )),
    );
    line(
        pick("OpenCC dictionaries", "OpenCC 词典"),
        jianti::OPENCC_VERSION,
    );
    line(
        pick("model", "模型"),
        &format!("{:016x}", xxh3_64(jianti::model_bytes())),
    );
    line(pick("vectors", "向量指令"), jianti::vectors());
    line(
        pick("target", "平台"),
        &format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
    );
    let engines = if cfg!(feature = "opencc") {
        "builtin, opencc"
    } else {
        "builtin"
    };
    line(pick("engines", "引擎"), engines);
    text
}
