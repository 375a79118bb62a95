//! What holds at a place in RTF: where the text goes, and how its bytes are read.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_1252, X_USER_DEFINED,
};

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// People read it.
    Text,
    /// The table of fonts.
    Fonts,
    /// The document's properties.
    Info,
    /// It is a name, a picture, a field's instruction: kept as it is.
    Kept,
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// Where text goes.
    pub place: Place,
    /// Whether nothing but `\*` came since its brace.
    pub is_new: bool,
    /// Whether text in it is apart from what is around it.
    pub is_apart: bool,
    /// Whether programs that do not know its first word pass over it.
    pub is_starred: bool,
    /// How many characters behind `\u` stand for it in programs that do not know it.
    pub fallback: usize,
    font: i32,
    /// The font of characters of two bytes, where others have another.
    wide_font: Option<i32>,
    /// Whether what follows is about characters of two bytes.
    is_wide: bool,
}

impl Group {
    /// What holds before the first brace.
    pub fn outermost() -> Group {
        Group {
            place: Place::Text,
            is_new: false,
            is_apart: false,
            is_starred: false,
            fallback: 1,
            font: -1,
            wide_font: None,
            is_wide: false,
        }
    }

    /// A group within this one.
    pub fn inner(self) -> Group {
        Group {
            is_new: true,
            is_apart: false,
            is_starred: false,
            ..self
        }
    }

    /// Takes the first word of the group, which may say where its text goes.
    pub fn begin(&mut self, word: &[u8]) {
        let is_shown = self.place == Place::Text;
        let place = match word {
            b"fonttbl" => Place::Fonts,
            b"info" => Place::Info,
            // Text that is there twice, the second time for programs that know Unicode.
            b"upr" | b"ud" => return,
            b"title" | b"subject" if self.place == Place::Info => Place::Text,
            b"annotation" | b"footnote" | b"fldrslt" | b"listtext" | b"pntext" | b"header"
            | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr"
            | b"footerf"
                if is_shown =>
            {
                Place::Text
            }
            // It lies among the properties of its shape.
            b"shptxt" => Place::Text,
            _ if is_kept(word) => Place::Kept,
            _ if self.is_starred && self.place != Place::Fonts => Place::Kept,
            _ => return,
        };
        // What a field shows is part of the sentence around it.
        self.is_apart = !(place == Place::Text && word == b"fldrslt");
        self.place = place;
    }
}

/// Whether the text of a group that begins with this word is not for people.
fn is_kept(word: &[u8]) -> bool {
    const KEPT: [&[u8]; 28] = [
        b"atnauthor",
        b"atnid",
        b"author",
        b"bkmkend",
        b"bkmkstart",
        b"blipuid",
        b"colortbl",
        b"datafield",
        b"datastore",
        b"falt",
        b"filetbl",
        b"fldinst",
        b"generator",
        b"listtable",
        b"nonshppict",
        b"objclass",
        b"objdata",
        b"operator",
        b"panose",
        b"pict",
        b"revtbl",
        b"stylesheet",
        b"tc",
        b"template",
        b"themedata",
        b"xe",
        b"xmlnstbl",
        b"sp",
    ];
    KEPT.contains(&word)
}

/// The fonts, and the encoding that holds where they tell none.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    encodings: HashMap<i32, &'static Encoding>,
    ansi: Option<&'static Encoding>,
    default: i32,
    /// The font that the table tells about.
    told: i32,
}

impl Fonts {
    /// Takes a control word that may be about fonts.
    pub fn take(&mut self, group: &mut Group, word: &[u8], number: Option<i32>) {
        let number = number.unwrap_or(0);
        match word {
            b"ansicpg" => self.ansi = code_page(number),
            b"deff" => self.default = number,
            b"f" if group.place == Place::Fonts => self.told = number,
            b"fcharset" | b"cpg" if group.place == Place::Fonts => {
                let encoding = match word {
                    b"cpg" => code_page(number),
                    _ => character_set(number),
                };
                if let Some(encoding) = encoding {
                    self.encodings.insert(self.told, encoding);
                }
            }
            b"dbch" => group.is_wide = true,
            b"loch" | b"hich" => group.is_wide = false,
            b"af" if group.is_wide => group.wide_font = Some(number),
            b"f" => {
                if group.is_wide {
                    group.wide_font = Some(number);
                }
                group.font = number;
            }
            b"plain" => {
                group.font = -1;
                group.wide_font = None;
                group.is_wide = false;
            }
            _ => {}
        }
    }

    /// How bytes of text are read here.
    pub fn encoding(&self, group: &Group) -> &'static Encoding {
        let font = match group.font {
            ..0 => self.default,
            font => font,
        };
        let wide = group.wide_font.filter(|_| group.is_wide);
        let found = self.encodings.get(&wide.unwrap_or(font)).copied();
        found.or(self.ansi).unwrap_or(WINDOWS_1252)
    }
}

/// The encoding of a code page of Windows.
fn code_page(number: i32) -> Option<&'static Encoding> {
    match number {
        932 => Some(SHIFT_JIS),
        936 => Some(GBK),
        949 => Some(EUC_KR),
        950 => Some(BIG5),
        _ => Encoding::for_label(format!("windows-{number}").as_bytes()),
    }
}

/// The encoding of a font's character set, as Windows numbers them; `None` for the default one.
fn character_set(number: i32) -> Option<&'static Encoding> {
    match number {
        0 => Some(WINDOWS_1252),
        // Signs, which are what the font shows.
        2 => Some(X_USER_DEFINED),
        77 => Some(MACINTOSH),
        128 => code_page(932),
        129 => code_page(949),
        134 => code_page(936),
        136 => code_page(950),
        161 => code_page(1253),
        162 => code_page(1254),
        163 => code_page(1258),
        177 => code_page(1255),
        178 => code_page(1256),
        186 => code_page(1257),
        204 => code_page(1251),
        222 => code_page(874),
        238 => code_page(1250),
        _ => None,
    }
}
