//! The rules, in the order in which they go over a line: each in its file, with its name, what makes it look at a line,
//! and its edits. Adding one is a file here and a line in the registry below.

use crate::edit::Edit;
use crate::look::Look;
use crate::page::Page;
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
}

/// Declares the modules of the rules and [`Rule`], and collects what the modules hold.
macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident => $module:ident,)*) => {
        $(mod $module;)*

        /// The rule behind an edit, and with it what happened to the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// All rules, in the order in which they are applied.
            pub const ALL: [Rule; LOOKS.len()] = [$(Rule::$variant),*];

            /// The rule's name in reports.
            pub fn name(self) -> &'static str {
                match self {
                    $(Rule::$variant => $module::NAME,)*
                }
            }

            /// What this rule finds on a line, in order and without overlaps.
            pub(super) fn edits(self, context: &mut Context) -> Vec<Edit> {
                match self {
                    $(Rule::$variant => $module::edits(context),)*
                }
            }
        }

        /// What makes each rule look at a line.
        pub(super) const LOOKS: &[Look] = &[$($module::LOOK),*];

        /// Whether any rule has to look at the line because of what begins at this byte.
        #[inline]
        pub(super) fn is_suspect(text: &[u8], at: usize) -> bool {
            $($module::is_suspect(text, at))||*
        }
    };
}

registry! {
    /// UTF-8 was read as another encoding: åŒ—, 鍖椾含.
    Mojibake => mojibake,
    /// A character reference was escaped again: `&amp;#21271;`.
    Entity => entity,
    /// Bytes of GBK were taken apart at the wrong places: 河?xùn)|區.
    Shift => shift,
    /// A radical or a compatibility ideograph stands for the character: ⽂, 﨑.
    Compatibility => compatibility,
    /// A character that does not show stands between Han characters: a BOM, a zero-width space, a soft hyphen.
    Invisible => invisible,
    /// A private-use code point stands for a character that Unicode has since encoded.
    PrivateUse => private_use,
    /// A character's reading was inserted behind it: 會(huì).
    Gloss => gloss,
    /// U+FFFD or 锟斤拷: what stood here is gone.
    Lost => lost,
}

#[cfg(feature = "serde")]
impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
