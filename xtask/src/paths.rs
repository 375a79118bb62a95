//! The paths that code names: in `use`, and inline.
//!
//! They are looked for in the tokens, not in the syntax tree, so that those in macros are seen too.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The paths that a module names.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// The names of the modules that it declares.
    pub children: BTreeSet<String>,
    /// The names of the macros that it defines.
    pub macros: BTreeSet<String>,
    /// What it brings into its scope.
    pub imports: Vec<Import>,
    /// The paths in its code that have two parts at least, as in `crate::error::Error`.
    pub inline: BTreeSet<Vec<String>>,
}

/// One name of a `use`.
#[derive(Debug, PartialEq)]
pub struct Import {
    /// The whole path, as in `["crate", "error", "Error"]`.
    pub path: Vec<String>,
    /// What it is called here; `None` if that is no name of the module: a glob, `_`, or within a function.
    pub name: Option<String>,
}

/// Finds the paths in a module's items, and remembers which modules it declares.
pub fn find(items: TokenStream, children: BTreeSet<String>) -> Found {
    let mut found = Found {
        children,
        ..Found::default()
    };
    scan(items, true, &mut found);
    found
}

/// How many blocks are `unsafe`.
pub fn unsafe_blocks(tokens: TokenStream) -> usize {
    let mut count = 0;
    let mut after_unsafe = false;
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            count += usize::from(after_unsafe && group.delimiter() == Delimiter::Brace);
            count += unsafe_blocks(group.stream());
        }
        after_unsafe = matches!(&token, TokenTree::Ident(word) if word == "unsafe");
    }
    count
}

/// `outermost` says that the tokens are the module's items themselves.
fn scan(tokens: TokenStream, outermost: bool, found: &mut Found) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => scan(group.stream(), false, found),
            TokenTree::Ident(word) if word == "use" && !is_punct(tokens.get(at + 1), '<') => {
                let end = tokens[at..]
                    .iter()
                    .position(|token| is_punct(Some(token), ';'));
                let end = at + end.unwrap_or(tokens.len() - at);
                import(&tokens[at + 1..end], Vec::new(), outermost, found);
                at = end;
            }
            TokenTree::Ident(word) if word == "macro_rules" && outermost => {
                found
                    .macros
                    .extend(tokens.get(at + 2).map(ToString::to_string));
            }
            TokenTree::Ident(_) if at < 2 || !is_separator(&tokens[at - 2..]) => {
                let (path, end) = path(&tokens, at);
                if path.len() > 1 {
                    found.inline.insert(path);
                }
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The path that begins at a word, and where it ends.
fn path(tokens: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut path = vec![tokens[start].to_string()];
    let mut end = start + 1;
    while is_separator(&tokens[end..]) {
        let Some(TokenTree::Ident(word)) = tokens.get(end + 2) else {
            break;
        };
        path.push(word.to_string());
        end += 3;
    }
    (path, end)
}

/// Takes the tree of a `use` behind `path`.
fn import(tree: &[TokenTree], path: Vec<String>, outermost: bool, found: &mut Found) {
    let mut path = path;
    let mut rest = tree;
    let mut name = None;
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        match token {
            TokenTree::Ident(word) if word == "as" => {
                name = after.first().map(ToString::to_string);
                break;
            }
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for part in inner.split(|token| is_punct(Some(token), ',')) {
                    if !part.is_empty() {
                        import(part, path.clone(), outermost, found);
                    }
                }
                return;
            }
            TokenTree::Punct(mark) if mark.as_char() == '*' => {
                return found.imports.push(Import { path, name: None });
            }
            _ => {}
        }
    }
    // `use a::b::{self}` is `use a::b`.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let name = name.or_else(|| path.last().cloned());
    let name = name.filter(|name| outermost && name != "_");
    found.imports.push(Import { path, name });
}

/// Whether `::` comes next.
fn is_separator(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), ':') && is_punct(tokens.get(1), ':')
}

fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Found {
        find(code.parse().expect("tokens"), BTreeSet::new())
    }

    fn imports(code: &str) -> Vec<(String, Option<String>)> {
        let imports = found(code).imports.into_iter();
        imports
            .map(|import| (import.path.join("::"), import.name))
            .collect()
    }

    fn named(path: &str, name: &str) -> (String, Option<String>) {
        (path.to_owned(), Some(name.to_owned()))
    }

    #[test]
    fn trees_of_use_are_taken_apart() {
        assert_eq!(
            imports(
                "pub(crate) use crate::a::{self, b::C, d as e}; use super::f::*; use crate::T as _;"
            ),
            [
                named("crate::a", "a"),
                named("crate::a::b::C", "C"),
                named("crate::a::d", "e"),
                ("super::f".to_owned(), None),
                ("crate::T".to_owned(), None),
            ]
        );
    }

    #[test]
    fn an_import_in_a_function_names_nothing_in_the_module() {
        assert_eq!(
            imports("fn f() { use crate::a::B; }"),
            [("crate::a::B".to_owned(), None)]
        );
    }

    #[test]
    fn macros_have_names() {
        let found = found("#[macro_export] macro_rules! look { () => { $crate::a::b() } }");
        assert_eq!(found.macros.into_iter().collect::<Vec<_>>(), ["look"]);
    }

    #[test]
    fn capturing_is_no_import() {
        assert!(imports("fn f<'a>() -> impl Sized + use<'a> {}").is_empty());
    }

    #[test]
    fn inline_paths_are_found_in_types_code_and_macros() {
        let found = found(
            "fn f(a: &crate::a::A) -> b::B { x!(super::c(\"{}\")); <d::D>::e(); g::<h::H>() }",
        );
        let found: Vec<String> = found.inline.iter().map(|path| path.join("::")).collect();
        assert_eq!(found, ["b::B", "crate::a::A", "d::D", "h::H", "super::c"]);
    }

    #[test]
    fn unsafe_functions_are_no_blocks() {
        let code =
            "unsafe fn f() {} fn g() { unsafe { f() } x!(unsafe { f() }) } unsafe impl T for U {}";
        assert_eq!(unsafe_blocks(code.parse().expect("tokens")), 2);
    }
}
