//! A small checkout in which circles and arrows are known.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::imports::{self, Report};

const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\nname = \"top\"\n"),
    (
        "src/lib.rs",
        "mod context; mod pipeline; mod choice;\npub use pipeline::Stream;\npub use low_ground::Char;",
    ),
    (
        "src/pipeline/mod.rs",
        "mod stream; mod chunks;\npub use stream::Stream;\nfn f() { chunks::g() }",
    ),
    // Through the module above, which shows it: an arrow to stream.rs, not to mod.rs.
    ("src/pipeline/chunks.rs", "use super::Stream;\nfn g() {}"),
    (
        "src/pipeline/stream.rs",
        "use crate::context::Context;\n#[cfg(test)] mod tests { use crate::pipeline::chunks; }",
    ),
    (
        "src/context.rs",
        "pub struct Context;\nfn f() { unsafe { g() } }\n#[cfg(test)] mod tests { fn f() { unsafe {} } }",
    ),
    (
        "src/choice/mod.rs",
        "mod auto; pub mod mark;\npub struct ScriptContext;",
    ),
    (
        "src/choice/auto.rs",
        "mod inner { use super::super::{mark::Mark, ScriptContext}; }",
    ),
    ("src/choice/mark.rs", "pub struct Mark;"),
    (
        "crates/ground/Cargo.toml",
        "[package]\nname = \"low-ground\"\n",
    ),
    (
        "crates/ground/src/lib.rs",
        "mod chars;\npub use chars::Char;",
    ),
    ("crates/ground/src/chars.rs", "pub struct Char;"),
];

const ORDER: &str = "pipeline choice context low_ground";

/// Looks at the checkout with some files exchanged or added; `test` names its folder.
fn report(test: &str, changed: &[(&str, &str)]) -> Report {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&root);
    for (file, text) in FILES.iter().chain(changed) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    imports::report(&root, ORDER).expect("a report")
}

fn circles(report: &Report) -> Vec<String> {
    let circles = report.crates.iter().flat_map(|(_, _, circles)| circles);
    circles.map(|circle| circle.join(" ")).collect()
}

#[test]
fn code_that_goes_one_way_is_clean() {
    let report = report("clean", &[]);
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.unsafe_blocks["top"], 1);
    assert!(report.between_modules["pipeline"].contains("context"));
    assert!(report.between_crates["top"].contains("low_ground"));
}

#[test]
fn a_circle_between_files_is_found() {
    let code = "mod auto; pub mod mark;\npub struct ScriptContext;\nfn f() { auto::g() }";
    let report = report("circle", &[("src/choice/mod.rs", code)]);
    assert!(!report.is_clean());
    assert_eq!(circles(&report), ["src/choice/auto.rs src/choice/mod.rs"]);
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let code = "fn f() -> crate::choice::mark::Mark { todo!() }";
    let report = report("up", &[("src/context.rs", code)]);
    assert!(!report.is_clean());
    assert_eq!(report.up.keys().collect::<Vec<_>>(), ["context -> choice"]);
}

#[test]
fn a_circle_of_modules_without_one_of_files_is_found() {
    // pipeline/stream.rs -> context.rs, and context/below.rs -> pipeline/chunks.rs.
    let code = "pub struct Context;\nmod below;";
    let below = "fn f(stream: crate::pipeline::chunks::Chunk) {}";
    let report = report(
        "modules",
        &[("src/context.rs", code), ("src/context/below.rs", below)],
    );
    assert!(circles(&report).is_empty());
    assert_eq!(report.module_circles, [["context", "pipeline"]]);
}

#[test]
fn a_module_without_a_layer_is_named() {
    let code = "mod context; mod pipeline; mod choice; mod new { use crate::context::Context; }";
    let report = report("layer", &[("src/lib.rs", code)]);
    assert!(!report.is_clean());
    assert_eq!(report.unknown.iter().collect::<Vec<_>>(), ["new"]);
}

#[test]
fn the_checkout_itself_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let report = imports::report(&root, xtask::layers::ORDER).expect("a report");
    assert!(report.between_modules["pipeline"].contains("stages"));
    assert!(report.unsafe_blocks["jianti_opencc"] > 0);
    assert!(report.unsafe_blocks["jianti_formats"] == 0);
}
