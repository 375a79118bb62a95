//! Which modules and crates stand on which.

use std::collections::BTreeMap;

/// The layers from the top down. What stands side by side has a comma between; a module of `src/` goes by its name, a
/// crate by its own. A new module or crate needs a place here.
pub const ORDER: &str = "\
    cli normalizer pipeline stages context outcome doubts,records masked glance,romaji choice,punctuate options error \
    jianti_reference,jianti_repair jianti_data jianti_formats,jianti_model,jianti_opencc jianti_text";

/// For each name how high it stands; the ground is 1.
#[derive(Clone, Debug)]
pub struct Layers(BTreeMap<String, usize>);

impl Layers {
    /// Reads an order such as [`ORDER`].
    pub fn new(order: &str) -> Layers {
        let mut layers = BTreeMap::new();
        for (height, names) in order.split_whitespace().rev().enumerate() {
            layers.extend(names.split(',').map(|name| (name.to_owned(), height + 1)));
        }
        Layers(layers)
    }

    /// Whether the order names it.
    pub fn know(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether an arrow leads to a higher layer. Names that the order lacks stand nowhere.
    pub fn point_up(&self, from: &str, to: &str) -> bool {
        match (self.0.get(from), self.0.get(to)) {
            (Some(from), Some(to)) => from < to,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_point_down_or_sideways() {
        let layers = Layers::new("cli pipeline choice,punctuate context");
        assert!(layers.point_up("context", "choice"));
        assert!(layers.point_up("pipeline", "cli"));
        assert!(!layers.point_up("cli", "context"));
        assert!(!layers.point_up("choice", "punctuate"));
        assert!(!layers.point_up("elsewhere", "cli"));
        assert!(layers.know("punctuate") && !layers.know("elsewhere"));
    }
}
