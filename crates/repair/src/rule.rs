//! What a rule is called.

use crate::registry::rules;

macro_rules! define {
    ($($(#[$doc:meta])* $variant:ident => $module:ident $name:literal;)*) => {
        /// The rule behind an edit, and with it what happened to the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// All rules, in the order in which they are applied.
            pub const ALL: &[Rule] = &[$(Rule::$variant),*];

            /// The rule's name in reports.
            pub fn name(self) -> &'static str {
                match self {
                    $(Rule::$variant => $name,)*
                }
            }
        }
    };
}

rules!(define);

#[cfg(feature = "serde")]
impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
