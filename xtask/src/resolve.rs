//! Which module a path leads to.

use std::collections::BTreeMap;

use crate::sources::Crate;

/// A module: the number of its crate, and its own there.
pub type At = (usize, usize);

/// How many names lead from one to the next at most; more are a circle.
const STEPS: usize = 16;

/// Finds modules by their paths.
#[derive(Debug)]
pub struct Resolver<'a> {
    crates: &'a [Crate],
    /// For each crate its modules by path.
    modules: Vec<BTreeMap<&'a [String], usize>>,
}

/// Where a path leads.
struct Target {
    module: At,
    /// Whether it names the module itself, not something in it.
    whole: bool,
}

impl<'a> Resolver<'a> {
    /// For paths in these crates.
    pub fn new(crates: &'a [Crate]) -> Resolver<'a> {
        let paths = |one: &'a Crate| {
            let modules = one.modules.iter().enumerate();
            modules
                .map(|(number, module)| (&module.path[..], number))
                .collect()
        };
        Resolver {
            crates,
            modules: crates.iter().map(paths).collect(),
        }
    }

    /// The module that a path in the module `at` leads to: the one where what it names is defined, however it is exported
    /// again on the way. `None` if that is in none of the crates.
    pub fn resolve(&self, at: At, path: &[String]) -> Option<At> {
        Some(self.target(at, path, STEPS)?.module)
    }

    fn target(&self, at: At, path: &[String], steps: usize) -> Option<Target> {
        let (first, mut rest) = path.split_first()?;
        let (number, module) = at;
        let mut here = match first.as_str() {
            "crate" => (number, 0),
            "self" => at,
            "super" => self.parent(at)?,
            name => match self.child(at, name) {
                Some(child) => child,
                None => (self.crates.iter().position(|one| one.name == name)?, 0),
            },
        };
        while here != (number, module) && rest.first().is_some_and(|word| word == "super") {
            here = self.parent(here)?;
            rest = &rest[1..];
        }
        while let Some((name, after)) = rest.split_first() {
            if let Some(child) = self.child(here, name) {
                here = child;
            } else if let Some(target) = self.exported(here, name, steps) {
                if !target.whole {
                    return Some(target);
                }
                here = target.module;
            } else {
                let here = self.exported_macro(here, name).unwrap_or(here);
                return Some(Target {
                    module: here,
                    whole: false,
                });
            }
            rest = after;
        }
        Some(Target {
            module: here,
            whole: true,
        })
    }

    /// Where a name leads that a module has by a `use`.
    fn exported(&self, (number, module): At, name: &str, steps: usize) -> Option<Target> {
        let imports = &self.crates[number].modules[module].found.imports;
        let named = |&import: &&crate::paths::Import| import.name.as_deref() == Some(name);
        let import = imports.iter().find(named)?;
        self.target((number, module), &import.path, steps.checked_sub(1)?)
    }

    /// The module that defines a macro by which a crate's root is asked, since macros are exported there.
    fn exported_macro(&self, (number, module): At, name: &str) -> Option<At> {
        let mut modules = self.crates[number].modules.iter();
        let defined = modules.position(|other| other.found.macros.contains(name))?;
        (module == 0).then_some((number, defined))
    }

    fn child(&self, (number, module): At, name: &str) -> Option<At> {
        let mut path = self.crates[number].modules[module].path.clone();
        path.push(name.to_owned());
        Some((number, *self.modules[number].get(&path[..])?))
    }

    fn parent(&self, (number, module): At) -> Option<At> {
        let (_, path) = self.crates[number].modules[module].path.split_last()?;
        Some((number, *self.modules[number].get(path)?))
    }
}
