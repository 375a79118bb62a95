//! The crates of a checkout and their modules, as far as they are not tests.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Expr, Item, Lit, Meta};

use crate::paths::{self, Found};

/// A crate: a library, a program or a build script.
#[derive(Debug)]
pub struct Crate {
    /// Its name in paths, as in `jianti_text`; that of its package with `main` or `build` behind it if it is no library.
    pub name: String,
    /// Its files below the checkout, the root first.
    pub files: Vec<PathBuf>,
    /// Its modules, the root first.
    pub modules: Vec<Module>,
    /// How many unsafe blocks there are.
    pub unsafe_blocks: usize,
}

/// A module, in a file of its own or inline.
#[derive(Debug)]
pub struct Module {
    /// Its path in the crate; empty for the root.
    pub path: Vec<String>,
    /// Which of the crate's files it stands in.
    pub file: usize,
    /// The paths that its code names.
    pub found: Found,
}

/// Reads the root package and those in `crates/`.
///
/// # Errors
/// A file cannot be read or parsed.
pub fn crates(root: &Path) -> Result<Vec<Crate>, String> {
    let mut packages = vec![PathBuf::new()];
    if let Ok(folder) = fs::read_dir(root.join("crates")) {
        let names = folder.filter_map(|entry| Some(entry.ok()?.file_name()));
        packages.extend(names.map(|name| Path::new("crates").join(name)));
        packages.sort();
    }
    let mut crates = Vec::new();
    for package in packages {
        let Some(name) = package_name(&root.join(&package)) else {
            continue;
        };
        let targets = [
            (name.clone(), "src/lib.rs"),
            (format!("{name} main"), "src/main.rs"),
            (format!("{name} build"), "build.rs"),
            (format!("{name} build"), "build/main.rs"),
        ];
        for (name, file) in targets {
            let file = package.join(file);
            if root.join(&file).is_file() {
                crates.push(Crate::read(root, name, file)?);
            }
        }
    }
    if crates.is_empty() {
        return Err(format!("{}: there is no crate", root.display()));
    }
    Ok(crates)
}

/// The name of the package in a folder, as paths have it.
fn package_name(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let (_, package) = manifest.split_once("[package]")?;
    let name = package
        .lines()
        .find_map(|line| line.strip_prefix("name = "))?;
    Some(name.trim().trim_matches('"').replace('-', "_"))
}

impl Crate {
    fn read(root: &Path, name: String, file: PathBuf) -> Result<Crate, String> {
        let mut read = Crate {
            name,
            files: Vec::new(),
            modules: Vec::new(),
            unsafe_blocks: 0,
        };
        read.file(root, file, Vec::new(), true)?;
        Ok(read)
    }

    /// Reads a file's module and those below it. `owns` says whether its children's files lie beside it, as those of
    /// `lib.rs` and `mod.rs` do.
    fn file(
        &mut self,
        root: &Path,
        file: PathBuf,
        path: Vec<String>,
        owns: bool,
    ) -> Result<(), String> {
        let read = fs::read_to_string(root.join(&file));
        let text = read.map_err(|error| format!("{}: {error}", file.display()))?;
        let parsed = syn::parse_file(&text);
        let parsed = parsed.map_err(|error| format!("{}: {error}", file.display()))?;
        let beside = file.parent().unwrap_or(Path::new("")).to_owned();
        let below = match (owns, path.last()) {
            (false, Some(name)) => beside.join(name),
            _ => beside.clone(),
        };
        self.files.push(file);
        let place = Place {
            root,
            beside,
            below,
        };
        self.items(&place, parsed.items, path)
    }

    /// Takes a module's items, and reads the modules that it declares.
    fn items(&mut self, place: &Place, items: Vec<Item>, path: Vec<String>) -> Result<(), String> {
        let file = self.files.len() - 1;
        let (mut tokens, mut children) = (TokenStream::new(), Vec::new());
        for item in items {
            match item {
                item if attributes(&item).iter().any(is_for_tests) => {}
                Item::Mod(module) => children.push(module),
                item => item.to_tokens(&mut tokens),
            }
        }
        let names = children
            .iter()
            .map(|module| module.ident.to_string())
            .collect();
        self.unsafe_blocks += paths::unsafe_blocks(tokens.clone());
        let found = paths::find(tokens, names);
        self.modules.push(Module {
            path: path.clone(),
            file,
            found,
        });
        // Inline modules first, while their file is the last.
        children.sort_by_key(|module| module.content.is_none());
        for module in children {
            let name = module.ident.to_string();
            let mut path = path.clone();
            path.push(name.clone());
            if let Some((_, items)) = module.content {
                let place = Place {
                    below: place.below.join(&name),
                    ..place.clone()
                };
                self.items(&place, items, path)?;
                continue;
            }
            let named = module.attrs.iter().find_map(path_attribute);
            let flat = place.below.join(format!("{name}.rs"));
            let (file, owns) = match named {
                Some(file) => (place.beside.join(file), true),
                None if place.root.join(&flat).is_file() => (flat, false),
                None => (place.below.join(&name).join("mod.rs"), true),
            };
            self.file(place.root, file, path, owns)?;
        }
        Ok(())
    }
}

/// Where the files of the modules lie that a module declares, below the checkout.
#[derive(Clone)]
struct Place<'a> {
    root: &'a Path,
    /// The folder of its own file.
    beside: PathBuf,
    /// The folder of its children's files.
    below: PathBuf,
}

/// Whether an attribute leaves an item to tests.
fn is_for_tests(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else {
        return attribute.path().is_ident("test");
    };
    let condition = list.tokens.to_string();
    list.path.is_ident("cfg")
        && (condition == "test" || condition.replace(' ', "").starts_with("all(test,"))
}

/// The file that `#[path = "…"]` names.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(value) = &attribute.meta else {
        return None;
    };
    match &value.value {
        Expr::Lit(literal) if value.path.is_ident("path") => match &literal.lit {
            Lit::Str(path) => Some(path.value()),
            _ => None,
        },
        _ => None,
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
