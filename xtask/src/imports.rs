//! Which files use which, and whether that goes one way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use crate::circles::{Graph, circles};
use crate::layers::Layers;
use crate::resolve::Resolver;
use crate::sources::{self, Crate};

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Each crate, and its circles: the files below the checkout.
    pub crates: Vec<(String, usize, Vec<Vec<String>>)>,
    /// Which arrows the files of a circle have among each other.
    inside: BTreeMap<String, BTreeSet<String>>,
    /// For each crate those that it uses.
    pub between_crates: BTreeMap<String, BTreeSet<String>>,
    /// For each module of the root package's those that it uses, its crates left out.
    pub between_modules: Graph<String>,
    /// The circles among them.
    pub module_circles: Vec<Vec<String>>,
    /// Arrows that point up, as in `context -> choice`, and the files that they are in.
    pub up: BTreeMap<String, BTreeSet<String>>,
    /// Modules and crates whose layer nobody told.
    pub unknown: BTreeSet<String>,
    /// How many unsafe blocks each crate has.
    pub unsafe_blocks: BTreeMap<String, usize>,
}

/// Looks at a checkout's crates. `order` names the layers from the top down.
///
/// # Errors
/// A file cannot be read or parsed.
pub fn report(root: &Path, order: &str) -> Result<Report, String> {
    let crates = sources::crates(root)?;
    let layers = Layers::new(order);
    let resolver = Resolver::new(&crates);
    let mut report = Report::default();
    for (number, one) in crates.iter().enumerate() {
        let mut files: Graph<String> = Graph::new();
        for (place, module) in one.modules.iter().enumerate() {
            let imports = module.found.imports.iter().map(|import| &import.path);
            for path in imports.chain(&module.found.inline) {
                let Some((other, target)) = resolver.resolve((number, place), path) else {
                    continue;
                };
                let ends = [(one, place), (&crates[other], target)];
                let [from, to] = ends
                    .map(|(one, module)| one.files[one.modules[module].file].display().to_string());
                report.arrow(ends, &format!("{from}: {}", path.join("::")), &layers);
                if other == number && from != to {
                    files.entry(from).or_default().insert(to);
                }
            }
        }
        report.circles(one, files);
    }
    report.module_circles = circles(&report.between_modules);
    Ok(report)
}

impl Report {
    /// Whether everything goes one way.
    pub fn is_clean(&self) -> bool {
        self.crates.iter().all(|(_, _, circles)| circles.is_empty())
            && self.module_circles.is_empty()
            && self.up.is_empty()
            && self.unknown.is_empty()
    }

    /// Takes an arrow between two modules; `place` is the file and the path that is written there.
    fn arrow(&mut self, ends: [(&Crate, usize); 2], place: &str, layers: &Layers) {
        let [(from, _), (to, _)] = ends;
        let [from, to] = match from.name == to.name {
            true => ends.map(|(one, module)| one.modules[module].path.first().cloned()),
            false => {
                let used = self.between_crates.entry(from.name.clone()).or_default();
                used.insert(to.name.clone());
                [from, to].map(|one| Some(one.name.clone()))
            }
        };
        // The root of a crate names what it shows; nothing is above it.
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        if from == to {
            return;
        }
        if layers.point_up(&from, &to) {
            let places = self.up.entry(format!("{from} -> {to}")).or_default();
            places.insert(place.to_owned());
        }
        if is_root_package(ends[0].0) && ends[0].0.name == ends[1].0.name {
            let ends = [&from, &to];
            self.unknown
                .extend(ends.into_iter().filter(|end| !layers.know(end)).cloned());
            self.between_modules.entry(from).or_default().insert(to);
        }
    }

    /// Takes what a crate's files use of each other.
    fn circles(&mut self, one: &Crate, files: Graph<String>) {
        let found = circles(&files);
        for circle in &found {
            for file in circle {
                let used = files[file].iter().filter(|used| circle.contains(used));
                self.inside.insert(file.clone(), used.cloned().collect());
            }
        }
        self.crates.push((one.name.clone(), one.files.len(), found));
        self.unsafe_blocks
            .insert(one.name.clone(), one.unsafe_blocks);
    }
}

/// Whether a crate is of the root package, which has its layers in `src/`.
fn is_root_package(one: &Crate) -> bool {
    one.files[0].starts_with("src")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "circles between files, tests left out")?;
        for (name, files, circles) in &self.crates {
            writeln!(f, "  {name}: {files} files, {} circles", circles.len())?;
            for circle in circles {
                writeln!(f, "    a circle of {}:", circle.len())?;
                for file in circle {
                    let used: Vec<&str> = self.inside[file].iter().map(String::as_str).collect();
                    writeln!(f, "      {file} -> {}", used.join(", "))?;
                }
            }
        }
        writeln!(
            f,
            "circles between modules of src/: {}",
            self.module_circles.len()
        )?;
        for circle in &self.module_circles {
            writeln!(f, "    {}", circle.join(", "))?;
        }
        writeln!(f, "arrows between modules of src/")?;
        for (from, used) in &self.between_modules {
            let used: Vec<&str> = used.iter().map(String::as_str).collect();
            writeln!(f, "  {from} -> {}", used.join(", "))?;
        }
        writeln!(f, "arrows between crates")?;
        for (from, used) in &self.between_crates {
            let used: Vec<&str> = used.iter().map(String::as_str).collect();
            writeln!(f, "  {from} -> {}", used.join(", "))?;
        }
        writeln!(f, "arrows that point up: {}", self.up.len())?;
        for (arrow, places) in &self.up {
            writeln!(f, "  {arrow}")?;
            for place in places {
                writeln!(f, "    {place}")?;
            }
        }
        if !self.unknown.is_empty() {
            let unknown: Vec<&str> = self.unknown.iter().map(String::as_str).collect();
            writeln!(
                f,
                "without a layer in xtask/src/layers.rs: {}",
                unknown.join(", ")
            )?;
        }
        writeln!(f, "unsafe blocks, tests left out")?;
        for (name, count) in self.unsafe_blocks.iter().filter(|(_, count)| **count > 0) {
            writeln!(f, "  {name}: {count}")?;
        }
        Ok(())
    }
}
