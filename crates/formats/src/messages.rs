//! Bundles of messages: what a program says to people, by names. Translators keep them in the same formats as
//! configuration and data, and the same keys stand in both: `image: 封面` names a picture in front matter, and is what a
//! button says in a bundle, where it is text.

use jianti_text::chars::is_han;

use crate::identifier::{Naming, is_command, is_path, may_be_path};
use crate::spoken::{is_sentence, is_spoken};

/// How many values must be Chinese for a document to be a bundle, in formats that hold more data and configuration than
/// messages.
pub(crate) const LEAST: usize = 8;

/// How many values must be said to people for a bundle to be one beyond doubt.
const LEAST_SPOKEN: usize = 3;

/// What values are: all of a document's, or those in a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// Configuration and data: what a key calls the name of something is one.
    Data,
    /// Messages, as far as the values tell: data may be all in Chinese too, and has names then.
    Likely,
    /// Messages, as the tag of a language says that stands around them, or several of them that only people are told.
    Messages,
}

impl Values {
    /// What a document's values are by their looks: messages if nearly all are Chinese, at least so many, and no key is, as only
    /// those of data are.
    pub fn of(has_chinese_key: bool, looks: impl Iterator<Item = Look>, least: usize) -> Values {
        let (mut chinese, mut spoken, mut all, mut settings) = (0, 0, 0, 0);
        for look in looks {
            chinese += usize::from(matches!(look, Look::Chinese | Look::Spoken));
            spoken += usize::from(look == Look::Spoken);
            all += usize::from(look != Look::Mute);
            settings += usize::from(look == Look::Setting);
        }
        // Nearly all: names of products are in no script but their own.
        let nearly_all = chinese >= least && chinese * 5 >= all * 4;
        match nearly_all && settings == 0 && !has_chinese_key {
            true if spoken >= LEAST_SPOKEN => Values::Messages,
            true => Values::Likely,
            false => Values::Data,
        }
    }
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// There is no letter in it, or it is several words of another language, as what nobody has translated yet.
    Mute,
    /// A word that is not Chinese.
    Foreign,
    /// A number, or whether something is so: nobody says that to people.
    Setting,
    Chinese,
    /// A sentence in Chinese, or another thing that only people are told.
    Spoken,
    /// It may be a path, among other things.
    Slashed,
    Path,
}

impl Look {
    pub fn of(value: &str) -> Look {
        if is_path(value) {
            Look::Path
        } else if may_be_path(value) {
            Look::Slashed
        } else if is_setting(value.trim()) {
            Look::Setting
        } else if is_spoken(value) {
            Look::Spoken
        } else if value.chars().any(is_han) {
            Look::Chinese
        } else if value.chars().any(char::is_alphabetic)
            && !value.trim().contains(char::is_whitespace)
        {
            Look::Foreign
        } else {
            Look::Mute
        }
    }
}

fn is_setting(value: &str) -> bool {
    const SAID: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];
    let is_number = !value.is_empty() && value.bytes().all(|c| c.is_ascii_digit());
    is_number || SAID.iter().any(|said| value.eq_ignore_ascii_case(said))
}

/// Whether a value under such a key is several, between commas that stay.
pub(crate) fn is_several(naming: Naming, among: Values) -> bool {
    naming == Naming::List && among == Values::Data
}

/// Whether a value of this look is no text, under a key that says this of it, among such values.
pub(crate) fn is_kept(value: &str, naming: Naming, look: Look, among: Values) -> bool {
    match (naming, among) {
        _ if look == Look::Path => true,
        (Naming::Name | Naming::Label, Values::Likely | Values::Messages)
            if look == Look::Spoken =>
        {
            false
        }
        (Naming::Fixed, Values::Likely | Values::Messages) if is_sentence(value) => false,
        (Naming::Text | Naming::List, _) => false,
        // Among messages a button says it.
        (Naming::Command, among) => among == Values::Data && is_command(value),
        (Naming::Fixed, _) | (_, Values::Data) | (Naming::Name, Values::Likely) => true,
        _ => look == Look::Slashed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_told_by_their_values() {
        for (texts, expected) in [
            (&["檔案", "另存新檔", "結束"][..], Values::Likely),
            (
                &["檔案", "編輯", "說明", "關於", "Java", "100%"],
                Values::Likely,
            ),
            // Of four values three are Chinese.
            (&["檔案", "編輯", "說明", "Java"], Values::Data),
            (&["檔案", "編輯", "說明.html"], Values::Data),
            (
                &["檔案", "編輯", "說明", "Open as", "Not now"],
                Values::Likely,
            ),
            (&["檔案", "100%"], Values::Data),
            (&["檔案", "編輯", "說明", "關於", "8080"], Values::Data),
            (&["檔案", "編輯", "說明", "關於", "True"], Values::Data),
            (&[], Values::Data),
        ] {
            let looks = texts.iter().map(|text| Look::of(text));
            assert_eq!(Values::of(false, looks, 3), expected, "{texts:?}");
        }
        let spoken = ["請選擇檔案。", "開啟檔案(&O)", "無法開啟 %1"].map(Look::of);
        assert_eq!(Values::of(false, spoken.into_iter(), 3), Values::Messages);
        let looks = ["檔案", "編輯", "說明"].map(Look::of);
        assert_eq!(Values::of(true, looks.into_iter(), 3), Values::Data);
    }

    #[test]
    fn labels_are_text_in_bundles() {
        use Naming::{Command, Fixed, Label, Name, Text};
        use Values::{Data, Likely, Messages};
        for (text, naming, kept) in [
            ("檔案", Text, [false, false, false]),
            ("檔案", Label, [true, false, false]),
            ("檔案", Name, [true, true, false]),
            ("cp 說明.md 發佈/", Command, [true, false, false]),
            ("\n# 發佈\n./發佈.sh 全部\n", Command, [true, false, false]),
            ("開始 cp", Command, [false, false, false]),
            ("執行", Command, [false, false, false]),
            ("細明體", Fixed, [true, true, true]),
            ("無法讀取，請填寫。", Fixed, [true, false, false]),
            ("請選擇資料夾。", Name, [true, false, false]),
            ("請選擇資料夾。", Label, [true, false, false]),
            ("圖片/後", Text, [false, false, false]),
            ("圖片/後", Label, [true, true, true]),
            ("圖片/後.png", Text, [true, true, true]),
        ] {
            let found =
                [Data, Likely, Messages].map(|among| is_kept(text, naming, Look::of(text), among));
            assert_eq!(found, kept, "{text} {naming:?}");
        }
    }
}
