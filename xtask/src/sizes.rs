//! Which files and functions are too long to be read in one sitting.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// A file may have so many lines.
const FILE: usize = 500;

/// A function may have so many lines, from `fn` to its last brace.
const FUNCTION: usize = 80;

/// Where the code lies.
const FOLDERS: [&str; 7] = [
    "src", "crates", "tests", "benches", "fuzz", "xtask", "build.rs",
];

/// Lists the files and functions that are longer, those of tests too.
///
/// # Errors
/// A file cannot be read or parsed.
pub fn report(root: &Path) -> Result<String, String> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        rust_files(&root.join(folder), &mut files);
    }
    files.sort();
    let (mut long_files, mut long_functions) = (Vec::new(), Vec::new());
    for file in &files {
        let name = file
            .strip_prefix(root)
            .unwrap_or(file)
            .display()
            .to_string();
        let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
        let lines = text.lines().count();
        if lines > FILE {
            long_files.push((lines, name.clone()));
        }
        let parsed = syn::parse_file(&text).map_err(|error| format!("{name}: {error}"))?;
        let mut functions = Functions::default();
        functions.visit_file(&parsed);
        let long = functions
            .0
            .into_iter()
            .filter(|(lines, _)| *lines > FUNCTION);
        long_functions.extend(long.map(|(lines, function)| (lines, format!("{name}: {function}"))));
    }
    let mut report = String::new();
    for (title, mut long) in [
        (format!("files over {FILE} lines"), long_files),
        (format!("functions over {FUNCTION} lines"), long_functions),
    ] {
        long.sort_by(|one, other| other.cmp(one));
        let _ = writeln!(report, "{title}: {} (of {} files)", long.len(), files.len());
        for (lines, name) in long {
            let _ = writeln!(report, "  {lines} {name}");
        }
    }
    Ok(report)
}

/// Adds the Rust files in a folder, or the file itself.
fn rust_files(path: &Path, files: &mut Vec<PathBuf>) {
    if path.extension().is_some_and(|extension| extension == "rs") && path.is_file() {
        return files.push(path.to_owned());
    }
    let Ok(entries) = fs::read_dir(path) else {
        return;
    };
    for entry in entries.flatten() {
        if entry.file_name() != "target" {
            rust_files(&entry.path(), files);
        }
    }
}

/// Each function's lines and name.
#[derive(Default)]
struct Functions(Vec<(usize, String)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, start: Span, block: &syn::Block) {
        let lines = block.span().end().line + 1 - start.start().line;
        self.0.push((lines, name.to_string()));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig.ident, item.sig.span(), &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident, item.sig.span(), &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.add(&item.sig.ident, item.sig.span(), block);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_without_their_comments() {
        let code = "/// Says\n/// something.\nfn outer() {\n    fn inner() {}\n}\nimpl A {\n    fn f(\n    ) {\n    }\n}\n";
        let mut functions = Functions::default();
        functions.visit_file(&syn::parse_file(code).expect("code"));
        let found: Vec<(usize, &str)> = functions
            .0
            .iter()
            .map(|(lines, name)| (*lines, name.as_str()))
            .collect();
        assert_eq!(found, [(3, "outer"), (1, "inner"), (3, "f")]);
    }
}
