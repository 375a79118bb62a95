//! The rules, each in its file, with what makes it look at a line and its edits.

use crate::edit::Edit;
use crate::look::Look;
use crate::page::Page;
use crate::registry::rules;
use crate::rule::Rule;
use jianti_model::Model;
use jianti_text::encoding::Encoding;

/// A line and what is known about it.
pub struct Context<'a> {
    /// How likely text is.
    pub model: &'a Model,
    /// What is known of the page around the line.
    pub page: &'a mut Page,
    /// The encoding that the document was in, if that is known.
    pub encoding: Option<Encoding>,
    /// The line, as the rules before left it.
    pub line: &'a str,
    /// Whether what cannot be told may become U+FFFD.
    pub lossy: bool,
    /// Whether a shift was found on the line: it went through the program that inserts glosses.
    pub shifted: bool,
    /// Whether it was read back from another encoding.
    pub restored: bool,
}

/// Some of the rules, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules(u16);

const _: () = assert!(Rule::ALL.len() <= u16::BITS as usize);

impl Rules {
    /// Every rule.
    pub const ALL: Rules = Rules(u16::MAX);
    /// Those that find what shows none of their signs, too, on a line that others suspect: mojibake is made of any characters.
    pub const WITHOUT_SIGNS: Rules = Rules(1 << Rule::Mojibake as u16);
    /// Those that do so on a line with a gloss: the program that inserts them may leave no question mark where it cuts.
    const BESIDE_GLOSSES: Rules = Rules(1 << Rule::Shift as u16);

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a rule is one of them.
    pub fn has(self, rule: Rule) -> bool {
        self.0 >> rule as u16 & 1 == 1
    }

    /// These, and those that find what shows none of their signs where these suspect something.
    pub fn with_hidden(self) -> Rules {
        let beside = match self.has(Rule::Gloss) {
            true => Rules::BESIDE_GLOSSES,
            false => Rules::default(),
        };
        self.with(Rules::WITHOUT_SIGNS).with(beside)
    }

    /// These and others.
    pub fn with(self, others: Rules) -> Rules {
        Rules(self.0 | others.0)
    }
}

/// Declares the modules of the rules, and collects what they hold.
macro_rules! collect {
    ($($(#[$doc:meta])* $variant:ident => $module:ident $name:literal;)*) => {
        $(mod $module;)*

        /// What a rule finds on a line, in order and without overlaps.
        pub fn edits(rule: Rule, context: &mut Context) -> Vec<Edit> {
            match rule {
                $(Rule::$variant => $module::edits(context),)*
            }
        }

        /// What makes each rule look at a line.
        pub const LOOKS: &[Look] = &[$($module::LOOK),*];

        /// Which rules have to look at the line because of what begins at this byte.
        #[inline]
        pub fn suspecting(text: &[u8], at: usize) -> Rules {
            Rules(0 $(| u16::from($module::is_suspect(text, at)) << Rule::$variant as u16)*)
        }
    };
}

rules!(collect);
