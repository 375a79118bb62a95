//! The rules, in the order in which they go over a line.

/// Hands the list of rules to a macro. An entry is a variant with its documentation, the rule's module in `rules/`, and
/// its name in reports. Adding a rule is a file there and an entry here.
macro_rules! rules {
    ($make:ident) => {
        $make! {
            /// UTF-8 was read as another encoding: åŒ—, 鍖椾含.
            Mojibake => mojibake "mojibake";
            /// A character reference was escaped again: `&amp;#21271;`.
            Entity => entity "entity";
            /// Bytes of GBK were taken apart at the wrong places: 河?xùn)|區.
            Shift => shift "shift";
            /// A radical or a compatibility ideograph stands for the character: ⽂, 﨑.
            Compatibility => compatibility "compatibility";
            /// A character that does not show stands between Han characters: a BOM, a zero-width space, a soft hyphen.
            Invisible => invisible "invisible";
            /// A private-use code point stands for a character that Unicode has since encoded.
            PrivateUse => private_use "private_use";
            /// A character's reading was inserted behind it: 會(huì).
            Gloss => gloss "gloss";
            /// U+FFFD or 锟斤拷: what stood here is gone.
            Lost => lost "lost";
        }
    };
}

pub(crate) use rules;
